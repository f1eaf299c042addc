// gpt
module @jit_program_gpt {
  func.func public @main(%arg0: tensor<8xf32>, %arg1: tensor<32x8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8xf32>, %arg5: tensor<8x8xf32>, %arg6: tensor<24xf32>, %arg7: tensor<8x24xf32>, %arg8: tensor<32xf32>, %arg9: tensor<8x32xf32>, %arg10: tensor<8xf32>, %arg11: tensor<32x8xf32>, %arg12: tensor<8xf32>, %arg13: tensor<8xf32>, %arg14: tensor<8xf32>, %arg15: tensor<8x8xf32>, %arg16: tensor<24xf32>, %arg17: tensor<8x24xf32>, %arg18: tensor<32xf32>, %arg19: tensor<8x32xf32>, %arg20: tensor<8xf32>, %arg21: tensor<6x8xf32>, %arg22: tensor<11x8xf32>, %arg23: tensor<2x5xi32>) -> (tensor<2x5x11xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<2x5xi32>
    %2 = stablehlo.compare LT, %arg23, %1, SIGNED : (tensor<2x5xi32>, tensor<2x5xi32>) -> tensor<2x5xi1>
    %3 = stablehlo.constant dense<11> : tensor<i32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<2x5xi32>
    %5 = stablehlo.add %arg23, %4 : tensor<2x5xi32>
    %6 = "stablehlo.select"(%2, %5, %arg23) : (tensor<2x5xi1>, tensor<2x5xi32>, tensor<2x5xi32>) -> tensor<2x5xi32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [0, 1] : (tensor<2x5xi32>) -> tensor<2x5x1xi32>
    %8 = "stablehlo.gather"(%arg22, %7) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, slice_sizes = array<i64: 1, 8>, indices_are_sorted = false}> : (tensor<11x8xf32>, tensor<2x5x1xi32>) -> tensor<2x5x8xf32>
    %9 = stablehlo.constant dense<10> : tensor<1xi32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [2] : (tensor<1xi32>) -> tensor<2x5x1xi32>
    %11 = stablehlo.compare LE, %7, %10, SIGNED : (tensor<2x5x1xi32>, tensor<2x5x1xi32>) -> tensor<2x5x1xi1>
    %12 = stablehlo.constant dense<0> : tensor<i32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<i32>) -> tensor<2x5x1xi32>
    %14 = stablehlo.compare GE, %7, %13, SIGNED : (tensor<2x5x1xi32>, tensor<2x5x1xi32>) -> tensor<2x5x1xi1>
    %15 = stablehlo.and %14, %11 : tensor<2x5x1xi1>
    %16 = stablehlo.constant dense<true> : tensor<i1>
    %17 = "stablehlo.reduce"(%15, %16) <{dimensions = array<i64: 2>}> ({
    ^bb0(%18: tensor<i1>, %19: tensor<i1>):
      %20 = stablehlo.and %18, %19 : tensor<i1>
      stablehlo.return %20 : tensor<i1>
    }) : (tensor<2x5x1xi1>, tensor<i1>) -> tensor<2x5xi1>
    %21 = stablehlo.broadcast_in_dim %17, dims = [0, 1] : (tensor<2x5xi1>) -> tensor<2x5x8xi1>
    %22 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<f32>) -> tensor<2x5x8xf32>
    %24 = "stablehlo.select"(%21, %8, %23) : (tensor<2x5x8xi1>, tensor<2x5x8xf32>, tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %25 = stablehlo.slice %arg21 [0:5, 0:8] : (tensor<6x8xf32>) -> tensor<5x8xf32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [1, 2] : (tensor<5x8xf32>) -> tensor<1x5x8xf32>
    %27 = stablehlo.reshape %26 : (tensor<1x5x8xf32>) -> tensor<5x8xf32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [1, 2] : (tensor<5x8xf32>) -> tensor<2x5x8xf32>
    %29 = stablehlo.add %24, %28 : tensor<2x5x8xf32>
    %30 = stablehlo.constant dense<0.0> : tensor<f32>
    %31 = "stablehlo.reduce"(%29, %30) <{dimensions = array<i64: 2>}> ({
    ^bb0(%32: tensor<f32>, %33: tensor<f32>):
      %34 = stablehlo.add %32, %33 : tensor<f32>
      stablehlo.return %34 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %35 = stablehlo.broadcast_in_dim %31, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %36 = stablehlo.constant dense<8.0> : tensor<f32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %38 = stablehlo.divide %35, %37 : tensor<2x5x1xf32>
    %39 = stablehlo.reshape %38 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %41 = stablehlo.subtract %29, %40 : tensor<2x5x8xf32>
    %42 = "chlo.square"(%41) : (tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %43 = stablehlo.constant dense<0.0> : tensor<f32>
    %44 = "stablehlo.reduce"(%42, %43) <{dimensions = array<i64: 2>}> ({
    ^bb0(%45: tensor<f32>, %46: tensor<f32>):
      %47 = stablehlo.add %45, %46 : tensor<f32>
      stablehlo.return %47 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %48 = stablehlo.broadcast_in_dim %44, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %49 = stablehlo.constant dense<8.0> : tensor<f32>
    %50 = stablehlo.broadcast_in_dim %49, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %51 = stablehlo.divide %48, %50 : tensor<2x5x1xf32>
    %52 = stablehlo.constant dense<0.00001> : tensor<f32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %54 = stablehlo.add %51, %53 : tensor<2x5x1xf32>
    %55 = stablehlo.rsqrt %54 : tensor<2x5x1xf32>
    %56 = stablehlo.reshape %55 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %57 = stablehlo.broadcast_in_dim %56, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %58 = stablehlo.multiply %41, %57 : tensor<2x5x8xf32>
    %59 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %60 = stablehlo.reshape %59 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %61 = stablehlo.broadcast_in_dim %60, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %62 = stablehlo.multiply %58, %61 : tensor<2x5x8xf32>
    %63 = stablehlo.dot_general %62, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x24xf32>) -> tensor<2x5x24xf32>
    %64 = stablehlo.broadcast_in_dim %arg6, dims = [2] : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %65 = stablehlo.reshape %64 : (tensor<1x1x24xf32>) -> tensor<24xf32>
    %66 = stablehlo.broadcast_in_dim %65, dims = [2] : (tensor<24xf32>) -> tensor<2x5x24xf32>
    %67 = stablehlo.add %63, %66 : tensor<2x5x24xf32>
    %68 = stablehlo.slice %67 [0:2, 0:5, 0:8] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %69 = stablehlo.slice %67 [0:2, 0:5, 8:16] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %70 = stablehlo.slice %67 [0:2, 0:5, 16:24] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %71 = stablehlo.reshape %68 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %72 = stablehlo.transpose %71, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %73 = stablehlo.reshape %69 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %74 = stablehlo.transpose %73, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %75 = stablehlo.reshape %70 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %76 = stablehlo.transpose %75, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %77 = stablehlo.dot_general %72, %74, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>) -> tensor<2x2x5x5xf32>
    %78 = stablehlo.constant dense<2.0> : tensor<f32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [] : (tensor<f32>) -> tensor<2x2x5x5xf32>
    %80 = stablehlo.divide %77, %79 : tensor<2x2x5x5xf32>
    %81 = stablehlo.constant dense<true> : tensor<i1>
    %82 = stablehlo.broadcast_in_dim %81, dims = [] : (tensor<i1>) -> tensor<5x5xi1>
    %83 = stablehlo.iota dim = 0 : tensor<5x5xi32>
    %84 = stablehlo.constant dense<0> : tensor<i32>
    %85 = stablehlo.broadcast_in_dim %84, dims = [] : (tensor<i32>) -> tensor<5x5xi32>
    %86 = stablehlo.add %83, %85 : tensor<5x5xi32>
    %87 = stablehlo.iota dim = 1 : tensor<5x5xi32>
    %88 = stablehlo.compare GE, %86, %87, SIGNED : (tensor<5x5xi32>, tensor<5x5xi32>) -> tensor<5x5xi1>
    %89 = stablehlo.constant dense<false> : tensor<i1>
    %90 = stablehlo.broadcast_in_dim %89, dims = [] : (tensor<i1>) -> tensor<5x5xi1>
    %91 = "stablehlo.select"(%88, %82, %90) : (tensor<5x5xi1>, tensor<5x5xi1>, tensor<5x5xi1>) -> tensor<5x5xi1>
    %92 = stablehlo.constant dense<-1000000000> : tensor<i32>
    %93 = stablehlo.convert %92 : (tensor<i32>) -> tensor<f32>
    %94 = stablehlo.broadcast_in_dim %91, dims = [2, 3] : (tensor<5x5xi1>) -> tensor<2x2x5x5xi1>
    %95 = stablehlo.broadcast_in_dim %93, dims = [] : (tensor<f32>) -> tensor<2x2x5x5xf32>
    %96 = "stablehlo.select"(%94, %80, %95) : (tensor<2x2x5x5xi1>, tensor<2x2x5x5xf32>, tensor<2x2x5x5xf32>) -> tensor<2x2x5x5xf32>
    %97 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %98 = "stablehlo.reduce"(%96, %97) <{dimensions = array<i64: 3>}> ({
    ^bb0(%99: tensor<f32>, %100: tensor<f32>):
      %101 = stablehlo.maximum %99, %100 : tensor<f32>
      stablehlo.return %101 : tensor<f32>
    }) : (tensor<2x2x5x5xf32>, tensor<f32>) -> tensor<2x2x5xf32>
    %102 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %103 = stablehlo.broadcast_in_dim %102, dims = [] : (tensor<f32>) -> tensor<2x2x5xf32>
    %104 = stablehlo.maximum %103, %98 : tensor<2x2x5xf32>
    %105 = stablehlo.broadcast_in_dim %104, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x1xf32>
    %106 = stablehlo.reshape %105 : (tensor<2x2x5x1xf32>) -> tensor<2x2x5xf32>
    %107 = stablehlo.broadcast_in_dim %106, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x5xf32>
    %108 = stablehlo.subtract %96, %107 : tensor<2x2x5x5xf32>
    %109 = stablehlo.exponential %108 : tensor<2x2x5x5xf32>
    %110 = stablehlo.constant dense<0.0> : tensor<f32>
    %111 = "stablehlo.reduce"(%109, %110) <{dimensions = array<i64: 3>}> ({
    ^bb0(%112: tensor<f32>, %113: tensor<f32>):
      %114 = stablehlo.add %112, %113 : tensor<f32>
      stablehlo.return %114 : tensor<f32>
    }) : (tensor<2x2x5x5xf32>, tensor<f32>) -> tensor<2x2x5xf32>
    %115 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x1xf32>
    %116 = stablehlo.reshape %115 : (tensor<2x2x5x1xf32>) -> tensor<2x2x5xf32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x5xf32>
    %118 = stablehlo.divide %109, %117 : tensor<2x2x5x5xf32>
    %119 = stablehlo.dot_general %118, %76, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x5x5xf32>, tensor<2x2x5x4xf32>) -> tensor<2x2x5x4xf32>
    %120 = stablehlo.transpose %119, dims = [0, 2, 1, 3] : (tensor<2x2x5x4xf32>) -> tensor<2x5x2x4xf32>
    %121 = stablehlo.reshape %120 : (tensor<2x5x2x4xf32>) -> tensor<2x5x8xf32>
    %122 = stablehlo.dot_general %121, %arg5, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x8xf32>) -> tensor<2x5x8xf32>
    %123 = stablehlo.broadcast_in_dim %arg4, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %124 = stablehlo.reshape %123 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %125 = stablehlo.broadcast_in_dim %124, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %126 = stablehlo.add %122, %125 : tensor<2x5x8xf32>
    %127 = stablehlo.add %29, %126 : tensor<2x5x8xf32>
    %128 = stablehlo.constant dense<0.0> : tensor<f32>
    %129 = "stablehlo.reduce"(%127, %128) <{dimensions = array<i64: 2>}> ({
    ^bb0(%130: tensor<f32>, %131: tensor<f32>):
      %132 = stablehlo.add %130, %131 : tensor<f32>
      stablehlo.return %132 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %133 = stablehlo.broadcast_in_dim %129, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %134 = stablehlo.constant dense<8.0> : tensor<f32>
    %135 = stablehlo.broadcast_in_dim %134, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %136 = stablehlo.divide %133, %135 : tensor<2x5x1xf32>
    %137 = stablehlo.reshape %136 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %138 = stablehlo.broadcast_in_dim %137, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %139 = stablehlo.subtract %127, %138 : tensor<2x5x8xf32>
    %140 = "chlo.square"(%139) : (tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %141 = stablehlo.constant dense<0.0> : tensor<f32>
    %142 = "stablehlo.reduce"(%140, %141) <{dimensions = array<i64: 2>}> ({
    ^bb0(%143: tensor<f32>, %144: tensor<f32>):
      %145 = stablehlo.add %143, %144 : tensor<f32>
      stablehlo.return %145 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %146 = stablehlo.broadcast_in_dim %142, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %147 = stablehlo.constant dense<8.0> : tensor<f32>
    %148 = stablehlo.broadcast_in_dim %147, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %149 = stablehlo.divide %146, %148 : tensor<2x5x1xf32>
    %150 = stablehlo.constant dense<0.00001> : tensor<f32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %152 = stablehlo.add %149, %151 : tensor<2x5x1xf32>
    %153 = stablehlo.rsqrt %152 : tensor<2x5x1xf32>
    %154 = stablehlo.reshape %153 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %155 = stablehlo.broadcast_in_dim %154, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %156 = stablehlo.multiply %139, %155 : tensor<2x5x8xf32>
    %157 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %158 = stablehlo.reshape %157 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %160 = stablehlo.multiply %156, %159 : tensor<2x5x8xf32>
    %161 = stablehlo.dot_general %160, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x32xf32>) -> tensor<2x5x32xf32>
    %162 = stablehlo.broadcast_in_dim %arg8, dims = [2] : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %163 = stablehlo.reshape %162 : (tensor<1x1x32xf32>) -> tensor<32xf32>
    %164 = stablehlo.broadcast_in_dim %163, dims = [2] : (tensor<32xf32>) -> tensor<2x5x32xf32>
    %165 = stablehlo.add %161, %164 : tensor<2x5x32xf32>
    %166 = stablehlo.multiply %165, %165 : tensor<2x5x32xf32>
    %167 = stablehlo.multiply %165, %166 : tensor<2x5x32xf32>
    %168 = stablehlo.constant dense<0.044715> : tensor<f32>
    %169 = stablehlo.broadcast_in_dim %168, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %170 = stablehlo.multiply %169, %167 : tensor<2x5x32xf32>
    %171 = stablehlo.add %165, %170 : tensor<2x5x32xf32>
    %172 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %174 = stablehlo.multiply %173, %171 : tensor<2x5x32xf32>
    %175 = stablehlo.tanh %174 : tensor<2x5x32xf32>
    %176 = stablehlo.constant dense<1.0> : tensor<f32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %178 = stablehlo.add %177, %175 : tensor<2x5x32xf32>
    %179 = stablehlo.constant dense<0.5> : tensor<f32>
    %180 = stablehlo.broadcast_in_dim %179, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %181 = stablehlo.multiply %180, %178 : tensor<2x5x32xf32>
    %182 = stablehlo.multiply %165, %181 : tensor<2x5x32xf32>
    %183 = stablehlo.dot_general %182, %arg1, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x32xf32>, tensor<32x8xf32>) -> tensor<2x5x8xf32>
    %184 = stablehlo.broadcast_in_dim %arg0, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %185 = stablehlo.reshape %184 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %187 = stablehlo.add %183, %186 : tensor<2x5x8xf32>
    %188 = stablehlo.add %127, %187 : tensor<2x5x8xf32>
    %189 = stablehlo.constant dense<0.0> : tensor<f32>
    %190 = "stablehlo.reduce"(%188, %189) <{dimensions = array<i64: 2>}> ({
    ^bb0(%191: tensor<f32>, %192: tensor<f32>):
      %193 = stablehlo.add %191, %192 : tensor<f32>
      stablehlo.return %193 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %194 = stablehlo.broadcast_in_dim %190, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %195 = stablehlo.constant dense<8.0> : tensor<f32>
    %196 = stablehlo.broadcast_in_dim %195, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %197 = stablehlo.divide %194, %196 : tensor<2x5x1xf32>
    %198 = stablehlo.reshape %197 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %199 = stablehlo.broadcast_in_dim %198, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %200 = stablehlo.subtract %188, %199 : tensor<2x5x8xf32>
    %201 = "chlo.square"(%200) : (tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %202 = stablehlo.constant dense<0.0> : tensor<f32>
    %203 = "stablehlo.reduce"(%201, %202) <{dimensions = array<i64: 2>}> ({
    ^bb0(%204: tensor<f32>, %205: tensor<f32>):
      %206 = stablehlo.add %204, %205 : tensor<f32>
      stablehlo.return %206 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %207 = stablehlo.broadcast_in_dim %203, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %208 = stablehlo.constant dense<8.0> : tensor<f32>
    %209 = stablehlo.broadcast_in_dim %208, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %210 = stablehlo.divide %207, %209 : tensor<2x5x1xf32>
    %211 = stablehlo.constant dense<0.00001> : tensor<f32>
    %212 = stablehlo.broadcast_in_dim %211, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %213 = stablehlo.add %210, %212 : tensor<2x5x1xf32>
    %214 = stablehlo.rsqrt %213 : tensor<2x5x1xf32>
    %215 = stablehlo.reshape %214 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %217 = stablehlo.multiply %200, %216 : tensor<2x5x8xf32>
    %218 = stablehlo.broadcast_in_dim %arg12, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %219 = stablehlo.reshape %218 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %220 = stablehlo.broadcast_in_dim %219, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %221 = stablehlo.multiply %217, %220 : tensor<2x5x8xf32>
    %222 = stablehlo.dot_general %221, %arg17, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x24xf32>) -> tensor<2x5x24xf32>
    %223 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<24xf32>) -> tensor<1x1x24xf32>
    %224 = stablehlo.reshape %223 : (tensor<1x1x24xf32>) -> tensor<24xf32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [2] : (tensor<24xf32>) -> tensor<2x5x24xf32>
    %226 = stablehlo.add %222, %225 : tensor<2x5x24xf32>
    %227 = stablehlo.slice %226 [0:2, 0:5, 0:8] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %228 = stablehlo.slice %226 [0:2, 0:5, 8:16] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %229 = stablehlo.slice %226 [0:2, 0:5, 16:24] : (tensor<2x5x24xf32>) -> tensor<2x5x8xf32>
    %230 = stablehlo.reshape %227 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %231 = stablehlo.transpose %230, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %232 = stablehlo.reshape %228 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %233 = stablehlo.transpose %232, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %234 = stablehlo.reshape %229 : (tensor<2x5x8xf32>) -> tensor<2x5x2x4xf32>
    %235 = stablehlo.transpose %234, dims = [0, 2, 1, 3] : (tensor<2x5x2x4xf32>) -> tensor<2x2x5x4xf32>
    %236 = stablehlo.dot_general %231, %233, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>) -> tensor<2x2x5x5xf32>
    %237 = stablehlo.constant dense<2.0> : tensor<f32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [] : (tensor<f32>) -> tensor<2x2x5x5xf32>
    %239 = stablehlo.divide %236, %238 : tensor<2x2x5x5xf32>
    %240 = stablehlo.constant dense<true> : tensor<i1>
    %241 = stablehlo.broadcast_in_dim %240, dims = [] : (tensor<i1>) -> tensor<5x5xi1>
    %242 = stablehlo.iota dim = 0 : tensor<5x5xi32>
    %243 = stablehlo.constant dense<0> : tensor<i32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [] : (tensor<i32>) -> tensor<5x5xi32>
    %245 = stablehlo.add %242, %244 : tensor<5x5xi32>
    %246 = stablehlo.iota dim = 1 : tensor<5x5xi32>
    %247 = stablehlo.compare GE, %245, %246, SIGNED : (tensor<5x5xi32>, tensor<5x5xi32>) -> tensor<5x5xi1>
    %248 = stablehlo.constant dense<false> : tensor<i1>
    %249 = stablehlo.broadcast_in_dim %248, dims = [] : (tensor<i1>) -> tensor<5x5xi1>
    %250 = "stablehlo.select"(%247, %241, %249) : (tensor<5x5xi1>, tensor<5x5xi1>, tensor<5x5xi1>) -> tensor<5x5xi1>
    %251 = stablehlo.constant dense<-1000000000> : tensor<i32>
    %252 = stablehlo.convert %251 : (tensor<i32>) -> tensor<f32>
    %253 = stablehlo.broadcast_in_dim %250, dims = [2, 3] : (tensor<5x5xi1>) -> tensor<2x2x5x5xi1>
    %254 = stablehlo.broadcast_in_dim %252, dims = [] : (tensor<f32>) -> tensor<2x2x5x5xf32>
    %255 = "stablehlo.select"(%253, %239, %254) : (tensor<2x2x5x5xi1>, tensor<2x2x5x5xf32>, tensor<2x2x5x5xf32>) -> tensor<2x2x5x5xf32>
    %256 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %257 = "stablehlo.reduce"(%255, %256) <{dimensions = array<i64: 3>}> ({
    ^bb0(%258: tensor<f32>, %259: tensor<f32>):
      %260 = stablehlo.maximum %258, %259 : tensor<f32>
      stablehlo.return %260 : tensor<f32>
    }) : (tensor<2x2x5x5xf32>, tensor<f32>) -> tensor<2x2x5xf32>
    %261 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %262 = stablehlo.broadcast_in_dim %261, dims = [] : (tensor<f32>) -> tensor<2x2x5xf32>
    %263 = stablehlo.maximum %262, %257 : tensor<2x2x5xf32>
    %264 = stablehlo.broadcast_in_dim %263, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x1xf32>
    %265 = stablehlo.reshape %264 : (tensor<2x2x5x1xf32>) -> tensor<2x2x5xf32>
    %266 = stablehlo.broadcast_in_dim %265, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x5xf32>
    %267 = stablehlo.subtract %255, %266 : tensor<2x2x5x5xf32>
    %268 = stablehlo.exponential %267 : tensor<2x2x5x5xf32>
    %269 = stablehlo.constant dense<0.0> : tensor<f32>
    %270 = "stablehlo.reduce"(%268, %269) <{dimensions = array<i64: 3>}> ({
    ^bb0(%271: tensor<f32>, %272: tensor<f32>):
      %273 = stablehlo.add %271, %272 : tensor<f32>
      stablehlo.return %273 : tensor<f32>
    }) : (tensor<2x2x5x5xf32>, tensor<f32>) -> tensor<2x2x5xf32>
    %274 = stablehlo.broadcast_in_dim %270, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x1xf32>
    %275 = stablehlo.reshape %274 : (tensor<2x2x5x1xf32>) -> tensor<2x2x5xf32>
    %276 = stablehlo.broadcast_in_dim %275, dims = [0, 1, 2] : (tensor<2x2x5xf32>) -> tensor<2x2x5x5xf32>
    %277 = stablehlo.divide %268, %276 : tensor<2x2x5x5xf32>
    %278 = stablehlo.dot_general %277, %235, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x5x5xf32>, tensor<2x2x5x4xf32>) -> tensor<2x2x5x4xf32>
    %279 = stablehlo.transpose %278, dims = [0, 2, 1, 3] : (tensor<2x2x5x4xf32>) -> tensor<2x5x2x4xf32>
    %280 = stablehlo.reshape %279 : (tensor<2x5x2x4xf32>) -> tensor<2x5x8xf32>
    %281 = stablehlo.dot_general %280, %arg15, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x8xf32>) -> tensor<2x5x8xf32>
    %282 = stablehlo.broadcast_in_dim %arg14, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %283 = stablehlo.reshape %282 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %284 = stablehlo.broadcast_in_dim %283, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %285 = stablehlo.add %281, %284 : tensor<2x5x8xf32>
    %286 = stablehlo.add %188, %285 : tensor<2x5x8xf32>
    %287 = stablehlo.constant dense<0.0> : tensor<f32>
    %288 = "stablehlo.reduce"(%286, %287) <{dimensions = array<i64: 2>}> ({
    ^bb0(%289: tensor<f32>, %290: tensor<f32>):
      %291 = stablehlo.add %289, %290 : tensor<f32>
      stablehlo.return %291 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %292 = stablehlo.broadcast_in_dim %288, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %293 = stablehlo.constant dense<8.0> : tensor<f32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %295 = stablehlo.divide %292, %294 : tensor<2x5x1xf32>
    %296 = stablehlo.reshape %295 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %297 = stablehlo.broadcast_in_dim %296, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %298 = stablehlo.subtract %286, %297 : tensor<2x5x8xf32>
    %299 = "chlo.square"(%298) : (tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %300 = stablehlo.constant dense<0.0> : tensor<f32>
    %301 = "stablehlo.reduce"(%299, %300) <{dimensions = array<i64: 2>}> ({
    ^bb0(%302: tensor<f32>, %303: tensor<f32>):
      %304 = stablehlo.add %302, %303 : tensor<f32>
      stablehlo.return %304 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %305 = stablehlo.broadcast_in_dim %301, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %306 = stablehlo.constant dense<8.0> : tensor<f32>
    %307 = stablehlo.broadcast_in_dim %306, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %308 = stablehlo.divide %305, %307 : tensor<2x5x1xf32>
    %309 = stablehlo.constant dense<0.00001> : tensor<f32>
    %310 = stablehlo.broadcast_in_dim %309, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %311 = stablehlo.add %308, %310 : tensor<2x5x1xf32>
    %312 = stablehlo.rsqrt %311 : tensor<2x5x1xf32>
    %313 = stablehlo.reshape %312 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %314 = stablehlo.broadcast_in_dim %313, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %315 = stablehlo.multiply %298, %314 : tensor<2x5x8xf32>
    %316 = stablehlo.broadcast_in_dim %arg13, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %317 = stablehlo.reshape %316 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %318 = stablehlo.broadcast_in_dim %317, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %319 = stablehlo.multiply %315, %318 : tensor<2x5x8xf32>
    %320 = stablehlo.dot_general %319, %arg19, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x32xf32>) -> tensor<2x5x32xf32>
    %321 = stablehlo.broadcast_in_dim %arg18, dims = [2] : (tensor<32xf32>) -> tensor<1x1x32xf32>
    %322 = stablehlo.reshape %321 : (tensor<1x1x32xf32>) -> tensor<32xf32>
    %323 = stablehlo.broadcast_in_dim %322, dims = [2] : (tensor<32xf32>) -> tensor<2x5x32xf32>
    %324 = stablehlo.add %320, %323 : tensor<2x5x32xf32>
    %325 = stablehlo.multiply %324, %324 : tensor<2x5x32xf32>
    %326 = stablehlo.multiply %324, %325 : tensor<2x5x32xf32>
    %327 = stablehlo.constant dense<0.044715> : tensor<f32>
    %328 = stablehlo.broadcast_in_dim %327, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %329 = stablehlo.multiply %328, %326 : tensor<2x5x32xf32>
    %330 = stablehlo.add %324, %329 : tensor<2x5x32xf32>
    %331 = stablehlo.constant dense<0.7978846> : tensor<f32>
    %332 = stablehlo.broadcast_in_dim %331, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %333 = stablehlo.multiply %332, %330 : tensor<2x5x32xf32>
    %334 = stablehlo.tanh %333 : tensor<2x5x32xf32>
    %335 = stablehlo.constant dense<1.0> : tensor<f32>
    %336 = stablehlo.broadcast_in_dim %335, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %337 = stablehlo.add %336, %334 : tensor<2x5x32xf32>
    %338 = stablehlo.constant dense<0.5> : tensor<f32>
    %339 = stablehlo.broadcast_in_dim %338, dims = [] : (tensor<f32>) -> tensor<2x5x32xf32>
    %340 = stablehlo.multiply %339, %337 : tensor<2x5x32xf32>
    %341 = stablehlo.multiply %324, %340 : tensor<2x5x32xf32>
    %342 = stablehlo.dot_general %341, %arg11, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x32xf32>, tensor<32x8xf32>) -> tensor<2x5x8xf32>
    %343 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %344 = stablehlo.reshape %343 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %345 = stablehlo.broadcast_in_dim %344, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %346 = stablehlo.add %342, %345 : tensor<2x5x8xf32>
    %347 = stablehlo.add %286, %346 : tensor<2x5x8xf32>
    %348 = stablehlo.constant dense<0.0> : tensor<f32>
    %349 = "stablehlo.reduce"(%347, %348) <{dimensions = array<i64: 2>}> ({
    ^bb0(%350: tensor<f32>, %351: tensor<f32>):
      %352 = stablehlo.add %350, %351 : tensor<f32>
      stablehlo.return %352 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %353 = stablehlo.broadcast_in_dim %349, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %354 = stablehlo.constant dense<8.0> : tensor<f32>
    %355 = stablehlo.broadcast_in_dim %354, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %356 = stablehlo.divide %353, %355 : tensor<2x5x1xf32>
    %357 = stablehlo.reshape %356 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %358 = stablehlo.broadcast_in_dim %357, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %359 = stablehlo.subtract %347, %358 : tensor<2x5x8xf32>
    %360 = "chlo.square"(%359) : (tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %361 = stablehlo.constant dense<0.0> : tensor<f32>
    %362 = "stablehlo.reduce"(%360, %361) <{dimensions = array<i64: 2>}> ({
    ^bb0(%363: tensor<f32>, %364: tensor<f32>):
      %365 = stablehlo.add %363, %364 : tensor<f32>
      stablehlo.return %365 : tensor<f32>
    }) : (tensor<2x5x8xf32>, tensor<f32>) -> tensor<2x5xf32>
    %366 = stablehlo.broadcast_in_dim %362, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x1xf32>
    %367 = stablehlo.constant dense<8.0> : tensor<f32>
    %368 = stablehlo.broadcast_in_dim %367, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %369 = stablehlo.divide %366, %368 : tensor<2x5x1xf32>
    %370 = stablehlo.constant dense<0.00001> : tensor<f32>
    %371 = stablehlo.broadcast_in_dim %370, dims = [] : (tensor<f32>) -> tensor<2x5x1xf32>
    %372 = stablehlo.add %369, %371 : tensor<2x5x1xf32>
    %373 = stablehlo.rsqrt %372 : tensor<2x5x1xf32>
    %374 = stablehlo.reshape %373 : (tensor<2x5x1xf32>) -> tensor<2x5xf32>
    %375 = stablehlo.broadcast_in_dim %374, dims = [0, 1] : (tensor<2x5xf32>) -> tensor<2x5x8xf32>
    %376 = stablehlo.multiply %359, %375 : tensor<2x5x8xf32>
    %377 = stablehlo.broadcast_in_dim %arg20, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %378 = stablehlo.reshape %377 : (tensor<1x1x8xf32>) -> tensor<8xf32>
    %379 = stablehlo.broadcast_in_dim %378, dims = [2] : (tensor<8xf32>) -> tensor<2x5x8xf32>
    %380 = stablehlo.multiply %376, %379 : tensor<2x5x8xf32>
    %381 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %382 = stablehlo.dot_general %380, %381, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5x8xf32>, tensor<8x11xf32>) -> tensor<2x5x11xf32>
    return %382 : tensor<2x5x11xf32>
  }
}
