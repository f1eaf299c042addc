// Conditions inside of graphs: loops and branches whose turns the card decides by itself. A kernel sets the condition, by a
// device function that the driver links into PTX as it loads it: nothing of CUDA's runtime is needed.
#pragma once

#include <vector>

#include "cuda/module.h"

namespace cotangent::cuda {

class Conditions {
 public:
  // Whether the driver has such nodes: 12.4 and later.
  static bool AreSupported(const Driver& driver) {
    return driver.version() >= kOldest && driver.GraphAddNode != nullptr && driver.GraphConditionalHandleCreate != nullptr;
  }
  explicit Conditions(const Context& context);

  // For a node of this graph.
  ConditionHandle Make(GraphHandle graph) const;
  // Appends a node that runs what is put into its body, which is returned: once if the condition holds when its turn
  // comes, or as long as it holds.
  GraphHandle Append(GraphHandle graph, GraphNodeHandle* last, ConditionHandle handle, int type) const;

  // (handle, address of a byte, RunHooks::StopFlag): the condition holds if the byte is not zero and nothing is to stop.
  const Kernel& set_while() const { return set_while_; }
  // (handle, address of an int32, branch, branches): it holds if the integer, clamped, is this branch.
  const Kernel& set_branch() const { return set_branch_; }

 private:
  static constexpr int kOldest = 12040;

  const Context& context_;
  const Module module_;
  const Kernel set_while_;
  const Kernel set_branch_;
};

}  // namespace cotangent::cuda
