#include "core/command/command.h"
#include "core/command/run_lines.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iomanip>

namespace embellie {

static void printLine(std::ostream& out, const RunSummary& summary) {
    out << std::left << std::setw(24) << summary.run.filename().string() << "  ";
    if (summary.problem) {
        out << summary.problem->what() << '\n';
        return;
    }
    out << std::setw(10) << statusKey(summary.status) << "  " << std::setw(9) << summary.request.task << "  "
        << std::setw(6) << summary.request.network << "  ";
    if (const auto& state = summary.state) {
        out << "epoch " << state->epoch << " of " << state->epochs;
        if (const auto best = state->bestScores.find(state->mainScore); best != state->bestScores.end())
            out << "  " << state->mainScore << ' ' << numberText(best->second, 3);
        if (summary.status == RunStatus::Failed)
            out << "  " << state->reason;
    }
    if (!summary.request.note.empty())
        out << "  " << summary.request.note;
    out << '\n';
}

const Command& command_runs() {
    static const Command command{
        "runs", EMBELLIE_TR("command", "List the runs of a folder: state, progress, best score"),
        [](CLI::App& app) {
            auto folder = std::make_shared<std::string>();
            app.add_option("DIR", *folder, "A folder of runs, or one run")->required();
            return [folder](CommandContext& context) {
                const std::vector<RunSummary> runs = listRuns(*folder);
                if (context.json) {
                    nlohmann::json list = nlohmann::json::array();
                    for (const RunSummary& summary : runs)
                        list.push_back(runJson(summary));
                    context.out << nlohmann::json{{"runs", list}}.dump() << '\n';
                } else {
                    for (const RunSummary& summary : runs)
                        printLine(context.out, summary);
                }
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
