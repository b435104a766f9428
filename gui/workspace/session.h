#pragma once

#include "core/io/dataset.h"
#include "gui/workspace/work.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Something opened at once: files, a folder, or the built-in scene.
struct OpenData {
    quint64 id = 0; ///< never used again in this session
    std::shared_ptr<Dataset> dataset;
    std::vector<std::filesystem::path> paths; ///< as named by the user
    bool isScene = false;                     ///< the built-in scene: simulated, with a known truth
};

/// Whether what was opened is looked at once it is there.
enum class Choosing { Never, WhereNothingIs, Always };

/// Something that is to be opened.
struct Opening {
    std::vector<std::filesystem::path> paths; ///< as named by the user
    bool isScene = false;
    Choosing choosing = Choosing::Always;
    QString title{};                          ///< for the status bar; empty: by the paths
    std::function<void(Feedback&)> prepare{}; ///< makes the files, on the worker; may be empty
    quint64 id = 0;       ///< of the OpenData to be: of Session::reserve(), else given by Session::open()
    bool isLater = false; ///< begins with Session::openLater()
};

/// Which layer of what is open is looked at. Indices into opened() and its dataset; data -1 where nothing is
/// chosen.
struct Choice {
    int data = -1;
    std::size_t group = 0, volume = 0, layer = 0;
    std::string moment; ///< quantity id of the active pane
    friend bool operator==(const Choice&, const Choice&) = default;
};

/// What the pages of one window share: the open data, the layer looked at, background work. Lives in the main
/// thread; reading happens on work()'s threads.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);

    Work& work() { return m_work; }

    /// In the order of their ids, that is, in which they were asked for, however long each took to open.
    const std::vector<OpenData>& opened() const { return m_opened; }
    /// Opens files and folders in the background; then opened() grows, and their first layer is chosen as
    /// wanted. Files that can't be read are reported by problem(), once each. @return OpenData::id
    quint64 open(Opening opening);
    /// An id for something that is opened later and comes before what is asked for meanwhile.
    quint64 reserve() { return m_nextId++; }
    /// Begins with all that was asked for with Opening::isLater.
    void openLater();
    /// The same as the first; nothing where @p paths is empty.
    void open(const std::vector<std::filesystem::path>& paths, bool choose = true, bool isScene = false);
    void close(quint64 id);
    /// Asked for and neither opened, failed nor cancelled yet.
    const std::vector<Opening>& opening() const { return m_opening; }
    bool isOpening() const { return !m_opening.empty(); }

    const Choice& choice() const { return m_choice; }
    /// Indices are brought into range. In another site or product a moment that the layer lacks is replaced
    /// by its first; in the same one it stays, since another sweep will have it (moment() is then null).
    void setChoice(Choice choice);
    /// The chosen things; null where nothing is chosen. Valid until opened() changes.
    const OpenData* data() const;
    const GroupEntry* group() const;
    const VolumeEntry* volume() const;
    const LayerEntry* layer() const;
    const MomentEntry* moment() const;

    /// The next or previous volume of the group, at the nearestLayer() to the one now. @return whether there
    /// is one
    bool stepTime(int by);
    /// The next layer upwards (+1) or downwards (-1).
    bool stepLayer(int by);

    /// Reads a moment on a worker; @p done runs here. A failure goes to problem() and done gets null.
    quint64 read(const LayerEntry& layer, const MomentEntry& moment, std::function<void(FieldPtr)> done);

Q_SIGNALS:
    void openedChanged();
    void choiceChanged();
    /// One sentence for the strip in the window.
    void problem(const QString& sentence);
    /// One call of open() ended, with or without success, or was cancelled.
    void openEnded();

private:
    void bringIntoRange(Choice& choice) const;
    void begin(const Opening& opening);
    void take(const Opening& opening, std::shared_ptr<Dataset> dataset);

    std::vector<OpenData> m_opened;
    std::vector<Opening> m_opening;
    Choice m_choice;
    quint64 m_nextId = 1;
    Work m_work;
};

/// The moments of a layer without the quality fields of others, in its order.
std::vector<const MomentEntry*> momentsOf(const LayerEntry& layer);

/// LayerEntry::label in the window's language.
QString labelForPeople(const LayerEntry& layer);

} // namespace embellie
