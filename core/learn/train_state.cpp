#include "core/learn/train_state.h"

#include "core/base/file.h"
#include "core/learn/device.h"
#include "core/run/run_json.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

std::map<std::string, torch::Tensor> weightsOf(TaskLearn& task) {
    std::map<std::string, torch::Tensor> weights;
    for (const auto& [name, module] : task.modules()) {
        for (const auto& parameter : module->named_parameters())
            weights[name + "." + parameter.key()] = parameter.value();
        for (const auto& buffer : module->named_buffers())
            weights[name + "." + buffer.key()] = buffer.value();
    }
    return weights;
}

static Error mismatch(const fs::path& file, const std::string& name) {
    return Error(text(EMBELLIE_TR(
                          "learn",
                          "the weights do not belong to this network: \"{0}\" is missing or of another size"),
                      name))
        .in(file)
        .remedy(text(EMBELLIE_TR("learn", "use the settings with which they were trained")));
}

static void copyInto(std::map<std::string, torch::Tensor> to,
                     const std::map<std::string, torch::Tensor>& from, const std::string& prefix,
                     const fs::path& file) {
    const torch::NoGradGuard noGradients;
    for (auto& [name, tensor] : to) {
        const auto found = from.find(prefix + name);
        if (found == from.end() || found->second.sizes() != tensor.sizes())
            throw mismatch(file, prefix + name);
        tensor.copy_(found->second);
    }
}

void setWeights(TaskLearn& task, const std::map<std::string, torch::Tensor>& weights, const fs::path& file) {
    copyInto(weightsOf(task), weights, "", file);
}

static std::vector<std::string> channelNames(const TaskInfo& task, const Settings& settings) {
    std::vector<std::string> names;
    for (const ChannelInfo& channel : task.channels(settings))
        names.push_back(channel.quantity);
    return names;
}

void setStartWeights(TaskLearn& task, const TaskInfo& info, const Settings& settings, SafeTensors start,
                     const fs::path& file) {
    const auto differs = [&](const auto& one) {
        const auto found = start.tensors.find(one.first);
        return found != start.tensors.end() && found->second.sizes() != one.second.sizes();
    };
    const auto ours = weightsOf(task);
    if (std::any_of(ours.begin(), ours.end(), differs) && start.metadata["embellie.task"] == info.id) {
        Settings former(info.settings);
        former.mergeToml(start.metadata["embellie.settings"], file.string(), true);
        const auto known = channelNames(info, former), wanted = channelNames(info, settings);
        const bool more =
            known.size() < wanted.size() && std::equal(known.begin(), known.end(), wanted.begin());
        for (const auto& one : ours) {
            if (!more || !differs(one) || one.second.dim() < 2)
                continue;
            torch::Tensor& from = start.tensors.at(one.first);
            std::vector<std::int64_t> sizes = one.second.sizes().vec();
            if (sizes[1] != static_cast<std::int64_t>(wanted.size()) || from.dim() != one.second.dim() ||
                from.size(1) != static_cast<std::int64_t>(known.size()))
                continue;
            sizes[1] -= from.size(1);
            from = torch::cat({from, torch::zeros(sizes, from.options())}, 1);
        }
    }
    setWeights(task, start.tensors, file);
}

AveragedWeights::AveragedWeights(TaskLearn& task, double share) : m_task(task), m_share(share) {
    for (const auto& [name, tensor] : weightsOf(task))
        m_mean[name] = tensor.detach().clone();
}

void AveragedWeights::add(std::int64_t step) {
    const torch::NoGradGuard noGradients;
    const double share = std::min(m_share, static_cast<double>(step) / static_cast<double>(step + 9));
    for (const auto& [name, tensor] : weightsOf(m_task)) {
        torch::Tensor& mean = m_mean[name];
        if (m_share > 0 && tensor.is_floating_point())
            mean.lerp_(tensor, 1 - share);
        else
            mean.copy_(tensor);
    }
}

void AveragedWeights::exchange() {
    const torch::NoGradGuard noGradients;
    for (const auto& [name, tensor] : weightsOf(m_task)) {
        const torch::Tensor weights = tensor.detach().clone();
        torch::Tensor(tensor).copy_(m_mean[name]);
        m_mean[name].copy_(weights);
    }
}

