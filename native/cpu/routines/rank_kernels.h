// For each of n distinct numbers how many are smaller; see targets.h. `n` is a multiple of 8.
namespace cotangent {
namespace COTANGENT_TARGET {

inline void Ranks(const int64_t* __restrict numbers, int64_t n, uint32_t* __restrict ranks) {
  for (int64_t i = 0; i < n; i++) {
    const int64_t x = numbers[i];
    int64_t smaller = 0;
    for (int64_t j = 0; j < n; j++) smaller += numbers[j] < x;
    ranks[i] = static_cast<uint32_t>(smaller);
  }
}

}  // namespace COTANGENT_TARGET
}  // namespace cotangent
