#pragma once

#include "gui/chart/colour_bar.h"
#include "gui/draw/drawing_thread.h"
#include "gui/workspace/theme_source.h"

#include <QWidget>

#include <optional>

namespace embellie {

/// A picture with a caption above it and a colour bar beside it. The picture comes from the drawing thread; a
/// derived class says which scene, and paints what lies over it.
class Pane : public QWidget {
    Q_OBJECT
public:
    Pane(DrawingThread& drawing, ThemeSource& theme, QWidget* parent = nullptr);
    ~Pane() override;

    /// "TH" in semibold and "raw reflectivity, dBZ, 0.5°" muted after it; what does not fit is elided.
    void setCaption(const QString& name, const QString& detail);
    const QString& captionName() const { return m_name; }
    const QString& captionDetail() const { return m_detail; }
    /// Marks the caption as a model's work: "made by a model" in the warning's colours at its right. Empty:
    /// nothing.
    void setMark(const QString& mark);
    /// Said in the middle where there is nothing to draw.
    void setEmptyText(const QString& text);
    /// The active pane has its caption in the selection's colour.
    void setActive(bool active);
    bool isActive() const { return m_active; }
    void setColourBarShown(bool shown);

    /// Where the picture is, in this widget's coordinates.
    QRect pictureRect() const;
    /// The picture shown; null before the first.
    QImage image() const;
    const FramePtr& frame() const { return m_frame; }
    /// Nothing asked is still on its way.
    bool isComplete() const { return !m_asking && m_wanted == m_arrived; }

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Clicked, or the focus came.
    void activated();
    void frameShown(double milliseconds, const QString& painter);
    void problem(const QString& sentence);
    void completeChanged();

protected:
    /// What is to be drawn at this size in device pixels; nothing where there is nothing to draw.
    virtual std::optional<Scene> sceneFor(QSize pixels) const = 0;
    /// Lines and labels over the picture, clipped to it; origin at the picture's top left corner. Painted
    /// once for each picture, and after updatePicture().
    virtual void paintOverlay(QPainter& painter, QSize size) = 0;
    /// What moves over the picture without a new one; painted each time.
    virtual void paintMarks(QPainter& painter, QSize size) { (void)painter, (void)size; }
    /// Where paintMarks() paints now, in this widget's coordinates.
    virtual QRect marksRect() const { return {}; }
    /// The picture area has another size.
    virtual void pictureResized(QSize size) { (void)size; }

    /// Asks for a picture of the scene as it is now, once the event loop comes round.
    void redraw(bool moving = false);
    void setBar(std::optional<ColourBar> bar);
    /// The lines over the picture are others.
    void updatePicture();
    const Theme& theme() const { return m_theme.theme(); }
    const ThemeSource& themeSource() const { return m_theme; }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void layBarOut();
    int captionHeight() const;
    void paintCaption(QPainter& painter);
    void ask();
    void show(const FramePtr& frame);
    QImage composed();
    void updateChanged(const QImage& before, QPoint moved, QRect marksBefore);

    DrawingThread& m_drawing;
    ThemeSource& m_theme;
    const int m_number;
    QString m_name, m_detail, m_mark, m_empty;
    bool m_active = false, m_barShown = true;
    std::optional<ColourBar> m_bar;
    FramePtr m_frame;
    QImage m_composed; ///< the picture and what lies over it, but for marks; null: to be made
    bool m_isNewPicture = false;
    std::uint64_t m_wanted = 0, m_arrived = 0;
    bool m_asking = false, m_movingOnly = true;
    QSize m_pictureSize;
};

} // namespace embellie
