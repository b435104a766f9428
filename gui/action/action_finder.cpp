#include "gui/action/action_finder.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPointer>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTimer>

namespace embellie {

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int KeysRole = Qt::UserRole + 1;

/// The label at the left, its keys muted at the right.
class FinderDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        if (const QString keys = index.data(KeysRole).toString(); !keys.isEmpty())
            option->text = option->fontMetrics.elidedText(
                option->text, Qt::ElideRight,
                option->rect.width() - option->fontMetrics.horizontalAdvance(keys) - 24);
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setPen(option.palette.color(chosen ? QPalette::HighlightedText : QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(8, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(KeysRole).toString());
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() + 6);
        return size;
    }
};

} // namespace

ActionFinder::ActionFinder(const ActionList& actions, QWidget* parent)
    : QLineEdit(parent), m_actions(actions), m_model(new QStandardItemModel(this)) {
    setTextMargins(4, 0, 4, 0);
    setPlaceholderText(tr("Find an action…"));
    setToolTip(tr("Lists everything that can be done here, with its keys (Ctrl+K)"));
    setAccessibleName(tr("Find an action"));
    auto* completer = new QCompleter(m_model, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(16);
    completer->popup()->setItemDelegate(new FinderDelegate(completer->popup()));
    setCompleter(completer);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this,
            [this](const QString& label) { run(label); });
}

QSize ActionFinder::sizeHint() const {
    return {fontMetrics().horizontalAdvance(QLatin1Char('x')) * 30, fontMetrics().height() + 8};
}

void ActionFinder::open() {
    setFocus(Qt::ShortcutFocusReason);
    clear();
    completer()->setCompletionPrefix(QString());
    completer()->complete();
}

void ActionFinder::fill() {
    m_model->clear();
    for (const QAction* action : m_actions.all()) {
        if (!ActionList::isListed(action) || !action->isEnabled())
            continue;
        auto* item = new QStandardItem(action->text());
        item->setData(ActionList::idOf(action), IdRole);
        item->setData(action->shortcut().toString(QKeySequence::NativeText), KeysRole);
        item->setToolTip(action->toolTip());
        item->setEditable(false);
        m_model->appendRow(item);
    }
}

void ActionFinder::focusInEvent(QFocusEvent* event) {
    fill();
    QLineEdit::focusInEvent(event);
}

void ActionFinder::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!text().isEmpty() && completer()->completionCount() > 0) {
            completer()->setCurrentRow(0);
            run(completer()->currentCompletion());
        }
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        clear();
        clearFocus();
        return;
    }
    if (event->key() == Qt::Key_Down && !completer()->popup()->isVisible()) {
        completer()->complete();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void ActionFinder::run(const QString& label) {
    const QList<QStandardItem*> found = m_model->findItems(label);
    QAction* action = found.isEmpty() ? nullptr : m_actions.find(found.front()->data(IdRole).toString());
    completer()->popup()->hide();
    clearFocus();
    // The completer puts the chosen text into the line after this signal.
    QTimer::singleShot(0, this, [this, action = QPointer<QAction>(action)] {
        clear();
        if (action)
            action->trigger();
    });
}

void ActionFinder::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!text().isEmpty())
        return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(8, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
}

} // namespace embellie
