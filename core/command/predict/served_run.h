#pragma once

#include "core/base/feedback.h"
#include "core/base/process.h"
#include "core/run/run_directory.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

namespace embellie {

/// A predictor of a run on this machine (`embellie-learn serve`) that stays between files; a new one where it
/// died, which tries the same file again. SIGPIPE must be ignored. It ends with this.
class ServedRun {
public:
    /// @p request: settings of the task over those of the run, the input and the members of all files; its
    /// own files do not count. @p err gets what the predictor says.
    ServedRun(std::filesystem::path run, PredictionRequest request, std::ostream& err)
        : m_run(std::move(run)), m_request(std::move(request)), m_err(err) {}
    ~ServedRun();
    ServedRun(const ServedRun&) = delete;
    ServedRun& operator=(const ServedRun&) = delete;

    /// @throws Error where the file can't be cleaned, the predictor died on it and so did the next one, or is
    /// silent for ten minutes; Cancelled
    void clean(const std::filesystem::path& file, const std::filesystem::path& output,
               const Feedback& feedback);

private:
    void start();
    void end(bool atOnce);
    bool say(const std::string& line);
    /// Nothing where the predictor has ended. @throws Cancelled, Error
    std::optional<std::string> answer(const Feedback& feedback);

    std::filesystem::path m_run;
    PredictionRequest m_request;
    std::string m_half;
    std::ostream& m_err;
    std::optional<PipedProcess> m_process;
};

} // namespace embellie
