// Which lanes of Scratch products use.
#pragma once

namespace cotangent {

enum ProductLane {
  kPackedLhsLane,   // panels, written by all threads and read by all
  kPackedRhsLane,   // likewise
  kPartialLane,     // sums over parts of the depth
  kCopyLane,        // the padded operand of a convolution
  kOwnTablesLane,   // from here on: of one thread
  kOwnRowsLane,     // where a block's rows lie
  kOwnPanelsLane,   // panels that one block reads
  kOwnBlockLane,    // a block of sums that is not stored as it is
  kOwnLhsDepthLane,  // where the depth lies
  kOwnRhsDepthLane,
  kOwnMatrixLane,     // one product of a batch that is not stored
  kOwnArgumentsLane,  // of the epilogue that reads it
};

}  // namespace cotangent
