// optimization_barrier(f32[3]) with {}
module @jit_optimization_barrier {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.optimization_barrier %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// optimization_barrier(f32[2,3], f32[]) with {}
module @jit_optimization_barrier {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>) -> (tensor<2x3xf32>, tensor<f32>) {
    %0 = stablehlo.optimization_barrier %arg0 : tensor<2x3xf32>
    %1 = stablehlo.optimization_barrier %arg1 : tensor<f32>
    return %0, %1 : tensor<2x3xf32>, tensor<f32>
  }
}
