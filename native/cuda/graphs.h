// The graphs that a program's runs have become: a few, by the addresses of its arguments, the least used given up first.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "cuda/graph.h"

namespace cotangent::cuda {

// Used by one thread at a time, in the context.
class Graphs {
 public:
  static constexpr size_t kMost = 8;
  // Fewer launches than this cost no more one by one.
  static constexpr double kFewestSteps = 3;
  static constexpr double kMostSteps = 2048;

  // How many steps a run has if nothing depends on data. COTANGENT_CUDA_GRAPHS=0 makes it never have graphs.
  Graphs(const Context& context, const Plan& plan, double steps);
  ~Graphs();
  Graphs(const Graphs&) = delete;
  Graphs& operator=(const Graphs&) = delete;

  // Submits a run as a graph. False, with nothing submitted, where it has to be run step by step: at first, when kernels
  // are loaded and libraries choose; at addresses that do not come again; and where the plan cannot be a graph.
  bool Launch(const DevicePointer* slots, Stream& stream, RunHooks& hooks);
  // Whether a run at these addresses is a graph already, or becomes one by a few changes.
  bool Has(const DevicePointer* slots) const;
  size_t size() const { return graphs_.size(); }

 private:
  // Changing more nodes than this takes longer than it is worth.
  static constexpr size_t kMostChanges = 16;
  // Addresses of late runs, that it is known by whether they come again.
  static constexpr size_t kRemembered = 2 * kMost;
  // What a program's stages may take together.
  static constexpr size_t kMostStaged = size_t{64} << 20;

  static uint64_t HashOf(const DevicePointer* slots, size_t count);
  bool ComesAgain(const DevicePointer* slots);
  bool TryLaunch(const DevicePointer* slots, Stream& stream, RunHooks& hooks);
  void Make(const DevicePointer* slots, Stream& stream, RunHooks& hooks);
  bool MakeStages();

  const Context& context_;
  const Plan& plan_;
  bool is_possible_;
  std::unique_ptr<Conditions> conditions_;
  std::deque<std::unique_ptr<Graph>> graphs_;  // the latest used first
  std::deque<uint64_t> seen_;                  // hashes of addresses, the latest first
  std::vector<DevicePointer> previous_;        // the last run's, if it was no graph
  std::vector<DevicePointer> stages_;          // of each slot, or 0: from when there are any, graphs are made with them
  DevicePointer stage_memory_ = 0;
  bool has_tried_stages_ = false;
};

}  // namespace cotangent::cuda
