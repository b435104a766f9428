#include "core/io/dataset.h"

#include "core/base/error.h"
#include "core/io/dataset_join.h"
#include "core/map/same_cells.h"

#include <algorithm>
#include <map>

namespace embellie {

namespace fs = std::filesystem;

const MomentEntry* LayerEntry::find(const std::string& quantityId) const {
    const auto found = std::find_if(moments.begin(), moments.end(), [&](const MomentEntry& m) {
        return m.quantity.id == quantityId && m.qualityOf.empty();
    });
    if (found != moments.end())
        return &*found;
    const auto quality = std::find_if(moments.begin(), moments.end(),
                                      [&](const MomentEntry& m) { return m.quantity.id == quantityId; });
    return quality == moments.end() ? nullptr : &*quality;
}

void addMoment(GroupEntry& group, LayerEntry& layer, MomentEntry moment,
               const std::vector<SourceInfo>& infos) {
    const auto same = std::find_if(layer.moments.begin(), layer.moments.end(), [&](const MomentEntry& other) {
        return other.quantity.id == moment.quantity.id && other.qualityOf == moment.qualityOf &&
               (other.source != moment.source || other.array == moment.array);
    });
    if (same == layer.moments.end()) {
        layer.moments.push_back(std::move(moment));
        return;
    }
    group.notes.push_back(moment.quantity.id + " at " + timeText(layer.time.begin, layer.time.calendar) +
                          (layer.label.empty() ? "" : ", " + layer.label) + " is in " +
                          infos[same->source].file.filename().string() + " and again in " +
                          infos[moment.source].file.filename().string() + "; the first is shown");
}

std::vector<GroupEntry> joinSources(const std::vector<SourceInfo>& infos) {
    std::vector<GroupEntry> groups;
    joinSweeps(infos, groups);
    joinGrids(infos, groups);
    return groups;
}

FieldPtr FieldCache::find(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    m_order.splice(m_order.begin(), m_order, found->second.place);
    return found->second.field;
}

std::size_t bytesOf(const Field& field) {
    std::size_t bytes = sizeof(Field) + field.size() * (sizeof(float) + sizeof(State));
    if (const Sweep* const sweep = field.sweep())
        bytes += sweep->rays.size() * sizeof(Ray);
    if (const Grid* const grid = field.grid())
        bytes += (grid->latitudes.size() + grid->longitudes.size()) * sizeof(double);
    return bytes;
}

void FieldCache::put(const std::string& key, FieldPtr field) {
    const std::lock_guard lock(m_mutex);
    const std::size_t bytes = bytesOf(*field);
    if (bytes > m_budget || m_entries.contains(key))
        return;
    while (m_bytes + bytes > m_budget) {
        const auto oldest = m_entries.find(m_order.back());
        m_bytes -= bytesOf(*oldest->second.field);
        m_entries.erase(oldest);
        m_order.pop_back();
    }
    m_order.push_front(key);
    m_entries[key] = {std::move(field), m_order.begin()};
    m_bytes += bytes;
}

std::size_t FieldCache::bytes() const {
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

static std::vector<fs::path> filesUnder(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    const auto hidden = [](const fs::path& path) { return path.filename().string().starts_with('.'); };
    for (const fs::path& path : paths) {
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        std::vector<fs::path> found;
        fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error),
            end;
        if (error)
            throw systemError(EMBELLIE_TR("io", "the folder can't be read"), path, error.value());
        for (; entry != end; entry.increment(error)) {
            if (hidden(entry->path())) {
                if (entry->is_directory(error))
                    entry.disable_recursion_pending();
            } else if (entry->is_regular_file(error)) {
                found.push_back(entry->path());
            }
            if (error)
                break;
        }
        std::sort(found.begin(), found.end());
        if (found.empty())
            throw Error(text(EMBELLIE_TR("io", "the folder holds no files")))
                .in(path)
                .remedy(text(EMBELLIE_TR("io", "choose a folder with radar or satellite files")));
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

/// Of latitudes and longitudes cell by cell the first and the last remain, by which products are told apart:
/// those of a folder of swaths would fill the memory.
static void forgetPlaces(SourceInfo& info) {
    const auto shorten = [](Grid& grid) {
        for (std::vector<double>* places : {&grid.latitudes, &grid.longitudes})
            if (places->size() > 2)
                *places = {places->front(), places->back()};
    };
    std::map<std::shared_ptr<const Grid>, std::shared_ptr<const Grid>> shortened;
    for (ArrayInfo& array : info.arrays)
        if (array.grid && array.grid->isCurvilinear()) {
            auto& light = shortened[array.grid];
            if (!light) {
                Grid grid = *array.grid;
                shorten(grid);
                light = std::make_shared<const Grid>(std::move(grid));
            }
            array.grid = light;
        }
    if (info.grid)
        shorten(*info.grid);
}

std::shared_ptr<Dataset> Dataset::open(const std::vector<fs::path>& paths, Feedback& feedback,
                                       std::size_t cacheBytes) {
    const std::shared_ptr<Dataset> dataset(new Dataset(cacheBytes));
    const std::vector<fs::path> files = filesUnder(paths);
    std::vector<SourceInfo> infos;
    double done = 0;
    for (const fs::path& file : files) {
        feedback.throwIfCancelled();
        try {
            infos.push_back(openSource(file)->describe());
            forgetPlaces(infos.back());
            dataset->m_files.push_back(file);
        } catch (const Error& error) {
            if (files.size() == 1)
                throw;
            dataset->m_problems.push_back(error);
        }
        feedback.progress(++done, static_cast<double>(files.size()));
    }
    if (infos.empty() && !dataset->m_problems.empty())
        throw Error(text(EMBELLIE_TR("io", "none of the {0} files can be read"), files.size()))
            .in(paths.front())
            .found(text(EMBELLIE_TR("io", "first of all this: {0}"), dataset->m_problems.front().what()));
    dataset->m_groups = joinSources(infos);
    return dataset;
}

static std::string keyOf(const MomentEntry& moment) {
    std::string key = std::to_string(moment.source) + "\n" + moment.array;
    for (const Window::Part& part : moment.window.parts)
        key += "\n" + part.axis + "=" + std::to_string(part.from);
    return key;
}

FieldPtr Dataset::read(const LayerEntry& layer, const MomentEntry& moment, Feedback& feedback) {
    const std::string key = keyOf(moment);
    if (FieldPtr field = m_cache.find(key))
        return field;
    const std::lock_guard lock(m_reading);
    if (FieldPtr field = m_cache.find(key)) // another thread read it meanwhile
        return field;
    FieldPtr field = readStored(moment, feedback);
    if (const MomentEntry& first = layer.moments.front(); field->sweep() && first.source != moment.source) {
        try {
            FieldPtr like = m_cache.find(keyOf(first));
            if (!like)
                m_cache.put(keyOf(first), like = readStored(first, feedback));
            if (FieldPtr inOrder = onCellsOf(*like->sweep(), field))
                field = std::move(inOrder);
        } catch (const Error&) { // the first one's file is damaged; this one's is not
        }
    }
    m_cache.put(key, field);
    return field;
}

FieldPtr Dataset::readStored(const MomentEntry& moment, Feedback& feedback) {
    if (!m_open || m_openIndex != moment.source) {
        m_open.reset();
        m_open = openSource(m_files.at(moment.source));
        m_openIndex = moment.source;
    }
    return std::make_shared<const Field>(m_open->read(moment.array, moment.window, feedback));
}

} // namespace embellie
