#include "core/io/gamic/gamic_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!Hdf5File::isHdf5(path))
        return {0, text(EMBELLIE_TR("io", "it is not an HDF5 file"))};
    return GamicSource::recognise(Hdf5File::open(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<GamicSource>(path);
}

} // namespace

const Reader& reader_gamic() {
    static const Reader reader{
        "gamic", EMBELLIE_TR("io", "GAMIC HDF5"),
        EMBELLIE_TR("io", "Radar sweeps and volumes as GAMIC's signal processors write them"), recognise,
        open};
    return reader;
}

} // namespace embellie
