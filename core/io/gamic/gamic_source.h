#pragma once

#include "core/io/hdf5.h"
#include "core/io/source.h"

namespace embellie {

/// GAMIC's HDF5 (its signal processors, Enigma and others, as written by MURAN and FROG): groups scan0,
/// scan1, … with ray_header, a compound of angles and times a ray, and moment_0, moment_1, … of rays by
/// gates. Packed numbers: 0 is empty (not measured or no echo: ambiguous), 1 is dyn_range_min and the
/// greatest number is dyn_range_max. Quantities keep the names of the file: UH (unfiltered) and ZH (filtered)
/// reflectivity.
class GamicSource : public Source {
public:
    /// @throws Error: no moments, no gates, geometry that is missing or not a number
    explicit GamicSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    static Recognition recognise(const Hdf5File& file);

private:
    void addScan(const std::string& scan);
    void addMoment(const std::string& path, const std::string& prefix);
    void attachResults(const std::string& scan);

    Hdf5File m_file;
    SourceInfo m_info;
    std::vector<Sweep> m_sweeps;         ///< beside m_info.sweeps
    std::vector<Packing> m_packings;     ///< beside m_info.arrays
    std::vector<std::string> m_rejected; ///< beside m_info.arrays: path of the flags, empty for most
};

/// How the integers of a moment become values. @throws Error where the range is missing or empty
Packing gamicPacking(const Hdf5File& file, const std::string& moment, std::size_t elementBytes);

/// Geometry of "/scan0"; @p time becomes that of its rays, or of the scan. @throws Error
Sweep gamicSweep(const Hdf5File& file, const std::string& scan, const std::vector<std::size_t>& shape,
                 const Site& site, TimeInterval& time);

/// scan0, scan1, … of the file, in their order.
std::vector<std::string> gamicScans(const Hdf5File& file);
/// moment_0, moment_1, … of a scan, in their order.
std::vector<std::string> gamicMoments(const Hdf5File& file, const std::string& scan);

} // namespace embellie
