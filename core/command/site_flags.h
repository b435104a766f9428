#pragma once

#include "core/launch/site.h"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace embellie {

/// --site and what is asked of it: --time, --gpus, --ranks, --cpus, --memory-mb, --partition, --max-requeues.
class SiteFlags {
public:
    explicit SiteFlags(CLI::App& app);
    bool empty() const; ///< nothing but perhaps the site was given
    const std::string& site() const;
    Resources resources() const; ///< @throws Error (wrong use)

private:
    struct Words;
    std::shared_ptr<Words> m_words; // CLI11 keeps pointers into it
};

} // namespace embellie
