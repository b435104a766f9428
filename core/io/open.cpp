#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/hdf5.h"
#include "core/io/netcdf.h"
#include "core/io/source.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

#define EMBELLIE_READER(name) const Reader& reader_##name();
#include "core/io/readers.def"
#undef EMBELLIE_READER

const std::vector<const Reader*>& readers() {
    static const std::vector<const Reader*> all = {
#define EMBELLIE_READER(name) &reader_##name(),
#include "core/io/readers.def"
#undef EMBELLIE_READER
    };
    return all;
}

namespace {

std::string joined(const std::vector<std::string>& names, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        out += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? out + ", …" : out;
}

Text expectedFamilies() {
    std::vector<std::string> names;
    for (const Reader* reader : readers())
        names.emplace_back(reader->name.pattern);
    return text(EMBELLIE_TR("io", "one of {0}"), joined(names, names.size()));
}

// What an unknown HDF5 or netCDF file is, as far as its headers tell.
Text looksLike(const fs::path& file) {
    if (NetcdfFile::isNetcdf(file)) {
        const NetcdfFile netcdf(file);
        bool placesInList = false;
        std::vector<std::string> numeric;
        for (const NetcdfVariable& variable : netcdf.variables()) {
            const bool isPlace = variable.shortName() == "lat" || variable.shortName() == "latitude";
            placesInList |=
                isPlace && variable.dimensions.size() == 1 && variable.dimensions[0] != variable.name;
            if (variable.isNumeric() && !variable.shape.empty())
                numeric.push_back(variable.name);
        }
        if (placesInList)
            return text(EMBELLIE_TR("io", "observations at places (stations or reports) in netCDF"));
        return numeric.empty() ? text(EMBELLIE_TR("io", "netCDF without any field"))
                               : text(EMBELLIE_TR("io", "netCDF whose variables ({0}) lie on no grid"),
                                      joined(numeric, 4));
    }
    const Hdf5File hdf5 = Hdf5File::open(file);
    const std::vector<std::string> children = hdf5.children("/");
    const auto has = [&](const char* name) {
        return std::find(children.begin(), children.end(), name) != children.end();
    };
    if (has("scan0"))
        return text(EMBELLIE_TR("io", "HDF5 like GAMIC's, but without ray_header or moments (it has {0})"),
                    joined(children, 4));
    if (has("image1") && has("geographic"))
        return text(EMBELLIE_TR("io", "HDF5 like KNMI's images, but without an overview (it has {0})"),
                    joined(children, 4));
    if (children.empty())
        return text(EMBELLIE_TR("io", "HDF5 with nothing in it"));
    return text(EMBELLIE_TR("io", "HDF5 of another family (it has {0})"), joined(children, 4));
}

void throwUnlessReadable(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    constexpr TextPattern cannotRead = EMBELLIE_TR("io", "the file can't be read");
    if (!fs::exists(status))
        throw systemError(cannotRead, file, error ? error.value() : ENOENT);
    if (fs::is_directory(status))
        throw Error(text(EMBELLIE_TR("io", "this is a folder, not a file")))
            .in(file)
            .remedy(text(EMBELLIE_TR("io", "name a file in it, or open the folder as a data set")));
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0)
        throw systemError(cannotRead, file, errno);
    ::close(opened);
    if (fs::is_regular_file(status) && fs::file_size(file) == 0)
        throw Error(text(EMBELLIE_TR("io", "the file is empty")))
            .in(file)
            .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
}

} // namespace

std::unique_ptr<Source> openSource(const fs::path& file) {
    throwUnlessReadable(file);
    const bool hdf5 = Hdf5File::isHdf5(file), classic = NetcdfFile::isClassic(file);
    if (!hdf5 && !classic) {
        char bytes[512] = {};
        std::ifstream stream(file, std::ios::binary);
        stream.read(bytes, sizeof bytes);
        const auto end = bytes + stream.gcount();
        const bool readable =
            std::none_of(bytes, end, [](unsigned char c) { return c < 9 || (c > 13 && c < 32); });
        throw Error(text(EMBELLIE_TR("io", "the file is of no family that is read here")))
            .in(file)
            .expected(expectedFamilies())
            .found(readable ? text(EMBELLIE_TR("io", "plain text"))
                            : text(EMBELLIE_TR("io", "bytes that are neither HDF5 nor netCDF")))
            .remedy(text(EMBELLIE_TR("io", "convert it to one of them first")));
    }
    if (hdf5)
        Hdf5File::open(file); // says what is wrong with a file that was cut off, before the readers guess
    else
        NetcdfFile vetted(file);
    const Reader* best = nullptr;
    int score = 0;
    for (const Reader* reader : readers())
        if (const Recognition recognition = reader->recognise(file); recognition.score > score) {
            best = reader;
            score = recognition.score;
        }
    if (!best)
        throw Error(text(EMBELLIE_TR("io", "the file is of no family that is read here")))
            .in(file)
            .expected(expectedFamilies())
            .found(looksLike(file))
            .remedy(text(EMBELLIE_TR("io", "convert it to one of them first")));
    return best->open(file);
}

} // namespace embellie
