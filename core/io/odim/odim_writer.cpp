#include "core/io/odim/odim_writer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/odim/odim_parts.h"

#include <algorithm>
#include <cassert>
#include <cmath>

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

// Five digits are a WMO number, all else a node; the format's separators can't be part of a name.
std::string sourceText(const Site& site) {
    const bool wmo = site.id.size() == 5 &&
                     std::all_of(site.id.begin(), site.id.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::string name = site.name;
    for (char& letter : name)
        if (letter == ',' || letter == ':' || letter == ';')
            letter = ' ';
    const std::string id = (wmo ? "WMO:" : "NOD:") + (site.id.empty() ? std::string("unknown") : site.id);
    return name.empty() ? id : id + ",PLC:" + name;
}

void writeSweep(OdimFile& file, const std::string& group, const std::vector<OdimMoment>& moments,
                TimePoint nominal, Feedback& feedback) {
    const Field& first = *moments.front().field;
    const Sweep* sweep = first.sweep();
    if (!sweep || sweep->mode != SweepMode::Azimuth)
        throw Error(text(EMBELLIE_TR("odim", "only sweeps in azimuth can be written as a polar volume")))
            .in(first.origin().file, first.origin().path);
    TimeInterval time = first.time();
    if (time.begin == TimePoint{})
        time = {nominal, nominal, Calendar::Standard};

    const std::string what = group + "/what", where = group + "/where", how = group + "/how";
    for (const std::string& part : {what, where, how})
        file.makeGroup(part);
    file.attribute(what, "product", std::string("SCAN"));
    file.attribute(what, "startdate", dateText(time.begin));
    file.attribute(what, "starttime", clockText(time.begin));
    file.attribute(what, "enddate", dateText(time.end));
    file.attribute(what, "endtime", clockText(time.end));

    const auto earliest =
        std::min_element(sweep->rays.begin(), sweep->rays.end(),
                         [](const Ray& a, const Ray& b) { return a.timeSeconds < b.timeSeconds; });
    file.attribute(where, "elangle", sweep->fixedAngle);
    file.attribute(where, "nrays", static_cast<std::int64_t>(sweep->rays.size()));
    file.attribute(where, "nbins", static_cast<std::int64_t>(sweep->gates));
    file.attribute(where, "rscale", sweep->gateMeters);
    file.attribute(where, "rstart", (sweep->firstGateMeters - sweep->gateMeters / 2) / 1000); // kilometres
    file.attribute(where, "a1gate", static_cast<std::int64_t>(earliest - sweep->rays.begin()));

    std::vector<double> starts, stops, elevations, times;
    for (const Ray& ray : sweep->rays) {
        starts.push_back(ray.azimuthStart);
        stops.push_back(ray.azimuthStop);
        elevations.push_back(ray.elevation);
        times.push_back(epochSeconds(time.begin) + ray.timeSeconds);
    }
    file.attribute(how, "startazA", starts);
    file.attribute(how, "stopazA", stops);
    file.attribute(how, "elangles", elevations);
    const bool timed = std::any_of(sweep->rays.begin(), sweep->rays.end(),
                                   [](const Ray& ray) { return ray.timeSeconds != 0; });
    if (timed) {
        file.attribute(how, "startazT", times);
        file.attribute(how, "stopazT", times);
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
}

} // namespace

void writeOdimVolume(const std::filesystem::path& path, const OdimVolume& volume, Feedback& feedback) {
    assert(!volume.sweeps.empty());
    OdimFile file = OdimFile::create(path);
    file.attribute("/", "Conventions", std::string("ODIM_H5/V2_3"));
    for (const char* group : {"/what", "/where", "/how"})
        file.makeGroup(group);
    file.attribute("/what", "object", std::string(volume.sweeps.size() > 1 ? "PVOL" : "SCAN"));
    file.attribute("/what", "version", std::string("H5rad 2.3"));
    file.attribute("/what", "date", dateText(volume.time));
    file.attribute("/what", "time", clockText(volume.time));
    file.attribute("/what", "source", sourceText(volume.site));
    file.attribute("/where", "lat", volume.site.latitude);
    file.attribute("/where", "lon", volume.site.longitude);
    file.attribute("/where", "height", volume.site.heightMeters);
    file.attribute("/how", "software", std::string("EMBELLIE"));
    file.attribute("/how", "sw_version", std::string(EMBELLIE_VERSION));
    for (const auto& [name, value] : volume.how)
        file.attribute("/how", name, value);
    for (std::size_t sweep = 0; sweep < volume.sweeps.size(); ++sweep) {
        writeSweep(file, "/dataset" + std::to_string(sweep + 1), volume.sweeps[sweep], volume.time, feedback);
        feedback.progress(static_cast<double>(sweep + 1), static_cast<double>(volume.sweeps.size()));
    }
    writeFileAtomically(path, file.finish());
}

} // namespace embellie
