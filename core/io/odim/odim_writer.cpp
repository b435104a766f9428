#include "core/io/odim/odim_writer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/geometry_parts.h"
#include "core/io/odim/odim_parts.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace embellie {

namespace {

std::string twoDigits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string dateText(TimePoint time) {
    const CalendarDate date = toDate(time);
    return std::to_string(date.year) + twoDigits(date.month) + twoDigits(date.day);
}

std::string clockText(TimePoint time) {
    const CalendarDate date = toDate(time);
    return twoDigits(date.hour) + twoDigits(date.minute) + twoDigits(static_cast<int>(date.second));
}

double epochSeconds(TimePoint time) {
    return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

// The format's separators can't be part of a name.
std::string withoutSeparators(std::string name) {
    for (char& letter : name)
        if (letter == ',' || letter == ':' || letter == ';')
            letter = ' ';
    return name;
}

// Five digits are a WMO number, all else a node.
std::string sourceText(const Site& site, const std::vector<std::string>& identifiers) {
    std::string all;
    for (const std::string& identifier : identifiers)
        all += (all.empty() ? "" : ",") + identifier;
    if (!all.empty())
        return all;
    const bool wmo = site.id.size() == 5 &&
                     std::all_of(site.id.begin(), site.id.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::string name = withoutSeparators(site.name);
    if (site.id.empty() && !name.empty())
        return "PLC:" + name;
    const std::string id =
        (wmo ? "WMO:" : "NOD:") + (site.id.empty() ? "unknown" : withoutSeparators(site.id));
    return name.empty() ? id : id + ",PLC:" + name;
}

double meanOf(const std::vector<double>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

// Where the rays point, as ODIM_H5 2.3 says it of sweeps in azimuth and of RHIs (tables 3 and 8: az_angle,
// angles, startelA).
void writeAngles(OdimFile& file, const Sweep& sweep, const std::string& where, const std::string& how) {
    std::vector<double> starts, stops, elevations;
    for (const Ray& ray : sweep.rays) {
        starts.push_back(ray.azimuthStart);
        stops.push_back(ray.azimuthStop);
        elevations.push_back(ray.elevation);
    }
    if (sweep.mode == SweepMode::Rhi) {
        file.attribute(where, "az_angle", sweep.fixedAngle);
        file.attribute(where, "angles", elevations);
        file.attribute(how, "startelA", elevations);
        file.attribute(how, "stopelA", elevations);
        return;
    }
    // The format says of no sweep that it looks straight up: its angle has to, whatever the input calls
    // fixed.
    const bool misleads =
        sweep.mode == SweepMode::VerticalPointing && !looksUp(std::vector<double>{sweep.fixedAngle});
    file.attribute(where, "elangle", misleads ? meanOf(elevations) : sweep.fixedAngle);
    file.attribute(how, "startazA", starts);
    file.attribute(how, "stopazA", stops);
    file.attribute(how, "elangles", elevations);
}

/// @return whether it is an RHI
bool writeSweep(OdimFile& file, const std::string& group, const OdimSweep& content, TimePoint nominal,
                Feedback& feedback) {
    const std::vector<OdimMoment>& moments = content.moments;
    const Field& first = *moments.front().field;
    const Sweep* sweep = first.sweep();
    if (!sweep)
        throw Error(text(EMBELLIE_TR("odim", "only sweeps of a radar can be written as a polar volume")))
            .in(first.origin().file, first.origin().path);
    const bool isRhi = sweep->mode == SweepMode::Rhi;
    TimeInterval time = first.time();
    if (time.begin == TimePoint{})
        time = {nominal, nominal, Calendar::Standard};

    const std::string what = group + "/what", where = group + "/where", how = group + "/how";
    constexpr std::size_t mostOfAll = 8000; // numbers of an attribute in headers of any version: 64 KiB
    for (const std::string& part : {what, where, how})
        file.makeGroup(part, part != what && sweep->rays.size() > mostOfAll);
    file.attribute(what, "product", std::string("SCAN"));
    file.attribute(what, "startdate", dateText(time.begin));
    file.attribute(what, "starttime", clockText(time.begin));
    const TimePoint end = std::chrono::ceil<std::chrono::seconds>(time.end); // the format has whole seconds
    file.attribute(what, "enddate", dateText(end));
    file.attribute(what, "endtime", clockText(end));

    const auto earliest =
        std::min_element(sweep->rays.begin(), sweep->rays.end(),
                         [](const Ray& a, const Ray& b) { return a.timeSeconds < b.timeSeconds; });
    writeAngles(file, *sweep, where, how);
    file.attribute(where, "nrays", static_cast<std::int64_t>(sweep->rays.size()));
    file.attribute(where, "nbins", static_cast<std::int64_t>(sweep->gates));
    file.attribute(where, "rscale", sweep->gateMeters);
    file.attribute(where, "rstart", (sweep->firstGateMeters - sweep->gateMeters / 2) / 1000); // kilometres
    file.attribute(where, "a1gate", static_cast<std::int64_t>(earliest - sweep->rays.begin()));

    std::vector<double> times;
    for (const Ray& ray : sweep->rays)
        times.push_back(epochSeconds(time.begin) + ray.timeSeconds);
    const bool timed = std::any_of(sweep->rays.begin(), sweep->rays.end(),
                                   [](const Ray& ray) { return ray.timeSeconds != 0; });
    if (timed) {
        file.attribute(how, isRhi ? "startelT" : "startazT", times);
        file.attribute(how, isRhi ? "stopelT" : "stopazT", times);
    }
    if (sweep->beamWidth)
        file.attribute(how, "beamwH", *sweep->beamWidth);
    if (sweep->nyquist)
        file.attribute(how, "NI", *sweep->nyquist);

    for (std::size_t m = 0; m < moments.size(); ++m) {
        feedback.throwIfCancelled();
        assert(shapeOf(moments[m].field->geometry()) == shapeOf(first.geometry()));
        file.moment(group + "/data" + std::to_string(m + 1), moments[m], std::nullopt);
    }
    for (const FieldPtr& quality : content.quality)
        file.quality(group, *quality, true);
    return isRhi;
}

} // namespace

void writeOdimVolume(const std::filesystem::path& path, const OdimVolume& volume, Feedback& feedback) {
    writeOdimVolume(
        path, volume, volume.sweeps.size(),
        [&](std::size_t sweep) {
            return OdimSweep{volume.sweeps[sweep], {}};
        },
        feedback);
}

void writeOdimVolume(const std::filesystem::path& path, const OdimVolume& volume, std::size_t sweeps,
                     const std::function<OdimSweep(std::size_t)>& sweepAt, Feedback& feedback) {
    assert(sweeps > 0);
    OdimFile file = OdimFile::create(path);
    file.attribute("/", "Conventions", std::string("ODIM_H5/V2_3"));
    for (const char* group : {"/what", "/where", "/how"})
        file.makeGroup(group);
    file.attribute("/what", "version", std::string("H5rad 2.3"));
    file.attribute("/what", "date", dateText(volume.time));
    file.attribute("/what", "time", clockText(volume.time));
    file.attribute("/what", "source", sourceText(volume.site, volume.identifiers));
    file.attribute("/where", "lat", volume.site.latitude);
    file.attribute("/where", "lon", volume.site.longitude);
    file.attribute("/where", "height", volume.site.heightMeters);
    file.attribute("/how", "software", std::string("EMBELLIE"));
    file.attribute("/how", "sw_version", std::string(EMBELLIE_VERSION));
    for (const auto& [name, value] : volume.how)
        file.attribute("/how", name, value);
    std::size_t rhis = 0;
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
        rhis +=
            writeSweep(file, "/dataset" + std::to_string(sweep + 1), sweepAt(sweep), volume.time, feedback);
        feedback.progress(static_cast<double>(sweep + 1), static_cast<double>(sweeps));
    }
    const char* const object = rhis == sweeps ? "ELEV" : sweeps > 1 ? "PVOL" : "SCAN";
    file.attribute("/what", "object", std::string(object));
    writeFileAtomically(path, file.finish());
}

} // namespace embellie
