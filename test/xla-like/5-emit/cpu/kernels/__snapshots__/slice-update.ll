define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v5 = getelementptr ptr, ptr %args, i64 1
  %v6 = load ptr, ptr %v5
  %v7 = load <64 x float>, ptr %v6, align 4
  %v8 = getelementptr ptr, ptr %args, i64 2
  %v9 = load ptr, ptr %v8
  %v10 = load i32, ptr %v9, align 4
  %v11 = sext i32 %v10 to i64
  %v12 = call i64 @llvm.smax.i64(i64 %v11, i64 0)
  %v13 = call i64 @llvm.smin.i64(i64 %v12, i64 7)
  %v14 = mul nsw i64 %v13, 64
  %v15 = getelementptr ptr, ptr %args, i64 4
  %v16 = load ptr, ptr %v15
  %v17 = getelementptr float, ptr %v16, i64 %v14
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v18, %loop0 ]
  store <64 x float> %v7, ptr %v17, align 4
  %v18 = add nsw i64 %v4, 1
  %v19 = icmp slt i64 %v18, %end
  br i1 %v19, label %loop0, label %done1
done1:
  ret void
}
declare i64 @llvm.smax.i64(i64, i64)
declare i64 @llvm.smin.i64(i64, i64)
