#include "cuda/graph.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace cotangent::cuda {
// Appends the nodes of a plan one after the other: arguments share memory in the order of the plan.
class Graph::Builder {
 public:
  Builder(Graph& graph, Stream& stream, RunHooks& hooks, const Conditions* conditions)
      : the_(graph),
        plan_(graph.plan_),
        driver_(graph.driver_),
        stream_(stream),
        hooks_(hooks),
        conditions_(conditions),
        in_(graph.graph_),
        at_(plan_.slots.size()),
        args_(plan_.max_args),
        parameters_(plan_.max_args) {
    std::iota(at_.begin(), at_.end(), 0);
  }

  void Run() {
    ForStages(Plan::Home::kParameter, Node::Kind::kFetch);
    All(plan_.thunks);
    ForStages(Plan::Home::kOutput, Node::Kind::kDeliver);
  }

 private:
  void All(const Thunks& thunks) {
    for (const Thunk& thunk : thunks) One(thunk);
  }

  // Slots of one parameter or result have one stage.
  void ForStages(Plan::Home home, Node::Kind kind) {
    std::vector<DevicePointer> done;
    for (uint32_t slot = 0; slot < plan_.slots.size(); slot++) {
      const DevicePointer stage = the_.stages_[slot];
      if (stage == 0 || plan_.slots[slot].home != home) continue;
      if (std::find(done.begin(), done.end(), stage) != done.end()) continue;
      done.push_back(stage);
      AddCopy({kind, nullptr, nullptr, plan_.slots[slot].bytes, {slot}});
    }
  }

  void One(const Thunk& thunk) {
    switch (thunk.kind) {
      case Thunk::Kind::kLaunch:
        return Launch(thunk);
      case Thunk::Kind::kRoutine:
        return Call(thunk);
      case Thunk::Kind::kCopy:
        return Copy(plan_.operands[thunk.args.begin], plan_.operands[thunk.args.begin + 1],
                    static_cast<size_t>(thunk.bytes));
      case Thunk::Kind::kWhile:
        return thunk.grain >= 0 ? Repeat(thunk) : While(thunk);
      case Thunk::Kind::kConditional:
        return Choose(thunk);
      default:
        throw std::logic_error("this cannot be part of a graph");
    }
  }

  // A slot's place in the plan, as loops have exchanged them, and its address.
  uint32_t PlaceOf(uint32_t slot) const { return at_[slot]; }
  DevicePointer AddressOf(uint32_t slot) const { return the_.AddressOf(at_[slot]); }
  // Something has this address that cannot be changed.
  void Fix(uint32_t place) {
    if (the_.stages_[place] == 0) the_.is_fixed_[place] = true;
  }

  const GraphNodeHandle* After() const { return last_ == nullptr ? nullptr : &last_; }
  size_t AfterCount() const { return last_ == nullptr ? 0 : 1; }
  void Added(GraphNodeHandle node) {
    last_ = node;
    the_.nodes_++;
  }

  // Nodes inside of others' bodies cannot be changed one by one.
  void Remember(Node node) {
    const bool is_stage = node.kind == Node::Kind::kFetch || node.kind == Node::Kind::kDeliver;
    const auto number = static_cast<uint32_t>(the_.changeable_.size());
    for (const uint32_t slot : node.slots) {
      if (is_inside_) {
        Fix(slot);
      } else if (is_stage || the_.stages_[slot] == 0) {
        std::vector<uint32_t>& uses = the_.uses_[slot];
        if (uses.empty() || uses.back() != number) uses.push_back(number);
      }
    }
    if (is_inside_) return;
    node.handle = last_;
    the_.changeable_.push_back(std::move(node));
  }

  void Launch(const Thunk& thunk) {
    Node node{Node::Kind::kLaunch, nullptr, &thunk, 0, {}};
    for (uint32_t i = 0; i < thunk.args.size; i++) node.slots.push_back(PlaceOf(plan_.operands[thunk.args.begin + i]));
    AddKernel(the_.LaunchOf(node, &parameters_));
    Remember(std::move(node));
  }

  void AddKernel(const KernelNode& parameters) {
    GraphNodeHandle added = nullptr;
    driver_.Check(driver_.GraphAddKernelNode(&added, in_, After(), AfterCount(), &parameters), "to add a kernel to a graph");
    Added(added);
  }

  void Copy(uint32_t from, uint32_t to, size_t bytes) {
    if (bytes == 0 || PlaceOf(from) == PlaceOf(to)) return;
    if (AddressOf(from) == AddressOf(to)) {
      // Addresses that are one now may be two at the next call.
      Fix(PlaceOf(from));
      Fix(PlaceOf(to));
      return;
    }
    AddCopy({Node::Kind::kCopy, nullptr, nullptr, bytes, {PlaceOf(from), PlaceOf(to)}});
  }

  void AddCopy(Node node) {
    const MemcpyNode parameters = the_.CopyOf(node);
    GraphNodeHandle added = nullptr;
    driver_.Check(driver_.GraphAddMemcpyNode(&added, in_, After(), AfterCount(), &parameters, the_.context_.handle()),
                  "to add a copy to a graph");
    Added(added);
    Remember(std::move(node));
  }

