define void @kernel(ptr %args, i64 %begin, i64 %end) nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" {
entry:
  %v15 = getelementptr ptr, ptr %args, i64 0
  %v16 = load ptr, ptr %v15
  %v161 = getelementptr ptr, ptr %args, i64 1
  %v162 = load ptr, ptr %v161
  %v2 = icmp slt i64 %begin, %end
  br i1 %v2, label %loop0, label %done1
loop0:
  %v4 = phi i64 [ %begin, %entry ], [ %v243, %done6 ]
  br label %loop5
loop5:
  %v8 = phi i64 [ 0, %loop0 ], [ %v241, %done10 ]
  %v13 = mul nsw i64 %v8, 32
  %v164 = add nsw i64 %v8, 1
  %v165 = mul nsw i64 %v164, 32
  %v169 = add nsw i64 %v8, 2
  %v170 = mul nsw i64 %v169, 32
  %v174 = add nsw i64 %v8, 3
  %v175 = mul nsw i64 %v174, 32
  %v179 = add nsw i64 %v8, 4
  %v180 = mul nsw i64 %v179, 32
  %v184 = add nsw i64 %v8, 5
  %v185 = mul nsw i64 %v184, 32
  %v189 = add nsw i64 %v8, 6
  %v190 = mul nsw i64 %v189, 32
  %v194 = add nsw i64 %v8, 7
  %v195 = mul nsw i64 %v194, 32
  %v199 = add nsw i64 %v8, 8
  %v200 = mul nsw i64 %v199, 32
  %v204 = add nsw i64 %v8, 9
  %v205 = mul nsw i64 %v204, 32
  %v209 = add nsw i64 %v8, 10
  %v210 = mul nsw i64 %v209, 32
  %v214 = add nsw i64 %v8, 11
  %v215 = mul nsw i64 %v214, 32
  %v219 = add nsw i64 %v8, 12
  %v220 = mul nsw i64 %v219, 32
  %v224 = add nsw i64 %v8, 13
  %v225 = mul nsw i64 %v224, 32
  %v229 = add nsw i64 %v8, 14
  %v230 = mul nsw i64 %v229, 32
  %v234 = add nsw i64 %v8, 15
  %v235 = mul nsw i64 %v234, 32
  br label %loop9
