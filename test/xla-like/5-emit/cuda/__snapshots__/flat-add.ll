define ptx_kernel void @flat_add(ptr addrspace(1) %a0, ptr addrspace(1) %a1, ptr addrspace(1) %a2) nounwind {
entry:
  %v0 = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %v1 = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %v2 = mul nuw nsw i32 %v0, 256
  %v3 = add nuw nsw i32 %v2, %v1
  %v4 = icmp ult i32 %v3, 262145
  %v10 = addrspacecast ptr addrspace(1) %a0 to ptr
  %v13 = addrspacecast ptr addrspace(1) %a1 to ptr
  %v17 = addrspacecast ptr addrspace(1) %a2 to ptr
  br i1 %v4, label %yes5, label %no6
yes5:
  %v8 = mul nuw nsw i32 %v3, 4
  %v9 = zext nneg i32 %v8 to i64
  %v11 = getelementptr float, ptr %v10, i64 %v9
  %v12 = load <4 x float>, ptr %v11, align 16
  %v14 = getelementptr float, ptr %v13, i64 %v9
  %v15 = load <4 x float>, ptr %v14, align 16
  %v16 = fadd <4 x float> %v12, %v15
  %v18 = getelementptr float, ptr %v17, i64 %v9
  store <4 x float> %v16, ptr %v18, align 16
  br label %end7
no6:
  br label %end7
end7:
  ret void
}
!1000 = !{ptr @flat_add, !"maxntidx", i32 256}
!nvvm.annotations = !{!1000}
declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
