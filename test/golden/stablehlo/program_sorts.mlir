// sorts
module @jit_program_sorts {
  func.func public @main(%arg0: tensor<3x6xf32>, %arg1: tensor<3x6xf32>) -> (tensor<3xi32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xi32>, tensor<3x6xf32>, tensor<3x2xf32>, tensor<3x2xi32>, tensor<f32>) {
    %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.constant dense<0.0> : tensor<f32>
      %4 = stablehlo.compare EQ, %1, %3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %5 = stablehlo.constant dense<0.0> : tensor<f32>
      %6 = "stablehlo.select"(%4, %5, %1) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %7 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %9 = "stablehlo.select"(%7, %8, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = stablehlo.constant dense<0.0> : tensor<f32>
      %11 = stablehlo.compare EQ, %2, %10, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.constant dense<0.0> : tensor<f32>
      %13 = "stablehlo.select"(%11, %12, %2) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %14 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %15 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %16 = "stablehlo.select"(%14, %15, %13) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %17 = stablehlo.compare LT, %9, %16, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %17 : tensor<i1>
    }) : (tensor<3x6xf32>) -> tensor<3x6xf32>
    %18 = stablehlo.iota dim = 1 : tensor<3x6xi32>
    %19, %20 = "stablehlo.sort"(%arg0, %18) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%21: tensor<f32>, %22: tensor<f32>, %23: tensor<i32>, %24: tensor<i32>):
      %25 = stablehlo.constant dense<0.0> : tensor<f32>
      %26 = stablehlo.compare EQ, %21, %25, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %27 = stablehlo.constant dense<0.0> : tensor<f32>
      %28 = "stablehlo.select"(%26, %27, %21) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %29 = stablehlo.compare NE, %21, %21, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %30 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %31 = "stablehlo.select"(%29, %30, %28) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %32 = stablehlo.constant dense<0.0> : tensor<f32>
      %33 = stablehlo.compare EQ, %22, %32, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %34 = stablehlo.constant dense<0.0> : tensor<f32>
      %35 = "stablehlo.select"(%33, %34, %22) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %36 = stablehlo.compare NE, %22, %22, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %37 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %38 = "stablehlo.select"(%36, %37, %35) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %39 = stablehlo.compare LT, %31, %38, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %39 : tensor<i1>
    }) : (tensor<3x6xf32>, tensor<3x6xi32>) -> (tensor<3x6xf32>, tensor<3x6xi32>)
    %40, %41 = "chlo.top_k"(%arg0) <{k = 2 : i64}> : (tensor<3x6xf32>) -> (tensor<3x2xf32>, tensor<3x2xi32>)
    %42 = stablehlo.constant dense<0.5> : tensor<f32>
    %43 = stablehlo.reshape %arg0 : (tensor<3x6xf32>) -> tensor<18xf32>
    %44 = stablehlo.compare NE, %43, %43, FLOAT : (tensor<18xf32>, tensor<18xf32>) -> tensor<18xi1>
    %45 = stablehlo.constant dense<false> : tensor<i1>
    %46 = "stablehlo.reduce"(%44, %45) <{dimensions = array<i64: 0>}> ({
    ^bb0(%47: tensor<i1>, %48: tensor<i1>):
      %49 = stablehlo.or %47, %48 : tensor<i1>
      stablehlo.return %49 : tensor<i1>
    }) : (tensor<18xi1>, tensor<i1>) -> tensor<i1>
    %50 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<i1>) -> tensor<1xi1>
    %51 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %52 = stablehlo.reshape %50 : (tensor<1xi1>) -> tensor<i1>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<i1>) -> tensor<18xi1>
    %54 = stablehlo.broadcast_in_dim %51, dims = [] : (tensor<f32>) -> tensor<18xf32>
    %55 = "stablehlo.select"(%53, %54, %43) : (tensor<18xi1>, tensor<18xf32>, tensor<18xf32>) -> tensor<18xf32>
    %56 = "stablehlo.sort"(%55) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%57: tensor<f32>, %58: tensor<f32>):
      %59 = stablehlo.constant dense<0.0> : tensor<f32>
      %60 = stablehlo.compare EQ, %57, %59, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %61 = stablehlo.constant dense<0.0> : tensor<f32>
      %62 = "stablehlo.select"(%60, %61, %57) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %63 = stablehlo.compare NE, %57, %57, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %64 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %65 = "stablehlo.select"(%63, %64, %62) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %66 = stablehlo.constant dense<0.0> : tensor<f32>
      %67 = stablehlo.compare EQ, %58, %66, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %68 = stablehlo.constant dense<0.0> : tensor<f32>
      %69 = "stablehlo.select"(%67, %68, %58) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %70 = stablehlo.compare NE, %58, %58, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %71 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %72 = "stablehlo.select"(%70, %71, %69) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %73 = stablehlo.compare LT, %65, %72, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %73 : tensor<i1>
    }) : (tensor<18xf32>) -> tensor<18xf32>
    %74 = stablehlo.constant dense<18.0> : tensor<f32>
    %75 = stablehlo.constant dense<1.0> : tensor<f32>
    %76 = stablehlo.subtract %74, %75 : tensor<f32>
    %77 = stablehlo.multiply %42, %76 : tensor<f32>
    %78 = stablehlo.floor %77 : tensor<f32>
    %79 = stablehlo.ceil %77 : tensor<f32>
    %80 = stablehlo.constant dense<0.0> : tensor<f32>
    %81 = "stablehlo.clamp"(%80, %78, %76) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
    %82 = stablehlo.convert %81 : (tensor<f32>) -> tensor<i32>
    %83 = stablehlo.constant dense<0.0> : tensor<f32>
    %84 = "stablehlo.clamp"(%83, %79, %76) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
    %85 = stablehlo.convert %84 : (tensor<f32>) -> tensor<i32>
    %86 = stablehlo.broadcast_in_dim %82, dims = [] : (tensor<i32>) -> tensor<1xi32>
    %87 = "stablehlo.gather"(%56, %86) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 0>, slice_sizes = array<i64: 1>, indices_are_sorted = false}> : (tensor<18xf32>, tensor<1xi32>) -> tensor<f32>
    %88 = stablehlo.broadcast_in_dim %85, dims = [] : (tensor<i32>) -> tensor<1xi32>
    %89 = "stablehlo.gather"(%56, %88) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 0>, slice_sizes = array<i64: 1>, indices_are_sorted = false}> : (tensor<18xf32>, tensor<1xi32>) -> tensor<f32>
    %90 = stablehlo.add %87, %89 : tensor<f32>
    %91 = stablehlo.constant dense<0.5> : tensor<f32>
    %92 = stablehlo.multiply %90, %91 : tensor<f32>
    %93 = stablehlo.constant dense<3.0> : tensor<f32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [] : (tensor<f32>) -> tensor<3x6xf32>
    %95 = stablehlo.multiply %arg0, %94 : tensor<3x6xf32>
    %96 = stablehlo.floor %95 : tensor<3x6xf32>
    %97, %98 = "stablehlo.sort"(%96, %arg1) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%99: tensor<f32>, %100: tensor<f32>, %101: tensor<f32>, %102: tensor<f32>):
      %103 = stablehlo.constant dense<0.0> : tensor<f32>
      %104 = stablehlo.compare EQ, %99, %103, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %105 = stablehlo.constant dense<0.0> : tensor<f32>
      %106 = "stablehlo.select"(%104, %105, %99) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %107 = stablehlo.compare NE, %99, %99, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %108 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %109 = "stablehlo.select"(%107, %108, %106) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %110 = stablehlo.constant dense<0.0> : tensor<f32>
      %111 = stablehlo.compare EQ, %100, %110, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %112 = stablehlo.constant dense<0.0> : tensor<f32>
      %113 = "stablehlo.select"(%111, %112, %100) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %114 = stablehlo.compare NE, %100, %100, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %115 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %116 = "stablehlo.select"(%114, %115, %113) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %117 = stablehlo.constant dense<0.0> : tensor<f32>
      %118 = stablehlo.compare EQ, %101, %117, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %119 = stablehlo.constant dense<0.0> : tensor<f32>
      %120 = "stablehlo.select"(%118, %119, %101) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %121 = stablehlo.compare NE, %101, %101, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %122 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %123 = "stablehlo.select"(%121, %122, %120) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %124 = stablehlo.constant dense<0.0> : tensor<f32>
      %125 = stablehlo.compare EQ, %102, %124, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %126 = stablehlo.constant dense<0.0> : tensor<f32>
      %127 = "stablehlo.select"(%125, %126, %102) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %128 = stablehlo.compare NE, %102, %102, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %129 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %130 = "stablehlo.select"(%128, %129, %127) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %131 = stablehlo.compare LT, %123, %130, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %132 = stablehlo.compare LT, %109, %116, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %133 = stablehlo.compare EQ, %109, %116, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %134 = stablehlo.and %133, %131 : tensor<i1>
      %135 = stablehlo.or %132, %134 : tensor<i1>
      stablehlo.return %135 : tensor<i1>
    }) : (tensor<3x6xf32>, tensor<3x6xf32>) -> (tensor<3x6xf32>, tensor<3x6xf32>)
    %136 = stablehlo.constant dense<0.0> : tensor<f32>
    %137 = "stablehlo.reduce_window"(%arg0, %136) <{window_dimensions = array<i64: 1, 6>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [5, 0]]> : tensor<2x2xi64>, base_dilations = array<i64: 1, 1>, window_dilations = array<i64: 1, 1>}> ({
    ^bb0(%138: tensor<f32>, %139: tensor<f32>):
      %140 = stablehlo.add %138, %139 : tensor<f32>
      stablehlo.return %140 : tensor<f32>
    }) : (tensor<3x6xf32>, tensor<f32>) -> tensor<3x6xf32>
    %141 = stablehlo.iota dim = 1 : tensor<3x6xi32>
    %142 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %143 = stablehlo.constant dense<0> : tensor<i32>
    %144, %145 = "stablehlo.reduce"(%arg0, %141, %142, %143) <{dimensions = array<i64: 1>}> ({
    ^bb0(%146: tensor<f32>, %147: tensor<i32>, %148: tensor<f32>, %149: tensor<i32>):
      %150 = stablehlo.compare GT, %146, %148, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %151 = stablehlo.compare EQ, %146, %148, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %152 = stablehlo.compare NE, %146, %146, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %153 = stablehlo.or %150, %152 : tensor<i1>
      %154 = stablehlo.compare NE, %148, %148, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %155 = stablehlo.and %152, %154 : tensor<i1>
      %156 = stablehlo.or %151, %155 : tensor<i1>
      %157 = stablehlo.compare LT, %147, %149, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %158 = "stablehlo.select"(%156, %157, %153) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %159 = "stablehlo.select"(%153, %146, %148) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %160 = "stablehlo.select"(%158, %147, %149) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %159, %160 : tensor<f32>, tensor<i32>
    }) : (tensor<3x6xf32>, tensor<3x6xi32>, tensor<f32>, tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>)
    return %145, %97, %98, %137, %20, %0, %40, %41, %92 : tensor<3xi32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xi32>, tensor<3x6xf32>, tensor<3x2xf32>, tensor<3x2xi32>, tensor<f32>
  }
}
