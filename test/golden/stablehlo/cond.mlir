// of two
module @jit_cond {
  func.func public @main(%arg0: tensor<i1>, %arg1: tensor<3xf32>, %arg2: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.convert %arg0 : (tensor<i1>) -> tensor<i32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3 = stablehlo.constant dense<1> : tensor<i32>
    %4 = stablehlo.clamp %2, %0, %3 : tensor<i32>
    %1 = "stablehlo.case"(%4) ({
      %5 = "chlo.square"(%arg2) : (tensor<3xf32>) -> tensor<3xf32>
      stablehlo.return %5 : tensor<3xf32>
    }, {
      %6 = stablehlo.sine %arg1 : tensor<3xf32>
      %7 = stablehlo.multiply %6, %arg2 : tensor<3xf32>
      stablehlo.return %7 : tensor<3xf32>
    }) : (tensor<i32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// of three, with residuals of different types
module @jit_cond {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<3xf32>) -> (tensor<f32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.constant dense<2> : tensor<i32>
    %2 = "stablehlo.clamp"(%0, %arg0, %1) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %4 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.constant dense<2> : tensor<i32>
    %6 = stablehlo.clamp %4, %2, %5 : tensor<i32>
    %3 = "stablehlo.case"(%6) ({
      %7 = stablehlo.constant dense<0.0> : tensor<f32>
      %8 = "stablehlo.reduce"(%arg1, %7) <{dimensions = array<i64: 0>}> ({
      ^bb0(%9: tensor<f32>, %10: tensor<f32>):
        %11 = stablehlo.add %9, %10 : tensor<f32>
        stablehlo.return %11 : tensor<f32>
      }) : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
      %12 = stablehlo.exponential %8 : tensor<f32>
      stablehlo.return %12 : tensor<f32>
    }, {
      %13 = stablehlo.sine %arg1 : tensor<3xf32>
      %14 = stablehlo.cosine %arg1 : tensor<3xf32>
      %15 = stablehlo.multiply %13, %14 : tensor<3xf32>
      %16 = stablehlo.constant dense<0.0> : tensor<f32>
      %17 = "stablehlo.reduce"(%15, %16) <{dimensions = array<i64: 0>}> ({
      ^bb0(%18: tensor<f32>, %19: tensor<f32>):
        %20 = stablehlo.add %18, %19 : tensor<f32>
        stablehlo.return %20 : tensor<f32>
      }) : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %17 : tensor<f32>
    }, {
      %21 = stablehlo.constant dense<2.0> : tensor<f32>
      stablehlo.return %21 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %3 : tensor<f32>
  }
}

// -----

// on a value that is differentiated, over captured tensors
module @jit_cond {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.add %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
    %5 = stablehlo.constant dense<0.0> : tensor<f32>
    %6 = stablehlo.compare GT, %1, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %7 = stablehlo.convert %6 : (tensor<i1>) -> tensor<i32>
    %9 = stablehlo.constant dense<0> : tensor<i32>
    %10 = stablehlo.constant dense<1> : tensor<i32>
    %11 = stablehlo.clamp %9, %7, %10 : tensor<i32>
    %8 = "stablehlo.case"(%11) ({
      %12 = stablehlo.sine %arg0 : tensor<2xf32>
      %13 = stablehlo.subtract %12, %arg1 : tensor<2xf32>
      stablehlo.return %13 : tensor<2xf32>
    }, {
      %14 = stablehlo.multiply %arg0, %arg1 : tensor<2xf32>
      stablehlo.return %14 : tensor<2xf32>
    }) : (tensor<i32>) -> tensor<2xf32>
    return %8 : tensor<2xf32>
  }
}

// -----

// in a scan
module @jit_cond {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>) {
    %0 = stablehlo.constant dense<0.7> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %3 = stablehlo.constant dense<0> : tensor<i32>
    %4, %5, %6, %7 = "stablehlo.while"(%3, %0, %arg0, %2) ({
    ^bb0(%8: tensor<i32>, %9: tensor<f32>, %10: tensor<4xf32>, %11: tensor<4xf32>):
      %12 = stablehlo.constant dense<4> : tensor<i32>
      %13 = stablehlo.compare LT, %8, %12, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %13 : tensor<i1>
    }, {
    ^bb0(%14: tensor<i32>, %15: tensor<f32>, %16: tensor<4xf32>, %17: tensor<4xf32>):
      %18 = stablehlo.dynamic_slice %16, %14, sizes = [1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
      %19 = stablehlo.reshape %18 : (tensor<1xf32>) -> tensor<f32>
      %20 = stablehlo.constant dense<0.0> : tensor<f32>
      %21 = stablehlo.compare GT, %19, %20, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %22 = stablehlo.convert %21 : (tensor<i1>) -> tensor<i32>
      %24 = stablehlo.constant dense<0> : tensor<i32>
      %25 = stablehlo.constant dense<1> : tensor<i32>
      %26 = stablehlo.clamp %24, %22, %25 : tensor<i32>
      %23 = "stablehlo.case"(%26) ({
        %27 = stablehlo.multiply %15, %19 : tensor<f32>
        stablehlo.return %27 : tensor<f32>
      }, {
        %28 = stablehlo.sine %15 : tensor<f32>
        stablehlo.return %28 : tensor<f32>
      }) : (tensor<i32>) -> tensor<f32>
      %29 = stablehlo.multiply %23, %19 : tensor<f32>
      %30 = stablehlo.reshape %29 : (tensor<f32>) -> tensor<1xf32>
      %31 = stablehlo.dynamic_update_slice %17, %30, %14 : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
      %32 = stablehlo.constant dense<1> : tensor<i32>
      %33 = stablehlo.add %14, %32 : tensor<i32>
      stablehlo.return %33, %23, %16, %31 : tensor<i32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>
    }) : (tensor<i32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<i32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>)
    return %5, %7 : tensor<f32>, tensor<4xf32>
  }
}
