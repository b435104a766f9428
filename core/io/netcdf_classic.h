#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace embellie {

/// How many bytes a netCDF classic file (CDF-1, -2 or -5) must have by its own header: the library reads
/// zeros behind the end of a file that was cut off, without a word. Nothing where the header itself can't be
/// read, or leaves the number of records open. Format: "NetCDF Classic Format Specification", Unidata.
std::optional<std::uint64_t> netcdfClassicSize(const std::filesystem::path& path);

} // namespace embellie
