#include "gui/pages/look/layer_reader.h"

#include <algorithm>

namespace embellie {

LayerReader::LayerReader(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    // Indices mean something else once data was opened or closed.
    connect(&session, &Session::openedChanged, this, [this] { m_layer.data = m_volume.data = -1; });
}

void LayerReader::cancel(std::vector<quint64>& jobs) {
    for (const quint64 job : jobs)
        m_session.work().cancel(job);
    jobs.clear();
}

void LayerReader::setLayer(const Choice& choice, const std::vector<std::string>& shown) {
    Choice layer = choice;
    layer.moment.clear();
    const LayerEntry* entry = m_session.layer();
    if (!(layer == m_layer) || !entry) {
        cancel(m_layerJobs);
        ++m_layerNumber;
        m_fields.clear();
        m_asked.clear();
        m_waiting.clear();
        m_layer = layer;
    }
    if (!entry)
        return;
    const auto ask = [&](const MomentEntry& moment, bool wait) {
        const std::string& id = moment.quantity.id;
        if (wait && !m_fields.contains(id))
            m_waiting.insert(id);
        if (!m_asked.insert(id).second)
            return;
        m_layerJobs.push_back(
            m_session.read(*entry, moment, [this, id, number = m_layerNumber](FieldPtr field) {
                if (number != m_layerNumber)
                    return;
                m_waiting.erase(id);
                m_fields[id] = std::move(field);
                Q_EMIT fieldReady(id);
                Q_EMIT progressed();
            }));
    };
    for (const std::string& id : shown)
        if (const MomentEntry* moment = entry->find(id))
            ask(*moment, true);
    for (const MomentEntry* moment : momentsOf(*entry))
        ask(*moment, false);
}

void LayerReader::setVolume(const Choice& choice, const std::string& moment) {
    Choice volume = choice;
    volume.layer = 0;
    volume.moment = moment;
    const VolumeEntry* entry = m_session.volume();
    if (volume == m_volume && entry && !moment.empty())
        return;
    cancel(m_volumeJobs);
    const quint64 number = ++m_volumeNumber;
    m_volume = volume;
    m_sweeps.clear();
    m_waitingSweeps = 0;
    if (!entry || moment.empty()) {
        m_volume.data = -1;
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
