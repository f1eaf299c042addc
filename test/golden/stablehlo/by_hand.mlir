// a call of a function, twice, and a barrier
module @calls {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
    %0, %1 = func.call @main_1(%arg0) : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
    %2 = stablehlo.optimization_barrier %0 : tensor<3xf32>
    %3, %4 = func.call @main_1(%2) : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
    return %0, %4 : tensor<3xf32>, tensor<3xf32>
  }
  func.func private @main_1(%arg0: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
    %0 = stablehlo.add %arg0, %arg0 : tensor<3xf32>
    %1 = stablehlo.negate %arg0 : tensor<3xf32>
    return %0, %1 : tensor<3xf32>, tensor<3xf32>
  }
}

// -----

// a branch picked by -7, which is clamped
module @clamped_branch {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.constant dense<2> : tensor<i32>
    %3 = stablehlo.clamp %1, %arg0, %2 : tensor<i32>
    %0 = "stablehlo.case"(%3) ({
      %4 = stablehlo.abs %arg1 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }, {
      %5 = stablehlo.negate %arg1 : tensor<f32>
      stablehlo.return %5 : tensor<f32>
    }, {
      %6 = "chlo.square"(%arg1) : (tensor<f32>) -> tensor<f32>
      stablehlo.return %6 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// a branch picked by 0, which is clamped
module @clamped_branch {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.constant dense<2> : tensor<i32>
    %3 = stablehlo.clamp %1, %arg0, %2 : tensor<i32>
    %0 = "stablehlo.case"(%3) ({
      %4 = stablehlo.abs %arg1 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }, {
      %5 = stablehlo.negate %arg1 : tensor<f32>
      stablehlo.return %5 : tensor<f32>
    }, {
      %6 = "chlo.square"(%arg1) : (tensor<f32>) -> tensor<f32>
      stablehlo.return %6 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// a branch picked by 1, which is clamped
module @clamped_branch {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.constant dense<2> : tensor<i32>
    %3 = stablehlo.clamp %1, %arg0, %2 : tensor<i32>
    %0 = "stablehlo.case"(%3) ({
      %4 = stablehlo.abs %arg1 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }, {
      %5 = stablehlo.negate %arg1 : tensor<f32>
      stablehlo.return %5 : tensor<f32>
    }, {
      %6 = "chlo.square"(%arg1) : (tensor<f32>) -> tensor<f32>
      stablehlo.return %6 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// a branch picked by 9, which is clamped
module @clamped_branch {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.constant dense<2> : tensor<i32>
    %3 = stablehlo.clamp %1, %arg0, %2 : tensor<i32>
    %0 = "stablehlo.case"(%3) ({
      %4 = stablehlo.abs %arg1 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }, {
      %5 = stablehlo.negate %arg1 : tensor<f32>
      stablehlo.return %5 : tensor<f32>
    }, {
      %6 = "chlo.square"(%arg1) : (tensor<f32>) -> tensor<f32>
      stablehlo.return %6 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// memory that holds anything, overwritten
module @allocate {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<4xf32>) {
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3 = stablehlo.dynamic_update_slice %0, %arg0, %2 : (tensor<4xf32>, tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
    return %3 : tensor<4xf32>
  }
}

// -----

// constants: bytes, lists, numbers that are none
module @constants {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<7x10xf32>, tensor<5xf32>, tensor<70xi1>, tensor<0x2xi32>, tensor<2xcomplex<f32>>, tensor<2xui64>, tensor<2xbf16>) {
    %0 = stablehlo.constant dense<"0x00000000A46A573FB7C7683FC381103ECFBD41BF107C75BF8C0F8FBE4630283F95467D3F3201D33EF8440BBF5CFF7FBFD85C09BF2220D73E72987D3F4479263F106893BE251E76BFB34040BF6979193EC8B6693F102F563F150511BCE7A158BFFCD367BF388707BE0837433F0ED5743F2AB48A3EE9E329BFA4EF7CBF06DECEBE4D2A0D3F39FA7F3FF771073FC23ADBBE38E57DBFEABE24BF9FBD973E4BBB763FBCBF3E3FFB6D22BE28A16ABF31EF54BFA103913CD0D4593F9ADB663FE813FD3D56AC44BF222974BFFF5586BE24942B3FA0937C3FB4B6CA3ECD0C0FBFF4EF7FBF5E8405BFFD50DF3EE72C7E3F4301233F23109CBE7F5377BFF23A3DBF4B5F2B3ED4866B3F0BAB533FCE81D9BC5B035BBF97DE65BF4D14EBBD"> : tensor<7x10xf32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<7x10xf32>
    %2 = stablehlo.add %0, %1 : tensor<7x10xf32>
    %3 = stablehlo.constant dense<[0x7FC00000, 0x7F800000, -0.0, 1.0e-45, 16777216.0]> : tensor<5xf32>
    %4 = stablehlo.constant dense<[true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true, false, false, true]> : tensor<70xi1>
    %5 = stablehlo.constant dense<> : tensor<0x2xi32>
    %6 = stablehlo.constant dense<[(1.0, -2.0), (0.5, 0xFF800000)]> : tensor<2xcomplex<f32>>
    %7 = stablehlo.constant dense<[0, 18446744073709551615]> : tensor<2xui64>
    %8 = stablehlo.constant dense<[1.0, 0x7FC0]> : tensor<2xbf16>
    return %2, %3, %4, %5, %6, %7, %8 : tensor<7x10xf32>, tensor<5xf32>, tensor<70xi1>, tensor<0x2xi32>, tensor<2xcomplex<f32>>, tensor<2xui64>, tensor<2xbf16>
  }
}
