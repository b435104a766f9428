#pragma once

#include "gui/chart/colour_bar.h"
#include "gui/pages/judge/judgement.h"
#include "gui/pages/judge/legends.h"
#include "gui/views/pane/pane_widget.h"

#include <array>

namespace embellie {

/// Raw, cleaned, reference and difference side by side, and what a rival makes of the same where there is
/// one: one camera, one cursor. Below them what the colours mean.
class JudgedPanes : public QWidget {
    Q_OBJECT
public:
    /// What the last pane shows: by default where cleaned and reference differ.
    enum class Last { Difference, Probability, Uncertainty };
    static constexpr std::array Lasts{Last::Difference, Last::Probability, Last::Uncertainty};
    static QString nameOf(Last last);

    enum Which { Raw, Cleaned, Rival, Reference, Difference, Count };

    JudgedPanes(DrawingThread& drawing, ThemeSource& theme, QWidget* parent = nullptr);

    /// What stands in the captions beside "Raw", "Cleaned", …, and the words for an empty pane.
    struct Words {
        std::array<QString, Count> details, empty;
        QString maker; ///< "made by run 13": marks what a model made
    };
    void show(const JudgedFields& fields, const Words& words);
    /// A pane of its own beside the cleaned one, with the method's name; an empty name takes it away.
    void setRival(const QString& name, FieldPtr field);
    void setLast(Last last);
    /// The cleaned pane shows the raw field for comparison.
    void setBlinked(bool blinked);
    bool isBlinked() const { return m_blinked; }

    PaneWidget* pane(Which which) const { return m_panes[which]; }
    const JudgedFields& fields() const { return m_fields; }
    /// Azimuth and range of the cursor with the values of raw, cleaned, reference and probability, as rich
    /// text; empty without cursor.
    QString readout() const;
    bool isComplete() const;

    /// Colours of the categories of a difference in a theme.
    static DifferenceColours differenceColours(const Theme& theme);

Q_SIGNALS:
    /// readout() may say something else now.
    void readoutChanged();
    void completeChanged();
    void frameShown(double milliseconds, const QString& painter);
    void problem(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeTheme();
    void showCleaned();
    void showLast();
    void placeLegend();

    ThemeSource& m_theme;
    PaneLink m_link;
    std::array<PaneWidget*, Count> m_panes{};
    CategoryLegend* m_categories;
    ColourBarWidget* m_bar;
    StateLegend* m_states;
    JudgedFields m_fields;
    FieldPtr m_rival;
    Words m_words;
    Last m_last = Last::Difference;
    bool m_blinked = false;
};

} // namespace embellie
