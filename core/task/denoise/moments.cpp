#include "core/task/denoise/moments.h"

#include "core/map/radar.h"
#include "core/map/ray_order.h"
#include "core/task/denoise/aloft.h"
#include "core/task/denoise/season.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::denoise {

namespace {

constexpr float None = std::numeric_limits<float>::quiet_NaN();
constexpr const char *HeightId = "height", *SeasonId = "season";

const std::vector<Moment>& knownMoments() {
    using Kind = Moment::Kind;
    static const std::vector<Moment> known{
        {Kind::Correlation,
         "RHOHV",
         {"URHOHV", "RHOHV", "uncorrected_cross_correlation_ratio", "cross_correlation_ratio"},
         "1",
         0.85f,
         0.1f,
         0.01f,
         EMBELLIE_TR("denoise",
                     "correlation of the polarisations, (x - 0.85) / 0.1, clipped to ±2.5; 0 where "
                     "it is missing")},
        {Kind::Difference,
         "ZDR",
         {"UZDR", "ZDR", "differential_reflectivity"},
         "dB",
         1,
         2,
         0.5f,
         EMBELLIE_TR("denoise", "differential reflectivity, (dB - 1) / 2, clipped to ±2.5; 0 where it is "
                                "missing")},
        {Kind::Velocity,
         "VRADH",
         {"UVRADH", "VRADH", "VRAD", "VH", "velocity", "mean_doppler_velocity"},
         "m s-1",
         0,
         10,
         0,
         EMBELLIE_TR("denoise",
                     "radial velocity as it was measured, in 10 m/s, clipped to ±2.5; 0 where it is "
                     "missing")},
        {Kind::Width,
         "WRADH",
         {"UWRADH", "WRADH", "WRAD", "WH", "spectrum_width", "spectral_width"},
         "m s-1",
         2.5f,
         2,
         0,
         EMBELLIE_TR("denoise", "width of the Doppler spectrum, (m/s - 2.5) / 2, clipped to ±2.5; 0 where it "
                                "is missing")},
        {Kind::Quality,
         "SQI",
         {"SQIH", "SQI", "normalized_coherent_power", "signal_quality_index"},
         "1",
         0.5f,
         0.25f,
         0,
         EMBELLIE_TR("denoise", "signal quality index, (x - 0.5) / 0.25; 0 where it is missing")},
        {Kind::Aloft,
         AloftId,
         {},
         "dBZ",
         10,
         20,
         0,
         EMBELLIE_TR("denoise",
                     "reflectivity in the sweep about a degree higher, (dBZ - 10) / 20, clipped to "
                     "±2.5; -2.5 where there is no echo, 0 where it is missing")},
    };
    return known;
}

std::vector<std::string> namesIn(const std::string& words) {
    std::vector<std::string> names(1);
    for (const char letter : words)
        if (letter == ',')
            names.emplace_back();
        else if (letter != ' ')
            names.back() += letter;
    std::erase(names, std::string());
    return names;
}

/// A further moment as the network is to see it, by the cells of the sweep of @p reflectivity.
class MomentReader {
public:
    MomentReader(const Moment& moment, const Sweep& reflectivity, const Field& field)
        : m_field(field), m_nearest(reflectivity, *field.sweep()),
          m_aloft(moment.kind == Moment::Kind::Aloft) {
        // Files that know one kind of gap only have it where there is no echo.
        const auto states = field.states();
        m_gapsAreEmpty = std::find(states.begin(), states.end(), State::NoEcho) == states.end();
    }
    float at(std::size_t ray, std::size_t gate) const {
        const auto cell = m_nearest.find(ray, gate);
        if (!cell)
            return None;
        const State state = m_field.states()[*cell];
        if (m_aloft && (state == State::NoEcho || (m_gapsAreEmpty && state == State::NoData)))
            return NothingAloft;
        return m_field.values()[*cell];
    }

private:
    const Field& m_field;
    NearestCell m_nearest;
    bool m_aloft, m_gapsAreEmpty;
};

float heightPart(double rangeMeters, double elevation) {
    return static_cast<float>(beamPoint(std::max(0.0, rangeMeters), elevation, 0).heightMeters / 10e3);
}

} // namespace

