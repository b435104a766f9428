#include "core/launch/launch.h"

#include "core/launch/launch_parts.h"
#include "core/launch/lines.h"
#include "core/launch/relay_launch.h"
#include "core/run/mirror_link.h"
#include "core/run/start_weights.h"

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// The caller's lines, or some for this one call.
class LinesForCall {
public:
    explicit LinesForCall(Lines* lines) : m_given(lines) {}
    Lines& operator*() {
        if (m_given)
            return *m_given;
        if (!m_own)
            m_own = std::make_unique<Lines>();
        return *m_own;
    }

private:
    Lines* m_given;
    std::unique_ptr<Lines> m_own;
};

void demandDataHere(const fs::path& run, const LaunchSite& site) {
    for (const auto& [role, paths] : readRunRequest(run).data)
        for (const std::string& path : paths)
            if (const auto named = siteOfPath(path))
                throw Error(
                    text(EMBELLIE_TR("launch", "the data of {0} can't be read on {1}"), *named, site.label))
                    .in(path, role)
                    .remedy(text(
                        EMBELLIE_TR("launch", "train on that site, or name the files as they are seen here")))
                    .wrongUse();
}

void checkRanks(const Settings& settings, std::int64_t ranks) {
    if (const std::int64_t batch = settings.integer("train.batch"); ranks > batch)
        throw Error(
            text(EMBELLIE_TR("launch", "{0} processes can't share a batch of {1} samples"), ranks, batch))
            .expected(text(EMBELLIE_TR("launch", "at least one sample for each")))
            .remedy(text(EMBELLIE_TR("launch", "choose a larger train.batch, or fewer GPUs or processes")))
            .wrongUse();
}

} // namespace

LaunchSite detail::siteOfRecord(const LaunchRecord& record) {
    try {
        const LaunchSite present = siteOf(record.site);
        if (siteKindKey(present.kind) == record.executor)
            return present;
    } catch (const Error&) {
        if (record.siteText.empty())
            throw;
    }
    return behindSsh(parseSite(record.site, record.siteText, record.site + ".toml"));
}

std::optional<std::string> siteOfPath(const std::string& path) {
    const std::size_t colon = path.find(':');
    if (colon == std::string::npos || colon == 0 || path.compare(colon + 1, 1, "/") != 0)
        return std::nullopt;
    const bool isId =
        std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), [](char letter) {
            return letter == '-' || letter == '_' || (letter >= '0' && letter <= '9') ||
                   (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
        });
    return isId ? std::optional(path.substr(0, colon)) : std::nullopt;
}

Settings checkRequest(const RunRequest& request) {
    const TaskInfo& task = taskOf(request.task);
    const NetworkInfo& network = networkOf(request.network);
    if (!fits(task, network))
        throw Error(text(EMBELLIE_TR("launch", "the network \"{0}\" does not fit the task \"{1}\""),
                         network.id, task.id))
            .wrongUse();
    Settings settings(settingsOf(task, network));
    settings.mergeToml(request.settings, "request.toml");
    checkRanks(settings, settings.integer("train.ranks"));
    network.weightCount(settings,
                        networkShape(task, settings)); // throws where settings contradict one another

    bool anyData = false;
    std::string roles;
    for (const DataRole& role : task.roles) {
        roles += (roles.empty() ? "" : ", ") + role.id;
        const auto given = request.data.find(role.id);
        const bool isGiven = given != request.data.end() && !given->second.empty();
        anyData = anyData || isGiven;
        if (role.required && !isGiven)
            throw Error(text(EMBELLIE_TR("launch", "files for \"{0}\" are missing"), role.id))
                .remedy(text(EMBELLIE_TR("launch", "name them: --data {0}=PATH"), role.id))
                .wrongUse();
    }
    for (const auto& [role, paths] : request.data) {
        bool known = role == StartRole;
        for (const DataRole& declared : task.roles)
            known = known || declared.id == role;
        if (!known)
            throw Error(text(EMBELLIE_TR("launch", "the task \"{0}\" has no use for \"{1}\""), task.id, role))
                .expected(text(EMBELLIE_TR("launch", "one of {0}"), roles))
                .wrongUse();
        for (const std::string& path : paths) {
            std::error_code error;
            if (!siteOfPath(path) && !fs::exists(path, error))
                throw Error(text(EMBELLIE_TR("launch", "there is no such file or folder"))).in(path, role);
        }
    }
    if (!anyData && task.withoutData.pattern[0] == '\0')
        throw Error(text(EMBELLIE_TR("launch", "the task \"{0}\" needs files to learn from"), task.id))
            .expected(text(EMBELLIE_TR("launch", "some for {0}"), roles))
            .wrongUse();
    return settings;
}

