// Work in order: streams, and the points in them that others wait for.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "cuda/device.h"

namespace cotangent::cuda {

// A stream whose points count from 1. A point is what was submitted before it was marked; it is reached once that is
// done. Marking twice with nothing in between gives the same point, and events that are reached are used again. While
// the driver captures a stream for a graph, it is not marked: a captured event never is reached.
// Any thread may ask for points and wait; one at a time submits. Who submits later than others ask promises its points.
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
  void Submitted() { submitted_.store(true, std::memory_order_relaxed); }
  // The point after everything submitted so far, and after everything promised.
  uint64_t Mark();
  // The point after work that is submitted later: until it is kept, nobody reaches it. Promises are kept in order.
  uint64_t Promise();
  // All work of the oldest promise is submitted.
  void Keep();
  // The point up to which nothing is promised any more.
  uint64_t kept() const;
  // Whether a point is reached, without waiting. Throws what went wrong before it.
  bool Reached(uint64_t point);
  // The last point that is known to be reached.
  uint64_t reached() const;
  // Waits until a point is reached, and before that for the promise of it, which another thread must keep.
  void Await(uint64_t point);
  // What is submitted here from now on runs after that point of another stream. The host does not wait.
  void After(Stream& other, uint64_t point);
  // Likewise after everything that the other has so far.
  void After(Stream& other) { After(other, other.Mark()); }
  // Counts everything as reached: after a failure of the card nothing ever is.
  void GiveUp();

  void CopyToDevice(DevicePointer to, const void* from, size_t bytes);
  void CopyToHost(void* to, DevicePointer from, size_t bytes);
  void CopyOnDevice(DevicePointer to, DevicePointer from, size_t bytes);
  void Fill(DevicePointer to, unsigned char value, size_t bytes);

 private:
  struct Event {
    explicit Event(const Driver& driver) : driver(driver) {}
    ~Event() { driver.EventDestroy(handle); }
    const Driver& driver;
    EventHandle handle = nullptr;
  };
  struct Point {
    uint64_t number;
    std::shared_ptr<Event> event;  // null while it is only promised
  };
  // Called with the lock.
  std::shared_ptr<Event> RecordEvent();
  bool Poll(uint64_t point);
  void SetReached(uint64_t point);
  // Waits where it is only promised; null when all is given up meanwhile, or the point reached.
  std::shared_ptr<Event> EventOf(uint64_t point, std::unique_lock<std::mutex>& lock);

  const Context& context_;
  const Driver& driver_;
  StreamHandle handle_ = nullptr;
  mutable std::mutex mutex_;
  std::condition_variable kept_;
  std::deque<Point> points_;  // not known to be reached, in order
  std::vector<std::shared_ptr<Event>> free_events_;
  uint64_t marked_ = 0;
  uint64_t reached_ = 0;
  size_t promised_ = 0;
  bool given_up_ = false;
  std::atomic<bool> submitted_{false};  // since the last mark
};

}  // namespace cotangent::cuda
