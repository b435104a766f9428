#pragma once

#include <QLabel>
#include <QWidget>

namespace embellie {

/// A flat area with a frame: of the border's colour, of the accent, or dashed.
class Card : public QWidget {
    Q_OBJECT
public:
    enum class Edge { Plain, Accent, Dashed };
    Card(Edge edge, QWidget* parent) : QWidget(parent), m_edge(edge) {}
    void setEdge(Edge edge);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Edge m_edge;
};

/// A text that wraps, for a card.
QLabel* cardLine(const QString& text, QWidget* parent, bool muted = false, bool bold = false);

} // namespace embellie
