#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace embellie::test {

/// The folder of real observations: $EMBELLIE_DATA, else ../shared/data beside the source folder.
/// Nothing where it is missing: the test then skips with a count (see EMBELLIE_NEEDS_DATA).
std::optional<std::filesystem::path> dataFolder();

/// The folder of the programs of this build ($EMBELLIE_BIN, set by ctest).
std::filesystem::path programFolder();

/// The source folder ($EMBELLIE_SOURCE, set by ctest).
std::filesystem::path sourceFolder();

/// A new empty folder, removed with its content at the end of its life.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

} // namespace embellie::test

/// Skips the current test function, aloud, where the real observations are missing.
#define EMBELLIE_NEEDS_DATA()                                                                                \
    if (!embellie::test::dataFolder())                                                                       \
    QSKIP("needs the folder of real observations (set EMBELLIE_DATA)")
