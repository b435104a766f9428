#include "core/io/convert/volume.h"

#include "core/base/error.h"
#include "core/io/cfradial/cfradial_writer.h"
#include "core/io/cfradial/roles.h"
#include "core/io/geometry_parts.h"
#include "core/io/netcdf_cells.h"
#include "core/io/odim/odim_writer.h"
#include "core/io/radar_names.h"
#include "core/io/words.h"
#include "core/map/same_cells.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace embellie {

namespace {

/// "DBZH" of "sweep_0/DBZH".
std::string tailOf(const std::string& array) {
    return array.substr(array.starts_with("sweep_") ? array.find('/') + 1 : 0);
}

std::size_t sweepNumber(const std::string& array) {
    constexpr std::string_view stem = "sweep_";
    std::size_t number = 0;
    if (array.starts_with(stem))
        std::from_chars(array.data() + stem.size(), array.data() + array.size(), number);
    return number;
}

FieldPtr withQuantity(const FieldPtr& field, const Quantity& quantity) {
    if (field->quantity() == quantity)
        return field;
    return std::make_shared<const Field>(quantity, field->geometry(), field->time(),
                                         std::vector<float>(field->values().begin(), field->values().end()),
                                         std::vector<State>(field->states().begin(), field->states().end()),
                                         field->origin());
}

/// Names of the radar that ODIM_H5 has too; none where the site's own is not among them.
std::vector<std::string> odimIdentifiersOf(const GroupEntry& group) {
    std::vector<std::string> names;
    bool isOwnThere = false;
    for (const std::string& name : group.siteIdentifiers) {
        const std::size_t colon = name.find(':');
        const std::string key = name.substr(0, colon);
        if (colon == std::string::npos ||
            (key != "NOD" && key != "WMO" && key != "RAD" && key != "PLC" && key != "WIGOS"))
            continue;
        names.push_back(name);
        isOwnThere |= name.substr(colon + 1) == group.site->id;
    }
    return isOwnThere ? names : std::vector<std::string>{};
}

/// The quality field's part of a name.
std::string qualityWord(const MomentEntry& moment) {
    if (moment.quantity.kind == Kind::Probability)
        return CfRadialProbabilityRole;
    return moment.quantity.id == UncertaintyId ? CfRadialUncertaintyRole : netcdfName(moment.quantity.id);
}

/// What a quality field is called in ODIM_H5.
std::string qualityName(const MomentEntry& moment) {
    return moment.quantity.kind == Kind::Probability ? "PROB" : moment.quantity.id;
}

} // namespace

bool ConvertedVolume::isChosen(const MomentEntry& moment, const std::vector<std::string>& arrays) {
    return arrays.empty() || std::any_of(arrays.begin(), arrays.end(), [&](const std::string& word) {
               return word == moment.array || word == tailOf(moment.array) || word == moment.quantity.id;
           });
}

ConvertedVolume::ConvertedVolume(Dataset& dataset, const GroupEntry& group, const VolumeEntry& volume,
                                 const std::vector<std::string>& arrays, Feedback& feedback)
    : m_dataset(dataset), m_group(group), m_volume(volume) {
    for (const LayerEntry& layer : volume.layers)
        if (layer.isSweep)
            addLayer(layer, arrays, feedback);
    if (m_layers.empty())
        throw Error(text(EMBELLIE_TR("convert", "no sweep can be read")))
            .in(m_dataset.files().at(volume.layers.front().moments.front().source))
            .found(m_converted.leftOut.empty() ? text(EMBELLIE_TR("convert", "none of the arrays chosen"))
                                               : text(EMBELLIE_TR("convert", "first of all this: {0}"),
                                                      m_converted.leftOut.front().english()));
    const auto order = [](const Layer& layer) { return sweepNumber(layer.moments.front()->array); };
    const bool isOneFile = std::all_of(m_layers.begin(), m_layers.end(), [&](const Layer& layer) {
        return layer.source == m_layers.front().source;
    });
    std::stable_sort(m_layers.begin(), m_layers.end(), [&](const Layer& a, const Layer& b) {
        return isOneFile ? order(a) < order(b) : a.time.begin < b.time.begin;
    });
    std::set<std::size_t> sources;
    for (const Layer& layer : m_layers)
        for (const MomentEntry* moment : layer.moments)
            sources.insert(moment->source);
    for (const std::size_t source : sources)
        m_converted.inputs.push_back(m_dataset.files()[source]);
    leaveOut(text(EMBELLIE_TR("convert", "attributes that Embellie does not read: how the radar was set and "
                                         "calibrated, and what was done since")));
}

