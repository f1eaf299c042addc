#include "cuda/libraries/blas_lt.h"

#include <algorithm>
#include <cstring>

#include "cuda/libraries/tuner.h"

namespace cotangent::cuda {

using blas_lt::Heuristic;
using blas_lt::Status;

namespace {

constexpr int kProposals = 8;
// What NVIDIA advises for cards of compute capability 9; enough for all before.
constexpr size_t kWorkspaceBytes = size_t{32} << 20;

int ComputeOf(MatmulCompute compute) {
  switch (compute) {
    case MatmulCompute::kTF32: return blas_lt::kCompute32FFastTF32;
    case MatmulCompute::kFloat64: return blas_lt::kCompute64F;
    default: return blas_lt::kCompute32F;
  }
}

// The type of alpha and beta.
int ScaleOf(const MatmulProblem& p) {
  const bool wide = p.compute == MatmulCompute::kFloat64;
  if (p.left_type == DType::kComplex64 || p.left_type == DType::kComplex128) return wide ? kC64F : kC32F;
  return wide ? kR64F : kR32F;
}

// 0 or 1 as any of those types: real parts come first.
struct Scale {
  explicit Scale(int type, double value) {
    const float narrow = static_cast<float>(value);
    if (type == kR32F || type == kC32F) {
      std::memcpy(bytes, &narrow, sizeof(narrow));
    } else {
      std::memcpy(bytes, &value, sizeof(value));
    }
  }
  alignas(16) unsigned char bytes[16] = {};
};

uint32_t AlignmentOf(DevicePointer address) {
  constexpr uint32_t kMost = 256;
  return address == 0 ? kMost : static_cast<uint32_t>(std::min<DevicePointer>(kMost, address & (~address + 1)));
}

const void* Host(DevicePointer address) { return reinterpret_cast<const void*>(static_cast<uintptr_t>(address)); }
void* HostWritable(DevicePointer address) { return reinterpret_cast<void*>(static_cast<uintptr_t>(address)); }

std::vector<int64_t> KeyOf(const MatmulProblem& p, const std::vector<uint32_t>& alignments) {
  std::vector<int64_t> key{static_cast<int64_t>(p.compute), static_cast<int64_t>(p.left_type),
                           static_cast<int64_t>(p.right_type), static_cast<int64_t>(p.out_type), p.batch, p.rows,
                           p.columns, p.depth, p.bias, p.relu, p.residual};
  for (const MatrixPlace* place : {&p.left, &p.right, &p.out}) {
    key.insert(key.end(), {place->transposed, place->leading, place->batch});
  }
  key.insert(key.end(), alignments.begin(), alignments.end());
  return key;
}

}  // namespace

// cuBLASLt knows matrices that lie column by column: it is asked for the transpose, columns × rows, as the product of
// the transposes in the other order.
struct BlasLt::Plan {
  const blas_lt::Api& api;
  blas_lt::Operation operation = nullptr;
  blas_lt::Layout first = nullptr, second = nullptr, result = nullptr;
  std::vector<Heuristic> proposals;
  bool chosen = false;  // the first of the proposals is the best
  Scale one, beta;

