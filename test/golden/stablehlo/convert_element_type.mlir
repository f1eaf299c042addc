// convert_element_type(f32[2,3]) with {"newDtype":"float64","weakType":false}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf64>) {
    %0 = stablehlo.convert %arg0 : (tensor<2x3xf32>) -> tensor<2x3xf64>
    return %0 : tensor<2x3xf64>
  }
}

// -----

// convert_element_type(f64[3]) with {"newDtype":"float32","weakType":true}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<3xf64>) -> (tensor<3xf32>) {
    %0 = stablehlo.convert %arg0 : (tensor<3xf64>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// convert_element_type(f32[3]) with {"newDtype":"complex64","weakType":false}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.convert %arg0 : (tensor<3xf32>) -> tensor<3xcomplex<f32>>
    return %0 : tensor<3xcomplex<f32>>
  }
}

// -----

// convert_element_type(c64[3]) with {"newDtype":"float32","weakType":false}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xf32>) {
    %0 = "stablehlo.real"(%arg0) : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    %1 = stablehlo.convert %0 : (tensor<3xf32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// convert_element_type(i32[0,2]) with {"newDtype":"float32","weakType":false}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<0x2xi32>) -> (tensor<0x2xf32>) {
    %0 = stablehlo.convert %arg0 : (tensor<0x2xi32>) -> tensor<0x2xf32>
    return %0 : tensor<0x2xf32>
  }
}

// -----

// convert_element_type(f32[]) with {"newDtype":"int32","weakType":false}
module @jit_convert_element_type {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<i32>) {
    %0 = stablehlo.convert %arg0 : (tensor<f32>) -> tensor<i32>
    return %0 : tensor<i32>
  }
}
