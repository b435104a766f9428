#include "core/task/sweep_data.h"

#include "core/simulate/random.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace embellie {

std::string SweepEntry::part() const {
    return site + " " + timeText(time).substr(0, 10);
}

std::string SweepEntry::name() const {
    return site + " " + timeText(time) + ", " + layer.label;
}

static bool isNamed(const Quantity& quantity, const std::string& name) {
    return quantity.id == name ||
           (name == AnyReflectivity && quantity.kind == Kind::Quantity &&
            (quantity.unit == "dBZ" || quantity.unit == "dBz" || quantity.unit == "DBZ"));
}

const MomentEntry* firstOf(const LayerEntry& layer, const std::vector<std::string>& quantities) {
    for (const std::string& quantity : quantities)
        for (const MomentEntry& moment : layer.moments)
            if (moment.qualityOf.empty() && isNamed(moment.quantity, quantity))
                return &moment;
    return nullptr;
}

SweepData openSweeps(const std::string& role, const std::vector<std::string>& paths, double mostElevation,
                     const std::vector<std::string>& quantities, Feedback& feedback) {
    SweepData data;
    if (paths.empty())
        return data;
    // The cells are copied into the sources at once: a cache would hold them twice.
    data.dataset = Dataset::open({paths.begin(), paths.end()}, feedback, std::size_t(16) << 20);
    for (const Error& problem : data.dataset->problems())
        feedback.message(text(EMBELLIE_TR("task", "left out: {0}"), problem.what()));
    for (const GroupEntry& group : data.dataset->groups())
        for (const VolumeEntry& volume : group.volumes)
            for (const LayerEntry& layer : volume.layers)
                if (layer.isSweep && layer.mode == SweepMode::Azimuth && layer.angle <= mostElevation &&
                    layer.rays >= 8 && layer.gates >= 8 && firstOf(layer, quantities))
                    data.sweeps.push_back(
                        {group.title, volume.hasTime ? volume.time.begin : layer.time.begin, layer});
    if (data.sweeps.empty()) {
        std::string names;
        for (const std::string& quantity : quantities)
            names += (names.empty() ? "" : ", ") + quantity;
        throw Error(text(EMBELLIE_TR("task", "nothing to learn from among the files for \"{0}\""), role))
            .in(paths.front())
            .expected(
                text(EMBELLIE_TR("task", "sweeps up to {0} degrees with one of {1}"), mostElevation, names))
            .remedy(text(EMBELLIE_TR("task", "look at the files with \"info\"")));
    }
    return data;
}

static std::vector<std::string> heldOutNames(const std::string& names) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= names.size()) {
        const std::size_t end = std::min(names.find(',', begin), names.size());
        std::string name = names.substr(begin, end - begin);
        name.erase(0, name.find_first_not_of(' '));
        name.erase(name.find_last_not_of(' ') + 1);
        if (!name.empty())
            parts.push_back(name);
        begin = end + 1;
    }
    return parts;
}

void splitByTime(SweepData& data, double share) {
    std::set<TimePoint> times;
    for (const SweepEntry& sweep : data.sweeps)
        times.insert(sweep.time);
    if (times.size() < 2 || share <= 0)
        return;
    const auto kept = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::lround(share * static_cast<double>(times.size()))), 1,
        times.size() - 1);
    const TimePoint first = *std::prev(times.end(), static_cast<std::ptrdiff_t>(kept));
    for (SweepEntry& sweep : data.sweeps)
        sweep.validation = sweep.time >= first;
}

bool splitByPart(SweepData& data, const std::string& heldOut, double share, std::uint64_t seed) {
    std::set<std::string> parts;
    for (const SweepEntry& sweep : data.sweeps)
        parts.insert(sweep.part());
    std::set<std::string> chosen;
    for (const std::string& name : heldOutNames(heldOut))
        for (const std::string& part : parts)
            if (part.find(name) != std::string::npos)
                chosen.insert(part);
    const bool isNamed = !chosen.empty();
    if (chosen.empty() && parts.size() < 2) {
        splitByTime(data, share);
        return false;
    }
    if (chosen.empty() && share > 0) {
        std::vector<std::string> left(parts.begin(), parts.end());
        const auto wanted = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::lround(share * static_cast<double>(parts.size()))));
        const RandomStream stream(seed, static_cast<Purpose>(201));
        for (std::size_t i = 0; i < std::min(wanted, parts.size() - 1); ++i) {
            const std::size_t pick = stream.at(i)[0] % left.size();
            chosen.insert(left[pick]);
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(pick));
        }
    }
    for (SweepEntry& sweep : data.sweeps)
        sweep.validation = chosen.contains(sweep.part());
    return isNamed;
}