  Plan(const blas_lt::Api& api, int scale, bool residual) : api(api), one(scale, 1), beta(scale, residual ? 1 : 0) {}
  ~Plan() {
    for (blas_lt::Layout layout : {first, second, result}) {
      if (layout != nullptr) api.LayoutDestroy(layout);
    }
    if (operation != nullptr) api.OperationDestroy(operation);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
};

BlasLt::BlasLt(const Context& context) : context_(context), api_(ApiOf<blas_lt::Api>(context.driver())) {
  Check(api_.Create(&handle_), "to start");
}

BlasLt::~BlasLt() {
  plans_.clear();
  api_.Destroy(handle_);
}

void BlasLt::Check(Status status, const std::string& doing) const {
  if (status == blas_lt::kSuccess) return;
  throw LibraryError("cuBLASLt", doing, "status " + std::to_string(status));
}

std::unique_ptr<BlasLt::Plan> BlasLt::Propose(const MatmulProblem& p, const std::vector<uint32_t>& alignments) {
  constexpr const char* kDoing = "to describe a product";
  const int scale = ScaleOf(p);
  auto plan = std::make_unique<Plan>(api_, scale, p.residual);
  Check(api_.OperationCreate(&plan->operation, ComputeOf(p.compute), scale), kDoing);
  const auto set = [&](int attribute, auto value) {
    Check(api_.OperationSet(plan->operation, attribute, &value, sizeof(value)), kDoing);
  };
  set(blas_lt::kDescTransposeA, int32_t{p.right.transposed ? blas_lt::kOperationTranspose : blas_lt::kOperationNone});
  set(blas_lt::kDescTransposeB, int32_t{p.left.transposed ? blas_lt::kOperationTranspose : blas_lt::kOperationNone});
  set(blas_lt::kDescEpilogue,
      static_cast<uint32_t>(p.bias || p.relu ? (p.bias ? blas_lt::kEpilogueBias : 0) | (p.relu ? blas_lt::kEpilogueRelu : 0)
                                             : blas_lt::kEpilogueDefault));
  if (p.bias) set(blas_lt::kDescBiasDataType, int32_t{LibraryType(p.out_type)});

  const auto layout = [&](blas_lt::Layout* out, DType type, int64_t rows, int64_t columns, const MatrixPlace& place) {
    // Of a transposed matrix, what follows each other in memory is its rows' numbers.
    const auto [inner, outer] = place.transposed ? std::pair(rows, columns) : std::pair(columns, rows);
    Check(api_.LayoutCreate(out, LibraryType(type), static_cast<uint64_t>(inner), static_cast<uint64_t>(outer),
                            std::max(place.leading, inner)),
          kDoing);
    const int32_t count = static_cast<int32_t>(p.batch);
    Check(api_.LayoutSet(*out, blas_lt::kLayoutBatchCount, &count, sizeof(count)), kDoing);
    Check(api_.LayoutSet(*out, blas_lt::kLayoutBatchStride, &place.batch, sizeof(place.batch)), kDoing);
  };
  layout(&plan->first, p.right_type, p.depth, p.columns, p.right);
  layout(&plan->second, p.left_type, p.rows, p.depth, p.left);
  layout(&plan->result, p.out_type, p.rows, p.columns, p.out);

  blas_lt::Preference preference = nullptr;
  Check(api_.PreferenceCreate(&preference), kDoing);
  const auto prefer = [&](int attribute, auto value) { api_.PreferenceSet(preference, attribute, &value, sizeof(value)); };
  prefer(blas_lt::kPreferenceWorkspaceBytes, kWorkspaceBytes);
  prefer(blas_lt::kPreferenceAlignmentA, alignments[0]);
  prefer(blas_lt::kPreferenceAlignmentB, alignments[1]);
  prefer(blas_lt::kPreferenceAlignmentC, alignments[2]);
  prefer(blas_lt::kPreferenceAlignmentD, alignments[3]);
  plan->proposals.resize(kProposals);
  int count = 0;
  const Status status = api_.GetHeuristics(handle_, plan->operation, plan->first, plan->second, plan->result,
                                           plan->result, preference, kProposals, plan->proposals.data(), &count);
  api_.PreferenceDestroy(preference);
  plan->proposals.resize(static_cast<size_t>(status == blas_lt::kSuccess ? count : 0));
  auto& all = plan->proposals;
  all.erase(std::remove_if(all.begin(), all.end(), [](const Heuristic& h) { return h.state != blas_lt::kSuccess; }),
            all.end());
  if (all.empty()) {
    const auto text = [](int64_t n) { return std::to_string(n); };
    throw LibraryError("cuBLASLt", "to find an algorithm",
                       "none for " + text(p.batch) + " products of " + text(p.rows) + "×" + text(p.depth) + " by " +
                           text(p.depth) + "×" + text(p.columns) + " (status " + std::to_string(status) + ")");
  }
  return plan;
}

Status BlasLt::Run(const Plan& plan, const Heuristic& heuristic, const MatmulArgs& args, DevicePointer workspace,
                   Stream& stream) const {
  const DevicePointer before = args.residual == 0 ? args.out : args.residual;
  stream.Submitted();
  return api_.Matmul(handle_, plan.operation, plan.one.bytes, Host(args.right), plan.first, Host(args.left), plan.second,
                     plan.beta.bytes, Host(before), plan.result, HostWritable(args.out), plan.result,
                     &heuristic.algorithm, HostWritable(workspace), heuristic.workspace_bytes, stream.handle());
}

// Puts the fastest of the proposals first.
void BlasLt::Choose(Plan& plan, const MatmulProblem& p, const MatmulArgs& args, Stream& stream, Scratch& scratch) {
  if (!MayTry(stream)) return;
  plan.chosen = true;
  // Into other memory, where the residual would be added again and again.
  MatmulArgs timed = args;
  if (p.residual && plan.proposals.size() > 1) {
    const int64_t last = (p.batch - 1) * p.out.batch + (p.rows - 1) * p.out.leading + p.columns;
    timed.out = scratch.Get(static_cast<size_t>(last * BytesOf(p.out_type)));
  }
  size_t most = 0;
  for (const Heuristic& h : plan.proposals) most = std::max(most, h.workspace_bytes);
  const DevicePointer workspace = scratch.Get(most);
  const size_t best = Fastest(stream, plan.proposals.size(), [&](size_t k) {
    return Run(plan, plan.proposals[k], timed, workspace, stream) == blas_lt::kSuccess;
  });
  std::swap(plan.proposals[0], plan.proposals[best]);
}

void BlasLt::Multiply(const MatmulProblem& p, const MatmulArgs& args, Stream& stream, Scratch& scratch) {
  const std::vector<uint32_t> alignments{AlignmentOf(args.right), AlignmentOf(args.left),
                                         AlignmentOf(p.residual ? args.residual : args.out), AlignmentOf(args.out)};
  auto& plan = plans_[KeyOf(p, alignments)];
  if (plan == nullptr) plan = Propose(p, alignments);
  if (p.bias) {
    const void* bias = Host(args.bias);
    Check(api_.OperationSet(plan->operation, blas_lt::kDescBiasPointer, &bias, sizeof(bias)), "to take a bias");
  }
  if (!plan->chosen) Choose(*plan, p, args, stream, scratch);
  const Heuristic& first = plan->proposals.front();
  Check(Run(*plan, first, args, scratch.Get(first.workspace_bytes), stream), "to multiply matrices");
}

}  // namespace cotangent::cuda
