#include "core/io/cf/cf_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!NetcdfFile::isNetcdf(path))
        return {0, text(EMBELLIE_TR("io", "it is not a netCDF file"))};
    return CfSource::recognise(NetcdfFile(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<CfSource>(path);
}

} // namespace

const Reader& reader_cf() {
    static const Reader reader{"cf", EMBELLIE_TR("io", "CF grid"),
                               EMBELLIE_TR("io", "Grids and swaths in netCDF by the CF conventions"),
                               recognise, open};
    return reader;
}

} // namespace embellie
