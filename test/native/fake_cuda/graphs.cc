// Graphs: making them, by capture or node by node, and running and changing what is instantiated.
#include <algorithm>
#include <cstring>

#include "fake_cuda.h"

namespace cotangent::cuda {

struct GraphExecTag {
  GraphHandle graph;                                // a copy
  std::map<GraphNodeHandle, GraphNodeHandle> copy;  // of the graph's nodes
};

namespace fake {
namespace {

constexpr Result kErrorUpdateFailed = 910;

GraphHandle CopyOf(const GraphTag& graph, std::map<GraphNodeHandle, GraphNodeHandle>* copies) {
  auto* out = new GraphTag;
  for (const auto& node : graph.nodes) {
    out->nodes.push_back(std::make_unique<GraphNodeTag>(*node));
    if (node->body != nullptr) out->nodes.back()->body = CopyOf(*node->body, nullptr);
    if (copies != nullptr) (*copies)[node.get()] = out->nodes.back().get();
  }
  return out;
}

void Destroy(GraphHandle graph) {
  for (const auto& node : graph->nodes) {
    if (node->body != nullptr) Destroy(node->body);
  }
  delete graph;
}

size_t CountOf(const GraphTag& graph) {
  size_t out = 0;
  for (const auto& node : graph.nodes) out += 1 + (node->body == nullptr ? 0 : CountOf(*node->body));
  return out;
}

void RunGraph(const GraphTag& graph);

void RunNode(const GraphNodeTag& node) {
  if (state().error != kSuccess) return;
  if (node.run) node.run();
  if (node.kind == GraphNodeTag::kChild) RunGraph(*node.body);
  if (node.kind != GraphNodeTag::kCondition) return;
  unsigned& condition = state().conditions[node.condition];
  if (node.type == kConditionIf && condition != 0) RunGraph(*node.body);
  while (node.type == kConditionWhile && condition != 0 && state().error == kSuccess) RunGraph(*node.body);
}

void RunGraph(const GraphTag& graph) {
  std::vector<bool> done(graph.nodes.size());
  for (size_t left = done.size(); left > 0; left--) {
    for (size_t i = done.size(); i-- > 0;) {
      const auto& after = graph.nodes[i]->after;
      if (done[i] || !std::all_of(after.begin(), after.end(), [&](size_t n) { return done[n]; })) continue;
      RunNode(*graph.nodes[i]);
      done[i] = true;
      break;
    }
  }
}

// Alike but for what kernels and copies are given.
bool CanBecome(const GraphTag& a, const GraphTag& b) {
  if (a.nodes.size() != b.nodes.size()) return false;
  for (size_t i = 0; i < a.nodes.size(); i++) {
    const GraphNodeTag &x = *a.nodes[i], &y = *b.nodes[i];
    if (x.kind != y.kind || x.after != y.after || x.kind == GraphNodeTag::kCondition) return false;
    if (x.body != nullptr && !CanBecome(*x.body, *y.body)) return false;
  }
  return true;
}

bool IsPlainCopy(const MemcpyNode& m) {
  return m.from.kind == kMemoryDevice && m.to.kind == kMemoryDevice && m.height == 1 && m.depth == 1;
}
std::function<void()> RunOf(const MemcpyNode& m) {
  return [=] { std::memcpy(Pointer(m.to.device), Pointer(m.from.device), m.width); };
}
std::string CopyText(const MemcpyNode& m) {
  return "a copy of " + std::to_string(m.width) + " bytes from " + Place(m.from.device) + " to " + Place(m.to.device);
}

}  // namespace

GraphNodeHandle Append(GraphHandle graph, GraphNodeTag::Kind kind, const GraphNodeHandle* after, size_t count) {
  std::vector<size_t> numbers;
  for (size_t i = 0; i < count; i++) {
    const auto is_it = [&](const auto& node) { return node.get() == after[i]; };
    if (std::none_of(graph->nodes.begin(), graph->nodes.end(), is_it)) return nullptr;
    numbers.push_back(after[i]->number);
  }
  auto node = std::make_unique<GraphNodeTag>();
  node->kind = kind;
  node->number = graph->nodes.size();
  node->after = std::move(numbers);
  graph->nodes.push_back(std::move(node));
  return graph->nodes.back().get();
}

FAKE Result cuStreamBeginCapture_v2(StreamHandle stream, int) {
  LOCKED;
  stream->capture = new GraphTag;
  state().graphs++;
  return kSuccess;
}
FAKE Result cuStreamEndCapture(StreamHandle stream, GraphHandle* graph) {
  LOCKED;
  *graph = stream->capture;
  stream->capture = nullptr;
  if (Setting("capture") == kSuccess) return kSuccess;
  Destroy(*graph);
  state().graphs--;
  *graph = nullptr;
  return Setting("capture");
}
FAKE Result cuGraphCreate(GraphHandle* graph, unsigned) {
  LOCKED;
  *graph = new GraphTag;
  state().graphs++;
  return kSuccess;
}
FAKE Result cuGraphAddKernelNode_v2(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                    const KernelNode* k) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kKernel, after, count);
  if (*node == nullptr || k->extra != nullptr || static_cast<int>(k->shared_bytes) > k->function->shared) {
    return kErrorInvalidValue;
  }
  const auto args = ArgumentsOf(*k->function, k->parameters);
  Log("a graph gets " + LaunchText(*k->function, k->grid_x, k->grid_y, k->grid_z, k->block_x, k->shared_bytes, args));
  (*node)->run = RunOf(k->function, k->grid_x, k->block_x, k->shared_bytes, args);
  return kSuccess;
}
FAKE Result cuGraphExecKernelNodeSetParams_v2(GraphExecHandle exec, GraphNodeHandle node, const KernelNode* k) {
  LOCKED;
  const auto found = exec->copy.find(node);
  if (found == exec->copy.end() || node->kind != GraphNodeTag::kKernel) return kErrorInvalidValue;
  const auto args = ArgumentsOf(*k->function, k->parameters);
  Log("a graph changes " + LaunchText(*k->function, k->grid_x, k->grid_y, k->grid_z, k->block_x, k->shared_bytes, args));
  found->second->run = RunOf(k->function, k->grid_x, k->block_x, k->shared_bytes, args);
  return kSuccess;
}
FAKE Result cuGraphAddMemcpyNode(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                 const MemcpyNode* copy, ContextHandle context) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kCopy, after, count);
  if (*node == nullptr || context == nullptr || !IsPlainCopy(*copy)) return kErrorInvalidValue;
  Log("a graph gets " + CopyText(*copy));
  (*node)->run = RunOf(*copy);
  return kSuccess;
}
FAKE Result cuGraphExecMemcpyNodeSetParams(GraphExecHandle exec, GraphNodeHandle node, const MemcpyNode* copy,
                                           ContextHandle) {
  LOCKED;
  const auto found = exec->copy.find(node);
  if (found == exec->copy.end() || node->kind != GraphNodeTag::kCopy) return kErrorInvalidValue;
  Log("a graph changes " + CopyText(*copy));
  found->second->run = RunOf(*copy);
  return kSuccess;
}
FAKE Result cuGraphAddChildGraphNode(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                     GraphHandle child) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kChild, after, count);
  if (*node == nullptr) return kErrorInvalidValue;
  Log("a graph gets a child of " + std::to_string(CountOf(*child)));
  (*node)->body = CopyOf(*child, nullptr);
  return kSuccess;
}
FAKE Result cuGraphConditionalHandleCreate(ConditionHandle* handle, GraphHandle graph, ContextHandle, unsigned initial,
                                           unsigned flags) {
  LOCKED;
  *handle = state().conditions.size() + 1;
  state().conditions[*handle] = flags == kConditionAssignDefault ? initial : 77;
  graph->conditions.push_back(*handle);
  return kSuccess;
}
FAKE Result cuGraphAddNode_v2(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, const void*,
                              size_t count, ConditionalNode* given) {
  LOCKED;
  const auto& made = graph->conditions;
  if (given->type != kNodeConditional || std::count(made.begin(), made.end(), given->handle) == 0) {
    return kErrorInvalidValue;
  }
  *node = Append(graph, GraphNodeTag::kCondition, after, count);
  if (*node == nullptr) return kErrorInvalidValue;
  (*node)->body = new GraphTag;
  (*node)->type = given->condition_type;
  (*node)->condition = given->handle;
  given->bodies = &(*node)->body;
  Log(given->condition_type == kConditionWhile ? "a graph gets a loop" : "a graph gets a branch");
  return kSuccess;
}
FAKE Result cuGraphInstantiateWithFlags(GraphExecHandle* exec, GraphHandle graph, unsigned long long) {
  LOCKED;
  if (Setting("instantiate") != kSuccess) return Setting("instantiate");
  auto made = std::make_unique<GraphExecTag>();
  made->graph = CopyOf(*graph, &made->copy);
  *exec = made.release();
  Log("a graph of " + std::to_string(CountOf(*graph)) + " is instantiated");
  state().graphs++;
  return kSuccess;
}
#ifndef FAKE_CUDA_WITHOUT_GRAPHS
FAKE Result cuGraphLaunch(GraphExecHandle exec, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " launches a graph of " + std::to_string(CountOf(*exec->graph)));
  if (Setting("launch") != kSuccess) return Setting("launch");
  // As it is now: what changes it or ends it later is none of this launch's.
  const std::shared_ptr<GraphTag> graph(CopyOf(*exec->graph, nullptr), Destroy);
  return Submit(stream, {[=] { RunGraph(*graph); }});
}
#endif
FAKE Result cuGraphExecUpdate_v2(GraphExecHandle exec, GraphHandle graph, GraphUpdateInfo* info) {
  LOCKED;
  *info = {0, nullptr, nullptr};
  if (Setting("update") != kSuccess || !CanBecome(*exec->graph, *graph)) return kErrorUpdateFailed;
  Log("a graph becomes another");
  for (size_t i = 0; i < graph->nodes.size(); i++) {
    GraphNodeTag& mine = *exec->graph->nodes[i];
    mine.run = graph->nodes[i]->run;
    if (mine.body == nullptr) continue;
    Destroy(mine.body);
    mine.body = CopyOf(*graph->nodes[i]->body, nullptr);
  }
  return kSuccess;
}
FAKE Result cuGraphExecDestroy(GraphExecHandle exec) {
  LOCKED;
  Destroy(exec->graph);
  delete exec;
  state().graphs--;
  return kSuccess;
}
FAKE Result cuGraphDestroy(GraphHandle graph) {
  LOCKED;
  Destroy(graph);
  state().graphs--;
  return kSuccess;
}

}  // namespace fake
}  // namespace cotangent::cuda
