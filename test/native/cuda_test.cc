// CUDA's runtime over a driver that records (fake_cuda): opening, streams, memory, copies, kernels. Prints what fails
// and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc cuda/module.cc
// Library: libcuda.so.1 fake_cuda
#include <dlfcn.h>

#include <cstring>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "cuda/module.h"
#include "cuda/pool.h"
#include "cuda/staging.h"
#include "expect.h"
#include "text.h"

namespace cotangent::cuda {
namespace {

using Kind = Unavailable::Kind;

// The functions that the stand-in has for tests.
struct Fake {
  void (*set)(const char*, long long);
  const char* (*log)();
  void (*clear)();
  void (*run)();
  void (*heal)();
  int (*live)();

  explicit Fake(const std::string& path) {
    void* library = dlopen(path.c_str(), RTLD_NOW);
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(library, name));
    };
    find(set, "fakeSet"), find(log, "fakeLog"), find(clear, "fakeClear"), find(run, "fakeRun"), find(heal, "fakeHeal");
    find(live, "fakeLive");
  }
};

void TestOpening(const Fake& fake, const std::string& folder) {
  if (dlopen("libcuda.so.1", RTLD_NOW) == nullptr) {
    const DriverOpening none = Driver::Open({"/nonexistent/a", "/nonexistent/b"});
    EXPECT(none.driver == nullptr);
    EXPECT(none.unavailable.kind == Kind::kNoLibrary);
    EXPECT(none.unavailable.searched.size() == 3);
    EXPECT(Contains(none.unavailable.searched[1], "/nonexistent/b"));
    EXPECT(Contains(none.unavailable.remedy, "COTANGENT_CUDA_PATH"));
  }
  const auto open_with = [&](const char* name, long long value, long long usual) {
    fake.set(name, value);
    DriverOpening out = Driver::Open({"/nonexistent/a", folder});
    fake.set(name, usual);
    EXPECT(out.driver == nullptr);
    EXPECT(out.unavailable.searched.size() == 2);
    EXPECT(!out.unavailable.remedy.empty());
    return out.unavailable;
  };
  const Unavailable old = open_with("version", 11080, 12040);
  EXPECT(old.kind == Kind::kOldDriver);
  EXPECT(Contains(old.reason, "11.8") && Contains(old.reason, "12.0"));
  EXPECT(open_with("devices", 0, 2).kind == Kind::kNoDevice);
  const Unavailable dead = open_with("init", kErrorInvalidValue, 0);
  EXPECT(dead.kind == Kind::kNotInitialized);
  EXPECT(Contains(dead.reason, "CUDA_ERROR_INVALID_VALUE"));
}

void TestDevices(const Driver& driver) {
  const std::vector<DeviceInfo> devices = ListDevices(driver);
  EXPECT(devices.size() == 2);
  EXPECT(devices[1].ordinal == 1 && devices[1].name == "Recording card 1");
  EXPECT(devices[0].major == 9 && devices[0].minor == 0 && devices[0].multiprocessors == 132);
  EXPECT(devices[0].memory_bytes == size_t{1} << 30 && devices[0].shared_bytes == 227 << 10);
  EXPECT(Contains(Thrown<DriverError>([&] { driver.Check(12345, "to try"); }), "failed to try: error 12345"));
}

