define void @finish(ptr %args, i64 %batch, i64 %row0, i64 %row1, i64 %col0, i64 %col1) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v15 = mul nsw i64 %batch, 8
  %v19 = getelementptr ptr, ptr %args, i64 0
  %v20 = load ptr, ptr %v19
  %v25 = getelementptr ptr, ptr %args, i64 1
  %v26 = load ptr, ptr %v25
  %v30 = getelementptr ptr, ptr %args, i64 2
  %v31 = load ptr, ptr %v30
  %v2 = icmp slt i64 %row0, %row1
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %row0, %entry ], [ %v35, %done6 ]
  %v16 = add nsw i64 %v4, %v15
  %v17 = mul nsw i64 %v16, 64
  %v21 = mul nsw i64 %v4, 64
  %v7 = icmp slt i64 %col0, %col1
  br i1 %v7, label %loop5, label %done6
loop5:
  %v9 = phi i64 [ %col0, %loop0 ], [ %v33, %loop5 ]
  %v10 = sub nsw i64 %col1, %v9
  %v11 = trunc i64 %v10 to i32
  %v12 = insertelement <64 x i32> poison, i32 %v11, i32 0
  %v13 = shufflevector <64 x i32> %v12, <64 x i32> poison, <64 x i32> zeroinitializer
  %v14 = icmp slt <64 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31, i32 32, i32 33, i32 34, i32 35, i32 36, i32 37, i32 38, i32 39, i32 40, i32 41, i32 42, i32 43, i32 44, i32 45, i32 46, i32 47, i32 48, i32 49, i32 50, i32 51, i32 52, i32 53, i32 54, i32 55, i32 56, i32 57, i32 58, i32 59, i32 60, i32 61, i32 62, i32 63>, %v13
  %v18 = add nsw i64 %v9, %v17
  %v22 = add nsw i64 %v9, %v21
  %v23 = getelementptr float, ptr %v20, i64 %v22
  %v24 = load <64 x float>, ptr %v23, align 4
  %v27 = getelementptr float, ptr %v26, i64 %v9
  %v28 = load <64 x float>, ptr %v27, align 4
  %v29 = fadd <64 x float> %v24, %v28
  %v32 = getelementptr float, ptr %v31, i64 %v18
  call void @llvm.masked.store.v64f32.p0(<64 x float> %v29, ptr %v32, i32 4, <64 x i1> %v14)
  %v33 = add nsw i64 %v9, 64
  %v34 = icmp slt i64 %v33, %col1
  br i1 %v34, label %loop5, label %done6
done6:
  %v35 = add nsw i64 %v4, 1
  %v36 = icmp slt i64 %v35, %row1
  br i1 %v36, label %loop0, label %done1
done1:
  ret void
}
declare void @llvm.masked.store.v64f32.p0(<64 x float>, ptr, i32, <64 x i1>)
