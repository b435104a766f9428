#pragma once

#include "core/io/source.h"

#include <utility>

namespace embellie {

/// What was written into a file, and what was not.
struct Written {
    std::vector<std::pair<std::string, std::string>> arrays; ///< id in the input, name in the output
    std::vector<Text> leftOut;                               ///< a sentence each
};

/// Writes @p arrays of a gridded source as netCDF-4 by the CF conventions 1.8, atomically; the same content
/// gives the same bytes. Axes have bounds where these do not lie half-way; projected ones a grid mapping with
/// the attributes of the conventions, as far as they know the projection, and crs_wkt; latitudes and
/// longitudes of each cell are there for swaths, rotated poles and projections that the conventions do not
/// know. A field without time axis has a scalar time, with bounds where it is an interval. How cells are
/// written: NetcdfCells. At most @p cells at once are held. Arrays whose first part can't be read are left
/// out. @throws Error, Cancelled
Written writeCfGrids(const std::filesystem::path& output, Source& source,
                     const std::vector<const ArrayInfo*>& arrays, Feedback& feedback,
                     std::size_t cells = std::size_t(1) << 24);

} // namespace embellie
