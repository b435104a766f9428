// The actions of the Look page, and what it remembers: views, undo, blinking.
#include "gui/pages/look/look_page.h"

#include "core/base/file.h"
#include "gui/action/action_list.h"
#include "gui/pages/look/data_tree.h"
#include "gui/pages/look/inspector.h"
#include "gui/pages/look/layer_reader.h"
#include "gui/pages/look/readout_panel.h"
#include "gui/scene/localised.h"
#include "gui/views/view.h"
#include "gui/workspace/paths.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStackedWidget>

#include <algorithm>

namespace embellie {

namespace {

/// Physical keys, as X11 and Wayland number them: on a French keyboard digits need Shift, but the keys are
/// the same.
constexpr quint32 ScanDigit1 = 10, ScanDigit9 = 18, ScanPeriod = 60;

/// What people want to see first of a radar: raw, cleaned, velocity, classes.
const std::vector<std::vector<std::string>> preferred = {
    {"TH", "TV", "DBZH", "DBZ", "reflectivity_hh_clut", "total_power", "UH", "RATE"},
    {"DBZH_CLEAN", "DBZH", "DBZV", "reflectivity", "ZH"},
    {"VRADDH", "VRADH", "VRAD", "VRADV", "velocity", "VEL", "RHOHV"},
    {"CLASS", "RHOHV", "WRADH", "WRAD", "ZDR", "KDP"},
};

/// The words of a name: wvc_index, flagBB and scanTime have two each.
QStringList wordsOf(const std::string& name) {
    static const QRegularExpression word(QStringLiteral("[A-Z]*[a-z]+|[A-Z]+|[0-9]+"));
    QStringList words;
    for (auto match = word.globalMatch(QString::fromStdString(name)); match.hasNext();)
        words << match.next().captured().toLower();
    return words;
}

/// How far a moment stands behind others for a first look: quantities come before what files keep beside
/// them, and that before flags and classes.
int rankOf(const MomentEntry& moment) {
    if (moment.quantity.kind == Kind::Flags || moment.quantity.kind == Kind::Classes)
        return 2;
    static const QStringList aside = {"qual", "quality", "dqf",      "flag", "flags",    "index",
                                      "time", "lat",     "latitude", "lon",  "longitude"};
    const QStringList words = wordsOf(moment.quantity.id);
    return std::any_of(words.begin(), words.end(), [&](const QString& word) { return aside.contains(word); });
}

} // namespace

void LookPage::makeActions() {
    ActionList& actions = m_context.actions;
    // Keys without modifiers work over the panes only: in the tree and in fields they mean something else.
    const auto add = [&](const char* id, const QString& label, const QString& help,
                         const QList<QKeySequence>& keys, std::function<void()> run) {
        return actions.add(m_centre, {QLatin1String(id), label, help, keys, true}, std::move(run));
    };
    add("look.next_time", tr("Next time"), tr("Shows the next time of this site or product"), {Qt::Key_Right},
        [this] { m_session.stepTime(1); });
    add("look.previous_time", tr("Previous time"), tr("Shows the time before this one"), {Qt::Key_Left},
        [this] { m_session.stepTime(-1); });
    add("look.next_sweep", tr("Sweep above"), tr("Shows the next higher sweep or level"), {Qt::Key_Up},
        [this] { m_session.stepLayer(1); });
    add("look.previous_sweep", tr("Sweep below"), tr("Shows the next lower sweep or level"), {Qt::Key_Down},
        [this] { m_session.stepLayer(-1); });
    add("look.blink", tr("Blink"), tr("Swaps the field with the one shown before"), {Qt::Key_Period},
        [this] { blink(); });
    add("look.show_all", tr("Show all"), tr("Shows the whole field again, as a double click does"),
        {Qt::Key_Home}, [this] { m_link.resetCamera(); });
    add("look.copy_readout", tr("Copy the read-out"),
        tr("Puts the values under the cursor on the clipboard, as text"), {QKeySequence::Copy},
        [this] { copyReadout(); });
    for (int i = 0; i < 9; ++i)
        actions.add(
            m_centre,
            {QStringLiteral("look.moment_%1").arg(i + 1),
             tr("Moment %1").arg(i + 1),
             tr("Shows moment %1 of this sweep in the active pane; a letter chooses by name").arg(i + 1),
             {QKeySequence(Qt::Key_1 + i)},
             i == 0},
            [this, i] { chooseMoment(std::size_t(i)); });
    for (const ViewKind* kind : viewKinds())
        actions.add(this,
                    {QStringLiteral("look.view_") + QString::fromStdString(kind->id),
                     tr("View: %1").arg(localised(kind->name)),
                     localised(kind->help),
                     {QKeySequence(QString::fromLatin1(kind->key))},
                     true},
                    [this, kind] { setView(kind->id); });
    actions.add(this,
                {QStringLiteral("look.filter"),
                 tr("Filter the tree"),
                 tr("Goes to the filter line of the tree"),
                 {QKeySequence::Find},
                 true},
                [this] {
                    m_tree->show();
                    m_tree->filter()->setFocus();
                });
    actions.add(this,
                {QStringLiteral("look.fold_tree"),
                 tr("Fold the tree"),
                 tr("Hides the tree, or shows it again"),
                 {Qt::CTRL | Qt::Key_B},
                 true},
                [this] { m_tree->setVisible(!m_tree->isVisible()); });
    actions.add(this,
                {QStringLiteral("look.fold_inspector"),
                 tr("Fold the right side"),
                 tr("Hides the form and the read-out, or shows them again"),
                 {Qt::CTRL | Qt::Key_I},
                 true},
                [this] {
                    m_inspectorFolded = !m_inspectorFolded;
                    showInspector();
                });
    actions.add(this,
                {QStringLiteral("look.save_view"),
                 tr("Save view…"),
                 tr("Writes what is shown as a small file for embellie --view"),
                 {QKeySequence::Save},
                 true},
                [this] { saveView(); });
    m_undoAction = actions.add(this,
                               {QStringLiteral("look.undo"),
                                tr("Undo"),
                                tr("Takes the last choice back"),
                                {QKeySequence::Undo},
                                true},
                               [this] { undo(); });
    m_redoAction = actions.add(this,
                               {QStringLiteral("look.redo"),
                                tr("Redo"),
                                tr("Does what was undone once more"),
                                {QKeySequence::Redo},
                                true},
                               [this] { redo(); });
    m_undoAction->setEnabled(false);
    m_redoAction->setEnabled(false);
}

void LookPage::keyPressEvent(QKeyEvent* event) {
    const quint32 scan = event->nativeScanCode();
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (plain && m_session.layer()) {
        if (scan >= ScanDigit1 && scan <= ScanDigit9) {
            chooseMoment(scan - ScanDigit1);
            return;
        }
        if (scan == ScanPeriod) {
            blink();
            return;
        }
        if (event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z && chooseByLetter(QChar(event->key())))
            return;
    }
    Page::keyPressEvent(event);
}

/// Panes keep their quantity where the layer has it; the others get what the layer has and no pane shows.
void LookPage::chooseQuantities(const LayerEntry& layer, bool newGroup) {
    const auto isShown = [&](const std::string& id, std::size_t upTo) {
        for (std::size_t i = 0; i < upTo; ++i)
            if (m_slots[i].state.quantity == id)
                return true;
        return false;
    };
    const auto pick = [&](std::size_t slot) -> std::string {
        for (const std::string& id : preferred[slot])
            if (layer.find(id) && !isShown(id, slot))
                return id;
        std::vector<const MomentEntry*> others = momentsOf(layer);
        std::erase_if(others, [&](const MomentEntry* moment) { return isShown(moment->quantity.id, slot); });
        const auto first =
            std::min_element(others.begin(), others.end(), [](const MomentEntry* a, const MomentEntry* b) {
                return rankOf(*a) < rankOf(*b);
            });
        return first == others.end() ? std::string() : (*first)->quantity.id;
    };
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot) {
        PaneState& state = m_slots[slot].state;
        if (!state.quantity.empty() && (layer.find(state.quantity) || !newGroup))
            continue;
        state = PaneState{pick(slot), {}};
    }
}

