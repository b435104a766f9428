#pragma once

#include "core/learn/foreign.h"
#include "core/learn/run_setup.h"
#include "core/learn/safetensors.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace embellie {

/// A run's best weights, or the model of somebody else that a run holds, ready for files. One thread.
class Cleaner {
public:
    explicit Cleaner(std::filesystem::path run) : m_paths{std::move(run)} {}

    /// Loads what is not loaded, or has changed since; @p settings of the task as text, over those of the
    /// run. @throws Error
    void prepare(const std::map<std::string, std::string>& settings);
    /// Writes the results of a file, in its family, to @p output; after prepare(). @p wanted names the array
    /// where the task's choice is not. Ends between two sweeps where stopSignal is set. @throws Error,
    /// Cancelled
    void clean(const std::filesystem::path& input, const std::string& wanted,
               const std::filesystem::path& output);

private:
    std::vector<ResultField> predict(Source& source, const PredictionInput& input);

    RunPaths m_paths;
    std::string m_key; ///< of what is loaded
    RunSetup m_setup;
    std::string m_weightsHash, m_epoch;
    std::unique_ptr<TaskLearn> m_task;     ///< one of both
    std::unique_ptr<ForeignModel> m_model; ///< one of both
};

/// `embellie-learn serve RUN`: cleans files on request, one after another, until its input ends. A line of
/// JSON in, {"file", "output", "input", "settings"}; a line out, {"problem"}: a sentence, empty where all
/// went well. @return the exit status
int serveRun(const std::filesystem::path& run);

} // namespace embellie
