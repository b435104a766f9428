#pragma once

#include "gui/workspace/session.h"

#include <QAbstractItemModel>

namespace embellie {

/// What is open: site or product → times → sweeps or levels → moments. The second column says count, time or
/// unit. Reads the session's entries where they are; nothing is copied.
class DataTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit DataTreeModel(Session& session, QObject* parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    /// What a row stands for: the first volume and layer below it, and the moment on a moment's row.
    Choice choiceOf(const QModelIndex& index) const;
    /// The row of the chosen layer; of the chosen moment where @p moment.
    QModelIndex indexOf(const Choice& choice, bool moment = false) const;
    /// 0 site or product, 1 time, 2 layer, 3 moment.
    static int levelOf(const QModelIndex& index);

private:
    struct Group {
        int data;
        std::size_t group;
    };
    const GroupEntry& entry(std::size_t flat) const;
    QString nameOf(const QModelIndex& index) const;
    QString detailOf(const QModelIndex& index) const;

    Session& m_session;
    std::vector<Group> m_groups; ///< of all open data, one after another
};

} // namespace embellie
