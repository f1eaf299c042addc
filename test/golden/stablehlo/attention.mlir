// attention(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x4x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %6 = stablehlo.reshape %5 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %7 = stablehlo.constant dense<-0.5> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<2x4x3x5xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x4x3x5xf32>
    %10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %11 = "stablehlo.reduce"(%9, %10) <{dimensions = array<i64: 3>}> ({
    ^bb0(%12: tensor<f32>, %13: tensor<f32>):
      %14 = stablehlo.maximum %12, %13 : tensor<f32>
      stablehlo.return %14 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %15 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %16 = stablehlo.subtract %9, %15 : tensor<2x4x3x5xf32>
    %17 = stablehlo.exponential %16 : tensor<2x4x3x5xf32>
    %18 = stablehlo.constant dense<0.0> : tensor<f32>
    %19 = "stablehlo.reduce"(%17, %18) <{dimensions = array<i64: 3>}> ({
    ^bb0(%20: tensor<f32>, %21: tensor<f32>):
      %22 = stablehlo.add %20, %21 : tensor<f32>
      stablehlo.return %22 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %23 = stablehlo.broadcast_in_dim %19, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %24 = stablehlo.divide %17, %23 : tensor<2x4x3x5xf32>
    %25 = stablehlo.convert %24 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %26 = stablehlo.reshape %25 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %27 = stablehlo.dot_general %26, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %28 = stablehlo.reshape %27 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %29 = stablehlo.transpose %28, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %30 = stablehlo.reshape %29 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %31 = stablehlo.log %19 : tensor<2x4x3xf32>
    %32 = stablehlo.add %11, %31 : tensor<2x4x3xf32>
    %33 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<2x4x3xf32>
    %34 = stablehlo.compare EQ, %11, %33, FLOAT : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xi1>
    %35 = "stablehlo.select"(%34, %11, %32) : (tensor<2x4x3xi1>, tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
    return %30, %35 : tensor<2x3x4x2xf32>, tensor<2x4x3xf32>
  }
}

// -----

// attention(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[1,4,3,5]) with {"causal":true,"scale":0.75}
module @jit_attention {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>, %arg3: tensor<1x4x3x5xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x4x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %6 = stablehlo.reshape %5 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %7 = stablehlo.constant dense<0.75> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<2x4x3x5xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x4x3x5xf32>
    %10 = stablehlo.convert %arg3 : (tensor<1x4x3x5xf32>) -> tensor<1x4x3x5xf32>
    %11 = stablehlo.reshape %10 : (tensor<1x4x3x5xf32>) -> tensor<4x3x5xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [1, 2, 3] : (tensor<4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %13 = stablehlo.add %9, %12 : tensor<2x4x3x5xf32>
    %14 = stablehlo.iota dim = 0 : tensor<3x5xi32>
    %15 = stablehlo.iota dim = 1 : tensor<3x5xi32>
    %16 = stablehlo.compare GE, %14, %15, SIGNED : (tensor<3x5xi32>, tensor<3x5xi32>) -> tensor<3x5xi1>
    %17 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<2x4x3x5xf32>
    %19 = stablehlo.broadcast_in_dim %16, dims = [2, 3] : (tensor<3x5xi1>) -> tensor<2x4x3x5xi1>
    %20 = "stablehlo.select"(%19, %13, %18) : (tensor<2x4x3x5xi1>, tensor<2x4x3x5xf32>, tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %21 = "stablehlo.reduce"(%20, %17) <{dimensions = array<i64: 3>}> ({
    ^bb0(%22: tensor<f32>, %23: tensor<f32>):
      %24 = stablehlo.maximum %22, %23 : tensor<f32>
      stablehlo.return %24 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %25 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %26 = stablehlo.subtract %20, %25 : tensor<2x4x3x5xf32>
    %27 = stablehlo.exponential %26 : tensor<2x4x3x5xf32>
    %28 = stablehlo.constant dense<0.0> : tensor<f32>
    %29 = "stablehlo.reduce"(%27, %28) <{dimensions = array<i64: 3>}> ({
    ^bb0(%30: tensor<f32>, %31: tensor<f32>):
      %32 = stablehlo.add %30, %31 : tensor<f32>
      stablehlo.return %32 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %33 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %34 = stablehlo.divide %27, %33 : tensor<2x4x3x5xf32>
    %35 = stablehlo.convert %34 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %36 = stablehlo.reshape %35 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %37 = stablehlo.dot_general %36, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %38 = stablehlo.reshape %37 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %39 = stablehlo.transpose %38, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %40 = stablehlo.reshape %39 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %41 = stablehlo.log %29 : tensor<2x4x3xf32>
    %42 = stablehlo.add %21, %41 : tensor<2x4x3xf32>
    %43 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<2x4x3xf32>
    %44 = stablehlo.compare EQ, %21, %43, FLOAT : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xi1>
    %45 = "stablehlo.select"(%44, %21, %42) : (tensor<2x4x3xi1>, tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
    return %40, %45 : tensor<2x3x4x2xf32>, tensor<2x4x3xf32>
  }
}

// -----

// attention(f64[2,2,1,3], f64[2,2,1,3], f64[2,2,1,3], f64[2,1,2,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention {
  func.func public @main(%arg0: tensor<2x2x1x3xf64>, %arg1: tensor<2x2x1x3xf64>, %arg2: tensor<2x2x1x3xf64>, %arg3: tensor<2x1x2x2xf64>) -> (tensor<2x2x1x3xf64>, tensor<2x1x2xf64>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x2x1x3xf64>) -> tensor<2x2x1x1x3xf64>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x2x1x1x3xf64>) -> tensor<2x1x1x2x3xf64>
    %2 = stablehlo.reshape %1 : (tensor<2x1x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x2x1x3xf64>) -> tensor<2x1x2x3xf64>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x2x1x3xf64>) -> tensor<2x1x2x3xf64>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x3xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x2xf64>
    %6 = stablehlo.reshape %5 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %7 = stablehlo.constant dense<-0.5> : tensor<f64>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f64>) -> tensor<2x1x2x2xf64>
    %9 = stablehlo.multiply %6, %8 : tensor<2x1x2x2xf64>
    %10 = stablehlo.convert %arg3 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %11 = stablehlo.reshape %10 : (tensor<2x1x2x2xf64>) -> tensor<2x2x2xf64>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 2, 3] : (tensor<2x2x2xf64>) -> tensor<2x1x2x2xf64>
    %13 = stablehlo.add %9, %12 : tensor<2x1x2x2xf64>
    %14 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %15 = "stablehlo.reduce"(%13, %14) <{dimensions = array<i64: 3>}> ({
    ^bb0(%16: tensor<f64>, %17: tensor<f64>):
      %18 = stablehlo.maximum %16, %17 : tensor<f64>
      stablehlo.return %18 : tensor<f64>
    }) : (tensor<2x1x2x2xf64>, tensor<f64>) -> tensor<2x1x2xf64>
    %19 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2xf64>
    %20 = stablehlo.subtract %13, %19 : tensor<2x1x2x2xf64>
    %21 = stablehlo.exponential %20 : tensor<2x1x2x2xf64>
    %22 = stablehlo.constant dense<0.0> : tensor<f64>
    %23 = "stablehlo.reduce"(%21, %22) <{dimensions = array<i64: 3>}> ({
    ^bb0(%24: tensor<f64>, %25: tensor<f64>):
      %26 = stablehlo.add %24, %25 : tensor<f64>
      stablehlo.return %26 : tensor<f64>
    }) : (tensor<2x1x2x2xf64>, tensor<f64>) -> tensor<2x1x2xf64>
    %27 = stablehlo.broadcast_in_dim %23, dims = [0, 1, 2] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2xf64>
    %28 = stablehlo.divide %21, %27 : tensor<2x1x2x2xf64>
    %29 = stablehlo.convert %28 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %30 = stablehlo.reshape %29 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %31 = stablehlo.dot_general %30, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %32 = stablehlo.reshape %31 : (tensor<2x1x2x3xf64>) -> tensor<2x1x1x2x3xf64>
    %33 = stablehlo.transpose %32, dims = [0, 3, 1, 2, 4] : (tensor<2x1x1x2x3xf64>) -> tensor<2x2x1x1x3xf64>
    %34 = stablehlo.reshape %33 : (tensor<2x2x1x1x3xf64>) -> tensor<2x2x1x3xf64>
    %35 = stablehlo.log %23 : tensor<2x1x2xf64>
    %36 = stablehlo.add %15, %35 : tensor<2x1x2xf64>
    %37 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<f64>) -> tensor<2x1x2xf64>
    %38 = stablehlo.compare EQ, %15, %37, FLOAT : (tensor<2x1x2xf64>, tensor<2x1x2xf64>) -> tensor<2x1x2xi1>
    %39 = "stablehlo.select"(%38, %15, %36) : (tensor<2x1x2xi1>, tensor<2x1x2xf64>, tensor<2x1x2xf64>) -> tensor<2x1x2xf64>
    return %34, %39 : tensor<2x2x1x3xf64>, tensor<2x1x2xf64>
  }
}

// -----

// attention(bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4]) with {"causal":true,"scale":0.75}
module @jit_attention {
  func.func public @main(%arg0: tensor<1x2x2x4xbf16>, %arg1: tensor<1x2x2x4xbf16>, %arg2: tensor<1x2x2x4xbf16>) -> (tensor<1x2x2x4xbf16>, tensor<1x2x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x1x4xbf16>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<1x2x2x1x4xbf16>) -> tensor<1x2x1x2x4xbf16>
    %2 = stablehlo.reshape %1 : (tensor<1x2x1x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x2xf32>
    %6 = stablehlo.reshape %5 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
    %7 = stablehlo.constant dense<0.75> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<1x2x2x2xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<1x2x2x2xf32>
    %10 = stablehlo.iota dim = 0 : tensor<2x2xi32>
    %11 = stablehlo.iota dim = 1 : tensor<2x2xi32>
    %12 = stablehlo.compare GE, %10, %11, SIGNED : (tensor<2x2xi32>, tensor<2x2xi32>) -> tensor<2x2xi1>
    %13 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [] : (tensor<f32>) -> tensor<1x2x2x2xf32>
    %15 = stablehlo.broadcast_in_dim %12, dims = [2, 3] : (tensor<2x2xi1>) -> tensor<1x2x2x2xi1>
    %16 = "stablehlo.select"(%15, %9, %14) : (tensor<1x2x2x2xi1>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
    %17 = "stablehlo.reduce"(%16, %13) <{dimensions = array<i64: 3>}> ({
    ^bb0(%18: tensor<f32>, %19: tensor<f32>):
      %20 = stablehlo.maximum %18, %19 : tensor<f32>
      stablehlo.return %20 : tensor<f32>
    }) : (tensor<1x2x2x2xf32>, tensor<f32>) -> tensor<1x2x2xf32>
    %21 = stablehlo.broadcast_in_dim %17, dims = [0, 1, 2] : (tensor<1x2x2xf32>) -> tensor<1x2x2x2xf32>
    %22 = stablehlo.subtract %16, %21 : tensor<1x2x2x2xf32>
    %23 = stablehlo.exponential %22 : tensor<1x2x2x2xf32>
    %24 = stablehlo.constant dense<0.0> : tensor<f32>
    %25 = "stablehlo.reduce"(%23, %24) <{dimensions = array<i64: 3>}> ({
    ^bb0(%26: tensor<f32>, %27: tensor<f32>):
      %28 = stablehlo.add %26, %27 : tensor<f32>
      stablehlo.return %28 : tensor<f32>
    }) : (tensor<1x2x2x2xf32>, tensor<f32>) -> tensor<1x2x2xf32>
    %29 = stablehlo.broadcast_in_dim %25, dims = [0, 1, 2] : (tensor<1x2x2xf32>) -> tensor<1x2x2x2xf32>
    %30 = stablehlo.divide %23, %29 : tensor<1x2x2x2xf32>
    %31 = stablehlo.convert %30 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xbf16>
    %32 = stablehlo.reshape %31 : (tensor<1x2x2x2xbf16>) -> tensor<1x2x2x2xbf16>
    %33 = stablehlo.dot_general %32, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %34 = stablehlo.reshape %33 : (tensor<1x2x2x4xbf16>) -> tensor<1x2x1x2x4xbf16>
    %35 = stablehlo.transpose %34, dims = [0, 3, 1, 2, 4] : (tensor<1x2x1x2x4xbf16>) -> tensor<1x2x2x1x4xbf16>
    %36 = stablehlo.reshape %35 : (tensor<1x2x2x1x4xbf16>) -> tensor<1x2x2x4xbf16>
    %37 = stablehlo.log %25 : tensor<1x2x2xf32>
    %38 = stablehlo.add %17, %37 : tensor<1x2x2xf32>
    %39 = stablehlo.broadcast_in_dim %13, dims = [] : (tensor<f32>) -> tensor<1x2x2xf32>
    %40 = stablehlo.compare EQ, %17, %39, FLOAT : (tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x2x2xi1>
    %41 = "stablehlo.select"(%40, %17, %38) : (tensor<1x2x2xi1>, tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
    return %36, %41 : tensor<1x2x2x4xbf16>, tensor<1x2x2xf32>
  }
}

// -----

// attention(f32[1,2,1,2], f32[1,0,1,2], f32[1,0,1,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention {
  func.func public @main(%arg0: tensor<1x2x1x2xf32>, %arg1: tensor<1x0x1x2xf32>, %arg2: tensor<1x0x1x2xf32>) -> (tensor<1x2x1x2xf32>, tensor<1x1x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1x2x1x2xf32>) -> tensor<1x2x1x1x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<1x2x1x1x2xf32>) -> tensor<1x1x1x2x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<1x1x1x2x2xf32>) -> tensor<1x1x2x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<1x0x1x2xf32>) -> tensor<1x1x0x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<1x0x1x2xf32>) -> tensor<1x1x0x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x2xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x0xf32>
    %6 = stablehlo.reshape %5 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %7 = stablehlo.constant dense<-0.5> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<1x1x2x0xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<1x1x2x0xf32>
    %10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %11 = "stablehlo.reduce"(%9, %10) <{dimensions = array<i64: 3>}> ({
    ^bb0(%12: tensor<f32>, %13: tensor<f32>):
      %14 = stablehlo.maximum %12, %13 : tensor<f32>
      stablehlo.return %14 : tensor<f32>
    }) : (tensor<1x1x2x0xf32>, tensor<f32>) -> tensor<1x1x2xf32>
    %15 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<1x1x2x0xf32>
    %16 = stablehlo.subtract %9, %15 : tensor<1x1x2x0xf32>
    %17 = stablehlo.exponential %16 : tensor<1x1x2x0xf32>
    %18 = stablehlo.constant dense<0.0> : tensor<f32>
    %19 = "stablehlo.reduce"(%17, %18) <{dimensions = array<i64: 3>}> ({
    ^bb0(%20: tensor<f32>, %21: tensor<f32>):
      %22 = stablehlo.add %20, %21 : tensor<f32>
      stablehlo.return %22 : tensor<f32>
    }) : (tensor<1x1x2x0xf32>, tensor<f32>) -> tensor<1x1x2xf32>
    %23 = stablehlo.broadcast_in_dim %19, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<1x1x2x0xf32>
    %24 = stablehlo.divide %17, %23 : tensor<1x1x2x0xf32>
    %25 = stablehlo.convert %24 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %26 = stablehlo.reshape %25 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %27 = stablehlo.dot_general %26, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x2xf32>
    %28 = stablehlo.reshape %27 : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2x2xf32>
    %29 = stablehlo.transpose %28, dims = [0, 3, 1, 2, 4] : (tensor<1x1x1x2x2xf32>) -> tensor<1x2x1x1x2xf32>
    %30 = stablehlo.reshape %29 : (tensor<1x2x1x1x2xf32>) -> tensor<1x2x1x2xf32>
    %31 = stablehlo.log %19 : tensor<1x1x2xf32>
    %32 = stablehlo.add %11, %31 : tensor<1x1x2xf32>
    %33 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<1x1x2xf32>
    %34 = stablehlo.compare EQ, %11, %33, FLOAT : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xi1>
    %35 = "stablehlo.select"(%34, %11, %32) : (tensor<1x1x2xi1>, tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
    return %30, %35 : tensor<1x2x1x2xf32>, tensor<1x1x2xf32>
  }
}

