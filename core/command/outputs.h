#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// What is read is never written over, whatever links and folders lead to it. Folders among @p inputs stand
/// for the files that lie in them. @throws Error (wrong use) where @p output is one of them
void demandNoInput(const std::filesystem::path& output, const std::vector<std::string>& inputs);

} // namespace embellie
