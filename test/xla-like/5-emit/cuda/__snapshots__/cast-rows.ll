define ptx_kernel void @cast_rows(ptr addrspace(1) %a0, ptr addrspace(1) %a1) nounwind {
entry:
  %v0 = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %v1 = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %v2 = mul nuw nsw i32 %v0, 256
  %v3 = add nuw nsw i32 %v2, %v1
  %v4 = mul nuw nsw i32 %v3, 4
  %v5 = zext nneg i32 %v4 to i64
  %v6 = addrspacecast ptr addrspace(1) %a0 to ptr
  %v7 = getelementptr i16, ptr %v6, i64 %v5
  %v8 = load <4 x i16>, ptr %v7, align 8
  %v9 = zext <4 x i16> %v8 to <4 x i32>
  %v10 = shl <4 x i32> %v9, splat (i32 16)
  %v11 = bitcast <4 x i32> %v10 to <4 x float>
  %v12 = addrspacecast ptr addrspace(1) %a1 to ptr
  %v13 = getelementptr float, ptr %v12, i64 %v5
  store <4 x float> %v11, ptr %v13, align 16
  ret void
}
!1000 = !{ptr @cast_rows, !"maxntidx", i32 256}
!nvvm.annotations = !{!1000}
declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