  // What a library submits is captured.
  void Call(const Thunk& thunk) {
    for (uint32_t i = 0; i < thunk.args.size; i++) {
      const uint32_t slot = plan_.operands[thunk.args.begin + i];
      args_[i] = AddressOf(slot);
      Fix(PlaceOf(slot));
    }
    driver_.Check(driver_.StreamBeginCapture(stream_.handle(), kCaptureThreadLocal), "to begin a graph");
    GraphHandle captured = nullptr;
    try {
      hooks_.Call(thunk.card_routine, args_.data(), plan_.params.data() + thunk.params.begin, thunk.params.size);
    } catch (...) {
      driver_.StreamEndCapture(stream_.handle(), &captured);
      if (captured != nullptr) driver_.GraphDestroy(captured);
      throw;
    }
    driver_.Check(driver_.StreamEndCapture(stream_.handle(), &captured), "to end a graph");
    GraphNodeHandle added = nullptr;
    const Result result = driver_.GraphAddChildGraphNode(&added, in_, After(), AfterCount(), captured);
    driver_.GraphDestroy(captured);
    driver_.Check(result, "to add a call to a graph");
    Added(added);
  }

  // A loop of known turns, written out.
  void Repeat(const Thunk& thunk) {
    const Thunks& body = plan_.bodies[thunk.children.begin + 1];
    const uint32_t* swaps = plan_.operands.data() + thunk.args.begin;
    for (int64_t turn = 0; turn < thunk.grain; turn++) {
      All(body);
      for (uint32_t i = 0; i < thunk.args.size; i += 2) std::swap(at_[swaps[i]], at_[swaps[i + 1]]);
    }
    if (thunk.grain % 2 == 0) return;
    for (uint32_t i = 0; i < thunk.args.size; i += 2) {
      std::swap(at_[swaps[i]], at_[swaps[i + 1]]);
      CopyBack(swaps[i], swaps[i + 1]);
    }
  }

  void CopyBack(uint32_t to, uint32_t from) {
    Copy(from, to, std::min(plan_.slots[to].bytes, plan_.slots[from].bytes));
  }

  // Everything that follows is put into a body; what ends it goes back.
  template <typename F>
  void Inside(GraphHandle body, F&& f) {
    const GraphHandle in = in_;
    const GraphNodeHandle last = last_;
    const bool was_inside = is_inside_;
    in_ = body;
    last_ = nullptr;
    is_inside_ = true;
    f();
    in_ = in;
    last_ = last;
    is_inside_ = was_inside;
  }

  void AddSetter(const Kernel& kernel, void** parameters) {
    KernelNode node{};
    node.function = kernel.function;
    node.grid_x = node.grid_y = node.grid_z = node.block_x = node.block_y = node.block_z = 1;
    node.parameters = parameters;
    AddKernel(node);
  }

  void SetWhile(ConditionHandle handle, uint32_t slot) {
    DevicePointer predicate = AddressOf(slot);
    Fix(PlaceOf(slot));
    DevicePointer stop = hooks_.StopFlag();
    void* parameters[] = {&handle, &predicate, &stop};
    AddSetter(conditions_->set_while(), parameters);
  }

  // Turns that exchange memory copy it instead: a body is the same at every turn.
  void While(const Thunk& thunk) {
    const Thunks& condition = plan_.bodies[thunk.children.begin];
    const Thunks& body = plan_.bodies[thunk.children.begin + 1];
    const uint32_t* swaps = plan_.operands.data() + thunk.args.begin;
    const ConditionHandle handle = conditions_->Make(in_);
    All(condition);
    SetWhile(handle, thunk.slot);
    const GraphHandle inner = conditions_->Append(in_, &last_, handle, kConditionWhile);
    the_.nodes_++;
    Inside(inner, [&] {
      All(body);
      for (uint32_t i = 0; i < thunk.args.size; i += 2) CopyBack(swaps[i], swaps[i + 1]);
      All(condition);
      SetWhile(handle, thunk.slot);
    });
  }

  void Choose(const Thunk& thunk) {
    DevicePointer index = AddressOf(thunk.slot);
    Fix(PlaceOf(thunk.slot));
    uint32_t count = thunk.children.size;
    std::vector<ConditionHandle> handles;
    // All of them first: a branch may use the memory of the index.
    for (uint32_t branch = 0; branch < count; branch++) {
      handles.push_back(conditions_->Make(in_));
      void* parameters[] = {&handles.back(), &index, &branch, &count};
      AddSetter(conditions_->set_branch(), parameters);
    }
    for (uint32_t branch = 0; branch < count; branch++) {
      const GraphHandle inner = conditions_->Append(in_, &last_, handles[branch], kConditionIf);
      the_.nodes_++;
      Inside(inner, [&] { All(plan_.bodies[thunk.children.begin + branch]); });
    }
  }