// Points are reached in order, events are used again, and other streams' work comes where it was waited for.
void TestStreams(const Context& context, const Fake& fake) {
  Stream compute(context), copy(context);
  EXPECT(compute.Mark() == 0 && compute.Reached(0));
  Pool pool(context);
  const DevicePointer a = pool.Allocate(64, compute), b = pool.Allocate(64, compute);
  compute.Fill(a, 7, 64);
  const uint64_t first = compute.Mark();
  EXPECT(first == 1 && compute.Mark() == 1);
  compute.Fill(a, 8, 64);
  EXPECT(!compute.Reached(first));
  compute.Await(first);
  EXPECT(compute.Reached(first));

  copy.After(compute);
  std::vector<char> out(64, 0);
  copy.CopyToHost(out.data(), a, 64);
  EXPECT(!copy.Reached(copy.Mark()));
  copy.Await(copy.Mark());  // which runs nothing of `compute` but what it waits for
  EXPECT(out[0] == 8 && out[63] == 8);
  EXPECT(compute.Reached(2));

  // What another stream does between is not waited for twice, and a stream does not wait for itself.
  fake.clear();
  copy.After(compute);
  copy.After(copy, copy.Mark());
  EXPECT(!Contains(fake.log(), "waits"));

  // A stream that waits has something to mark: who waits for it waits for both.
  compute.Fill(b, 9, 64);
  copy.After(compute);
  Stream third(context);
  third.After(copy);
  third.CopyToHost(out.data(), b, 64);
  third.Await(third.Mark());
  EXPECT(out[0] == 9);

  // A thousand points of which one at a time is open need one event more at most.
  const int live = fake.live();
  for (int i = 0; i < 1000; i++) {
    compute.Fill(a, static_cast<unsigned char>(i), 64);
    compute.Await(compute.Mark());
  }
  EXPECT(fake.live() <= live + 1);
  pool.Free(a);
  pool.Free(b);
}

void TestSizes() {
  size_t last = 0;
  for (size_t bytes = 0; bytes < size_t{64} << 20; bytes += 1 + bytes / 7) {
    const size_t total = Pool::TotalOf(bytes);
    EXPECT(total >= bytes + Pool::kPadding && total % Pool::kAlignment == 0 && total >= last);
    // An eighth at most is lost, but for the driver's pages and the smallest.
    const size_t most = (bytes + Pool::kPadding) * 9 / 8 + 512, page = size_t{2} << 20;
    EXPECT(total <= most || (total % page == 0 && total <= most + page));
    last = total;
  }
}

void TestReuse(const Context& context, const Fake& fake) {
  Stream compute(context), copy(context);
  Pool pool(context);
  // Its own stream has a block back at once.
  const DevicePointer a = pool.Allocate(1 << 20, compute);
  EXPECT(a % Pool::kAlignment == 0);
  compute.Fill(a, 1, 1 << 20);
  pool.Free(a);
  EXPECT(pool.Allocate(1 << 20, compute) == a);
  compute.Fill(a, 2, 1 << 20);
  pool.Free(a);
  // Another one only when the work is done.
  const DevicePointer b = pool.Allocate(1 << 20, copy);
  EXPECT(b != a);
  fake.run();
  EXPECT(pool.Allocate(1 << 20, copy) == a);
  EXPECT(pool.stats().driver_calls == 2);
  pool.Free(a);
  pool.Free(b);

  // A block that another stream reads stays out of its own stream's hands until that is done.
  const DevicePointer c = pool.Allocate(3 << 20, compute);
  compute.Fill(c, 3, 3 << 20);
  copy.After(compute);
  std::vector<char> out(3 << 20);
  copy.CopyToHost(out.data(), c, out.size());
  pool.UsedBy(c, copy);
  pool.Free(c);
  const DevicePointer d = pool.Allocate(3 << 20, compute);
  EXPECT(d != c);
  compute.Fill(d, 4, 3 << 20);
  pool.Free(d);
  compute.Await(compute.Mark());
  copy.Await(copy.Mark());
  EXPECT(out[0] == 3 && out.back() == 3);
  const DevicePointer e = pool.Allocate(3 << 20, compute), f = pool.Allocate(3 << 20, compute);
  EXPECT((e == c && f == d) || (e == d && f == c));
  pool.Free(e);
  pool.Free(f);

  // Small blocks share what the driver gives, and do not overlap.
  const uint64_t calls = pool.stats().driver_calls;
  std::vector<DevicePointer> small;
  for (size_t i = 0; i < 200; i++) {
    small.push_back(pool.Allocate(100 + i, compute));
    compute.Fill(small[i], static_cast<unsigned char>(i), 100 + i);
  }
  EXPECT(pool.stats().driver_calls == calls + 1 && pool.stats().blocks == 200);
  for (size_t i = 0; i < 200; i++) {
    std::vector<unsigned char> bytes(100 + i);
    compute.CopyToHost(bytes.data(), small[i], bytes.size());
    compute.Await(compute.Mark());
    for (unsigned char byte : bytes) EXPECT(byte == i);
  }
  for (DevicePointer address : small) pool.Free(address);
  EXPECT(pool.stats().held == 0 && pool.stats().blocks == 0);

  // Steady work takes nothing more from the driver.
  const PoolStats before = pool.stats();
  for (int step = 0; step < 200; step++) {
    const DevicePointer x = pool.Allocate(2 << 20, compute), y = pool.Allocate(5000, compute);
    compute.Fill(x, 1, 2 << 20);
    pool.Free(x);
    compute.Fill(y, 1, 5000);
    pool.Free(y);
  }
  EXPECT(pool.stats().driver_calls <= before.driver_calls + 2);
  pool.Trim(true);
  EXPECT(pool.stats().reserved == 0);
}

