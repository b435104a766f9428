#include "core/io/netcdf_writer.h"

#include "core/base/error.h"
#include "core/io/netcdf.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include <netcdf.h>

namespace embellie {

namespace {

constexpr int Deflate = 4;

Error notWritten(int status, const std::filesystem::path& shown, const std::string& place) {
    Error error(text(EMBELLIE_TR("io", "the result can't be written: {0}"), nc_strerror(status)));
    error.in(shown, place);
    // The library adds nothing to files of HDF5 that do not keep the order of what they hold.
    if (status == NC_ECANTWRITE)
        error.remedy(text(EMBELLIE_TR("io", "copy the input with \"nccopy\" and clean the copy")));
    if (status == NC_EHDFERR) // which is all that it says of a full disk
        error.remedy(text(EMBELLIE_TR("io", "see whether the disk is full, or choose another folder")));
    return error;
}

} // namespace

NetcdfWriter::NetcdfWriter(int id, std::filesystem::path shown) : m_shown(std::move(shown)), m_id(id) {
    int format = 0;
    m_compresses = nc_inq_format(m_id, &format) == NC_NOERR && format == NC_FORMAT_NETCDF4;
}

NetcdfWriter::NetcdfWriter(NetcdfWriter&& other) noexcept
    : m_shown(std::move(other.m_shown)), m_id(other.m_id), m_compresses(other.m_compresses) {
    other.m_id = -1;
}

NetcdfWriter::~NetcdfWriter() {
    const std::lock_guard lock(netcdfLock());
    if (m_id >= 0)
        nc_close(m_id);
}

NetcdfWriter NetcdfWriter::create(const std::filesystem::path& aside, const std::filesystem::path& shown) {
    const std::lock_guard lock(netcdfLock());
    int id = -1;
    if (const int status = nc_create(aside.c_str(), NC_NETCDF4 | NC_CLOBBER, &id); status != NC_NOERR)
        throw notWritten(status, shown, "");
    return NetcdfWriter(id, shown);
}

NetcdfWriter NetcdfWriter::change(const std::filesystem::path& aside, const std::filesystem::path& shown) {
    const std::lock_guard lock(netcdfLock());
    int id = -1;
    if (const int status = nc_open(aside.c_str(), NC_WRITE, &id); status != NC_NOERR)
        throw notWritten(status, shown, "");
    return NetcdfWriter(id, shown);
}

void NetcdfWriter::check(int status, const std::string& place) const {
    if (status != NC_NOERR)
        throw notWritten(status, m_shown, place);
}

NetcdfWriter::Variable NetcdfWriter::root() const {
    return {m_id, NC_GLOBAL};
}

int NetcdfWriter::groupOf(const std::string& name) const {
    const std::size_t slash = name.rfind('/');
    int group = m_id;
    if (slash != std::string::npos)
        check(nc_inq_grp_full_ncid(m_id, name.substr(0, slash).c_str(), &group), name);
    return group;
}

std::string NetcdfWriter::nameOf(Variable of) const {
    char name[NC_MAX_NAME + 1] = {};
    return of.id != NC_GLOBAL && nc_inq_varname(of.group, of.id, name) == NC_NOERR ? name : "";
}

std::vector<std::size_t> NetcdfWriter::shapeOf(Variable of) const {
    int axes = 0;
    check(nc_inq_varndims(of.group, of.id, &axes), nameOf(of));
    std::vector<int> dimensions(static_cast<std::size_t>(axes));
    check(nc_inq_vardimid(of.group, of.id, dimensions.data()), nameOf(of));
    std::vector<std::size_t> shape(dimensions.size());
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        check(nc_inq_dimlen(of.group, dimensions[axis], &shape[axis]), nameOf(of));
    return shape;
}

/// The library would read as many as the count says, wherever they end.
void NetcdfWriter::checkSize(const std::vector<std::size_t>& count, std::size_t cells, Variable of) const {
    const std::size_t wanted =
        std::accumulate(count.begin(), count.end(), std::size_t(1), std::multiplies<>());
    check(cells == wanted ? NC_NOERR : NC_EEDGE, nameOf(of));
}

void NetcdfWriter::dimension(const std::string& name, std::size_t size) {
    const std::lock_guard lock(netcdfLock());
    int id = 0;
    check(nc_def_dim(groupOf(name), withoutGroups(name).c_str(), size, &id), name);
}

NetcdfWriter::Variable NetcdfWriter::define(const std::string& name, int type,
                                            const std::vector<std::string>& along,
                                            const std::vector<std::size_t>& chunks) {
    const std::lock_guard lock(netcdfLock());
    std::vector<int> dimensions(along.size());
    for (std::size_t i = 0; i < along.size(); ++i)
        check(nc_inq_dimid(groupOf(along[i]), withoutGroups(along[i]).c_str(), &dimensions[i]), along[i]);
    Variable made{groupOf(name), 0};
    check(nc_def_var(made.group, withoutGroups(name).c_str(), type, static_cast<int>(along.size()),
                     dimensions.data(), &made.id),
          name);
    if (m_compresses && !chunks.empty())
        check(nc_def_var_chunking(made.group, made.id, NC_CHUNKED, chunks.data()), name);
    if (m_compresses && !along.empty())
        check(nc_def_var_deflate(made.group, made.id, 1, 1, Deflate), name);
    return made;
}

void NetcdfWriter::attribute(Variable of, const std::string& name, const std::string& words) {
    const std::lock_guard lock(netcdfLock());
    check(nc_put_att_text(of.group, of.id, name.c_str(), words.size(), words.data()), nameOf(of));
}

void NetcdfWriter::numbers(Variable of, const std::string& name, int type,
                           const std::vector<double>& numbers) {
    const std::lock_guard lock(netcdfLock());
    check(nc_put_att_double(of.group, of.id, name.c_str(), type, numbers.size(), numbers.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<double>& cells) {
    const std::lock_guard lock(netcdfLock());
    const std::vector<std::size_t> count = shapeOf(of), from(count.size(), 0);
    checkSize(count, cells.size(), of);
    check(nc_put_vara_double(of.group, of.id, from.data(), count.data(), cells.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<float>& cells) {
    const std::lock_guard lock(netcdfLock());
    const std::vector<std::size_t> count = shapeOf(of), from(count.size(), 0);
    checkSize(count, cells.size(), of);
    check(nc_put_vara_float(of.group, of.id, from.data(), count.data(), cells.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<std::size_t>& from,
                       const std::vector<std::size_t>& count, const std::vector<float>& cells) {
    const std::lock_guard lock(netcdfLock());
    checkSize(count, cells.size(), of);
    check(nc_put_vara_float(of.group, of.id, from.data(), count.data(), cells.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<std::size_t>& from,
                       const std::vector<std::size_t>& count, const std::vector<std::int32_t>& cells) {
    const std::lock_guard lock(netcdfLock());
    checkSize(count, cells.size(), of);
    check(nc_put_vara_int(of.group, of.id, from.data(), count.data(), cells.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<std::size_t>& from,
                       const std::vector<std::size_t>& count, const std::vector<double>& cells) {
    const std::lock_guard lock(netcdfLock());
    checkSize(count, cells.size(), of);
    check(nc_put_vara_double(of.group, of.id, from.data(), count.data(), cells.data()), nameOf(of));
}

void NetcdfWriter::put(Variable of, const std::vector<std::string>& rows, std::size_t width) {
    std::string all;
    for (const std::string& row : rows) {
        all += row.substr(0, width);
        all.append(width - std::min(row.size(), width), '\0');
    }
    const std::lock_guard lock(netcdfLock());
    const std::vector<std::size_t> count = shapeOf(of), from(count.size(), 0);
    checkSize(count, all.size(), of);
    check(nc_put_vara_text(of.group, of.id, from.data(), count.data(), all.data()), nameOf(of));
}

void NetcdfWriter::beginDefinitions() {
    const std::lock_guard lock(netcdfLock());
    const int status = nc_redef(m_id);
    check(status == NC_EINDEFINE ? NC_NOERR : status, "");
}

void NetcdfWriter::endDefinitions() {
    const std::lock_guard lock(netcdfLock());
    check(nc_enddef(m_id), "");
}

void NetcdfWriter::close() {
    const std::lock_guard lock(netcdfLock());
    const int id = m_id;
    m_id = -1;
    check(nc_close(id), "");
}

} // namespace embellie
