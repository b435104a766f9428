#pragma once

#include "core/io/netcdf.h"
#include "core/io/odim/odim_writer.h"

#include <functional>

namespace embellie {

// Results of CfRadial 1 and 2: a copy of the input with further variables.

/// A variable to be added, filled sweep by sweep.
struct CfradialAddition {
    std::string role; ///< empty for the cleaned moment itself
    Quantity quantity;
    std::vector<std::string> dimensions; ///< as NetcdfVariable names them
    std::vector<float> values;
};

/// By name with its groups.
using CfradialAdditions = std::map<std::string, CfradialAddition>;

/// Where the moments of a sweep lie.
struct CfradialPlace {
    std::string group; ///< empty: the root
    std::vector<std::string> dimensions;
    std::size_t cells = 0; ///< in all along the dimensions
    /// Of a ray and a gate of the sweep; nothing where the file has no such gate.
    std::function<std::optional<std::size_t>(std::size_t ray, std::size_t gate)> at;
};

/// What the cleaned moments are called: @p id, or id_cleaned, id_cleaned_2 … where one of the groups has a
/// variable of the name: a result may be cleaned again.
std::string nameOfCleaned(const NetcdfFile& file, const std::string& id,
                          const std::vector<std::string>& groups);

/// The cleaned moment as @p name (_Undetect where there is no echo or it was removed), name_rejected, which
/// tells the two apart, and further quality fields as name_probability and name_uncertainty.
void addResult(CfradialAdditions& additions, const std::string& name, const OdimMoment& cleaned,
               const CfradialPlace& place);

/// Writes the copy, atomically; @p how becomes global attributes. @throws Error, Cancelled
void writeCopyWith(const CfradialAdditions& additions, const std::filesystem::path& output,
                   const std::filesystem::path& input, const OdimAttributes& how, Feedback& feedback);

/// @throws Error: a result that does not have the shape of its sweep
void requireShape(const Field& cleaned, const SweepInfo& sweep, const std::filesystem::path& input);

} // namespace embellie
