#include "gui/pages/look/time_bar.h"

#include "gui/workspace/layer_mark.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace embellie {

namespace {

double secondsBetween(TimePoint from, TimePoint to) {
    return std::chrono::duration<double>(to - from).count();
}

QString textOf(TimePoint time, Calendar calendar) {
    return QString::fromStdString(timeText(time, calendar));
}

/// Steps of a clock's axis, in seconds.
constexpr std::array clockSteps = {1.0,           5.0,           10.0,    30.0,        60.0,
                                   300.0,         600.0,         1800.0,  3600.0,      3 * 3600.0,
                                   6 * 3600.0,    12 * 3600.0,   86400.0, 7 * 86400.0, 30 * 86400.0,
                                   365 * 86400.0, 3650 * 86400.0};

constexpr int Left = 150; ///< date and keys
constexpr int Right = 30;

} // namespace

TimeBar::TimeBar(Session& session, ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(theme) {
    setAccessibleName(tr("Times and sweeps"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&session, &Session::choiceChanged, this, &TimeBar::collect);
    connect(&session, &Session::openedChanged, this, &TimeBar::collect);
    connect(&theme, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    collect();
}

QSize TimeBar::sizeHint() const {
    return {400, fontMetrics().height() * 2 + 26};
}

QRectF TimeBar::axisArea() const {
    return QRectF(Left, 0, std::max(10, width() - Left - Right), height());
}

double TimeBar::xOf(const Mark& mark) const {
    const QRectF area = axisArea();
    return area.left() + area.width() * mark.at / m_length;
}

void TimeBar::collect() {
    m_marks.clear();
    m_gaps.clear();
    m_date.clear();
    m_timed = m_sweeps = false;
    m_length = 1;
    const GroupEntry* group = m_session.group();
    if (group && !group->volumes.empty()) {
        m_calendar = group->volumes.front().time.calendar;
        std::size_t layers = 0;
        std::set<TimePoint> times;
        bool timed = true;
        for (const VolumeEntry& volume : group->volumes)
            for (const LayerEntry& layer : volume.layers) {
                ++layers;
                timed = timed && layer.hasTime;
                times.insert(layer.time.begin);
            }
        m_sweeps = group->volumes.size() == 1 ||
                   (timed && times.size() == layers && layers * 34 < axisArea().width());
        m_timed = timed && times.size() > 1 && (!m_sweeps || times.size() == layers);
        if (m_sweeps)
            collectSweeps(*group);
        else
            collectVolumes(*group);
        const VolumeEntry& volume = *m_session.volume();
        if (volume.hasTime)
            m_date = tr("%1 UTC").arg(m_timed && m_sweeps ? textOf(volume.time.begin, m_calendar).left(10)
                                                          : textOf(volume.time.begin, m_calendar).left(16));
    }
    update();
}

void TimeBar::collectSweeps(const GroupEntry& group) {
    TimePoint first = TimePoint::max(), last = TimePoint::min();
    for (std::size_t v = 0; v < group.volumes.size(); ++v)
        for (std::size_t l = 0; l < group.volumes[v].layers.size(); ++l) {
            const LayerEntry& layer = group.volumes[v].layers[l];
            Mark mark;
            mark.choice = m_session.choice();
            mark.choice.volume = v;
            mark.choice.layer = l;
            mark.label = labelForPeople(layer);
            mark.chosen = mark.choice == m_session.choice();
            mark.at = double(m_marks.size());
            m_marks.push_back(mark);
            first = std::min(first, layer.time.begin);
            last = std::max(last, layer.time.begin);
        }
    if (!m_timed) {
        // A row of levels, a hand's breadth apart at most.
        for (Mark& mark : m_marks)
            mark.at += 0.5;
        m_length = std::max<double>(double(m_marks.size()), axisArea().width() / 90);
        return;
    }
    const double span = std::max(1.0, secondsBetween(first, last));
    const auto margin = std::chrono::milliseconds(std::int64_t(span * 1000 * 0.06));
    m_begin = first - margin;
    m_length = span * 1.14;
    std::size_t i = 0;
    for (const VolumeEntry& volume : group.volumes)
        for (const LayerEntry& layer : volume.layers)
            m_marks[i++].at = secondsBetween(m_begin, layer.time.begin);
    std::stable_sort(m_marks.begin(), m_marks.end(),
                     [](const Mark& a, const Mark& b) { return a.at < b.at; });
}

void TimeBar::collectVolumes(const GroupEntry& group) {
    m_timed = true;
    std::vector<double> steps;
    const TimePoint first = group.volumes.front().time.begin;
    const Choice& now = m_session.choice();
    const LayerMark layer = m_session.layer() ? markOf(*m_session.volume(), now.layer) : LayerMark();
    for (std::size_t v = 0; v < group.volumes.size(); ++v) {
        Mark mark;
        mark.choice = now;
        mark.choice.volume = v;
        mark.choice.layer = nearestLayer(group.volumes[v], layer, now.moment);
        mark.chosen = v == now.volume;
        mark.label = textOf(group.volumes[v].time.begin, m_calendar).mid(11, 5);
        mark.at = secondsBetween(first, group.volumes[v].time.begin);
        m_timed = m_timed && group.volumes[v].hasTime;
        if (v > 0)
            steps.push_back(mark.at - m_marks.back().at);
        m_marks.push_back(mark);
    }
    if (!m_timed) {
        for (std::size_t v = 0; v < m_marks.size(); ++v)
            m_marks[v].at = double(v) + 0.5;
        m_length = double(m_marks.size());
        return;
    }
    const double span = std::max(1.0, m_marks.back().at);
    m_begin = first - std::chrono::milliseconds(std::int64_t(span * 1000 * 0.04));
    m_length = span * 1.08;
    for (Mark& mark : m_marks)
        mark.at += span * 0.04;
    if (steps.empty())
        return;
    std::vector<double> sorted = steps;
    std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(sorted.size() / 2), sorted.end());
    const double usual = sorted[sorted.size() / 2];
    for (std::size_t v = 0; v + 1 < m_marks.size(); ++v)
        if (usual > 0 && steps[v] > 1.5 * usual)
            m_gaps.push_back({m_marks[v].at + usual / 2, m_marks[v + 1].at - usual / 2});
}

void TimeBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    collect(); // what fits decides what is shown
}

void TimeBar::paintAxis(QPainter& painter, int line) {
    const Theme& theme = m_theme.theme();
    const QRectF area = axisArea();
    painter.setPen(theme.controlBorder);
    painter.drawLine(QPointF(area.left(), line), QPointF(area.right(), line));
    if (!m_timed)
        return;
    const double perSecond = area.width() / m_length;
    double step = clockSteps.back();
    for (const double each : clockSteps)
        if (each * perSecond >= 90) {
            step = each;
            break;
        }
    const double offset = std::fmod(secondsBetween(TimePoint{}, m_begin), step);
    for (double at = step - offset; at <= m_length; at += step) {
        const double x = area.left() + at * perSecond;
        const TimePoint time = m_begin + std::chrono::milliseconds(std::llround(at * 1000));
        const QString text = textOf(time, m_calendar);
        painter.setPen(theme.controlBorder);
        painter.drawLine(QPointF(x, line), QPointF(x, line + 4));
        painter.setPen(theme.mutedText);
        const QString label = step < 60 ? text.mid(11, 8) : step < 86400 ? text.mid(11, 5) : text.left(10);
        painter.drawText(QPointF(x + 4, line + painter.fontMetrics().ascent()), label);
    }
}

void TimeBar::paintEvent(QPaintEvent*) {
    const Theme& theme = m_theme.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.setPen(theme.border);
    painter.drawLine(0, 0, width(), 0);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const int row = painter.fontMetrics().height();
    painter.setPen(theme.text);
    painter.drawText(QRect(8, 8, Left - 16, row), Qt::AlignLeft | Qt::AlignVCenter, m_date);
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(8, height() - row - 8, Left - 12, row), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("◂ ▸ time, ▴ ▾ sweep"));
    if (m_marks.empty())
        return;

    const int line = height() - row - 4;
    for (const Gap& gap : m_gaps) {
        const QRectF area = axisArea();
        const QRectF box(area.left() + area.width() * gap.from / m_length, row + 4.0,
                         area.width() * (gap.to - gap.from) / m_length, line - row - 4.0);
        painter.fillRect(box, theme.warningFill);
        painter.setPen(theme.warning);
        if (box.width() > painter.fontMetrics().horizontalAdvance(tr("gap")) + 4)
            painter.drawText(box, Qt::AlignCenter, tr("gap"));
    }
    paintAxis(painter, line);

    // Marks; the chosen one last, so that nothing lies over it.
    double room = -1e9;
    const double spacing = m_marks.size() > 1 ? std::abs(xOf(m_marks[1]) - xOf(m_marks[0])) : 40;
    const double thick = m_marks.size() > 100 ? 1 : std::clamp(spacing / 4, 2.0, 6.0);
    const Mark* chosen = nullptr;
    for (const Mark& mark : m_marks)
        if (mark.chosen)
            chosen = &mark;
    const auto labelRect = [&](const Mark& mark) {
        const double wide = painter.fontMetrics().horizontalAdvance(mark.label) + 6;
        return QRectF(std::clamp(xOf(mark) - wide / 2, 0.0, width() - wide), 2, wide, row);
    };
    QFont bold = small;
    bold.setWeight(QFont::DemiBold);
    QRectF taken;
    if (chosen) {
        painter.setFont(bold);
        taken = labelRect(*chosen);
    }
    painter.setFont(small);
    for (const Mark& mark : m_marks) {
        if (&mark == chosen)
            continue;
        painter.fillRect(QRectF(xOf(mark) - thick / 2, row + 4.0, thick, line - row - 4.0),
                         theme.controlBorder);
        const QRectF place = labelRect(mark);
        if (place.left() >= room && !place.intersects(taken)) {
            painter.setPen(theme.mutedText);
            painter.drawText(place, Qt::AlignCenter, mark.label);
            room = place.right() + 4;
        }
    }
    if (chosen) {
        const double wide = std::max(thick, 3.0);
        painter.fillRect(QRectF(xOf(*chosen) - wide / 2, row + 4.0, wide, line - row - 4.0), theme.accent);
        painter.setFont(bold);
        painter.setPen(theme.text);
        painter.drawText(taken, Qt::AlignCenter, chosen->label);
    }
}

