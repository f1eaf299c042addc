// draws
module @jit_program_draws {
  func.func public @main(%arg0: tensor<2xui32>) -> (tensor<3xui32>, tensor<5xi32>, tensor<2x3xf32>, tensor<6xi32>, tensor<4xf32>) {
    %0 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %1 = stablehlo.reshape %0 : (tensor<1xui32>) -> tensor<ui32>
    %2 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %3 = stablehlo.reshape %2 : (tensor<1xui32>) -> tensor<ui32>
    %4 = stablehlo.constant dense<0> : tensor<ui32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %6 = stablehlo.iota dim = 0 : tensor<3xui32>
    %7 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %8 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %9 = stablehlo.xor %7, %8 : tensor<3xui32>
    %10 = stablehlo.constant dense<466688986> : tensor<ui32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %12 = stablehlo.xor %9, %11 : tensor<3xui32>
    %13 = stablehlo.add %5, %7 : tensor<3xui32>
    %14 = stablehlo.add %6, %8 : tensor<3xui32>
    %15 = stablehlo.add %13, %14 : tensor<3xui32>
    %16 = stablehlo.constant dense<13> : tensor<ui32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %18 = stablehlo.shift_left %14, %17 : tensor<3xui32>
    %19 = stablehlo.constant dense<19> : tensor<ui32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %21 = stablehlo.shift_right_logical %14, %20 : tensor<3xui32>
    %22 = stablehlo.or %18, %21 : tensor<3xui32>
    %23 = stablehlo.xor %15, %22 : tensor<3xui32>
    %24 = stablehlo.add %15, %23 : tensor<3xui32>
    %25 = stablehlo.constant dense<15> : tensor<ui32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %27 = stablehlo.shift_left %23, %26 : tensor<3xui32>
    %28 = stablehlo.constant dense<17> : tensor<ui32>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %30 = stablehlo.shift_right_logical %23, %29 : tensor<3xui32>
    %31 = stablehlo.or %27, %30 : tensor<3xui32>
    %32 = stablehlo.xor %24, %31 : tensor<3xui32>
    %33 = stablehlo.add %24, %32 : tensor<3xui32>
    %34 = stablehlo.constant dense<26> : tensor<ui32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %36 = stablehlo.shift_left %32, %35 : tensor<3xui32>
    %37 = stablehlo.constant dense<6> : tensor<ui32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %39 = stablehlo.shift_right_logical %32, %38 : tensor<3xui32>
    %40 = stablehlo.or %36, %39 : tensor<3xui32>
    %41 = stablehlo.xor %33, %40 : tensor<3xui32>
    %42 = stablehlo.add %33, %41 : tensor<3xui32>
    %43 = stablehlo.constant dense<6> : tensor<ui32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %45 = stablehlo.shift_left %41, %44 : tensor<3xui32>
    %46 = stablehlo.constant dense<26> : tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %48 = stablehlo.shift_right_logical %41, %47 : tensor<3xui32>
    %49 = stablehlo.or %45, %48 : tensor<3xui32>
    %50 = stablehlo.xor %42, %49 : tensor<3xui32>
    %51 = stablehlo.add %42, %8 : tensor<3xui32>
    %52 = stablehlo.add %50, %12 : tensor<3xui32>
    %53 = stablehlo.constant dense<1> : tensor<ui32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %55 = stablehlo.add %52, %54 : tensor<3xui32>
    %56 = stablehlo.add %51, %55 : tensor<3xui32>
    %57 = stablehlo.constant dense<17> : tensor<ui32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %59 = stablehlo.shift_left %55, %58 : tensor<3xui32>
    %60 = stablehlo.constant dense<15> : tensor<ui32>
    %61 = stablehlo.broadcast_in_dim %60, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %62 = stablehlo.shift_right_logical %55, %61 : tensor<3xui32>
    %63 = stablehlo.or %59, %62 : tensor<3xui32>
    %64 = stablehlo.xor %56, %63 : tensor<3xui32>
    %65 = stablehlo.add %56, %64 : tensor<3xui32>
    %66 = stablehlo.constant dense<29> : tensor<ui32>
    %67 = stablehlo.broadcast_in_dim %66, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %68 = stablehlo.shift_left %64, %67 : tensor<3xui32>
    %69 = stablehlo.constant dense<3> : tensor<ui32>
    %70 = stablehlo.broadcast_in_dim %69, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %71 = stablehlo.shift_right_logical %64, %70 : tensor<3xui32>
    %72 = stablehlo.or %68, %71 : tensor<3xui32>
    %73 = stablehlo.xor %65, %72 : tensor<3xui32>
    %74 = stablehlo.add %65, %73 : tensor<3xui32>
    %75 = stablehlo.constant dense<16> : tensor<ui32>
    %76 = stablehlo.broadcast_in_dim %75, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %77 = stablehlo.shift_left %73, %76 : tensor<3xui32>
    %78 = stablehlo.constant dense<16> : tensor<ui32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %80 = stablehlo.shift_right_logical %73, %79 : tensor<3xui32>
    %81 = stablehlo.or %77, %80 : tensor<3xui32>
    %82 = stablehlo.xor %74, %81 : tensor<3xui32>
    %83 = stablehlo.add %74, %82 : tensor<3xui32>
    %84 = stablehlo.constant dense<24> : tensor<ui32>
    %85 = stablehlo.broadcast_in_dim %84, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %86 = stablehlo.shift_left %82, %85 : tensor<3xui32>
    %87 = stablehlo.constant dense<8> : tensor<ui32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %89 = stablehlo.shift_right_logical %82, %88 : tensor<3xui32>
    %90 = stablehlo.or %86, %89 : tensor<3xui32>
    %91 = stablehlo.xor %83, %90 : tensor<3xui32>
    %92 = stablehlo.add %83, %12 : tensor<3xui32>
    %93 = stablehlo.add %91, %7 : tensor<3xui32>
    %94 = stablehlo.constant dense<2> : tensor<ui32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %96 = stablehlo.add %93, %95 : tensor<3xui32>
    %97 = stablehlo.add %92, %96 : tensor<3xui32>
    %98 = stablehlo.constant dense<13> : tensor<ui32>
    %99 = stablehlo.broadcast_in_dim %98, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %100 = stablehlo.shift_left %96, %99 : tensor<3xui32>
    %101 = stablehlo.constant dense<19> : tensor<ui32>
    %102 = stablehlo.broadcast_in_dim %101, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %103 = stablehlo.shift_right_logical %96, %102 : tensor<3xui32>
    %104 = stablehlo.or %100, %103 : tensor<3xui32>
    %105 = stablehlo.xor %97, %104 : tensor<3xui32>
    %106 = stablehlo.add %97, %105 : tensor<3xui32>
    %107 = stablehlo.constant dense<15> : tensor<ui32>
    %108 = stablehlo.broadcast_in_dim %107, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %109 = stablehlo.shift_left %105, %108 : tensor<3xui32>
    %110 = stablehlo.constant dense<17> : tensor<ui32>
    %111 = stablehlo.broadcast_in_dim %110, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %112 = stablehlo.shift_right_logical %105, %111 : tensor<3xui32>
    %113 = stablehlo.or %109, %112 : tensor<3xui32>
    %114 = stablehlo.xor %106, %113 : tensor<3xui32>
    %115 = stablehlo.add %106, %114 : tensor<3xui32>
    %116 = stablehlo.constant dense<26> : tensor<ui32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %118 = stablehlo.shift_left %114, %117 : tensor<3xui32>
    %119 = stablehlo.constant dense<6> : tensor<ui32>
    %120 = stablehlo.broadcast_in_dim %119, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %121 = stablehlo.shift_right_logical %114, %120 : tensor<3xui32>
    %122 = stablehlo.or %118, %121 : tensor<3xui32>
    %123 = stablehlo.xor %115, %122 : tensor<3xui32>
    %124 = stablehlo.add %115, %123 : tensor<3xui32>
    %125 = stablehlo.constant dense<6> : tensor<ui32>
    %126 = stablehlo.broadcast_in_dim %125, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %127 = stablehlo.shift_left %123, %126 : tensor<3xui32>
    %128 = stablehlo.constant dense<26> : tensor<ui32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %130 = stablehlo.shift_right_logical %123, %129 : tensor<3xui32>
    %131 = stablehlo.or %127, %130 : tensor<3xui32>
    %132 = stablehlo.xor %124, %131 : tensor<3xui32>
    %133 = stablehlo.add %124, %7 : tensor<3xui32>
    %134 = stablehlo.add %132, %8 : tensor<3xui32>
    %135 = stablehlo.constant dense<3> : tensor<ui32>
    %136 = stablehlo.broadcast_in_dim %135, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %137 = stablehlo.add %134, %136 : tensor<3xui32>
    %138 = stablehlo.add %133, %137 : tensor<3xui32>
    %139 = stablehlo.constant dense<17> : tensor<ui32>
    %140 = stablehlo.broadcast_in_dim %139, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %141 = stablehlo.shift_left %137, %140 : tensor<3xui32>
    %142 = stablehlo.constant dense<15> : tensor<ui32>
    %143 = stablehlo.broadcast_in_dim %142, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %144 = stablehlo.shift_right_logical %137, %143 : tensor<3xui32>
    %145 = stablehlo.or %141, %144 : tensor<3xui32>
    %146 = stablehlo.xor %138, %145 : tensor<3xui32>
    %147 = stablehlo.add %138, %146 : tensor<3xui32>
    %148 = stablehlo.constant dense<29> : tensor<ui32>
    %149 = stablehlo.broadcast_in_dim %148, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %150 = stablehlo.shift_left %146, %149 : tensor<3xui32>
    %151 = stablehlo.constant dense<3> : tensor<ui32>
    %152 = stablehlo.broadcast_in_dim %151, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %153 = stablehlo.shift_right_logical %146, %152 : tensor<3xui32>
    %154 = stablehlo.or %150, %153 : tensor<3xui32>
    %155 = stablehlo.xor %147, %154 : tensor<3xui32>
    %156 = stablehlo.add %147, %155 : tensor<3xui32>
    %157 = stablehlo.constant dense<16> : tensor<ui32>
    %158 = stablehlo.broadcast_in_dim %157, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %159 = stablehlo.shift_left %155, %158 : tensor<3xui32>
    %160 = stablehlo.constant dense<16> : tensor<ui32>
    %161 = stablehlo.broadcast_in_dim %160, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %162 = stablehlo.shift_right_logical %155, %161 : tensor<3xui32>
    %163 = stablehlo.or %159, %162 : tensor<3xui32>
    %164 = stablehlo.xor %156, %163 : tensor<3xui32>
    %165 = stablehlo.add %156, %164 : tensor<3xui32>
    %166 = stablehlo.constant dense<24> : tensor<ui32>
    %167 = stablehlo.broadcast_in_dim %166, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %168 = stablehlo.shift_left %164, %167 : tensor<3xui32>
    %169 = stablehlo.constant dense<8> : tensor<ui32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %171 = stablehlo.shift_right_logical %164, %170 : tensor<3xui32>
    %172 = stablehlo.or %168, %171 : tensor<3xui32>
    %173 = stablehlo.xor %165, %172 : tensor<3xui32>
    %174 = stablehlo.add %165, %8 : tensor<3xui32>
    %175 = stablehlo.add %173, %12 : tensor<3xui32>
    %176 = stablehlo.constant dense<4> : tensor<ui32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %178 = stablehlo.add %175, %177 : tensor<3xui32>
    %179 = stablehlo.add %174, %178 : tensor<3xui32>
    %180 = stablehlo.constant dense<13> : tensor<ui32>
    %181 = stablehlo.broadcast_in_dim %180, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %182 = stablehlo.shift_left %178, %181 : tensor<3xui32>
    %183 = stablehlo.constant dense<19> : tensor<ui32>
    %184 = stablehlo.broadcast_in_dim %183, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %185 = stablehlo.shift_right_logical %178, %184 : tensor<3xui32>
    %186 = stablehlo.or %182, %185 : tensor<3xui32>
    %187 = stablehlo.xor %179, %186 : tensor<3xui32>
    %188 = stablehlo.add %179, %187 : tensor<3xui32>
    %189 = stablehlo.constant dense<15> : tensor<ui32>
    %190 = stablehlo.broadcast_in_dim %189, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %191 = stablehlo.shift_left %187, %190 : tensor<3xui32>
    %192 = stablehlo.constant dense<17> : tensor<ui32>
    %193 = stablehlo.broadcast_in_dim %192, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %194 = stablehlo.shift_right_logical %187, %193 : tensor<3xui32>
    %195 = stablehlo.or %191, %194 : tensor<3xui32>
    %196 = stablehlo.xor %188, %195 : tensor<3xui32>
    %197 = stablehlo.add %188, %196 : tensor<3xui32>
    %198 = stablehlo.constant dense<26> : tensor<ui32>
    %199 = stablehlo.broadcast_in_dim %198, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %200 = stablehlo.shift_left %196, %199 : tensor<3xui32>
    %201 = stablehlo.constant dense<6> : tensor<ui32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %203 = stablehlo.shift_right_logical %196, %202 : tensor<3xui32>
    %204 = stablehlo.or %200, %203 : tensor<3xui32>
    %205 = stablehlo.xor %197, %204 : tensor<3xui32>
    %206 = stablehlo.add %197, %205 : tensor<3xui32>
    %207 = stablehlo.constant dense<6> : tensor<ui32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %209 = stablehlo.shift_left %205, %208 : tensor<3xui32>
    %210 = stablehlo.constant dense<26> : tensor<ui32>
    %211 = stablehlo.broadcast_in_dim %210, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %212 = stablehlo.shift_right_logical %205, %211 : tensor<3xui32>
    %213 = stablehlo.or %209, %212 : tensor<3xui32>
    %214 = stablehlo.xor %206, %213 : tensor<3xui32>
    %215 = stablehlo.add %206, %12 : tensor<3xui32>
    %216 = stablehlo.add %214, %7 : tensor<3xui32>
    %217 = stablehlo.constant dense<5> : tensor<ui32>
    %218 = stablehlo.broadcast_in_dim %217, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %219 = stablehlo.add %216, %218 : tensor<3xui32>
    %220 = stablehlo.xor %215, %219 : tensor<3xui32>
    %221 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %222 = stablehlo.reshape %221 : (tensor<1xui32>) -> tensor<ui32>
    %223 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %224 = stablehlo.reshape %223 : (tensor<1xui32>) -> tensor<ui32>
    %225 = stablehlo.constant dense<0> : tensor<ui32>
    %226 = stablehlo.broadcast_in_dim %225, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %227 = stablehlo.iota dim = 0 : tensor<4xui32>
    %228 = stablehlo.broadcast_in_dim %222, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %229 = stablehlo.broadcast_in_dim %224, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %230 = stablehlo.xor %228, %229 : tensor<4xui32>
    %231 = stablehlo.constant dense<466688986> : tensor<ui32>
    %232 = stablehlo.broadcast_in_dim %231, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %233 = stablehlo.xor %230, %232 : tensor<4xui32>
    %234 = stablehlo.add %226, %228 : tensor<4xui32>
    %235 = stablehlo.add %227, %229 : tensor<4xui32>
    %236 = stablehlo.add %234, %235 : tensor<4xui32>
    %237 = stablehlo.constant dense<13> : tensor<ui32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %239 = stablehlo.shift_left %235, %238 : tensor<4xui32>
    %240 = stablehlo.constant dense<19> : tensor<ui32>
    %241 = stablehlo.broadcast_in_dim %240, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %242 = stablehlo.shift_right_logical %235, %241 : tensor<4xui32>
    %243 = stablehlo.or %239, %242 : tensor<4xui32>
    %244 = stablehlo.xor %236, %243 : tensor<4xui32>
    %245 = stablehlo.add %236, %244 : tensor<4xui32>
    %246 = stablehlo.constant dense<15> : tensor<ui32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %248 = stablehlo.shift_left %244, %247 : tensor<4xui32>
    %249 = stablehlo.constant dense<17> : tensor<ui32>
    %250 = stablehlo.broadcast_in_dim %249, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %251 = stablehlo.shift_right_logical %244, %250 : tensor<4xui32>
    %252 = stablehlo.or %248, %251 : tensor<4xui32>
    %253 = stablehlo.xor %245, %252 : tensor<4xui32>
    %254 = stablehlo.add %245, %253 : tensor<4xui32>
    %255 = stablehlo.constant dense<26> : tensor<ui32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %257 = stablehlo.shift_left %253, %256 : tensor<4xui32>
    %258 = stablehlo.constant dense<6> : tensor<ui32>
    %259 = stablehlo.broadcast_in_dim %258, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %260 = stablehlo.shift_right_logical %253, %259 : tensor<4xui32>
    %261 = stablehlo.or %257, %260 : tensor<4xui32>
    %262 = stablehlo.xor %254, %261 : tensor<4xui32>
    %263 = stablehlo.add %254, %262 : tensor<4xui32>
    %264 = stablehlo.constant dense<6> : tensor<ui32>
    %265 = stablehlo.broadcast_in_dim %264, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %266 = stablehlo.shift_left %262, %265 : tensor<4xui32>
    %267 = stablehlo.constant dense<26> : tensor<ui32>
    %268 = stablehlo.broadcast_in_dim %267, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %269 = stablehlo.shift_right_logical %262, %268 : tensor<4xui32>
    %270 = stablehlo.or %266, %269 : tensor<4xui32>
    %271 = stablehlo.xor %263, %270 : tensor<4xui32>
    %272 = stablehlo.add %263, %229 : tensor<4xui32>
    %273 = stablehlo.add %271, %233 : tensor<4xui32>
    %274 = stablehlo.constant dense<1> : tensor<ui32>
    %275 = stablehlo.broadcast_in_dim %274, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %276 = stablehlo.add %273, %275 : tensor<4xui32>
    %277 = stablehlo.add %272, %276 : tensor<4xui32>
    %278 = stablehlo.constant dense<17> : tensor<ui32>
    %279 = stablehlo.broadcast_in_dim %278, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %280 = stablehlo.shift_left %276, %279 : tensor<4xui32>
    %281 = stablehlo.constant dense<15> : tensor<ui32>
    %282 = stablehlo.broadcast_in_dim %281, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %283 = stablehlo.shift_right_logical %276, %282 : tensor<4xui32>
    %284 = stablehlo.or %280, %283 : tensor<4xui32>
    %285 = stablehlo.xor %277, %284 : tensor<4xui32>
    %286 = stablehlo.add %277, %285 : tensor<4xui32>
    %287 = stablehlo.constant dense<29> : tensor<ui32>
    %288 = stablehlo.broadcast_in_dim %287, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %289 = stablehlo.shift_left %285, %288 : tensor<4xui32>
    %290 = stablehlo.constant dense<3> : tensor<ui32>
    %291 = stablehlo.broadcast_in_dim %290, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %292 = stablehlo.shift_right_logical %285, %291 : tensor<4xui32>
    %293 = stablehlo.or %289, %292 : tensor<4xui32>
    %294 = stablehlo.xor %286, %293 : tensor<4xui32>
    %295 = stablehlo.add %286, %294 : tensor<4xui32>
    %296 = stablehlo.constant dense<16> : tensor<ui32>
    %297 = stablehlo.broadcast_in_dim %296, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %298 = stablehlo.shift_left %294, %297 : tensor<4xui32>
    %299 = stablehlo.constant dense<16> : tensor<ui32>
    %300 = stablehlo.broadcast_in_dim %299, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %301 = stablehlo.shift_right_logical %294, %300 : tensor<4xui32>
    %302 = stablehlo.or %298, %301 : tensor<4xui32>
    %303 = stablehlo.xor %295, %302 : tensor<4xui32>
    %304 = stablehlo.add %295, %303 : tensor<4xui32>
    %305 = stablehlo.constant dense<24> : tensor<ui32>
    %306 = stablehlo.broadcast_in_dim %305, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %307 = stablehlo.shift_left %303, %306 : tensor<4xui32>
    %308 = stablehlo.constant dense<8> : tensor<ui32>
    %309 = stablehlo.broadcast_in_dim %308, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %310 = stablehlo.shift_right_logical %303, %309 : tensor<4xui32>
    %311 = stablehlo.or %307, %310 : tensor<4xui32>
    %312 = stablehlo.xor %304, %311 : tensor<4xui32>
    %313 = stablehlo.add %304, %233 : tensor<4xui32>
    %314 = stablehlo.add %312, %228 : tensor<4xui32>
    %315 = stablehlo.constant dense<2> : tensor<ui32>
    %316 = stablehlo.broadcast_in_dim %315, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %317 = stablehlo.add %314, %316 : tensor<4xui32>
    %318 = stablehlo.add %313, %317 : tensor<4xui32>
    %319 = stablehlo.constant dense<13> : tensor<ui32>
    %320 = stablehlo.broadcast_in_dim %319, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %321 = stablehlo.shift_left %317, %320 : tensor<4xui32>
    %322 = stablehlo.constant dense<19> : tensor<ui32>
    %323 = stablehlo.broadcast_in_dim %322, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %324 = stablehlo.shift_right_logical %317, %323 : tensor<4xui32>
    %325 = stablehlo.or %321, %324 : tensor<4xui32>
    %326 = stablehlo.xor %318, %325 : tensor<4xui32>
    %327 = stablehlo.add %318, %326 : tensor<4xui32>
    %328 = stablehlo.constant dense<15> : tensor<ui32>
    %329 = stablehlo.broadcast_in_dim %328, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %330 = stablehlo.shift_left %326, %329 : tensor<4xui32>
    %331 = stablehlo.constant dense<17> : tensor<ui32>
    %332 = stablehlo.broadcast_in_dim %331, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %333 = stablehlo.shift_right_logical %326, %332 : tensor<4xui32>
    %334 = stablehlo.or %330, %333 : tensor<4xui32>
    %335 = stablehlo.xor %327, %334 : tensor<4xui32>
    %336 = stablehlo.add %327, %335 : tensor<4xui32>
    %337 = stablehlo.constant dense<26> : tensor<ui32>
    %338 = stablehlo.broadcast_in_dim %337, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %339 = stablehlo.shift_left %335, %338 : tensor<4xui32>
    %340 = stablehlo.constant dense<6> : tensor<ui32>
    %341 = stablehlo.broadcast_in_dim %340, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %342 = stablehlo.shift_right_logical %335, %341 : tensor<4xui32>
    %343 = stablehlo.or %339, %342 : tensor<4xui32>
    %344 = stablehlo.xor %336, %343 : tensor<4xui32>
    %345 = stablehlo.add %336, %344 : tensor<4xui32>
    %346 = stablehlo.constant dense<6> : tensor<ui32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %348 = stablehlo.shift_left %344, %347 : tensor<4xui32>
    %349 = stablehlo.constant dense<26> : tensor<ui32>
    %350 = stablehlo.broadcast_in_dim %349, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %351 = stablehlo.shift_right_logical %344, %350 : tensor<4xui32>
    %352 = stablehlo.or %348, %351 : tensor<4xui32>
    %353 = stablehlo.xor %345, %352 : tensor<4xui32>
    %354 = stablehlo.add %345, %228 : tensor<4xui32>
    %355 = stablehlo.add %353, %229 : tensor<4xui32>
    %356 = stablehlo.constant dense<3> : tensor<ui32>
    %357 = stablehlo.broadcast_in_dim %356, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %358 = stablehlo.add %355, %357 : tensor<4xui32>
    %359 = stablehlo.add %354, %358 : tensor<4xui32>
    %360 = stablehlo.constant dense<17> : tensor<ui32>
    %361 = stablehlo.broadcast_in_dim %360, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %362 = stablehlo.shift_left %358, %361 : tensor<4xui32>
    %363 = stablehlo.constant dense<15> : tensor<ui32>
    %364 = stablehlo.broadcast_in_dim %363, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %365 = stablehlo.shift_right_logical %358, %364 : tensor<4xui32>
    %366 = stablehlo.or %362, %365 : tensor<4xui32>
    %367 = stablehlo.xor %359, %366 : tensor<4xui32>
    %368 = stablehlo.add %359, %367 : tensor<4xui32>
    %369 = stablehlo.constant dense<29> : tensor<ui32>
    %370 = stablehlo.broadcast_in_dim %369, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %371 = stablehlo.shift_left %367, %370 : tensor<4xui32>
    %372 = stablehlo.constant dense<3> : tensor<ui32>
    %373 = stablehlo.broadcast_in_dim %372, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %374 = stablehlo.shift_right_logical %367, %373 : tensor<4xui32>
    %375 = stablehlo.or %371, %374 : tensor<4xui32>
    %376 = stablehlo.xor %368, %375 : tensor<4xui32>
    %377 = stablehlo.add %368, %376 : tensor<4xui32>
    %378 = stablehlo.constant dense<16> : tensor<ui32>
    %379 = stablehlo.broadcast_in_dim %378, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %380 = stablehlo.shift_left %376, %379 : tensor<4xui32>
    %381 = stablehlo.constant dense<16> : tensor<ui32>
    %382 = stablehlo.broadcast_in_dim %381, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %383 = stablehlo.shift_right_logical %376, %382 : tensor<4xui32>
    %384 = stablehlo.or %380, %383 : tensor<4xui32>
    %385 = stablehlo.xor %377, %384 : tensor<4xui32>
    %386 = stablehlo.add %377, %385 : tensor<4xui32>
    %387 = stablehlo.constant dense<24> : tensor<ui32>
    %388 = stablehlo.broadcast_in_dim %387, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %389 = stablehlo.shift_left %385, %388 : tensor<4xui32>
    %390 = stablehlo.constant dense<8> : tensor<ui32>
    %391 = stablehlo.broadcast_in_dim %390, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %392 = stablehlo.shift_right_logical %385, %391 : tensor<4xui32>
    %393 = stablehlo.or %389, %392 : tensor<4xui32>
    %394 = stablehlo.xor %386, %393 : tensor<4xui32>
    %395 = stablehlo.add %386, %229 : tensor<4xui32>
    %396 = stablehlo.add %394, %233 : tensor<4xui32>
    %397 = stablehlo.constant dense<4> : tensor<ui32>
    %398 = stablehlo.broadcast_in_dim %397, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %399 = stablehlo.add %396, %398 : tensor<4xui32>
    %400 = stablehlo.add %395, %399 : tensor<4xui32>
    %401 = stablehlo.constant dense<13> : tensor<ui32>
    %402 = stablehlo.broadcast_in_dim %401, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %403 = stablehlo.shift_left %399, %402 : tensor<4xui32>
    %404 = stablehlo.constant dense<19> : tensor<ui32>
    %405 = stablehlo.broadcast_in_dim %404, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %406 = stablehlo.shift_right_logical %399, %405 : tensor<4xui32>
    %407 = stablehlo.or %403, %406 : tensor<4xui32>
    %408 = stablehlo.xor %400, %407 : tensor<4xui32>
    %409 = stablehlo.add %400, %408 : tensor<4xui32>
    %410 = stablehlo.constant dense<15> : tensor<ui32>
    %411 = stablehlo.broadcast_in_dim %410, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %412 = stablehlo.shift_left %408, %411 : tensor<4xui32>
    %413 = stablehlo.constant dense<17> : tensor<ui32>
    %414 = stablehlo.broadcast_in_dim %413, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %415 = stablehlo.shift_right_logical %408, %414 : tensor<4xui32>
    %416 = stablehlo.or %412, %415 : tensor<4xui32>
    %417 = stablehlo.xor %409, %416 : tensor<4xui32>
    %418 = stablehlo.add %409, %417 : tensor<4xui32>
    %419 = stablehlo.constant dense<26> : tensor<ui32>
    %420 = stablehlo.broadcast_in_dim %419, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %421 = stablehlo.shift_left %417, %420 : tensor<4xui32>
    %422 = stablehlo.constant dense<6> : tensor<ui32>
    %423 = stablehlo.broadcast_in_dim %422, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %424 = stablehlo.shift_right_logical %417, %423 : tensor<4xui32>
    %425 = stablehlo.or %421, %424 : tensor<4xui32>
    %426 = stablehlo.xor %418, %425 : tensor<4xui32>
    %427 = stablehlo.add %418, %426 : tensor<4xui32>
    %428 = stablehlo.constant dense<6> : tensor<ui32>
    %429 = stablehlo.broadcast_in_dim %428, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %430 = stablehlo.shift_left %426, %429 : tensor<4xui32>
    %431 = stablehlo.constant dense<26> : tensor<ui32>
    %432 = stablehlo.broadcast_in_dim %431, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %433 = stablehlo.shift_right_logical %426, %432 : tensor<4xui32>
    %434 = stablehlo.or %430, %433 : tensor<4xui32>
    %435 = stablehlo.xor %427, %434 : tensor<4xui32>
    %436 = stablehlo.add %427, %233 : tensor<4xui32>
    %437 = stablehlo.add %435, %228 : tensor<4xui32>
    %438 = stablehlo.constant dense<5> : tensor<ui32>
    %439 = stablehlo.broadcast_in_dim %438, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %440 = stablehlo.add %437, %439 : tensor<4xui32>
    %441 = stablehlo.xor %436, %440 : tensor<4xui32>
    %442 = stablehlo.constant dense<9> : tensor<ui32>
    %443 = stablehlo.broadcast_in_dim %442, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %444 = stablehlo.shift_right_logical %441, %443 : tensor<4xui32>
    %445 = stablehlo.constant dense<1065353216> : tensor<ui32>
    %446 = stablehlo.broadcast_in_dim %445, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %447 = stablehlo.or %444, %446 : tensor<4xui32>
    %448 = stablehlo.bitcast_convert %447 : (tensor<4xui32>) -> tensor<4xf32>
    %449 = stablehlo.constant dense<1.0> : tensor<f32>
    %450 = stablehlo.broadcast_in_dim %449, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %451 = stablehlo.subtract %448, %450 : tensor<4xf32>
    %452 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %453 = stablehlo.reshape %452 : (tensor<1xui32>) -> tensor<ui32>
    %454 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %455 = stablehlo.reshape %454 : (tensor<1xui32>) -> tensor<ui32>
    %456 = stablehlo.constant dense<0> : tensor<ui32>
    %457 = stablehlo.broadcast_in_dim %456, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %458 = stablehlo.iota dim = 0 : tensor<2x3xui32>
    %459 = stablehlo.constant dense<3> : tensor<ui32>
    %460 = stablehlo.broadcast_in_dim %459, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %461 = stablehlo.multiply %458, %460 : tensor<2x3xui32>
    %462 = stablehlo.iota dim = 1 : tensor<2x3xui32>
    %463 = stablehlo.add %461, %462 : tensor<2x3xui32>
    %464 = stablehlo.broadcast_in_dim %453, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %465 = stablehlo.broadcast_in_dim %455, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %466 = stablehlo.xor %464, %465 : tensor<2x3xui32>
    %467 = stablehlo.constant dense<466688986> : tensor<ui32>
    %468 = stablehlo.broadcast_in_dim %467, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %469 = stablehlo.xor %466, %468 : tensor<2x3xui32>
    %470 = stablehlo.add %457, %464 : tensor<2x3xui32>
    %471 = stablehlo.add %463, %465 : tensor<2x3xui32>
    %472 = stablehlo.add %470, %471 : tensor<2x3xui32>
    %473 = stablehlo.constant dense<13> : tensor<ui32>
    %474 = stablehlo.broadcast_in_dim %473, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %475 = stablehlo.shift_left %471, %474 : tensor<2x3xui32>
    %476 = stablehlo.constant dense<19> : tensor<ui32>
    %477 = stablehlo.broadcast_in_dim %476, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %478 = stablehlo.shift_right_logical %471, %477 : tensor<2x3xui32>
    %479 = stablehlo.or %475, %478 : tensor<2x3xui32>
    %480 = stablehlo.xor %472, %479 : tensor<2x3xui32>
    %481 = stablehlo.add %472, %480 : tensor<2x3xui32>
    %482 = stablehlo.constant dense<15> : tensor<ui32>
    %483 = stablehlo.broadcast_in_dim %482, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %484 = stablehlo.shift_left %480, %483 : tensor<2x3xui32>
    %485 = stablehlo.constant dense<17> : tensor<ui32>
    %486 = stablehlo.broadcast_in_dim %485, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %487 = stablehlo.shift_right_logical %480, %486 : tensor<2x3xui32>
    %488 = stablehlo.or %484, %487 : tensor<2x3xui32>
    %489 = stablehlo.xor %481, %488 : tensor<2x3xui32>
    %490 = stablehlo.add %481, %489 : tensor<2x3xui32>
    %491 = stablehlo.constant dense<26> : tensor<ui32>
    %492 = stablehlo.broadcast_in_dim %491, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %493 = stablehlo.shift_left %489, %492 : tensor<2x3xui32>
    %494 = stablehlo.constant dense<6> : tensor<ui32>
    %495 = stablehlo.broadcast_in_dim %494, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %496 = stablehlo.shift_right_logical %489, %495 : tensor<2x3xui32>
    %497 = stablehlo.or %493, %496 : tensor<2x3xui32>
    %498 = stablehlo.xor %490, %497 : tensor<2x3xui32>
    %499 = stablehlo.add %490, %498 : tensor<2x3xui32>
    %500 = stablehlo.constant dense<6> : tensor<ui32>
    %501 = stablehlo.broadcast_in_dim %500, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %502 = stablehlo.shift_left %498, %501 : tensor<2x3xui32>
    %503 = stablehlo.constant dense<26> : tensor<ui32>
    %504 = stablehlo.broadcast_in_dim %503, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %505 = stablehlo.shift_right_logical %498, %504 : tensor<2x3xui32>
    %506 = stablehlo.or %502, %505 : tensor<2x3xui32>
    %507 = stablehlo.xor %499, %506 : tensor<2x3xui32>
    %508 = stablehlo.add %499, %465 : tensor<2x3xui32>
    %509 = stablehlo.add %507, %469 : tensor<2x3xui32>
    %510 = stablehlo.constant dense<1> : tensor<ui32>
    %511 = stablehlo.broadcast_in_dim %510, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %512 = stablehlo.add %509, %511 : tensor<2x3xui32>
    %513 = stablehlo.add %508, %512 : tensor<2x3xui32>
    %514 = stablehlo.constant dense<17> : tensor<ui32>
    %515 = stablehlo.broadcast_in_dim %514, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %516 = stablehlo.shift_left %512, %515 : tensor<2x3xui32>
    %517 = stablehlo.constant dense<15> : tensor<ui32>
    %518 = stablehlo.broadcast_in_dim %517, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %519 = stablehlo.shift_right_logical %512, %518 : tensor<2x3xui32>
    %520 = stablehlo.or %516, %519 : tensor<2x3xui32>
    %521 = stablehlo.xor %513, %520 : tensor<2x3xui32>
    %522 = stablehlo.add %513, %521 : tensor<2x3xui32>
    %523 = stablehlo.constant dense<29> : tensor<ui32>
    %524 = stablehlo.broadcast_in_dim %523, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %525 = stablehlo.shift_left %521, %524 : tensor<2x3xui32>
    %526 = stablehlo.constant dense<3> : tensor<ui32>
    %527 = stablehlo.broadcast_in_dim %526, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %528 = stablehlo.shift_right_logical %521, %527 : tensor<2x3xui32>
    %529 = stablehlo.or %525, %528 : tensor<2x3xui32>
    %530 = stablehlo.xor %522, %529 : tensor<2x3xui32>
    %531 = stablehlo.add %522, %530 : tensor<2x3xui32>
    %532 = stablehlo.constant dense<16> : tensor<ui32>
    %533 = stablehlo.broadcast_in_dim %532, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %534 = stablehlo.shift_left %530, %533 : tensor<2x3xui32>
    %535 = stablehlo.constant dense<16> : tensor<ui32>
    %536 = stablehlo.broadcast_in_dim %535, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %537 = stablehlo.shift_right_logical %530, %536 : tensor<2x3xui32>
    %538 = stablehlo.or %534, %537 : tensor<2x3xui32>
    %539 = stablehlo.xor %531, %538 : tensor<2x3xui32>
    %540 = stablehlo.add %531, %539 : tensor<2x3xui32>
    %541 = stablehlo.constant dense<24> : tensor<ui32>
    %542 = stablehlo.broadcast_in_dim %541, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %543 = stablehlo.shift_left %539, %542 : tensor<2x3xui32>
    %544 = stablehlo.constant dense<8> : tensor<ui32>
    %545 = stablehlo.broadcast_in_dim %544, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %546 = stablehlo.shift_right_logical %539, %545 : tensor<2x3xui32>
    %547 = stablehlo.or %543, %546 : tensor<2x3xui32>
    %548 = stablehlo.xor %540, %547 : tensor<2x3xui32>
    %549 = stablehlo.add %540, %469 : tensor<2x3xui32>
    %550 = stablehlo.add %548, %464 : tensor<2x3xui32>
    %551 = stablehlo.constant dense<2> : tensor<ui32>
    %552 = stablehlo.broadcast_in_dim %551, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %553 = stablehlo.add %550, %552 : tensor<2x3xui32>
    %554 = stablehlo.add %549, %553 : tensor<2x3xui32>
    %555 = stablehlo.constant dense<13> : tensor<ui32>
    %556 = stablehlo.broadcast_in_dim %555, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %557 = stablehlo.shift_left %553, %556 : tensor<2x3xui32>
    %558 = stablehlo.constant dense<19> : tensor<ui32>
    %559 = stablehlo.broadcast_in_dim %558, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %560 = stablehlo.shift_right_logical %553, %559 : tensor<2x3xui32>
    %561 = stablehlo.or %557, %560 : tensor<2x3xui32>
    %562 = stablehlo.xor %554, %561 : tensor<2x3xui32>
    %563 = stablehlo.add %554, %562 : tensor<2x3xui32>
    %564 = stablehlo.constant dense<15> : tensor<ui32>
    %565 = stablehlo.broadcast_in_dim %564, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %566 = stablehlo.shift_left %562, %565 : tensor<2x3xui32>
    %567 = stablehlo.constant dense<17> : tensor<ui32>
    %568 = stablehlo.broadcast_in_dim %567, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %569 = stablehlo.shift_right_logical %562, %568 : tensor<2x3xui32>
    %570 = stablehlo.or %566, %569 : tensor<2x3xui32>
    %571 = stablehlo.xor %563, %570 : tensor<2x3xui32>
    %572 = stablehlo.add %563, %571 : tensor<2x3xui32>
    %573 = stablehlo.constant dense<26> : tensor<ui32>
    %574 = stablehlo.broadcast_in_dim %573, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %575 = stablehlo.shift_left %571, %574 : tensor<2x3xui32>
    %576 = stablehlo.constant dense<6> : tensor<ui32>
    %577 = stablehlo.broadcast_in_dim %576, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %578 = stablehlo.shift_right_logical %571, %577 : tensor<2x3xui32>
    %579 = stablehlo.or %575, %578 : tensor<2x3xui32>
    %580 = stablehlo.xor %572, %579 : tensor<2x3xui32>
    %581 = stablehlo.add %572, %580 : tensor<2x3xui32>
    %582 = stablehlo.constant dense<6> : tensor<ui32>
    %583 = stablehlo.broadcast_in_dim %582, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %584 = stablehlo.shift_left %580, %583 : tensor<2x3xui32>
    %585 = stablehlo.constant dense<26> : tensor<ui32>
    %586 = stablehlo.broadcast_in_dim %585, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %587 = stablehlo.shift_right_logical %580, %586 : tensor<2x3xui32>
    %588 = stablehlo.or %584, %587 : tensor<2x3xui32>
    %589 = stablehlo.xor %581, %588 : tensor<2x3xui32>
    %590 = stablehlo.add %581, %464 : tensor<2x3xui32>
    %591 = stablehlo.add %589, %465 : tensor<2x3xui32>
    %592 = stablehlo.constant dense<3> : tensor<ui32>
    %593 = stablehlo.broadcast_in_dim %592, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %594 = stablehlo.add %591, %593 : tensor<2x3xui32>
    %595 = stablehlo.add %590, %594 : tensor<2x3xui32>
    %596 = stablehlo.constant dense<17> : tensor<ui32>
    %597 = stablehlo.broadcast_in_dim %596, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %598 = stablehlo.shift_left %594, %597 : tensor<2x3xui32>
    %599 = stablehlo.constant dense<15> : tensor<ui32>
    %600 = stablehlo.broadcast_in_dim %599, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %601 = stablehlo.shift_right_logical %594, %600 : tensor<2x3xui32>
    %602 = stablehlo.or %598, %601 : tensor<2x3xui32>
    %603 = stablehlo.xor %595, %602 : tensor<2x3xui32>
    %604 = stablehlo.add %595, %603 : tensor<2x3xui32>
    %605 = stablehlo.constant dense<29> : tensor<ui32>
    %606 = stablehlo.broadcast_in_dim %605, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %607 = stablehlo.shift_left %603, %606 : tensor<2x3xui32>
    %608 = stablehlo.constant dense<3> : tensor<ui32>
    %609 = stablehlo.broadcast_in_dim %608, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %610 = stablehlo.shift_right_logical %603, %609 : tensor<2x3xui32>
    %611 = stablehlo.or %607, %610 : tensor<2x3xui32>
    %612 = stablehlo.xor %604, %611 : tensor<2x3xui32>
    %613 = stablehlo.add %604, %612 : tensor<2x3xui32>
    %614 = stablehlo.constant dense<16> : tensor<ui32>
    %615 = stablehlo.broadcast_in_dim %614, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %616 = stablehlo.shift_left %612, %615 : tensor<2x3xui32>
    %617 = stablehlo.constant dense<16> : tensor<ui32>
    %618 = stablehlo.broadcast_in_dim %617, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %619 = stablehlo.shift_right_logical %612, %618 : tensor<2x3xui32>
    %620 = stablehlo.or %616, %619 : tensor<2x3xui32>
    %621 = stablehlo.xor %613, %620 : tensor<2x3xui32>
    %622 = stablehlo.add %613, %621 : tensor<2x3xui32>
    %623 = stablehlo.constant dense<24> : tensor<ui32>
    %624 = stablehlo.broadcast_in_dim %623, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %625 = stablehlo.shift_left %621, %624 : tensor<2x3xui32>
    %626 = stablehlo.constant dense<8> : tensor<ui32>
    %627 = stablehlo.broadcast_in_dim %626, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %628 = stablehlo.shift_right_logical %621, %627 : tensor<2x3xui32>
    %629 = stablehlo.or %625, %628 : tensor<2x3xui32>
    %630 = stablehlo.xor %622, %629 : tensor<2x3xui32>
    %631 = stablehlo.add %622, %465 : tensor<2x3xui32>
    %632 = stablehlo.add %630, %469 : tensor<2x3xui32>
    %633 = stablehlo.constant dense<4> : tensor<ui32>
    %634 = stablehlo.broadcast_in_dim %633, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %635 = stablehlo.add %632, %634 : tensor<2x3xui32>
    %636 = stablehlo.add %631, %635 : tensor<2x3xui32>
    %637 = stablehlo.constant dense<13> : tensor<ui32>
    %638 = stablehlo.broadcast_in_dim %637, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %639 = stablehlo.shift_left %635, %638 : tensor<2x3xui32>
    %640 = stablehlo.constant dense<19> : tensor<ui32>
    %641 = stablehlo.broadcast_in_dim %640, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %642 = stablehlo.shift_right_logical %635, %641 : tensor<2x3xui32>
    %643 = stablehlo.or %639, %642 : tensor<2x3xui32>
    %644 = stablehlo.xor %636, %643 : tensor<2x3xui32>
    %645 = stablehlo.add %636, %644 : tensor<2x3xui32>
    %646 = stablehlo.constant dense<15> : tensor<ui32>
    %647 = stablehlo.broadcast_in_dim %646, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %648 = stablehlo.shift_left %644, %647 : tensor<2x3xui32>
    %649 = stablehlo.constant dense<17> : tensor<ui32>
    %650 = stablehlo.broadcast_in_dim %649, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %651 = stablehlo.shift_right_logical %644, %650 : tensor<2x3xui32>
    %652 = stablehlo.or %648, %651 : tensor<2x3xui32>
    %653 = stablehlo.xor %645, %652 : tensor<2x3xui32>
    %654 = stablehlo.add %645, %653 : tensor<2x3xui32>
    %655 = stablehlo.constant dense<26> : tensor<ui32>
    %656 = stablehlo.broadcast_in_dim %655, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %657 = stablehlo.shift_left %653, %656 : tensor<2x3xui32>
    %658 = stablehlo.constant dense<6> : tensor<ui32>
    %659 = stablehlo.broadcast_in_dim %658, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %660 = stablehlo.shift_right_logical %653, %659 : tensor<2x3xui32>
    %661 = stablehlo.or %657, %660 : tensor<2x3xui32>
    %662 = stablehlo.xor %654, %661 : tensor<2x3xui32>
    %663 = stablehlo.add %654, %662 : tensor<2x3xui32>
    %664 = stablehlo.constant dense<6> : tensor<ui32>
    %665 = stablehlo.broadcast_in_dim %664, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %666 = stablehlo.shift_left %662, %665 : tensor<2x3xui32>
    %667 = stablehlo.constant dense<26> : tensor<ui32>
    %668 = stablehlo.broadcast_in_dim %667, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %669 = stablehlo.shift_right_logical %662, %668 : tensor<2x3xui32>
    %670 = stablehlo.or %666, %669 : tensor<2x3xui32>
    %671 = stablehlo.xor %663, %670 : tensor<2x3xui32>
    %672 = stablehlo.add %663, %469 : tensor<2x3xui32>
    %673 = stablehlo.add %671, %464 : tensor<2x3xui32>
    %674 = stablehlo.constant dense<5> : tensor<ui32>
    %675 = stablehlo.broadcast_in_dim %674, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %676 = stablehlo.add %673, %675 : tensor<2x3xui32>
    %677 = stablehlo.xor %672, %676 : tensor<2x3xui32>
    %678 = stablehlo.constant dense<9> : tensor<ui32>
    %679 = stablehlo.broadcast_in_dim %678, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %680 = stablehlo.shift_right_logical %677, %679 : tensor<2x3xui32>
    %681 = stablehlo.constant dense<1065353216> : tensor<ui32>
    %682 = stablehlo.broadcast_in_dim %681, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %683 = stablehlo.or %680, %682 : tensor<2x3xui32>
    %684 = stablehlo.bitcast_convert %683 : (tensor<2x3xui32>) -> tensor<2x3xf32>
    %685 = stablehlo.constant dense<1.0> : tensor<f32>
    %686 = stablehlo.broadcast_in_dim %685, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %687 = stablehlo.subtract %684, %686 : tensor<2x3xf32>
    %688 = stablehlo.constant dense<1.0> : tensor<f32>
    %689 = stablehlo.constant dense<-0.99999994> : tensor<f32>
    %690 = stablehlo.subtract %688, %689 : tensor<f32>
    %691 = stablehlo.broadcast_in_dim %690, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %692 = stablehlo.multiply %687, %691 : tensor<2x3xf32>
    %693 = stablehlo.constant dense<-0.99999994> : tensor<f32>
    %694 = stablehlo.broadcast_in_dim %693, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %695 = stablehlo.add %692, %694 : tensor<2x3xf32>
    %696 = stablehlo.constant dense<-0.99999994> : tensor<f32>
    %697 = stablehlo.broadcast_in_dim %696, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %698 = stablehlo.maximum %697, %695 : tensor<2x3xf32>
    %699 = "chlo.erf_inv"(%698) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %700 = stablehlo.constant dense<1.4142135> : tensor<f32>
    %701 = stablehlo.broadcast_in_dim %700, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %702 = stablehlo.multiply %701, %699 : tensor<2x3xf32>
    %703 = stablehlo.constant dense<0> : tensor<i32>
    %704 = stablehlo.constant dense<100> : tensor<i32>
    %705 = stablehlo.constant dense<-2147483648> : tensor<i32>
    %706 = stablehlo.constant dense<2147483647> : tensor<i32>
    %707 = stablehlo.constant dense<2147483647> : tensor<i32>
    %708 = "stablehlo.clamp"(%705, %706, %707) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %709 = stablehlo.compare GT, %704, %708, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %710 = stablehlo.constant dense<-2147483648> : tensor<i32>
    %711 = stablehlo.constant dense<2147483647> : tensor<i32>
    %712 = "stablehlo.clamp"(%710, %703, %711) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %713 = stablehlo.constant dense<-2147483648> : tensor<i32>
    %714 = stablehlo.constant dense<2147483647> : tensor<i32>
    %715 = "stablehlo.clamp"(%713, %704, %714) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
    %716 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %717 = stablehlo.reshape %716 : (tensor<1xui32>) -> tensor<ui32>
    %718 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %719 = stablehlo.reshape %718 : (tensor<1xui32>) -> tensor<ui32>
    %720 = stablehlo.constant dense<0> : tensor<ui32>
    %721 = stablehlo.broadcast_in_dim %720, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %722 = stablehlo.iota dim = 0 : tensor<2xui32>
    %723 = stablehlo.broadcast_in_dim %717, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %724 = stablehlo.broadcast_in_dim %719, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %725 = stablehlo.xor %723, %724 : tensor<2xui32>
    %726 = stablehlo.constant dense<466688986> : tensor<ui32>
    %727 = stablehlo.broadcast_in_dim %726, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %728 = stablehlo.xor %725, %727 : tensor<2xui32>
    %729 = stablehlo.add %721, %723 : tensor<2xui32>
    %730 = stablehlo.add %722, %724 : tensor<2xui32>
    %731 = stablehlo.add %729, %730 : tensor<2xui32>
    %732 = stablehlo.constant dense<13> : tensor<ui32>
    %733 = stablehlo.broadcast_in_dim %732, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %734 = stablehlo.shift_left %730, %733 : tensor<2xui32>
    %735 = stablehlo.constant dense<19> : tensor<ui32>
    %736 = stablehlo.broadcast_in_dim %735, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %737 = stablehlo.shift_right_logical %730, %736 : tensor<2xui32>
    %738 = stablehlo.or %734, %737 : tensor<2xui32>
    %739 = stablehlo.xor %731, %738 : tensor<2xui32>
    %740 = stablehlo.add %731, %739 : tensor<2xui32>
    %741 = stablehlo.constant dense<15> : tensor<ui32>
    %742 = stablehlo.broadcast_in_dim %741, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %743 = stablehlo.shift_left %739, %742 : tensor<2xui32>
    %744 = stablehlo.constant dense<17> : tensor<ui32>
    %745 = stablehlo.broadcast_in_dim %744, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %746 = stablehlo.shift_right_logical %739, %745 : tensor<2xui32>
    %747 = stablehlo.or %743, %746 : tensor<2xui32>
    %748 = stablehlo.xor %740, %747 : tensor<2xui32>
    %749 = stablehlo.add %740, %748 : tensor<2xui32>
    %750 = stablehlo.constant dense<26> : tensor<ui32>
    %751 = stablehlo.broadcast_in_dim %750, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %752 = stablehlo.shift_left %748, %751 : tensor<2xui32>
    %753 = stablehlo.constant dense<6> : tensor<ui32>
    %754 = stablehlo.broadcast_in_dim %753, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %755 = stablehlo.shift_right_logical %748, %754 : tensor<2xui32>
    %756 = stablehlo.or %752, %755 : tensor<2xui32>
    %757 = stablehlo.xor %749, %756 : tensor<2xui32>
    %758 = stablehlo.add %749, %757 : tensor<2xui32>
    %759 = stablehlo.constant dense<6> : tensor<ui32>
    %760 = stablehlo.broadcast_in_dim %759, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %761 = stablehlo.shift_left %757, %760 : tensor<2xui32>
    %762 = stablehlo.constant dense<26> : tensor<ui32>
    %763 = stablehlo.broadcast_in_dim %762, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %764 = stablehlo.shift_right_logical %757, %763 : tensor<2xui32>
    %765 = stablehlo.or %761, %764 : tensor<2xui32>
    %766 = stablehlo.xor %758, %765 : tensor<2xui32>
    %767 = stablehlo.add %758, %724 : tensor<2xui32>
    %768 = stablehlo.add %766, %728 : tensor<2xui32>
    %769 = stablehlo.constant dense<1> : tensor<ui32>
    %770 = stablehlo.broadcast_in_dim %769, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %771 = stablehlo.add %768, %770 : tensor<2xui32>
    %772 = stablehlo.add %767, %771 : tensor<2xui32>
    %773 = stablehlo.constant dense<17> : tensor<ui32>
    %774 = stablehlo.broadcast_in_dim %773, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %775 = stablehlo.shift_left %771, %774 : tensor<2xui32>
    %776 = stablehlo.constant dense<15> : tensor<ui32>
    %777 = stablehlo.broadcast_in_dim %776, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %778 = stablehlo.shift_right_logical %771, %777 : tensor<2xui32>
    %779 = stablehlo.or %775, %778 : tensor<2xui32>
    %780 = stablehlo.xor %772, %779 : tensor<2xui32>
    %781 = stablehlo.add %772, %780 : tensor<2xui32>
    %782 = stablehlo.constant dense<29> : tensor<ui32>
    %783 = stablehlo.broadcast_in_dim %782, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %784 = stablehlo.shift_left %780, %783 : tensor<2xui32>
    %785 = stablehlo.constant dense<3> : tensor<ui32>
    %786 = stablehlo.broadcast_in_dim %785, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %787 = stablehlo.shift_right_logical %780, %786 : tensor<2xui32>
    %788 = stablehlo.or %784, %787 : tensor<2xui32>
    %789 = stablehlo.xor %781, %788 : tensor<2xui32>
    %790 = stablehlo.add %781, %789 : tensor<2xui32>
    %791 = stablehlo.constant dense<16> : tensor<ui32>
    %792 = stablehlo.broadcast_in_dim %791, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %793 = stablehlo.shift_left %789, %792 : tensor<2xui32>
    %794 = stablehlo.constant dense<16> : tensor<ui32>
    %795 = stablehlo.broadcast_in_dim %794, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %796 = stablehlo.shift_right_logical %789, %795 : tensor<2xui32>
    %797 = stablehlo.or %793, %796 : tensor<2xui32>
    %798 = stablehlo.xor %790, %797 : tensor<2xui32>
    %799 = stablehlo.add %790, %798 : tensor<2xui32>
    %800 = stablehlo.constant dense<24> : tensor<ui32>
    %801 = stablehlo.broadcast_in_dim %800, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %802 = stablehlo.shift_left %798, %801 : tensor<2xui32>
    %803 = stablehlo.constant dense<8> : tensor<ui32>
    %804 = stablehlo.broadcast_in_dim %803, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %805 = stablehlo.shift_right_logical %798, %804 : tensor<2xui32>
    %806 = stablehlo.or %802, %805 : tensor<2xui32>
    %807 = stablehlo.xor %799, %806 : tensor<2xui32>
    %808 = stablehlo.add %799, %728 : tensor<2xui32>
    %809 = stablehlo.add %807, %723 : tensor<2xui32>
    %810 = stablehlo.constant dense<2> : tensor<ui32>
    %811 = stablehlo.broadcast_in_dim %810, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %812 = stablehlo.add %809, %811 : tensor<2xui32>
    %813 = stablehlo.add %808, %812 : tensor<2xui32>
    %814 = stablehlo.constant dense<13> : tensor<ui32>
    %815 = stablehlo.broadcast_in_dim %814, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %816 = stablehlo.shift_left %812, %815 : tensor<2xui32>
    %817 = stablehlo.constant dense<19> : tensor<ui32>
    %818 = stablehlo.broadcast_in_dim %817, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %819 = stablehlo.shift_right_logical %812, %818 : tensor<2xui32>
    %820 = stablehlo.or %816, %819 : tensor<2xui32>
    %821 = stablehlo.xor %813, %820 : tensor<2xui32>
    %822 = stablehlo.add %813, %821 : tensor<2xui32>
    %823 = stablehlo.constant dense<15> : tensor<ui32>
    %824 = stablehlo.broadcast_in_dim %823, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %825 = stablehlo.shift_left %821, %824 : tensor<2xui32>
    %826 = stablehlo.constant dense<17> : tensor<ui32>
    %827 = stablehlo.broadcast_in_dim %826, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %828 = stablehlo.shift_right_logical %821, %827 : tensor<2xui32>
    %829 = stablehlo.or %825, %828 : tensor<2xui32>
    %830 = stablehlo.xor %822, %829 : tensor<2xui32>
    %831 = stablehlo.add %822, %830 : tensor<2xui32>
    %832 = stablehlo.constant dense<26> : tensor<ui32>
    %833 = stablehlo.broadcast_in_dim %832, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %834 = stablehlo.shift_left %830, %833 : tensor<2xui32>
    %835 = stablehlo.constant dense<6> : tensor<ui32>
    %836 = stablehlo.broadcast_in_dim %835, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %837 = stablehlo.shift_right_logical %830, %836 : tensor<2xui32>
    %838 = stablehlo.or %834, %837 : tensor<2xui32>
    %839 = stablehlo.xor %831, %838 : tensor<2xui32>
    %840 = stablehlo.add %831, %839 : tensor<2xui32>
    %841 = stablehlo.constant dense<6> : tensor<ui32>
    %842 = stablehlo.broadcast_in_dim %841, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %843 = stablehlo.shift_left %839, %842 : tensor<2xui32>
    %844 = stablehlo.constant dense<26> : tensor<ui32>
    %845 = stablehlo.broadcast_in_dim %844, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %846 = stablehlo.shift_right_logical %839, %845 : tensor<2xui32>
    %847 = stablehlo.or %843, %846 : tensor<2xui32>
    %848 = stablehlo.xor %840, %847 : tensor<2xui32>
    %849 = stablehlo.add %840, %723 : tensor<2xui32>
    %850 = stablehlo.add %848, %724 : tensor<2xui32>
    %851 = stablehlo.constant dense<3> : tensor<ui32>
    %852 = stablehlo.broadcast_in_dim %851, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %853 = stablehlo.add %850, %852 : tensor<2xui32>
    %854 = stablehlo.add %849, %853 : tensor<2xui32>
    %855 = stablehlo.constant dense<17> : tensor<ui32>
    %856 = stablehlo.broadcast_in_dim %855, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %857 = stablehlo.shift_left %853, %856 : tensor<2xui32>
    %858 = stablehlo.constant dense<15> : tensor<ui32>
    %859 = stablehlo.broadcast_in_dim %858, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %860 = stablehlo.shift_right_logical %853, %859 : tensor<2xui32>
    %861 = stablehlo.or %857, %860 : tensor<2xui32>
    %862 = stablehlo.xor %854, %861 : tensor<2xui32>
    %863 = stablehlo.add %854, %862 : tensor<2xui32>
    %864 = stablehlo.constant dense<29> : tensor<ui32>
    %865 = stablehlo.broadcast_in_dim %864, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %866 = stablehlo.shift_left %862, %865 : tensor<2xui32>
    %867 = stablehlo.constant dense<3> : tensor<ui32>
    %868 = stablehlo.broadcast_in_dim %867, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %869 = stablehlo.shift_right_logical %862, %868 : tensor<2xui32>
    %870 = stablehlo.or %866, %869 : tensor<2xui32>
    %871 = stablehlo.xor %863, %870 : tensor<2xui32>
    %872 = stablehlo.add %863, %871 : tensor<2xui32>
    %873 = stablehlo.constant dense<16> : tensor<ui32>
    %874 = stablehlo.broadcast_in_dim %873, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %875 = stablehlo.shift_left %871, %874 : tensor<2xui32>
    %876 = stablehlo.constant dense<16> : tensor<ui32>
    %877 = stablehlo.broadcast_in_dim %876, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %878 = stablehlo.shift_right_logical %871, %877 : tensor<2xui32>
    %879 = stablehlo.or %875, %878 : tensor<2xui32>
    %880 = stablehlo.xor %872, %879 : tensor<2xui32>
    %881 = stablehlo.add %872, %880 : tensor<2xui32>
    %882 = stablehlo.constant dense<24> : tensor<ui32>
    %883 = stablehlo.broadcast_in_dim %882, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %884 = stablehlo.shift_left %880, %883 : tensor<2xui32>
    %885 = stablehlo.constant dense<8> : tensor<ui32>
    %886 = stablehlo.broadcast_in_dim %885, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %887 = stablehlo.shift_right_logical %880, %886 : tensor<2xui32>
    %888 = stablehlo.or %884, %887 : tensor<2xui32>
    %889 = stablehlo.xor %881, %888 : tensor<2xui32>
    %890 = stablehlo.add %881, %724 : tensor<2xui32>
    %891 = stablehlo.add %889, %728 : tensor<2xui32>
    %892 = stablehlo.constant dense<4> : tensor<ui32>
    %893 = stablehlo.broadcast_in_dim %892, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %894 = stablehlo.add %891, %893 : tensor<2xui32>
    %895 = stablehlo.add %890, %894 : tensor<2xui32>
    %896 = stablehlo.constant dense<13> : tensor<ui32>
    %897 = stablehlo.broadcast_in_dim %896, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %898 = stablehlo.shift_left %894, %897 : tensor<2xui32>
    %899 = stablehlo.constant dense<19> : tensor<ui32>
    %900 = stablehlo.broadcast_in_dim %899, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %901 = stablehlo.shift_right_logical %894, %900 : tensor<2xui32>
    %902 = stablehlo.or %898, %901 : tensor<2xui32>
    %903 = stablehlo.xor %895, %902 : tensor<2xui32>
    %904 = stablehlo.add %895, %903 : tensor<2xui32>
    %905 = stablehlo.constant dense<15> : tensor<ui32>
    %906 = stablehlo.broadcast_in_dim %905, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %907 = stablehlo.shift_left %903, %906 : tensor<2xui32>
    %908 = stablehlo.constant dense<17> : tensor<ui32>
    %909 = stablehlo.broadcast_in_dim %908, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %910 = stablehlo.shift_right_logical %903, %909 : tensor<2xui32>
    %911 = stablehlo.or %907, %910 : tensor<2xui32>
    %912 = stablehlo.xor %904, %911 : tensor<2xui32>
    %913 = stablehlo.add %904, %912 : tensor<2xui32>
    %914 = stablehlo.constant dense<26> : tensor<ui32>
    %915 = stablehlo.broadcast_in_dim %914, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %916 = stablehlo.shift_left %912, %915 : tensor<2xui32>
    %917 = stablehlo.constant dense<6> : tensor<ui32>
    %918 = stablehlo.broadcast_in_dim %917, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %919 = stablehlo.shift_right_logical %912, %918 : tensor<2xui32>
    %920 = stablehlo.or %916, %919 : tensor<2xui32>
    %921 = stablehlo.xor %913, %920 : tensor<2xui32>
    %922 = stablehlo.add %913, %921 : tensor<2xui32>
    %923 = stablehlo.constant dense<6> : tensor<ui32>
    %924 = stablehlo.broadcast_in_dim %923, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %925 = stablehlo.shift_left %921, %924 : tensor<2xui32>
    %926 = stablehlo.constant dense<26> : tensor<ui32>
    %927 = stablehlo.broadcast_in_dim %926, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %928 = stablehlo.shift_right_logical %921, %927 : tensor<2xui32>
    %929 = stablehlo.or %925, %928 : tensor<2xui32>
    %930 = stablehlo.xor %922, %929 : tensor<2xui32>
    %931 = stablehlo.add %922, %728 : tensor<2xui32>
    %932 = stablehlo.add %930, %723 : tensor<2xui32>
    %933 = stablehlo.constant dense<5> : tensor<ui32>
    %934 = stablehlo.broadcast_in_dim %933, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %935 = stablehlo.add %932, %934 : tensor<2xui32>
    %936 = stablehlo.reshape %931 : (tensor<2xui32>) -> tensor<2x1xui32>
    %937 = stablehlo.reshape %935 : (tensor<2xui32>) -> tensor<2x1xui32>
    %938 = stablehlo.concatenate %936, %937, dim = 1 : (tensor<2x1xui32>, tensor<2x1xui32>) -> tensor<2x2xui32>
    %939 = stablehlo.slice %938 [0:1, 0:2] : (tensor<2x2xui32>) -> tensor<1x2xui32>
    %940 = stablehlo.reshape %939 : (tensor<1x2xui32>) -> tensor<2xui32>
    %941 = stablehlo.slice %938 [1:2, 0:2] : (tensor<2x2xui32>) -> tensor<1x2xui32>
    %942 = stablehlo.reshape %941 : (tensor<1x2xui32>) -> tensor<2xui32>
    %943 = stablehlo.slice %940 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %944 = stablehlo.reshape %943 : (tensor<1xui32>) -> tensor<ui32>
    %945 = stablehlo.slice %940 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %946 = stablehlo.reshape %945 : (tensor<1xui32>) -> tensor<ui32>
    %947 = stablehlo.constant dense<0> : tensor<ui32>
    %948 = stablehlo.broadcast_in_dim %947, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %949 = stablehlo.iota dim = 0 : tensor<5xui32>
    %950 = stablehlo.broadcast_in_dim %944, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %951 = stablehlo.broadcast_in_dim %946, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %952 = stablehlo.xor %950, %951 : tensor<5xui32>
    %953 = stablehlo.constant dense<466688986> : tensor<ui32>
    %954 = stablehlo.broadcast_in_dim %953, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %955 = stablehlo.xor %952, %954 : tensor<5xui32>
    %956 = stablehlo.add %948, %950 : tensor<5xui32>
    %957 = stablehlo.add %949, %951 : tensor<5xui32>
    %958 = stablehlo.add %956, %957 : tensor<5xui32>
    %959 = stablehlo.constant dense<13> : tensor<ui32>
    %960 = stablehlo.broadcast_in_dim %959, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %961 = stablehlo.shift_left %957, %960 : tensor<5xui32>
    %962 = stablehlo.constant dense<19> : tensor<ui32>
    %963 = stablehlo.broadcast_in_dim %962, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %964 = stablehlo.shift_right_logical %957, %963 : tensor<5xui32>
    %965 = stablehlo.or %961, %964 : tensor<5xui32>
    %966 = stablehlo.xor %958, %965 : tensor<5xui32>
    %967 = stablehlo.add %958, %966 : tensor<5xui32>
    %968 = stablehlo.constant dense<15> : tensor<ui32>
    %969 = stablehlo.broadcast_in_dim %968, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %970 = stablehlo.shift_left %966, %969 : tensor<5xui32>
    %971 = stablehlo.constant dense<17> : tensor<ui32>
    %972 = stablehlo.broadcast_in_dim %971, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %973 = stablehlo.shift_right_logical %966, %972 : tensor<5xui32>
    %974 = stablehlo.or %970, %973 : tensor<5xui32>
    %975 = stablehlo.xor %967, %974 : tensor<5xui32>
    %976 = stablehlo.add %967, %975 : tensor<5xui32>
    %977 = stablehlo.constant dense<26> : tensor<ui32>
    %978 = stablehlo.broadcast_in_dim %977, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %979 = stablehlo.shift_left %975, %978 : tensor<5xui32>
    %980 = stablehlo.constant dense<6> : tensor<ui32>
    %981 = stablehlo.broadcast_in_dim %980, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %982 = stablehlo.shift_right_logical %975, %981 : tensor<5xui32>
    %983 = stablehlo.or %979, %982 : tensor<5xui32>
    %984 = stablehlo.xor %976, %983 : tensor<5xui32>
    %985 = stablehlo.add %976, %984 : tensor<5xui32>
    %986 = stablehlo.constant dense<6> : tensor<ui32>
    %987 = stablehlo.broadcast_in_dim %986, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %988 = stablehlo.shift_left %984, %987 : tensor<5xui32>
    %989 = stablehlo.constant dense<26> : tensor<ui32>
    %990 = stablehlo.broadcast_in_dim %989, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %991 = stablehlo.shift_right_logical %984, %990 : tensor<5xui32>
    %992 = stablehlo.or %988, %991 : tensor<5xui32>
    %993 = stablehlo.xor %985, %992 : tensor<5xui32>
    %994 = stablehlo.add %985, %951 : tensor<5xui32>
    %995 = stablehlo.add %993, %955 : tensor<5xui32>
    %996 = stablehlo.constant dense<1> : tensor<ui32>
    %997 = stablehlo.broadcast_in_dim %996, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %998 = stablehlo.add %995, %997 : tensor<5xui32>
    %999 = stablehlo.add %994, %998 : tensor<5xui32>
    %1000 = stablehlo.constant dense<17> : tensor<ui32>
    %1001 = stablehlo.broadcast_in_dim %1000, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1002 = stablehlo.shift_left %998, %1001 : tensor<5xui32>
    %1003 = stablehlo.constant dense<15> : tensor<ui32>
    %1004 = stablehlo.broadcast_in_dim %1003, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1005 = stablehlo.shift_right_logical %998, %1004 : tensor<5xui32>
    %1006 = stablehlo.or %1002, %1005 : tensor<5xui32>
    %1007 = stablehlo.xor %999, %1006 : tensor<5xui32>
    %1008 = stablehlo.add %999, %1007 : tensor<5xui32>
    %1009 = stablehlo.constant dense<29> : tensor<ui32>
    %1010 = stablehlo.broadcast_in_dim %1009, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1011 = stablehlo.shift_left %1007, %1010 : tensor<5xui32>
    %1012 = stablehlo.constant dense<3> : tensor<ui32>
    %1013 = stablehlo.broadcast_in_dim %1012, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1014 = stablehlo.shift_right_logical %1007, %1013 : tensor<5xui32>
    %1015 = stablehlo.or %1011, %1014 : tensor<5xui32>
    %1016 = stablehlo.xor %1008, %1015 : tensor<5xui32>
    %1017 = stablehlo.add %1008, %1016 : tensor<5xui32>
    %1018 = stablehlo.constant dense<16> : tensor<ui32>
    %1019 = stablehlo.broadcast_in_dim %1018, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1020 = stablehlo.shift_left %1016, %1019 : tensor<5xui32>
    %1021 = stablehlo.constant dense<16> : tensor<ui32>
    %1022 = stablehlo.broadcast_in_dim %1021, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1023 = stablehlo.shift_right_logical %1016, %1022 : tensor<5xui32>
    %1024 = stablehlo.or %1020, %1023 : tensor<5xui32>
    %1025 = stablehlo.xor %1017, %1024 : tensor<5xui32>
    %1026 = stablehlo.add %1017, %1025 : tensor<5xui32>
    %1027 = stablehlo.constant dense<24> : tensor<ui32>
    %1028 = stablehlo.broadcast_in_dim %1027, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1029 = stablehlo.shift_left %1025, %1028 : tensor<5xui32>
    %1030 = stablehlo.constant dense<8> : tensor<ui32>
    %1031 = stablehlo.broadcast_in_dim %1030, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1032 = stablehlo.shift_right_logical %1025, %1031 : tensor<5xui32>
    %1033 = stablehlo.or %1029, %1032 : tensor<5xui32>
    %1034 = stablehlo.xor %1026, %1033 : tensor<5xui32>
    %1035 = stablehlo.add %1026, %955 : tensor<5xui32>
    %1036 = stablehlo.add %1034, %950 : tensor<5xui32>
    %1037 = stablehlo.constant dense<2> : tensor<ui32>
    %1038 = stablehlo.broadcast_in_dim %1037, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1039 = stablehlo.add %1036, %1038 : tensor<5xui32>
    %1040 = stablehlo.add %1035, %1039 : tensor<5xui32>
    %1041 = stablehlo.constant dense<13> : tensor<ui32>
    %1042 = stablehlo.broadcast_in_dim %1041, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1043 = stablehlo.shift_left %1039, %1042 : tensor<5xui32>
    %1044 = stablehlo.constant dense<19> : tensor<ui32>
    %1045 = stablehlo.broadcast_in_dim %1044, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1046 = stablehlo.shift_right_logical %1039, %1045 : tensor<5xui32>
    %1047 = stablehlo.or %1043, %1046 : tensor<5xui32>
    %1048 = stablehlo.xor %1040, %1047 : tensor<5xui32>
    %1049 = stablehlo.add %1040, %1048 : tensor<5xui32>
    %1050 = stablehlo.constant dense<15> : tensor<ui32>
    %1051 = stablehlo.broadcast_in_dim %1050, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1052 = stablehlo.shift_left %1048, %1051 : tensor<5xui32>
    %1053 = stablehlo.constant dense<17> : tensor<ui32>
    %1054 = stablehlo.broadcast_in_dim %1053, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1055 = stablehlo.shift_right_logical %1048, %1054 : tensor<5xui32>
    %1056 = stablehlo.or %1052, %1055 : tensor<5xui32>
    %1057 = stablehlo.xor %1049, %1056 : tensor<5xui32>
    %1058 = stablehlo.add %1049, %1057 : tensor<5xui32>
    %1059 = stablehlo.constant dense<26> : tensor<ui32>
    %1060 = stablehlo.broadcast_in_dim %1059, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1061 = stablehlo.shift_left %1057, %1060 : tensor<5xui32>
    %1062 = stablehlo.constant dense<6> : tensor<ui32>
    %1063 = stablehlo.broadcast_in_dim %1062, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1064 = stablehlo.shift_right_logical %1057, %1063 : tensor<5xui32>
    %1065 = stablehlo.or %1061, %1064 : tensor<5xui32>
    %1066 = stablehlo.xor %1058, %1065 : tensor<5xui32>
    %1067 = stablehlo.add %1058, %1066 : tensor<5xui32>
    %1068 = stablehlo.constant dense<6> : tensor<ui32>
    %1069 = stablehlo.broadcast_in_dim %1068, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1070 = stablehlo.shift_left %1066, %1069 : tensor<5xui32>
    %1071 = stablehlo.constant dense<26> : tensor<ui32>
    %1072 = stablehlo.broadcast_in_dim %1071, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1073 = stablehlo.shift_right_logical %1066, %1072 : tensor<5xui32>
    %1074 = stablehlo.or %1070, %1073 : tensor<5xui32>
    %1075 = stablehlo.xor %1067, %1074 : tensor<5xui32>
    %1076 = stablehlo.add %1067, %950 : tensor<5xui32>
    %1077 = stablehlo.add %1075, %951 : tensor<5xui32>
    %1078 = stablehlo.constant dense<3> : tensor<ui32>
    %1079 = stablehlo.broadcast_in_dim %1078, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1080 = stablehlo.add %1077, %1079 : tensor<5xui32>
    %1081 = stablehlo.add %1076, %1080 : tensor<5xui32>
    %1082 = stablehlo.constant dense<17> : tensor<ui32>
    %1083 = stablehlo.broadcast_in_dim %1082, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1084 = stablehlo.shift_left %1080, %1083 : tensor<5xui32>
    %1085 = stablehlo.constant dense<15> : tensor<ui32>
    %1086 = stablehlo.broadcast_in_dim %1085, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1087 = stablehlo.shift_right_logical %1080, %1086 : tensor<5xui32>
    %1088 = stablehlo.or %1084, %1087 : tensor<5xui32>
    %1089 = stablehlo.xor %1081, %1088 : tensor<5xui32>
    %1090 = stablehlo.add %1081, %1089 : tensor<5xui32>
    %1091 = stablehlo.constant dense<29> : tensor<ui32>
    %1092 = stablehlo.broadcast_in_dim %1091, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1093 = stablehlo.shift_left %1089, %1092 : tensor<5xui32>
    %1094 = stablehlo.constant dense<3> : tensor<ui32>
    %1095 = stablehlo.broadcast_in_dim %1094, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1096 = stablehlo.shift_right_logical %1089, %1095 : tensor<5xui32>
    %1097 = stablehlo.or %1093, %1096 : tensor<5xui32>
    %1098 = stablehlo.xor %1090, %1097 : tensor<5xui32>
    %1099 = stablehlo.add %1090, %1098 : tensor<5xui32>
    %1100 = stablehlo.constant dense<16> : tensor<ui32>
    %1101 = stablehlo.broadcast_in_dim %1100, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1102 = stablehlo.shift_left %1098, %1101 : tensor<5xui32>
    %1103 = stablehlo.constant dense<16> : tensor<ui32>
    %1104 = stablehlo.broadcast_in_dim %1103, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1105 = stablehlo.shift_right_logical %1098, %1104 : tensor<5xui32>
    %1106 = stablehlo.or %1102, %1105 : tensor<5xui32>
    %1107 = stablehlo.xor %1099, %1106 : tensor<5xui32>
    %1108 = stablehlo.add %1099, %1107 : tensor<5xui32>
    %1109 = stablehlo.constant dense<24> : tensor<ui32>
    %1110 = stablehlo.broadcast_in_dim %1109, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1111 = stablehlo.shift_left %1107, %1110 : tensor<5xui32>
    %1112 = stablehlo.constant dense<8> : tensor<ui32>
    %1113 = stablehlo.broadcast_in_dim %1112, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1114 = stablehlo.shift_right_logical %1107, %1113 : tensor<5xui32>
    %1115 = stablehlo.or %1111, %1114 : tensor<5xui32>
    %1116 = stablehlo.xor %1108, %1115 : tensor<5xui32>
    %1117 = stablehlo.add %1108, %951 : tensor<5xui32>
    %1118 = stablehlo.add %1116, %955 : tensor<5xui32>
    %1119 = stablehlo.constant dense<4> : tensor<ui32>
    %1120 = stablehlo.broadcast_in_dim %1119, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1121 = stablehlo.add %1118, %1120 : tensor<5xui32>
    %1122 = stablehlo.add %1117, %1121 : tensor<5xui32>
    %1123 = stablehlo.constant dense<13> : tensor<ui32>
    %1124 = stablehlo.broadcast_in_dim %1123, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1125 = stablehlo.shift_left %1121, %1124 : tensor<5xui32>
    %1126 = stablehlo.constant dense<19> : tensor<ui32>
    %1127 = stablehlo.broadcast_in_dim %1126, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1128 = stablehlo.shift_right_logical %1121, %1127 : tensor<5xui32>
    %1129 = stablehlo.or %1125, %1128 : tensor<5xui32>
    %1130 = stablehlo.xor %1122, %1129 : tensor<5xui32>
    %1131 = stablehlo.add %1122, %1130 : tensor<5xui32>
    %1132 = stablehlo.constant dense<15> : tensor<ui32>
    %1133 = stablehlo.broadcast_in_dim %1132, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1134 = stablehlo.shift_left %1130, %1133 : tensor<5xui32>
    %1135 = stablehlo.constant dense<17> : tensor<ui32>
    %1136 = stablehlo.broadcast_in_dim %1135, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1137 = stablehlo.shift_right_logical %1130, %1136 : tensor<5xui32>
    %1138 = stablehlo.or %1134, %1137 : tensor<5xui32>
    %1139 = stablehlo.xor %1131, %1138 : tensor<5xui32>
    %1140 = stablehlo.add %1131, %1139 : tensor<5xui32>
    %1141 = stablehlo.constant dense<26> : tensor<ui32>
    %1142 = stablehlo.broadcast_in_dim %1141, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1143 = stablehlo.shift_left %1139, %1142 : tensor<5xui32>
    %1144 = stablehlo.constant dense<6> : tensor<ui32>
    %1145 = stablehlo.broadcast_in_dim %1144, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1146 = stablehlo.shift_right_logical %1139, %1145 : tensor<5xui32>
    %1147 = stablehlo.or %1143, %1146 : tensor<5xui32>
    %1148 = stablehlo.xor %1140, %1147 : tensor<5xui32>
    %1149 = stablehlo.add %1140, %1148 : tensor<5xui32>
    %1150 = stablehlo.constant dense<6> : tensor<ui32>
    %1151 = stablehlo.broadcast_in_dim %1150, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1152 = stablehlo.shift_left %1148, %1151 : tensor<5xui32>
    %1153 = stablehlo.constant dense<26> : tensor<ui32>
    %1154 = stablehlo.broadcast_in_dim %1153, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1155 = stablehlo.shift_right_logical %1148, %1154 : tensor<5xui32>
    %1156 = stablehlo.or %1152, %1155 : tensor<5xui32>
    %1157 = stablehlo.xor %1149, %1156 : tensor<5xui32>
    %1158 = stablehlo.add %1149, %955 : tensor<5xui32>
    %1159 = stablehlo.add %1157, %950 : tensor<5xui32>
    %1160 = stablehlo.constant dense<5> : tensor<ui32>
    %1161 = stablehlo.broadcast_in_dim %1160, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1162 = stablehlo.add %1159, %1161 : tensor<5xui32>
    %1163 = stablehlo.xor %1158, %1162 : tensor<5xui32>
    %1164 = stablehlo.slice %942 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %1165 = stablehlo.reshape %1164 : (tensor<1xui32>) -> tensor<ui32>
    %1166 = stablehlo.slice %942 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %1167 = stablehlo.reshape %1166 : (tensor<1xui32>) -> tensor<ui32>
    %1168 = stablehlo.constant dense<0> : tensor<ui32>
    %1169 = stablehlo.broadcast_in_dim %1168, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1170 = stablehlo.iota dim = 0 : tensor<5xui32>
    %1171 = stablehlo.broadcast_in_dim %1165, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1172 = stablehlo.broadcast_in_dim %1167, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1173 = stablehlo.xor %1171, %1172 : tensor<5xui32>
    %1174 = stablehlo.constant dense<466688986> : tensor<ui32>
    %1175 = stablehlo.broadcast_in_dim %1174, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1176 = stablehlo.xor %1173, %1175 : tensor<5xui32>
    %1177 = stablehlo.add %1169, %1171 : tensor<5xui32>
    %1178 = stablehlo.add %1170, %1172 : tensor<5xui32>
    %1179 = stablehlo.add %1177, %1178 : tensor<5xui32>
    %1180 = stablehlo.constant dense<13> : tensor<ui32>
    %1181 = stablehlo.broadcast_in_dim %1180, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1182 = stablehlo.shift_left %1178, %1181 : tensor<5xui32>
    %1183 = stablehlo.constant dense<19> : tensor<ui32>
    %1184 = stablehlo.broadcast_in_dim %1183, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1185 = stablehlo.shift_right_logical %1178, %1184 : tensor<5xui32>
    %1186 = stablehlo.or %1182, %1185 : tensor<5xui32>
    %1187 = stablehlo.xor %1179, %1186 : tensor<5xui32>
    %1188 = stablehlo.add %1179, %1187 : tensor<5xui32>
    %1189 = stablehlo.constant dense<15> : tensor<ui32>
    %1190 = stablehlo.broadcast_in_dim %1189, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1191 = stablehlo.shift_left %1187, %1190 : tensor<5xui32>
    %1192 = stablehlo.constant dense<17> : tensor<ui32>
    %1193 = stablehlo.broadcast_in_dim %1192, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1194 = stablehlo.shift_right_logical %1187, %1193 : tensor<5xui32>
    %1195 = stablehlo.or %1191, %1194 : tensor<5xui32>
    %1196 = stablehlo.xor %1188, %1195 : tensor<5xui32>
    %1197 = stablehlo.add %1188, %1196 : tensor<5xui32>
    %1198 = stablehlo.constant dense<26> : tensor<ui32>
    %1199 = stablehlo.broadcast_in_dim %1198, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1200 = stablehlo.shift_left %1196, %1199 : tensor<5xui32>
    %1201 = stablehlo.constant dense<6> : tensor<ui32>
    %1202 = stablehlo.broadcast_in_dim %1201, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1203 = stablehlo.shift_right_logical %1196, %1202 : tensor<5xui32>
    %1204 = stablehlo.or %1200, %1203 : tensor<5xui32>
    %1205 = stablehlo.xor %1197, %1204 : tensor<5xui32>
    %1206 = stablehlo.add %1197, %1205 : tensor<5xui32>
    %1207 = stablehlo.constant dense<6> : tensor<ui32>
    %1208 = stablehlo.broadcast_in_dim %1207, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1209 = stablehlo.shift_left %1205, %1208 : tensor<5xui32>
    %1210 = stablehlo.constant dense<26> : tensor<ui32>
    %1211 = stablehlo.broadcast_in_dim %1210, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1212 = stablehlo.shift_right_logical %1205, %1211 : tensor<5xui32>
    %1213 = stablehlo.or %1209, %1212 : tensor<5xui32>
    %1214 = stablehlo.xor %1206, %1213 : tensor<5xui32>
    %1215 = stablehlo.add %1206, %1172 : tensor<5xui32>
    %1216 = stablehlo.add %1214, %1176 : tensor<5xui32>
    %1217 = stablehlo.constant dense<1> : tensor<ui32>
    %1218 = stablehlo.broadcast_in_dim %1217, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1219 = stablehlo.add %1216, %1218 : tensor<5xui32>
    %1220 = stablehlo.add %1215, %1219 : tensor<5xui32>
    %1221 = stablehlo.constant dense<17> : tensor<ui32>
    %1222 = stablehlo.broadcast_in_dim %1221, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1223 = stablehlo.shift_left %1219, %1222 : tensor<5xui32>
    %1224 = stablehlo.constant dense<15> : tensor<ui32>
    %1225 = stablehlo.broadcast_in_dim %1224, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1226 = stablehlo.shift_right_logical %1219, %1225 : tensor<5xui32>
    %1227 = stablehlo.or %1223, %1226 : tensor<5xui32>
    %1228 = stablehlo.xor %1220, %1227 : tensor<5xui32>
    %1229 = stablehlo.add %1220, %1228 : tensor<5xui32>
    %1230 = stablehlo.constant dense<29> : tensor<ui32>
    %1231 = stablehlo.broadcast_in_dim %1230, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1232 = stablehlo.shift_left %1228, %1231 : tensor<5xui32>
    %1233 = stablehlo.constant dense<3> : tensor<ui32>
    %1234 = stablehlo.broadcast_in_dim %1233, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1235 = stablehlo.shift_right_logical %1228, %1234 : tensor<5xui32>
    %1236 = stablehlo.or %1232, %1235 : tensor<5xui32>
    %1237 = stablehlo.xor %1229, %1236 : tensor<5xui32>
    %1238 = stablehlo.add %1229, %1237 : tensor<5xui32>
    %1239 = stablehlo.constant dense<16> : tensor<ui32>
    %1240 = stablehlo.broadcast_in_dim %1239, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1241 = stablehlo.shift_left %1237, %1240 : tensor<5xui32>
    %1242 = stablehlo.constant dense<16> : tensor<ui32>
    %1243 = stablehlo.broadcast_in_dim %1242, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1244 = stablehlo.shift_right_logical %1237, %1243 : tensor<5xui32>
    %1245 = stablehlo.or %1241, %1244 : tensor<5xui32>
    %1246 = stablehlo.xor %1238, %1245 : tensor<5xui32>
    %1247 = stablehlo.add %1238, %1246 : tensor<5xui32>
    %1248 = stablehlo.constant dense<24> : tensor<ui32>
    %1249 = stablehlo.broadcast_in_dim %1248, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1250 = stablehlo.shift_left %1246, %1249 : tensor<5xui32>
    %1251 = stablehlo.constant dense<8> : tensor<ui32>
    %1252 = stablehlo.broadcast_in_dim %1251, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1253 = stablehlo.shift_right_logical %1246, %1252 : tensor<5xui32>
    %1254 = stablehlo.or %1250, %1253 : tensor<5xui32>
    %1255 = stablehlo.xor %1247, %1254 : tensor<5xui32>
    %1256 = stablehlo.add %1247, %1176 : tensor<5xui32>
    %1257 = stablehlo.add %1255, %1171 : tensor<5xui32>
    %1258 = stablehlo.constant dense<2> : tensor<ui32>
    %1259 = stablehlo.broadcast_in_dim %1258, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1260 = stablehlo.add %1257, %1259 : tensor<5xui32>
    %1261 = stablehlo.add %1256, %1260 : tensor<5xui32>
    %1262 = stablehlo.constant dense<13> : tensor<ui32>
    %1263 = stablehlo.broadcast_in_dim %1262, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1264 = stablehlo.shift_left %1260, %1263 : tensor<5xui32>
    %1265 = stablehlo.constant dense<19> : tensor<ui32>
    %1266 = stablehlo.broadcast_in_dim %1265, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1267 = stablehlo.shift_right_logical %1260, %1266 : tensor<5xui32>
    %1268 = stablehlo.or %1264, %1267 : tensor<5xui32>
    %1269 = stablehlo.xor %1261, %1268 : tensor<5xui32>
    %1270 = stablehlo.add %1261, %1269 : tensor<5xui32>
    %1271 = stablehlo.constant dense<15> : tensor<ui32>
    %1272 = stablehlo.broadcast_in_dim %1271, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1273 = stablehlo.shift_left %1269, %1272 : tensor<5xui32>
    %1274 = stablehlo.constant dense<17> : tensor<ui32>
    %1275 = stablehlo.broadcast_in_dim %1274, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1276 = stablehlo.shift_right_logical %1269, %1275 : tensor<5xui32>
    %1277 = stablehlo.or %1273, %1276 : tensor<5xui32>
    %1278 = stablehlo.xor %1270, %1277 : tensor<5xui32>
    %1279 = stablehlo.add %1270, %1278 : tensor<5xui32>
    %1280 = stablehlo.constant dense<26> : tensor<ui32>
    %1281 = stablehlo.broadcast_in_dim %1280, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1282 = stablehlo.shift_left %1278, %1281 : tensor<5xui32>
    %1283 = stablehlo.constant dense<6> : tensor<ui32>
    %1284 = stablehlo.broadcast_in_dim %1283, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1285 = stablehlo.shift_right_logical %1278, %1284 : tensor<5xui32>
    %1286 = stablehlo.or %1282, %1285 : tensor<5xui32>
    %1287 = stablehlo.xor %1279, %1286 : tensor<5xui32>
    %1288 = stablehlo.add %1279, %1287 : tensor<5xui32>
    %1289 = stablehlo.constant dense<6> : tensor<ui32>
    %1290 = stablehlo.broadcast_in_dim %1289, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1291 = stablehlo.shift_left %1287, %1290 : tensor<5xui32>
    %1292 = stablehlo.constant dense<26> : tensor<ui32>
    %1293 = stablehlo.broadcast_in_dim %1292, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1294 = stablehlo.shift_right_logical %1287, %1293 : tensor<5xui32>
    %1295 = stablehlo.or %1291, %1294 : tensor<5xui32>
    %1296 = stablehlo.xor %1288, %1295 : tensor<5xui32>
    %1297 = stablehlo.add %1288, %1171 : tensor<5xui32>
    %1298 = stablehlo.add %1296, %1172 : tensor<5xui32>
    %1299 = stablehlo.constant dense<3> : tensor<ui32>
    %1300 = stablehlo.broadcast_in_dim %1299, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1301 = stablehlo.add %1298, %1300 : tensor<5xui32>
    %1302 = stablehlo.add %1297, %1301 : tensor<5xui32>
    %1303 = stablehlo.constant dense<17> : tensor<ui32>
    %1304 = stablehlo.broadcast_in_dim %1303, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1305 = stablehlo.shift_left %1301, %1304 : tensor<5xui32>
    %1306 = stablehlo.constant dense<15> : tensor<ui32>
    %1307 = stablehlo.broadcast_in_dim %1306, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1308 = stablehlo.shift_right_logical %1301, %1307 : tensor<5xui32>
    %1309 = stablehlo.or %1305, %1308 : tensor<5xui32>
    %1310 = stablehlo.xor %1302, %1309 : tensor<5xui32>
    %1311 = stablehlo.add %1302, %1310 : tensor<5xui32>
    %1312 = stablehlo.constant dense<29> : tensor<ui32>
    %1313 = stablehlo.broadcast_in_dim %1312, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1314 = stablehlo.shift_left %1310, %1313 : tensor<5xui32>
    %1315 = stablehlo.constant dense<3> : tensor<ui32>
    %1316 = stablehlo.broadcast_in_dim %1315, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1317 = stablehlo.shift_right_logical %1310, %1316 : tensor<5xui32>
    %1318 = stablehlo.or %1314, %1317 : tensor<5xui32>
    %1319 = stablehlo.xor %1311, %1318 : tensor<5xui32>
    %1320 = stablehlo.add %1311, %1319 : tensor<5xui32>
    %1321 = stablehlo.constant dense<16> : tensor<ui32>
    %1322 = stablehlo.broadcast_in_dim %1321, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1323 = stablehlo.shift_left %1319, %1322 : tensor<5xui32>
    %1324 = stablehlo.constant dense<16> : tensor<ui32>
    %1325 = stablehlo.broadcast_in_dim %1324, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1326 = stablehlo.shift_right_logical %1319, %1325 : tensor<5xui32>
    %1327 = stablehlo.or %1323, %1326 : tensor<5xui32>
    %1328 = stablehlo.xor %1320, %1327 : tensor<5xui32>
    %1329 = stablehlo.add %1320, %1328 : tensor<5xui32>
    %1330 = stablehlo.constant dense<24> : tensor<ui32>
    %1331 = stablehlo.broadcast_in_dim %1330, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1332 = stablehlo.shift_left %1328, %1331 : tensor<5xui32>
    %1333 = stablehlo.constant dense<8> : tensor<ui32>
    %1334 = stablehlo.broadcast_in_dim %1333, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1335 = stablehlo.shift_right_logical %1328, %1334 : tensor<5xui32>
    %1336 = stablehlo.or %1332, %1335 : tensor<5xui32>
    %1337 = stablehlo.xor %1329, %1336 : tensor<5xui32>
    %1338 = stablehlo.add %1329, %1172 : tensor<5xui32>
    %1339 = stablehlo.add %1337, %1176 : tensor<5xui32>
    %1340 = stablehlo.constant dense<4> : tensor<ui32>
    %1341 = stablehlo.broadcast_in_dim %1340, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1342 = stablehlo.add %1339, %1341 : tensor<5xui32>
    %1343 = stablehlo.add %1338, %1342 : tensor<5xui32>
    %1344 = stablehlo.constant dense<13> : tensor<ui32>
    %1345 = stablehlo.broadcast_in_dim %1344, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1346 = stablehlo.shift_left %1342, %1345 : tensor<5xui32>
    %1347 = stablehlo.constant dense<19> : tensor<ui32>
    %1348 = stablehlo.broadcast_in_dim %1347, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1349 = stablehlo.shift_right_logical %1342, %1348 : tensor<5xui32>
    %1350 = stablehlo.or %1346, %1349 : tensor<5xui32>
    %1351 = stablehlo.xor %1343, %1350 : tensor<5xui32>
    %1352 = stablehlo.add %1343, %1351 : tensor<5xui32>
    %1353 = stablehlo.constant dense<15> : tensor<ui32>
    %1354 = stablehlo.broadcast_in_dim %1353, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1355 = stablehlo.shift_left %1351, %1354 : tensor<5xui32>
    %1356 = stablehlo.constant dense<17> : tensor<ui32>
    %1357 = stablehlo.broadcast_in_dim %1356, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1358 = stablehlo.shift_right_logical %1351, %1357 : tensor<5xui32>
    %1359 = stablehlo.or %1355, %1358 : tensor<5xui32>
    %1360 = stablehlo.xor %1352, %1359 : tensor<5xui32>
    %1361 = stablehlo.add %1352, %1360 : tensor<5xui32>
    %1362 = stablehlo.constant dense<26> : tensor<ui32>
    %1363 = stablehlo.broadcast_in_dim %1362, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1364 = stablehlo.shift_left %1360, %1363 : tensor<5xui32>
    %1365 = stablehlo.constant dense<6> : tensor<ui32>
    %1366 = stablehlo.broadcast_in_dim %1365, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1367 = stablehlo.shift_right_logical %1360, %1366 : tensor<5xui32>
    %1368 = stablehlo.or %1364, %1367 : tensor<5xui32>
    %1369 = stablehlo.xor %1361, %1368 : tensor<5xui32>
    %1370 = stablehlo.add %1361, %1369 : tensor<5xui32>
    %1371 = stablehlo.constant dense<6> : tensor<ui32>
    %1372 = stablehlo.broadcast_in_dim %1371, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1373 = stablehlo.shift_left %1369, %1372 : tensor<5xui32>
    %1374 = stablehlo.constant dense<26> : tensor<ui32>
    %1375 = stablehlo.broadcast_in_dim %1374, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1376 = stablehlo.shift_right_logical %1369, %1375 : tensor<5xui32>
    %1377 = stablehlo.or %1373, %1376 : tensor<5xui32>
    %1378 = stablehlo.xor %1370, %1377 : tensor<5xui32>
    %1379 = stablehlo.add %1370, %1176 : tensor<5xui32>
    %1380 = stablehlo.add %1378, %1171 : tensor<5xui32>
    %1381 = stablehlo.constant dense<5> : tensor<ui32>
    %1382 = stablehlo.broadcast_in_dim %1381, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1383 = stablehlo.add %1380, %1382 : tensor<5xui32>
    %1384 = stablehlo.xor %1379, %1383 : tensor<5xui32>
    %1385 = stablehlo.compare LE, %715, %712, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %1386 = stablehlo.subtract %715, %712 : tensor<i32>
    %1387 = stablehlo.convert %1386 : (tensor<i32>) -> tensor<ui32>
    %1388 = stablehlo.constant dense<1> : tensor<ui32>
    %1389 = "stablehlo.select"(%1385, %1388, %1387) : (tensor<i1>, tensor<ui32>, tensor<ui32>) -> tensor<ui32>
    %1390 = stablehlo.compare GT, %715, %712, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %1391 = stablehlo.and %709, %1390 : tensor<i1>
    %1392 = stablehlo.constant dense<1> : tensor<ui32>
    %1393 = stablehlo.add %1389, %1392 : tensor<ui32>
    %1394 = "stablehlo.select"(%1391, %1393, %1389) : (tensor<i1>, tensor<ui32>, tensor<ui32>) -> tensor<ui32>
    %1395 = stablehlo.constant dense<65536> : tensor<ui32>
    %1396 = stablehlo.remainder %1395, %1394 : tensor<ui32>
    %1397 = stablehlo.multiply %1396, %1396 : tensor<ui32>
    %1398 = stablehlo.remainder %1397, %1394 : tensor<ui32>
    %1399 = stablehlo.broadcast_in_dim %1394, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1400 = stablehlo.remainder %1163, %1399 : tensor<5xui32>
    %1401 = stablehlo.broadcast_in_dim %1398, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1402 = stablehlo.multiply %1400, %1401 : tensor<5xui32>
    %1403 = stablehlo.broadcast_in_dim %1394, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1404 = stablehlo.remainder %1384, %1403 : tensor<5xui32>
    %1405 = stablehlo.add %1402, %1404 : tensor<5xui32>
    %1406 = stablehlo.broadcast_in_dim %1394, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %1407 = stablehlo.remainder %1405, %1406 : tensor<5xui32>
    %1408 = stablehlo.convert %1407 : (tensor<5xui32>) -> tensor<5xi32>
    %1409 = stablehlo.broadcast_in_dim %712, dims = [] : (tensor<i32>) -> tensor<5xi32>
    %1410 = stablehlo.add %1409, %1408 : tensor<5xi32>
    %1411 = stablehlo.iota dim = 0 : tensor<6xi32>
    %1412 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %1413 = stablehlo.reshape %1412 : (tensor<1xui32>) -> tensor<ui32>
    %1414 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %1415 = stablehlo.reshape %1414 : (tensor<1xui32>) -> tensor<ui32>
    %1416 = stablehlo.constant dense<0> : tensor<ui32>
    %1417 = stablehlo.broadcast_in_dim %1416, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1418 = stablehlo.iota dim = 0 : tensor<2xui32>
    %1419 = stablehlo.broadcast_in_dim %1413, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1420 = stablehlo.broadcast_in_dim %1415, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1421 = stablehlo.xor %1419, %1420 : tensor<2xui32>
    %1422 = stablehlo.constant dense<466688986> : tensor<ui32>
    %1423 = stablehlo.broadcast_in_dim %1422, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1424 = stablehlo.xor %1421, %1423 : tensor<2xui32>
    %1425 = stablehlo.add %1417, %1419 : tensor<2xui32>
    %1426 = stablehlo.add %1418, %1420 : tensor<2xui32>
    %1427 = stablehlo.add %1425, %1426 : tensor<2xui32>
    %1428 = stablehlo.constant dense<13> : tensor<ui32>
    %1429 = stablehlo.broadcast_in_dim %1428, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1430 = stablehlo.shift_left %1426, %1429 : tensor<2xui32>
    %1431 = stablehlo.constant dense<19> : tensor<ui32>
    %1432 = stablehlo.broadcast_in_dim %1431, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1433 = stablehlo.shift_right_logical %1426, %1432 : tensor<2xui32>
    %1434 = stablehlo.or %1430, %1433 : tensor<2xui32>
    %1435 = stablehlo.xor %1427, %1434 : tensor<2xui32>
    %1436 = stablehlo.add %1427, %1435 : tensor<2xui32>
    %1437 = stablehlo.constant dense<15> : tensor<ui32>
    %1438 = stablehlo.broadcast_in_dim %1437, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1439 = stablehlo.shift_left %1435, %1438 : tensor<2xui32>
    %1440 = stablehlo.constant dense<17> : tensor<ui32>
    %1441 = stablehlo.broadcast_in_dim %1440, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1442 = stablehlo.shift_right_logical %1435, %1441 : tensor<2xui32>
    %1443 = stablehlo.or %1439, %1442 : tensor<2xui32>
    %1444 = stablehlo.xor %1436, %1443 : tensor<2xui32>
    %1445 = stablehlo.add %1436, %1444 : tensor<2xui32>
    %1446 = stablehlo.constant dense<26> : tensor<ui32>
    %1447 = stablehlo.broadcast_in_dim %1446, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1448 = stablehlo.shift_left %1444, %1447 : tensor<2xui32>
    %1449 = stablehlo.constant dense<6> : tensor<ui32>
    %1450 = stablehlo.broadcast_in_dim %1449, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1451 = stablehlo.shift_right_logical %1444, %1450 : tensor<2xui32>
    %1452 = stablehlo.or %1448, %1451 : tensor<2xui32>
    %1453 = stablehlo.xor %1445, %1452 : tensor<2xui32>
    %1454 = stablehlo.add %1445, %1453 : tensor<2xui32>
    %1455 = stablehlo.constant dense<6> : tensor<ui32>
    %1456 = stablehlo.broadcast_in_dim %1455, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1457 = stablehlo.shift_left %1453, %1456 : tensor<2xui32>
    %1458 = stablehlo.constant dense<26> : tensor<ui32>
    %1459 = stablehlo.broadcast_in_dim %1458, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1460 = stablehlo.shift_right_logical %1453, %1459 : tensor<2xui32>
    %1461 = stablehlo.or %1457, %1460 : tensor<2xui32>
    %1462 = stablehlo.xor %1454, %1461 : tensor<2xui32>
    %1463 = stablehlo.add %1454, %1420 : tensor<2xui32>
    %1464 = stablehlo.add %1462, %1424 : tensor<2xui32>
    %1465 = stablehlo.constant dense<1> : tensor<ui32>
    %1466 = stablehlo.broadcast_in_dim %1465, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1467 = stablehlo.add %1464, %1466 : tensor<2xui32>
    %1468 = stablehlo.add %1463, %1467 : tensor<2xui32>
    %1469 = stablehlo.constant dense<17> : tensor<ui32>
    %1470 = stablehlo.broadcast_in_dim %1469, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1471 = stablehlo.shift_left %1467, %1470 : tensor<2xui32>
    %1472 = stablehlo.constant dense<15> : tensor<ui32>
    %1473 = stablehlo.broadcast_in_dim %1472, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1474 = stablehlo.shift_right_logical %1467, %1473 : tensor<2xui32>
    %1475 = stablehlo.or %1471, %1474 : tensor<2xui32>
    %1476 = stablehlo.xor %1468, %1475 : tensor<2xui32>
    %1477 = stablehlo.add %1468, %1476 : tensor<2xui32>
    %1478 = stablehlo.constant dense<29> : tensor<ui32>
    %1479 = stablehlo.broadcast_in_dim %1478, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1480 = stablehlo.shift_left %1476, %1479 : tensor<2xui32>
    %1481 = stablehlo.constant dense<3> : tensor<ui32>
    %1482 = stablehlo.broadcast_in_dim %1481, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1483 = stablehlo.shift_right_logical %1476, %1482 : tensor<2xui32>
    %1484 = stablehlo.or %1480, %1483 : tensor<2xui32>
    %1485 = stablehlo.xor %1477, %1484 : tensor<2xui32>
    %1486 = stablehlo.add %1477, %1485 : tensor<2xui32>
    %1487 = stablehlo.constant dense<16> : tensor<ui32>
    %1488 = stablehlo.broadcast_in_dim %1487, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1489 = stablehlo.shift_left %1485, %1488 : tensor<2xui32>
    %1490 = stablehlo.constant dense<16> : tensor<ui32>
    %1491 = stablehlo.broadcast_in_dim %1490, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1492 = stablehlo.shift_right_logical %1485, %1491 : tensor<2xui32>
    %1493 = stablehlo.or %1489, %1492 : tensor<2xui32>
    %1494 = stablehlo.xor %1486, %1493 : tensor<2xui32>
    %1495 = stablehlo.add %1486, %1494 : tensor<2xui32>
    %1496 = stablehlo.constant dense<24> : tensor<ui32>
    %1497 = stablehlo.broadcast_in_dim %1496, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1498 = stablehlo.shift_left %1494, %1497 : tensor<2xui32>
    %1499 = stablehlo.constant dense<8> : tensor<ui32>
    %1500 = stablehlo.broadcast_in_dim %1499, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1501 = stablehlo.shift_right_logical %1494, %1500 : tensor<2xui32>
    %1502 = stablehlo.or %1498, %1501 : tensor<2xui32>
    %1503 = stablehlo.xor %1495, %1502 : tensor<2xui32>
    %1504 = stablehlo.add %1495, %1424 : tensor<2xui32>
    %1505 = stablehlo.add %1503, %1419 : tensor<2xui32>
    %1506 = stablehlo.constant dense<2> : tensor<ui32>
    %1507 = stablehlo.broadcast_in_dim %1506, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1508 = stablehlo.add %1505, %1507 : tensor<2xui32>
    %1509 = stablehlo.add %1504, %1508 : tensor<2xui32>
    %1510 = stablehlo.constant dense<13> : tensor<ui32>
    %1511 = stablehlo.broadcast_in_dim %1510, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1512 = stablehlo.shift_left %1508, %1511 : tensor<2xui32>
    %1513 = stablehlo.constant dense<19> : tensor<ui32>
    %1514 = stablehlo.broadcast_in_dim %1513, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1515 = stablehlo.shift_right_logical %1508, %1514 : tensor<2xui32>
    %1516 = stablehlo.or %1512, %1515 : tensor<2xui32>
    %1517 = stablehlo.xor %1509, %1516 : tensor<2xui32>
    %1518 = stablehlo.add %1509, %1517 : tensor<2xui32>
    %1519 = stablehlo.constant dense<15> : tensor<ui32>
    %1520 = stablehlo.broadcast_in_dim %1519, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1521 = stablehlo.shift_left %1517, %1520 : tensor<2xui32>
    %1522 = stablehlo.constant dense<17> : tensor<ui32>
    %1523 = stablehlo.broadcast_in_dim %1522, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1524 = stablehlo.shift_right_logical %1517, %1523 : tensor<2xui32>
    %1525 = stablehlo.or %1521, %1524 : tensor<2xui32>
    %1526 = stablehlo.xor %1518, %1525 : tensor<2xui32>
    %1527 = stablehlo.add %1518, %1526 : tensor<2xui32>
    %1528 = stablehlo.constant dense<26> : tensor<ui32>
    %1529 = stablehlo.broadcast_in_dim %1528, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1530 = stablehlo.shift_left %1526, %1529 : tensor<2xui32>
    %1531 = stablehlo.constant dense<6> : tensor<ui32>
    %1532 = stablehlo.broadcast_in_dim %1531, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1533 = stablehlo.shift_right_logical %1526, %1532 : tensor<2xui32>
    %1534 = stablehlo.or %1530, %1533 : tensor<2xui32>
    %1535 = stablehlo.xor %1527, %1534 : tensor<2xui32>
    %1536 = stablehlo.add %1527, %1535 : tensor<2xui32>
    %1537 = stablehlo.constant dense<6> : tensor<ui32>
    %1538 = stablehlo.broadcast_in_dim %1537, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1539 = stablehlo.shift_left %1535, %1538 : tensor<2xui32>
    %1540 = stablehlo.constant dense<26> : tensor<ui32>
    %1541 = stablehlo.broadcast_in_dim %1540, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1542 = stablehlo.shift_right_logical %1535, %1541 : tensor<2xui32>
    %1543 = stablehlo.or %1539, %1542 : tensor<2xui32>
    %1544 = stablehlo.xor %1536, %1543 : tensor<2xui32>
    %1545 = stablehlo.add %1536, %1419 : tensor<2xui32>
    %1546 = stablehlo.add %1544, %1420 : tensor<2xui32>
    %1547 = stablehlo.constant dense<3> : tensor<ui32>
    %1548 = stablehlo.broadcast_in_dim %1547, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1549 = stablehlo.add %1546, %1548 : tensor<2xui32>
    %1550 = stablehlo.add %1545, %1549 : tensor<2xui32>
    %1551 = stablehlo.constant dense<17> : tensor<ui32>
    %1552 = stablehlo.broadcast_in_dim %1551, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1553 = stablehlo.shift_left %1549, %1552 : tensor<2xui32>
    %1554 = stablehlo.constant dense<15> : tensor<ui32>
    %1555 = stablehlo.broadcast_in_dim %1554, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1556 = stablehlo.shift_right_logical %1549, %1555 : tensor<2xui32>
    %1557 = stablehlo.or %1553, %1556 : tensor<2xui32>
    %1558 = stablehlo.xor %1550, %1557 : tensor<2xui32>
    %1559 = stablehlo.add %1550, %1558 : tensor<2xui32>
    %1560 = stablehlo.constant dense<29> : tensor<ui32>
    %1561 = stablehlo.broadcast_in_dim %1560, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1562 = stablehlo.shift_left %1558, %1561 : tensor<2xui32>
    %1563 = stablehlo.constant dense<3> : tensor<ui32>
    %1564 = stablehlo.broadcast_in_dim %1563, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1565 = stablehlo.shift_right_logical %1558, %1564 : tensor<2xui32>
    %1566 = stablehlo.or %1562, %1565 : tensor<2xui32>
    %1567 = stablehlo.xor %1559, %1566 : tensor<2xui32>
    %1568 = stablehlo.add %1559, %1567 : tensor<2xui32>
    %1569 = stablehlo.constant dense<16> : tensor<ui32>
    %1570 = stablehlo.broadcast_in_dim %1569, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1571 = stablehlo.shift_left %1567, %1570 : tensor<2xui32>
    %1572 = stablehlo.constant dense<16> : tensor<ui32>
    %1573 = stablehlo.broadcast_in_dim %1572, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1574 = stablehlo.shift_right_logical %1567, %1573 : tensor<2xui32>
    %1575 = stablehlo.or %1571, %1574 : tensor<2xui32>
    %1576 = stablehlo.xor %1568, %1575 : tensor<2xui32>
    %1577 = stablehlo.add %1568, %1576 : tensor<2xui32>
    %1578 = stablehlo.constant dense<24> : tensor<ui32>
    %1579 = stablehlo.broadcast_in_dim %1578, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1580 = stablehlo.shift_left %1576, %1579 : tensor<2xui32>
    %1581 = stablehlo.constant dense<8> : tensor<ui32>
    %1582 = stablehlo.broadcast_in_dim %1581, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1583 = stablehlo.shift_right_logical %1576, %1582 : tensor<2xui32>
    %1584 = stablehlo.or %1580, %1583 : tensor<2xui32>
    %1585 = stablehlo.xor %1577, %1584 : tensor<2xui32>
    %1586 = stablehlo.add %1577, %1420 : tensor<2xui32>
    %1587 = stablehlo.add %1585, %1424 : tensor<2xui32>
    %1588 = stablehlo.constant dense<4> : tensor<ui32>
    %1589 = stablehlo.broadcast_in_dim %1588, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1590 = stablehlo.add %1587, %1589 : tensor<2xui32>
    %1591 = stablehlo.add %1586, %1590 : tensor<2xui32>
    %1592 = stablehlo.constant dense<13> : tensor<ui32>
    %1593 = stablehlo.broadcast_in_dim %1592, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1594 = stablehlo.shift_left %1590, %1593 : tensor<2xui32>
    %1595 = stablehlo.constant dense<19> : tensor<ui32>
    %1596 = stablehlo.broadcast_in_dim %1595, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1597 = stablehlo.shift_right_logical %1590, %1596 : tensor<2xui32>
    %1598 = stablehlo.or %1594, %1597 : tensor<2xui32>
    %1599 = stablehlo.xor %1591, %1598 : tensor<2xui32>
    %1600 = stablehlo.add %1591, %1599 : tensor<2xui32>
    %1601 = stablehlo.constant dense<15> : tensor<ui32>
    %1602 = stablehlo.broadcast_in_dim %1601, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1603 = stablehlo.shift_left %1599, %1602 : tensor<2xui32>
    %1604 = stablehlo.constant dense<17> : tensor<ui32>
    %1605 = stablehlo.broadcast_in_dim %1604, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1606 = stablehlo.shift_right_logical %1599, %1605 : tensor<2xui32>
    %1607 = stablehlo.or %1603, %1606 : tensor<2xui32>
    %1608 = stablehlo.xor %1600, %1607 : tensor<2xui32>
    %1609 = stablehlo.add %1600, %1608 : tensor<2xui32>
    %1610 = stablehlo.constant dense<26> : tensor<ui32>
    %1611 = stablehlo.broadcast_in_dim %1610, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1612 = stablehlo.shift_left %1608, %1611 : tensor<2xui32>
    %1613 = stablehlo.constant dense<6> : tensor<ui32>
    %1614 = stablehlo.broadcast_in_dim %1613, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1615 = stablehlo.shift_right_logical %1608, %1614 : tensor<2xui32>
    %1616 = stablehlo.or %1612, %1615 : tensor<2xui32>
    %1617 = stablehlo.xor %1609, %1616 : tensor<2xui32>
    %1618 = stablehlo.add %1609, %1617 : tensor<2xui32>
    %1619 = stablehlo.constant dense<6> : tensor<ui32>
    %1620 = stablehlo.broadcast_in_dim %1619, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1621 = stablehlo.shift_left %1617, %1620 : tensor<2xui32>
    %1622 = stablehlo.constant dense<26> : tensor<ui32>
    %1623 = stablehlo.broadcast_in_dim %1622, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1624 = stablehlo.shift_right_logical %1617, %1623 : tensor<2xui32>
    %1625 = stablehlo.or %1621, %1624 : tensor<2xui32>
    %1626 = stablehlo.xor %1618, %1625 : tensor<2xui32>
    %1627 = stablehlo.add %1618, %1424 : tensor<2xui32>
    %1628 = stablehlo.add %1626, %1419 : tensor<2xui32>
    %1629 = stablehlo.constant dense<5> : tensor<ui32>
    %1630 = stablehlo.broadcast_in_dim %1629, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %1631 = stablehlo.add %1628, %1630 : tensor<2xui32>
    %1632 = stablehlo.reshape %1627 : (tensor<2xui32>) -> tensor<2x1xui32>
    %1633 = stablehlo.reshape %1631 : (tensor<2xui32>) -> tensor<2x1xui32>
    %1634 = stablehlo.concatenate %1632, %1633, dim = 1 : (tensor<2x1xui32>, tensor<2x1xui32>) -> tensor<2x2xui32>
    %1635 = stablehlo.slice %1634 [1:2, 0:2] : (tensor<2x2xui32>) -> tensor<1x2xui32>
    %1636 = stablehlo.reshape %1635 : (tensor<1x2xui32>) -> tensor<2xui32>
    %1637 = stablehlo.slice %1636 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %1638 = stablehlo.reshape %1637 : (tensor<1xui32>) -> tensor<ui32>
    %1639 = stablehlo.slice %1636 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %1640 = stablehlo.reshape %1639 : (tensor<1xui32>) -> tensor<ui32>
    %1641 = stablehlo.constant dense<0> : tensor<ui32>
    %1642 = stablehlo.broadcast_in_dim %1641, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1643 = stablehlo.iota dim = 0 : tensor<6xui32>
    %1644 = stablehlo.broadcast_in_dim %1638, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1645 = stablehlo.broadcast_in_dim %1640, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1646 = stablehlo.xor %1644, %1645 : tensor<6xui32>
    %1647 = stablehlo.constant dense<466688986> : tensor<ui32>
    %1648 = stablehlo.broadcast_in_dim %1647, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1649 = stablehlo.xor %1646, %1648 : tensor<6xui32>
    %1650 = stablehlo.add %1642, %1644 : tensor<6xui32>
    %1651 = stablehlo.add %1643, %1645 : tensor<6xui32>
    %1652 = stablehlo.add %1650, %1651 : tensor<6xui32>
    %1653 = stablehlo.constant dense<13> : tensor<ui32>
    %1654 = stablehlo.broadcast_in_dim %1653, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1655 = stablehlo.shift_left %1651, %1654 : tensor<6xui32>
    %1656 = stablehlo.constant dense<19> : tensor<ui32>
    %1657 = stablehlo.broadcast_in_dim %1656, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1658 = stablehlo.shift_right_logical %1651, %1657 : tensor<6xui32>
    %1659 = stablehlo.or %1655, %1658 : tensor<6xui32>
    %1660 = stablehlo.xor %1652, %1659 : tensor<6xui32>
    %1661 = stablehlo.add %1652, %1660 : tensor<6xui32>
    %1662 = stablehlo.constant dense<15> : tensor<ui32>
    %1663 = stablehlo.broadcast_in_dim %1662, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1664 = stablehlo.shift_left %1660, %1663 : tensor<6xui32>
    %1665 = stablehlo.constant dense<17> : tensor<ui32>
    %1666 = stablehlo.broadcast_in_dim %1665, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1667 = stablehlo.shift_right_logical %1660, %1666 : tensor<6xui32>
    %1668 = stablehlo.or %1664, %1667 : tensor<6xui32>
    %1669 = stablehlo.xor %1661, %1668 : tensor<6xui32>
    %1670 = stablehlo.add %1661, %1669 : tensor<6xui32>
    %1671 = stablehlo.constant dense<26> : tensor<ui32>
    %1672 = stablehlo.broadcast_in_dim %1671, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1673 = stablehlo.shift_left %1669, %1672 : tensor<6xui32>
    %1674 = stablehlo.constant dense<6> : tensor<ui32>
    %1675 = stablehlo.broadcast_in_dim %1674, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1676 = stablehlo.shift_right_logical %1669, %1675 : tensor<6xui32>
    %1677 = stablehlo.or %1673, %1676 : tensor<6xui32>
    %1678 = stablehlo.xor %1670, %1677 : tensor<6xui32>
    %1679 = stablehlo.add %1670, %1678 : tensor<6xui32>
    %1680 = stablehlo.constant dense<6> : tensor<ui32>
    %1681 = stablehlo.broadcast_in_dim %1680, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1682 = stablehlo.shift_left %1678, %1681 : tensor<6xui32>
    %1683 = stablehlo.constant dense<26> : tensor<ui32>
    %1684 = stablehlo.broadcast_in_dim %1683, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1685 = stablehlo.shift_right_logical %1678, %1684 : tensor<6xui32>
    %1686 = stablehlo.or %1682, %1685 : tensor<6xui32>
    %1687 = stablehlo.xor %1679, %1686 : tensor<6xui32>
    %1688 = stablehlo.add %1679, %1645 : tensor<6xui32>
    %1689 = stablehlo.add %1687, %1649 : tensor<6xui32>
    %1690 = stablehlo.constant dense<1> : tensor<ui32>
    %1691 = stablehlo.broadcast_in_dim %1690, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1692 = stablehlo.add %1689, %1691 : tensor<6xui32>
    %1693 = stablehlo.add %1688, %1692 : tensor<6xui32>
    %1694 = stablehlo.constant dense<17> : tensor<ui32>
    %1695 = stablehlo.broadcast_in_dim %1694, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1696 = stablehlo.shift_left %1692, %1695 : tensor<6xui32>
    %1697 = stablehlo.constant dense<15> : tensor<ui32>
    %1698 = stablehlo.broadcast_in_dim %1697, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1699 = stablehlo.shift_right_logical %1692, %1698 : tensor<6xui32>
    %1700 = stablehlo.or %1696, %1699 : tensor<6xui32>
    %1701 = stablehlo.xor %1693, %1700 : tensor<6xui32>
    %1702 = stablehlo.add %1693, %1701 : tensor<6xui32>
    %1703 = stablehlo.constant dense<29> : tensor<ui32>
    %1704 = stablehlo.broadcast_in_dim %1703, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1705 = stablehlo.shift_left %1701, %1704 : tensor<6xui32>
    %1706 = stablehlo.constant dense<3> : tensor<ui32>
    %1707 = stablehlo.broadcast_in_dim %1706, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1708 = stablehlo.shift_right_logical %1701, %1707 : tensor<6xui32>
    %1709 = stablehlo.or %1705, %1708 : tensor<6xui32>
    %1710 = stablehlo.xor %1702, %1709 : tensor<6xui32>
    %1711 = stablehlo.add %1702, %1710 : tensor<6xui32>
    %1712 = stablehlo.constant dense<16> : tensor<ui32>
    %1713 = stablehlo.broadcast_in_dim %1712, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1714 = stablehlo.shift_left %1710, %1713 : tensor<6xui32>
    %1715 = stablehlo.constant dense<16> : tensor<ui32>
    %1716 = stablehlo.broadcast_in_dim %1715, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1717 = stablehlo.shift_right_logical %1710, %1716 : tensor<6xui32>
    %1718 = stablehlo.or %1714, %1717 : tensor<6xui32>
    %1719 = stablehlo.xor %1711, %1718 : tensor<6xui32>
    %1720 = stablehlo.add %1711, %1719 : tensor<6xui32>
    %1721 = stablehlo.constant dense<24> : tensor<ui32>
    %1722 = stablehlo.broadcast_in_dim %1721, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1723 = stablehlo.shift_left %1719, %1722 : tensor<6xui32>
    %1724 = stablehlo.constant dense<8> : tensor<ui32>
    %1725 = stablehlo.broadcast_in_dim %1724, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1726 = stablehlo.shift_right_logical %1719, %1725 : tensor<6xui32>
    %1727 = stablehlo.or %1723, %1726 : tensor<6xui32>
    %1728 = stablehlo.xor %1720, %1727 : tensor<6xui32>
    %1729 = stablehlo.add %1720, %1649 : tensor<6xui32>
    %1730 = stablehlo.add %1728, %1644 : tensor<6xui32>
    %1731 = stablehlo.constant dense<2> : tensor<ui32>
    %1732 = stablehlo.broadcast_in_dim %1731, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1733 = stablehlo.add %1730, %1732 : tensor<6xui32>
    %1734 = stablehlo.add %1729, %1733 : tensor<6xui32>
    %1735 = stablehlo.constant dense<13> : tensor<ui32>
    %1736 = stablehlo.broadcast_in_dim %1735, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1737 = stablehlo.shift_left %1733, %1736 : tensor<6xui32>
    %1738 = stablehlo.constant dense<19> : tensor<ui32>
    %1739 = stablehlo.broadcast_in_dim %1738, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1740 = stablehlo.shift_right_logical %1733, %1739 : tensor<6xui32>
    %1741 = stablehlo.or %1737, %1740 : tensor<6xui32>
    %1742 = stablehlo.xor %1734, %1741 : tensor<6xui32>
    %1743 = stablehlo.add %1734, %1742 : tensor<6xui32>
    %1744 = stablehlo.constant dense<15> : tensor<ui32>
    %1745 = stablehlo.broadcast_in_dim %1744, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1746 = stablehlo.shift_left %1742, %1745 : tensor<6xui32>
    %1747 = stablehlo.constant dense<17> : tensor<ui32>
    %1748 = stablehlo.broadcast_in_dim %1747, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1749 = stablehlo.shift_right_logical %1742, %1748 : tensor<6xui32>
    %1750 = stablehlo.or %1746, %1749 : tensor<6xui32>
    %1751 = stablehlo.xor %1743, %1750 : tensor<6xui32>
    %1752 = stablehlo.add %1743, %1751 : tensor<6xui32>
    %1753 = stablehlo.constant dense<26> : tensor<ui32>
    %1754 = stablehlo.broadcast_in_dim %1753, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1755 = stablehlo.shift_left %1751, %1754 : tensor<6xui32>
    %1756 = stablehlo.constant dense<6> : tensor<ui32>
    %1757 = stablehlo.broadcast_in_dim %1756, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1758 = stablehlo.shift_right_logical %1751, %1757 : tensor<6xui32>
    %1759 = stablehlo.or %1755, %1758 : tensor<6xui32>
    %1760 = stablehlo.xor %1752, %1759 : tensor<6xui32>
    %1761 = stablehlo.add %1752, %1760 : tensor<6xui32>
    %1762 = stablehlo.constant dense<6> : tensor<ui32>
    %1763 = stablehlo.broadcast_in_dim %1762, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1764 = stablehlo.shift_left %1760, %1763 : tensor<6xui32>
    %1765 = stablehlo.constant dense<26> : tensor<ui32>
    %1766 = stablehlo.broadcast_in_dim %1765, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1767 = stablehlo.shift_right_logical %1760, %1766 : tensor<6xui32>
    %1768 = stablehlo.or %1764, %1767 : tensor<6xui32>
    %1769 = stablehlo.xor %1761, %1768 : tensor<6xui32>
    %1770 = stablehlo.add %1761, %1644 : tensor<6xui32>
    %1771 = stablehlo.add %1769, %1645 : tensor<6xui32>
    %1772 = stablehlo.constant dense<3> : tensor<ui32>
    %1773 = stablehlo.broadcast_in_dim %1772, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1774 = stablehlo.add %1771, %1773 : tensor<6xui32>
    %1775 = stablehlo.add %1770, %1774 : tensor<6xui32>
    %1776 = stablehlo.constant dense<17> : tensor<ui32>
    %1777 = stablehlo.broadcast_in_dim %1776, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1778 = stablehlo.shift_left %1774, %1777 : tensor<6xui32>
    %1779 = stablehlo.constant dense<15> : tensor<ui32>
    %1780 = stablehlo.broadcast_in_dim %1779, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1781 = stablehlo.shift_right_logical %1774, %1780 : tensor<6xui32>
    %1782 = stablehlo.or %1778, %1781 : tensor<6xui32>
    %1783 = stablehlo.xor %1775, %1782 : tensor<6xui32>
    %1784 = stablehlo.add %1775, %1783 : tensor<6xui32>
    %1785 = stablehlo.constant dense<29> : tensor<ui32>
    %1786 = stablehlo.broadcast_in_dim %1785, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1787 = stablehlo.shift_left %1783, %1786 : tensor<6xui32>
    %1788 = stablehlo.constant dense<3> : tensor<ui32>
    %1789 = stablehlo.broadcast_in_dim %1788, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1790 = stablehlo.shift_right_logical %1783, %1789 : tensor<6xui32>
    %1791 = stablehlo.or %1787, %1790 : tensor<6xui32>
    %1792 = stablehlo.xor %1784, %1791 : tensor<6xui32>
    %1793 = stablehlo.add %1784, %1792 : tensor<6xui32>
    %1794 = stablehlo.constant dense<16> : tensor<ui32>
    %1795 = stablehlo.broadcast_in_dim %1794, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1796 = stablehlo.shift_left %1792, %1795 : tensor<6xui32>
    %1797 = stablehlo.constant dense<16> : tensor<ui32>
    %1798 = stablehlo.broadcast_in_dim %1797, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1799 = stablehlo.shift_right_logical %1792, %1798 : tensor<6xui32>
    %1800 = stablehlo.or %1796, %1799 : tensor<6xui32>
    %1801 = stablehlo.xor %1793, %1800 : tensor<6xui32>
    %1802 = stablehlo.add %1793, %1801 : tensor<6xui32>
    %1803 = stablehlo.constant dense<24> : tensor<ui32>
    %1804 = stablehlo.broadcast_in_dim %1803, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1805 = stablehlo.shift_left %1801, %1804 : tensor<6xui32>
    %1806 = stablehlo.constant dense<8> : tensor<ui32>
    %1807 = stablehlo.broadcast_in_dim %1806, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1808 = stablehlo.shift_right_logical %1801, %1807 : tensor<6xui32>
    %1809 = stablehlo.or %1805, %1808 : tensor<6xui32>
    %1810 = stablehlo.xor %1802, %1809 : tensor<6xui32>
    %1811 = stablehlo.add %1802, %1645 : tensor<6xui32>
    %1812 = stablehlo.add %1810, %1649 : tensor<6xui32>
    %1813 = stablehlo.constant dense<4> : tensor<ui32>
    %1814 = stablehlo.broadcast_in_dim %1813, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1815 = stablehlo.add %1812, %1814 : tensor<6xui32>
    %1816 = stablehlo.add %1811, %1815 : tensor<6xui32>
    %1817 = stablehlo.constant dense<13> : tensor<ui32>
    %1818 = stablehlo.broadcast_in_dim %1817, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1819 = stablehlo.shift_left %1815, %1818 : tensor<6xui32>
    %1820 = stablehlo.constant dense<19> : tensor<ui32>
    %1821 = stablehlo.broadcast_in_dim %1820, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1822 = stablehlo.shift_right_logical %1815, %1821 : tensor<6xui32>
    %1823 = stablehlo.or %1819, %1822 : tensor<6xui32>
    %1824 = stablehlo.xor %1816, %1823 : tensor<6xui32>
    %1825 = stablehlo.add %1816, %1824 : tensor<6xui32>
    %1826 = stablehlo.constant dense<15> : tensor<ui32>
    %1827 = stablehlo.broadcast_in_dim %1826, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1828 = stablehlo.shift_left %1824, %1827 : tensor<6xui32>
    %1829 = stablehlo.constant dense<17> : tensor<ui32>
    %1830 = stablehlo.broadcast_in_dim %1829, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1831 = stablehlo.shift_right_logical %1824, %1830 : tensor<6xui32>
    %1832 = stablehlo.or %1828, %1831 : tensor<6xui32>
    %1833 = stablehlo.xor %1825, %1832 : tensor<6xui32>
    %1834 = stablehlo.add %1825, %1833 : tensor<6xui32>
    %1835 = stablehlo.constant dense<26> : tensor<ui32>
    %1836 = stablehlo.broadcast_in_dim %1835, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1837 = stablehlo.shift_left %1833, %1836 : tensor<6xui32>
    %1838 = stablehlo.constant dense<6> : tensor<ui32>
    %1839 = stablehlo.broadcast_in_dim %1838, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1840 = stablehlo.shift_right_logical %1833, %1839 : tensor<6xui32>
    %1841 = stablehlo.or %1837, %1840 : tensor<6xui32>
    %1842 = stablehlo.xor %1834, %1841 : tensor<6xui32>
    %1843 = stablehlo.add %1834, %1842 : tensor<6xui32>
    %1844 = stablehlo.constant dense<6> : tensor<ui32>
    %1845 = stablehlo.broadcast_in_dim %1844, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1846 = stablehlo.shift_left %1842, %1845 : tensor<6xui32>
    %1847 = stablehlo.constant dense<26> : tensor<ui32>
    %1848 = stablehlo.broadcast_in_dim %1847, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1849 = stablehlo.shift_right_logical %1842, %1848 : tensor<6xui32>
    %1850 = stablehlo.or %1846, %1849 : tensor<6xui32>
    %1851 = stablehlo.xor %1843, %1850 : tensor<6xui32>
    %1852 = stablehlo.add %1843, %1649 : tensor<6xui32>
    %1853 = stablehlo.add %1851, %1644 : tensor<6xui32>
    %1854 = stablehlo.constant dense<5> : tensor<ui32>
    %1855 = stablehlo.broadcast_in_dim %1854, dims = [] : (tensor<ui32>) -> tensor<6xui32>
    %1856 = stablehlo.add %1853, %1855 : tensor<6xui32>
    %1857 = stablehlo.xor %1852, %1856 : tensor<6xui32>
    %1858, %1859 = "stablehlo.sort"(%1857, %1411) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%1860: tensor<ui32>, %1861: tensor<ui32>, %1862: tensor<i32>, %1863: tensor<i32>):
      %1864 = stablehlo.compare LT, %1860, %1861, UNSIGNED : (tensor<ui32>, tensor<ui32>) -> tensor<i1>
      stablehlo.return %1864 : tensor<i1>
    }) : (tensor<6xui32>, tensor<6xi32>) -> (tensor<6xui32>, tensor<6xi32>)
    return %220, %1410, %702, %1859, %451 : tensor<3xui32>, tensor<5xi32>, tensor<2x3xf32>, tensor<6xi32>, tensor<4xf32>
  }
}