void LookPage::chooseMoment(std::size_t index) {
    const LayerEntry* layer = m_session.layer();
    const std::vector<const MomentEntry*> moments =
        layer ? momentsOf(*layer) : std::vector<const MomentEntry*>();
    if (index >= moments.size())
        return;
    Choice choice = m_session.choice();
    choice.moment = moments[index]->quantity.id;
    m_session.setChoice(choice);
}

/// The next moment whose name begins with the letter, from the one that is shown on.
bool LookPage::chooseByLetter(QChar letter) {
    const std::vector<const MomentEntry*> moments = momentsOf(*m_session.layer());
    if (moments.empty())
        return false;
    const std::string now = m_slots[m_active].state.quantity;
    const auto shown = std::find_if(moments.begin(), moments.end(),
                                    [&](const MomentEntry* each) { return each->quantity.id == now; });
    const std::size_t start =
        shown == moments.end() ? moments.size() - 1 : std::size_t(shown - moments.begin());
    for (std::size_t step = 1; step <= moments.size(); ++step) {
        const std::size_t index = (start + step) % moments.size();
        const std::string& id = moments[index]->quantity.id;
        if (!id.empty() && QChar(QLatin1Char(id.front())).toUpper() == letter) {
            chooseMoment(index);
            return true;
        }
    }
    return false;
}

