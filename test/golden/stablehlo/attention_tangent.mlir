// attention_tangent(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[2,3,4,2], f32[2,4,3], f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>, %arg3: tensor<2x3x4x2xf32>, %arg4: tensor<2x4x3xf32>, %arg5: tensor<2x3x4x2xf32>, %arg6: tensor<2x5x2x2xf32>, %arg7: tensor<2x5x2x2xf32>) -> (tensor<2x3x4x2xf32>) {
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
    %16 = stablehlo.dot_general %15, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %17 = stablehlo.reshape %16 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %18 = stablehlo.transpose %arg6, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %19 = stablehlo.dot_general %2, %18, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %20 = stablehlo.reshape %19 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %21 = stablehlo.add %17, %20 : tensor<2x4x3x5xf32>
    %22 = stablehlo.constant dense<-0.5> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<f32>) -> tensor<2x4x3x5xf32>
    %24 = stablehlo.multiply %21, %23 : tensor<2x4x3x5xf32>
    %25 = stablehlo.multiply %12, %24 : tensor<2x4x3x5xf32>
    %26 = stablehlo.constant dense<0.0> : tensor<f32>
    %27 = "stablehlo.reduce"(%25, %26) <{dimensions = array<i64: 3>}> ({
    ^bb0(%28: tensor<f32>, %29: tensor<f32>):
      %30 = stablehlo.add %28, %29 : tensor<f32>
      stablehlo.return %30 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %31 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %32 = stablehlo.subtract %24, %31 : tensor<2x4x3x5xf32>
    %33 = stablehlo.multiply %12, %32 : tensor<2x4x3x5xf32>
    %34 = stablehlo.convert %33 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %35 = stablehlo.reshape %34 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %36 = stablehlo.dot_general %35, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %37 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %38 = stablehlo.convert %12 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %39 = stablehlo.reshape %38 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %40 = stablehlo.dot_general %39, %37, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %41 = stablehlo.add %36, %40 : tensor<2x2x6x2xf32>
    %42 = stablehlo.reshape %41 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %43 = stablehlo.transpose %42, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %44 = stablehlo.reshape %43 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %44 : tensor<2x3x4x2xf32>
  }
}

// -----

// attention_tangent(f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[1,4,3,5], f32[2,3,4,2], f32[2,4,3], f32[2,3,4,2], f32[2,5,2,2], f32[2,5,2,2], f32[1,4,3,5]) with {"causal":true,"scale":0.75}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x5x2x2xf32>, %arg2: tensor<2x5x2x2xf32>, %arg3: tensor<1x4x3x5xf32>, %arg4: tensor<2x3x4x2xf32>, %arg5: tensor<2x4x3xf32>, %arg6: tensor<2x3x4x2xf32>, %arg7: tensor<2x5x2x2xf32>, %arg8: tensor<2x5x2x2xf32>, %arg9: tensor<1x4x3x5xf32>) -> (tensor<2x3x4x2xf32>) {
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
    %27 = stablehlo.dot_general %26, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %28 = stablehlo.reshape %27 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %29 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %30 = stablehlo.dot_general %2, %29, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x5xf32>
    %31 = stablehlo.reshape %30 : (tensor<2x2x6x5xf32>) -> tensor<2x4x3x5xf32>
    %32 = stablehlo.add %28, %31 : tensor<2x4x3x5xf32>
    %33 = stablehlo.constant dense<0.75> : tensor<f32>
    %34 = stablehlo.broadcast_in_dim %33, dims = [] : (tensor<f32>) -> tensor<2x4x3x5xf32>
    %35 = stablehlo.multiply %32, %34 : tensor<2x4x3x5xf32>
    %36 = stablehlo.convert %arg9 : (tensor<1x4x3x5xf32>) -> tensor<1x4x3x5xf32>
    %37 = stablehlo.reshape %36 : (tensor<1x4x3x5xf32>) -> tensor<4x3x5xf32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [1, 2, 3] : (tensor<4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %39 = stablehlo.add %35, %38 : tensor<2x4x3x5xf32>
    %40 = stablehlo.multiply %23, %39 : tensor<2x4x3x5xf32>
    %41 = stablehlo.constant dense<0.0> : tensor<f32>
    %42 = "stablehlo.reduce"(%40, %41) <{dimensions = array<i64: 3>}> ({
    ^bb0(%43: tensor<f32>, %44: tensor<f32>):
      %45 = stablehlo.add %43, %44 : tensor<f32>
      stablehlo.return %45 : tensor<f32>
    }) : (tensor<2x4x3x5xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %46 = stablehlo.broadcast_in_dim %42, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x5xf32>
    %47 = stablehlo.subtract %39, %46 : tensor<2x4x3x5xf32>
    %48 = stablehlo.multiply %23, %47 : tensor<2x4x3x5xf32>
    %49 = stablehlo.convert %48 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %50 = stablehlo.reshape %49 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %51 = stablehlo.dot_general %50, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %52 = stablehlo.transpose %arg8, dims = [0, 2, 1, 3] : (tensor<2x5x2x2xf32>) -> tensor<2x2x5x2xf32>
    %53 = stablehlo.convert %23 : (tensor<2x4x3x5xf32>) -> tensor<2x4x3x5xf32>
    %54 = stablehlo.reshape %53 : (tensor<2x4x3x5xf32>) -> tensor<2x2x6x5xf32>
    %55 = stablehlo.dot_general %54, %52, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x5xf32>, tensor<2x2x5x2xf32>) -> tensor<2x2x6x2xf32>
    %56 = stablehlo.add %51, %55 : tensor<2x2x6x2xf32>
    %57 = stablehlo.reshape %56 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %58 = stablehlo.transpose %57, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %59 = stablehlo.reshape %58 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %59 : tensor<2x3x4x2xf32>
  }
}

