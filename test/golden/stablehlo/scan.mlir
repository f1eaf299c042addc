// a recurrence
module @jit_scan {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<3x2xf32>) -> (tensor<2xf32>, tensor<3x2xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3x2xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5, %6 = "stablehlo.while"(%2, %arg0, %arg1, %1) ({
    ^bb0(%7: tensor<i32>, %8: tensor<2xf32>, %9: tensor<3x2xf32>, %10: tensor<3x2xf32>):
      %11 = stablehlo.constant dense<3> : tensor<i32>
      %12 = stablehlo.compare LT, %7, %11, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }, {
    ^bb0(%13: tensor<i32>, %14: tensor<2xf32>, %15: tensor<3x2xf32>, %16: tensor<3x2xf32>):
      %17 = stablehlo.constant dense<0> : tensor<i32>
      %18 = stablehlo.dynamic_slice %15, %13, %17, sizes = [1, 2] : (tensor<3x2xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
      %19 = stablehlo.reshape %18 : (tensor<1x2xf32>) -> tensor<2xf32>
      %20 = stablehlo.add %14, %19 : tensor<2xf32>
      %21 = stablehlo.tanh %20 : tensor<2xf32>
      %22 = stablehlo.multiply %14, %19 : tensor<2xf32>
      %23 = stablehlo.reshape %22 : (tensor<2xf32>) -> tensor<1x2xf32>
      %24 = stablehlo.constant dense<0> : tensor<i32>
      %25 = stablehlo.dynamic_update_slice %16, %23, %13, %24 : (tensor<3x2xf32>, tensor<1x2xf32>, tensor<i32>, tensor<i32>) -> tensor<3x2xf32>
      %26 = stablehlo.constant dense<1> : tensor<i32>
      %27 = stablehlo.add %13, %26 : tensor<i32>
      stablehlo.return %27, %21, %15, %25 : tensor<i32>, tensor<2xf32>, tensor<3x2xf32>, tensor<3x2xf32>
    }) : (tensor<i32>, tensor<2xf32>, tensor<3x2xf32>, tensor<3x2xf32>) -> (tensor<i32>, tensor<2xf32>, tensor<3x2xf32>, tensor<3x2xf32>)
    return %4, %6 : tensor<2xf32>, tensor<3x2xf32>
  }
}

// -----

// backwards, with a constant
module @jit_scan {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>, %arg2: tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5, %6, %7 = "stablehlo.while"(%2, %arg0, %arg1, %arg2, %1) ({
    ^bb0(%8: tensor<i32>, %9: tensor<f32>, %10: tensor<f32>, %11: tensor<4xf32>, %12: tensor<4xf32>):
      %13 = stablehlo.constant dense<4> : tensor<i32>
      %14 = stablehlo.compare LT, %8, %13, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %14 : tensor<i1>
    }, {
    ^bb0(%15: tensor<i32>, %16: tensor<f32>, %17: tensor<f32>, %18: tensor<4xf32>, %19: tensor<4xf32>):
      %20 = stablehlo.constant dense<3> : tensor<i32>
      %21 = stablehlo.subtract %20, %15 : tensor<i32>
      %22 = stablehlo.dynamic_slice %18, %21, sizes = [1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
      %23 = stablehlo.reshape %22 : (tensor<1xf32>) -> tensor<f32>
      %24 = stablehlo.add %17, %23 : tensor<f32>
      %25 = stablehlo.multiply %16, %24 : tensor<f32>
      %26 = stablehlo.sine %25 : tensor<f32>
      %27 = stablehlo.reshape %17 : (tensor<f32>) -> tensor<1xf32>
      %28 = stablehlo.dynamic_update_slice %19, %27, %21 : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
      %29 = stablehlo.constant dense<1> : tensor<i32>
      %30 = stablehlo.add %15, %29 : tensor<i32>
      stablehlo.return %30, %16, %26, %18, %28 : tensor<i32>, tensor<f32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>
    }) : (tensor<i32>, tensor<f32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<i32>, tensor<f32>, tensor<f32>, tensor<4xf32>, tensor<4xf32>)
    return %5, %7 : tensor<f32>, tensor<4xf32>
  }
}