bool ChosenMoments::looksAloft() const {
    return std::any_of(moments.begin(), moments.end(),
                       [](const Moment& moment) { return moment.kind == Moment::Kind::Aloft; });
}

ChosenMoments chosenMoments(const Settings& settings) {
    ChosenMoments chosen;
    std::vector<std::string> ids{HeightId, SeasonId};
    for (const Moment& moment : knownMoments())
        ids.push_back(moment.id);
    for (const std::string& name : namesIn(settings.string("denoise.moments"))) {
        const auto known = std::find_if(knownMoments().begin(), knownMoments().end(),
                                        [&](const Moment& moment) { return moment.id == name; });
        if (name == HeightId) {
            chosen.height = true;
        } else if (name == SeasonId) {
            chosen.season = true;
        } else if (known == knownMoments().end()) {
            std::string all;
            for (const std::string& id : ids)
                all += (all.empty() ? "" : ", ") + id;
            throw Error(text(EMBELLIE_TR("denoise", "there is no moment \"{0}\" to learn from"), name))
                .in({}, "denoise.moments")
                .expected(text(EMBELLIE_TR("denoise", "some of {0}"), all));
        } else if (std::none_of(chosen.moments.begin(), chosen.moments.end(),
                                [&](const Moment& moment) { return moment.id == name; })) {
            chosen.moments.push_back(*known);
        }
    }
    return chosen;
}

std::vector<ChannelInfo> momentChannels(const ChosenMoments& chosen) {
    std::vector<ChannelInfo> channels;
    for (const Moment& moment : chosen.moments) {
        channels.push_back({moment.id, 0, 0, moment.help});
        channels.push_back(
            {moment.id + " mask", 0, 0,
             EMBELLIE_TR("denoise", "1 where there is an echo and that moment of it, else 0")});
    }
    if (chosen.height)
        channels.push_back(
            {HeightId, 0, 0,
             EMBELLIE_TR("denoise", "of the beam above the radar in 10 km, 4/3 of the earth")});
    if (chosen.season) {
        channels.push_back(
            {SeasonId, 0, 0,
             EMBELLIE_TR("denoise",
                         "temperature to be expected at the ground by latitude and date, (°C - 10) "
                         "/ 15, clipped to ±2.5; 0 where place or date are unknown")});
        channels.push_back({std::string(SeasonId) + " mask", 0, 0,
                            EMBELLIE_TR("denoise", "1 where place and date are known, else 0")});
    }
    return channels;
}

static const ArrayInfo* arrayAbove(const SourceInfo& info, const ArrayInfo& array) {
    if (!array.sweep || info.sweeps[*array.sweep].mode != SweepMode::Azimuth)
        return nullptr;
    std::vector<const ArrayInfo*> others;
    std::vector<double> angles;
    for (const ArrayInfo& other : info.arrays)
        if (other.sweep && info.sweeps[*other.sweep].mode == SweepMode::Azimuth && other.qualityOf.empty() &&
            other.quantity.id == array.quantity.id) {
            others.push_back(&other);
            angles.push_back(info.sweeps[*other.sweep].fixedAngle);
        }
    const auto above = sweepAbove(info.sweeps[*array.sweep].fixedAngle, angles);
    return above ? others[*above] : nullptr;
}

