// no_arguments
module @jit_program_no_arguments {
  func.func public @main() -> (tensor<5xi32>, tensor<3x3xf32>, tensor<0x2xf32>) {
    %0 = stablehlo.iota dim = 0 : tensor<5xi32>
    %1 = stablehlo.iota dim = 0 : tensor<3x3xi32>
    %2 = stablehlo.iota dim = 1 : tensor<3x3xi32>
    %3 = stablehlo.constant dense<0> : tensor<i32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<3x3xi32>
    %5 = stablehlo.add %1, %4 : tensor<3x3xi32>
    %6 = stablehlo.compare EQ, %5, %2, SIGNED : (tensor<3x3xi32>, tensor<3x3xi32>) -> tensor<3x3xi1>
    %7 = stablehlo.convert %6 : (tensor<3x3xi1>) -> tensor<3x3xf32>
    %8 = stablehlo.constant dense<0.0> : tensor<f32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [] : (tensor<f32>) -> tensor<0x2xf32>
    return %0, %7, %9 : tensor<5xi32>, tensor<3x3xf32>, tensor<0x2xf32>
  }
}
