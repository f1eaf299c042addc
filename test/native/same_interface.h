// Whether a function is declared here as NVIDIA's header has it.
#pragma once

#include <type_traits>

namespace cotangent::cuda {

// Arguments are passed alike: both are pointers, or numbers of one size.
template <typename A, typename B>
constexpr bool kAlike = sizeof(A) == sizeof(B) && std::is_pointer_v<A> == std::is_pointer_v<B>;

template <typename F, typename G>
struct Same : std::false_type {};
template <typename R, typename... A, typename S, typename... B>
struct Same<R (*)(A...), S (*)(B...)> {
  static constexpr bool Value() {
    if constexpr (sizeof...(A) == sizeof...(B)) return kAlike<R, S> && (kAlike<A, B> && ...);
    return false;
  }
  static constexpr bool value = Value();
};

#define CHECK(ours, theirs) static_assert(static_cast<long long>(ours) == static_cast<long long>(theirs), #theirs)

}  // namespace cotangent::cuda
