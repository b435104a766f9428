#include "core/io/cfradial/cfradial_result.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/netcdf.h"

#include <netcdf.h>

#include <algorithm>
#include <limits>
#include <map>

namespace embellie {

namespace {

constexpr float Fill = -9999, Undetect = -9998;

/// A variable of the result over all rays of the file, filled sweep by sweep.
struct Variable {
    std::string role; ///< empty for the cleaned moment itself
    Quantity quantity;
    std::vector<float> values;
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
        if (status != NC_NOERR)
            throw Error(text(EMBELLIE_TR("io", "the result can't be written: {0}"), nc_strerror(status)))
                .in(m_shown, place);
    }

    int define(const std::string& name, nc_type type, const std::vector<const char*>& along) {
        std::vector<int> dimensions(along.size());
        for (std::size_t i = 0; i < along.size(); ++i)
            check(nc_inq_dimid(m_id, along[i], &dimensions[i]), along[i]);
        int variable = 0;
        check(nc_def_var(m_id, name.c_str(), type, static_cast<int>(along.size()), dimensions.data(),
                         &variable),
              name);
        if (m_compresses)
            check(nc_def_var_deflate(m_id, variable, 1, 1, 4), name);
        return variable;
    }
    void attribute(int variable, const char* name, const std::string& value) {
        check(nc_put_att_text(m_id, variable, name, value.size(), value.data()), name);
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
    int id() const { return m_id; }

private:
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

/// Rows of the file's time dimension at which the sweeps begin; a file of one sweep begins with it.
std::vector<std::size_t> firstRays(const NetcdfFile& file, std::size_t sweeps) {
    if (sweeps == 1)
        return {0};
    std::vector<std::size_t> rows;
    for (const double row : file.values(*file.find("sweep_start_ray_index")))
        rows.push_back(static_cast<std::size_t>(row));
    return rows;
}

/// @p name, or the first of name_2, name_3 … that is not in the file: a result may be cleaned again.
std::string freeName(const NetcdfFile& file, const std::string& name) {
    std::string free = name;
    for (int number = 2; file.find(free); ++number)
        free = name + "_" + std::to_string(number);
    return free;
}

/// Where the gates of each ray lie in the moments of a file: in rows of one length, or, where rays are of
/// unequal length, one ray behind the other.
class Layout {
public:
    explicit Layout(const NetcdfFile& file)
        : m_rays(file.dimensions().at("time")), m_gates(file.dimensions().at("range")) {
        if (!file.dimensions().contains("n_points") || !file.find("ray_n_gates") ||
            !file.find("ray_start_index"))
            return;
        m_isRagged = true;
        m_points = file.dimensions().at("n_points");
        for (const double length : file.values(*file.find("ray_n_gates")))
            m_lengths.push_back(static_cast<std::size_t>(length));
        for (const double start : file.values(*file.find("ray_start_index")))
            m_starts.push_back(static_cast<std::size_t>(start));
    }
    std::vector<const char*> dimensions() const {
        return m_isRagged ? std::vector{"n_points"} : std::vector{"time", "range"};
    }
    std::size_t size() const { return m_isRagged ? m_points : m_rays * m_gates; }
    /// Nothing where the file has no such gate.
    std::optional<std::size_t> at(std::size_t ray, std::size_t gate) const {
        if (!m_isRagged)
            return ray * m_gates + gate;
        if (gate >= m_lengths.at(ray) || m_starts.at(ray) + gate >= m_points)
            return std::nullopt;
        return m_starts[ray] + gate;
    }

private:
    std::size_t m_rays, m_gates, m_points = 0;
    bool m_isRagged = false;
    std::vector<std::size_t> m_starts, m_lengths;
};

class Plan {
public:
    Plan(const std::filesystem::path& input, const Layout& layout,
         const std::vector<OdimResultSweep>& results)
        : m_layout(layout) {
        const SourceInfo info = openSource(input)->describe();
        const NetcdfFile file(input);
        const std::vector<std::size_t> rows = firstRays(file, info.sweeps.size());
        for (const OdimResultSweep& result : results) {
            const Field& cleaned = *result.cleaned.field;
            const SweepInfo& sweep = info.sweeps.at(result.sweep);
            if (shapeOf(cleaned.geometry()) != std::vector<std::size_t>{sweep.rays, sweep.gates})
                throw Error(text(EMBELLIE_TR("io", "the result does not have the shape of its sweep")))
                    .in(input);
            std::string name = cleaned.quantity().id;
            if (file.find(name))
                name = freeName(file, name + "_cleaned");
            put(name, "", cleaned, rows.at(result.sweep));
            put(name + "_rejected", CfRadialRejectedRole, cleaned, rows.at(result.sweep));
            for (const FieldPtr& quality : result.cleaned.quality)
                if (quality->quantity().kind == Kind::Probability)
                    put(name + "_probability", CfRadialProbabilityRole, *quality, rows.at(result.sweep));
                else if (quality->quantity().id == UncertaintyId)
                    put(name + "_uncertainty", CfRadialUncertaintyRole, *quality, rows.at(result.sweep));
        }
    }
    const std::map<std::string, Variable>& variables() const { return m_variables; }

private:
    void put(const std::string& name, const std::string& role, const Field& field, std::size_t firstRay) {
        auto [found, isNew] = m_variables.try_emplace(name);
        Variable& variable = found->second;
        if (isNew) {
            variable.role = role;
            variable.quantity = field.quantity();
            variable.values.assign(m_layout.size(), Fill);
        }
        const std::size_t gates = shapeOf(field.geometry()).at(1);
        for (std::size_t cell = 0; cell < field.size(); ++cell) {
            const State state = field.states()[cell];
            const auto place = m_layout.at(firstRay + cell / gates, cell % gates);
            if (state == State::NoData || !place)
                continue;
            float& value = variable.values[*place];
            if (role == CfRadialRejectedRole)
                value = state == State::Rejected ? 1 : 0;
            else
                value = state == State::Valid ? field.values()[cell] : role.empty() ? Undetect : Fill;
        }
    }

    const Layout& m_layout;
    std::map<std::string, Variable> m_variables;
};

int defineVariable(Writing& file, const std::string& name, const Variable& variable,
                   const std::vector<const char*>& along, bool hasUncertainty) {
    const bool flag = variable.role == CfRadialRejectedRole;
    const int id = file.define(name, flag ? NC_BYTE : NC_FLOAT, along);
    if (flag) {
        const signed char fill = -1, values[2] = {0, 1};
        file.check(nc_put_att_schar(file.id(), id, "_FillValue", NC_BYTE, 1, &fill), name);
        file.check(nc_put_att_schar(file.id(), id, "flag_values", NC_BYTE, 2, values), name);
        file.attribute(id, "flag_meanings", "kept rejected");
        file.attribute(id, "long_name", "echoes removed by a network");
    } else {
        file.check(nc_put_att_float(file.id(), id, "_FillValue", NC_FLOAT, 1, &Fill), name);
        if (variable.role.empty()) {
            file.check(nc_put_att_float(file.id(), id, "_Undetect", NC_FLOAT, 1, &Undetect), name);
            file.attribute(id, "standard_name", "equivalent_reflectivity_factor");
            file.attribute(id, "long_name", "reflectivity, cleaned by a network");
            std::string others = name + "_rejected " + name + "_probability";
            if (hasUncertainty)
                others += " " + name + "_uncertainty";
            file.attribute(id, "ancillary_variables", others);
        } else {
            file.attribute(id, "long_name", variable.quantity.longName);
        }
        file.attribute(id, "units", variable.quantity.unit);
    }
    file.attribute(id, "coordinates", "elevation azimuth range");
    if (!variable.role.empty())
        file.attribute(id, "embellie_role", variable.role);
    return id;
}

} // namespace

void writeCfRadialResult(const std::filesystem::path& output, const std::filesystem::path& input,
                         const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                         Feedback& feedback) {
    const Layout layout{NetcdfFile(input)};
    const Plan plan(input, layout, results);
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
        std::map<std::string, int> ids;
        for (const auto& [name, variable] : plan.variables())
            ids[name] = defineVariable(file, name, variable, layout.dimensions(),
                                       plan.variables().contains(name + "_uncertainty"));
        for (const auto& [name, value] : how)
            file.attribute(NC_GLOBAL, name.c_str(), attributeText(value));
        file.endDefinitions();
        for (const auto& [name, variable] : plan.variables()) {
            std::vector<float> values = variable.values;
            if (variable.role == CfRadialRejectedRole)
                std::replace(values.begin(), values.end(), Fill, -1.0f);
            int axes = 0;
            file.check(nc_inq_varndims(file.id(), ids[name], &axes), name);
            std::vector<int> dimensions(static_cast<std::size_t>(axes));
            file.check(nc_inq_vardimid(file.id(), ids[name], dimensions.data()), name);
            const std::vector<std::size_t> start(dimensions.size(), 0);
            std::vector<std::size_t> count(dimensions.size());
            for (std::size_t axis = 0; axis < count.size(); ++axis)
                file.check(nc_inq_dimlen(file.id(), dimensions[axis], &count[axis]), name);
            file.check(nc_put_vara_float(file.id(), ids[name], start.data(), count.data(), values.data()),
                       name);
        }
        file.close();
    });
}

} // namespace embellie
