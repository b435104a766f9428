#include "core/io/knmi/knmi_source.h"

#include "core/base/error.h"
#include "core/io/cut.h"
#include "core/io/natural_order.h"
#include "core/io/odim/odim_source.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace embellie {

namespace {

using Names = std::pair<std::string_view, const char*>;

/// ODIM's names of KNMI's moments, as KNMI's own converter has them.
constexpr Names Moments[] = {{"Z", "DBZH"},        {"uZ", "TH"},     {"Zv", "DBZV"},       {"uZv", "TV"},
                             {"V", "VRADH"},       {"Vv", "VRADV"},  {"W", "WRADH"},       {"Wv", "WRADV"},
                             {"RhoHV", "RHOHV"},   {"Rho", "RHOHV"}, {"uRhoHV", "URHOHV"}, {"PhiDP", "PHIDP"},
                             {"uPhiDP", "UPHIDP"}, {"KDP", "KDP"},   {"Zdr", "ZDR"},       {"ZDR", "ZDR"},
                             {"CPA", "CPAH"},      {"CPAv", "CPAV"}, {"CCOR", "CCORH"},    {"CCORv", "CCORV"},
                             {"SQI", "SQIH"},      {"SQIv", "SQIV"}};

constexpr Names Parameters[] = {{"PRECIP", "ACRR"},        {"ACCUMULATED_PRECIPITATION", "ACRR"},
                                {"RAINFALL_RATE", "RATE"}, {"REFLECTIVITY", "DBZH"},
                                {"HEIGHT", "HGHT"},        {"QUALITY", "QIND"}};

constexpr Names Units[] = {{"MM", "mm"}, {"MM/H", "mm h-1"}, {"MM/HR", "mm h-1"}, {"DBZ", "dBZ"},
                           {"DB", "dB"}, {"KM", "km"},       {"M", "m"},          {"M/S", "m s-1"},
                           {"K", "K"},   {"-", "1"},         {"%", "%"}};

template <std::size_t N>
std::string translated(const Names (&table)[N], const std::string& name) {
    for (const auto& [theirs, ours] : table)
        if (theirs == name)
            return ours;
    return name;
}

std::vector<std::string> numbered(const Hdf5File& file, const std::string& stem, const std::string& holds) {
    std::vector<std::string> names;
    for (const std::string& name : file.children("/"))
        if (isNumbered(name, stem)) {
            const std::vector<std::string> inner = file.children("/" + name);
            if (std::any_of(inner.begin(), inner.end(), [&](const std::string& child) {
                    return child.starts_with(holds) && child.ends_with("_data");
                }))
                names.push_back("/" + name);
        }
    return names;
}

std::vector<std::string> imagesOf(const Hdf5File& file) {
    return numbered(file, "image", "image");
}

std::vector<std::string> scansOf(const Hdf5File& file) {
    return numbered(file, "scan", "scan_");
}

/// "PRECIP_[MM]" as ACRR in mm.
Quantity quantityOf(const std::string& parameter) {
    Quantity quantity;
    quantity.longName = parameter;
    const std::size_t open = parameter.find('['), close = parameter.find(']', open);
    std::string name = parameter.substr(0, open);
    while (name.ends_with('_') || name.ends_with(' '))
        name.pop_back();
    quantity.id = translated(Parameters, name);
    if (open != std::string::npos && close != std::string::npos)
        quantity.unit = translated(Units, parameter.substr(open + 1, close - open - 1));
    return quantity;
}

} // namespace

Recognition KnmiSource::recognise(const Hdf5File& file) {
    if (!file.exists("/overview"))
        return {0, text(EMBELLIE_TR("io", "it has no overview"))};
    if (!scansOf(file).empty() && file.exists("/radar1"))
        return {100, text(EMBELLIE_TR("io", "it has an overview, a radar and scans of KNMI's"))};
    if (!imagesOf(file).empty() && file.exists("/geographic"))
        return {100, text(EMBELLIE_TR("io", "it has an overview and images of KNMI's"))};
    return {0, text(EMBELLIE_TR("io", "it has no scans or images of KNMI's"))};
}