// -----

// attention(f32[0,2,2,1], f32[0,3,1,1], f32[0,3,1,1], f32[1,1,2,3]) with {"causal":true,"scale":0.75}
module @jit_attention {
  func.func public @main(%arg0: tensor<0x2x2x1xf32>, %arg1: tensor<0x3x1x1xf32>, %arg2: tensor<0x3x1x1xf32>, %arg3: tensor<1x1x2x3xf32>) -> (tensor<0x2x2x1xf32>, tensor<0x2x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<0x2x2x1xf32>) -> tensor<0x2x1x2x1xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<0x2x1x2x1xf32>) -> tensor<0x1x2x2x1xf32>
    %2 = stablehlo.reshape %1 : (tensor<0x1x2x2x1xf32>) -> tensor<0x1x4x1xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<0x3x1x1xf32>) -> tensor<0x1x3x1xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<0x3x1x1xf32>) -> tensor<0x1x3x1xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x1xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x3xf32>
    %6 = stablehlo.reshape %5 : (tensor<0x1x4x3xf32>) -> tensor<0x2x2x3xf32>
    %7 = stablehlo.constant dense<0.75> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<0x2x2x3xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<0x2x2x3xf32>
    %10 = stablehlo.convert %arg3 : (tensor<1x1x2x3xf32>) -> tensor<1x1x2x3xf32>
    %11 = stablehlo.reshape %10 : (tensor<1x1x2x3xf32>) -> tensor<2x3xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [2, 3] : (tensor<2x3xf32>) -> tensor<0x2x2x3xf32>
    %13 = stablehlo.add %9, %12 : tensor<0x2x2x3xf32>
    %14 = stablehlo.iota dim = 0 : tensor<2x3xi32>
    %15 = stablehlo.iota dim = 1 : tensor<2x3xi32>
    %16 = stablehlo.compare GE, %14, %15, SIGNED : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi1>
    %17 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<0x2x2x3xf32>
    %19 = stablehlo.broadcast_in_dim %16, dims = [2, 3] : (tensor<2x3xi1>) -> tensor<0x2x2x3xi1>
    %20 = "stablehlo.select"(%19, %13, %18) : (tensor<0x2x2x3xi1>, tensor<0x2x2x3xf32>, tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %21 = "stablehlo.reduce"(%20, %17) <{dimensions = array<i64: 3>}> ({
    ^bb0(%22: tensor<f32>, %23: tensor<f32>):
      %24 = stablehlo.maximum %22, %23 : tensor<f32>
      stablehlo.return %24 : tensor<f32>
    }) : (tensor<0x2x2x3xf32>, tensor<f32>) -> tensor<0x2x2xf32>
    %25 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<0x2x2xf32>) -> tensor<0x2x2x3xf32>
    %26 = stablehlo.subtract %20, %25 : tensor<0x2x2x3xf32>
    %27 = stablehlo.exponential %26 : tensor<0x2x2x3xf32>
    %28 = stablehlo.constant dense<0.0> : tensor<f32>
    %29 = "stablehlo.reduce"(%27, %28) <{dimensions = array<i64: 3>}> ({
    ^bb0(%30: tensor<f32>, %31: tensor<f32>):
      %32 = stablehlo.add %30, %31 : tensor<f32>
      stablehlo.return %32 : tensor<f32>
    }) : (tensor<0x2x2x3xf32>, tensor<f32>) -> tensor<0x2x2xf32>
    %33 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2] : (tensor<0x2x2xf32>) -> tensor<0x2x2x3xf32>
    %34 = stablehlo.divide %27, %33 : tensor<0x2x2x3xf32>
    %35 = stablehlo.convert %34 : (tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %36 = stablehlo.reshape %35 : (tensor<0x2x2x3xf32>) -> tensor<0x1x4x3xf32>
    %37 = stablehlo.dot_general %36, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x1xf32>
    %38 = stablehlo.reshape %37 : (tensor<0x1x4x1xf32>) -> tensor<0x1x2x2x1xf32>
    %39 = stablehlo.transpose %38, dims = [0, 3, 1, 2, 4] : (tensor<0x1x2x2x1xf32>) -> tensor<0x2x1x2x1xf32>
    %40 = stablehlo.reshape %39 : (tensor<0x2x1x2x1xf32>) -> tensor<0x2x2x1xf32>
    %41 = stablehlo.log %29 : tensor<0x2x2xf32>
    %42 = stablehlo.add %21, %41 : tensor<0x2x2xf32>
    %43 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<0x2x2xf32>
    %44 = stablehlo.compare EQ, %21, %43, FLOAT : (tensor<0x2x2xf32>, tensor<0x2x2xf32>) -> tensor<0x2x2xi1>
    %45 = "stablehlo.select"(%44, %21, %42) : (tensor<0x2x2xi1>, tensor<0x2x2xf32>, tensor<0x2x2xf32>) -> tensor<0x2x2xf32>
    return %40, %45 : tensor<0x2x2x1xf32>, tensor<0x2x2xf32>
  }
}

