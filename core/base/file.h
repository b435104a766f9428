#pragma once

#include "core/base/feedback.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace embellie {

/// The whole content. @throws Error
std::string readFile(const std::filesystem::path& path);

/// Writes aside (same folder), fsyncs, renames, fsyncs the folder: readers see the old content or the new.
/// @throws Error; the old content is then untouched and nothing is left aside.
void writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// The same for libraries that open the file themselves: @p write gets the path aside.
void writeFileAtomically(const std::filesystem::path& path,
                         const std::function<void(const std::filesystem::path& aside)>& write);

/// The same for a folder that is complete when renamed into place; @p path must not exist yet.
void writeFolderAtomically(const std::filesystem::path& path,
                           const std::function<void(const std::filesystem::path& aside)>& write);

/// Flushes a file, or a folder's list of names, to the disk. @throws Error
void syncToDisk(const std::filesystem::path& path);

/// FIPS 180-4, as 64 hexadecimal digits. @throws Error, Cancelled
std::string sha256OfFile(const std::filesystem::path& path, Feedback& feedback);
std::string sha256(std::string_view bytes);

/// The folder of our programs: $EMBELLIE_BIN, else that of the running one.
std::filesystem::path programFolder();

/// The project's resources (palettes, maps, sites, models): $EMBELLIE_RESOURCES, else share/embellie beside
/// the program's folder, else "resources" in one of the folders above it. @throws Error where there is none
std::filesystem::path resourceFolder();

} // namespace embellie
