#include "core/command/predict/folder_watch.h"

#include "core/base/error.h"

namespace embellie {

namespace fs = std::filesystem;

static bool isUnderWay(const std::string& name) {
    for (const char* ending : {".part", ".tmp", ".filepart", "~"})
        if (name.ends_with(ending))
            return true;
    return name.starts_with('.');
}

bool FolderWatch::hasResult(const std::string& name, fs::file_time_type time) const {
    std::error_code error;
    const fs::file_time_type made = fs::last_write_time(m_results / name, error);
    return !error && made >= time;
}

std::optional<fs::path> FolderWatch::next(Clock::time_point moment) {
    for (auto& [name, seen] : m_seen)
        seen.isThere = false;
    std::error_code error;
    std::optional<fs::path> due;
    fs::file_time_type newest{};
    fs::directory_iterator at(m_folder, error), end;
    for (; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        std::error_code gone;
        if (isUnderWay(name) || !at->is_regular_file(gone) || gone)
            continue;
        const std::uintmax_t size = at->file_size(gone);
        const fs::file_time_type time = gone ? fs::file_time_type() : at->last_write_time(gone);
        if (gone)
            continue;
        const auto [place, isNew] = m_seen.try_emplace(name);
        Seen& seen = place->second;
        seen.isThere = true;
        if (isNew || seen.size != size || seen.time != time)
            seen = {size, time, moment, isNew && hasResult(name, time), true};
        const bool isDue = !seen.isHandled && size > 0 && moment - seen.since >= m_still;
        if (isDue && (!due || time > newest)) {
            due = at->path();
            newest = time;
        }
    }
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be read"), m_folder, error.value());
    std::erase_if(m_seen, [](const auto& entry) { return !entry.second.isThere; });
    return due;
}

void FolderWatch::handled(const fs::path& file) {
    if (const auto found = m_seen.find(file.filename().string()); found != m_seen.end())
        found->second.isHandled = true;
}

} // namespace embellie
