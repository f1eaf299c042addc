#include "cuda/libraries/dnn_plans.h"

#include <algorithm>

#include "cuda/libraries/tuner.h"

namespace cotangent::cuda {
namespace {

constexpr size_t kProposals = 8;

}  // namespace

bool DnnNotes::Has(int note) const { return std::find(notes_.begin(), notes_.end(), note) != notes_.end(); }

DnnPlans::DnnPlans(const Dnn& dnn, const DnnProblem& problem) : dnn_(dnn), constants_(problem.constants) {
  std::vector<dnn::Raw> operations;
  for (const DnnDescriptor& operation : problem.operations) operations.push_back(operation.raw());
  DnnDescriptor graph(dnn, dnn::kGraph);
  graph.Set(dnn::kGraphOperations, dnn::kTypeDescriptor, operations.data(), static_cast<int64_t>(operations.size()));
  graph.Set(dnn::kGraphHandle, dnn::kTypeHandle, &dnn.handle());
  graph.Finish();
  for (const int heuristic_mode : {dnn::kModeA, dnn::kModeFallback}) {
    Propose(problem, graph, heuristic_mode);
    // What lies behind the fallback is slow: it is for shapes that have nothing else.
    if (!plans_.empty()) return;
  }
  throw LibraryError("cuDNN", "to find an engine", problem.unknown);
}

void DnnPlans::Propose(const DnnProblem& problem, const DnnDescriptor& graph, int heuristic_mode) {
  const dnn::Api& api = dnn_.api();
  DnnDescriptor heuristic(dnn_, dnn::kHeuristic);
  heuristic.Set(dnn::kHeuristicGraph, graph);
  heuristic.SetOne(dnn::kHeuristicMode, dnn::kTypeHeuristicMode, heuristic_mode);
  if (!heuristic.TryFinish()) return;
  std::vector<DnnDescriptor> configs;
  std::vector<dnn::Raw> raw;
  // More than are tried: some are not allowed, and some do not run here.
  for (size_t k = 0; k < 4 * kProposals; k++) {
    configs.emplace_back(dnn_, dnn::kEngineConfig);
    raw.push_back(configs.back().raw());
  }
  int64_t count = 0;
  if (api.Get(heuristic.raw(), dnn::kHeuristicResults, dnn::kTypeDescriptor, static_cast<int64_t>(raw.size()), &count,
              raw.data()) != dnn::kSuccess) {
    return;
  }
  for (int64_t k = 0; k < count && plans_.size() < kProposals; k++) {
    const DnnDescriptor& config = configs[static_cast<size_t>(k)];
    if (!IsAllowed(problem, config)) continue;
    DnnDescriptor plan(dnn_, dnn::kPlan);
    plan.Set(dnn::kPlanConfig, config);
    plan.Set(dnn::kPlanHandle, dnn::kTypeHandle, &dnn_.handle());
    if (!plan.TryFinish()) continue;
    int64_t bytes = 0, found = 0;
    dnn_.Check(api.Get(plan.raw(), dnn::kPlanWorkspaceBytes, dnn::kTypeInt64, 1, &found, &bytes), "to plan");
    if (bytes <= problem.most_workspace) plans_.push_back({std::move(plan), bytes});
  }
}

// Some engines give other bits in every run.
bool DnnPlans::IsAllowed(const DnnProblem& problem, const DnnDescriptor& config) const {
  const bool repeats = MustRepeat();
  if (!problem.allows && !repeats) return true;
  const dnn::Api& api = dnn_.api();
  DnnDescriptor engine(dnn_, dnn::kEngine);
  dnn::Raw raw = engine.raw();
  int64_t count = 0;
  if (api.Get(config.raw(), dnn::kConfigEngine, dnn::kTypeDescriptor, 1, &count, &raw) != dnn::kSuccess) return false;
  std::vector<int> found(dnn::kNotes);
  if (api.Get(raw, dnn::kEngineNotes, dnn::kTypeNote, dnn::kNotes, &count, found.data()) != dnn::kSuccess) return false;
  found.resize(static_cast<size_t>(std::min<int64_t>(count, dnn::kNotes)));
  const DnnNotes notes(std::move(found));
  if (repeats && notes.Has(dnn::kNoteNondeterministic)) return false;
  return !problem.allows || problem.allows(notes);
}

bool DnnPlans::TryRun(const Plan& plan, const DnnPack& pack, DevicePointer workspace, Stream& stream) const {
  void* const work = reinterpret_cast<void*>(static_cast<uintptr_t>(workspace));
  DnnDescriptor described(dnn_, dnn::kPack);
  described.Set(dnn::kPackPointers, dnn::kTypePointer, pack.pointers.data(), static_cast<int64_t>(pack.pointers.size()));
  described.Set(dnn::kPackIds, pack.ids);
  described.Set(dnn::kPackWorkspace, dnn::kTypePointer, &work);
  described.Finish();
  stream.Submitted();
  return dnn_.api().Execute(dnn_.handle(), plan.plan.raw(), described.raw()) == dnn::kSuccess;
}

void DnnPlans::Choose(const DnnPack& pack, Stream& stream, Scratch& scratch) {
  chosen_ = true;
  int64_t most = 0;
  for (const Plan& plan : plans_) most = std::max(most, plan.workspace_bytes);
  const DevicePointer workspace = scratch.Get(static_cast<size_t>(most));
  const size_t best =
      Fastest(stream, plans_.size(), [&](size_t k) { return TryRun(plans_[k], pack, workspace, stream); });
  std::vector<Plan> kept;
  kept.push_back(std::move(plans_[best]));
  for (size_t k = 0; k < plans_.size(); k++) {
    if (k != best) kept.push_back(std::move(plans_[k]));
  }
  plans_.swap(kept);
}

void DnnPlans::Run(DnnPack pack, Stream& stream, Scratch& scratch, const char* doing) {
  for (auto& [id, value] : constants_) pack.AddHost(id, &value);
  dnn_.Check(dnn_.api().SetStream(dnn_.handle(), stream.handle()), "to take a stream");
  if (!chosen_ && MayTry(stream)) Choose(pack, stream, scratch);
  for (const Plan& plan : plans_) {
    if (TryRun(plan, pack, scratch.Get(static_cast<size_t>(plan.workspace_bytes)), stream)) return;
  }
  throw LibraryError("cuDNN", doing, "none of its engines runs here");
}

}  // namespace cotangent::cuda
