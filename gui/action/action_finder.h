#pragma once

#include "gui/action/action_list.h"

#include <QLineEdit>

class QStandardItemModel;

namespace embellie {

/// A line that lists named actions as one types; Enter runs the first. Actions that are off now are left out.
class ActionFinder : public QLineEdit {
    Q_OBJECT
public:
    explicit ActionFinder(const ActionList& actions, QWidget* parent = nullptr);

    /// Takes the focus and shows all actions.
    void open();
    QSize sizeHint() const override;

protected:
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();
    void run(const QString& label);

    const ActionList& m_actions;
    QStandardItemModel* m_model;
};

} // namespace embellie
