// attention_gradient(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[2,3,4,2], f32[2,4,3], f32[2,3,4,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>, %arg3: tensor<2x3x4x2xf32>, %arg4: tensor<2x4x3xf32>, %arg5: tensor<2x3x4x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x5x2x2xf32>, tensor<2x5x2x2xf32>) {
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
    %10 = stablehlo.broadcast_in_dim %arg4, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %11 = stablehlo.subtract %9, %10 : tensor<2x4x3x5xf32>
    %12 = stablehlo.exponential %11 : tensor<2x4x3x5xf32>
    %13 = stablehlo.reshape %arg5 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %14 = stablehlo.transpose %13, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %15 = stablehlo.reshape %14 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %16 = stablehlo.dot_general %15, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %17 = stablehlo.reshape %16 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %18 = stablehlo.multiply %12, %17 : tensor<2x4x3x5xf32>
    %19 = stablehlo.constant dense<0.0> : tensor<f32>
    %20 = "stablehlo.reduce"(%18, %19) <{dimensions = array<i64: 3>}> ({
    ^bb0(%21: tensor<f32>, %22: tensor<f32>):
      %23 = stablehlo.add %21, %22 : tensor<f32>
      stablehlo.return %23 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %24 = stablehlo.broadcast_in_dim %20, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %25 = stablehlo.subtract %17, %24 : tensor<2x4x3x5xf32>
    %26 = stablehlo.multiply %12, %25 : tensor<2x4x3x5xf32>
    %27 = stablehlo.multiply %26, %8 : tensor<2x4x3x5xf32>
    %28 = stablehlo.convert %27 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %29 = stablehlo.reshape %28 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %30 = stablehlo.dot_general %29, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %31 = stablehlo.reshape %30 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %32 = stablehlo.transpose %31, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %33 = stablehlo.reshape %32 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %34 = stablehlo.dot_general %29, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x5x2xf32>
    %35 = stablehlo.transpose %34, dims = [0, 2, 1, 3] : (tensor<2x2x5x2xf32>) -> tensor<2x5x2x2xf32>
    %36 = stablehlo.convert %12 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %37 = stablehlo.reshape %36 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %38 = stablehlo.dot_general %37, %15, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x5x2xf32>
    %39 = stablehlo.transpose %38, dims = [0, 2, 1, 3] : (tensor<2x2x5x2xf32>) -> tensor<2x5x2x2xf32>
    return %33, %35, %39 : tensor<2x3x4x2xf32>, tensor<2x5x2x2xf32>, tensor<2x5x2x2xf32>
  }
}

// -----

