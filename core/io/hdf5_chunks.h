#pragma once

#include "core/io/raw_array.h"

#include <hdf5.h>

namespace embellie {

/// Fills raw.bytes (sized and shaped already) from the stored chunks of an open dataset, inflating them
/// outside the library: about four times faster than its own filters. @return false where the storage is none
/// of: chunked, with deflate, with shuffle and deflate; or where a chunk is missing or damaged. The library
/// then reads, or explains.
bool readChunks(hid_t dataset, RawArray& raw);

} // namespace embellie
