// threefry2x32(u32[], u32[], u32[3], u32[3]) with {}
module @jit_threefry2x32 {
  func.func public @main(%arg0: tensor<ui32>, %arg1: tensor<ui32>, %arg2: tensor<3xui32>, %arg3: tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %2 = stablehlo.xor %0, %1 : tensor<3xui32>
    %3 = stablehlo.constant dense<466688986> : tensor<ui32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %5 = stablehlo.xor %2, %4 : tensor<3xui32>
    %6 = stablehlo.add %arg2, %0 : tensor<3xui32>
    %7 = stablehlo.add %arg3, %1 : tensor<3xui32>
    %8 = stablehlo.add %6, %7 : tensor<3xui32>
    %9 = stablehlo.constant dense<13> : tensor<ui32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %11 = stablehlo.shift_left %7, %10 : tensor<3xui32>
    %12 = stablehlo.constant dense<19> : tensor<ui32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %14 = stablehlo.shift_right_logical %7, %13 : tensor<3xui32>
    %15 = stablehlo.or %11, %14 : tensor<3xui32>
    %16 = stablehlo.xor %8, %15 : tensor<3xui32>
    %17 = stablehlo.add %8, %16 : tensor<3xui32>
    %18 = stablehlo.constant dense<15> : tensor<ui32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %20 = stablehlo.shift_left %16, %19 : tensor<3xui32>
    %21 = stablehlo.constant dense<17> : tensor<ui32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %23 = stablehlo.shift_right_logical %16, %22 : tensor<3xui32>
    %24 = stablehlo.or %20, %23 : tensor<3xui32>
    %25 = stablehlo.xor %17, %24 : tensor<3xui32>
    %26 = stablehlo.add %17, %25 : tensor<3xui32>
    %27 = stablehlo.constant dense<26> : tensor<ui32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %29 = stablehlo.shift_left %25, %28 : tensor<3xui32>
    %30 = stablehlo.constant dense<6> : tensor<ui32>
    %31 = stablehlo.broadcast_in_dim %30, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %32 = stablehlo.shift_right_logical %25, %31 : tensor<3xui32>
    %33 = stablehlo.or %29, %32 : tensor<3xui32>
    %34 = stablehlo.xor %26, %33 : tensor<3xui32>
    %35 = stablehlo.add %26, %34 : tensor<3xui32>
    %36 = stablehlo.constant dense<6> : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %38 = stablehlo.shift_left %34, %37 : tensor<3xui32>
    %39 = stablehlo.constant dense<26> : tensor<ui32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %41 = stablehlo.shift_right_logical %34, %40 : tensor<3xui32>
    %42 = stablehlo.or %38, %41 : tensor<3xui32>
    %43 = stablehlo.xor %35, %42 : tensor<3xui32>
    %44 = stablehlo.add %35, %1 : tensor<3xui32>
    %45 = stablehlo.add %43, %5 : tensor<3xui32>
    %46 = stablehlo.constant dense<1> : tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %48 = stablehlo.add %45, %47 : tensor<3xui32>
    %49 = stablehlo.add %44, %48 : tensor<3xui32>
    %50 = stablehlo.constant dense<17> : tensor<ui32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %52 = stablehlo.shift_left %48, %51 : tensor<3xui32>
    %53 = stablehlo.constant dense<15> : tensor<ui32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %55 = stablehlo.shift_right_logical %48, %54 : tensor<3xui32>
    %56 = stablehlo.or %52, %55 : tensor<3xui32>
    %57 = stablehlo.xor %49, %56 : tensor<3xui32>
    %58 = stablehlo.add %49, %57 : tensor<3xui32>
    %59 = stablehlo.constant dense<29> : tensor<ui32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %61 = stablehlo.shift_left %57, %60 : tensor<3xui32>
    %62 = stablehlo.constant dense<3> : tensor<ui32>
    %63 = stablehlo.broadcast_in_dim %62, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %64 = stablehlo.shift_right_logical %57, %63 : tensor<3xui32>
    %65 = stablehlo.or %61, %64 : tensor<3xui32>
    %66 = stablehlo.xor %58, %65 : tensor<3xui32>
    %67 = stablehlo.add %58, %66 : tensor<3xui32>
    %68 = stablehlo.constant dense<16> : tensor<ui32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %70 = stablehlo.shift_left %66, %69 : tensor<3xui32>
    %71 = stablehlo.constant dense<16> : tensor<ui32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %73 = stablehlo.shift_right_logical %66, %72 : tensor<3xui32>
    %74 = stablehlo.or %70, %73 : tensor<3xui32>
    %75 = stablehlo.xor %67, %74 : tensor<3xui32>
    %76 = stablehlo.add %67, %75 : tensor<3xui32>
    %77 = stablehlo.constant dense<24> : tensor<ui32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %79 = stablehlo.shift_left %75, %78 : tensor<3xui32>
    %80 = stablehlo.constant dense<8> : tensor<ui32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %82 = stablehlo.shift_right_logical %75, %81 : tensor<3xui32>
    %83 = stablehlo.or %79, %82 : tensor<3xui32>
    %84 = stablehlo.xor %76, %83 : tensor<3xui32>
    %85 = stablehlo.add %76, %5 : tensor<3xui32>
    %86 = stablehlo.add %84, %0 : tensor<3xui32>
    %87 = stablehlo.constant dense<2> : tensor<ui32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %89 = stablehlo.add %86, %88 : tensor<3xui32>
    %90 = stablehlo.add %85, %89 : tensor<3xui32>
    %91 = stablehlo.constant dense<13> : tensor<ui32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %93 = stablehlo.shift_left %89, %92 : tensor<3xui32>
    %94 = stablehlo.constant dense<19> : tensor<ui32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %96 = stablehlo.shift_right_logical %89, %95 : tensor<3xui32>
    %97 = stablehlo.or %93, %96 : tensor<3xui32>
    %98 = stablehlo.xor %90, %97 : tensor<3xui32>
    %99 = stablehlo.add %90, %98 : tensor<3xui32>
    %100 = stablehlo.constant dense<15> : tensor<ui32>
    %101 = stablehlo.broadcast_in_dim %100, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %102 = stablehlo.shift_left %98, %101 : tensor<3xui32>
    %103 = stablehlo.constant dense<17> : tensor<ui32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %105 = stablehlo.shift_right_logical %98, %104 : tensor<3xui32>
    %106 = stablehlo.or %102, %105 : tensor<3xui32>
    %107 = stablehlo.xor %99, %106 : tensor<3xui32>
    %108 = stablehlo.add %99, %107 : tensor<3xui32>
    %109 = stablehlo.constant dense<26> : tensor<ui32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %111 = stablehlo.shift_left %107, %110 : tensor<3xui32>
    %112 = stablehlo.constant dense<6> : tensor<ui32>
    %113 = stablehlo.broadcast_in_dim %112, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %114 = stablehlo.shift_right_logical %107, %113 : tensor<3xui32>
    %115 = stablehlo.or %111, %114 : tensor<3xui32>
    %116 = stablehlo.xor %108, %115 : tensor<3xui32>
    %117 = stablehlo.add %108, %116 : tensor<3xui32>
    %118 = stablehlo.constant dense<6> : tensor<ui32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %120 = stablehlo.shift_left %116, %119 : tensor<3xui32>
    %121 = stablehlo.constant dense<26> : tensor<ui32>
    %122 = stablehlo.broadcast_in_dim %121, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %123 = stablehlo.shift_right_logical %116, %122 : tensor<3xui32>
    %124 = stablehlo.or %120, %123 : tensor<3xui32>
    %125 = stablehlo.xor %117, %124 : tensor<3xui32>
    %126 = stablehlo.add %117, %0 : tensor<3xui32>
    %127 = stablehlo.add %125, %1 : tensor<3xui32>
    %128 = stablehlo.constant dense<3> : tensor<ui32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %130 = stablehlo.add %127, %129 : tensor<3xui32>
    %131 = stablehlo.add %126, %130 : tensor<3xui32>
    %132 = stablehlo.constant dense<17> : tensor<ui32>
    %133 = stablehlo.broadcast_in_dim %132, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %134 = stablehlo.shift_left %130, %133 : tensor<3xui32>
    %135 = stablehlo.constant dense<15> : tensor<ui32>
    %136 = stablehlo.broadcast_in_dim %135, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %137 = stablehlo.shift_right_logical %130, %136 : tensor<3xui32>
    %138 = stablehlo.or %134, %137 : tensor<3xui32>
    %139 = stablehlo.xor %131, %138 : tensor<3xui32>
    %140 = stablehlo.add %131, %139 : tensor<3xui32>
    %141 = stablehlo.constant dense<29> : tensor<ui32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %143 = stablehlo.shift_left %139, %142 : tensor<3xui32>
    %144 = stablehlo.constant dense<3> : tensor<ui32>
    %145 = stablehlo.broadcast_in_dim %144, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %146 = stablehlo.shift_right_logical %139, %145 : tensor<3xui32>
    %147 = stablehlo.or %143, %146 : tensor<3xui32>
    %148 = stablehlo.xor %140, %147 : tensor<3xui32>
    %149 = stablehlo.add %140, %148 : tensor<3xui32>
    %150 = stablehlo.constant dense<16> : tensor<ui32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %152 = stablehlo.shift_left %148, %151 : tensor<3xui32>
    %153 = stablehlo.constant dense<16> : tensor<ui32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %155 = stablehlo.shift_right_logical %148, %154 : tensor<3xui32>
    %156 = stablehlo.or %152, %155 : tensor<3xui32>
    %157 = stablehlo.xor %149, %156 : tensor<3xui32>
    %158 = stablehlo.add %149, %157 : tensor<3xui32>
    %159 = stablehlo.constant dense<24> : tensor<ui32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %161 = stablehlo.shift_left %157, %160 : tensor<3xui32>
    %162 = stablehlo.constant dense<8> : tensor<ui32>
    %163 = stablehlo.broadcast_in_dim %162, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %164 = stablehlo.shift_right_logical %157, %163 : tensor<3xui32>
    %165 = stablehlo.or %161, %164 : tensor<3xui32>
    %166 = stablehlo.xor %158, %165 : tensor<3xui32>
    %167 = stablehlo.add %158, %1 : tensor<3xui32>
    %168 = stablehlo.add %166, %5 : tensor<3xui32>
    %169 = stablehlo.constant dense<4> : tensor<ui32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %171 = stablehlo.add %168, %170 : tensor<3xui32>
    %172 = stablehlo.add %167, %171 : tensor<3xui32>
    %173 = stablehlo.constant dense<13> : tensor<ui32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %175 = stablehlo.shift_left %171, %174 : tensor<3xui32>
    %176 = stablehlo.constant dense<19> : tensor<ui32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %178 = stablehlo.shift_right_logical %171, %177 : tensor<3xui32>
    %179 = stablehlo.or %175, %178 : tensor<3xui32>
    %180 = stablehlo.xor %172, %179 : tensor<3xui32>
    %181 = stablehlo.add %172, %180 : tensor<3xui32>
    %182 = stablehlo.constant dense<15> : tensor<ui32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %184 = stablehlo.shift_left %180, %183 : tensor<3xui32>
    %185 = stablehlo.constant dense<17> : tensor<ui32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %187 = stablehlo.shift_right_logical %180, %186 : tensor<3xui32>
    %188 = stablehlo.or %184, %187 : tensor<3xui32>
    %189 = stablehlo.xor %181, %188 : tensor<3xui32>
    %190 = stablehlo.add %181, %189 : tensor<3xui32>
    %191 = stablehlo.constant dense<26> : tensor<ui32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %193 = stablehlo.shift_left %189, %192 : tensor<3xui32>
    %194 = stablehlo.constant dense<6> : tensor<ui32>
    %195 = stablehlo.broadcast_in_dim %194, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %196 = stablehlo.shift_right_logical %189, %195 : tensor<3xui32>
    %197 = stablehlo.or %193, %196 : tensor<3xui32>
    %198 = stablehlo.xor %190, %197 : tensor<3xui32>
    %199 = stablehlo.add %190, %198 : tensor<3xui32>
    %200 = stablehlo.constant dense<6> : tensor<ui32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %202 = stablehlo.shift_left %198, %201 : tensor<3xui32>
    %203 = stablehlo.constant dense<26> : tensor<ui32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %205 = stablehlo.shift_right_logical %198, %204 : tensor<3xui32>
    %206 = stablehlo.or %202, %205 : tensor<3xui32>
    %207 = stablehlo.xor %199, %206 : tensor<3xui32>
    %208 = stablehlo.add %199, %5 : tensor<3xui32>
    %209 = stablehlo.add %207, %0 : tensor<3xui32>
    %210 = stablehlo.constant dense<5> : tensor<ui32>
    %211 = stablehlo.broadcast_in_dim %210, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %212 = stablehlo.add %209, %211 : tensor<3xui32>
    return %208, %212 : tensor<3xui32>, tensor<3xui32>
  }
}

