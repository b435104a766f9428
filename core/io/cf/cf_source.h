#pragma once

#include "core/io/cf/coordinates.h"
#include "core/io/source.h"

#include <map>

namespace embellie {

/// NetCDF by the CF conventions: grids with latitude and longitude over one or two dimensions, or projected
/// axes, with time and level; swaths. Where a file has X before Y (longitude before latitude, as IMERG), the
/// arrays have the two exchanged. Array ids are the variables' names, with their groups. Variables beside the
/// grids (over time or one coordinate only) are arrays too.
class CfSource : public Source {
public:
    /// @throws Error where nothing in it lies on a grid
    explicit CfSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    static Recognition recognise(const NetcdfFile& file);

private:
    /// Quantities without their groups, where that tells them apart.
    void nameShortly();
    std::shared_ptr<const Grid> gridOf(const NetcdfVariable& variable);
    /// When the variable was, without time axis: what the file names of an interval that it stands for.
    std::optional<TimeInterval> nominalTime(const NetcdfVariable& variable) const;
    /// Dimensions X and Y of a variable that has X first, which exchange their places; nothing where all is
    /// in order.
    std::optional<std::pair<std::size_t, std::size_t>> exchanged(const NetcdfVariable& variable) const;

    NetcdfFile m_file;
    CfCoordinates m_coordinates;
    SourceInfo m_info;
    std::map<std::vector<std::string>, std::shared_ptr<const Grid>>
        m_grids; ///< by dimensions, mapping and coordinates
};

} // namespace embellie
