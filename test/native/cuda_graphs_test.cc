// Runs of plans as graphs, over a driver whose graphs run (fake_cuda): which runs become graphs, what they compute, what
// is changed at other addresses, and what becomes of failures. Prints what fails and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/module.cc cuda/conditions.cc cuda/graph.cc cuda/graphs.cc
// Library: libcuda.so.1 fake_cuda
#include <cstdlib>
#include <vector>

#include "cuda/graphs.h"
#include "expect.h"
#include "fake_driver.h"
#include "written_plans.h"

namespace cotangent::cuda {
namespace {

// (a + b) doubled, copied, incremented: each run is a graph from the second on.
void TestStraight(const Context& context, const FakeDriver& fake) {
  Bench on(context);
  PlanWriter& w = on.write;
  const uint32_t a = w.Slot(), b = w.Slot(), sum = w.Slot(), twice = w.Slot(), copy = w.Slot(), out = w.Slot();
  w.plan.thunks = {w.Launch("add", {a, b, sum}), w.Launch("double", {sum, twice}), w.Copy(twice, copy),
                   w.Launch("increment", {copy, out})};
  Graphs graphs(context, w.plan, 4);
  std::vector<DevicePointer> slots{on.New(3), on.New(4), on.New(0), on.New(0), on.New(0), on.New(0)};
  fake.clear();
  EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
  EXPECT(fake.Count("graph") == 0 && !graphs.Has(slots.data()));
  EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
  EXPECT(on.Get(slots[out]) == 15);
  EXPECT(fake.Count("a graph of 4 is instantiated") == 1 && fake.Count("launches a graph of 4") == 1);
  EXPECT(graphs.Has(slots.data()));

  // Again, with other values: one call of the driver, and no more.
  on.Set(slots[a], 10);
  fake.clear();
  EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
  EXPECT(fake.Count("launches a graph of 4\n") == 1 && fake.Count("\n") == 1);
  EXPECT(on.Get(slots[out]) == 29);

  // A result that goes elsewhere each time, as where a loop keeps its losses: one node is changed. What was launched before
  // writes where it was told to.
  std::vector<DevicePointer> kept;
  fake.clear();
  for (int i = 0; i < 20; i++) {
    slots[out] = on.New(0);
    on.Set(slots[a], i);
    kept.push_back(slots[out]);
    EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
    if (i % 2 == 0) on.Get(slots[out]);
  }
  for (int i = 0; i < 20; i += 2) EXPECT(on.Get(kept[static_cast<size_t>(i)]) == 2 * (i + 4) + 1);
  EXPECT(fake.Count("a graph changes increment") == 20 && fake.Count("a graph changes") == 20);
  EXPECT(fake.Count("instantiated") == 0 && graphs.size() == 1);

  // The source and the target of a copy.
  slots[twice] = on.New(0);
  slots[copy] = on.New(0);
  fake.clear();
  EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
  EXPECT(on.Get(slots[out]) == 2 * (19 + 4) + 1);
  EXPECT(fake.Count("a graph changes a copy of 4 bytes") == 1 && fake.Count("a graph changes") == 3);

  // One address for both: no node does nothing, so that is another graph, once it is known to come again.
  slots[copy] = slots[twice];
  EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
  fake.clear();
  EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
  EXPECT(fake.Count("a graph of 3 is instantiated") == 1 && on.Get(slots[out]) == 2 * (19 + 4) + 1);
  EXPECT(graphs.size() == 2);
}

// What a library does is captured, and its addresses cannot be changed one by one.
void TestCalls(const Context& context, const FakeDriver& fake) {
  Bench on(context);
  PlanWriter& w = on.write;
  const uint32_t a = w.Slot(), b = w.Slot(), c = w.Slot(), d = w.Slot();
  w.plan.thunks = {w.Launch("double", {a, b}), w.Call({b, c}), w.Launch("increment", {c, d})};
  Graphs graphs(context, w.plan, 3);
  const auto places = [&](int value) {
    return std::vector<DevicePointer>{on.New(value), on.New(0), on.New(0), on.New(0)};
  };
  std::vector<std::vector<DevicePointer>> all;
  for (int i = 0; i < 12; i++) all.push_back(places(i));
  fake.clear();
  EXPECT(!graphs.Launch(all[0].data(), on.stream, on.hooks));
  EXPECT(graphs.Launch(all[0].data(), on.stream, on.hooks) && on.hooks.calls == 1);
  EXPECT(fake.Count("a graph gets a child of 1") == 1 && fake.Count("a graph of 4 is instantiated") == 1);
  EXPECT(on.Get(all[0][d]) == 1);

  // Others become graphs when they come again, eight at most; the least used becomes another.
  for (size_t i = 1; i < 8; i++) {
    EXPECT(!graphs.Launch(all[i].data(), on.stream, on.hooks));
    EXPECT(graphs.Launch(all[i].data(), on.stream, on.hooks));
    EXPECT(on.Get(all[i][d]) == 2 * static_cast<int>(i) + 1);
  }
  EXPECT(graphs.size() == 8 && on.hooks.calls == 8 && fake.Count("becomes another") == 0);
  EXPECT(graphs.Launch(all[0].data(), on.stream, on.hooks) && on.hooks.calls == 8);
  for (size_t i = 8; i < 10; i++) {
    EXPECT(!graphs.Launch(all[i].data(), on.stream, on.hooks));
    EXPECT(graphs.Launch(all[i].data(), on.stream, on.hooks));
    EXPECT(on.Get(all[i][d]) == 2 * static_cast<int>(i) + 1);
  }
  EXPECT(graphs.size() == 8 && fake.Count("becomes another") == 2 && fake.Count("instantiated") == 8);
  EXPECT(graphs.Has(all[0].data()) && !graphs.Has(all[1].data()) && !graphs.Has(all[2].data()));
  EXPECT(graphs.Has(all[3].data()) && graphs.Has(all[9].data()));

  // Where the driver cannot do that, it is made anew.
  fake.set("update", 1);
  EXPECT(!graphs.Launch(all[10].data(), on.stream, on.hooks));
  EXPECT(graphs.Launch(all[10].data(), on.stream, on.hooks) && on.Get(all[10][d]) == 21);
  EXPECT(graphs.size() == 8 && fake.Count("instantiated") == 9);
  fake.set("update", 0);
}

// Batches in new memory, read by a library, and results in new memory, written by one: copied from and to places of the
// program's own, so that one graph does for all.
void TestStages(const Context& context, const FakeDriver& fake) {
  Bench on(context);
  PlanWriter& w = on.write;
  const uint32_t batch = w.Parameter(), again = w.Parameter(), state = w.Parameter(), t = w.Slot();
  const uint32_t next = w.Output(2), out = w.Output(-1);
  w.plan.thunks = {w.Call({batch, t}), w.Launch("add", {state, t, next}), w.Call({next, out}), w.Call({again, t})};
  Graphs graphs(context, w.plan, 4);
  const DevicePointer held = on.New(100), work = on.New(0);
  const auto slots = [&](DevicePointer given, DevicePointer result) {
    return std::vector<DevicePointer>{given, given, held, work, held, result};
  };
  const std::vector<DevicePointer> first = slots(on.New(1), on.New(0));
  EXPECT(!graphs.Launch(first.data(), on.stream, on.hooks));
  EXPECT(graphs.Launch(first.data(), on.stream, on.hooks) && on.Get(first[out]) == 101);
  EXPECT(fake.Count("a graph gets a copy") == 0);
  fake.clear();
  int sum = 101;
  for (int i = 0; i < 10; i++) {
    const std::vector<DevicePointer> later = slots(on.New(i), on.New(0));
    EXPECT(graphs.Has(later.data()) == (i > 0));
    EXPECT(graphs.Launch(later.data(), on.stream, on.hooks));
    sum += i;
    EXPECT(on.Get(later[out]) == sum && on.Get(held) == sum && on.Get(work) == i);
  }
  // The batch twice, as it is two parameters, and the result; state that is donated is not copied.
  EXPECT(fake.Count("a graph gets a copy of 4 bytes") == 3 && fake.Count("instantiated") == 1);
  EXPECT(fake.Count("a graph changes a copy of 4 bytes") == 27 && graphs.size() == 2);
  // The first graph is still there.
  EXPECT(graphs.Launch(first.data(), on.stream, on.hooks) && on.Get(first[out]) == sum + 1);

  // Without room for the copies, runs elsewhere go step by step.
  Graphs poor(context, w.plan, 4);
  EXPECT(!poor.Launch(first.data(), on.stream, on.hooks) && poor.Launch(first.data(), on.stream, on.hooks));
  const std::vector<DevicePointer> later = slots(on.New(1), on.New(0));
  fake.set("memory", 1);
  EXPECT(!poor.Launch(later.data(), on.stream, on.hooks));
  EXPECT(poor.Launch(first.data(), on.stream, on.hooks));
  fake.set("memory", 1 << 30);
}

// A loop of five turns over memory that turns exchange; the result is where the carry began.
void TestKnownLoop(const Context& context, const FakeDriver& fake) {
  for (const int turns : {0, 4, 5}) {
    Bench on(context);
    PlanWriter& w = on.write;
    const uint32_t carry = w.Slot(), next = w.Slot(), out = w.Slot();
    Thunks body{w.Launch("double", {carry, next})};
    w.plan.thunks = {w.While(0, {}, std::move(body), turns, {carry, next}), w.Launch("increment", {carry, out})};
    Graphs graphs(context, w.plan, turns + 1 < 3 ? 3 : turns + 1);
    const std::vector<DevicePointer> slots{on.New(1), on.New(0), on.New(0)};
    EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
    fake.clear();
    EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
    EXPECT(on.Get(slots[out]) == (1 << turns) + 1);
    EXPECT(fake.Count("a graph gets double") == static_cast<size_t>(turns));
    EXPECT(fake.Count("a graph gets a copy") == static_cast<size_t>(turns % 2));
    // The next turn's memory moves too.
    const std::vector<DevicePointer> others{on.New(3), on.New(0), on.New(0)};
    EXPECT(graphs.Launch(others.data(), on.stream, on.hooks) && on.Get(others[out]) == 3 * (1 << turns) + 1);
    EXPECT(fake.Count("instantiated") == 1);
  }
}

// while (x < limit) { x = x odd ? x + 1 : 2 x }: all of it decided by the card.
void TestChoices(const Context& context, const FakeDriver& fake) {
  Bench on(context);
  PlanWriter& w = on.write;
  const uint32_t x = w.Slot(), next = w.Slot(), limit = w.Slot(), less = w.Slot(), odd = w.Slot(), out = w.Slot();
  const Thunks condition{w.Launch("less", {x, limit, less})};
  const Thunks body{w.Launch("odd", {x, odd}),
                    w.Choose(odd, {{w.Launch("double", {x, next})}, {w.Launch("increment", {x, next})}})};
  w.plan.thunks = {w.While(less, condition, body, -1, {x, next}), w.Launch("increment", {x, out})};
  Graphs graphs(context, w.plan, 6);
  const std::vector<DevicePointer> slots{on.New(3), on.New(0), on.New(100), on.New(0), on.New(0), on.New(0)};
  fake.clear();
  EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
  for (const int start : {3, 5, 100, 1, 7}) {
    int wanted = start;
    while (wanted < 100) wanted = wanted % 2 != 0 ? wanted + 1 : 2 * wanted;
    on.Set(slots[x], start);
    EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks));
    EXPECT(on.Get(slots[out]) == wanted + 1);
  }
  EXPECT(fake.Count("a graph gets a loop") == 1 && fake.Count("a graph gets a branch") == 2);
  EXPECT(fake.Count("launches a graph") == 5 && fake.Count("instantiated") == 1);

