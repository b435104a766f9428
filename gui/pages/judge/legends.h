#pragma once

#include "gui/scene/palette.h"

#include <QWidget>

#include <vector>

namespace embellie {

/// What a cell without a value looks like, in words: no echo, removed, not measured, out of range.
class StateLegend : public QWidget {
    Q_OBJECT
public:
    explicit StateLegend(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
};

/// The categories of a difference with their counts, at the upper left of its pane. Lets the mouse through.
class CategoryLegend : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        QColor colour;
        QString text;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    explicit CategoryLegend(QWidget* parent);
    void setTheme(const Theme& theme);
    void setEntries(std::vector<Entry> entries);
    const std::vector<Entry>& entries() const { return m_entries; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineHeight() const;
    Theme m_theme;
    std::vector<Entry> m_entries;
};

} // namespace embellie
