#include "core/io/cfradial/copy.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/cfradial/roles.h"

#include <netcdf.h>

#include <algorithm>

namespace embellie {

namespace {

constexpr float Fill = -9999, Undetect = -9998;

/// A variable as netCDF-C counts it.
struct Place {
    int group = -1, variable = -1;
};

/// netCDF-C's writing side; the caller holds the library's lock.
class Writing {
public:
    Writing(const std::filesystem::path& aside, const std::filesystem::path& shown) : m_shown(shown) {
        check(nc_open(aside.c_str(), NC_WRITE, &m_id), "");
        int format = 0;
        check(nc_inq_format(m_id, &format), "");
        m_compresses = format == NC_FORMAT_NETCDF4;
    }
    ~Writing() {
        if (m_id >= 0)
            nc_close(m_id);
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    void check(int status, const std::string& place) const {
        if (status == NC_NOERR)
            return;
        Error error(text(EMBELLIE_TR("io", "the result can't be written: {0}"), nc_strerror(status)));
        error.in(m_shown, place);
        // The library adds nothing to files of HDF5 that do not keep the order of what they hold.
        if (status == NC_ECANTWRITE)
            error.remedy(text(EMBELLIE_TR("io", "copy the input with \"nccopy\" and clean the copy")));
        throw error;
    }

    Place define(const std::string& name, nc_type type, const std::vector<std::string>& along) {
        std::vector<int> dimensions(along.size());
        for (std::size_t i = 0; i < along.size(); ++i)
            check(nc_inq_dimid(groupOf(along[i]), withoutGroups(along[i]).c_str(), &dimensions[i]), along[i]);
        Place place{groupOf(name), 0};
        check(nc_def_var(place.group, withoutGroups(name).c_str(), type, static_cast<int>(along.size()),
                         dimensions.data(), &place.variable),
              name);
        if (m_compresses)
            check(nc_def_var_deflate(place.group, place.variable, 1, 1, 4), name);
        return place;
    }
    void attribute(Place of, const char* name, const std::string& value) {
        check(nc_put_att_text(of.group, of.variable, name, value.size(), value.data()), name);
    }
    void put(Place of, const std::string& name, const std::vector<float>& values) {
        int axes = 0;
        check(nc_inq_varndims(of.group, of.variable, &axes), name);
        std::vector<int> dimensions(static_cast<std::size_t>(axes));
        check(nc_inq_vardimid(of.group, of.variable, dimensions.data()), name);
        const std::vector<std::size_t> start(dimensions.size(), 0);
        std::vector<std::size_t> count(dimensions.size());
        for (std::size_t axis = 0; axis < count.size(); ++axis)
            check(nc_inq_dimlen(of.group, dimensions[axis], &count[axis]), name);
        check(nc_put_vara_float(of.group, of.variable, start.data(), count.data(), values.data()), name);
    }
    void beginDefinitions() {
        const int status = nc_redef(m_id);
        check(status == NC_EINDEFINE ? NC_NOERR : status, "");
    }
    void endDefinitions() { check(nc_enddef(m_id), ""); }
    void close() {
        const int id = m_id;
        m_id = -1;
        check(nc_close(id), "");
    }
    Place root() const { return {m_id, NC_GLOBAL}; }

private:
    int groupOf(const std::string& name) const {
        const std::size_t slash = name.rfind('/');
        int group = m_id;
        if (slash != std::string::npos)
            check(nc_inq_grp_full_ncid(m_id, name.substr(0, slash).c_str(), &group), name);
        return group;
    }

    std::filesystem::path m_shown;
    int m_id = -1;
    bool m_compresses = false;
};

std::string attributeText(const OdimAttribute& value) {
    const auto list = [](const auto& numbers) {
        std::string words;
        for (const auto number : numbers)
            words += (words.empty() ? "" : ",") + detail::argument(number);
        return words;
    };
    struct Words {
        decltype(list) of;
        std::string operator()(const std::string& value) const { return value; }
        std::string operator()(std::int64_t value) const { return std::to_string(value); }
        std::string operator()(double value) const { return numberText(value); }
        std::string operator()(const std::vector<std::int64_t>& values) const { return of(values); }
        std::string operator()(const std::vector<double>& values) const { return of(values); }
    };
    return std::visit(Words{list}, value);
}

/// Those of @p name_rejected, name_probability and name_uncertainty that there are, without their group.
std::string companionsOf(const std::string& name, const CfradialAdditions& additions) {
    std::string names;
    for (const char* role : {CfRadialRejectedRole, CfRadialProbabilityRole, CfRadialUncertaintyRole})
        if (const std::string one = name + "_" + role; additions.contains(one))
            names += (names.empty() ? "" : " ") + withoutGroups(one);
    return names;
}

Place defineVariable(Writing& file, const std::string& name, const CfradialAddition& variable,
                     const std::string& companions) {
    const bool flag = variable.role == CfRadialRejectedRole;
    const Place at = file.define(name, flag ? NC_BYTE : NC_FLOAT, variable.dimensions);
    if (flag) {
        const signed char fill = -1, values[2] = {0, 1};
        file.check(nc_put_att_schar(at.group, at.variable, "_FillValue", NC_BYTE, 1, &fill), name);
        file.check(nc_put_att_schar(at.group, at.variable, "flag_values", NC_BYTE, 2, values), name);
        file.attribute(at, "flag_meanings", "kept rejected");
        file.attribute(at, "long_name", "echoes removed by a network");
    } else {
        file.check(nc_put_att_float(at.group, at.variable, "_FillValue", NC_FLOAT, 1, &Fill), name);
        if (variable.role.empty()) {
            file.check(nc_put_att_float(at.group, at.variable, "_Undetect", NC_FLOAT, 1, &Undetect), name);
            file.attribute(at, "standard_name", "equivalent_reflectivity_factor");
            file.attribute(at, "long_name", "reflectivity, cleaned by a network");
            file.attribute(at, "ancillary_variables", companions);
        } else {
            file.attribute(at, "long_name", variable.quantity.longName);
        }
        file.attribute(at, "units", variable.quantity.unit);
    }
    file.attribute(at, "coordinates", "elevation azimuth range");
    if (!variable.role.empty())
        file.attribute(at, CfRadialRoleAttribute, variable.role);
    return at;
}

void put(CfradialAdditions& additions, const std::string& name, const std::string& role, const Field& field,
         const CfradialPlace& place) {
    auto [found, isNew] = additions.try_emplace(place.group.empty() ? name : place.group + "/" + name);
    CfradialAddition& addition = found->second;
    if (isNew)
        addition = {role, field.quantity(), place.dimensions, std::vector<float>(place.cells, Fill)};
    const std::size_t gates = shapeOf(field.geometry()).at(1);
    for (std::size_t cell = 0; cell < field.size(); ++cell) {
        const State state = field.states()[cell];
        const auto at = place.at(cell / gates, cell % gates);
        if (state == State::NoData || !at)
            continue;
        float& value = addition.values.at(*at);
        if (role == CfRadialRejectedRole)
            value = state == State::Rejected ? 1 : 0;
        else
            value = state == State::Valid ? field.values()[cell] : role.empty() ? Undetect : Fill;
    }
}

} // namespace

std::string nameOfCleaned(const NetcdfFile& file, const std::string& id,
                          const std::vector<std::string>& groups) {
    const auto isTaken = [&](const std::string& name) {
        return std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
            return file.find(group.empty() ? name : group + "/" + name) != nullptr;
        });
    };
    if (!isTaken(id))
        return id;
    std::string name = id + "_cleaned";
    for (int number = 2; isTaken(name); ++number)
        name = id + "_cleaned_" + std::to_string(number);
    return name;
}

