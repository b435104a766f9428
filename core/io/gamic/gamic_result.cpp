#include "core/io/gamic/gamic_result.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/gamic/gamic_source.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

/// How values are stored: 0 is empty, 1 is low, the greatest code is high.
struct GamicSteps {
    std::size_t bytes = 1;
    double low = 0, high = 1;
    double gain() const { return (high - low) / (std::exp2(8 * static_cast<double>(bytes)) - 2); }
    double code(float value) const { return std::round((static_cast<double>(value) - low) / gain()) + 1; }
    float value(double code) const { return static_cast<float>(code * gain() + (low - gain())); }
};

bool holdsExactly(const GamicSteps& steps, const Field& field) {
    const double most = std::exp2(8 * static_cast<double>(steps.bytes)) - 1;
    return std::all_of(field.values().begin(), field.values().end(), [&](float value) {
        if (std::isnan(value))
            return true;
        const double code = steps.code(value);
        return code >= 1 && code <= most && steps.value(code) == value;
    });
}

GamicSteps stepsFor(const Field& field, const std::vector<GamicSteps>& known) {
    for (const GamicSteps& steps : known)
        if (holdsExactly(steps, field))
            return steps;
    const FieldSummary summary = summarise(field);
    if (summary.counts[0] == 0)
        return {1, 0, 1};
    return {2, summary.min, std::max(summary.max, summary.min + 1)};
}

/// The input in memory, changed there: HDF5 1.10 can't close a file whose disk is full.
class GamicCopy {
public:
    GamicCopy(const std::filesystem::path& input, const std::filesystem::path& shown) : m_shown(shown) {
        silenceHdf5();
        std::string bytes = readFile(input);
        const Hdf5Handle inMemory(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
        H5Pset_fapl_core(inMemory, MemoryStep, false);
        H5Pset_file_image(inMemory, bytes.data(), bytes.size());
        m_file = Hdf5Handle(H5Fopen(shown.c_str(), H5F_ACC_RDWR, inMemory), H5Fclose);
        if (!m_file.isValid())
            fail({});
    }

    bool has(const std::string& path) const { return H5Lexists(m_file, path.c_str(), H5P_DEFAULT) > 0; }

    void makeGroup(const std::string& path) {
        const Hdf5Handle group(H5Gcreate2(m_file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                               H5Gclose);
        if (!group.isValid())
            fail(path);
    }

    void attribute(const std::string& object, const std::string& name, const OdimAttribute& value) {
        if (const auto* words = std::get_if<std::string>(&value)) {
            const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
            H5Tset_size(type, words->size() + 1);
            write(object, name, type, type, 0, words->c_str());
        } else if (const auto* number = std::get_if<double>(&value)) {
            write(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 0, number);
        } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
            write(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, 0, whole);
        } else if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
            write(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers->size(), numbers->data());
        } else {
            const auto& wholes = std::get<std::vector<std::int64_t>>(value);
            write(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, wholes.size(), wholes.data());
        }
    }

    void moment(const std::string& path, const std::string& name, const std::vector<std::size_t>& shape,
                const GamicSteps& steps, const std::vector<std::uint16_t>& codes) {
        const hsize_t sizes[2] = {shape[0], shape[1]};
        const Hdf5Handle space(H5Screate_simple(2, sizes, nullptr), H5Sclose);
        const Hdf5Handle plan(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
        H5Pset_obj_track_times(plan, false);
        H5Pset_chunk(plan, 2, sizes);
        H5Pset_deflate(plan, 6);
        {
            const Hdf5Handle data(H5Dcreate2(m_file, path.c_str(),
                                             steps.bytes == 1 ? H5T_STD_U8LE : H5T_STD_U16LE, space,
                                             H5P_DEFAULT, plan, H5P_DEFAULT),
                                  H5Dclose);
            if (!data.isValid() ||
                H5Dwrite(data, H5T_NATIVE_USHORT, H5S_ALL, H5S_ALL, H5P_DEFAULT, codes.data()) < 0)
                fail(path);
        }
        attribute(path, "moment", name);
        attribute(path, "format", std::string(steps.bytes == 1 ? "UV8" : "UV16"));
        attribute(path, "dyn_range_min", steps.low);
        attribute(path, "dyn_range_max", steps.high);
    }

    std::string finish() {
        if (H5Fflush(m_file, H5F_SCOPE_GLOBAL) < 0)
            fail({});
        const ssize_t size = H5Fget_file_image(m_file, nullptr, 0);
        std::string bytes(static_cast<std::size_t>(std::max<ssize_t>(0, size)), '\0');
        if (size <= 0 || H5Fget_file_image(m_file, bytes.data(), bytes.size()) < 0)
            fail({});
        return bytes;
    }

    [[noreturn]] void fail(const std::string& place) const {
        throw Error(text(EMBELLIE_TR("io", "the HDF5 file can't be made")))
            .in(m_shown, place)
            .remedy(text(EMBELLIE_TR("io", "check that there is enough memory")));
    }

private:
    static constexpr std::size_t MemoryStep = std::size_t(1) << 20;

    /// @p count 0: a single one.
    void write(const std::string& object, const std::string& name, hid_t stored, hid_t memory,
               std::size_t count, const void* content) {
        const Hdf5Handle owner(H5Oopen(m_file, object.c_str(), H5P_DEFAULT), H5Oclose);
        if (!owner.isValid() || (H5Aexists(owner, name.c_str()) > 0 && H5Adelete(owner, name.c_str()) < 0))
            fail(object);
        const hsize_t size = count;
        const Hdf5Handle space(count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr),
                               H5Sclose);
        const Hdf5Handle made(H5Acreate2(owner, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT),
                              H5Aclose);
        if (!made.isValid() || H5Awrite(made, memory, content) < 0)
            fail(object + "/" + name);
    }