void TestNoRoom(const Context& context, const Fake& fake) {
  Stream compute(context), copy(context);
  Pool pool(context);
  fake.set("memory", 16 << 20);
  const DevicePointer a = pool.Allocate(8 << 20, compute);
  const DevicePointer b = pool.Allocate(3 << 20, copy);
  copy.Fill(b, 1, 3 << 20);
  compute.Fill(a, 1, 8 << 20);
  pool.Free(a);
  // Only where that work is over is there room for this: the pool waits for it and gives the block back.
  fake.clear();
  const DevicePointer c = pool.Allocate(11 << 20, copy);
  EXPECT(Count(fake.log(), "no memory for") >= 1 && Count(fake.log(), "free ") == 1);
  const PoolStats full = pool.stats();
  size_t wanted = 0;
  const std::string text = Thrown<OutOfMemoryError>([&] {
    try {
      pool.Allocate(40 << 20, copy);
    } catch (const OutOfMemoryError& error) {
      wanted = error.bytes;
      throw;
    }
  });
  EXPECT(wanted >= size_t{40} << 20);
  EXPECT(Contains(text, "no room for") && Contains(text, std::to_string(full.held)));
  EXPECT(pool.stats().held == full.held && pool.stats().reserved == full.reserved);
  EXPECT(!Thrown<OutOfMemoryError>([&] { pool.Allocate(SIZE_MAX, copy); }).empty());
  // It goes on with what it has.
  pool.Free(c);
  EXPECT(pool.Allocate(11 << 20, copy) == c);
  pool.Free(c);
  pool.Free(b);
  fake.set("memory", 1 << 30);

  fake.set("pinned", 1000);
  Staging staging(copy);
  EXPECT(Contains(Thrown<OutOfMemoryError>([&] { staging.Upload(b, "x", 1); }), "pinned"));
  fake.set("pinned", 1 << 30);
}

