#include "gui/pages/look/data_tree.h"

#include "gui/pages/look/data_tree_model.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

namespace {

/// Rows of the font's height and six pixels. Of the width, units and times take a third at most: names tell
/// rows apart.
class RowDelegate : public QStyledItemDelegate {
public:
    explicit RowDelegate(QTreeView* view) : QStyledItemDelegate(view), m_view(view) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() + 6);
        if (index.column() == 1)
            size.setWidth(std::min(size.width(), m_view->viewport()->width() / 3));
        return size;
    }

private:
    const QTreeView* m_view;
};

} // namespace

DataTree::DataTree(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_model(new DataTreeModel(session, this)),
      m_proxy(new QSortFilterProxyModel(this)), m_filter(new QLineEdit(this)), m_view(new QTreeView(this)),
      m_empty(new QLabel(this)) {
    m_filter->setObjectName(QStringLiteral("treeFilter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setTextMargins(4, 0, 4, 0);
    m_filter->setClearButtonEnabled(true);
    m_filter->setToolTip(tr("Shows only sites, times, sweeps and moments with this text (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter of the tree"));
    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setAutoAcceptChildRows(true);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new RowDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(14);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAllColumnsShowFocus(true);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setAccessibleName(tr("Open data"));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setMinimumSectionSize(24);
    m_view->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_view->installEventFilter(this);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty->setText(tr("Nothing is open yet.\nWhat you open is listed here: site, time, sweep, moment."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setMargin(8);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->setAutoFillBackground(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->addWidget(m_filter);
    column->addLayout(top);
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setFilterFixedString(text);
        if (text.isEmpty()) {
            m_view->collapseAll();
            follow();
        } else {
            m_view->expandToDepth(1);
        }
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_following && current.isValid())
                    m_session.setChoice(m_model->choiceOf(m_proxy->mapToSource(current)));
            });
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        m_session.setChoice(m_model->choiceOf(m_proxy->mapToSource(index)));
    });
    connect(m_view, &QTreeView::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex index = m_proxy->mapToSource(m_view->indexAt(at));
        if (!index.isValid())
            return;
        const int data = m_model->choiceOf(index).data;
        QMenu menu(this);
        connect(menu.addAction(tr("Close")), &QAction::triggered, this,
                [this, id = m_session.opened()[std::size_t(data)].id] { m_session.close(id); });
        menu.exec(m_view->viewport()->mapToGlobal(at));
    });
    connect(&session, &Session::openedChanged, this, &DataTree::openedChanged);
    connect(&session, &Session::choiceChanged, this, &DataTree::follow);
    openedChanged();
}

void DataTree::openedChanged() {
    const bool any = m_model->rowCount() > 0;
    m_view->setVisible(any);
    m_empty->setVisible(!any);
    follow();
}

/// Shows the chosen layer; a chosen moment's row stays where it is right.
void DataTree::follow() {
    const Choice& choice = m_session.choice();
    if (choice.data < 0)
        return;
    m_following = true;
    const QModelIndex current = m_proxy->mapToSource(m_view->currentIndex());
    const bool onMoment = current.isValid() && DataTreeModel::levelOf(current) == 3;
    const QModelIndex source = m_model->indexOf(choice, onMoment);
    const QModelIndex wanted = m_proxy->mapFromSource(source);
    const bool above = current.isValid() && DataTreeModel::levelOf(current) < 2 && m_view->hasFocus() &&
                       m_model->choiceOf(current) == choice;
    if (wanted.isValid() && !above) {
        m_view->setCurrentIndex(wanted);
        m_view->scrollTo(wanted);
        if (!onMoment)
            m_view->expand(wanted);
    }
    m_following = false;
}

/// In the tree the arrows move in the tree, not in time.
bool DataTree::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::ShortcutOverride) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
            event->accept();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DataTree::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
}

} // namespace embellie
