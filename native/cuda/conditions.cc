#include "cuda/conditions.h"

namespace cotangent::cuda {
namespace {

constexpr const char* kPtx = R"(.version 8.0
.target sm_80
.address_size 64

.extern .func cudaGraphSetConditional (.param .b64 handle, .param .b32 value);

.visible .entry ct_set_while (.param .u64 handle, .param .u64 predicate, .param .u64 stop)
{
  .reg .b64 %rd<4>;
  .reg .b32 %r<4>;
  .reg .pred %p1;
  ld.param.u64 %rd1, [handle];
  ld.param.u64 %rd2, [predicate];
  ld.param.u64 %rd3, [stop];
  ld.u8 %r1, [%rd2];
  ld.volatile.u8 %r2, [%rd3];
  setp.eq.s32 %p1, %r2, 0;
  selp.u32 %r3, %r1, 0, %p1;
  {
    .param .b64 p0;
    .param .b32 p1;
    st.param.b64 [p0], %rd1;
    st.param.b32 [p1], %r3;
    call.uni cudaGraphSetConditional, (p0, p1);
  }
  ret;
}

.visible .entry ct_set_branch (.param .u64 handle, .param .u64 index, .param .u32 branch, .param .u32 branches)
{
  .reg .b64 %rd<3>;
  .reg .b32 %r<6>;
  .reg .pred %p1;
  ld.param.u64 %rd1, [handle];
  ld.param.u64 %rd2, [index];
  ld.param.u32 %r1, [branch];
  ld.param.u32 %r2, [branches];
  ld.s32 %r3, [%rd2];
  max.s32 %r3, %r3, 0;
  sub.s32 %r4, %r2, 1;
  min.s32 %r3, %r3, %r4;
  setp.eq.s32 %p1, %r3, %r1;
  selp.u32 %r5, 1, 0, %p1;
  {
    .param .b64 p0;
    .param .b32 p1;
    st.param.b64 [p0], %rd1;
    st.param.b32 [p1], %r5;
    call.uni cudaGraphSetConditional, (p0, p1);
  }
  ret;
}
)";

}  // namespace

Conditions::Conditions(const Context& context)
    : context_(context),
      module_(context, kPtx),
      set_while_(module_.Get("ct_set_while")),
      set_branch_(module_.Get("ct_set_branch")) {}

ConditionHandle Conditions::Make(GraphHandle graph) const {
  const Driver& driver = context_.driver();
  ConditionHandle out = 0;
  // Until something sets it, it does not hold.
  driver.Check(driver.GraphConditionalHandleCreate(&out, graph, context_.handle(), 0, kConditionAssignDefault),
               "to make a condition");
  return out;
}

GraphHandle Conditions::Append(GraphHandle graph, GraphNodeHandle* last, ConditionHandle handle, int type) const {
  const Driver& driver = context_.driver();
  ConditionalNode node{};
  node.type = kNodeConditional;
  node.handle = handle;
  node.condition_type = type;
  node.size = 1;
  node.context = context_.handle();
  const GraphNodeHandle before = *last;
  driver.Check(driver.GraphAddNode(last, graph, before == nullptr ? nullptr : &before, nullptr, before == nullptr ? 0 : 1,
                                   &node),
               "to make a condition's node");
  return node.bodies[0];
}

}  // namespace cotangent::cuda
