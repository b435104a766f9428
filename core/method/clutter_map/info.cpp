#include "core/base/error.h"
#include "core/map/radar.h"
#include "core/method/echo_grid.h"
#include "core/method/method.h"
#include "core/task/denoise/cleaned.h"
#include "core/task/denoise/polar.h"

#include <cmath>

namespace embellie {

namespace {

/// What other times showed, by cell of the sweep that is to be cleaned.
struct ClutterMap {
    std::vector<std::uint32_t> measured, echoes;
    std::vector<double> sum; ///< of linear Z of the echoes
    std::size_t times = 0;

    explicit ClutterMap(std::size_t cells) : measured(cells, 0), echoes(cells, 0), sum(cells, 0.0) {}
    void add(const Sweep& here, const Field& there, float from);
};

void ClutterMap::add(const Sweep& here, const Field& there, float from) {
    const Sweep& other = *there.sweep();
    const RayIndex index(other);
    const bool noEcho = missingIsNoEcho(there);
    std::vector<std::ptrdiff_t> gateOf(here.gates);
    for (std::size_t gate = 0; gate < here.gates; ++gate) {
        const double range = here.firstGateMeters + static_cast<double>(gate) * here.gateMeters;
        const double nearest = std::round((range - other.firstGateMeters) / other.gateMeters);
        gateOf[gate] = nearest >= 0 && nearest < static_cast<double>(other.gates)
                           ? static_cast<std::ptrdiff_t>(nearest)
                           : -1;
    }
    for (std::size_t ray = 0; ray < here.rays.size(); ++ray) {
        const auto row = index.find(here.rays[ray].azimuth());
        if (!row)
            continue;
        for (std::size_t gate = 0; gate < here.gates; ++gate) {
            if (gateOf[gate] < 0)
                continue;
            const std::size_t cell = ray * here.gates + gate,
                              source = *row * other.gates + static_cast<std::size_t>(gateOf[gate]);
            if (there.states()[source] == State::NoData && !noEcho)
                continue;
            ++measured[cell];
            if (const float value = there.values()[source]; value >= from) {
                ++echoes[cell];
                sum[cell] += denoise::linear(value);
            }
        }
    }
    ++times;
}

MethodResult apply(const FieldPtr& input, Surroundings& surroundings, const Settings& settings,
                   Feedback& feedback) {
    const Sweep& sweep = *input->sweep();
    const auto from = static_cast<float>(settings.real("clutter_map.echo_from"));
    ClutterMap map(input->size());
    surroundings.otherTimes([&](const Field& other) {
        feedback.throwIfCancelled();
        map.add(sweep, other, from);
    });
    if (map.times == 0)
        throw Error(text(EMBELLIE_TR("method", "no other time of this sweep is known")))
            .in(input->origin().file, input->origin().path)
            .expected(text(EMBELLIE_TR("method", "files of the same radar and elevation at other times, dry "
                                                 "ones above all")))
            .remedy(text(EMBELLIE_TR("method", "name their folder with --context")));
    const auto excess = static_cast<float>(settings.real("clutter_map.excess"));
    std::vector<float> rain(input->size(), 1);
    for (std::size_t cell = 0; cell < rain.size(); ++cell) {
        if (map.echoes[cell] == 0)
            continue;
        const auto mean = static_cast<float>(map.sum[cell] / map.echoes[cell]);
        if (input->values()[cell] <= denoise::decibels(mean) + excess)
            rain[cell] = 1 - static_cast<float>(map.echoes[cell]) / static_cast<float>(map.measured[cell]);
    }
    denoise::Cleaned result =
        denoise::cleaned(*input, std::move(rain), 1 - static_cast<float>(settings.real("clutter_map.share")),
                         "share of other times without such an echo here",
                         "echoes removed where " + std::to_string(map.times) + " other times have them too");
    return {std::move(result.field), {std::move(result.probability)}};
}

} // namespace

const MethodInfo& method_clutter_map() {
    static const MethodInfo info{
        .id = "clutter_map",
        .task = "denoise",
        .name = EMBELLIE_TR("method", "Static clutter map"),
        .help = EMBELLIE_TR("method", "Removes echoes where other times of the same sweep have them too, "
                                      "unless they are stronger now; best made from dry days"),
        .needs = EMBELLIE_TR("method", "files of the same radar at other times"),
        .usesContext = true,
        .moments = {},
        .settings =
            {realSetting("clutter_map.share", 0.9, 0.01, 1, "1", EMBELLIE_TR("method", "Share of times"),
                         EMBELLIE_TR("method", "An echo is removed where at least this share of the other "
                                               "times has one")),
             realSetting("clutter_map.excess", 3, 0, 100, "dB", EMBELLIE_TR("method", "Excess"),
                         EMBELLIE_TR("method", "An echo that is stronger by more than this than the mean of "
                                               "the other times is kept; 100: none is")),
             realSetting("clutter_map.echo_from", -30, -60, 60, "dBZ", EMBELLIE_TR("method", "Echo is from"),
                         EMBELLIE_TR("method", "What counts as an echo at the other times"))},
        .apply = apply};
    return info;
}

} // namespace embellie