// attention_gradient(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[1,4,3,5], f32[2,3,4,2], f32[2,4,3], f32[2,3,4,2]) with {"causal":true,"scale":0.75}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>, %arg3: tensor<1x4x3x5xf32>, %arg4: tensor<2x3x4x2xf32>, %arg5: tensor<2x4x3xf32>, %arg6: tensor<2x3x4x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x5x2x2xf32>, tensor<2x5x2x2xf32>, tensor<1x4x3x5xf32>) {
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
    %21 = stablehlo.broadcast_in_dim %arg5, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %22 = stablehlo.subtract %20, %21 : tensor<2x4x3x5xf32>
    %23 = stablehlo.exponential %22 : tensor<2x4x3x5xf32>
    %24 = stablehlo.reshape %arg6 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %25 = stablehlo.transpose %24, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %26 = stablehlo.reshape %25 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %27 = stablehlo.dot_general %26, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %28 = stablehlo.reshape %27 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %29 = stablehlo.multiply %23, %28 : tensor<2x4x3x5xf32>
    %30 = stablehlo.constant dense<0.0> : tensor<f32>
    %31 = "stablehlo.reduce"(%29, %30) <{dimensions = array<i64: 3>}> ({
    ^bb0(%32: tensor<f32>, %33: tensor<f32>):
      %34 = stablehlo.add %32, %33 : tensor<f32>
      stablehlo.return %34 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %35 = stablehlo.broadcast_in_dim %31, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %36 = stablehlo.subtract %28, %35 : tensor<2x4x3x5xf32>
    %37 = stablehlo.multiply %23, %36 : tensor<2x4x3x5xf32>
    %38 = stablehlo.multiply %37, %8 : tensor<2x4x3x5xf32>
    %39 = stablehlo.convert %38 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %40 = stablehlo.reshape %39 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %41 = stablehlo.dot_general %40, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %42 = stablehlo.reshape %41 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %43 = stablehlo.transpose %42, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %44 = stablehlo.reshape %43 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %45 = stablehlo.dot_general %40, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x5x2xf32>
    %46 = stablehlo.transpose %45, dims = [0, 2, 1, 3] : (tensor<2x2x5x2xf32>) -> tensor<2x5x2x2xf32>
    %47 = stablehlo.convert %23 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %48 = stablehlo.reshape %47 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %49 = stablehlo.dot_general %48, %26, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x5x2xf32>
    %50 = stablehlo.transpose %49, dims = [0, 2, 1, 3] : (tensor<2x2x5x2xf32>) -> tensor<2x5x2x2xf32>
    %51 = "stablehlo.reduce"(%37, %30) <{dimensions = array<i64: 0>}> ({
    ^bb0(%52: tensor<f32>, %53: tensor<f32>):
      %54 = stablehlo.add %52, %53 : tensor<f32>
      stablehlo.return %54 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<4x3x5xf32>
    %55 = stablehlo.reshape %51 : (tensor<4x3x5xf32>) -> tensor<1x4x3x5xf32>
    %56 = stablehlo.convert %55 : (tensor<1x4x3x5xf32>) -> tensor<1x4x3x5xf32>
    return %44, %46, %50, %56 : tensor<2x3x4x2xf32>, tensor<2x5x2x2xf32>, tensor<2x5x2x2xf32>, tensor<1x4x3x5xf32>
  }
}

// -----

// attention_gradient(f64[2,2,1,3], f64[2,2,1,3], f64[2,2,1,3], f64[2,1,2,2], f64[2,2,1,3], f64[2,1,2], f64[2,2,1,3]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x2x1x3xf64>, %arg1: tensor<2x2x1x3xf64>, %arg2: tensor<2x2x1x3xf64>, %arg3: tensor<2x1x2x2xf64>, %arg4: tensor<2x2x1x3xf64>, %arg5: tensor<2x1x2xf64>, %arg6: tensor<2x2x1x3xf64>) -> (tensor<2x2x1x3xf64>, tensor<2x2x1x3xf64>, tensor<2x2x1x3xf64>, tensor<2x1x2x2xf64>) {
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
    %14 = stablehlo.broadcast_in_dim %arg5, dims = [0, 1, 2] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2xf64>
    %15 = stablehlo.subtract %13, %14 : tensor<2x1x2x2xf64>
    %16 = stablehlo.exponential %15 : tensor<2x1x2x2xf64>
    %17 = stablehlo.reshape %arg6 : (tensor<2x2x1x3xf64>) -> tensor<2x2x1x1x3xf64>
    %18 = stablehlo.transpose %17, dims = [0, 2, 3, 1, 4] : (tensor<2x2x1x1x3xf64>) -> tensor<2x1x1x2x3xf64>
    %19 = stablehlo.reshape %18 : (tensor<2x1x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %20 = stablehlo.dot_general %19, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x3xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x2xf64>
    %21 = stablehlo.reshape %20 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %22 = stablehlo.multiply %16, %21 : tensor<2x1x2x2xf64>
    %23 = stablehlo.constant dense<0.0> : tensor<f64>
    %24 = "stablehlo.reduce"(%22, %23) <{dimensions = array<i64: 3>}> ({
    ^bb0(%25: tensor<f64>, %26: tensor<f64>):
      %27 = stablehlo.add %25, %26 : tensor<f64>
      stablehlo.return %27 : tensor<f64>
    }) : (tensor<2x1x2x2xf64>, tensor<f64>) -> tensor<2x1x2xf64>
    %28 = stablehlo.broadcast_in_dim %24, dims = [0, 1, 2] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2xf64>
    %29 = stablehlo.subtract %21, %28 : tensor<2x1x2x2xf64>
    %30 = stablehlo.multiply %16, %29 : tensor<2x1x2x2xf64>
    %31 = stablehlo.multiply %30, %8 : tensor<2x1x2x2xf64>
    %32 = stablehlo.convert %31 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %33 = stablehlo.reshape %32 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %34 = stablehlo.dot_general %33, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %35 = stablehlo.reshape %34 : (tensor<2x1x2x3xf64>) -> tensor<2x1x1x2x3xf64>
    %36 = stablehlo.transpose %35, dims = [0, 3, 1, 2, 4] : (tensor<2x1x1x2x3xf64>) -> tensor<2x2x1x1x3xf64>
    %37 = stablehlo.reshape %36 : (tensor<2x2x1x1x3xf64>) -> tensor<2x2x1x3xf64>
    %38 = stablehlo.dot_general %33, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %39 = stablehlo.transpose %38, dims = [0, 2, 1, 3] : (tensor<2x1x2x3xf64>) -> tensor<2x2x1x3xf64>
    %40 = stablehlo.convert %16 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %41 = stablehlo.reshape %40 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %42 = stablehlo.dot_general %41, %19, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %43 = stablehlo.transpose %42, dims = [0, 2, 1, 3] : (tensor<2x1x2x3xf64>) -> tensor<2x2x1x3xf64>
    %44 = "stablehlo.reduce"(%30, %23) <{dimensions = array<i64: 1>}> ({
    ^bb0(%45: tensor<f64>, %46: tensor<f64>):
      %47 = stablehlo.add %45, %46 : tensor<f64>
      stablehlo.return %47 : tensor<f64>
    }) : (tensor<2x1x2x2xf64>, tensor<f64>) -> tensor<2x2x2xf64>
    %48 = stablehlo.reshape %44 : (tensor<2x2x2xf64>) -> tensor<2x1x2x2xf64>
    %49 = stablehlo.convert %48 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    return %37, %39, %43, %49 : tensor<2x2x1x3xf64>, tensor<2x2x1x3xf64>, tensor<2x2x1x3xf64>, tensor<2x1x2x2xf64>
  }
}

// -----

// attention_gradient(bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4], f32[1,2,2], bf16[1,2,2,4]) with {"causal":true,"scale":0.75}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<1x2x2x4xbf16>, %arg1: tensor<1x2x2x4xbf16>, %arg2: tensor<1x2x2x4xbf16>, %arg3: tensor<1x2x2x4xbf16>, %arg4: tensor<1x2x2xf32>, %arg5: tensor<1x2x2x4xbf16>) -> (tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>) {
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
    %17 = stablehlo.broadcast_in_dim %arg4, dims = [0, 1, 2] : (tensor<1x2x2xf32>) -> tensor<1x2x2x2xf32>
    %18 = stablehlo.subtract %16, %17 : tensor<1x2x2x2xf32>
    %19 = stablehlo.exponential %18 : tensor<1x2x2x2xf32>
    %20 = stablehlo.reshape %arg5 : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x1x4xbf16>
    %21 = stablehlo.transpose %20, dims = [0, 2, 3, 1, 4] : (tensor<1x2x2x1x4xbf16>) -> tensor<1x2x1x2x4xbf16>
    %22 = stablehlo.reshape %21 : (tensor<1x2x1x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %23 = stablehlo.dot_general %22, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x2xf32>
    %24 = stablehlo.reshape %23 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
    %25 = stablehlo.multiply %19, %24 : tensor<1x2x2x2xf32>
    %26 = stablehlo.constant dense<0.0> : tensor<f32>
    %27 = "stablehlo.reduce"(%25, %26) <{dimensions = array<i64: 3>}> ({
    ^bb0(%28: tensor<f32>, %29: tensor<f32>):
      %30 = stablehlo.add %28, %29 : tensor<f32>
      stablehlo.return %30 : tensor<f32>
    }) : (tensor<1x2x2x2xf32>, tensor<f32>) -> tensor<1x2x2xf32>
    %31 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (tensor<1x2x2xf32>) -> tensor<1x2x2x2xf32>
    %32 = stablehlo.subtract %24, %31 : tensor<1x2x2x2xf32>
    %33 = stablehlo.multiply %19, %32 : tensor<1x2x2x2xf32>
    %34 = stablehlo.multiply %33, %8 : tensor<1x2x2x2xf32>
    %35 = stablehlo.convert %34 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xbf16>
    %36 = stablehlo.reshape %35 : (tensor<1x2x2x2xbf16>) -> tensor<1x2x2x2xbf16>
    %37 = stablehlo.dot_general %36, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %38 = stablehlo.reshape %37 : (tensor<1x2x2x4xbf16>) -> tensor<1x2x1x2x4xbf16>
    %39 = stablehlo.transpose %38, dims = [0, 3, 1, 2, 4] : (tensor<1x2x1x2x4xbf16>) -> tensor<1x2x2x1x4xbf16>
    %40 = stablehlo.reshape %39 : (tensor<1x2x2x1x4xbf16>) -> tensor<1x2x2x4xbf16>
    %41 = stablehlo.dot_general %36, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %42 = stablehlo.transpose %41, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %43 = stablehlo.convert %19 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xbf16>
    %44 = stablehlo.reshape %43 : (tensor<1x2x2x2xbf16>) -> tensor<1x2x2x2xbf16>
    %45 = stablehlo.dot_general %44, %22, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %46 = stablehlo.transpose %45, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    return %40, %42, %46 : tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>
  }
}