// -----

// threefry2x32(u32[], u32[], u32[], u32[]) with {}
module @jit_threefry2x32 {
  func.func public @main(%arg0: tensor<ui32>, %arg1: tensor<ui32>, %arg2: tensor<ui32>, %arg3: tensor<ui32>) -> (tensor<ui32>, tensor<ui32>) {
    %0 = stablehlo.xor %arg0, %arg1 : tensor<ui32>
    %1 = stablehlo.constant dense<466688986> : tensor<ui32>
    %2 = stablehlo.xor %0, %1 : tensor<ui32>
    %3 = stablehlo.add %arg2, %arg0 : tensor<ui32>
    %4 = stablehlo.add %arg3, %arg1 : tensor<ui32>
    %5 = stablehlo.add %3, %4 : tensor<ui32>
    %6 = stablehlo.constant dense<13> : tensor<ui32>
    %7 = stablehlo.shift_left %4, %6 : tensor<ui32>
    %8 = stablehlo.constant dense<19> : tensor<ui32>
    %9 = stablehlo.shift_right_logical %4, %8 : tensor<ui32>
    %10 = stablehlo.or %7, %9 : tensor<ui32>
    %11 = stablehlo.xor %5, %10 : tensor<ui32>
    %12 = stablehlo.add %5, %11 : tensor<ui32>
    %13 = stablehlo.constant dense<15> : tensor<ui32>
    %14 = stablehlo.shift_left %11, %13 : tensor<ui32>
    %15 = stablehlo.constant dense<17> : tensor<ui32>
    %16 = stablehlo.shift_right_logical %11, %15 : tensor<ui32>
    %17 = stablehlo.or %14, %16 : tensor<ui32>
    %18 = stablehlo.xor %12, %17 : tensor<ui32>
    %19 = stablehlo.add %12, %18 : tensor<ui32>
    %20 = stablehlo.constant dense<26> : tensor<ui32>
    %21 = stablehlo.shift_left %18, %20 : tensor<ui32>
    %22 = stablehlo.constant dense<6> : tensor<ui32>
    %23 = stablehlo.shift_right_logical %18, %22 : tensor<ui32>
    %24 = stablehlo.or %21, %23 : tensor<ui32>
    %25 = stablehlo.xor %19, %24 : tensor<ui32>
    %26 = stablehlo.add %19, %25 : tensor<ui32>
    %27 = stablehlo.constant dense<6> : tensor<ui32>
    %28 = stablehlo.shift_left %25, %27 : tensor<ui32>
    %29 = stablehlo.constant dense<26> : tensor<ui32>
    %30 = stablehlo.shift_right_logical %25, %29 : tensor<ui32>
    %31 = stablehlo.or %28, %30 : tensor<ui32>
    %32 = stablehlo.xor %26, %31 : tensor<ui32>
    %33 = stablehlo.add %26, %arg1 : tensor<ui32>
    %34 = stablehlo.add %32, %2 : tensor<ui32>
    %35 = stablehlo.constant dense<1> : tensor<ui32>
    %36 = stablehlo.add %34, %35 : tensor<ui32>
    %37 = stablehlo.add %33, %36 : tensor<ui32>
    %38 = stablehlo.constant dense<17> : tensor<ui32>
    %39 = stablehlo.shift_left %36, %38 : tensor<ui32>
    %40 = stablehlo.constant dense<15> : tensor<ui32>
    %41 = stablehlo.shift_right_logical %36, %40 : tensor<ui32>
    %42 = stablehlo.or %39, %41 : tensor<ui32>
    %43 = stablehlo.xor %37, %42 : tensor<ui32>
    %44 = stablehlo.add %37, %43 : tensor<ui32>
    %45 = stablehlo.constant dense<29> : tensor<ui32>
    %46 = stablehlo.shift_left %43, %45 : tensor<ui32>
    %47 = stablehlo.constant dense<3> : tensor<ui32>
    %48 = stablehlo.shift_right_logical %43, %47 : tensor<ui32>
    %49 = stablehlo.or %46, %48 : tensor<ui32>
    %50 = stablehlo.xor %44, %49 : tensor<ui32>
    %51 = stablehlo.add %44, %50 : tensor<ui32>
    %52 = stablehlo.constant dense<16> : tensor<ui32>
    %53 = stablehlo.shift_left %50, %52 : tensor<ui32>
    %54 = stablehlo.constant dense<16> : tensor<ui32>
    %55 = stablehlo.shift_right_logical %50, %54 : tensor<ui32>
    %56 = stablehlo.or %53, %55 : tensor<ui32>
    %57 = stablehlo.xor %51, %56 : tensor<ui32>
    %58 = stablehlo.add %51, %57 : tensor<ui32>
    %59 = stablehlo.constant dense<24> : tensor<ui32>
    %60 = stablehlo.shift_left %57, %59 : tensor<ui32>
    %61 = stablehlo.constant dense<8> : tensor<ui32>
    %62 = stablehlo.shift_right_logical %57, %61 : tensor<ui32>
    %63 = stablehlo.or %60, %62 : tensor<ui32>
    %64 = stablehlo.xor %58, %63 : tensor<ui32>
    %65 = stablehlo.add %58, %2 : tensor<ui32>
    %66 = stablehlo.add %64, %arg0 : tensor<ui32>
    %67 = stablehlo.constant dense<2> : tensor<ui32>
    %68 = stablehlo.add %66, %67 : tensor<ui32>
    %69 = stablehlo.add %65, %68 : tensor<ui32>
    %70 = stablehlo.constant dense<13> : tensor<ui32>
    %71 = stablehlo.shift_left %68, %70 : tensor<ui32>
    %72 = stablehlo.constant dense<19> : tensor<ui32>
    %73 = stablehlo.shift_right_logical %68, %72 : tensor<ui32>
    %74 = stablehlo.or %71, %73 : tensor<ui32>
    %75 = stablehlo.xor %69, %74 : tensor<ui32>
    %76 = stablehlo.add %69, %75 : tensor<ui32>
    %77 = stablehlo.constant dense<15> : tensor<ui32>
    %78 = stablehlo.shift_left %75, %77 : tensor<ui32>
    %79 = stablehlo.constant dense<17> : tensor<ui32>
    %80 = stablehlo.shift_right_logical %75, %79 : tensor<ui32>
    %81 = stablehlo.or %78, %80 : tensor<ui32>
    %82 = stablehlo.xor %76, %81 : tensor<ui32>
    %83 = stablehlo.add %76, %82 : tensor<ui32>
    %84 = stablehlo.constant dense<26> : tensor<ui32>
    %85 = stablehlo.shift_left %82, %84 : tensor<ui32>
    %86 = stablehlo.constant dense<6> : tensor<ui32>
    %87 = stablehlo.shift_right_logical %82, %86 : tensor<ui32>
    %88 = stablehlo.or %85, %87 : tensor<ui32>
    %89 = stablehlo.xor %83, %88 : tensor<ui32>
    %90 = stablehlo.add %83, %89 : tensor<ui32>
    %91 = stablehlo.constant dense<6> : tensor<ui32>
    %92 = stablehlo.shift_left %89, %91 : tensor<ui32>
    %93 = stablehlo.constant dense<26> : tensor<ui32>
    %94 = stablehlo.shift_right_logical %89, %93 : tensor<ui32>
    %95 = stablehlo.or %92, %94 : tensor<ui32>
    %96 = stablehlo.xor %90, %95 : tensor<ui32>
    %97 = stablehlo.add %90, %arg0 : tensor<ui32>
    %98 = stablehlo.add %96, %arg1 : tensor<ui32>
    %99 = stablehlo.constant dense<3> : tensor<ui32>
    %100 = stablehlo.add %98, %99 : tensor<ui32>
    %101 = stablehlo.add %97, %100 : tensor<ui32>
    %102 = stablehlo.constant dense<17> : tensor<ui32>
    %103 = stablehlo.shift_left %100, %102 : tensor<ui32>
    %104 = stablehlo.constant dense<15> : tensor<ui32>
    %105 = stablehlo.shift_right_logical %100, %104 : tensor<ui32>
    %106 = stablehlo.or %103, %105 : tensor<ui32>
    %107 = stablehlo.xor %101, %106 : tensor<ui32>
    %108 = stablehlo.add %101, %107 : tensor<ui32>
    %109 = stablehlo.constant dense<29> : tensor<ui32>
    %110 = stablehlo.shift_left %107, %109 : tensor<ui32>
    %111 = stablehlo.constant dense<3> : tensor<ui32>
    %112 = stablehlo.shift_right_logical %107, %111 : tensor<ui32>
    %113 = stablehlo.or %110, %112 : tensor<ui32>
    %114 = stablehlo.xor %108, %113 : tensor<ui32>
    %115 = stablehlo.add %108, %114 : tensor<ui32>
    %116 = stablehlo.constant dense<16> : tensor<ui32>
    %117 = stablehlo.shift_left %114, %116 : tensor<ui32>
    %118 = stablehlo.constant dense<16> : tensor<ui32>
    %119 = stablehlo.shift_right_logical %114, %118 : tensor<ui32>
    %120 = stablehlo.or %117, %119 : tensor<ui32>
    %121 = stablehlo.xor %115, %120 : tensor<ui32>
    %122 = stablehlo.add %115, %121 : tensor<ui32>
    %123 = stablehlo.constant dense<24> : tensor<ui32>
    %124 = stablehlo.shift_left %121, %123 : tensor<ui32>
    %125 = stablehlo.constant dense<8> : tensor<ui32>
    %126 = stablehlo.shift_right_logical %121, %125 : tensor<ui32>
    %127 = stablehlo.or %124, %126 : tensor<ui32>
    %128 = stablehlo.xor %122, %127 : tensor<ui32>
    %129 = stablehlo.add %122, %arg1 : tensor<ui32>
    %130 = stablehlo.add %128, %2 : tensor<ui32>
    %131 = stablehlo.constant dense<4> : tensor<ui32>
    %132 = stablehlo.add %130, %131 : tensor<ui32>
    %133 = stablehlo.add %129, %132 : tensor<ui32>
    %134 = stablehlo.constant dense<13> : tensor<ui32>
    %135 = stablehlo.shift_left %132, %134 : tensor<ui32>
    %136 = stablehlo.constant dense<19> : tensor<ui32>
    %137 = stablehlo.shift_right_logical %132, %136 : tensor<ui32>
    %138 = stablehlo.or %135, %137 : tensor<ui32>
    %139 = stablehlo.xor %133, %138 : tensor<ui32>
    %140 = stablehlo.add %133, %139 : tensor<ui32>
    %141 = stablehlo.constant dense<15> : tensor<ui32>
    %142 = stablehlo.shift_left %139, %141 : tensor<ui32>
    %143 = stablehlo.constant dense<17> : tensor<ui32>
    %144 = stablehlo.shift_right_logical %139, %143 : tensor<ui32>
    %145 = stablehlo.or %142, %144 : tensor<ui32>
    %146 = stablehlo.xor %140, %145 : tensor<ui32>
    %147 = stablehlo.add %140, %146 : tensor<ui32>
    %148 = stablehlo.constant dense<26> : tensor<ui32>
    %149 = stablehlo.shift_left %146, %148 : tensor<ui32>
    %150 = stablehlo.constant dense<6> : tensor<ui32>
    %151 = stablehlo.shift_right_logical %146, %150 : tensor<ui32>
    %152 = stablehlo.or %149, %151 : tensor<ui32>
    %153 = stablehlo.xor %147, %152 : tensor<ui32>
    %154 = stablehlo.add %147, %153 : tensor<ui32>
    %155 = stablehlo.constant dense<6> : tensor<ui32>
    %156 = stablehlo.shift_left %153, %155 : tensor<ui32>
    %157 = stablehlo.constant dense<26> : tensor<ui32>
    %158 = stablehlo.shift_right_logical %153, %157 : tensor<ui32>
    %159 = stablehlo.or %156, %158 : tensor<ui32>
    %160 = stablehlo.xor %154, %159 : tensor<ui32>
    %161 = stablehlo.add %154, %2 : tensor<ui32>
    %162 = stablehlo.add %160, %arg0 : tensor<ui32>
    %163 = stablehlo.constant dense<5> : tensor<ui32>
    %164 = stablehlo.add %162, %163 : tensor<ui32>
    return %161, %164 : tensor<ui32>, tensor<ui32>
  }
}

