#include "cuda/libraries/tuner.h"

#include <cstdlib>
#include <cstring>
#include <limits>

namespace cotangent::cuda {
namespace {

constexpr int kTimedRuns = 2;

bool Is(const char* variable, const char* value) {
  const char* text = std::getenv(variable);
  return text != nullptr && std::strcmp(text, value) == 0;
}

bool IsAllowed() { return !Is("COTANGENT_CUDA_TUNING", "0") && !MustRepeat(); }

// An event with a time, for as long as this lives.
class TimedEvent {
 public:
  explicit TimedEvent(const Driver& driver) : driver_(driver) {
    driver.Check(driver.EventCreate(&handle_, 0), "to make an event");
  }
  ~TimedEvent() { driver_.EventDestroy(handle_); }
  TimedEvent(const TimedEvent&) = delete;
  TimedEvent& operator=(const TimedEvent&) = delete;
  EventHandle handle() const { return handle_; }

 private:
  const Driver& driver_;
  EventHandle handle_ = nullptr;
};

}  // namespace

bool MustRepeat() { return Is("COTANGENT_DETERMINISTIC", "1"); }

bool MayTry(const Stream& stream) {
  const Driver& driver = stream.context().driver();
  int capturing = 0;
  return driver.StreamIsCapturing == nullptr ||
         driver.StreamIsCapturing(stream.handle(), &capturing) != kSuccess || capturing == 0;
}

size_t Fastest(Stream& stream, size_t count, const std::function<bool(size_t)>& run) {
  const Driver& driver = stream.context().driver();
  if (count < 2 || driver.EventElapsedTime == nullptr || !IsAllowed()) return 0;
  const TimedEvent start(driver), end(driver);
  float best = std::numeric_limits<float>::infinity();
  size_t out = 0;
  for (size_t k = 0; k < count; k++) {
    // Once to load its kernels, and then timed.
    if (!run(k)) continue;
    driver.EventRecord(start.handle(), stream.handle());
    for (int n = 0; n < kTimedRuns; n++) run(k);
    driver.EventRecord(end.handle(), stream.handle());
    float milliseconds = 0;
    if (driver.EventSynchronize(end.handle()) != kSuccess ||
        driver.EventElapsedTime(&milliseconds, start.handle(), end.handle()) != kSuccess || milliseconds >= best) {
      continue;
    }
    best = milliseconds;
    out = k;
  }
  return out;
}

}  // namespace cotangent::cuda
