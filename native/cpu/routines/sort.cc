// sort: any number of operands ordered together along one dimension by the first of them, or the first few.
// Stable: elements that compare equal stay in their order.
//
// params: outer, length, inner, operands, keys; the bytes of an element of each operand; and for each key: operand,
// dtype, offset, descending, byBits (see SortKey).
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "cpu/routines/radix.h"
#include "cpu/routines/routines.h"
#include "cpu/routines/sort_keys.h"

namespace cotangent {
namespace {

// Lanes of Scratch: those of a line's sort, and those that hold lines taken out of a strided array.
enum Lane { kFirst, kSecond, kTables, kOrder, kLines };

// More operands are sorted on the host.
constexpr int64_t kMaxOperands = 16;

struct Sort {
  int64_t outer, length, inner;
  int64_t operands;
  const int64_t* bytes;
  // A complex operand has two.
  SortKey keys[kMaxOperands * 2];
  int64_t num_keys;
  const char* const* in;
  char* const* out;
};

Sort Parse(const RoutineCall& call) {
  const int64_t* p = call.params;
  Sort sort{p[0], p[1], p[2], p[3], p + 5, {}, p[4], reinterpret_cast<const char* const*>(call.args),
            reinterpret_cast<char* const*>(call.args + p[3])};
  const int64_t* key = p + 5 + sort.operands;
  for (int64_t k = 0; k < p[4]; k++, key += 5) {
    sort.keys[k] = {key[0], static_cast<DType>(key[1]), key[2], key[3] != 0, key[4] != 0};
  }
  return sort;
}

constexpr int64_t kGrain = 1 << 14;

template <typename F>
void ForRange(int64_t n, bool parallel, F&& f) {
  if (parallel && n >= radix::kParallelLength) {
    Pool::Shared().ParallelFor(n, kGrain, f);
  } else {
    f(0, n);
  }
}

// Sorts a line whose one operand is its one key. False if elements that compare equal differ in their bits (zeros of
// both signs, NaNs): they can only be told apart by their places.
template <typename U, KeyKind kKind>
bool SortValues(const SortKey& key, const U* in, U* out, int64_t n, bool parallel) {
  const U flip = key.descending ? static_cast<U>(~U{0}) : U{0};
  if constexpr (kKind == KeyKind::kFloat) {
    const U infinity = static_cast<U>(InfinityBits(key.dtype));
    bool ambiguous = false;
    if (!key.by_bits) {
      for (int64_t begin = 0; begin < n && !ambiguous; begin += kGrain) {
        const int64_t end = std::min(n, begin + kGrain);
        U found = 0;
        for (int64_t i = begin; i < end; i++) {
          const U magnitude = static_cast<U>(in[i] & static_cast<U>(~kSignBit<U>));
          found |= static_cast<U>(magnitude > infinity) | static_cast<U>(in[i] == kSignBit<U>);
        }
        ambiguous = found != 0;
      }
    }
    if (ambiguous) return false;
  }
  U* keys = static_cast<U*>(Scratch(kFirst, n * sizeof(U)));
  ForRange(n, parallel, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) keys[i] = EncodeKey<U, kKind>(in[i], 0, true, flip);
  });
  const U* sorted = RadixSort(keys, out, n, 8 * sizeof(U), parallel, kTables);
  ForRange(n, parallel, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const U x = static_cast<U>(sorted[i] ^ flip);
      if constexpr (kKind == KeyKind::kFloat) {
        out[i] = DecodeFloatBits(x);
      } else {
        out[i] = kKind == KeyKind::kSigned ? static_cast<U>(x ^ kSignBit<U>) : x;
      }
    }
  });
  return true;
}

// The places of a line's elements, sorted by one key; `order` is where they stand before it, or null at first.
template <typename U, KeyKind kKind>
void SortPlaces(const SortKey& key, const char* in, int64_t stride, uint32_t* order, bool first, int64_t n,
                bool parallel) {
  using Entry = std::conditional_t<sizeof(U) == 8, WidePlace, PackedPlace>;
  const U flip = key.descending ? static_cast<U>(~U{0}) : U{0};
  const U infinity = static_cast<U>(kKind == KeyKind::kFloat ? InfinityBits(key.dtype) : 0);
  Entry* entries = static_cast<Entry*>(Scratch(kFirst, n * sizeof(Entry)));
  Entry* spare = static_cast<Entry*>(Scratch(kSecond, n * sizeof(Entry)));
  ForRange(n, parallel, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const uint32_t place = first ? static_cast<uint32_t>(i) : order[i];
      U x;
      std::memcpy(&x, in + place * stride + key.offset, sizeof(U));
      entries[i] = Entry::Of(EncodeKey<U, kKind>(x, infinity, key.by_bits, flip), place);
    }
  });
  const Entry* sorted = RadixSort(entries, spare, n, 8 * sizeof(U), parallel, kTables);
  ForRange(n, parallel, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) order[i] = sorted[i].place();
  });
}

template <typename T>
void GatherTyped(const char* in, char* out, const uint32_t* order, int64_t begin, int64_t end) {
  const T* from = reinterpret_cast<const T*>(in);
  T* to = reinterpret_cast<T*>(out);
  for (int64_t i = begin; i < end; i++) to[i] = from[order[i]];
}

using Sixteen = std::array<uint64_t, 2>;

void GatherPlaces(const char* in, char* out, int64_t bytes, const uint32_t* order, int64_t begin, int64_t end) {
  switch (bytes) {
    case 1:
      return GatherTyped<uint8_t>(in, out, order, begin, end);
    case 2:
      return GatherTyped<uint16_t>(in, out, order, begin, end);
    case 4:
      return GatherTyped<uint32_t>(in, out, order, begin, end);
    case 8:
      return GatherTyped<uint64_t>(in, out, order, begin, end);
    default:
      return GatherTyped<Sixteen>(in, out, order, begin, end);
  }
}

