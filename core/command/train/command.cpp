#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/run_lines.h"
#include "core/command/settings_flags.h"
#include "core/command/site_flags.h"
#include "core/command/sweep_lines.h"
#include "core/launch/launch.h"
#include "core/launch/lines.h"
#include "core/launch/relay_launch.h"
#include "core/launch/sweep.h"
#include "core/run/mirror_link.h"
#include "core/run/start_weights.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string task, network, run, note, like, from;
    std::vector<std::string> data, sweep;
    int extend = 0, sideBySide = 0;
    bool resume = false, detach = false, stopHopeless = false;
};

/// "ROLE=PATH" begins a role; words behind it that name no role are further paths of the same one.
DataByRole dataByRole(const std::vector<std::string>& words, const TaskInfo& task) {
    std::vector<std::string> roles;
    for (const DataRole& role : task.roles)
        roles.push_back(role.id);
    DataByRole data;
    std::string role;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        std::string path = word;
        if (equals != std::string::npos && std::find(roles.begin(), roles.end(), name) != roles.end()) {
            role = name;
            path = word.substr(equals + 1);
        } else if (role.empty()) {
            std::string known;
            for (const std::string& id : roles)
                known += (known.empty() ? "" : ", ") + id;
            throw Error(text(EMBELLIE_TR("command", "\"{0}\" names no role of the task {1}"), word, task.id))
                .expected(text(EMBELLIE_TR("command", "ROLE=PATH with one of: {0}"), known))
                .wrongUse();
        }
        data[role].push_back(siteOfPath(path) ? path : fs::absolute(path).lexically_normal().string());
    }
    return data;
}

/// What is asked for: by the command line alone, or by an earlier run and what differs from it.
RunRequest requestOf(const Words& words, const SettingFlags& flags) {
    RunRequest request;
    if (!words.like.empty())
        request = readRunRequest(words.like);
    const TaskInfo& task = taskOf(words.task.empty() ? request.task : words.task);
    const NetworkInfo& network = networkOf(words.network.empty() ? request.network : words.network);
    Settings settings(settingsOf(task, network));
    if (words.like.empty())
        mergeSettingFiles(settings, fs::current_path().string());
    else // settings of another task or network have no meaning for these
        settings.mergeToml(request.settings, words.like,
                           task.id != request.task || network.id != request.network);
    flags.apply(settings);
    request.task = task.id;
    request.network = network.id;
    request.settings = settings.toToml();
    if (!words.data.empty())
        request.data = dataByRole(words.data, task);
    startFrom(request, words.from);
    request.program = "embellie " EMBELLIE_VERSION;
    if (!words.note.empty() || words.like.empty())
        request.note = words.note;
    request.created = now();
    return request;
}

void demandNewRun(const Words& words) {
    if (words.like.empty() && (words.task.empty() || words.network.empty()))
        throw Error(text(EMBELLIE_TR("command", "a new run needs a task and a network")))
            .expected(text(EMBELLIE_TR("command", "--task and --network, --like RUN, or --resume")))
            .wrongUse();
}

void demandOldRun(const Words& words, const SettingFlags& flags, const SiteFlags& siteFlags) {
    if (!words.task.empty() || !words.network.empty() || !words.data.empty() || !words.like.empty() ||
        !words.from.empty() || !words.sweep.empty() || !flags.empty())
        throw Error(text(EMBELLIE_TR("command", "a run is resumed as it was asked for")))
            .expected(
                text(EMBELLIE_TR("command", "--run and --resume, or --like RUN for a new one that differs")))
            .wrongUse();
    if (!siteFlags.site().empty())
        throw Error(text(EMBELLIE_TR("command", "a run goes on where it was")))
            .remedy(text(EMBELLIE_TR("command", "leave --site away, or start a new run with --like")))
            .wrongUse();
}

nlohmann::json launchedJson(const fs::path& run, const LaunchResult& launched) {
    nlohmann::json json{{"run", run.string()}, {"site", launched.site}};
    if (launched.pid > 0)
        json["pid"] = launched.pid;
    if (!launched.job.empty())
        json["job"] = launched.job;
    return json;
}

void tellLaunched(const fs::path& run, const LaunchResult& launched, std::ostream& out) {
    if (!launched.job.empty())
        out << "sent to " << launched.site << " as job " << launched.job;
    else if (launched.pid > 0)
        out << "started as process " << launched.pid;
    else
        out << "started on " << launched.site;
    out << "; embellie-cli follow " << run.string() << '\n';
}

/// Sends a new run, or several of a sweep, after everything that can be known beforehand was checked.
RunRequest checkedRequest(const Words& words, const SettingFlags& flags, const SiteFlags& siteFlags,
                          LaunchSite& site, Resources& resources, Lines& lines, CommandContext& context) {
    demandNewRun(words);
    site = completeSite(siteOf(siteFlags.site().empty() ? "local" : siteFlags.site()));
    RunRequest request = requestOf(words, flags);
    resources = resourcesFor(request, site, siteFlags.resources());
    if (site.kind == SiteKind::Ssh)
        checkFar(request, site, lines, context.feedback);
    request.resources =
        site.inner == SiteKind::Slurm ? toWords(resources) : std::map<std::string, std::string>{};
    request.resources["site"] = site.id;
    return request;
}