  Graph& the_;
  const Plan& plan_;
  const Driver& driver_;
  Stream& stream_;
  RunHooks& hooks_;
  const Conditions* const conditions_;
  GraphHandle in_;
  GraphNodeHandle last_ = nullptr;
  bool is_inside_ = false;
  std::vector<uint32_t> at_;  // whose place each slot has
  std::vector<DevicePointer> args_;
  std::vector<void*> parameters_;
};

Graph::Graph(const Context& context, const Plan& plan, const DevicePointer* slots, Stream& stream, RunHooks& hooks,
             const Conditions* conditions, const std::vector<DevicePointer>& stages)
    : driver_(context.driver()),
      context_(context),
      plan_(plan),
      slots_(slots, slots + plan.slots.size()),
      stages_(stages),
      uses_(plan.slots.size()),
      is_fixed_(plan.slots.size()) {
  driver_.Check(driver_.GraphCreate(&graph_, 0), "to make a graph");
  try {
    Builder(*this, stream, hooks, conditions).Run();
  } catch (...) {
    driver_.GraphDestroy(graph_);
    throw;
  }
}

Graph::~Graph() {
  if (exec_ != nullptr) driver_.GraphExecDestroy(exec_);
  driver_.GraphDestroy(graph_);
}

KernelNode Graph::LaunchOf(const Node& node, std::vector<void*>* parameters) const {
  const Plan::Launch& launch = plan_.launches[static_cast<size_t>(node.thunk->units)];
  for (size_t i = 0; i < node.slots.size(); i++) {
    (*parameters)[i] = const_cast<DevicePointer*>(&AddressOf(node.slots[i]));
  }
  KernelNode out{};
  out.function = static_cast<const Kernel*>(launch.kernel)->function;
  out.grid_x = launch.grid[0], out.grid_y = launch.grid[1], out.grid_z = launch.grid[2];
  out.block_x = launch.block, out.block_y = out.block_z = 1;
  out.shared_bytes = launch.shared_bytes;
  out.parameters = parameters->data();
  return out;
}

MemcpyNode Graph::CopyOf(const Node& node) const {
  const uint32_t first = node.slots.front(), last = node.slots.back();
  MemcpyNode out{};
  out.from.kind = out.to.kind = kMemoryDevice;
  out.from.device = node.kind == Node::Kind::kFetch ? slots_[first] : AddressOf(first);
  out.to.device = node.kind == Node::Kind::kDeliver ? slots_[last] : AddressOf(last);
  out.width = node.bytes;
  out.height = out.depth = 1;
  return out;
}

bool Graph::IsAt(const DevicePointer* slots) const { return std::equal(slots_.begin(), slots_.end(), slots); }

bool Graph::Changes(const DevicePointer* slots, std::vector<uint32_t>* out) const {
  for (size_t slot = 0; slot < slots_.size(); slot++) {
    if (slots_[slot] == slots[slot]) continue;
    if (is_fixed_[slot]) return false;
    out->insert(out->end(), uses_[slot].begin(), uses_[slot].end());
  }
  std::sort(out->begin(), out->end());
  out->erase(std::unique(out->begin(), out->end()), out->end());
  // A copy from an address to itself would have been left out.
  const auto at = [&](uint32_t slot) { return stages_[slot] != 0 ? stages_[slot] : slots[slot]; };
  return std::none_of(out->begin(), out->end(), [&](uint32_t i) {
    const Node& node = changeable_[i];
    return node.kind == Node::Kind::kCopy && at(node.slots[0]) == at(node.slots[1]);
  });
}

size_t Graph::ChangesTo(const DevicePointer* slots) const {
  std::vector<uint32_t> changed;
  return Changes(slots, &changed) ? changed.size() : kNever;
}

void Graph::MoveTo(const DevicePointer* slots) {
  std::vector<uint32_t> changed;
  Changes(slots, &changed);
  std::copy(slots, slots + slots_.size(), slots_.begin());
  std::vector<void*> parameters(plan_.max_args);
  for (const uint32_t i : changed) {
    const Node& node = changeable_[i];
    if (node.kind == Node::Kind::kLaunch) {
      const KernelNode kernel = LaunchOf(node, &parameters);
      driver_.Check(driver_.GraphExecKernelNodeSetParams(exec_, node.handle, &kernel), "to change a graph");
    } else {
      const MemcpyNode copy = CopyOf(node);
      driver_.Check(driver_.GraphExecMemcpyNodeSetParams(exec_, node.handle, &copy, context_.handle()),
                    "to change a graph");
    }
  }
}

bool Graph::Become(Graph& other) {
  GraphUpdateInfo info{};
  if (driver_.GraphExecUpdate(exec_, other.graph_, &info) != kSuccess) return false;
  // Its nodes are still known by the handles that they were made with.
  slots_ = other.slots_;
  stages_ = other.stages_;
  is_fixed_ = other.is_fixed_;
  uses_ = other.uses_;
  return true;
}

void Graph::Instantiate() { driver_.Check(driver_.GraphInstantiate(&exec_, graph_, 0), "to instantiate a graph"); }

void Graph::Launch(Stream& stream) const {
  driver_.Check(driver_.GraphLaunch(exec_, stream.handle()), "to launch a graph");
  stream.Submitted();
}

}  // namespace cotangent::cuda
