#include "core/launch/sweep.h"

#include "core/base/file.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <toml++/toml.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t MostRuns = 1000;
constexpr int SweepFormat = 1;

fs::path fileOf(const fs::path& folder) {
    return folder / "sweep.toml";
}

std::vector<std::string> parted(const std::string& words, char mark) {
    std::vector<std::string> parts;
    std::istringstream in(words);
    for (std::string part; std::getline(in, part, mark);)
        parts.push_back(part);
    return parts;
}

std::string numbered(std::size_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::string sweepText(const RunSweep& sweep) {
    toml::array axes;
    for (const SweepAxis& axis : sweep.axes) {
        toml::array values;
        for (const std::string& value : axis.values)
            values.push_back(value);
        axes.push_back(toml::table{{"key", axis.key}, {"values", values}});
    }
    toml::table resources;
    for (const auto& [key, value] : toWords(sweep.resources))
        resources.insert(key, value);
    const toml::table all{{"format", SweepFormat},
                          {"site", sweep.site},
                          {"side_by_side", sweep.sideBySide},
                          {"stop_hopeless", sweep.stopHopeless},
                          {"resources", resources},
                          {"axis", axes}};
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << all << '\n';
    return out.str();
}

/// "learning_rate 1e-3, width 8": what tells this run from the others.
std::string wordsOf(const RunSweep& sweep, std::size_t run) {
    const std::vector<std::string> values = sweep.valuesOf(run);
    std::string words;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string& key = sweep.axes[i].key;
        words += (words.empty() ? "" : ", ") + key.substr(key.rfind('.') + 1) + " " + values[i];
    }
    return words;
}

RunRequest requestOf(const RunSweep& sweep, const RunRequest& base, std::size_t run) {
    RunRequest request = base;
    Settings settings(settingsOf(taskOf(base.task), networkOf(base.network)));
    settings.mergeToml(base.settings, "request.toml");
    const std::vector<std::string> values = sweep.valuesOf(run);
    for (std::size_t i = 0; i < values.size(); ++i)
        settings.setText(sweep.axes[i].key, values[i]);
    request.settings = settings.toToml();
    const std::string words = wordsOf(sweep, run);
    request.note = base.note.empty() ? words : base.note + " (" + words + ")";
    return request;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

SweepRow rowOf(const fs::path& run, std::vector<std::string> values) {
    SweepRow row;
    row.run = run;
    row.values = std::move(values);
    row.summary.run = run;
    try {
        RunReader reader(run);
        row.summary.request = reader.request();
        reader.poll();
        row.summary.state = reader.state();
        row.summary.status = reader.status();
        const TaskInfo& task = taskOf(reader.request().task);
        const auto main = std::find_if(task.scores.begin(), task.scores.end(),
                                       [&](const ScoreInfo& score) { return score.id == task.mainScore; });
        const bool higher = main == task.scores.end() || main->higherIsBetter;
        for (const RunEvent& event : reader.events()) {
            const auto found = event.values.find("score." + task.mainScore);
            if (event.kind != "epoch")
                continue;
            double best = found == event.values.end() ? std::nan("") : found->second;
            if (!row.bestByEpoch.empty()) {
                const double before = row.bestByEpoch.back();
                if (std::isnan(best) || (higher ? before > best : before < best))
                    best = before;
            }
            row.bestByEpoch.push_back(best);
        }
        if (!row.bestByEpoch.empty() && std::isfinite(row.bestByEpoch.back()))
            row.score = row.bestByEpoch.back();
    } catch (const Error& problem) {
        row.summary.problem = problem;
    }
    return row;
}

} // namespace