const TimeBar::Mark* TimeBar::markNear(double x) const {
    const Mark* best = nullptr;
    for (const Mark& mark : m_marks)
        if (!best || std::abs(xOf(mark) - x) < std::abs(xOf(*best) - x))
            best = &mark;
    return best && std::abs(xOf(*best) - x) < 60 ? best : nullptr;
}

void TimeBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < Left)
        return;
    if (const Mark* mark = markNear(event->position().x())) {
        const Choice choice = mark->choice; // the marks are made anew while this is chosen
        m_session.setChoice(choice);
    }
}

bool TimeBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Mark* mark = help->pos().x() < Left ? nullptr : markNear(help->pos().x());
    const GroupEntry* group = m_session.group();
    if (!mark || !group) {
        QToolTip::showText(help->globalPos(), tr("Times (UTC) and sweeps of what is shown; a click chooses"),
                           this);
        return true;
    }
    const VolumeEntry& volume = group->volumes[mark->choice.volume];
    const LayerEntry& layer = volume.layers[mark->choice.layer];
    const TimePoint time = m_sweeps && layer.hasTime ? layer.time.begin : volume.time.begin;
    QToolTip::showText(help->globalPos(),
                       tr("%1, %2 UTC").arg(labelForPeople(layer), textOf(time, m_calendar)), this);
    return true;
}

} // namespace embellie
