#include "core/io/knmi/knmi_source.h"

namespace embellie {

namespace {

Recognition recognise(const std::filesystem::path& path) {
    if (!Hdf5File::isHdf5(path))
        return {0, text(EMBELLIE_TR("io", "it is not an HDF5 file"))};
    return KnmiSource::recognise(Hdf5File::open(path));
}

std::unique_ptr<Source> open(const std::filesystem::path& path) {
    return std::make_unique<KnmiSource>(path);
}

} // namespace

const Reader& reader_knmi() {
    static const Reader reader{
        "knmi", EMBELLIE_TR("io", "KNMI HDF5"),
        EMBELLIE_TR("io", "Composites and volumes of the Dutch weather service in its own HDF5"), recognise,
        open};
    return reader;
}

} // namespace embellie
