#include "gui/pages/look/layer_reader.h"

#include <algorithm>

namespace embellie {

LayerReader::LayerReader(Session& session, QObject* parent, std::size_t hiddenBytes)
    : QObject(parent), m_session(session), m_hiddenBudget(hiddenBytes) {}

void LayerReader::cancel(std::vector<quint64>& jobs) {
    for (const quint64 job : jobs)
        m_session.work().cancel(job);
    jobs.clear();
}

/// Indices mean something else once data was opened or closed.
LayerReader::Place LayerReader::placeOf(const Choice& choice) const {
    Place place{m_session.data() ? m_session.data()->id : 0, choice};
    place.second.data = 0;
    return place;
}

void LayerReader::setLayer(const Choice& choice, const std::vector<std::string>& shown) {
    Place layer = placeOf(choice);
    layer.second.moment.clear();
    const LayerEntry* entry = m_session.layer();
    if (!(layer == m_layer) || !entry) {
        cancel(m_layerJobs);
        ++m_layerNumber;
        m_fields.clear();
        m_asked.clear();
        m_waiting.clear();
        m_order.clear();
        m_layer = layer;
    }
    if (!entry)
        return;
    m_shown = {shown.begin(), shown.end()};
    for (const std::string& id : shown) {
        const MomentEntry* moment = entry->find(id);
        if (!moment)
            continue;
        if (const auto at = std::find(m_order.begin(), m_order.end(), id); at != m_order.end())
            std::rotate(at, at + 1, m_order.end());
        else
            m_waiting.insert(id);
        if (!m_asked.contains(id))
            read(*entry, *moment);
    }
    readAhead();
}

void LayerReader::read(const LayerEntry& layer, const MomentEntry& moment) {
    const std::string& id = moment.quantity.id;
    m_asked.insert(id);
    m_layerJobs.push_back(m_session.read(layer, moment, [this, id, number = m_layerNumber](FieldPtr field) {
        if (number != m_layerNumber)
            return;
        m_waiting.erase(id);
        m_fields[id] = std::move(field);
        m_order.insert(m_shown.contains(id) ? m_order.end() : m_order.begin(), id);
        Q_EMIT fieldReady(id);
        Q_EMIT progressed();
        readAhead();
    }));
}

/// Forgets hidden moments that have no room any more, or reads the next one where there is some. They have
/// one geometry, so the next one is as large as those that are there.
void LayerReader::readAhead() {
    std::size_t largest = 0;
    for (const auto& [id, field] : m_fields)
        if (field)
            largest = std::max(largest, bytesOf(*field));
    for (std::size_t i = 0; i < m_order.size() && hiddenBytes() > m_hiddenBudget;) {
        const std::string id = m_order[i];
        if (m_shown.contains(id)) {
            ++i;
            continue;
        }
        m_fields.erase(id);
        m_asked.erase(id);
        m_order.erase(m_order.begin() + std::ptrdiff_t(i));
    }
    const LayerEntry* layer = m_session.layer();
    const bool isReading = m_asked.size() > m_fields.size();
    if (!layer || isReading || hiddenBytes() + largest > m_hiddenBudget)
        return;
    for (const MomentEntry* moment : momentsOf(*layer))
        if (!m_asked.contains(moment->quantity.id))
            return read(*layer, *moment);
}

std::size_t LayerReader::hiddenBytes() const {
    std::size_t bytes = 0;
    for (const auto& [id, field] : m_fields)
        if (field && !m_shown.contains(id))
            bytes += bytesOf(*field);
    return bytes;
}

void LayerReader::setVolume(const Choice& choice, const std::string& moment) {
    Place volume = placeOf(choice);
    volume.second.layer = 0;
    volume.second.moment = moment;
    const VolumeEntry* entry = m_session.volume();
    if (volume == m_volume && entry && !moment.empty())
        return;
    cancel(m_volumeJobs);
    const quint64 number = ++m_volumeNumber;
    m_volume = volume;
    m_sweeps.clear();
    m_waitingSweeps = 0;
    if (!entry || moment.empty()) {
        m_volume.first = 0;
        return;
    }
    m_sweeps.resize(entry->layers.size());
    for (std::size_t i = 0; i < entry->layers.size(); ++i) {
        const LayerEntry& layer = entry->layers[i];
        const MomentEntry* found = layer.isSweep ? layer.find(moment) : nullptr;
        if (!found)
            continue;
        ++m_waitingSweeps;
        m_volumeJobs.push_back(m_session.read(layer, *found, [this, i, number](FieldPtr field) {
            if (number != m_volumeNumber)
                return;
            m_sweeps[i] = std::move(field);
            if (--m_waitingSweeps == 0)
                Q_EMIT sweepsReady();
            Q_EMIT progressed();
        }));
    }
    if (m_waitingSweeps == 0)
        Q_EMIT sweepsReady();
}

FieldPtr LayerReader::field(const std::string& quantity) const {
    const auto found = m_fields.find(quantity);
    return found == m_fields.end() ? nullptr : found->second;
}

bool LayerReader::hasFailed(const std::string& quantity) const {
    const auto found = m_fields.find(quantity);
    return found != m_fields.end() && !found->second;
}

std::vector<FieldPtr> LayerReader::sweeps() const {
    std::vector<FieldPtr> there;
    std::copy_if(m_sweeps.begin(), m_sweeps.end(), std::back_inserter(there),
                 [](const FieldPtr& field) { return field != nullptr; });
    return there;
}

} // namespace embellie
