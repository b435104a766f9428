#include "gui/views/pane/pane.h"

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

/// Whether lines painted by the older scene still lie right over the newer one.
bool sameOverlay(const Scene& before, const Scene& after) {
    const auto* a = std::get_if<Scene2D>(&before);
    const auto* b = std::get_if<Scene2D>(&after);
    return a && b && a->camera == b->camera && a->plane == b->plane && a->pixels == b->pixels &&
           a->theme == b->theme;
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
    connect(&theme, &ThemeSource::changed, this, [this] { update(); });
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
    setBar(m_bar);
}

void Pane::setBar(std::optional<ColourBar> bar) {
    m_bar = std::move(bar);
    const QSize size = pictureRect().size();
    if (size != m_pictureSize) {
        m_pictureSize = size;
        pictureResized(size);
        redraw();
    }
    update();
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
        m_wanted = m_arrived = 0;
        update();
        Q_EMIT completeChanged();
        return;
    }
    m_wanted = m_drawing.request(m_number, std::move(*scene), moving);
}

void Pane::show(const FramePtr& frame) {
    const FramePtr before = std::exchange(m_frame, frame);
    if (frame->quality == Quality::Full || frame->problem)
        m_arrived = frame->number;
    if (frame->problem) {
        m_empty = localised(*frame->problem);
        update();
        Q_EMIT problem(m_empty);
        Q_EMIT completeChanged();
        return;
    }
    const QRect picture = pictureRect();
    if (!before || before->problem || !sameOverlay(*before->scene, *frame->scene)) {
        update(picture);
    } else {
        const double ratio = devicePixelRatioF();
        for (const QRect& tile : frame->changed)
            update(QRectF(tile.x() / ratio, tile.y() / ratio, tile.width() / ratio, tile.height() / ratio)
                       .toAlignedRect()
                       .translated(picture.topLeft()));
    }
    Q_EMIT frameShown(frame->milliseconds, localised(frame->painter));
    Q_EMIT completeChanged();
}

bool Pane::event(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ScreenChangeInternal)
        setBar(m_bar);
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
    painter.setClipRect(picture, Qt::IntersectClip);
    const bool drawn = m_frame && !m_frame->problem && !m_frame->picture.image.isNull();
    if (drawn) {
        // A picture of another size (the pane is being resized) stays where it is until the new one comes.
        const double ratio = devicePixelRatioF();
        const QImage& image = m_frame->picture.image;
        const QRectF target(picture.topLeft(), QSizeF(image.width() / ratio, image.height() / ratio));
        if (!target.contains(picture))
            painter.fillRect(picture, QColor::fromRgb(colours.states.canvas));
        painter.drawImage(target, image);
        painter.translate(picture.topLeft());
        paintOverlay(painter, picture.size());
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