// -----

// attention_tangent(f64[2,2,1,3], f64[2,2,1,3], f64[2,2,1,3], f64[2,1,2,2], f64[2,2,1,3], f64[2,1,2], f64[2,2,1,3], f64[2,2,1,3], f64[2,2,1,3], f64[2,1,2,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x2x1x3xf64>, %arg1: tensor<2x2x1x3xf64>, %arg2: tensor<2x2x1x3xf64>, %arg3: tensor<2x1x2x2xf64>, %arg4: tensor<2x2x1x3xf64>, %arg5: tensor<2x1x2xf64>, %arg6: tensor<2x2x1x3xf64>, %arg7: tensor<2x2x1x3xf64>, %arg8: tensor<2x2x1x3xf64>, %arg9: tensor<2x1x2x2xf64>) -> (tensor<2x2x1x3xf64>) {
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
    %20 = stablehlo.dot_general %19, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x3xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x2xf64>
    %21 = stablehlo.reshape %20 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %22 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<2x2x1x3xf64>) -> tensor<2x1x2x3xf64>
    %23 = stablehlo.dot_general %2, %22, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x3xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x2xf64>
    %24 = stablehlo.reshape %23 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %25 = stablehlo.add %21, %24 : tensor<2x1x2x2xf64>
    %26 = stablehlo.constant dense<-0.5> : tensor<f64>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<f64>) -> tensor<2x1x2x2xf64>
    %28 = stablehlo.multiply %25, %27 : tensor<2x1x2x2xf64>
    %29 = stablehlo.convert %arg9 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %30 = stablehlo.reshape %29 : (tensor<2x1x2x2xf64>) -> tensor<2x2x2xf64>
    %31 = stablehlo.broadcast_in_dim %30, dims = [0, 2, 3] : (tensor<2x2x2xf64>) -> tensor<2x1x2x2xf64>
    %32 = stablehlo.add %28, %31 : tensor<2x1x2x2xf64>
    %33 = stablehlo.multiply %16, %32 : tensor<2x1x2x2xf64>
    %34 = stablehlo.constant dense<0.0> : tensor<f64>
    %35 = "stablehlo.reduce"(%33, %34) <{dimensions = array<i64: 3>}> ({
    ^bb0(%36: tensor<f64>, %37: tensor<f64>):
      %38 = stablehlo.add %36, %37 : tensor<f64>
      stablehlo.return %38 : tensor<f64>
    }) : (tensor<2x1x2x2xf64>, tensor<f64>) -> tensor<2x1x2xf64>
    %39 = stablehlo.broadcast_in_dim %35, dims = [0, 1, 2] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2xf64>
    %40 = stablehlo.subtract %32, %39 : tensor<2x1x2x2xf64>
    %41 = stablehlo.multiply %16, %40 : tensor<2x1x2x2xf64>
    %42 = stablehlo.convert %41 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %43 = stablehlo.reshape %42 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %44 = stablehlo.dot_general %43, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %45 = stablehlo.transpose %arg8, dims = [0, 2, 1, 3] : (tensor<2x2x1x3xf64>) -> tensor<2x1x2x3xf64>
    %46 = stablehlo.convert %16 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %47 = stablehlo.reshape %46 : (tensor<2x1x2x2xf64>) -> tensor<2x1x2x2xf64>
    %48 = stablehlo.dot_general %47, %45, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<2x1x2x2xf64>, tensor<2x1x2x3xf64>) -> tensor<2x1x2x3xf64>
    %49 = stablehlo.add %44, %48 : tensor<2x1x2x3xf64>
    %50 = stablehlo.reshape %49 : (tensor<2x1x2x3xf64>) -> tensor<2x1x1x2x3xf64>
    %51 = stablehlo.transpose %50, dims = [0, 3, 1, 2, 4] : (tensor<2x1x1x2x3xf64>) -> tensor<2x2x1x1x3xf64>
    %52 = stablehlo.reshape %51 : (tensor<2x2x1x1x3xf64>) -> tensor<2x2x1x3xf64>
    return %52 : tensor<2x2x1x3xf64>
  }
}