// -----

// of no steps
module @jit_scan {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<0xf32>) -> (tensor<f32>, tensor<0xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<0xf32>
    return %arg0, %1 : tensor<f32>, tensor<0xf32>
  }
}

// -----

// unrolled, with an integer in the carry
module @jit_scan {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<5xf32>) -> (tensor<i32>, tensor<f32>, tensor<5xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %3 = stablehlo.constant dense<0> : tensor<i32>
    %4, %5, %6, %7, %8 = "stablehlo.while"(%3, %0, %arg0, %arg1, %2) ({
    ^bb0(%9: tensor<i32>, %10: tensor<i32>, %11: tensor<f32>, %12: tensor<5xf32>, %13: tensor<5xf32>):
      %14 = stablehlo.constant dense<2> : tensor<i32>
      %15 = stablehlo.compare LT, %9, %14, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %15 : tensor<i1>
    }, {
    ^bb0(%16: tensor<i32>, %17: tensor<i32>, %18: tensor<f32>, %19: tensor<5xf32>, %20: tensor<5xf32>):
      %21 = stablehlo.constant dense<2> : tensor<i32>
      %22 = stablehlo.multiply %16, %21 : tensor<i32>
      %23 = stablehlo.dynamic_slice %19, %22, sizes = [1] : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
      %24 = stablehlo.reshape %23 : (tensor<1xf32>) -> tensor<f32>
      %25 = stablehlo.constant dense<1> : tensor<i32>
      %26 = stablehlo.add %17, %25 : tensor<i32>
      %27 = stablehlo.cosine %24 : tensor<f32>
      %28 = stablehlo.multiply %18, %27 : tensor<f32>
      %29 = stablehlo.convert %17 : (tensor<i32>) -> tensor<f32>
      %30 = stablehlo.multiply %24, %29 : tensor<f32>
      %31 = stablehlo.reshape %30 : (tensor<f32>) -> tensor<1xf32>
      %32 = stablehlo.dynamic_update_slice %20, %31, %22 : (tensor<5xf32>, tensor<1xf32>, tensor<i32>) -> tensor<5xf32>
      %33 = stablehlo.constant dense<1> : tensor<i32>
      %34 = stablehlo.add %22, %33 : tensor<i32>
      %35 = stablehlo.dynamic_slice %19, %34, sizes = [1] : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
      %36 = stablehlo.reshape %35 : (tensor<1xf32>) -> tensor<f32>
      %37 = stablehlo.constant dense<1> : tensor<i32>
      %38 = stablehlo.add %26, %37 : tensor<i32>
      %39 = stablehlo.cosine %36 : tensor<f32>
      %40 = stablehlo.multiply %28, %39 : tensor<f32>
      %41 = stablehlo.convert %26 : (tensor<i32>) -> tensor<f32>
      %42 = stablehlo.multiply %36, %41 : tensor<f32>
      %43 = stablehlo.reshape %42 : (tensor<f32>) -> tensor<1xf32>
      %44 = stablehlo.dynamic_update_slice %32, %43, %34 : (tensor<5xf32>, tensor<1xf32>, tensor<i32>) -> tensor<5xf32>
      %45 = stablehlo.constant dense<1> : tensor<i32>
      %46 = stablehlo.add %16, %45 : tensor<i32>
      stablehlo.return %46, %38, %40, %19, %44 : tensor<i32>, tensor<i32>, tensor<f32>, tensor<5xf32>, tensor<5xf32>
    }) : (tensor<i32>, tensor<i32>, tensor<f32>, tensor<5xf32>, tensor<5xf32>) -> (tensor<i32>, tensor<i32>, tensor<f32>, tensor<5xf32>, tensor<5xf32>)
    %47 = stablehlo.constant dense<4> : tensor<i32>
    %48 = stablehlo.dynamic_slice %arg1, %47, sizes = [1] : (tensor<5xf32>, tensor<i32>) -> tensor<1xf32>
    %49 = stablehlo.reshape %48 : (tensor<1xf32>) -> tensor<f32>
    %50 = stablehlo.constant dense<1> : tensor<i32>
    %51 = stablehlo.add %5, %50 : tensor<i32>
    %52 = stablehlo.cosine %49 : tensor<f32>
    %53 = stablehlo.multiply %6, %52 : tensor<f32>
    %54 = stablehlo.convert %5 : (tensor<i32>) -> tensor<f32>
    %55 = stablehlo.multiply %49, %54 : tensor<f32>
    %56 = stablehlo.reshape %55 : (tensor<f32>) -> tensor<1xf32>
    %57 = stablehlo.dynamic_update_slice %8, %56, %47 : (tensor<5xf32>, tensor<1xf32>, tensor<i32>) -> tensor<5xf32>
    return %51, %53, %57 : tensor<i32>, tensor<f32>, tensor<5xf32>
  }
}

