// argmax(f32[2,3]) with {"axes":[1],"indexDtype":"int32"}
module @jit_argmax {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2xi32>) {
    %0 = stablehlo.iota dim = 1 : tensor<2x3xi32>
    %1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4 = "stablehlo.reduce"(%arg0, %0, %1, %2) <{dimensions = array<i64: 1>}> ({
    ^bb0(%5: tensor<f32>, %6: tensor<i32>, %7: tensor<f32>, %8: tensor<i32>):
      %9 = stablehlo.compare GT, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %10 = stablehlo.compare EQ, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %11 = stablehlo.compare NE, %5, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.or %9, %11 : tensor<i1>
      %13 = stablehlo.compare NE, %7, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %14 = stablehlo.and %11, %13 : tensor<i1>
      %15 = stablehlo.or %10, %14 : tensor<i1>
      %16 = stablehlo.compare LT, %6, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %17 = "stablehlo.select"(%15, %16, %12) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %18 = "stablehlo.select"(%12, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %19 = "stablehlo.select"(%17, %6, %8) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %18, %19 : tensor<f32>, tensor<i32>
    }) : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
    return %4 : tensor<2xi32>
  }
}

// -----

// argmax(f32[4]) with {"axes":[0],"indexDtype":"int32"}
module @jit_argmax {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<i32>) {
    %0 = stablehlo.iota dim = 0 : tensor<4xi32>
    %1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4 = "stablehlo.reduce"(%arg0, %0, %1, %2) <{dimensions = array<i64: 0>}> ({
    ^bb0(%5: tensor<f32>, %6: tensor<i32>, %7: tensor<f32>, %8: tensor<i32>):
      %9 = stablehlo.compare GT, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %10 = stablehlo.compare EQ, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %11 = stablehlo.compare NE, %5, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.or %9, %11 : tensor<i1>
      %13 = stablehlo.compare NE, %7, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %14 = stablehlo.and %11, %13 : tensor<i1>
      %15 = stablehlo.or %10, %14 : tensor<i1>
      %16 = stablehlo.compare LT, %6, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %17 = "stablehlo.select"(%15, %16, %12) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %18 = "stablehlo.select"(%12, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %19 = "stablehlo.select"(%17, %6, %8) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %18, %19 : tensor<f32>, tensor<i32>
    }) : (tensor<4xf32>, tensor<4xi32>, tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
    return %4 : tensor<i32>
  }
}

// -----

// argmax(i32[3,2]) with {"axes":[0],"indexDtype":"uint8"}
module @jit_argmax {
  func.func public @main(%arg0: tensor<3x2xi32>) -> (tensor<2xui8>) {
    %0 = stablehlo.iota dim = 0 : tensor<3x2xui8>
    %1 = stablehlo.constant dense<-2147483648> : tensor<i32>
    %2 = stablehlo.constant dense<0> : tensor<ui8>
    %3, %4 = "stablehlo.reduce"(%arg0, %0, %1, %2) <{dimensions = array<i64: 0>}> ({
    ^bb0(%5: tensor<i32>, %6: tensor<ui8>, %7: tensor<i32>, %8: tensor<ui8>):
      %9 = stablehlo.compare GT, %5, %7, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %10 = stablehlo.compare EQ, %5, %7, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %11 = stablehlo.compare LT, %6, %8, UNSIGNED : (tensor<ui8>, tensor<ui8>) -> tensor<i1>
      %12 = "stablehlo.select"(%10, %11, %9) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %13 = "stablehlo.select"(%9, %5, %7) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      %14 = "stablehlo.select"(%12, %6, %8) : (tensor<i1>, tensor<ui8>, tensor<ui8>) -> tensor<ui8>
      stablehlo.return %13, %14 : tensor<i32>, tensor<ui8>
    }) : (tensor<3x2xi32>, tensor<3x2xui8>, tensor<i32>, tensor<ui8>) -> (tensor<2xi32>, tensor<2xui8>)
    return %4 : tensor<2xui8>
  }
}

// -----

// argmax(bool[3]) with {"axes":[0],"indexDtype":"int32"}
module @jit_argmax {
  func.func public @main(%arg0: tensor<3xi1>) -> (tensor<i32>) {
    %0 = stablehlo.iota dim = 0 : tensor<3xi32>
    %1 = stablehlo.constant dense<false> : tensor<i1>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4 = "stablehlo.reduce"(%arg0, %0, %1, %2) <{dimensions = array<i64: 0>}> ({
    ^bb0(%5: tensor<i1>, %6: tensor<i32>, %7: tensor<i1>, %8: tensor<i32>):
      %9 = stablehlo.compare GT, %5, %7, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
      %10 = stablehlo.compare EQ, %5, %7, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
      %11 = stablehlo.compare LT, %6, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %12 = "stablehlo.select"(%10, %11, %9) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %13 = "stablehlo.select"(%9, %5, %7) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %14 = "stablehlo.select"(%12, %6, %8) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %13, %14 : tensor<i1>, tensor<i32>
    }) : (tensor<3xi1>, tensor<3xi32>, tensor<i1>, tensor<i32>) -> (tensor<i1>, tensor<i32>)
    return %4 : tensor<i32>
  }
}

// -----

// argmax(f32[3,0]) with {"axes":[0],"indexDtype":"int32"}
module @jit_argmax {
  func.func public @main(%arg0: tensor<3x0xf32>) -> (tensor<0xi32>) {
    %0 = stablehlo.iota dim = 0 : tensor<3x0xi32>
    %1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4 = "stablehlo.reduce"(%arg0, %0, %1, %2) <{dimensions = array<i64: 0>}> ({
    ^bb0(%5: tensor<f32>, %6: tensor<i32>, %7: tensor<f32>, %8: tensor<i32>):
      %9 = stablehlo.compare GT, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %10 = stablehlo.compare EQ, %5, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %11 = stablehlo.compare NE, %5, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.or %9, %11 : tensor<i1>
      %13 = stablehlo.compare NE, %7, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %14 = stablehlo.and %11, %13 : tensor<i1>
      %15 = stablehlo.or %10, %14 : tensor<i1>
      %16 = stablehlo.compare LT, %6, %8, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %17 = "stablehlo.select"(%15, %16, %12) : (tensor<i1>, tensor<i1>, tensor<i1>) -> tensor<i1>
      %18 = "stablehlo.select"(%12, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %19 = "stablehlo.select"(%17, %6, %8) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %18, %19 : tensor<f32>, tensor<i32>
    }) : (tensor<3x0xf32>, tensor<3x0xi32>, tensor<f32>, tensor<i32>) -> (tensor<0xf32>, tensor<0xi32>)
    return %4 : tensor<0xi32>
  }
}
