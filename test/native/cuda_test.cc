// CUDA's runtime over a driver that records (fake_cuda): opening, streams, kernels, graphs. Prints what fails and exits
// with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc cuda/module.cc
// Library: libcuda.so.1 fake_cuda
#include <dlfcn.h>

#include <numeric>
#include <string>
#include <vector>

#include "cuda/module.h"
#include "cuda/pool.h"
#include "cuda/staging.h"
#include "expect.h"
#include "fake_driver.h"

namespace cotangent::cuda {
namespace {

using Kind = Unavailable::Kind;

void TestOpening(const FakeDriver& fake, const std::string& folder) {
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
void TestStreams(const Context& context, const FakeDriver& fake) {
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

constexpr const char* kImage = "// kernel add_one 8 4\n// kernel wide 4 1 8\n";

void TestKernels(const Context& context, const FakeDriver& fake) {
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
  const Driver& driver = OpenDriver();
  const FakeDriver fake(driver.path());
  EXPECT(driver.version() == 12040 && VersionText(driver.version()) == "12.4");
  TestOpening(fake, driver.path().substr(0, driver.path().rfind('/')));
  TestDevices(driver);
  {
    const Context context(driver, ListDevices(driver)[0]);
    TestStreams(context, fake);
    TestKernels(context, fake);
    TestGraphs(context);
  }
  EXPECT(fake.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
