// Bytes between a file and memory, with their checksum: pieces small enough for the second-level cache are summed while
// they are in it. What is written goes past the system's cache of files where it may: nobody reads a checkpoint that soon,
// and copying it into fresh pages takes more processor time than all the rest, which training could have used.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cotangent {

struct Transfer {
  bool is_write = false;
  int fd = -1;
  int direct_fd = -1;  // of the same file, opened with O_DIRECT; -1 if that cannot be
  int64_t position = 0;
  unsigned char* memory = nullptr;
  size_t bytes = 0;
  bool is_summed = true;
};

struct TransferResult {
  int error = 0;      // errno, or 0
  int64_t value = 0;  // the CRC-32; 0 if it was not asked for; -1 if the file ended before
};

// Whether this process has zlib's CRC-32, as Node.js does.
bool CanSum();

// Blocks until it is done.
TransferResult Run(const Transfer& transfer);

}  // namespace cotangent
