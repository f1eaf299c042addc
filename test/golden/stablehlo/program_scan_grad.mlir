// scan_grad
module @jit_program_scan_grad {
  func.func public @main(%arg0: tensor<3x3xf32>, %arg1: tensor<5x3xf32>) -> (tensor<3x3xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.constant dense<0.0> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<f32>) -> tensor<5x3xf32>
    %4 = stablehlo.constant dense<0.0> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<f32>) -> tensor<5x3xf32>
    %6 = stablehlo.constant dense<0.0> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<f32>) -> tensor<5x3xf32>
    %8 = stablehlo.constant dense<0> : tensor<i32>
    %9, %10, %11, %12, %13, %14, %15 = "stablehlo.while"(%8, %arg0, %1, %arg1, %3, %5, %7) ({
    ^bb0(%16: tensor<i32>, %17: tensor<3x3xf32>, %18: tensor<3xf32>, %19: tensor<5x3xf32>, %20: tensor<5x3xf32>, %21: tensor<5x3xf32>, %22: tensor<5x3xf32>):
      %23 = stablehlo.constant dense<5> : tensor<i32>
      %24 = stablehlo.compare LT, %16, %23, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %24 : tensor<i1>
    }, {
    ^bb0(%25: tensor<i32>, %26: tensor<3x3xf32>, %27: tensor<3xf32>, %28: tensor<5x3xf32>, %29: tensor<5x3xf32>, %30: tensor<5x3xf32>, %31: tensor<5x3xf32>):
      %32 = stablehlo.constant dense<0> : tensor<i32>
      %33 = stablehlo.dynamic_slice %28, %25, %32, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %34 = stablehlo.reshape %33 : (tensor<1x3xf32>) -> tensor<3xf32>
      %35 = stablehlo.dot_general %26, %27, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %36 = stablehlo.add %35, %34 : tensor<3xf32>
      %37 = stablehlo.tanh %36 : tensor<3xf32>
      %38 = stablehlo.constant dense<1.0> : tensor<f32>
      %39 = stablehlo.broadcast_in_dim %38, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %40 = stablehlo.subtract %39, %37 : tensor<3xf32>
      %41 = stablehlo.reshape %27 : (tensor<3xf32>) -> tensor<1x3xf32>
      %42 = stablehlo.constant dense<0> : tensor<i32>
      %43 = stablehlo.dynamic_update_slice %29, %41, %25, %42 : (tensor<5x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<5x3xf32>
      %44 = stablehlo.reshape %37 : (tensor<3xf32>) -> tensor<1x3xf32>
      %45 = stablehlo.constant dense<0> : tensor<i32>
      %46 = stablehlo.dynamic_update_slice %30, %44, %25, %45 : (tensor<5x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<5x3xf32>
      %47 = stablehlo.reshape %40 : (tensor<3xf32>) -> tensor<1x3xf32>
      %48 = stablehlo.constant dense<0> : tensor<i32>
      %49 = stablehlo.dynamic_update_slice %31, %47, %25, %48 : (tensor<5x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<5x3xf32>
      %50 = stablehlo.constant dense<1> : tensor<i32>
      %51 = stablehlo.add %25, %50 : tensor<i32>
      stablehlo.return %51, %26, %37, %28, %43, %46, %49 : tensor<i32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>
    }) : (tensor<i32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>) -> (tensor<i32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>)
    %52 = stablehlo.constant dense<2.0> : tensor<f32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %54 = stablehlo.multiply %53, %11 : tensor<3xf32>
    %55 = stablehlo.constant dense<1.0> : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %55, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %57 = stablehlo.multiply %56, %54 : tensor<3xf32>
    %58 = stablehlo.constant dense<0.0> : tensor<f32>
    %59 = stablehlo.broadcast_in_dim %58, dims = [] : (tensor<f32>) -> tensor<3x3xf32>
    %60 = stablehlo.constant dense<0> : tensor<i32>
    %61, %62, %63, %64, %65, %66, %67 = "stablehlo.while"(%60, %arg0, %59, %57, %13, %14, %15) ({
    ^bb0(%68: tensor<i32>, %69: tensor<3x3xf32>, %70: tensor<3x3xf32>, %71: tensor<3xf32>, %72: tensor<5x3xf32>, %73: tensor<5x3xf32>, %74: tensor<5x3xf32>):
      %75 = stablehlo.constant dense<5> : tensor<i32>
      %76 = stablehlo.compare LT, %68, %75, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %76 : tensor<i1>
    }, {
    ^bb0(%77: tensor<i32>, %78: tensor<3x3xf32>, %79: tensor<3x3xf32>, %80: tensor<3xf32>, %81: tensor<5x3xf32>, %82: tensor<5x3xf32>, %83: tensor<5x3xf32>):
      %84 = stablehlo.constant dense<4> : tensor<i32>
      %85 = stablehlo.subtract %84, %77 : tensor<i32>
      %86 = stablehlo.constant dense<0> : tensor<i32>
      %87 = stablehlo.dynamic_slice %81, %85, %86, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %88 = stablehlo.reshape %87 : (tensor<1x3xf32>) -> tensor<3xf32>
      %89 = stablehlo.constant dense<0> : tensor<i32>
      %90 = stablehlo.dynamic_slice %82, %85, %89, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %91 = stablehlo.reshape %90 : (tensor<1x3xf32>) -> tensor<3xf32>
      %92 = stablehlo.constant dense<0> : tensor<i32>
      %93 = stablehlo.dynamic_slice %83, %85, %92, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %94 = stablehlo.reshape %93 : (tensor<1x3xf32>) -> tensor<3xf32>
      %95 = stablehlo.multiply %80, %94 : tensor<3xf32>
      %96 = stablehlo.multiply %95, %91 : tensor<3xf32>
      %97 = stablehlo.add %95, %96 : tensor<3xf32>
      %98 = stablehlo.dot_general %97, %78, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3xf32>, tensor<3x3xf32>) -> tensor<3xf32>
      %99 = stablehlo.dot_general %97, %88, contracting_dims = [] x [], precision = [DEFAULT, DEFAULT] : (tensor<3xf32>, tensor<3xf32>) -> tensor<3x3xf32>
      %100 = stablehlo.add %79, %99 : tensor<3x3xf32>
      %101 = stablehlo.constant dense<1> : tensor<i32>
      %102 = stablehlo.add %77, %101 : tensor<i32>
      stablehlo.return %102, %78, %100, %98, %81, %82, %83 : tensor<i32>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>
    }) : (tensor<i32>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>) -> (tensor<i32>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>)
    return %63 : tensor<3x3xf32>
  }
}
