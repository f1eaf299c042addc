// Graphs of products, reductions and arithmetic on tensors of four dimensions, one operation after the other, for the
// stand-in for cuDNN. Numbers are doubles, rounded to each tensor's type where it is written.
#pragma once

#include <cmath>
#include <limits>

#include "fake_cudnn.h"

namespace cotangent::cuda::dnn {

inline int64_t Version() { return Setting("version", 90600); }

constexpr int64_t kLargestHead = 128, kHeadStep = 8, kTile = 128, kAddressStep = 16;

// A tensor of an operation, and where it is.
struct Operand : Tensor {
  int64_t id;
  int data_type;
  bool is_virtual, by_value;
  double value = 0;  // of one by value

  explicit Operand(const Descriptor& d)
      : Tensor(d),
        id(d.One<int64_t>(kTensorId)),
        data_type(d.One<int>(kTensorDataType)),
        is_virtual(d.One<char>(kTensorVirtual) != 0),
        by_value(d.One<char>(kTensorByValue) != 0) {}
  int64_t Size() const { return dims[0] * dims[1] * dims[2] * dims[3]; }
};

struct Step {
  int kind;       // of the operation
  int mode;       // what a pointwise operation or a reduction does
  int64_t axis;   // of an index
  std::vector<Operand> reads;
  std::vector<Operand> lengths;  // rows, columns, terms; a tensor without dimensions where all count
  std::vector<Operand> writes;
};

namespace graph {

inline int64_t At(const Operand& t, int64_t a, int64_t b, int64_t c, int64_t d) {
  return ((a * t.dims[1] + b) * t.dims[2] + c) * t.dims[3] + d;
}

// The element of `t` that belongs to one of more heads or of a larger tensor.
inline int64_t Shared(const Operand& t, const std::vector<int64_t>& dims, const std::vector<int64_t>& at) {
  int64_t k[4];
  for (size_t d = 0; d < 4; d++) k[d] = at[d] / (dims[d] / t.dims[d]);
  return At(t, k[0], k[1], k[2], k[3]);
}

inline double Rounded(int data_type, double x) {
  switch (data_type) {
    case kHalf: return ToFloat(ToFloat16(static_cast<float>(x)));
    case kBfloat16: return ToFloat(ToBfloat16(static_cast<float>(x)));
    case kInt32: return std::trunc(x);
    case kBoolean: return x != 0;
    default: return static_cast<float>(x);
  }
}

using Values = std::map<int64_t, std::vector<double>>;

inline const std::vector<double>& Known(Values& values, const Operand& t) {
  auto found = values.find(t.id);
  if (found != values.end() && (t.is_virtual || t.by_value)) return found->second;
  std::vector<double>& out = values[t.id];
  out.clear();
  if (t.by_value) {
    out.push_back(t.value);
  } else {
    ForEach(t.dims, [&](const std::vector<int64_t>& at) { out.push_back(Load(t.type, t.memory, t.Place(at)).real()); });
  }
  return out;
}

inline double Apply(int mode, double x, double b, double t) {
  switch (mode) {
    case kAdd: return x + b;
    case kMultiply: return x * b;
    case kDivide: return x / b;
    case kSubtract: return x - b;
    case kExponential: return std::exp(x);
    case kLogarithm: return std::log(x);
    case kIdentity: return x;
    case kGreaterOrEqual: return x >= b;
    case kLess: return x < b;
    case kAnd: return x != 0 && b != 0;
    case kSelect: return t != 0 ? x : b;
    default: return std::numeric_limits<double>::quiet_NaN();
  }
}

inline std::vector<double> Pointwise(const Step& s, Values& values) {
  const Operand& out = s.writes[0];
  std::vector<const std::vector<double>*> xs;
  for (const Operand& x : s.reads) xs.push_back(&Known(values, x));
  std::vector<double> result;
  ForEach(out.dims, [&](const std::vector<int64_t>& at) {
    const auto read = [&](size_t k) {
      return k < xs.size() ? (*xs[k])[static_cast<size_t>(Shared(s.reads[k], out.dims, at))] : 0;
    };
    result.push_back(s.mode == kIndex ? static_cast<double>(at[static_cast<size_t>(s.axis)])
                                      : Apply(s.mode, read(0), read(1), read(2)));
  });
  return result;
}

inline std::vector<double> Matmul(const Step& s, Values& values) {
  const Operand &a = s.reads[0], &b = s.reads[1], &c = s.writes[0];
  const std::vector<double>&x = Known(values, a), &y = Known(values, b);
  // Lengths are one for each of the batch.
  const auto count = [&](size_t which, int64_t all, int64_t batch) {
    const Operand& t = s.lengths[which];
    return t.dims.empty() ? all : static_cast<int64_t>(Known(values, t)[static_cast<size_t>(batch)]);
  };
  std::vector<double> result;
  ForEach(c.dims, [&](const std::vector<int64_t>& at) {
    double sum = 0;
    if (at[2] < count(0, c.dims[2], at[0]) && at[3] < count(1, c.dims[3], at[0])) {
      const int64_t of_a = at[1] / (c.dims[1] / a.dims[1]), of_b = at[1] / (c.dims[1] / b.dims[1]);
      for (int64_t k = 0; k < count(2, a.dims[3], at[0]); k++) {
        sum += x[static_cast<size_t>(At(a, at[0], of_a, at[2], k))] *
               y[static_cast<size_t>(At(b, at[0], of_b, k, at[3]))];
      }
    }
    result.push_back(sum);
  });
  // Tiles add to what is there; versions before 9.6 do not clear it first.
  if (!c.is_virtual && c.type == kR32F && Version() < 90600) {
    size_t k = 0;
    ForEach(c.dims, [&](const std::vector<int64_t>& at) { result[k++] += Load(c.type, c.memory, c.Place(at)).real(); });
  }
  return result;
}

inline std::vector<double> Reduction(const Step& s, Values& values) {
  const Operand &from = s.reads[0], &out = s.writes[0];
  const std::vector<double>& x = Known(values, from);
  const bool sums = s.mode == kSum;
  std::vector<double> result(static_cast<size_t>(out.Size()), sums ? 0 : -std::numeric_limits<double>::infinity());
  size_t k = 0;
  ForEach(from.dims, [&](const std::vector<int64_t>& at) {
    double& to = result[static_cast<size_t>(Shared(out, from.dims, at))];
    to = sums ? to + x[k] : std::max(to, x[k]);
    k++;
  });
  return result;
}

// The same memory under other dimensions.
inline std::vector<double> Reshape(const Step& s, Values& values) {
  const Operand &from = s.reads[0], &out = s.writes[0];
  const std::vector<double>& x = Known(values, from);
  std::map<int64_t, double> memory;
  size_t k = 0;
  ForEach(from.dims, [&](const std::vector<int64_t>& at) { memory[from.Place(at)] = x[k++]; });
  std::vector<double> result;
  ForEach(out.dims, [&](const std::vector<int64_t>& at) { result.push_back(memory.at(out.Place(at))); });
  return result;
}

}  // namespace graph

inline void RunSteps(const std::vector<Step>& steps) {
  graph::Values values;
  for (const Step& s : steps) {
    const Operand& out = s.writes[0];
    std::vector<double> result = s.kind == kMatmul      ? graph::Matmul(s, values)
                                 : s.kind == kReduction ? graph::Reduction(s, values)
                                 : s.kind == kReshape   ? graph::Reshape(s, values)
                                                        : graph::Pointwise(s, values);
    for (double& x : result) x = graph::Rounded(out.data_type, x);
    if (!out.is_virtual) {
      size_t k = 0;
      ForEach(out.dims, [&](const std::vector<int64_t>& at) { Store(out.type, out.memory, out.Place(at), result[k++]); });
    }
    values[out.id] = std::move(result);
  }
}

inline Step StepOf(const Descriptor& operation) {
  Step s{operation.kind, -1, -1, {}, {}, {}};
  const auto read = [&](std::initializer_list<int> attributes, std::vector<Operand>& to) {
    for (int attribute : attributes) {
      if (operation.Has(attribute)) to.emplace_back(operation.At(attribute));
    }
  };
  switch (operation.kind) {
    case kPointwise: {
      const Descriptor& by = operation.At(kPointwiseBy);
      s.mode = by.One<int>(kPointwiseModeKind), s.axis = by.One<int64_t>(kPointwiseModeAxis);
      read({kPointwiseX, kPointwiseB, kPointwiseT}, s.reads), read({kPointwiseY}, s.writes);
      break;
    }
    case kReduction:
      s.mode = operation.At(kReductionBy).One<int>(kReductionModeKind);
      read({kReductionX}, s.reads), read({kReductionY}, s.writes);
      break;
    case kReshape: read({kReshapeX}, s.reads), read({kReshapeY}, s.writes); break;
    case kMatmul:
      read({kMatmulA, kMatmulB}, s.reads), read({kMatmulC}, s.writes);
      for (int attribute : {kMatmulRows, kMatmulColumns, kMatmulDepth}) {
        if (operation.Has(attribute)) read({attribute}, s.lengths);
        else s.lengths.emplace_back(Descriptor{kTensor, {}, true});
      }
      break;
    default: break;
  }
  return s;
}

// As engines do: halves, heads that fill whole vectors, sums over what was computed before; and up to version 9.15, keys
// that fill whole tiles or are counted where gradients are computed.
inline bool IsKnownGraph(const std::vector<const Descriptor*>& operations) {
  std::map<int64_t, bool> written;
  bool has_gradient = false;
  for (const Descriptor* operation : operations) has_gradient = has_gradient || operation->kind == kReshape;
  for (const Descriptor* operation : operations) {
    const Step s = StepOf(*operation);
    if (s.reads.empty() || s.writes.size() != 1) return false;
    for (const Operand& x : s.reads) {
      if (x.is_virtual && !written[x.id]) return false;
    }
    written[s.writes[0].id] = true;
    if (s.kind != kMatmul) continue;
    const Operand &a = s.reads[0], &b = s.reads[1], &c = s.writes[0];
    if (a.dims[3] != b.dims[2] || c.dims[2] != a.dims[2] || c.dims[3] != b.dims[3]) return false;
    for (size_t d = 0; d < 2; d++) {
      if (c.dims[d] % a.dims[d] != 0 || c.dims[d] % b.dims[d] != 0) return false;
    }
    for (const Operand* x : {&a, &b}) {
      if (x->is_virtual) continue;
      const size_t along = x->strides[3] == 1 ? 3 : 2;
      const int64_t head = x->dims[along];
      if ((x->type != kR16F && x->type != kR16BF) || x->strides[along] != 1) return false;
      if (head % kHeadStep != 0 || head > kLargestHead) return false;
    }
    const bool is_by_keys = !a.is_virtual && !b.is_virtual;
    if (has_gradient && is_by_keys && c.dims[3] % kTile != 0 && s.lengths[1].dims.empty() && Version() <= 91500) {
      return false;
    }
  }
  return true;
}

// The operations with the memory of a pack; none where some of it is missing or lies badly.
inline std::vector<Step> StepsOf(const std::vector<const Descriptor*>& operations, const Descriptor& pack) {
  const auto ids = pack.All<int64_t>(kPackIds);
  const auto pointers = pack.All<char*>(kPackPointers);
  const auto place = [&](Operand& t) {
    if (t.is_virtual || t.dims.empty()) return true;
    const auto found = std::find(ids.begin(), ids.end(), t.id);
    if (found == ids.end()) return false;
    t.memory = pointers[static_cast<size_t>(found - ids.begin())];
    // Known when the graph is submitted, not when it runs.
    if (t.by_value) t.value = fake::Read<float>(t.memory, 0);
    return t.by_value || reinterpret_cast<uintptr_t>(t.memory) % kAddressStep == 0;
  };
  std::vector<Step> out;
  for (const Descriptor* operation : operations) {
    out.push_back(StepOf(*operation));
    for (auto* operands : {&out.back().reads, &out.back().lengths, &out.back().writes}) {
      for (Operand& t : *operands) {
        if (!place(t)) return {};
      }
    }
  }
  return out;
}

}  // namespace cotangent::cuda::dnn