SweepAxis parseSweepAxis(const std::string& word, const SettingTable& table) {
    const std::size_t equals = word.find('=');
    SweepAxis axis;
    axis.key = word.substr(0, equals);
    try {
        const Setting& setting = table.at(axis.key);
        if (equals != std::string::npos)
            axis.values = parted(word.substr(equals + 1), setting.type == Setting::Type::List ? ';' : ',');
        if (axis.values.empty())
            throw Error(text(EMBELLIE_TR("launch", "\"{0}\" names no values to try"), word))
                .expected(text(EMBELLIE_TR("launch", "such as train.learning_rate=1e-3,3e-3")));
        std::vector<std::string> known;
        for (const std::string& value : axis.values) {
            const std::string meant = settingText(parseSetting(setting, value));
            if (std::find(known.begin(), known.end(), meant) != known.end())
                throw Error(
                    text(EMBELLIE_TR("launch", "{0} shall take the value {1} twice"), axis.key, value));
            known.push_back(meant);
        }
    } catch (Error& error) {
        throw error.wrongUse();
    }
    return axis;
}

std::size_t RunSweep::size() const {
    std::size_t size = 1;
    for (const SweepAxis& axis : axes)
        size *= std::min(axis.values.size(), MostRuns + 1);
    return std::min(size, MostRuns + 1); // more is refused; and no overflow
}

std::vector<std::string> RunSweep::valuesOf(std::size_t run) const {
    std::vector<std::string> values(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
        values[i] = axes[i].values[run % axes[i].values.size()];
        run /= axes[i].values.size();
    }
    return values;
}

std::vector<fs::path> RunSweep::runs() const {
    std::vector<fs::path> paths;
    for (std::size_t i = 0; i < size(); ++i)
        paths.push_back(fs::absolute(folder) / numbered(i));
    return paths;
}

bool isSweep(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(fileOf(folder), ignored);
}

RunSweep readSweep(const fs::path& folder) {
    const fs::path file = fileOf(folder);
    if (!isSweep(folder))
        throw Error(text(EMBELLIE_TR("launch", "this is no sweep")))
            .in(folder)
            .expected(text(EMBELLIE_TR("launch", "a folder with a file sweep.toml")));
    toml::table table;
    try {
        table = toml::parse(readFile(file), file.string());
    } catch (const toml::parse_error& problem) {
        throw Error(text(EMBELLIE_TR("launch", "the sweep can't be understood: {0}"),
                         std::string(problem.description())))
            .in(file, "line " + std::to_string(problem.source().begin.line));
    }
    if (table["format"].value_or(SweepFormat) > SweepFormat)
        throw Error(text(EMBELLIE_TR("launch", "this sweep was written by a newer program"))).in(file);
    RunSweep sweep;
    sweep.folder = folder;
    sweep.site = table["site"].value_or(std::string("local"));
    sweep.sideBySide = table["side_by_side"].value_or(0);
    sweep.stopHopeless = table["stop_hopeless"].value_or(false);
    std::map<std::string, std::string> words;
    if (const toml::table* resources = table["resources"].as_table())
        for (const auto& [key, value] : *resources)
            words[std::string(key.str())] = value.value_or(std::string());
    sweep.resources = resourcesFrom(words);
    if (const toml::array* axes = table["axis"].as_array())
        for (const toml::node& node : *axes)
            if (const toml::table* entry = node.as_table()) {
                SweepAxis axis;
                axis.key = (*entry)["key"].value_or(std::string());
                if (const toml::array* values = (*entry)["values"].as_array())
                    for (const toml::node& value : *values)
                        axis.values.push_back(value.value_or(std::string()));
                if (axis.values.empty())
                    throw Error(
                        text(EMBELLIE_TR("launch", "the sweep names no values for \"{0}\""), axis.key))
                        .in(file);
                sweep.axes.push_back(std::move(axis));
            }
    return sweep;
}

