#include "cuda/stream.h"

#include <algorithm>

namespace cotangent::cuda {

Stream::Stream(const Context& context) : context_(context), driver_(context.driver()) {
  driver_.Check(driver_.StreamCreate(&handle_, kStreamNonBlocking), "to make a stream");
}

Stream::~Stream() {
  driver_.StreamSynchronize(handle_);
  for (const Point& point : points_) driver_.EventDestroy(point.event);
  for (EventHandle event : free_events_) driver_.EventDestroy(event);
  driver_.StreamDestroy(handle_);
}

EventHandle Stream::TakeEvent() {
  EventHandle event = nullptr;
  if (free_events_.empty()) {
    driver_.Check(driver_.EventCreate(&event, kEventDisableTiming), "to make an event");
  } else {
    event = free_events_.back();
    free_events_.pop_back();
  }
  return event;
}

uint64_t Stream::Mark() {
  if (!submitted_) return marked_;
  EventHandle event = TakeEvent();
  const Result result = driver_.EventRecord(event, handle_);
  if (result != kSuccess) {
    free_events_.push_back(event);
    driver_.Check(result, "to record an event");
  }
  points_.push_back({++marked_, event});
  submitted_ = false;
  return marked_;
}

void Stream::SetReached(uint64_t point) {
  while (!points_.empty() && points_.front().number <= point) {
    free_events_.push_back(points_.front().event);
    points_.pop_front();
  }
  reached_ = std::max(reached_, point);
}

bool Stream::Reached(uint64_t point) {
  while (reached_ < point) {
    const Point& next = points_.front();
    const Result result = driver_.EventQuery(next.event);
    if (result == kErrorNotReady) return false;
    driver_.Check(result, "in work submitted before");
    SetReached(next.number);
  }
  return true;
}

void Stream::Await(uint64_t point) {
  if (Reached(point)) return;
  const auto at = std::find_if(points_.begin(), points_.end(), [&](const Point& p) { return p.number == point; });
  driver_.Check(driver_.EventSynchronize(at->event), "in work submitted before");
  SetReached(point);
}

void Stream::After(Stream& other, uint64_t point) {
  if (&other == this || other.Reached(point)) return;
  const auto& points = other.points_;
  const auto at = std::find_if(points.begin(), points.end(), [&](const Point& p) { return p.number == point; });
  driver_.Check(driver_.StreamWaitEvent(handle_, at->event, 0), "to wait for another stream");
  // Points of this stream that follow now mean the other's work too.
  submitted_ = true;
}

void Stream::CopyToDevice(DevicePointer to, const void* from, size_t bytes) {
  driver_.Check(driver_.MemcpyHtoDAsync(to, from, bytes, handle_), "to copy to the card");
  submitted_ = true;
}

void Stream::CopyToHost(void* to, DevicePointer from, size_t bytes) {
  driver_.Check(driver_.MemcpyDtoHAsync(to, from, bytes, handle_), "to copy from the card");
  submitted_ = true;
}

void Stream::CopyOnDevice(DevicePointer to, DevicePointer from, size_t bytes) {
  driver_.Check(driver_.MemcpyDtoDAsync(to, from, bytes, handle_), "to copy on the card");
  submitted_ = true;
}

void Stream::Fill(DevicePointer to, unsigned char value, size_t bytes) {
  driver_.Check(driver_.MemsetD8Async(to, value, bytes, handle_), "to fill memory");
  submitted_ = true;
}

}  // namespace cotangent::cuda
