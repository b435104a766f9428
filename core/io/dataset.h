#pragma once

#include "core/io/source.h"

#include <list>
#include <map>
#include <mutex>

namespace embellie {

/// An array of a Dataset: where one moment of one layer lies.
struct MomentEntry {
    Quantity quantity;
    std::size_t source = 0; ///< index into Dataset::files()
    std::string array;      ///< id in that file
    std::string qualityOf;  ///< quantity id whose quality this is; "*" of all of them; empty for moments
    Window window;          ///< picks time and level of a grid out of its array; empty for sweeps
};

/// A sweep of a volume, or a level of a grid: the moments measured on one geometry.
struct LayerEntry {
    bool isSweep = true;
    double angle = 0;  ///< degrees: fixed angle of a sweep; a level's value
    std::string label; ///< "0.5°", "850 hPa", "surface"
    TimeInterval time;
    bool hasTime = false;
    SweepMode mode = SweepMode::Azimuth;
    std::size_t rays = 0, gates = 0; ///< of a sweep
    std::vector<MomentEntry> moments;
    const MomentEntry* find(const std::string& quantityId) const; ///< null where it is missing
};

/// The layers of one site or product at one nominal time, sweeps by increasing angle.
struct VolumeEntry {
    TimeInterval time;
    bool hasTime = false;
    std::vector<LayerEntry> layers;
};

/// All that belongs to one site or product, volumes by time.
struct GroupEntry {
    std::string key;   ///< "site:frave", "product:/path or title"
    std::string title; ///< "Avesnes"
    std::optional<Site> site;
    std::vector<std::string> siteIdentifiers; ///< of the file that names the site best: SourceInfo
    std::vector<VolumeEntry> volumes;
    std::vector<std::string> notes; ///< duplicates found, in English sentences
};

/// Bytes of Fields kept for reuse, least recently used first out. Thread-safe.
class FieldCache {
public:
    explicit FieldCache(std::size_t byteBudget) : m_budget(byteBudget) {}
    FieldPtr find(const std::string& key);
    void put(const std::string& key, FieldPtr field);
    std::size_t bytes() const;

private:
    struct Entry {
        FieldPtr field;
        std::list<std::string>::iterator place;
    };
    const std::size_t m_budget;
    mutable std::mutex m_mutex;
    std::size_t m_bytes = 0;
    std::map<std::string, Entry> m_entries;
    std::list<std::string> m_order;
};

/// What a field takes in memory, with its places.
std::size_t bytesOf(const Field& field);

/// An ordered set of files seen as one: joined by (site or product, nominal time, sweep, quantity), since
/// French radars write one elevation a file and Belgian ones one quantity a file. Only the Source read last
/// stays open, and only a byte-budgeted cache of Fields is kept. read() may be called from several threads.
class Dataset {
public:
    /// @p paths are files and folders (searched through, hidden files left out). A file that can't be read
    /// becomes a problem(), not an error, unless it was the only one named. @throws Error, Cancelled
    static std::shared_ptr<Dataset> open(const std::vector<std::filesystem::path>& paths, Feedback& feedback,
                                         std::size_t cacheBytes = std::size_t(256) << 20);

    const std::vector<std::filesystem::path>& files() const { return m_files; }
    const std::vector<GroupEntry>& groups() const { return m_groups; }
    /// Files that could not be read, each with its sentence.
    const std::vector<Error>& problems() const { return m_problems; }

    /// Reads, or takes from the cache, one moment; of a sweep that several files make up with its rays in the
    /// order of the layer's first moment, unless they do not lie over each other. @throws Error, Cancelled
    FieldPtr read(const LayerEntry& layer, const MomentEntry& moment, Feedback& feedback);

    const FieldCache& cache() const { return m_cache; }

private:
    explicit Dataset(std::size_t cacheBytes) : m_cache(cacheBytes) {}
    FieldPtr readStored(const MomentEntry& moment, Feedback& feedback);
    std::vector<std::filesystem::path> m_files;
    std::vector<GroupEntry> m_groups;
    std::vector<Error> m_problems;
    FieldCache m_cache;
    std::mutex m_reading;
    std::unique_ptr<Source> m_open; ///< of m_files[m_openIndex]
    std::size_t m_openIndex = 0;
};

} // namespace embellie
