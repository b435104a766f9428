#include "core/io/gpm/gpm_source.h"

#include "core/base/error.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>

namespace embellie {

namespace {

/// A line "Name=value;" of the root's FileHeader.
std::string headerText(const Hdf5File& file, const std::string& name) {
    std::istringstream lines(file.string("/", "FileHeader").value_or(""));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(name + "="))
            return line.substr(name.size() + 1, line.find(';') - name.size() - 1);
    return {};
}

std::vector<std::string> swathsOf(const Hdf5File& file) {
    std::vector<std::string> groups;
    for (const std::string& name : file.children("/"))
        if (file.isDataset("/" + name + "/Latitude") && file.isDataset("/" + name + "/Longitude"))
            groups.push_back("/" + name);
    return groups;
}

bool holdsNumbers(const Hdf5File& file, const std::string& path) {
    const Hdf5Handle data(H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), H5Dclose);
    const Hdf5Handle type(data.isValid() ? H5Dget_type(data) : hid_t(-1), H5Tclose);
    const H5T_class_t kind = type.isValid() ? H5Tget_class(type) : H5T_NO_CLASS;
    return kind == H5T_INTEGER || kind == H5T_FLOAT;
}

std::string lastName(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

bool isPlace(const std::string& path) {
    return lastName(path) == "Latitude" || lastName(path) == "Longitude";
}

constexpr double NoRainFloat = -1111.1, NoRain = -1111;

/// The codes follow from the type; what the array itself declares counts too.
Packing packingOf(const Hdf5File& file, const std::string& path, const RawArray& raw) {
    Packing packing;
    for (const char* name : {"_FillValue", "CodeMissingValue"})
        if (const auto code = file.number(path, name))
            packing.noData.push_back(*code);
    if (raw.kind == RawArray::Kind::Float) {
        packing.noData.insert(packing.noData.end(), {-9999.9, -9999});
        packing.noEcho = NoRainFloat;
    } else {
        packing.noData.push_back(raw.elementBytes == 1 ? -99 : -9999);
        packing.noEcho = NoRain;
    }
    return packing;
}

std::vector<double> placesOf(const Hdf5File& file, const std::string& path, double limit) {
    const RawArray raw = file.read(path);
    std::vector<double> places(raw.count());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double degrees = raw.at(i);
        places[i] = std::abs(degrees) <= limit ? degrees : std::numeric_limits<double>::quiet_NaN();
    }
    return places;
}

std::vector<std::optional<TimePoint>> timesOf(const Hdf5File& file, const std::string& group,
                                              std::size_t scans) {
    std::map<std::string, RawArray> parts;
    for (const char* name : {"Year", "Month", "DayOfMonth", "Hour", "Minute", "Second", "MilliSecond"})
        if (const std::string path = group + "/" + name; file.isDataset(path))
            if (RawArray raw = file.read(path); raw.count() == scans)
                parts[name] = std::move(raw);
    for (const char* name : {"Year", "Month", "DayOfMonth"})
        if (!parts.contains(name))
            return {};
    std::vector<std::optional<TimePoint>> times(scans);
    for (std::size_t i = 0; i < scans; ++i) {
        const auto number = [&](const char* name) {
            const auto found = parts.find(name);
            return found == parts.end() ? 0 : found->second.at(i);
        };
        const auto whole = [&](const char* name) { return static_cast<int>(number(name)); };
        const bool isTime = whole("Year") > 0 && whole("Month") >= 1 && whole("Month") <= 12 &&
                            whole("DayOfMonth") >= 1 && whole("DayOfMonth") <= 31 && whole("Hour") >= 0 &&
                            whole("Minute") >= 0 && number("Second") >= 0;
        if (isTime)
            times[i] = toTimePoint({whole("Year"), whole("Month"), whole("DayOfMonth"), whole("Hour"),
                                    whole("Minute"),
                                    number("Second") + std::max(0.0, number("MilliSecond")) / 1000});
    }
    return times;
}

Axis counted(const std::string& name, AxisRole role, std::size_t size) {
    Axis axis{name, role, "1", {}, {}};
    for (std::size_t i = 0; i < size; ++i)
        axis.centres.push_back(static_cast<double>(i));
    if (role != AxisRole::Other)
        axis.bounds = halfWayBounds(axis.centres);
    return axis;
}

} // namespace

