#include "gui/pages/look/look_page.h"

#include "gui/action/action_list.h"
#include "gui/pages/look/data_tree.h"
#include "gui/pages/look/inspector.h"
#include "gui/pages/look/layer_reader.h"
#include "gui/pages/look/readout_panel.h"
#include "gui/pages/look/time_bar.h"
#include "gui/pages/start/start_page.h"
#include "gui/scene/localised.h"
#include "gui/views/readout/readout.h"
#include "gui/views/view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

LookPage::LookPage(PageContext context, QWidget* parent)
    : Page(parent), m_context(context), m_session(context.session),
      m_reader(new LayerReader(context.session, this)), m_tree(new DataTree(context.session, this)),
      m_timeBar(new TimeBar(context.session, context.theme, this)),
      m_inspector(new Inspector(context.theme, this)), m_start(new StartPage(context, this)),
      m_splitter(new QSplitter(this)), m_stack(new QStackedWidget(this)), m_centre(new QWidget(this)) {
    m_view =
        QSettings().value(QStringLiteral("look/view"), QStringLiteral("one_moment")).toString().toStdString();
    if (!findViewKind(m_view))
        m_view = "one_moment";
    makePanes();
    // In its own area: a small window must not be kept large by a page that is not shown.
    auto* startArea = new QScrollArea(m_stack);
    startArea->setFrameShape(QFrame::NoFrame);
    startArea->setWidgetResizable(true);
    startArea->setWidget(m_start);
    m_stack->addWidget(startArea);
    m_stack->addWidget(m_centre);
    auto* right = new QWidget(this);
    auto* middle = new QHBoxLayout(right);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(m_stack, 1);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(right);
    m_splitter->addWidget(m_inspector);
    m_splitter->setChildrenCollapsible(false);
    const int unit = fontMetrics().height();
    m_tree->setMinimumWidth(unit * 8);
    m_inspector->setMinimumWidth(unit * 14);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_columnsMoved = true; });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_timeBar);

    m_viewChoice = new QWidget(this);
    auto* line = new QHBoxLayout(m_viewChoice);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* label = new QLabel(tr("View"), m_viewChoice);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_viewCombo = new QComboBox(m_viewChoice);
    m_viewCombo->setObjectName(QStringLiteral("view"));
    m_viewCombo->setToolTip(tr("How the middle of the window is filled"));
    m_viewCombo->setMinimumWidth(unit * 9);
    for (const ViewKind* kind : viewKinds()) {
        m_viewCombo->addItem(localised(kind->name), QString::fromStdString(kind->id));
        m_viewCombo->setItemData(m_viewCombo->count() - 1, localised(kind->help), Qt::ToolTipRole);
    }
    line->addWidget(label);
    line->addWidget(m_viewCombo);
    connect(m_viewCombo, &QComboBox::activated, this, [this](int index) {
        setView(m_viewCombo->itemData(index).toString().toStdString());
        setActive(m_active);
    });
    makeActions();

    connect(&m_session, &Session::openedChanged, this, &LookPage::forgetClosed);
    connect(&m_session, &Session::choiceChanged, this, &LookPage::choiceChanged);
    connect(m_reader, &LayerReader::fieldReady, this, [this] {
        fillPanes();
        if (findViewKind(m_view)->volume)
            fillInspector();
        updateReadout();
    });
    connect(m_reader, &LayerReader::sweepsReady, this, &LookPage::fillVolume);
    connect(m_reader, &LayerReader::progressed, this, &Page::completeChanged);
    connect(m_start, &StartPage::completeChanged, this, &Page::completeChanged);
    connect(&m_link, &PaneLink::cursorChanged, this, &LookPage::updateReadout);
    connect(&m_link, &PaneLink::cameraChanged, this,
            [this] { changed(tr("Move the picture"), QStringLiteral("camera")); });
    connect(m_inspector, &Inspector::styleChanged, this, [this](const LayerStyle& style) {
        m_slots[m_active].state.style = style;
        m_styles[m_slots[m_active].state.quantity] = style;
        fillPanes();
        fillVolume();
        changed(tr("Change the colours"));
    });
    connect(m_inspector, &Inspector::ringsChanged, this, [this](double kilometres, bool lines) {
        m_rings = kilometres;
        m_azimuthLines = lines;
        fillPanes();
        changed(tr("Change the rings"));
    });
    m_inspector->setRings(m_rings, m_azimuthLines);
    arrange();
    choiceChanged();
}

