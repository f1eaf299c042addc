// Products whose compute type is float32 or float64.
#pragma once

#include "cpu/gemm/kernels.h"
#include "cpu/gemm/product.h"

namespace cotangent {

template <typename T>
void RunReal(const Product& p, Source lhs, Source rhs);

// Matrix times vector and vector times matrix; false if the matrix is not read along either of its sides.
template <typename T>
bool RunVector(const Product& p, Source lhs, Source rhs);

// Every other pair of types, element by element.
void RunGeneric(const Product& p);

}  // namespace cotangent
