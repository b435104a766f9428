#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Files that arrive in a folder, each when it is whole: its size and time have stood still for a while. It
/// looks when it is asked to (network disks tell nobody of what others write) and remembers only what lies in
/// the folder now. Names that begin with a dot or end in .part, .tmp, .filepart or ~ are those of copies
/// under way.
class FolderWatch {
public:
    using Clock = std::chrono::steady_clock;

    /// A file whose result, of the same name in @p results, is not older counts as done. While files are due,
    /// the folder is looked at again after @p again only, or after ten times as long as a look takes: a look
    /// at an archive takes longer than a file.
    FolderWatch(std::filesystem::path folder, std::filesystem::path results, std::chrono::milliseconds still,
                std::chrono::milliseconds again = {})
        : m_folder(std::move(folder)), m_results(std::move(results)), m_still(still), m_again(again) {}

    /// @return of the files that are due the one that was written last; nothing where none is
    /// @throws Error where the folder can't be read
    std::optional<std::filesystem::path> next(Clock::time_point moment);
    /// It is not due again unless it changes.
    void handled(const std::filesystem::path& file);

private:
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time{};
        Clock::time_point since{};
        bool isHandled = false, isThere = true;
    };
    bool hasResult(const std::string& name, std::filesystem::file_time_type time) const;
    void look(Clock::time_point moment);
    bool isDue(const std::string& name) const;

    std::filesystem::path m_folder, m_results;
    std::chrono::milliseconds m_still, m_again;
    std::map<std::string, Seen> m_seen;
    std::vector<std::string> m_due; ///< names, the newest last
    Clock::time_point m_next{};     ///< when to look again, though files are due
};

} // namespace embellie
