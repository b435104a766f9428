#include "core/io/cfradial/copy.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/cfradial/roles.h"
#include "core/io/netcdf_writer.h"

#include <netcdf.h>

#include <algorithm>

namespace embellie {

namespace {

constexpr float Fill = -9999, Undetect = -9998;

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

NetcdfWriter::Variable defineVariable(NetcdfWriter& file, const std::string& name,
                                      const CfradialAddition& variable, const std::string& companions) {
    const bool flag = variable.role == CfRadialRejectedRole;
    const NetcdfWriter::Variable at = file.define(name, flag ? NC_BYTE : NC_FLOAT, variable.dimensions);
    if (flag) {
        file.numbers(at, "_FillValue", NC_BYTE, {-1});
        file.numbers(at, "flag_values", NC_BYTE, {0, 1});
        file.attribute(at, "flag_meanings", "kept rejected");
        file.attribute(at, "long_name", "echoes removed by a network");
    } else {
        file.numbers(at, "_FillValue", NC_FLOAT, {Fill});
        if (variable.role.empty()) {
            file.numbers(at, "_Undetect", NC_FLOAT, {Undetect});
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
        NetcdfWriter file = NetcdfWriter::change(aside, output);
        file.beginDefinitions();
        std::map<std::string, NetcdfWriter::Variable> places;
        for (const auto& [name, addition] : additions)
            places[name] = defineVariable(file, name, addition, companionsOf(name, additions));
        for (const auto& [name, value] : how)
            file.attribute(file.root(), name, attributeText(value));
        file.endDefinitions();
        for (const auto& [name, addition] : additions) {
            std::vector<float> values = addition.values;
            if (addition.role == CfRadialRejectedRole)
                std::replace(values.begin(), values.end(), Fill, -1.0f);
            file.put(places.at(name), values);
        }
        file.close();
    });
}

} // namespace embellie