// -----

// attention_tangent(bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4], f32[1,2,2], bf16[1,2,2,4], bf16[1,2,2,4], bf16[1,2,2,4]) with {"causal":true,"scale":0.75}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<1x2x2x4xbf16>, %arg1: tensor<1x2x2x4xbf16>, %arg2: tensor<1x2x2x4xbf16>, %arg3: tensor<1x2x2x4xbf16>, %arg4: tensor<1x2x2xf32>, %arg5: tensor<1x2x2x4xbf16>, %arg6: tensor<1x2x2x4xbf16>, %arg7: tensor<1x2x2x4xbf16>) -> (tensor<1x2x2x4xbf16>) {
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
    %23 = stablehlo.dot_general %22, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x2xf32>
    %24 = stablehlo.reshape %23 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
    %25 = stablehlo.transpose %arg6, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %26 = stablehlo.dot_general %2, %25, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x4xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x2xf32>
    %27 = stablehlo.reshape %26 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
    %28 = stablehlo.add %24, %27 : tensor<1x2x2x2xf32>
    %29 = stablehlo.constant dense<0.75> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [] : (tensor<f32>) -> tensor<1x2x2x2xf32>
    %31 = stablehlo.multiply %28, %30 : tensor<1x2x2x2xf32>
    %32 = stablehlo.multiply %19, %31 : tensor<1x2x2x2xf32>
    %33 = stablehlo.constant dense<0.0> : tensor<f32>
    %34 = "stablehlo.reduce"(%32, %33) <{dimensions = array<i64: 3>}> ({
    ^bb0(%35: tensor<f32>, %36: tensor<f32>):
      %37 = stablehlo.add %35, %36 : tensor<f32>
      stablehlo.return %37 : tensor<f32>
    }) : (tensor<1x2x2x2xf32>, tensor<f32>) -> tensor<1x2x2xf32>
    %38 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<1x2x2xf32>) -> tensor<1x2x2x2xf32>
    %39 = stablehlo.subtract %31, %38 : tensor<1x2x2x2xf32>
    %40 = stablehlo.multiply %19, %39 : tensor<1x2x2x2xf32>
    %41 = stablehlo.convert %40 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xbf16>
    %42 = stablehlo.reshape %41 : (tensor<1x2x2x2xbf16>) -> tensor<1x2x2x2xbf16>
    %43 = stablehlo.dot_general %42, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %44 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %45 = stablehlo.convert %19 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xbf16>
    %46 = stablehlo.reshape %45 : (tensor<1x2x2x2xbf16>) -> tensor<1x2x2x2xbf16>
    %47 = stablehlo.dot_general %46, %44, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<1x2x2x2xbf16>, tensor<1x2x2x4xbf16>) -> tensor<1x2x2x4xbf16>
    %48 = stablehlo.add %43, %47 : tensor<1x2x2x4xbf16>
    %49 = stablehlo.reshape %48 : (tensor<1x2x2x4xbf16>) -> tensor<1x2x1x2x4xbf16>
    %50 = stablehlo.transpose %49, dims = [0, 3, 1, 2, 4] : (tensor<1x2x1x2x4xbf16>) -> tensor<1x2x2x1x4xbf16>
    %51 = stablehlo.reshape %50 : (tensor<1x2x2x1x4xbf16>) -> tensor<1x2x2x4xbf16>
    return %51 : tensor<1x2x2x4xbf16>
  }
}