void ConvertedVolume::addLayer(const LayerEntry& layer, const std::vector<std::string>& arrays,
                               Feedback& feedback) {
    Layer made;
    made.entry = &layer;
    bool hasGeometry = false;
    for (const MomentEntry& moment : layer.moments) {
        if (!isChosen(moment, arrays) || isRejectedFlags(moment.quantity))
            continue; // flags of what was removed are states of what they qualify
        if (!hasGeometry)
            try {
                const FieldPtr field = m_dataset.read(layer, moment, feedback);
                made.sweep = *field->sweep();
                made.time = field->time();
                made.source = moment.source;
                hasGeometry = true;
            } catch (const Error& error) { // another moment may be whole
                leaveOut(text(EMBELLIE_TR("convert", "{0}: {1}"), moment.array, error.what()));
                continue;
            }
        made.moments.push_back(&moment);
    }
    if (hasGeometry)
        m_layers.push_back(std::move(made));
}

void ConvertedVolume::leaveOut(Text what) {
    const std::string sentence = what.english();
    if (std::none_of(m_converted.leftOut.begin(), m_converted.leftOut.end(),
                     [&](const Text& other) { return other.english() == sentence; }))
        m_converted.leftOut.push_back(std::move(what));
}

void ConvertedVolume::count(const MomentEntry& moment, const std::string& name) {
    const std::pair pair(moment.array, name);
    auto& arrays = m_converted.arrays;
    if (std::find(arrays.begin(), arrays.end(), pair) == arrays.end())
        arrays.push_back(pair);
}

FieldPtr ConvertedVolume::read(const Layer& layer, const MomentEntry& moment, Feedback& feedback) {
    try {
        FieldPtr field = m_dataset.read(*layer.entry, moment, feedback);
        if (moment.source != layer.source)
            field = onCellsOf(layer.sweep, field);
        if (field && shapeOf(field->geometry()) ==
                         std::vector<std::size_t>{layer.sweep.rays.size(), layer.sweep.gates})
            return field;
        leaveOut(text(EMBELLIE_TR("convert", "{0} of {1}: its rays lie elsewhere than those of its sweep"),
                      moment.array, m_dataset.files()[moment.source].filename().string()));
    } catch (const Error& error) {
        leaveOut(text(EMBELLIE_TR("convert", "{0}: {1}"), moment.array, error.what()));
    }
    return nullptr;
}

std::string ConvertedVolume::nameHolder(const std::string& odimName) const {
    const auto rank = [&](const std::string& id) {
        return id == odimName ? 0 : lower(id).starts_with("corrected_") ? 2 : 1;
    };
    std::optional<std::string> holder;
    for (const Layer& layer : m_layers)
        for (const MomentEntry* moment : layer.moments)
            if (const std::string& id = moment->quantity.id; moment->qualityOf.empty() &&
                                                             odimNameOf(moment->quantity) == odimName &&
                                                             (!holder || rank(id) < rank(*holder)))
                holder = id;
    return holder.value_or(odimName);
}

