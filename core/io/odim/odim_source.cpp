#include "core/io/odim/odim_source.h"

#include "core/base/error.h"
#include "core/io/cut.h"
#include "core/io/natural_order.h"
#include "core/io/window.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace embellie {

namespace {

constexpr const char* RejectedTask = "fr.embellie.rejected";
constexpr const char* ProbabilityTask = "fr.embellie.probability";
constexpr const char* UncertaintyTask = "fr.embellie.uncertainty";

std::size_t numberOf(const std::string& name, const std::string& stem) {
    std::size_t number = 0;
    std::from_chars(name.data() + stem.size(), name.data() + name.size(), number);
    return number;
}

std::string lastName(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

std::vector<std::string> splitAtCommas(const std::string& list) {
    std::vector<std::string> words;
    std::istringstream stream(list);
    for (std::string word; std::getline(stream, word, ',');)
        words.push_back(word);
    return words;
}

double versionIn(const std::string& format) {
    const std::size_t digit = format.rfind(' ') + 1;
    double version = 0;
    std::from_chars(format.data() + digit, format.data() + format.size(), version);
    return version;
}

// Names and colours of classes, as Captains Flat's classifier ("key_…") and our own writer ("class_…") give
// them; names of flag bits as Australian files do ("rapic_QC0"), of which a file may leave out any.
std::vector<Meaning> meaningsOf(const Hdf5File& file, const std::string& how, bool& areBits) {
    std::vector<Meaning> meanings;
    for (const auto& [valuesName, namesName] :
         {std::pair{"class_values", "class_names"}, {"key_values", "key_labels"}}) {
        const std::vector<double> values = file.numbers(how, valuesName);
        const std::vector<std::string> names = splitAtCommas(file.string(how, namesName).value_or(""));
        const std::vector<std::string> colours =
            splitAtCommas(file.string(how, "class_colours").value_or(""));
        if (values.empty() || values.size() != names.size())
            continue;
        for (std::size_t i = 0; i < values.size(); ++i) {
            Meaning meaning{static_cast<int>(values[i]), names[i], std::nullopt};
            if (colours.size() == values.size() && colours[i].size() == 7) {
                std::uint32_t colour = 0;
                std::from_chars(colours[i].data() + 1, colours[i].data() + 7, colour, 16);
                meaning.colour = colour;
            }
            meanings.push_back(std::move(meaning));
        }
        return meanings;
    }
    areBits = true;
    for (const std::string& name : file.attributeNames(how))
        if (isNumbered(name, "rapic_QC") && numberOf(name, "rapic_QC") < 24)
            meanings.push_back(
                {1 << numberOf(name, "rapic_QC"), file.string(how, name).value_or(""), std::nullopt});
    return meanings;
}

} // namespace

OdimSource::OdimSource(const std::filesystem::path& file) : m_file(Hdf5File::open(file)) {
    m_info.file = file;
    describeFile();
}

void OdimSource::describeFile() {
    const OdimAttributes root(m_file, {""});
    const std::string conventions = m_file.string("/", "Conventions").value_or("");
    const std::string version = root.string("what", "version").value_or("");
    m_info.format = "ODIM_H5";
    if (conventions.starts_with("ODIM_H5/V")) {
        std::string number = conventions.substr(9);
        std::replace(number.begin(), number.end(), '_', '.');
        m_info.format += " " + number;
    } else if (version.starts_with("H5rad ")) {
        m_info.format += version.substr(5);
    }
    m_info.product = root.string("what", "object").value_or("");
    m_info.hasTime = odimTime(root, m_info.time);
    for (const std::string& identifier : odimIdentifiers(root.string("what", "source").value_or(""))) {
        const std::string key = identifier.substr(0, identifier.find(':'));
        if (key == "NOD" || key == "WMO" || key == "RAD" || key == "PLC" || key == "WIGOS")
            m_info.siteIdentifiers.push_back(identifier);
    }
    const auto named = [&](std::initializer_list<const char*> keys) {
        for (const std::string key : keys)
            for (const std::string& identifier : m_info.siteIdentifiers)
                if (identifier.starts_with(key + ":"))
                    return identifier.substr(key.size() + 1);
        return std::string();
    };
    const std::string& object = m_info.product;
    const bool polar =
        object == "PVOL" || object == "SCAN" || object == "ELEV" || object == "AZIM" || object == "RAY";
    if (!polar && object != "COMP" && object != "IMAGE" && object != "CVOL")
        throw Error(text(EMBELLIE_TR("io", "the ODIM_H5 object {0} isn't read"), object))
            .in(m_info.file, "/what")
            .expected(text(EMBELLIE_TR("io", "PVOL, SCAN, ELEV, AZIM, COMP, IMAGE or CVOL")));
    if (polar) {
        const OdimAttributes place(m_file, {"", "/dataset1"});
        Site site{named({"NOD", "RAD", "WMO", "WIGOS"}), named({"PLC"}), 0, 0, 0};
        for (const auto& [name, limit, target] : {std::tuple{"lat", 90.0, &site.latitude},
                                                  {"lon", 360.0, &site.longitude},
                                                  {"height", 1e5, &site.heightMeters}}) {
            const auto value = place.number("where", name);
            if (!value || !(std::abs(*value) <= limit))
                throw Error(text(EMBELLIE_TR("io", "the place of the radar can't be used: {0}"), name))
                    .in(m_info.file, "/where")
                    .expected(text(EMBELLIE_TR("io", "a number")))
                    .found(value ? text(EMBELLIE_TR("io", "{0}"), *value)
                                 : text(EMBELLIE_TR("io", "nothing")))
                    .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
            *target = *value;
        }
        m_info.site = site;
    }
    m_info.title = named({"PLC", "NOD", "RAD", "WMO", "WIGOS"});
    for (const std::string& name : m_file.children("/"))
        if (isNumbered(name, "dataset"))
            addDataset(name, polar);
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has no arrays")))
            .in(m_info.file)
            .expected(text(EMBELLIE_TR("io", "dataset1/data1/data")));
    const bool isNominal = m_info.hasTime;
    for (const OdimDataset& dataset : m_datasets)
        if (polar && dataset.hasTime) {
            if (!m_info.hasTime)
                m_info.time = dataset.time;
            m_info.hasTime = true;
            if (!isNominal)
                m_info.time.begin = std::min(m_info.time.begin, dataset.time.begin);
            m_info.time.end = std::max(m_info.time.end, dataset.time.end);
        }
    if (m_info.title.empty())
        m_info.title = object + " " + m_info.arrays.front().quantity.id;
}

void OdimSource::addDataset(const std::string& name, bool polar) {
    const std::string path = "/" + name;
    std::vector<std::string> moments, qualities;
    for (const std::string& child : m_file.children(path)) {
        if (isNumbered(child, "data") && m_file.isDataset(path + "/" + child + "/data"))
            moments.push_back(child);
        else if (isNumbered(child, "quality") && m_file.isDataset(path + "/" + child + "/data"))
            qualities.push_back(child);
    }
    if (moments.empty() && qualities.empty())
        return;
    const std::vector<std::size_t> shape =
        m_file.shape(path + "/" + (moments.empty() ? qualities : moments).front() + "/data");
    OdimDataset dataset;
    dataset.path = path;
    dataset.number = numberOf(name, "dataset");
    dataset.hasTime = odimTime(OdimAttributes(m_file, {path, ""}), dataset.time);
    std::string prefix;
    if (polar) {
        const bool rhi = m_info.product == "ELEV" || m_file.number(path + "/where", "az_angle").has_value();
        Sweep sweep =
            odimSweep(m_file, path, shape, dataset.time, *m_info.site, rhi, versionIn(m_info.format));
        const double row0 = rhi ? sweep.rays[0].elevation : sweep.rays[0].azimuth();
        m_info.sweeps.push_back({sweep.mode, sweep.fixedAngle, sweep.rays.size(), sweep.gates,
                                 sweep.firstGateMeters, sweep.gateMeters, row0, dataset.time});
        prefix = "sweep_" + std::to_string(m_info.sweeps.size() - 1) + "/";
        dataset.geometry = std::move(sweep);
    } else {
        Grid grid = odimGrid(m_file, path, shape);
        if (!m_info.grid)
            m_info.grid = grid;
        dataset.grid = std::make_shared<const Grid>(grid);
        dataset.geometry = std::move(grid);
    }
    m_datasets.push_back(std::move(dataset));
    for (const std::string& moment : moments) {
        addArray(path + "/" + moment, prefix, "");
        const std::string parent = m_info.arrays.back().id;
        const std::size_t owner = m_arrays.size() - 1;
        for (const std::string& child : m_file.children(path + "/" + moment)) {
            const std::string quality = path + "/" + moment + "/" + child;
            if (!isNumbered(child, "quality") || !m_file.isDataset(quality + "/data"))
                continue;
            if (m_file.string(quality + "/how", "task").value_or("") == RejectedTask)
                m_arrays[owner].rejected = quality;
            addArray(quality, prefix, parent);
        }
    }
    for (const std::string& quality : qualities)
        addArray(path + "/" + quality, prefix, polar ? prefix.substr(0, prefix.size() - 1) : name);
}

std::string OdimSource::uniqueId(std::string id) const {
    const auto taken = [&](const std::string& wanted) {
        return std::any_of(m_info.arrays.begin(), m_info.arrays.end(),
                           [&](const ArrayInfo& a) { return a.id == wanted; });
    };
    if (!taken(id))
        return id;
    int number = 2;
    while (taken(id + "_" + std::to_string(number)))
        ++number;
    return id + "_" + std::to_string(number);
}

/// What the number of a product means by ODIM_H5 2.4 ("Product-specific parameters"): a height above the
/// radar, an angle, the threshold of an echo top.
static std::string parameterText(const std::string& product, double parameter) {
    const std::string number = " " + numberText(parameter);
    if (product == "CAPPI" || product == "PCAPPI")
        return number + " m";
    if (product == "ETOP")
        return number + " dBZ";
    return product == "PPI" ? number + "°" : number;
}

void OdimSource::addArray(const std::string& path, const std::string& prefix, const std::string& parent) {
    const OdimDataset& dataset = m_datasets.back();
    const bool quality = !parent.empty();
    ArrayInfo array;
    array.path = path;
    array.quantity = quantityOf(path, quality);
    array.shape = m_file.shape(path + "/data");
    const bool polar = std::holds_alternative<Sweep>(dataset.geometry);
    array.dimensions = polar ? std::vector<std::string>{"ray", "gate"} : std::vector<std::string>{"y", "x"};
    if (polar)
        array.sweep = m_info.sweeps.size() - 1;
    if (quality && array.quantity.kind != Kind::Classes) // a CLASS field is looked at like a moment
        array.qualityOf = parent;
    const bool named =
        !quality || array.quantity.id == "PROB" || array.quantity.id == "UNCERTAINTY" ||
        (m_file.string(path + "/what", "quantity").has_value() && parent.find('/') == std::string::npos);
    if (named) {
        std::string id = prefix + (array.quantity.id.empty() ? lastName(path) : array.quantity.id);
        if (!polar && std::any_of(m_info.arrays.begin(), m_info.arrays.end(),
                                  [&](const ArrayInfo& a) { return a.id == id; }))
            id = lastName(dataset.path) + "/" + id;
        array.id = uniqueId(id);
    } else {
        array.id =
            uniqueId((parent.starts_with("sweep_") || !polar ? parent : prefix) + "/" + lastName(path));
    }
    if (!polar) {
        array.grid = dataset.grid;
        const OdimAttributes attributes(m_file, {dataset.path});
        array.layer = attributes.string("what", "product").value_or(lastName(dataset.path));
        if (const auto parameter = attributes.number("what", "prodpar"); parameter && *parameter != 0)
            array.layer += parameterText(array.layer, *parameter);
    }
    OdimArray reading;
    reading.dataset = m_datasets.size() - 1;
    reading.packing = packingOf(path, quality, reading.gainMissing);
    const auto& codes = reading.packing.noData;
    array.quantity.ambiguous =
        reading.packing.noEcho && !codes.empty() && codes.front() == *reading.packing.noEcho;
    m_info.arrays.push_back(std::move(array));
    m_arrays.push_back(std::move(reading));
}

Quantity OdimSource::quantityOf(const std::string& path, bool quality) const {
    const OdimAttributes attributes(
        m_file, quality ? std::vector<std::string>{path}
                        : std::vector<std::string>{path, path.substr(0, path.rfind('/'))});
    Quantity quantity;
    const std::string task = quality ? m_file.string(path + "/how", "task").value_or("") : "";
    quantity.id = attributes.string("what", "quantity").value_or(task);
    if (quality && quantity.id.empty())
        quantity.id = m_file.string(path + "/how", "NAME").value_or(lastName(path));
    if (task == RejectedTask) {
        quantity.id = "REJECTED";
        quantity.kind = Kind::Classes;
        quantity.meanings = {{0, "kept", std::nullopt}, {1, "rejected", std::nullopt}};
    } else if (task == ProbabilityTask) {
        quantity.id = "PROB";
        quantity.kind = Kind::Probability;
    } else if (task == UncertaintyTask) {
        quantity.id = "UNCERTAINTY";
        quantity.longName = m_file.string(path + "/how", "task_args").value_or("");
    } else {
        bool areBits = false;
        quantity.meanings = meaningsOf(m_file, path + "/how", areBits);
        if (quantity.id == "CLASS")
            quantity.kind = Kind::Classes;
        else if (!quantity.meanings.empty())
            quantity.kind = areBits ? Kind::Flags : Kind::Classes;
    }
    quantity.unit = odimUnit(quantity.id, versionIn(m_info.format));
    if (quantity.unit.empty() && quality)
        quantity.unit = "1";
    return quantity;
}

Packing OdimSource::packingOf(const std::string& path, bool quality, bool& gainMissing) const {
    std::vector<std::string> groups{path};
    if (!quality) // a quality field has its own numbers, or none
        groups.insert(groups.end(), {path.substr(0, path.rfind('/')), ""});
    const OdimAttributes attributes(m_file, groups);
    Packing packing;
    const auto gain = attributes.number("what", "gain"), offset = attributes.number("what", "offset");
    packing.gain = gain.value_or(1);
    packing.offset = offset.value_or(0);
    if (const auto code = attributes.number("what", "nodata"))
        packing.noData.push_back(*code);
    packing.noEcho = attributes.number("what", "undetect");
    gainMissing = !quality && !gain;
    return packing;
}

Field OdimSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const OdimArray& reading = m_arrays[static_cast<std::size_t>(array - m_info.arrays.data())];
    const OdimDataset& dataset = m_datasets[reading.dataset];
    if (array->shape != shapeOf(dataset.geometry))
        throw Error(text(EMBELLIE_TR("io", "the array has another size than its neighbours")))
            .in(m_info.file, array->path)
            .expected(text(EMBELLIE_TR("io", "the size of the first array in {0}"), dataset.path));
    if (!std::isfinite(reading.packing.gain) || !std::isfinite(reading.packing.offset) ||
        reading.packing.gain == 0)
        throw Error(text(EMBELLIE_TR("io", "the gain or the offset can't be used")))
            .in(m_info.file, array->path + "/what")
            .expected(text(EMBELLIE_TR("io", "two numbers, the gain not zero")))
            .found(text(EMBELLIE_TR("io", "{0} and {1}"), reading.packing.gain, reading.packing.offset));
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    const bool whole = isWhole(parts, array->shape);
    const auto rawOf = [&](const std::string& path) {
        RawArray raw = m_file.read(path + "/data");
        return whole ? std::move(raw) : pick(raw, parts);
    };
    const RawArray raw = rawOf(array->path);
    // Codes of a quantity that has a unit mean nothing without a gain; counts, classes and real numbers do.
    if (reading.gainMissing && raw.kind != RawArray::Kind::Float && !array->quantity.unit.empty() &&
        array->quantity.unit != "1")
        throw Error(text(EMBELLIE_TR("io", "the gain is missing, so {0} can't be given in {1}"),
                         array->quantity.id, array->quantity.unit))
            .in(m_info.file, array->path + "/what")
            .expected(text(EMBELLIE_TR("io", "the attributes gain and offset")))
            .found(text(EMBELLIE_TR("io", "whole numbers without them")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    Decoded decoded = decode(raw, reading.packing);
    if (!reading.rejected.empty()) {
        const RawArray rejected = rawOf(reading.rejected);
        for (std::size_t i = 0; i < std::min(decoded.states.size(), rejected.count()); ++i)
            if (decoded.states[i] == State::NoEcho && rejected.at(i) == 1)
                decoded.states[i] = State::Rejected;
    }
    return Field(array->quantity, whole ? dataset.geometry : cut(dataset.geometry, parts), dataset.time,
                 std::move(decoded.values), std::move(decoded.states),
                 {m_info.file.string(), array->path, {}});
}

} // namespace embellie
