#pragma once

#include "core/io/netcdf.h"
#include "core/io/source.h"

namespace embellie {

/// CfRadial 1.x: moments over (time, range), rays of all sweeps one after another, or ragged over n_points.
/// Array ids are sweep_N/NAME; a file of one sweep takes NAME as well (it is the path).
class CfRadialSource : public Source {
public:
    /// @throws Error: no gates, geometry that is missing or not a number, no moments
    explicit CfRadialSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    /// How sure it is, from the headers.
    static Recognition recognise(const NetcdfFile& file);

private:
    struct Part {
        Sweep sweep;
        std::size_t firstRay = 0; ///< in the file's time dimension
        TimeInterval time;
    };
    void readSite();
    void readSweeps();
    void addArrays();
    RawArray unrolled(const NetcdfVariable& variable, const Part& part, const Packing& packing) const;

    NetcdfFile m_file;
    SourceInfo m_info;
    std::vector<Part> m_parts; ///< beside m_info.sweeps
};

} // namespace embellie
