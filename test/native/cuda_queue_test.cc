// The order in which programs run on a card, over a driver whose kernels run (fake_cuda): what is submitted at once, what
// waits on a thread of the queue's own, who hears of what, and failures. Prints what fails and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc cuda/module.cc cuda/conditions.cc cuda/graph.cc cuda/graphs.cc cuda/program.cc cuda/run.cc cuda/queue.cc fibres/fibres.cc runtime/memory.cc runtime/copy.cc runtime/plan.cc runtime/plan_decoder.cc runtime/pool.cc runtime/stream.cc cuda/libraries/attention.cc cuda/libraries/attention_gradient.cc cuda/libraries/blas_lt.cc cuda/libraries/convolution.cc cuda/libraries/dnn.cc cuda/libraries/dnn_graph.cc cuda/libraries/dnn_plans.cc cuda/libraries/fft.cc cuda/libraries/library.cc cuda/libraries/matmul.cc cuda/libraries/routines.cc cuda/libraries/solver.cc cuda/libraries/tuner.cc
// Library: libcuda.so.1 fake_cuda
#include <atomic>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "cuda/pool.h"
#include "cuda/queue.h"
#include "cuda/staging.h"
#include "expect.h"
#include "fake_driver.h"

namespace cotangent {

// The CPU's routines are not of this test.
Routine FindRoutine(const char*) { return nullptr; }
bool AreParamsOf(const char*, const int64_t*, int64_t) { return false; }

namespace cuda {
namespace {

// Kernels of one thread, on int32 numbers and a byte.
int32_t& Int(void* p) { return *static_cast<int32_t*>(p); }
void Turn(void** a) { Int(a[0])--, Int(a[1])++; }
void More(void** a) { *static_cast<char*>(a[1]) = Int(a[0]) > 0 ? 1 : 0; }

enum Symbol { kTurn, kMore };

// Of a counter and a sum, which are given up for the results: counts down and up, in one step or until nothing is left.
std::shared_ptr<Program> Make(const Context& context, bool loops) {
  const std::vector<double> head = {2, 256, 0, 2, 2, 4, 0, 4, 1, 3, 0, 0, 4, 0, 1, 4, 2, 0, 1};
  const std::vector<double> turn = {6, kTurn, 1, 1, 1, 1, 0, 2, 0, 1};
  std::vector<double> words = head;
  if (loops) {
    const std::vector<double> more = {6, kMore, 1, 1, 1, 1, 0, 2, 0, 2};
    for (const double word : {1, 3, 2, -1, 0, 1}) words.push_back(word);  // one thunk: while the byte is 1, of unknown turns
    words.insert(words.end(), more.begin(), more.end());
  }
  words.push_back(1);
  words.insert(words.end(), turn.begin(), turn.end());
  ProgramSource source{};
  source.name = loops ? "until_zero" : "once";
  source.words = words.data();
  source.num_words = words.size();
  source.symbols = {"turn", "more"};
  source.names = {"%turn.1", "%more.2"};
  source.fibres = {reinterpret_cast<void*>(Turn), reinterpret_cast<void*>(More)};
  return std::make_shared<Program>(context, source);
}

struct Card {
  explicit Card(const Context& context)
      : stream(context), copy(context), pool(context), staging(copy), loop(Make(context, true)), once(Make(context, false)) {}

  Submission Of(const std::shared_ptr<Program>& program, DevicePointer counter, DevicePointer sum, DevicePointer arena) {
    Submission out{program, std::vector<DevicePointer>(RunPointers(program->plan()))};
    const DevicePointer places[] = {counter, sum};
    BindSlots(*program, places, places, arena, out.pointers.data());
    return out;
  }
  DevicePointer Number(int32_t value) {
    const DevicePointer out = pool.Allocate(4, copy);
    staging.Upload(out, &value, 4);
    copy.Await(copy.Mark());
    return out;
  }
  int32_t Value(DevicePointer number) {
    int32_t out = 0;
    staging.Download(&out, number, 4);
    return out;
  }

