define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v20 = getelementptr ptr, ptr %args, i64 0
  %v21 = load ptr, ptr %v20
  %v24 = getelementptr ptr, ptr %args, i64 1
  %v25 = load ptr, ptr %v24
  %v30 = getelementptr ptr, ptr %args, i64 2
  %v31 = load ptr, ptr %v30
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v37, %done6 ]
  br label %loop5
loop5:
  %v8 = phi i64 [ 0, %loop0 ], [ %v35, %done10 ]
  %v13 = mul nsw i64 %v8, 100
  br label %loop9
loop9:
  %v12 = phi i64 [ 0, %loop5 ], [ %v33, %loop9 ]
  %v14 = add nsw i64 %v12, %v13
  %v15 = sub nsw i64 100, %v12
  %v16 = trunc i64 %v15 to i32
  %v17 = insertelement <64 x i32> poison, i32 %v16, i32 0
  %v18 = shufflevector <64 x i32> %v17, <64 x i32> poison, <64 x i32> zeroinitializer
  %v19 = icmp slt <64 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31, i32 32, i32 33, i32 34, i32 35, i32 36, i32 37, i32 38, i32 39, i32 40, i32 41, i32 42, i32 43, i32 44, i32 45, i32 46, i32 47, i32 48, i32 49, i32 50, i32 51, i32 52, i32 53, i32 54, i32 55, i32 56, i32 57, i32 58, i32 59, i32 60, i32 61, i32 62, i32 63>, %v18
  %v22 = getelementptr float, ptr %v21, i64 %v14
  %v23 = load <64 x float>, ptr %v22, align 4
  %v26 = getelementptr float, ptr %v25, i64 %v12
  %v27 = load <64 x float>, ptr %v26, align 4
  %v28 = fadd <64 x float> %v23, %v27
  %v29 = call <64 x float> @llvm.maximum.v64f32(<64 x float> %v28, <64 x float> splat (float 0x0000000000000000))
  %v32 = getelementptr float, ptr %v31, i64 %v14
  call void @llvm.masked.store.v64f32.p0(<64 x float> %v29, ptr %v32, i32 4, <64 x i1> %v19)
  %v33 = add nsw i64 %v12, 64
  %v34 = icmp slt i64 %v33, 100
  br i1 %v34, label %loop9, label %done10
done10:
  %v35 = add nsw i64 %v8, 1
  %v36 = icmp slt i64 %v35, 32
  br i1 %v36, label %loop5, label %done6
done6:
  %v37 = add nsw i64 %v4, 1
  %v38 = icmp slt i64 %v37, %end
  br i1 %v38, label %loop0, label %done1
done1:
  ret void
}
declare <64 x float> @llvm.maximum.v64f32(<64 x float>, <64 x float>)
declare void @llvm.masked.store.v64f32.p0(<64 x float>, ptr, i32, <64 x i1>)