void LookPage::blink() {
    const std::optional<Choice> before = m_slots[m_active].before;
    if (before)
        m_session.setChoice(*before);
}

void LookPage::copyReadout() const {
    QGuiApplication::clipboard()->setText(m_inspector->readout()->text());
}

/// Indices of what was shown before mean something else once data was closed.
void LookPage::forgetClosed() {
    std::vector<quint64> ids;
    for (const OpenData& data : m_session.opened())
        ids.push_back(data.id);
    if (ids.size() < m_openIds.size() || !std::equal(m_openIds.begin(), m_openIds.end(), ids.begin()))
        for (Slot& slot : m_slots)
            slot.shown = slot.before = std::nullopt;
    m_openIds = std::move(ids);
}

ViewState LookPage::viewState() const {
    ViewState state;
    state.view = m_view;
    if (const OpenData* data = m_session.data())
        state.dataset = data->paths;
    if (const GroupEntry* group = m_session.group())
        state.group = group->key;
    if (const VolumeEntry* volume = m_session.volume(); volume && volume->hasTime)
        state.time = volume->time.begin;
    if (m_session.layer())
        state.layer = markOf(*m_session.volume(), m_session.choice().layer);
    for (std::size_t i = 0; i < std::max<std::size_t>(visiblePanes(), 1); ++i)
        state.panes.push_back(m_slots[i].state);
    state.active = m_active;
    if (m_pending)
        state.camera = m_pending->camera;
    else if (m_link.isCameraMoved())
        state.camera = m_link.camera();
    if (!(m_volume->camera() == Camera3D{}))
        state.camera3d = m_volume->camera();
    state.ringsKilometres = m_rings;
    state.azimuthLines = m_azimuthLines;
    return finiteOnly(std::move(state)); // else it never equals itself, and each look is another step
}

ViewState LookPage::viewToSave() const {
    ViewState state = viewState();
    if (m_pending)
        state.cursor = m_pending->cursor;
    else if (m_link.cursor() && m_link.cursor()->pinned)
        state.cursor = m_link.cursor()->place;
    return state;
}

