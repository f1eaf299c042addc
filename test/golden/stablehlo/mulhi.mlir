// mulhi(i32[2,3], i32[2,3]) with {}
module @jit_mulhi {
  func.func public @main(%arg0: tensor<2x3xi32>, %arg1: tensor<2x3xi32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.convert %arg0 : (tensor<2x3xi32>) -> tensor<2x3xi64>
    %1 = stablehlo.convert %arg1 : (tensor<2x3xi32>) -> tensor<2x3xi64>
    %2 = stablehlo.multiply %0, %1 : tensor<2x3xi64>
    %3 = stablehlo.constant dense<32> : tensor<i64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i64>) -> tensor<2x3xi64>
    %5 = stablehlo.shift_right_arithmetic %2, %4 : tensor<2x3xi64>
    %6 = stablehlo.convert %5 : (tensor<2x3xi64>) -> tensor<2x3xi32>
    return %6 : tensor<2x3xi32>
  }
}

// -----

// mulhi(u8[3], u8[3]) with {}
module @jit_mulhi {
  func.func public @main(%arg0: tensor<3xui8>, %arg1: tensor<3xui8>) -> (tensor<3xui8>) {
    %0 = stablehlo.convert %arg0 : (tensor<3xui8>) -> tensor<3xui16>
    %1 = stablehlo.convert %arg1 : (tensor<3xui8>) -> tensor<3xui16>
    %2 = stablehlo.multiply %0, %1 : tensor<3xui16>
    %3 = stablehlo.constant dense<8> : tensor<ui16>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui16>) -> tensor<3xui16>
    %5 = stablehlo.shift_right_logical %2, %4 : tensor<3xui16>
    %6 = stablehlo.convert %5 : (tensor<3xui16>) -> tensor<3xui8>
    return %6 : tensor<3xui8>
  }
}

// -----

// mulhi(i64[2], i64[2]) with {}
module @jit_mulhi {
  func.func public @main(%arg0: tensor<2xi64>, %arg1: tensor<2xi64>) -> (tensor<2xi64>) {
    %0 = stablehlo.convert %arg0 : (tensor<2xi64>) -> tensor<2xui64>
    %1 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %3 = stablehlo.and %0, %2 : tensor<2xui64>
    %4 = stablehlo.constant dense<32> : tensor<ui64>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %6 = stablehlo.shift_right_logical %0, %5 : tensor<2xui64>
    %7 = stablehlo.convert %arg1 : (tensor<2xi64>) -> tensor<2xui64>
    %8 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %9 = stablehlo.broadcast_in_dim %8, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %10 = stablehlo.and %7, %9 : tensor<2xui64>
    %11 = stablehlo.constant dense<32> : tensor<ui64>
    %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %13 = stablehlo.shift_right_logical %7, %12 : tensor<2xui64>
    %14 = stablehlo.multiply %3, %13 : tensor<2xui64>
    %15 = stablehlo.multiply %6, %10 : tensor<2xui64>
    %16 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %18 = stablehlo.and %14, %17 : tensor<2xui64>
    %19 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %21 = stablehlo.and %15, %20 : tensor<2xui64>
    %22 = stablehlo.add %18, %21 : tensor<2xui64>
    %23 = stablehlo.multiply %3, %10 : tensor<2xui64>
    %24 = stablehlo.constant dense<32> : tensor<ui64>
    %25 = stablehlo.broadcast_in_dim %24, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %26 = stablehlo.shift_right_logical %23, %25 : tensor<2xui64>
    %27 = stablehlo.add %22, %26 : tensor<2xui64>
    %28 = stablehlo.constant dense<32> : tensor<ui64>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %30 = stablehlo.shift_right_logical %14, %29 : tensor<2xui64>
    %31 = stablehlo.constant dense<32> : tensor<ui64>
    %32 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %33 = stablehlo.shift_right_logical %15, %32 : tensor<2xui64>
    %34 = stablehlo.constant dense<32> : tensor<ui64>
    %35 = stablehlo.broadcast_in_dim %34, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %36 = stablehlo.shift_right_logical %27, %35 : tensor<2xui64>
    %37 = stablehlo.add %33, %36 : tensor<2xui64>
    %38 = stablehlo.add %30, %37 : tensor<2xui64>
    %39 = stablehlo.multiply %6, %13 : tensor<2xui64>
    %40 = stablehlo.add %39, %38 : tensor<2xui64>
    %41 = stablehlo.constant dense<63> : tensor<i64>
    %42 = stablehlo.broadcast_in_dim %41, dims = [] : (tensor<i64>) -> tensor<2xi64>
    %43 = stablehlo.shift_right_arithmetic %arg0, %42 : tensor<2xi64>
    %44 = stablehlo.multiply %43, %arg1 : tensor<2xi64>
    %45 = stablehlo.constant dense<63> : tensor<i64>
    %46 = stablehlo.broadcast_in_dim %45, dims = [] : (tensor<i64>) -> tensor<2xi64>
    %47 = stablehlo.shift_right_arithmetic %arg1, %46 : tensor<2xi64>
    %48 = stablehlo.multiply %47, %arg0 : tensor<2xi64>
    %49 = stablehlo.add %44, %48 : tensor<2xi64>
    %50 = stablehlo.convert %40 : (tensor<2xui64>) -> tensor<2xi64>
    %51 = stablehlo.add %50, %49 : tensor<2xi64>
    return %51 : tensor<2xi64>
  }
}

// -----

// mulhi(u64[], u64[]) with {}
module @jit_mulhi {
  func.func public @main(%arg0: tensor<ui64>, %arg1: tensor<ui64>) -> (tensor<ui64>) {
    %0 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %1 = stablehlo.and %arg0, %0 : tensor<ui64>
    %2 = stablehlo.constant dense<32> : tensor<ui64>
    %3 = stablehlo.shift_right_logical %arg0, %2 : tensor<ui64>
    %4 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %5 = stablehlo.and %arg1, %4 : tensor<ui64>
    %6 = stablehlo.constant dense<32> : tensor<ui64>
    %7 = stablehlo.shift_right_logical %arg1, %6 : tensor<ui64>
    %8 = stablehlo.multiply %1, %7 : tensor<ui64>
    %9 = stablehlo.multiply %3, %5 : tensor<ui64>
    %10 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %11 = stablehlo.and %8, %10 : tensor<ui64>
    %12 = stablehlo.constant dense<4294967295> : tensor<ui64>
    %13 = stablehlo.and %9, %12 : tensor<ui64>
    %14 = stablehlo.add %11, %13 : tensor<ui64>
    %15 = stablehlo.multiply %1, %5 : tensor<ui64>
    %16 = stablehlo.constant dense<32> : tensor<ui64>
    %17 = stablehlo.shift_right_logical %15, %16 : tensor<ui64>
    %18 = stablehlo.add %14, %17 : tensor<ui64>
    %19 = stablehlo.constant dense<32> : tensor<ui64>
    %20 = stablehlo.shift_right_logical %8, %19 : tensor<ui64>
    %21 = stablehlo.constant dense<32> : tensor<ui64>
    %22 = stablehlo.shift_right_logical %9, %21 : tensor<ui64>
    %23 = stablehlo.constant dense<32> : tensor<ui64>
    %24 = stablehlo.shift_right_logical %18, %23 : tensor<ui64>
    %25 = stablehlo.add %22, %24 : tensor<ui64>
    %26 = stablehlo.add %20, %25 : tensor<ui64>
    %27 = stablehlo.multiply %3, %7 : tensor<ui64>
    %28 = stablehlo.add %27, %26 : tensor<ui64>
    return %28 : tensor<ui64>
  }
}
