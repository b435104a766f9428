#pragma once

#include <filesystem>

namespace embellie {

/// False only where nothing has that name. @throws Error where the disk does not tell (no permission, a dead
/// disk): what can't be looked at is not absent, and must not be begun anew over it
bool isPresent(const std::filesystem::path& path);

} // namespace embellie
