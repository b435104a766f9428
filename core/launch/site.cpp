#include "core/launch/site.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/settings/settings.h"

#include <algorithm>
#include <cstdlib>
#include <fnmatch.h>
#include <set>
#include <sstream>

#include <toml++/toml.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// Takes known keys out of a table; what is left over is an error with the nearest known key.
class TableReader {
public:
    TableReader(const toml::table& table, fs::path file, std::string name = {})
        : m_table(table), m_file(std::move(file)), m_name(std::move(name)) {}

    template <class T>
    void take(const char* key, T& target) {
        if (const toml::node* node = find(key)) {
            const auto value = node->value_exact<T>();
            if (!value)
                throw bad(*node, key, kindOf(T{}));
            target = *value;
        }
    }
    void take(const char* key, double& target) {
        if (const toml::node* node = find(key)) {
            const auto value = node->value<double>();
            if (!value || !(*value >= 0))
                throw bad(*node, key, EMBELLIE_TR("launch", "a number of at least 0"));
            target = *value;
        }
    }
    template <class T>
    void takeCount(const char* key, T& target, std::int64_t least = 0) {
        if (const toml::node* node = find(key)) {
            const auto value = node->value_exact<std::int64_t>();
            if (!value || *value < least || *value > 1'000'000'000)
                throw bad(*node, key, EMBELLIE_TR("launch", "a whole number that makes sense here"));
            target = static_cast<T>(*value);
        }
    }
    void takeTime(const char* key, std::chrono::minutes& target) {
        std::string words;
        take(key, words);
        if (words.empty())
            return;
        const auto time = parseWallTime(words);
        if (!time)
            throw bad(*m_table.get(key), key,
                      EMBELLIE_TR("launch", "a wall time, such as \"20:00:00\" or \"1-12:00:00\""));
        target = *time;
    }
    void take(const char* key, std::vector<std::string>& target) {
        const toml::node* node = find(key);
        if (!node)
            return;
        const toml::array* array = node->as_array();
        target.clear();
        for (std::size_t i = 0; array && i < array->size(); ++i)
            if (const auto word = array->get(i)->value_exact<std::string>())
                target.push_back(*word);
        if (!array || target.size() != array->size())
            throw bad(*node, key, EMBELLIE_TR("launch", "a list of texts"));
    }
    void take(const char* key, std::map<std::string, std::string>& target) {
        const toml::node* node = find(key);
        if (!node)
            return;
        const toml::table* table = node->as_table();
        if (!table)
            throw bad(*node, key, EMBELLIE_TR("launch", "a table of texts"));
        for (const auto& [name, entry] : *table) {
            const auto word = entry.value_exact<std::string>();
            if (!word)
                throw bad(entry, std::string(key) + "." + std::string(name.str()),
                          EMBELLIE_TR("launch", "a text"));
            target[std::string(name.str())] = *word;
        }
    }
    const toml::table* table(const char* key) {
        const toml::node* node = find(key);
        if (node && !node->as_table())
            throw bad(*node, key, EMBELLIE_TR("launch", "a table, [{0}]"));
        return node ? node->as_table() : nullptr;
    }
    std::vector<const toml::table*> tables(const char* key) {
        std::vector<const toml::table*> found;
        const toml::node* node = find(key);
        if (!node)
            return found;
        const toml::array* array = node->as_array();
        for (std::size_t i = 0; array && i < array->size(); ++i)
            if (const toml::table* entry = array->get(i)->as_table())
                found.push_back(entry);
        if (!array || found.size() != array->size())
            throw bad(*node, key, EMBELLIE_TR("launch", "tables, [[{0}]]"));
        return found;
    }
    void finish() const {
        for (const auto& [key, node] : m_table) {
            const std::string name(key.str());
            if (std::find(m_known.begin(), m_known.end(), name) != m_known.end())
                continue;
            Error error(text(EMBELLIE_TR("launch", "a site has no \"{0}\""), m_name + name));
            error.in(m_file, placeOf(node));
            if (const std::string nearest = nearestName(name, m_known); !nearest.empty())
                error.remedy(text(EMBELLIE_TR("launch", "perhaps {0} is meant"), m_name + nearest));
            throw error;
        }
    }
    Error bad(const toml::node& node, const std::string& key, TextPattern expected) const {
        Error error(text(EMBELLIE_TR("launch", "the value of {0} can't be used"), m_name + key));
        error.in(m_file, placeOf(node)).expected(text(expected, key));
        return error;
    }
    const toml::node* find(const char* key) {
        m_known.emplace_back(key);
        return m_table.get(key);
    }

private:
    static TextPattern kindOf(const std::string&) { return EMBELLIE_TR("launch", "a text"); }
    static TextPattern kindOf(bool) { return EMBELLIE_TR("launch", "true or false"); }
    static std::string placeOf(const toml::node& node) {
        return "line " + std::to_string(node.source().begin.line);
    }
    const toml::table& m_table;
    fs::path m_file;
    std::string m_name;
    std::vector<std::string> m_known;
};

SiteKind kindFrom(TableReader& reader, const char* key, std::initializer_list<SiteKind> allowed,
                  SiteKind fallback) {
    std::string word;
    reader.take(key, word);
    if (word.empty())
        return fallback;
    std::string names;
    for (const SiteKind kind : allowed) {
        if (word == siteKindKey(kind))
            return kind;
        names += std::string(names.empty() ? "\"" : ", \"") + siteKindKey(kind) + "\"";
    }
    throw reader.bad(*reader.find(key), key, EMBELLIE_TR("launch", "one of the kinds named in the manual"))
        .expected(text(EMBELLIE_TR("launch", "one of {0}"), names));
}

Resources standardFrom(const toml::table& table, const fs::path& file) {
    Resources standard;
    TableReader reader(table, file, "standard.");
    reader.takeTime("time", standard.time);
    reader.takeCount("gpus", standard.gpus);
    reader.takeCount("ranks", standard.ranks, 1);
    reader.takeCount("cpus", standard.cpus, 1);
    reader.takeCount("memory_mb", standard.memoryMb, 1);
    reader.take("partition", standard.partition);
    reader.takeCount("max_requeues", standard.maxRequeues);
    reader.finish();
    return standard;
}

Partition partitionFrom(const toml::table& table, const fs::path& file) {
    Partition partition;
    TableReader reader(table, file, "partition.");
    reader.take("name", partition.name);
    reader.takeTime("max_time", partition.maxTime);
    reader.takeCount("nodes", partition.nodes);
    reader.takeCount("gpus_per_node", partition.gpusPerNode);
    reader.takeCount("cpus_per_node", partition.cpusPerNode);
    reader.takeCount("memory_mb_per_node", partition.memoryMbPerNode);
    reader.take("gpu_model", partition.gpuModel);
    reader.take("gpu_memory_gb", partition.gpuMemoryGb);
    reader.take("default", partition.isDefault);
    reader.finish();
    if (partition.name.empty())
        throw Error(text(EMBELLIE_TR("launch", "a partition of the site has no name"))).in(file);
    return partition;
}

ScratchDisk scratchFrom(const toml::table& table, const fs::path& file) {
    ScratchDisk disk;
    TableReader reader(table, file, "scratch.");
    reader.take("path", disk.path);
    reader.take("backed_up", disk.backedUp);
    reader.take("note", disk.note);
    reader.finish();
    return disk;
}

/// A word of sbatch that begins with a dash would be another option; a line break would end it.
void checkWord(const std::string& word, const char* key, const fs::path& file) {
    const bool bad = word.starts_with('-') || std::any_of(word.begin(), word.end(), [](unsigned char letter) {
                         return letter <= ' ' || letter == 0x7f;
                     });
    if (bad)
        throw Error(text(EMBELLIE_TR("launch", "the value of {0} can't be used"), key))
            .in(file)
            .expected(text(EMBELLIE_TR("launch", "one word that does not begin with a dash")))
            .found(text(EMBELLIE_TR("launch", "\"{0}\""), word));
}

bool isVariableName(const std::string& name) {
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), [](char letter) {
               return letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= 'a' && letter <= 'z');
           });
}

