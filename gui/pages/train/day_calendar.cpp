#include "gui/pages/train/day_calendar.h"

#include "gui/scene/localised.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace embellie {

namespace {

double hourOf(TimePoint time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return static_cast<double>((time - day).count()) / 3600e3;
}

DayKind next(DayKind kind) {
    return kind == DayKind::Dry ? DayKind::Wet : kind == DayKind::Wet ? DayKind::Unsure : DayKind::Dry;
}

} // namespace

void paintDayKind(QPainter& painter, const QRectF& box, DayKind kind, const Theme& theme) {
    switch (kind) {
    case DayKind::Wet:
        painter.fillRect(box, theme.accent);
        break;
    case DayKind::Dry: {
        const double height = std::round(box.height() / 3);
        painter.fillRect(QRectF(box.left(), box.bottom() - height, box.width(), height), theme.warning);
        break;
    }
    case DayKind::Unsure:
        if (box.width() < 3) { // too narrow for a frame
            painter.fillRect(QRectF(box.left(), box.center().y(), box.width(), 1), theme.mutedText);
        } else {
            painter.setPen(theme.mutedText);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        break;
    }
}

DayCalendar::DayCalendar(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setObjectName(QStringLiteral("days.calendar"));
    setAccessibleName(localised(EMBELLIE_TR("train", "Wet and dry volumes")));
    measure();
}

void DayCalendar::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void DayCalendar::setDays(std::vector<DayVolume> days, std::vector<bool> byHand) {
    m_days = std::move(days);
    m_byHand = std::move(byHand);
    arrange();
    updateGeometry();
    update();
}

void DayCalendar::arrange() {
    m_lines.clear();
    m_lineOf.assign(m_days.size(), 0);
    m_hour.assign(m_days.size(), 0);
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> lines; // by radar and date
    for (std::size_t i = 0; i < m_days.size(); ++i) {
        const RadarVolume& volume = m_days[i].volume;
        lines[{volume.radar, timeText(volume.time.begin).substr(0, 10)}].push_back(i);
        m_hour[i] = hourOf(volume.time.begin);
    }
    std::map<long, std::size_t> steps; // in seconds
    const std::string first = m_days.empty() ? "" : m_days.front().volume.radar;
    const bool several = std::any_of(m_days.begin(), m_days.end(),
                                     [&](const DayVolume& day) { return day.volume.radar != first; });
    for (auto& [key, volumes] : lines) {
        std::sort(volumes.begin(), volumes.end(),
                  [&](std::size_t a, std::size_t b) { return m_hour[a] < m_hour[b]; });
        for (std::size_t i = 0; i < volumes.size(); ++i) {
            m_lineOf[volumes[i]] = m_lines.size();
            if (i > 0)
                ++steps[std::lround(3600 * (m_hour[volumes[i]] - m_hour[volumes[i - 1]]))];
        }
        m_lines.push_back({QString::fromStdString(key.second),
                           several ? QString::fromStdString(key.first) : QString(), volumes});
    }
    m_cellHours = 0.5;
    if (!steps.empty()) // as wide as the usual distance of two
        m_cellHours = std::clamp(std::max_element(
                                     steps.begin(), steps.end(),
                                     [](const auto& a, const auto& b) {
                                         return a.second < b.second;
                                     })->first /
                                     3600.0,
                                 0.02, 1.0);
    m_current = std::min(m_current, m_days.empty() ? 0 : m_days.size() - 1);
    measure();
}

int DayCalendar::lineHeight() const {
    return fontMetrics().height() + 6;
}

void DayCalendar::measure() {
    int widest = fontMetrics().horizontalAdvance(QStringLiteral("2024-12-28"));
    for (const Line& line : m_lines)
        widest =
            std::max(widest, fontMetrics().horizontalAdvance(line.date + QStringLiteral("  ") + line.radar));
    m_labelWidth = widest + 16;
}

void DayCalendar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    measure();
    updateGeometry();
}

double DayCalendar::xOf(double hour) const {
    return m_labelWidth + hour / 24 * (width() - m_labelWidth - 16);
}

QRect DayCalendar::cellOf(std::size_t volume) const {
    const double left = xOf(m_hour[volume]), right = xOf(std::min(24.0, m_hour[volume] + m_cellHours));
    const int gap = right - left >= 5 ? 1 : 0;
    return QRect(int(std::lround(left)), int(m_lineOf[volume] + 1) * lineHeight() + 2,
                 std::max(1, int(std::lround(right)) - int(std::lround(left)) - gap), lineHeight() - 4);
}

QRect DayCalendar::dateOf(std::size_t volume) const {
    return QRect(0, int(m_lineOf[volume] + 1) * lineHeight(), m_labelWidth - 8, lineHeight());
}

QSize DayCalendar::sizeHint() const {
    return QSize(m_labelWidth + 480, lineHeight() * int(m_lines.size() + 1) + 8);
}

