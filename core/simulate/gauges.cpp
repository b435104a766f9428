#include "core/simulate/gauges.h"

#include "core/base/feedback.h"
#include "core/base/text.h"
#include "core/map/radar.h"
#include "core/simulate/rain.h"
#include "core/simulate/terrain.h"

#include <algorithm>
#include <limits>

namespace embellie {

namespace {

struct Gauge {
    Site site;
    double eastKm = 0, northKm = 0;
    double gain = 1;   // catches a little less or more than what falls
    double filled = 0; // mm in the bucket that has not tipped yet
};

std::vector<Gauge> placed(const ScenePlan& plan, const Terrain& terrain) {
    std::vector<Gauge> gauges;
    RandomSequence random(RandomStream(plan.seed, Purpose::Gauges));
    const double reach = std::min(100.0, 0.9 * plan.maxRangeKm());
    for (int i = 0; i < plan.gauges; ++i) {
        Gauge gauge;
        for (int trial = 0; trial < 50; ++trial) {
            const double azimuth = random.uniform(0, 360), km = reach * std::sqrt(random.uniform());
            gauge.eastKm = km * std::sin(azimuth * std::numbers::pi / 180);
            gauge.northKm = km * std::cos(azimuth * std::numbers::pi / 180);
            const GeoPoint place =
                geodesicForward({plan.site.latitude, plan.site.longitude}, azimuth, 1000 * km);
            gauge.site.latitude = place.latitude;
            gauge.site.longitude = place.longitude;
            if (!terrain.isSea(gauge.eastKm, gauge.northKm))
                break;
        }
        gauge.site.id = "gauge" + std::string(i + 1 < 10 ? "0" : "") + std::to_string(i + 1);
        gauge.site.heightMeters = terrain.metersAt(gauge.eastKm, gauge.northKm);
        gauge.gain = std::exp(0.05 * random.normal());
        gauge.filled = plan.gaugeStepMm * random.uniform();
        gauges.push_back(gauge);
    }
    return gauges;
}

} // namespace

FieldPtr gaugeSeries(const ScenePlan& plan, const RainModel& rain, const Terrain& terrain,
                     Feedback& feedback) {
    std::vector<Gauge> gauges = placed(plan, terrain);
    Series series;
    for (const Gauge& gauge : gauges)
        series.stations.push_back(gauge.site);
    std::vector<float> amounts(gauges.size() * plan.times);
    std::vector<State> states(amounts.size(), State::Valid);
    const auto steps = std::clamp(static_cast<int>(std::ceil(plan.intervalMinutes / 5)), 1, 12);
    const RandomStream missing(plan.seed, Purpose::Gauges, 1);
    for (std::size_t time = 0; time < plan.times; ++time) {
        feedback.throwIfCancelled();
        feedback.progress(static_cast<double>(time), static_cast<double>(plan.times));
        const double end = plan.intervalMinutes * static_cast<double>(time);
        series.times.push_back(plan.start + std::chrono::milliseconds(std::llround(60000 * end)));
        for (int step = 0; step < steps; ++step) {
            const double minutes = end - plan.intervalMinutes * (step + 0.5) / steps;
            if (rain.wetness(minutes) <= 0)
                continue;
            const RainMap map = rain.at(minutes);
            for (Gauge& gauge : gauges) {
                const auto index = [&](double km) {
                    const double cell = std::floor(km / plan.map.cellKm + 0.5 * double(plan.map.cells));
                    return static_cast<std::size_t>(std::clamp(cell, 0.0, double(plan.map.cells) - 1));
                };
                const RainMap::Cell& cell =
                    map.cells[index(gauge.northKm) * plan.map.cells + index(gauge.eastKm)];
                gauge.filled += gauge.gain * rateOf(cell) * plan.intervalMinutes / 60 / steps;
            }
        }
        for (std::size_t i = 0; i < gauges.size(); ++i) {
            const double tips = std::floor(gauges[i].filled / plan.gaugeStepMm);
            gauges[i].filled -= tips * plan.gaugeStepMm;
            const std::size_t place = i * plan.times + time;
            amounts[place] = static_cast<float>(tips * plan.gaugeStepMm);
            if (missing.uniform(place)[0] < plan.gaugeMissing)
                states[place] = State::NoData;
        }
    }
    Quantity quantity;
    quantity.id = "RAIN";
    quantity.longName = "Rain in the interval before";
    quantity.standardName = "lwe_thickness_of_precipitation_amount";
    quantity.unit = "mm";
    const TimeInterval whole{series.times.front(), series.times.back(), Calendar::Standard};
    Origin origin;
    origin.history.push_back("simulated with seed " + std::to_string(plan.seed));
    return std::make_shared<const Field>(quantity, std::move(series), whole, std::move(amounts),
                                         std::move(states), origin);
}

std::string gaugesCsv(const Field& gauges) {
    const Series& series = std::get<Series>(gauges.geometry());
    std::string csv = "time,station,latitude,longitude,height_m,rain_mm\n";
    for (std::size_t time = 0; time < series.times.size(); ++time)
        for (std::size_t i = 0; i < series.stations.size(); ++i) {
            const std::size_t place = i * series.times.size() + time;
            if (gauges.states()[place] != State::Valid)
                continue;
            const Site& site = series.stations[i];
            csv += isoTime(series.times[time]) + "," + site.id + "," + numberText(site.latitude, 5) + "," +
                   numberText(site.longitude, 5) + "," + numberText(site.heightMeters, 0) + "," +
                   numberText(gauges.values()[place], 3) + "\n";
        }
    return csv;
}

} // namespace embellie