namespace {

constexpr const char* Digits = "0123456789abcdef";

std::string hexOf(const torch::Tensor& bytes) {
    std::string hex;
    for (std::int64_t i = 0; i < bytes.numel(); ++i) {
        const std::uint8_t byte = bytes.data_ptr<std::uint8_t>()[i];
        hex += Digits[byte >> 4];
        hex += Digits[byte & 15];
    }
    return hex;
}

torch::Tensor bytesOf(const std::string& hex) {
    torch::Tensor bytes = torch::zeros({static_cast<std::int64_t>(hex.size() / 2)}, torch::kUInt8);
    const auto digit = [](char c) { return static_cast<int>(c <= '9' ? c - '0' : c - 'a' + 10); };
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.data_ptr<std::uint8_t>()[i / 2] =
            static_cast<std::uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    return bytes;
}

/// Calls @p each with the name ("main.3") and the state of every parameter that an AdamW has corrected.
void forEachState(
    TaskLearn& task,
    const std::function<void(const std::string&, const torch::Tensor&, torch::optim::Optimizer&)>& each) {
    for (const auto& [name, optimizer] : task.optimisers()) {
        std::size_t index = 0;
        for (const auto& group : optimizer->param_groups())
            for (const torch::Tensor& parameter : group.params())
                each(name + "." + std::to_string(index++), parameter, *optimizer);
    }
}

std::map<std::string, torch::Tensor> optimiserTensors(TaskLearn& task) {
    std::map<std::string, torch::Tensor> tensors;
    forEachState(task, [&](const std::string& name, const torch::Tensor& parameter,
                           torch::optim::Optimizer& optimizer) {
        const auto found = optimizer.state().find(torchcompat::stateKey(parameter));
        if (found == optimizer.state().end())
            return;
        const auto& state = static_cast<const torch::optim::AdamWParamState&>(*found->second);
        tensors[name + ".exp_avg"] = state.exp_avg();
        tensors[name + ".exp_avg_sq"] = state.exp_avg_sq();
        tensors[name + ".step"] = torch::tensor(state.step(), torch::kInt64);
    });
    return tensors;
}

void setOptimisers(TaskLearn& task, const std::map<std::string, torch::Tensor>& tensors,
                   const fs::path& file) {
    for (const auto& [name, optimizer] : task.optimisers())
        optimizer->state().clear();
    forEachState(task, [&](const std::string& name, const torch::Tensor& parameter,
                           torch::optim::Optimizer& optimizer) {
        const auto step = tensors.find(name + ".step");
        if (step == tensors.end())
            return;
        const auto average = tensors.find(name + ".exp_avg"), square = tensors.find(name + ".exp_avg_sq");
        if (average == tensors.end() || square == tensors.end() ||
            average->second.sizes() != parameter.sizes() || square->second.sizes() != parameter.sizes())
            throw mismatch(file, name);
        auto state = std::make_unique<torch::optim::AdamWParamState>();
        state->step(step->second.item<std::int64_t>());
        state->exp_avg(average->second.to(parameter.device()));
        state->exp_avg_sq(square->second.to(parameter.device()));
        optimizer.state()[torchcompat::stateKey(parameter)] = std::move(state);
    });
}

} // namespace

void writeCheckpoint(const fs::path& folder, TaskLearn& task, AveragedWeights& average,
                     const TrainProgress& progress, const torch::Tensor& streams) {
    json ranks = json::array();
    for (std::int64_t rank = 0; rank < streams.size(0); ++rank) {
        const torch::Tensor bytes = streams[rank].contiguous();
        json words{{"rank", rank}, {"torch_cpu_generator", hexOf(bytes.narrow(0, 0, cpuRandomBytes()))}};
        if (const std::int64_t rest = bytes.numel() - cpuRandomBytes(); rest > 0)
            words["torch_cuda_generator"] = hexOf(bytes.narrow(0, cpuRandomBytes(), rest));
        ranks.push_back(words);
    }
    writeFolderAtomically(folder, [&](const fs::path& aside) {
        writeSafeTensors(aside / "weights.safetensors", {weightsOf(task), {{"format", "pt"}}});
        std::map<std::string, torch::Tensor> others = optimiserTensors(task);
        for (const auto& [name, tensor] : average.tensors())
            others["average." + name] = tensor;
        writeSafeTensors(aside / "optimizer.safetensors", {others, {{"format", "pt"}}});
        const json words{
            {"format", RunFormat},
            {"step", progress.step},
            {"epoch_loss", progress.epochLoss},
            {"last_event", progress.lastEvent},
            {"best_epoch", progress.bestEpoch},
            {"best_scores", progress.bestScores},
            {"highest_epoch", progress.highestEpoch},
            {"best_score", progress.highestScore},
            {"sampler", {{"next_step", progress.step}}},
            {"loss_scale", {{"factor", progress.lossScale.factor}, {"good_steps", progress.lossScale.good}}},
            {"ranks", ranks}};
        writeFileAtomically(aside / "progress.json", words.dump(1, '\t') + "\n");
    });
}