fs::path homePath(const std::string& path) {
    const char* home = std::getenv("HOME");
    return home && path.starts_with("~/") ? fs::path(home) / path.substr(2) : fs::path(path);
}

fs::path userSites() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config && *config)
        return fs::path(config) / "embellie" / "sites";
    return homePath("~/.config/embellie/sites");
}

bool isSiteId(const std::string& id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char letter) {
        return letter == '-' || letter == '_' || (letter >= '0' && letter <= '9') ||
               (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    });
}

std::map<std::string, fs::path> siteFiles() {
    std::vector<fs::path> folders;
    try {
        folders.push_back(resourceFolder() / "sites");
    } catch (const Error&) {
        // A program without its resources still knows this machine and the user's sites.
    }
    folders.push_back(userSites()); // the later one wins
    std::map<std::string, fs::path> files;
    for (const fs::path& folder : folders) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder, none))
            if (entry.path().extension() == ".toml" && isSiteId(entry.path().stem().string()))
                files[entry.path().stem().string()] = entry.path();
    }
    return files;
}

LaunchSite thisMachine() {
    LaunchSite site;
    site.id = "local";
    site.label = "This machine";
    return site;
}

} // namespace

const char* siteKindKey(SiteKind kind) {
    return kind == SiteKind::Here ? "here" : kind == SiteKind::Slurm ? "slurm" : "ssh";
}