// -----

// threefry2x32(u32[2,1], u32[2,1], u32[1,3], u32[1,3]) with {}
module @jit_threefry2x32 {
  func.func public @main(%arg0: tensor<2x1xui32>, %arg1: tensor<2x1xui32>, %arg2: tensor<1x3xui32>, %arg3: tensor<1x3xui32>) -> (tensor<2x3xui32>, tensor<2x3xui32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x1xui32>) -> tensor<2xui32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<2xui32>) -> tensor<2x3xui32>
    %2 = stablehlo.reshape %arg1 : (tensor<2x1xui32>) -> tensor<2xui32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<2xui32>) -> tensor<2x3xui32>
    %4 = stablehlo.reshape %arg2 : (tensor<1x3xui32>) -> tensor<3xui32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [1] : (tensor<3xui32>) -> tensor<2x3xui32>
    %6 = stablehlo.reshape %arg3 : (tensor<1x3xui32>) -> tensor<3xui32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [1] : (tensor<3xui32>) -> tensor<2x3xui32>
    %8 = stablehlo.xor %1, %3 : tensor<2x3xui32>
    %9 = stablehlo.constant dense<466688986> : tensor<ui32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %11 = stablehlo.xor %8, %10 : tensor<2x3xui32>
    %12 = stablehlo.add %5, %1 : tensor<2x3xui32>
    %13 = stablehlo.add %7, %3 : tensor<2x3xui32>
    %14 = stablehlo.add %12, %13 : tensor<2x3xui32>
    %15 = stablehlo.constant dense<13> : tensor<ui32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %17 = stablehlo.shift_left %13, %16 : tensor<2x3xui32>
    %18 = stablehlo.constant dense<19> : tensor<ui32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %20 = stablehlo.shift_right_logical %13, %19 : tensor<2x3xui32>
    %21 = stablehlo.or %17, %20 : tensor<2x3xui32>
    %22 = stablehlo.xor %14, %21 : tensor<2x3xui32>
    %23 = stablehlo.add %14, %22 : tensor<2x3xui32>
    %24 = stablehlo.constant dense<15> : tensor<ui32>
    %25 = stablehlo.broadcast_in_dim %24, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %26 = stablehlo.shift_left %22, %25 : tensor<2x3xui32>
    %27 = stablehlo.constant dense<17> : tensor<ui32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %29 = stablehlo.shift_right_logical %22, %28 : tensor<2x3xui32>
    %30 = stablehlo.or %26, %29 : tensor<2x3xui32>
    %31 = stablehlo.xor %23, %30 : tensor<2x3xui32>
    %32 = stablehlo.add %23, %31 : tensor<2x3xui32>
    %33 = stablehlo.constant dense<26> : tensor<ui32>
    %34 = stablehlo.broadcast_in_dim %33, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %35 = stablehlo.shift_left %31, %34 : tensor<2x3xui32>
    %36 = stablehlo.constant dense<6> : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %38 = stablehlo.shift_right_logical %31, %37 : tensor<2x3xui32>
    %39 = stablehlo.or %35, %38 : tensor<2x3xui32>
    %40 = stablehlo.xor %32, %39 : tensor<2x3xui32>
    %41 = stablehlo.add %32, %40 : tensor<2x3xui32>
    %42 = stablehlo.constant dense<6> : tensor<ui32>
    %43 = stablehlo.broadcast_in_dim %42, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %44 = stablehlo.shift_left %40, %43 : tensor<2x3xui32>
    %45 = stablehlo.constant dense<26> : tensor<ui32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %47 = stablehlo.shift_right_logical %40, %46 : tensor<2x3xui32>
    %48 = stablehlo.or %44, %47 : tensor<2x3xui32>
    %49 = stablehlo.xor %41, %48 : tensor<2x3xui32>
    %50 = stablehlo.add %41, %3 : tensor<2x3xui32>
    %51 = stablehlo.add %49, %11 : tensor<2x3xui32>
    %52 = stablehlo.constant dense<1> : tensor<ui32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %54 = stablehlo.add %51, %53 : tensor<2x3xui32>
    %55 = stablehlo.add %50, %54 : tensor<2x3xui32>
    %56 = stablehlo.constant dense<17> : tensor<ui32>
    %57 = stablehlo.broadcast_in_dim %56, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %58 = stablehlo.shift_left %54, %57 : tensor<2x3xui32>
    %59 = stablehlo.constant dense<15> : tensor<ui32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %61 = stablehlo.shift_right_logical %54, %60 : tensor<2x3xui32>
    %62 = stablehlo.or %58, %61 : tensor<2x3xui32>
    %63 = stablehlo.xor %55, %62 : tensor<2x3xui32>
    %64 = stablehlo.add %55, %63 : tensor<2x3xui32>
    %65 = stablehlo.constant dense<29> : tensor<ui32>
    %66 = stablehlo.broadcast_in_dim %65, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %67 = stablehlo.shift_left %63, %66 : tensor<2x3xui32>
    %68 = stablehlo.constant dense<3> : tensor<ui32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %70 = stablehlo.shift_right_logical %63, %69 : tensor<2x3xui32>
    %71 = stablehlo.or %67, %70 : tensor<2x3xui32>
    %72 = stablehlo.xor %64, %71 : tensor<2x3xui32>
    %73 = stablehlo.add %64, %72 : tensor<2x3xui32>
    %74 = stablehlo.constant dense<16> : tensor<ui32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %76 = stablehlo.shift_left %72, %75 : tensor<2x3xui32>
    %77 = stablehlo.constant dense<16> : tensor<ui32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %79 = stablehlo.shift_right_logical %72, %78 : tensor<2x3xui32>
    %80 = stablehlo.or %76, %79 : tensor<2x3xui32>
    %81 = stablehlo.xor %73, %80 : tensor<2x3xui32>
    %82 = stablehlo.add %73, %81 : tensor<2x3xui32>
    %83 = stablehlo.constant dense<24> : tensor<ui32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %85 = stablehlo.shift_left %81, %84 : tensor<2x3xui32>
    %86 = stablehlo.constant dense<8> : tensor<ui32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %88 = stablehlo.shift_right_logical %81, %87 : tensor<2x3xui32>
    %89 = stablehlo.or %85, %88 : tensor<2x3xui32>
    %90 = stablehlo.xor %82, %89 : tensor<2x3xui32>
    %91 = stablehlo.add %82, %11 : tensor<2x3xui32>
    %92 = stablehlo.add %90, %1 : tensor<2x3xui32>
    %93 = stablehlo.constant dense<2> : tensor<ui32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %95 = stablehlo.add %92, %94 : tensor<2x3xui32>
    %96 = stablehlo.add %91, %95 : tensor<2x3xui32>
    %97 = stablehlo.constant dense<13> : tensor<ui32>
    %98 = stablehlo.broadcast_in_dim %97, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %99 = stablehlo.shift_left %95, %98 : tensor<2x3xui32>
    %100 = stablehlo.constant dense<19> : tensor<ui32>
    %101 = stablehlo.broadcast_in_dim %100, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %102 = stablehlo.shift_right_logical %95, %101 : tensor<2x3xui32>
    %103 = stablehlo.or %99, %102 : tensor<2x3xui32>
    %104 = stablehlo.xor %96, %103 : tensor<2x3xui32>
    %105 = stablehlo.add %96, %104 : tensor<2x3xui32>
    %106 = stablehlo.constant dense<15> : tensor<ui32>
    %107 = stablehlo.broadcast_in_dim %106, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %108 = stablehlo.shift_left %104, %107 : tensor<2x3xui32>
    %109 = stablehlo.constant dense<17> : tensor<ui32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %111 = stablehlo.shift_right_logical %104, %110 : tensor<2x3xui32>
    %112 = stablehlo.or %108, %111 : tensor<2x3xui32>
    %113 = stablehlo.xor %105, %112 : tensor<2x3xui32>
    %114 = stablehlo.add %105, %113 : tensor<2x3xui32>
    %115 = stablehlo.constant dense<26> : tensor<ui32>
    %116 = stablehlo.broadcast_in_dim %115, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %117 = stablehlo.shift_left %113, %116 : tensor<2x3xui32>
    %118 = stablehlo.constant dense<6> : tensor<ui32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %120 = stablehlo.shift_right_logical %113, %119 : tensor<2x3xui32>
    %121 = stablehlo.or %117, %120 : tensor<2x3xui32>
    %122 = stablehlo.xor %114, %121 : tensor<2x3xui32>
    %123 = stablehlo.add %114, %122 : tensor<2x3xui32>
    %124 = stablehlo.constant dense<6> : tensor<ui32>
    %125 = stablehlo.broadcast_in_dim %124, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %126 = stablehlo.shift_left %122, %125 : tensor<2x3xui32>
    %127 = stablehlo.constant dense<26> : tensor<ui32>
    %128 = stablehlo.broadcast_in_dim %127, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %129 = stablehlo.shift_right_logical %122, %128 : tensor<2x3xui32>
    %130 = stablehlo.or %126, %129 : tensor<2x3xui32>
    %131 = stablehlo.xor %123, %130 : tensor<2x3xui32>
    %132 = stablehlo.add %123, %1 : tensor<2x3xui32>
    %133 = stablehlo.add %131, %3 : tensor<2x3xui32>
    %134 = stablehlo.constant dense<3> : tensor<ui32>
    %135 = stablehlo.broadcast_in_dim %134, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %136 = stablehlo.add %133, %135 : tensor<2x3xui32>
    %137 = stablehlo.add %132, %136 : tensor<2x3xui32>
    %138 = stablehlo.constant dense<17> : tensor<ui32>
    %139 = stablehlo.broadcast_in_dim %138, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %140 = stablehlo.shift_left %136, %139 : tensor<2x3xui32>
    %141 = stablehlo.constant dense<15> : tensor<ui32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %143 = stablehlo.shift_right_logical %136, %142 : tensor<2x3xui32>
    %144 = stablehlo.or %140, %143 : tensor<2x3xui32>
    %145 = stablehlo.xor %137, %144 : tensor<2x3xui32>
    %146 = stablehlo.add %137, %145 : tensor<2x3xui32>
    %147 = stablehlo.constant dense<29> : tensor<ui32>
    %148 = stablehlo.broadcast_in_dim %147, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %149 = stablehlo.shift_left %145, %148 : tensor<2x3xui32>
    %150 = stablehlo.constant dense<3> : tensor<ui32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %152 = stablehlo.shift_right_logical %145, %151 : tensor<2x3xui32>
    %153 = stablehlo.or %149, %152 : tensor<2x3xui32>
    %154 = stablehlo.xor %146, %153 : tensor<2x3xui32>
    %155 = stablehlo.add %146, %154 : tensor<2x3xui32>
    %156 = stablehlo.constant dense<16> : tensor<ui32>
    %157 = stablehlo.broadcast_in_dim %156, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %158 = stablehlo.shift_left %154, %157 : tensor<2x3xui32>
    %159 = stablehlo.constant dense<16> : tensor<ui32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %161 = stablehlo.shift_right_logical %154, %160 : tensor<2x3xui32>
    %162 = stablehlo.or %158, %161 : tensor<2x3xui32>
    %163 = stablehlo.xor %155, %162 : tensor<2x3xui32>
    %164 = stablehlo.add %155, %163 : tensor<2x3xui32>
    %165 = stablehlo.constant dense<24> : tensor<ui32>
    %166 = stablehlo.broadcast_in_dim %165, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %167 = stablehlo.shift_left %163, %166 : tensor<2x3xui32>
    %168 = stablehlo.constant dense<8> : tensor<ui32>
    %169 = stablehlo.broadcast_in_dim %168, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %170 = stablehlo.shift_right_logical %163, %169 : tensor<2x3xui32>
    %171 = stablehlo.or %167, %170 : tensor<2x3xui32>
    %172 = stablehlo.xor %164, %171 : tensor<2x3xui32>
    %173 = stablehlo.add %164, %3 : tensor<2x3xui32>
    %174 = stablehlo.add %172, %11 : tensor<2x3xui32>
    %175 = stablehlo.constant dense<4> : tensor<ui32>
    %176 = stablehlo.broadcast_in_dim %175, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %177 = stablehlo.add %174, %176 : tensor<2x3xui32>
    %178 = stablehlo.add %173, %177 : tensor<2x3xui32>
    %179 = stablehlo.constant dense<13> : tensor<ui32>
    %180 = stablehlo.broadcast_in_dim %179, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %181 = stablehlo.shift_left %177, %180 : tensor<2x3xui32>
    %182 = stablehlo.constant dense<19> : tensor<ui32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %184 = stablehlo.shift_right_logical %177, %183 : tensor<2x3xui32>
    %185 = stablehlo.or %181, %184 : tensor<2x3xui32>
    %186 = stablehlo.xor %178, %185 : tensor<2x3xui32>
    %187 = stablehlo.add %178, %186 : tensor<2x3xui32>
    %188 = stablehlo.constant dense<15> : tensor<ui32>
    %189 = stablehlo.broadcast_in_dim %188, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %190 = stablehlo.shift_left %186, %189 : tensor<2x3xui32>
    %191 = stablehlo.constant dense<17> : tensor<ui32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %193 = stablehlo.shift_right_logical %186, %192 : tensor<2x3xui32>
    %194 = stablehlo.or %190, %193 : tensor<2x3xui32>
    %195 = stablehlo.xor %187, %194 : tensor<2x3xui32>
    %196 = stablehlo.add %187, %195 : tensor<2x3xui32>
    %197 = stablehlo.constant dense<26> : tensor<ui32>
    %198 = stablehlo.broadcast_in_dim %197, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %199 = stablehlo.shift_left %195, %198 : tensor<2x3xui32>
    %200 = stablehlo.constant dense<6> : tensor<ui32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %202 = stablehlo.shift_right_logical %195, %201 : tensor<2x3xui32>
    %203 = stablehlo.or %199, %202 : tensor<2x3xui32>
    %204 = stablehlo.xor %196, %203 : tensor<2x3xui32>
    %205 = stablehlo.add %196, %204 : tensor<2x3xui32>
    %206 = stablehlo.constant dense<6> : tensor<ui32>
    %207 = stablehlo.broadcast_in_dim %206, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %208 = stablehlo.shift_left %204, %207 : tensor<2x3xui32>
    %209 = stablehlo.constant dense<26> : tensor<ui32>
    %210 = stablehlo.broadcast_in_dim %209, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %211 = stablehlo.shift_right_logical %204, %210 : tensor<2x3xui32>
    %212 = stablehlo.or %208, %211 : tensor<2x3xui32>
    %213 = stablehlo.xor %205, %212 : tensor<2x3xui32>
    %214 = stablehlo.add %205, %11 : tensor<2x3xui32>
    %215 = stablehlo.add %213, %1 : tensor<2x3xui32>
    %216 = stablehlo.constant dense<5> : tensor<ui32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %218 = stablehlo.add %215, %217 : tensor<2x3xui32>
    return %214, %218 : tensor<2x3xui32>, tensor<2x3xui32>
  }
}

