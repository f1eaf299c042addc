// reduce_or(bool[2,3]) with {"axes":[0]}
module @jit_reduce_or {
  func.func public @main(%arg0: tensor<2x3xi1>) -> (tensor<3xi1>) {
    %0 = stablehlo.constant dense<false> : tensor<i1>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<i1>, %3: tensor<i1>):
      %4 = stablehlo.or %2, %3 : tensor<i1>
      stablehlo.return %4 : tensor<i1>
    }) : (tensor<2x3xi1>, tensor<i1>) -> tensor<3xi1>
    return %1 : tensor<3xi1>
  }
}

// -----

// reduce_or(bool[2,3,2]) with {"axes":[2,0]}
module @jit_reduce_or {
  func.func public @main(%arg0: tensor<2x3x2xi1>) -> (tensor<3xi1>) {
    %0 = stablehlo.constant dense<false> : tensor<i1>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 2, 0>}> ({
    ^bb0(%2: tensor<i1>, %3: tensor<i1>):
      %4 = stablehlo.or %2, %3 : tensor<i1>
      stablehlo.return %4 : tensor<i1>
    }) : (tensor<2x3x2xi1>, tensor<i1>) -> tensor<3xi1>
    return %1 : tensor<3xi1>
  }
}

// -----

// reduce_or(bool[4]) with {"axes":[0]}
module @jit_reduce_or {
  func.func public @main(%arg0: tensor<4xi1>) -> (tensor<i1>) {
    %0 = stablehlo.constant dense<false> : tensor<i1>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<i1>, %3: tensor<i1>):
      %4 = stablehlo.or %2, %3 : tensor<i1>
      stablehlo.return %4 : tensor<i1>
    }) : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    return %1 : tensor<i1>
  }
}

// -----

// reduce_or(i32[3,2]) with {"axes":[1]}
module @jit_reduce_or {
  func.func public @main(%arg0: tensor<3x2xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>):
      %4 = stablehlo.or %2, %3 : tensor<i32>
      stablehlo.return %4 : tensor<i32>
    }) : (tensor<3x2xi32>, tensor<i32>) -> tensor<3xi32>
    return %1 : tensor<3xi32>
  }
}

// -----

// reduce_or(u8[3,2]) with {"axes":[1]}
module @jit_reduce_or {
  func.func public @main(%arg0: tensor<3x2xui8>) -> (tensor<3xui8>) {
    %0 = stablehlo.constant dense<0> : tensor<ui8>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<ui8>, %3: tensor<ui8>):
      %4 = stablehlo.or %2, %3 : tensor<ui8>
      stablehlo.return %4 : tensor<ui8>
    }) : (tensor<3x2xui8>, tensor<ui8>) -> tensor<3xui8>
    return %1 : tensor<3xui8>
  }
}
