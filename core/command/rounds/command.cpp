#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/rounds/rounds.h"
#include "core/command/run_lines.h"
#include "core/command/settings_flags.h"
#include "core/command/site_flags.h"
#include "core/launch/launch.h"
#include "core/launch/lines.h"
#include "core/launch/predict.h"
#include "core/launch/relay_launch.h"
#include "core/run/mirror_link.h"
#include "core/run/start_weights.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string days, run, task = "denoise", network = "unet", from, note;
    int rounds = 0;
    bool resume = false;
};

/// What the first round asks for, but for its data.
RunRequest firstRequest(const Words& words, const SettingFlags& flags) {
    const TaskInfo& task = taskOf(words.task);
    const NetworkInfo& network = networkOf(words.network);
    Settings settings(settingsOf(task, network));
    mergeSettingFiles(settings, fs::current_path().string());
    flags.apply(settings);
    // Its validation knows no truth either: echoes that the targets hold by mistake would reward the weights
    // that keep everything. The last weights serve, not the best.
    if (settings.isDefault("train.tolerance"))
        settings.set("train.tolerance", 1.0);
    RunRequest request;
    request.task = task.id;
    request.network = network.id;
    request.settings = settings.toToml();
    startFrom(request, words.from);
    request.program = "embellie " EMBELLIE_VERSION;
    request.note = words.note;
    return request;
}

class Driver {
public:
    Driver(Rounds rounds, const RunRequest& first, const SiteFlags& siteFlags, CommandContext& context)
        : m_rounds(std::move(rounds)), m_first(first), m_siteFlags(siteFlags), m_context(context) {}
    void drive();

private:
    void train(int number);
    void clean(int number);
    void predict(const fs::path& run, const PredictionRequest& request);

    const Rounds m_rounds;
    const RunRequest m_first;
    const SiteFlags& m_siteFlags;
    CommandContext& m_context;
    Lines m_lines;
};

/// A finished round is left as it is; one that stands still goes on; one that works is followed.
void Driver::train(int number) {
    const fs::path run = m_rounds.run(number);
    FollowOptions options{.from = 0, .jsonLines = false, .stopsWithUs = false, .trainer = 0, .attempt = 1};
    LaunchResult launched;
    if (isRunDirectory(run)) {
        RunReader reader(run);
        reader.poll();
        const RunStatus status = reader.status();
        if (status == RunStatus::Finished)
            return;
        options.from = reader.events().empty() ? 0 : reader.events().back().number;
        options.attempt = reader.state() ? reader.state()->attempt + 1 : 1;
        const bool works =
            status == RunStatus::Starting || status == RunStatus::Running || status == RunStatus::Stopping;
        if (works)
            options.attempt = reader.state()->attempt;
        else
            launched = resumeRun(run, m_siteFlags.resources(), m_context.feedback, &m_lines);
    } else {
        // Later rounds go where the first one went, unless another place is named.
        const auto before = m_first.resources.find("site");
        const std::string wanted = !m_siteFlags.site().empty()         ? m_siteFlags.site()
                                   : before != m_first.resources.end() ? before->second
                                                                       : "local";
        const LaunchSite site = completeSite(siteOf(wanted));
        RunRequest request = requestOfRound(m_rounds, number, m_first);
        const bool asBefore = m_siteFlags.empty() && m_siteFlags.site().empty();
        const Resources resources = resourcesFor(
            request, site, asBefore ? resourcesFrom(m_first.resources) : m_siteFlags.resources());
        if (site.kind == SiteKind::Ssh)
            checkFar(request, site, m_lines, m_context.feedback);
        request.resources =
            site.inner == SiteKind::Slurm ? toWords(resources) : std::map<std::string, std::string>{};
        request.resources["site"] = site.id;
        createRun(run, request);
        launched = launch(run, site, resources, m_context.feedback, &m_lines);
    }
    if (launched.pid > 0 && !readMirrorLink(run)) {
        options.trainer = launched.pid;
        options.stopsWithUs = true;
    }
    demandFinished(run, followRun(run, m_context, options));
}

void Driver::predict(const fs::path& run, const PredictionRequest& request) {
    const auto link = readMirrorLink(run);
    const PredictionState ended =
        link && !link->run.empty() ? predictFar(run, siteOf(link->site), request, m_lines, m_context.feedback)
                                   : waitForPrediction(startPrediction(run, request), m_context.feedback);
    if (ended.phase != RunPhase::Finished)
        throw Error(text(EMBELLIE_TR("command", "the prediction failed: {0}"), ended.reason))
            .in(run)
            .remedy(text(
                EMBELLIE_TR("command", "a volume that can't be cleaned is made unsure in {0}, then --resume"),
                (m_rounds.folder / "days.txt").string()));
}

