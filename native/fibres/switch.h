// Stacks to switch between, which the sanitizers are told of.
#pragma once

#if defined(__APPLE__)
#define _XOPEN_SOURCE 600
#define _DARWIN_C_SOURCE
#endif
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstddef>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace cotangent {

// Memory for stacks of equal size; each ends at a page that must not be touched.
class Stacks {
 public:
  static constexpr size_t kBytes = 128 * 1024;

  explicit Stacks(size_t count) : page_(static_cast<size_t>(sysconf(_SC_PAGESIZE))), bytes_(count * (page_ + kBytes)) {
    void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    memory_ = static_cast<char*>(memory);
    for (size_t k = 0; k < count; k++) mprotect(memory_ + k * (page_ + kBytes), page_, PROT_NONE);
  }
  Stacks(const Stacks&) = delete;
  Stacks& operator=(const Stacks&) = delete;
  ~Stacks() { munmap(memory_, bytes_); }

  char* At(size_t k) const { return memory_ + k * (page_ + kBytes) + page_; }

 private:
  size_t page_;
  size_t bytes_;
  char* memory_ = nullptr;
};

// Somewhere to switch to: the thread that runs the fibres, or a fibre.
class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

#if defined(__SANITIZE_THREAD__)
  ~Place() {
    if (own_ && tsan_ != nullptr) __tsan_destroy_fiber(tsan_);
  }
#endif

  // The next switch to this place calls `entry` on the stack; `entry` must never return.
  void Begin(char* stack, void (*entry)()) {
    stack_ = stack;
    getcontext(&context_);
    context_.uc_stack.ss_sp = stack;
    context_.uc_stack.ss_size = Stacks::kBytes;
    context_.uc_link = nullptr;
    makecontext(&context_, entry, 0);
#if defined(__SANITIZE_THREAD__)
    own_ = true;
    if (tsan_ == nullptr) tsan_ = __tsan_create_fiber(0);
#endif
  }

  // Leaves `from`, for good if it is `ending`, and goes on here.
  void Enter(Place& from, bool ending = false) {
#if defined(__SANITIZE_THREAD__)
    if (from.tsan_ == nullptr) from.tsan_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(tsan_, 0);
#endif
#if defined(__SANITIZE_ADDRESS__)
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(ending ? nullptr : &fake, stack_, size_);
    previous_ = &from;
#endif
    (void)ending;
    swapcontext(&from.context_, &context_);
#if defined(__SANITIZE_ADDRESS__)
    from.Arrived(fake);
#endif
  }

  // A fibre's first act.
  void Arrived([[maybe_unused]] void* fake = nullptr) {
#if defined(__SANITIZE_ADDRESS__)
    const void* bottom = nullptr;
    size_t size = 0;
    __sanitizer_finish_switch_fiber(fake, &bottom, &size);
    if (previous_ != nullptr && previous_->stack_ == nullptr) {
      previous_->stack_ = bottom;
      previous_->size_ = size;
    }
#endif
  }

 private:
  ucontext_t context_{};
  const void* stack_ = nullptr;
#if defined(__SANITIZE_ADDRESS__)
  size_t size_ = Stacks::kBytes;
  Place* previous_ = nullptr;
#endif
#if defined(__SANITIZE_THREAD__)
  void* tsan_ = nullptr;
  bool own_ = false;
#endif
};

}  // namespace cotangent
