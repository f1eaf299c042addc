// branches_in_a_scan
module @jit_program_branches_in_a_scan {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>, %arg2: tensor<i32>, %arg3: tensor<7xf32>) -> (tensor<f32>, tensor<7xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<7xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5, %6, %7, %8 = "stablehlo.while"(%2, %arg2, %arg0, %arg1, %arg3, %1) ({
    ^bb0(%9: tensor<i32>, %10: tensor<i32>, %11: tensor<f32>, %12: tensor<f32>, %13: tensor<7xf32>, %14: tensor<7xf32>):
      %15 = stablehlo.constant dense<7> : tensor<i32>
      %16 = stablehlo.compare LT, %9, %15, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %16 : tensor<i1>
    }, {
    ^bb0(%17: tensor<i32>, %18: tensor<i32>, %19: tensor<f32>, %20: tensor<f32>, %21: tensor<7xf32>, %22: tensor<7xf32>):
      %23 = stablehlo.dynamic_slice %21, %17, sizes = [1] : (tensor<7xf32>, tensor<i32>) -> tensor<1xf32>
      %24 = stablehlo.reshape %23 : (tensor<1xf32>) -> tensor<f32>
      %25 = stablehlo.convert %20 : (tensor<f32>) -> tensor<i32>
      %26 = stablehlo.add %18, %25 : tensor<i32>
      %27 = stablehlo.constant dense<3> : tensor<i32>
      %28 = stablehlo.constant dense<0> : tensor<i32>
      %29 = stablehlo.compare EQ, %27, %28, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %30 = stablehlo.constant dense<1> : tensor<i32>
      %31 = "stablehlo.select"(%29, %30, %27) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      %32 = stablehlo.remainder %26, %31 : tensor<i32>
      %33 = stablehlo.constant dense<0> : tensor<i32>
      %34 = stablehlo.compare NE, %32, %33, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %35 = stablehlo.constant dense<0> : tensor<i32>
      %36 = stablehlo.compare LT, %32, %35, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %37 = stablehlo.constant dense<0> : tensor<i32>
      %38 = stablehlo.compare LT, %31, %37, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %39 = stablehlo.compare NE, %36, %38, UNSIGNED : (tensor<i1>, tensor<i1>) -> tensor<i1>
      %40 = stablehlo.and %39, %34 : tensor<i1>
      %41 = stablehlo.add %32, %31 : tensor<i32>
      %42 = "stablehlo.select"(%40, %41, %32) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      %43 = stablehlo.constant dense<0> : tensor<i32>
      %44 = stablehlo.constant dense<2> : tensor<i32>
      %45 = "stablehlo.clamp"(%43, %42, %44) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
      %47 = stablehlo.constant dense<0> : tensor<i32>
      %48 = stablehlo.constant dense<2> : tensor<i32>
      %49 = stablehlo.clamp %47, %45, %48 : tensor<i32>
      %46 = "stablehlo.case"(%49) ({
        %50 = stablehlo.add %20, %24 : tensor<f32>
        stablehlo.return %50 : tensor<f32>
      }, {
        %51 = stablehlo.constant dense<0.0> : tensor<f32>
        %52 = stablehlo.compare GT, %20, %51, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
        %53 = stablehlo.convert %52 : (tensor<i1>) -> tensor<i32>
        %55 = stablehlo.constant dense<0> : tensor<i32>
        %56 = stablehlo.constant dense<1> : tensor<i32>
        %57 = stablehlo.clamp %55, %53, %56 : tensor<i32>
        %54 = "stablehlo.case"(%57) ({
          %58 = stablehlo.multiply %20, %20 : tensor<f32>
          %59 = stablehlo.constant dense<2.0> : tensor<f32>
          %60 = stablehlo.add %58, %59 : tensor<f32>
          %61, %62, %63 = "stablehlo.while"(%60, %60, %19) ({
          ^bb0(%64: tensor<f32>, %65: tensor<f32>, %66: tensor<f32>):
            %67 = "chlo.square"(%66) : (tensor<f32>) -> tensor<f32>
            %68 = stablehlo.subtract %67, %64 : tensor<f32>
            %69 = stablehlo.abs %68 : tensor<f32>
            %70 = stablehlo.constant dense<0.0001> : tensor<f32>
            %71 = stablehlo.compare GT, %69, %70, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
            stablehlo.return %71 : tensor<i1>
          }, {
          ^bb0(%72: tensor<f32>, %73: tensor<f32>, %74: tensor<f32>):
            %75 = stablehlo.divide %73, %74 : tensor<f32>
            %76 = stablehlo.add %74, %75 : tensor<f32>
            %77 = stablehlo.constant dense<0.5> : tensor<f32>
            %78 = stablehlo.multiply %76, %77 : tensor<f32>
            stablehlo.return %72, %73, %78 : tensor<f32>, tensor<f32>, tensor<f32>
          }) : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>)
          stablehlo.return %63 : tensor<f32>
        }, {
          %79 = stablehlo.multiply %20, %24 : tensor<f32>
          stablehlo.return %79 : tensor<f32>
        }) : (tensor<i32>) -> tensor<f32>
        stablehlo.return %54 : tensor<f32>
      }, {
        %80 = stablehlo.constant dense<0> : tensor<i32>
        %81 = stablehlo.constant dense<0> : tensor<i32>
        %82, %83, %84, %85 = "stablehlo.while"(%81, %24, %80, %20) ({
        ^bb0(%86: tensor<i32>, %87: tensor<f32>, %88: tensor<i32>, %89: tensor<f32>):
          %90 = stablehlo.constant dense<3> : tensor<i32>
          %91 = stablehlo.compare LT, %86, %90, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %91 : tensor<i1>
        }, {
        ^bb0(%92: tensor<i32>, %93: tensor<f32>, %94: tensor<i32>, %95: tensor<f32>):
          %96 = stablehlo.constant dense<1> : tensor<i32>
          %97 = stablehlo.add %94, %96 : tensor<i32>
          %98 = stablehlo.sine %95 : tensor<f32>
          %99 = stablehlo.add %98, %93 : tensor<f32>
          %100 = stablehlo.constant dense<1> : tensor<i32>
          %101 = stablehlo.add %92, %100 : tensor<i32>
          stablehlo.return %101, %93, %97, %99 : tensor<i32>, tensor<f32>, tensor<i32>, tensor<f32>
        }) : (tensor<i32>, tensor<f32>, tensor<i32>, tensor<f32>) -> (tensor<i32>, tensor<f32>, tensor<i32>, tensor<f32>)
        stablehlo.return %85 : tensor<f32>
      }) : (tensor<i32>) -> tensor<f32>
      %102 = stablehlo.constant dense<2.0> : tensor<f32>
      %103 = stablehlo.multiply %46, %102 : tensor<f32>
      %104 = stablehlo.reshape %103 : (tensor<f32>) -> tensor<1xf32>
      %105 = stablehlo.dynamic_update_slice %22, %104, %17 : (tensor<7xf32>, tensor<1xf32>, tensor<i32>) -> tensor<7xf32>
      %106 = stablehlo.constant dense<1> : tensor<i32>
      %107 = stablehlo.add %17, %106 : tensor<i32>
      stablehlo.return %107, %18, %19, %46, %21, %105 : tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>, tensor<7xf32>, tensor<7xf32>
    }) : (tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>, tensor<7xf32>, tensor<7xf32>) -> (tensor<i32>, tensor<i32>, tensor<f32>, tensor<f32>, tensor<7xf32>, tensor<7xf32>)
    return %6, %8 : tensor<f32>, tensor<7xf32>
  }
}