// -----

// in a scan
module @jit_scan {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>) -> (tensor<f32>, tensor<2xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5, %6 = "stablehlo.while"(%2, %arg0, %arg1, %1) ({
    ^bb0(%7: tensor<i32>, %8: tensor<f32>, %9: tensor<2x3xf32>, %10: tensor<2xf32>):
      %11 = stablehlo.constant dense<2> : tensor<i32>
      %12 = stablehlo.compare LT, %7, %11, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }, {
    ^bb0(%13: tensor<i32>, %14: tensor<f32>, %15: tensor<2x3xf32>, %16: tensor<2xf32>):
      %17 = stablehlo.constant dense<0> : tensor<i32>
      %18 = stablehlo.dynamic_slice %15, %13, %17, sizes = [1, 3] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %19 = stablehlo.reshape %18 : (tensor<1x3xf32>) -> tensor<3xf32>
      %20 = stablehlo.constant dense<0.0> : tensor<f32>
      %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %22 = stablehlo.constant dense<0> : tensor<i32>
      %23, %24, %25, %26 = "stablehlo.while"(%22, %14, %19, %21) ({
      ^bb0(%27: tensor<i32>, %28: tensor<f32>, %29: tensor<3xf32>, %30: tensor<3xf32>):
        %31 = stablehlo.constant dense<3> : tensor<i32>
        %32 = stablehlo.compare LT, %27, %31, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %32 : tensor<i1>
      }, {
      ^bb0(%33: tensor<i32>, %34: tensor<f32>, %35: tensor<3xf32>, %36: tensor<3xf32>):
        %37 = stablehlo.dynamic_slice %35, %33, sizes = [1] : (tensor<3xf32>, tensor<i32>) -> tensor<1xf32>
        %38 = stablehlo.reshape %37 : (tensor<1xf32>) -> tensor<f32>
        %39 = stablehlo.add %34, %38 : tensor<f32>
        %40 = stablehlo.sine %39 : tensor<f32>
        %41 = stablehlo.multiply %34, %38 : tensor<f32>
        %42 = stablehlo.reshape %41 : (tensor<f32>) -> tensor<1xf32>
        %43 = stablehlo.dynamic_update_slice %36, %42, %33 : (tensor<3xf32>, tensor<1xf32>, tensor<i32>) -> tensor<3xf32>
        %44 = stablehlo.constant dense<1> : tensor<i32>
        %45 = stablehlo.add %33, %44 : tensor<i32>
        stablehlo.return %45, %40, %35, %43 : tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>
      }) : (tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>)
      %46 = stablehlo.constant dense<0.0> : tensor<f32>
      %47 = "stablehlo.reduce"(%26, %46) <{dimensions = array<i64: 0>}> ({
      ^bb0(%48: tensor<f32>, %49: tensor<f32>):
        %50 = stablehlo.add %48, %49 : tensor<f32>
        stablehlo.return %50 : tensor<f32>
      }) : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
      %51 = stablehlo.reshape %47 : (tensor<f32>) -> tensor<1xf32>
      %52 = stablehlo.dynamic_update_slice %16, %51, %13 : (tensor<2xf32>, tensor<1xf32>, tensor<i32>) -> tensor<2xf32>
      %53 = stablehlo.constant dense<1> : tensor<i32>
      %54 = stablehlo.add %13, %53 : tensor<i32>
      stablehlo.return %54, %24, %15, %52 : tensor<i32>, tensor<f32>, tensor<2x3xf32>, tensor<2xf32>
    }) : (tensor<i32>, tensor<f32>, tensor<2x3xf32>, tensor<2xf32>) -> (tensor<i32>, tensor<f32>, tensor<2x3xf32>, tensor<2xf32>)
    return %4, %6 : tensor<f32>, tensor<2xf32>
  }
}

