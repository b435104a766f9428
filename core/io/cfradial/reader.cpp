#include "core/io/cfradial/cfradial_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!NetcdfFile::isNetcdf(path))
        return {0, text(EMBELLIE_TR("io", "it is not a netCDF file"))};
    return CfRadialSource::recognise(NetcdfFile(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<CfRadialSource>(path);
}

} // namespace

const Reader& reader_cfradial() {
    static const Reader reader{
        "cfradial", EMBELLIE_TR("io", "CfRadial 1"),
        EMBELLIE_TR("io", "Radar and lidar sweeps in netCDF: PPI, RHI, vertical pointing"), recognise, open};
    return reader;
}

} // namespace embellie
