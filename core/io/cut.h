#pragma once

#include "core/base/error.h"
#include "core/io/raw_array.h"
#include "core/io/source.h"

namespace embellie {

/// The geometry of what @p parts pick, one part an axis. Of every n-th gate the length is n gates, so that
/// the centres stay true.
Geometry cut(const Geometry& whole, const std::vector<AxisPart>& parts);
Sweep cut(const Sweep& sweep, const std::vector<AxisPart>& parts);
Grid cut(const Grid& grid, const std::vector<AxisPart>& parts);
Axis cut(const Axis& axis, const AxisPart& part);

/// Names the nearest array that the file has.
Error noSuchArray(const SourceInfo& info, const std::string& idOrPath);

} // namespace embellie