// -----

// of a counter
module @jit_scan {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2, %3, %4 = "stablehlo.while"(%1, %0, %arg0) ({
    ^bb0(%5: tensor<i32>, %6: tensor<i32>, %7: tensor<3xf32>):
      %8 = stablehlo.constant dense<3> : tensor<i32>
      %9 = stablehlo.compare LT, %5, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %9 : tensor<i1>
    }, {
    ^bb0(%10: tensor<i32>, %11: tensor<i32>, %12: tensor<3xf32>):
      %13 = stablehlo.constant dense<1> : tensor<i32>
      %14 = stablehlo.add %11, %13 : tensor<i32>
      %15 = stablehlo.sine %12 : tensor<3xf32>
      %16 = stablehlo.multiply %12, %15 : tensor<3xf32>
      %17 = stablehlo.constant dense<1> : tensor<i32>
      %18 = stablehlo.add %10, %17 : tensor<i32>
      stablehlo.return %18, %14, %16 : tensor<i32>, tensor<i32>, tensor<3xf32>
    }) : (tensor<i32>, tensor<i32>, tensor<3xf32>) -> (tensor<i32>, tensor<i32>, tensor<3xf32>)
    return %4 : tensor<3xf32>
  }
}

// -----

// mapping rows
module @jit_scan {
  func.func public @main(%arg0: tensor<3x2xf32>) -> (tensor<3x2xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3x2xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5 = "stablehlo.while"(%2, %arg0, %1) ({
    ^bb0(%6: tensor<i32>, %7: tensor<3x2xf32>, %8: tensor<3x2xf32>):
      %9 = stablehlo.constant dense<3> : tensor<i32>
      %10 = stablehlo.compare LT, %6, %9, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %10 : tensor<i1>
    }, {
    ^bb0(%11: tensor<i32>, %12: tensor<3x2xf32>, %13: tensor<3x2xf32>):
      %14 = stablehlo.constant dense<0> : tensor<i32>
      %15 = stablehlo.dynamic_slice %12, %11, %14, sizes = [1, 2] : (tensor<3x2xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
      %16 = stablehlo.reshape %15 : (tensor<1x2xf32>) -> tensor<2xf32>
      %17 = stablehlo.exponential %16 : tensor<2xf32>
      %18 = stablehlo.constant dense<0.0> : tensor<f32>
      %19 = "stablehlo.reduce"(%16, %18) <{dimensions = array<i64: 0>}> ({
      ^bb0(%20: tensor<f32>, %21: tensor<f32>):
        %22 = stablehlo.add %20, %21 : tensor<f32>
        stablehlo.return %22 : tensor<f32>
      }) : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
      %23 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<f32>) -> tensor<2xf32>
      %24 = stablehlo.multiply %17, %23 : tensor<2xf32>
      %25 = stablehlo.reshape %24 : (tensor<2xf32>) -> tensor<1x2xf32>
      %26 = stablehlo.constant dense<0> : tensor<i32>
      %27 = stablehlo.dynamic_update_slice %13, %25, %11, %26 : (tensor<3x2xf32>, tensor<1x2xf32>, tensor<i32>, tensor<i32>) -> tensor<3x2xf32>
      %28 = stablehlo.constant dense<1> : tensor<i32>
      %29 = stablehlo.add %11, %28 : tensor<i32>
      stablehlo.return %29, %12, %27 : tensor<i32>, tensor<3x2xf32>, tensor<3x2xf32>
    }) : (tensor<i32>, tensor<3x2xf32>, tensor<3x2xf32>) -> (tensor<i32>, tensor<3x2xf32>, tensor<3x2xf32>)
    return %5 : tensor<3x2xf32>
  }
}
