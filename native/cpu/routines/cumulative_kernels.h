// Running combinations by whole vectors; see targets.h. T is the type in memory, A the type that is combined in.
namespace cotangent {
namespace COTANGENT_TARGET {

typedef long long Long16 __attribute__((vector_size(16)));
typedef long long Long32 __attribute__((vector_size(32)));
typedef long long Long64 __attribute__((vector_size(64)));

template <typename V>
inline __attribute__((always_inline)) V Loaded(const void* from) {
  V x;
  std::memcpy(&x, from, sizeof(x));
  return x;
}

// Writes so many bytes, aligned to as many, without bringing their line into the caches first.
template <size_t kBytes>
inline __attribute__((always_inline)) void StreamBytes(void* to, const void* from) {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#if COTANGENT_VECTOR_BYTES >= 64
  if constexpr (kBytes == 64) return __builtin_ia32_movntdq512(static_cast<Long64*>(to), Loaded<Long64>(from));
#endif
#if COTANGENT_VECTOR_BYTES >= 32
  if constexpr (kBytes == 32) return __builtin_ia32_movntdq256(static_cast<Long32*>(to), Loaded<Long32>(from));
#endif
  if constexpr (kBytes == 16) return __builtin_ia32_movntdq(static_cast<Long16*>(to), Loaded<Long16>(from));
#endif
  std::memcpy(to, from, kBytes);
}

template <ScanOp kOp, typename V>
inline __attribute__((always_inline)) V CombineLanes(V a, V b) {
  if constexpr (kOp == ScanOp::kAdd) return a + b;
  if constexpr (kOp == ScanOp::kMultiply) return a * b;
  if constexpr (kOp == ScanOp::kMaximum) return a > b ? a : b;
  if constexpr (kOp == ScanOp::kMinimum) return a < b ? a : b;
}

template <ScanOp kOp, typename T, typename A>
struct ScanLanes {
  static constexpr int64_t kCount = COTANGENT_VECTOR_BYTES / sizeof(A);
  static constexpr bool kOrdered = std::is_floating_point_v<T> && std::is_integral_v<A>;
  typedef A Wide __attribute__((vector_size(COTANGENT_VECTOR_BYTES)));
  typedef T Narrow __attribute__((vector_size(kCount * sizeof(T))));

