define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v0 = mul nsw i64 %begin, 2048
  %v1 = mul nsw i64 %end, 2048
  %v2 = call i64 @llvm.smin.i64(i64 %v1, i64 1000)
  %v8 = getelementptr ptr, ptr %args, i64 0
  %v9 = load ptr, ptr %v8
  %v12 = getelementptr ptr, ptr %args, i64 1
  %v13 = load ptr, ptr %v12
  %v17 = getelementptr ptr, ptr %args, i64 2
  %v18 = load ptr, ptr %v17
  %v5 = icmp slt i64 %v0, %v2
  br i1 %v5, label %loop3, label %done4
loop3:
  %v7 = phi i64 [ %v0, %entry ], [ %v20, %loop3 ]
  %v10 = getelementptr float, ptr %v9, i64 %v7
  %v11 = load <64 x float>, ptr %v10, align 4
  %v14 = getelementptr float, ptr %v13, i64 %v7
  %v15 = load <64 x float>, ptr %v14, align 4
  %v16 = fadd <64 x float> %v11, %v15
  %v19 = getelementptr float, ptr %v18, i64 %v7
  store <64 x float> %v16, ptr %v19, align 4
  %v20 = add nsw i64 %v7, 64
  %v21 = icmp slt i64 %v20, %v2
  br i1 %v21, label %loop3, label %done4
done4:
  ret void
}
declare i64 @llvm.smin.i64(i64, i64)
