#include "core/base/file.h"
#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/days/days.h"
#include "core/method/method.h"
#include "core/network/network.h"
#include "core/simulate/scene.h"
#include "core/task/task.h"

#include <sstream>

#include <CLI/CLI.hpp>

namespace embellie {

namespace {

/// In a cell of a table.
std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    return text;
}

std::string domainOf(const Setting& setting) {
    if (setting.type == Setting::Type::Boolean)
        return "true, false";
    std::string words;
    for (const SettingChoice& choice : setting.choices)
        words += (words.empty() ? "" : ", ") + choice.value;
    if (setting.least && setting.most)
        words = numberText(*setting.least) + " to " + numberText(*setting.most) +
                (setting.type == Setting::Type::List ? ", each" : "");
    return words;
}

void printSettings(std::ostream& out, const std::string& title, const SettingTable& table) {
    if (table.all().empty())
        return;
    out << "### " << title << "\n\n| Setting | Default | Values | Unit | Meaning |\n|---|---|---|---|---|\n";
    for (const Setting& setting : table.all()) {
        const std::string value = settingText(setting.defaultValue);
        out << "| `" << setting.key << "` | " << (value.empty() ? "" : "`" + cell(value) + "`") << " | "
            << cell(domainOf(setting)) << " | " << cell(setting.unit == "1" ? "" : setting.unit) << " | "
            << cell(setting.label.pattern) << ". " << cell(setting.help.pattern)
            << (setting.advanced ? " (advanced)" : "") << " |\n";
    }
    out << '\n';
}

/// What --help says, without the settings, which have tables of their own.
std::string usageOf(const Command& command) {
    CLI::App app(std::string(command.help.pattern), command.name);
    const auto action = command.declare(app);
    for (CLI::Option* option : app.get_options())
        if (option->get_group().starts_with("Settings"))
            option->group("");
    return app.help("embellie-cli");
}

std::string manual() {
    std::ostringstream out;
    out << "# Embellie " << EMBELLIE_VERSION
        << ": manual of the command line\n\nEvery command takes `--json` and then answers with one object. A "
           "setting "
           "is a flag (`--train.learning_rate 1e-3`), a line of a TOML file (`embellie.toml` in the working "
           "folder or "
           "above, `~/.config/embellie/embellie.toml`) or a field of the window's forms.\n\n## Commands\n\n";
    for (const Command* command : commands())
        out << "### " << command->name << "\n\n```\n" << usageOf(*command) << "```\n\n";
    out << "## Settings\n\n";
    printSettings(out, "Training", trainSettings());
    for (const TaskInfo* task : tasks())
        printSettings(out, "Task `" + task->id + "`", task->settings);
    for (const NetworkInfo* network : networks())
        printSettings(out, "Network `" + network->id + "`", network->settings);
    for (const MethodInfo* method : methods())
        printSettings(out, "Method `" + method->id + "`", method->settings);
    printSettings(out, "Days by rain gauges", daySettings());
    printSettings(out, "Simulated scene", sceneSettings());
    return out.str();
}

} // namespace

const Command& command_manual() {
    static const Command command{
        "manual", EMBELLIE_TR("command", "Print all commands and settings as a manual in Markdown"),
        [](CLI::App& app) {
            auto output = std::make_shared<std::string>();
            app.add_option("--output", *output, "Write it to that file")->type_name("FILE");
            return [output](CommandContext& context) {
                if (output->empty() && context.json)
                    context.out << jsonText({{"manual", manual()}}) << '\n';
                else if (output->empty())
                    context.out << manual();
                else
                    writeFileAtomically(*output, manual());
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
