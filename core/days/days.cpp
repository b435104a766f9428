#include "core/days/days.h"

#include "core/io/dataset.h"
#include "core/map/radar.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace embellie {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

const char* dayKey(DayKind kind) {
    return kind == DayKind::Dry ? "dry" : kind == DayKind::Wet ? "wet" : "unsure";
}

std::optional<DayKind> dayKindOf(std::string_view key) {
    for (const DayKind kind : {DayKind::Unsure, DayKind::Dry, DayKind::Wet})
        if (key == dayKey(kind))
            return kind;
    return std::nullopt;
}

TextPattern dayText(DayKind kind) {
    return kind == DayKind::Dry   ? EMBELLIE_TR("days", "dry")
           : kind == DayKind::Wet ? EMBELLIE_TR("days", "wet")
                                  : EMBELLIE_TR("days", "unsure");
}

SettingTable daySettings() {
    return {
        realSetting("days.distance", 50, 1, 500, "km", EMBELLIE_TR("days", "Distance"),
                    EMBELLIE_TR("days", "Gauges up to this far from the radar count")),
        realSetting("days.window", 30, 0, 1440, "min", EMBELLIE_TR("days", "Time around"),
                    EMBELLIE_TR("days", "Readings so long before and after a volume count")),
        realSetting("days.rain", 0.5, 0.01, 100, "mm", EMBELLIE_TR("days", "Rain from"),
                    EMBELLIE_TR("days", "A gauge with this much over that time had rain; less is a trace, "
                                        "with which a volume is unsure")),
        integerSetting("days.dry_gauges", 3, 1, 1000, "", EMBELLIE_TR("days", "Gauges for dry"),
                       EMBELLIE_TR("days", "So many at least must have reported all the time, and no gauge "
                                           "any rain")),
        integerSetting("days.wet_gauges", 1, 1, 1000, "", EMBELLIE_TR("days", "Gauges for wet"),
                       EMBELLIE_TR("days", "So many at least must have had rain")),
        advanced(choiceSetting(
            "days.stamp", "end",
            {{"end", EMBELLIE_TR("days", "its end")}, {"begin", EMBELLIE_TR("days", "its beginning")}},
            EMBELLIE_TR("days", "Time of a reading"),
            EMBELLIE_TR("days", "Which end of the interval in which the rain fell the "
                                "station file gives"))),
        advanced(realSetting("days.utc_offset", 0, -14, 14, "h", EMBELLIE_TR("days", "Ahead of UTC"),
                             EMBELLIE_TR("days", "Of the clock in the station file: 1 is winter in Paris"))),
        advanced(
            realSetting("days.day_begins", 0, -24, 24, "h", EMBELLIE_TR("days", "Day begins"),
                        EMBELLIE_TR("days", "Hour UTC at which a day begins, in files with dates alone: 6 "
                                            "for the daily rain of Météo-France"))),
    };
}

std::vector<RadarVolume> radarVolumes(const std::vector<fs::path>& paths, Feedback& feedback) {
    const auto dataset = Dataset::open(paths, feedback, 0);
    for (const Error& problem : dataset->problems())
        feedback.message(text(EMBELLIE_TR("days", "left out: {0}"), problem.what()));
    std::vector<RadarVolume> volumes;
    std::size_t timeless = 0;
    for (const GroupEntry& group : dataset->groups())
        for (const VolumeEntry& entry : group.volumes) {
            std::set<std::size_t> sources;
            const LayerEntry* dated = nullptr;
            for (const LayerEntry& layer : entry.layers) {
                if (!layer.isSweep)
                    continue;
                for (const MomentEntry& moment : layer.moments)
                    sources.insert(moment.source);
                if (!dated && layer.hasTime)
                    dated = &layer;
            }
            if (sources.empty())
                continue;
            if (!entry.hasTime && !dated) {
                ++timeless;
                continue;
            }
            RadarVolume volume{group.title, group.site, entry.hasTime ? entry.time : dated->time, {}};
            for (const std::size_t source : sources)
                volume.files.push_back(fs::absolute(dataset->files()[source]).lexically_normal());
            volumes.push_back(std::move(volume));
        }
    if (timeless > 0)
        feedback.message(text(EMBELLIE_TR("days", "volumes that say no time, left out: {0}"), timeless));
    if (volumes.empty())
        throw Error(text(EMBELLIE_TR("days", "there is no radar volume with a time among these files")))
            .in(paths.empty() ? fs::path() : paths.front());
    return volumes;
}