  Stream stream, copy;
  Pool pool;
  Staging staging;
  std::shared_ptr<Program> loop, once;
};

void NoCall(void*, const DevicePointer*, const int64_t*, int64_t) {}

struct Watched {
  explicit Watched(Card& card)
      : queue(card.stream, NoCall, [this] { heard++; }, &completed, &failed) {}
  std::atomic<int> heard{0};
  double completed = 0, failed = 0;
  Patience patience{[] { return true; }};
  Queue queue;
};

double Read(double* cell) {
  double out;
  __atomic_load(cell, &out, __ATOMIC_ACQUIRE);
  return out;
}

// Programs of both kinds, in every order: each finds what the ones before it left.
void TestOrder(const Context& context) {
  Card card(context);
  Watched watched(card);
  const DevicePointer sum = card.Number(0), arena = card.pool.Allocate(256, card.stream);
  std::mt19937 random(1);
  int32_t expected = 0;
  uint64_t last = 0;
  std::vector<DevicePointer> counters;
  for (int step = 0; step < 200; step++) {
    const bool loops = random() % 3 == 0;
    const int32_t turns = static_cast<int32_t>(random() % 4);
    counters.push_back(card.Number(turns));
    const uint64_t point = watched.queue.Submit(card.Of(loops ? card.loop : card.once, counters.back(), sum, arena));
    EXPECT(point >= last);
    last = point;
    expected += loops ? turns : 1;
    if (random() % 10 == 0) watched.queue.Notify(point);
    if (random() % 20 == 0) {
      watched.queue.Wait(point, watched.patience);
      EXPECT(card.Value(sum) == expected);
      EXPECT(Read(&watched.completed) >= static_cast<double>(point));
    }
  }
  watched.queue.Wait(last, watched.patience);
  EXPECT(card.Value(sum) == expected && !watched.queue.failed());
  const int before = watched.heard;
  watched.queue.Notify(last);
  EXPECT(watched.heard > before);
}

// Who asked to hear of a point does, also when nobody waits for it.
void TestNews(const Context& context) {
  Card card(context);
  Watched watched(card);
  const DevicePointer sum = card.Number(0), arena = card.pool.Allocate(256, card.stream);
  for (int round = 0; round < 20; round++) {
    const int before = watched.heard;
    const DevicePointer counter = card.Number(3);
    const uint64_t point = watched.queue.Submit(card.Of(card.loop, counter, sum, arena));
    watched.queue.Notify(point);
    while (watched.heard == before) std::this_thread::yield();
    EXPECT(Read(&watched.completed) >= static_cast<double>(point));
  }
  EXPECT(card.Value(sum) == 60);
}

// It goes away while programs run and wait.
void TestEnd(const Context& context) {
  Card card(context);
  const DevicePointer sum = card.Number(0), arena = card.pool.Allocate(256, card.stream);
  std::vector<DevicePointer> counters;
  for (int i = 0; i < 30; i++) counters.push_back(card.Number(1 << 20));
  {
    Watched watched(card);
    for (const DevicePointer counter : counters) {
      watched.queue.Notify(watched.queue.Submit(card.Of(card.loop, counter, sum, arena)));
    }
  }
  card.stream.GiveUp();
  EXPECT(card.Value(counters.back()) == 1 << 20);
}

// Memory that is given back behind programs in line is waited for where it is needed elsewhere.
void TestMemory(const Context& context) {
  Card card(context);
  Watched watched(card);
  const DevicePointer sum = card.Number(0), arena = card.pool.Allocate(256, card.stream);
  for (int round = 0; round < 10; round++) {
    const DevicePointer large = card.pool.Allocate(3 << 20, card.stream);
    const uint64_t point = watched.queue.Submit(card.Of(card.loop, card.Number(50), sum, arena));
    card.pool.Free(large);
    // On a busy machine the program may be through before this thread goes on.
    EXPECT(card.pool.Allocate(3 << 20, card.copy) != large || card.stream.Reached(point));
    card.pool.Trim(true);
    EXPECT(card.Value(sum) == 50 * (round + 1));
  }
}

void TestFailures(const Context& context, const FakeDriver& fake) {
  Card card(context);
  const DevicePointer sum = card.Number(0), arena = card.pool.Allocate(256, card.stream);
  {
    // A launch that is refused: what came with it is passed over, and what comes after runs.
    Watched watched(card);
    for (const auto& program : {card.once, card.loop}) {
      fake.set("launch", kErrorLaunchOutOfResources);
      const uint64_t first = watched.queue.Submit(card.Of(program, card.Number(1), sum, arena));
      watched.queue.Wait(first, watched.patience);
      fake.set("launch", 0);
      EXPECT(watched.queue.failed() && !watched.queue.lost() && Read(&watched.failed) == 1);
      const CardFailure failure = watched.queue.TakeFailure();
      EXPECT(failure.first <= first && failure.last >= first && !failure.is_final);
      EXPECT(failure.message.find("%") != std::string::npos);
      EXPECT(!watched.queue.failed() && Read(&watched.failed) == 0);
    }
    watched.queue.Wait(watched.queue.Submit(card.Of(card.loop, card.Number(5), sum, arena)), watched.patience);
    EXPECT(card.Value(sum) == 5 && !watched.queue.failed());
  }
  {
    // A kernel that fails takes the card with it: all that is asked for fails, and nobody waits for ever.
    Watched watched(card);
    fake.set("kernelafter", 3);
    fake.set("kernel", kErrorLaunchFailed);
    const uint64_t point = watched.queue.Submit(card.Of(card.loop, card.Number(9), sum, arena));
    watched.queue.Notify(point);
    while (watched.heard == 0) std::this_thread::yield();
    watched.queue.Wait(point, watched.patience);
    EXPECT(watched.queue.lost() && watched.queue.failed());
    const CardFailure failure = watched.queue.TakeFailure();
    EXPECT(failure.is_final && failure.first <= point);
    EXPECT(failure.message.find("until_zero") != std::string::npos);
    fake.set("kernel", 0);
    fake.heal();
  }
}

int RunTests() {
  const Driver& driver = OpenDriver();
  const FakeDriver fake(driver.path());
  fake.set("simulate", 1);
  const Context context(driver, ListDevices(driver)[0]);
  TestOrder(context);
  TestNews(context);
  TestEnd(context);
  TestMemory(context);
  TestFailures(context, fake);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cuda
}  // namespace cotangent

int main() { return cotangent::cuda::RunTests(); }
