// top_k(f32[5]) with {"axis":0,"k":2}
module @jit_top_k {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<2xf32>, tensor<2xi32>) {
    %0, %1 = "chlo.top_k"(%arg0) <{k = 2 : i64}> : (tensor<5xf32>) -> (tensor<2xf32>, tensor<2xi32>)
    return %0, %1 : tensor<2xf32>, tensor<2xi32>
  }
}

// -----

// top_k(f32[3,2]) with {"axis":0,"k":2}
module @jit_top_k {
  func.func public @main(%arg0: tensor<3x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>) {
    %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
    %1, %2 = "chlo.top_k"(%0) <{k = 2 : i64}> : (tensor<2x3xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %3 = stablehlo.transpose %1, dims = [1, 0] : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %4 = stablehlo.transpose %2, dims = [1, 0] : (tensor<2x2xi32>) -> tensor<2x2xi32>
    return %3, %4 : tensor<2x2xf32>, tensor<2x2xi32>
  }
}

// -----

// top_k(f32[2,3]) with {"axis":1,"k":3}
module @jit_top_k {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xi32>) {
    %0, %1 = "chlo.top_k"(%arg0) <{k = 3 : i64}> : (tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xi32>)
    return %0, %1 : tensor<2x3xf32>, tensor<2x3xi32>
  }
}

// -----

// top_k(i32[4]) with {"axis":0,"k":0}
module @jit_top_k {
  func.func public @main(%arg0: tensor<4xi32>) -> (tensor<0xi32>, tensor<0xi32>) {
    %0, %1 = "chlo.top_k"(%arg0) <{k = 0 : i64}> : (tensor<4xi32>) -> (tensor<0xi32>, tensor<0xi32>)
    return %0, %1 : tensor<0xi32>, tensor<0xi32>
  }
}
