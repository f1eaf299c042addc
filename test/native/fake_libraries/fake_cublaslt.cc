// Stands in for cuBLASLt: products by plain loops, in the precision that was asked for. Of the proposals, the second
// asks for a workspace. Settings: proposals (how many), matmul (the status of every product), cost0, cost1, … (the
// milliseconds that each proposal takes).
#include <algorithm>

#include "cuda/libraries/blas_lt_api.h"
#include "fake_library.h"

namespace cotangent::cuda::blas_lt {

struct HandleTag {};
struct LayoutTag {
  int type;
  int64_t rows, columns, leading, count = 1, stride = 0;
};
struct OperationTag {
  int compute, scale;
  int transpose_a = 0, transpose_b = 0;
  uint32_t epilogue = kEpilogueDefault;
  const void* bias = nullptr;
  int bias_type = -1;
};
struct PreferenceTag {
  size_t workspace = 0;
  uint32_t alignments[4] = {256, 256, 256, 256};
};

namespace {

using fake::Load;
using fake::Log;
using fake::Setting;
using fake::state;
using fake::Store;
using fake::Wide;

constexpr Status kInvalidValue = 7;

template <typename T>
void Take(T& to, const void* value, size_t bytes) {
  std::memcpy(&to, value, std::min(bytes, sizeof(T)));
}

std::string Shape(const LayoutTag& l) {
  return std::to_string(l.rows) + "x" + std::to_string(l.columns) + "/" + std::to_string(l.leading);
}

bool Knows(const OperationTag& op, const LayoutTag& a, const LayoutTag& b, const LayoutTag& d) {
  const auto narrow = [](int type) { return type == kR16F || type == kR16BF; };
  const bool wide = op.compute == kCompute64F;
  if (a.type != b.type) return false;
  if (a.type == kR64F || a.type == kC64F) return wide && d.type == a.type && op.scale == a.type;
  if (wide) return false;
  if (narrow(a.type)) return (d.type == a.type || d.type == kR32F) && op.scale == kR32F && op.compute == kCompute32F;
  return d.type == a.type && op.scale == a.type;
}

struct Job {
  OperationTag op;
  LayoutTag a, b, c, d;
  Wide alpha, beta;
  const void *pa, *pb, *pc;
  void* pd;
};

void Multiply(const Job& j) {
  const int64_t depth = j.op.transpose_a == kOperationTranspose ? j.a.rows : j.a.columns;
  const bool tf32 = j.op.compute == kCompute32FFastTF32, wide = j.op.compute == kCompute64F;
  const bool has_bias = (j.op.epilogue & kEpilogueBias) != 0, relu = (j.op.epilogue & kEpilogueRelu) != 0;
  const auto at = [](const LayoutTag& l, int64_t n, int64_t row, int64_t column) {
    return n * l.stride + column * l.leading + row;
  };
  for (int64_t n = 0; n < j.d.count; n++) {
    for (int64_t column = 0; column < j.d.columns; column++) {
      for (int64_t row = 0; row < j.d.rows; row++) {
        Wide sum = 0;
        for (int64_t p = 0; p < depth; p++) {
          Wide x = Load(j.a.type, j.pa, j.op.transpose_a == 0 ? at(j.a, n, row, p) : at(j.a, n, p, row));
          Wide y = Load(j.b.type, j.pb, j.op.transpose_b == 0 ? at(j.b, n, p, column) : at(j.b, n, column, p));
          if (tf32) x = fake::AsTF32(x), y = fake::AsTF32(y);
          sum += x * y;
          if (!wide) sum = Wide(std::complex<float>(sum));
        }
        Wide value = j.alpha * sum;
        if (j.beta != 0.0) value += j.beta * Load(j.c.type, j.pc, at(j.c, n, row, column));
        if (has_bias) value += Load(j.op.bias_type, j.op.bias, row);
        if (relu) value = std::max(0.0, value.real());
        Store(j.d.type, j.pd, at(j.d, n, row, column), value);
      }
    }
  }
}

}  // namespace

FAKE Status cublasLtCreate(Handle* handle) {
  *handle = new HandleTag;
  state().live++;
  return kSuccess;
}
FAKE Status cublasLtDestroy(Handle handle) {
  delete handle;
  state().live--;
  return kSuccess;
}
FAKE Status cublasLtMatrixLayoutCreate(Layout* layout, int type, uint64_t rows, uint64_t columns, int64_t leading) {
  if (leading < static_cast<int64_t>(rows)) return kInvalidValue;
  *layout = new LayoutTag{type, static_cast<int64_t>(rows), static_cast<int64_t>(columns), leading};
  state().live++;
  return kSuccess;
}
FAKE Status cublasLtMatrixLayoutDestroy(Layout layout) {
  delete layout;
  state().live--;
  return kSuccess;
}
FAKE Status cublasLtMatrixLayoutSetAttribute(Layout layout, int attribute, const void* value, size_t bytes) {
  if (attribute == kLayoutBatchCount) {
    int32_t count = 0;
    Take(count, value, bytes);
    layout->count = count;
  } else if (attribute == kLayoutBatchStride) {
    Take(layout->stride, value, bytes);
  } else {
    return kInvalidValue;
  }
  return kSuccess;
}
FAKE Status cublasLtMatmulDescCreate(Operation* operation, int compute, int scale) {
  *operation = new OperationTag{compute, scale};
  state().live++;
  return kSuccess;
}
FAKE Status cublasLtMatmulDescDestroy(Operation operation) {
  delete operation;
  state().live--;
  return kSuccess;
}
FAKE Status cublasLtMatmulDescSetAttribute(Operation op, int attribute, const void* value, size_t bytes) {
  switch (attribute) {
    case kDescTransposeA: Take(op->transpose_a, value, bytes); break;
    case kDescTransposeB: Take(op->transpose_b, value, bytes); break;
    case kDescEpilogue: Take(op->epilogue, value, bytes); break;
    case kDescBiasPointer: Take(op->bias, value, bytes); break;
    case kDescBiasDataType: Take(op->bias_type, value, bytes); break;
    default: return kInvalidValue;
  }
  return kSuccess;
}
FAKE Status cublasLtMatmulPreferenceCreate(Preference* preference) {
  *preference = new PreferenceTag;
  state().live++;
  return kSuccess;
}
FAKE Status cublasLtMatmulPreferenceDestroy(Preference preference) {
  delete preference;
  state().live--;
  return kSuccess;
}
FAKE Status cublasLtMatmulPreferenceSetAttribute(Preference preference, int attribute, const void* value,
                                                 size_t bytes) {
  if (attribute == kPreferenceWorkspaceBytes) {
    Take(preference->workspace, value, bytes);
  } else if (attribute >= kPreferenceAlignmentA && attribute <= kPreferenceAlignmentD) {
    Take(preference->alignments[attribute - kPreferenceAlignmentA], value, bytes);
  } else {
    return kInvalidValue;
  }
  return kSuccess;
}
FAKE Status cublasLtMatmulAlgoGetHeuristic(Handle, Operation op, Layout a, Layout b, Layout, Layout d,
                                           Preference preference, int wanted, Heuristic* found, int* count) {
  std::ostringstream text;
  text << "propose " << Shape(*a) << (op->transpose_a ? "T" : "N") << " " << Shape(*b) << (op->transpose_b ? "T" : "N")
       << " " << Shape(*d) << " batch " << d->count << " compute " << op->compute << " aligned";
  for (uint32_t alignment : preference->alignments) text << " " << alignment;
  Log(text.str());
  *count = 0;
  if (!Knows(*op, *a, *b, *d)) return kNotSupported;
  *count = static_cast<int>(std::min<long long>(wanted, Setting("proposals", 3)));
  for (int k = 0; k < *count; k++) {
    found[k] = {};
    found[k].algorithm.data[0] = static_cast<uint64_t>(k);
    found[k].workspace_bytes = k == 1 ? std::min<size_t>(preference->workspace, 1024) : 0;
  }
  return kSuccess;
}
FAKE Status cublasLtMatmul(Handle, Operation op, const void* alpha, const void* a, Layout a_layout, const void* b,
                           Layout b_layout, const void* beta, const void* c, Layout c_layout, void* d, Layout d_layout,
                           const Algorithm* algorithm, void* workspace, size_t workspace_bytes, StreamHandle stream) {
  if (Setting("matmul") != 0) return static_cast<Status>(Setting("matmul"));
  if ((algorithm->data[0] == 1) != (workspace != nullptr && workspace_bytes > 0)) return kInvalidValue;
  if (!Knows(*op, *a_layout, *b_layout, *d_layout)) return kNotSupported;
  std::ostringstream text;
  text << "matmul " << Shape(*a_layout) << (op->transpose_a ? "T" : "N") << " " << Shape(*b_layout)
       << (op->transpose_b ? "T" : "N") << " " << Shape(*d_layout) << " batch " << d_layout->count << " compute "
       << op->compute << " epilogue " << op->epilogue << " algorithm " << algorithm->data[0];
  const Wide beta_value = Load(op->scale, beta, 0);
  if (beta_value != 0.0) text << " residual";
  Log(text.str());
  fake::Advance(Setting(("cost" + std::to_string(algorithm->data[0])).c_str(), 1));
  const Job job{*op, *a_layout, *b_layout, *c_layout, *d_layout, Load(op->scale, alpha, 0), beta_value, a, b, c, d};
  return fake::Submit(stream, [job] { Multiply(job); }) ? kSuccess : kInvalidValue;
}

}  // namespace cotangent::cuda::blas_lt