KnmiSource::KnmiSource(const std::filesystem::path& file) : m_file(Hdf5File::open(file)) {
    m_info.file = file;
    m_info.format = "KNMI HDF5";
    if (const auto version = m_file.string("/overview", "hdftag_version_number"))
        m_info.format += " " + *version;
    m_info.product = m_file.string("/overview", "product_group_name").value_or("");
    if (const auto begin = knmiTime(m_file.string("/overview", "product_datetime_start").value_or(""))) {
        const auto end = knmiTime(m_file.string("/overview", "product_datetime_end").value_or(""));
        m_info.time = {*begin, std::max(*begin, end.value_or(*begin)), Calendar::Standard};
        m_info.hasTime = true;
    }
    const std::vector<std::string> scans = scansOf(m_file);
    if (!scans.empty()) {
        m_info.site = knmiSite(m_file);
        m_info.title = m_info.site->id.empty() ? "KNMI radar" : m_info.site->id;
        if (!m_info.site->id.empty())
            m_info.siteIdentifiers.push_back("KNMI:" + m_info.site->id);
        for (const std::string& scan : scans)
            addScan(scan);
    } else {
        m_info.title = m_info.product.empty() ? "KNMI" : m_info.product;
        addImages(imagesOf(m_file));
    }
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has no arrays")))
            .in(file)
            .expected(text(EMBELLIE_TR("io", "{0}"), "image1/image_data, scan1/scan_Z_data"));
}

void KnmiSource::add(ArrayInfo array, Array reading) {
    // Below the least value lies what was not measured and what had no echo, under one code.
    const auto missing = m_file.number(reading.calibration, "calibration_missing_data");
    array.quantity.ambiguous =
        missing == 0.0 && missing != m_file.number(reading.calibration, "calibration_out_of_image");
    m_info.arrays.push_back(std::move(array));
    m_arrays.push_back(std::move(reading));
}

void KnmiSource::addImages(const std::vector<std::string>& images) {
    std::set<TimePoint> times;
    for (const std::string& image : images)
        if (const auto valid = knmiTime(m_file.string(image, "image_datetime_valid").value_or("")))
            times.insert(*valid);
    std::vector<std::string> names;
    for (const std::string& image : images) {
        ArrayInfo array;
        array.path = image + "/image_data";
        if (!m_file.isDataset(array.path))
            continue;
        array.quantity = quantityOf(m_file.string(image, "image_geo_parameter").value_or(""));
        if (array.quantity.id.empty())
            array.quantity.id = image.substr(1);
        array.shape = m_file.shape(array.path);
        array.layer = m_file.string(image, "image_product_name").value_or("");
        array.dimensions = {"y", "x"};
        Grid grid = knmiGrid(m_file, array.shape);
        Array reading{m_info.time, image + "/calibration", "calibration_formulas"};
        const auto valid = knmiTime(m_file.string(image, "image_datetime_valid").value_or(""));
        if (valid && times.size() > 1) {
            reading.time = {*valid, *valid, Calendar::Standard};
            const double seconds = static_cast<double>(valid->time_since_epoch().count()) / 1000;
            grid.axes.insert(grid.axes.begin(),
                             Axis{"time", AxisRole::Time, "seconds since 1970-01-01", {seconds}, {}});
            grid.axes.front().bounds = halfWayBounds({seconds});
            array.shape.insert(array.shape.begin(), 1);
            array.dimensions.insert(array.dimensions.begin(), "time");
        }
        if (!m_info.grid)
            m_info.grid = grid;
        array.grid = std::make_shared<const Grid>(std::move(grid));
        names.push_back(array.quantity.id);
        array.id = image.substr(1) + "/" + array.quantity.id;
        add(std::move(array), std::move(reading));
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::count(names.begin(), names.end(), names[i]) == 1)
            m_info.arrays[i].id = names[i];
}

