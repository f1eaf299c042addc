// The part of cuDNN's graph interface that is called, as cudnn_graph.h of version 9.6 has it. A descriptor is made, given
// attributes and finished; an operation's plan is run on a pack of pointers.
#pragma once

#include "cuda/libraries/data_types.h"
#include "cuda/libraries/library.h"

namespace cotangent::cuda::dnn {

using Status = int;
using Handle = struct HandleTag*;
using Raw = void*;  // a descriptor

constexpr Status kSuccess = 0;

constexpr int kFloat = 0, kDouble = 1, kHalf = 2, kInt32 = 4, kBfloat16 = 9, kBoolean = 11;
constexpr int kCrossCorrelation = 1;
constexpr int kSum = 0, kMaximum = 3;  // how a reduction combines

// What an operation does to every element.
enum PointwiseKind : int {
  kAdd = 0,
  kMultiply = 1,
  kDivide = 6,
  kSubtract = 9,
  kExponential = 13,
  kLogarithm = 15,
  kIdentity = 21,
  kGreaterOrEqual = 303,
  kLess = 304,
  kAnd = 400,
  kIndex = 501,   // the element's place along an axis
  kSelect = 601,  // the first where the third holds, else the second
};
constexpr int kModeFallback = 2, kModeA = 3;
constexpr int kNoteTensorCore = 0, kNoteDownConvert = 1, kNoteNondeterministic = 4, kNotes = 10;

enum Type : int {
  kTypeHandle = 0,
  kTypeDataType = 1,
  kTypeBoolean = 2,
  kTypeInt64 = 3,
  kTypeFloat = 4,
  kTypeDouble = 5,
  kTypePointer = 6,
  kTypeConvolutionMode = 7,
  kTypeHeuristicMode = 8,
  kTypeNote = 11,
  kTypePointwiseKind = 14,
  kTypeDescriptor = 15,
  kTypeReductionKind = 18,
};

enum Kind : int {
  kPointwiseMode = 0,
  kConvolution = 1,
  kEngine = 2,
  kEngineConfig = 3,
  kHeuristic = 4,
  kPlan = 5,
  kForward = 10,
  kBackwardFilter = 11,
  kBackwardData = 12,
  kPointwise = 13,
  kGraph = 15,
  kPack = 16,
  kTensor = 17,
  kMatmulMode = 18,
  kMatmul = 19,
  kReductionMode = 21,
  kReduction = 22,
  kReshape = 31,
};

enum Attribute : int {
  kPointwiseModeKind = 0,
  kPointwiseModeCompute = 1,
  kPointwiseModeAxis = 9,
  kConvolutionCompute = 100,
  kConvolutionMode = 101,
  kConvolutionDilations = 102,
  kConvolutionStrides = 103,
  kConvolutionPostPaddings = 104,
  kConvolutionPrePaddings = 105,
  kConvolutionSpatialDims = 106,
  kHeuristicMode = 200,
  kHeuristicGraph = 201,
  kHeuristicResults = 202,
  kConfigEngine = 300,
  kPlanHandle = 400,
  kPlanConfig = 401,
  kPlanWorkspaceBytes = 402,
  kForwardAlpha = 700,
  kForwardBeta = 701,
  kForwardConvolution = 702,
  kForwardW = 703,
  kForwardX = 704,
  kForwardY = 705,
  kDataAlpha = 706,
  kDataBeta = 707,
  kDataConvolution = 708,
  kDataW = 709,
  kDataX = 710,
  kDataY = 711,
  kFilterAlpha = 712,
  kFilterBeta = 713,
  kFilterConvolution = 714,
  kFilterW = 715,
  kFilterX = 716,
  kFilterY = 717,
  kPointwiseBy = 750,
  kPointwiseX = 751,
  kPointwiseB = 752,
  kPointwiseY = 753,
  kPointwiseT = 758,
  kGraphHandle = 800,
  kGraphOperations = 801,
  kTensorAlignment = 900,
  kTensorDataType = 901,
  kTensorDims = 902,
  kTensorStrides = 903,
  kTensorId = 906,
  kTensorVirtual = 907,
  kTensorByValue = 908,
  kPackIds = 1000,
  kPackPointers = 1001,
  kPackWorkspace = 1003,
  kEngineNotes = 1303,
  kMatmulModeCompute = 1500,
  kMatmulA = 1520,
  kMatmulB = 1521,
  kMatmulC = 1522,
  kMatmulBy = 1523,
  kMatmulRows = 1525,
  kMatmulColumns = 1526,
  kMatmulDepth = 1527,
  kReductionModeKind = 1600,
  kReductionModeCompute = 1601,
  kReductionX = 1610,
  kReductionY = 1611,
  kReductionBy = 1612,
  kReshapeX = 2200,
  kReshapeY = 2201,
};

#define COTANGENT_CUDNN_FUNCTIONS(F)                                                                                    \
  F(Create, cudnnCreate, (Handle * handle))                                                                             \
  F(Destroy, cudnnDestroy, (Handle handle))                                                                             \
  F(SetStream, cudnnSetStream, (Handle handle, StreamHandle stream))                                                    \
  F(Make, cudnnBackendCreateDescriptor, (int kind, Raw* descriptor))                                                    \
  F(Unmake, cudnnBackendDestroyDescriptor, (Raw descriptor))                                                            \
  F(Finish, cudnnBackendFinalize, (Raw descriptor))                                                                     \
  F(Set, cudnnBackendSetAttribute, (Raw descriptor, int attribute, int type, int64_t count, const void* values))        \
  F(Get, cudnnBackendGetAttribute,                                                                                      \
    (Raw descriptor, int attribute, int type, int64_t wanted, int64_t* count, void* values))                            \
  F(Execute, cudnnBackendExecute, (Handle handle, Raw plan, Raw pack))

struct Api {
  COTANGENT_CUDNN_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  size_t (*Version)() = nullptr;  // 90600 for 9.6.0
  const char* Resolve(void* library) {
    COTANGENT_CUDNN_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE)
    COTANGENT_LIBRARY_RESOLVE(Version, cudnnGetVersion, )
    return nullptr;
  }
  static LibrarySpec Spec() {
    return {"cuDNN",
            {{"libcudnn.so.9", 0}},
            {{{"libcublasLt.so.13", 13}, {"libcublasLt.so.12", 12}}, {{"libcublas.so.13", 13}, {"libcublas.so.12", 12}}},
            "nvidia-cudnn-cu12"};
  }
};

}  // namespace cotangent::cuda::dnn
