// The routines of this directory; each says in its own file what its args and params are.
#pragma once

#include "runtime/routine.h"

namespace cotangent {

void RunCumulative(const RoutineCall& call);
void RunSort(const RoutineCall& call);

}  // namespace cotangent