void thinOut(SweepData& data, std::size_t most, std::size_t mostValidation) {
    const auto all = static_cast<std::size_t>(std::count_if(
        data.sweeps.begin(), data.sweeps.end(), [](const SweepEntry& sweep) { return sweep.validation; }));
    const std::size_t training = data.sweeps.size() - all;
    std::size_t number = 0, numberKept = 0, taken = 0;
    std::erase_if(data.sweeps, [&](const SweepEntry& sweep) {
        if (sweep.validation) {
            // The first of each of so many equal parts.
            const bool isFirst = all <= mostValidation || numberKept == taken * all / mostValidation;
            ++numberKept;
            taken += isFirst;
            return !isFirst;
        }
        const std::size_t before = number * most / training, after = (number + 1) * most / training;
        ++number;
        return training > most && before == after;
    });
}

std::vector<UsedFile> usedFiles(const std::string& role, const SweepData& data) {
    std::set<std::tuple<std::string, std::string, std::string>> lines;
    for (const SweepEntry& sweep : data.sweeps)
        for (const MomentEntry& moment : sweep.layer.moments)
            lines.insert({data.dataset->files()[moment.source].string(), sweep.part(),
                          sweep.validation ? "validation" : "train"});
    std::vector<UsedFile> files;
    for (const auto& [path, part, use] : lines)
        files.push_back({role, path, part, use});
    return files;
}

const std::vector<std::string>& rawReflectivities() {
    static const std::vector<std::string> names{"TH",
                                                "UH",
                                                "UZ",
                                                "DBT",
                                                "DBTH",
                                                "TV",
                                                "reflectivity_hh_clut",
                                                "total_power",
                                                "DBZH",
                                                "DBZ",
                                                "DBZV",
                                                "reflectivity",
                                                "reflectivity_horizontal",
                                                "corrected_reflectivity",
                                                AnyReflectivity};
    return names;
}

std::vector<PredictionInput> sweepInputs(const SourceInfo& info, const std::string& wanted,
                                         const std::vector<std::string>& preferred, bool rhiToo) {
    std::vector<PredictionInput> inputs;
    for (std::size_t sweep = 0; sweep < info.sweeps.size(); ++sweep) {
        const SweepMode mode = info.sweeps[sweep].mode;
        if (mode != SweepMode::Azimuth && !(rhiToo && mode == SweepMode::Rhi))
            continue;
        const ArrayInfo* best = nullptr;
        std::size_t bestRank = preferred.size();
        for (const ArrayInfo& array : info.arrays) {
            if (array.sweep != sweep || !array.qualityOf.empty())
                continue;
            if (!wanted.empty()) {
                if (array.id == wanted || array.path == wanted || array.quantity.id == wanted)
                    best = &array;
                continue;
            }
            const auto rank = static_cast<std::size_t>(
                std::find_if(preferred.begin(), preferred.end(),
                             [&](const std::string& name) { return isNamed(array.quantity, name); }) -
                preferred.begin());
            if (rank < bestRank) {
                best = &array;
                bestRank = rank;
            }
        }
        if (best)
            inputs.push_back({best->id, best->quantity.id});
    }
    if (!inputs.empty())
        return inputs;
    std::string names;
    for (const std::string& name : preferred)
        names += (names.empty() ? "" : ", ") + name;
    throw Error(text(EMBELLIE_TR("task", "nothing in this file can be predicted from")))
        .in(info.file)
        .expected(wanted.empty() ? text(EMBELLIE_TR("task", "azimuth sweeps with one of {0}"), names)
                                 : text(EMBELLIE_TR("task", "azimuth sweeps with {0}"), wanted))
        .remedy(text(EMBELLIE_TR("task", "look at it with \"info\", and name the array with --input")));
}

std::vector<PredictionInput> reflectivityInputs(const SourceInfo& info, const std::string& wanted,
                                                bool rhiToo) {
    std::vector<PredictionInput> inputs = sweepInputs(info, wanted, rawReflectivities(), rhiToo);
    for (const PredictionInput& input : inputs) {
        const ArrayInfo& array = *info.find(input.array);
        const bool isReflectivity =
            std::any_of(rawReflectivities().begin(), rawReflectivities().end(),
                        [&](const std::string& name) { return isNamed(array.quantity, name); });
        if (isReflectivity || (array.quantity.kind == Kind::Quantity && array.quantity.unit.empty()))
            continue;
        throw Error(text(EMBELLIE_TR("task", "{0} is no reflectivity"), array.quantity.id))
            .in(info.file, array.id)
            .expected(text(EMBELLIE_TR("task", "an array in dBZ")))
            .found(text(EMBELLIE_TR("task", "the unit \"{0}\""), array.quantity.unit))
            .remedy(text(EMBELLIE_TR("task", "name another array with --input, or none")))
            .wrongUse();
    }
    return inputs;
}

} // namespace embellie