Resources resourcesFor(const RunRequest& request, const LaunchSite& site, Resources wanted) {
    const Settings settings = checkRequest(request);
    if (const std::int64_t ranks = settings.integer("train.ranks"); wanted.ranks == 0 && ranks > 1)
        wanted.ranks = static_cast<int>(ranks);
    Resources asked = checkResources(site, wanted);
    if (site.inner == SiteKind::Slurm)
        checkRanks(settings, asked.ranks);
    return asked;
}

LaunchResult launch(const fs::path& run, const LaunchSite& site, const Resources& resources,
                    Feedback& feedback, Lines* lines) {
    return launchArray({run}, site, resources, feedback, lines).at(0);
}

std::vector<LaunchResult> launchArray(const std::vector<fs::path>& runs, const LaunchSite& site,
                                      const Resources& resources, Feedback& feedback, Lines* lines) {
    if (site.kind == SiteKind::Ssh) {
        // What its file says is refused before any login.
        const Resources asked = resourcesFor(readRunRequest(runs.front()), site, resources);
        for (const fs::path& run : runs) // of a sweep each may have a batch of its own
            resourcesFor(readRunRequest(run), site, asked);
        LinesForCall own(lines);
        if (runs.size() == 1)
            return {launchFar(runs.front(), site, asked, *own, feedback)};
        return launchArrayFar(runs, site, asked, *own, feedback);
    }
    for (const fs::path& run : runs)
        demandDataHere(run, site);
    if (site.kind == SiteKind::Slurm)
        return detail::submitNew(runs, site, resources);
    std::vector<LaunchResult> results;
    for (const fs::path& run : runs)
        results.push_back(startHere(run, site, {&feedback}));
    return results;
}

LaunchResult resumeRun(const fs::path& run, const Resources& changed, Feedback& feedback, Lines* lines) {
    if (const auto link = readMirrorLink(run)) {
        LinesForCall own(lines);
        const LaunchSite site = siteOf(link->site);
        if (link->run.empty()) // it was never sent
            return launchFar(run, site, checkResources(site, changed), *own, feedback);
        return relaunchFar(run, site, changed, *own, feedback);
    }
    const auto record = readLaunchRecord(run);
    if (record && record->executor == "slurm")
        return detail::resumeOnSlurm(run, *record, changed);
    if (record)
        return startHere(run, detail::siteOfRecord(*record), {&feedback});
    // It was made but never sent: to where its request says.
    const auto words = readRunRequest(run).resources;
    const auto site = words.find("site");
    Resources asked = resourcesFrom(words);
    return launch(run, siteOf(site == words.end() ? "local" : site->second), asked, feedback, lines);
}

std::optional<LaunchResult> extendRun(const fs::path& run, int more, const Resources& changed,
                                      Feedback& feedback, Lines* lines) {
    if (const auto link = readMirrorLink(run)) {
        LinesForCall own(lines);
        return extendFar(run, siteOf(link->site), more, changed, *own, feedback);
    }
    const auto record = readLaunchRecord(run);
    if (record && record->executor == "slurm")
        return detail::extendOnSlurm(run, more, changed);
    return resumeRun(run, changed, feedback, lines);
}

Stopped stopRun(const fs::path& run, bool discard, Lines* lines, const HeartWatch& watch) {
    RunReader reader(run);
    reader.poll();
    if (const RunStatus status = reader.status(); isOver(status))
        throw Error(text(EMBELLIE_TR("launch", "the run is over already: {0}"), statusText(status).pattern))
            .in(run);
    if (const auto link = readMirrorLink(run)) {
        LinesForCall own(lines);
        Feedback silent;
        return stopFar(run, siteOf(link->site), discard, *own, watch.feedback ? *watch.feedback : silent);
    }
    const auto record = readLaunchRecord(run);
    if (record && record->executor == "slurm")
        return detail::stopOnSlurm(run, *record, discard);
    requestStop(run, discard);
    const RunStatus status = detail::watchedStatus(reader, watch);
    const bool isDead =
        status == RunStatus::Lost || (status == RunStatus::Waiting && (reader.state() || !record));
    if (!isDead)
        return Stopped::Asked;
    detail::endWithoutTrainer(run, discard); // nobody works on it who could read the request
    return status == RunStatus::Lost ? Stopped::WasDead : Stopped::TakenFromQueue;
}

} // namespace embellie
