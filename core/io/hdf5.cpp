#include "core/io/hdf5.h"

#include "core/base/error.h"
#include "core/io/clean_text.h"
#include "core/io/hdf5_chunks.h"
#include "core/io/natural_order.h"
#include "core/io/shared_file.h"
#include "core/io/words.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace embellie {

namespace fs = std::filesystem;

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept {
    if (this != &other) {
        reset();
        m_id = other.m_id;
        m_close = other.m_close;
        other.m_id = -1;
    }
    return *this;
}

void Hdf5Handle::reset() {
    if (m_id >= 0)
        m_close(m_id);
    m_id = -1;
}

void silenceHdf5() {
    thread_local const herr_t silenced = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    (void)silenced;
}

namespace {

// Network file systems may refuse locks, and a file that somebody writes, or that a program started meanwhile
// has inherited, would be refused; reading needs none, and results are written aside. netCDF-C opens HDF5
// too, and has no other way to be told. Before main(): the library looks once, when it is first used.
const bool withoutLocks = ::setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0) == 0;

// A file that could not be written whole because the disk is full can't be closed either (HDF5 1.10), and the
// library crashed when it tried again at the end of the process. All others are closed by then.
const bool withoutEnd = H5dont_atexit() >= 0;

// The library says how long the file should be only in the text of its error stack.
herr_t findTruncation(unsigned, const H5E_error2_t* entry, void* found) {
    const std::string_view text = entry->desc ? entry->desc : "";
    if (text.find("truncated file") != std::string_view::npos)
        *static_cast<std::string*>(found) = text;
    return 0;
}

std::string numberAfter(const std::string& text, const std::string& key) {
    const std::size_t at = text.find(key);
    if (at == std::string::npos)
        return {};
    const std::size_t from = at + key.size();
    return text.substr(from, text.find_first_not_of("0123456789", from) - from);
}

Hdf5Handle openAttribute(hid_t file, const std::string& object, const std::string& attribute) {
    silenceHdf5();
    Hdf5Handle handle(H5Oopen(file, object.c_str(), H5P_DEFAULT), H5Oclose);
    if (!handle.isValid() || H5Aexists(handle, attribute.c_str()) <= 0)
        return {};
    return {H5Aopen(handle, attribute.c_str(), H5P_DEFAULT), H5Aclose};
}

std::optional<std::string> textOf(hid_t attribute) {
    const Hdf5Handle type(H5Aget_type(attribute), H5Tclose), space(H5Aget_space(attribute), H5Sclose);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    if (H5Tget_class(type) != H5T_STRING || count < 1)
        return std::nullopt;
    if (H5Tis_variable_str(type) > 0) {
        std::vector<char*> texts(static_cast<std::size_t>(count), nullptr);
        if (H5Aread(attribute, type, texts.data()) < 0)
            return std::nullopt;
        std::string text = texts[0] ? texts[0] : "";
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
        return cleanText(std::move(text));
    }
    const std::size_t size = H5Tget_size(type);
    std::string text(size * static_cast<std::size_t>(count), '\0');
    if (H5Aread(attribute, type, text.data()) < 0)
        return std::nullopt;
    text.resize(size);
    return cleanText(std::move(text));
}

/// "0.5, 1.5, 2.5": some attributes of ODIM_H5 are lists in words. Nothing where one of them is no number.
std::vector<double> numbersIn(const std::string& text) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string word = text.substr(begin, end - begin);
        word.erase(0, word.find_first_not_of(' '));
        word.erase(word.find_last_not_of(' ') + 1);
        const auto number = numberIn(word);
        if (!number)
            return {};
        numbers.push_back(*number);
        begin = end + 1;
    }
    return numbers;
}

} // namespace

bool Hdf5File::isHdf5(const fs::path& path) {
    static constexpr unsigned char signature[] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
    std::ifstream file(path, std::ios::binary);
    char bytes[8] = {};
    // Behind a user block, whose length is a power of two of at least 512, too.
    for (std::streamoff start = 0; file.seekg(start) && file.read(bytes, 8);
         start = std::max<std::streamoff>(512, 2 * start))
        if (std::memcmp(bytes, signature, 8) == 0)
            return true;
    return false;
}

