#include "core/io/nwcsaf/nwcsaf_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!Hdf5File::isHdf5(path))
        return {0, text(EMBELLIE_TR("io", "it is not an HDF5 file"))};
    return NwcSafSource::recognise(Hdf5File::open(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<NwcSafSource>(path);
}

} // namespace

const Reader& reader_nwcsaf() {
    static const Reader reader{"nwcsaf", EMBELLIE_TR("io", "NWC SAF HDF5"),
                               EMBELLIE_TR("io", "Cloud products of NWC SAF for Meteosat, up to v2013"),
                               recognise, open};
    return reader;
}

} // namespace embellie
