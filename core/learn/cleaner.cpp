#include "core/learn/cleaner.h"

#include "core/base/file.h"
#include "core/io/result.h"
#include "core/learn/device.h"
#include "core/learn/train_state.h"

#include <iostream>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

void Cleaner::prepare(const std::map<std::string, std::string>& settings) {
    RunSetup setup = readSetup(m_paths.run);
    for (const auto& [key, value] : settings)
        setup.settings.setText(key, value);
    if (!fs::exists(m_paths.weights()))
        throw Error(text(EMBELLIE_TR("learn", "the run has no weights yet")))
            .in(m_paths.run)
            .remedy(text(EMBELLIE_TR("learn", "wait for its first epoch, or continue it with --resume")));
    // Weights are replaced as a whole: a new file has a new place on the disk.
    struct stat status {};
    ::stat(m_paths.weights().c_str(), &status);
    const std::string key = std::to_string(status.st_ino) + " " + std::to_string(status.st_mtim.tv_sec) +
                            " " + std::to_string(status.st_mtim.tv_nsec) + "\n" + setup.settings.toToml();
    if (key == m_key)
        return;
    m_key.clear();
    m_task.reset();
    m_model.reset();
    setThreads(setup.settings);
    Feedback silent;
    m_weightsHash = sha256OfFile(m_paths.weights(), silent);
    const SafeTensors weights = readSafeTensors(m_paths.weights());
    const auto epoch = weights.metadata.find("embellie.epoch");
    m_epoch = epoch == weights.metadata.end() ? std::string() : epoch->second;
    if (std::optional<ScriptModel> model = scriptModelOf(setup.settings); model && !model->isOfTask()) {
        m_model = std::make_unique<ForeignModel>(std::move(*model), *setup.task, setup.settings);
    } else {
        const std::string wanted = setup.settings.string("train.device");
        const torch::Device device =
            chooseDevice(wanted == "cuda" ? "auto" : wanted, 0, ownEnvironment()).device;
        m_task = makeTaskLearn(*setup.task, *setup.network, setup.settings);
        setWeights(*m_task, weights.tensors, m_paths.weights());
        for (const auto& [name, module] : m_task->modules())
            module->to(device);
    }
    m_setup = std::move(setup);
    m_key = key;
}

std::vector<ResultField> Cleaner::predict(Source& source, const PredictionInput& input) {
    Feedback feedback;
    const auto field = std::make_shared<const Field>(source.read(input.array, {}, feedback));
    if (m_task)
        return m_task->predict(field);
    const SourceInfo& info = source.describe();
    const std::optional<std::size_t> sweep = info.find(input.array)->sweep;
    return m_model->predict(field, [&](const std::string& quantity) -> FieldPtr {
        for (const ArrayInfo& array : info.arrays)
            if (array.sweep == sweep && array.qualityOf.empty() && array.quantity.id == quantity)
                return std::make_shared<const Field>(source.read(array.id, {}, feedback));
        return nullptr;
    });
}

void Cleaner::clean(const fs::path& file, const std::string& wanted, const fs::path& output) {
    Feedback feedback;
    std::unique_ptr<Source> source = openSource(file);
    const SourceInfo& info = source->describe();
    std::vector<OdimResultSweep> results;
    for (const PredictionInput& input :
         m_model ? m_model->inputs(info, wanted) : m_setup.task->inputs(info, wanted)) {
        if (stopSignal != 0)
            throw Cancelled();
        for (const ResultField& result : predict(*source, input))
            results.push_back({*info.find(input.array)->sweep,
                               OdimMoment{result.field, result.quality, {{"embellie_input", input.array}}}});
    }
    source.reset(); // the writer opens the file itself
    const OdimAttributes how{{"software", "embellie"},
                             {"sw_version", EMBELLIE_VERSION},
                             {"embellie_run", m_paths.run.filename().string()},
                             {"embellie_checkpoint", "epoch " + m_epoch},
                             {"embellie_task", m_setup.request.task},
                             {"embellie_network", m_setup.request.network},
                             {"embellie_weights_sha256", m_weightsHash},
                             {"embellie_settings", m_setup.settings.toToml()}};
    writeResult(output, file, results, how, feedback);
}

int serveRun(const fs::path& run) {
    catchStopSignals();
    Cleaner cleaner(run);
    for (std::string line; stopSignal == 0 && std::getline(std::cin, line);) {
        std::string problem;
        try {
            const auto request = nlohmann::json::parse(line);
            cleaner.prepare(request.value("settings", std::map<std::string, std::string>()));
            cleaner.clean(request.at("file").get<std::string>(), request.value("input", ""),
                          request.at("output").get<std::string>());
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