std::vector<PredictionInput> momentArrays(const SourceInfo& info, const Settings& settings,
                                          const std::string& array) {
    const ArrayInfo* input = info.find(array);
    const std::vector<std::string> without = namesIn(settings.string("denoise.without"));
    std::vector<PredictionInput> found;
    for (const Moment& moment : chosenMoments(settings).moments) {
        if (std::find(without.begin(), without.end(), moment.id) != without.end())
            continue;
        const ArrayInfo* best = nullptr;
        if (moment.kind == Moment::Kind::Aloft)
            best = input ? arrayAbove(info, *input) : nullptr;
        for (auto name = moment.quantities.begin(); !best && name != moment.quantities.end(); ++name)
            for (const ArrayInfo& other : info.arrays)
                if (input && other.sweep == input->sweep && other.qualityOf.empty() &&
                    other.quantity.id == *name)
                    best = &other;
        if (best)
            found.push_back({best->id, moment.id});
    }
    return found;
}

void fillSeason(float* planes, std::size_t plane, std::optional<float> temperature) {
    if (!temperature)
        return;
    std::fill_n(planes, plane, scaledTemperature(*temperature));
    std::fill_n(planes + plane, plane, 1.0f);
}

float scaled(const Moment& moment, float value) {
    return std::isfinite(value)
               ? std::clamp((value - moment.middle) / moment.scale, -MomentReach, MomentReach)
               : 0;
}

std::uint8_t momentCode(const Moment& moment, float value) {
    return std::isfinite(value)
               ? static_cast<std::uint8_t>(
                     1 + std::lround((scaled(moment, value) + MomentReach) / (2 * MomentReach) * 253))
               : std::uint8_t(0);
}

float momentValue(const Moment& moment, std::uint8_t code) {
    return code == 0 || code == HiddenMoment
               ? None
               : moment.middle +
                     moment.scale * (static_cast<float>(code - 1) / 253 * 2 * MomentReach - MomentReach);
}

float mixed(const Moment& moment, float powerA, float a, float powerB, float b) {
    if (powerB <= 0)
        return a;
    if (powerA <= 0)
        return b;
    const bool known = std::isfinite(a) && std::isfinite(b);
    if (known && (moment.kind == Moment::Kind::Correlation || moment.kind == Moment::Kind::Quality))
        return (powerA * a + powerB * b) / (powerA + powerB);
    if (known && moment.kind == Moment::Kind::Difference)
        return decibels((powerA + powerB) / (powerA / linear(a) + powerB / linear(b)));
    return powerA >= powerB ? a : b;
}

NearestCell::NearestCell(const Sweep& from, const Sweep& to)
    : m_rays(from.rays.size(), -1), m_gates(from.gates, -1), m_columns(to.gates) {
    const RayIndex index(to);
    for (std::size_t ray = 0; ray < m_rays.size(); ++ray) {
        const bool rhi = from.mode == SweepMode::Rhi;
        const auto found = index.find(rhi ? from.rays[ray].elevation : from.rays[ray].azimuth());
        // Rays that touch have two neighbours equally near: the same row where both sweeps have the same
        // rays.
        if (ray < to.rays.size() && from.rays.size() == to.rays.size() &&
            from.rays[ray].azimuthStart == to.rays[ray].azimuthStart &&
            from.rays[ray].elevation == to.rays[ray].elevation)
            m_rays[ray] = static_cast<std::int64_t>(ray);
        else if (found)
            m_rays[ray] = static_cast<std::int64_t>(*found);
    }
    for (std::size_t gate = 0; gate < m_gates.size(); ++gate) {
        const double range = from.firstGateMeters + static_cast<double>(gate) * from.gateMeters;
        const std::int64_t found = std::llround((range - to.firstGateMeters) / to.gateMeters);
        if (found >= 0 && found < static_cast<std::int64_t>(to.gates))
            m_gates[gate] = found;
    }
}

