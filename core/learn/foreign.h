#pragma once

#include "core/learn/run_setup.h"
#include "core/learn/task_learn.h"
#include "core/network/script/script.h"

#include <functional>
#include <optional>

namespace embellie {

/// The model of somebody else that these settings name; nothing where the network is one of ours. @throws
/// Error
std::optional<ScriptModel> scriptModelOf(const Settings& settings);

/// Copies the model's files into RUN/model, unless they are there: a run must not break where a file
/// elsewhere is changed. @throws Error
void keepModel(const RunPaths& paths, const Settings& settings);
/// Lets the settings name the run's own copy where it has one.
void useKeptModel(const RunPaths& paths, Settings& settings);

/// A model with channels and meanings of its own (ScriptModel::outputs): it predicts by itself, what a task
/// does with its heads. On the CPU; one thread at a time.
class ForeignModel {
public:
    /// @p settings: those of the task. @throws Error
    ForeignModel(ScriptModel model, const TaskInfo& task, const Settings& settings);

    /// The first moment that it looks at, of each azimuth sweep (or @p wanted). @throws Error
    std::vector<PredictionInput> inputs(const SourceInfo& info, const std::string& wanted) const;

    /// Another moment of the sweep that is being predicted, by id; null where there is none.
    using Moment = std::function<FieldPtr(const std::string& quantity)>;
    /// @throws Error
    std::vector<ResultField> predict(const FieldPtr& input, const Moment& moment);

    /// Answers of the model to planes of zeros: whether it runs and what its outputs name is there. @throws
    /// Error
    void tryOut();
    std::map<std::string, torch::Tensor> tensors() const; ///< by their names, not copied

private:
    std::vector<torch::Tensor> answers(const std::vector<torch::Tensor>& planes);
    ScriptModel m_model;
    double m_threshold = 0.5;
    torch::jit::Module m_module;
};

/// Makes a finished run of a model of somebody else, which predicts and is judged like one of ours.
/// @p file as readScriptModel(); @p run must not exist. @throws Error; nothing is then left behind
void importModel(const std::filesystem::path& file, const std::filesystem::path& run);

} // namespace embellie