void DayCalendar::paintCell(QPainter& painter, std::size_t volume) const {
    const QRect cell = cellOf(volume);
    paintDayKind(painter, cell, m_days[volume].kind, m_theme);
    if (m_byHand[volume]) // a notch
        painter.fillRect(QRect(cell.left(), cell.top(), std::min(4, cell.width()), 4), m_theme.text);
    if (hasFocus() && volume == m_current) {
        painter.setPen(QPen(m_theme.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(-2, -2, 2, 2));
    }
}

void DayCalendar::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.base);
    painter.setPen(m_theme.mutedText);
    const int height = lineHeight();
    for (int hour = 0; hour <= 24; hour += 6) {
        const int x = int(std::lround(xOf(hour)));
        const QString said = hour == 0 ? localised(EMBELLIE_TR("train", "0 h UTC")) : QString::number(hour);
        const int width = fontMetrics().horizontalAdvance(said);
        painter.setPen(m_theme.mutedText);
        painter.drawText(hour == 0 ? x : std::min(x - width / 2, this->width() - width - 2),
                         fontMetrics().ascent() + 3, said);
        painter.setPen(m_theme.border);
        painter.drawLine(x, height, x, height * int(m_lines.size() + 1));
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        const QRect label = dateOf(line.volumes.front());
        if (!label.united(QRect(0, label.top(), width(), height)).intersects(event->rect()))
            continue;
        painter.setPen(m_theme.text);
        const QString said = line.radar.isEmpty() ? line.date : line.date + QStringLiteral("  ") + line.radar;
        painter.drawText(label.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, said);
        for (const std::size_t volume : line.volumes)
            paintCell(painter, volume);
    }
}

std::optional<std::size_t> DayCalendar::volumeAt(const QPoint& point) const {
    for (std::size_t i = m_days.size(); i-- > 0;) // of two that overlap the upper one
        if (cellOf(i).contains(point))
            return i;
    return std::nullopt;
}

const DayCalendar::Line* DayCalendar::lineAt(const QPoint& point) const {
    for (const Line& line : m_lines)
        if (dateOf(line.volumes.front()).contains(point))
            return &line;
    return nullptr;
}

void DayCalendar::turn(const std::vector<std::size_t>& volumes) {
    const DayKind kind = m_days[volumes.front()].kind;
    const bool areAlike = std::all_of(volumes.begin(), volumes.end(),
                                      [&](std::size_t volume) { return m_days[volume].kind == kind; });
    Q_EMIT corrected(volumes, areAlike ? next(kind) : kind);
}

void DayCalendar::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto volume = volumeAt(event->pos())) {
        m_current = *volume;
        turn({*volume});
    } else if (const Line* line = lineAt(event->pos())) {
        turn(std::vector<std::size_t>(line->volumes)); // the answer may arrange the lines anew
    }
}

void DayCalendar::keyPressEvent(QKeyEvent* event) {
    if (m_days.empty())
        return QWidget::keyPressEvent(event);
    const Line& line = m_lines[m_lineOf[m_current]];
    const auto place = std::find(line.volumes.begin(), line.volumes.end(), m_current) - line.volumes.begin();
    const auto nearestIn = [&](const Line& other) {
        return *std::min_element(
            other.volumes.begin(), other.volumes.end(), [&](std::size_t a, std::size_t b) {
                return std::abs(m_hour[a] - m_hour[m_current]) < std::abs(m_hour[b] - m_hour[m_current]);
            });
    };
    switch (event->key()) {
    case Qt::Key_Left:
        m_current = line.volumes[std::size_t(std::max<std::ptrdiff_t>(0, place - 1))];
        break;
    case Qt::Key_Right:
        m_current = line.volumes[std::min(line.volumes.size() - 1, std::size_t(place) + 1)];
        break;
    case Qt::Key_Up:
        if (m_lineOf[m_current] > 0)
            m_current = nearestIn(m_lines[m_lineOf[m_current] - 1]);
        break;
    case Qt::Key_Down:
        if (m_lineOf[m_current] + 1 < m_lines.size())
            m_current = nearestIn(m_lines[m_lineOf[m_current] + 1]);
        break;
    case Qt::Key_Space:
        turn({m_current});
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    update();
    Q_EMIT moved(cellOf(m_current));
}

bool DayCalendar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString said;
    if (const auto volume = volumeAt(help->pos())) {
        const DayVolume& day = m_days[*volume];
        said = QString::fromStdString(timeText(day.volume.time.begin)) + QStringLiteral(" UTC, ") +
               localised(dayText(day.kind));
        said += m_byHand[*volume] ? localised(EMBELLIE_TR("train", " (by hand)")) : QString();
        said += QStringLiteral("\n") + localised(day.reason);
    } else if (lineAt(help->pos())) {
        said = localised(EMBELLIE_TR("train", "A click makes all volumes of the day dry, wet or unsure"));
    }
    QToolTip::showText(help->globalPos(), said, this);
    return true;
}

} // namespace embellie
