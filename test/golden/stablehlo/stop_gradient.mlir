// stop_gradient(f32[2,3]) with {}
module @jit_stop_gradient {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    return %arg0 : tensor<2x3xf32>
  }
}
