#include "core/command/predict/folder_watch.h"

#include "core/base/error.h"

#include <algorithm>

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
    while (!m_due.empty() && !isDue(m_due.back()))
        m_due.pop_back();
    if (m_due.empty() || m_again.count() == 0 || moment >= m_next) {
        const Clock::time_point begin = Clock::now();
        look(moment);
        m_next = moment + std::max<Clock::duration>(m_again, 10 * (Clock::now() - begin));
    }
    return m_due.empty() ? std::nullopt : std::optional(m_folder / m_due.back());
}

/// Nobody has handled, changed or removed it since the last look.
bool FolderWatch::isDue(const std::string& name) const {
    const auto found = m_seen.find(name);
    if (found == m_seen.end() || found->second.isHandled)
        return false;
    std::error_code error;
    return fs::file_size(m_folder / name, error) == found->second.size && !error &&
           fs::last_write_time(m_folder / name, error) == found->second.time && !error;
}

void FolderWatch::look(Clock::time_point moment) {
    for (auto& [name, seen] : m_seen)
        seen.isThere = false;
    m_due.clear();
    std::error_code error;
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
        if (!seen.isHandled && size > 0 && moment - seen.since >= m_still)
            m_due.push_back(name);
    }
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be read"), m_folder, error.value());
    std::erase_if(m_seen, [](const auto& entry) { return !entry.second.isThere; });
    std::stable_sort(m_due.begin(), m_due.end(), [this](const std::string& a, const std::string& b) {
        return m_seen.at(a).time < m_seen.at(b).time;
    });
}

void FolderWatch::handled(const fs::path& file) {
    if (const auto found = m_seen.find(file.filename().string()); found != m_seen.end())
        found->second.isHandled = true;
}

} // namespace embellie