// -----

// attention_gradient(f32[1,2,1,2], f32[1,0,1,2], f32[1,0,1,2], f32[1,2,1,2], f32[1,1,2], f32[1,2,1,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<1x2x1x2xf32>, %arg1: tensor<1x0x1x2xf32>, %arg2: tensor<1x0x1x2xf32>, %arg3: tensor<1x2x1x2xf32>, %arg4: tensor<1x1x2xf32>, %arg5: tensor<1x2x1x2xf32>) -> (tensor<1x2x1x2xf32>, tensor<1x0x1x2xf32>, tensor<1x0x1x2xf32>) {
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
    %10 = stablehlo.broadcast_in_dim %arg4, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<1x1x2x0xf32>
    %11 = stablehlo.subtract %9, %10 : tensor<1x1x2x0xf32>
    %12 = stablehlo.exponential %11 : tensor<1x1x2x0xf32>
    %13 = stablehlo.reshape %arg5 : (tensor<1x2x1x2xf32>) -> tensor<1x2x1x1x2xf32>
    %14 = stablehlo.transpose %13, dims = [0, 2, 3, 1, 4] : (tensor<1x2x1x1x2xf32>) -> tensor<1x1x1x2x2xf32>
    %15 = stablehlo.reshape %14 : (tensor<1x1x1x2x2xf32>) -> tensor<1x1x2x2xf32>
    %16 = stablehlo.dot_general %15, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x2xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x0xf32>
    %17 = stablehlo.reshape %16 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %18 = stablehlo.multiply %12, %17 : tensor<1x1x2x0xf32>
    %19 = stablehlo.constant dense<0.0> : tensor<f32>
    %20 = "stablehlo.reduce"(%18, %19) <{dimensions = array<i64: 3>}> ({
    ^bb0(%21: tensor<f32>, %22: tensor<f32>):
      %23 = stablehlo.add %21, %22 : tensor<f32>
      stablehlo.return %23 : tensor<f32>
    }) : (tensor<1x1x2x0xf32>, tensor<f32>) -> tensor<1x1x2xf32>
    %24 = stablehlo.broadcast_in_dim %20, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<1x1x2x0xf32>
    %25 = stablehlo.subtract %17, %24 : tensor<1x1x2x0xf32>
    %26 = stablehlo.multiply %12, %25 : tensor<1x1x2x0xf32>
    %27 = stablehlo.multiply %26, %8 : tensor<1x1x2x0xf32>
    %28 = stablehlo.convert %27 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %29 = stablehlo.reshape %28 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %30 = stablehlo.dot_general %29, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x2xf32>
    %31 = stablehlo.reshape %30 : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2x2xf32>
    %32 = stablehlo.transpose %31, dims = [0, 3, 1, 2, 4] : (tensor<1x1x1x2x2xf32>) -> tensor<1x2x1x1x2xf32>
    %33 = stablehlo.reshape %32 : (tensor<1x2x1x1x2xf32>) -> tensor<1x2x1x2xf32>
    %34 = stablehlo.dot_general %29, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x0x2xf32>
    %35 = stablehlo.transpose %34, dims = [0, 2, 1, 3] : (tensor<1x1x0x2xf32>) -> tensor<1x0x1x2xf32>
    %36 = stablehlo.convert %12 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %37 = stablehlo.reshape %36 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %38 = stablehlo.dot_general %37, %15, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x0x2xf32>
    %39 = stablehlo.transpose %38, dims = [0, 2, 1, 3] : (tensor<1x1x0x2xf32>) -> tensor<1x0x1x2xf32>
    return %33, %35, %39 : tensor<1x2x1x2xf32>, tensor<1x0x1x2xf32>, tensor<1x0x1x2xf32>
  }
}

