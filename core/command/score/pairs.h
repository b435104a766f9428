#pragma once

#include "core/io/source.h"

#include <optional>
#include <utility>
#include <vector>

namespace embellie {

/// An array of a file and what it has to be like to be compared with another.
struct ScoredArray {
    std::filesystem::path file;
    std::string id; ///< in that file
    /// Latitude and longitude in degrees; nothing for grids. Ids differ between providers and are missing in
    /// some files.
    std::optional<std::pair<double, double>> site;
    std::optional<double> angle; ///< fixed angle of a sweep, degrees
    std::vector<std::size_t> shape;
    double gateMeters = 0, firstGateMeters = 0; ///< of a sweep
    TimePoint time{};
    bool hasTime = false;
};

/// All arrays of @p files (one named twice counts once) that @p wanted names: an id ("sweep_0/DBZH"), a path
/// inside the file, or a quantity
/// ("DBZH") for every sweep; without quality fields. @throws Error, Cancelled
std::vector<ScoredArray> findArrays(const std::vector<std::string>& files, const std::string& wanted,
                                    Feedback& feedback);

/// Finds which of some arrays belongs to another one: the same site, angle (within 0.05 degrees), shape and
/// gates, the nearest time within a minute; of several the one in the same file, and there of the same name.
/// Others of that minute alone are looked at, so that archives can be paired.
class Partners {
public:
    explicit Partners(std::vector<ScoredArray> arrays);
    /// Null where there is none; valid as long as this object.
    const ScoredArray* of(const ScoredArray& one) const;
    std::size_t size() const { return m_arrays.size(); }

private:
    std::vector<ScoredArray> m_arrays; ///< by time
};

} // namespace embellie
