define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v23 = alloca [1024 x i8], align 64
  %v21 = getelementptr ptr, ptr %args, i64 0
  %v22 = load ptr, ptr %v21
  %v187 = getelementptr ptr, ptr %args, i64 1
  %v188 = load ptr, ptr %v187
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v196, %done6 ]
  br label %loop5
loop5:
  %v8 = phi i64 [ 0, %loop0 ], [ %v194, %done10 ]
  %v13 = add nsw i64 %v8, 16
  %v14 = call i64 @llvm.smin.i64(i64 %v13, i64 32)
  br label %loop9
loop9:
  %v12 = phi i64 [ 0, %loop5 ], [ %v192, %done16 ]
  %v24 = mul nsw i64 %v12, 32
  %v25 = add nsw i64 %v24, %v8
  %v26 = getelementptr float, ptr %v22, i64 %v25
  %v27 = load <16 x i32>, ptr %v26, align 4
  %v28 = add nsw i64 %v12, 1
  %v29 = mul nsw i64 %v28, 32
  %v30 = add nsw i64 %v29, %v8
  %v31 = getelementptr float, ptr %v22, i64 %v30
  %v32 = load <16 x i32>, ptr %v31, align 4
  %v33 = add nsw i64 %v12, 2
  %v34 = mul nsw i64 %v33, 32
  %v35 = add nsw i64 %v34, %v8
  %v36 = getelementptr float, ptr %v22, i64 %v35
  %v37 = load <16 x i32>, ptr %v36, align 4
  %v38 = add nsw i64 %v12, 3
  %v39 = mul nsw i64 %v38, 32
  %v40 = add nsw i64 %v39, %v8
  %v41 = getelementptr float, ptr %v22, i64 %v40
  %v42 = load <16 x i32>, ptr %v41, align 4
  %v43 = add nsw i64 %v12, 4
  %v44 = mul nsw i64 %v43, 32
  %v45 = add nsw i64 %v44, %v8
  %v46 = getelementptr float, ptr %v22, i64 %v45
  %v47 = load <16 x i32>, ptr %v46, align 4
  %v48 = add nsw i64 %v12, 5
  %v49 = mul nsw i64 %v48, 32
  %v50 = add nsw i64 %v49, %v8
  %v51 = getelementptr float, ptr %v22, i64 %v50
  %v52 = load <16 x i32>, ptr %v51, align 4
  %v53 = add nsw i64 %v12, 6
  %v54 = mul nsw i64 %v53, 32
  %v55 = add nsw i64 %v54, %v8
  %v56 = getelementptr float, ptr %v22, i64 %v55
  %v57 = load <16 x i32>, ptr %v56, align 4
  %v58 = add nsw i64 %v12, 7
  %v59 = mul nsw i64 %v58, 32
  %v60 = add nsw i64 %v59, %v8
  %v61 = getelementptr float, ptr %v22, i64 %v60
  %v62 = load <16 x i32>, ptr %v61, align 4
  %v63 = add nsw i64 %v12, 8
  %v64 = mul nsw i64 %v63, 32
  %v65 = add nsw i64 %v64, %v8
  %v66 = getelementptr float, ptr %v22, i64 %v65
  %v67 = load <16 x i32>, ptr %v66, align 4
  %v68 = add nsw i64 %v12, 9
  %v69 = mul nsw i64 %v68, 32
  %v70 = add nsw i64 %v69, %v8
  %v71 = getelementptr float, ptr %v22, i64 %v70
  %v72 = load <16 x i32>, ptr %v71, align 4
  %v73 = add nsw i64 %v12, 10
  %v74 = mul nsw i64 %v73, 32
  %v75 = add nsw i64 %v74, %v8
  %v76 = getelementptr float, ptr %v22, i64 %v75
  %v77 = load <16 x i32>, ptr %v76, align 4
  %v78 = add nsw i64 %v12, 11
  %v79 = mul nsw i64 %v78, 32
  %v80 = add nsw i64 %v79, %v8
  %v81 = getelementptr float, ptr %v22, i64 %v80
  %v82 = load <16 x i32>, ptr %v81, align 4
  %v83 = add nsw i64 %v12, 12
  %v84 = mul nsw i64 %v83, 32
  %v85 = add nsw i64 %v84, %v8
  %v86 = getelementptr float, ptr %v22, i64 %v85
  %v87 = load <16 x i32>, ptr %v86, align 4
  %v88 = add nsw i64 %v12, 13
  %v89 = mul nsw i64 %v88, 32
  %v90 = add nsw i64 %v89, %v8
  %v91 = getelementptr float, ptr %v22, i64 %v90
  %v92 = load <16 x i32>, ptr %v91, align 4
  %v93 = add nsw i64 %v12, 14
  %v94 = mul nsw i64 %v93, 32
  %v95 = add nsw i64 %v94, %v8
  %v96 = getelementptr float, ptr %v22, i64 %v95
  %v97 = load <16 x i32>, ptr %v96, align 4
  %v98 = add nsw i64 %v12, 15
  %v99 = mul nsw i64 %v98, 32
  %v100 = add nsw i64 %v99, %v8
  %v101 = getelementptr float, ptr %v22, i64 %v100
  %v102 = load <16 x i32>, ptr %v101, align 4
  %v103 = shufflevector <16 x i32> %v27, <16 x i32> %v67, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v104 = shufflevector <16 x i32> %v27, <16 x i32> %v67, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v105 = shufflevector <16 x i32> %v32, <16 x i32> %v72, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v106 = shufflevector <16 x i32> %v32, <16 x i32> %v72, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v107 = shufflevector <16 x i32> %v37, <16 x i32> %v77, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v108 = shufflevector <16 x i32> %v37, <16 x i32> %v77, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v109 = shufflevector <16 x i32> %v42, <16 x i32> %v82, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v110 = shufflevector <16 x i32> %v42, <16 x i32> %v82, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v111 = shufflevector <16 x i32> %v47, <16 x i32> %v87, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v112 = shufflevector <16 x i32> %v47, <16 x i32> %v87, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v113 = shufflevector <16 x i32> %v52, <16 x i32> %v92, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v114 = shufflevector <16 x i32> %v52, <16 x i32> %v92, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v115 = shufflevector <16 x i32> %v57, <16 x i32> %v97, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v116 = shufflevector <16 x i32> %v57, <16 x i32> %v97, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v117 = shufflevector <16 x i32> %v62, <16 x i32> %v102, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v118 = shufflevector <16 x i32> %v62, <16 x i32> %v102, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v119 = shufflevector <16 x i32> %v103, <16 x i32> %v111, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v120 = shufflevector <16 x i32> %v103, <16 x i32> %v111, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v121 = shufflevector <16 x i32> %v105, <16 x i32> %v113, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v122 = shufflevector <16 x i32> %v105, <16 x i32> %v113, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v123 = shufflevector <16 x i32> %v107, <16 x i32> %v115, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v124 = shufflevector <16 x i32> %v107, <16 x i32> %v115, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v125 = shufflevector <16 x i32> %v109, <16 x i32> %v117, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v126 = shufflevector <16 x i32> %v109, <16 x i32> %v117, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v127 = shufflevector <16 x i32> %v104, <16 x i32> %v112, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v128 = shufflevector <16 x i32> %v104, <16 x i32> %v112, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v129 = shufflevector <16 x i32> %v106, <16 x i32> %v114, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v130 = shufflevector <16 x i32> %v106, <16 x i32> %v114, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v131 = shufflevector <16 x i32> %v108, <16 x i32> %v116, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v132 = shufflevector <16 x i32> %v108, <16 x i32> %v116, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v133 = shufflevector <16 x i32> %v110, <16 x i32> %v118, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v134 = shufflevector <16 x i32> %v110, <16 x i32> %v118, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v135 = shufflevector <16 x i32> %v119, <16 x i32> %v123, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v136 = shufflevector <16 x i32> %v119, <16 x i32> %v123, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v137 = shufflevector <16 x i32> %v121, <16 x i32> %v125, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v138 = shufflevector <16 x i32> %v121, <16 x i32> %v125, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v139 = shufflevector <16 x i32> %v120, <16 x i32> %v124, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v140 = shufflevector <16 x i32> %v120, <16 x i32> %v124, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v141 = shufflevector <16 x i32> %v122, <16 x i32> %v126, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v142 = shufflevector <16 x i32> %v122, <16 x i32> %v126, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v143 = shufflevector <16 x i32> %v127, <16 x i32> %v131, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v144 = shufflevector <16 x i32> %v127, <16 x i32> %v131, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v145 = shufflevector <16 x i32> %v129, <16 x i32> %v133, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v146 = shufflevector <16 x i32> %v129, <16 x i32> %v133, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v147 = shufflevector <16 x i32> %v128, <16 x i32> %v132, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v148 = shufflevector <16 x i32> %v128, <16 x i32> %v132, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v149 = shufflevector <16 x i32> %v130, <16 x i32> %v134, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v150 = shufflevector <16 x i32> %v130, <16 x i32> %v134, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v151 = shufflevector <16 x i32> %v135, <16 x i32> %v137, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v152 = shufflevector <16 x i32> %v135, <16 x i32> %v137, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v153 = shufflevector <16 x i32> %v136, <16 x i32> %v138, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v154 = shufflevector <16 x i32> %v136, <16 x i32> %v138, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v155 = shufflevector <16 x i32> %v139, <16 x i32> %v141, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v156 = shufflevector <16 x i32> %v139, <16 x i32> %v141, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v157 = shufflevector <16 x i32> %v140, <16 x i32> %v142, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v158 = shufflevector <16 x i32> %v140, <16 x i32> %v142, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v159 = shufflevector <16 x i32> %v143, <16 x i32> %v145, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v160 = shufflevector <16 x i32> %v143, <16 x i32> %v145, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v161 = shufflevector <16 x i32> %v144, <16 x i32> %v146, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v162 = shufflevector <16 x i32> %v144, <16 x i32> %v146, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v163 = shufflevector <16 x i32> %v147, <16 x i32> %v149, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v164 = shufflevector <16 x i32> %v147, <16 x i32> %v149, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v165 = shufflevector <16 x i32> %v148, <16 x i32> %v150, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v166 = shufflevector <16 x i32> %v148, <16 x i32> %v150, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v167 = getelementptr i8, ptr %v23, i64 0
  store <16 x i32> %v151, ptr %v167, align 64
  %v168 = getelementptr i8, ptr %v23, i64 64
  store <16 x i32> %v152, ptr %v168, align 64
  %v169 = getelementptr i8, ptr %v23, i64 128
  store <16 x i32> %v153, ptr %v169, align 64
  %v170 = getelementptr i8, ptr %v23, i64 192
  store <16 x i32> %v154, ptr %v170, align 64
  %v171 = getelementptr i8, ptr %v23, i64 256
  store <16 x i32> %v155, ptr %v171, align 64
  %v172 = getelementptr i8, ptr %v23, i64 320
  store <16 x i32> %v156, ptr %v172, align 64
  %v173 = getelementptr i8, ptr %v23, i64 384
  store <16 x i32> %v157, ptr %v173, align 64
  %v174 = getelementptr i8, ptr %v23, i64 448
  store <16 x i32> %v158, ptr %v174, align 64
  %v175 = getelementptr i8, ptr %v23, i64 512
  store <16 x i32> %v159, ptr %v175, align 64
  %v176 = getelementptr i8, ptr %v23, i64 576
  store <16 x i32> %v160, ptr %v176, align 64
  %v177 = getelementptr i8, ptr %v23, i64 640
  store <16 x i32> %v161, ptr %v177, align 64
  %v178 = getelementptr i8, ptr %v23, i64 704
  store <16 x i32> %v162, ptr %v178, align 64
  %v179 = getelementptr i8, ptr %v23, i64 768
  store <16 x i32> %v163, ptr %v179, align 64
  %v180 = getelementptr i8, ptr %v23, i64 832
  store <16 x i32> %v164, ptr %v180, align 64
  %v181 = getelementptr i8, ptr %v23, i64 896
  store <16 x i32> %v165, ptr %v181, align 64
  %v182 = getelementptr i8, ptr %v23, i64 960
  store <16 x i32> %v166, ptr %v182, align 64
  br label %loop15