// -----

// attention_gradient(f32[0,2,2,1], f32[0,3,1,1], f32[0,3,1,1], f32[1,1,2,3], f32[0,2,2,1], f32[0,2,2], f32[0,2,2,1]) with {"causal":true,"scale":0.75}
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<0x2x2x1xf32>, %arg1: tensor<0x3x1x1xf32>, %arg2: tensor<0x3x1x1xf32>, %arg3: tensor<1x1x2x3xf32>, %arg4: tensor<0x2x2x1xf32>, %arg5: tensor<0x2x2xf32>, %arg6: tensor<0x2x2x1xf32>) -> (tensor<0x2x2x1xf32>, tensor<0x3x1x1xf32>, tensor<0x3x1x1xf32>, tensor<1x1x2x3xf32>) {
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
    %21 = stablehlo.broadcast_in_dim %arg5, dims = [0, 1, 2] : (tensor<0x2x2xf32>) -> tensor<0x2x2x3xf32>
    %22 = stablehlo.subtract %20, %21 : tensor<0x2x2x3xf32>
    %23 = stablehlo.exponential %22 : tensor<0x2x2x3xf32>
    %24 = stablehlo.reshape %arg6 : (tensor<0x2x2x1xf32>) -> tensor<0x2x1x2x1xf32>
    %25 = stablehlo.transpose %24, dims = [0, 2, 3, 1, 4] : (tensor<0x2x1x2x1xf32>) -> tensor<0x1x2x2x1xf32>
    %26 = stablehlo.reshape %25 : (tensor<0x1x2x2x1xf32>) -> tensor<0x1x4x1xf32>
    %27 = stablehlo.dot_general %26, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x1xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x3xf32>
    %28 = stablehlo.reshape %27 : (tensor<0x1x4x3xf32>) -> tensor<0x2x2x3xf32>
    %29 = stablehlo.multiply %23, %28 : tensor<0x2x2x3xf32>
    %30 = stablehlo.constant dense<0.0> : tensor<f32>
    %31 = "stablehlo.reduce"(%29, %30) <{dimensions = array<i64: 3>}> ({
    ^bb0(%32: tensor<f32>, %33: tensor<f32>):
      %34 = stablehlo.add %32, %33 : tensor<f32>
      stablehlo.return %34 : tensor<f32>
    }) : (tensor<0x2x2x3xf32>, tensor<f32>) -> tensor<0x2x2xf32>
    %35 = stablehlo.broadcast_in_dim %31, dims = [0, 1, 2] : (tensor<0x2x2xf32>) -> tensor<0x2x2x3xf32>
    %36 = stablehlo.subtract %28, %35 : tensor<0x2x2x3xf32>
    %37 = stablehlo.multiply %23, %36 : tensor<0x2x2x3xf32>
    %38 = stablehlo.multiply %37, %8 : tensor<0x2x2x3xf32>
    %39 = stablehlo.convert %38 : (tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %40 = stablehlo.reshape %39 : (tensor<0x2x2x3xf32>) -> tensor<0x1x4x3xf32>
    %41 = stablehlo.dot_general %40, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x1xf32>
    %42 = stablehlo.reshape %41 : (tensor<0x1x4x1xf32>) -> tensor<0x1x2x2x1xf32>
    %43 = stablehlo.transpose %42, dims = [0, 3, 1, 2, 4] : (tensor<0x1x2x2x1xf32>) -> tensor<0x2x1x2x1xf32>
    %44 = stablehlo.reshape %43 : (tensor<0x2x1x2x1xf32>) -> tensor<0x2x2x1xf32>
    %45 = stablehlo.dot_general %40, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x4x1xf32>) -> tensor<0x1x3x1xf32>
    %46 = stablehlo.transpose %45, dims = [0, 2, 1, 3] : (tensor<0x1x3x1xf32>) -> tensor<0x3x1x1xf32>
    %47 = stablehlo.convert %23 : (tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %48 = stablehlo.reshape %47 : (tensor<0x2x2x3xf32>) -> tensor<0x1x4x3xf32>
    %49 = stablehlo.dot_general %48, %26, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x4x1xf32>) -> tensor<0x1x3x1xf32>
    %50 = stablehlo.transpose %49, dims = [0, 2, 1, 3] : (tensor<0x1x3x1xf32>) -> tensor<0x3x1x1xf32>
    %51 = "stablehlo.reduce"(%37, %30) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%52: tensor<f32>, %53: tensor<f32>):
      %54 = stablehlo.add %52, %53 : tensor<f32>
      stablehlo.return %54 : tensor<f32>
    }) : (tensor<0x2x2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %55 = stablehlo.reshape %51 : (tensor<2x3xf32>) -> tensor<1x1x2x3xf32>
    %56 = stablehlo.convert %55 : (tensor<1x1x2x3xf32>) -> tensor<1x1x2x3xf32>
    return %44, %46, %50, %56 : tensor<0x2x2x1xf32>, tensor<0x3x1x1xf32>, tensor<0x3x1x1xf32>, tensor<1x1x2x3xf32>
  }
}