// -----

// attention_tangent(f32[1,2,1,2], f32[1,0,1,2], f32[1,0,1,2], f32[1,2,1,2], f32[1,1,2], f32[1,2,1,2], f32[1,0,1,2], f32[1,0,1,2]) with {"causal":false,"scale":-0.5,"precision":"highest"}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<1x2x1x2xf32>, %arg1: tensor<1x0x1x2xf32>, %arg2: tensor<1x0x1x2xf32>, %arg3: tensor<1x2x1x2xf32>, %arg4: tensor<1x1x2xf32>, %arg5: tensor<1x2x1x2xf32>, %arg6: tensor<1x0x1x2xf32>, %arg7: tensor<1x0x1x2xf32>) -> (tensor<1x2x1x2xf32>) {
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
    %16 = stablehlo.dot_general %15, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x2xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x0xf32>
    %17 = stablehlo.reshape %16 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %18 = stablehlo.transpose %arg6, dims = [0, 2, 1, 3] : (tensor<1x0x1x2xf32>) -> tensor<1x1x0x2xf32>
    %19 = stablehlo.dot_general %2, %18, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x2xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x0xf32>
    %20 = stablehlo.reshape %19 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %21 = stablehlo.add %17, %20 : tensor<1x1x2x0xf32>
    %22 = stablehlo.constant dense<-0.5> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<f32>) -> tensor<1x1x2x0xf32>
    %24 = stablehlo.multiply %21, %23 : tensor<1x1x2x0xf32>
    %25 = stablehlo.multiply %12, %24 : tensor<1x1x2x0xf32>
    %26 = stablehlo.constant dense<0.0> : tensor<f32>
    %27 = "stablehlo.reduce"(%25, %26) <{dimensions = array<i64: 3>}> ({
    ^bb0(%28: tensor<f32>, %29: tensor<f32>):
      %30 = stablehlo.add %28, %29 : tensor<f32>
      stablehlo.return %30 : tensor<f32>
    }) : (tensor<1x1x2x0xf32>, tensor<f32>) -> tensor<1x1x2xf32>
    %31 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<1x1x2x0xf32>
    %32 = stablehlo.subtract %24, %31 : tensor<1x1x2x0xf32>
    %33 = stablehlo.multiply %12, %32 : tensor<1x1x2x0xf32>
    %34 = stablehlo.convert %33 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %35 = stablehlo.reshape %34 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %36 = stablehlo.dot_general %35, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x2xf32>
    %37 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<1x0x1x2xf32>) -> tensor<1x1x0x2xf32>
    %38 = stablehlo.convert %12 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %39 = stablehlo.reshape %38 : (tensor<1x1x2x0xf32>) -> tensor<1x1x2x0xf32>
    %40 = stablehlo.dot_general %39, %37, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x1x2x0xf32>, tensor<1x1x0x2xf32>) -> tensor<1x1x2x2xf32>
    %41 = stablehlo.add %36, %40 : tensor<1x1x2x2xf32>
    %42 = stablehlo.reshape %41 : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2x2xf32>
    %43 = stablehlo.transpose %42, dims = [0, 3, 1, 2, 4] : (tensor<1x1x1x2x2xf32>) -> tensor<1x2x1x1x2xf32>
    %44 = stablehlo.reshape %43 : (tensor<1x2x1x1x2xf32>) -> tensor<1x2x1x2xf32>
    return %44 : tensor<1x2x1x2xf32>
  }
}

