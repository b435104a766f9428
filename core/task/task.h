#pragma once

#include "core/base/feedback.h"
#include "core/io/source.h"
#include "core/network/network.h"
#include "core/task/sample.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace embellie {

/// A kind of files that a task learns from.
struct DataRole {
    std::string id; ///< "rain": --data rain=PATH
    TextPattern label, help;
    bool required = false;
};

/// A number that judges a trained network on validation data.
struct ScoreInfo {
    std::string id; ///< "csi"
    TextPattern label, help;
    std::string unit; ///< UDUNITS, "1" for a pure number
    bool higherIsBetter = true;
};

/// An input of the network: a quantity at this sweep and time, or beside it.
struct ChannelInfo {
    std::string quantity; ///< id, or a name for what the task computes ("echo mask")
    int deltaSweep = 0, deltaTime = 0;
    TextPattern help;
};

/// A head of the network: what it answers.
struct HeadInfo {
    std::string id; ///< "probability"
    int channels = 1;
    TextPattern help;
};

/// Rows and columns of the samples that a task learns from.
struct SampleSize {
    std::int64_t rows = 0, columns = 0;
};

using DataByRole = std::map<std::string, std::vector<std::string>>;

/// One field to be predicted: which arrays of a file serve, and whose name the result gets.
struct PredictionInput {
    std::string array;    ///< id in the file
    std::string quantity; ///< id of that array's quantity
};

/// A task as far as it is known without LibTorch; its learn.cpp half owns loss, validation and prediction
/// (core/learn/task_learn.h). Window, command line and trainer know no task by name.
struct TaskInfo {
    std::string id;
    TextPattern name, help;
    std::vector<DataRole> roles;
    /// What is learnt from when no data are given (the built-in scene), in words; empty: data are required.
    TextPattern withoutData;
    SettingTable settings; ///< keys begin with "<id>."
    /// Values (as text) that suit the built-in scene, for a first run of about half a minute: a small
    /// network, few epochs. Keys of train.*, of the task or of a network; those that a table does not have
    /// are left out.
    std::map<std::string, std::string> quickSettings;
    std::vector<ScoreInfo> scores;
    std::string mainScore; ///< id of the one that chooses the best weights
    std::function<std::vector<ChannelInfo>(const Settings&)> channels;
    std::function<std::vector<HeadInfo>(const Settings&)> heads;
    NetworkInput input = NetworkInput::Image; ///< networks that take it fit
    std::function<SampleSize(const Settings&)> sampleSize;
    /// Reads the data (all files are opened and checked here) and gives what trains and validates. @throws
    /// Error, Cancelled
    std::function<std::unique_ptr<SampleMaker>(const Settings&, const DataByRole&, std::uint64_t seed,
                                               Feedback&)>
        samples;
    /// The arrays of a file that are to be predicted, by the task's rule or, where @p wanted is not empty,
    /// that array (by id, path or quantity). @throws Error in one sentence where nothing fits
    std::function<std::vector<PredictionInput>(const SourceInfo&, const std::string& wanted)> inputs;
    /// Further moments of the sweep of such an input that the task looks at and the file has: their arrays,
    /// each with the name by which the task knows it as its quantity. Not set where a task looks at one
    /// moment.
    std::function<std::vector<PredictionInput>(const SourceInfo&, const Settings&, const std::string& array)>
        companions{};
    /// The quantity id that the result of such an input has ("TH" is cleaned to "DBZH").
    std::function<std::string(const std::string& inputQuantity)> result;
};

/// All tasks, in the order of tasks.def.
const std::vector<const TaskInfo*>& tasks();
/// @throws Error with the nearest known id
const TaskInfo& taskOf(const std::string& id);
bool fits(const TaskInfo& task, const NetworkInfo& network);
NetworkShape networkShape(const TaskInfo& task, const Settings& settings);

/// How a run is trained whatever the task and the network: train.epochs, train.batch, train.learning_rate, …
const SettingTable& trainSettings();
/// Everything that a run of the two is set by: train.*, the task's, the network's, in this order.
SettingTable settingsOf(const TaskInfo& task, const NetworkInfo& network);

} // namespace embellie
