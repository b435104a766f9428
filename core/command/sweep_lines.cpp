#include "core/command/sweep_lines.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/command/columns.h"
#include "core/command/json_text.h"
#include "core/command/run_lines.h"

#include <algorithm>
#include <climits>
#include <thread>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

std::string shortKey(const std::string& key) {
    return key.substr(key.rfind('.') + 1);
}

/// Rows by rank, those without a score behind.
std::vector<const SweepRow*> ranked(const std::vector<SweepRow>& rows) {
    std::vector<const SweepRow*> order;
    for (const SweepRow& row : rows)
        order.push_back(&row);
    std::stable_sort(order.begin(), order.end(), [](const SweepRow* a, const SweepRow* b) {
        return (a->rank == 0 ? INT_MAX : a->rank) < (b->rank == 0 ? INT_MAX : b->rank);
    });
    return order;
}

std::string stateWords(const SweepRow& row) {
    if (row.summary.problem)
        return row.summary.problem->what();
    std::string words = statusKey(row.summary.status);
    if (const auto& state = row.summary.state; state && state->epochs > 0)
        words += " " + std::to_string(state->epoch) + "/" + std::to_string(state->epochs);
    return words;
}

/// Tells all, and is never cancelled: what is begun for a sweep is not broken off in the middle.
class Calm : public Feedback {
public:
    explicit Calm(Feedback& told) : m_told(told) {}
    void message(const Text& words) override { m_told.message(words); }

private:
    Feedback& m_told;
};

} // namespace

void printSweep(std::ostream& out, const RunSweep& sweep, const std::vector<SweepRow>& rows) {
    std::vector<std::vector<std::string>> table{{"rank", "run"}};
    for (const SweepAxis& axis : sweep.axes)
        table[0].push_back(shortKey(axis.key));
    table[0].insert(table[0].end(), {"score", "state"});
    for (const SweepRow* row : ranked(rows)) {
        std::vector<std::string> line{row->rank > 0 ? std::to_string(row->rank) : "-",
                                      row->run.filename().string()};
        line.insert(line.end(), row->values.begin(), row->values.end());
        line.push_back(row->score ? numberText(*row->score, 3) : "-");
        line.push_back(stateWords(*row));
        table.push_back(std::move(line));
    }
    std::vector<std::size_t> widths(table[0].size());
    for (const auto& line : table)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], shownWidth(line[i]));
    for (const auto& line : table) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            out << padded(line[i], widths[i] + 2);
        out << line.back() << '\n';
    }
}

nlohmann::json sweepJson(const RunSweep& sweep, const std::vector<SweepRow>& rows) {
    nlohmann::json axes = nlohmann::json::array(), runs = nlohmann::json::array();
    for (const SweepAxis& axis : sweep.axes)
        axes.push_back({{"key", axis.key}, {"values", axis.values}});
    for (const SweepRow& row : rows) {
        nlohmann::json entry = runJson(row.summary);
        entry["values"] = row.values;
        entry["rank"] = row.rank > 0 ? nlohmann::json(row.rank) : nlohmann::json();
        entry["score"] = row.score ? nlohmann::json(*row.score) : nlohmann::json();
        runs.push_back(std::move(entry));
    }
    return {{"sweep", sweep.folder.string()}, {"site", sweep.site}, {"axes", axes}, {"runs", runs}};
}

int driveSweep(const RunSweep& sweep, const LaunchSite& site, CommandContext& context, Lines& lines) {
    SweepDriver driver(sweep, site, &lines);
    const bool here = site.inner == SiteKind::Here && site.kind == SiteKind::Here;
    std::map<fs::path, std::string> told;
    bool asked = false;
    std::vector<SweepRow> rows;
    Calm calm(context.feedback);
    while (true) {
        rows = driver.advance(calm);
        double done = 0, total = 0;
        for (const SweepRow& row : rows) {
            if (const auto& state = row.summary.state) {
                done += static_cast<double>(state->step);
                total += static_cast<double>(state->steps);
            }
            const std::string words = statusKey(row.summary.status);
            if (std::string& last = told[row.run]; last != words && !context.json) {
                last = words;
                context.feedback.message(text(EMBELLIE_TR("command", "{0}: {1}{2}"),
                                              row.run.filename().string(), words,
                                              row.score ? ", " + numberText(*row.score, 3) : std::string()));
            }
        }
        context.feedback.progress(done, total);
        if (driver.isOver())
            break;
        if (context.feedback.isCancelled() && !asked) {
            if (!here)
                throw Cancelled();
            driver.stop(false, calm);
            asked = true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    if (context.json)
        context.out << jsonText(sweepJson(sweep, rows)) << '\n';
    else
        printSweep(context.out, sweep, rows);
    if (asked) // runs that were stopped are none that a script may go on with
        throw Cancelled();
    const bool anyScore =
        std::any_of(rows.begin(), rows.end(), [](const SweepRow& row) { return row.score.has_value(); });
    const bool anyFinished = std::any_of(rows.begin(), rows.end(), [](const SweepRow& row) {
        return row.summary.status == RunStatus::Finished;
    });
    if (!anyScore && anyFinished)
        context.feedback.message(
            text(EMBELLIE_TR("command", "there was nothing to validate on, so the runs have no scores")));
    else if (!anyScore)
        throw Error(text(EMBELLIE_TR("command", "no run of the sweep has got as far as a score")))
            .in(sweep.folder)
            .remedy(text(EMBELLIE_TR("command", "log.txt in the folder of each run says more")));
    const auto failed = std::count_if(rows.begin(), rows.end(), [](const SweepRow& row) {
        return row.summary.status == RunStatus::Failed;
    });
    if (failed > 0)
        throw Error(text(EMBELLIE_TR("command", "{0} of {1} runs of the sweep failed"), failed, rows.size()))
            .in(sweep.folder)
            .remedy(text(EMBELLIE_TR("command", "log.txt in the folder of each run says more")));
    return 0;
}

int detachSweep(const RunSweep& sweep, const LaunchSite& site, CommandContext& context, Lines& lines) {
    const fs::path folder = fs::absolute(sweep.folder);
    if (site.inner == SiteKind::Slurm) {
        SweepDriver driver(sweep, site, &lines);
        driver.advance(context.feedback);
    } else {
        startProcess({.program = programFolder() / "embellie-cli",
                      .arguments = {"sweep", folder.string()},
                      .environment = {},
                      .workingFolder = {},
                      .log = folder / "log.txt",
                      .ownSession = true});
    }
    const std::vector<SweepRow> rows = sweepTable(sweep);
    if (context.json)
        context.out << jsonText(sweepJson(sweep, rows)) << '\n';
    else
        context.out << rows.size() << " runs sent to " << site.label << "; embellie-cli sweep "
                    << sweep.folder.string() << '\n';
    return 0;
}

} // namespace embellie