// -----

// attention_tangent(f32[0,2,2,1], f32[0,3,1,1], f32[0,3,1,1], f32[1,1,2,3], f32[0,2,2,1], f32[0,2,2], f32[0,2,2,1], f32[0,3,1,1], f32[0,3,1,1], f32[1,1,2,3]) with {"causal":true,"scale":0.75}
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<0x2x2x1xf32>, %arg1: tensor<0x3x1x1xf32>, %arg2: tensor<0x3x1x1xf32>, %arg3: tensor<1x1x2x3xf32>, %arg4: tensor<0x2x2x1xf32>, %arg5: tensor<0x2x2xf32>, %arg6: tensor<0x2x2x1xf32>, %arg7: tensor<0x3x1x1xf32>, %arg8: tensor<0x3x1x1xf32>, %arg9: tensor<1x1x2x3xf32>) -> (tensor<0x2x2x1xf32>) {
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
    %27 = stablehlo.dot_general %26, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x1xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x3xf32>
    %28 = stablehlo.reshape %27 : (tensor<0x1x4x3xf32>) -> tensor<0x2x2x3xf32>
    %29 = stablehlo.transpose %arg7, dims = [0, 2, 1, 3] : (tensor<0x3x1x1xf32>) -> tensor<0x1x3x1xf32>
    %30 = stablehlo.dot_general %2, %29, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x1xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x3xf32>
    %31 = stablehlo.reshape %30 : (tensor<0x1x4x3xf32>) -> tensor<0x2x2x3xf32>
    %32 = stablehlo.add %28, %31 : tensor<0x2x2x3xf32>
    %33 = stablehlo.constant dense<0.75> : tensor<f32>
    %34 = stablehlo.broadcast_in_dim %33, dims = [] : (tensor<f32>) -> tensor<0x2x2x3xf32>
    %35 = stablehlo.multiply %32, %34 : tensor<0x2x2x3xf32>
    %36 = stablehlo.convert %arg9 : (tensor<1x1x2x3xf32>) -> tensor<1x1x2x3xf32>
    %37 = stablehlo.reshape %36 : (tensor<1x1x2x3xf32>) -> tensor<2x3xf32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [2, 3] : (tensor<2x3xf32>) -> tensor<0x2x2x3xf32>
    %39 = stablehlo.add %35, %38 : tensor<0x2x2x3xf32>
    %40 = stablehlo.multiply %23, %39 : tensor<0x2x2x3xf32>
    %41 = stablehlo.constant dense<0.0> : tensor<f32>
    %42 = "stablehlo.reduce"(%40, %41) <{dimensions = array<i64: 3>}> ({
    ^bb0(%43: tensor<f32>, %44: tensor<f32>):
      %45 = stablehlo.add %43, %44 : tensor<f32>
      stablehlo.return %45 : tensor<f32>
    }) : (tensor<0x2x2x3xf32>, tensor<f32>) -> tensor<0x2x2xf32>
    %46 = stablehlo.broadcast_in_dim %42, dims = [0, 1, 2] : (tensor<0x2x2xf32>) -> tensor<0x2x2x3xf32>
    %47 = stablehlo.subtract %39, %46 : tensor<0x2x2x3xf32>
    %48 = stablehlo.multiply %23, %47 : tensor<0x2x2x3xf32>
    %49 = stablehlo.convert %48 : (tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %50 = stablehlo.reshape %49 : (tensor<0x2x2x3xf32>) -> tensor<0x1x4x3xf32>
    %51 = stablehlo.dot_general %50, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x1xf32>
    %52 = stablehlo.transpose %arg8, dims = [0, 2, 1, 3] : (tensor<0x3x1x1xf32>) -> tensor<0x1x3x1xf32>
    %53 = stablehlo.convert %23 : (tensor<0x2x2x3xf32>) -> tensor<0x2x2x3xf32>
    %54 = stablehlo.reshape %53 : (tensor<0x2x2x3xf32>) -> tensor<0x1x4x3xf32>
    %55 = stablehlo.dot_general %54, %52, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<0x1x4x3xf32>, tensor<0x1x3x1xf32>) -> tensor<0x1x4x1xf32>
    %56 = stablehlo.add %51, %55 : tensor<0x1x4x1xf32>
    %57 = stablehlo.reshape %56 : (tensor<0x1x4x1xf32>) -> tensor<0x1x2x2x1xf32>
    %58 = stablehlo.transpose %57, dims = [0, 3, 1, 2, 4] : (tensor<0x1x2x2x1xf32>) -> tensor<0x2x1x2x1xf32>
    %59 = stablehlo.reshape %58 : (tensor<0x2x1x2x1xf32>) -> tensor<0x2x2x1xf32>
    return %59 : tensor<0x2x2x1xf32>
  }
}

