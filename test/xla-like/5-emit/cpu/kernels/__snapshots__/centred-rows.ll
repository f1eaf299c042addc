define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v12 = getelementptr ptr, ptr %args, i64 0
  %v13 = load ptr, ptr %v12
  %v59 = getelementptr ptr, ptr %args, i64 1
  %v60 = load ptr, ptr %v59
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v64, %done41 ]
  %v5 = udiv i64 %v4, 16
  %v14 = mul nsw i64 %v4, 256
  br label %loop6
loop6:
  %v9 = phi i64 [ 0, %loop0 ], [ %v19, %loop6 ]
  %v11 = phi <64 x float> [ splat (float 0x8000000000000000), %loop0 ], [ %v18, %loop6 ]
  %v15 = add nsw i64 %v9, %v14
  %v16 = getelementptr float, ptr %v13, i64 %v15
  %v17 = load <64 x float>, ptr %v16, align 4
  %v18 = fadd <64 x float> %v11, %v17
  %v19 = add nsw i64 %v9, 64
  %v20 = icmp slt i64 %v19, 256
  br i1 %v20, label %loop6, label %done7
done7:
  %v21 = shufflevector <64 x float> %v18, <64 x float> poison, <32 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v22 = shufflevector <64 x float> %v18, <64 x float> poison, <32 x i32> <i32 32, i32 33, i32 34, i32 35, i32 36, i32 37, i32 38, i32 39, i32 40, i32 41, i32 42, i32 43, i32 44, i32 45, i32 46, i32 47, i32 48, i32 49, i32 50, i32 51, i32 52, i32 53, i32 54, i32 55, i32 56, i32 57, i32 58, i32 59, i32 60, i32 61, i32 62, i32 63>
  %v23 = fadd <32 x float> %v21, %v22
  %v24 = shufflevector <32 x float> %v23, <32 x float> poison, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %v25 = shufflevector <32 x float> %v23, <32 x float> poison, <16 x i32> <i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v26 = fadd <16 x float> %v24, %v25
  %v27 = shufflevector <16 x float> %v26, <16 x float> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %v28 = shufflevector <16 x float> %v26, <16 x float> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %v29 = fadd <8 x float> %v27, %v28
  %v30 = shufflevector <8 x float> %v29, <8 x float> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %v31 = shufflevector <8 x float> %v29, <8 x float> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %v32 = fadd <4 x float> %v30, %v31
  %v33 = shufflevector <4 x float> %v32, <4 x float> poison, <2 x i32> <i32 0, i32 1>
  %v34 = shufflevector <4 x float> %v32, <4 x float> poison, <2 x i32> <i32 2, i32 3>
  %v35 = fadd <2 x float> %v33, %v34
  %v36 = extractelement <2 x float> %v35, i32 0
  %v37 = extractelement <2 x float> %v35, i32 1
  %v38 = fadd float %v36, %v37
  %v39 = fadd float 0x0000000000000000, %v38
  %v44 = add nsw i64 %v4, 1
  %v45 = mul nsw i64 %v44, 256
  %v55 = fmul float %v39, 0x3F70000000000000
  %v56 = insertelement <64 x float> poison, float %v55, i32 0
  %v57 = shufflevector <64 x float> %v56, <64 x float> poison, <64 x i32> zeroinitializer
  br label %loop40
loop40:
  %v43 = phi i64 [ 0, %done7 ], [ %v62, %loop40 ]
  %v46 = add nsw i64 %v43, %v45
  %v47 = getelementptr float, ptr %v13, i64 %v46
  %v48 = getelementptr i8, ptr %v47, i64 0
  call void @llvm.prefetch.p0(ptr %v48, i32 0, i32 3, i32 1)
  %v49 = getelementptr i8, ptr %v47, i64 64
  call void @llvm.prefetch.p0(ptr %v49, i32 0, i32 3, i32 1)
  %v50 = getelementptr i8, ptr %v47, i64 128
  call void @llvm.prefetch.p0(ptr %v50, i32 0, i32 3, i32 1)
  %v51 = getelementptr i8, ptr %v47, i64 192
  call void @llvm.prefetch.p0(ptr %v51, i32 0, i32 3, i32 1)
  %v52 = add nsw i64 %v43, %v14
  %v53 = getelementptr float, ptr %v13, i64 %v52
  %v54 = load <64 x float>, ptr %v53, align 4
  %v58 = fsub <64 x float> %v54, %v57
  %v61 = getelementptr float, ptr %v60, i64 %v52
  store <64 x float> %v58, ptr %v61, align 4
  %v62 = add nsw i64 %v43, 64
  %v63 = icmp slt i64 %v62, 256
  br i1 %v63, label %loop40, label %done41
done41:
  %v64 = add nsw i64 %v4, 1
  %v65 = icmp slt i64 %v64, %end
  br i1 %v65, label %loop0, label %done1
done1:
  ret void
}
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)
