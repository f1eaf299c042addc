// gpt_grad
module @jit_program_gpt_grad {
  func.func public @main(%arg0: tensor<8xf32>, %arg1: tensor<32x8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8xf32>, %arg5: tensor<8x8xf32>, %arg6: tensor<24xf32>, %arg7: tensor<8x24xf32>, %arg8: tensor<32xf32>, %arg9: tensor<8x32xf32>, %arg10: tensor<8xf32>, %arg11: tensor<32x8xf32>, %arg12: tensor<8xf32>, %arg13: tensor<8xf32>, %arg14: tensor<8xf32>, %arg15: tensor<8x8xf32>, %arg16: tensor<24xf32>, %arg17: tensor<8x24xf32>, %arg18: tensor<32xf32>, %arg19: tensor<8x32xf32>, %arg20: tensor<8xf32>, %arg21: tensor<6x8xf32>, %arg22: tensor<11x8xf32>, %arg23: tensor<2x5xi32>) -> (tensor<f32>, tensor<8xf32>, tensor<32x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<24xf32>, tensor<8x24xf32>, tensor<32xf32>, tensor<8x32xf32>, tensor<8xf32>, tensor<32x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<24xf32>, tensor<8x24xf32>, tensor<32xf32>, tensor<8x32xf32>, tensor<8xf32>, tensor<6x8xf32>, tensor<11x8xf32>) {
    %0 = stablehlo.slice %arg23 [0:2, 0:4] : (tensor<2x5xi32>) -> tensor<2x4xi32>
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i32>) -> tensor<2x4xi32>
    %3 = stablehlo.compare LT, %0, %2, SIGNED : (tensor<2x4xi32>, tensor<2x4xi32>) -> tensor<2x4xi1>
    %4 = stablehlo.constant dense<11> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<2x4xi32>
    %6 = stablehlo.add %0, %5 : tensor<2x4xi32>
    %7 = "stablehlo.select"(%3, %6, %0) : (tensor<2x4xi1>, tensor<2x4xi32>, tensor<2x4xi32>) -> tensor<2x4xi32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<2x4xi32>) -> tensor<2x4x1xi32>
    %9 = "stablehlo.gather"(%arg22, %8) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, slice_sizes = array<i64: 1, 8>, indices_are_sorted = false}> : (tensor<11x8xf32>, tensor<2x4x1xi32>) -> tensor<2x4x8xf32>
    %10 = stablehlo.constant dense<10> : tensor<1xi32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [2] : (tensor<1xi32>) -> tensor<2x4x1xi32>
    %12 = stablehlo.compare LE, %8, %11, SIGNED : (tensor<2x4x1xi32>, tensor<2x4x1xi32>) -> tensor<2x4x1xi1>
    %13 = stablehlo.constant dense<0> : tensor<i32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [] : (tensor<i32>) -> tensor<2x4x1xi32>
    %15 = stablehlo.compare GE, %8, %14, SIGNED : (tensor<2x4x1xi32>, tensor<2x4x1xi32>) -> tensor<2x4x1xi1>
    %16 = stablehlo.and %15, %12 : tensor<2x4x1xi1>
    %17 = stablehlo.constant dense<true> : tensor<i1>
    %18 = "stablehlo.reduce"(%16, %17) <{dimensions = array<i64: 2>}> ({
    ^bb0(%19: tensor<i1>, %20: tensor<i1>):
      %21 = stablehlo.and %19, %20 : tensor<i1>
      stablehlo.return %21 : tensor<i1>
    }) : (tensor<2x4x1xi1>, tensor<i1>) -> tensor<2x4xi1>
    %22 = stablehlo.broadcast_in_dim %18, dims = [0, 1] : (tensor<2x4xi1>) -> tensor<2x4x8xi1>
    %23 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %25 = "stablehlo.select"(%22, %9, %24) : (tensor<2x4x8xi1>, tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %26 = stablehlo.slice %arg21 [0:4, 0:8] : (tensor<6x8xf32>) -> tensor<4x8xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [1, 2] : (tensor<4x8xf32>) -> tensor<1x4x8xf32>
    %28 = stablehlo.reshape %27 : (tensor<1x4x8xf32>) -> tensor<4x8xf32>
    %29 = stablehlo.broadcast_in_dim %28, dims = [1, 2] : (tensor<4x8xf32>) -> tensor<2x4x8xf32>
    %30 = stablehlo.add %25, %29 : tensor<2x4x8xf32>
    %31 = stablehlo.constant dense<0.0> : tensor<f32>
    %32 = "stablehlo.reduce"(%30, %31) <{dimensions = array<i64: 2>}> ({
    ^bb0(%33: tensor<f32>, %34: tensor<f32>):
      %35 = stablehlo.add %33, %34 : tensor<f32>
      stablehlo.return %35 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %36 = stablehlo.broadcast_in_dim %32, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %37 = stablehlo.constant dense<8.0> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %39 = stablehlo.divide %36, %38 : tensor<2x4x1xf32>
    %40 = stablehlo.reshape %39 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %42 = stablehlo.subtract %30, %41 : tensor<2x4x8xf32>
    %43 = "chlo.square"(%42) : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %44 = stablehlo.constant dense<2.0> : tensor<f32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %46 = stablehlo.multiply %45, %42 : tensor<2x4x8xf32>
    %47 = stablehlo.constant dense<0.0> : tensor<f32>
    %48 = "stablehlo.reduce"(%43, %47) <{dimensions = array<i64: 2>}> ({
    ^bb0(%49: tensor<f32>, %50: tensor<f32>):
      %51 = stablehlo.add %49, %50 : tensor<f32>
      stablehlo.return %51 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %52 = stablehlo.broadcast_in_dim %48, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %53 = stablehlo.constant dense<8.0> : tensor<f32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %55 = stablehlo.divide %52, %54 : tensor<2x4x1xf32>
    %56 = stablehlo.constant dense<0.00001> : tensor<f32>
    %57 = stablehlo.broadcast_in_dim %56, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %58 = stablehlo.add %55, %57 : tensor<2x4x1xf32>
    %59 = stablehlo.rsqrt %58 : tensor<2x4x1xf32>
    %60 = stablehlo.divide %59, %58 : tensor<2x4x1xf32>
    %61 = stablehlo.constant dense<-0.5> : tensor<f32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %63 = stablehlo.multiply %62, %60 : tensor<2x4x1xf32>
    %64 = stablehlo.reshape %59 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %66 = stablehlo.multiply %42, %65 : tensor<2x4x8xf32>
    %67 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %68 = stablehlo.reshape %67 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %70 = stablehlo.multiply %66, %69 : tensor<2x4x8xf32>
    %71 = stablehlo.dot_general %70, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x24xf32>) -> tensor<2x4x24xf32>
    %72 = stablehlo.broadcast_in_dim %arg6, dims = [2] : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %73 = stablehlo.reshape %72 : (tensor<1x1x24xf32>) -> tensor<24xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [2] : (tensor<24xf32>) -> tensor<2x4x24xf32>
    %75 = stablehlo.add %71, %74 : tensor<2x4x24xf32>
    %76 = stablehlo.slice %75 [0:2, 0:4, 0:8] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %77 = stablehlo.slice %75 [0:2, 0:4, 8:16] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %78 = stablehlo.slice %75 [0:2, 0:4, 16:24] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %79 = stablehlo.reshape %76 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %80 = stablehlo.transpose %79, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %81 = stablehlo.reshape %77 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %82 = stablehlo.transpose %81, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %83 = stablehlo.reshape %78 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %84 = stablehlo.transpose %83, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %85 = stablehlo.dot_general %80, %82, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %86 = stablehlo.constant dense<2.0> : tensor<f32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %88 = stablehlo.divide %85, %87 : tensor<2x2x4x4xf32>
    %89 = stablehlo.constant dense<true> : tensor<i1>
    %90 = stablehlo.broadcast_in_dim %89, dims = [] : (tensor<i1>) -> tensor<4x4xi1>
    %91 = stablehlo.iota dim = 0 : tensor<4x4xi32>
    %92 = stablehlo.constant dense<0> : tensor<i32>
    %93 = stablehlo.broadcast_in_dim %92, dims = [] : (tensor<i32>) -> tensor<4x4xi32>
    %94 = stablehlo.add %91, %93 : tensor<4x4xi32>
    %95 = stablehlo.iota dim = 1 : tensor<4x4xi32>
    %96 = stablehlo.compare GE, %94, %95, SIGNED : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
    %97 = stablehlo.constant dense<false> : tensor<i1>
    %98 = stablehlo.broadcast_in_dim %97, dims = [] : (tensor<i1>) -> tensor<4x4xi1>
    %99 = "stablehlo.select"(%96, %90, %98) : (tensor<4x4xi1>, tensor<4x4xi1>, tensor<4x4xi1>) -> tensor<4x4xi1>
    %100 = stablehlo.constant dense<-1000000000> : tensor<i32>
    %101 = stablehlo.convert %100 : (tensor<i32>) -> tensor<f32>
    %102 = stablehlo.broadcast_in_dim %99, dims = [2, 3] : (tensor<4x4xi1>) -> tensor<2x2x4x4xi1>
    %103 = stablehlo.broadcast_in_dim %101, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %104 = "stablehlo.select"(%102, %88, %103) : (tensor<2x2x4x4xi1>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %105 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %106 = "stablehlo.reduce"(%104, %105) <{dimensions = array<i64: 3>}> ({
    ^bb0(%107: tensor<f32>, %108: tensor<f32>):
      %109 = stablehlo.maximum %107, %108 : tensor<f32>
      stablehlo.return %109 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %110 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %111 = stablehlo.broadcast_in_dim %110, dims = [] : (tensor<f32>) -> tensor<2x2x4xf32>
    %112 = stablehlo.maximum %111, %106 : tensor<2x2x4xf32>
    %113 = stablehlo.broadcast_in_dim %112, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %114 = stablehlo.reshape %113 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %115 = stablehlo.broadcast_in_dim %114, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %116 = stablehlo.subtract %104, %115 : tensor<2x2x4x4xf32>
    %117 = stablehlo.exponential %116 : tensor<2x2x4x4xf32>
    %118 = stablehlo.constant dense<0.0> : tensor<f32>
    %119 = "stablehlo.reduce"(%117, %118) <{dimensions = array<i64: 3>}> ({
    ^bb0(%120: tensor<f32>, %121: tensor<f32>):
      %122 = stablehlo.add %120, %121 : tensor<f32>
      stablehlo.return %122 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %123 = stablehlo.broadcast_in_dim %119, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %124 = stablehlo.reshape %123 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %125 = stablehlo.broadcast_in_dim %124, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %126 = stablehlo.divide %117, %125 : tensor<2x2x4x4xf32>
    %127 = stablehlo.constant dense<1.0> : tensor<f32>
    %128 = stablehlo.multiply %123, %123 : tensor<2x2x4x1xf32>
    %129 = stablehlo.broadcast_in_dim %127, dims = [] : (tensor<f32>) -> tensor<2x2x4x1xf32>
    %130 = stablehlo.divide %129, %128 : tensor<2x2x4x1xf32>
    %131 = stablehlo.dot_general %126, %84, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %132 = stablehlo.transpose %131, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %133 = stablehlo.reshape %132 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %134 = stablehlo.dot_general %133, %arg5, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x8xf32>) -> tensor<2x4x8xf32>
    %135 = stablehlo.broadcast_in_dim %arg4, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %136 = stablehlo.reshape %135 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %137 = stablehlo.broadcast_in_dim %136, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %138 = stablehlo.add %134, %137 : tensor<2x4x8xf32>
    %139 = stablehlo.add %30, %138 : tensor<2x4x8xf32>
    %140 = stablehlo.constant dense<0.0> : tensor<f32>
    %141 = "stablehlo.reduce"(%139, %140) <{dimensions = array<i64: 2>}> ({
    ^bb0(%142: tensor<f32>, %143: tensor<f32>):
      %144 = stablehlo.add %142, %143 : tensor<f32>
      stablehlo.return %144 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %145 = stablehlo.broadcast_in_dim %141, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %146 = stablehlo.constant dense<8.0> : tensor<f32>
    %147 = stablehlo.broadcast_in_dim %146, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %148 = stablehlo.divide %145, %147 : tensor<2x4x1xf32>
    %149 = stablehlo.reshape %148 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %150 = stablehlo.broadcast_in_dim %149, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %151 = stablehlo.subtract %139, %150 : tensor<2x4x8xf32>
    %152 = "chlo.square"(%151) : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %153 = stablehlo.constant dense<2.0> : tensor<f32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %155 = stablehlo.multiply %154, %151 : tensor<2x4x8xf32>
    %156 = stablehlo.constant dense<0.0> : tensor<f32>
    %157 = "stablehlo.reduce"(%152, %156) <{dimensions = array<i64: 2>}> ({
    ^bb0(%158: tensor<f32>, %159: tensor<f32>):
      %160 = stablehlo.add %158, %159 : tensor<f32>
      stablehlo.return %160 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %161 = stablehlo.broadcast_in_dim %157, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %162 = stablehlo.constant dense<8.0> : tensor<f32>
    %163 = stablehlo.broadcast_in_dim %162, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %164 = stablehlo.divide %161, %163 : tensor<2x4x1xf32>
    %165 = stablehlo.constant dense<0.00001> : tensor<f32>
    %166 = stablehlo.broadcast_in_dim %165, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %167 = stablehlo.add %164, %166 : tensor<2x4x1xf32>
    %168 = stablehlo.rsqrt %167 : tensor<2x4x1xf32>
    %169 = stablehlo.divide %168, %167 : tensor<2x4x1xf32>
    %170 = stablehlo.constant dense<-0.5> : tensor<f32>
    %171 = stablehlo.broadcast_in_dim %170, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %172 = stablehlo.multiply %171, %169 : tensor<2x4x1xf32>
    %173 = stablehlo.reshape %168 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %175 = stablehlo.multiply %151, %174 : tensor<2x4x8xf32>
    %176 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %177 = stablehlo.reshape %176 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %178 = stablehlo.broadcast_in_dim %177, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %179 = stablehlo.multiply %175, %178 : tensor<2x4x8xf32>
    %180 = stablehlo.dot_general %179, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x32xf32>) -> tensor<2x4x32xf32>
    %181 = stablehlo.broadcast_in_dim %arg8, dims = [2] : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %182 = stablehlo.reshape %181 : (tensor<1x1x32xf32>) -> tensor<32xf32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [2] : (tensor<32xf32>) -> tensor<2x4x32xf32>
    %184 = stablehlo.add %180, %183 : tensor<2x4x32xf32>
    %185 = stablehlo.multiply %184, %184 : tensor<2x4x32xf32>
    %186 = stablehlo.multiply %184, %185 : tensor<2x4x32xf32>
    %187 = stablehlo.multiply %184, %184 : tensor<2x4x32xf32>
    %188 = stablehlo.constant dense<3.0> : tensor<f32>
    %189 = stablehlo.broadcast_in_dim %188, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %190 = stablehlo.multiply %189, %187 : tensor<2x4x32xf32>
    %191 = stablehlo.constant dense<0.044715> : tensor<f32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %193 = stablehlo.multiply %192, %186 : tensor<2x4x32xf32>
    %194 = stablehlo.add %184, %193 : tensor<2x4x32xf32>
    %195 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %196 = stablehlo.broadcast_in_dim %195, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %197 = stablehlo.multiply %196, %194 : tensor<2x4x32xf32>
    %198 = stablehlo.tanh %197 : tensor<2x4x32xf32>
    %199 = stablehlo.constant dense<1.0> : tensor<f32>
    %200 = stablehlo.broadcast_in_dim %199, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %201 = stablehlo.subtract %200, %198 : tensor<2x4x32xf32>
    %202 = stablehlo.constant dense<1.0> : tensor<f32>
    %203 = stablehlo.broadcast_in_dim %202, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %204 = stablehlo.add %203, %198 : tensor<2x4x32xf32>
    %205 = stablehlo.constant dense<0.5> : tensor<f32>
    %206 = stablehlo.broadcast_in_dim %205, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %207 = stablehlo.multiply %206, %204 : tensor<2x4x32xf32>
    %208 = stablehlo.multiply %184, %207 : tensor<2x4x32xf32>
    %209 = stablehlo.dot_general %208, %arg1, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<32x8xf32>) -> tensor<2x4x8xf32>
    %210 = stablehlo.broadcast_in_dim %arg0, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %211 = stablehlo.reshape %210 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %212 = stablehlo.broadcast_in_dim %211, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %213 = stablehlo.add %209, %212 : tensor<2x4x8xf32>
    %214 = stablehlo.add %139, %213 : tensor<2x4x8xf32>
    %215 = stablehlo.constant dense<0.0> : tensor<f32>
    %216 = "stablehlo.reduce"(%214, %215) <{dimensions = array<i64: 2>}> ({
    ^bb0(%217: tensor<f32>, %218: tensor<f32>):
      %219 = stablehlo.add %217, %218 : tensor<f32>
      stablehlo.return %219 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %220 = stablehlo.broadcast_in_dim %216, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %221 = stablehlo.constant dense<8.0> : tensor<f32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %223 = stablehlo.divide %220, %222 : tensor<2x4x1xf32>
    %224 = stablehlo.reshape %223 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %226 = stablehlo.subtract %214, %225 : tensor<2x4x8xf32>
    %227 = "chlo.square"(%226) : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %228 = stablehlo.constant dense<2.0> : tensor<f32>
    %229 = stablehlo.broadcast_in_dim %228, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %230 = stablehlo.multiply %229, %226 : tensor<2x4x8xf32>
    %231 = stablehlo.constant dense<0.0> : tensor<f32>
    %232 = "stablehlo.reduce"(%227, %231) <{dimensions = array<i64: 2>}> ({
    ^bb0(%233: tensor<f32>, %234: tensor<f32>):
      %235 = stablehlo.add %233, %234 : tensor<f32>
      stablehlo.return %235 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %236 = stablehlo.broadcast_in_dim %232, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %237 = stablehlo.constant dense<8.0> : tensor<f32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %239 = stablehlo.divide %236, %238 : tensor<2x4x1xf32>
    %240 = stablehlo.constant dense<0.00001> : tensor<f32>
    %241 = stablehlo.broadcast_in_dim %240, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %242 = stablehlo.add %239, %241 : tensor<2x4x1xf32>
    %243 = stablehlo.rsqrt %242 : tensor<2x4x1xf32>
    %244 = stablehlo.divide %243, %242 : tensor<2x4x1xf32>
    %245 = stablehlo.constant dense<-0.5> : tensor<f32>
    %246 = stablehlo.broadcast_in_dim %245, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %247 = stablehlo.multiply %246, %244 : tensor<2x4x1xf32>
    %248 = stablehlo.reshape %243 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %250 = stablehlo.multiply %226, %249 : tensor<2x4x8xf32>
    %251 = stablehlo.broadcast_in_dim %arg12, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %252 = stablehlo.reshape %251 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %253 = stablehlo.broadcast_in_dim %252, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %254 = stablehlo.multiply %250, %253 : tensor<2x4x8xf32>
    %255 = stablehlo.dot_general %254, %arg17, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x24xf32>) -> tensor<2x4x24xf32>
    %256 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %257 = stablehlo.reshape %256 : (tensor<1x1x24xf32>) -> tensor<24xf32>
    %258 = stablehlo.broadcast_in_dim %257, dims = [2] : (tensor<24xf32>) -> tensor<2x4x24xf32>
    %259 = stablehlo.add %255, %258 : tensor<2x4x24xf32>
    %260 = stablehlo.slice %259 [0:2, 0:4, 0:8] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %261 = stablehlo.slice %259 [0:2, 0:4, 8:16] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %262 = stablehlo.slice %259 [0:2, 0:4, 16:24] : (tensor<2x4x24xf32>) -> tensor<2x4x8xf32>
    %263 = stablehlo.reshape %260 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %264 = stablehlo.transpose %263, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %265 = stablehlo.reshape %261 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %266 = stablehlo.transpose %265, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %267 = stablehlo.reshape %262 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %268 = stablehlo.transpose %267, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %269 = stablehlo.dot_general %264, %266, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %270 = stablehlo.constant dense<2.0> : tensor<f32>
    %271 = stablehlo.broadcast_in_dim %270, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %272 = stablehlo.divide %269, %271 : tensor<2x2x4x4xf32>
    %273 = stablehlo.constant dense<true> : tensor<i1>
    %274 = stablehlo.broadcast_in_dim %273, dims = [] : (tensor<i1>) -> tensor<4x4xi1>
    %275 = stablehlo.iota dim = 0 : tensor<4x4xi32>
    %276 = stablehlo.constant dense<0> : tensor<i32>
    %277 = stablehlo.broadcast_in_dim %276, dims = [] : (tensor<i32>) -> tensor<4x4xi32>
    %278 = stablehlo.add %275, %277 : tensor<4x4xi32>
    %279 = stablehlo.iota dim = 1 : tensor<4x4xi32>
    %280 = stablehlo.compare GE, %278, %279, SIGNED : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi1>
    %281 = stablehlo.constant dense<false> : tensor<i1>
    %282 = stablehlo.broadcast_in_dim %281, dims = [] : (tensor<i1>) -> tensor<4x4xi1>
    %283 = "stablehlo.select"(%280, %274, %282) : (tensor<4x4xi1>, tensor<4x4xi1>, tensor<4x4xi1>) -> tensor<4x4xi1>
    %284 = stablehlo.constant dense<-1000000000> : tensor<i32>
    %285 = stablehlo.convert %284 : (tensor<i32>) -> tensor<f32>
    %286 = stablehlo.broadcast_in_dim %283, dims = [2, 3] : (tensor<4x4xi1>) -> tensor<2x2x4x4xi1>
    %287 = stablehlo.broadcast_in_dim %285, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %288 = "stablehlo.select"(%286, %272, %287) : (tensor<2x2x4x4xi1>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %289 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %290 = "stablehlo.reduce"(%288, %289) <{dimensions = array<i64: 3>}> ({
    ^bb0(%291: tensor<f32>, %292: tensor<f32>):
      %293 = stablehlo.maximum %291, %292 : tensor<f32>
      stablehlo.return %293 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %294 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %295 = stablehlo.broadcast_in_dim %294, dims = [] : (tensor<f32>) -> tensor<2x2x4xf32>
    %296 = stablehlo.maximum %295, %290 : tensor<2x2x4xf32>
    %297 = stablehlo.broadcast_in_dim %296, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %298 = stablehlo.reshape %297 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %299 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %300 = stablehlo.subtract %288, %299 : tensor<2x2x4x4xf32>
    %301 = stablehlo.exponential %300 : tensor<2x2x4x4xf32>
    %302 = stablehlo.constant dense<0.0> : tensor<f32>
    %303 = "stablehlo.reduce"(%301, %302) <{dimensions = array<i64: 3>}> ({
    ^bb0(%304: tensor<f32>, %305: tensor<f32>):
      %306 = stablehlo.add %304, %305 : tensor<f32>
      stablehlo.return %306 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %307 = stablehlo.broadcast_in_dim %303, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %308 = stablehlo.reshape %307 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %309 = stablehlo.broadcast_in_dim %308, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %310 = stablehlo.divide %301, %309 : tensor<2x2x4x4xf32>
    %311 = stablehlo.constant dense<1.0> : tensor<f32>
    %312 = stablehlo.multiply %307, %307 : tensor<2x2x4x1xf32>
    %313 = stablehlo.broadcast_in_dim %311, dims = [] : (tensor<f32>) -> tensor<2x2x4x1xf32>
    %314 = stablehlo.divide %313, %312 : tensor<2x2x4x1xf32>
    %315 = stablehlo.dot_general %310, %268, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %316 = stablehlo.transpose %315, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %317 = stablehlo.reshape %316 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %318 = stablehlo.dot_general %317, %arg15, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x8xf32>) -> tensor<2x4x8xf32>
    %319 = stablehlo.broadcast_in_dim %arg14, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %320 = stablehlo.reshape %319 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %321 = stablehlo.broadcast_in_dim %320, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %322 = stablehlo.add %318, %321 : tensor<2x4x8xf32>
    %323 = stablehlo.add %214, %322 : tensor<2x4x8xf32>
    %324 = stablehlo.constant dense<0.0> : tensor<f32>
    %325 = "stablehlo.reduce"(%323, %324) <{dimensions = array<i64: 2>}> ({
    ^bb0(%326: tensor<f32>, %327: tensor<f32>):
      %328 = stablehlo.add %326, %327 : tensor<f32>
      stablehlo.return %328 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %329 = stablehlo.broadcast_in_dim %325, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %330 = stablehlo.constant dense<8.0> : tensor<f32>
    %331 = stablehlo.broadcast_in_dim %330, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %332 = stablehlo.divide %329, %331 : tensor<2x4x1xf32>
    %333 = stablehlo.reshape %332 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %334 = stablehlo.broadcast_in_dim %333, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %335 = stablehlo.subtract %323, %334 : tensor<2x4x8xf32>
    %336 = "chlo.square"(%335) : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %337 = stablehlo.constant dense<2.0> : tensor<f32>
    %338 = stablehlo.broadcast_in_dim %337, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %339 = stablehlo.multiply %338, %335 : tensor<2x4x8xf32>
    %340 = stablehlo.constant dense<0.0> : tensor<f32>
    %341 = "stablehlo.reduce"(%336, %340) <{dimensions = array<i64: 2>}> ({
    ^bb0(%342: tensor<f32>, %343: tensor<f32>):
      %344 = stablehlo.add %342, %343 : tensor<f32>
      stablehlo.return %344 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %345 = stablehlo.broadcast_in_dim %341, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %346 = stablehlo.constant dense<8.0> : tensor<f32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %348 = stablehlo.divide %345, %347 : tensor<2x4x1xf32>
    %349 = stablehlo.constant dense<0.00001> : tensor<f32>
    %350 = stablehlo.broadcast_in_dim %349, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %351 = stablehlo.add %348, %350 : tensor<2x4x1xf32>
    %352 = stablehlo.rsqrt %351 : tensor<2x4x1xf32>
    %353 = stablehlo.divide %352, %351 : tensor<2x4x1xf32>
    %354 = stablehlo.constant dense<-0.5> : tensor<f32>
    %355 = stablehlo.broadcast_in_dim %354, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %356 = stablehlo.multiply %355, %353 : tensor<2x4x1xf32>
    %357 = stablehlo.reshape %352 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %358 = stablehlo.broadcast_in_dim %357, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %359 = stablehlo.multiply %335, %358 : tensor<2x4x8xf32>
    %360 = stablehlo.broadcast_in_dim %arg13, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %361 = stablehlo.reshape %360 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %362 = stablehlo.broadcast_in_dim %361, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %363 = stablehlo.multiply %359, %362 : tensor<2x4x8xf32>
    %364 = stablehlo.dot_general %363, %arg19, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x32xf32>) -> tensor<2x4x32xf32>
    %365 = stablehlo.broadcast_in_dim %arg18, dims = [2] : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %366 = stablehlo.reshape %365 : (tensor<1x1x32xf32>) -> tensor<32xf32>
    %367 = stablehlo.broadcast_in_dim %366, dims = [2] : (tensor<32xf32>) -> tensor<2x4x32xf32>
    %368 = stablehlo.add %364, %367 : tensor<2x4x32xf32>
    %369 = stablehlo.multiply %368, %368 : tensor<2x4x32xf32>
    %370 = stablehlo.multiply %368, %369 : tensor<2x4x32xf32>
    %371 = stablehlo.multiply %368, %368 : tensor<2x4x32xf32>
    %372 = stablehlo.constant dense<3.0> : tensor<f32>
    %373 = stablehlo.broadcast_in_dim %372, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %374 = stablehlo.multiply %373, %371 : tensor<2x4x32xf32>
    %375 = stablehlo.constant dense<0.044715> : tensor<f32>
    %376 = stablehlo.broadcast_in_dim %375, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %377 = stablehlo.multiply %376, %370 : tensor<2x4x32xf32>
    %378 = stablehlo.add %368, %377 : tensor<2x4x32xf32>
    %379 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %380 = stablehlo.broadcast_in_dim %379, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %381 = stablehlo.multiply %380, %378 : tensor<2x4x32xf32>
    %382 = stablehlo.tanh %381 : tensor<2x4x32xf32>
    %383 = stablehlo.constant dense<1.0> : tensor<f32>
    %384 = stablehlo.broadcast_in_dim %383, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %385 = stablehlo.subtract %384, %382 : tensor<2x4x32xf32>
    %386 = stablehlo.constant dense<1.0> : tensor<f32>
    %387 = stablehlo.broadcast_in_dim %386, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %388 = stablehlo.add %387, %382 : tensor<2x4x32xf32>
    %389 = stablehlo.constant dense<0.5> : tensor<f32>
    %390 = stablehlo.broadcast_in_dim %389, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %391 = stablehlo.multiply %390, %388 : tensor<2x4x32xf32>
    %392 = stablehlo.multiply %368, %391 : tensor<2x4x32xf32>
    %393 = stablehlo.dot_general %392, %arg11, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<32x8xf32>) -> tensor<2x4x8xf32>
    %394 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %395 = stablehlo.reshape %394 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %396 = stablehlo.broadcast_in_dim %395, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %397 = stablehlo.add %393, %396 : tensor<2x4x8xf32>
    %398 = stablehlo.add %323, %397 : tensor<2x4x8xf32>
    %399 = stablehlo.constant dense<0.0> : tensor<f32>
    %400 = "stablehlo.reduce"(%398, %399) <{dimensions = array<i64: 2>}> ({
    ^bb0(%401: tensor<f32>, %402: tensor<f32>):
      %403 = stablehlo.add %401, %402 : tensor<f32>
      stablehlo.return %403 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %404 = stablehlo.broadcast_in_dim %400, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %405 = stablehlo.constant dense<8.0> : tensor<f32>
    %406 = stablehlo.broadcast_in_dim %405, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %407 = stablehlo.divide %404, %406 : tensor<2x4x1xf32>
    %408 = stablehlo.reshape %407 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %409 = stablehlo.broadcast_in_dim %408, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %410 = stablehlo.subtract %398, %409 : tensor<2x4x8xf32>
    %411 = "chlo.square"(%410) : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
    %412 = stablehlo.constant dense<2.0> : tensor<f32>
    %413 = stablehlo.broadcast_in_dim %412, dims = [] : (tensor<f32>) -> tensor<2x4x8xf32>
    %414 = stablehlo.multiply %413, %410 : tensor<2x4x8xf32>
    %415 = stablehlo.constant dense<0.0> : tensor<f32>
    %416 = "stablehlo.reduce"(%411, %415) <{dimensions = array<i64: 2>}> ({
    ^bb0(%417: tensor<f32>, %418: tensor<f32>):
      %419 = stablehlo.add %417, %418 : tensor<f32>
      stablehlo.return %419 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %420 = stablehlo.broadcast_in_dim %416, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %421 = stablehlo.constant dense<8.0> : tensor<f32>
    %422 = stablehlo.broadcast_in_dim %421, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %423 = stablehlo.divide %420, %422 : tensor<2x4x1xf32>
    %424 = stablehlo.constant dense<0.00001> : tensor<f32>
    %425 = stablehlo.broadcast_in_dim %424, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %426 = stablehlo.add %423, %425 : tensor<2x4x1xf32>
    %427 = stablehlo.rsqrt %426 : tensor<2x4x1xf32>
    %428 = stablehlo.divide %427, %426 : tensor<2x4x1xf32>
    %429 = stablehlo.constant dense<-0.5> : tensor<f32>
    %430 = stablehlo.broadcast_in_dim %429, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %431 = stablehlo.multiply %430, %428 : tensor<2x4x1xf32>
    %432 = stablehlo.reshape %427 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %433 = stablehlo.broadcast_in_dim %432, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %434 = stablehlo.multiply %410, %433 : tensor<2x4x8xf32>
    %435 = stablehlo.broadcast_in_dim %arg20, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %436 = stablehlo.reshape %435 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %437 = stablehlo.broadcast_in_dim %436, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %438 = stablehlo.multiply %434, %437 : tensor<2x4x8xf32>
    %439 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %440 = stablehlo.dot_general %438, %439, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x11xf32>) -> tensor<2x4x11xf32>
    %441 = stablehlo.slice %arg23 [0:2, 1:5] : (tensor<2x5xi32>) -> tensor<2x4xi32>
    %442 = stablehlo.broadcast_in_dim %441, dims = [0, 1] : (tensor<2x4xi32>) -> tensor<2x4x1xi32>
    %443 = stablehlo.constant dense<0> : tensor<i32>
    %444 = stablehlo.broadcast_in_dim %443, dims = [] : (tensor<i32>) -> tensor<2x4x1xi32>
    %445 = stablehlo.compare LT, %442, %444, SIGNED : (tensor<2x4x1xi32>, tensor<2x4x1xi32>) -> tensor<2x4x1xi1>
    %446 = stablehlo.constant dense<11> : tensor<i32>
    %447 = stablehlo.broadcast_in_dim %446, dims = [] : (tensor<i32>) -> tensor<2x4x1xi32>
    %448 = stablehlo.add %442, %447 : tensor<2x4x1xi32>
    %449 = "stablehlo.select"(%445, %448, %442) : (tensor<2x4x1xi1>, tensor<2x4x1xi32>, tensor<2x4x1xi32>) -> tensor<2x4x1xi32>
    %450 = stablehlo.reshape %449 : (tensor<2x4x1xi32>) -> tensor<2x4x1x1xi32>
    %451 = "stablehlo.gather"(%440, %450) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [2], operand_batching_dims = [0, 1], start_indices_batching_dims = [0, 1], start_index_map = [2], index_vector_dim = 3>, slice_sizes = array<i64: 1, 1, 1>, indices_are_sorted = false}> : (tensor<2x4x11xf32>, tensor<2x4x1x1xi32>) -> tensor<2x4x1xf32>
    %452 = stablehlo.constant dense<10> : tensor<1xi32>
    %453 = stablehlo.broadcast_in_dim %452, dims = [3] : (tensor<1xi32>) -> tensor<2x4x1x1xi32>
    %454 = stablehlo.compare LE, %450, %453, SIGNED : (tensor<2x4x1x1xi32>, tensor<2x4x1x1xi32>) -> tensor<2x4x1x1xi1>
    %455 = stablehlo.constant dense<0> : tensor<i32>
    %456 = stablehlo.broadcast_in_dim %455, dims = [] : (tensor<i32>) -> tensor<2x4x1x1xi32>
    %457 = stablehlo.compare GE, %450, %456, SIGNED : (tensor<2x4x1x1xi32>, tensor<2x4x1x1xi32>) -> tensor<2x4x1x1xi1>
    %458 = stablehlo.and %457, %454 : tensor<2x4x1x1xi1>
    %459 = stablehlo.constant dense<true> : tensor<i1>
    %460 = "stablehlo.reduce"(%458, %459) <{dimensions = array<i64: 3>}> ({
    ^bb0(%461: tensor<i1>, %462: tensor<i1>):
      %463 = stablehlo.and %461, %462 : tensor<i1>
      stablehlo.return %463 : tensor<i1>
    }) : (tensor<2x4x1x1xi1>, tensor<i1>) -> tensor<2x4x1xi1>
    %464 = stablehlo.broadcast_in_dim %460, dims = [0, 1, 2] : (tensor<2x4x1xi1>) -> tensor<2x4x1xi1>
    %465 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %466 = stablehlo.broadcast_in_dim %465, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %467 = "stablehlo.select"(%464, %451, %466) : (tensor<2x4x1xi1>, tensor<2x4x1xf32>, tensor<2x4x1xf32>) -> tensor<2x4x1xf32>
    %468 = stablehlo.reshape %467 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %469 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %470 = "stablehlo.reduce"(%440, %469) <{dimensions = array<i64: 2>}> ({
    ^bb0(%471: tensor<f32>, %472: tensor<f32>):
      %473 = stablehlo.maximum %471, %472 : tensor<f32>
      stablehlo.return %473 : tensor<f32>
    }) : (tensor<2x4x11xf32>, tensor<f32>) -> tensor<2x4xf32>
    %474 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %475 = stablehlo.broadcast_in_dim %474, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
    %476 = stablehlo.maximum %475, %470 : tensor<2x4xf32>
    %477 = "stablehlo.is_finite"(%476) : (tensor<2x4xf32>) -> tensor<2x4xi1>
    %478 = stablehlo.constant dense<0.0> : tensor<f32>
    %479 = stablehlo.broadcast_in_dim %478, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
    %480 = "stablehlo.select"(%477, %476, %479) : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    %481 = stablehlo.broadcast_in_dim %480, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %482 = stablehlo.reshape %481 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %483 = stablehlo.broadcast_in_dim %482, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x11xf32>
    %484 = stablehlo.subtract %440, %483 : tensor<2x4x11xf32>
    %485 = stablehlo.exponential %484 : tensor<2x4x11xf32>
    %486 = stablehlo.constant dense<0.0> : tensor<f32>
    %487 = "stablehlo.reduce"(%485, %486) <{dimensions = array<i64: 2>}> ({
    ^bb0(%488: tensor<f32>, %489: tensor<f32>):
      %490 = stablehlo.add %488, %489 : tensor<f32>
      stablehlo.return %490 : tensor<f32>
    }) : (tensor<2x4x11xf32>, tensor<f32>) -> tensor<2x4xf32>
    %491 = stablehlo.abs %487 : tensor<2x4xf32>
    %492 = stablehlo.constant dense<0.0> : tensor<f32>
    %493 = stablehlo.broadcast_in_dim %492, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
    %494 = stablehlo.compare GE, %487, %493, FLOAT : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xi1>
    %495 = stablehlo.log %491 : tensor<2x4xf32>
    %496 = stablehlo.add %495, %480 : tensor<2x4xf32>
    %497 = stablehlo.subtract %496, %468 : tensor<2x4xf32>
    %498 = stablehlo.constant dense<0.0> : tensor<f32>
    %499 = "stablehlo.reduce"(%497, %498) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%500: tensor<f32>, %501: tensor<f32>):
      %502 = stablehlo.add %500, %501 : tensor<f32>
      stablehlo.return %502 : tensor<f32>
    }) : (tensor<2x4xf32>, tensor<f32>) -> tensor<f32>
    %503 = stablehlo.constant dense<8.0> : tensor<f32>
    %504 = stablehlo.divide %499, %503 : tensor<f32>
    %505 = stablehlo.constant dense<1.0> : tensor<f32>
    %506 = stablehlo.constant dense<8.0> : tensor<f32>
    %507 = stablehlo.divide %505, %506 : tensor<f32>
    %508 = stablehlo.broadcast_in_dim %507, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
    %509 = stablehlo.negate %508 : tensor<2x4xf32>
    %510 = stablehlo.divide %508, %491 : tensor<2x4xf32>
    %511 = stablehlo.constant dense<0.0> : tensor<f32>
    %512 = stablehlo.broadcast_in_dim %511, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
    %513 = "stablehlo.select"(%494, %512, %510) : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    %514 = "stablehlo.select"(%494, %510, %512) : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    %515 = stablehlo.negate %513 : tensor<2x4xf32>
    %516 = stablehlo.add %514, %515 : tensor<2x4xf32>
    %517 = stablehlo.broadcast_in_dim %516, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x11xf32>
    %518 = stablehlo.multiply %517, %485 : tensor<2x4x11xf32>
    %519 = stablehlo.broadcast_in_dim %509, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %520 = stablehlo.constant dense<0.0> : tensor<f32>
    %521 = stablehlo.broadcast_in_dim %520, dims = [] : (tensor<f32>) -> tensor<2x4x11xf32>
    %522 = "stablehlo.scatter"(%521, %450, %519) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [2], input_batching_dims = [0, 1], scatter_indices_batching_dims = [0, 1], scatter_dims_to_operand_dims = [2], index_vector_dim = 3>, indices_are_sorted = false, unique_indices = false}> ({
    ^bb0(%523: tensor<f32>, %524: tensor<f32>):
      %525 = stablehlo.add %523, %524 : tensor<f32>
      stablehlo.return %525 : tensor<f32>
    }) : (tensor<2x4x11xf32>, tensor<2x4x1x1xi32>, tensor<2x4x1xf32>) -> tensor<2x4x11xf32>
    %526 = stablehlo.add %518, %522 : tensor<2x4x11xf32>
    %527 = stablehlo.dot_general %526, %438, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x11xf32>, tensor<2x4x8xf32>) -> tensor<11x8xf32>
    %528 = stablehlo.transpose %527, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %529 = stablehlo.dot_general %526, %439, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x11xf32>, tensor<8x11xf32>) -> tensor<2x4x8xf32>
    %530 = stablehlo.transpose %528, dims = [1, 0] : (tensor<8x11xf32>) -> tensor<11x8xf32>
    %531 = stablehlo.multiply %434, %529 : tensor<2x4x8xf32>
    %532 = stablehlo.constant dense<0.0> : tensor<f32>
    %533 = "stablehlo.reduce"(%531, %532) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%534: tensor<f32>, %535: tensor<f32>):
      %536 = stablehlo.add %534, %535 : tensor<f32>
      stablehlo.return %536 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %537 = stablehlo.reshape %533 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %538 = stablehlo.reshape %435 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %539 = stablehlo.broadcast_in_dim %538, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %540 = stablehlo.multiply %529, %539 : tensor<2x4x8xf32>
    %541 = stablehlo.constant dense<0.0> : tensor<f32>
    %542 = "stablehlo.reduce"(%537, %541) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%543: tensor<f32>, %544: tensor<f32>):
      %545 = stablehlo.add %543, %544 : tensor<f32>
      stablehlo.return %545 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %546 = stablehlo.multiply %410, %540 : tensor<2x4x8xf32>
    %547 = stablehlo.constant dense<0.0> : tensor<f32>
    %548 = "stablehlo.reduce"(%546, %547) <{dimensions = array<i64: 2>}> ({
    ^bb0(%549: tensor<f32>, %550: tensor<f32>):
      %551 = stablehlo.add %549, %550 : tensor<f32>
      stablehlo.return %551 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %552 = stablehlo.reshape %548 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %553 = stablehlo.reshape %427 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %554 = stablehlo.broadcast_in_dim %553, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %555 = stablehlo.multiply %540, %554 : tensor<2x4x8xf32>
    %556 = stablehlo.multiply %552, %431 : tensor<2x4x1xf32>
    %557 = stablehlo.constant dense<8.0> : tensor<f32>
    %558 = stablehlo.broadcast_in_dim %557, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %559 = stablehlo.divide %556, %558 : tensor<2x4x1xf32>
    %560 = stablehlo.constant dense<0.0> : tensor<f32>
    %561 = "stablehlo.reduce"(%559, %560) <{dimensions = array<i64: 2>}> ({
    ^bb0(%562: tensor<f32>, %563: tensor<f32>):
      %564 = stablehlo.add %562, %563 : tensor<f32>
      stablehlo.return %564 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %565 = stablehlo.broadcast_in_dim %561, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %566 = stablehlo.multiply %565, %414 : tensor<2x4x8xf32>
    %567 = stablehlo.add %555, %566 : tensor<2x4x8xf32>
    %568 = stablehlo.negate %567 : tensor<2x4x8xf32>
    %569 = stablehlo.constant dense<0.0> : tensor<f32>
    %570 = "stablehlo.reduce"(%568, %569) <{dimensions = array<i64: 2>}> ({
    ^bb0(%571: tensor<f32>, %572: tensor<f32>):
      %573 = stablehlo.add %571, %572 : tensor<f32>
      stablehlo.return %573 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %574 = stablehlo.reshape %570 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %575 = stablehlo.constant dense<8.0> : tensor<f32>
    %576 = stablehlo.broadcast_in_dim %575, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %577 = stablehlo.divide %574, %576 : tensor<2x4x1xf32>
    %578 = stablehlo.constant dense<0.0> : tensor<f32>
    %579 = "stablehlo.reduce"(%577, %578) <{dimensions = array<i64: 2>}> ({
    ^bb0(%580: tensor<f32>, %581: tensor<f32>):
      %582 = stablehlo.add %580, %581 : tensor<f32>
      stablehlo.return %582 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %583 = stablehlo.broadcast_in_dim %579, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %584 = stablehlo.add %567, %583 : tensor<2x4x8xf32>
    %585 = stablehlo.constant dense<0.0> : tensor<f32>
    %586 = "stablehlo.reduce"(%584, %585) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%587: tensor<f32>, %588: tensor<f32>):
      %589 = stablehlo.add %587, %588 : tensor<f32>
      stablehlo.return %589 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %590 = stablehlo.reshape %586 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %591 = stablehlo.constant dense<0.0> : tensor<f32>
    %592 = "stablehlo.reduce"(%590, %591) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%593: tensor<f32>, %594: tensor<f32>):
      %595 = stablehlo.add %593, %594 : tensor<f32>
      stablehlo.return %595 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %596 = stablehlo.dot_general %584, %392, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<2x4x32xf32>) -> tensor<8x32xf32>
    %597 = stablehlo.transpose %596, dims = [1, 0] : (tensor<8x32xf32>) -> tensor<32x8xf32>
    %598 = stablehlo.dot_general %584, %arg11, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<32x8xf32>) -> tensor<2x4x32xf32>
    %599 = stablehlo.multiply %368, %598 : tensor<2x4x32xf32>
    %600 = stablehlo.multiply %598, %391 : tensor<2x4x32xf32>
    %601 = stablehlo.constant dense<0.5> : tensor<f32>
    %602 = stablehlo.broadcast_in_dim %601, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %603 = stablehlo.multiply %602, %599 : tensor<2x4x32xf32>
    %604 = stablehlo.multiply %603, %385 : tensor<2x4x32xf32>
    %605 = stablehlo.multiply %604, %382 : tensor<2x4x32xf32>
    %606 = stablehlo.add %604, %605 : tensor<2x4x32xf32>
    %607 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %608 = stablehlo.broadcast_in_dim %607, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %609 = stablehlo.multiply %608, %606 : tensor<2x4x32xf32>
    %610 = stablehlo.add %600, %609 : tensor<2x4x32xf32>
    %611 = stablehlo.constant dense<0.044715> : tensor<f32>
    %612 = stablehlo.broadcast_in_dim %611, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %613 = stablehlo.multiply %612, %609 : tensor<2x4x32xf32>
    %614 = stablehlo.multiply %613, %374 : tensor<2x4x32xf32>
    %615 = stablehlo.add %610, %614 : tensor<2x4x32xf32>
    %616 = stablehlo.constant dense<0.0> : tensor<f32>
    %617 = "stablehlo.reduce"(%615, %616) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%618: tensor<f32>, %619: tensor<f32>):
      %620 = stablehlo.add %618, %619 : tensor<f32>
      stablehlo.return %620 : tensor<f32>
    }) : (tensor<2x4x32xf32>, tensor<f32>) -> tensor<32xf32>
    %621 = stablehlo.reshape %617 : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %622 = stablehlo.constant dense<0.0> : tensor<f32>
    %623 = "stablehlo.reduce"(%621, %622) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%624: tensor<f32>, %625: tensor<f32>):
      %626 = stablehlo.add %624, %625 : tensor<f32>
      stablehlo.return %626 : tensor<f32>
    }) : (tensor<1x1x32xf32>, tensor<f32>) -> tensor<32xf32>
    %627 = stablehlo.dot_general %615, %363, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<2x4x8xf32>) -> tensor<32x8xf32>
    %628 = stablehlo.transpose %627, dims = [1, 0] : (tensor<32x8xf32>) -> tensor<8x32xf32>
    %629 = stablehlo.dot_general %615, %arg19, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<8x32xf32>) -> tensor<2x4x8xf32>
    %630 = stablehlo.multiply %359, %629 : tensor<2x4x8xf32>
    %631 = stablehlo.constant dense<0.0> : tensor<f32>
    %632 = "stablehlo.reduce"(%630, %631) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%633: tensor<f32>, %634: tensor<f32>):
      %635 = stablehlo.add %633, %634 : tensor<f32>
      stablehlo.return %635 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %636 = stablehlo.reshape %632 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %637 = stablehlo.reshape %360 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %638 = stablehlo.broadcast_in_dim %637, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %639 = stablehlo.multiply %629, %638 : tensor<2x4x8xf32>
    %640 = stablehlo.constant dense<0.0> : tensor<f32>
    %641 = "stablehlo.reduce"(%636, %640) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%642: tensor<f32>, %643: tensor<f32>):
      %644 = stablehlo.add %642, %643 : tensor<f32>
      stablehlo.return %644 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %645 = stablehlo.multiply %335, %639 : tensor<2x4x8xf32>
    %646 = stablehlo.constant dense<0.0> : tensor<f32>
    %647 = "stablehlo.reduce"(%645, %646) <{dimensions = array<i64: 2>}> ({
    ^bb0(%648: tensor<f32>, %649: tensor<f32>):
      %650 = stablehlo.add %648, %649 : tensor<f32>
      stablehlo.return %650 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %651 = stablehlo.reshape %647 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %652 = stablehlo.reshape %352 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %653 = stablehlo.broadcast_in_dim %652, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %654 = stablehlo.multiply %639, %653 : tensor<2x4x8xf32>
    %655 = stablehlo.multiply %651, %356 : tensor<2x4x1xf32>
    %656 = stablehlo.constant dense<8.0> : tensor<f32>
    %657 = stablehlo.broadcast_in_dim %656, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %658 = stablehlo.divide %655, %657 : tensor<2x4x1xf32>
    %659 = stablehlo.constant dense<0.0> : tensor<f32>
    %660 = "stablehlo.reduce"(%658, %659) <{dimensions = array<i64: 2>}> ({
    ^bb0(%661: tensor<f32>, %662: tensor<f32>):
      %663 = stablehlo.add %661, %662 : tensor<f32>
      stablehlo.return %663 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %664 = stablehlo.broadcast_in_dim %660, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %665 = stablehlo.multiply %664, %339 : tensor<2x4x8xf32>
    %666 = stablehlo.add %654, %665 : tensor<2x4x8xf32>
    %667 = stablehlo.negate %666 : tensor<2x4x8xf32>
    %668 = stablehlo.constant dense<0.0> : tensor<f32>
    %669 = "stablehlo.reduce"(%667, %668) <{dimensions = array<i64: 2>}> ({
    ^bb0(%670: tensor<f32>, %671: tensor<f32>):
      %672 = stablehlo.add %670, %671 : tensor<f32>
      stablehlo.return %672 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %673 = stablehlo.reshape %669 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %674 = stablehlo.add %584, %666 : tensor<2x4x8xf32>
    %675 = stablehlo.constant dense<8.0> : tensor<f32>
    %676 = stablehlo.broadcast_in_dim %675, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %677 = stablehlo.divide %673, %676 : tensor<2x4x1xf32>
    %678 = stablehlo.constant dense<0.0> : tensor<f32>
    %679 = "stablehlo.reduce"(%677, %678) <{dimensions = array<i64: 2>}> ({
    ^bb0(%680: tensor<f32>, %681: tensor<f32>):
      %682 = stablehlo.add %680, %681 : tensor<f32>
      stablehlo.return %682 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %683 = stablehlo.broadcast_in_dim %679, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %684 = stablehlo.add %674, %683 : tensor<2x4x8xf32>
    %685 = stablehlo.constant dense<0.0> : tensor<f32>
    %686 = "stablehlo.reduce"(%684, %685) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%687: tensor<f32>, %688: tensor<f32>):
      %689 = stablehlo.add %687, %688 : tensor<f32>
      stablehlo.return %689 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %690 = stablehlo.reshape %686 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %691 = stablehlo.constant dense<0.0> : tensor<f32>
    %692 = "stablehlo.reduce"(%690, %691) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%693: tensor<f32>, %694: tensor<f32>):
      %695 = stablehlo.add %693, %694 : tensor<f32>
      stablehlo.return %695 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %696 = stablehlo.dot_general %684, %317, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<8x8xf32>
    %697 = stablehlo.transpose %696, dims = [1, 0] : (tensor<8x8xf32>) -> tensor<8x8xf32>
    %698 = stablehlo.dot_general %684, %arg15, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x8xf32>) -> tensor<2x4x8xf32>
    %699 = stablehlo.reshape %698 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %700 = stablehlo.transpose %699, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %701 = stablehlo.dot_general %700, %310, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %702 = stablehlo.transpose %701, dims = [0, 1, 3, 2] : (tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %703 = stablehlo.dot_general %700, %268, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %704 = stablehlo.reshape %314 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %705 = stablehlo.broadcast_in_dim %704, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %706 = stablehlo.multiply %703, %705 : tensor<2x2x4x4xf32>
    %707 = stablehlo.multiply %706, %301 : tensor<2x2x4x4xf32>
    %708 = stablehlo.constant dense<0.0> : tensor<f32>
    %709 = "stablehlo.reduce"(%707, %708) <{dimensions = array<i64: 3>}> ({
    ^bb0(%710: tensor<f32>, %711: tensor<f32>):
      %712 = stablehlo.add %710, %711 : tensor<f32>
      stablehlo.return %712 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %713 = stablehlo.reshape %709 : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %714 = stablehlo.negate %713 : tensor<2x2x4x1xf32>
    %715 = stablehlo.reshape %307 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %716 = stablehlo.broadcast_in_dim %715, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %717 = stablehlo.divide %703, %716 : tensor<2x2x4x4xf32>
    %718 = stablehlo.constant dense<0.0> : tensor<f32>
    %719 = "stablehlo.reduce"(%714, %718) <{dimensions = array<i64: 3>}> ({
    ^bb0(%720: tensor<f32>, %721: tensor<f32>):
      %722 = stablehlo.add %720, %721 : tensor<f32>
      stablehlo.return %722 : tensor<f32>
    }) : (tensor<2x2x4x1xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %723 = stablehlo.broadcast_in_dim %719, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %724 = stablehlo.add %717, %723 : tensor<2x2x4x4xf32>
    %725 = stablehlo.multiply %724, %301 : tensor<2x2x4x4xf32>
    %726 = stablehlo.constant dense<0.0> : tensor<f32>
    %727 = stablehlo.broadcast_in_dim %726, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %728 = "stablehlo.select"(%286, %725, %727) : (tensor<2x2x4x4xi1>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %729 = stablehlo.constant dense<2.0> : tensor<f32>
    %730 = stablehlo.broadcast_in_dim %729, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %731 = stablehlo.divide %728, %730 : tensor<2x2x4x4xf32>
    %732 = stablehlo.dot_general %731, %264, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %733 = stablehlo.dot_general %731, %266, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %734 = stablehlo.transpose %702, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %735 = stablehlo.reshape %734 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %736 = stablehlo.transpose %732, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %737 = stablehlo.reshape %736 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %738 = stablehlo.transpose %733, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %739 = stablehlo.reshape %738 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %740 = stablehlo.concatenate %739, %737, %735, dim = 2 : (tensor<2x4x8xf32>, tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<2x4x24xf32>
    %741 = stablehlo.constant dense<0.0> : tensor<f32>
    %742 = "stablehlo.reduce"(%740, %741) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%743: tensor<f32>, %744: tensor<f32>):
      %745 = stablehlo.add %743, %744 : tensor<f32>
      stablehlo.return %745 : tensor<f32>
    }) : (tensor<2x4x24xf32>, tensor<f32>) -> tensor<24xf32>
    %746 = stablehlo.reshape %742 : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %747 = stablehlo.constant dense<0.0> : tensor<f32>
    %748 = "stablehlo.reduce"(%746, %747) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%749: tensor<f32>, %750: tensor<f32>):
      %751 = stablehlo.add %749, %750 : tensor<f32>
      stablehlo.return %751 : tensor<f32>
    }) : (tensor<1x1x24xf32>, tensor<f32>) -> tensor<24xf32>
    %752 = stablehlo.dot_general %740, %254, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x24xf32>, tensor<2x4x8xf32>) -> tensor<24x8xf32>
    %753 = stablehlo.transpose %752, dims = [1, 0] : (tensor<24x8xf32>) -> tensor<8x24xf32>
    %754 = stablehlo.dot_general %740, %arg17, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x24xf32>, tensor<8x24xf32>) -> tensor<2x4x8xf32>
    %755 = stablehlo.multiply %250, %754 : tensor<2x4x8xf32>
    %756 = stablehlo.constant dense<0.0> : tensor<f32>
    %757 = "stablehlo.reduce"(%755, %756) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%758: tensor<f32>, %759: tensor<f32>):
      %760 = stablehlo.add %758, %759 : tensor<f32>
      stablehlo.return %760 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %761 = stablehlo.reshape %757 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %762 = stablehlo.reshape %251 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %763 = stablehlo.broadcast_in_dim %762, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %764 = stablehlo.multiply %754, %763 : tensor<2x4x8xf32>
    %765 = stablehlo.constant dense<0.0> : tensor<f32>
    %766 = "stablehlo.reduce"(%761, %765) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%767: tensor<f32>, %768: tensor<f32>):
      %769 = stablehlo.add %767, %768 : tensor<f32>
      stablehlo.return %769 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %770 = stablehlo.multiply %226, %764 : tensor<2x4x8xf32>
    %771 = stablehlo.constant dense<0.0> : tensor<f32>
    %772 = "stablehlo.reduce"(%770, %771) <{dimensions = array<i64: 2>}> ({
    ^bb0(%773: tensor<f32>, %774: tensor<f32>):
      %775 = stablehlo.add %773, %774 : tensor<f32>
      stablehlo.return %775 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %776 = stablehlo.reshape %772 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %777 = stablehlo.reshape %243 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %778 = stablehlo.broadcast_in_dim %777, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %779 = stablehlo.multiply %764, %778 : tensor<2x4x8xf32>
    %780 = stablehlo.multiply %776, %247 : tensor<2x4x1xf32>
    %781 = stablehlo.constant dense<8.0> : tensor<f32>
    %782 = stablehlo.broadcast_in_dim %781, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %783 = stablehlo.divide %780, %782 : tensor<2x4x1xf32>
    %784 = stablehlo.constant dense<0.0> : tensor<f32>
    %785 = "stablehlo.reduce"(%783, %784) <{dimensions = array<i64: 2>}> ({
    ^bb0(%786: tensor<f32>, %787: tensor<f32>):
      %788 = stablehlo.add %786, %787 : tensor<f32>
      stablehlo.return %788 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %789 = stablehlo.broadcast_in_dim %785, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %790 = stablehlo.multiply %789, %230 : tensor<2x4x8xf32>
    %791 = stablehlo.add %779, %790 : tensor<2x4x8xf32>
    %792 = stablehlo.negate %791 : tensor<2x4x8xf32>
    %793 = stablehlo.constant dense<0.0> : tensor<f32>
    %794 = "stablehlo.reduce"(%792, %793) <{dimensions = array<i64: 2>}> ({
    ^bb0(%795: tensor<f32>, %796: tensor<f32>):
      %797 = stablehlo.add %795, %796 : tensor<f32>
      stablehlo.return %797 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %798 = stablehlo.reshape %794 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %799 = stablehlo.add %684, %791 : tensor<2x4x8xf32>
    %800 = stablehlo.constant dense<8.0> : tensor<f32>
    %801 = stablehlo.broadcast_in_dim %800, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %802 = stablehlo.divide %798, %801 : tensor<2x4x1xf32>
    %803 = stablehlo.constant dense<0.0> : tensor<f32>
    %804 = "stablehlo.reduce"(%802, %803) <{dimensions = array<i64: 2>}> ({
    ^bb0(%805: tensor<f32>, %806: tensor<f32>):
      %807 = stablehlo.add %805, %806 : tensor<f32>
      stablehlo.return %807 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %808 = stablehlo.broadcast_in_dim %804, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %809 = stablehlo.add %799, %808 : tensor<2x4x8xf32>
    %810 = stablehlo.constant dense<0.0> : tensor<f32>
    %811 = "stablehlo.reduce"(%809, %810) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%812: tensor<f32>, %813: tensor<f32>):
      %814 = stablehlo.add %812, %813 : tensor<f32>
      stablehlo.return %814 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %815 = stablehlo.reshape %811 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %816 = stablehlo.constant dense<0.0> : tensor<f32>
    %817 = "stablehlo.reduce"(%815, %816) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%818: tensor<f32>, %819: tensor<f32>):
      %820 = stablehlo.add %818, %819 : tensor<f32>
      stablehlo.return %820 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %821 = stablehlo.dot_general %809, %208, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<2x4x32xf32>) -> tensor<8x32xf32>
    %822 = stablehlo.transpose %821, dims = [1, 0] : (tensor<8x32xf32>) -> tensor<32x8xf32>
    %823 = stablehlo.dot_general %809, %arg1, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<32x8xf32>) -> tensor<2x4x32xf32>
    %824 = stablehlo.multiply %184, %823 : tensor<2x4x32xf32>
    %825 = stablehlo.multiply %823, %207 : tensor<2x4x32xf32>
    %826 = stablehlo.constant dense<0.5> : tensor<f32>
    %827 = stablehlo.broadcast_in_dim %826, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %828 = stablehlo.multiply %827, %824 : tensor<2x4x32xf32>
    %829 = stablehlo.multiply %828, %201 : tensor<2x4x32xf32>
    %830 = stablehlo.multiply %829, %198 : tensor<2x4x32xf32>
    %831 = stablehlo.add %829, %830 : tensor<2x4x32xf32>
    %832 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %833 = stablehlo.broadcast_in_dim %832, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %834 = stablehlo.multiply %833, %831 : tensor<2x4x32xf32>
    %835 = stablehlo.add %825, %834 : tensor<2x4x32xf32>
    %836 = stablehlo.constant dense<0.044715> : tensor<f32>
    %837 = stablehlo.broadcast_in_dim %836, dims = [] : (tensor<f32>) -> tensor<2x4x32xf32>
    %838 = stablehlo.multiply %837, %834 : tensor<2x4x32xf32>
    %839 = stablehlo.multiply %838, %190 : tensor<2x4x32xf32>
    %840 = stablehlo.add %835, %839 : tensor<2x4x32xf32>
    %841 = stablehlo.constant dense<0.0> : tensor<f32>
    %842 = "stablehlo.reduce"(%840, %841) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%843: tensor<f32>, %844: tensor<f32>):
      %845 = stablehlo.add %843, %844 : tensor<f32>
      stablehlo.return %845 : tensor<f32>
    }) : (tensor<2x4x32xf32>, tensor<f32>) -> tensor<32xf32>
    %846 = stablehlo.reshape %842 : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %847 = stablehlo.constant dense<0.0> : tensor<f32>
    %848 = "stablehlo.reduce"(%846, %847) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%849: tensor<f32>, %850: tensor<f32>):
      %851 = stablehlo.add %849, %850 : tensor<f32>
      stablehlo.return %851 : tensor<f32>
    }) : (tensor<1x1x32xf32>, tensor<f32>) -> tensor<32xf32>
    %852 = stablehlo.dot_general %840, %179, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<2x4x8xf32>) -> tensor<32x8xf32>
    %853 = stablehlo.transpose %852, dims = [1, 0] : (tensor<32x8xf32>) -> tensor<8x32xf32>
    %854 = stablehlo.dot_general %840, %arg9, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x32xf32>, tensor<8x32xf32>) -> tensor<2x4x8xf32>
    %855 = stablehlo.multiply %175, %854 : tensor<2x4x8xf32>
    %856 = stablehlo.constant dense<0.0> : tensor<f32>
    %857 = "stablehlo.reduce"(%855, %856) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%858: tensor<f32>, %859: tensor<f32>):
      %860 = stablehlo.add %858, %859 : tensor<f32>
      stablehlo.return %860 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %861 = stablehlo.reshape %857 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %862 = stablehlo.reshape %176 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %863 = stablehlo.broadcast_in_dim %862, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %864 = stablehlo.multiply %854, %863 : tensor<2x4x8xf32>
    %865 = stablehlo.constant dense<0.0> : tensor<f32>
    %866 = "stablehlo.reduce"(%861, %865) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%867: tensor<f32>, %868: tensor<f32>):
      %869 = stablehlo.add %867, %868 : tensor<f32>
      stablehlo.return %869 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %870 = stablehlo.multiply %151, %864 : tensor<2x4x8xf32>
    %871 = stablehlo.constant dense<0.0> : tensor<f32>
    %872 = "stablehlo.reduce"(%870, %871) <{dimensions = array<i64: 2>}> ({
    ^bb0(%873: tensor<f32>, %874: tensor<f32>):
      %875 = stablehlo.add %873, %874 : tensor<f32>
      stablehlo.return %875 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %876 = stablehlo.reshape %872 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %877 = stablehlo.reshape %168 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %878 = stablehlo.broadcast_in_dim %877, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %879 = stablehlo.multiply %864, %878 : tensor<2x4x8xf32>
    %880 = stablehlo.multiply %876, %172 : tensor<2x4x1xf32>
    %881 = stablehlo.constant dense<8.0> : tensor<f32>
    %882 = stablehlo.broadcast_in_dim %881, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %883 = stablehlo.divide %880, %882 : tensor<2x4x1xf32>
    %884 = stablehlo.constant dense<0.0> : tensor<f32>
    %885 = "stablehlo.reduce"(%883, %884) <{dimensions = array<i64: 2>}> ({
    ^bb0(%886: tensor<f32>, %887: tensor<f32>):
      %888 = stablehlo.add %886, %887 : tensor<f32>
      stablehlo.return %888 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %889 = stablehlo.broadcast_in_dim %885, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %890 = stablehlo.multiply %889, %155 : tensor<2x4x8xf32>
    %891 = stablehlo.add %879, %890 : tensor<2x4x8xf32>
    %892 = stablehlo.negate %891 : tensor<2x4x8xf32>
    %893 = stablehlo.constant dense<0.0> : tensor<f32>
    %894 = "stablehlo.reduce"(%892, %893) <{dimensions = array<i64: 2>}> ({
    ^bb0(%895: tensor<f32>, %896: tensor<f32>):
      %897 = stablehlo.add %895, %896 : tensor<f32>
      stablehlo.return %897 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %898 = stablehlo.reshape %894 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %899 = stablehlo.add %809, %891 : tensor<2x4x8xf32>
    %900 = stablehlo.constant dense<8.0> : tensor<f32>
    %901 = stablehlo.broadcast_in_dim %900, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %902 = stablehlo.divide %898, %901 : tensor<2x4x1xf32>
    %903 = stablehlo.constant dense<0.0> : tensor<f32>
    %904 = "stablehlo.reduce"(%902, %903) <{dimensions = array<i64: 2>}> ({
    ^bb0(%905: tensor<f32>, %906: tensor<f32>):
      %907 = stablehlo.add %905, %906 : tensor<f32>
      stablehlo.return %907 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %908 = stablehlo.broadcast_in_dim %904, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %909 = stablehlo.add %899, %908 : tensor<2x4x8xf32>
    %910 = stablehlo.constant dense<0.0> : tensor<f32>
    %911 = "stablehlo.reduce"(%909, %910) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%912: tensor<f32>, %913: tensor<f32>):
      %914 = stablehlo.add %912, %913 : tensor<f32>
      stablehlo.return %914 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %915 = stablehlo.reshape %911 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %916 = stablehlo.constant dense<0.0> : tensor<f32>
    %917 = "stablehlo.reduce"(%915, %916) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%918: tensor<f32>, %919: tensor<f32>):
      %920 = stablehlo.add %918, %919 : tensor<f32>
      stablehlo.return %920 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %921 = stablehlo.dot_general %909, %133, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<8x8xf32>
    %922 = stablehlo.transpose %921, dims = [1, 0] : (tensor<8x8xf32>) -> tensor<8x8xf32>
    %923 = stablehlo.dot_general %909, %arg5, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x8xf32>, tensor<8x8xf32>) -> tensor<2x4x8xf32>
    %924 = stablehlo.reshape %923 : (tensor<2x4x8xf32>) -> tensor<2x4x2x4xf32>
    %925 = stablehlo.transpose %924, dims = [0, 2, 1, 3] : (tensor<2x4x2x4xf32>) -> tensor<2x2x4x4xf32>
    %926 = stablehlo.dot_general %925, %126, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %927 = stablehlo.transpose %926, dims = [0, 1, 3, 2] : (tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %928 = stablehlo.dot_general %925, %84, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %929 = stablehlo.reshape %130 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %930 = stablehlo.broadcast_in_dim %929, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %931 = stablehlo.multiply %928, %930 : tensor<2x2x4x4xf32>
    %932 = stablehlo.multiply %931, %117 : tensor<2x2x4x4xf32>
    %933 = stablehlo.constant dense<0.0> : tensor<f32>
    %934 = "stablehlo.reduce"(%932, %933) <{dimensions = array<i64: 3>}> ({
    ^bb0(%935: tensor<f32>, %936: tensor<f32>):
      %937 = stablehlo.add %935, %936 : tensor<f32>
      stablehlo.return %937 : tensor<f32>
    }) : (tensor<2x2x4x4xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %938 = stablehlo.reshape %934 : (tensor<2x2x4xf32>) -> tensor<2x2x4x1xf32>
    %939 = stablehlo.negate %938 : tensor<2x2x4x1xf32>
    %940 = stablehlo.reshape %123 : (tensor<2x2x4x1xf32>) -> tensor<2x2x4xf32>
    %941 = stablehlo.broadcast_in_dim %940, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %942 = stablehlo.divide %928, %941 : tensor<2x2x4x4xf32>
    %943 = stablehlo.constant dense<0.0> : tensor<f32>
    %944 = "stablehlo.reduce"(%939, %943) <{dimensions = array<i64: 3>}> ({
    ^bb0(%945: tensor<f32>, %946: tensor<f32>):
      %947 = stablehlo.add %945, %946 : tensor<f32>
      stablehlo.return %947 : tensor<f32>
    }) : (tensor<2x2x4x1xf32>, tensor<f32>) -> tensor<2x2x4xf32>
    %948 = stablehlo.broadcast_in_dim %944, dims = [0, 1, 2] : (tensor<2x2x4xf32>) -> tensor<2x2x4x4xf32>
    %949 = stablehlo.add %942, %948 : tensor<2x2x4x4xf32>
    %950 = stablehlo.multiply %949, %117 : tensor<2x2x4x4xf32>
    %951 = stablehlo.constant dense<0.0> : tensor<f32>
    %952 = stablehlo.broadcast_in_dim %951, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %953 = "stablehlo.select"(%102, %950, %952) : (tensor<2x2x4x4xi1>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %954 = stablehlo.constant dense<2.0> : tensor<f32>
    %955 = stablehlo.broadcast_in_dim %954, dims = [] : (tensor<f32>) -> tensor<2x2x4x4xf32>
    %956 = stablehlo.divide %953, %955 : tensor<2x2x4x4xf32>
    %957 = stablehlo.dot_general %956, %80, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %958 = stablehlo.dot_general %956, %82, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x4x4xf32>
    %959 = stablehlo.transpose %927, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %960 = stablehlo.reshape %959 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %961 = stablehlo.transpose %957, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %962 = stablehlo.reshape %961 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %963 = stablehlo.transpose %958, dims = [0, 2, 1, 3] : (tensor<2x2x4x4xf32>) -> tensor<2x4x2x4xf32>
    %964 = stablehlo.reshape %963 : (tensor<2x4x2x4xf32>) -> tensor<2x4x8xf32>
    %965 = stablehlo.concatenate %964, %962, %960, dim = 2 : (tensor<2x4x8xf32>, tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<2x4x24xf32>
    %966 = stablehlo.constant dense<0.0> : tensor<f32>
    %967 = "stablehlo.reduce"(%965, %966) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%968: tensor<f32>, %969: tensor<f32>):
      %970 = stablehlo.add %968, %969 : tensor<f32>
      stablehlo.return %970 : tensor<f32>
    }) : (tensor<2x4x24xf32>, tensor<f32>) -> tensor<24xf32>
    %971 = stablehlo.reshape %967 : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %972 = stablehlo.constant dense<0.0> : tensor<f32>
    %973 = "stablehlo.reduce"(%971, %972) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%974: tensor<f32>, %975: tensor<f32>):
      %976 = stablehlo.add %974, %975 : tensor<f32>
      stablehlo.return %976 : tensor<f32>
    }) : (tensor<1x1x24xf32>, tensor<f32>) -> tensor<24xf32>
    %977 = stablehlo.dot_general %965, %70, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x24xf32>, tensor<2x4x8xf32>) -> tensor<24x8xf32>
    %978 = stablehlo.transpose %977, dims = [1, 0] : (tensor<24x8xf32>) -> tensor<8x24xf32>
    %979 = stablehlo.dot_general %965, %arg7, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x4x24xf32>, tensor<8x24xf32>) -> tensor<2x4x8xf32>
    %980 = stablehlo.multiply %66, %979 : tensor<2x4x8xf32>
    %981 = stablehlo.constant dense<0.0> : tensor<f32>
    %982 = "stablehlo.reduce"(%980, %981) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%983: tensor<f32>, %984: tensor<f32>):
      %985 = stablehlo.add %983, %984 : tensor<f32>
      stablehlo.return %985 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<8xf32>
    %986 = stablehlo.reshape %982 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %987 = stablehlo.reshape %67 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %988 = stablehlo.broadcast_in_dim %987, dims = [2] : (tensor<8xf32>) -> tensor<2x4x8xf32>
    %989 = stablehlo.multiply %979, %988 : tensor<2x4x8xf32>
    %990 = stablehlo.constant dense<0.0> : tensor<f32>
    %991 = "stablehlo.reduce"(%986, %990) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%992: tensor<f32>, %993: tensor<f32>):
      %994 = stablehlo.add %992, %993 : tensor<f32>
      stablehlo.return %994 : tensor<f32>
    }) : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %995 = stablehlo.multiply %42, %989 : tensor<2x4x8xf32>
    %996 = stablehlo.constant dense<0.0> : tensor<f32>
    %997 = "stablehlo.reduce"(%995, %996) <{dimensions = array<i64: 2>}> ({
    ^bb0(%998: tensor<f32>, %999: tensor<f32>):
      %1000 = stablehlo.add %998, %999 : tensor<f32>
      stablehlo.return %1000 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %1001 = stablehlo.reshape %997 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %1002 = stablehlo.reshape %59 : (tensor<2x4x1xf32>) -> tensor<2x4xf32>
    %1003 = stablehlo.broadcast_in_dim %1002, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %1004 = stablehlo.multiply %989, %1003 : tensor<2x4x8xf32>
    %1005 = stablehlo.multiply %1001, %63 : tensor<2x4x1xf32>
    %1006 = stablehlo.constant dense<8.0> : tensor<f32>
    %1007 = stablehlo.broadcast_in_dim %1006, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %1008 = stablehlo.divide %1005, %1007 : tensor<2x4x1xf32>
    %1009 = stablehlo.constant dense<0.0> : tensor<f32>
    %1010 = "stablehlo.reduce"(%1008, %1009) <{dimensions = array<i64: 2>}> ({
    ^bb0(%1011: tensor<f32>, %1012: tensor<f32>):
      %1013 = stablehlo.add %1011, %1012 : tensor<f32>
      stablehlo.return %1013 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %1014 = stablehlo.broadcast_in_dim %1010, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %1015 = stablehlo.multiply %1014, %46 : tensor<2x4x8xf32>
    %1016 = stablehlo.add %1004, %1015 : tensor<2x4x8xf32>
    %1017 = stablehlo.negate %1016 : tensor<2x4x8xf32>
    %1018 = stablehlo.constant dense<0.0> : tensor<f32>
    %1019 = "stablehlo.reduce"(%1017, %1018) <{dimensions = array<i64: 2>}> ({
    ^bb0(%1020: tensor<f32>, %1021: tensor<f32>):
      %1022 = stablehlo.add %1020, %1021 : tensor<f32>
      stablehlo.return %1022 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<2x4xf32>
    %1023 = stablehlo.reshape %1019 : (tensor<2x4xf32>) -> tensor<2x4x1xf32>
    %1024 = stablehlo.add %909, %1016 : tensor<2x4x8xf32>
    %1025 = stablehlo.constant dense<8.0> : tensor<f32>
    %1026 = stablehlo.broadcast_in_dim %1025, dims = [] : (tensor<f32>) -> tensor<2x4x1xf32>
    %1027 = stablehlo.divide %1023, %1026 : tensor<2x4x1xf32>
    %1028 = stablehlo.constant dense<0.0> : tensor<f32>
    %1029 = "stablehlo.reduce"(%1027, %1028) <{dimensions = array<i64: 2>}> ({
    ^bb0(%1030: tensor<f32>, %1031: tensor<f32>):
      %1032 = stablehlo.add %1030, %1031 : tensor<f32>
      stablehlo.return %1032 : tensor<f32>
    }) : (tensor<2x4x1xf32>, tensor<f32>) -> tensor<2x4xf32>
    %1033 = stablehlo.broadcast_in_dim %1029, dims = [0, 1] : (tensor<2x4xf32>) -> tensor<2x4x8xf32>
    %1034 = stablehlo.add %1024, %1033 : tensor<2x4x8xf32>
    %1035 = stablehlo.constant dense<0.0> : tensor<f32>
    %1036 = "stablehlo.reduce"(%1034, %1035) <{dimensions = array<i64: 0>}> ({
    ^bb0(%1037: tensor<f32>, %1038: tensor<f32>):
      %1039 = stablehlo.add %1037, %1038 : tensor<f32>
      stablehlo.return %1039 : tensor<f32>
    }) : (tensor<2x4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
    %1040 = stablehlo.reshape %1036 : (tensor<4x8xf32>) -> tensor<1x4x8xf32>
    %1041 = stablehlo.constant dense<0.0> : tensor<f32>
    %1042 = "stablehlo.reduce"(%1040, %1041) <{dimensions = array<i64: 0>}> ({
    ^bb0(%1043: tensor<f32>, %1044: tensor<f32>):
      %1045 = stablehlo.add %1043, %1044 : tensor<f32>
      stablehlo.return %1045 : tensor<f32>
    }) : (tensor<1x4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
    %1046 = stablehlo.constant dense<0.0> : tensor<f32>
    %1047 = stablehlo.pad %1042, %1046, low = [0, 0], high = [2, 0], interior = [0, 0] : (tensor<4x8xf32>, tensor<f32>) -> tensor<6x8xf32>
    %1048 = stablehlo.constant dense<0.0> : tensor<f32>
    %1049 = stablehlo.broadcast_in_dim %1048, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %1050 = "stablehlo.scatter"(%1049, %8, %1034) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, indices_are_sorted = false, unique_indices = false}> ({
    ^bb0(%1051: tensor<f32>, %1052: tensor<f32>):
      %1053 = stablehlo.add %1051, %1052 : tensor<f32>
      stablehlo.return %1053 : tensor<f32>
    }) : (tensor<11x8xf32>, tensor<2x4x1xi32>, tensor<2x4x8xf32>) -> tensor<11x8xf32>
    %1054 = stablehlo.add %530, %1050 : tensor<11x8xf32>
    return %504, %817, %822, %991, %866, %917, %922, %973, %978, %848, %853, %592, %597, %766, %641, %692, %697, %748, %753, %623, %628, %542, %1047, %1054 : tensor<f32>, tensor<8xf32>, tensor<32x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<24xf32>, tensor<8x24xf32>, tensor<32xf32>, tensor<8x32xf32>, tensor<8xf32>, tensor<32x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<24xf32>, tensor<8x24xf32>, tensor<32xf32>, tensor<8x32xf32>, tensor<8xf32>, tensor<6x8xf32>, tensor<11x8xf32>
  }
}
