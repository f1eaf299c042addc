// sort(f32[5]) with {"dimension":0,"isStable":true,"numKeys":1}
module @jit_sort {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<5xf32>) {
    %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.constant dense<0.0> : tensor<f32>
      %4 = stablehlo.compare EQ, %1, %3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %5 = stablehlo.constant dense<0.0> : tensor<f32>
      %6 = "stablehlo.select"(%4, %5, %1) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %7 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %9 = "stablehlo.select"(%7, %8, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = stablehlo.constant dense<0.0> : tensor<f32>
      %11 = stablehlo.compare EQ, %2, %10, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.constant dense<0.0> : tensor<f32>
      %13 = "stablehlo.select"(%11, %12, %2) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %14 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %15 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %16 = "stablehlo.select"(%14, %15, %13) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %17 = stablehlo.compare LT, %9, %16, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %17 : tensor<i1>
    }) : (tensor<5xf32>) -> tensor<5xf32>
    return %0 : tensor<5xf32>
  }
}

// -----

// sort(f32[3,2], f32[3,2]) with {"dimension":0,"isStable":true,"numKeys":1}
module @jit_sort {
  func.func public @main(%arg0: tensor<3x2xf32>, %arg1: tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
    %0, %1 = "stablehlo.sort"(%arg0, %arg1) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>, %4: tensor<f32>, %5: tensor<f32>):
      %6 = stablehlo.constant dense<0.0> : tensor<f32>
      %7 = stablehlo.compare EQ, %2, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.constant dense<0.0> : tensor<f32>
      %9 = "stablehlo.select"(%7, %8, %2) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %11 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %12 = "stablehlo.select"(%10, %11, %9) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %13 = stablehlo.constant dense<0.0> : tensor<f32>
      %14 = stablehlo.compare EQ, %3, %13, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %15 = stablehlo.constant dense<0.0> : tensor<f32>
      %16 = "stablehlo.select"(%14, %15, %3) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %17 = stablehlo.compare NE, %3, %3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %18 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %19 = "stablehlo.select"(%17, %18, %16) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %20 = stablehlo.compare LT, %12, %19, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %20 : tensor<i1>
    }) : (tensor<3x2xf32>, tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>)
    return %0, %1 : tensor<3x2xf32>, tensor<3x2xf32>
  }
}

// -----

// sort(i32[4], f32[4]) with {"dimension":0,"isStable":true,"numKeys":2}
module @jit_sort {
  func.func public @main(%arg0: tensor<4xi32>, %arg1: tensor<4xf32>) -> (tensor<4xi32>, tensor<4xf32>) {
    %0, %1 = "stablehlo.sort"(%arg0, %arg1) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>, %4: tensor<f32>, %5: tensor<f32>):
      %6 = stablehlo.constant dense<0.0> : tensor<f32>
      %7 = stablehlo.compare EQ, %4, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.constant dense<0.0> : tensor<f32>
      %9 = "stablehlo.select"(%7, %8, %4) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = stablehlo.compare NE, %4, %4, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %11 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %12 = "stablehlo.select"(%10, %11, %9) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %13 = stablehlo.constant dense<0.0> : tensor<f32>
      %14 = stablehlo.compare EQ, %5, %13, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %15 = stablehlo.constant dense<0.0> : tensor<f32>
      %16 = "stablehlo.select"(%14, %15, %5) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %17 = stablehlo.compare NE, %5, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %18 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %19 = "stablehlo.select"(%17, %18, %16) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %20 = stablehlo.compare LT, %12, %19, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %21 = stablehlo.compare LT, %2, %3, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %22 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %23 = stablehlo.and %22, %20 : tensor<i1>
      %24 = stablehlo.or %21, %23 : tensor<i1>
      stablehlo.return %24 : tensor<i1>
    }) : (tensor<4xi32>, tensor<4xf32>) -> (tensor<4xi32>, tensor<4xf32>)
    return %0, %1 : tensor<4xi32>, tensor<4xf32>
  }
}

// -----

// sort(f32[2,0]) with {"dimension":1,"isStable":true,"numKeys":1}
module @jit_sort {
  func.func public @main(%arg0: tensor<2x0xf32>) -> (tensor<2x0xf32>) {
    %0 = "stablehlo.sort"(%arg0) <{dimension = 1 : i64, is_stable = true}> ({
    ^bb0(%1: tensor<f32>, %2: tensor<f32>):
      %3 = stablehlo.constant dense<0.0> : tensor<f32>
      %4 = stablehlo.compare EQ, %1, %3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %5 = stablehlo.constant dense<0.0> : tensor<f32>
      %6 = "stablehlo.select"(%4, %5, %1) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %7 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %9 = "stablehlo.select"(%7, %8, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = stablehlo.constant dense<0.0> : tensor<f32>
      %11 = stablehlo.compare EQ, %2, %10, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %12 = stablehlo.constant dense<0.0> : tensor<f32>
      %13 = "stablehlo.select"(%11, %12, %2) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %14 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %15 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
      %16 = "stablehlo.select"(%14, %15, %13) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %17 = stablehlo.compare LT, %9, %16, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %17 : tensor<i1>
    }) : (tensor<2x0xf32>) -> tensor<2x0xf32>
    return %0 : tensor<2x0xf32>
  }
}
