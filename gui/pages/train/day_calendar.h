#pragma once

#include "core/days/days.h"
#include "gui/scene/palette.h"

#include <QWidget>

#include <vector>

namespace embellie {

/// Volumes of a radar as cells, a line a day, a place by the hour (UTC): wet ones fill their line, dry ones
/// lie low, unsure ones are hollow, so that nobody needs the colours. A click makes a volume the next kind,
/// one on the date all of its day; arrows and the space bar do the same.
class DayCalendar : public QWidget {
    Q_OBJECT
public:
    explicit DayCalendar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @p byHand marks those that a person has decided; as many as @p days.
    void setDays(std::vector<DayVolume> days, std::vector<bool> byHand);
    const std::vector<DayVolume>& days() const { return m_days; }

    /// Where a volume, or the date of its day, is drawn.
    QRect cellOf(std::size_t volume) const;
    QRect dateOf(std::size_t volume) const;

    QSize sizeHint() const override;

Q_SIGNALS:
    /// These volumes shall be of that kind.
    void corrected(const std::vector<std::size_t>& volumes, DayKind kind);
    /// The keyboard went to the volume there.
    void moved(const QRect& cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Line {
        QString date, radar;
        std::vector<std::size_t> volumes;
    };
    void arrange();
    void paintCell(QPainter& painter, std::size_t volume) const;
    void turn(const std::vector<std::size_t>& volumes);
    std::optional<std::size_t> volumeAt(const QPoint& point) const;
    const Line* lineAt(const QPoint& point) const;
    int lineHeight() const;
    void measure(); ///< the column of the dates
    double xOf(double hour) const;

    Theme m_theme;
    std::vector<DayVolume> m_days;
    std::vector<bool> m_byHand;
    std::vector<Line> m_lines;
    std::vector<std::size_t> m_lineOf; ///< of each volume
    std::vector<double> m_hour;        ///< of each volume
    double m_cellHours = 0.5;
    int m_labelWidth = 0;
    std::size_t m_current = 0;
};

/// Draws the sign of a kind into a rectangle, for calendar and legend.
void paintDayKind(QPainter& painter, const QRectF& box, DayKind kind, const Theme& theme);

} // namespace embellie
