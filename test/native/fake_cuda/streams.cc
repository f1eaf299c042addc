// Streams and events: what is submitted, and when it runs.
#include "fake_cuda.h"

namespace cotangent::cuda {

struct EventTag {
  StreamHandle stream = nullptr;
  size_t count = 0;
  long long time = 0;
  int queries = 0;
};

namespace fake {
namespace {

constexpr int kManyQueries = 200;

}  // namespace

std::string Name(StreamHandle stream) { return "stream" + std::to_string(stream->number); }

Result Submit(StreamHandle stream, Op op) {
  if (state().error != kSuccess) return state().error;
  if (stream->capture != nullptr) {
    Append(stream->capture, GraphNodeTag::kOp, nullptr, 0)->run = std::move(op.run);
    GraphNodeTag& node = *stream->capture->nodes.back();
    if (node.number > 0) node.after.push_back(node.number - 1);
    return kSuccess;
  }
  stream->queue.push_back(std::move(op));
  stream->submitted++;
  return kSuccess;
}

void Run(StreamHandle stream, size_t count) {
  while (stream->done < count) {
    Op op = std::move(stream->queue.front());
    stream->queue.pop_front();
    if (op.other != nullptr) Run(op.other, op.count);
    if (op.run && state().error == kSuccess) op.run();
    stream->done++;
  }
}

void RunAll() {
  for (const auto& stream : state().streams) Run(stream.get(), stream->submitted);
}

FAKE Result cuStreamCreate(StreamHandle* stream, unsigned flags) {
  LOCKED;
  if (!HasContext()) return kErrorInvalidContext;
  auto made = std::make_unique<StreamTag>();
  made->number = static_cast<int>(state().streams.size());
  *stream = made.get();
  state().streams.push_back(std::move(made));
  state().live_streams++;
  Log("create " + Name(*stream) + (flags == kStreamNonBlocking ? " non-blocking" : ""));
  return kSuccess;
}
FAKE Result cuStreamDestroy_v2(StreamHandle stream) {
  LOCKED;
  Run(stream, stream->submitted);
  state().live_streams--;
  return kSuccess;
}
FAKE Result cuStreamSynchronize(StreamHandle stream) {
  LOCKED;
  Run(stream, stream->submitted);
  return state().error;
}
FAKE Result cuStreamWaitEvent(StreamHandle stream, EventHandle event, unsigned) {
  LOCKED;
  Log(Name(stream) + " waits for " + Name(event->stream) + " at " + std::to_string(event->count));
  return Submit(stream, {nullptr, event->stream, event->count});
}
FAKE Result cuEventCreate(EventHandle* event, unsigned) {
  LOCKED;
  *event = new EventTag;
  state().events++;
  return kSuccess;
}
FAKE Result cuEventRecord(EventHandle event, StreamHandle stream) {
  LOCKED;
  if (state().error != kSuccess) return state().error;
  *event = {stream, stream->submitted, state().clock, 0};
  Log(Name(stream) + " marks " + std::to_string(event->count));
  return kSuccess;
}
FAKE Result cuEventQuery(EventHandle event) {
  LOCKED;
  if (state().error != kSuccess) return state().error;
  // Who asks again and again is waiting.
  if (event->stream != nullptr && ++event->queries >= kManyQueries) Run(event->stream, event->count);
  if (state().error != kSuccess) return state().error;
  return event->stream == nullptr || event->stream->done >= event->count ? kSuccess : kErrorNotReady;
}
FAKE Result cuEventSynchronize(EventHandle event) {
  LOCKED;
  if (event->stream != nullptr) Run(event->stream, event->count);
  return state().error;
}
// Time passes where fakeAdvance says so.
FAKE Result cuEventElapsedTime(float* milliseconds, EventHandle start, EventHandle end) {
  *milliseconds = static_cast<float>(end->time - start->time);
  return kSuccess;
}
FAKE Result cuEventDestroy_v2(EventHandle event) {
  LOCKED;
  delete event;
  state().events--;
  return kSuccess;
}

}  // namespace fake
}  // namespace cotangent::cuda