  // What is inside cannot be changed: other addresses are other graphs. The result's can.
  std::vector<DevicePointer> others = slots;
  others[out] = on.New(0);
  on.Set(slots[x], 90);
  EXPECT(graphs.Launch(others.data(), on.stream, on.hooks) && on.Get(others[out]) == 181);
  others[odd] = on.New(0);
  EXPECT(!graphs.Launch(others.data(), on.stream, on.hooks));

  // A loop without an end of its own ends when runs are to.
  PlanWriter endless(on.module);
  const uint32_t a = endless.Slot(), one = endless.Slot(), b = endless.Slot();
  endless.plan.thunks = {endless.While(one, {endless.Launch("less", {a, b, one})}, {endless.Launch("double", {a, a})}, -1, {})};
  Graphs stopped(context, endless.plan, 3);
  const std::vector<DevicePointer> zeros{on.New(0), on.New(0), on.New(1)};
  EXPECT(!stopped.Launch(zeros.data(), on.stream, on.hooks));
  on.hooks.stop = 1;
  EXPECT(stopped.Launch(zeros.data(), on.stream, on.hooks) && on.Get(zeros[0]) == 0);
}

// An index outside of the branches takes the nearest.
void TestClamp(const Context& context) {
  Bench on(context);
  PlanWriter& w = on.write;
  const uint32_t index = w.Slot(), x = w.Slot(), out = w.Slot();
  w.plan.thunks = {w.Choose(index, {{w.Launch("double", {x, out})}, {w.Launch("increment", {x, out})}, {w.Copy(x, out)}})};
  Graphs graphs(context, w.plan, 3);
  const std::vector<DevicePointer> slots{on.New(0), on.New(7), on.New(0)};
  EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
  for (const auto& [at, wanted] : {std::pair{-3, 14}, {0, 14}, {1, 8}, {2, 7}, {9, 7}}) {
    on.Set(slots[index], at);
    EXPECT(graphs.Launch(slots.data(), on.stream, on.hooks) && on.Get(slots[out]) == wanted);
  }
}

