// top-k: the largest of each line, descending, and the places they stood at; NaN above all, as the total order of
// floats has it, and of equal ones the first.
// args: x, values, int32 indices. params: lines, length, k, dtype.
#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "cpu/routines/radix.h"
#include "cpu/routines/routines.h"
#include "cpu/routines/sort_keys.h"
#include "cpu/routines/targets.h"

#define COTANGENT_KERNELS "cpu/routines/top_k_kernels.h"
#include "cpu/routines/for_targets.inc"

namespace cotangent {
namespace {

enum Lane { kFirst, kSecond, kTables };

// Elements looked at before it is asked whether any of them is among the largest so far.
constexpr int64_t kRun = 64;

// A key in the order wanted, smallest first, over its place.
template <typename U>
using EntryOf = std::conditional_t<sizeof(U) == 8, WidePlace, PackedPlace>;

inline bool Before(const PackedPlace& a, const PackedPlace& b) { return a.bits < b.bits; }
inline bool Before(const WidePlace& a, const WidePlace& b) {
  return a.wide != b.wide ? a.wide < b.wide : a.where < b.where;
}

// Keeps the k first in a heap whose top is the last of them; most elements are only compared with its key.
template <typename U, KeyKind kKind>
void SelectByHeap(const U* x, int64_t n, int64_t k, EntryOf<U>* kept) {
  using Entry = EntryOf<U>;
  const auto before = [](const Entry& a, const Entry& b) { return Before(a, b); };
  const auto key = [](U element) { return EncodeKey<U, kKind>(element, 0, true, static_cast<U>(~U{0})); };
  for (int64_t i = 0; i < k; i++) kept[i] = Entry::Of(key(x[i]), static_cast<uint32_t>(i));
  std::make_heap(kept, kept + k, before);
  U last = static_cast<U>(kept[0].key());
  const auto any_before = COTANGENT_DISPATCH(AnyBefore<U, kKind, kRun>);
  for (int64_t begin = k; begin < n; begin += kRun) {
    const int64_t end = std::min(n, begin + kRun);
    if (end - begin == kRun && !any_before(x + begin, last)) continue;
    for (int64_t i = begin; i < end; i++) {
      // One that is equal to the last stands behind it.
      if (key(x[i]) >= last) continue;
      std::pop_heap(kept, kept + k, before);
      kept[k - 1] = Entry::Of(key(x[i]), static_cast<uint32_t>(i));
      std::push_heap(kept, kept + k, before);
      last = static_cast<U>(kept[0].key());
    }
  }
  std::sort_heap(kept, kept + k, before);
}

template <typename U, KeyKind kKind>
const EntryOf<U>* Select(const U* x, int64_t n, int64_t k, bool parallel) {
  using Entry = EntryOf<U>;
  Entry* entries = static_cast<Entry*>(Scratch(kFirst, n * sizeof(Entry)));
  // A heap takes log k steps for some k log(n / k) elements; sorting all is cheaper unless k is small.
  if (k <= n / 32) {
    SelectByHeap<U, kKind>(x, n, k, entries);
    return entries;
  }
  for (int64_t i = 0; i < n; i++) {
    entries[i] = Entry::Of(EncodeKey<U, kKind>(x[i], 0, true, static_cast<U>(~U{0})), static_cast<uint32_t>(i));
  }
  Entry* spare = static_cast<Entry*>(Scratch(kSecond, n * sizeof(Entry)));
  return RadixSort(entries, spare, n, 8 * sizeof(U), parallel, kTables);
}

template <typename U, KeyKind kKind>
void SelectLine(const U* x, U* values, int32_t* indices, int64_t n, int64_t k, bool parallel) {
  const EntryOf<U>* first = Select<U, kKind>(x, n, k, parallel);
  for (int64_t i = 0; i < k; i++) {
    values[i] = x[first[i].place()];
    indices[i] = static_cast<int32_t>(first[i].place());
  }
}

}  // namespace

void RunTopK(const RoutineCall& call) {
  const int64_t lines = call.params[0], n = call.params[1], k = call.params[2];
  if (k == 0) return;
  WithKeyType(static_cast<DType>(call.params[3]), [&](auto u, auto kind) {
    using U = decltype(u);
    constexpr KeyKind kKind = decltype(kind)::value;
    const U* x = static_cast<const U*>(call.args[0]);
    U* values = static_cast<U*>(call.args[1]);
    int32_t* indices = static_cast<int32_t*>(call.args[2]);
    if (lines == 1) return SelectLine<U, kKind>(x, values, indices, n, k, true);
    const int64_t grain = std::max<int64_t>(1, (1 << 14) / n);
    Pool::Shared().ParallelFor(lines, grain, [&](int64_t begin, int64_t end) {
      for (int64_t l = begin; l < end; l++) {
        SelectLine<U, kKind>(x + l * n, values + l * k, indices + l * k, n, k, false);
      }
    });
  });
}

}  // namespace cotangent
