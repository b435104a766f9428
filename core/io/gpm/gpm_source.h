#pragma once

#include "core/io/hdf5.h"
#include "core/io/source.h"

namespace embellie {

/// HDF5 of NASA's Precipitation Processing System: orbits of GPM's and TRMM's radars and radiometers (1C,
/// 2A). Each swath is a group (NS, FS, S1, …) with Latitude and Longitude over scan and ray; its arrays lie
/// over these two and may have bins, channels and so on behind them, which are counted from 0 as stored (a
/// radar's bin 0 is the highest). Codes of about -1111 stand for what was looked at without rain (no echo),
/// -9999 and -99 for missing. Array ids are the paths, "NS/SLV/zFactorCorrected".
class GpmSource : public Source {
public:
    /// @throws Error: no arrays over a swath, places that are missing or don't fit
    explicit GpmSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    static Recognition recognise(const Hdf5File& file);

private:
    struct Swath {
        std::string group; ///< "/NS"
        std::vector<std::string> dimensions;
        std::vector<std::size_t> shape; ///< scans, rays
        Grid grid;
        std::vector<std::optional<TimePoint>> times; ///< of each scan; empty where the file says none
    };
    void addSwath(const std::string& group);
    void addArrays(const Swath& swath, std::size_t index, const std::string& group);
    void nameShortly();
    /// From the first to the last of the scans.
    std::optional<TimeInterval> timeOf(const Swath& swath, const AxisPart& scans) const;
    std::vector<std::string> dimensionsOf(const std::string& path, std::size_t rank) const;

    Hdf5File m_file;
    SourceInfo m_info;
    std::vector<Swath> m_swaths;
    std::vector<std::size_t> m_swathOf; ///< beside m_info.arrays
};

} // namespace embellie
