#pragma once

#include "gui/workspace/session.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace embellie {

class DataTreeModel;

/// The tree of what is open with its filter line; what is chosen in it becomes the session's choice.
class DataTree : public QWidget {
    Q_OBJECT
public:
    explicit DataTree(Session& session, QWidget* parent = nullptr);
    QTreeView* view() const { return m_view; }
    QLineEdit* filter() const { return m_filter; }
    DataTreeModel* model() const { return m_model; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void openedChanged();

    Session& m_session;
    DataTreeModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QTreeView* m_view;
    QLabel* m_empty;
    bool m_following = false;
};

} // namespace embellie
