#include "core/task/denoise/source_sweep.h"

#include "core/task/denoise/aloft.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::denoise {

FieldPtr readAloft(const SweepData& sweeps, const LayerEntry& layer, const std::string& quantity,
                   Feedback& feedback) {
    const MomentEntry* own = layer.find(quantity);
    if (!own)
        return nullptr;
    for (const GroupEntry& group : sweeps.dataset->groups())
        for (const VolumeEntry& volume : group.volumes) {
            std::vector<const LayerEntry*> others;
            std::vector<double> angles;
            bool isHere = false;
            for (const LayerEntry& other : volume.layers) {
                const MomentEntry* moment = other.find(quantity);
                if (!moment || !other.isSweep || other.mode != SweepMode::Azimuth)
                    continue;
                isHere = isHere || (moment->source == own->source && moment->array == own->array);
                others.push_back(&other);
                angles.push_back(other.angle);
            }
            if (!isHere)
                continue;
            const auto above = sweepAbove(layer.angle, angles);
            return above ? sweeps.dataset->read(*others[*above], *others[*above]->find(quantity), feedback)
                         : nullptr;
        }
    return nullptr;
}

SourceSweep readSweep(const SweepData& sweeps, const SweepEntry& sweep,
                      const std::vector<std::string>& quantities, const ChosenMoments& chosen,
                      Feedback& feedback) {
    const MomentEntry& reflectivity = *firstOf(sweep.layer, quantities);
    SourceSweep one{sweep.name(), sweeps.dataset->read(sweep.layer, reflectivity, feedback), {}, {}};
    for (const Moment& moment : chosen.moments) {
        FieldPtr found;
        if (moment.kind == Moment::Kind::Aloft)
            found = readAloft(sweeps, sweep.layer, reflectivity.quantity.id, feedback);
        else if (const MomentEntry* entry = firstOf(sweep.layer, moment.quantities))
            found = sweeps.dataset->read(sweep.layer, *entry, feedback);
        if (found)
            one.further[moment.id] = std::move(found);
    }
    return one;
}

SourceSweep simulatedSweep(const std::string& name, const SimulatedSweep& sweep, const SimulatedSweep* above,
                           const ChosenMoments& chosen) {
    SourceSweep one{name, sweep.th, {}, {}};
    for (const Moment& moment : chosen.moments) {
        if (moment.kind == Moment::Kind::Aloft && above) {
            one.further[moment.id] = above->th;
            one.rainAloft = above->dbzh;
        }
        for (const FieldPtr& field : sweep.fields())
            if (std::find(moment.quantities.begin(), moment.quantities.end(), field->quantity().id) !=
                moment.quantities.end())
                one.further[moment.id] = field;
    }
    return one;
}

Polar sweepOf(const SourceSweep& sweep, const MixtureRule& rule, float gateMeters) {
    Polar polar = polarOf(*sweep.field, rule.rays, gateMeters);
    addMoments(polar, *sweep.field, sweep.further, rule.moments.moments);
    return polar;
}

RainSource rainSource(const SourceSweep& sweep, const MixtureRule& rule, float gateMeters) {
    RainSource source{sweepOf(sweep, rule, gateMeters), {}};
    source.trust = rainTrust(source.sweep);
    for (std::size_t i = 0; i < source.trust.size(); ++i)
        if (source.trust[i] == 0)
            source.sweep.z[i] = 0;
    return source;
}

std::pair<Polar, Polar> parted(const SourceSweep& all, const Field& rain, const MixtureRule& rule,
                               float gateMeters) {
    Polar wet = polarOf(rain, rule.rays, gateMeters), other = sweepOf(all, rule, gateMeters);
    wet.moments = other.moments;
    const auto aloft = all.further.find(AloftId);
    const bool partsAloft = all.rainAloft && aloft != all.further.end();
    if (partsAloft) {
        Companions part = all.further;
        part[AloftId] = all.rainAloft;
        addMoments(wet, *all.field, part, rule.moments.moments);
        part[AloftId] = std::make_shared<Field>(restOf(*aloft->second, *all.rainAloft));
        addMoments(other, *all.field, part, rule.moments.moments);
    }
    const auto isAloft = [&](std::size_t moment) {
        return rule.moments.moments[moment].kind == Moment::Kind::Aloft;
    };
    for (std::size_t i = 0; i < other.z.size(); ++i) {
        if (other.z[i] <= 0) // true rain that the radar does not show
            for (auto& moment : wet.moments)
                if (!moment.empty())
                    moment[i] = HiddenMoment;
        const float rest = other.z[i] - wet.z[i];
        other.z[i] = rest > 0.03f * other.z[i] ? rest : 0; // less is rounding
        auto& hidden = (wet.z[i] >= other.z[i] ? other : wet).moments;
        for (std::size_t k = 0; k < hidden.size(); ++k)
            if (!hidden[k].empty() && hidden[k][i] != 0 && !(partsAloft && isAloft(k)))
                hidden[k][i] = HiddenMoment;
    }
    return {std::move(wet), std::move(other)};
}

Field fieldOf(const Polar& polar, const Field& like, const std::string& id, const std::string& unit,
              std::vector<float> values) {
    Sweep sweep = *like.sweep();
    sweep.firstGateMeters = 0.5 * polar.gateMeters;
    sweep.gateMeters = polar.gateMeters;
    sweep.gates = static_cast<std::size_t>(polar.gates);
    sweep.rays.clear();
    const double step = 360.0 / polar.rays;
    for (int ray = 0; ray < polar.rays; ++ray)
        sweep.rays.push_back({ray * step, std::fmod((ray + 1) * step, 360.0), sweep.fixedAngle, 0});
    std::vector<State> states(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (id == AloftId)
            states[i] = !std::isfinite(values[i])   ? State::NoData
                        : values[i] <= NothingAloft ? State::NoEcho
                                                    : State::Valid;
        else
            states[i] = std::isfinite(values[i]) ? State::Valid : State::NoEcho;
    Quantity quantity;
    quantity.id = id;
    quantity.unit = unit;
    return Field(std::move(quantity), std::move(sweep), like.time(), std::move(values), std::move(states));
}

Field fieldOf(const Polar& polar, const Field& like, const std::string& id) {
    std::vector<float> values(polar.z.size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (polar.z[i] > 0)
            values[i] = decibels(polar.z[i]);
    return fieldOf(polar, like, id, "dBZ", std::move(values));
}

} // namespace embellie::denoise
