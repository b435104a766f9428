#pragma once

#include "core/io/result.h"
#include "core/learn/foreign.h"
#include "core/learn/run_setup.h"
#include "core/learn/safetensors.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// A run's best weights, alone or with those of further runs of its task (an ensemble), or the model of
/// somebody else that a run holds, ready for files. One thread.
class Cleaner {
public:
    explicit Cleaner(std::filesystem::path run) : m_run(std::move(run)) {}

    /// Loads what is not loaded, or has changed since; @p settings of the task as text, over those of each
    /// run. @p members: further runs. @throws Error
    void prepare(const std::map<std::string, std::string>& settings,
                 const std::vector<std::string>& members = {});
    /// Writes the results of a file, in its family, to @p output; after prepare(). @p wanted names the array
    /// where the task's choice is not. Ends between two sweeps where stopSignal is set. @throws Error,
    /// Cancelled
    void clean(const std::filesystem::path& input, const std::string& wanted,
               const std::filesystem::path& output);

private:
    /// A run as it was loaded.
    struct Loaded {
        RunPaths paths;
        std::string key; ///< of what is loaded; empty: nothing is
        RunSetup setup{};
        std::string weightsHash{}, epoch{};
        std::unique_ptr<TaskLearn> task{};     ///< one of both
        std::unique_ptr<ForeignModel> model{}; ///< one of both
    };
    static void load(Loaded& run, const std::map<std::string, std::string>& settings);
    std::vector<ResultField> predict(Source& source, const PredictionInput& input);
    OdimAttributes how() const;

    std::filesystem::path m_run;
    std::vector<Loaded> m_loaded; ///< m_run first
};

/// `embellie-learn serve RUN`: cleans files on request, one after another, until its input ends or a signal
/// asks it to. A line of JSON in, {"file", "output", "input", "settings", "members"}, where names of files
/// are as bytesToJson() has them; a line out, {"problem"}: a sentence, empty where all went well.
/// @return the exit status
int serveRun(const std::filesystem::path& run);

} // namespace embellie
