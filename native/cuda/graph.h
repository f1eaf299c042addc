// One run of a plan as a graph of the driver's: what is launched, copied and called is told once, and then done again by one
// call, at the same addresses or at others.
#pragma once

#include <memory>
#include <vector>

#include "cuda/conditions.h"
#include "cuda/run_hooks.h"
#include "runtime/plan.h"

namespace cotangent::cuda {

class Graph {
 public:
  // Nothing runs yet, and nothing may be under way on this thread's stream that a library waits for. `conditions` may be
  // null where nothing depends on data. Throws what the driver or a library throws.
  Graph(const Context& context, const Plan& plan, const DevicePointer* slots, Stream& stream, RunHooks& hooks,
        const Conditions* conditions);
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  bool IsAt(const DevicePointer* slots) const;
  // How many nodes would have to be changed for other addresses; kNever if some of them cannot be.
  static constexpr size_t kNever = ~size_t{0};
  size_t ChangesTo(const DevicePointer* slots) const;
  // Changes those nodes, for launches from now on.
  void MoveTo(const DevicePointer* slots);
  // Becomes what another graph of the same plan says. False if the driver cannot: then this one is of no use any more.
  bool Become(Graph& other);
  // Makes it ready to be launched.
  void Instantiate();
  void Launch(Stream& stream) const;
  size_t size() const { return nodes_; }

 private:
  class Builder;
  // A launch or a copy, and the slots that it has as arguments.
  struct Node {
    GraphNodeHandle handle;
    const Thunk* thunk;
    size_t bytes;  // of a copy; kNoCopy of a launch
    std::vector<uint32_t> slots;
  };
  static constexpr size_t kNoCopy = ~size_t{0};

  void Fill(const Node& node, KernelNode* out, std::vector<void*>* parameters) const;
  // Nodes that are elsewhere at other addresses; false if something is that cannot be changed.
  bool Changes(const DevicePointer* slots, std::vector<uint32_t>* out) const;

  const Driver& driver_;
  const Context& context_;
  const Plan& plan_;
  std::vector<DevicePointer> slots_;
  std::vector<Node> changeable_;
  std::vector<std::vector<uint32_t>> uses_;  // of each slot: places in changeable_
  std::vector<bool> is_fixed_;               // of each slot: whether something else uses it
  size_t nodes_ = 0;
  GraphHandle graph_ = nullptr;
  GraphExecHandle exec_ = nullptr;
};

}  // namespace cotangent::cuda
