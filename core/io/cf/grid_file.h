#pragma once

#include "core/io/cf/grid_mapping.h"
#include "core/io/netcdf_writer.h"
#include "core/io/source.h"

#include <map>
#include <optional>
#include <set>

namespace embellie {

/// Where the arrays of a CF file lie: writes axes, grid mappings, places of cells and times, each once.
class CfGridFile {
public:
    explicit CfGridFile(NetcdfWriter& file) : m_file(file) {}

    /// A name that no variable has yet.
    std::string freeName(const std::string& wanted);
    struct Place {
        std::vector<std::string> dimensions;
        std::string mapping;     ///< name of the grid mapping; empty where there is none
        std::string coordinates; ///< what the attribute of this name says
    };
    /// When a grid without time axis was, and the nominal time in it.
    struct Time {
        TimeInterval interval;
        TimePoint nominal{};
        friend bool operator==(const Time&, const Time&) = default;
    };
    /// @p time where it is known. @throws Error, Cancelled
    Place place(const Grid& grid, const std::optional<Time>& time, const Feedback& feedback);

private:
    std::string dimensionOf(const Grid& grid, const Axis& axis, const CfGridMapping* mapping);
    void writeAxis(const Grid& grid, const Axis& axis, const CfGridMapping* mapping, const std::string& name);
    std::string mappingOf(const CfGridMapping& mapping, const std::string& crs);
    std::string placesOf(const Grid& grid, const std::vector<std::string>& dimensions,
                         const Feedback& feedback);
    std::string timeOf(const Time& time);
    /// The dimension of the two ends of an interval.
    const std::string& ends();

    struct Known {
        Axis axis;
        std::string crs;
        bool hasCoordinate = false;
        Calendar calendar = Calendar::Standard;
        std::string name;
    };
    NetcdfWriter& m_file;
    std::set<std::string> m_names, m_dimensions;
    std::string m_ends;
    std::vector<Known> m_axes;
    std::map<std::string, std::string> m_mappings; ///< by CRS
    std::vector<std::pair<Grid, std::string>> m_places;
    std::vector<std::pair<Time, std::string>> m_times;
};

} // namespace embellie
