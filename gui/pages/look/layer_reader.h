#pragma once

#include "gui/workspace/session.h"

#include <QObject>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace embellie {

/// Reads the moments of the chosen layer, those that are shown first and then the hidden ones, as far as the
/// hidden ones take @p hiddenBytes at most; on demand one moment of all sweeps of its volume. What is no
/// longer wanted is cancelled, and late answers are dropped.
class LayerReader : public QObject {
    Q_OBJECT
public:
    explicit LayerReader(Session& session, QObject* parent = nullptr,
                         std::size_t hiddenBytes = std::size_t(256) << 20);

    /// Starts with @p shown. What was read for the same layer stays, as far as there is room for it.
    void setLayer(const Choice& choice, const std::vector<std::string>& shown);
    /// Reads @p moment of all sweeps of the chosen volume; empty: of none.
    void setVolume(const Choice& choice, const std::string& moment);

    FieldPtr field(const std::string& quantity) const; ///< null where it isn't read, or not kept
    bool hasFailed(const std::string& quantity) const; ///< it could not be read
    std::vector<FieldPtr> sweeps() const;              ///< of setVolume, upwards, as far as they are read
    /// All of setLayer's @p shown and of setVolume is there, or could not be read.
    bool isComplete() const { return m_waiting.empty() && isVolumeComplete(); }
    bool isVolumeComplete() const { return m_waitingSweeps == 0; }

Q_SIGNALS:
    void fieldReady(const std::string& quantity);
    void sweepsReady();
    /// Something that was waited for ended.
    void progressed();

private:
    /// OpenData::id, and the rest without the index of the data.
    using Place = std::pair<quint64, Choice>;
    Place placeOf(const Choice& choice) const;
    void cancel(std::vector<quint64>& jobs);
    void read(const LayerEntry& layer, const MomentEntry& moment);
    void readAhead();
    std::size_t hiddenBytes() const;

    Session& m_session;
    const std::size_t m_hiddenBudget;
    Place m_layer, m_volume;
    std::map<std::string, FieldPtr> m_fields;
    std::set<std::string> m_asked, m_waiting, m_shown;
    std::vector<std::string> m_order; ///< keys of m_fields, what was shown last at the end
    std::vector<quint64> m_layerJobs, m_volumeJobs;
    std::vector<FieldPtr> m_sweeps;
    std::size_t m_waitingSweeps = 0;
    quint64 m_layerNumber = 0, m_volumeNumber = 0;
};

} // namespace embellie
