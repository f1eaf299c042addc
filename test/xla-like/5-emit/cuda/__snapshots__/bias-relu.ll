define ptx_kernel void @bias_relu(ptr addrspace(1) %a0, ptr addrspace(1) %a1, ptr addrspace(1) %a2) nounwind {
entry:
  %v0 = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %v1 = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %v2 = mul nuw nsw i32 %v0, 256
  %v3 = add nuw nsw i32 %v2, %v1
  %v4 = mul nuw nsw i32 %v3, 4
  %v5 = zext nneg i32 %v4 to i64
  %v6 = urem i64 %v5, 100
  %v7 = udiv i64 %v5, 100
  %v8 = addrspacecast ptr addrspace(1) %a0 to ptr
  %v9 = mul nsw i64 %v7, 100
  %v10 = add nsw i64 %v6, %v9
  %v11 = getelementptr float, ptr %v8, i64 %v10
  %v12 = load <4 x float>, ptr %v11, align 16
  %v13 = addrspacecast ptr addrspace(1) %a1 to ptr
  %v14 = getelementptr float, ptr %v13, i64 %v6
  %v15 = load <4 x float>, ptr %v14, align 16
  %v16 = fadd <4 x float> %v12, %v15
  %v17 = call <4 x float> @llvm.maximum.v4f32(<4 x float> %v16, <4 x float> splat (float 0x0000000000000000))
  %v18 = addrspacecast ptr addrspace(1) %a2 to ptr
  %v19 = getelementptr float, ptr %v18, i64 %v5
  store <4 x float> %v17, ptr %v19, align 16
  ret void
}
!1000 = !{ptr @bias_relu, !"maxntidx", i32 256}
!nvvm.annotations = !{!1000}
declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
declare <4 x float> @llvm.maximum.v4f32(<4 x float>, <4 x float>)
