// fft(c64[4]) with {"fftType":"FFT","fftLengths":[4]}
module @jit_fft {
  func.func public @main(%arg0: tensor<4xcomplex<f32>>) -> (tensor<4xcomplex<f32>>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type FFT>, fft_length = array<i64: 4>}> : (tensor<4xcomplex<f32>>) -> tensor<4xcomplex<f32>>
    return %0 : tensor<4xcomplex<f32>>
  }
}

// -----

// fft(c64[2,3]) with {"fftType":"IFFT","fftLengths":[2,3]}
module @jit_fft {
  func.func public @main(%arg0: tensor<2x3xcomplex<f32>>) -> (tensor<2x3xcomplex<f32>>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type IFFT>, fft_length = array<i64: 2, 3>}> : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    return %0 : tensor<2x3xcomplex<f32>>
  }
}

// -----

// fft(f64[2,6]) with {"fftType":"RFFT","fftLengths":[6]}
module @jit_fft {
  func.func public @main(%arg0: tensor<2x6xf64>) -> (tensor<2x4xcomplex<f64>>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type RFFT>, fft_length = array<i64: 6>}> : (tensor<2x6xf64>) -> tensor<2x4xcomplex<f64>>
    return %0 : tensor<2x4xcomplex<f64>>
  }
}

// -----

// fft(f32[5]) with {"fftType":"RFFT","fftLengths":[5]}
module @jit_fft {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<3xcomplex<f32>>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type RFFT>, fft_length = array<i64: 5>}> : (tensor<5xf32>) -> tensor<3xcomplex<f32>>
    return %0 : tensor<3xcomplex<f32>>
  }
}

// -----

// fft(c64[2,4]) with {"fftType":"IRFFT","fftLengths":[6]}
module @jit_fft {
  func.func public @main(%arg0: tensor<2x4xcomplex<f32>>) -> (tensor<2x6xf32>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type IRFFT>, fft_length = array<i64: 6>}> : (tensor<2x4xcomplex<f32>>) -> tensor<2x6xf32>
    return %0 : tensor<2x6xf32>
  }
}

// -----

// fft(c64[3]) with {"fftType":"IRFFT","fftLengths":[5]}
module @jit_fft {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<5xf32>) {
    %0 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type IRFFT>, fft_length = array<i64: 5>}> : (tensor<3xcomplex<f32>>) -> tensor<5xf32>
    return %0 : tensor<5xf32>
  }
}
