#include "core/io/gpm/gpm_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!Hdf5File::isHdf5(path))
        return {0, text(EMBELLIE_TR("io", "it is not an HDF5 file"))};
    return GpmSource::recognise(Hdf5File::open(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<GpmSource>(path);
}

} // namespace

const Reader& reader_gpm() {
    static const Reader reader{"gpm", EMBELLIE_TR("io", "GPM HDF5"),
                               EMBELLIE_TR("io", "Swaths of the radars and radiometers of GPM and TRMM"),
                               recognise, open};
    return reader;
}

} // namespace embellie
