// gather(f32[4], i32[3,1]) with {"dimensionNumbers":{"offsetDims":[],"collapsedSliceDims":[0],"startIndexMap":[0],"operandBatchingDims":[],"startIndicesBatchingDims":[]},"sliceSizes":[1],"indicesAreSorted":false,"uniqueIndices":false,"mode":"promise_in_bounds"}
module @jit_gather {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<3x1xi32>) -> (tensor<3xf32>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>, indices_are_sorted = false}> : (tensor<4xf32>, tensor<3x1xi32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// gather(f32[4], i32[2,1]) with {"dimensionNumbers":{"offsetDims":[],"collapsedSliceDims":[0],"startIndexMap":[0],"operandBatchingDims":[],"startIndicesBatchingDims":[]},"sliceSizes":[1],"indicesAreSorted":false,"uniqueIndices":false,"mode":"fill_or_drop","fillValue":7}
module @jit_gather {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<2x1xi32>) -> (tensor<2xf32>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>, indices_are_sorted = false}> : (tensor<4xf32>, tensor<2x1xi32>) -> tensor<2xf32>
    %1 = stablehlo.constant dense<3> : tensor<1xi32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [1] : (tensor<1xi32>) -> tensor<2x1xi32>
    %3 = stablehlo.compare LE, %arg1, %2, SIGNED : (tensor<2x1xi32>, tensor<2x1xi32>) -> tensor<2x1xi1>
    %4 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<2x1xi32>
    %6 = stablehlo.compare GE, %arg1, %5, SIGNED : (tensor<2x1xi32>, tensor<2x1xi32>) -> tensor<2x1xi1>
    %7 = stablehlo.and %6, %3 : tensor<2x1xi1>
    %8 = stablehlo.constant dense<true> : tensor<i1>
    %9 = "stablehlo.reduce"(%7, %8) <{dimensions = array<i64: 1>}> ({
    ^bb0(%10: tensor<i1>, %11: tensor<i1>):
      %12 = stablehlo.and %10, %11 : tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }) : (tensor<2x1xi1>, tensor<i1>) -> tensor<2xi1>
    %13 = stablehlo.broadcast_in_dim %9, dims = [0] : (tensor<2xi1>) -> tensor<2xi1>
    %14 = stablehlo.constant dense<7.0> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %16 = "stablehlo.select"(%13, %0, %15) : (tensor<2xi1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    return %16 : tensor<2xf32>
  }
}

// -----

// gather(f32[3,4], i32[2,2]) with {"dimensionNumbers":{"offsetDims":[1],"collapsedSliceDims":[0],"startIndexMap":[1,0],"operandBatchingDims":[],"startIndicesBatchingDims":[]},"sliceSizes":[1,2],"indicesAreSorted":false,"uniqueIndices":false,"mode":"clip"}
module @jit_gather {
  func.func public @main(%arg0: tensor<3x4xf32>, %arg1: tensor<2x2xi32>) -> (tensor<2x2xf32>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [1, 0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 2>, indices_are_sorted = false}> : (tensor<3x4xf32>, tensor<2x2xi32>) -> tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}

// -----

// gather(f32[2,3], i32[2,2,1]) with {"dimensionNumbers":{"offsetDims":[],"collapsedSliceDims":[1],"startIndexMap":[1],"operandBatchingDims":[0],"startIndicesBatchingDims":[0]},"sliceSizes":[1,1],"indicesAreSorted":false,"uniqueIndices":false,"mode":"fill_or_drop","fillValue":0}
module @jit_gather {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x2x1xi32>) -> (tensor<2x2xf32>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>, indices_are_sorted = false}> : (tensor<2x3xf32>, tensor<2x2x1xi32>) -> tensor<2x2xf32>
    %1 = stablehlo.constant dense<2> : tensor<1xi32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [2] : (tensor<1xi32>) -> tensor<2x2x1xi32>
    %3 = stablehlo.compare LE, %arg1, %2, SIGNED : (tensor<2x2x1xi32>, tensor<2x2x1xi32>) -> tensor<2x2x1xi1>
    %4 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<2x2x1xi32>
    %6 = stablehlo.compare GE, %arg1, %5, SIGNED : (tensor<2x2x1xi32>, tensor<2x2x1xi32>) -> tensor<2x2x1xi1>
    %7 = stablehlo.and %6, %3 : tensor<2x2x1xi1>
    %8 = stablehlo.constant dense<true> : tensor<i1>
    %9 = "stablehlo.reduce"(%7, %8) <{dimensions = array<i64: 2>}> ({
    ^bb0(%10: tensor<i1>, %11: tensor<i1>):
      %12 = stablehlo.and %10, %11 : tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }) : (tensor<2x2x1xi1>, tensor<i1>) -> tensor<2x2xi1>
    %13 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<2x2xi1>) -> tensor<2x2xi1>
    %14 = stablehlo.constant dense<0.0> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<f32>) -> tensor<2x2xf32>
    %16 = "stablehlo.select"(%13, %0, %15) : (tensor<2x2xi1>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    return %16 : tensor<2x2xf32>
  }
}

// -----

// gather(f32[0], i32[0,1]) with {"dimensionNumbers":{"offsetDims":[],"collapsedSliceDims":[0],"startIndexMap":[0],"operandBatchingDims":[],"startIndicesBatchingDims":[]},"sliceSizes":[1],"indicesAreSorted":false,"uniqueIndices":false,"mode":"clip"}
module @jit_gather {
  func.func public @main(%arg0: tensor<0xf32>, %arg1: tensor<0x1xi32>) -> (tensor<0xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<0xf32>
    return %1 : tensor<0xf32>
  }
}

// -----

// gather(u8[4], u8[2,1]) with {"dimensionNumbers":{"offsetDims":[],"collapsedSliceDims":[0],"startIndexMap":[0],"operandBatchingDims":[],"startIndicesBatchingDims":[]},"sliceSizes":[1],"indicesAreSorted":false,"uniqueIndices":false,"mode":"fill_or_drop"}
module @jit_gather {
  func.func public @main(%arg0: tensor<4xui8>, %arg1: tensor<2x1xui8>) -> (tensor<2xui8>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1>, indices_are_sorted = false}> : (tensor<4xui8>, tensor<2x1xui8>) -> tensor<2xui8>
    %1 = stablehlo.constant dense<3> : tensor<1xui8>
    %2 = stablehlo.broadcast_in_dim %1, dims = [1] : (tensor<1xui8>) -> tensor<2x1xui8>
    %3 = stablehlo.compare LE, %arg1, %2, UNSIGNED : (tensor<2x1xui8>, tensor<2x1xui8>) -> tensor<2x1xi1>
    %4 = stablehlo.constant dense<true> : tensor<i1>
    %5 = "stablehlo.reduce"(%3, %4) <{dimensions = array<i64: 1>}> ({
    ^bb0(%6: tensor<i1>, %7: tensor<i1>):
      %8 = stablehlo.and %6, %7 : tensor<i1>
      stablehlo.return %8 : tensor<i1>
    }) : (tensor<2x1xi1>, tensor<i1>) -> tensor<2xi1>
    %9 = stablehlo.broadcast_in_dim %5, dims = [0] : (tensor<2xi1>) -> tensor<2xi1>
    %10 = stablehlo.constant dense<255> : tensor<ui8>
    %11 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<ui8>) -> tensor<2xui8>
    %12 = "stablehlo.select"(%9, %0, %11) : (tensor<2xi1>, tensor<2xui8>, tensor<2xui8>) -> tensor<2xui8>
    return %12 : tensor<2xui8>
  }
}
