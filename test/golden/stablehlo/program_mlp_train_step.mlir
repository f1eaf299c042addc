// mlp_train_step
module @jit_program_mlp_train_step {
  func.func public @main(%arg0: tensor<8xf32>, %arg1: tensor<4x8xf32>, %arg2: tensor<3xf32>, %arg3: tensor<8x3xf32>, %arg4: tensor<i32>, %arg5: tensor<8xf32>, %arg6: tensor<4x8xf32>, %arg7: tensor<3xf32>, %arg8: tensor<8x3xf32>, %arg9: tensor<8xf32>, %arg10: tensor<4x8xf32>, %arg11: tensor<3xf32>, %arg12: tensor<8x3xf32>, %arg13: tensor<5x4xf32>, %arg14: tensor<5xi32>) -> (tensor<f32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>, tensor<i32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>) {
    %0 = stablehlo.dot_general %arg13, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<5x4xf32>, tensor<4x8xf32>) -> tensor<5x8xf32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<8xf32>) -> tensor<1x8xf32>
    %2 = stablehlo.reshape %1 : (tensor<1x8xf32>) -> tensor<8xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<8xf32>) -> tensor<5x8xf32>
    %4 = stablehlo.add %0, %3 : tensor<5x8xf32>
    %5 = stablehlo.tanh %4 : tensor<5x8xf32>
    %6 = stablehlo.constant dense<1.0> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<f32>) -> tensor<5x8xf32>
    %8 = stablehlo.subtract %7, %5 : tensor<5x8xf32>
    %9 = stablehlo.dot_general %5, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<5x8xf32>, tensor<8x3xf32>) -> tensor<5x3xf32>
    %10 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<3xf32>) -> tensor<1x3xf32>
    %11 = stablehlo.reshape %10 : (tensor<1x3xf32>) -> tensor<3xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [1] : (tensor<3xf32>) -> tensor<5x3xf32>
    %13 = stablehlo.add %9, %12 : tensor<5x3xf32>
    %14 = stablehlo.broadcast_in_dim %arg14, dims = [0] : (tensor<5xi32>) -> tensor<5x1xi32>
    %15 = stablehlo.constant dense<0> : tensor<i32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [] : (tensor<i32>) -> tensor<5x1xi32>
    %17 = stablehlo.compare LT, %14, %16, SIGNED : (tensor<5x1xi32>, tensor<5x1xi32>) -> tensor<5x1xi1>
    %18 = stablehlo.constant dense<3> : tensor<i32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<i32>) -> tensor<5x1xi32>
    %20 = stablehlo.add %14, %19 : tensor<5x1xi32>
    %21 = "stablehlo.select"(%17, %20, %14) : (tensor<5x1xi1>, tensor<5x1xi32>, tensor<5x1xi32>) -> tensor<5x1xi32>
    %22 = stablehlo.reshape %21 : (tensor<5x1xi32>) -> tensor<5x1x1xi32>
    %23 = "stablehlo.gather"(%13, %22) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>, indices_are_sorted = false}> : (tensor<5x3xf32>, tensor<5x1x1xi32>) -> tensor<5x1xf32>
    %24 = stablehlo.constant dense<2> : tensor<1xi32>
    %25 = stablehlo.broadcast_in_dim %24, dims = [2] : (tensor<1xi32>) -> tensor<5x1x1xi32>
    %26 = stablehlo.compare LE, %22, %25, SIGNED : (tensor<5x1x1xi32>, tensor<5x1x1xi32>) -> tensor<5x1x1xi1>
    %27 = stablehlo.constant dense<0> : tensor<i32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<i32>) -> tensor<5x1x1xi32>
    %29 = stablehlo.compare GE, %22, %28, SIGNED : (tensor<5x1x1xi32>, tensor<5x1x1xi32>) -> tensor<5x1x1xi1>
    %30 = stablehlo.and %29, %26 : tensor<5x1x1xi1>
    %31 = stablehlo.constant dense<true> : tensor<i1>
    %32 = "stablehlo.reduce"(%30, %31) <{dimensions = array<i64: 2>}> ({
    ^bb0(%33: tensor<i1>, %34: tensor<i1>):
      %35 = stablehlo.and %33, %34 : tensor<i1>
      stablehlo.return %35 : tensor<i1>
    }) : (tensor<5x1x1xi1>, tensor<i1>) -> tensor<5x1xi1>
    %36 = stablehlo.broadcast_in_dim %32, dims = [0, 1] : (tensor<5x1xi1>) -> tensor<5x1xi1>
    %37 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<f32>) -> tensor<5x1xf32>
    %39 = "stablehlo.select"(%36, %23, %38) : (tensor<5x1xi1>, tensor<5x1xf32>, tensor<5x1xf32>) -> tensor<5x1xf32>
    %40 = stablehlo.reshape %39 : (tensor<5x1xf32>) -> tensor<5xf32>
    %41 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %42 = "stablehlo.reduce"(%13, %41) <{dimensions = array<i64: 1>}> ({
    ^bb0(%43: tensor<f32>, %44: tensor<f32>):
      %45 = stablehlo.maximum %43, %44 : tensor<f32>
      stablehlo.return %45 : tensor<f32>
    }) : (tensor<5x3xf32>, tensor<f32>) -> tensor<5xf32>
    %46 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %48 = stablehlo.maximum %47, %42 : tensor<5xf32>
    %49 = "stablehlo.is_finite"(%48) : (tensor<5xf32>) -> tensor<5xi1>
    %50 = stablehlo.constant dense<0.0> : tensor<f32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %52 = "stablehlo.select"(%49, %48, %51) : (tensor<5xi1>, tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [0] : (tensor<5xf32>) -> tensor<5x1xf32>
    %54 = stablehlo.reshape %53 : (tensor<5x1xf32>) -> tensor<5xf32>
    %55 = stablehlo.broadcast_in_dim %54, dims = [0] : (tensor<5xf32>) -> tensor<5x3xf32>
    %56 = stablehlo.subtract %13, %55 : tensor<5x3xf32>
    %57 = stablehlo.exponential %56 : tensor<5x3xf32>
    %58 = stablehlo.constant dense<0.0> : tensor<f32>
    %59 = "stablehlo.reduce"(%57, %58) <{dimensions = array<i64: 1>}> ({
    ^bb0(%60: tensor<f32>, %61: tensor<f32>):
      %62 = stablehlo.add %60, %61 : tensor<f32>
      stablehlo.return %62 : tensor<f32>
    }) : (tensor<5x3xf32>, tensor<f32>) -> tensor<5xf32>
    %63 = stablehlo.abs %59 : tensor<5xf32>
    %64 = stablehlo.constant dense<0.0> : tensor<f32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %66 = stablehlo.compare GE, %59, %65, FLOAT : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %67 = stablehlo.log %63 : tensor<5xf32>
    %68 = stablehlo.add %67, %52 : tensor<5xf32>
    %69 = stablehlo.subtract %68, %40 : tensor<5xf32>
    %70 = stablehlo.constant dense<0.0> : tensor<f32>
    %71 = "stablehlo.reduce"(%69, %70) <{dimensions = array<i64: 0>}> ({
    ^bb0(%72: tensor<f32>, %73: tensor<f32>):
      %74 = stablehlo.add %72, %73 : tensor<f32>
      stablehlo.return %74 : tensor<f32>
    }) : (tensor<5xf32>, tensor<f32>) -> tensor<f32>
    %75 = stablehlo.constant dense<5.0> : tensor<f32>
    %76 = stablehlo.divide %71, %75 : tensor<f32>
    %77 = stablehlo.constant dense<1.0> : tensor<f32>
    %78 = stablehlo.constant dense<5.0> : tensor<f32>
    %79 = stablehlo.divide %77, %78 : tensor<f32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %81 = stablehlo.negate %80 : tensor<5xf32>
    %82 = stablehlo.divide %80, %63 : tensor<5xf32>
    %83 = stablehlo.constant dense<0.0> : tensor<f32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %85 = "stablehlo.select"(%66, %84, %82) : (tensor<5xi1>, tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    %86 = "stablehlo.select"(%66, %82, %84) : (tensor<5xi1>, tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    %87 = stablehlo.negate %85 : tensor<5xf32>
    %88 = stablehlo.add %86, %87 : tensor<5xf32>
    %89 = stablehlo.broadcast_in_dim %88, dims = [0] : (tensor<5xf32>) -> tensor<5x3xf32>
    %90 = stablehlo.multiply %89, %57 : tensor<5x3xf32>
    %91 = stablehlo.broadcast_in_dim %81, dims = [0] : (tensor<5xf32>) -> tensor<5x1xf32>
    %92 = stablehlo.constant dense<0.0> : tensor<f32>
    %93 = stablehlo.broadcast_in_dim %92, dims = [] : (tensor<f32>) -> tensor<5x3xf32>
    %94 = "stablehlo.scatter"(%93, %22, %91) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>, indices_are_sorted = false, unique_indices = false}> ({
    ^bb0(%95: tensor<f32>, %96: tensor<f32>):
      %97 = stablehlo.add %95, %96 : tensor<f32>
      stablehlo.return %97 : tensor<f32>
    }) : (tensor<5x3xf32>, tensor<5x1x1xi32>, tensor<5x1xf32>) -> tensor<5x3xf32>
    %98 = stablehlo.add %90, %94 : tensor<5x3xf32>
    %99 = stablehlo.constant dense<0.0> : tensor<f32>
    %100 = "stablehlo.reduce"(%98, %99) <{dimensions = array<i64: 0>}> ({
    ^bb0(%101: tensor<f32>, %102: tensor<f32>):
      %103 = stablehlo.add %101, %102 : tensor<f32>
      stablehlo.return %103 : tensor<f32>
    }) : (tensor<5x3xf32>, tensor<f32>) -> tensor<3xf32>
    %104 = stablehlo.reshape %100 : (tensor<3xf32>) -> tensor<1x3xf32>
    %105 = stablehlo.constant dense<0.0> : tensor<f32>
    %106 = "stablehlo.reduce"(%104, %105) <{dimensions = array<i64: 0>}> ({
    ^bb0(%107: tensor<f32>, %108: tensor<f32>):
      %109 = stablehlo.add %107, %108 : tensor<f32>
      stablehlo.return %109 : tensor<f32>
    }) : (tensor<1x3xf32>, tensor<f32>) -> tensor<3xf32>
    %110 = stablehlo.dot_general %98, %5, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<5x3xf32>, tensor<5x8xf32>) -> tensor<3x8xf32>
    %111 = stablehlo.transpose %110, dims = [1, 0] : (tensor<3x8xf32>) -> tensor<8x3xf32>
    %112 = stablehlo.dot_general %98, %arg3, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<5x3xf32>, tensor<8x3xf32>) -> tensor<5x8xf32>
    %113 = stablehlo.multiply %112, %8 : tensor<5x8xf32>
    %114 = stablehlo.multiply %113, %5 : tensor<5x8xf32>
    %115 = stablehlo.add %113, %114 : tensor<5x8xf32>
    %116 = stablehlo.constant dense<0.0> : tensor<f32>
    %117 = "stablehlo.reduce"(%115, %116) <{dimensions = array<i64: 0>}> ({
    ^bb0(%118: tensor<f32>, %119: tensor<f32>):
      %120 = stablehlo.add %118, %119 : tensor<f32>
      stablehlo.return %120 : tensor<f32>
    }) : (tensor<5x8xf32>, tensor<f32>) -> tensor<8xf32>
    %121 = stablehlo.reshape %117 : (tensor<8xf32>) -> tensor<1x8xf32>
    %122 = stablehlo.constant dense<0.0> : tensor<f32>
    %123 = "stablehlo.reduce"(%121, %122) <{dimensions = array<i64: 0>}> ({
    ^bb0(%124: tensor<f32>, %125: tensor<f32>):
      %126 = stablehlo.add %124, %125 : tensor<f32>
      stablehlo.return %126 : tensor<f32>
    }) : (tensor<1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %127 = stablehlo.dot_general %115, %arg13, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<5x8xf32>, tensor<5x4xf32>) -> tensor<8x4xf32>
    %128 = stablehlo.transpose %127, dims = [1, 0] : (tensor<8x4xf32>) -> tensor<4x8xf32>
    %129 = stablehlo.constant dense<0.1> : tensor<f32>
    %130 = stablehlo.broadcast_in_dim %129, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %131 = stablehlo.multiply %130, %123 : tensor<8xf32>
    %132 = stablehlo.constant dense<0.9> : tensor<f32>
    %133 = stablehlo.broadcast_in_dim %132, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %134 = stablehlo.multiply %133, %arg5 : tensor<8xf32>
    %135 = stablehlo.add %131, %134 : tensor<8xf32>
    %136 = stablehlo.constant dense<0.1> : tensor<f32>
    %137 = stablehlo.broadcast_in_dim %136, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %138 = stablehlo.multiply %137, %128 : tensor<4x8xf32>
    %139 = stablehlo.constant dense<0.9> : tensor<f32>
    %140 = stablehlo.broadcast_in_dim %139, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %141 = stablehlo.multiply %140, %arg6 : tensor<4x8xf32>
    %142 = stablehlo.add %138, %141 : tensor<4x8xf32>
    %143 = stablehlo.constant dense<0.1> : tensor<f32>
    %144 = stablehlo.broadcast_in_dim %143, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %145 = stablehlo.multiply %144, %106 : tensor<3xf32>
    %146 = stablehlo.constant dense<0.9> : tensor<f32>
    %147 = stablehlo.broadcast_in_dim %146, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %148 = stablehlo.multiply %147, %arg7 : tensor<3xf32>
    %149 = stablehlo.add %145, %148 : tensor<3xf32>
    %150 = stablehlo.constant dense<0.1> : tensor<f32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %152 = stablehlo.multiply %151, %111 : tensor<8x3xf32>
    %153 = stablehlo.constant dense<0.9> : tensor<f32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %155 = stablehlo.multiply %154, %arg8 : tensor<8x3xf32>
    %156 = stablehlo.add %152, %155 : tensor<8x3xf32>
    %157 = stablehlo.multiply %123, %123 : tensor<8xf32>
    %158 = stablehlo.constant dense<0.001> : tensor<f32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %160 = stablehlo.multiply %159, %157 : tensor<8xf32>
    %161 = stablehlo.constant dense<0.999> : tensor<f32>
    %162 = stablehlo.broadcast_in_dim %161, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %163 = stablehlo.multiply %162, %arg9 : tensor<8xf32>
    %164 = stablehlo.add %160, %163 : tensor<8xf32>
    %165 = stablehlo.multiply %128, %128 : tensor<4x8xf32>
    %166 = stablehlo.constant dense<0.001> : tensor<f32>
    %167 = stablehlo.broadcast_in_dim %166, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %168 = stablehlo.multiply %167, %165 : tensor<4x8xf32>
    %169 = stablehlo.constant dense<0.999> : tensor<f32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %171 = stablehlo.multiply %170, %arg10 : tensor<4x8xf32>
    %172 = stablehlo.add %168, %171 : tensor<4x8xf32>
    %173 = stablehlo.multiply %106, %106 : tensor<3xf32>
    %174 = stablehlo.constant dense<0.001> : tensor<f32>
    %175 = stablehlo.broadcast_in_dim %174, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %176 = stablehlo.multiply %175, %173 : tensor<3xf32>
    %177 = stablehlo.constant dense<0.999> : tensor<f32>
    %178 = stablehlo.broadcast_in_dim %177, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %179 = stablehlo.multiply %178, %arg11 : tensor<3xf32>
    %180 = stablehlo.add %176, %179 : tensor<3xf32>
    %181 = stablehlo.multiply %111, %111 : tensor<8x3xf32>
    %182 = stablehlo.constant dense<0.001> : tensor<f32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %184 = stablehlo.multiply %183, %181 : tensor<8x3xf32>
    %185 = stablehlo.constant dense<0.999> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %187 = stablehlo.multiply %186, %arg12 : tensor<8x3xf32>
    %188 = stablehlo.add %184, %187 : tensor<8x3xf32>
    %189 = stablehlo.constant dense<2147483647> : tensor<i32>
    %190 = stablehlo.compare LT, %arg4, %189, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %191 = stablehlo.constant dense<1> : tensor<i32>
    %192 = stablehlo.add %arg4, %191 : tensor<i32>
    %193 = stablehlo.constant dense<2147483647> : tensor<i32>
    %194 = "stablehlo.select"(%190, %192, %193) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %195 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %196 = stablehlo.constant dense<0.9> : tensor<f32>
    %197 = stablehlo.power %196, %195 : tensor<f32>
    %198 = stablehlo.constant dense<1.0> : tensor<f32>
    %199 = stablehlo.subtract %198, %197 : tensor<f32>
    %200 = stablehlo.broadcast_in_dim %199, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %201 = stablehlo.divide %135, %200 : tensor<8xf32>
    %202 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %203 = stablehlo.constant dense<0.9> : tensor<f32>
    %204 = stablehlo.power %203, %202 : tensor<f32>
    %205 = stablehlo.constant dense<1.0> : tensor<f32>
    %206 = stablehlo.subtract %205, %204 : tensor<f32>
    %207 = stablehlo.broadcast_in_dim %206, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %208 = stablehlo.divide %142, %207 : tensor<4x8xf32>
    %209 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %210 = stablehlo.constant dense<0.9> : tensor<f32>
    %211 = stablehlo.power %210, %209 : tensor<f32>
    %212 = stablehlo.constant dense<1.0> : tensor<f32>
    %213 = stablehlo.subtract %212, %211 : tensor<f32>
    %214 = stablehlo.broadcast_in_dim %213, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %215 = stablehlo.divide %149, %214 : tensor<3xf32>
    %216 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %217 = stablehlo.constant dense<0.9> : tensor<f32>
    %218 = stablehlo.power %217, %216 : tensor<f32>
    %219 = stablehlo.constant dense<1.0> : tensor<f32>
    %220 = stablehlo.subtract %219, %218 : tensor<f32>
    %221 = stablehlo.broadcast_in_dim %220, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %222 = stablehlo.divide %156, %221 : tensor<8x3xf32>
    %223 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %224 = stablehlo.constant dense<0.999> : tensor<f32>
    %225 = stablehlo.power %224, %223 : tensor<f32>
    %226 = stablehlo.constant dense<1.0> : tensor<f32>
    %227 = stablehlo.subtract %226, %225 : tensor<f32>
    %228 = stablehlo.broadcast_in_dim %227, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %229 = stablehlo.divide %164, %228 : tensor<8xf32>
    %230 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %231 = stablehlo.constant dense<0.999> : tensor<f32>
    %232 = stablehlo.power %231, %230 : tensor<f32>
    %233 = stablehlo.constant dense<1.0> : tensor<f32>
    %234 = stablehlo.subtract %233, %232 : tensor<f32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %236 = stablehlo.divide %172, %235 : tensor<4x8xf32>
    %237 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %238 = stablehlo.constant dense<0.999> : tensor<f32>
    %239 = stablehlo.power %238, %237 : tensor<f32>
    %240 = stablehlo.constant dense<1.0> : tensor<f32>
    %241 = stablehlo.subtract %240, %239 : tensor<f32>
    %242 = stablehlo.broadcast_in_dim %241, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %243 = stablehlo.divide %180, %242 : tensor<3xf32>
    %244 = stablehlo.convert %194 : (tensor<i32>) -> tensor<f32>
    %245 = stablehlo.constant dense<0.999> : tensor<f32>
    %246 = stablehlo.power %245, %244 : tensor<f32>
    %247 = stablehlo.constant dense<1.0> : tensor<f32>
    %248 = stablehlo.subtract %247, %246 : tensor<f32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %250 = stablehlo.divide %188, %249 : tensor<8x3xf32>
    %251 = stablehlo.constant dense<0.0> : tensor<f32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %253 = stablehlo.add %229, %252 : tensor<8xf32>
    %254 = stablehlo.sqrt %253 : tensor<8xf32>
    %255 = stablehlo.constant dense<1.0e-8> : tensor<f32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %257 = stablehlo.add %254, %256 : tensor<8xf32>
    %258 = stablehlo.divide %201, %257 : tensor<8xf32>
    %259 = stablehlo.constant dense<0.0> : tensor<f32>
    %260 = stablehlo.broadcast_in_dim %259, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %261 = stablehlo.add %236, %260 : tensor<4x8xf32>
    %262 = stablehlo.sqrt %261 : tensor<4x8xf32>
    %263 = stablehlo.constant dense<1.0e-8> : tensor<f32>
    %264 = stablehlo.broadcast_in_dim %263, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %265 = stablehlo.add %262, %264 : tensor<4x8xf32>
    %266 = stablehlo.divide %208, %265 : tensor<4x8xf32>
    %267 = stablehlo.constant dense<0.0> : tensor<f32>
    %268 = stablehlo.broadcast_in_dim %267, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %269 = stablehlo.add %243, %268 : tensor<3xf32>
    %270 = stablehlo.sqrt %269 : tensor<3xf32>
    %271 = stablehlo.constant dense<1.0e-8> : tensor<f32>
    %272 = stablehlo.broadcast_in_dim %271, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %273 = stablehlo.add %270, %272 : tensor<3xf32>
    %274 = stablehlo.divide %215, %273 : tensor<3xf32>
    %275 = stablehlo.constant dense<0.0> : tensor<f32>
    %276 = stablehlo.broadcast_in_dim %275, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %277 = stablehlo.add %250, %276 : tensor<8x3xf32>
    %278 = stablehlo.sqrt %277 : tensor<8x3xf32>
    %279 = stablehlo.constant dense<1.0e-8> : tensor<f32>
    %280 = stablehlo.broadcast_in_dim %279, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %281 = stablehlo.add %278, %280 : tensor<8x3xf32>
    %282 = stablehlo.divide %222, %281 : tensor<8x3xf32>
    %283 = stablehlo.constant dense<-0.01> : tensor<f32>
    %284 = stablehlo.broadcast_in_dim %283, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %285 = stablehlo.multiply %284, %258 : tensor<8xf32>
    %286 = stablehlo.constant dense<-0.01> : tensor<f32>
    %287 = stablehlo.broadcast_in_dim %286, dims = [] : (tensor<f32>) -> tensor<4x8xf32>
    %288 = stablehlo.multiply %287, %266 : tensor<4x8xf32>
    %289 = stablehlo.constant dense<-0.01> : tensor<f32>
    %290 = stablehlo.broadcast_in_dim %289, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %291 = stablehlo.multiply %290, %274 : tensor<3xf32>
    %292 = stablehlo.constant dense<-0.01> : tensor<f32>
    %293 = stablehlo.broadcast_in_dim %292, dims = [] : (tensor<f32>) -> tensor<8x3xf32>
    %294 = stablehlo.multiply %293, %282 : tensor<8x3xf32>
    %295 = stablehlo.add %arg0, %285 : tensor<8xf32>
    %296 = stablehlo.add %arg1, %288 : tensor<4x8xf32>
    %297 = stablehlo.add %arg2, %291 : tensor<3xf32>
    %298 = stablehlo.add %arg3, %294 : tensor<8x3xf32>
    return %76, %295, %296, %297, %298, %194, %135, %142, %149, %156, %164, %172, %180, %188 : tensor<f32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>, tensor<i32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>, tensor<8xf32>, tensor<4x8xf32>, tensor<3xf32>, tensor<8x3xf32>
  }
}
