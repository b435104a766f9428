#include "core/learn/card.h"

#include "core/base/file.h"
#include "core/run/start_weights.h"

#include <cmath>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t MostFiles = 40;

std::string scoreTable(const TaskInfo& task, const std::map<std::string, double>& scores,
                       const std::map<std::string, double>& baseline) {
    std::string table = "| score | this network | raw, no cleaning |\n|---|---:|---:|\n";
    for (const ScoreInfo& score : task.scores) {
        const auto words = [&](const std::map<std::string, double>& from) {
            const auto found = from.find(score.id);
            return found == from.end() || std::isnan(found->second) ? std::string("-")
                                                                    : numberText(found->second, 3);
        };
        const std::string unit = score.unit == "1" ? "" : " (" + score.unit + ")";
        table += "| " + std::string(score.label.pattern) + unit + " | " + words(scores) + " | " +
                 words(baseline) + " |\n";
    }
    return table;
}

/// Files by what they served for; their hashes say whether somebody else has the same ones.
std::string dataSection(const RunPaths& paths, const SampleMaker& samples) {
    std::string section = "## Data\n\n";
    std::set<std::string> parts;
    for (const UsedFile& file : samples.files())
        parts.insert("- " + file.use + ": " + file.part + (file.role.empty() ? "" : " (" + file.role + ")"));
    for (const std::string& part : parts)
        section += part + "\n";
    std::error_code ignored;
    const std::string lines = fs::exists(paths.data(), ignored) ? readFile(paths.data()) : std::string();
    std::set<std::string> seen;
    std::string table;
    std::istringstream each(lines);
    for (std::string line; std::getline(each, line);) {
        const json record = json::parse(line, nullptr, false);
        if (!record.is_object() || !seen.insert(record.value("path", "")).second)
            continue;
        if (seen.size() > MostFiles)
            continue;
        table.append("| ").append(fs::path(record.value("path", "")).filename().string());
        table.append(" | ").append(record.value("role", ""));
        table.append(" | ").append(record.value("bytes", json(0)).dump());
        table.append(" | `").append(record.value("sha256", "")).append("` |\n");
    }
    if (seen.empty())
        return section + "\nNo files: all of it was made up from the seed below.\n";
    section.append("\n")
        .append(std::to_string(seen.size()))
        .append(" files, each with size, time and SHA-256 in "
                "`data.jsonl`, whose own SHA-256 is `")
        .append(sha256(lines))
        .append("`");
    section += seen.size() > MostFiles ? "; the first " + std::to_string(MostFiles) + ":" : ":";
    return section + "\n\n| file | role | bytes | SHA-256 |\n|---|---|---:|---|\n" + table;
}

std::string pythonSection(const RunSetup& setup, const NetworkShape& shape) {
    std::string heads;
    for (const HeadInfo& head : setup.task->heads(setup.settings))
        heads += (heads.empty() ? "" : ", ") + head.id;
    const std::string channels = std::to_string(shape.inputChannels);
    return "## In Python\n\nThe weights, with the package safetensors:\n\n```python\n"
           "from safetensors.torch import load_file\n\n"
           "weights = load_file(\"weights.safetensors\")\n"
           "print(sum(tensor.numel() for tensor in weights.values()))\n```\n\n"
           "The network itself, after `embellie-cli export --run . --to torchscript --output model.pt`; the "
           "channels are the inputs above in their order:\n\n```python\nimport torch\n\n"
           "model = torch.jit.load(\"model.pt\").eval()\n"
           "x = torch.zeros(1, " +
           channels + ", 360, 240)  # batch, channel, ray from north, gate\n" + heads +
           (shape.headChannels.size() == 1 ? ", = model(x)\n" : " = model(x)\n") + "```\n\n";
}

} // namespace

std::int64_t trainedNumbers(TaskLearn& task) {
    std::int64_t count = 0;
    for (const auto& [name, module] : task.modules())
        for (const torch::Tensor& parameter : module->parameters())
            if (parameter.requires_grad())
                count += parameter.numel();
    return count;
}

std::string trainedCard(const RunPaths& paths, const RunSetup& setup, std::int64_t weights,
                        const RunState& state, const SampleMaker& samples,
                        const std::map<std::string, double>& baseline) {
    std::string card =
        "# " + std::string(setup.task->name.pattern) + " with " + setup.network->name.pattern + "\n\n";
    const std::string help = setup.task->help.pattern;
    card += help + (help.ends_with('.') ? "" : ".") +
            "\n\n## What\n\n`weights.safetensors`: " + std::to_string(weights) +
            " trained numbers, the running mean after epoch " + std::to_string(state.bestEpoch) +
            " (attempt " + std::to_string(state.attempt) +
            "). Made by Embellie " EMBELLIE_VERSION ", LibTorch " + torchcompat::version() + ", " +
            state.device + ".";
    if (const auto start = setup.request.data.find(StartRole);
        start != setup.request.data.end() && !start->second.empty())
        card += " Training began with the weights `" + start->second.front() + "`.";
    card += "\n\nInputs:\n\n";
    for (const ChannelInfo& channel : setup.task->channels(setup.settings))
        card += "- " + channel.quantity + ": " + channel.help.pattern + "\n";
    card += "\nAnswers:\n\n";
    for (const HeadInfo& head : setup.task->heads(setup.settings))
        card += "- " + head.id + ": " + head.help.pattern + "\n";
    card += "\n## How good\n\nOn " + std::to_string(samples.validation().size()) +
            " validation fields, kept apart from training but used to choose these weights:\n\n" +
            scoreTable(*setup.task, state.bestScores, baseline);
    card +=
        "\n## For what not\n\nRadars, seasons or scanning strategies unlike those below, without judging it "
        "on them first; amounts of rain, which were not judged; decisions about lives, without a person "
        "who looks at the raw data too.\n\n";
    card += pythonSection(setup, networkShape(*setup.task, setup.settings));
    card += dataSection(paths, samples);
    return card + "\n## Settings\n\n```toml\n" + setup.settings.toToml() + "```\n";
}

} // namespace embellie
