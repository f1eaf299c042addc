// Plans written by hand, kernels for them, and a card to run them on.
#pragma once

#include <algorithm>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cuda/module.h"
#include "cuda/pool.h"
#include "cuda/run_hooks.h"
#include "expect.h"
#include "runtime/plan.h"

namespace cotangent::cuda {

// Kernels: each works on one int32, but for Less, whose result is a byte.
namespace kernels {

inline int* Int(void* p) { return static_cast<int*>(p); }
inline void Add(void** a) { *Int(a[2]) = *Int(a[0]) + *Int(a[1]); }
inline void Double(void** a) { *Int(a[1]) = 2 * *Int(a[0]); }
inline void Increment(void** a) { *Int(a[1]) = *Int(a[0]) + 1; }
inline void Less(void** a) { *static_cast<char*>(a[2]) = *Int(a[0]) < *Int(a[1]) ? 1 : 0; }
inline void Odd(void** a) { *Int(a[1]) = *Int(a[0]) & 1; }

}  // namespace kernels

inline int RunKernel(const char*, void* kernel, int, int, size_t, uint64_t, void** args, char*, size_t) {
  reinterpret_cast<void (*)(void**)>(kernel)(args);
  return 0;
}

// The module of those kernels.
inline std::string KernelImage() {
  std::ostringstream out;
  out << "// fibres " << reinterpret_cast<uintptr_t>(&RunKernel) << "\n";
  const auto kernel = [&](const char* name, void (*f)(void**), int args) {
    out << name << " " << reinterpret_cast<uintptr_t>(f) << " " << args << "\n";
  };
  kernel("add", kernels::Add, 3), kernel("double", kernels::Double, 2), kernel("increment", kernels::Increment, 2);
  kernel("less", kernels::Less, 3), kernel("odd", kernels::Odd, 2);
  return out.str();
}

// Writes plans whose slots are numbered in the order in which they are made.
class PlanWriter {
 public:
  explicit PlanWriter(const Module& module) : module_(module) {}

  // Of memory that runs work in.
  uint32_t Slot() { return SlotOf(Plan::Home::kArena, plan.slots.size()); }
  uint32_t Parameter() { return SlotOf(Plan::Home::kParameter, plan.num_parameters++); }
  // With the memory of a donated parameter, if not -1.
  uint32_t Output(int64_t donated) {
    plan.outputs.push_back({4, donated});
    return SlotOf(Plan::Home::kOutput, plan.outputs.size() - 1);
  }
  Thunk Launch(const char* name, std::vector<uint32_t> slots) {
    kernels_.push_back(std::make_unique<Kernel>(module_.Get(name)));
    plan.launches.push_back({kernels_.back().get(), {1, 1, 1}, 1, 0});
    Thunk out = Empty(Thunk::Kind::kLaunch, std::move(slots));
    out.units = static_cast<int64_t>(plan.launches.size()) - 1;
    return out;
  }
  Thunk Copy(uint32_t from, uint32_t to) {
    Thunk out = Empty(Thunk::Kind::kCopy, {from, to});
    out.bytes = 4;
    return out;
  }
  Thunk Call(std::vector<uint32_t> slots) {
    Thunk out = Empty(Thunk::Kind::kRoutine, std::move(slots));
    out.card_routine = nullptr;
    return out;
  }
  // turns is -1 where they depend on the predicate.
  Thunk While(uint32_t predicate, Thunks condition, Thunks body, int64_t turns, std::vector<uint32_t> swaps) {
    Thunk out = Empty(Thunk::Kind::kWhile, std::move(swaps));
    out.slot = predicate;
    out.grain = turns;
    out.children = Bodies({std::move(condition), std::move(body)});
    plan.has_choice = plan.has_choice || turns < 0;
    return out;
  }
  Thunk Choose(uint32_t index, std::vector<Thunks> branches) {
    Thunk out = Empty(Thunk::Kind::kConditional, {});
    out.slot = index;
    out.children = Bodies(std::move(branches));
    plan.has_choice = true;
    return out;
  }

  Plan plan;

 private:
  uint32_t SlotOf(Plan::Home home, uint64_t at) {
    plan.slots.push_back({home, at, 4});
    return static_cast<uint32_t>(plan.slots.size() - 1);
  }
  Thunk Empty(Thunk::Kind kind, std::vector<uint32_t> slots) {
    Thunk out{};
    out.kind = kind;
    out.args = {static_cast<uint32_t>(plan.operands.size()), static_cast<uint32_t>(slots.size())};
    plan.operands.insert(plan.operands.end(), slots.begin(), slots.end());
    plan.max_args = std::max(plan.max_args, out.args.size);
    return out;
  }
  Thunk::Range Bodies(std::vector<Thunks> bodies) {
    const Thunk::Range out{static_cast<uint32_t>(plan.bodies.size()), static_cast<uint32_t>(bodies.size())};
    for (Thunks& body : bodies) plan.bodies.push_back(std::move(body));
    return out;
  }

  const Module& module_;
  std::vector<std::unique_ptr<Kernel>> kernels_;
};

// A library's call, that copies from its first argument to its second.
class CopyHooks : public RunHooks {
 public:
  explicit CopyHooks(Stream& stream) : stream_(stream) {}
  void Fetch(void*, DevicePointer, size_t) override { EXPECT(!"nothing is fetched for a graph"); }
  bool Ended() override { return false; }
  DevicePointer StopFlag() override { return reinterpret_cast<uintptr_t>(&stop); }
  void Call(void*, const DevicePointer* args, const int64_t*, int64_t) override {
    calls++;
    if (fails) throw std::runtime_error("a library that fails");
    stream_.CopyOnDevice(args[1], args[0], 4);
  }
  bool Host(int64_t, const DevicePointer*, const size_t*, size_t, size_t) override { return false; }

  int calls = 0;
  bool fails = false;
  char stop = 0;

 private:
  Stream& stream_;
};

// A card, with memory of ints, for the tests of one plan.
struct Bench {
  Stream stream;
  Pool pool;
  CopyHooks hooks;
  const Module module;
  PlanWriter write;

  explicit Bench(const Context& context)
      : stream(context), pool(context), hooks(stream), module(context, KernelImage()), write(module) {}

  DevicePointer New(int value) {
    const DevicePointer out = pool.Allocate(4, stream);
    Set(out, value);
    return out;
  }
  void Set(DevicePointer at, int value) {
    stream.CopyToDevice(at, &value, 4);
    stream.Await(stream.Mark());
  }
  int Get(DevicePointer at) {
    int out = 0;
    stream.CopyToHost(&out, at, 4);
    stream.Await(stream.Mark());
    return out;
  }
};

}  // namespace cotangent::cuda