int trainSweep(const Words& words, const SettingFlags& flags, const SiteFlags& siteFlags,
               CommandContext& context) {
    RunSweep sweep;
    Lines lines;
    LaunchSite site;
    const RunRequest request = checkedRequest(words, flags, siteFlags, site, sweep.resources, lines, context);
    const SettingTable table = settingsOf(taskOf(request.task), networkOf(request.network));
    sweep.folder = words.run;
    for (const std::string& word : words.sweep)
        sweep.axes.push_back(parseSweepAxis(word, table));
    sweep.site = site.id;
    sweep.sideBySide = words.sideBySide;
    sweep.stopHopeless = words.stopHopeless;
    createSweep(sweep, request);
    if (words.detach)
        return detachSweep(sweep, site, context, lines);
    return driveSweep(sweep, site, context, lines);
}

int train(const Words& words, const SettingFlags& flags, const SiteFlags& siteFlags,
          CommandContext& context) {
    if (!words.sweep.empty() && !words.resume && words.extend == 0)
        return trainSweep(words, flags, siteFlags, context);
    const fs::path run = words.run;
    Lines lines;
    FollowOptions options{.from = 0, .jsonLines = false, .stopsWithUs = false, .trainer = 0, .attempt = 1};
    LaunchResult launched;
    if (words.resume || words.extend > 0) {
        demandOldRun(words, flags, siteFlags);
        RunReader reader(run);
        reader.poll(); // what earlier attempts said is not said again
        options.from = reader.events().empty() ? 0 : reader.events().back().number;
        options.attempt = reader.state() ? reader.state()->attempt + 1 : 1;
        if (words.extend > 0) {
            const auto again = extendRun(run, words.extend, siteFlags.resources(), context.feedback, &lines);
            if (!again) {
                if (context.json)
                    context.out << jsonText(
                                       nlohmann::json{{"run", words.run}, {"more_requeues", words.extend}})
                                << '\n';
                else
                    context.out << "its job may go on " << words.extend << " times more\n";
                return 0;
            }
            launched = *again;
        } else {
            launched = resumeRun(run, siteFlags.resources(), context.feedback, &lines);
        }
    } else {
        LaunchSite site;
        Resources resources;
        const RunRequest request = checkedRequest(words, flags, siteFlags, site, resources, lines, context);
        createRun(run, request);
        launched = launch(run, site, resources, context.feedback, &lines);
    }
    const bool ours = launched.pid > 0 && !readMirrorLink(run);
    options.trainer = ours ? launched.pid : 0;
    options.stopsWithUs = ours;              // a job on a cluster goes on without this command
    if (words.detach && launched.detached) { // inside an allocation a trainer ends with us: it is followed
        if (context.json)
            context.out << jsonText(launchedJson(run, launched)) << '\n';
        else
            tellLaunched(run, launched, context.out);
        return 0;
    }
    if (!ours && !context.json)
        tellLaunched(run, launched, context.err);
    const FollowedRun ended = followRun(run, context, options);
    if (context.json) {
        for (const RunSummary& summary : listRuns(run))
            context.out << jsonText(runJson(summary)) << '\n';
    }
    demandFinished(run, ended);
    return 0;
}

template <class Member>
std::string names(const std::vector<const Member*>& members) {
    std::string list;
    for (const Member* member : members)
        list += (list.empty() ? "" : ", ") + member->id;
    return list;
}

} // namespace

const Command& command_train() {
    static const Command command{
        "train", EMBELLIE_TR("command", "Train a network here or on a cluster, and follow it until it ends"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option("--task", words->task, "What to learn: " + names(tasks()));
            app.add_option("--network", words->network, "What learns it: " + names(networks()));
            std::string roles;
            for (const TaskInfo* task : tasks()) {
                roles += (roles.empty() ? "" : "; ") + task->id + ": ";
                for (const DataRole& role : task->roles)
                    roles += (&role == &task->roles.front() ? "" : ", ") + role.id;
            }
            app.add_option("--data", words->data, "ROLE=PATH…, files and folders by role (" + roles + ")");
            app.add_option("--run", words->run,
                           "The run's folder: new, or with --resume an old one; of a sweep the folder of "
                           "all its runs")
                ->required();
            app.add_option("--like", words->like,
                           "Task, network, data and settings of that run, for a new one that differs");
            app.add_option("--from", words->from,
                           "Begin with the best weights of that run, or those of a file, instead of random "
                           "ones; task, network and its size must be the same");
            app.add_option("--note", words->note, "Your own words about this run");
            app.add_flag("--resume", words->resume, "Go on from the last checkpoint");
            app.add_option("--extend", words->extend,
                           "Let its job go on in so many further ones; resume it where it ended")
                ->check(CLI::Range(1, 10000));
            app.add_option(
                "--sweep", words->sweep,
                "KEY=V1,V2,…: a run for each value of that setting, and for each combination of several");
            app.add_option("--side-by-side", words->sideBySide,
                           "Runs of a sweep at the same time [the site's]")
                ->check(CLI::Range(1, 1000));
            app.add_flag("--stop-hopeless", words->stopHopeless,
                         "End runs of a sweep that are worse than most others after as many epochs");
            app.add_flag("--detach", words->detach, "Return at once; the run goes on");
            SettingTable all = trainSettings();
            for (const TaskInfo* task : tasks())
                all.add(task->settings);
            for (const NetworkInfo* network : networks())
                all.add(network->settings);
            return [words, site = SiteFlags(app), flags = SettingFlags(app, all)](CommandContext& context) {
                return train(*words, flags, site, context);
            };
        }};
    return command;
}

} // namespace embellie
