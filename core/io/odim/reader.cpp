#include "core/io/odim/odim_source.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace embellie {

namespace {

constexpr std::array<std::string_view, 11> Objects = {"PVOL",  "CVOL", "SCAN", "RAY", "AZIM", "ELEV",
                                                      "IMAGE", "COMP", "XSEC", "VP",  "PIC"};

Recognition recognise(const std::filesystem::path& path) {
    if (!Hdf5File::isHdf5(path))
        return {0, text(EMBELLIE_TR("io", "it is not an HDF5 file"))};
    const Hdf5File file = Hdf5File::open(path);
    const std::string object = file.string("/what", "object").value_or("");
    const bool known = std::find(Objects.begin(), Objects.end(), object) != Objects.end();
    if (known && file.exists("/dataset1"))
        return {100, text(EMBELLIE_TR("io", "what/object is {0}"), object)};
    if (file.string("/", "Conventions").value_or("").starts_with("ODIM_H5") && file.exists("/what") && known)
        return {60, text(EMBELLIE_TR("io", "it says ODIM_H5"))};
    return {0, text(EMBELLIE_TR("io", "it has no what/object of ODIM_H5"))};
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<OdimSource>(path);
}

} // namespace

const Reader& reader_odim() {
    static const Reader reader{
        "odim", EMBELLIE_TR("io", "ODIM_H5"),
        EMBELLIE_TR("io", "Radar volumes, scans, RHIs and composites of OPERA's information model"),
        recognise, open};
    return reader;
}

} // namespace embellie