// -----

// 
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<2x3x4x2xf32>, %arg4: tensor<2x4x2x2xf32>, %arg5: tensor<2x4x2x2xf32>) -> (tensor<2x3x4x2xf32>) {
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
    %34 = stablehlo.dot_general %33, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %35 = stablehlo.reshape %34 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %36 = stablehlo.transpose %arg4, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %37 = stablehlo.dot_general %2, %36, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %38 = stablehlo.reshape %37 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %39 = stablehlo.add %35, %38 : tensor<2x4x3x4xf32>
    %40 = stablehlo.multiply %39, %8 : tensor<2x4x3x4xf32>
    %41 = stablehlo.multiply %30, %40 : tensor<2x4x3x4xf32>
    %42 = "stablehlo.reduce"(%41, %18) <{dimensions = array<i64: 3>}> ({
    ^bb0(%43: tensor<f32>, %44: tensor<f32>):
      %45 = stablehlo.add %43, %44 : tensor<f32>
      stablehlo.return %45 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %46 = stablehlo.broadcast_in_dim %42, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %47 = stablehlo.subtract %40, %46 : tensor<2x4x3x4xf32>
    %48 = stablehlo.multiply %30, %47 : tensor<2x4x3x4xf32>
    %49 = stablehlo.convert %48 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %50 = stablehlo.reshape %49 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %51 = stablehlo.dot_general %50, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %52 = stablehlo.transpose %arg5, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %53 = stablehlo.convert %30 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %54 = stablehlo.reshape %53 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %55 = stablehlo.dot_general %54, %52, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %56 = stablehlo.add %51, %55 : tensor<2x2x6x2xf32>
    %57 = stablehlo.reshape %56 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %58 = stablehlo.transpose %57, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %59 = stablehlo.reshape %58 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %59 : tensor<2x3x4x2xf32>
  }
}

// -----

// causal, with a bias for all
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<1x1x3x4xf32>, %arg4: tensor<2x3x4x2xf32>, %arg5: tensor<2x4x2x2xf32>, %arg6: tensor<2x4x2x2xf32>, %arg7: tensor<1x1x3x4xf32>) -> (tensor<2x3x4x2xf32>) {
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
    %44 = stablehlo.dot_general %43, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %45 = stablehlo.reshape %44 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %46 = stablehlo.transpose %arg5, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %47 = stablehlo.dot_general %2, %46, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %48 = stablehlo.reshape %47 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %49 = stablehlo.add %45, %48 : tensor<2x4x3x4xf32>
    %50 = stablehlo.multiply %49, %8 : tensor<2x4x3x4xf32>
    %51 = stablehlo.convert %arg7 : (tensor<1x1x3x4xf32>) -> tensor<1x1x3x4xf32>
    %52 = stablehlo.reshape %51 : (tensor<1x1x3x4xf32>) -> tensor<3x4xf32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [2, 3] : (tensor<3x4xf32>) -> tensor<2x4x3x4xf32>
    %54 = stablehlo.add %50, %53 : tensor<2x4x3x4xf32>
    %55 = stablehlo.multiply %40, %54 : tensor<2x4x3x4xf32>
    %56 = "stablehlo.reduce"(%55, %28) <{dimensions = array<i64: 3>}> ({
    ^bb0(%57: tensor<f32>, %58: tensor<f32>):
      %59 = stablehlo.add %57, %58 : tensor<f32>
      stablehlo.return %59 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %60 = stablehlo.broadcast_in_dim %56, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %61 = stablehlo.subtract %54, %60 : tensor<2x4x3x4xf32>
    %62 = stablehlo.multiply %40, %61 : tensor<2x4x3x4xf32>
    %63 = stablehlo.convert %62 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %64 = stablehlo.reshape %63 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %65 = stablehlo.dot_general %64, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %66 = stablehlo.transpose %arg6, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %67 = stablehlo.convert %40 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %68 = stablehlo.reshape %67 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %69 = stablehlo.dot_general %68, %66, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %70 = stablehlo.add %65, %69 : tensor<2x2x6x2xf32>
    %71 = stablehlo.reshape %70 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %72 = stablehlo.transpose %71, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %73 = stablehlo.reshape %72 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %73 : tensor<2x3x4x2xf32>
  }
}

// -----

// with a bias for each head
module @jit_attention_tangent {
  func.func public @main(%arg0: tensor<2x3x4x2xf32>, %arg1: tensor<2x4x2x2xf32>, %arg2: tensor<2x4x2x2xf32>, %arg3: tensor<2x4x3x4xf32>, %arg4: tensor<2x3x4x2xf32>, %arg5: tensor<2x4x2x2xf32>, %arg6: tensor<2x4x2x2xf32>, %arg7: tensor<2x4x3x4xf32>) -> (tensor<2x3x4x2xf32>) {
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
    %38 = stablehlo.dot_general %37, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %39 = stablehlo.reshape %38 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %40 = stablehlo.transpose %arg5, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %41 = stablehlo.dot_general %2, %40, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x2xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x4xf32>
    %42 = stablehlo.reshape %41 : (tensor<2x2x6x4xf32>) -> tensor<2x4x3x4xf32>
    %43 = stablehlo.add %39, %42 : tensor<2x4x3x4xf32>
    %44 = stablehlo.multiply %43, %8 : tensor<2x4x3x4xf32>
    %45 = stablehlo.convert %arg7 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %46 = stablehlo.reshape %45 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [0, 1, 2, 3] : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %48 = stablehlo.add %44, %47 : tensor<2x4x3x4xf32>
    %49 = stablehlo.multiply %34, %48 : tensor<2x4x3x4xf32>
    %50 = "stablehlo.reduce"(%49, %22) <{dimensions = array<i64: 3>}> ({
    ^bb0(%51: tensor<f32>, %52: tensor<f32>):
      %53 = stablehlo.add %51, %52 : tensor<f32>
      stablehlo.return %53 : tensor<f32>
    }) : (tensor<2x4x3x4xf32>, tensor<f32>) -> tensor<2x4x3xf32>
    %54 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2] : (tensor<2x4x3xf32>) -> tensor<2x4x3x4xf32>
    %55 = stablehlo.subtract %48, %54 : tensor<2x4x3x4xf32>
    %56 = stablehlo.multiply %34, %55 : tensor<2x4x3x4xf32>
    %57 = stablehlo.convert %56 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %58 = stablehlo.reshape %57 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %59 = stablehlo.dot_general %58, %4, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %60 = stablehlo.transpose %arg6, dims = [0, 2, 1, 3] : (tensor<2x4x2x2xf32>) -> tensor<2x2x4x2xf32>
    %61 = stablehlo.convert %34 : (tensor<2x4x3x4xf32>) -> tensor<2x4x3x4xf32>
    %62 = stablehlo.reshape %61 : (tensor<2x4x3x4xf32>) -> tensor<2x2x6x4xf32>
    %63 = stablehlo.dot_general %62, %60, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x2xf32>) -> tensor<2x2x6x2xf32>
    %64 = stablehlo.add %59, %63 : tensor<2x2x6x2xf32>
    %65 = stablehlo.reshape %64 : (tensor<2x2x6x2xf32>) -> tensor<2x2x2x3x2xf32>
    %66 = stablehlo.transpose %65, dims = [0, 3, 1, 2, 4] : (tensor<2x2x2x3x2xf32>) -> tensor<2x3x2x2x2xf32>
    %67 = stablehlo.reshape %66 : (tensor<2x3x2x2x2xf32>) -> tensor<2x3x4x2xf32>
    return %67 : tensor<2x3x4x2xf32>
  }
}
