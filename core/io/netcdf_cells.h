#pragma once

#include "core/field/field.h"
#include "core/io/netcdf_writer.h"

#include <optional>

namespace embellie {

/// A netCDF variable that is filled with the cells of Fields, part by part; how CF grids and CfRadial files
/// that we make keep what a cell is.
///
/// Quantities are float32, classes and flags int32 with flag_values or flag_masks and flag_meanings (CF 1.8,
/// section 3.5: words joined by "_"). Cells that were not measured are _FillValue. Cells without echo have a
/// code of their own, _Undetect, which is missing_value too, so that programs that know only the conventions
/// see no value there; and it lies outside valid_range (left out where a value does too), since GDAL and QGIS
/// take one code for missing, _FillValue, and mask further ones by that alone. Removed cells have that code
/// as well, and a variable NAME_rejected (1 removed, 0 kept) tells the two apart. Where the input gave one
/// code to both no data and no echo, _Undetect is _FillValue.
class NetcdfCells {
public:
    /// Defines the variable. @p chunks as NetcdfWriter::define(). @throws Error
    NetcdfCells(NetcdfWriter& file, std::string name, const Quantity& quantity,
                std::vector<std::string> dimensions, std::vector<std::size_t> chunks);

    const std::string& name() const { return m_name; }
    void attribute(const std::string& name, const std::string& words);
    /// Cells of @p field, which fill the part; of classes and flags areWhole().
    void put(const std::vector<std::size_t>& from, const std::vector<std::size_t>& count, const Field& field);
    bool hasRejected() const { return m_rejectedSeen; }
    /// To be called where hasRejected(), once all is put: the same parts again. @p coordinates is an
    /// attribute.
    void putRejected(const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
                     const Field& field, const std::string& coordinates);
    /// Says which codes there are, and which variables qualify this one.
    void finish(std::vector<std::string> ancillary);

private:
    template <class Code>
    std::vector<Code> codesOf(const Field& field) const;

    NetcdfWriter& m_file;
    const std::string m_name;
    const Quantity m_quantity;
    const std::vector<std::string> m_dimensions;
    const std::vector<std::size_t> m_chunks;
    const bool m_whole;
    NetcdfWriter::Variable m_variable;
    std::optional<NetcdfWriter::Variable> m_rejected;
    bool m_rejectedSeen = false, m_noEchoSeen = false, m_isInLimits = true;
};

/// They say which cells of another array were removed, which Fields of that have as states.
bool isRejectedFlags(const Quantity& quantity);

/// All valid cells of classes or flags are whole numbers, as these have to be; files have others.
bool areWhole(const Field& field);

/// @p text as a name of netCDF that all programs take: letters, digits and "_", a letter first.
std::string netcdfName(const std::string& text);

/// Chunks of at most a million cells that are whole along the last dimensions.
std::vector<std::size_t> chunksOf(const std::vector<std::size_t>& shape);

} // namespace embellie
