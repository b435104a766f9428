#include "core/launch/lines.h"

#include "core/launch/ssh_line.h"

namespace embellie {

Lines::Lines(RelayTimes times) : m_times(times) {}
Lines::~Lines() = default;

std::shared_ptr<RelayClient> Lines::to(const LaunchSite& site) {
    if (site.kind != SiteKind::Ssh)
        throw Error(text(EMBELLIE_TR("launch", "{0} is not reached through ssh"), site.label)).wrongUse();
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<RelayClient>& line = m_lines[site.id];
    if (!line)
        line = std::make_shared<RelayClient>(
            sshRelay({.host = site.host, .config = site.sshConfig, .programs = site.programs}), site.label,
            m_times);
    return line;
}

std::shared_ptr<RelayClient> Lines::known(const std::string& siteId) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_lines.find(siteId);
    return found == m_lines.end() ? nullptr : found->second;
}

void Lines::close(const std::string& siteId) {
    std::shared_ptr<RelayClient> closed; // ends outside the lock: it may take a second
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_lines.find(siteId); found != m_lines.end()) {
        closed = std::move(found->second);
        m_lines.erase(found);
    }
}

} // namespace embellie
