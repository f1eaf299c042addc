// conv_general_dilated(f32[2,2,5], f32[3,2,2]) with {"batchGroupCount":1,"dimensionNumbers":{"lhsSpec":[0,1,2],"rhsSpec":[0,1,2],"outSpec":[0,1,2]},"featureGroupCount":1,"lhsDilation":[1],"padding":[[1,0]],"rhsDilation":[1],"windowStrides":[1]}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<2x2x5xf32>, %arg1: tensor<3x2x2xf32>) -> (tensor<2x3x5xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, window_strides = array<i64: 1>, padding = dense<[[1, 0]]> : tensor<1x2xi64>, lhs_dilation = array<i64: 1>, rhs_dilation = array<i64: 1>, window_reversal = array<i1: false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x2x5xf32>, tensor<3x2x2xf32>) -> tensor<2x3x5xf32>
    return %0 : tensor<2x3x5xf32>
  }
}

// -----

// conv_general_dilated(f32[1,4,3,2], f32[2,2,2,4]) with {"batchGroupCount":1,"dimensionNumbers":{"lhsSpec":[0,3,1,2],"rhsSpec":[3,2,0,1],"outSpec":[0,3,1,2]},"featureGroupCount":1,"lhsDilation":[1,2],"padding":[[0,1],[1,1]],"rhsDilation":[2,1],"windowStrides":[2,1]}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<1x4x3x2xf32>, %arg1: tensor<2x2x2x4xf32>) -> (tensor<1x2x6x4xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, window_strides = array<i64: 2, 1>, padding = dense<[[0, 1], [1, 1]]> : tensor<2x2xi64>, lhs_dilation = array<i64: 1, 2>, rhs_dilation = array<i64: 2, 1>, window_reversal = array<i1: false, false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<1x4x3x2xf32>, tensor<2x2x2x4xf32>) -> tensor<1x2x6x4xf32>
    return %0 : tensor<1x2x6x4xf32>
  }
}

// -----

// conv_general_dilated(f32[2,4,4], f32[6,2,2]) with {"batchGroupCount":1,"dimensionNumbers":{"lhsSpec":[0,1,2],"rhsSpec":[0,1,2],"outSpec":[0,1,2]},"featureGroupCount":2,"lhsDilation":[1],"padding":[[0,0]],"rhsDilation":[1],"windowStrides":[1]}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<2x4x4xf32>, %arg1: tensor<6x2x2xf32>) -> (tensor<2x6x3xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, window_strides = array<i64: 1>, padding = dense<[[0, 0]]> : tensor<1x2xi64>, lhs_dilation = array<i64: 1>, rhs_dilation = array<i64: 1>, window_reversal = array<i1: false>, feature_group_count = 2 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x4x4xf32>, tensor<6x2x2xf32>) -> tensor<2x6x3xf32>
    return %0 : tensor<2x6x3xf32>
  }
}

// -----

// conv_general_dilated(f32[4,2,4], f32[6,2,2]) with {"batchGroupCount":2,"dimensionNumbers":{"lhsSpec":[0,1,2],"rhsSpec":[0,1,2],"outSpec":[0,1,2]},"featureGroupCount":1,"lhsDilation":[1],"padding":[[0,0]],"rhsDilation":[1],"windowStrides":[2]}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<4x2x4xf32>, %arg1: tensor<6x2x2xf32>) -> (tensor<2x6x2xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, window_strides = array<i64: 2>, padding = dense<[[0, 0]]> : tensor<1x2xi64>, lhs_dilation = array<i64: 1>, rhs_dilation = array<i64: 1>, window_reversal = array<i1: false>, feature_group_count = 1 : i64, batch_group_count = 2 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<4x2x4xf32>, tensor<6x2x2xf32>) -> tensor<2x6x2xf32>
    return %0 : tensor<2x6x2xf32>
  }
}

// -----

// conv_general_dilated(f32[1,1,6], f32[1,1,2]) with {"batchGroupCount":1,"dimensionNumbers":{"lhsSpec":[0,1,2],"rhsSpec":[0,1,2],"outSpec":[0,1,2]},"featureGroupCount":1,"lhsDilation":[1],"padding":[[-1,-2]],"rhsDilation":[1],"windowStrides":[1]}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<1x1x6xf32>, %arg1: tensor<1x1x2xf32>) -> (tensor<1x1x2xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, window_strides = array<i64: 1>, padding = dense<[[-1, -2]]> : tensor<1x2xi64>, lhs_dilation = array<i64: 1>, rhs_dilation = array<i64: 1>, window_reversal = array<i1: false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<1x1x6xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
    return %0 : tensor<1x1x2xf32>
  }
}

// -----

// conv_general_dilated(bf16[1,1,4], bf16[1,1,2]) with {"batchGroupCount":1,"dimensionNumbers":{"lhsSpec":[0,1,2],"rhsSpec":[0,1,2],"outSpec":[0,1,2]},"featureGroupCount":1,"lhsDilation":[1],"padding":[[0,0]],"rhsDilation":[1],"windowStrides":[1],"preferredElementType":"float32","precision":"highest"}
module @jit_conv_general_dilated {
  func.func public @main(%arg0: tensor<1x1x4xbf16>, %arg1: tensor<1x1x2xbf16>) -> (tensor<1x1x3xf32>) {
    %0 = "stablehlo.convolution"(%arg0, %arg1) <{dimension_numbers = #stablehlo.conv<[b, f, 0]x[o, i, 0]->[b, f, 0]>, window_strides = array<i64: 1>, padding = dense<[[0, 0]]> : tensor<1x2xi64>, lhs_dilation = array<i64: 1>, rhs_dilation = array<i64: 1>, window_reversal = array<i1: false>, feature_group_count = 1 : i64, batch_group_count = 1 : i64, precision_config = [#stablehlo<precision HIGHEST>, #stablehlo<precision HIGHEST>]}> : (tensor<1x1x4xbf16>, tensor<1x1x2xbf16>) -> tensor<1x1x3xf32>
    return %0 : tensor<1x1x3xf32>
  }
}
