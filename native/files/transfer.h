// Bytes between a file and memory, with their checksums: pieces small enough for the second-level cache are summed while
// they are in it. What is written goes past the system's cache of files where it may: nobody reads a checkpoint that soon,
// and copying it into fresh pages takes more processor time than all the rest, which training could have used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cotangent {

struct MemoryPart {
  unsigned char* memory = nullptr;
  size_t bytes = 0;
};

struct Transfer {
  int fd = -1;
  int direct_fd = -1;  // of the same file, opened with O_DIRECT; -1 if that cannot be
  int64_t position = 0;
  std::vector<MemoryPart> parts;  // which follow each other in the file
  bool is_summed = true;
};

struct TransferResult {
  int error = 0;               // errno, or 0
  std::vector<uint32_t> sums;  // the CRC-32 of each part, 0 if it was not asked for; fewer if the file ended before
};

// Whether this process has zlib's CRC-32, as Node.js does.
bool CanSum();

// Each blocks until it is done.
TransferResult Write(const Transfer& transfer);
TransferResult Read(const Transfer& transfer);

}  // namespace cotangent