LaunchSite parseSite(const std::string& id, const std::string& content, const fs::path& file) {
    toml::table table;
    try {
        table = toml::parse(content, file.string());
    } catch (const toml::parse_error& problem) {
        throw Error(text(EMBELLIE_TR("launch", "the site can't be understood: {0}"),
                         std::string(problem.description())))
            .in(file, "line " + std::to_string(problem.source().begin.line));
    }
    LaunchSite site;
    site.id = id;
    site.label = id;
    site.file = file;
    site.text = content;
    TableReader reader(table, file);
    reader.take("label", site.label);
    reader.take("note", site.note);
    site.kind = kindFrom(reader, "kind", {SiteKind::Here, SiteKind::Slurm, SiteKind::Ssh}, SiteKind::Here);
    site.inner = kindFrom(reader, "inner", {SiteKind::Here, SiteKind::Slurm}, SiteKind::Slurm);
    if (site.kind != SiteKind::Ssh)
        site.inner = site.kind;
    reader.take("host", site.host);
    std::string config;
    reader.take("ssh_config", config);
    if (!config.empty()) {
        site.sshConfig = homePath(config);
        if (site.sshConfig.is_relative())
            site.sshConfig = file.parent_path() / site.sshConfig;
    }
    reader.take("on_site", site.onSite);
    reader.take("programs", site.programs);
    reader.take("runs", site.runs);
    reader.take("gpu_model", site.gpuModel);
    reader.take("gpu_memory_gb", site.gpuMemoryGb);
    reader.take("account", site.account);
    reader.take("qos", site.qos);
    reader.take("constraint", site.constraint);
    reader.take("gpu_request", site.gpuRequest);
    reader.take("rank_interface", site.rankInterface);
    reader.takeCount("side_by_side", site.sideBySide, 1);
    std::int64_t seconds = site.warning.count();
    reader.takeCount("warning_s", seconds, 1);
    site.warning = std::chrono::seconds(seconds);
    seconds = site.pollEvery.count();
    reader.takeCount("poll_s", seconds, 1);
    site.pollEvery = std::chrono::seconds(seconds);
    seconds = site.predictorIdle.count();
    reader.takeCount("predictor_idle_s", seconds);
    site.predictorIdle = std::chrono::seconds(seconds);
    reader.take("modules", site.modules);
    reader.take("environment", site.environment);
    reader.take("lines", site.lines);
    if (const toml::table* limits = reader.table("limits")) {
        TableReader inner(*limits, file, "limits.");
        inner.takeCount("gpus_per_user", site.gpusPerUser);
        inner.takeCount("jobs_per_user", site.jobsPerUser);
        inner.finish();
    }
    if (const toml::table* standard = reader.table("standard"))
        site.standard = standardFrom(*standard, file);
    for (const toml::table* entry : reader.tables("partition"))
        site.partitions.push_back(partitionFrom(*entry, file));
    for (const toml::table* entry : reader.tables("scratch"))
        site.scratch.push_back(scratchFrom(*entry, file));
    reader.finish();

    for (const auto& [key, word] : {std::pair{"account", site.account},
                                    {"qos", site.qos},
                                    {"constraint", site.constraint},
                                    {"gpu_request", site.gpuRequest},
                                    {"rank_interface", site.rankInterface},
                                    {"host", site.host}})
        checkWord(word, key, file);
    for (const Partition& partition : site.partitions)
        checkWord(partition.name, "partition.name", file);
    for (const auto& [name, value] : site.environment)
        if (!isVariableName(name))
            throw Error(text(EMBELLIE_TR("launch", "\"{0}\" can't be the name of a variable"), name))
                .in(file);
    if (site.kind == SiteKind::Ssh && site.host.empty())
        throw Error(text(EMBELLIE_TR("launch", "a site behind ssh needs a host")))
            .in(file)
            .expected(text(EMBELLIE_TR("launch", "host = \"…\", a name of your ~/.ssh/config")));
    if (site.kind == SiteKind::Ssh) {
        const std::string here = hostName();
        for (const std::string& pattern : site.onSite)
            if (::fnmatch(pattern.c_str(), here.c_str(), 0) == 0)
                return behindSsh(site);
    }
    return site;
}

