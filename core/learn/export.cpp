#include "core/learn/export.h"

#include "core/base/file.h"
#include "core/learn/foreign.h"
#include "core/learn/safetensors.h"
#include "core/learn/train_state.h"

#include <sstream>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& words) {
    std::string written = "\"";
    for (const char letter : words) {
        if (letter == '"' || letter == '\\')
            written += '\\';
        written += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
    }
    return written + "\"";
}

/// The settings of the task alone, as tables below [settings].
std::string taskSettings(const TaskInfo& task, const Settings& settings) {
    Settings own(task.settings);
    for (const Setting& setting : task.settings.all())
        own.set(setting.key, settings.value(setting.key));
    std::string lines = own.toToml();
    // Values are of one line each: a line that begins with a bracket begins a table.
    for (std::size_t at = lines.starts_with('[') ? 0 : lines.find("\n["); at != std::string::npos;
         at = lines.find("\n[", at + 1))
        lines.insert(at + (lines[at] == '[' ? 1 : 2), "settings.");
    return lines;
}

std::string description(const fs::path& file, const std::string& name, const RunSetup& setup) {
    std::string words = "# A model for Embellie: embellie-cli predict --model THIS FILE…\nformat = 1\n";
    const auto line = [&](const char* key, const std::string& value) {
        words.append(key).append(" = ").append(value).append("\n");
    };
    line("file", quoted(file.filename().string()));
    line("name", quoted(name));
    line("task", quoted(setup.task->id));
    const std::optional<ScriptModel> model = scriptModelOf(setup.settings);
    if (model) {
        line("multiple", std::to_string(model->multiple));
        line("circular", model->circular ? "true" : "false");
    }
    words.append("\n").append(taskSettings(*setup.task, setup.settings));
    if (!model)
        return words;
    for (const ScriptInput& input : model->inputs) {
        std::string numbers;
        for (const int channel : input.taskChannels)
            numbers.append(numbers.empty() ? "" : ", ").append(std::to_string(channel));
        words.append("\n[[input]]\n");
        line("channels", "[" + numbers + "]");
    }
    return words;
}

} // namespace

void exportRun(const fs::path& run, const fs::path& output) {
    const RunSetup setup = readSetup(run);
    const RunPaths paths{run};
    if (!fs::exists(paths.weights()))
        throw Error(text(EMBELLIE_TR("learn", "the run has no weights yet")))
            .in(run)
            .remedy(text(EMBELLIE_TR("learn", "wait for its first epoch, or continue it with --resume")));
    const std::optional<ScriptModel> model = scriptModelOf(setup.settings);
    if (model && !model->isOfTask())
        throw Error(text(EMBELLIE_TR("learn", "this run holds a model of somebody else as it came")))
            .in(run)
            .remedy(text(EMBELLIE_TR("learn", "it lies in the run's folder \"model\"")));
    const std::unique_ptr<TaskLearn> task = makeTaskLearn(*setup.task, *setup.network, setup.settings);
    setWeights(*task, readSafeTensors(paths.weights()).tensors, paths.weights());
    const auto modules = task->modules();
    auto* network = dynamic_cast<NetworkModule*>(modules.front().second.get());
    if (modules.size() != 1 || !network)
        throw Error(
            text(EMBELLIE_TR("learn", "the task \"{0}\" can't be written as one module"), setup.task->id))
            .in(run);
    torch::jit::Module module = network->scripted();
    module.eval();
    const std::string about =
        description(output, fs::absolute(run).lexically_normal().filename().string(), setup);
    std::ostringstream bytes; // LibTorch's own words of a full disk are none for people
    module.save(bytes, {{"embellie.toml", about}});
    writeFileAtomically(output, bytes.view());
    writeFileAtomically(fs::path(output).replace_extension(".toml"), about);
}

} // namespace embellie
