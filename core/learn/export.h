#pragma once

#include <filesystem>

namespace embellie {

/// Writes a run's best weights with their network as TorchScript, which Python's torch.jit.load runs without
/// this program, and beside it the TOML that lets `predict --model` and `script.file` take it back.
/// @p output ends with ".pt". @throws Error
void exportRun(const std::filesystem::path& run, const std::filesystem::path& output);

} // namespace embellie
