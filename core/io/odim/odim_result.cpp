#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/odim/odim_parts.h"

#include <algorithm>
#include <map>
#include <set>

namespace embellie {

namespace {

// "/dataset3" of "/dataset3/data1".
std::string datasetOf(const std::string& path) {
    return path.substr(0, path.find('/', 1));
}

class Copy {
public:
    Copy(const Hdf5File& input, OdimFile& output) : m_output(output), m_input(input) {}

    std::vector<std::string> childrenOf(const std::string& group) const {
        std::vector<std::string> names;
        const auto note = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
            static_cast<std::vector<std::string>*>(list)->emplace_back(name);
            return 0;
        };
        const Hdf5Handle opened(H5Gopen2(m_input.id(), group.c_str(), H5P_DEFAULT), H5Gclose);
        H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, note, &names);
        return names;
    }

    void object(const std::string& path) const {
        if (H5Ocopy(m_input.id(), path.c_str(), m_output.id(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT) < 0)
            m_output.fail(path);
    }

    // Attributes only; the group in the output exists.
    void attributesOf(const std::string& group) const {
        const Hdf5Handle from(H5Gopen2(m_input.id(), group.c_str(), H5P_DEFAULT), H5Gclose);
        const Hdf5Handle to(H5Gopen2(m_output.id(), group.c_str(), H5P_DEFAULT), H5Gclose);
        H5O_info_t info;
        if (!from.isValid() || !to.isValid() || H5Oget_info1(from, &info) < 0)
            m_output.fail(group);
        for (hsize_t i = 0; i < info.num_attrs; ++i) {
            const Hdf5Handle attribute(
                H5Aopen_by_idx(from, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
            const Hdf5Handle type(H5Aget_type(attribute), H5Tclose), space(H5Aget_space(attribute), H5Sclose);
            std::string name(
                static_cast<std::size_t>(std::max<ssize_t>(0, H5Aget_name(attribute, 0, nullptr))), ' ');
            H5Aget_name(attribute, name.size() + 1, name.data());
            const auto points =
                static_cast<std::size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space)));
            std::vector<char> content(H5Tget_size(type) * points + 1);
            const Hdf5Handle made(H5Acreate2(to, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                                  H5Aclose);
            if (!made.isValid() || H5Aread(attribute, type, content.data()) < 0 ||
                H5Awrite(made, type, content.data()) < 0)
                m_output.fail(group + "/" + name);
            if (H5Tdetect_class(type, H5T_VLEN) > 0 || H5Tis_variable_str(type) > 0)
                H5Dvlen_reclaim(type, space, H5P_DEFAULT, content.data());
        }
    }

private:
    OdimFile& m_output;
    const Hdf5File& m_input;
};

// What a data group has beside its cells: quality fields and "how" of those who made it; what an earlier
// result of ours said is not true of this one.
void copyBeside(const Hdf5File& input, const Copy& copy, OdimFile& file, const std::string& data) {
    if (!input.exists(data))
        return;
    file.makeGroup(data);
    copy.attributesOf(data);
    for (const std::string& part : copy.childrenOf(data)) {
        const std::string path = data + "/" + part;
        const auto task = input.string(path + "/how", "task");
        if (part != "data" && part != "what" && !(task && task->starts_with("fr.embellie.")))
            copy.object(path);
    }
}

// The input's own steps.
std::optional<OdimStep> stepOf(const Hdf5File& file, const std::string& data) {
    const auto number = [&](const char* name) {
        const auto own = file.number(data + "/what", name);
        return own ? own : file.number(datasetOf(data) + "/what", name);
    };
    const auto gain = number("gain"), offset = number("offset");
    if (!gain || !offset || *gain == 0)
        return std::nullopt;
    return OdimStep{*gain, *offset};
}

// Where each result goes in a copy of the input.
struct Plan {
    struct Place {
        const OdimMoment* moment;
        std::optional<OdimStep> step;
    };
    std::map<std::string, Place> places;                     // by data group: "/dataset1/data2"
    std::map<std::string, std::set<std::string>> replacedIn; // data groups of a dataset that are not copied
};

Plan planOf(const std::filesystem::path& input, const std::vector<OdimResultSweep>& results) {
    Plan plan;
    const SourceInfo info = openSource(input)->describe();
    const Hdf5File headers = Hdf5File::open(input);
    for (const OdimResultSweep& result : results) {
        const Field& field = *result.cleaned.field;
        std::string dataset, own, sibling;
        for (const ArrayInfo& array : info.arrays) {
            if (array.sweep != result.sweep || !array.qualityOf.empty())
                continue;
            if (array.shape != shapeOf(field.geometry()))
                throw Error(text(EMBELLIE_TR("odim", "the result does not have the shape of its sweep")))
                    .in(input, array.path);
            dataset = datasetOf(array.path);
            if (own.empty() && array.quantity.id == field.quantity().id)
                own = array.path;
            else if (sibling.empty() && array.quantity.unit == field.quantity().unit)
                sibling = array.path;
        }
        if (dataset.empty())
            throw Error(text(EMBELLIE_TR("odim", "there is no sweep {0} in the input"), result.sweep))
                .in(input);
        const std::string& like = own.empty() ? sibling : own;
        const auto step = like.empty() ? std::nullopt : stepOf(headers, like);
        if (own.empty()) {
            int number = 1;
            while (headers.exists(dataset + "/data" + std::to_string(number)))
                ++number;
            own = dataset + "/data" + std::to_string(number);
        }
        plan.places[own] = {&result.cleaned, step};
        plan.replacedIn[dataset].insert(own);
    }
    return plan;
}

} // namespace

void writeOdimResult(const std::filesystem::path& output, const std::filesystem::path& input,
                     const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                     Feedback& feedback) {
    std::error_code ignored;
    if (std::filesystem::equivalent(output, input, ignored))
        throw Error(text(EMBELLIE_TR("odim", "a result may not replace its input")))
            .in(output)
            .remedy(text(EMBELLIE_TR("odim", "choose another folder for the results")));
    const Plan plan = planOf(input, results);
    const Hdf5File source = Hdf5File::open(input);
    OdimFile file = OdimFile::create(output, &source);
    const Copy copy(source, file);
    copy.attributesOf("/");
    for (const std::string& child : copy.childrenOf("/")) {
        feedback.throwIfCancelled();
        const std::string path = "/" + child;
        const auto replaced = plan.replacedIn.find(path);
        if (replaced == plan.replacedIn.end()) {
            copy.object(path);
            continue;
        }
        file.makeGroup(path);
        copy.attributesOf(path);
        for (const std::string& part : copy.childrenOf(path))
            if (!replaced->second.contains(path + "/" + part))
                copy.object(path + "/" + part);
    }
    double done = 0;
    for (const auto& [place, content] : plan.places) {
        feedback.throwIfCancelled();
        copyBeside(source, copy, file, place);
        file.moment(place, *content.moment, content.step);
        feedback.progress(++done, static_cast<double>(plan.places.size()));
    }
    file.makeGroup("/how");
    for (const auto& [name, value] : how)
        file.attribute("/how", name, value);
    writeFileAtomically(output, file.finish());
}

} // namespace embellie
