#pragma once

#include "core/launch/relay_client.h"
#include "core/launch/site.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace embellie {

/// The lines to far machines, one per site, opened when first asked for. One object a program, kept by its
/// owner; thread-safe.
class Lines {
public:
    explicit Lines(RelayTimes times = {});
    ~Lines();
    /// @throws Error where the site is not reached through ssh, or its host is none
    std::shared_ptr<RelayClient> to(const LaunchSite& site);
    /// The line where it was opened, else nothing.
    std::shared_ptr<RelayClient> known(const std::string& siteId) const;
    void close(const std::string& siteId);

private:
    RelayTimes m_times;
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<RelayClient>> m_lines;
};

} // namespace embellie
