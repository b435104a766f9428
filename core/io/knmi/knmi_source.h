#pragma once

#include "core/io/hdf5.h"
#include "core/io/source.h"

namespace embellie {

/// KNMI's own HDF5 ("HDF5 Data Format Specification" 3.5 and 3.6): composites and other images (groups
/// image1, image2, … on the grid of "geographic"), and polar volumes (groups scan1, scan2, …). Moments have
/// ODIM's names (uZ is TH, Z is DBZH, …), images those of their parameter ("PRECIP_[MM]" is ACRR in mm).
/// Images that are valid at different times (forecasts) have a time axis of one time in front.
class KnmiSource : public Source {
public:
    /// @throws Error: no arrays, no gates, geometry that is missing or not a number
    explicit KnmiSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    static Recognition recognise(const Hdf5File& file);

private:
    struct Array {
        TimeInterval time;
        std::string calibration; ///< group of the formula and the codes
        std::string formula;     ///< name of the formula's attribute
    };
    void addImages(const std::vector<std::string>& images);
    void addScan(const std::string& scan);
    void add(ArrayInfo array, Array reading);
    Packing packingOf(const ArrayInfo& array, const Array& reading, const RawArray& raw) const;

    Hdf5File m_file;
    SourceInfo m_info;
    std::vector<Array> m_arrays; ///< beside m_info.arrays
    std::vector<Sweep> m_sweeps; ///< beside m_info.sweeps
};

/// "26-AUG-2010;04:00:00.000"; nothing where the text is no such time.
std::optional<TimePoint> knmiTime(const std::string& text);

/// A linear formula, "GEO=0.5*PV+-32.0" or "GEO = 0.500000 * PV + -32.000000", as gain and offset.
struct KnmiFormula {
    double gain = 1, offset = 0;
};
std::optional<KnmiFormula> knmiFormula(const std::string& text);

/// The grid of "geographic" for images of @p shape (rows, columns). @throws Error
Grid knmiGrid(const Hdf5File& file, const std::vector<std::size_t>& shape);

/// Geometry of "/scan1"; @p time becomes that of its turn. Rows begin at north: scan_start_azim is the row
/// that was measured first, as where/a1gate in ODIM. @throws Error
Sweep knmiSweep(const Hdf5File& file, const std::string& scan, const std::vector<std::size_t>& shape,
                const Site& site, TimeInterval& time);

/// The radar of "/radar1". @throws Error
Site knmiSite(const Hdf5File& file);

} // namespace embellie