// Random work on three streams, of which none runs but when it is waited for: what blocks hold is what was written to
// them last, however they were reused.
void TestRandomWork(const Context& context, const Fake& fake) {
  struct Held {
    DevicePointer address;
    size_t bytes;
    unsigned char value;
    Stream* stream;  // the last that wrote to it, which waited for the one before
  };
  std::mt19937 random(7);
  const auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  fake.set("memory", 48 << 20);
  Stream streams[3] = {Stream(context), Stream(context), Stream(context)};
  Pool pool(context);
  Staging staging(streams[2], 300 << 10);
  std::vector<Held> held;
  const auto check = [&](const Held& block) {
    std::vector<unsigned char> out(block.bytes);
    streams[2].After(*block.stream);
    staging.Download(out.data(), block.address, block.bytes);
    for (unsigned char byte : out) {
      if (byte != block.value) return false;
    }
    return true;
  };
  size_t wrong = 0, refused = 0;
  for (int step = 0; step < 3000; step++) {
    Stream& stream = streams[below(3)];
    const size_t action = below(10);
    if (action < 4 || held.empty()) {
      const size_t bytes = 1 + (below(4) == 0 ? below(6 << 20) : below(20000));
      try {
        const DevicePointer address = pool.Allocate(bytes, stream);
        held.push_back({address, bytes, static_cast<unsigned char>(step), &stream});
        stream.Fill(address, held.back().value, bytes);
      } catch (const OutOfMemoryError&) {
        refused++;
        for (const Held& block : held) pool.Free(block.address);
        held.clear();
      }
      continue;
    }
    const size_t at = below(held.size());
    Held& block = held[at];
    if (action < 7) {
      pool.Free(block.address);
      held.erase(held.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (action < 8) {
      stream.After(*block.stream);
      block.value = static_cast<unsigned char>(step);
      stream.Fill(block.address, block.value, block.bytes);
      pool.UsedBy(block.address, stream);
      block.stream = &stream;
    } else if (action < 9) {
      stream.Await(stream.Mark());
    } else {
      wrong += check(block) ? 0 : 1;
    }
  }
  for (const Held& block : held) wrong += check(block) ? 0 : 1;
  EXPECT(wrong == 0);
  EXPECT(refused > 0);
  EXPECT(pool.stats().blocks == held.size() && pool.stats().reserved <= size_t{48} << 20);
  for (const Held& block : held) pool.Free(block.address);
  EXPECT(pool.stats().held == 0);
  fake.set("memory", 1 << 30);
}

void TestStaging(const Context& context, const Fake& fake) {
  Stream compute(context), copy(context);
  Pool pool(context);
  Staging staging(copy, 1000);
  for (const size_t bytes : {size_t{0}, size_t{1}, size_t{1000}, size_t{1001}, size_t{12345}}) {
    std::vector<unsigned char> from(bytes), to(bytes);
    std::iota(from.begin(), from.end(), static_cast<unsigned char>(bytes));
    const std::vector<unsigned char> kept = from;
    const DevicePointer address = pool.Allocate(bytes, copy);
    staging.Upload(address, from.data(), bytes);
    std::fill(from.begin(), from.end(), 0);  // it is the caller's again
    staging.Download(to.data(), address, bytes);
    EXPECT(to == kept);
    pool.Free(address);
  }
  EXPECT(Count(fake.log(), "pin 4000") == 1);
}

constexpr const char* kImage = "// kernel add_one 8 4\n// kernel wide 4 1 8\n";

void TestKernels(const Context& context, const Fake& fake) {
  Stream compute(context), copy(context);
  Pool pool(context);
  Staging staging(copy);
  EXPECT(Contains(Thrown<DriverError>([&] { Module(context, "nonsense"); }), "CUDA_ERROR_INVALID_PTX"));
  EXPECT(Contains(Thrown<DriverError>([&] { Module(context, "nonsense"); }), "line 1: no kernel"));
  const Module module(context, kImage);
  EXPECT(Contains(Thrown<DriverError>([&] { module.Get("absent"); }), "to find absent"));
  EXPECT(Contains(Thrown<DriverError>([&] { module.Get("wide", 1 << 20); }), "to give wide 1048576 bytes"));

  // Up on one stream, work on another, down on the first.
  std::vector<unsigned char> bytes(1000);
  std::iota(bytes.begin(), bytes.end(), 0);
  DevicePointer a = pool.Allocate(1000, compute);
  staging.Upload(a, bytes.data(), 1000);
  pool.UsedBy(a, copy);
  compute.After(copy);
  const Kernel add_one = module.Get("add_one");
  uint32_t count = 1000;
  void* args[] = {&a, &count};
  fake.clear();
  Start(compute, add_one, {{4, 1, 1}, 256, 0}, args);
  EXPECT(Contains(fake.log(), " launches add_one grid 4,1,1 block 256 shared 0 (block"));
  EXPECT(Contains(fake.log(), ", 1000)\n"));
  copy.After(compute);
  std::vector<unsigned char> out(1000);
  staging.Download(out.data(), a, 1000);
  for (size_t i = 0; i < 1000; i++) EXPECT(out[i] == static_cast<unsigned char>(bytes[i] + 1));

  // Arguments after the call's are not read: their values went along.
  int32_t four = -2;
  uint8_t one = 200;
  DevicePointer inner = a + 16;
  void* wide_args[] = {&four, &one, &inner};
  const Kernel wide = module.Get("wide", 100 << 10);
  fake.clear();
  Start(compute, wide, {{1, 2, 3}, 32, 100 << 10}, wide_args);
  EXPECT(Contains(fake.log(), "launches wide grid 1,2,3 block 32 shared 102400 (4294967294, 200, block"));
  EXPECT(Contains(fake.log(), "+"));

  // A launch that is refused says which one it was; nothing was submitted, and the stream goes on.
  const uint64_t before = compute.Mark();
  fake.set("launch", kErrorInvalidValue);
  EXPECT(Contains(Thrown<DriverError>([&] { Start(compute, add_one, {{1, 1, 1}, 32, 0}, args); }),
                  "failed to launch add_one: CUDA_ERROR_INVALID_VALUE"));
  fake.set("launch", 0);
  EXPECT(compute.Mark() == before);

  // One that fails as it runs is heard of by who waits, and by everyone after.
  fake.set("kernel", kErrorLaunchFailed);
  Start(compute, add_one, {{1, 1, 1}, 32, 0}, args);
  EXPECT(Contains(Thrown<DriverError>([&] { compute.Await(compute.Mark()); }), "unspecified launch failure"));
  EXPECT(!Thrown<DriverError>([&] { compute.Fill(a, 1, 1); }).empty());
  fake.set("kernel", 0);
  fake.heal();
  pool.Free(a);
}

// The driver's own functions for graphs, through the table: what is captured runs when it is launched, each time.
void TestGraphs(const Context& context) {
  const Driver& driver = context.driver();
  Stream compute(context);
  Pool pool(context);
  const Module module(context, kImage);
  DevicePointer a = pool.Allocate(16, compute);
  uint32_t count = 16;
  void* args[] = {&a, &count};
  compute.Fill(a, 5, 16);
  compute.Await(compute.Mark());
  GraphHandle graph = nullptr;
  GraphExecHandle exec = nullptr;
  driver.Check(driver.StreamBeginCapture(compute.handle(), kCaptureThreadLocal), "to capture");
  Start(compute, module.Get("add_one"), {{1, 1, 1}, 32, 0}, args);
  Start(compute, module.Get("add_one"), {{1, 1, 1}, 32, 0}, args);
  driver.Check(driver.StreamEndCapture(compute.handle(), &graph), "to capture");
  driver.Check(driver.GraphInstantiate(&exec, graph, 0), "to make a graph");
  GraphUpdateInfo info{};
  driver.Check(driver.GraphExecUpdate(exec, graph, &info), "to update a graph");
  driver.Check(driver.GraphDestroy(graph), "to end a graph");
  for (int i = 0; i < 3; i++) driver.Check(driver.GraphLaunch(exec, compute.handle()), "to launch a graph");
  unsigned char out[16] = {};
  compute.CopyToHost(out, a, 16);
  compute.Await(compute.Mark());
  EXPECT(out[0] == 11 && out[15] == 11);
  driver.Check(driver.GraphExecDestroy(exec), "to end a graph");
  pool.Free(a);
}

int RunTests() {
  const DriverOpening& opening = Driver::Get();
  if (opening.driver == nullptr) {
    std::printf("%s\n", opening.unavailable.reason.c_str());
    return 1;
  }
  const Driver& driver = *opening.driver;
  const Fake fake(driver.path());
  EXPECT(driver.version() == 12040 && VersionText(driver.version()) == "12.4");
  TestOpening(fake, driver.path().substr(0, driver.path().rfind('/')));
  TestDevices(driver);
  TestSizes();
  {
    const Context context(driver, ListDevices(driver)[0]);
    TestStreams(context, fake);
    TestReuse(context, fake);
    TestNoRoom(context, fake);
    TestRandomWork(context, fake);
    TestStaging(context, fake);
    TestKernels(context, fake);
    TestGraphs(context);
  }
  EXPECT(fake.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