static Hdf5Handle openForReading(const fs::path& path) {
    const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    std::string truncation;
    // A file that is open already in this process opens again with the same rules only: first those of
    // netCDF-C, so that it may come after us.
    for (const H5F_close_degree_t closing : {H5F_CLOSE_SEMI, H5F_CLOSE_STRONG, H5F_CLOSE_WEAK}) {
        H5Pset_fclose_degree(access, closing);
        Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose);
        if (file.isValid())
            return file;
        H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, findTruncation, &truncation);
    }
    if (truncation.empty())
        throw Error(text(EMBELLIE_TR("io", "the HDF5 file is damaged")))
            .in(path)
            .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
    throw Error(text(EMBELLIE_TR("io", "the file is cut off")))
        .in(path)
        .expected(text(EMBELLIE_TR("io", "{0} bytes"), numberAfter(truncation, "stored_eof = ")))
        .found(text(EMBELLIE_TR("io", "{0}"), numberAfter(truncation, ": eof = ")))
        .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
}

Hdf5File::Hdf5File(const fs::path& path) : m_path(path), m_shared(SharedFile::of(path)) {
    silenceHdf5();
    m_file = m_shared->hdf5([&] { return openForReading(path); });
}

Hdf5File::Hdf5File(Hdf5File&&) noexcept = default;
Hdf5File::~Hdf5File() = default;

Hdf5File Hdf5File::open(const fs::path& path) {
    return Hdf5File(path);
}

bool Hdf5File::exists(const std::string& object) const {
    silenceHdf5();
    return Hdf5Handle(H5Oopen(m_file, object.c_str(), H5P_DEFAULT), H5Oclose).isValid();
}

bool Hdf5File::isDataset(const std::string& object) const {
    silenceHdf5();
    const Hdf5Handle handle(H5Oopen(m_file, object.c_str(), H5P_DEFAULT), H5Oclose);
    return handle.isValid() && H5Iget_type(handle) == H5I_DATASET;
}

std::vector<std::string> Hdf5File::children(const std::string& group) const {
    silenceHdf5();
    std::vector<std::string> names;
    const Hdf5Handle handle(H5Gopen2(m_file, group.c_str(), H5P_DEFAULT), H5Gclose);
    if (!handle.isValid())
        return names;
    const auto add = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    H5Literate(handle, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, add, &names);
    std::sort(names.begin(), names.end(), naturalLess);
    return names;
}

std::vector<double> Hdf5File::numbers(const std::string& object, const std::string& attribute) const {
    const Hdf5Handle handle = openAttribute(m_file, object, attribute);
    if (!handle.isValid())
        return {};
    const Hdf5Handle type(H5Aget_type(handle), H5Tclose), space(H5Aget_space(handle), H5Sclose);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    const H5T_class_t kind = H5Tget_class(type);
    if (kind == H5T_STRING) {
        const auto text = textOf(handle);
        return text ? numbersIn(*text) : std::vector<double>{};
    }
    if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || count < 1)
        return {};
    std::vector<double> values(static_cast<std::size_t>(count));
    if (H5Aread(handle, H5T_NATIVE_DOUBLE, values.data()) < 0)
        return {};
    return values;
}

std::optional<double> Hdf5File::number(const std::string& object, const std::string& attribute) const {
    const std::vector<double> values = numbers(object, attribute);
    return values.empty() ? std::nullopt : std::optional(values.front());
}

std::optional<std::string> Hdf5File::string(const std::string& object, const std::string& attribute) const {
    const Hdf5Handle handle = openAttribute(m_file, object, attribute);
    return handle.isValid() ? textOf(handle) : std::nullopt;
}

std::vector<std::string> Hdf5File::attributeNames(const std::string& object) const {
    silenceHdf5();
    std::vector<std::string> names;
    const Hdf5Handle handle(H5Oopen(m_file, object.c_str(), H5P_DEFAULT), H5Oclose);
    if (!handle.isValid())
        return names;
    const auto add = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    H5Aiterate2(handle, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, add, &names);
    std::sort(names.begin(), names.end(), naturalLess);
    return names;
}

std::vector<std::size_t> Hdf5File::shape(const std::string& dataset) const {
    silenceHdf5();
    const Hdf5Handle data(H5Dopen2(m_file, dataset.c_str(), H5P_DEFAULT), H5Dclose);
    const Hdf5Handle space(data.isValid() ? H5Dget_space(data) : hid_t(-1), H5Sclose);
    const int rank = space.isValid() ? H5Sget_simple_extent_ndims(space) : -1;
    if (rank < 0)
        throw Error(text(EMBELLIE_TR("io", "the array is missing"))).in(m_path, dataset);
    std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
    H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
    return {sizes.begin(), sizes.end()};
}