void LookPage::restore(const ViewState& state) {
    const auto& opened = m_session.opened();
    const auto data = std::find_if(opened.begin(), opened.end(),
                                   [&](const OpenData& each) { return each.paths == state.dataset; });
    if (data == opened.end())
        return;
    m_restoring = true;
    if (findViewKind(state.view))
        m_view = state.view;
    m_rings = state.ringsKilometres;
    m_azimuthLines = state.azimuthLines;
    Choice choice;
    choice.data = int(data - opened.begin());
    const auto& groups = data->dataset->groups();
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (groups[g].key == state.group)
            choice.group = g;
    const auto& volumes = groups[choice.group].volumes;
    for (std::size_t v = 0; v < volumes.size(); ++v)
        if (state.time && volumes[v].hasTime && volumes[v].time.begin <= *state.time)
            choice.volume = v;
    if (state.layer && !volumes.empty())
        choice.layer = nearestLayer(volumes[choice.volume], *state.layer,
                                    state.active < state.panes.size() ? state.panes[state.active].quantity
                                                                      : std::string());
    for (std::size_t i = 0; i < m_slots.size() && i < state.panes.size(); ++i) {
        m_slots[i].state = state.panes[i];
        m_styles[state.panes[i].quantity] = state.panes[i].style;
    }
    if (!volumes.empty() && !volumes[choice.volume].layers.empty())
        chooseQuantities(volumes[choice.volume].layers[choice.layer], false);
    m_active = std::min(state.active, std::max<std::size_t>(visiblePanes(), 1) - 1);
    choice.moment = m_slots[m_active].state.quantity;
    m_pending = state;
    if (state.camera3d || !(m_volume->camera() == Camera3D{}))
        m_volume->setCamera(state.camera3d.value_or(Camera3D{}));
    m_session.setChoice(choice);
    arrange();
    m_reader->setLayer(m_session.choice(), shownQuantities());
    fillPanes();
    fillVolume();
    setActive(m_active);
    m_restoring = false;
    m_remembered = viewState();
    Q_EMIT statusChanged();
}

/// Camera and cursor wait for the plane in which they are meant.
void LookPage::applyPending() {
    if (!m_pending)
        return;
    const ViewState state = *std::exchange(m_pending, std::nullopt);
    const bool restoring = std::exchange(m_restoring, true);
    if (state.camera)
        m_link.setCamera(*state.camera, false);
    else if (m_link.isCameraMoved())
        m_link.resetCamera();
    if (state.cursor)
        m_link.setCursor(PaneCursor{*state.cursor, true});
    m_restoring = restoring;
    m_remembered = viewState();
}

/// Called after whatever a person chose: the state before it can be brought back.
void LookPage::changed(const QString& label, const QString& group) {
    if (m_restoring || m_session.choice().data < 0)
        return;
    ViewState now = viewState();
    if (now == m_remembered)
        return;
    if (!m_remembered.dataset.empty())
        m_history.remember(m_remembered, label, group);
    m_remembered = std::move(now);
    m_undoAction->setEnabled(m_history.canUndo());
    m_redoAction->setEnabled(m_history.canRedo());
    m_undoAction->setToolTip(m_history.canUndo() ? tr("Takes back: %1 (Ctrl+Z)").arg(m_history.undoLabel())
                                                 : tr("Takes the last choice back"));
}

void LookPage::undo() {
    if (m_history.canUndo())
        restore(m_history.undo(viewState()));
    m_undoAction->setEnabled(m_history.canUndo());
    m_redoAction->setEnabled(m_history.canRedo());
}

void LookPage::redo() {
    if (m_history.canRedo())
        restore(m_history.redo(viewState()));
    m_undoAction->setEnabled(m_history.canUndo());
    m_redoAction->setEnabled(m_history.canRedo());
}

void LookPage::saveView() {
    if (!m_session.layer())
        return;
    auto* dialog = new QFileDialog(this, tr("Save view"), QStringLiteral("view.json"), tr("View (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        ViewState state = viewToSave();
        for (auto& path : state.dataset)
            path = std::filesystem::absolute(path);
        m_session.work().run(
            tr("Saving the view"),
            [content = viewToJson(state), path = toPath(file)](Feedback&) {
                writeFileAtomically(path, content);
            },
            [] {});
    });
    dialog->open();
}

} // namespace embellie
