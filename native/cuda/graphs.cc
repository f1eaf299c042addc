#include "cuda/graphs.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <utility>

#include "cuda/pool.h"

namespace cotangent::cuda {
namespace {

bool AreWanted() {
  const char* text = std::getenv("COTANGENT_CUDA_GRAPHS");
  return text == nullptr || std::strcmp(text, "0") != 0;
}

// Branches each take a kernel that asks whether it is their turn.
constexpr uint32_t kMostBranches = 16;

// Memory that turns exchange is two places each, which no other pair has.
bool AreDistinct(const Plan& plan, const Thunk& loop) {
  std::vector<uint32_t> slots(plan.operands.begin() + loop.args.begin,
                              plan.operands.begin() + loop.args.begin + loop.args.size);
  std::sort(slots.begin(), slots.end());
  return std::adjacent_find(slots.begin(), slots.end()) == slots.end();
}

bool AllCanBeNodes(const Plan& plan, const Thunks& thunks) {
  return std::all_of(thunks.begin(), thunks.end(), [&](const Thunk& thunk) {
    switch (thunk.kind) {
      case Thunk::Kind::kLaunch:
      case Thunk::Kind::kRoutine:
      case Thunk::Kind::kCopy:
        return true;
      case Thunk::Kind::kWhile:
        if (!AreDistinct(plan, thunk)) return false;
        break;
      case Thunk::Kind::kConditional:
        if (thunk.children.size > kMostBranches) return false;
        break;
      default:
        return false;
    }
    for (uint32_t i = 0; i < thunk.children.size; i++) {
      if (!AllCanBeNodes(plan, plan.bodies[thunk.children.begin + i])) return false;
    }
    return true;
  });
}

}  // namespace

Graphs::Graphs(const Context& context, const Plan& plan, double steps)
    : context_(context),
      plan_(plan),
      is_possible_(AreWanted() && !plan.has_host && steps <= kMostSteps &&
                   (plan.has_choice ? Conditions::AreSupported(context.driver()) : steps >= kFewestSteps) &&
                   AllCanBeNodes(plan, plan.thunks)),
      stages_(plan.slots.size()) {}

Graphs::~Graphs() {
  graphs_.clear();
  if (stage_memory_ != 0) context_.driver().MemFree(stage_memory_);
}

uint64_t Graphs::HashOf(const DevicePointer* slots, size_t count) {
  uint64_t hash = 0x9E3779B97F4A7C15u;
  for (size_t i = 0; i < count; i++) hash = (hash ^ slots[i]) * 0xFF51AFD7ED558CCDu, hash ^= hash >> 32;
  return hash;
}

bool Graphs::Has(const DevicePointer* slots) const {
  return std::any_of(graphs_.begin(), graphs_.end(),
                     [&](const auto& graph) { return graph->IsAt(slots) || graph->ChangesTo(slots) <= kMostChanges; });
}

// Where parameters and results are that come and go and have fixed addresses in graphs; donated ones stay where they are.
bool Graphs::MakeStages() {
  if (has_tried_stages_) return false;
  has_tried_stages_ = true;
  std::vector<bool> is_donated(plan_.num_parameters);
  for (const Plan::Output& output : plan_.outputs) {
    if (output.donated >= 0) is_donated[static_cast<size_t>(output.donated)] = true;
  }
  std::map<std::pair<Plan::Home, uint64_t>, size_t> offsets;
  size_t bytes = 0;
  const auto place_of = [&](size_t slot) { return std::make_pair(plan_.slots[slot].home, plan_.slots[slot].at); };
  for (size_t slot = 0; slot < plan_.slots.size(); slot++) {
    const auto& [home, at, size] = plan_.slots[slot];
    const bool moves = (home == Plan::Home::kParameter && !is_donated[at]) ||
                       (home == Plan::Home::kOutput && plan_.outputs[at].donated < 0);
    if (!moves || size == 0 || !graphs_.front()->is_fixed()[slot] || !offsets.emplace(place_of(slot), bytes).second) continue;
    bytes += (size + 2 * Pool::kPadding - 1) / Pool::kAlignment * Pool::kAlignment;
  }
  if (bytes == 0 || bytes > kMostStaged) return false;
  // Without room for them, there are none.
  if (context_.driver().MemAlloc(&stage_memory_, bytes) != kSuccess) return false;
  for (size_t slot = 0; slot < plan_.slots.size(); slot++) {
    const auto found = offsets.find(place_of(slot));
    if (found != offsets.end()) stages_[slot] = stage_memory_ + found->second;
  }
  return true;
}

bool Graphs::ComesAgain(const DevicePointer* slots) {
  const uint64_t hash = HashOf(slots, plan_.slots.size());
  const auto found = std::find(seen_.begin(), seen_.end(), hash);
  const bool again = found != seen_.end();
  if (again) seen_.erase(found);
  seen_.push_front(hash);
  if (seen_.size() > kRemembered) seen_.pop_back();
  return again;
}

bool Graphs::Launch(const DevicePointer* slots, Stream& stream, RunHooks& hooks) {
  if (!is_possible_) return false;
  try {
    return TryLaunch(slots, stream, hooks);
  } catch (const std::exception&) {
    // The driver has no room for it, or a library does what cannot be captured: then never again. If the card itself is
    // at fault, the launches that follow say so.
    is_possible_ = false;
    graphs_.clear();
    return false;
  }
}

bool Graphs::TryLaunch(const DevicePointer* slots, Stream& stream, RunHooks& hooks) {
  const auto launch = [&](auto at) {
    std::unique_ptr<Graph> graph = std::move(*at);
    graphs_.erase(at);
    graphs_.push_front(std::move(graph));
    previous_.clear();
    graphs_.front()->Launch(stream);
    return true;
  };
  const auto same = std::find_if(graphs_.begin(), graphs_.end(), [&](const auto& graph) { return graph->IsAt(slots); });
  if (same != graphs_.end()) return launch(same);

  const bool again = ComesAgain(slots);
  if (!again) {
    // A loop that keeps a result of every step: only where that goes changes.
    for (auto at = graphs_.begin(); at != graphs_.end(); ++at) {
      if ((*at)->ChangesTo(slots) > kMostChanges) continue;
      (*at)->MoveTo(slots);
      return launch(at);
    }
  }
  // The second run: those to come will be like it, but for a few addresses. Where one is not, as batches come in memory of
  // their own that libraries read, they are copied from then on.
  const bool is_second = !previous_.empty() && graphs_.empty();
  if (!again && !is_second && (graphs_.empty() || !MakeStages())) {
    previous_.assign(slots, slots + plan_.slots.size());
    return false;
  }
  Make(slots, stream, hooks);
  return launch(graphs_.begin());
}

void Graphs::Make(const DevicePointer* slots, Stream& stream, RunHooks& hooks) {
  if (plan_.has_choice && conditions_ == nullptr) conditions_ = std::make_unique<Conditions>(context_);
  auto graph = std::make_unique<Graph>(context_, plan_, slots, stream, hooks, conditions_.get(), stages_);
  if (graphs_.size() < kMost) {
    graph->Instantiate();
    graphs_.push_front(std::move(graph));
    return;
  }
  std::unique_ptr<Graph> old = std::move(graphs_.back());
  graphs_.pop_back();
  if (!old->Become(*graph)) {
    old = nullptr;
    graph->Instantiate();
    old = std::move(graph);
  }
  graphs_.push_front(std::move(old));
}

}  // namespace cotangent::cuda