namespace {

/// An array's numbers in the file, and room for them in @p raw, whose shape is set.
struct OpenArray {
    Hdf5Handle data, stored, base;
};
OpenArray openArray(const Hdf5File& file, const std::string& dataset, RawArray& raw) {
    OpenArray array;
    array.data = Hdf5Handle(H5Dopen2(file.id(), dataset.c_str(), H5P_DEFAULT), H5Dclose);
    array.stored = Hdf5Handle(H5Dget_type(array.data), H5Tclose);
    array.base = Hdf5Handle(H5Tget_class(array.stored) == H5T_ENUM ? H5Tget_super(array.stored)
                                                                   : H5Tcopy(array.stored),
                            H5Tclose);
    const H5T_class_t kind = H5Tget_class(array.base);
    raw.elementBytes = H5Tget_size(array.base);
    if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || !std::has_single_bit(raw.elementBytes) ||
        raw.elementBytes > 8 || (kind == H5T_FLOAT && raw.elementBytes < 4))
        throw Error(text(EMBELLIE_TR("io", "the array does not hold plain numbers")))
            .in(file.path(), dataset);
    raw.kind = kind == H5T_FLOAT                         ? RawArray::Kind::Float
               : H5Tget_sign(array.base) == H5T_SGN_NONE ? RawArray::Kind::Unsigned
                                                         : RawArray::Kind::Signed;
    std::size_t count = 1;
    for (const std::size_t size : raw.shape)
        count *= size;
    raw.bytes.resize(count * raw.elementBytes);
    return array;
}

/// The name of a filter that this array needs and that is not there; empty where all are.
std::string missingFilter(hid_t array) {
    const Hdf5Handle plan(H5Dget_create_plist(array), H5Pclose);
    const int count = H5Pget_nfilters(plan);
    for (int i = 0; i < count; ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        char name[64] = {};
        const H5Z_filter_t filter = H5Pget_filter2(plan, static_cast<unsigned>(i), &flags, &values, nullptr,
                                                   sizeof name, name, nullptr);
        if (filter >= 0 && H5Zfilter_avail(filter) <= 0)
            return name[0] ? name : "number " + std::to_string(filter);
    }
    return {};
}

Error unreadable(const Hdf5File& file, const std::string& dataset, hid_t array) {
    if (const std::string filter = missingFilter(array); !filter.empty())
        return Error(text(EMBELLIE_TR("io", "the array is packed by a filter that is not installed: {0}"),
                          filter))
            .in(file.path(), dataset)
            .remedy(
                text(EMBELLIE_TR("io", "name the folder of its plug-in in HDF5_PLUGIN_PATH, or pack the file "
                                       "anew by h5repack -f GZIP=4 where it can be read")));
    return Error(text(EMBELLIE_TR("io", "the array can't be read, the file is damaged")))
        .in(file.path(), dataset)
        .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
}

void toNativeOrder(RawArray& raw, hid_t base) {
    const bool bigEndian = H5Tget_order(base) == H5T_ORDER_BE;
    if (raw.elementBytes > 1 && bigEndian != (std::endian::native == std::endian::big))
        for (std::size_t at = 0; at < raw.bytes.size(); at += raw.elementBytes)
            std::reverse(raw.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                         raw.bytes.begin() + static_cast<std::ptrdiff_t>(at + raw.elementBytes));
}

} // namespace

RawArray Hdf5File::read(const std::string& dataset) const {
    RawArray raw;
    raw.shape = shape(dataset);
    const OpenArray array = openArray(*this, dataset, raw);
    if (raw.bytes.empty())
        return raw;
    if (!readChunks(array.data, raw) &&
        H5Dread(array.data, array.stored, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.bytes.data()) < 0)
        throw unreadable(*this, dataset, array.data);
    toNativeOrder(raw, array.base);
    return raw;
}

RawArray Hdf5File::read(const std::string& dataset, const std::vector<AxisPart>& parts) const {
    RawArray raw;
    std::vector<hsize_t> start, stride, count;
    for (const AxisPart& part : parts) {
        start.push_back(part.from);
        stride.push_back(part.step);
        count.push_back(part.count());
        raw.shape.push_back(part.count());
    }
    const std::size_t rank = shape(dataset).size();
    const OpenArray array = openArray(*this, dataset, raw);
    if (raw.bytes.empty())
        return raw;
    const Hdf5Handle space(H5Dget_space(array.data), H5Sclose),
        memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose);
    if (rank != parts.size() ||
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), stride.data(), count.data(), nullptr) < 0 ||
        H5Dread(array.data, array.stored, memory, space, H5P_DEFAULT, raw.bytes.data()) < 0)
        throw unreadable(*this, dataset, array.data);
    toNativeOrder(raw, array.base);
    return raw;
}

} // namespace embellie