    std::filesystem::path m_shown;
    Hdf5Handle m_file;
};

/// A moment of the result: name, where its cells have a value, and the codes.
std::vector<std::uint16_t> codesOf(const Field& field, const GamicSteps& steps) {
    std::vector<std::uint16_t> codes(field.size(), 0);
    const double most = std::exp2(8 * static_cast<double>(steps.bytes)) - 1;
    for (std::size_t cell = 0; cell < codes.size(); ++cell)
        if (!std::isnan(field.values()[cell]))
            codes[cell] = static_cast<std::uint16_t>(std::clamp(steps.code(field.values()[cell]), 1.0, most));
    return codes;
}

std::vector<std::uint16_t> flagsOf(const Field& field) {
    std::vector<std::uint16_t> flags(field.size(), GamicKeptCode);
    for (std::size_t cell = 0; cell < flags.size(); ++cell)
        if (field.states()[cell] == State::Rejected)
            flags[cell] = GamicRejectedCode;
        else if (field.states()[cell] == State::NoData)
            flags[cell] = 0;
    return flags;
}

/// "/scan0" of "/scan0/moment_3".
std::string scanOf(const std::string& path) {
    return path.substr(0, path.find('/', 1));
}

} // namespace

void writeGamicResult(const std::filesystem::path& output, const std::filesystem::path& input,
                      const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                      Feedback& feedback) {
    const SourceInfo info = GamicSource(input).describe();
    const Hdf5File headers = Hdf5File::open(input);
    GamicCopy copy(input, output);
    double done = 0;
    for (const OdimResultSweep& result : results) {
        feedback.throwIfCancelled();
        const Field& cleaned = *result.cleaned.field;
        std::string scan;
        std::vector<GamicSteps> known;
        for (const ArrayInfo& array : info.arrays) {
            if (array.sweep != result.sweep)
                continue;
            scan = scanOf(array.path);
            if (array.shape != shapeOf(cleaned.geometry()))
                throw Error(text(EMBELLIE_TR("io", "the result does not have the shape of its sweep")))
                    .in(input, array.path);
            const auto low = headers.number(array.path, "dyn_range_min"),
                       high = headers.number(array.path, "dyn_range_max");
            const std::string format = headers.string(array.path, "format").value_or("");
            if (array.quantity.unit == cleaned.quantity().unit && low && high && *high > *low &&
                (format == "UV8" || format == "UV16"))
                known.push_back({format == "UV8" ? std::size_t(1) : std::size_t(2), *low, *high});
        }
        if (scan.empty())
            throw Error(text(EMBELLIE_TR("io", "there is no sweep {0} in the input"), result.sweep))
                .in(input);
        std::size_t number = 0;
        const auto next = [&] {
            while (copy.has(scan + "/moment_" + std::to_string(number)))
                ++number;
            return "moment_" + std::to_string(number);
        };
        const std::vector<std::size_t> shape = shapeOf(cleaned.geometry());
        const std::string owner = next(), id = cleaned.quantity().id;
        const GamicSteps steps = stepsFor(cleaned, known);
        copy.moment(scan + "/" + owner, id, shape, steps, codesOf(cleaned, steps));
        for (const auto& [name, value] : result.cleaned.how)
            copy.attribute(scan + "/" + owner, name, value);
        const auto qualify = [&](const std::string& name, const char* role, const GamicSteps& packing,
                                 const std::vector<std::uint16_t>& codes) {
            const std::string path = scan + "/" + next();
            copy.moment(path, name, shape, packing, codes);
            copy.attribute(path, GamicRoleAttribute, std::string(role));
            copy.attribute(path, GamicOfAttribute, owner);
            return path;
        };
        qualify(id + "_rejected", GamicRejectedRole, {1, 0, 254}, flagsOf(cleaned));
        for (const FieldPtr& quality : result.cleaned.quality)
            if (quality->quantity().kind == Kind::Probability)
                qualify(id + "_probability", GamicProbabilityRole, {1, 0, 1}, codesOf(*quality, {1, 0, 1}));
            else if (quality->quantity().id == UncertaintyId)
                copy.attribute(qualify(id + "_uncertainty", GamicUncertaintyRole, {1, 0, 1},
                                       codesOf(*quality, {1, 0, 1})),
                               GamicMeaningAttribute, quality->quantity().longName);
        feedback.progress(++done, static_cast<double>(results.size()));
    }
    if (!copy.has("/how"))
        copy.makeGroup("/how");
    for (const auto& [name, value] : how)
        copy.attribute("/how", name, value);
    writeFileAtomically(output, copy.finish());
}

} // namespace embellie
