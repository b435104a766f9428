#pragma once

#include <chrono>
#include <filesystem>

namespace embellie {

/// The exit status of a rank that needs the run to begin again with the batch in more parts (memory.json).
inline constexpr int BeginAgain = 76;

/// Starts `embellie-learn train RUN` @p count times as plain children, each told its rank, hands signals on
/// to them, and waits. Where one ends, the others have @p timeout to notice; where they need more parts of
/// the batch, all are started again. A child ends with this process, however that ends.
/// @return what the first rank said, or ContinueMe where it could not @throws Error where none can be started
int startRanks(const std::filesystem::path& run, int count, std::chrono::milliseconds timeout);

} // namespace embellie
