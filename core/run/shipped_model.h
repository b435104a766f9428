#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Trained networks that come with the program: run directories in resources/models, one a task, trained on
/// simulated scenes alone. They are read as any run (card.md says how good they are), but nothing is written
/// into them.

/// Their folders. @throws Error where there are no resources at all
std::vector<std::filesystem::path> shippedModels();

/// That of a task; nothing where none comes with the program.
std::optional<std::filesystem::path> shippedModel(const std::string& task);

/// A run that predictions can be written into: @p run itself, or a copy in $XDG_CACHE_HOME/embellie/models
/// (~/.cache; without a home a folder of this user's alone where temporary files lie), made at the first
/// call: of a shipped model, and of a run whose folder only others may write (what predicts of it: request,
/// weights, card, a choice of threshold, a model of one's own). @throws Error
std::filesystem::path usableRun(const std::filesystem::path& run);

} // namespace embellie