ConvertedVolume::OdimName ConvertedVolume::odimName(const MomentEntry& moment) {
    const Quantity& quantity = moment.quantity;
    std::string name = odimNameOf(quantity);
    if (name != quantity.id && nameHolder(name) != quantity.id)
        name = quantity.id;
    const std::string unit = writtenOdimUnit(name);
    const bool isKnown = isSameUnit(quantity.unit, unit);
    if (isKnown || quantity.unit.empty() || isSameUnit(quantity.unit, "1"))
        return {name};
    if (!unit.empty()) { // it would be taken for what it is not
        leaveOut(text(EMBELLIE_TR("convert", "{0}: it is in {1}, and ODIM_H5 has this quantity in {2}"),
                      quantity.id, quantity.unit, unit));
        return {name, false};
    }
    leaveOut(text(EMBELLIE_TR("convert", "{0}: its unit, {1}, since ODIM_H5 knows no quantity of this name"),
                  quantity.id, quantity.unit));
    return {name};
}

void ConvertedVolume::demandTime(const char* format) const {
    if (!m_volume.hasTime)
        throw Error(text(EMBELLIE_TR("convert", "the file does not say when it was measured")))
            .in(m_converted.inputs.front())
            .expected(text(EMBELLIE_TR("convert", "date and time, which every file of {0} has"), format))
            .remedy(text(EMBELLIE_TR("convert", "ask those who made the file")));
}

void ConvertedVolume::writeOdim(const std::filesystem::path& output, Feedback& feedback) {
    demandTime("ODIM_H5");
    OdimVolume header;
    header.time = m_volume.time.begin;
    header.site = *m_group.site;
    header.identifiers = odimIdentifiersOf(m_group);
    for (const Layer& layer : m_layers)
        if (layer.sweep.mode == SweepMode::VerticalPointing && !looksUp(layer.sweep.rays))
            leaveOut(text(EMBELLIE_TR("convert", "that a sweep looks straight up, which only an angle of 90° "
                                                 "says in ODIM_H5")));
    const auto sweepAt = [&](std::size_t number) {
        const Layer& layer = m_layers[number];
        OdimSweep sweep;
        std::map<std::string, std::size_t> places;
        std::vector<std::pair<const MomentEntry*, FieldPtr>> orphans; // what they qualify is not written
        for (const bool qualities : {false, true})
            for (const MomentEntry* moment : layer.moments) {
                if (moment->qualityOf.empty() == qualities)
                    continue;
                Quantity quantity = moment->quantity;
                if (!qualities) {
                    const OdimName named = odimName(*moment);
                    quantity.id = named.name;
                    if (!named.isUsable)
                        continue;
                }
                FieldPtr field = read(layer, *moment, feedback);
                if (!field)
                    continue;
                field = withQuantity(field, quantity);
                if (!qualities) {
                    places.emplace(moment->quantity.id, sweep.moments.size());
                    sweep.moments.push_back({std::move(field), {}, {}, true});
                } else if (const auto of = places.find(moment->qualityOf); of != places.end()) {
                    sweep.moments[of->second].quality.push_back(std::move(field));
                } else if (moment->qualityOf == "*") {
                    sweep.quality.push_back(std::move(field));
                } else {
                    orphans.emplace_back(moment, std::move(field));
                    continue;
                }
                count(*moment, qualities ? qualityName(*moment) : quantity.id);
            }
        const bool areAlone = sweep.moments.empty(); // qualities are what there is
        if (areAlone)
            for (FieldPtr& field : std::exchange(sweep.quality, {}))
                sweep.moments.push_back({std::move(field), {}, {}, true});
        for (auto& [moment, field] : orphans)
            if (areAlone) {
                count(*moment, qualityName(*moment));
                sweep.moments.push_back({std::move(field), {}, {}, true});
            } else {
                leaveOut(text(EMBELLIE_TR("convert", "{0}: it is a quality of {1}, which is not written"),
                              moment->array, moment->qualityOf));
            }
        if (sweep.moments.empty())
            throw Error(text(EMBELLIE_TR("convert", "nothing of the sweep at {0} can be written"),
                             layer.entry->label))
                .in(m_dataset.files()[layer.source]);
        return sweep;
    };
    writeOdimVolume(output, header, m_layers.size(), sweepAt, feedback);
    m_converted.output = output;
}

