// select_n(bool[2,3], f32[2,3], f32[2,3]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<2x3xi1>, %arg1: tensor<2x3xf32>, %arg2: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = "stablehlo.select"(%arg0, %arg2, %arg1) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// select_n(bool[], f32[3], f32[3]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<i1>, %arg1: tensor<3xf32>, %arg2: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = "stablehlo.select"(%arg0, %arg2, %arg1) : (tensor<i1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// select_n(i32[3], f32[3], f32[3], f32[3]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<3xi32>, %arg1: tensor<3xf32>, %arg2: tensor<3xf32>, %arg3: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<1> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %2 = stablehlo.compare LT, %arg0, %1, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %3 = stablehlo.constant dense<2> : tensor<i32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %5 = stablehlo.compare LT, %arg0, %4, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %6 = "stablehlo.select"(%5, %arg2, %arg3) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %7 = "stablehlo.select"(%2, %arg1, %6) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    return %7 : tensor<3xf32>
  }
}

// -----

// select_n(i32[], f32[2], f32[2], f32[2], f32[2]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<2xf32>, %arg2: tensor<2xf32>, %arg3: tensor<2xf32>, %arg4: tensor<2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<2> : tensor<i32>
    %1 = stablehlo.compare LT, %arg0, %0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %2 = stablehlo.constant dense<1> : tensor<i32>
    %3 = stablehlo.compare LT, %arg0, %2, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %4 = "stablehlo.select"(%3, %arg1, %arg2) : (tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    %5 = stablehlo.constant dense<3> : tensor<i32>
    %6 = stablehlo.compare LT, %arg0, %5, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %7 = "stablehlo.select"(%6, %arg3, %arg4) : (tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    %8 = "stablehlo.select"(%1, %4, %7) : (tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    return %8 : tensor<2xf32>
  }
}

// -----

// select_n(bool[], f32[], f32[]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<i1>, %arg1: tensor<f32>, %arg2: tensor<f32>) -> (tensor<f32>) {
    %0 = "stablehlo.select"(%arg0, %arg2, %arg1) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// select_n(bool[0], i32[0], i32[0]) with {}
module @jit_select_n {
  func.func public @main(%arg0: tensor<0xi1>, %arg1: tensor<0xi32>, %arg2: tensor<0xi32>) -> (tensor<0xi32>) {
    %0 = "stablehlo.select"(%arg0, %arg2, %arg1) : (tensor<0xi1>, tensor<0xi32>, tensor<0xi32>) -> tensor<0xi32>
    return %0 : tensor<0xi32>
  }
}