LookPage::~LookPage() = default;

void LookPage::makePanes() {
    m_grid = new QGridLayout(m_centre);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(1);
    m_centre->setObjectName(QStringLiteral("panes"));
    m_centre->setAutoFillBackground(true);
    m_centre->setBackgroundRole(QPalette::Mid);
    const auto follow = [this](Pane* pane, std::size_t index) {
        connect(pane, &Pane::frameShown, this, [this, index](double milliseconds, const QString& painter) {
            m_milliseconds[index] = milliseconds;
            m_painter = painter;
            Q_EMIT statusChanged();
        });
        connect(pane, &Pane::problem, this, &Page::problem);
        connect(pane, &Pane::completeChanged, this, &Page::completeChanged);
    };
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        m_panes[i] = new PaneWidget(m_context.drawing, m_link, m_context.theme, m_centre);
        m_panes[i]->setObjectName(QStringLiteral("pane%1").arg(i + 1));
        connect(m_panes[i], &Pane::activated, this, [this, i] { setActive(i); });
        // The picture says which cell lies under the cursor.
        connect(m_panes[i], &Pane::frameShown, this, [this, i] {
            if (i == m_active)
                updateReadout();
        });
        follow(m_panes[i], i);
    }
    m_volume = new VolumePane(m_context.drawing, m_context.theme, m_centre);
    m_volume->setObjectName(QStringLiteral("volumePane"));
    connect(m_volume, &VolumePane::cameraChanged, this,
            [this] { changed(tr("Turn the picture"), QStringLiteral("camera")); });
    follow(m_volume, 4);
}

std::size_t LookPage::visiblePanes() const {
    // A pane that has nothing to show leaves its room to the others.
    const auto panes = std::size_t(findViewKind(m_view)->panes);
    std::size_t used = 0;
    while (used < panes && !m_slots[used].state.quantity.empty())
        ++used;
    return panes == 0 ? 0 : std::max<std::size_t>(used, 1);
}

void LookPage::arrange() {
    const ViewKind& kind = *findViewKind(m_view);
    for (PaneWidget* pane : m_panes)
        m_grid->removeWidget(pane);
    m_grid->removeWidget(m_volume);
    const int panes = int(visiblePanes());
    for (int i = 0; i < 4; ++i) {
        if (i < panes)
            m_grid->addWidget(m_panes[std::size_t(i)], i / 2, i % 2, 1, i % 2 == 0 && i == panes - 1 ? 2 : 1);
        m_panes[std::size_t(i)]->setVisible(i < panes);
    }
    if (kind.volume)
        m_grid->addWidget(m_volume, 0, 0);
    m_volume->setVisible(kind.volume);
    if (m_active >= std::max<std::size_t>(visiblePanes(), 1))
        setActive(0);
    for (std::size_t i = 0; i < 4; ++i)
        m_panes[i]->setActive(i == m_active && panes > 1);
    m_viewCombo->setCurrentIndex(std::max(0, m_viewCombo->findData(QString::fromStdString(m_view))));
}

void LookPage::setView(const std::string& id) {
    if (id == m_view || !findViewKind(id))
        return;
    const QWidget* focus = window()->focusWidget();
    const bool isFocusHere = !focus || m_centre->isAncestorOf(focus); // what hides loses it to any widget
    m_view = id;
    QSettings().setValue(QStringLiteral("look/view"), QString::fromStdString(id));
    if (const LayerEntry* layer = m_session.layer())
        chooseQuantities(*layer, false);
    arrange();
    m_reader->setLayer(m_session.choice(), shownQuantities());
    fillPanes();
    fillVolume();
    if (isFocusHere)
        setActive(m_active);
    updateReadout();
    changed(tr("Choose the view"));
    Q_EMIT statusChanged();
    Q_EMIT completeChanged();
}

