#pragma once

#include "core/io/raw_array.h"
#include "core/io/source.h"

namespace embellie {

/// What a window picks of each axis of an array. @throws Error: an axis that the array does not have (named
/// with those that it has), an empty or a reversed part
std::vector<AxisPart> resolveWindow(const Window& window, const ArrayInfo& array,
                                    const std::filesystem::path& file);

/// True where the window leaves nothing out.
bool isWhole(const std::vector<AxisPart>& parts, const std::vector<std::size_t>& shape);

} // namespace embellie
