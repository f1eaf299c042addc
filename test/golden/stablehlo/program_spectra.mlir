// spectra
module @jit_program_spectra {
  func.func public @main(%arg0: tensor<4x6xf32>) -> (tensor<4x6xf32>, tensor<4x6xcomplex<f32>>, tensor<4x6xcomplex<f32>>, tensor<4x4xcomplex<f32>>) {
    %0 = stablehlo.convert %arg0 : (tensor<4x6xf32>) -> tensor<4x6xcomplex<f32>>
    %1 = "stablehlo.fft"(%0) <{fft_type = #stablehlo<fft_type FFT>, fft_length = array<i64: 6>}> : (tensor<4x6xcomplex<f32>>) -> tensor<4x6xcomplex<f32>>
    %2 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type RFFT>, fft_length = array<i64: 6>}> : (tensor<4x6xf32>) -> tensor<4x4xcomplex<f32>>
    %3 = "stablehlo.fft"(%arg0) <{fft_type = #stablehlo<fft_type RFFT>, fft_length = array<i64: 6>}> : (tensor<4x6xf32>) -> tensor<4x4xcomplex<f32>>
    %4 = "stablehlo.fft"(%3) <{fft_type = #stablehlo<fft_type IRFFT>, fft_length = array<i64: 6>}> : (tensor<4x4xcomplex<f32>>) -> tensor<4x6xf32>
    %5 = stablehlo.convert %arg0 : (tensor<4x6xf32>) -> tensor<4x6xcomplex<f32>>
    %6 = "stablehlo.fft"(%5) <{fft_type = #stablehlo<fft_type IFFT>, fft_length = array<i64: 4, 6>}> : (tensor<4x6xcomplex<f32>>) -> tensor<4x6xcomplex<f32>>
    return %4, %1, %6, %2 : tensor<4x6xf32>, tensor<4x6xcomplex<f32>>, tensor<4x6xcomplex<f32>>, tensor<4x4xcomplex<f32>>
  }
}
