#pragma once

#include "core/launch/site.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// The text as one word of a POSIX shell, whatever it holds. @throws Error for a NUL byte
std::string shellQuoted(const std::string& text);

/// The job script of one run, or of an array of them: modules and environment of the site, then, as its last
/// line, exec of the learner, so that it gets the warning signal itself.
/// @param learner embellie-learn on the nodes @param word "train" or "predict" @throws Error
std::string jobScript(const LaunchSite& site, const Resources& resources,
                      const std::filesystem::path& learner, const std::string& word,
                      const std::vector<std::filesystem::path>& runs);

/// A name for squeue: the run's own in letters, digits, ".", "-" and "_".
std::string jobName(const std::filesystem::path& run);

} // namespace embellie