Recognition GpmSource::recognise(const Hdf5File& file) {
    const std::string satellite = headerText(file, "SatelliteName");
    if (satellite.empty())
        return {0, text(EMBELLIE_TR("io", "it has no FileHeader that names a satellite"))};
    const std::vector<std::string> swaths = swathsOf(file);
    if (swaths.empty())
        return {0, text(EMBELLIE_TR("io", "it has no swath with Latitude and Longitude"))};
    return {100, text(EMBELLIE_TR("io", "its FileHeader names {0}, and {1} is a swath"), satellite,
                      lastName(swaths.front()))};
}

GpmSource::GpmSource(const std::filesystem::path& file) : m_file(Hdf5File::open(file)) {
    m_info.file = file;
    m_info.format = "GPM HDF5";
    if (const std::string version = headerText(m_file, "ProductVersion"); !version.empty())
        m_info.format += " " + version;
    m_info.product = headerText(m_file, "AlgorithmID");
    m_info.title = headerText(m_file, "SatelliteName");
    for (const std::string& name : {headerText(m_file, "InstrumentName"), m_info.product})
        if (!name.empty())
            m_info.title += " " + name;
    for (const std::string& group : swathsOf(m_file))
        addSwath(group);
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has no arrays")))
            .in(file)
            .expected(text(EMBELLIE_TR("io", "a group with Latitude, Longitude and arrays over them")));
    nameShortly();
    // What was measured comes before the places; m_swathOf goes along.
    std::vector<std::size_t> order(m_info.arrays.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return !isPlace(m_info.arrays[i].path); });
    std::vector<ArrayInfo> arrays;
    std::vector<std::size_t> swaths;
    for (const std::size_t i : order) {
        arrays.push_back(std::move(m_info.arrays[i]));
        swaths.push_back(m_swathOf[i]);
    }
    m_info.arrays = std::move(arrays);
    m_swathOf = std::move(swaths);
    m_info.grid = *m_info.arrays.front().grid;
    const Swath& first = m_swaths[m_swathOf.front()];
    if (const auto time = timeOf(first, {0, first.shape[0], 1})) {
        m_info.time = *time;
        m_info.hasTime = true;
    }
}

std::vector<std::string> GpmSource::dimensionsOf(const std::string& path, std::size_t rank) const {
    std::vector<std::string> names;
    std::istringstream list(m_file.string(path, "DimensionNames").value_or(""));
    for (std::string name; std::getline(list, name, ',');)
        names.push_back(name);
    return names.size() == rank ? names : std::vector<std::string>{};
}

void GpmSource::addSwath(const std::string& group) {
    Swath swath;
    swath.group = group;
    swath.shape = m_file.shape(group + "/Latitude");
    if (swath.shape.size() != 2 || swath.shape[0] == 0 || swath.shape[1] == 0)
        return;
    if (m_file.shape(group + "/Longitude") != swath.shape)
        throw Error(text(EMBELLIE_TR("io", "the array has another size than its neighbours")))
            .in(m_info.file, group + "/Longitude")
            .expected(text(EMBELLIE_TR("io", "{0} by {1}"), swath.shape[0], swath.shape[1]));
    swath.dimensions = dimensionsOf(group + "/Latitude", 2);
    if (swath.dimensions.empty())
        swath.dimensions = {"nscan", "nray"};
    swath.grid.axes = {counted(swath.dimensions[0], AxisRole::Y, swath.shape[0]),
                       counted(swath.dimensions[1], AxisRole::X, swath.shape[1])};
    swath.grid.latitudes = placesOf(m_file, group + "/Latitude", 90);
    swath.grid.longitudes = placesOf(m_file, group + "/Longitude", 360);
    if (std::none_of(swath.grid.latitudes.begin(), swath.grid.latitudes.end(),
                     [](double degrees) { return std::isfinite(degrees); }))
        throw Error(text(EMBELLIE_TR("io", "the latitudes are all missing")))
            .in(m_info.file, group + "/Latitude");
    swath.times = timesOf(m_file, group + "/ScanTime", swath.shape[0]);
    m_swaths.push_back(swath);
    addArrays(swath, m_swaths.size() - 1, group);
}

