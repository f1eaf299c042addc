#include "cuda/stream.h"

#include <algorithm>
#include <chrono>

namespace cotangent::cuda {
namespace {

// Whoever waits looks for so long before it sleeps: waking up takes longer than most kernels.
constexpr auto kPatience = std::chrono::microseconds(100);

}  // namespace

Stream::Stream(const Context& context) : context_(context), driver_(context.driver()) {
  driver_.Check(driver_.StreamCreate(&handle_, kStreamNonBlocking), "to make a stream");
}

Stream::~Stream() {
  driver_.StreamSynchronize(handle_);
  points_.clear();
  free_events_.clear();
  driver_.StreamDestroy(handle_);
}

std::shared_ptr<Stream::Event> Stream::RecordEvent() {
  std::shared_ptr<Event> event;
  if (free_events_.empty()) {
    event = std::make_shared<Event>(driver_);
    driver_.Check(driver_.EventCreate(&event->handle, kEventDisableTiming | kEventBlockingSync), "to make an event");
  } else {
    event = std::move(free_events_.back());
    free_events_.pop_back();
  }
  // Before the event, so that what another thread submits meanwhile counts as later.
  submitted_.store(false, std::memory_order_relaxed);
  const Result result = driver_.EventRecord(event->handle, handle_);
  if (result == kSuccess) return event;
  submitted_.store(true, std::memory_order_relaxed);
  free_events_.push_back(std::move(event));
  driver_.Check(result, "to record an event");
  return nullptr;
}

uint64_t Stream::Mark() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (given_up_ || promised_ > 0 || !submitted_.load(std::memory_order_relaxed)) return marked_;
  points_.push_back({marked_ + 1, RecordEvent()});
  return ++marked_;
}

uint64_t Stream::Promise() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (given_up_) return marked_;
  points_.push_back({++marked_, nullptr});
  promised_++;
  return marked_;
}

void Stream::Keep() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (given_up_) return;
  points_[points_.size() - promised_].event = RecordEvent();
  promised_--;
  kept_.notify_all();
}

uint64_t Stream::kept() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return marked_ - promised_;
}

uint64_t Stream::reached() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return reached_;
}

void Stream::SetReached(uint64_t point) {
  while (!points_.empty() && points_.front().number <= point) {
    // Somebody may still wait for it elsewhere: then it goes with the last of them.
    std::shared_ptr<Event>& event = points_.front().event;
    if (event.use_count() == 1) free_events_.push_back(std::move(event));
    points_.pop_front();
  }
  reached_ = std::max(reached_, point);
}

bool Stream::Poll(uint64_t point) {
  while (reached_ < point) {
    const Point& next = points_.front();
    if (next.event == nullptr) return false;
    const Result result = driver_.EventQuery(next.event->handle);
    if (result == kErrorNotReady) return false;
    driver_.Check(result, "in work submitted before");
    SetReached(next.number);
  }
  return true;
}

bool Stream::Reached(uint64_t point) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Poll(point);
}

std::shared_ptr<Stream::Event> Stream::EventOf(uint64_t point, std::unique_lock<std::mutex>& lock) {
  kept_.wait(lock, [&] { return given_up_ || marked_ - promised_ >= point; });
  const auto at = std::find_if(points_.begin(), points_.end(), [&](const Point& p) { return p.number == point; });
  return at == points_.end() ? nullptr : at->event;
}

void Stream::Await(uint64_t point) {
  std::shared_ptr<Event> event;
  {
    std::unique_lock<std::mutex> lock(mutex_);
    if (Poll(point)) return;
    event = EventOf(point, lock);
    if (event == nullptr) return;
  }
  const auto until = std::chrono::steady_clock::now() + kPatience;
  Result result = kErrorNotReady;
  while (result == kErrorNotReady && std::chrono::steady_clock::now() < until) {
    result = driver_.EventQuery(event->handle);
  }
  if (result == kErrorNotReady) result = driver_.EventSynchronize(event->handle);
  driver_.Check(result, "in work submitted before");
  const std::lock_guard<std::mutex> lock(mutex_);
  // Another thread may have found it first, and may have taken the event for itself since.
  event = nullptr;
  SetReached(point);
}

void Stream::After(Stream& other, uint64_t point) {
  if (&other == this) return;
  {
    std::unique_lock<std::mutex> lock(other.mutex_);
    if (other.Poll(point)) return;
    const std::shared_ptr<Event> event = other.EventOf(point, lock);
    if (event == nullptr) return;
    driver_.Check(driver_.StreamWaitEvent(handle_, event->handle, 0), "to wait for another stream");
  }
  // Points of this stream that follow now mean the other's work too.
  Submitted();
}

void Stream::GiveUp() {
  const std::lock_guard<std::mutex> lock(mutex_);
  points_.clear();
  reached_ = marked_;
  promised_ = 0;
  given_up_ = true;
  kept_.notify_all();
}

void Stream::CopyToDevice(DevicePointer to, const void* from, size_t bytes) {
  driver_.Check(driver_.MemcpyHtoDAsync(to, from, bytes, handle_), "to copy to the card");
  Submitted();
}

void Stream::CopyToHost(void* to, DevicePointer from, size_t bytes) {
  driver_.Check(driver_.MemcpyDtoHAsync(to, from, bytes, handle_), "to copy from the card");
  Submitted();
}

void Stream::CopyOnDevice(DevicePointer to, DevicePointer from, size_t bytes) {
  driver_.Check(driver_.MemcpyDtoDAsync(to, from, bytes, handle_), "to copy on the card");
  Submitted();
}

void Stream::Fill(DevicePointer to, unsigned char value, size_t bytes) {
  driver_.Check(driver_.MemsetD8Async(to, value, bytes, handle_), "to fill memory");
  Submitted();
}

}  // namespace cotangent::cuda
