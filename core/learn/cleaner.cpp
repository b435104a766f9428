#include "core/learn/cleaner.h"

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/learn/device.h"
#include "core/learn/train_state.h"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

void Cleaner::load(Loaded& run, const std::map<std::string, std::string>& settings) {
    RunSetup setup = readSetup(run.paths.run);
    for (const auto& [key, value] : settings)
        setup.settings.setText(key, value);
    const fs::path file = run.paths.weights();
    if (!fs::exists(file))
        throw Error(text(EMBELLIE_TR("learn", "the run has no weights yet")))
            .in(run.paths.run)
            .remedy(text(EMBELLIE_TR("learn", "wait for its first epoch, or continue it with --resume")));
    // Weights are replaced as a whole: a new file has a new place on the disk.
    struct stat status {};
    ::stat(file.c_str(), &status);
    const std::string key = std::to_string(status.st_ino) + " " + std::to_string(status.st_mtim.tv_sec) +
                            " " + std::to_string(status.st_mtim.tv_nsec) + "\n" + setup.settings.toToml();
    if (key == run.key)
        return;
    run.key.clear();
    run.task.reset();
    run.model.reset();
    Feedback silent;
    run.weightsHash = sha256OfFile(file, silent);
    const SafeTensors weights = readSafeTensors(file);
    const auto epoch = weights.metadata.find("embellie.epoch");
    run.epoch = epoch == weights.metadata.end() ? std::string() : epoch->second;
    if (std::optional<ScriptModel> model = scriptModelOf(setup.settings); model && !model->isOfTask()) {
        run.model = std::make_unique<ForeignModel>(std::move(*model), *setup.task, setup.settings);
    } else {
        const std::string wanted = setup.settings.string("train.device");
        const torch::Device device =
            chooseDevice(wanted == "cuda" ? "auto" : wanted, 0, ownEnvironment()).device;
        run.task = makeTaskLearn(*setup.task, *setup.network, setup.settings);
        setWeights(*run.task, weights.tensors, file);
        for (const auto& [name, module] : run.task->modules())
            module->to(device);
    }
    run.setup = std::move(setup);
    run.key = key;
}

void Cleaner::prepare(const std::map<std::string, std::string>& settings,
                      const std::vector<std::string>& members) {
    std::vector<fs::path> wanted{m_run};
    wanted.insert(wanted.end(), members.begin(), members.end());
    std::vector<Loaded> loaded;
    for (const fs::path& run : wanted) { // one that is a member again keeps its weights
        const auto known = std::find_if(m_loaded.begin(), m_loaded.end(),
                                        [&](const Loaded& one) { return one.paths.run == run; });
        loaded.push_back(known == m_loaded.end() ? Loaded{{run}, ""} : std::move(*known));
        if (known != m_loaded.end())
            m_loaded.erase(known);
    }
    m_loaded = std::move(loaded);
    for (Loaded& run : m_loaded)
        load(run, settings);
    setThreads(m_loaded.front().setup.settings);
    for (const Loaded& run : m_loaded)
        if (run.setup.task != m_loaded.front().setup.task || (!run.task && m_loaded.size() > 1))
            throw Error(text(EMBELLIE_TR("learn", "the run can't be a member of this ensemble")))
                .in(run.paths.run)
                .expected(text(EMBELLIE_TR("learn", "runs of one task whose networks answer by its heads")));
}

std::vector<ResultField> Cleaner::predict(Source& source, const PredictionInput& input) {
    Feedback feedback;
    const auto read = [&](const std::string& array) {
        return std::make_shared<const Field>(source.read(array, {}, feedback));
    };
    const FieldPtr field = read(input.array);
    const SourceInfo& info = source.describe();
    if (const auto& model = m_loaded.front().model) {
        const std::optional<std::size_t> sweep = info.find(input.array)->sweep;
        return model->predict(field, [&](const std::string& quantity) -> FieldPtr {
            for (const ArrayInfo& array : info.arrays)
                if (array.sweep == sweep && array.qualityOf.empty() && array.quantity.id == quantity)
                    return read(array.id);
            return nullptr;
        });
    }
    std::map<std::string, FieldPtr> known; // by array: members look at the same ones
    std::vector<TaskLearn::Member> members;
    for (const Loaded& run : m_loaded) {
        TaskLearn::Member& member = members.emplace_back();
        member.task = run.task.get();
        if (!run.setup.task->companions)
            continue;
        for (const PredictionInput& other :
             run.setup.task->companions(info, run.setup.settings, input.array)) {
            FieldPtr& companion = known[other.array];
            member.companions[other.quantity] = companion = companion ? companion : read(other.array);
        }
    }
    const TaskLearn::Member& first = members.front();
    return members.size() == 1 ? first.task->predict(field, first.companions)
                               : first.task->predictTogether(field, members);
}