  static inline __attribute__((always_inline)) Wide Flip(Wide x) {
    return x ^ ((x >> (8 * sizeof(A) - 1)) & std::numeric_limits<A>::max());
  }
  static inline __attribute__((always_inline)) Wide Load(const T* from) {
    Narrow x;
    std::memcpy(&x, from, sizeof(x));
    if constexpr (kOrdered) {
      constexpr A kNaN = kOp == ScanOp::kMaximum ? std::numeric_limits<A>::max() : std::numeric_limits<A>::lowest();
      const Wide nan = Wide{} + kNaN;
      return x != x ? nan : Flip((Wide)x);
#if COTANGENT_VECTOR_BYTES >= 64
    } else if constexpr (std::is_same_v<T, float> && std::is_same_v<A, double>) {
      // One instruction, which the compiler makes five of.
      return __builtin_ia32_cvtps2pd512_mask(x, Wide{}, -1, 4);
#endif
    } else {
      return __builtin_convertvector(x, Wide);
    }
  }
  static inline __attribute__((always_inline)) void Store(T* to, Wide x) {
    Narrow narrow;
    if constexpr (kOrdered) {
      narrow = (Narrow)Flip(x);
    } else {
      narrow = __builtin_convertvector(x, Narrow);
    }
    std::memcpy(to, &narrow, sizeof(narrow));
  }
  // Past the caches, where `to` lies as that asks.
  static inline __attribute__((always_inline)) void Stream(T* to, Wide x) {
    if (reinterpret_cast<uintptr_t>(to) % sizeof(Narrow) != 0) return Store(to, x);
    T lanes[kCount];
    Store(lanes, x);
    StreamBytes<sizeof(Narrow)>(to, lanes);
  }
};

// What the lanes of the second half of every `2 * kHalf` are still to be combined with: the last lane of the first half,
// which is the scan of that half. The others get the identity. Nothing moves further than it has to, which is cheap.
template <int kHalf, bool kReverse, typename V, size_t... kLane>
inline __attribute__((always_inline)) V FirstHalves(V identity, V x, std::index_sequence<kLane...>) {
  constexpr int kCount = sizeof...(kLane);
  if constexpr (kReverse) {
    return __builtin_shufflevector(
        x, identity, ((kLane & kHalf) == 0 ? static_cast<int>(kLane | kHalf) & ~(kHalf - 1) : kCount + static_cast<int>(kLane))...);
  } else {
    return __builtin_shufflevector(
        x, identity, ((kLane & kHalf) != 0 ? (static_cast<int>(kLane) & ~kHalf) | (kHalf - 1) : kCount + static_cast<int>(kLane))...);
  }
}

template <int kFrom, typename V, size_t... kLane>
inline __attribute__((always_inline)) V SpreadLane(V x, std::index_sequence<kLane...>) {
  return __builtin_shufflevector(x, x, (static_cast<int>(kLane) * 0 + kFrom)...);
}

// The scan of the lanes of one vector.
template <ScanOp kOp, bool kReverse, typename V, typename Lanes>
inline __attribute__((always_inline)) V ScanVector(V identity, V x, Lanes lanes) {
  x = CombineLanes<kOp>(FirstHalves<1, kReverse>(identity, x, lanes), x);
  if constexpr (Lanes::size() > 2) x = CombineLanes<kOp>(FirstHalves<2, kReverse>(identity, x, lanes), x);
  if constexpr (Lanes::size() > 4) x = CombineLanes<kOp>(FirstHalves<4, kReverse>(identity, x, lanes), x);
  if constexpr (Lanes::size() > 8) x = CombineLanes<kOp>(FirstHalves<8, kReverse>(identity, x, lanes), x);
  return x;
}

constexpr int64_t kBytesAhead = 4096;

// Scans n elements from `start` on; gives what the scan ends with. `out` may be null; `streams` writes it past the caches.
template <typename T, typename A, ScanOp kOp, bool kReverse>
A ScanRow(const T* in, T* out, int64_t n, A start, bool streams) {
  using L = ScanLanes<kOp, T, A>;
  using V = typename L::Wide;
  constexpr int64_t kCount = L::kCount;
  constexpr auto kLanes = std::make_index_sequence<kCount>();
  const V identity = V{} + IdentityOf<kOp, A>();
  V carry = V{} + start;
  const int64_t whole = n / kCount;
  for (int64_t k = 0; k < whole; k++) {
    const int64_t at = kReverse ? n - (k + 1) * kCount : k * kCount;
    if (streams) __builtin_prefetch(in + at + (kReverse ? -kBytesAhead : kBytesAhead) / static_cast<int64_t>(sizeof(T)));
    const V within = ScanVector<kOp, kReverse>(identity, L::Load(in + at), kLanes);
    if (streams) {
      L::Stream(out + at, CombineLanes<kOp>(carry, within));
    } else if (out != nullptr) {
      L::Store(out + at, CombineLanes<kOp>(carry, within));
    }
    // Only this is a chain from vector to vector.
    carry = CombineLanes<kOp>(carry, SpreadLane<kReverse ? 0 : kCount - 1>(within, kLanes));
  }
  A last = carry[0];
  for (int64_t k = whole * kCount; k < n; k++) {
    const int64_t at = kReverse ? n - 1 - k : k;
    last = CombineTwo<kOp>(last, TakeElement<kOp, T, A>(in[at]));
    if (out != nullptr) out[at] = GiveElement<T>(last);
  }
  return last;
}

constexpr int64_t kRowsAhead = 2;

// Scans `columns` columns side by side, whose rows are `stride` apart; `running` holds what they start with.
template <typename T, typename A, ScanOp kOp, bool kReverse>
void ScanColumns(const T* in, T* out, int64_t n, int64_t stride, int64_t columns, A* running, bool streams) {
  using L = ScanLanes<kOp, T, A>;
  constexpr int64_t kCount = L::kCount;
  for (int64_t k = 0; k < n; k++) {
    const T* from = in + (kReverse ? n - 1 - k : k) * stride;
    T* to = out + (kReverse ? n - 1 - k : k) * stride;
    // A row of columns is too short for the processor to see the next ones coming.
    const T* coming = from + (kReverse ? -stride : stride) * std::min<int64_t>(kRowsAhead, n - 1 - k);
    int64_t c = 0;
    for (; c + kCount <= columns; c += kCount) {
      __builtin_prefetch(coming + c);
      typename L::Wide x;
      std::memcpy(&x, running + c, sizeof(x));
      x = CombineLanes<kOp>(x, L::Load(from + c));
      std::memcpy(running + c, &x, sizeof(x));
      if (streams) {
        L::Stream(to + c, x);
      } else {
        L::Store(to + c, x);
      }
    }
    for (; c < columns; c++) {
      running[c] = CombineTwo<kOp>(running[c], TakeElement<kOp, T, A>(from[c]));
      to[c] = GiveElement<T>(running[c]);
    }
  }
}

}  // namespace COTANGENT_TARGET
}  // namespace cotangent
