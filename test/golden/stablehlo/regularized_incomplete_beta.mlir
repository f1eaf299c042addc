// regularized_incomplete_beta(f32[2,3], f32[2,3], f32[2,3]) with {}
module @jit_regularized_incomplete_beta {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>, %arg2: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %2 = stablehlo.add %arg0, %1 : tensor<2x3xf32>
    %3 = stablehlo.add %arg0, %arg1 : tensor<2x3xf32>
    %4 = stablehlo.constant dense<2.0> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %6 = stablehlo.add %3, %5 : tensor<2x3xf32>
    %7 = stablehlo.divide %2, %6 : tensor<2x3xf32>
    %8 = stablehlo.compare LT, %arg2, %7, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %9 = "stablehlo.select"(%8, %arg0, %arg1) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %10 = "stablehlo.select"(%8, %arg1, %arg0) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %11 = stablehlo.constant dense<1.0> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %13 = stablehlo.subtract %12, %arg2 : tensor<2x3xf32>
    %14 = "stablehlo.select"(%8, %arg2, %13) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %15 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %17 = stablehlo.constant dense<1> : tensor<i32>
    %18 = stablehlo.constant dense<true> : tensor<i1>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<i1>) -> tensor<2x3xi1>
    %20 = stablehlo.constant dense<0.0> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %22, %23, %24, %25, %26, %27, %28, %29 = "stablehlo.while"(%17, %19, %16, %21, %16, %9, %10, %14) ({
    ^bb0(%30: tensor<i32>, %31: tensor<2x3xi1>, %32: tensor<2x3xf32>, %33: tensor<2x3xf32>, %34: tensor<2x3xf32>, %35: tensor<2x3xf32>, %36: tensor<2x3xf32>, %37: tensor<2x3xf32>):
      %38 = stablehlo.constant dense<false> : tensor<i1>
      %39 = "stablehlo.reduce"(%31, %38) <{dimensions = array<i64: 0, 1>}> ({
      ^bb0(%40: tensor<i1>, %41: tensor<i1>):
        %42 = stablehlo.or %40, %41 : tensor<i1>
        stablehlo.return %42 : tensor<i1>
      }) : (tensor<2x3xi1>, tensor<i1>) -> tensor<i1>
      %43 = stablehlo.constant dense<200> : tensor<i32>
      %44 = stablehlo.compare LT, %30, %43, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %45 = stablehlo.and %44, %39 : tensor<i1>
      stablehlo.return %45 : tensor<i1>
    }, {
    ^bb0(%46: tensor<i32>, %47: tensor<2x3xi1>, %48: tensor<2x3xf32>, %49: tensor<2x3xf32>, %50: tensor<2x3xf32>, %51: tensor<2x3xf32>, %52: tensor<2x3xf32>, %53: tensor<2x3xf32>):
      %54 = stablehlo.constant dense<1> : tensor<i32>
      %55 = stablehlo.subtract %46, %54 : tensor<i32>
      %56 = stablehlo.constant dense<2> : tensor<i32>
      %57 = stablehlo.divide %55, %56 : tensor<i32>
      %58 = stablehlo.convert %57 : (tensor<i32>) -> tensor<f32>
      %59 = stablehlo.constant dense<1> : tensor<i32>
      %60 = stablehlo.compare EQ, %46, %59, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %61 = stablehlo.constant dense<1> : tensor<i32>
      %62 = stablehlo.and %46, %61 : tensor<i32>
      %63 = stablehlo.constant dense<0> : tensor<i32>
      %64 = stablehlo.compare EQ, %62, %63, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %65 = stablehlo.constant dense<2.0> : tensor<f32>
      %66 = stablehlo.multiply %58, %65 : tensor<f32>
      %67 = stablehlo.broadcast_in_dim %66, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %68 = stablehlo.add %51, %67 : tensor<2x3xf32>
      %69 = stablehlo.broadcast_in_dim %58, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %70 = stablehlo.add %51, %69 : tensor<2x3xf32>
      %71 = stablehlo.add %51, %52 : tensor<2x3xf32>
      %72 = stablehlo.broadcast_in_dim %58, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %73 = stablehlo.add %71, %72 : tensor<2x3xf32>
      %74 = stablehlo.multiply %70, %73 : tensor<2x3xf32>
      %75 = stablehlo.multiply %74, %53 : tensor<2x3xf32>
      %76 = stablehlo.constant dense<1.0> : tensor<f32>
      %77 = stablehlo.broadcast_in_dim %76, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %78 = stablehlo.add %68, %77 : tensor<2x3xf32>
      %79 = stablehlo.multiply %68, %78 : tensor<2x3xf32>
      %80 = stablehlo.divide %75, %79 : tensor<2x3xf32>
      %81 = stablehlo.negate %80 : tensor<2x3xf32>
      %82 = stablehlo.add %51, %52 : tensor<2x3xf32>
      %83 = stablehlo.multiply %82, %53 : tensor<2x3xf32>
      %84 = stablehlo.constant dense<1.0> : tensor<f32>
      %85 = stablehlo.broadcast_in_dim %84, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %86 = stablehlo.add %51, %85 : tensor<2x3xf32>
      %87 = stablehlo.divide %83, %86 : tensor<2x3xf32>
      %88 = stablehlo.negate %87 : tensor<2x3xf32>
      %89 = stablehlo.constant dense<0.0> : tensor<f32>
      %90 = stablehlo.compare EQ, %58, %89, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %91 = "stablehlo.select"(%90, %88, %81) : (tensor<i1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %92 = stablehlo.broadcast_in_dim %58, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %93 = stablehlo.subtract %52, %92 : tensor<2x3xf32>
      %94 = stablehlo.broadcast_in_dim %58, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %95 = stablehlo.multiply %94, %93 : tensor<2x3xf32>
      %96 = stablehlo.multiply %95, %53 : tensor<2x3xf32>
      %97 = stablehlo.constant dense<1.0> : tensor<f32>
      %98 = stablehlo.broadcast_in_dim %97, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %99 = stablehlo.subtract %68, %98 : tensor<2x3xf32>
      %100 = stablehlo.multiply %99, %68 : tensor<2x3xf32>
      %101 = stablehlo.divide %96, %100 : tensor<2x3xf32>
      %102 = "stablehlo.select"(%64, %91, %101) : (tensor<i1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %103 = stablehlo.constant dense<1.0> : tensor<f32>
      %104 = stablehlo.broadcast_in_dim %103, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %105 = "stablehlo.select"(%60, %104, %102) : (tensor<i1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %106 = stablehlo.divide %105, %48 : tensor<2x3xf32>
      %107 = stablehlo.constant dense<1.0> : tensor<f32>
      %108 = stablehlo.broadcast_in_dim %107, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %109 = stablehlo.add %106, %108 : tensor<2x3xf32>
      %110 = stablehlo.abs %109 : tensor<2x3xf32>
      %111 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %112 = stablehlo.broadcast_in_dim %111, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %113 = stablehlo.compare LT, %110, %112, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
      %114 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %115 = stablehlo.broadcast_in_dim %114, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %116 = "stablehlo.select"(%113, %115, %109) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %117 = stablehlo.multiply %105, %49 : tensor<2x3xf32>
      %118 = stablehlo.constant dense<1.0> : tensor<f32>
      %119 = stablehlo.broadcast_in_dim %118, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %120 = stablehlo.add %117, %119 : tensor<2x3xf32>
      %121 = stablehlo.abs %120 : tensor<2x3xf32>
      %122 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %123 = stablehlo.broadcast_in_dim %122, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %124 = stablehlo.compare LT, %121, %123, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
      %125 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %126 = stablehlo.broadcast_in_dim %125, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %127 = "stablehlo.select"(%124, %126, %120) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %128 = stablehlo.constant dense<1.0> : tensor<f32>
      %129 = stablehlo.broadcast_in_dim %128, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %130 = stablehlo.divide %129, %127 : tensor<2x3xf32>
      %131 = stablehlo.multiply %116, %130 : tensor<2x3xf32>
      %132 = stablehlo.constant dense<1.0> : tensor<f32>
      %133 = stablehlo.broadcast_in_dim %132, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %134 = stablehlo.subtract %131, %133 : tensor<2x3xf32>
      %135 = stablehlo.abs %134 : tensor<2x3xf32>
      %136 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %137 = stablehlo.broadcast_in_dim %136, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
      %138 = stablehlo.compare GE, %135, %137, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
      %139 = stablehlo.and %47, %138 : tensor<2x3xi1>
      %140 = stablehlo.multiply %50, %131 : tensor<2x3xf32>
      %141 = "stablehlo.select"(%47, %140, %50) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
      %142 = stablehlo.constant dense<1> : tensor<i32>
      %143 = stablehlo.add %46, %142 : tensor<i32>
      stablehlo.return %143, %139, %116, %130, %141, %51, %52, %53 : tensor<i32>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>
    }) : (tensor<i32>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<i32>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>)
    %144 = "chlo.lgamma"(%10) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %145 = stablehlo.add %9, %10 : tensor<2x3xf32>
    %146 = "chlo.lgamma"(%145) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %147 = stablehlo.subtract %144, %146 : tensor<2x3xf32>
    %148 = stablehlo.negate %14 : tensor<2x3xf32>
    %149 = stablehlo.log_plus_one %148 : tensor<2x3xf32>
    %150 = stablehlo.multiply %149, %10 : tensor<2x3xf32>
    %151 = stablehlo.log %14 : tensor<2x3xf32>
    %152 = stablehlo.multiply %151, %9 : tensor<2x3xf32>
    %153 = stablehlo.add %152, %150 : tensor<2x3xf32>
    %154 = "chlo.lgamma"(%9) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %155 = stablehlo.add %154, %147 : tensor<2x3xf32>
    %156 = stablehlo.subtract %153, %155 : tensor<2x3xf32>
    %157 = stablehlo.exponential %156 : tensor<2x3xf32>
    %158 = stablehlo.divide %157, %9 : tensor<2x3xf32>
    %159 = stablehlo.constant dense<2.3509887e-38> : tensor<f32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %161 = stablehlo.compare LT, %9, %160, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %162 = stablehlo.subtract %150, %147 : tensor<2x3xf32>
    %163 = stablehlo.exponential %162 : tensor<2x3xf32>
    %164 = "stablehlo.select"(%161, %163, %158) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %165 = stablehlo.multiply %26, %164 : tensor<2x3xf32>
    %166 = stablehlo.constant dense<1.0> : tensor<f32>
    %167 = stablehlo.broadcast_in_dim %166, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %168 = stablehlo.subtract %167, %165 : tensor<2x3xf32>
    %169 = "stablehlo.select"(%8, %165, %168) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %170 = stablehlo.constant dense<0.0> : tensor<f32>
    %171 = stablehlo.broadcast_in_dim %170, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %172 = stablehlo.compare EQ, %arg2, %171, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %173 = stablehlo.constant dense<1.0> : tensor<f32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %175 = stablehlo.compare EQ, %arg2, %174, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %176 = stablehlo.constant dense<0.0> : tensor<f32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %178 = stablehlo.compare EQ, %arg0, %177, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %179 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %180 = stablehlo.broadcast_in_dim %179, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %181 = stablehlo.compare EQ, %arg1, %180, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %182 = stablehlo.or %178, %181 : tensor<2x3xi1>
    %183 = stablehlo.constant dense<0.0> : tensor<f32>
    %184 = stablehlo.broadcast_in_dim %183, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %185 = stablehlo.compare EQ, %arg1, %184, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %186 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %187 = stablehlo.broadcast_in_dim %186, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %188 = stablehlo.compare EQ, %arg0, %187, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %189 = stablehlo.or %185, %188 : tensor<2x3xi1>
    %190 = stablehlo.not %175 : tensor<2x3xi1>
    %191 = stablehlo.and %189, %190 : tensor<2x3xi1>
    %192 = stablehlo.and %182, %172 : tensor<2x3xi1>
    %193 = stablehlo.or %191, %192 : tensor<2x3xi1>
    %194 = stablehlo.not %172 : tensor<2x3xi1>
    %195 = stablehlo.and %182, %194 : tensor<2x3xi1>
    %196 = stablehlo.and %189, %175 : tensor<2x3xi1>
    %197 = stablehlo.or %195, %196 : tensor<2x3xi1>
    %198 = stablehlo.constant dense<0.0> : tensor<f32>
    %199 = stablehlo.broadcast_in_dim %198, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %200 = stablehlo.compare LT, %arg0, %199, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %201 = stablehlo.constant dense<0.0> : tensor<f32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %203 = stablehlo.compare LT, %arg1, %202, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %204 = stablehlo.constant dense<0.0> : tensor<f32>
    %205 = stablehlo.broadcast_in_dim %204, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %206 = stablehlo.compare LT, %arg2, %205, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %207 = stablehlo.constant dense<1.0> : tensor<f32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %209 = stablehlo.compare GT, %arg2, %208, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %210 = stablehlo.and %182, %189 : tensor<2x3xi1>
    %211 = stablehlo.or %200, %203 : tensor<2x3xi1>
    %212 = stablehlo.or %211, %206 : tensor<2x3xi1>
    %213 = stablehlo.or %212, %209 : tensor<2x3xi1>
    %214 = stablehlo.or %213, %210 : tensor<2x3xi1>
    %215 = stablehlo.compare NE, %arg0, %arg0, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %216 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %217 = stablehlo.compare NE, %arg2, %arg2, FLOAT : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %218 = stablehlo.or %214, %215 : tensor<2x3xi1>
    %219 = stablehlo.or %218, %216 : tensor<2x3xi1>
    %220 = stablehlo.or %219, %217 : tensor<2x3xi1>
    %221 = stablehlo.constant dense<0.0> : tensor<f32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %223 = "stablehlo.select"(%193, %222, %169) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %224 = stablehlo.constant dense<1.0> : tensor<f32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %226 = "stablehlo.select"(%197, %225, %223) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %227 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %228 = stablehlo.broadcast_in_dim %227, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %229 = "stablehlo.select"(%220, %228, %226) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    return %229 : tensor<2x3xf32>
  }
}

// -----

// regularized_incomplete_beta(f32[], f32[], f32[3]) with {}
module @jit_regularized_incomplete_beta {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>, %arg2: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.constant dense<1.0> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %4 = stablehlo.add %0, %3 : tensor<3xf32>
    %5 = stablehlo.add %0, %1 : tensor<3xf32>
    %6 = stablehlo.constant dense<2.0> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %8 = stablehlo.add %5, %7 : tensor<3xf32>
    %9 = stablehlo.divide %4, %8 : tensor<3xf32>
    %10 = stablehlo.compare LT, %arg2, %9, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %11 = "stablehlo.select"(%10, %0, %1) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %12 = "stablehlo.select"(%10, %1, %0) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %13 = stablehlo.constant dense<1.0> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %15 = stablehlo.subtract %14, %arg2 : tensor<3xf32>
    %16 = "stablehlo.select"(%10, %arg2, %15) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %17 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %19 = stablehlo.constant dense<1> : tensor<i32>
    %20 = stablehlo.constant dense<true> : tensor<i1>
    %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<i1>) -> tensor<3xi1>
    %22 = stablehlo.constant dense<0.0> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %24, %25, %26, %27, %28, %29, %30, %31 = "stablehlo.while"(%19, %21, %18, %23, %18, %11, %12, %16) ({
    ^bb0(%32: tensor<i32>, %33: tensor<3xi1>, %34: tensor<3xf32>, %35: tensor<3xf32>, %36: tensor<3xf32>, %37: tensor<3xf32>, %38: tensor<3xf32>, %39: tensor<3xf32>):
      %40 = stablehlo.constant dense<false> : tensor<i1>
      %41 = "stablehlo.reduce"(%33, %40) <{dimensions = array<i64: 0>}> ({
      ^bb0(%42: tensor<i1>, %43: tensor<i1>):
        %44 = stablehlo.or %42, %43 : tensor<i1>
        stablehlo.return %44 : tensor<i1>
      }) : (tensor<3xi1>, tensor<i1>) -> tensor<i1>
      %45 = stablehlo.constant dense<200> : tensor<i32>
      %46 = stablehlo.compare LT, %32, %45, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %47 = stablehlo.and %46, %41 : tensor<i1>
      stablehlo.return %47 : tensor<i1>
    }, {
    ^bb0(%48: tensor<i32>, %49: tensor<3xi1>, %50: tensor<3xf32>, %51: tensor<3xf32>, %52: tensor<3xf32>, %53: tensor<3xf32>, %54: tensor<3xf32>, %55: tensor<3xf32>):
      %56 = stablehlo.constant dense<1> : tensor<i32>
      %57 = stablehlo.subtract %48, %56 : tensor<i32>
      %58 = stablehlo.constant dense<2> : tensor<i32>
      %59 = stablehlo.divide %57, %58 : tensor<i32>
      %60 = stablehlo.convert %59 : (tensor<i32>) -> tensor<f32>
      %61 = stablehlo.constant dense<1> : tensor<i32>
      %62 = stablehlo.compare EQ, %48, %61, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %63 = stablehlo.constant dense<1> : tensor<i32>
      %64 = stablehlo.and %48, %63 : tensor<i32>
      %65 = stablehlo.constant dense<0> : tensor<i32>
      %66 = stablehlo.compare EQ, %64, %65, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %67 = stablehlo.constant dense<2.0> : tensor<f32>
      %68 = stablehlo.multiply %60, %67 : tensor<f32>
      %69 = stablehlo.broadcast_in_dim %68, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %70 = stablehlo.add %53, %69 : tensor<3xf32>
      %71 = stablehlo.broadcast_in_dim %60, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %72 = stablehlo.add %53, %71 : tensor<3xf32>
      %73 = stablehlo.add %53, %54 : tensor<3xf32>
      %74 = stablehlo.broadcast_in_dim %60, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %75 = stablehlo.add %73, %74 : tensor<3xf32>
      %76 = stablehlo.multiply %72, %75 : tensor<3xf32>
      %77 = stablehlo.multiply %76, %55 : tensor<3xf32>
      %78 = stablehlo.constant dense<1.0> : tensor<f32>
      %79 = stablehlo.broadcast_in_dim %78, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %80 = stablehlo.add %70, %79 : tensor<3xf32>
      %81 = stablehlo.multiply %70, %80 : tensor<3xf32>
      %82 = stablehlo.divide %77, %81 : tensor<3xf32>
      %83 = stablehlo.negate %82 : tensor<3xf32>
      %84 = stablehlo.add %53, %54 : tensor<3xf32>
      %85 = stablehlo.multiply %84, %55 : tensor<3xf32>
      %86 = stablehlo.constant dense<1.0> : tensor<f32>
      %87 = stablehlo.broadcast_in_dim %86, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %88 = stablehlo.add %53, %87 : tensor<3xf32>
      %89 = stablehlo.divide %85, %88 : tensor<3xf32>
      %90 = stablehlo.negate %89 : tensor<3xf32>
      %91 = stablehlo.constant dense<0.0> : tensor<f32>
      %92 = stablehlo.compare EQ, %60, %91, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %93 = "stablehlo.select"(%92, %90, %83) : (tensor<i1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %94 = stablehlo.broadcast_in_dim %60, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %95 = stablehlo.subtract %54, %94 : tensor<3xf32>
      %96 = stablehlo.broadcast_in_dim %60, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %97 = stablehlo.multiply %96, %95 : tensor<3xf32>
      %98 = stablehlo.multiply %97, %55 : tensor<3xf32>
      %99 = stablehlo.constant dense<1.0> : tensor<f32>
      %100 = stablehlo.broadcast_in_dim %99, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %101 = stablehlo.subtract %70, %100 : tensor<3xf32>
      %102 = stablehlo.multiply %101, %70 : tensor<3xf32>
      %103 = stablehlo.divide %98, %102 : tensor<3xf32>
      %104 = "stablehlo.select"(%66, %93, %103) : (tensor<i1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %105 = stablehlo.constant dense<1.0> : tensor<f32>
      %106 = stablehlo.broadcast_in_dim %105, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %107 = "stablehlo.select"(%62, %106, %104) : (tensor<i1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %108 = stablehlo.divide %107, %50 : tensor<3xf32>
      %109 = stablehlo.constant dense<1.0> : tensor<f32>
      %110 = stablehlo.broadcast_in_dim %109, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %111 = stablehlo.add %108, %110 : tensor<3xf32>
      %112 = stablehlo.abs %111 : tensor<3xf32>
      %113 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %114 = stablehlo.broadcast_in_dim %113, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %115 = stablehlo.compare LT, %112, %114, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      %116 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %117 = stablehlo.broadcast_in_dim %116, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %118 = "stablehlo.select"(%115, %117, %111) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %119 = stablehlo.multiply %107, %51 : tensor<3xf32>
      %120 = stablehlo.constant dense<1.0> : tensor<f32>
      %121 = stablehlo.broadcast_in_dim %120, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %122 = stablehlo.add %119, %121 : tensor<3xf32>
      %123 = stablehlo.abs %122 : tensor<3xf32>
      %124 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %125 = stablehlo.broadcast_in_dim %124, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %126 = stablehlo.compare LT, %123, %125, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      %127 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %128 = stablehlo.broadcast_in_dim %127, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %129 = "stablehlo.select"(%126, %128, %122) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %130 = stablehlo.constant dense<1.0> : tensor<f32>
      %131 = stablehlo.broadcast_in_dim %130, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %132 = stablehlo.divide %131, %129 : tensor<3xf32>
      %133 = stablehlo.multiply %118, %132 : tensor<3xf32>
      %134 = stablehlo.constant dense<1.0> : tensor<f32>
      %135 = stablehlo.broadcast_in_dim %134, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %136 = stablehlo.subtract %133, %135 : tensor<3xf32>
      %137 = stablehlo.abs %136 : tensor<3xf32>
      %138 = stablehlo.constant dense<5.9604645e-8> : tensor<f32>
      %139 = stablehlo.broadcast_in_dim %138, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %140 = stablehlo.compare GE, %137, %139, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      %141 = stablehlo.and %49, %140 : tensor<3xi1>
      %142 = stablehlo.multiply %52, %133 : tensor<3xf32>
      %143 = "stablehlo.select"(%49, %142, %52) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %144 = stablehlo.constant dense<1> : tensor<i32>
      %145 = stablehlo.add %48, %144 : tensor<i32>
      stablehlo.return %145, %141, %118, %132, %143, %53, %54, %55 : tensor<i32>, tensor<3xi1>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
    }) : (tensor<i32>, tensor<3xi1>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<i32>, tensor<3xi1>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
    %146 = "chlo.lgamma"(%12) : (tensor<3xf32>) -> tensor<3xf32>
    %147 = stablehlo.add %11, %12 : tensor<3xf32>
    %148 = "chlo.lgamma"(%147) : (tensor<3xf32>) -> tensor<3xf32>
    %149 = stablehlo.subtract %146, %148 : tensor<3xf32>
    %150 = stablehlo.negate %16 : tensor<3xf32>
    %151 = stablehlo.log_plus_one %150 : tensor<3xf32>
    %152 = stablehlo.multiply %151, %12 : tensor<3xf32>
    %153 = stablehlo.log %16 : tensor<3xf32>
    %154 = stablehlo.multiply %153, %11 : tensor<3xf32>
    %155 = stablehlo.add %154, %152 : tensor<3xf32>
    %156 = "chlo.lgamma"(%11) : (tensor<3xf32>) -> tensor<3xf32>
    %157 = stablehlo.add %156, %149 : tensor<3xf32>
    %158 = stablehlo.subtract %155, %157 : tensor<3xf32>
    %159 = stablehlo.exponential %158 : tensor<3xf32>
    %160 = stablehlo.divide %159, %11 : tensor<3xf32>
    %161 = stablehlo.constant dense<2.3509887e-38> : tensor<f32>
    %162 = stablehlo.broadcast_in_dim %161, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %163 = stablehlo.compare LT, %11, %162, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %164 = stablehlo.subtract %152, %149 : tensor<3xf32>
    %165 = stablehlo.exponential %164 : tensor<3xf32>
    %166 = "stablehlo.select"(%163, %165, %160) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %167 = stablehlo.multiply %28, %166 : tensor<3xf32>
    %168 = stablehlo.constant dense<1.0> : tensor<f32>
    %169 = stablehlo.broadcast_in_dim %168, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %170 = stablehlo.subtract %169, %167 : tensor<3xf32>
    %171 = "stablehlo.select"(%10, %167, %170) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %172 = stablehlo.constant dense<0.0> : tensor<f32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %174 = stablehlo.compare EQ, %arg2, %173, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %175 = stablehlo.constant dense<1.0> : tensor<f32>
    %176 = stablehlo.broadcast_in_dim %175, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %177 = stablehlo.compare EQ, %arg2, %176, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %178 = stablehlo.constant dense<0.0> : tensor<f32>
    %179 = stablehlo.broadcast_in_dim %178, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %180 = stablehlo.compare EQ, %0, %179, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %181 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %182 = stablehlo.broadcast_in_dim %181, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %183 = stablehlo.compare EQ, %1, %182, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %184 = stablehlo.or %180, %183 : tensor<3xi1>
    %185 = stablehlo.constant dense<0.0> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %187 = stablehlo.compare EQ, %1, %186, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %188 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %189 = stablehlo.broadcast_in_dim %188, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %190 = stablehlo.compare EQ, %0, %189, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %191 = stablehlo.or %187, %190 : tensor<3xi1>
    %192 = stablehlo.not %177 : tensor<3xi1>
    %193 = stablehlo.and %191, %192 : tensor<3xi1>
    %194 = stablehlo.and %184, %174 : tensor<3xi1>
    %195 = stablehlo.or %193, %194 : tensor<3xi1>
    %196 = stablehlo.not %174 : tensor<3xi1>
    %197 = stablehlo.and %184, %196 : tensor<3xi1>
    %198 = stablehlo.and %191, %177 : tensor<3xi1>
    %199 = stablehlo.or %197, %198 : tensor<3xi1>
    %200 = stablehlo.constant dense<0.0> : tensor<f32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %202 = stablehlo.compare LT, %0, %201, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %203 = stablehlo.constant dense<0.0> : tensor<f32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %205 = stablehlo.compare LT, %1, %204, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %206 = stablehlo.constant dense<0.0> : tensor<f32>
    %207 = stablehlo.broadcast_in_dim %206, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %208 = stablehlo.compare LT, %arg2, %207, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %209 = stablehlo.constant dense<1.0> : tensor<f32>
    %210 = stablehlo.broadcast_in_dim %209, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %211 = stablehlo.compare GT, %arg2, %210, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %212 = stablehlo.and %184, %191 : tensor<3xi1>
    %213 = stablehlo.or %202, %205 : tensor<3xi1>
    %214 = stablehlo.or %213, %208 : tensor<3xi1>
    %215 = stablehlo.or %214, %211 : tensor<3xi1>
    %216 = stablehlo.or %215, %212 : tensor<3xi1>
    %217 = stablehlo.compare NE, %0, %0, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %218 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %219 = stablehlo.compare NE, %arg2, %arg2, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
    %220 = stablehlo.or %216, %217 : tensor<3xi1>
    %221 = stablehlo.or %220, %218 : tensor<3xi1>
    %222 = stablehlo.or %221, %219 : tensor<3xi1>
    %223 = stablehlo.constant dense<0.0> : tensor<f32>
    %224 = stablehlo.broadcast_in_dim %223, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %225 = "stablehlo.select"(%195, %224, %171) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %226 = stablehlo.constant dense<1.0> : tensor<f32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %228 = "stablehlo.select"(%199, %227, %225) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %229 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %230 = stablehlo.broadcast_in_dim %229, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %231 = "stablehlo.select"(%222, %230, %228) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    return %231 : tensor<3xf32>
  }
}
