#include "gui/pages/judge/cleaning.h"

#include "core/base/file.h"
#include "core/launch/launch.h"
#include "core/launch/site.h"
#include "core/launch/sweep.h"
#include "core/run/mirror_link.h"
#include "core/run/predict_settings.h"
#include "core/run/shipped_model.h"
#include "core/simulate/scene.h"
#include "gui/pages/judge/judgement.h"
#include "gui/scene/localised.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr double NearHours = 24;

std::vector<fs::path> outputsOf(const PredictionState& state) {
    std::vector<fs::path> files;
    for (const PredictionState::Result& result : state.results)
        if (!result.output.empty())
            files.emplace_back(result.output);
    return files;
}

template <class Family>
std::string nameOf(const Family& family, const std::string& id) {
    for (const auto* member : family)
        if (member->id == id)
            return localised(member->name).toStdString();
    return id; // of another version
}

} // namespace

static std::size_t ownRuns(const Candidate& candidate) {
    return candidate.members.size() + (candidate.isJoint ? 0 : 1);
}

/// The label of the site where a mirrored run executes; nothing where its weights lie on our own disks.
static std::optional<std::string> siteOfMirror(const fs::path& run) {
    const std::optional<MirrorLink> mirror = readMirrorLink(run);
    if (!mirror)
        return std::nullopt;
    for (const KnownSite& known : knownSites())
        if (known.id == mirror->site && known.site)
            return known.site->label;
    return mirror->site;
}

static bool hasLearnt(const fs::path& run) {
    RunReader reader(run);
    reader.poll();
    return reader.state() && reader.state()->bestEpoch >= 0;
}

/// All of @p known that are runs of this sweep. Nothing where they are fewer than two, of several tasks, or
/// not at one site.
static std::optional<Candidate> ensembleOf(const fs::path& sweep, const std::vector<Candidate>& known) {
    std::vector<const Candidate*> runs;
    for (const Candidate& one : known)
        if (one.run.parent_path() == sweep)
            runs.push_back(&one);
    if (runs.size() < 2 || std::any_of(runs.begin(), runs.end(), [&](const Candidate* one) {
            return one->task != runs.front()->task || one->site != runs.front()->site;
        }))
        return std::nullopt;
    std::sort(runs.begin(), runs.end(),
              [](const Candidate* a, const Candidate* b) { return a->run < b->run; });
    Candidate made = *runs.front();
    made.name = sweep.filename().string();
    for (std::size_t i = 1; i < runs.size(); ++i)
        made.members.push_back(runs[i]->run);
    return made;
}

std::vector<Candidate> judgeableRuns(const fs::path& folder, const std::vector<fs::path>& others) {
    std::vector<Candidate> found;
    const auto take = [&](const fs::path& run, const RunRequest& request) {
        std::error_code ignored;
        if (std::any_of(found.begin(), found.end(), [&](const Candidate& one) { return one.run == run; }))
            return;
        const std::optional<std::string> site = siteOfMirror(run);
        if (!fs::exists(RunPaths{run}.weights(), ignored) && !(site && hasLearnt(run)))
            return;
        Candidate made;
        made.run = run;
        made.name = isSweep(run.parent_path()) ? (run.parent_path().filename() / run.filename()).string()
                                               : run.filename().string();
        made.task = nameOf(tasks(), request.task);
        made.network = nameOf(networks(), request.network);
        made.site = site.value_or("");
        found.push_back(std::move(made));
    };
    for (const fs::path& other : others)
        if (isRunDirectory(other))
            take(other, readRunRequest(other));
    std::error_code missing;
    if (fs::is_directory(folder, missing))
        for (const RunSummary& summary : listRuns(folder))
            if (!summary.problem)
                take(summary.run, summary.request);
    if (fs::is_directory(folder, missing))
        for (fs::directory_iterator at(folder, missing), end; !missing && at != end; at.increment(missing))
            if (isSweep(at->path())) {
                for (const RunSummary& summary : listRuns(at->path()))
                    if (!summary.problem)
                        take(summary.run, summary.request);
                if (std::optional<Candidate> all = ensembleOf(at->path(), found))
                    found.push_back(std::move(*all));
            }
    return found;
}

std::vector<Candidate> shippedCandidates() {
    std::vector<Candidate> found;
    for (const fs::path& model : shippedModels()) {
        const RunRequest request = readRunRequest(model);
        Candidate made;
        made.run = usableRun(model);
        made.name = model.filename().string();
        made.task = nameOf(tasks(), request.task);
        made.network = nameOf(networks(), request.network);
        made.isShipped = true;
        found.push_back(std::move(made));
    }
    return found;
}

std::optional<Candidate> withShipped(const Candidate& candidate, const std::vector<Candidate>& known) {
    if (candidate.run.empty() || candidate.isShipped || !candidate.site.empty())
        return std::nullopt;
    for (const Candidate& one : known)
        if (one.isShipped && one.task == candidate.task) {
            Candidate made = candidate;
            made.members.push_back(one.run);
            made.isJoint = true;
            return made;
        }
    return std::nullopt;
}

Candidate candidateOfFiles(const std::vector<fs::path>& files) {
    const std::string name = files.front().filename().string();
    Candidate made;
    made.files = files;
    made.name = files.size() == 1 ? name : name + " …";
    return made;
}

QString titleOf(const Candidate& candidate) {
    if (candidate.run.empty())
        return QString::fromStdString(candidate.name);
    const std::size_t own = ownRuns(candidate);
    if (own > 1)
        return localised(text(candidate.isJoint
                                  ? EMBELLIE_TR("judge", "All {0} runs of {1} and the shipped one: {2}")
                                  : EMBELLIE_TR("judge", "All {0} runs of {1}: {2}"),
                              own, candidate.name, candidate.network));
    if (candidate.isJoint)
        return localised(text(EMBELLIE_TR("judge", "Run {0} and the shipped one: {1}"), candidate.name,
                              candidate.network));
    return candidate.isShipped
               ? localised(text(EMBELLIE_TR("judge", "Shipped: {0}"), candidate.network))
               : localised(text(EMBELLIE_TR("judge", "Run {0}: {1}"), candidate.name, candidate.network));
}