namespace {

struct Rule {
    double meters, millimetres;
    milliseconds window;
    std::size_t dryGauges, wetGauges;

    explicit Rule(const Settings& settings)
        : meters(1000 * settings.real("days.distance")), millimetres(settings.real("days.rain")),
          window(std::llround(60e3 * settings.real("days.window"))),
          dryGauges(static_cast<std::size_t>(settings.integer("days.dry_gauges"))),
          wetGauges(static_cast<std::size_t>(settings.integer("days.wet_gauges"))) {}
};

/// What one gauge had in a time: how much of it its readings cover, and their rain.
struct Catch {
    milliseconds covered{0};
    double millimetres = 0;
};

Catch caught(const Gauge& gauge, TimePoint begin, TimePoint end) {
    Catch sum;
    auto reading = std::upper_bound(gauge.readings.begin(), gauge.readings.end(), begin,
                                    [](TimePoint time, const GaugeReading& one) { return time < one.end; });
    for (TimePoint reached = begin; reading != gauge.readings.end() && reading->begin < end; ++reading) {
        sum.millimetres += reading->millimetres;
        const TimePoint from = std::max(reached, reading->begin), to = std::min(end, reading->end);
        if (to > from) {
            sum.covered += to - from;
            reached = to;
        }
    }
    return sum;
}

void judge(DayVolume& day, const std::vector<const Gauge*>& near, const Rule& rule) {
    const double km = rule.meters / 1000;
    if (near.empty()) {
        day.reason = text(EMBELLIE_TR("days", "no gauge within {0} km"), km);
        return;
    }
    const TimePoint begin = day.volume.time.begin - rule.window;
    const TimePoint end =
        std::max(day.volume.time.end, day.volume.time.begin + std::chrono::seconds(1)) + rule.window;
    std::size_t reported = 0, rainy = 0;
    double most = 0;
    for (const Gauge* gauge : near) {
        const Catch rain = caught(*gauge, begin, end);
        reported += rain.covered >= end - begin;
        rainy += rain.millimetres >= rule.millimetres;
        most = std::max(most, rain.millimetres);
    }
    const std::string highest = numberText(most, 1);
    if (rainy >= rule.wetGauges) {
        day.kind = DayKind::Wet;
        day.reason = text(rainy == 1 ? EMBELLIE_TR("days", "{0} of {1} gauges had rain: {2} mm")
                                     : EMBELLIE_TR("days", "{0} of {1} gauges had rain, up to {2} mm"),
                          rainy, near.size(), highest);
    } else if (most > 0) {
        day.reason = text(EMBELLIE_TR("days", "only little rain, or at too few gauges: {0} mm"),
                          numberText(most, most < 0.1 ? 2 : 1));
    } else if (reported >= rule.dryGauges) {
        day.kind = DayKind::Dry;
        day.reason = text(reported == 1 ? EMBELLIE_TR("days", "{0} gauge within {1} km stayed dry")
                                        : EMBELLIE_TR("days", "{0} gauges within {1} km stayed dry"),
                          reported, km);
    } else {
        day.reason = text(EMBELLIE_TR("days", "{0} of {1} gauges reported all the time, {2} are needed"),
                          reported, near.size(), rule.dryGauges);
    }
}

} // namespace

std::vector<DayVolume> proposeDays(std::vector<RadarVolume> volumes, const std::vector<Gauge>& gauges,
                                   const Settings& settings, Feedback& feedback) {
    const Rule rule(settings);
    std::map<std::pair<double, double>, std::vector<const Gauge*>> around;
    std::vector<DayVolume> days;
    for (RadarVolume& volume : volumes) {
        feedback.throwIfCancelled();
        DayVolume day{std::move(volume), DayKind::Unsure, {}};
        if (const auto& site = day.volume.site) {
            const auto [found, isNew] = around.try_emplace({site->latitude, site->longitude});
            if (isNew)
                for (const Gauge& gauge : gauges)
                    if (geodesicInverse({site->latitude, site->longitude},
                                        {gauge.site.latitude, gauge.site.longitude})
                            .meters <= rule.meters)
                        found->second.push_back(&gauge);
            judge(day, found->second, rule);
        } else {
            day.reason = text(EMBELLIE_TR("days", "its files do not say where the radar stands"));
        }
        days.push_back(std::move(day));
    }
    return days;
}

} // namespace embellie
