#include "core/io/gamic/gamic_source.h"

#include "core/base/error.h"
#include "core/io/cut.h"
#include "core/io/gamic/gamic_result.h"
#include "core/io/natural_order.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

std::vector<std::string> numbered(const Hdf5File& file, const std::string& group, const std::string& stem) {
    std::vector<std::string> names = file.children(group);
    std::erase_if(names, [&](const std::string& name) { return !isNumbered(name, stem); });
    return names;
}

/// UDUNITS text by the names that GAMIC gives its moments; the files say nothing.
std::string unitOf(const std::string& moment) {
    const auto starts = [&](std::initializer_list<const char*> stems) {
        return std::any_of(stems.begin(), stems.end(),
                           [&](const char* stem) { return moment.starts_with(stem); });
    };
    if (starts({"ZDR", "UZDR", "LDR", "ULDR", "SNR", "CCOR", "CPA"}))
        return "dB";
    if (starts({"RHOHV", "URHOHV", "SQI", "CMAP"}))
        return "1";
    if (starts({"PHIDP", "UPHIDP"}))
        return "degree";
    if (starts({"KDP"}))
        return "degree km-1";
    const char last = moment.size() == 2 ? moment[1] : ' ';
    const bool oneChannel = last == 'H' || last == 'V' || last == 'h' || last == 'v';
    if (starts({"DBZ", "UZ"}) || moment == "Z" || (oneChannel && starts({"U", "Z", "T"})))
        return "dBZ";
    if (oneChannel && starts({"V", "W"}))
        return "m s-1";
    return {};
}

} // namespace

std::vector<std::string> gamicScans(const Hdf5File& file) {
    return numbered(file, "/", "scan");
}

std::vector<std::string> gamicMoments(const Hdf5File& file, const std::string& scan) {
    return numbered(file, scan, "moment_");
}

Recognition GamicSource::recognise(const Hdf5File& file) {
    for (const std::string& scan : gamicScans(file))
        if (file.isDataset("/" + scan + "/ray_header") && !gamicMoments(file, "/" + scan).empty())
            return {100, text(EMBELLIE_TR("io", "{0} has a ray_header and moments"), scan)};
    return {0, text(EMBELLIE_TR("io", "it has no scan0 with ray_header and moments"))};
}

