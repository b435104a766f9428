#include "gui/views/pane/pane.h"

#include "gui/views/pane/tiles.h"
#include "gui/scene/localised.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>

#include <atomic>

namespace embellie {

namespace {

int nextNumber() {
    static std::atomic<int> next = 1;
    return next++;
}

QFont smaller(QFont font, double by) {
    font.setPointSizeF(font.pointSizeF() * by);
    return font;
}

/// The whole pixels by which all that is seen moved between two scenes; nothing where it did not only move.
std::optional<QPoint> movedBy(const Scene& before, const Scene& after) {
    const auto* a = std::get_if<Scene2D>(&before);
    const auto* b = std::get_if<Scene2D>(&after);
    if (!a || !b || !(a->plane == b->plane) || a->pixels != b->pixels || a->theme != b->theme)
        return std::nullopt;
    return pixelsBetween(a->camera, b->camera);
}

} // namespace

Pane::Pane(DrawingThread& drawing, ThemeSource& theme, QWidget* parent)
    : QWidget(parent), m_drawing(drawing), m_theme(theme), m_number(nextNumber()) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&drawing, &DrawingThread::frameReady, this, [this](const FramePtr& frame) {
        if (frame->pane == m_number)
            show(frame);
    });
    connect(&theme, &ThemeSource::changed, this, [this] {
        m_composed = {};
        update();
    });
}

Pane::~Pane() {
    m_drawing.forget(m_number);
}

void Pane::setCaption(const QString& name, const QString& detail) {
    if (name == m_name && detail == m_detail)
        return;
    m_name = name;
    m_detail = detail;
    setAccessibleName(name + QLatin1Char(' ') + detail);
    update(0, 0, width(), captionHeight());
}

void Pane::setMark(const QString& mark) {
    m_mark = mark;
    update(0, 0, width(), captionHeight());
}

void Pane::setEmptyText(const QString& text) {
    m_empty = text;
    updatePicture();
}

void Pane::setActive(bool active) {
    if (active == m_active)
        return;
    m_active = active;
    update(0, 0, width(), captionHeight());
}

void Pane::setColourBarShown(bool shown) {
    m_barShown = shown;
    layBarOut();
}

void Pane::setBar(std::optional<ColourBar> bar) {
    if (bar == m_bar)
        return;
    m_bar = std::move(bar);
    layBarOut();
}

void Pane::layBarOut() {
    const QSize size = pictureRect().size();
    if (size != m_pictureSize) {
        m_pictureSize = size;
        pictureResized(size);
        redraw();
    }
    update();
}

void Pane::updatePicture() {
    m_composed = {};
    update(pictureRect());
}

int Pane::captionHeight() const {
    return fontMetrics().height() + 6;
}

QRect Pane::pictureRect() const {
    QRect area = rect().adjusted(0, captionHeight() + 1, 0, 0);
    if (m_bar && m_barShown)
        area.setRight(area.right() - colourBarSize(*m_bar, smaller(font(), 0.85), Qt::Vertical).width() - 12);
    return area;
}

QImage Pane::image() const {
    return m_frame ? m_frame->picture.image : QImage();
}

QSize Pane::minimumSizeHint() const {
    const int unit = fontMetrics().height();
    return {unit * 10, unit * 10};
}

void Pane::redraw(bool moving) {
    m_movingOnly = m_movingOnly && moving;
    if (m_asking)
        return;
    m_asking = true;
    QTimer::singleShot(0, this, &Pane::ask);
}

void Pane::ask() {
    m_asking = false;
    const bool moving = std::exchange(m_movingOnly, true);
    const QSize pixels = pictureRect().size() * devicePixelRatioF();
    std::optional<Scene> scene;
    if (pixels.width() > 1 && pixels.height() > 1)
        scene = sceneFor(pixels);
    if (!scene) {
        m_drawing.forget(m_number);
        m_frame.reset();
        m_composed = {};
        m_wanted = m_arrived = 0;
        update();
        Q_EMIT completeChanged();
        return;
    }
    m_wanted = m_drawing.request(m_number, std::move(*scene), moving);
}

void Pane::show(const FramePtr& frame) {
    const QRect marksBefore = marksRect();
    const FramePtr before = std::exchange(m_frame, frame);
    const QImage composedBefore = std::exchange(m_composed, {});
    if (frame->quality == Quality::Full || frame->problem)
        m_arrived = frame->number;
    if (frame->problem) {
        m_empty = localised(*frame->problem);
        update();
        Q_EMIT problem(m_empty);
        Q_EMIT completeChanged();
        return;
    }
    m_isNewPicture = true;
    const std::optional<QPoint> moved =
        composedBefore.isNull() ? std::nullopt : movedBy(*before->scene, *frame->scene);
    if (moved)
        updateChanged(composedBefore, *moved, marksBefore);
    else
        update(pictureRect());
    Q_EMIT frameShown(frame->milliseconds, localised(frame->painter));
    Q_EMIT completeChanged();
}

QImage Pane::composed() {
    const double ratio = devicePixelRatioF();
    QImage image = m_frame->picture.image;
    // Sizes of fonts in points are the screen's.
    image.setDotsPerMeterX(qRound(logicalDpiX() / 0.0254));
    image.setDotsPerMeterY(qRound(logicalDpiY() / 0.0254));
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    painter.setFont(smaller(font(), 0.85));
    paintOverlay(painter, image.size() / ratio);
    return image;
}