// -----

// 
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<2x3x4x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>) {
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
    %23 = stablehlo.log %19 : tensor<2x4x3xf32>
    %24 = stablehlo.add %11, %23 : tensor<2x4x3xf32>
    %25 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<2x4x3xf32>
    %26 = stablehlo.compare EQ, %11, %25, FLOAT : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xi1>
    %27 = "stablehlo.select"(%26, %11, %24) : (tensor<2x4x3xi1>, tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %29 = stablehlo.subtract %9, %28 : tensor<2x4x3x4xf32>
    %30 = stablehlo.exponential %29 : tensor<2x4x3x4xf32>
    %31 = stablehlo.reshape %arg3 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %32 = stablehlo.transpose %31, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %33 = stablehlo.reshape %32 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %34 = stablehlo.dot_general %33, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %35 = stablehlo.reshape %34 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %36 = stablehlo.multiply %30, %35 : tensor<2x4x3x4xf32>
    %37 = "stablehlo.reduce"(%36, %18) <{dimensions = array<i64: 3>}> ({
    ^bb0(%38: tensor<f32>, %39: tensor<f32>):
      %40 = stablehlo.add %38, %39 : tensor<f32>
      stablehlo.return %40 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %41 = stablehlo.broadcast_in_dim %37, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %42 = stablehlo.subtract %35, %41 : tensor<2x4x3x4xf32>
    %43 = stablehlo.multiply %30, %42 : tensor<2x4x3x4xf32>
    %44 = stablehlo.multiply %43, %8 : tensor<2x4x3x4xf32>
    %45 = stablehlo.convert %44 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %46 = stablehlo.reshape %45 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %47 = stablehlo.dot_general %46, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %48 = stablehlo.reshape %47 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %49 = stablehlo.transpose %48, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %50 = stablehlo.reshape %49 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %51 = stablehlo.dot_general %46, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %52 = stablehlo.transpose %51, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    %53 = stablehlo.convert %30 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %54 = stablehlo.reshape %53 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %55 = stablehlo.dot_general %54, %33, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    return %50, %52, %56 : tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>
  }
}

// -----

// causal, with a bias for all
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<1x1x3x4xf32>, %arg4: tensor<2x3x4x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>, tensor<1x1x3x4xf32>) {
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
    %33 = stablehlo.log %29 : tensor<2x4x3xf32>
    %34 = stablehlo.add %21, %33 : tensor<2x4x3xf32>
    %35 = stablehlo.broadcast_in_dim %17, dims = [] : (tensor<f32>) -> tensor<2x4x3xf32>
    %36 = stablehlo.compare EQ, %21, %35, FLOAT : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xi1>
    %37 = "stablehlo.select"(%36, %21, %34) : (tensor<2x4x3xi1>, tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %39 = stablehlo.subtract %20, %38 : tensor<2x4x3x4xf32>
    %40 = stablehlo.exponential %39 : tensor<2x4x3x4xf32>
    %41 = stablehlo.reshape %arg4 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %42 = stablehlo.transpose %41, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %43 = stablehlo.reshape %42 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %44 = stablehlo.dot_general %43, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %45 = stablehlo.reshape %44 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %46 = stablehlo.multiply %40, %45 : tensor<2x4x3x4xf32>
    %47 = "stablehlo.reduce"(%46, %28) <{dimensions = array<i64: 3>}> ({
    ^bb0(%48: tensor<f32>, %49: tensor<f32>):
      %50 = stablehlo.add %48, %49 : tensor<f32>
      stablehlo.return %50 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %51 = stablehlo.broadcast_in_dim %47, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %52 = stablehlo.subtract %45, %51 : tensor<2x4x3x4xf32>
    %53 = stablehlo.multiply %40, %52 : tensor<2x4x3x4xf32>
    %54 = stablehlo.multiply %53, %8 : tensor<2x4x3x4xf32>
    %55 = stablehlo.convert %54 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %56 = stablehlo.reshape %55 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %57 = stablehlo.dot_general %56, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %58 = stablehlo.reshape %57 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %59 = stablehlo.transpose %58, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %60 = stablehlo.reshape %59 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %61 = stablehlo.dot_general %56, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %62 = stablehlo.transpose %61, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    %63 = stablehlo.convert %40 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %64 = stablehlo.reshape %63 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %65 = stablehlo.dot_general %64, %43, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %66 = stablehlo.transpose %65, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    %67 = "stablehlo.reduce"(%53, %28) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%68: tensor<f32>, %69: tensor<f32>):
      %70 = stablehlo.add %68, %69 : tensor<f32>
      stablehlo.return %70 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<3x4xf32>
    %71 = stablehlo.reshape %67 : (tensor<3x4xf32>) -> tensor<1x1x3x4xf32>
    %72 = stablehlo.convert %71 : (tensor<1x1x3x4xf32>) -> tensor<1x1x3x4xf32>
    return %60, %62, %66, %72 : tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>, tensor<1x1x3x4xf32>
  }
}

// -----

// with a bias for each head
module @jit_attention_gradient {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<2x4x3x4xf32>, %arg4: tensor<2x3x4x2xf32>) -> (tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x3x4xf32>) {
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
    %27 = stablehlo.log %23 : tensor<2x4x3xf32>
    %28 = stablehlo.add %15, %27 : tensor<2x4x3xf32>
    %29 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<f32>) -> tensor<2x4x3xf32>
    %30 = stablehlo.compare EQ, %15, %29, FLOAT : (tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xi1>
    %31 = "stablehlo.select"(%30, %15, %28) : (tensor<2x4x3xi1>, tensor<2x4x3xf32>, tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %33 = stablehlo.subtract %13, %32 : tensor<2x4x3x4xf32>
    %34 = stablehlo.exponential %33 : tensor<2x4x3x4xf32>
    %35 = stablehlo.reshape %arg4 : (tensor<2x3x4x2xf32>) -> tensor<2x3x2x2x2xf32>
    %36 = stablehlo.transpose %35, dims = [0, 2, 3, 1, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<2x2x2x3x2xf32>
    %37 = stablehlo.reshape %36 : (tensor<2x2x2x3x2xf32>) -> tensor<2x2x6x2xf32>
    %38 = stablehlo.dot_general %37, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %39 = stablehlo.reshape %38 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %40 = stablehlo.multiply %34, %39 : tensor<2x4x3x4xf32>
    %41 = "stablehlo.reduce"(%40, %22) <{dimensions = array<i64: 3>}> ({
    ^bb0(%42: tensor<f32>, %43: tensor<f32>):
      %44 = stablehlo.add %42, %43 : tensor<f32>
      stablehlo.return %44 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %45 = stablehlo.broadcast_in_dim %41, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %46 = stablehlo.subtract %39, %45 : tensor<2x4x3x4xf32>
    %47 = stablehlo.multiply %34, %46 : tensor<2x4x3x4xf32>
    %48 = stablehlo.multiply %47, %8 : tensor<2x4x3x4xf32>
    %49 = stablehlo.convert %48 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %50 = stablehlo.reshape %49 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %51 = stablehlo.dot_general %50, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %52 = stablehlo.reshape %51 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %53 = stablehlo.transpose %52, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %54 = stablehlo.reshape %53 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    %55 = stablehlo.dot_general %50, %2, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    %57 = stablehlo.convert %34 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %58 = stablehlo.reshape %57 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %59 = stablehlo.dot_general %58, %37, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x2xf32>) -> tensor<2x2x4x2xf32>
    %60 = stablehlo.transpose %59, dims = [0, 2, 1, 3] : (tensor<2x2x4x2xf32>) -> tensor<2x4x2x2xf32>
    %61 = stablehlo.reshape %47 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %62 = stablehlo.convert %61 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    return %54, %56, %60, %62 : tensor<2x3x4x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>, tensor<2x4x3x4xf32>
  }
}