Packing gamicPacking(const Hdf5File& file, const std::string& moment, std::size_t elementBytes) {
    const auto low = file.number(moment, "dyn_range_min"), high = file.number(moment, "dyn_range_max");
    if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high) || !(*high > *low))
        throw Error(text(EMBELLIE_TR("io", "the range of the values can't be used")))
            .in(file.path(), moment)
            .expected(text(EMBELLIE_TR("io", "numbers dyn_range_min and dyn_range_max, the second larger")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const double steps = std::exp2(8 * static_cast<double>(elementBytes)) - 2;
    Packing packing;
    packing.gain = (*high - *low) / steps;
    packing.offset = *low - packing.gain;
    packing.noData = {0};
    return packing;
}

GamicSource::GamicSource(const std::filesystem::path& file) : m_file(Hdf5File::open(file)) {
    m_info.file = file;
    m_info.format = "GAMIC HDF5";
    if (const std::string version = m_file.string("/what", "version").value_or(""); !version.empty())
        m_info.format += " " + version;
    m_info.product = m_file.string("/what", "object").value_or("");
    Site site{m_file.string("/how", "site_name").value_or(""), "", 0, 0, 0};
    for (const auto& [name, limit, target] : {std::tuple{"lat", 90.0, &site.latitude},
                                              {"lon", 360.0, &site.longitude},
                                              {"height", 1e5, &site.heightMeters}}) {
        const auto value = m_file.number("/where", name);
        if (!value || !(std::abs(*value) <= limit))
            throw Error(text(EMBELLIE_TR("io", "the place of the radar can't be used: {0}"), name))
                .in(file, "/where")
                .expected(text(EMBELLIE_TR("io", "a number")))
                .found(value ? text(EMBELLIE_TR("io", "{0}"), *value) : text(EMBELLIE_TR("io", "nothing")))
                .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
        *target = *value;
    }
    m_info.site = site;
    m_info.title = site.id.empty() ? "GAMIC radar" : site.id;
    if (!site.id.empty())
        m_info.siteIdentifiers.push_back("GAMIC:" + site.id);
    for (const std::string& scan : gamicScans(m_file))
        if (!gamicMoments(m_file, "/" + scan).empty())
            addScan("/" + scan);
    if (m_info.arrays.empty())
        throw Error(text(EMBELLIE_TR("io", "the file has no arrays")))
            .in(file)
            .expected(text(EMBELLIE_TR("io", "scan0/moment_0")));
}

void GamicSource::addScan(const std::string& scan) {
    const std::vector<std::string> moments = gamicMoments(m_file, scan);
    TimeInterval time;
    if (const auto written = parseTime(m_file.string("/what", "date").value_or("")))
        time = {*written, *written, Calendar::Standard};
    Sweep sweep = gamicSweep(m_file, scan, m_file.shape(scan + "/" + moments.front()), *m_info.site, time);
    if (!m_info.hasTime && time.begin != TimePoint{}) {
        m_info.time = {time.begin, time.begin, Calendar::Standard};
        m_info.hasTime = true;
    }
    if (m_info.hasTime)
        m_info.time.end = std::max(m_info.time.end, time.end);
    const double row0 =
        sweep.mode == SweepMode::Rhi ? sweep.rays.front().elevation : sweep.rays.front().azimuth();
    m_info.sweeps.push_back({sweep.mode, sweep.fixedAngle, sweep.rays.size(), sweep.gates,
                             sweep.firstGateMeters, sweep.gateMeters, row0, time});
    m_sweeps.push_back(std::move(sweep));
    const std::string prefix = "sweep_" + std::to_string(m_info.sweeps.size() - 1) + "/";
    for (const std::string& moment : moments)
        addMoment(scan + "/" + moment, prefix);
    attachResults(scan);
}

void GamicSource::addMoment(const std::string& path, const std::string& prefix) {
    ArrayInfo array;
    array.path = path;
    array.shape = m_file.shape(path);
    array.dimensions = {"ray", "gate"};
    array.sweep = m_info.sweeps.size() - 1;
    array.quantity.id = m_file.string(path, "moment").value_or("");
    if (array.quantity.id.empty())
        array.quantity.id = path.substr(path.rfind('/') + 1);
    array.quantity.unit = unitOf(array.quantity.id);
    array.quantity.ambiguous = true;
    const std::string wanted = prefix + array.quantity.id;
    array.id = wanted;
    for (int number = 2; m_info.find(array.id); ++number)
        array.id = wanted + "_" + std::to_string(number);
    m_info.arrays.push_back(std::move(array));
    m_packings.emplace_back();
    m_rejected.emplace_back();
}

/// What our own writer put behind the moments says what it is, and to which moment it belongs.
void GamicSource::attachResults(const std::string& scan) {
    for (std::size_t i = 0; i < m_info.arrays.size(); ++i) {
        ArrayInfo& array = m_info.arrays[i];
        if (!array.path.starts_with(scan + "/"))
            continue;
        const std::string role = m_file.string(array.path, GamicRoleAttribute).value_or("");
        const std::string of = scan + "/" + m_file.string(array.path, GamicOfAttribute).value_or("");
        const auto owner = std::find_if(m_info.arrays.begin(), m_info.arrays.end(),
                                        [&](const ArrayInfo& other) { return other.path == of; });
        if (role.empty() || owner == m_info.arrays.end() || owner->path == array.path)
            continue;
        array.qualityOf = owner->id;
        array.quantity.unit = "1";
        array.quantity.ambiguous = false;
        if (role == GamicRejectedRole) {
            array.quantity.kind = Kind::Classes;
            array.quantity.meanings = {{0, "kept", std::nullopt}, {1, "rejected", std::nullopt}};
            m_rejected[static_cast<std::size_t>(owner - m_info.arrays.begin())] = array.path;
        } else if (role == GamicProbabilityRole) {
            array.quantity.kind = Kind::Probability;
        } else if (role == GamicUncertaintyRole) {
            array.quantity.id = UncertaintyId;
            array.quantity.longName = m_file.string(array.path, GamicMeaningAttribute).value_or("");
        }
    }
}

Field GamicSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const Sweep& sweep = m_sweeps[*array->sweep];
    if (array->shape != std::vector<std::size_t>{sweep.rays.size(), sweep.gates})
        throw Error(text(EMBELLIE_TR("io", "the array has another size than its neighbours")))
            .in(m_info.file, array->path)
            .expected(text(EMBELLIE_TR("io", "{0} by {1}"), sweep.rays.size(), sweep.gates));
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    const bool whole = isWhole(parts, array->shape);
    const auto rawOf = [&](const std::string& path) {
        RawArray raw = m_file.read(path);
        return whole ? std::move(raw) : pick(raw, parts);
    };
    const RawArray raw = rawOf(array->path);
    if (raw.kind == RawArray::Kind::Signed || (raw.kind == RawArray::Kind::Unsigned && raw.elementBytes > 4))
        throw Error(text(EMBELLIE_TR("io", "the array is packed in another way than known")))
            .in(m_info.file, array->path)
            .expected(text(EMBELLIE_TR("io", "unsigned numbers of 8 to 32 bits, or real numbers")));
    // Real numbers are values already.
    const Packing packing =
        raw.kind == RawArray::Kind::Float ? Packing{} : gamicPacking(m_file, array->path, raw.elementBytes);
    Decoded decoded = decode(raw, packing);
    const std::string& flags = m_rejected[static_cast<std::size_t>(array - m_info.arrays.data())];
    if (!flags.empty()) {
        const RawArray marks = rawOf(flags);
        for (std::size_t i = 0; i < std::min(decoded.states.size(), marks.count()); ++i)
            if (decoded.states[i] == State::NoData)
                decoded.states[i] = marks.at(i) == GamicRejectedCode ? State::Rejected
                                    : marks.at(i) == GamicKeptCode   ? State::NoEcho
                                                                     : State::NoData;
    }
    return Field(array->quantity, whole ? sweep : cut(sweep, parts), m_info.sweeps[*array->sweep].time,
                 std::move(decoded.values), std::move(decoded.states),
                 {m_info.file.string(), array->path, {}});
}

} // namespace embellie