// -----

// threefry2x32(u32[], u32[], u32[0], u32[0]) with {}
module @jit_threefry2x32 {
  func.func public @main(%arg0: tensor<ui32>, %arg1: tensor<ui32>, %arg2: tensor<0xui32>, %arg3: tensor<0xui32>) -> (tensor<0xui32>, tensor<0xui32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %2 = stablehlo.xor %0, %1 : tensor<0xui32>
    %3 = stablehlo.constant dense<466688986> : tensor<ui32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %5 = stablehlo.xor %2, %4 : tensor<0xui32>
    %6 = stablehlo.add %arg2, %0 : tensor<0xui32>
    %7 = stablehlo.add %arg3, %1 : tensor<0xui32>
    %8 = stablehlo.add %6, %7 : tensor<0xui32>
    %9 = stablehlo.constant dense<13> : tensor<ui32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %11 = stablehlo.shift_left %7, %10 : tensor<0xui32>
    %12 = stablehlo.constant dense<19> : tensor<ui32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %14 = stablehlo.shift_right_logical %7, %13 : tensor<0xui32>
    %15 = stablehlo.or %11, %14 : tensor<0xui32>
    %16 = stablehlo.xor %8, %15 : tensor<0xui32>
    %17 = stablehlo.add %8, %16 : tensor<0xui32>
    %18 = stablehlo.constant dense<15> : tensor<ui32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %20 = stablehlo.shift_left %16, %19 : tensor<0xui32>
    %21 = stablehlo.constant dense<17> : tensor<ui32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %23 = stablehlo.shift_right_logical %16, %22 : tensor<0xui32>
    %24 = stablehlo.or %20, %23 : tensor<0xui32>
    %25 = stablehlo.xor %17, %24 : tensor<0xui32>
    %26 = stablehlo.add %17, %25 : tensor<0xui32>
    %27 = stablehlo.constant dense<26> : tensor<ui32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %29 = stablehlo.shift_left %25, %28 : tensor<0xui32>
    %30 = stablehlo.constant dense<6> : tensor<ui32>
    %31 = stablehlo.broadcast_in_dim %30, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %32 = stablehlo.shift_right_logical %25, %31 : tensor<0xui32>
    %33 = stablehlo.or %29, %32 : tensor<0xui32>
    %34 = stablehlo.xor %26, %33 : tensor<0xui32>
    %35 = stablehlo.add %26, %34 : tensor<0xui32>
    %36 = stablehlo.constant dense<6> : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %38 = stablehlo.shift_left %34, %37 : tensor<0xui32>
    %39 = stablehlo.constant dense<26> : tensor<ui32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %41 = stablehlo.shift_right_logical %34, %40 : tensor<0xui32>
    %42 = stablehlo.or %38, %41 : tensor<0xui32>
    %43 = stablehlo.xor %35, %42 : tensor<0xui32>
    %44 = stablehlo.add %35, %1 : tensor<0xui32>
    %45 = stablehlo.add %43, %5 : tensor<0xui32>
    %46 = stablehlo.constant dense<1> : tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %48 = stablehlo.add %45, %47 : tensor<0xui32>
    %49 = stablehlo.add %44, %48 : tensor<0xui32>
    %50 = stablehlo.constant dense<17> : tensor<ui32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %52 = stablehlo.shift_left %48, %51 : tensor<0xui32>
    %53 = stablehlo.constant dense<15> : tensor<ui32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %55 = stablehlo.shift_right_logical %48, %54 : tensor<0xui32>
    %56 = stablehlo.or %52, %55 : tensor<0xui32>
    %57 = stablehlo.xor %49, %56 : tensor<0xui32>
    %58 = stablehlo.add %49, %57 : tensor<0xui32>
    %59 = stablehlo.constant dense<29> : tensor<ui32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %61 = stablehlo.shift_left %57, %60 : tensor<0xui32>
    %62 = stablehlo.constant dense<3> : tensor<ui32>
    %63 = stablehlo.broadcast_in_dim %62, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %64 = stablehlo.shift_right_logical %57, %63 : tensor<0xui32>
    %65 = stablehlo.or %61, %64 : tensor<0xui32>
    %66 = stablehlo.xor %58, %65 : tensor<0xui32>
    %67 = stablehlo.add %58, %66 : tensor<0xui32>
    %68 = stablehlo.constant dense<16> : tensor<ui32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %70 = stablehlo.shift_left %66, %69 : tensor<0xui32>
    %71 = stablehlo.constant dense<16> : tensor<ui32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %73 = stablehlo.shift_right_logical %66, %72 : tensor<0xui32>
    %74 = stablehlo.or %70, %73 : tensor<0xui32>
    %75 = stablehlo.xor %67, %74 : tensor<0xui32>
    %76 = stablehlo.add %67, %75 : tensor<0xui32>
    %77 = stablehlo.constant dense<24> : tensor<ui32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %79 = stablehlo.shift_left %75, %78 : tensor<0xui32>
    %80 = stablehlo.constant dense<8> : tensor<ui32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %82 = stablehlo.shift_right_logical %75, %81 : tensor<0xui32>
    %83 = stablehlo.or %79, %82 : tensor<0xui32>
    %84 = stablehlo.xor %76, %83 : tensor<0xui32>
    %85 = stablehlo.add %76, %5 : tensor<0xui32>
    %86 = stablehlo.add %84, %0 : tensor<0xui32>
    %87 = stablehlo.constant dense<2> : tensor<ui32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %89 = stablehlo.add %86, %88 : tensor<0xui32>
    %90 = stablehlo.add %85, %89 : tensor<0xui32>
    %91 = stablehlo.constant dense<13> : tensor<ui32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %93 = stablehlo.shift_left %89, %92 : tensor<0xui32>
    %94 = stablehlo.constant dense<19> : tensor<ui32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %96 = stablehlo.shift_right_logical %89, %95 : tensor<0xui32>
    %97 = stablehlo.or %93, %96 : tensor<0xui32>
    %98 = stablehlo.xor %90, %97 : tensor<0xui32>
    %99 = stablehlo.add %90, %98 : tensor<0xui32>
    %100 = stablehlo.constant dense<15> : tensor<ui32>
    %101 = stablehlo.broadcast_in_dim %100, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %102 = stablehlo.shift_left %98, %101 : tensor<0xui32>
    %103 = stablehlo.constant dense<17> : tensor<ui32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %105 = stablehlo.shift_right_logical %98, %104 : tensor<0xui32>
    %106 = stablehlo.or %102, %105 : tensor<0xui32>
    %107 = stablehlo.xor %99, %106 : tensor<0xui32>
    %108 = stablehlo.add %99, %107 : tensor<0xui32>
    %109 = stablehlo.constant dense<26> : tensor<ui32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %111 = stablehlo.shift_left %107, %110 : tensor<0xui32>
    %112 = stablehlo.constant dense<6> : tensor<ui32>
    %113 = stablehlo.broadcast_in_dim %112, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %114 = stablehlo.shift_right_logical %107, %113 : tensor<0xui32>
    %115 = stablehlo.or %111, %114 : tensor<0xui32>
    %116 = stablehlo.xor %108, %115 : tensor<0xui32>
    %117 = stablehlo.add %108, %116 : tensor<0xui32>
    %118 = stablehlo.constant dense<6> : tensor<ui32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %120 = stablehlo.shift_left %116, %119 : tensor<0xui32>
    %121 = stablehlo.constant dense<26> : tensor<ui32>
    %122 = stablehlo.broadcast_in_dim %121, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %123 = stablehlo.shift_right_logical %116, %122 : tensor<0xui32>
    %124 = stablehlo.or %120, %123 : tensor<0xui32>
    %125 = stablehlo.xor %117, %124 : tensor<0xui32>
    %126 = stablehlo.add %117, %0 : tensor<0xui32>
    %127 = stablehlo.add %125, %1 : tensor<0xui32>
    %128 = stablehlo.constant dense<3> : tensor<ui32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %130 = stablehlo.add %127, %129 : tensor<0xui32>
    %131 = stablehlo.add %126, %130 : tensor<0xui32>
    %132 = stablehlo.constant dense<17> : tensor<ui32>
    %133 = stablehlo.broadcast_in_dim %132, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %134 = stablehlo.shift_left %130, %133 : tensor<0xui32>
    %135 = stablehlo.constant dense<15> : tensor<ui32>
    %136 = stablehlo.broadcast_in_dim %135, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %137 = stablehlo.shift_right_logical %130, %136 : tensor<0xui32>
    %138 = stablehlo.or %134, %137 : tensor<0xui32>
    %139 = stablehlo.xor %131, %138 : tensor<0xui32>
    %140 = stablehlo.add %131, %139 : tensor<0xui32>
    %141 = stablehlo.constant dense<29> : tensor<ui32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %143 = stablehlo.shift_left %139, %142 : tensor<0xui32>
    %144 = stablehlo.constant dense<3> : tensor<ui32>
    %145 = stablehlo.broadcast_in_dim %144, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %146 = stablehlo.shift_right_logical %139, %145 : tensor<0xui32>
    %147 = stablehlo.or %143, %146 : tensor<0xui32>
    %148 = stablehlo.xor %140, %147 : tensor<0xui32>
    %149 = stablehlo.add %140, %148 : tensor<0xui32>
    %150 = stablehlo.constant dense<16> : tensor<ui32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %152 = stablehlo.shift_left %148, %151 : tensor<0xui32>
    %153 = stablehlo.constant dense<16> : tensor<ui32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %155 = stablehlo.shift_right_logical %148, %154 : tensor<0xui32>
    %156 = stablehlo.or %152, %155 : tensor<0xui32>
    %157 = stablehlo.xor %149, %156 : tensor<0xui32>
    %158 = stablehlo.add %149, %157 : tensor<0xui32>
    %159 = stablehlo.constant dense<24> : tensor<ui32>
    %160 = stablehlo.broadcast_in_dim %159, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %161 = stablehlo.shift_left %157, %160 : tensor<0xui32>
    %162 = stablehlo.constant dense<8> : tensor<ui32>
    %163 = stablehlo.broadcast_in_dim %162, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %164 = stablehlo.shift_right_logical %157, %163 : tensor<0xui32>
    %165 = stablehlo.or %161, %164 : tensor<0xui32>
    %166 = stablehlo.xor %158, %165 : tensor<0xui32>
    %167 = stablehlo.add %158, %1 : tensor<0xui32>
    %168 = stablehlo.add %166, %5 : tensor<0xui32>
    %169 = stablehlo.constant dense<4> : tensor<ui32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %171 = stablehlo.add %168, %170 : tensor<0xui32>
    %172 = stablehlo.add %167, %171 : tensor<0xui32>
    %173 = stablehlo.constant dense<13> : tensor<ui32>
    %174 = stablehlo.broadcast_in_dim %173, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %175 = stablehlo.shift_left %171, %174 : tensor<0xui32>
    %176 = stablehlo.constant dense<19> : tensor<ui32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %178 = stablehlo.shift_right_logical %171, %177 : tensor<0xui32>
    %179 = stablehlo.or %175, %178 : tensor<0xui32>
    %180 = stablehlo.xor %172, %179 : tensor<0xui32>
    %181 = stablehlo.add %172, %180 : tensor<0xui32>
    %182 = stablehlo.constant dense<15> : tensor<ui32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %184 = stablehlo.shift_left %180, %183 : tensor<0xui32>
    %185 = stablehlo.constant dense<17> : tensor<ui32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %187 = stablehlo.shift_right_logical %180, %186 : tensor<0xui32>
    %188 = stablehlo.or %184, %187 : tensor<0xui32>
    %189 = stablehlo.xor %181, %188 : tensor<0xui32>
    %190 = stablehlo.add %181, %189 : tensor<0xui32>
    %191 = stablehlo.constant dense<26> : tensor<ui32>
    %192 = stablehlo.broadcast_in_dim %191, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %193 = stablehlo.shift_left %189, %192 : tensor<0xui32>
    %194 = stablehlo.constant dense<6> : tensor<ui32>
    %195 = stablehlo.broadcast_in_dim %194, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %196 = stablehlo.shift_right_logical %189, %195 : tensor<0xui32>
    %197 = stablehlo.or %193, %196 : tensor<0xui32>
    %198 = stablehlo.xor %190, %197 : tensor<0xui32>
    %199 = stablehlo.add %190, %198 : tensor<0xui32>
    %200 = stablehlo.constant dense<6> : tensor<ui32>
    %201 = stablehlo.broadcast_in_dim %200, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %202 = stablehlo.shift_left %198, %201 : tensor<0xui32>
    %203 = stablehlo.constant dense<26> : tensor<ui32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %205 = stablehlo.shift_right_logical %198, %204 : tensor<0xui32>
    %206 = stablehlo.or %202, %205 : tensor<0xui32>
    %207 = stablehlo.xor %199, %206 : tensor<0xui32>
    %208 = stablehlo.add %199, %5 : tensor<0xui32>
    %209 = stablehlo.add %207, %0 : tensor<0xui32>
    %210 = stablehlo.constant dense<5> : tensor<ui32>
    %211 = stablehlo.broadcast_in_dim %210, dims = [] : (tensor<ui32>) -> tensor<0xui32>
    %212 = stablehlo.add %209, %211 : tensor<0xui32>
    return %208, %212 : tensor<0xui32>, tensor<0xui32>
  }
}