void createSweep(const RunSweep& sweep, const RunRequest& base) {
    if (sweep.axes.empty())
        throw Error(text(EMBELLIE_TR("launch", "a sweep needs a setting with several values"))).wrongUse();
    for (std::size_t i = 0; i < sweep.axes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (sweep.axes[i].key == sweep.axes[j].key)
                throw Error(text(EMBELLIE_TR("launch", "the sweep names {0} twice"), sweep.axes[i].key))
                    .wrongUse();
    if (sweep.size() > MostRuns)
        throw Error(text(EMBELLIE_TR("launch", "the sweep has too many combinations")))
            .expected(text(EMBELLIE_TR("launch", "{0} at the most"), MostRuns))
            .wrongUse();
    std::vector<RunRequest> requests;
    for (std::size_t i = 0; i < sweep.size(); ++i) {
        requests.push_back(requestOf(sweep, base, i));
        try {
            checkRequest(requests.back());
        } catch (Error& error) {
            throw error.found(text(EMBELLIE_TR("launch", "the combination {0}"), wordsOf(sweep, i)));
        }
    }
    std::error_code error;
    const fs::path whole = fs::absolute(sweep.folder).lexically_normal();
    const fs::path folder = whole.has_filename() ? whole : whole.parent_path();
    if (fs::exists(folder, error) &&
        (!fs::is_directory(folder, error) || !fs::is_empty(folder, error) || error))
        throw Error(text(EMBELLIE_TR("launch", "a sweep needs a new or empty folder")))
            .in(folder)
            .remedy(text(
                EMBELLIE_TR("launch", "choose another name, or go on with it: embellie-cli sweep FOLDER")));
    fs::create_directories(folder.parent_path(), error);
    if (error)
        throw systemError(EMBELLIE_TR("launch", "the folder of the sweep can't be made"), folder,
                          error.value());
    writeFolderAtomically(folder, [&](const fs::path& aside) {
        for (std::size_t i = 0; i < requests.size(); ++i)
            createRun(aside / numbered(i), requests[i]);
        writeFileAtomically(fileOf(aside), sweepText(sweep));
    });
}

std::vector<SweepRow> sweepTable(const RunSweep& sweep) {
    std::vector<SweepRow> rows;
    const std::vector<fs::path> runs = sweep.runs();
    bool higher = true;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        rows.push_back(rowOf(runs[i], sweep.valuesOf(i)));
        if (i == 0 && !rows.front().summary.problem)
            higher = higherIsBetter(rows.front().summary.request);
    }
    std::vector<SweepRow*> order;
    for (SweepRow& row : rows)
        if (row.score)
            order.push_back(&row);
    std::stable_sort(order.begin(), order.end(), [&](const SweepRow* a, const SweepRow* b) {
        return higher ? *a->score > *b->score : *a->score < *b->score;
    });
    for (std::size_t i = 0; i < order.size(); ++i) // equal scores share a rank
        order[i]->rank =
            i > 0 && *order[i]->score == *order[i - 1]->score ? order[i - 1]->rank : static_cast<int>(i) + 1;
    return rows;
}

bool higherIsBetter(const RunRequest& request) {
    const TaskInfo& task = taskOf(request.task);
    for (const ScoreInfo& score : task.scores)
        if (score.id == task.mainScore)
            return score.higherIsBetter;
    return true;
}

std::vector<std::size_t> hopelessRuns(const std::vector<SweepRow>& rows, bool higher, int leastEpochs) {
    std::vector<std::size_t> hopeless;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t epochs = rows[i].bestByEpoch.size();
        if (rows[i].summary.status != RunStatus::Running ||
            epochs < static_cast<std::size_t>(std::max(1, leastEpochs)) ||
            !std::isfinite(rows[i].bestByEpoch.back()))
            continue;
        std::vector<double> others;
        for (std::size_t j = 0; j < rows.size(); ++j)
            if (j != i && rows[j].bestByEpoch.size() >= epochs &&
                std::isfinite(rows[j].bestByEpoch[epochs - 1]))
                others.push_back(rows[j].bestByEpoch[epochs - 1]);
        if (others.size() < 2)
            continue;
        const double limit = median(others), own = rows[i].bestByEpoch.back();
        if (higher ? own < limit : own > limit)
            hopeless.push_back(i);
    }
    return hopeless;
}

} // namespace embellie
