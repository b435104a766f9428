#include "core/command/site_flags.h"

#include <CLI/CLI.hpp>

namespace embellie {

struct SiteFlags::Words {
    std::string site;
    std::map<std::string, std::string> given;
};

SiteFlags::SiteFlags(CLI::App& app) : m_words(std::make_shared<Words>()) {
    std::string sites;
    for (const KnownSite& known : knownSites())
        sites += (sites.empty() ? "" : ", ") + known.id;
    app.add_option("--site", m_words->site, "Where it executes: " + sites + " [local]");
    const auto add = [&](const char* flag, const char* key, const char* type, const char* help) {
        app.add_option_function<std::string>(
               flag, [words = m_words, key](const std::string& value) { words->given[key] = value; }, help)
            ->type_name(type)
            ->group("Resources of a Slurm site");
    };
    add("--time", "time", "T", "Wall time of one job: 90 (minutes), 2:00:00, 8 h, 1-12:00:00 [the site's]");
    add("--gpus", "gpus", "N", "GPUs [the site's]");
    add("--ranks", "ranks", "N", "Processes that train together [one a GPU]");
    add("--cpus", "cpus", "N", "Cores of each process [the site's]");
    add("--memory-mb", "memory_mb", "N", "Memory on a node [the site's]");
    add("--partition", "partition", "NAME", "Queue [the site's]");
    add("--max-requeues", "max_requeues", "N", "How often the job may go on in a further one [the site's]");
}

bool SiteFlags::empty() const {
    return m_words->given.empty();
}

const std::string& SiteFlags::site() const {
    return m_words->site;
}

Resources SiteFlags::resources() const {
    return resourcesFrom(m_words->given);
}

} // namespace embellie