void KnmiSource::addScan(const std::string& scan) {
    std::vector<std::string> moments;
    for (const std::string& child : m_file.children(scan))
        if (child.starts_with("scan_") && child.ends_with("_data") && m_file.isDataset(scan + "/" + child))
            moments.push_back(child.substr(5, child.size() - 10));
    if (moments.empty())
        return;
    const auto pathOf = [&](const std::string& moment) { return scan + "/scan_" + moment + "_data"; };
    TimeInterval time = m_info.time;
    Sweep sweep = knmiSweep(m_file, scan, m_file.shape(pathOf(moments.front())), *m_info.site, time);
    if (!m_info.hasTime && time.begin != TimePoint{}) {
        m_info.time = time;
        m_info.hasTime = true;
    }
    m_info.sweeps.push_back({sweep.mode, sweep.fixedAngle, sweep.rays.size(), sweep.gates,
                             sweep.firstGateMeters, sweep.gateMeters, sweep.rays.front().azimuth(), time});
    m_sweeps.push_back(std::move(sweep));
    const std::string prefix = "sweep_" + std::to_string(m_info.sweeps.size() - 1) + "/";
    for (const std::string& moment : moments) {
        ArrayInfo array;
        array.path = pathOf(moment);
        array.quantity.id = translated(Moments, moment);
        array.quantity.unit = odimUnit(array.quantity.id, 2.2);
        if (m_info.find(prefix + array.quantity.id))
            array.quantity.id = moment;
        array.id = prefix + array.quantity.id;
        array.shape = m_file.shape(array.path);
        array.dimensions = {"ray", "gate"};
        array.sweep = m_info.sweeps.size() - 1;
        add(std::move(array), {time, scan + "/calibration", "calibration_" + moment + "_formulas"});
    }
}

Packing KnmiSource::packingOf(const ArrayInfo& array, const Array& reading, const RawArray& raw) const {
    const auto written = m_file.string(reading.calibration, reading.formula);
    Packing packing;
    if (written || raw.kind != RawArray::Kind::Float) {
        const auto formula = knmiFormula(written.value_or(""));
        if (!formula)
            throw Error(text(EMBELLIE_TR("io", "the formula of {0} can't be used"), array.quantity.id))
                .in(m_file.path(), reading.calibration)
                .expected(text(EMBELLIE_TR("io", "{0} as \"GEO=0.5*PV+-32.0\""), reading.formula))
                .found(written ? text(EMBELLIE_TR("io", "\"{0}\""), *written)
                               : text(EMBELLIE_TR("io", "nothing")))
                .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
        packing.gain = formula->gain;
        packing.offset = formula->offset;
    }
    if (const auto code = m_file.number(reading.calibration, "calibration_missing_data"))
        packing.noData.push_back(*code);
    // In scans of 16 bits a code of 255 would be left from those of 8: there it is a value like others.
    const double greatest = std::exp2(8 * static_cast<double>(raw.elementBytes)) - 1;
    if (const auto code = m_file.number(reading.calibration, "calibration_out_of_image");
        code && (!array.sweep || *code == greatest))
        packing.noData.push_back(*code);
    return packing;
}

Field KnmiSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const Array& reading = m_arrays[static_cast<std::size_t>(array - m_info.arrays.data())];
    const Geometry geometry = array->sweep ? Geometry(m_sweeps[*array->sweep]) : Geometry(*array->grid);
    if (array->shape != shapeOf(geometry))
        throw Error(text(EMBELLIE_TR("io", "the array has another size than its neighbours")))
            .in(m_info.file, array->path)
            .expected(text(EMBELLIE_TR("io", "{0} by {1}"), shapeOf(geometry)[0], shapeOf(geometry)[1]));
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    RawArray raw = m_file.read(array->path);
    raw.shape = array->shape;
    if (!isWhole(parts, array->shape))
        raw = pick(raw, parts);
    Decoded decoded = decode(raw, packingOf(*array, reading, raw));
    return Field(array->quantity, cut(geometry, parts), reading.time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
