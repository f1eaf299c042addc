// types
module @jit_program_types {
  func.func public @main(%arg0: tensor<6xf32>, %arg1: tensor<6xf32>) -> (tensor<6xui32>, tensor<6xbf16>, tensor<6xi8>, tensor<6xcomplex<f32>>, tensor<6xf32>, tensor<6xf64>, tensor<6xf16>, tensor<6xi64>, tensor<6xi1>, tensor<6xui64>, tensor<6xui16>) {
    %0 = stablehlo.convert %arg1 : (tensor<6xf32>) -> tensor<6xf16>
    %1 = stablehlo.sine %0 : tensor<6xf16>
    %2 = stablehlo.convert %arg1 : (tensor<6xf32>) -> tensor<6xbf16>
    %3 = stablehlo.exponential %2 : tensor<6xbf16>
    %4 = stablehlo.convert %arg1 : (tensor<6xf32>) -> tensor<6xf64>
    %5 = stablehlo.abs %4 : tensor<6xf64>
    %6 = stablehlo.log_plus_one %5 : tensor<6xf64>
    %7 = stablehlo.constant dense<300.0> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %9 = stablehlo.multiply %arg1, %8 : tensor<6xf32>
    %10 = stablehlo.convert %9 : (tensor<6xf32>) -> tensor<6xi8>
    %11 = stablehlo.constant dense<300.0> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %13 = stablehlo.multiply %arg1, %12 : tensor<6xf32>
    %14 = stablehlo.convert %13 : (tensor<6xf32>) -> tensor<6xui16>
    %15 = stablehlo.constant dense<999999995904.0> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %17 = stablehlo.multiply %arg1, %16 : tensor<6xf32>
    %18 = stablehlo.convert %17 : (tensor<6xf32>) -> tensor<6xi64>
    %19 = stablehlo.constant dense<1000.0> : tensor<f32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %21 = stablehlo.multiply %arg1, %20 : tensor<6xf32>
    %22 = stablehlo.convert %21 : (tensor<6xf32>) -> tensor<6xui64>
    %23 = stablehlo.constant dense<0.0> : tensor<f32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %25 = stablehlo.compare GT, %arg1, %24, FLOAT : (tensor<6xf32>, tensor<6xf32>) -> tensor<6xi1>
    %26 = "stablehlo.complex"(%arg1, %arg1) : (tensor<6xf32>, tensor<6xf32>) -> tensor<6xcomplex<f32>>
    %27 = stablehlo.exponential %26 : tensor<6xcomplex<f32>>
    %28 = stablehlo.bitcast_convert %arg1 : (tensor<6xf32>) -> tensor<6xui32>
    %29 = stablehlo.constant dense<0.0> : tensor<f32>
    %30 = "stablehlo.reduce"(%arg1, %29) <{dimensions = array<i64: 0>}> ({
    ^bb0(%31: tensor<f32>, %32: tensor<f32>):
      %33 = stablehlo.add %31, %32 : tensor<f32>
      stablehlo.return %33 : tensor<f32>
    }) : (tensor<6xf32>, tensor<f32>) -> tensor<f32>
    %34 = stablehlo.constant dense<0.0> : tensor<f32>
    %35 = stablehlo.multiply %30, %34 : tensor<f32>
    %36 = stablehlo.broadcast_in_dim %35, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %37 = stablehlo.add %arg0, %36 : tensor<6xf32>
    return %28, %3, %10, %27, %37, %6, %1, %18, %25, %22, %14 : tensor<6xui32>, tensor<6xbf16>, tensor<6xi8>, tensor<6xcomplex<f32>>, tensor<6xf32>, tensor<6xf64>, tensor<6xf16>, tensor<6xi64>, tensor<6xi1>, tensor<6xui64>, tensor<6xui16>
  }
}
