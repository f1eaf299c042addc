// scatter-rows: adds row i of the updates to the row of the target that index i names; indices outside are dropped.
// Each thread owns a range of rows and adds to each in the order of the updates, so that sums do not depend on threads.
// args: target, indices, updates. params: dtype, dtype of the indices, rows, width, count.
#include <algorithm>
#include <cstdint>

#include "cpu/routines/dtypes.h"
#include "cpu/routines/radix.h"
#include "cpu/routines/routines.h"

namespace cotangent {
namespace {

enum Lane { kFirst, kSecond, kTables };

// Rows may be added to a sum that stays in registers for so many columns.
constexpr int64_t kColumns = 64;

// Adds `count` updates, `places` of which say where they lie, to one row.
template <typename T>
void AddRows(T* __restrict row, const T* __restrict updates, const PackedPlace* places, int64_t count, int64_t width) {
  for (int64_t first = 0; first < width; first += kColumns) {
    const int64_t columns = std::min(kColumns, width - first);
    for (int64_t i = 0; i < count; i++) {
      const T* from = updates + places[i].place() * width + first;
      for (int64_t c = 0; c < columns; c++) row[first + c] += from[c];
    }
  }
}

template <typename T, typename I>
void ScatterRows(T* target, const I* indices, const T* updates, int64_t rows, int64_t width, int64_t count) {
  PackedPlace* entries = static_cast<PackedPlace*>(Scratch(kFirst, count * sizeof(PackedPlace)));
  int64_t kept = 0;
  for (int64_t i = 0; i < count; i++) {
    const I index = indices[i];
    if (index < 0 || static_cast<uint64_t>(index) >= static_cast<uint64_t>(rows)) continue;
    entries[kept++] = PackedPlace::Of(static_cast<uint32_t>(index), static_cast<uint32_t>(i));
  }
  PackedPlace* spare = static_cast<PackedPlace*>(Scratch(kSecond, count * sizeof(PackedPlace)));
  int bits = 1;
  while (bits < 32 && rows > int64_t{1} << bits) bits++;
  const PackedPlace* sorted = RadixSort(entries, spare, kept, bits, true, kTables);
  const int64_t grain = std::max<int64_t>(1, (1 << 14) / std::max<int64_t>(1, width));
  Pool::Shared().ParallelFor(kept, grain, [&](int64_t begin, int64_t end) {
    // A row belongs to the piece in which its first update is.
    while (begin < end && begin > 0 && sorted[begin].key() == sorted[begin - 1].key()) begin++;
    while (begin < end) {
      int64_t next = begin + 1;
      while (next < kept && sorted[next].key() == sorted[begin].key()) next++;
      AddRows(target + sorted[begin].key() * width, updates, sorted + begin, next - begin, width);
      begin = next;
    }
  });
}

}  // namespace

void RunScatterRows(const RoutineCall& call) {
  const int64_t* p = call.params;
  const auto run = [&](auto element, auto index) {
    using T = decltype(element);
    using I = decltype(index);
    ScatterRows(static_cast<T*>(call.args[0]), static_cast<const I*>(call.args[1]), static_cast<const T*>(call.args[2]),
                p[2], p[3], p[4]);
  };
  const auto with_index = [&](auto element) {
    switch (static_cast<DType>(p[1])) {
      case DType::kInt64:
        return run(element, int64_t{});
      case DType::kUint32:
        return run(element, uint32_t{});
      default:
        return run(element, int32_t{});
    }
  };
  return static_cast<DType>(p[0]) == DType::kFloat64 ? with_index(double{}) : with_index(float{});
}

}  // namespace cotangent