std::string ConvertedVolume::nameOfArray(const Layer& layer, const MomentEntry& moment) const {
    if (moment.qualityOf.empty())
        return netcdfName(tailOf(moment.array));
    for (const MomentEntry* parent : layer.moments)
        if (parent->qualityOf.empty() && parent->quantity.id == moment.qualityOf)
            return netcdfName(tailOf(parent->array)) + "_" + qualityWord(moment);
    return netcdfName(moment.quantity.id);
}

void ConvertedVolume::writeCfRadial(const std::filesystem::path& output, Feedback& feedback) {
    demandTime("CfRadial");
    CfRadialVolume volume;
    volume.title = m_group.title;
    volume.site = *m_group.site;
    std::map<std::string, std::size_t> known;             // by name
    std::vector<std::vector<const MomentEntry*>> entries; // of each moment, by sweep
    for (std::size_t number = 0; number < m_layers.size(); ++number) {
        const Layer& layer = m_layers[number];
        const bool isTimed = layer.time.begin != TimePoint{};
        volume.sweeps.push_back({layer.sweep, isTimed ? layer.time.begin : m_volume.time.begin});
        for (const MomentEntry* moment : layer.moments) {
            std::string name = nameOfArray(layer, *moment);
            const auto isTaken = [&] { // by the format, or by another one of this sweep
                return isCfRadialsOwn(name) ||
                       (known.contains(name) && entries[known[name]].size() > number &&
                        entries[known[name]][number]);
            };
            for (int i = 2; isTaken(); ++i)
                name = nameOfArray(layer, *moment) + "_" + std::to_string(i);
            const auto [place, isNew] = known.try_emplace(name, volume.moments.size());
            if (isNew) {
                CfRadialMoment made{name, withCfRadialNames(moment->quantity), "", ""};
                made.quantity.id = name;
                if (!moment->qualityOf.empty()) {
                    const std::string word = "_" + qualityWord(*moment);
                    if (name.ends_with(word))
                        made.of = name.substr(0, name.size() - word.size());
                    if (!made.of.empty() &&
                        (moment->quantity.kind == Kind::Probability || moment->quantity.id == UncertaintyId))
                        made.role = word.substr(1);
                }
                volume.moments.push_back(std::move(made));
                entries.emplace_back();
            }
            entries[place->second].resize(m_layers.size());
            entries[place->second][number] = moment;
            count(*moment, name);
            if (std::any_of(moment->quantity.meanings.begin(), moment->quantity.meanings.end(),
                            [](const Meaning& meaning) { return meaning.colour.has_value(); }))
                leaveOut(text(EMBELLIE_TR("convert", "{0}: the colours of its classes"), name));
        }
    }
    if (std::any_of(m_layers.begin(), m_layers.end(),
                    [&](const Layer& layer) { return !sameGates(layer.sweep, m_layers.front().sweep); }))
        leaveOut(text(EMBELLIE_TR(
            "convert",
            "the one range of all gates, since their lengths or beginnings differ: each ray has its own in "
            "ray_start_range and ray_gate_spacing, which Radx reads, Py-ART and xradar do not")));
    volume.source = "radar";
    volume.read = [&](std::size_t moment, std::size_t sweep) -> FieldPtr {
        const MomentEntry* const entry = entries[moment][sweep];
        return entry ? read(m_layers[sweep], *entry, feedback) : nullptr;
    };
    for (std::size_t moment = 0; moment < volume.moments.size(); ++moment) {
        Quantity& quantity = volume.moments[moment].quantity;
        if (quantity.kind != Kind::Classes && quantity.kind != Kind::Flags)
            continue;
        for (std::size_t sweep = 0; sweep < m_layers.size() && quantity.kind != Kind::Quantity; ++sweep)
            if (const FieldPtr field = volume.read(moment, sweep); field && !areWhole(*field)) {
                quantity.kind = Kind::Quantity;
                quantity.meanings.clear();
                leaveOut(text(EMBELLIE_TR("convert", "{0}: the meanings of its numbers, which are not whole"),
                              volume.moments[moment].name));
            }
    }
    embellie::writeCfRadial(output, volume, feedback);
    m_converted.output = output;
}

} // namespace embellie
