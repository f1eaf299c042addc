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
  // Nothing runs yet. `conditions` may be null where nothing depends on data. Where `stages` has an address for a slot, its
  // parameter is copied there first, or its result from there in the end, and all else uses that place. Throws what the
  // driver or a library throws.
  Graph(const Context& context, const Plan& plan, const DevicePointer* slots, Stream& stream, RunHooks& hooks,
        const Conditions* conditions, const std::vector<DevicePointer>& stages);
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
  // Slots whose address something has that cannot be changed.
  const std::vector<bool>& is_fixed() const { return is_fixed_; }

 private:
  class Builder;
  // A launch, and the slots that it has as arguments; or a copy from one slot to another, to a slot's stage or from there.
  struct Node {
    enum class Kind { kLaunch, kCopy, kFetch, kDeliver } kind;
    GraphNodeHandle handle;
    const Thunk* thunk;  // of a launch
    size_t bytes;        // of a copy
    std::vector<uint32_t> slots;
  };

  // Where the nodes find a slot: not where the caller has it, if it has a stage.
  const DevicePointer& AddressOf(uint32_t slot) const { return stages_[slot] != 0 ? stages_[slot] : slots_[slot]; }
  KernelNode LaunchOf(const Node& node, std::vector<void*>* parameters) const;
  MemcpyNode CopyOf(const Node& node) const;
  // Nodes that are elsewhere at other addresses; false if something is that cannot be changed.
  bool Changes(const DevicePointer* slots, std::vector<uint32_t>* out) const;

  const Driver& driver_;
  const Context& context_;
  const Plan& plan_;
  std::vector<DevicePointer> slots_;
  std::vector<DevicePointer> stages_;  // of each slot, or 0
  std::vector<Node> changeable_;
  std::vector<std::vector<uint32_t>> uses_;  // of each slot: places in changeable_
  std::vector<bool> is_fixed_;               // of each slot: whether something else uses it
  size_t nodes_ = 0;
  GraphHandle graph_ = nullptr;
  GraphExecHandle exec_ = nullptr;
};

}  // namespace cotangent::cuda