QString makerOf(const Candidate& candidate) {
    if (candidate.isShipped)
        return localised(EMBELLIE_TR("judge", "made by the shipped network"));
    const std::size_t own = ownRuns(candidate);
    if (own > 1)
        return localised(text(candidate.isJoint
                                  ? EMBELLIE_TR("judge", "made by {0} runs of {1} and the shipped network")
                                  : EMBELLIE_TR("judge", "made by {0} runs of {1}"),
                              own, candidate.name));
    if (candidate.isJoint)
        return localised(
            text(EMBELLIE_TR("judge", "made by run {0} and the shipped network"), candidate.name));
    return localised(candidate.run.empty() ? text(EMBELLIE_TR("judge", "from {0}"), candidate.name)
                                           : text(EMBELLIE_TR("judge", "made by run {0}"), candidate.name));
}

RunInput inputOfRun(const fs::path& run, const Dataset& data, const LayerEntry& layer) {
    const TaskInfo& task = taskOf(readRunRequest(run).task);
    std::set<std::size_t> seen;
    std::optional<Error> problem;
    for (const MomentEntry& moment : layer.moments) {
        if (!seen.insert(moment.source).second)
            continue;
        try {
            const auto inputs = task.inputs(openSource(data.files()[moment.source])->describe(), {});
            for (const PredictionInput& input : inputs)
                if (layer.find(input.quantity))
                    return {input.quantity, task.result(input.quantity)};
        } catch (const Error& error) {
            if (!problem)
                problem = error;
        }
    }
    if (problem)
        throw *problem;
    return {};
}

std::vector<std::string> filesWith(const Dataset& data, const GroupEntry& group,
                                   const std::string& quantity) {
    std::set<std::size_t> sources;
    for (const VolumeEntry& volume : group.volumes)
        for (const LayerEntry& layer : volume.layers)
            if (const MomentEntry* moment = layer.find(quantity))
                sources.insert(moment->source);
    std::vector<std::string> files;
    for (const std::size_t source : sources)
        files.push_back(fs::absolute(data.files()[source]).lexically_normal().string());
    return files;
}

std::vector<fs::path> earlierResults(const fs::path& run, const std::vector<fs::path>& members,
                                     const std::vector<std::string>& files, const std::string& input) {
    std::error_code error;
    auto weights = fs::last_write_time(RunPaths{run}.weights(), error);
    std::vector<std::string> others;
    for (const fs::path& member : members) {
        others.push_back(member.string());
        if (!error)
            weights = std::max(weights, fs::last_write_time(RunPaths{member}.weights(), error));
    }
    if (error)
        return {};
    const auto settings = readPredictSettings(run);
    for (fs::directory_iterator at(RunPaths{run}.predictions(), error), end; !error && at != end;
         at.increment(error)) {
        try {
            const PredictionRequest request = readPredictionRequest(at->path());
            const auto state = readPredictionState(at->path());
            if (!state || state->phase != RunPhase::Finished || request.files != files ||
                request.input != input || request.settings != settings || request.members != others ||
                fs::last_write_time(at->path() / "request.json") < weights)
                continue;
            const std::vector<fs::path> results = outputsOf(*state);
            if (!results.empty() && std::all_of(results.begin(), results.end(),
                                                [](const fs::path& file) { return fs::exists(file); }))
                return results;
        } catch (const std::exception&) {
            // A prediction that can't be read is made anew.
        }
    }
    return {};
}

Nearness nearnessOf(const fs::path& run, const Dataset& data, const GroupEntry& group, bool isScene,
                    Feedback& feedback) {
    Nearness nearest;
    std::set<std::string> judged;
    for (const fs::path& file : data.files())
        judged.insert(fs::absolute(file).lexically_normal().string());
    std::error_code missing;
    std::istringstream lines(fs::exists(RunPaths{run}.data(), missing) ? readFile(RunPaths{run}.data()) : "");
    double least = std::numeric_limits<double>::infinity();
    bool anyFile = false, simulated = false;
    for (std::string line; std::getline(lines, line);) {
        feedback.throwIfCancelled();
        const auto record = nlohmann::json::parse(line, nullptr, false);
        if (!record.is_object() || !record.contains("path") || !record["path"].is_string())
            continue;
        anyFile = true;
        const std::string path = record["path"];
        if (judged.contains(path)) {
            nearest.kind = Nearness::Kind::SameFile;
            return nearest;
        }
        if (!group.site)
            continue;
        try {
            const auto source = openSource(path);
            const SourceInfo& info = source->describe();
            if (!info.site || !info.hasTime || !sameSite(*info.site, *group.site))
                continue;
            if (info.site->name == SimulatedSiteName) { // times of made-up weather say nothing about nearness
                simulated = true;
                continue;
            }
            for (const VolumeEntry& volume : group.volumes) {
                const std::chrono::duration<double, std::ratio<3600>> apart =
                    volume.time.begin - info.time.begin;
                if (volume.hasTime)
                    least = std::min(least, std::abs(apart.count()));
            }
        } catch (const Error&) {
            // Files that were moved since can't be compared; what is known of the others is still said.
        }
    }
    if (least <= NearHours)
        nearest = {Nearness::Kind::SameRadar, least};
    else if (simulated || (isScene && !anyFile))
        nearest.kind = Nearness::Kind::Simulated;
    return nearest;
}

} // namespace embellie