OdimAttributes Cleaner::how() const {
    const Loaded& first = m_loaded.front();
    OdimAttributes how{{"software", "embellie"},
                       {"sw_version", EMBELLIE_VERSION},
                       {"embellie_run", first.paths.run.filename().string()},
                       {"embellie_checkpoint", "epoch " + first.epoch},
                       {"embellie_task", first.setup.request.task},
                       {"embellie_network", first.setup.request.network},
                       {"embellie_weights_sha256", first.weightsHash},
                       {"embellie_settings", first.setup.settings.toToml()}};
    if (m_loaded.size() > 1) {
        std::string members;
        for (const Loaded& run : m_loaded)
            members += (members.empty() ? "" : ", ") + run.paths.run.filename().string() + " (" +
                       run.setup.request.network + ", epoch " + run.epoch + ", " + run.weightsHash + ")";
        how["embellie_members"] = members; // their mean probability was taken; the rest is the first one's
    }
    return how;
}

void Cleaner::clean(const fs::path& file, const std::string& wanted, const fs::path& output) {
    Feedback feedback;
    std::unique_ptr<Source> source = openSource(file);
    const SourceInfo& info = source->describe();
    const Loaded& first = m_loaded.front();
    std::vector<OdimResultSweep> results;
    for (const PredictionInput& input :
         first.model ? first.model->inputs(info, wanted) : first.setup.task->inputs(info, wanted)) {
        if (stopSignal != 0)
            throw Cancelled();
        for (const ResultField& result : predict(*source, input))
            results.push_back({*info.find(input.array)->sweep,
                               OdimMoment{result.field, result.quality, {{"embellie_input", input.array}}}});
    }
    source.reset(); // the writer opens the file itself
    writeResult(output, file, results, how(), feedback);
}

namespace {

/// Lines of the standard input, whose wait a signal ends.
class InputLines {
public:
    /// Nothing where it ended, or a signal asks to.
    std::optional<std::string> next() {
        for (bool ended = false;;) {
            if (const std::size_t stop = m_rest.find('\n'); stop != std::string::npos) {
                std::string line = m_rest.substr(0, stop);
                m_rest.erase(0, stop + 1);
                return line;
            }
            if (ended)
                return m_rest.empty() ? std::nullopt : std::optional(std::exchange(m_rest, ""));
            pollfd input{STDIN_FILENO, POLLIN, 0};
            // A signal that comes just before the wait is seen after it.
            const int ready = ::poll(&input, 1, 250);
            if (stopSignal != 0)
                return std::nullopt;
            if (ready <= 0)
                continue;
            char block[1 << 12];
            const ssize_t count = ::read(STDIN_FILENO, block, sizeof block);
            if (count > 0)
                m_rest.append(block, static_cast<std::size_t>(count));
            ended = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
        }
    }

private:
    std::string m_rest;
};

/// @throws Error where there is no name of a file
std::string nameIn(const nlohmann::json& value) {
    if (auto name = optionalBytes(value); name && !name->empty())
        return *std::move(name);
    throw Error(text(EMBELLIE_TR("learn", "the request can't be understood")))
        .expected(text(EMBELLIE_TR("learn", "the name of a file")));
}

} // namespace

int serveRun(const fs::path& run) {
    catchStopSignals();
    Cleaner cleaner(run);
    InputLines lines;
    while (const std::optional<std::string> line = lines.next()) {
        std::string problem;
        try {
            const auto request = nlohmann::json::parse(*line);
            std::vector<std::string> members;
            for (const nlohmann::json& member : request.value("members", nlohmann::json::array()))
                members.push_back(nameIn(member));
            cleaner.prepare(request.value("settings", std::map<std::string, std::string>()), members);
            cleaner.clean(nameIn(request.at("file")), request.value("input", ""),
                          nameIn(request.at("output")));
        } catch (const Cancelled&) {
            break;
        } catch (...) {
            problem = sentenceOf(std::current_exception());
        }
        std::cout << nlohmann::json{{"problem", problem}}.dump(-1, ' ', false,
                                                               nlohmann::json::error_handler_t::replace)
                  << std::endl;
    }
    return 0;
}

} // namespace embellie
