// Least-significant-digit radix sort of unsigned keys, alone or with the place they came from. Stable, so its result
// depends on nothing but the input, however many threads share the work.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "cpu/routines/targets.h"
#include "runtime/pool.h"
#include "runtime/routine.h"

#define COTANGENT_KERNELS "cpu/routines/rank_kernels.h"
#include "cpu/routines/for_targets.inc"

namespace cotangent {

// A key of up to 32 bits, and the place it came from.
struct PackedPlace {
  uint64_t bits;
  uint32_t key() const { return static_cast<uint32_t>(bits >> 32); }
  uint32_t place() const { return static_cast<uint32_t>(bits); }
  static PackedPlace Of(uint32_t key, uint32_t place) { return {static_cast<uint64_t>(key) << 32 | place}; }
};

// The same for keys of 64 bits.
struct WidePlace {
  uint64_t wide;
  uint64_t where;
  uint64_t key() const { return wide; }
  uint32_t place() const { return static_cast<uint32_t>(where); }
  static WidePlace Of(uint64_t key, uint32_t place) { return {key, place}; }
};

inline uint8_t RadixKey(uint8_t x) { return x; }
inline uint16_t RadixKey(uint16_t x) { return x; }
inline uint32_t RadixKey(uint32_t x) { return x; }
inline uint64_t RadixKey(uint64_t x) { return x; }
inline uint32_t RadixKey(const PackedPlace& x) { return x.key(); }
inline uint64_t RadixKey(const WidePlace& x) { return x.key(); }

namespace radix {

constexpr int kMaxChunks = 64;
// A line shorter than this is not worth sharing between threads.
constexpr int64_t kParallelLength = 1 << 15;
constexpr int64_t kInsertionLength = 24;
constexpr int64_t kRankLength = 192;

template <int kBits, typename T>
void CountDigits(const T* from, int64_t n, int shift, uint32_t* counts) {
  constexpr uint32_t kMask = (1u << kBits) - 1;
  // Two tables, so that equal digits next to each other do not wait for each other's increments.
  uint32_t other[1 << kBits] = {};
  int64_t i = 0;
  for (; i + 1 < n; i += 2) {
    counts[(RadixKey(from[i]) >> shift) & kMask]++;
    other[(RadixKey(from[i + 1]) >> shift) & kMask]++;
  }
  if (i < n) counts[(RadixKey(from[i]) >> shift) & kMask]++;
  for (int d = 0; d < 1 << kBits; d++) counts[d] += other[d];
}

template <int kBits, typename T>
void ScatterDigits(const T* from, T* to, int64_t n, int shift, uint32_t* starts) {
  constexpr uint32_t kMask = (1u << kBits) - 1;
  for (int64_t i = 0; i < n; i++) {
    const T x = from[i];
    to[starts[(RadixKey(x) >> shift) & kMask]++] = x;
  }
}

// One pass; false if all digits are equal, so that nothing needs to move.
template <int kBits, typename T>
bool Pass(const T* from, T* to, int64_t n, int shift, int chunks, uint32_t* tables) {
  constexpr int kSize = 1 << kBits;
  const auto bound = [&](int64_t chunk) { return n * chunk / chunks; };
  const auto count = [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c++) {
      uint32_t* table = tables + c * kSize;
      std::memset(table, 0, kSize * sizeof(uint32_t));
      CountDigits<kBits>(from + bound(c), bound(c + 1) - bound(c), shift, table);
    }
  };
  if (chunks > 1) {
    Pool::Shared().ParallelFor(chunks, 1, count);
  } else {
    count(0, 1);
  }
  uint32_t start = 0;
  for (int d = 0; d < kSize; d++) {
    const uint32_t before = start;
    for (int c = 0; c < chunks; c++) {
      const uint32_t here = tables[c * kSize + d];
      tables[c * kSize + d] = start;
      start += here;
    }
    if (start - before == n) return false;
  }
  const auto scatter = [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c++) {
      ScatterDigits<kBits>(from + bound(c), to, bound(c + 1) - bound(c), shift, tables + c * kSize);
    }
  };
  if (chunks > 1) {
    Pool::Shared().ParallelFor(chunks, 1, scatter);
  } else {
    scatter(0, 1);
  }
  return true;
}

template <int kBits, typename T>
T* Passes(T* data, T* spare, int64_t n, int key_bits, int chunks, uint32_t* tables) {
  for (int shift = 0; shift < key_bits; shift += kBits) {
    if (Pass<kBits>(data, spare, n, shift, chunks, tables)) std::swap(data, spare);
  }
  return data;
}

template <typename T>
void InsertionSort(T* data, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    const T x = data[i];
    int64_t k = i;
    for (; k > 0 && RadixKey(x) < RadixKey(data[k - 1]); k--) data[k] = data[k - 1];
    data[k] = x;
  }
}

// Puts each element where the number of smaller ones says; of equal keys the earlier counts as smaller.
template <typename T>
void RankSort(const T* from, T* to, int64_t n) {
  alignas(64) int64_t numbers[kRankLength];
  uint32_t ranks[kRankLength];
  const int64_t padded = (n + 7) / 8 * 8;
  for (int64_t i = 0; i < n; i++) {
    // From unsigned to signed, whose comparison every instruction set has.
    const uint64_t number = static_cast<uint64_t>(RadixKey(from[i])) << 32 | static_cast<uint64_t>(i);
    numbers[i] = static_cast<int64_t>(number ^ (uint64_t{1} << 63));
  }
  for (int64_t i = n; i < padded; i++) numbers[i] = INT64_MAX;
  COTANGENT_DISPATCH(Ranks)(numbers, padded, ranks);
  for (int64_t i = 0; i < n; i++) to[ranks[i]] = from[i];
}

}  // namespace radix

// Sorts `data` by its keys' low `key_bits` bits, using `spare` of the same length; returns whichever holds the result.
// `lane` is a lane of Scratch that the caller does not use.
template <typename T>
T* RadixSort(T* data, T* spare, int64_t n, int key_bits, bool parallel, int lane) {
  using namespace radix;
  if constexpr (sizeof(RadixKey(*data)) <= 4) {
    if (n <= kRankLength) {
      RankSort(data, spare, n);
      return spare;
    }
  }
  if (n <= kInsertionLength) {
    InsertionSort(data, n);
    return data;
  }
  const int chunks = !parallel || n < kParallelLength ? 1 : std::min(Pool::Shared().threads(), kMaxChunks);
  // Wide digits save passes, but their tables must be small beside the data.
  const bool wide = n >= 2048 && key_bits > 16;
  uint32_t* tables = static_cast<uint32_t*>(Scratch(lane, sizeof(uint32_t) * chunks << (wide ? 11 : 8)));
  return wide ? Passes<11>(data, spare, n, key_bits, chunks, tables)
              : Passes<8>(data, spare, n, key_bits, chunks, tables);
}

}  // namespace cotangent