// -----

// 
module @jit_attention {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>) -> (tensor<2x3x4x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %6 = stablehlo.reshape %5 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %7 = stablehlo.constant dense<0.6> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<2x4x3x4xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x4x3x4xf32>
    %10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %11 = "stablehlo.reduce"(%9, %10) <{dimensions = array<i64: 3>}> ({
    ^bb0(%12: tensor<f32>, %13: tensor<f32>):
      %14 = stablehlo.maximum %12, %13 : tensor<f32>
      stablehlo.return %14 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %15 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %16 = stablehlo.subtract %9, %15 : tensor<2x4x3x4xf32>
    %17 = stablehlo.exponential %16 : tensor<2x4x3x4xf32>
    %18 = stablehlo.constant dense<0.0> : tensor<f32>
    %19 = "stablehlo.reduce"(%17, %18) <{dimensions = array<i64: 3>}> ({
    ^bb0(%20: tensor<f32>, %21: tensor<f32>):
      %22 = stablehlo.add %20, %21 : tensor<f32>
      stablehlo.return %22 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %23 = stablehlo.broadcast_in_dim %19, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %24 = stablehlo.divide %17, %23 : tensor<2x4x3x4xf32>
    %25 = stablehlo.convert %24 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %26 = stablehlo.reshape %25 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %27 = stablehlo.dot_general %26, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %28 = stablehlo.reshape %27 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %29 = stablehlo.transpose %28, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %30 = stablehlo.reshape %29 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %30 : tensor<2x3x4x2xf32>
  }
}

// -----

// causal, with a bias for all
module @jit_attention {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<1x1x3x4xf32>) -> (tensor<2x3x4x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %6 = stablehlo.reshape %5 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %7 = stablehlo.constant dense<0.6> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<2x4x3x4xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x4x3x4xf32>
    %10 = stablehlo.convert %arg3 : (tensor<1x1x3x4xf32>) -> tensor<1x1x3x4xf32>
    %11 = stablehlo.reshape %10 : (tensor<1x1x3x4xf32>) -> tensor<3x4xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [2, 3] : (tensor<3x4xf32>) -> tensor<2x4x3x4xf32>
    %13 = stablehlo.add %9, %12 : tensor<2x4x3x4xf32>
    %14 = stablehlo.iota dim = 0 : tensor<3x4xi32>
    %15 = stablehlo.iota dim = 1 : tensor<3x4xi32>
    %16 = stablehlo.compare GE, %14, %15, SIGNED : (tensor<3x4xi32>, tensor<3x4xi32>) -> tensor<3x4xi1>
    %17 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<2x4x3x4xf32>
    %19 = stablehlo.broadcast_in_dim %16, dims = [2, 3] : (tensor<3x4xi1>) -> tensor<2x4x3x4xi1>
    %20 = "stablehlo.select"(%19, %13, %18) : (tensor<2x4x3x4xi1>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %21 = "stablehlo.reduce"(%20, %17) <{dimensions = array<i64: 3>}> ({
    ^bb0(%22: tensor<f32>, %23: tensor<f32>):
      %24 = stablehlo.maximum %22, %23 : tensor<f32>
      stablehlo.return %24 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %25 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %26 = stablehlo.subtract %20, %25 : tensor<2x4x3x4xf32>
    %27 = stablehlo.exponential %26 : tensor<2x4x3x4xf32>
    %28 = stablehlo.constant dense<0.0> : tensor<f32>
    %29 = "stablehlo.reduce"(%27, %28) <{dimensions = array<i64: 3>}> ({
    ^bb0(%30: tensor<f32>, %31: tensor<f32>):
      %32 = stablehlo.add %30, %31 : tensor<f32>
      stablehlo.return %32 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %33 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %34 = stablehlo.divide %27, %33 : tensor<2x4x3x4xf32>
    %35 = stablehlo.convert %34 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %36 = stablehlo.reshape %35 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %37 = stablehlo.dot_general %36, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %38 = stablehlo.reshape %37 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %39 = stablehlo.transpose %38, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %40 = stablehlo.reshape %39 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %40 : tensor<2x3x4x2xf32>
  }
}

// -----

// with a bias for each head
module @jit_attention {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<2x4x3x4xf32>) -> (tensor<2x3x4x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %3 = stablehlo.transpose %arg1, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %4 = stablehlo.transpose %arg2, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %5 = stablehlo.dot_general %2, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %6 = stablehlo.reshape %5 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %7 = stablehlo.constant dense<0.6> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<2x4x3x4xf32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x4x3x4xf32>
    %10 = stablehlo.convert %arg3 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %11 = stablehlo.reshape %10 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1, 2, 3] : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %13 = stablehlo.add %9, %12 : tensor<2x4x3x4xf32>
    %14 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %15 = "stablehlo.reduce"(%13, %14) <{dimensions = array<i64: 3>}> ({
    ^bb0(%16: tensor<f32>, %17: tensor<f32>):
      %18 = stablehlo.maximum %16, %17 : tensor<f32>
      stablehlo.return %18 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %19 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %20 = stablehlo.subtract %13, %19 : tensor<2x4x3x4xf32>
    %21 = stablehlo.exponential %20 : tensor<2x4x3x4xf32>
    %22 = stablehlo.constant dense<0.0> : tensor<f32>
    %23 = "stablehlo.reduce"(%21, %22) <{dimensions = array<i64: 3>}> ({
    ^bb0(%24: tensor<f32>, %25: tensor<f32>):
      %26 = stablehlo.add %24, %25 : tensor<f32>
      stablehlo.return %26 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %27 = stablehlo.broadcast_in_dim %23, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %28 = stablehlo.divide %21, %27 : tensor<2x4x3x4xf32>
    %29 = stablehlo.convert %28 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %30 = stablehlo.reshape %29 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %31 = stablehlo.dot_general %30, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %32 = stablehlo.reshape %31 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %33 = stablehlo.transpose %32, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %34 = stablehlo.reshape %33 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %34 : tensor<2x3x4x2xf32>
  }
}