/// The wet files by this round's network. The folder has its name once it is complete.
void Driver::clean(int number) {
    const fs::path cleaned = m_rounds.cleaned(number);
    std::error_code error;
    if (fs::exists(cleaned, error))
        return;
    fs::path aside = cleaned;
    aside += ".part";
    fs::remove_all(aside, error);
    PredictionRequest request;
    request.files = m_rounds.wet;
    request.output = aside.string();
    predict(m_rounds.run(number), request);
    fs::rename(aside, cleaned, error);
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be made"), cleaned, error.value());
}

void Driver::drive() {
    for (int number = 1; number <= m_rounds.count; ++number) {
        m_context.feedback.throwIfCancelled();
        m_context.feedback.message(text(EMBELLIE_TR("command", "round {0} of {1}: {2} wet and {3} dry files"),
                                        number, m_rounds.count, m_rounds.wet.size(), m_rounds.dry.size()));
        train(number);
        if (number < m_rounds.count)
            clean(number);
        if (!m_context.json)
            m_context.out << m_rounds.run(number).string() << '\n';
    }
    if (!m_context.json)
        return;
    nlohmann::json runs = nlohmann::json::array();
    for (int number = 1; number <= m_rounds.count; ++number)
        for (const RunSummary& summary : listRuns(m_rounds.run(number)))
            runs.push_back(runJson(summary));
    m_context.out << jsonText(nlohmann::json{{"rounds", runs}}) << '\n';
}

int rounds(const Words& words, const SettingFlags& flags, const SiteFlags& siteFlags,
           CommandContext& context) {
    if (words.resume) {
        if (!words.days.empty() || !words.from.empty() || !words.note.empty() || !flags.empty())
            throw Error(text(EMBELLIE_TR("command", "rounds go on as they were asked for")))
                .expected(text(EMBELLIE_TR("command", "--run and --resume, and --rounds for more of them")))
                .wrongUse();
        Rounds begun = openRounds(words.run, words.rounds);
        if (!isRunDirectory(begun.run(1)))
            throw Error(text(EMBELLIE_TR("command", "the first round has not begun")))
                .in(words.run)
                .remedy(text(EMBELLIE_TR("command", "ask for the rounds anew, in another folder")));
        const RunRequest first = readRunRequest(begun.run(1));
        Driver(std::move(begun), first, siteFlags, context).drive();
        return 0;
    }
    if (words.days.empty())
        throw Error(text(EMBELLIE_TR("command", "new rounds need a list of wet and dry volumes")))
            .expected(text(EMBELLIE_TR("command", "--days LIST, as \"days\" writes it, or --resume")))
            .wrongUse();
    const RunRequest first = firstRequest(words, flags);
    Driver(createRounds(words.run, readDays(words.days), words.rounds > 0 ? words.rounds : 3), first,
           siteFlags, context)
        .drive();
    return 0;
}

} // namespace

const Command& command_rounds() {
    static const Command command{
        "rounds",
        EMBELLIE_TR("command",
                    "Train in rounds on raw wet and dry volumes: each network cleans the rain from which "
                    "the next one learns"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option("--days", words->days, "List of wet and dry volumes, written by \"days\"")
                ->type_name("LIST");
            app.add_option("--run", words->run, "Folder of all rounds: new, or with --resume an old one")
                ->required();
            app.add_option("--rounds", words->rounds, "How many [3]")->check(CLI::Range(1, 100));
            app.add_option("--task", words->task, "What to learn [denoise]");
            app.add_option("--network", words->network, "What learns it [unet]");
            app.add_option("--from", words->from,
                           "Begin the first round with the weights of that run, or those of a file");
            app.add_option("--note", words->note, "Your own words about these runs");
            app.add_flag("--resume", words->resume, "Go on where it ended; finished rounds stay as they are");
            SettingTable all = trainSettings();
            for (const TaskInfo* task : tasks())
                all.add(task->settings);
            for (const NetworkInfo* network : networks())
                all.add(network->settings);
            return [words, site = SiteFlags(app), flags = SettingFlags(app, all)](CommandContext& context) {
                return rounds(*words, flags, site, context);
            };
        }};
    return command;
}

} // namespace embellie