loop15:
  %v18 = phi i64 [ %v8, %loop9 ], [ %v190, %loop15 ]
  %v19 = mul nsw i64 %v18, 32
  %v20 = add nsw i64 %v19, %v12
  %v183 = sub nsw i64 %v18, %v8
  %v184 = mul nsw i64 %v183, 16
  %v185 = getelementptr float, ptr %v23, i64 %v184
  %v186 = load <16 x float>, ptr %v185, align 4
  %v189 = getelementptr float, ptr %v188, i64 %v20
  store <16 x float> %v186, ptr %v189, align 4
  %v190 = add nsw i64 %v18, 1
  %v191 = icmp slt i64 %v190, %v14
  br i1 %v191, label %loop15, label %done16
done16:
  %v192 = add nsw i64 %v12, 16
  %v193 = icmp slt i64 %v192, 32
  br i1 %v193, label %loop9, label %done10
done10:
  %v194 = add nsw i64 %v8, 16
  %v195 = icmp slt i64 %v194, 32
  br i1 %v195, label %loop5, label %done6
done6:
  %v196 = add nsw i64 %v4, 1
  %v197 = icmp slt i64 %v196, %end
  br i1 %v197, label %loop0, label %done1
done1:
  ret void
}
declare i64 @llvm.smin.i64(i64, i64)
