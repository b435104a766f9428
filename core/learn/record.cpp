#include "core/learn/record.h"

#include "core/base/file.h"
#include "core/io/odim/odim_writer.h"
#include "core/learn/card.h"
#include "core/learn/safetensors.h"
#include "core/learn/train_state.h"

#include <chrono>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static json fileRecord(const UsedFile& file, Feedback& feedback, const std::map<std::string, json>& known) {
    const fs::path path = file.path;
    const auto time = std::chrono::file_clock::to_sys(fs::last_write_time(path));
    json record{{"role", file.role},
                {"path", file.path},
                {"part", file.part},
                {"use", file.use},
                {"bytes", fs::file_size(path)},
                {"modified", isoTime(std::chrono::floor<std::chrono::milliseconds>(time))}};
    const auto former = known.find(file.path);
    const bool same = former != known.end() && former->second.value("bytes", json()) == record["bytes"] &&
                      former->second.value("modified", json()) == record["modified"];
    record["sha256"] = same ? former->second.at("sha256").get<std::string>() : sha256OfFile(path, feedback);
    return record;
}

static std::map<std::string, json> recorded(const fs::path& file) {
    std::map<std::string, json> known;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return known;
    std::istringstream lines(readFile(file));
    for (std::string line; std::getline(lines, line);)
        if (json record = json::parse(line, nullptr, false);
            record.is_object() && record.contains("path") && record.contains("sha256"))
            known[record["path"].get<std::string>()] = record;
    return known;
}

std::vector<std::string> recordData(const RunPaths& paths, const SampleMaker& samples, Feedback& feedback) {
    const auto known = recorded(paths.data());
    std::vector<std::string> changed;
    std::string lines;
    std::map<std::string, std::set<std::string>> parts{{"train", {}}, {"validation", {}}, {"test", {}}};
    for (const UsedFile& file : samples.files()) {
        parts[file.use].insert(file.part);
        if (file.path.empty())
            continue;
        const json record = fileRecord(file, feedback, known);
        if (const auto former = known.find(file.path);
            former != known.end() && former->second.at("sha256") != record["sha256"])
            changed.push_back(
                text(EMBELLIE_TR(
                         "learn",
                         "the file {0} has changed since the run began: it goes on with the new content"),
                     file.path)
                    .english());
        lines += record.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    }
    writeFileAtomically(paths.data(), lines);
    json split{{"format", RunFormat}};
    for (const auto& [use, names] : parts)
        split[use] = names;
    writeFileAtomically(paths.split(), split.dump(1, '\t', false, json::error_handler_t::replace) + "\n");
    return changed;
}

void writeBest(const RunPaths& paths, const RunSetup& setup, TaskLearn& task, const RunState& state,
               const SampleMaker& samples, const std::map<std::string, double>& baseline) {
    std::map<std::string, std::string> about{{"format", "pt"},
                                             {"embellie.version", EMBELLIE_VERSION},
                                             {"embellie.task", setup.request.task},
                                             {"embellie.network", setup.request.network},
                                             {"embellie.settings", setup.settings.toToml()},
                                             {"embellie.epoch", std::to_string(state.bestEpoch)}};
    writeFileAtomically(paths.weights(), [&](const fs::path& aside) {
        writeSafeTensors(aside, {weightsOf(task), about});
    });

    writeFileAtomically(paths.card(),
                        trainedCard(paths, setup, trainedNumbers(task), state, samples, baseline));
}

static OdimVolume volumeOf(const ResultField& result) {
    const Field& field = *result.field;
    OdimVolume volume;
    volume.time = field.time().begin;
    volume.site = field.sweep()->site;
    volume.sweeps = {{OdimMoment{result.field, result.quality, {}}}};
    return volume;
}

void writeSamples(const RunPaths& paths, std::int64_t count, TaskLearn& task, const SampleMaker& samples,
                  Feedback& feedback) {
    // Over all cases, not the first ones only, which may be of one radar.
    const auto cases = static_cast<std::int64_t>(samples.validation().size());
    for (std::int64_t i = 0; i < std::min(count, cases); ++i) {
        const ValidationCase& one =
            samples.validation()[static_cast<std::size_t>(i * cases / std::min(count, cases))];
        if (!one.input->sweep() || !one.reference->sweep())
            continue;
        const fs::path folder = paths.samples() / std::to_string(i + 1);
        fs::create_directories(folder);
        writeOdimVolume(folder / "raw.h5", volumeOf({one.input, {}}), feedback);
        writeOdimVolume(folder / "reference.h5", volumeOf({one.reference, {}}), feedback);
        for (const ResultField& result : task.predict(one.input, one.companions))
            writeOdimVolume(folder / "result.h5", volumeOf(result), feedback);
    }
}

} // namespace embellie
