// scatters
module @jit_program_scatters {
  func.func public @main(%arg0: tensor<5x4xf32>, %arg1: tensor<3xi32>, %arg2: tensor<3x4xf32>) -> (tensor<5x4xf32>, tensor<5x4xf32>, tensor<2x2xf32>, tensor<5x4xf32>, tensor<5x4xf32>, tensor<3x4xf32>, tensor<5x4xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %2 = stablehlo.compare LT, %arg1, %1, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %3 = stablehlo.constant dense<5> : tensor<i32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %5 = stablehlo.add %arg1, %4 : tensor<3xi32>
    %6 = "stablehlo.select"(%2, %5, %arg1) : (tensor<3xi1>, tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %8 = "stablehlo.scatter"(%arg0, %7, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = false}> ({
    ^bb0(%9: tensor<f32>, %10: tensor<f32>):
      stablehlo.return %10 : tensor<f32>
    }) : (tensor<5x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<5x4xf32>
    %11 = stablehlo.constant dense<0> : tensor<i32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %13 = stablehlo.compare LT, %arg1, %12, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %14 = stablehlo.constant dense<5> : tensor<i32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %16 = stablehlo.add %arg1, %15 : tensor<3xi32>
    %17 = "stablehlo.select"(%13, %16, %arg1) : (tensor<3xi1>, tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %19 = "stablehlo.scatter"(%arg0, %18, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = false}> ({
    ^bb0(%20: tensor<f32>, %21: tensor<f32>):
      %22 = stablehlo.add %20, %21 : tensor<f32>
      stablehlo.return %22 : tensor<f32>
    }) : (tensor<5x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<5x4xf32>
    %23 = stablehlo.constant dense<0> : tensor<i32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<i32>) -> tensor<1xi32>
    %25 = stablehlo.constant dense<1> : tensor<i32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [] : (tensor<i32>) -> tensor<1xi32>
    %27 = stablehlo.concatenate %24, %26, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
    %28 = stablehlo.constant dense<0.25> : tensor<f32>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %30 = "stablehlo.scatter"(%arg0, %27, %29) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], inserted_window_dims = [1], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 0>, indices_are_sorted = true, unique_indices = true}> ({
    ^bb0(%31: tensor<f32>, %32: tensor<f32>):
      %33 = stablehlo.maximum %31, %32 : tensor<f32>
      stablehlo.return %33 : tensor<f32>
    }) : (tensor<5x4xf32>, tensor<2xi32>, tensor<2xf32>) -> tensor<5x4xf32>
    %34 = stablehlo.constant dense<0> : tensor<i32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %36 = stablehlo.compare LT, %arg1, %35, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %37 = stablehlo.constant dense<5> : tensor<i32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %39 = stablehlo.add %arg1, %38 : tensor<3xi32>
    %40 = "stablehlo.select"(%36, %39, %arg1) : (tensor<3xi1>, tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %42 = "stablehlo.gather"(%arg0, %41) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 4>, indices_are_sorted = false}> : (tensor<5x4xf32>, tensor<3x1xi32>) -> tensor<3x4xf32>
    %43 = stablehlo.iota dim = 1 : tensor<5x4xi32>
    %44, %45 = "stablehlo.sort"(%arg0, %43) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%46: tensor<f32>, %47: tensor<f32>, %48: tensor<i32>, %49: tensor<i32>):
      %50 = stablehlo.constant dense<0.0> : tensor<f32>
      %51 = stablehlo.compare EQ, %46, %50, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %52 = stablehlo.constant dense<0.0> : tensor<f32>
      %53 = "stablehlo.select"(%51, %52, %46) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %54 = stablehlo.compare NE, %46, %46, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %55 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %56 = "stablehlo.select"(%54, %55, %53) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %57 = stablehlo.constant dense<0.0> : tensor<f32>
      %58 = stablehlo.compare EQ, %47, %57, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %59 = stablehlo.constant dense<0.0> : tensor<f32>
      %60 = "stablehlo.select"(%58, %59, %47) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %61 = stablehlo.compare NE, %47, %47, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %62 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %63 = "stablehlo.select"(%61, %62, %60) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %64 = stablehlo.compare LT, %56, %63, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %64 : tensor<i1>
    }) : (tensor<5x4xf32>, tensor<5x4xi32>) -> (tensor<5x4xf32>, tensor<5x4xi32>)
    %65 = stablehlo.constant dense<0> : tensor<i32>
    %66 = stablehlo.broadcast_in_dim %65, dims = [] : (tensor<i32>) -> tensor<5x4xi32>
    %67 = stablehlo.compare LT, %45, %66, SIGNED : (tensor<5x4xi32>, tensor<5x4xi32>) -> tensor<5x4xi1>
    %68 = stablehlo.constant dense<4> : tensor<i32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [] : (tensor<i32>) -> tensor<5x4xi32>
    %70 = stablehlo.add %45, %69 : tensor<5x4xi32>
    %71 = "stablehlo.select"(%67, %70, %45) : (tensor<5x4xi1>, tensor<5x4xi32>, tensor<5x4xi32>) -> tensor<5x4xi32>
    %72 = stablehlo.reshape %71 : (tensor<5x4xi32>) -> tensor<5x4x1xi32>
    %73 = "stablehlo.gather"(%arg0, %72) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>, indices_are_sorted = false}> : (tensor<5x4xf32>, tensor<5x4x1xi32>) -> tensor<5x4xf32>
    %74 = stablehlo.constant dense<3> : tensor<1xi32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [2] : (tensor<1xi32>) -> tensor<5x4x1xi32>
    %76 = stablehlo.compare LE, %72, %75, SIGNED : (tensor<5x4x1xi32>, tensor<5x4x1xi32>) -> tensor<5x4x1xi1>
    %77 = stablehlo.constant dense<0> : tensor<i32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [] : (tensor<i32>) -> tensor<5x4x1xi32>
    %79 = stablehlo.compare GE, %72, %78, SIGNED : (tensor<5x4x1xi32>, tensor<5x4x1xi32>) -> tensor<5x4x1xi1>
    %80 = stablehlo.and %79, %76 : tensor<5x4x1xi1>
    %81 = stablehlo.constant dense<true> : tensor<i1>
    %82 = "stablehlo.reduce"(%80, %81) <{dimensions = array<i64: 2>}> ({
    ^bb0(%83: tensor<i1>, %84: tensor<i1>):
      %85 = stablehlo.and %83, %84 : tensor<i1>
      stablehlo.return %85 : tensor<i1>
    }) : (tensor<5x4x1xi1>, tensor<i1>) -> tensor<5x4xi1>
    %86 = stablehlo.broadcast_in_dim %82, dims = [0, 1] : (tensor<5x4xi1>) -> tensor<5x4xi1>
    %87 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %89 = "stablehlo.select"(%86, %73, %88) : (tensor<5x4xi1>, tensor<5x4xf32>, tensor<5x4xf32>) -> tensor<5x4xf32>
    %90 = stablehlo.slice %arg1 [0:1] : (tensor<3xi32>) -> tensor<1xi32>
    %91 = stablehlo.reshape %90 : (tensor<1xi32>) -> tensor<i32>
    %92 = stablehlo.constant dense<0> : tensor<i32>
    %93 = stablehlo.compare LT, %91, %92, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %94 = stablehlo.constant dense<5> : tensor<i32>
    %95 = stablehlo.add %91, %94 : tensor<i32>
    %96 = "stablehlo.select"(%93, %95, %91) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %97 = stablehlo.constant dense<1> : tensor<i32>
    %98 = stablehlo.dynamic_slice %arg0, %96, %97, sizes = [2, 2] : (tensor<5x4xf32>, tensor<i32>, tensor<i32>) -> tensor<2x2xf32>
    %99 = stablehlo.slice %arg2 [0:1, 0:4] : (tensor<3x4xf32>) -> tensor<1x4xf32>
    %100 = stablehlo.slice %arg1 [1:2] : (tensor<3xi32>) -> tensor<1xi32>
    %101 = stablehlo.reshape %100 : (tensor<1xi32>) -> tensor<i32>
    %102 = stablehlo.constant dense<0> : tensor<i32>
    %103 = stablehlo.compare LT, %101, %102, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %104 = stablehlo.constant dense<5> : tensor<i32>
    %105 = stablehlo.add %101, %104 : tensor<i32>
    %106 = "stablehlo.select"(%103, %105, %101) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %107 = stablehlo.constant dense<0> : tensor<i32>
    %108 = stablehlo.dynamic_update_slice %arg0, %99, %106, %107 : (tensor<5x4xf32>, tensor<1x4xf32>, tensor<i32>, tensor<i32>) -> tensor<5x4xf32>
    return %19, %30, %98, %89, %8, %42, %108 : tensor<5x4xf32>, tensor<5x4xf32>, tensor<2x2xf32>, tensor<5x4xf32>, tensor<5x4xf32>, tensor<3x4xf32>, tensor<5x4xf32>
  }
}
