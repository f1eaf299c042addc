// triangular_solve(f64[2,2], f64[2,3]) with {"leftSide":true,"lower":true,"transposeA":true,"conjugateA":false,"unitDiagonal":false}
module @jit_triangular_solve {
  func.func public @main(%arg0: tensor<2x2xf64>, %arg1: tensor<2x3xf64>) -> (tensor<2x3xf64>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose TRANSPOSE>}> : (tensor<2x2xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>
    return %0 : tensor<2x3xf64>
  }
}

// -----

// triangular_solve(f64[2,2], f64[2,3]) with {"leftSide":true,"lower":false,"transposeA":false,"conjugateA":false,"unitDiagonal":false}
module @jit_triangular_solve {
  func.func public @main(%arg0: tensor<2x2xf64>, %arg1: tensor<2x3xf64>) -> (tensor<2x3xf64>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = true, lower = false, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>}> : (tensor<2x2xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>
    return %0 : tensor<2x3xf64>
  }
}

// -----

// triangular_solve(f64[2,2], f64[3,2]) with {"leftSide":false,"lower":true,"transposeA":true,"conjugateA":false,"unitDiagonal":true}
module @jit_triangular_solve {
  func.func public @main(%arg0: tensor<2x2xf64>, %arg1: tensor<3x2xf64>) -> (tensor<3x2xf64>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = false, lower = true, unit_diagonal = true, transpose_a = #stablehlo<transpose TRANSPOSE>}> : (tensor<2x2xf64>, tensor<3x2xf64>) -> tensor<3x2xf64>
    return %0 : tensor<3x2xf64>
  }
}

// -----

// triangular_solve(f64[2,2], f64[3,2]) with {"leftSide":false,"lower":false,"transposeA":false,"conjugateA":false,"unitDiagonal":true}
module @jit_triangular_solve {
  func.func public @main(%arg0: tensor<2x2xf64>, %arg1: tensor<3x2xf64>) -> (tensor<3x2xf64>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = false, lower = false, unit_diagonal = true, transpose_a = #stablehlo<transpose NO_TRANSPOSE>}> : (tensor<2x2xf64>, tensor<3x2xf64>) -> tensor<3x2xf64>
    return %0 : tensor<3x2xf64>
  }
}

// -----

// triangular_solve(c64[1,1], c64[1,2]) with {"leftSide":true,"lower":true,"transposeA":true,"conjugateA":true,"unitDiagonal":false}
module @jit_triangular_solve {
  func.func public @main(%arg0: tensor<1x1xcomplex<f32>>, %arg1: tensor<1x2xcomplex<f32>>) -> (tensor<1x2xcomplex<f32>>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose ADJOINT>}> : (tensor<1x1xcomplex<f32>>, tensor<1x2xcomplex<f32>>) -> tensor<1x2xcomplex<f32>>
    return %0 : tensor<1x2xcomplex<f32>>
  }
}
