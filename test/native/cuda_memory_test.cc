// A card's memory over a driver that records (fake_cuda): blocks and their reuse between streams, what there is no room for,
// and copies through pinned memory. Prints what fails and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc
// Library: libcuda.so.1 fake_cuda
#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "cuda/pool.h"
#include "cuda/staging.h"
#include "expect.h"
#include "fake_driver.h"

namespace cotangent::cuda {
namespace {

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

void TestReuse(const Context& context, const FakeDriver& fake) {
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

void TestNoRoom(const Context& context, const FakeDriver& fake) {
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
  EXPECT(fake.Count("no memory for") >= 1 && fake.Count("free ") == 1);
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
void TestRandomWork(const Context& context, const FakeDriver& fake) {
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

void TestStaging(const Context& context, const FakeDriver& fake) {
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
  EXPECT(fake.Count("pin 4000") == 1);
}

int RunTests() {
  const Driver& driver = OpenDriver();
  const FakeDriver fake(driver.path());
  TestSizes();
  {
    const Context context(driver, ListDevices(driver)[0]);
    TestReuse(context, fake);
    TestNoRoom(context, fake);
    TestRandomWork(context, fake);
    TestStaging(context, fake);
  }
  EXPECT(fake.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
