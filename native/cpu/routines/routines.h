// The routines of this directory; each says in its own file what its args and params are.
#pragma once

#include "runtime/routine.h"

namespace cotangent {

void RunCumulative(const RoutineCall& call);
void RunFFT(const RoutineCall& call);
void RunSort(const RoutineCall& call);
void RunTopK(const RoutineCall& call);

// With LAPACK only.
void RunCholesky(const RoutineCall& call);
void RunEig(const RoutineCall& call);
void RunEigh(const RoutineCall& call);
void RunHessenberg(const RoutineCall& call);
void RunLU(const RoutineCall& call);
void RunQR(const RoutineCall& call);
void RunSchur(const RoutineCall& call);
void RunSVD(const RoutineCall& call);
void RunTriangularSolve(const RoutineCall& call);

}  // namespace cotangent
