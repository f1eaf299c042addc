// Which of several ways to do the same is the fastest on a card.
#pragma once

#include <cstddef>
#include <functional>

#include "cuda/stream.h"

namespace cotangent::cuda {

// Whether ways may be tried out now: not while a graph is recorded, which runs nothing yet.
bool MayTry(const Stream& stream);

// The number of the fastest; 0 where there is nothing to choose or nothing can be timed. COTANGENT_CUDA_TUNING=0 always
// takes the first, so that results do not differ from run to run in their last bits. `run` submits once, and says whether
// it could. Waits for the card.
size_t Fastest(Stream& stream, size_t count, const std::function<bool(size_t)>& run);

}  // namespace cotangent::cuda