void demandOurs(const fs::path& checkpoint) {
    for (const char* name : {"progress.json", "weights.safetensors", "optimizer.safetensors"}) {
        const fs::path file = checkpoint / name;
        const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        if (opened < 0 && errno != ENOENT)
            throw systemError(EMBELLIE_TR("learn", "the checkpoint can't be read"), file, errno);
        if (opened >= 0)
            ::close(opened);
    }
    const fs::path file = checkpoint / "progress.json";
    const json words = json::parse(readFile(file), nullptr, false);
    if (const auto format = words.find("format");
        words.is_object() && format != words.end() && format->is_number_integer())
        detail::checkFormat(format->get<std::int64_t>(), file);
}

TrainProgress readCheckpoint(const fs::path& folder, TaskLearn& task, AveragedWeights& average, int rank,
                             torch::Device device) {
    const fs::path file = folder / "progress.json";
    const json words = json::parse(readFile(file), nullptr, false);
    TrainProgress progress;
    try {
        progress.step = words.at("step");
        progress.epochLoss = words.at("epoch_loss");
        progress.lastEvent = words.at("last_event");
        progress.bestEpoch = words.at("best_epoch");
        progress.highestEpoch = words.value("highest_epoch", progress.bestEpoch);
        progress.highestScore =
            words.at("best_score").is_null() ? std::nan("") : words.at("best_score").get<double>();
        for (const auto& [name, value] : words.at("best_scores").items())
            progress.bestScores[name] = value.is_null() ? std::nan("") : value.get<double>();
        if (const auto scale = words.find("loss_scale"); scale != words.end())
            progress.lossScale = {scale->at("factor"), scale->at("good_steps")};
        if (const json& ranks = words.at("ranks"); static_cast<std::size_t>(rank) < ranks.size()) {
            const json& own = ranks.at(static_cast<std::size_t>(rank));
            const torch::Tensor cpu = bytesOf(own.at("torch_cpu_generator"));
            setRandomState(own.contains("torch_cuda_generator")
                               ? torch::cat({cpu, bytesOf(own.at("torch_cuda_generator"))})
                               : cpu,
                           device);
        }
    } catch (const json::exception&) {
        throw Error(text(EMBELLIE_TR("learn", "the checkpoint can't be understood"))).in(file);
    }
    setWeights(task, readSafeTensors(folder / "weights.safetensors").tensors, folder / "weights.safetensors");
    const auto others = readSafeTensors(folder / "optimizer.safetensors").tensors;
    setOptimisers(task, others, folder / "optimizer.safetensors");
    copyInto(average.tensors(), others, "average.", folder / "optimizer.safetensors");
    return progress;
}

static fs::path partsFile(const RunPaths& paths) {
    return paths.run / "memory.json";
}

static std::string hidden(const fs::path& path) {
    std::string name(1, '.');
    name += path.filename().string();
    return name;
}

void removeCheckpoint(const fs::path& folder) {
    const fs::path aside = folder.parent_path() / (hidden(folder) += ".old.part");
    std::error_code ignored;
    fs::remove_all(aside, ignored);
    fs::rename(folder, aside, ignored);
    fs::remove_all(aside, ignored);
}

void clearHalfWritten(const RunPaths& paths) {
    std::vector<fs::path> left;
    std::error_code ignored;
    const auto look = [&](const fs::path& folder, auto&& isOurs) {
        for (auto entry = fs::directory_iterator(folder, ignored); entry != fs::directory_iterator();
             entry.increment(ignored))
            if (const std::string name = entry->path().filename().string();
                name.starts_with('.') && name.ends_with(".part") && isOurs(name))
                left.push_back(entry->path());
    };
    // In the run's own folder others write too, perhaps just now: only what is the trainer's alone.
    look(paths.run, [&](const std::string& name) {
        for (const fs::path& file :
             {paths.state(), paths.data(), paths.split(), paths.weights(), paths.card(), partsFile(paths)})
            if (name.starts_with(hidden(file) += '.'))
                return true;
        return false;
    });
    const auto all = [](const std::string&) { return true; };
    look(paths.checkpoints(), all);
    for (auto entry = fs::directory_iterator(paths.samples(), ignored); entry != fs::directory_iterator();
         entry.increment(ignored))
        look(entry->path(), all);
    for (const fs::path& path : left)
        fs::remove_all(path, ignored);
}

std::int64_t readParts(const RunPaths& paths) {
    std::error_code ignored;
    if (!fs::exists(partsFile(paths), ignored))
        return 1;
    const json words = json::parse(readFile(partsFile(paths)), nullptr, false);
    return words.is_object() ? std::max<std::int64_t>(1, words.value("parts", std::int64_t(1))) : 1;
}

void writeParts(const RunPaths& paths, std::int64_t parts) {
    writeFileAtomically(partsFile(paths), json{{"format", RunFormat}, {"parts", parts}}.dump() + "\n");
}

} // namespace embellie
