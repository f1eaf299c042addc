// conv_net_grad
module @jit_program_conv_net_grad {
  func.func public @main(%arg0: tensor<4x3x3x3xf32>, %arg1: tensor<6x2x2x2xf32>, %arg2: tensor<2x3x8x8xf32>) -> (tensor<4x3x3x3xf32>, tensor<6x2x2x2xf32>) {
    %0 = "stablehlo.convolution"(%arg2, %arg0) <{dimension_numbers = #stablehlo.conv<[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]>, window_strides = array<i64: 2, 2>, padding = dense<[[0, 1], [0, 1]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 1>, rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<2x4x4x4xf32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<2x4x4x4xf32>
    %3 = stablehlo.maximum %0, %2 : tensor<2x4x4x4xf32>
    %4 = stablehlo.constant dense<0.0> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<f32>) -> tensor<2x4x4x4xf32>
    %6 = stablehlo.compare GT, %0, %5, FLOAT : (tensor<2x4x4x4xf32>, tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xi1>
    %7 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %8 = "stablehlo.reduce_window"(%3, %7) <{window_dimensions = array<i64: 1, 1, 2, 2>, window_strides = array<i64: 1, 1, 1, 1>, padding = dense<[[0, 0], [0, 0], [0, 0], [0, 0]]> : tensor<4x2xi64>, base_dilations = array<i64: 1, 1, 1, 1>, window_dilations = array<i64: 1, 1, 1, 1>}> ({
    ^bb0(%9: tensor<f32>, %10: tensor<f32>):
      %11 = stablehlo.maximum %9, %10 : tensor<f32>
      stablehlo.return %11 : tensor<f32>
    }) : (tensor<2x4x4x4xf32>, tensor<f32>) -> tensor<2x4x3x3xf32>
    %12 = "stablehlo.convolution"(%8, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [0, 0]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 1>, rhs_dilation = array<i64: 1, 2>, window_reversal = array<i1: false, false>, feature_group_count = 2 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x4x3x3xf32>, tensor<6x2x2x2xf32>) -> tensor<2x6x2x1xf32>
    %13 = stablehlo.constant dense<0.0> : tensor<f32>
    %14 = "stablehlo.reduce"(%12, %13) <{dimensions = array<i64: 2, 3>}> ({
    ^bb0(%15: tensor<f32>, %16: tensor<f32>):
      %17 = stablehlo.add %15, %16 : tensor<f32>
      stablehlo.return %17 : tensor<f32>
    }) : (tensor<2x6x2x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %18 = stablehlo.constant dense<2.0> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<f32>) -> tensor<2x6xf32>
    %20 = stablehlo.divide %14, %19 : tensor<2x6xf32>
    %21 = stablehlo.constant dense<2.0> : tensor<f32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [] : (tensor<f32>) -> tensor<2x6xf32>
    %23 = stablehlo.multiply %22, %20 : tensor<2x6xf32>
    %24 = stablehlo.constant dense<1.0> : tensor<f32>
    %25 = stablehlo.broadcast_in_dim %24, dims = [] : (tensor<f32>) -> tensor<2x6xf32>
    %26 = stablehlo.multiply %25, %23 : tensor<2x6xf32>
    %27 = stablehlo.constant dense<2.0> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<f32>) -> tensor<2x6xf32>
    %29 = stablehlo.divide %26, %28 : tensor<2x6xf32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x2x1xf32>
    %31 = "stablehlo.convolution"(%8, %30) <{dimension_numbers = #stablehlo.conv<[f, b, 0, 1]x[i, o, 0, 1]->[f, b, 0, 1]>, window_strides = array<i64: 1, 2>, padding = dense<[[0, 0], [0, 0]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 1>, rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, false>, feature_group_count = 1 : i64, batch_group_count = 2 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x4x3x3xf32>, tensor<2x6x2x1xf32>) -> tensor<6x2x2x2xf32>
    %32 = stablehlo.reshape %arg1 : (tensor<6x2x2x2xf32>) -> tensor<2x3x2x2x2xf32>
    %33 = stablehlo.transpose %32, dims = [1, 0, 2, 3, 4] : (tensor<2x3x2x2x2xf32>) -> tensor<3x2x2x2x2xf32>
    %34 = stablehlo.reshape %33 : (tensor<3x2x2x2x2xf32>) -> tensor<3x4x2x2xf32>
    %35 = stablehlo.reverse %34, dims = [2, 3] : tensor<3x4x2x2xf32>
    %36 = "stablehlo.convolution"(%30, %35) <{dimension_numbers = #stablehlo.conv<[b, f, 0, 1]x[i, o, 0, 1]->[b, f, 0, 1]>, window_strides = array<i64: 1, 1>, padding = dense<[[1, 1], [2, 2]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 1>, rhs_dilation = array<i64: 1, 2>, window_reversal = array<i1: false, false>, feature_group_count = 2 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x6x2x1xf32>, tensor<3x4x2x2xf32>) -> tensor<2x4x3x3xf32>
    %37 = stablehlo.constant dense<0.0> : tensor<f32>
    %38 = "stablehlo.select_and_scatter"(%3, %36, %37) <{window_dimensions = array<i64: 1, 1, 2, 2>, window_strides = array<i64: 1, 1, 1, 1>, padding = dense<[[0, 0], [0, 0], [0, 0], [0, 0]]> : tensor<4x2xi64>}> ({
    ^bb0(%39: tensor<f32>, %40: tensor<f32>):
      %41 = stablehlo.compare GE, %39, %40, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %41 : tensor<i1>
    }, {
    ^bb0(%42: tensor<f32>, %43: tensor<f32>):
      %44 = stablehlo.add %42, %43 : tensor<f32>
      stablehlo.return %44 : tensor<f32>
    }) : (tensor<2x4x4x4xf32>, tensor<2x4x3x3xf32>, tensor<f32>) -> tensor<2x4x4x4xf32>
    %45 = stablehlo.constant dense<0.0> : tensor<f32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [] : (tensor<f32>) -> tensor<2x4x4x4xf32>
    %47 = "stablehlo.select"(%6, %38, %46) : (tensor<2x4x4x4xi1>, tensor<2x4x4x4xf32>, tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
    %48 = "stablehlo.convolution"(%arg2, %47) <{dimension_numbers = #stablehlo.conv<[f, b, 0, 1]x[i, o, 0, 1]->[f, b, 0, 1]>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 1], [0, 1]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 1>, rhs_dilation = array<i64: 2, 2>, window_reversal = array<i1: false, false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3x8x8xf32>, tensor<2x4x4x4xf32>) -> tensor<4x3x3x3xf32>
    return %48, %31 : tensor<4x3x3x3xf32>, tensor<6x2x2x2xf32>
  }
}
