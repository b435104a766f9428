#include "core/io/cfradial2/cfradial2_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!NetcdfFile::isNetcdf(path))
        return {0, text(EMBELLIE_TR("io", "it is not a netCDF file"))};
    return CfRadial2Source::recognise(NetcdfFile(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<CfRadial2Source>(path);
}

} // namespace

const Reader& reader_cfradial2() {
    static const Reader reader{"cfradial2", EMBELLIE_TR("io", "CfRadial 2"),
                               EMBELLIE_TR("io", "Radar and lidar sweeps in groups of netCDF-4 (WMO FM 301)"),
                               recognise, open};
    return reader;
}

} // namespace embellie
