#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// Where the results of @p inputs go in @p folder: each under the name of its input, the second of one name
/// (from another folder) as name_2. @throws Error (wrong use) where one would replace another one's input
std::vector<std::filesystem::path> resultPaths(const std::filesystem::path& folder,
                                               const std::vector<std::string>& inputs);

} // namespace embellie