LaunchSite behindSsh(LaunchSite site) {
    site.kind = site.inner;
    return site;
}

std::vector<KnownSite> knownSites() {
    std::vector<KnownSite> sites;
    for (const auto& [id, file] : siteFiles()) {
        KnownSite known{id, {}, {}};
        try {
            known.site = parseSite(id, readFile(file), file);
        } catch (const Error& problem) {
            known.problem = problem;
        }
        sites.push_back(std::move(known));
    }
    if (std::none_of(sites.begin(), sites.end(), [](const KnownSite& known) { return known.id == "local"; }))
        sites.push_back({"local", thisMachine(), {}});
    // This machine first: it is what a first run takes.
    std::stable_partition(sites.begin(), sites.end(),
                          [](const KnownSite& known) { return known.id == "local"; });
    return sites;
}

LaunchSite siteOf(const std::string& id) {
    const auto files = siteFiles();
    if (const auto found = files.find(id); found != files.end())
        return parseSite(id, readFile(found->second), found->second);
    if (id == "local")
        return thisMachine();
    std::vector<std::string> known;
    std::string names;
    for (const auto& [name, file] : files) {
        known.push_back(name);
        names += (names.empty() ? "" : ", ") + name;
    }
    Error error(text(EMBELLIE_TR("launch", "there is no site \"{0}\""), id));
    error.expected(text(EMBELLIE_TR("launch", "one of {0}"), names)).wrongUse();
    if (const std::string nearest = nearestName(id, known); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("launch", "did you mean \"{0}\"?"), nearest));
    else
        error.remedy(
            text(EMBELLIE_TR("launch", "a new site is a file {0}"), (userSites() / (id + ".toml")).string()));
    throw error;
}

} // namespace embellie
