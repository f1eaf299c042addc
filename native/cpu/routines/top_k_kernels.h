// Whether any of some elements belongs before a key; see targets.h.
namespace cotangent {
namespace COTANGENT_TARGET {

template <typename U, KeyKind kKind, int64_t kCount>
bool AnyBefore(const U* x, U last) {
  U any = 0;
  for (int64_t i = 0; i < kCount; i++) {
    any |= static_cast<U>(EncodeKey<U, kKind>(x[i], 0, true, static_cast<U>(~U{0})) < last);
  }
  return any != 0;
}

}  // namespace COTANGENT_TARGET
}  // namespace cotangent
