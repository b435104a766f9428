#include "core/command/runs/far.h"

#include "core/command/json_text.h"
#include "core/launch/mirror.h"
#include "core/launch/relay_launch.h"

#include <iomanip>
#include <set>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

void updateMirrorsIn(const fs::path& folder, Feedback& feedback) {
    Lines lines;
    std::set<std::string> silent; // sites that did not answer
    for (const RunSummary& summary : listRuns(folder)) {
        if (summary.problem || isOver(summary.status))
            continue;
        const auto link = readMirrorLink(summary.run);
        if (!link || link->run.empty() || silent.contains(link->site))
            continue;
        try {
            updateMirror(summary.run, *lines.to(siteOf(link->site)), feedback, std::chrono::seconds(20));
        } catch (const Error& problem) {
            silent.insert(link->site);
            feedback.message(text(EMBELLIE_TR("command", "as it was at {0}: {1}"), timeText(link->heard),
                                  std::string(problem.what())));
        }
    }
}

std::optional<std::pair<std::string, std::string>> farFolderOf(const std::string& word) {
    std::error_code ignored;
    if (word.ends_with(':') && !fs::exists(word, ignored))
        return std::pair(word.substr(0, word.size() - 1), std::string());
    if (const auto site = siteOfPath(word))
        return std::pair(*site, word.substr(site->size() + 1));
    return std::nullopt;
}

int listFarRuns(const std::string& site, const std::string& folder, CommandContext& context) {
    Lines lines;
    const std::vector<FarRun> runs = runsFar(siteOf(site), folder, lines, context.feedback);
    if (context.json) {
        json list = json::array();
        for (const FarRun& run : runs)
            list.push_back({{"run", site + ":" + run.run},
                            {"status", statusKey(run.status)},
                            {"task", run.task},
                            {"network", run.network},
                            {"created", run.created},
                            {"epoch", run.epoch},
                            {"epochs", run.epochs},
                            {"problem", run.problem}});
        context.out << jsonText(json{{"runs", list}}) << '\n';
        return 0;
    }
    if (runs.empty())
        context.feedback.message(
            text(EMBELLIE_TR("command", "there are no runs in {0}"), site + ":" + folder));
    for (const FarRun& run : runs) {
        context.out << std::left << std::setw(10) << statusKey(run.status) << "  ";
        if (run.problem.empty())
            context.out << std::setw(9) << run.task << "  " << std::setw(6) << run.network << "  epoch "
                        << run.epoch << " of " << run.epochs << "  ";
        else
            context.out << run.problem << "  ";
        context.out << site << ':' << run.run << '\n';
    }
    return 0;
}

} // namespace embellie
