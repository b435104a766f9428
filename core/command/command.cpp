#include "core/command/command.h"

#include "core/command/json_text.h"
#include "core/command/progress.h"
#include "core/command/signals.h"
#include "core/settings/settings.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <new>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

#define EMBELLIE_COMMAND(name) const Command& command_##name();
#include "core/command/commands.def"
#undef EMBELLIE_COMMAND

const std::vector<const Command*>& commands() {
    static const std::vector<const Command*> all{
#define EMBELLIE_COMMAND(name) &command_##name(),
#include "core/command/commands.def"
#undef EMBELLIE_COMMAND
    };
    return all;
}

namespace {

struct Declared {
    CLI::App* app;
    std::function<int(CommandContext&)> action;
};

void report(std::ostream& err, bool json, const std::exception& error) {
    if (json)
        err << jsonText(errorToJson(error)) << '\n';
    else
        err << error.what() << '\n';
    err.flush();
}

const CLI::App* chosenOf(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? &app : chosen.front();
}

// CLI11's own sentences name the fault, not the way out.
Error wrongUseError(const CLI::App& app, const CLI::ParseError& fault) {
    const CLI::App* chosen = chosenOf(app);
    const std::string program = chosen == &app ? app.get_name() : app.get_name() + " " + chosen->get_name();
    std::string sentence = fault.what();
    sentence = sentence.substr(0, sentence.find('\n'));
    while (!sentence.empty() && sentence.back() == '.')
        sentence.pop_back();

    std::vector<std::string> unknown =
        chosen->get_allow_extras() ? std::vector<std::string>{} : chosen->remaining();
    if (unknown.empty())
        unknown = app.remaining();
    if (!unknown.empty()) { // also where CLI11 first misses what a slip of the pen left out
        const std::string word = unknown.front().substr(0, unknown.front().find('='));
        std::vector<std::string> known;
        for (const CLI::Option* option : chosen->get_options())
            for (const std::string& name : option->get_lnames())
                known.push_back("--" + name);
        if (chosen == &app)
            for (const Command* command : commands())
                known.push_back(command->name);
        Error error(text(EMBELLIE_TR("command", "{0} does not know \"{1}\""), program, word));
        if (const std::string nearest = nearestName(word, known); !nearest.empty())
            return error.remedy(text(EMBELLIE_TR("command", "perhaps {0} is meant"), nearest)).wrongUse();
        return error.remedy(text(EMBELLIE_TR("command", "see {0} --help"), program)).wrongUse();
    }
    return Error(text(EMBELLIE_TR("command", "{0} was called wrongly: {1}"), program, sentence))
        .remedy(text(EMBELLIE_TR("command", "see {0} --help"), program))
        .wrongUse();
}

int act(const Declared& command, std::ostream& out, std::ostream& err, bool json) {
    SignalStop signals;
    ProgressLine feedback(signals.token(), err, json);
    try {
        CommandContext context{out, err, json, feedback};
        const int status = command.action(context);
        feedback.finish();
        out.flush();
        if (!out)
            throw Error(text(EMBELLIE_TR("command", "the output can't be written")))
                .remedy(text(EMBELLIE_TR("command", "check the disk or the program that reads it")));
        return status;
    } catch (const Cancelled&) {
        feedback.finish();
        report(err, json, Error(text(EMBELLIE_TR("command", "stopped as asked"))));
        return 1;
    } catch (const Error& error) {
        feedback.finish();
        report(err, json, error);
        return error.isWrongUse() ? 2 : 1;
    } catch (const std::bad_alloc&) {
        feedback.finish();
        report(err, json,
               Error(text(EMBELLIE_TR("command", "there is not enough memory")))
                   .remedy(text(EMBELLIE_TR("command", "read less at once, or use a machine with more"))));
        return 1;
    } catch (const std::exception& error) {
        feedback.finish();
        report(err, json, error);
        return 1;
    }
}

} // namespace

int runCommandLine(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    // A limit of file sizes then is a write that fails, and what was half written goes away as on a full
    // disk.
    std::signal(SIGXFSZ, SIG_IGN);
    // A wrong use is told as JSON too, and then nothing has been parsed yet.
    const bool json = std::any_of(argv + 1, argv + std::max(argc, 1),
                                  [](const char* word) { return std::strcmp(word, "--json") == 0; });

    CLI::App app("Radar and satellite fields: look, train, judge.", "embellie-cli");
    app.set_version_flag("--version", std::string("embellie-cli " EMBELLIE_VERSION));
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);

    bool asked = false; // the same flag serves all subcommands
    std::vector<Declared> declared;
    try {
        for (const Command* command : commands()) {
            CLI::App* own = app.add_subcommand(command->name, fillPattern(command->help.pattern, {}));
            own->add_flag("--json", asked, "One JSON object on the output, errors as JSON");
            declared.push_back({own, command->declare(*own)});
        }
        app.parse(argc, argv);
    } catch (const CLI::CallForVersion& version) {
        out << version.what() << '\n';
        return 0;
    } catch (const CLI::CallForHelp&) {
        const CLI::App* chosen = chosenOf(app);
        out << (chosen == &app ? app.help() : chosen->help(app.get_name()));
        return 0;
    } catch (const CLI::CallForAllHelp&) {
        out << app.help("", CLI::AppFormatMode::All);
        return 0;
    } catch (const CLI::ParseError& fault) {
        report(err, json, wrongUseError(app, fault));
        return 2;
    } catch (const Error& error) {
        report(err, json, error);
        return error.isWrongUse() ? 2 : 1;
    }
    for (const Declared& command : declared)
        if (command.app->parsed())
            return act(command, out, err, json);
    return 2;
}

} // namespace embellie
