#pragma once

#include "gui/views/readout/readout.h"
#include "gui/workspace/theme_source.h"

#include <QWidget>

namespace embellie {

/// "Under the cursor": all moments of the cell, and where it is.
class ReadoutPanel : public QWidget {
    Q_OBJECT
public:
    explicit ReadoutPanel(ThemeSource& theme, QWidget* parent = nullptr);

    void setLines(std::vector<ReadoutLine> moments, std::vector<ReadoutLine> place);
    /// What stands there while there are no lines: how to get some.
    void setEmptyText(const QString& text);
    const QString& emptyText() const { return m_emptyText; }
    const std::vector<ReadoutLine>& moments() const { return m_moments; }
    const std::vector<ReadoutLine>& place() const { return m_place; }
    /// Label, a tab and value, a line each: for the clipboard.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void heightChanged(int height);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void updateChange(QRect line, const ReadoutLine& before, const ReadoutLine& now);
    QRect lineRect(std::size_t index) const;
    int rowHeight() const { return fontMetrics().height() + 6; }

    ThemeSource& m_theme;
    QString m_emptyText;
    std::vector<ReadoutLine> m_moments, m_place;
};

} // namespace embellie
