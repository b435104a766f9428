#include "core/command/command.h"
#include "core/command/run_lines.h"
#include "core/command/settings_flags.h"
#include "core/launch/launch.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string task, network, run, note;
    std::vector<std::string> data;
    bool resume = false, detach = false;
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
        data[role].push_back(fs::absolute(path).lexically_normal().string());
    }
    return data;
}

void create(const Words& words, const SettingFlags& flags) {
    const TaskInfo& task = taskOf(words.task);
    const NetworkInfo& network = networkOf(words.network);
    Settings settings(settingsOf(task, network));
    mergeSettingFiles(settings, fs::current_path().string());
    flags.apply(settings);
    RunRequest request;
    request.task = task.id;
    request.network = network.id;
    request.settings = settings.toToml();
    request.data = dataByRole(words.data, task);
    request.program = "embellie " EMBELLIE_VERSION;
    request.note = words.note;
    request.created = now();
    checkRequest(request);
    createRun(words.run, request);
}

int train(const Words& words, const SettingFlags& flags, CommandContext& context) {
    if (words.resume) {
        if (!words.task.empty() || !words.network.empty() || !words.data.empty() || !flags.empty())
            throw Error(text(EMBELLIE_TR("command", "a run is resumed as it was asked for")))
                .expected(text(EMBELLIE_TR("command", "--run and --resume alone")))
                .wrongUse();
    } else {
        if (words.task.empty() || words.network.empty())
            throw Error(text(EMBELLIE_TR("command", "a new run needs a task and a network")))
                .expected(text(EMBELLIE_TR("command", "--task and --network, or --resume")))
                .wrongUse();
        create(words, flags);
    }
    FollowOptions options{.from = 0, .jsonLines = false, .stopsWithUs = true, .trainer = 0, .attempt = 1};
    if (words.resume) { // what earlier attempts said is not said again
        RunReader reader(words.run);
        reader.poll();
        options.from = reader.events().empty() ? 0 : reader.events().back().number;
        options.attempt = reader.state() ? reader.state()->attempt + 1 : 1;
    }
    const LaunchResult launched = startHere(words.run);
    options.trainer = launched.pid;
    if (words.detach) {
        if (context.json)
            context.out << nlohmann::json{{"run", words.run}, {"pid", launched.pid}}.dump() << '\n';
        else
            context.out << "started as process " << launched.pid << "; embellie-cli follow " << words.run
                        << '\n';
        return 0;
    }
    const FollowedRun ended = followRun(words.run, context, options);
    if (context.json) {
        for (const RunSummary& summary : listRuns(words.run))
            context.out << runJson(summary).dump() << '\n';
    }
    demandFinished(words.run, ended);
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
        "train",
        EMBELLIE_TR("command", "Train a network in a process of its own, and follow it until it ends"),
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
            app.add_option("--run", words->run, "The run's folder: new, or with --resume an old one")
                ->required();
            app.add_option("--note", words->note, "Your own words about this run");
            app.add_flag("--resume", words->resume, "Go on from the last checkpoint");
            app.add_flag("--detach", words->detach, "Return at once; the run goes on");
            SettingTable all = trainSettings();
            for (const TaskInfo* task : tasks())
                all.add(task->settings);
            for (const NetworkInfo* network : networks())
                all.add(network->settings);
            return [words, flags = SettingFlags(app, all)](CommandContext& context) {
                return train(*words, flags, context);
            };
        }};
    return command;
}

} // namespace embellie
