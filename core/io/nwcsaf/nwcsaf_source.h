#pragma once

#include "core/io/hdf5.h"
#include "core/io/source.h"

namespace embellie {

/// HDF5 of NWC SAF's package for MSG up to v2013: images of one product (CT, CMa, CTTH, …) in the projection
/// of the satellite. Images of numbers as they are stored are classes, whose names are given for cloud type,
/// cloud phase and cloud mask, in the colours of the file's palette; scaled ones are quantities. The time is
/// that of the slot, at which the satellite began its image.
class NwcSafSource : public Source {
public:
    /// @throws Error: no images, geometry that is missing or not a number
    explicit NwcSafSource(const std::filesystem::path& file);
    const SourceInfo& describe() const override { return m_info; }
    Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) override;

    static Recognition recognise(const Hdf5File& file);

private:
    void addImage(const std::string& path);

    Hdf5File m_file;
    SourceInfo m_info;
};

/// The satellite's view, in metres, of images of @p shape (lines, columns). @throws Error
Grid nwcSafGrid(const Hdf5File& file, const std::vector<std::size_t>& shape);

} // namespace embellie
