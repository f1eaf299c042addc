// scatter-add(f32[4], i32[2,1], f32[2]) with {"dimensionNumbers":{"updateWindowDims":[],"insertedWindowDims":[0],"scatterDimsToOperandDims":[0],"operandBatchingDims":[],"scatterIndicesBatchingDims":[]},"indicesAreSorted":false,"uniqueIndices":true,"mode":"fill_or_drop"}
module @jit_scatter_add {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<2x1xi32>, %arg2: tensor<2xf32>) -> (tensor<4xf32>) {
    %0 = "stablehlo.scatter"(%arg0, %arg1, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.add %1, %2 : tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// -----

// scatter-add(f32[4,3], i32[2,1], f32[2,2]) with {"dimensionNumbers":{"updateWindowDims":[1],"insertedWindowDims":[0],"scatterDimsToOperandDims":[0],"operandBatchingDims":[],"scatterIndicesBatchingDims":[]},"indicesAreSorted":false,"uniqueIndices":true,"mode":"clip"}
module @jit_scatter_add {
  func.func public @main(%arg0: tensor<4x3xf32>, %arg1: tensor<2x1xi32>, %arg2: tensor<2x2xf32>) -> (tensor<4x3xf32>) {
    %0 = stablehlo.constant dense<3> : tensor<1xi32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<1xi32>) -> tensor<2x1xi32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3 = "stablehlo.clamp"(%2, %arg1, %1) : (tensor<i32>, tensor<2x1xi32>, tensor<2x1xi32>) -> tensor<2x1xi32>
    %4 = "stablehlo.scatter"(%arg0, %3, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = true}> ({
    ^bb0(%5: tensor<f32>, %6: tensor<f32>):
      %7 = stablehlo.add %5, %6 : tensor<f32>
      stablehlo.return %7 : tensor<f32>
    }) : (tensor<4x3xf32>, tensor<2x1xi32>, tensor<2x2xf32>) -> tensor<4x3xf32>
    return %4 : tensor<4x3xf32>
  }
}

// -----

// scatter-add(f32[4], i32[2,1], f32[2]) with {"dimensionNumbers":{"updateWindowDims":[],"insertedWindowDims":[0],"scatterDimsToOperandDims":[0],"operandBatchingDims":[],"scatterIndicesBatchingDims":[]},"indicesAreSorted":false,"uniqueIndices":true,"mode":"fill_or_drop"}
module @jit_scatter_add {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<2x1xi32>, %arg2: tensor<2xf32>) -> (tensor<4xf32>) {
    %0 = "stablehlo.scatter"(%arg0, %arg1, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.add %1, %2 : tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// -----

// scatter-add(f32[2,3], i32[2,2,1], f32[2,2]) with {"dimensionNumbers":{"updateWindowDims":[],"insertedWindowDims":[1],"scatterDimsToOperandDims":[1],"operandBatchingDims":[0],"scatterIndicesBatchingDims":[0]},"indicesAreSorted":false,"uniqueIndices":true,"mode":"promise_in_bounds"}
module @jit_scatter_add {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x2x1xi32>, %arg2: tensor<2x2xf32>) -> (tensor<2x3xf32>) {
    %0 = "stablehlo.scatter"(%arg0, %arg1, %arg2) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>, indices_are_sorted = false, unique_indices = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.add %1, %2 : tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<2x2x1xi32>, tensor<2x2xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// scatter-add(f32[3], i32[0,1], f32[0]) with {"dimensionNumbers":{"updateWindowDims":[],"insertedWindowDims":[0],"scatterDimsToOperandDims":[0],"operandBatchingDims":[],"scatterIndicesBatchingDims":[]},"indicesAreSorted":false,"uniqueIndices":true,"mode":"clip"}
module @jit_scatter_add {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<0x1xi32>, %arg2: tensor<0xf32>) -> (tensor<3xf32>) {
    return %arg0 : tensor<3xf32>
  }
}
