#pragma once

#include "core/task/task.h"
#include "gui/form/field_frame.h"
#include "gui/workspace/session.h"

#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace embellie {

/// The files and folders of one role of a task: what was named, how many files that is, and a menu to add to
/// it. Takes drops.
class RoleField : public FieldFrame {
    Q_OBJECT
public:
    RoleField(DataRole role, Session& session, QWidget* parent = nullptr);

    const DataRole& role() const { return m_role; }
    const std::vector<std::string>& paths() const { return m_paths; } ///< absolute
    void setPaths(std::vector<std::string> paths);
    void addPaths(const std::vector<std::filesystem::path>& paths);
    /// Said while nothing is named: "built-in scene", "add rainy days".
    void setEmptyText(const QString& text);
    /// Files of a far machine may be named too, as "hal:/bdd/radar"; an empty id: none.
    void setFarSite(const std::string& id, const std::string& label);
    void setTheme(const Theme& theme);
    QMenu* menu() const { return m_menu; }
    /// Where a far path is typed; hidden until it is asked for.
    QLineEdit* farEdit() const { return m_far; }

Q_SIGNALS:
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fillMenu();
    void count();
    void showNames();

    DataRole m_role;
    Session& m_session;
    std::vector<std::string> m_paths;
    QString m_empty;
    std::string m_farSite, m_farLabel;
    QLabel *m_names, *m_count;
    QLineEdit* m_far;
    QToolButton* m_add;
    QMenu* m_menu;
    quint64 m_counting = 0;
};

/// How many files lie in files and folders of this machine (searched through, hidden ones left out).
/// @throws Cancelled
std::size_t countFiles(const std::vector<std::string>& paths, Feedback& feedback);

} // namespace embellie
