// Work in order: streams, and the points in them that others wait for. Used by one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "cuda/device.h"

namespace cotangent::cuda {

// A stream whose points count from 1. A point is what was submitted before it was marked; it is reached once that is
// done. Marking twice with nothing in between gives the same point, and events that are reached are used again. While
// the driver captures a stream for a graph, it is not marked: a captured event never is reached.
class Stream {
 public:
  explicit Stream(const Context& context);
  // Waits for the work.
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  const Context& context() const { return context_; }
  StreamHandle handle() const { return handle_; }

  // Whoever submits to `handle()` says so.
  void Submitted() { submitted_ = true; }
  // The point after everything submitted so far.
  uint64_t Mark();
  // Whether a point is reached, without waiting. Throws what went wrong before it.
  bool Reached(uint64_t point);
  // Waits until a point is reached.
  void Await(uint64_t point);
  // What is submitted here from now on runs after that point of another stream. The host does not wait.
  void After(Stream& other, uint64_t point);
  // Likewise after everything that the other has so far.
  void After(Stream& other) { After(other, other.Mark()); }

  void CopyToDevice(DevicePointer to, const void* from, size_t bytes);
  void CopyToHost(void* to, DevicePointer from, size_t bytes);
  void CopyOnDevice(DevicePointer to, DevicePointer from, size_t bytes);
  void Fill(DevicePointer to, unsigned char value, size_t bytes);

 private:
  struct Point {
    uint64_t number;
    EventHandle event;
  };
  EventHandle TakeEvent();
  // Forgets the points up to this one.
  void SetReached(uint64_t point);

  const Context& context_;
  const Driver& driver_;
  StreamHandle handle_ = nullptr;
  std::deque<Point> points_;  // not known to be reached, in order
  std::vector<EventHandle> free_events_;
  uint64_t marked_ = 0;
  uint64_t reached_ = 0;
  bool submitted_ = false;  // since the last mark
};

}  // namespace cotangent::cuda
