#include "runtime/plan_guard.h"

#ifdef COTANGENT_GUARD
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/guard.h"
#include "runtime/memory.h"

namespace cotangent {
namespace {

uint64_t HashOf(const char* at, size_t bytes) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < bytes; i++) hash = (hash ^ static_cast<unsigned char>(at[i])) * 0x100000001b3u;
  return hash;
}

[[noreturn]] void Die(const char* what) {
  std::fprintf(stderr, "cotangent: guard: %s\n", what);
  std::abort();
}

}  // namespace

PlanGuard::PlanGuard(const Frame& frame) : plan_(*frame.plan), slots_(frame.slots) {
  std::vector<bool> given_up(plan_.num_parameters);
  for (const Plan::Output& output : plan_.outputs) {
    if (output.donated >= 0) given_up[static_cast<size_t>(output.donated)] = true;
  }
  for (size_t i = 0; i < plan_.slots.size(); i++) {
    const Plan::Slot& slot = plan_.slots[i];
    auto* at = static_cast<char*>(slots_[i]);
    if (slot.home == Plan::Home::kArena) arena_ = at - slot.at;
    if (slot.home == Plan::Home::kConstant || (slot.home == Plan::Home::kParameter && !given_up[slot.at])) {
      sealed_.push_back({at, slot.bytes, HashOf(at, slot.bytes)});
    }
  }
  for (size_t i = 0; i < plan_.slots.size(); i++) {
    const Plan::Slot& slot = plan_.slots[i];
    const bool fresh = slot.home == Plan::Home::kOutput && plan_.outputs[slot.at].donated < 0;
    if (fresh) guard::Poison(slots_[i], slot.bytes + kPadding);
  }
  if (arena_ != nullptr) guard::Poison(arena_, plan_.arena_bytes);
}

PlanGuard::~PlanGuard() {
  for (const Sealed& s : sealed_) {
    if (HashOf(s.start, s.bytes) != s.hash) Die("a plan wrote to a constant, or to a parameter that it was only lent");
  }
}

void PlanGuard::Before() {
  if (arena_ != nullptr) seen_.assign(arena_, arena_ + plan_.arena_bytes);
}

void PlanGuard::Allow(Thunk::Range range, std::vector<std::pair<size_t, size_t>>& allowed) const {
  for (uint32_t i = 0; i < range.size; i++) {
    const uint32_t slot = plan_.operands[range.begin + i];
    const auto* at = static_cast<const char*>(slots_[slot]);
    if (at < arena_ || at >= arena_ + plan_.arena_bytes) continue;
    const auto from = static_cast<size_t>(at - arena_);
    allowed.emplace_back(from, from + plan_.slots[slot].bytes + kPadding);
  }
}

void PlanGuard::After(const Thunk& thunk) {
  if (arena_ == nullptr) return;
  std::vector<std::pair<size_t, size_t>> allowed;
  Allow(thunk.args, allowed);
  Allow(thunk.epilogue_args, allowed);
  allowed.emplace_back(plan_.arena_bytes, plan_.arena_bytes);
  std::sort(allowed.begin(), allowed.end());
  size_t from = 0;
  for (const auto& [begin, end] : allowed) {
    if (begin > from && std::memcmp(arena_ + from, seen_.data() + from, begin - from) != 0) {
      Die("a thunk wrote to the arena outside of its slots");
    }
    from = std::max(from, end);
  }
}

}  // namespace cotangent
#endif