loop9:
  %v12 = phi i64 [ 0, %loop5 ], [ %v239, %loop9 ]
  %v14 = add nsw i64 %v12, %v13
  %v17 = mul nsw i64 %v12, 32
  %v18 = add nsw i64 %v17, %v8
  %v19 = getelementptr float, ptr %v16, i64 %v18
  %v20 = load <16 x i32>, ptr %v19, align 4
  %v21 = add nsw i64 %v12, 1
  %v22 = mul nsw i64 %v21, 32
  %v23 = add nsw i64 %v22, %v8
  %v24 = getelementptr float, ptr %v16, i64 %v23
  %v25 = load <16 x i32>, ptr %v24, align 4
  %v26 = add nsw i64 %v12, 2
  %v27 = mul nsw i64 %v26, 32
  %v28 = add nsw i64 %v27, %v8
  %v29 = getelementptr float, ptr %v16, i64 %v28
  %v30 = load <16 x i32>, ptr %v29, align 4
  %v31 = add nsw i64 %v12, 3
  %v32 = mul nsw i64 %v31, 32
  %v33 = add nsw i64 %v32, %v8
  %v34 = getelementptr float, ptr %v16, i64 %v33
  %v35 = load <16 x i32>, ptr %v34, align 4
  %v36 = add nsw i64 %v12, 4
  %v37 = mul nsw i64 %v36, 32
  %v38 = add nsw i64 %v37, %v8
  %v39 = getelementptr float, ptr %v16, i64 %v38
  %v40 = load <16 x i32>, ptr %v39, align 4
  %v41 = add nsw i64 %v12, 5
  %v42 = mul nsw i64 %v41, 32
  %v43 = add nsw i64 %v42, %v8
  %v44 = getelementptr float, ptr %v16, i64 %v43
  %v45 = load <16 x i32>, ptr %v44, align 4
  %v46 = add nsw i64 %v12, 6
  %v47 = mul nsw i64 %v46, 32
  %v48 = add nsw i64 %v47, %v8
  %v49 = getelementptr float, ptr %v16, i64 %v48
  %v50 = load <16 x i32>, ptr %v49, align 4
  %v51 = add nsw i64 %v12, 7
  %v52 = mul nsw i64 %v51, 32
  %v53 = add nsw i64 %v52, %v8
  %v54 = getelementptr float, ptr %v16, i64 %v53
  %v55 = load <16 x i32>, ptr %v54, align 4
  %v56 = add nsw i64 %v12, 8
  %v57 = mul nsw i64 %v56, 32
  %v58 = add nsw i64 %v57, %v8
  %v59 = getelementptr float, ptr %v16, i64 %v58
  %v60 = load <16 x i32>, ptr %v59, align 4
  %v61 = add nsw i64 %v12, 9
  %v62 = mul nsw i64 %v61, 32
  %v63 = add nsw i64 %v62, %v8
  %v64 = getelementptr float, ptr %v16, i64 %v63
  %v65 = load <16 x i32>, ptr %v64, align 4
  %v66 = add nsw i64 %v12, 10
  %v67 = mul nsw i64 %v66, 32
  %v68 = add nsw i64 %v67, %v8
  %v69 = getelementptr float, ptr %v16, i64 %v68
  %v70 = load <16 x i32>, ptr %v69, align 4
  %v71 = add nsw i64 %v12, 11
  %v72 = mul nsw i64 %v71, 32
  %v73 = add nsw i64 %v72, %v8
  %v74 = getelementptr float, ptr %v16, i64 %v73
  %v75 = load <16 x i32>, ptr %v74, align 4
  %v76 = add nsw i64 %v12, 12
  %v77 = mul nsw i64 %v76, 32
  %v78 = add nsw i64 %v77, %v8
  %v79 = getelementptr float, ptr %v16, i64 %v78
  %v80 = load <16 x i32>, ptr %v79, align 4
  %v81 = add nsw i64 %v12, 13
  %v82 = mul nsw i64 %v81, 32
  %v83 = add nsw i64 %v82, %v8
  %v84 = getelementptr float, ptr %v16, i64 %v83
  %v85 = load <16 x i32>, ptr %v84, align 4
  %v86 = add nsw i64 %v12, 14
  %v87 = mul nsw i64 %v86, 32
  %v88 = add nsw i64 %v87, %v8
  %v89 = getelementptr float, ptr %v16, i64 %v88
  %v90 = load <16 x i32>, ptr %v89, align 4
  %v91 = add nsw i64 %v12, 15
  %v92 = mul nsw i64 %v91, 32
  %v93 = add nsw i64 %v92, %v8
  %v94 = getelementptr float, ptr %v16, i64 %v93
  %v95 = load <16 x i32>, ptr %v94, align 4
  %v96 = shufflevector <16 x i32> %v20, <16 x i32> %v60, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v97 = shufflevector <16 x i32> %v20, <16 x i32> %v60, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v98 = shufflevector <16 x i32> %v25, <16 x i32> %v65, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v99 = shufflevector <16 x i32> %v25, <16 x i32> %v65, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v100 = shufflevector <16 x i32> %v30, <16 x i32> %v70, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v101 = shufflevector <16 x i32> %v30, <16 x i32> %v70, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v102 = shufflevector <16 x i32> %v35, <16 x i32> %v75, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v103 = shufflevector <16 x i32> %v35, <16 x i32> %v75, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v104 = shufflevector <16 x i32> %v40, <16 x i32> %v80, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v105 = shufflevector <16 x i32> %v40, <16 x i32> %v80, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v106 = shufflevector <16 x i32> %v45, <16 x i32> %v85, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v107 = shufflevector <16 x i32> %v45, <16 x i32> %v85, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v108 = shufflevector <16 x i32> %v50, <16 x i32> %v90, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v109 = shufflevector <16 x i32> %v50, <16 x i32> %v90, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v110 = shufflevector <16 x i32> %v55, <16 x i32> %v95, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23>
  %v111 = shufflevector <16 x i32> %v55, <16 x i32> %v95, <16 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %v112 = shufflevector <16 x i32> %v96, <16 x i32> %v104, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v113 = shufflevector <16 x i32> %v96, <16 x i32> %v104, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v114 = shufflevector <16 x i32> %v98, <16 x i32> %v106, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v115 = shufflevector <16 x i32> %v98, <16 x i32> %v106, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v116 = shufflevector <16 x i32> %v100, <16 x i32> %v108, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v117 = shufflevector <16 x i32> %v100, <16 x i32> %v108, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v118 = shufflevector <16 x i32> %v102, <16 x i32> %v110, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v119 = shufflevector <16 x i32> %v102, <16 x i32> %v110, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v120 = shufflevector <16 x i32> %v97, <16 x i32> %v105, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v121 = shufflevector <16 x i32> %v97, <16 x i32> %v105, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v122 = shufflevector <16 x i32> %v99, <16 x i32> %v107, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v123 = shufflevector <16 x i32> %v99, <16 x i32> %v107, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v124 = shufflevector <16 x i32> %v101, <16 x i32> %v109, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v125 = shufflevector <16 x i32> %v101, <16 x i32> %v109, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v126 = shufflevector <16 x i32> %v103, <16 x i32> %v111, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 16, i32 17, i32 18, i32 19, i32 8, i32 9, i32 10, i32 11, i32 24, i32 25, i32 26, i32 27>
  %v127 = shufflevector <16 x i32> %v103, <16 x i32> %v111, <16 x i32> <i32 4, i32 5, i32 6, i32 7, i32 20, i32 21, i32 22, i32 23, i32 12, i32 13, i32 14, i32 15, i32 28, i32 29, i32 30, i32 31>
  %v128 = shufflevector <16 x i32> %v112, <16 x i32> %v116, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v129 = shufflevector <16 x i32> %v112, <16 x i32> %v116, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v130 = shufflevector <16 x i32> %v114, <16 x i32> %v118, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v131 = shufflevector <16 x i32> %v114, <16 x i32> %v118, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v132 = shufflevector <16 x i32> %v113, <16 x i32> %v117, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v133 = shufflevector <16 x i32> %v113, <16 x i32> %v117, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v134 = shufflevector <16 x i32> %v115, <16 x i32> %v119, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v135 = shufflevector <16 x i32> %v115, <16 x i32> %v119, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v136 = shufflevector <16 x i32> %v120, <16 x i32> %v124, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v137 = shufflevector <16 x i32> %v120, <16 x i32> %v124, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v138 = shufflevector <16 x i32> %v122, <16 x i32> %v126, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v139 = shufflevector <16 x i32> %v122, <16 x i32> %v126, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v140 = shufflevector <16 x i32> %v121, <16 x i32> %v125, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v141 = shufflevector <16 x i32> %v121, <16 x i32> %v125, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v142 = shufflevector <16 x i32> %v123, <16 x i32> %v127, <16 x i32> <i32 0, i32 1, i32 16, i32 17, i32 4, i32 5, i32 20, i32 21, i32 8, i32 9, i32 24, i32 25, i32 12, i32 13, i32 28, i32 29>
  %v143 = shufflevector <16 x i32> %v123, <16 x i32> %v127, <16 x i32> <i32 2, i32 3, i32 18, i32 19, i32 6, i32 7, i32 22, i32 23, i32 10, i32 11, i32 26, i32 27, i32 14, i32 15, i32 30, i32 31>
  %v144 = shufflevector <16 x i32> %v128, <16 x i32> %v130, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v145 = shufflevector <16 x i32> %v128, <16 x i32> %v130, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v146 = shufflevector <16 x i32> %v129, <16 x i32> %v131, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v147 = shufflevector <16 x i32> %v129, <16 x i32> %v131, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v148 = shufflevector <16 x i32> %v132, <16 x i32> %v134, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v149 = shufflevector <16 x i32> %v132, <16 x i32> %v134, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v150 = shufflevector <16 x i32> %v133, <16 x i32> %v135, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v151 = shufflevector <16 x i32> %v133, <16 x i32> %v135, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v152 = shufflevector <16 x i32> %v136, <16 x i32> %v138, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v153 = shufflevector <16 x i32> %v136, <16 x i32> %v138, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v154 = shufflevector <16 x i32> %v137, <16 x i32> %v139, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v155 = shufflevector <16 x i32> %v137, <16 x i32> %v139, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v156 = shufflevector <16 x i32> %v140, <16 x i32> %v142, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v157 = shufflevector <16 x i32> %v140, <16 x i32> %v142, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v158 = shufflevector <16 x i32> %v141, <16 x i32> %v143, <16 x i32> <i32 0, i32 16, i32 2, i32 18, i32 4, i32 20, i32 6, i32 22, i32 8, i32 24, i32 10, i32 26, i32 12, i32 28, i32 14, i32 30>
  %v159 = shufflevector <16 x i32> %v141, <16 x i32> %v143, <16 x i32> <i32 1, i32 17, i32 3, i32 19, i32 5, i32 21, i32 7, i32 23, i32 9, i32 25, i32 11, i32 27, i32 13, i32 29, i32 15, i32 31>
  %v160 = bitcast <16 x i32> %v144 to <16 x float>
  %v163 = getelementptr float, ptr %v162, i64 %v14
  store <16 x float> %v160, ptr %v163, align 4
  %v166 = add nsw i64 %v12, %v165
  %v167 = bitcast <16 x i32> %v145 to <16 x float>
  %v168 = getelementptr float, ptr %v162, i64 %v166
  store <16 x float> %v167, ptr %v168, align 4
  %v171 = add nsw i64 %v12, %v170
  %v172 = bitcast <16 x i32> %v146 to <16 x float>
  %v173 = getelementptr float, ptr %v162, i64 %v171
  store <16 x float> %v172, ptr %v173, align 4
  %v176 = add nsw i64 %v12, %v175
  %v177 = bitcast <16 x i32> %v147 to <16 x float>
  %v178 = getelementptr float, ptr %v162, i64 %v176
  store <16 x float> %v177, ptr %v178, align 4
  %v181 = add nsw i64 %v12, %v180
  %v182 = bitcast <16 x i32> %v148 to <16 x float>
  %v183 = getelementptr float, ptr %v162, i64 %v181
  store <16 x float> %v182, ptr %v183, align 4
  %v186 = add nsw i64 %v12, %v185
  %v187 = bitcast <16 x i32> %v149 to <16 x float>
  %v188 = getelementptr float, ptr %v162, i64 %v186
  store <16 x float> %v187, ptr %v188, align 4
  %v191 = add nsw i64 %v12, %v190
  %v192 = bitcast <16 x i32> %v150 to <16 x float>
  %v193 = getelementptr float, ptr %v162, i64 %v191
  store <16 x float> %v192, ptr %v193, align 4
  %v196 = add nsw i64 %v12, %v195
  %v197 = bitcast <16 x i32> %v151 to <16 x float>
  %v198 = getelementptr float, ptr %v162, i64 %v196
  store <16 x float> %v197, ptr %v198, align 4
  %v201 = add nsw i64 %v12, %v200
  %v202 = bitcast <16 x i32> %v152 to <16 x float>
  %v203 = getelementptr float, ptr %v162, i64 %v201
  store <16 x float> %v202, ptr %v203, align 4
  %v206 = add nsw i64 %v12, %v205
  %v207 = bitcast <16 x i32> %v153 to <16 x float>
  %v208 = getelementptr float, ptr %v162, i64 %v206
  store <16 x float> %v207, ptr %v208, align 4
  %v211 = add nsw i64 %v12, %v210
  %v212 = bitcast <16 x i32> %v154 to <16 x float>
  %v213 = getelementptr float, ptr %v162, i64 %v211
  store <16 x float> %v212, ptr %v213, align 4
  %v216 = add nsw i64 %v12, %v215
  %v217 = bitcast <16 x i32> %v155 to <16 x float>
  %v218 = getelementptr float, ptr %v162, i64 %v216
  store <16 x float> %v217, ptr %v218, align 4
  %v221 = add nsw i64 %v12, %v220
  %v222 = bitcast <16 x i32> %v156 to <16 x float>
  %v223 = getelementptr float, ptr %v162, i64 %v221
  store <16 x float> %v222, ptr %v223, align 4
  %v226 = add nsw i64 %v12, %v225
  %v227 = bitcast <16 x i32> %v157 to <16 x float>
  %v228 = getelementptr float, ptr %v162, i64 %v226
  store <16 x float> %v227, ptr %v228, align 4
  %v231 = add nsw i64 %v12, %v230
  %v232 = bitcast <16 x i32> %v158 to <16 x float>
  %v233 = getelementptr float, ptr %v162, i64 %v231
  store <16 x float> %v232, ptr %v233, align 4
  %v236 = add nsw i64 %v12, %v235
  %v237 = bitcast <16 x i32> %v159 to <16 x float>
  %v238 = getelementptr float, ptr %v162, i64 %v236
  store <16 x float> %v237, ptr %v238, align 4
  %v239 = add nsw i64 %v12, 16
  %v240 = icmp slt i64 %v239, 32
  br i1 %v240, label %loop9, label %done10
done10:
  %v241 = add nsw i64 %v8, 16
  %v242 = icmp slt i64 %v241, 32
  br i1 %v242, label %loop5, label %done6
done6:
  %v243 = add nsw i64 %v4, 1
  %v244 = icmp slt i64 %v243, %end
  br i1 %v244, label %loop0, label %done1
done1:
  ret void
}