/// Paints anew what is not there already, and moves the rest: on a forwarded display what is painted is what
/// goes over the line.
void Pane::updateChanged(const QImage& before, QPoint moved, QRect marksBefore) {
    const QRect area = pictureRect();
    const double ratio = devicePixelRatioF();
    m_composed = composed();
    const std::vector<QRect> tiles = changedTiles(before, m_composed, moved);
    std::int64_t changed = 0;
    for (const QRect& tile : tiles)
        changed += std::int64_t(tile.width()) * tile.height();
    const bool scrolls = moved != QPoint(0, 0);
    if ((scrolls && ratio != 1) || changed > std::int64_t(m_composed.width()) * m_composed.height() / 2) {
        update(area);
        return;
    }
    if (scrolls)
        scroll(moved.x(), moved.y(), area);
    for (const QRect& tile : tiles)
        update(QRectF(tile.x() / ratio, tile.y() / ratio, tile.width() / ratio, tile.height() / ratio)
                   .toAlignedRect()
                   .translated(area.topLeft()));
    if (const QRect marks = marksRect(); marks != marksBefore.translated(moved)) {
        update(marksBefore.translated(moved));
        update(marks);
    }
}

bool Pane::event(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ScreenChangeInternal) {
        m_composed = {};
        layBarOut();
        redraw(); // as many pixels as the screen has
    }
    return QWidget::event(event);
}

void Pane::paintCaption(QPainter& painter) {
    const Theme& colours = theme();
    const QRect bar(0, 0, width(), captionHeight());
    painter.fillRect(bar, m_active ? colours.selection : colours.window);
    painter.setPen(colours.border);
    painter.drawLine(0, bar.height(), width(), bar.height());
    QRect free = bar.adjusted(8, 0, -8, 0);
    if (!m_mark.isEmpty()) {
        painter.setFont(smaller(font(), 0.9));
        const int room = painter.fontMetrics().horizontalAdvance(m_mark) + 12;
        const QRect badge(free.right() - room + 1, bar.y() + 2, room, bar.height() - 4);
        painter.fillRect(badge, colours.warningFill);
        painter.setPen(colours.warning);
        painter.drawText(badge, Qt::AlignCenter, m_mark);
        free.setRight(badge.left() - 8);
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(m_active ? colours.selectionText : colours.text);
    const QString name = painter.fontMetrics().elidedText(m_name, Qt::ElideRight, free.width());
    painter.drawText(free, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
    free.setLeft(free.left() + painter.fontMetrics().horizontalAdvance(name) + 8);
    painter.setFont(font());
    painter.setPen(m_active ? colours.selectionText : colours.mutedText);
    if (free.width() > 16)
        painter.drawText(free, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, free.width()));
}

void Pane::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const Theme& colours = theme();
    if (event->rect().top() <= captionHeight())
        paintCaption(painter);
    const QRect picture = pictureRect();
    painter.setFont(smaller(font(), 0.85));
    if (m_bar && m_barShown && event->rect().right() > picture.right()) {
        const QRect side(picture.right() + 1, picture.top(), width() - picture.right() - 1, picture.height());
        painter.fillRect(side, colours.window);
        const QSize wanted = colourBarSize(*m_bar, painter.font(), Qt::Vertical);
        paintColourBar(painter,
                       QRect(side.left() + 6, side.top() + 6, wanted.width(),
                             std::min(std::max(wanted.height(), side.height() / 2), side.height() - 12)),
                       *m_bar, colours, Qt::Vertical);
    }
    if (!event->region().intersects(picture))
        return;
    if (DisplayLine* line = m_drawing.line(); line && std::exchange(m_isNewPicture, false)) {
        qint64 pixels = 0;
        for (const QRect& part : event->region())
            pixels += qint64(part.width()) * part.height();
        line->painted(4 * pixels);
    }
    painter.setClipRect(picture, Qt::IntersectClip);
    const bool drawn = m_frame && !m_frame->problem && !m_frame->picture.image.isNull();
    if (drawn) {
        // A picture of another size (the pane is being resized) stays where it is until the new one comes.
        const double ratio = devicePixelRatioF();
        if (m_composed.isNull())
            m_composed = composed();
        const QRectF target(picture.topLeft(),
                            QSizeF(m_composed.width() / ratio, m_composed.height() / ratio));
        if (!target.contains(picture))
            painter.fillRect(picture, QColor::fromRgb(colours.states.canvas));
        painter.drawImage(target, m_composed);
        painter.translate(picture.topLeft());
        paintMarks(painter, picture.size());
    } else {
        painter.fillRect(picture, QColor::fromRgb(colours.states.canvas));
        painter.setFont(font());
        painter.setPen(colours.mutedText);
        painter.drawText(picture.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
    }
}

void Pane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_pictureSize = pictureRect().size();
    pictureResized(m_pictureSize);
    redraw();
}

void Pane::mousePressEvent(QMouseEvent* event) {
    QWidget::mousePressEvent(event);
    event->accept();
    Q_EMIT activated();
}

void Pane::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        Q_EMIT activated();
}

} // namespace embellie