// Sorts one line that lies in consecutive elements.
void SortLine(const Sort& sort, const char* const* in, char* const* out, bool parallel) {
  const int64_t n = sort.length;
  const SortKey& key = sort.keys[0];
  if (sort.operands == 1 && sort.num_keys == 1 && BytesOf(key.dtype) == sort.bytes[0]) {
    bool done = false;
    WithKeyType(key.dtype, [&](auto u, auto kind) {
      using U = decltype(u);
      done = SortValues<U, decltype(kind)::value>(key, reinterpret_cast<const U*>(in[0]), reinterpret_cast<U*>(out[0]),
                                                  n, parallel);
    });
    if (done) return;
  }
  uint32_t* order = static_cast<uint32_t*>(Scratch(kOrder, n * sizeof(uint32_t)));
  for (int64_t k = sort.num_keys; k-- > 0;) {
    const SortKey& by = sort.keys[k];
    WithKeyType(by.dtype, [&](auto u, auto kind) {
      SortPlaces<decltype(u), decltype(kind)::value>(by, in[by.operand], sort.bytes[by.operand], order,
                                                     k + 1 == sort.num_keys, n, parallel);
    });
  }
  for (int64_t k = 0; k < sort.operands; k++) {
    ForRange(n, parallel,
             [&](int64_t begin, int64_t end) { GatherPlaces(in[k], out[k], sort.bytes[k], order, begin, end); });
  }
}

// Copies `columns` lines that lie `stride` elements apart into consecutive ones, or back.
template <typename T>
void CopyLines(const char* in, char* out, int64_t n, int64_t columns, int64_t stride, bool back) {
  const T* from = reinterpret_cast<const T*>(in);
  T* to = reinterpret_cast<T*>(out);
  for (int64_t i = 0; i < n; i++) {
    for (int64_t c = 0; c < columns; c++) {
      if (back) {
        to[i * stride + c] = from[c * n + i];
      } else {
        to[c * n + i] = from[i * stride + c];
      }
    }
  }
}

void CopyLines(int64_t bytes, const char* in, char* out, int64_t n, int64_t columns, int64_t stride, bool back) {
  switch (bytes) {
    case 1:
      return CopyLines<uint8_t>(in, out, n, columns, stride, back);
    case 2:
      return CopyLines<uint16_t>(in, out, n, columns, stride, back);
    case 4:
      return CopyLines<uint32_t>(in, out, n, columns, stride, back);
    case 8:
      return CopyLines<uint64_t>(in, out, n, columns, stride, back);
    default:
      return CopyLines<Sixteen>(in, out, n, columns, stride, back);
  }
}

// So many neighbouring lines of a strided array are sorted together that whole cache lines are read.
constexpr int64_t kColumns = 16;

// Sorts lines `first` to `first + columns` of one outer index.
void SortColumns(const Sort& sort, int64_t outer, int64_t first, int64_t columns, bool parallel) {
  const int64_t n = sort.length;
  const char* in[kMaxOperands];
  char* out[kMaxOperands];
  if (sort.inner == 1) {
    for (int64_t k = 0; k < sort.operands; k++) {
      in[k] = sort.in[k] + outer * n * sort.bytes[k];
      out[k] = sort.out[k] + outer * n * sort.bytes[k];
    }
    return SortLine(sort, in, out, parallel);
  }
  int64_t total = 0;
  // Whole cache lines for each operand, so that wide elements stay aligned.
  const auto room = [&](int64_t k) { return (columns * n * sort.bytes[k] + 63) / 64 * 64; };
  for (int64_t k = 0; k < sort.operands; k++) total += room(k);
  char* const lines = static_cast<char*>(Scratch(kLines, 2 * total));
  char* from[kMaxOperands];
  char* to[kMaxOperands];
  char* at = lines;
  for (int64_t k = 0; k < sort.operands; k++) {
    from[k] = at;
    to[k] = at + total;
    at += room(k);
    const int64_t start = (outer * n * sort.inner + first) * sort.bytes[k];
    CopyLines(sort.bytes[k], sort.in[k] + start, from[k], n, columns, sort.inner, false);
  }
  for (int64_t c = 0; c < columns; c++) {
    for (int64_t k = 0; k < sort.operands; k++) {
      in[k] = from[k] + c * n * sort.bytes[k];
      out[k] = to[k] + c * n * sort.bytes[k];
    }
    SortLine(sort, in, out, parallel);
  }
  for (int64_t k = 0; k < sort.operands; k++) {
    const int64_t start = (outer * n * sort.inner + first) * sort.bytes[k];
    CopyLines(sort.bytes[k], to[k], sort.out[k] + start, n, columns, sort.inner, true);
  }
}

}  // namespace

void RunSort(const RoutineCall& call) {
  const Sort sort = Parse(call);
  const int64_t groups = (sort.inner + kColumns - 1) / kColumns;
  const int64_t pieces = sort.outer * groups;
  const auto run = [&](int64_t begin, int64_t end, bool parallel) {
    for (int64_t piece = begin; piece < end; piece++) {
      const int64_t first = piece % groups * kColumns;
      SortColumns(sort, piece / groups, first, std::min(kColumns, sort.inner - first), parallel);
    }
  };
  // Few long lines are sorted by all threads one after the other, many by one thread each.
  if (sort.length >= radix::kParallelLength && pieces < 4 * Pool::Shared().threads()) return run(0, pieces, true);
  const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(1, sort.length));
  Pool::Shared().ParallelFor(pieces, grain, [&](int64_t begin, int64_t end) { run(begin, end, false); });
}

}  // namespace cotangent
