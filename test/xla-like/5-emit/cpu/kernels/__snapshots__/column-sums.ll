define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v10 = getelementptr ptr, ptr %args, i64 2
  %v11 = load ptr, ptr %v10
  %v25 = getelementptr ptr, ptr %args, i64 0
  %v26 = load ptr, ptr %v25
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v34, %done20 ]
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
  %v17 = add nsw i64 %v16, 256
  %v18 = call i64 @llvm.smin.i64(i64 %v17, i64 1024)
  br label %loop19
loop19:
  %v22 = phi i64 [ %v16, %done6 ], [ %v32, %loop19 ]
  %v23 = icmp eq i64 %v22, %v16
  %v24 = udiv i64 %v22, 1024
  %v27 = mul nsw i64 %v22, 64
  %v28 = getelementptr float, ptr %v26, i64 %v27
  %v29 = load <64 x float>, ptr %v28, align 4
  %v30 = load <64 x float>, ptr %v12, align 4
  %v31 = fadd <64 x float> %v30, %v29
  store <64 x float> %v31, ptr %v12, align 4
  %v32 = add nsw i64 %v22, 1
  %v33 = icmp slt i64 %v32, %v18
  br i1 %v33, label %loop19, label %done20
done20:
  %v34 = add nsw i64 %v4, 1
  %v35 = icmp slt i64 %v34, %end
  br i1 %v35, label %loop0, label %done1
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
