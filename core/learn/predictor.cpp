#include "core/base/file.h"
#include "core/base/process.h"
#include "core/io/result.h"
#include "core/learn/run_setup.h"
#include "core/learn/safetensors.h"
#include "core/learn/train_state.h"
#include "core/learn/trainer.h"
#include "core/run/run_writer.h"

#include <fcntl.h>
#include <iostream>
#include <set>
#include <sys/file.h>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// One worker a prediction: the kernel's lock on its request, gone with the process.
class Claim {
public:
    explicit Claim(const fs::path& prediction)
        : m_file(::open((prediction / "request.json").c_str(), O_RDONLY | O_CLOEXEC)) {
        m_mine = m_file >= 0 && ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
    }
    ~Claim() {
        if (m_file >= 0)
            ::close(m_file);
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    bool mine() const { return m_mine; }

private:
    int m_file;
    bool m_mine;
};

class Predictor {
public:
    Predictor(const fs::path& run, const fs::path& prediction) : m_paths{run}, m_prediction(prediction) {
        m_state.host = hostName();
        m_state.pid = ::getpid();
        m_state.startTicks = processStartTicks(m_state.pid);
    }

    bool work() {
        try {
            save();
            const PredictionRequest request = readPredictionRequest(m_prediction);
            RunSetup setup = readSetup(m_paths.run);
            for (const auto& [key, value] : request.settings)
                setup.settings.setText(key, value);
            setThreads(setup.settings);
            if (!fs::exists(m_paths.weights()))
                throw Error(text(EMBELLIE_TR("learn", "the run has no weights yet")))
                    .in(m_paths.run)
                    .remedy(
                        text(EMBELLIE_TR("learn", "wait for its first epoch, or continue it with --resume")));
            const std::unique_ptr<TaskLearn> task =
                makeTaskLearn(*setup.task, *setup.network, setup.settings);
            const SafeTensors weights = readSafeTensors(m_paths.weights());
            setWeights(*task, weights.tensors, m_paths.weights());
            m_state.phase = RunPhase::Running;
            m_state.total = static_cast<double>(request.files.size());
            save();
            const fs::path output =
                request.output.empty() ? m_prediction / "results" : fs::path(request.output);
            fs::create_directories(output);
            bool allWell = true;
            for (const std::string& file : request.files) {
                m_state.results.push_back({file, "", ""});
                try {
                    m_state.results.back().output =
                        predictFile(*task, setup, weights, file, request.input, freeName(output, file))
                            .string();
                } catch (const Cancelled&) {
                    throw;
                } catch (const std::exception&) {
                    m_state.results.back().problem = sentenceOf(std::current_exception());
                    std::cerr << "embellie-learn: " << m_state.results.back().problem << std::endl;
                    allWell = false;
                }
                m_state.done = static_cast<double>(m_state.results.size());
                save();
            }
            m_state.phase = allWell ? RunPhase::Finished : RunPhase::Failed;
            if (!allWell)
                for (const auto& result : m_state.results)
                    if (m_state.reason.empty())
                        m_state.reason = result.problem;
            save();
            return allWell;
        } catch (const Cancelled&) {
            m_state.phase = RunPhase::Cancelled;
            m_state.reason = text(EMBELLIE_TR("learn", "ended on request")).english();
        } catch (...) {
            m_state.phase = RunPhase::Failed;
            m_state.reason = sentenceOf(std::current_exception());
        }
        std::cerr << "embellie-learn: " << m_state.reason << std::endl;
        try {
            save();
        } catch (const std::exception& error) {
            std::cerr << "embellie-learn: " << error.what() << std::endl;
        }
        return false;
    }

private:
    void save() { writePredictionState(m_prediction, m_state); }

    /// Two inputs of one name from two folders must not overwrite each other.
    fs::path freeName(const fs::path& folder, const fs::path& file) {
        fs::path name = file.filename();
        for (int i = 2; !m_names.insert(name.string()).second; ++i)
            name = file.stem().string() + "_" + std::to_string(i) + file.extension().string();
        return folder / name;
    }

    fs::path predictFile(TaskLearn& task, const RunSetup& setup, const SafeTensors& weights,
                         const std::string& file, const std::string& wanted, const fs::path& output) {
        Feedback feedback;
        std::unique_ptr<Source> source = openSource(file);
        const SourceInfo& info = source->describe();
        std::vector<OdimResultSweep> results;
        for (const PredictionInput& input : setup.task->inputs(info, wanted)) {
            if (stopSignal != 0)
                throw Cancelled();
            const FieldPtr field = std::make_shared<const Field>(source->read(input.array, {}, feedback));
            for (const ResultField& result : task.predict(field))
                results.push_back(
                    {*info.find(input.array)->sweep,
                     OdimMoment{result.field, result.quality, {{"embellie_input", input.array}}}});
        }
        source.reset(); // the writer opens the file itself
        const auto word = [&](const char* key) {
            const auto found = weights.metadata.find(key);
            return found == weights.metadata.end() ? std::string() : found->second;
        };
        OdimAttributes how{{"software", "embellie"},
                           {"sw_version", EMBELLIE_VERSION},
                           {"embellie_run", m_paths.run.filename().string()},
                           {"embellie_checkpoint", "epoch " + word("embellie.epoch")},
                           {"embellie_task", setup.request.task},
                           {"embellie_network", setup.request.network},
                           {"embellie_weights_sha256", sha256OfFile(m_paths.weights(), feedback)},
                           {"embellie_settings", setup.settings.toToml()}};
        writeResult(output, file, results, how, feedback);
        return output;
    }

    RunPaths m_paths;
    fs::path m_prediction;
    PredictionState m_state;
    std::set<std::string> m_names;
};

} // namespace

int predictRun(const fs::path& run) {
    catchStopSignals();
    try {
        readRunRequest(run);
        bool allWell = true;
        for (const fs::path& prediction : openPredictions(run)) {
            const Claim claim(prediction);
            if (claim.mine() && stopSignal == 0)
                allWell = Predictor(run, prediction).work() && allWell;
        }
        return allWell ? 0 : 1;
    } catch (...) {
        std::cerr << "embellie-learn: " << sentenceOf(std::current_exception()) << std::endl;
        return 1;
    }
}

} // namespace embellie