void GpmSource::addArrays(const Swath& swath, std::size_t index, const std::string& group) {
    std::map<std::vector<std::size_t>, std::shared_ptr<const Grid>> grids;
    for (const std::string& name : m_file.children(group)) {
        const std::string path = group + "/" + name;
        if (!m_file.isDataset(path)) {
            addArrays(swath, index, path);
            continue;
        }
        ArrayInfo array;
        array.shape = m_file.shape(path);
        const std::size_t rank = array.shape.size();
        if (rank < 2 || array.shape[0] != swath.shape[0] || array.shape[1] != swath.shape[1] ||
            std::count(array.shape.begin(), array.shape.end(), std::size_t(0)) > 0 ||
            !holdsNumbers(m_file, path))
            continue;
        array.dimensions = dimensionsOf(path, rank);
        if (array.dimensions.empty()) {
            array.dimensions = swath.dimensions;
            for (std::size_t d = 2; d < rank; ++d)
                array.dimensions.push_back("axis" + std::to_string(d));
        }
        if (!std::equal(swath.dimensions.begin(), swath.dimensions.end(), array.dimensions.begin()))
            continue; // as long by chance
        array.id = path.substr(1);
        array.path = path;
        array.layer = swath.group.substr(1);
        array.quantity.id = array.id;
        for (const char* unit : {"Units", "units"})
            if (array.quantity.unit.empty())
                array.quantity.unit = m_file.string(path, unit).value_or("");
        Grid grid = swath.grid;
        for (std::size_t d = 2; d < rank; ++d)
            grid.axes.push_back(counted(array.dimensions[d], AxisRole::Other, array.shape[d]));
        std::shared_ptr<const Grid>& shared = grids[array.shape];
        if (!shared || shared->axes != grid.axes)
            shared = std::make_shared<const Grid>(std::move(grid));
        array.grid = shared;
        m_info.arrays.push_back(std::move(array));
        m_swathOf.push_back(index);
    }
}

void GpmSource::nameShortly() {
    std::map<std::string, int> times;
    for (const ArrayInfo& array : m_info.arrays)
        ++times[lastName(array.path)];
    for (ArrayInfo& array : m_info.arrays)
        if (times[lastName(array.path)] == 1)
            array.quantity.id = lastName(array.path);
}

std::optional<TimeInterval> GpmSource::timeOf(const Swath& swath, const AxisPart& scans) const {
    std::optional<TimeInterval> interval;
    for (std::size_t i = scans.from; i < std::min(scans.to, swath.times.size()); i += scans.step)
        if (swath.times[i]) {
            if (!interval)
                interval = TimeInterval{*swath.times[i], *swath.times[i], Calendar::Standard};
            interval->begin = std::min(interval->begin, *swath.times[i]);
            interval->end = std::max(interval->end, *swath.times[i]);
        }
    if (interval)
        return interval;
    const auto begin = parseTime(headerText(m_file, "StartGranuleDateTime")),
               end = parseTime(headerText(m_file, "StopGranuleDateTime"));
    if (!begin)
        return std::nullopt;
    return TimeInterval{*begin, end && *end >= *begin ? *end : *begin, Calendar::Standard};
}

Field GpmSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const Swath& swath = m_swaths[m_swathOf[static_cast<std::size_t>(array - m_info.arrays.data())]];
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    // A bin of an orbit is a hundredth of an array of hundreds of megabytes.
    const RawArray raw =
        isWhole(parts, array->shape) ? m_file.read(array->path) : m_file.read(array->path, parts);
    Decoded decoded = decode(raw, packingOf(m_file, array->path, raw));
    if (raw.kind == RawArray::Kind::Float) // some write the whole number in real arrays too
        for (std::size_t i = 0; i < decoded.states.size(); ++i)
            if (decoded.states[i] == State::Valid && decoded.values[i] == static_cast<float>(NoRain))
                decoded.states[i] = State::NoEcho;
    return Field(array->quantity, cut(*array->grid, parts), timeOf(swath, parts[0]).value_or(m_info.time),
                 std::move(decoded.values), std::move(decoded.states),
                 {m_info.file.string(), array->path, {}});
}

} // namespace embellie
