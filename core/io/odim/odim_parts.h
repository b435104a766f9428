#pragma once

#include "core/io/hdf5.h"
#include "core/io/odim/odim_writer.h"

namespace embellie {

/// How the values of an array become numbers in a file: value = code * gain + offset.
struct OdimPacking {
    enum class Type { UInt8, UInt16, Float32 };
    Type type = Type::UInt8;
    double gain = 1, offset = 0, nodata = 255, undetect = 0;
};

/// Steps that an input used; its codes of missing cells are not taken over, since they may coincide.
struct OdimStep {
    double gain = 1, offset = 0;
};

/// The narrowest packing that gives the values back: steps of @p preferred where that is exact, the usual
/// step of the quantity, steps of a hundredth in 16 bits, float32. Rounded to a hundredth only where nothing
/// is preferred, and never where @p isExact: values of an input stay as they were measured.
OdimPacking odimPackingFor(const Field& field, const std::optional<OdimStep>& preferred,
                           bool isExact = false);

/// Writing side of HDF5: calls that throw an Error naming the file and the object. The file grows in memory:
/// HDF5 1.10 can't close a file whose disk is full, and crashes at the end of the process.
class OdimFile {
public:
    /// Offsets and lengths are as long as in @p like, if given: H5Ocopy() between files of different ones
    /// writes arrays that can't be read, and says nothing (HDF5 1.10).
    static OdimFile create(const std::filesystem::path& shown, const Hdf5File* like = nullptr);
    hid_t id() const { return m_file; }

    /// @p hasLongAttributes: some may have more than 64 KiB, for which HDF5 1.8 is needed.
    void makeGroup(const std::string& path, bool hasLongAttributes = false);
    void attribute(const std::string& object, const std::string& name, const OdimAttribute& value);
    /// "what" of an array, its numbers and its "how"; quality fields behind it.
    void moment(const std::string& group, const OdimMoment& moment, const std::optional<OdimStep>& preferred);
    /// A quality field of the moment or the sweep that is @p group, behind those that it has.
    void quality(const std::string& group, const Field& field, bool isExact);
    /// Closes it. @return the bytes of the file @throws Error
    std::string finish();
    [[noreturn]] void fail(const std::string& place) const;

private:
    OdimFile() = default;
    void array(const std::string& group, const Field& field, const OdimPacking& packing);
    void rejectedField(const std::string& group, const Field& field);
    void attributes(const std::string& group, const OdimAttributes& how);
    void meanings(const Quantity& quantity, OdimAttributes& how) const;
    std::string nextQuality(const std::string& group) const;

    std::filesystem::path m_shown;
    Hdf5Handle m_file;
};

} // namespace embellie
