define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v10 = getelementptr ptr, ptr %args, i64 2
  %v11 = load ptr, ptr %v10
  %v39 = getelementptr ptr, ptr %args, i64 0
  %v40 = load ptr, ptr %v39
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v76, %done20 ]
  %v9 = mul nsw i64 %v4, 512
  %v12 = getelementptr i8, ptr %v11, i64 %v9
  br label %loop5
loop5:
  %v8 = phi i64 [ 0, %loop0 ], [ %v14, %loop5 ]
  %v13 = getelementptr float, ptr %v12, i64 %v8
  store <64 x float> splat (float 0x8000000000000000), ptr %v13, align 4
  %v14 = add nsw i64 %v8, 64
  %v15 = icmp slt i64 %v14, 64
  br i1 %v15, label %loop5, label %done6
done6:
  %v16 = mul nsw i64 %v4, 256
  %v17 = add nsw i64 %v16, 32
  %v18 = call i64 @llvm.smin.i64(i64 %v17, i64 1024)
  br label %loop19
loop19:
  %v22 = phi i64 [ %v16, %done6 ], [ %v74, %loop19 ]
  %v23 = icmp eq i64 %v22, %v16
  %v24 = add nsw i64 %v22, 32
  %v25 = add nsw i64 %v22, 64
  %v26 = add nsw i64 %v22, 96
  %v27 = add nsw i64 %v22, 128
  %v28 = add nsw i64 %v22, 160
  %v29 = add nsw i64 %v22, 192
  %v30 = add nsw i64 %v22, 224
  %v31 = udiv i64 %v22, 1024
  %v32 = udiv i64 %v24, 1024
  %v33 = udiv i64 %v25, 1024
  %v34 = udiv i64 %v26, 1024
  %v35 = udiv i64 %v27, 1024
  %v36 = udiv i64 %v28, 1024
  %v37 = udiv i64 %v29, 1024
  %v38 = udiv i64 %v30, 1024
  %v41 = mul nsw i64 %v22, 64
  %v42 = getelementptr float, ptr %v40, i64 %v41
  %v43 = load <64 x float>, ptr %v42, align 4
  %v44 = mul nsw i64 %v24, 64
  %v45 = getelementptr float, ptr %v40, i64 %v44
  %v46 = load <64 x float>, ptr %v45, align 4
  %v47 = mul nsw i64 %v25, 64
  %v48 = getelementptr float, ptr %v40, i64 %v47
  %v49 = load <64 x float>, ptr %v48, align 4
  %v50 = mul nsw i64 %v26, 64
  %v51 = getelementptr float, ptr %v40, i64 %v50
  %v52 = load <64 x float>, ptr %v51, align 4
  %v53 = mul nsw i64 %v27, 64
  %v54 = getelementptr float, ptr %v40, i64 %v53
  %v55 = load <64 x float>, ptr %v54, align 4
  %v56 = mul nsw i64 %v28, 64
  %v57 = getelementptr float, ptr %v40, i64 %v56
  %v58 = load <64 x float>, ptr %v57, align 4
  %v59 = mul nsw i64 %v29, 64
  %v60 = getelementptr float, ptr %v40, i64 %v59
  %v61 = load <64 x float>, ptr %v60, align 4
  %v62 = mul nsw i64 %v30, 64
  %v63 = getelementptr float, ptr %v40, i64 %v62
  %v64 = load <64 x float>, ptr %v63, align 4
  %v65 = load <64 x float>, ptr %v12, align 4
  %v66 = fadd <64 x float> %v65, %v43
  %v67 = fadd <64 x float> %v66, %v46
  %v68 = fadd <64 x float> %v67, %v49
  %v69 = fadd <64 x float> %v68, %v52
  %v70 = fadd <64 x float> %v69, %v55
  %v71 = fadd <64 x float> %v70, %v58
  %v72 = fadd <64 x float> %v71, %v61
  %v73 = fadd <64 x float> %v72, %v64
  store <64 x float> %v73, ptr %v12, align 4
  %v74 = add nsw i64 %v22, 1
  %v75 = icmp slt i64 %v74, %v18
  br i1 %v75, label %loop19, label %done20
done20:
  %v76 = add nsw i64 %v4, 1
  %v77 = icmp slt i64 %v76, %end
  br i1 %v77, label %loop0, label %done1
done1:
  ret void
}
define void @kernel.columns(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v0 = getelementptr ptr, ptr %args, i64 2
  %v1 = load ptr, ptr %v0
  %v2 = getelementptr i8, ptr %v1, i64 0
  %v3 = load <64 x float>, ptr %v2, align 4
  br label %loop4
loop4:
  %v7 = phi i64 [ 1, %entry ], [ %v14, %loop4 ]
  %v9 = phi <64 x float> [ %v3, %entry ], [ %v13, %loop4 ]
  %v10 = mul nsw i64 %v7, 512
  %v11 = getelementptr i8, ptr %v1, i64 %v10
  %v12 = load <64 x float>, ptr %v11, align 4
  %v13 = fadd <64 x float> %v9, %v12
  %v14 = add nsw i64 %v7, 1
  %v15 = icmp slt i64 %v14, 4
  br i1 %v15, label %loop4, label %done5
done5:
  %v16 = fadd <64 x float> splat (float 0x0000000000000000), %v13
  %v17 = getelementptr ptr, ptr %args, i64 1
  %v18 = load ptr, ptr %v17
  store <64 x float> %v16, ptr %v18, align 4
  ret void
}
declare i64 @llvm.smin.i64(i64, i64)