void requireShape(const Field& cleaned, const SweepInfo& sweep, const std::filesystem::path& input) {
    if (shapeOf(cleaned.geometry()) != std::vector<std::size_t>{sweep.rays, sweep.gates})
        throw Error(text(EMBELLIE_TR("io", "the result does not have the shape of its sweep"))).in(input);
}

void addResult(CfradialAdditions& additions, const std::string& name, const OdimMoment& cleaned,
               const CfradialPlace& place) {
    const auto qualify = [&](const char* role, const Field& field) {
        put(additions, name + "_" + role, role, field, place);
    };
    put(additions, name, "", *cleaned.field, place);
    qualify(CfRadialRejectedRole, *cleaned.field);
    for (const FieldPtr& quality : cleaned.quality)
        if (quality->quantity().kind == Kind::Probability)
            qualify(CfRadialProbabilityRole, *quality);
        else if (quality->quantity().id == UncertaintyId)
            qualify(CfRadialUncertaintyRole, *quality);
}

void writeCopyWith(const CfradialAdditions& additions, const std::filesystem::path& output,
                   const std::filesystem::path& input, const OdimAttributes& how, Feedback& feedback) {
    feedback.throwIfCancelled();
    writeFileAtomically(output, [&](const std::filesystem::path& aside) {
        namespace fs = std::filesystem;
        std::error_code error;
        if (!fs::copy_file(input, aside, error))
            throw systemError(EMBELLIE_TR("io", "the result can't be written"), output, error.value());
        fs::permissions(aside, fs::perms::owner_read | fs::perms::owner_write, fs::perm_options::add);
        const std::lock_guard lock(netcdfLock());
        Writing file(aside, output);
        file.beginDefinitions();
        std::map<std::string, Place> places;
        for (const auto& [name, addition] : additions)
            places[name] = defineVariable(file, name, addition, companionsOf(name, additions));
        for (const auto& [name, value] : how)
            file.attribute(file.root(), name.c_str(), attributeText(value));
        file.endDefinitions();
        for (const auto& [name, addition] : additions) {
            std::vector<float> values = addition.values;
            if (addition.role == CfRadialRejectedRole)
                std::replace(values.begin(), values.end(), Fill, -1.0f);
            file.put(places.at(name), name, values);
        }
        file.close();
    });
}

} // namespace embellie
