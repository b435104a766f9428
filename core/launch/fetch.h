#pragma once

#include "core/launch/relay_client.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// What stays on the far side until it is wanted.
enum class RunPart { Weights, Samples, Checkpoint, Prediction };

/// Brings a part of a mirrored run here: each file aside (.part), resumed where it stopped, compared by size
/// and SHA-256, then renamed. What is here already and the same is not brought again. Progress in bytes.
/// @param number of the checkpoint or prediction @return the files, local @throws Error, Cancelled
std::vector<std::filesystem::path> fetchPart(const std::filesystem::path& run, RunPart part,
                                             RelayClient& line, Feedback& feedback, std::int64_t number = 0);

/// Brings one far file to @p local. @throws Error, Cancelled: the .part then waits to be resumed
void fetchFile(RelayClient& line, const std::string& farFile, const std::filesystem::path& local,
               Feedback& feedback);

/// Brings the files of a far folder, with the folders in it, below @p local. @throws Error, Cancelled
std::vector<std::filesystem::path> fetchFolder(RelayClient& line, const std::string& farFolder,
                                               const std::filesystem::path& local, Feedback& feedback);

/// Sends a file or a folder below @p farFolder/sent, named by its content, so that the same data is sent
/// once.
/// @return its absolute path over there @throws Error, Cancelled: what was sent waits to be resumed
std::string sendPath(RelayClient& line, const std::filesystem::path& local, const std::string& farFolder,
                     Feedback& feedback);

} // namespace embellie