QList<QAction*> LookPage::barActions() const {
    return {m_context.actions.find(QStringLiteral("window.save_picture")), m_undoAction};
}

QList<QWidget*> LookPage::barWidgets() const {
    return {m_viewChoice};
}

/// Tree and right side have the width that the font wants; what is over belongs to the field, unless somebody
/// pulled.
void LookPage::placeColumns() {
    if (m_columnsMoved || m_pictureOnly)
        return;
    const int unit = fontMetrics().height() + 2;
    const int left = m_tree->isHidden() ? 0 : unit * 29 / 2;
    const int right = m_inspector->isHidden() ? 0 : unit * 33 / 2;
    m_splitter->setSizes({left, std::max(100, width() - left - right), right});
}

void LookPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    placeColumns();
}

void LookPage::setPictureOnly() {
    m_pictureOnly = true;
    m_tree->hide();
    m_inspector->hide();
    m_timeBar->hide();
}

QWidget* LookPage::pictureWidget() {
    return m_session.layer() ? m_centre : nullptr;
}

void LookPage::shown() {
    if (m_session.layer())
        setActive(m_active);
}

bool LookPage::isComplete() const {
    if (!m_session.layer())
        return m_start->isComplete();
    if (!m_reader->isComplete())
        return false;
    if (findViewKind(m_view)->volume)
        return m_volume->isComplete();
    return std::all_of(m_panes.begin(), m_panes.end(),
                       [](const PaneWidget* pane) { return !pane->isVisible() || pane->isComplete(); });
}

std::vector<std::string> LookPage::shownQuantities() const {
    std::vector<std::string> shown = {m_slots[m_active].state.quantity};
    for (std::size_t i = 0; i < visiblePanes(); ++i)
        shown.push_back(m_slots[i].state.quantity);
    return shown;
}

void LookPage::showInspector() {
    const bool shown = m_session.layer() && !m_pictureOnly && !m_inspectorFolded;
    if (m_inspector->isHidden() != shown)
        return;
    m_inspector->setVisible(shown);
    placeColumns();
}

void LookPage::choiceChanged() {
    const Choice& choice = m_session.choice();
    const LayerEntry* layer = m_session.layer();
    m_stack->setCurrentIndex(layer ? 1 : 0);
    showInspector();
    m_timeBar->setVisible(layer && !m_pictureOnly);
    m_viewChoice->setVisible(layer != nullptr);
    if (!layer) {
        for (PaneWidget* pane : m_panes)
            pane->setField(nullptr);
        m_slots = {};
        m_lastData = 0;
        setFocusProxy(m_start);
        Q_EMIT statusChanged();
        Q_EMIT completeChanged();
        return;
    }
    const quint64 data = m_session.data()->id;
    const bool first = m_lastData == 0;
    const bool newGroup = data != m_lastData || choice.group != m_lastGroup;
    m_lastData = data;
    m_lastGroup = choice.group;
    if (newGroup) {
        if (!m_restoring) {
            chooseQuantities(*layer, true);
            arrange();
            // A first look shows what the radar saw, not what comes first in the file.
            const std::string wanted = m_slots[m_active].state.quantity;
            if (choice.moment != wanted && layer->find(wanted)) {
                Choice better = choice;
                better.moment = wanted;
                m_session.setChoice(better);
                return;
            }
        }
    }
    if (layer->find(choice.moment) && m_slots[m_active].state.quantity != choice.moment) {
        const auto style = m_styles.find(choice.moment);
        m_slots[m_active].state =
            PaneState{choice.moment, style == m_styles.end() ? LayerStyle{} : style->second};
    }
    m_reader->setLayer(choice, shownQuantities());
    fillPanes();
    fillVolume();
    const bool focusElsewhere =
        focusWidget() && focusWidget() != m_centre && isAncestorOf(focusWidget()) && !first;
    if (!focusElsewhere)
        setActive(m_active);
    changed(tr("Choose what is shown"));
    Q_EMIT statusChanged();
    Q_EMIT completeChanged();
}

