#include "core/base/file.h"
#include "core/learn/card.h"
#include "core/learn/foreign.h"
#include "core/learn/safetensors.h"
#include "core/learn/train_state.h"
#include "core/run/run_writer.h"

namespace embellie {

namespace fs = std::filesystem;

namespace {

RunRequest requestFor(const ScriptModel& model, const fs::path& file) {
    const TaskInfo& task = taskOf(model.task);
    Settings settings(settingsOf(task, networkOf("script")));
    if (!model.settings.empty()) {
        Settings own(task.settings); // only the task's may be set
        own.mergeToml(model.settings, file.string());
        settings.mergeToml(model.settings, file.string());
    }
    settings.set("script.file", fs::absolute(file).lexically_normal().string());
    RunRequest request;
    request.task = task.id;
    request.network = "script";
    request.settings = settings.toToml();
    request.program = "embellie " EMBELLIE_VERSION;
    request.note = model.name;
    request.created = now();
    return request;
}

/// Runs the model once, so that what does not fit is told now. @return its tensors
std::map<std::string, torch::Tensor> tried(const RunSetup& setup) {
    const ScriptModel model = *scriptModelOf(setup.settings);
    if (!model.isOfTask()) {
        ForeignModel foreign(model, *setup.task, setup.settings);
        foreign.tryOut();
        return foreign.tensors();
    }
    const std::unique_ptr<TaskLearn> task = makeTaskLearn(*setup.task, *setup.network, setup.settings);
    const NetworkShape shape = networkShape(*setup.task, setup.settings);
    const auto module = task->modules().front().second;
    module->eval();
    const torch::NoGradGuard noGradients;
    if (auto* network = dynamic_cast<NetworkModule*>(module.get()))
        network->forward(torch::zeros({1, shape.inputChannels, 64, 64}));
    return weightsOf(*task);
}

} // namespace

void importModel(const fs::path& file, const fs::path& run) {
    const ScriptModel model = readScriptModel(file);
    createRun(run, requestFor(model, file));
    try {
        const RunPaths paths{run};
        const RunLock lock(run);
        keepModel(paths, readSetup(run).settings);
        const RunSetup setup = readSetup(run);
        const auto tensors = tried(setup);
        Feedback silent;
        const std::string hash = sha256OfFile(model.file, silent);
        RunWriter writer(run);
        const std::string sentence =
            text(EMBELLIE_TR("learn", "taken from {0}"), fs::absolute(file).string()).english();
        writer.update([&](RunState& state) {
            state.phase = RunPhase::Finished;
            state.reason = sentence;
            state.bestEpoch = 0;
            state.mainScore = setup.task->mainScore;
            state.secondsLeft = 0;
            state.pid = 0;
        });
        writeFileAtomically(paths.card(),
                            "# " + model.name + "\n\nA model of somebody else, " + sentence + ": `model/" +
                                model.file.filename().string() + "`, SHA-256 `" + hash +
                                "`. What it was trained from and how good it is, its makers know; judge it "
                                "on data of your own "
                                "before you trust it.\n\n## In Python\n\n```python\nimport torch\n\nmodel = "
                                "torch.jit.load(\"model/" +
                                model.file.filename().string() +
                                "\").eval()\nprint(model.code)\n```\n\n## Settings\n\n```toml\n" +
                                setup.settings.toToml() + "```\n");
        writeFileAtomically(paths.weights(), [&](const fs::path& aside) {
            writeSafeTensors(aside, {tensors,
                                     {{"format", "pt"},
                                      {"embellie.version", EMBELLIE_VERSION},
                                      {"embellie.task", setup.task->id},
                                      {"embellie.network", "script"},
                                      {"embellie.settings", setup.settings.toToml()},
                                      {"embellie.epoch", "0"}}});
        });
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(run, ignored);
        throw;
    }
}

} // namespace embellie