// Plans that never are graphs, and failures, after which runs go step by step.
void TestRefusals(const Context& context, const FakeDriver& fake) {
  Bench on(context);
  const std::vector<DevicePointer> slots{on.New(1), on.New(0), on.New(0)};
  const auto straight = [&](PlanWriter& w) {
    const uint32_t a = w.Slot(), b = w.Slot(), c = w.Slot();
    w.plan.thunks = {w.Launch("double", {a, b}), w.Call({b, c}), w.Launch("increment", {c, b})};
  };
  const auto launches = [&](const Plan& plan, double steps) {
    Graphs graphs(context, plan, steps);
    EXPECT(!graphs.Launch(slots.data(), on.stream, on.hooks));
    bool out = graphs.Launch(slots.data(), on.stream, on.hooks);
    const bool again = graphs.Launch(slots.data(), on.stream, on.hooks);
    EXPECT(out == again && graphs.size() == (out ? 1u : 0u));
    on.stream.Await(on.stream.Mark());
    return out;
  };
  PlanWriter plain(on.module);
  straight(plain);
  EXPECT(launches(plain.plan, 3));
  EXPECT(!launches(plain.plan, 2));
  EXPECT(!launches(plain.plan, 5000));
  plain.plan.has_host = true;
  EXPECT(!launches(plain.plan, 3));
  plain.plan.has_host = false;
  setenv("COTANGENT_CUDA_GRAPHS", "0", 1);
  EXPECT(!launches(plain.plan, 3));
  unsetenv("COTANGENT_CUDA_GRAPHS");
  for (const char* what : {"instantiate", "capture", "launch"}) {
    fake.set(what, kErrorOutOfMemory);
    EXPECT(!launches(plain.plan, 3));
    fake.set(what, 0);
  }
  on.hooks.fails = true;
  EXPECT(!launches(plain.plan, 3));
  on.hooks.fails = false;
  EXPECT(launches(plain.plan, 3));

  // Conditions need the driver to know the function that sets them.
  PlanWriter choice(on.module);
  const uint32_t a = choice.Slot(), b = choice.Slot();
  choice.plan.thunks = {choice.Choose(a, {{choice.Launch("double", {a, b})}, {}})};
  EXPECT(launches(choice.plan, 1));
  fake.set("conditions", kErrorInvalidPtx);
  EXPECT(!launches(choice.plan, 1));
  fake.set("conditions", 0);

  // Two pairs of a loop's that share memory.
  PlanWriter tangled(on.module);
  const uint32_t x = tangled.Slot(), y = tangled.Slot(), z = tangled.Slot();
  tangled.plan.thunks = {tangled.While(x, {}, {tangled.Launch("add", {x, y, z})}, 4, {x, y, y, z})};
  EXPECT(!launches(tangled.plan, 4));
}

int RunTests() {
  const Driver& driver = OpenDriver();
  const FakeDriver fake(driver.path());
  fake.set("simulate", 1);
  {
    const Context context(driver, ListDevices(driver)[0]);
    TestStraight(context, fake);
    TestCalls(context, fake);
    TestStages(context, fake);
    TestKnownLoop(context, fake);
    TestChoices(context, fake);
    TestClamp(context);
    TestRefusals(context, fake);
  }
  EXPECT(fake.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
