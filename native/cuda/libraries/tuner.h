// Which of several ways to do the same is the fastest on a card.
#pragma once

#include <cstddef>
#include <functional>

#include "cuda/stream.h"

namespace cotangent::cuda {

// Whether COTANGENT_DETERMINISTIC=1 asks for the same bits in every run.
bool MustRepeat();

// Whether ways may be tried out now: not while a graph is recorded, which runs nothing yet.
bool MayTry(const Stream& stream);

// The number of the fastest; 0 where there is nothing to choose or nothing can be timed. With COTANGENT_CUDA_TUNING=0,
// or where runs must repeat each other, the first is taken: results do not differ in their last bits. `run` submits once, and says whether
// it could. Waits for the card.
size_t Fastest(Stream& stream, size_t count, const std::function<bool(size_t)>& run);

}  // namespace cotangent::cuda
