#include "core/io/netcdf.h"

#include "core/base/error.h"
#include "core/io/clean_text.h"
#include "core/io/hdf5.h"
#include "core/io/netcdf_classic.h"
#include "core/io/shared_file.h"
#include "core/io/words.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <mutex>
#include <netcdf.h>

namespace embellie {

std::mutex& netcdfLock() {
    static std::mutex mutex;
    return mutex;
}

namespace {

Error damaged(const std::filesystem::path& path, const std::string& place, int status) {
    return Error(text(EMBELLIE_TR("io", "the netCDF file can't be read")))
        .in(path, place)
        .found(text(EMBELLIE_TR("io", "the library's answer \"{0}\""), nc_strerror(status)))
        .remedy(text(EMBELLIE_TR("io", "fetch the file again")));
}

std::size_t bytesOf(nc_type type) {
    switch (type) {
    case NC_BYTE:
    case NC_UBYTE:
        return 1;
    case NC_SHORT:
    case NC_USHORT:
        return 2;
    case NC_INT:
    case NC_UINT:
    case NC_FLOAT:
        return 4;
    case NC_INT64:
    case NC_UINT64:
    case NC_DOUBLE:
        return 8;
    default:
        return 0;
    }
}

// "a", "b" of the group "a/b", the root last.
std::vector<std::string> outwards(std::string folder) {
    std::vector<std::string> folders;
    while (!folder.empty()) {
        folders.push_back(folder + "/");
        const std::size_t slash = folder.rfind('/');
        folder.resize(slash == std::string::npos ? 0 : slash);
    }
    folders.emplace_back();
    return folders;
}

std::map<std::string, NetcdfAttribute> attributesOf(int group, int variable) {
    std::map<std::string, NetcdfAttribute> all;
    int count = 0;
    if (variable == NC_GLOBAL)
        nc_inq_natts(group, &count);
    else
        nc_inq_varnatts(group, variable, &count);
    for (int i = 0; i < count; ++i) {
        char name[NC_MAX_NAME + 1] = {};
        nc_type type = 0;
        std::size_t length = 0;
        if (nc_inq_attname(group, variable, i, name) != NC_NOERR ||
            nc_inq_att(group, variable, name, &type, &length) != NC_NOERR)
            continue;
        NetcdfAttribute attribute;
        attribute.isFloating = type == NC_FLOAT || type == NC_DOUBLE;
        if (type == NC_CHAR) {
            attribute.isText = true;
            attribute.text.resize(length);
            nc_get_att_text(group, variable, name, attribute.text.data());
        } else if (type == NC_STRING) {
            attribute.isText = true;
            std::vector<char*> texts(length, nullptr);
            if (nc_get_att_string(group, variable, name, texts.data()) == NC_NOERR) {
                for (const char* one : texts)
                    attribute.text += (attribute.text.empty() ? "" : " ") + std::string(one ? one : "");
                nc_free_string(length, texts.data());
            }
        } else if (bytesOf(type) > 0) {
            attribute.numbers.resize(length);
            nc_get_att_double(group, variable, name, attribute.numbers.data());
        }
        attribute.text = cleanText(std::move(attribute.text));
        if (const auto number = numberIn(attribute.text))
            attribute.numbers = {*number};
        all[name] = std::move(attribute);
    }
    return all;
}

} // namespace

std::string withoutGroups(const std::string& name) {
    return name.substr(name.rfind('/') + 1);
}

std::string NetcdfVariable::shortName() const {
    return withoutGroups(name);
}

bool NetcdfVariable::isNumeric() const {
    return typeBytes > 0;
}

bool NetcdfVariable::isInteger() const {
    return typeBytes > 0 && type != NC_FLOAT && type != NC_DOUBLE;
}

bool NetcdfVariable::isUnsigned() const {
    return type == NC_UBYTE || type == NC_USHORT || type == NC_UINT || type == NC_UINT64 ||
           (isInteger() && lower(text("_Unsigned")) == "true");
}

std::string NetcdfVariable::text(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string() : found->second.text;
}

std::optional<double> NetcdfVariable::number(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() || found->second.numbers.empty()
               ? std::nullopt
               : std::optional(found->second.numbers.front());
}

bool NetcdfFile::isClassic(const std::filesystem::path& path) {
    char bytes[4] = {};
    std::ifstream file(path, std::ios::binary);
    return file.read(bytes, 4) && std::memcmp(bytes, "CDF", 3) == 0 &&
           (bytes[3] == 1 || bytes[3] == 2 || bytes[3] == 5);
}

bool NetcdfFile::isNetcdf(const std::filesystem::path& path) {
    if (isClassic(path))
        return true;
    if (!Hdf5File::isHdf5(path))
        return false;
    const Hdf5File file = Hdf5File::open(path);
    if (file.string("/", "_NCProperties"))
        return true;
    const auto hasScales = [&](const std::string& group, int deeper, const auto& self) -> bool {
        const std::vector<std::string> children = file.children(group);
        return std::any_of(children.begin(), children.end(), [&](const std::string& child) {
            const std::string path = (group == "/" ? "" : group) + "/" + child;
            return file.string(path, "CLASS").value_or("") == "DIMENSION_SCALE" ||
                   (deeper > 0 && self(path, deeper - 1, self));
        });
    };
    return hasScales("/", 1, hasScales); // "/Grid/lat" of IMERG
}

NetcdfFile::NetcdfFile(const std::filesystem::path& path) : m_path(path), m_shared(SharedFile::of(path)) {
    if (isClassic(path)) {
        const auto needed = netcdfClassicSize(path);
        const auto present = std::filesystem::file_size(path);
        if (needed && present < *needed)
            throw Error(embellie::text(EMBELLIE_TR("io", "the file is cut off")))
                .in(path)
                .expected(embellie::text(EMBELLIE_TR("io", "{0} bytes"), *needed))
                .found(embellie::text(EMBELLIE_TR("io", "{0}"), present))
                .remedy(embellie::text(EMBELLIE_TR("io", "fetch the file again")));
    }
    m_id = m_shared->netcdf([&] {
        const std::lock_guard lock(netcdfLock());
        int id = -1;
        if (const int status = nc_open(path.c_str(), NC_NOWRITE, &id); status != NC_NOERR)
            throw damaged(path, "", status);
        return id;
    });
    const std::lock_guard lock(netcdfLock());
    readHeaders(m_id, "", {});
}

NetcdfFile::~NetcdfFile() = default;

void NetcdfFile::readHeaders(int group, const std::string& folder,
                             std::map<int, std::string> dimensionNames) {
    const auto check = [&](int status, const std::string& place = {}) {
        if (status != NC_NOERR)
            throw damaged(m_path, place, status);
    };
    const std::string prefix = folder.empty() ? "" : folder + "/";
    char name[NC_MAX_NAME + 1] = {};
    int count = 0;
    check(nc_inq_dimids(group, &count, nullptr, 0));
    std::vector<int> ids(static_cast<std::size_t>(count));
    check(nc_inq_dimids(group, &count, ids.data(), 0));
    for (const int id : ids) {
        std::size_t size = 0;
        check(nc_inq_dim(group, id, name, &size));
        dimensionNames[id] = prefix + name;
        m_dimensions[prefix + name] = size;
    }
    int variableCount = 0;
    check(nc_inq_nvars(group, &variableCount));
    for (int id = 0; id < variableCount; ++id) {
        NetcdfVariable variable;
        int rank = 0;
        check(nc_inq_var(group, id, name, &variable.type, &rank, nullptr, nullptr));
        variable.group = group;
        variable.id = id;
        variable.name = prefix + name;
        variable.typeBytes = bytesOf(variable.type);
        std::vector<int> axes(static_cast<std::size_t>(rank));
        check(nc_inq_vardimid(group, id, axes.data()), variable.name);
        for (const int axis : axes) {
            std::size_t size = 0;
            check(nc_inq_dim(group, axis, name, &size), variable.name);
            const auto known = dimensionNames.find(axis);
            variable.dimensions.push_back(known == dimensionNames.end() ? name : known->second);
            variable.shape.push_back(size);
        }
        variable.attributes = attributesOf(group, id);
        m_variables.push_back(std::move(variable));
    }
    m_attributes[folder] = attributesOf(group, NC_GLOBAL);
    int groupCount = 0;
    check(nc_inq_grps(group, &groupCount, nullptr));
    std::vector<int> groups(static_cast<std::size_t>(groupCount));
    if (groupCount > 0)
        check(nc_inq_grps(group, &groupCount, groups.data()));
    for (const int inner : groups) {
        check(nc_inq_grpname(inner, name));
        m_groups.push_back(prefix + name);
        readHeaders(inner, m_groups.back(), dimensionNames);
    }
}

const NetcdfVariable* NetcdfFile::find(const std::string& name) const {
    const auto found = std::find_if(m_variables.begin(), m_variables.end(),
                                    [&](const NetcdfVariable& v) { return v.name == name; });
    return found == m_variables.end() ? nullptr : &*found;
}

const NetcdfVariable* NetcdfFile::find(const std::string& name, const NetcdfVariable& from) const {
    if (name.starts_with('/'))
        return find(name.substr(1));
    const std::size_t slash = from.name.rfind('/');
    for (const std::string& folder : outwards(slash == std::string::npos ? "" : from.name.substr(0, slash)))
        if (const NetcdfVariable* const found = find(folder + name))
            return found;
    return nullptr;
}

std::string NetcdfFile::globalText(const std::string& attribute) const {
    return groupText("", attribute);
}

std::string NetcdfFile::groupText(const std::string& group, const std::string& attribute) const {
    const auto of = m_attributes.find(group);
    if (of == m_attributes.end())
        return {};
    const auto found = of->second.find(attribute);
    return found == of->second.end() ? std::string() : found->second.text;
}

RawArray NetcdfFile::read(const NetcdfVariable& variable) const {
    std::vector<AxisPart> parts;
    for (const std::size_t size : variable.shape)
        parts.push_back({0, size, 1});
    return read(variable, parts);
}

RawArray NetcdfFile::read(const NetcdfVariable& variable, const std::vector<AxisPart>& parts) const {
    if (!variable.isNumeric())
        throw Error(embellie::text(EMBELLIE_TR("io", "the variable does not hold numbers")))
            .in(m_path, variable.name);
    RawArray raw;
    raw.elementBytes = variable.typeBytes;
    raw.kind = !variable.isInteger()   ? RawArray::Kind::Float
               : variable.isUnsigned() ? RawArray::Kind::Unsigned
                                       : RawArray::Kind::Signed;
    // Every n-th cell is picked here: strided reading by the library is slower than reading all between.
    std::vector<std::size_t> start, count;
    std::vector<AxisPart> within;
    std::size_t cells = 1;
    for (const AxisPart& part : parts) {
        start.push_back(part.from);
        count.push_back(part.to - part.from);
        within.push_back({0, part.to - part.from, part.step});
        cells *= count.back();
    }
    raw.shape = count;
    raw.bytes.resize(cells * raw.elementBytes);
    if (cells > 0) {
        const std::lock_guard lock(netcdfLock());
        if (const int status =
                nc_get_vara(variable.group, variable.id, start.data(), count.data(), raw.bytes.data());
            status != NC_NOERR)
            throw damaged(m_path, variable.name, status);
    }
    const bool strided =
        std::any_of(within.begin(), within.end(), [](const AxisPart& part) { return part.step > 1; });
    return strided ? pick(raw, within) : raw;
}

std::vector<double> NetcdfFile::values(const NetcdfVariable& variable) const {
    const RawArray raw = read(variable);
    const Packing packing = packingOf(variable);
    std::vector<double> out(raw.count());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double number = raw.at(i);
        const bool missing =
            std::find(packing.noData.begin(), packing.noData.end(), number) != packing.noData.end();
        out[i] = missing ? std::numeric_limits<double>::quiet_NaN() : number * packing.gain + packing.offset;
    }
    return out;
}

std::vector<std::string> NetcdfFile::texts(const NetcdfVariable& variable) const {
    std::size_t count = 1;
    for (const std::size_t size : variable.shape)
        count *= size;
    std::vector<std::string> out;
    if (count == 0)
        return out;
    const std::lock_guard lock(netcdfLock());
    if (variable.type == NC_STRING) {
        std::vector<char*> rows(count, nullptr);
        if (const int status = nc_get_var_string(variable.group, variable.id, rows.data());
            status != NC_NOERR)
            throw damaged(m_path, variable.name, status);
        for (const char* row : rows)
            out.push_back(cleanText(row ? row : ""));
        nc_free_string(count, rows.data());
    } else if (variable.type == NC_CHAR) {
        std::string all(count, '\0');
        if (const int status = nc_get_var_text(variable.group, variable.id, all.data()); status != NC_NOERR)
            throw damaged(m_path, variable.name, status);
        const std::size_t width = variable.shape.empty() ? 1 : variable.shape.back();
        for (std::size_t at = 0; at < count; at += width)
            out.push_back(cleanText(all.substr(at, width)));
    }
    return out;
}

} // namespace embellie
