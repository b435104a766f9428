#pragma once

#include "core/io/dataset.h"
#include "core/method/method.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace embellie {

/// A method with its settings and its context, ready for files. One thread at a time.
class MethodRunner {
public:
    /// @p context are files and folders with other times (and other moments) of the radar; may be empty.
    /// @throws Error: settings of another method, a method that uses a context without one; Cancelled
    MethodRunner(const MethodInfo& method, Settings settings, const std::vector<std::string>& context,
                 Feedback& feedback);

    /// One field of a file. @throws Error, Cancelled
    MethodResult field(Source& source, const PredictionInput& input, Feedback& feedback);

    /// All fields of a file that the task would predict (or @p wanted: an array's id, path or quantity),
    /// written as results of networks are. @throws Error, Cancelled
    void file(const std::filesystem::path& input, const std::string& wanted,
              const std::filesystem::path& output, Feedback& feedback);

private:
    const MethodInfo& m_method;
    Settings m_settings;
    std::shared_ptr<Dataset> m_context; ///< null without
};

} // namespace embellie
