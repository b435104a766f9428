#pragma once

#include "core/io/cfradial2/sweep_groups.h"
#include "core/io/source.h"

namespace embellie {

/// CfRadial 2.x and WMO's FM 301: sweeps in groups of a netCDF-4 file, each with its own rays and gates, as
/// Radx and xradar write them. Array ids are sweep_N/NAME, with sweeps counted in the order of
/// sweepGroupsOf(); paths say the group by its own name: /sweep_0001/NAME.
class CfRadial2Source : public Source {
public:
    /// @throws Error: no gates, geometry that is missing or not a number, no moments, a radar that moves
    explicit CfRadial2Source(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    /// How sure it is, from the headers.
    static Recognition recognise(const NetcdfFile& file);

private:
    void readSite();
    void readSweep(const SweepGroup& group);
    void addArrays(const SweepGroup& group, std::size_t sweep);
    void readTime();

    NetcdfFile m_file;
    std::vector<SweepGroup> m_groups;
    SourceInfo m_info;
    std::vector<Sweep> m_sweeps; ///< beside m_groups and m_info.sweeps
};

} // namespace embellie
