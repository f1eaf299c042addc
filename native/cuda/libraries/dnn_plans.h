// The ways in which cuDNN's engines compute a graph of operations. Each is timed once on the card, and the best is kept
// while the process runs (tuner.h).
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cuda/libraries/dnn.h"

namespace cotangent::cuda {

// What an engine says of its numbers.
class DnnNotes {
 public:
  explicit DnnNotes(std::vector<int> notes) : notes_(std::move(notes)) {}
  bool Has(int note) const;

 private:
  std::vector<int> notes_;
};

struct DnnProblem {
  std::vector<DnnDescriptor> operations;
  // Tensors of one element, by their identifiers.
  std::vector<std::pair<int64_t, float>> constants;
  // Whether an engine may be asked; all that repeat their bits where they must, if there is none.
  std::function<bool(const DnnNotes&)> allows;
  int64_t most_workspace;
  std::string unknown;  // what is told where no engine computes it
};

// The memory of a graph's tensors, by their identifiers.
struct DnnPack {
  std::vector<int64_t> ids;
  std::vector<void*> pointers;

  void Add(int64_t id, DevicePointer address) { AddHost(id, reinterpret_cast<void*>(static_cast<uintptr_t>(address))); }
  void AddHost(int64_t id, void* value) { ids.push_back(id), pointers.push_back(value); }
};

class DnnPlans {
 public:
  // Throws LibraryError where no engine is left.
  DnnPlans(const Dnn& dnn, const DnnProblem& problem);
  // Submits to the stream, with memory that it works in from `scratch`.
  void Run(DnnPack pack, Stream& stream, Scratch& scratch, const char* doing);

 private:
  struct Plan {
    DnnDescriptor plan;
    int64_t workspace_bytes;
  };
  void Propose(const DnnProblem& problem, const DnnDescriptor& graph, int heuristic_mode);
  bool IsAllowed(const DnnProblem& problem, const DnnDescriptor& config) const;
  bool TryRun(const Plan& plan, const DnnPack& pack, DevicePointer workspace, Stream& stream) const;
  void Choose(const DnnPack& pack, Stream& stream, Scratch& scratch);

  const Dnn& dnn_;
  std::vector<std::pair<int64_t, float>> constants_;
  std::vector<Plan> plans_;  // the best first, once it is chosen
  bool chosen_ = false;
};

}  // namespace cotangent::cuda