void LookPage::fillPanes() {
    const LayerEntry* layer = m_session.layer();
    if (!layer)
        return;
    for (std::size_t i = 0; i < visiblePanes(); ++i) {
        Slot& slot = m_slots[i];
        PaneWidget* pane = m_panes[i];
        const MomentEntry* moment = layer->find(slot.state.quantity);
        pane->setRingKilometres(m_rings);
        pane->setAzimuthLinesShown(m_azimuthLines);
        const QString name = QString::fromStdString(slot.state.quantity);
        const auto showNothing = [&](const QString& why) {
            pane->setField(nullptr);
            pane->setCaption(name, {});
            pane->setMark({});
            pane->setEmptyText(why);
        };
        if (!moment) {
            showNothing(name.isEmpty()
                            ? tr("No further moment here.")
                            : tr("%1 was not measured here. Digits choose another moment.").arg(name));
            continue;
        }
        if (m_reader->hasFailed(slot.state.quantity)) {
            showNothing(tr("%1 can't be read here.").arg(name));
            continue;
        }
        const FieldPtr field = m_reader->field(slot.state.quantity);
        if (!field)
            continue; // the former picture stays until this one is read
        const std::optional<Plane> plane = naturalPlane(*field);
        if (!plane) {
            showNothing(tr("%1 has no picture on a plane: it is not a sweep or a map.").arg(name));
            continue;
        }
        QStringList words;
        for (const QString& word : {quantityForPeople(field->quantity()),
                                    unitForPeople(field->quantity().unit), labelForPeople(*layer)})
            if (!word.isEmpty())
                words << word;
        pane->setCaption(name, words.join(QStringLiteral(", ")));
        // Our results name the gates that were removed in a quality field beside the moment.
        const bool model =
            std::any_of(layer->moments.begin(), layer->moments.end(), [&](const MomentEntry& each) {
                return each.qualityOf == slot.state.quantity && each.quantity.id == "REJECTED";
            });
        pane->setMark(model ? tr("made by a model") : QString());
        m_link.setGround(*plane, extentIn(*field, *plane));
        applyPending();
        pane->setField(field, slot.state.style);
        Choice shown = m_session.choice();
        shown.moment = slot.state.quantity;
        if (!slot.shown || !(*slot.shown == shown)) {
            slot.before = slot.shown;
            slot.shown = shown;
        }
    }
    fillInspector();
}

void LookPage::fillVolume() {
    if (!findViewKind(m_view)->volume) {
        m_reader->setVolume(m_session.choice(), {});
        return;
    }
    const Slot& slot = m_slots[m_active];
    m_reader->setVolume(m_session.choice(), slot.state.quantity);
    if (!m_reader->isVolumeComplete())
        return;
    const std::vector<FieldPtr> sweeps = m_reader->sweeps();
    m_volume->setSweeps(sweeps, slot.state.style);
    m_volume->setCaption(tr("3-D"), sweeps.empty()
                                        ? QString()
                                        : tr("%1, %2, sweeps as cones: %n", nullptr, int(sweeps.size()))
                                              .arg(QString::fromStdString(slot.state.quantity),
                                                   quantityForPeople(sweeps.front()->quantity())));
    m_volume->setEmptyText(tr("Nothing to show in 3-D: this is not a volume of sweeps with %1. "
                              "Choose One moment above, or another moment.")
                               .arg(QString::fromStdString(slot.state.quantity)));
    fillInspector();
    Q_EMIT completeChanged();
}