void addMoments(Polar& polar, const Field& reflectivity, const Companions& fields,
                const std::vector<Moment>& moments) {
    if (moments.empty())
        return;
    const Sweep& sweep = *reflectivity.sweep();
    // The strongest gate in each cell.
    std::vector<std::int64_t> strongest(polar.z.size(), -1);
    std::vector<std::size_t> rows(static_cast<std::size_t>(polar.rays));
    const RayIndex index(sweep);
    for (int ray = 0; ray < polar.rays; ++ray) {
        const auto source = index.find((ray + 0.5) * 360.0 / polar.rays);
        if (!source)
            continue;
        rows[static_cast<std::size_t>(ray)] = *source;
        const float* values = reflectivity.values().data() + *source * sweep.gates;
        for (std::size_t gate = 0; gate < sweep.gates; ++gate) {
            const auto target = static_cast<int>(std::floor(
                (sweep.firstGateMeters + static_cast<double>(gate) * sweep.gateMeters) / polar.gateMeters));
            if (target < 0 || target >= polar.gates || !std::isfinite(values[gate]))
                continue;
            std::int64_t& best = strongest[polar.at(ray, target)];
            if (best < 0 || values[gate] > values[best])
                best = static_cast<std::int64_t>(gate);
        }
    }
    polar.moments.assign(moments.size(), {});
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const auto found = fields.find(moments[i].id);
        if (found == fields.end() || !found->second || !found->second->sweep())
            continue;
        const MomentReader reader(moments[i], sweep, *found->second);
        polar.moments[i].assign(polar.z.size(), 0);
        for (std::size_t cell = 0; cell < strongest.size(); ++cell)
            if (strongest[cell] >= 0)
                polar.moments[i][cell] =
                    momentCode(moments[i], reader.at(rows[cell / static_cast<std::size_t>(polar.gates)],
                                                     static_cast<std::size_t>(strongest[cell])));
    }
}

std::vector<float> momentPlanes(const ChosenMoments& chosen, const Field& reflectivity,
                                const Companions& fields, const std::vector<std::size_t>& order,
                                std::size_t joined) {
    const Sweep& sweep = *reflectivity.sweep();
    const std::size_t gates = (sweep.gates + joined - 1) / joined, plane = order.size() * gates;
    std::vector<float> planes(chosen.channels() * plane, 0.0f);
    float* to = planes.data();
    for (const Moment& moment : chosen.moments) {
        const auto found = fields.find(moment.id);
        if (found != fields.end() && found->second && found->second->sweep()) {
            const MomentReader reader(moment, sweep, *found->second);
            for (std::size_t cell = 0; cell < plane; ++cell) {
                const std::size_t ray = order[cell / gates], begin = cell % gates * joined,
                                  end = std::min(begin + joined, sweep.gates);
                if (ray == NoRay)
                    continue;
                const float* values = reflectivity.values().data() + ray * sweep.gates;
                std::size_t best = begin;
                for (std::size_t gate = begin; gate < end; ++gate)
                    if (std::isfinite(values[gate]) && !(values[gate] <= values[best]))
                        best = gate;
                const float value = std::isfinite(values[best]) ? reader.at(ray, best) : None;
                if (!std::isfinite(value))
                    continue;
                to[cell] = scaled(moment, value);
                to[plane + cell] = 1;
            }
        }
        to += 2 * plane;
    }
    if (chosen.height) {
        for (std::size_t cell = 0; cell < plane; ++cell) {
            const std::size_t ray = order[cell / gates];
            to[cell] = heightPart(sweep.firstGateMeters + (static_cast<double>(cell % gates * joined) +
                                                           static_cast<double>(joined - 1) / 2) *
                                                              sweep.gateMeters,
                                  ray == NoRay ? sweep.fixedAngle : sweep.rays[ray].elevation);
        }
        to += plane;
    }
    if (chosen.season)
        fillSeason(to, plane, expectedTemperature(reflectivity));
    return planes;
}

double PresenceCount::tells() const {
    return rain > 0 && rest > 0 ? std::abs(rainWith / rain - restWith / rest) : 0;
}

} // namespace embellie::denoise
