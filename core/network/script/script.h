#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// One plane that a model takes: (x - offset) / scale, cut to [least, most]; cells without a value get
/// @p missing as it stands.
struct ScriptChannel {
    std::vector<std::string> quantities; ///< ids of moments, the first that a sweep has; or
    std::string computed;                ///< "echo", "range", "height", "elevation", "azimuth"; see the docs
    std::string unit;                    ///< of the moment; empty: whatever it has
    double offset = 0, scale = 1;
    std::optional<double> least, most;
    std::optional<double> missing; ///< without it, a sweep without the moment is an error
};

/// One argument of a model's forward(): (batch, channel, ray, gate).
struct ScriptInput {
    std::vector<ScriptChannel> channels; ///< of the model's own; or
    std::vector<int> taskChannels;       ///< the task's, by number
    std::size_t size() const { return channels.empty() ? taskChannels.size() : channels.size(); }
};

/// What a plane, or several, of a model's answer mean.
struct ScriptOutput {
    enum class Meaning {
        Rain,    ///< probability that an echo is rain: what is kept and removed
        Classes, ///< one number a class, the greatest wins
        Field,   ///< a quantity: x * scale + offset
    };
    enum class Form { Logit, Probability, Softmax }; ///< of Rain
    Meaning meaning = Meaning::Rain;
    Form form = Form::Logit;
    int answer = 0, channel = 0; ///< which tensor, and which of its channels (Classes: from the first on)
    double offset = 0, scale = 1;
    std::string quantity, unit; ///< of Field
    std::vector<std::pair<int, std::string>> classes;
};

/// A TorchScript model of somebody else as its TOML describes it.
struct ScriptModel {
    std::filesystem::path file; ///< the .pt
    std::string name;
    std::string task = "denoise";
    int multiple = 1;                  ///< rows and columns are padded to multiples of this
    bool circular = true;              ///< the last ray is the neighbour of the first
    std::string settings;              ///< TOML of the task's settings that it wants
    std::vector<ScriptInput> inputs;   ///< empty: one, all channels of the task
    std::vector<ScriptOutput> outputs; ///< empty: the heads of the task
    /// It takes and answers what the task says: it can be trained, and the task knows what to do with it.
    bool isOfTask() const { return outputs.empty(); }
};

/// @p file is the TOML, or the .pt of a model that takes and answers what a task says. Nothing is opened but
/// the TOML. @throws Error
ScriptModel readScriptModel(const std::filesystem::path& file);

/// How many numbers a TorchScript file holds in its tensors (weights and buffers), by the sizes in its list
/// of content; nothing is unpacked. @throws Error where it is no such file
std::int64_t scriptNumbers(const std::filesystem::path& file);

} // namespace embellie