void LookPage::fillInspector() {
    const bool volume = findViewKind(m_view)->volume;
    Layer layer = m_panes[m_active]->layer();
    if (volume) {
        const FieldPtr field = m_reader->field(m_slots[m_active].state.quantity);
        layer = field ? layerFor(field, m_context.theme.book(), m_slots[m_active].state.style) : Layer();
    }
    m_inspector->setLayer(layer, m_slots[m_active].state.style,
                          QString::fromStdString(m_slots[m_active].state.quantity));
    m_inspector->setRings(m_rings, m_azimuthLines);
    m_inspector->setRingsEnabled(layer.field && layer.field->sweep() && !volume &&
                                 m_link.plane().kind == Plane::Kind::Map);
}

void LookPage::setActive(std::size_t pane) {
    m_active = pane;
    const bool several = visiblePanes() > 1;
    for (std::size_t i = 0; i < m_panes.size(); ++i)
        m_panes[i]->setActive(several && i == pane);
    QWidget* target = findViewKind(m_view)->volume ? static_cast<QWidget*>(m_volume) : m_panes[pane];
    setFocusProxy(m_session.layer() ? target : m_start);
    if (isVisible() && m_session.layer() && !target->hasFocus())
        target->setFocus();
    fillInspector();
    updateReadout();
    Choice choice = m_session.choice();
    if (choice.data >= 0 && !m_slots[pane].state.quantity.empty() &&
        choice.moment != m_slots[pane].state.quantity) {
        choice.moment = m_slots[pane].state.quantity;
        m_session.setChoice(choice);
    }
}

void LookPage::updateReadout() {
    const bool volume = findViewKind(m_view)->volume;
    m_inspector->readout()->setEmptyText(
        volume ? tr("In 3-D no single gate lies under the cursor. For values choose One moment above and "
                    "point at the field.")
               : tr("Point at the field: its values stand here. A click keeps the place, Escape frees it."));
    const std::optional<PaneCursor>& cursor = m_link.cursor();
    const PaneWidget* pane = m_panes[m_active];
    const LayerEntry* layer = m_session.layer();
    const auto cell =
        !volume && cursor && pane->field() && pane->isVisible() ? pane->cellAt(cursor->place) : std::nullopt;
    if (!cell || !layer) {
        m_inspector->readout()->setLines({}, {});
        return;
    }
    std::vector<ReadoutLine> moments;
    for (const MomentEntry* moment : momentsOf(*layer)) {
        const FieldPtr field = m_reader->field(moment->quantity.id);
        if (field && field->size() == pane->field()->size())
            moments.push_back({QString::fromStdString(moment->quantity.id), valueForPeople(*field, *cell)});
    }
    m_inspector->readout()->setLines(std::move(moments), placeOf(*pane->field(), *cell));
}

QStringList LookPage::statusTexts() const {
    const GroupEntry* group = m_session.group();
    const VolumeEntry* volume = m_session.volume();
    const LayerEntry* layer = m_session.layer();
    if (!layer)
        return {tr("Ready"), tr("no file open")};
    QString where = QString::fromStdString(group->title);
    if (!layer->label.empty())
        where += QStringLiteral(", ") + labelForPeople(*layer);
    const TimeInterval& time = layer->hasTime ? layer->time : volume->time;
    if (layer->hasTime || volume->hasTime)
        where += tr(", %1 UTC").arg(secondsText(time.begin, time.calendar));
    QStringList texts(where);
    if (!m_painter.isEmpty())
        texts << m_painter;
    double sum = 0;
    if (findViewKind(m_view)->volume)
        sum = m_milliseconds[4];
    for (std::size_t i = 0; i < visiblePanes(); ++i)
        sum += m_milliseconds[i];
    texts << (visiblePanes() > 1 ? tr("%1 panes %2 ms").arg(visiblePanes()).arg(numberForPeople(sum, 0))
                                 : tr("%1 ms").arg(numberForPeople(sum, 0)));
    return texts;
}

} // namespace embellie
