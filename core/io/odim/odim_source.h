#pragma once

#include "core/io/hdf5.h"
#include "core/io/source.h"

namespace embellie {

/// One datasetN of an ODIM_H5 file, from its headers.
struct OdimDataset {
    std::string path; ///< "/dataset1"
    std::size_t number = 0;
    TimeInterval time;
    bool hasTime = false;
    Geometry geometry;                ///< Sweep or Grid
    std::shared_ptr<const Grid> grid; ///< the same as Grid; null for sweeps
};

/// What is needed to read one array beyond its ArrayInfo.
struct OdimArray {
    std::size_t dataset = 0; ///< index of the OdimDataset
    Packing packing;
    bool gainMissing = false; ///< packed integers of a physical quantity without gain or offset
    std::string rejected;     ///< path of the quality field that marks what was removed; may be empty
};

/// ODIM_H5 2.0 to 2.4 (OPERA Data Information Model): objects PVOL, SCAN, ELEV, AZIM, COMP, IMAGE, CVOL.
class OdimSource : public Source {
public:
    /// @throws Error: no arrays, no gates, geometry that is missing or not a number
    explicit OdimSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

private:
    void describeFile();
    void addDataset(const std::string& name, bool polar);
    void addArray(const std::string& path, const std::string& prefix, const std::string& parent);
    Quantity quantityOf(const std::string& path, bool quality) const;
    Packing packingOf(const std::string& path, bool quality, bool& gainMissing) const;
    std::string uniqueId(std::string id) const;

    Hdf5File m_file;
    SourceInfo m_info;
    std::vector<OdimDataset> m_datasets;
    std::vector<OdimArray> m_arrays; ///< beside m_info.arrays
};

/// Text and numbers of the file's "what", "where" and "how", in the order data, dataset, root.
class OdimAttributes {
public:
    OdimAttributes(const Hdf5File& file, std::vector<std::string> groups)
        : m_file(file), m_groups(std::move(groups)) {}
    std::optional<double> number(const std::string& part, const std::string& name) const;
    std::vector<double> numbers(const std::string& part, const std::string& name) const;
    std::optional<std::string> string(const std::string& part, const std::string& name) const;

private:
    const Hdf5File& m_file;
    std::vector<std::string> m_groups;
};

/// Start and end of a dataset, else the nominal time of the file. @return false where the file gives none
bool odimTime(const OdimAttributes& attributes, TimeInterval& time);
/// @p version of the format: where/rstart is in kilometres up to 2.3, in metres from 2.4 on. @throws Error
Sweep odimSweep(const Hdf5File& file, const std::string& dataset, const std::vector<std::size_t>& shape,
                const TimeInterval& time, const Site& site, bool rhi, double version);
Grid odimGrid(const Hdf5File& file, const std::string& dataset, const std::vector<std::size_t>& shape);
/// "NOD:behel,WMO:06475" (or with semicolons) as a list of "KEY:value" without empty ones.
std::vector<std::string> odimIdentifiers(const std::string& source);
/// Unit of an ODIM quantity (UDUNITS), by the tables of the format; @p version is 2.2, 2.3, …
std::string odimUnit(const std::string& quantity, double version);

} // namespace embellie
