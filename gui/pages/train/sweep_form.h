#pragma once

#include "core/launch/sweep.h"
#include "gui/form/field_frame.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QVBoxLayout;

namespace embellie {

/// Several values of some settings: every combination becomes a run. Folded until it is wanted.
class SweepForm : public QWidget {
    Q_OBJECT
public:
    explicit SweepForm(QWidget* parent = nullptr);
    ~SweepForm() override;

    void setTheme(const Theme& theme);
    /// The settings that may be varied; chosen ones that are gone fall away.
    void setTable(const SettingTable& table);
    /// How many of the runs may work at the same time; 0: not known.
    void setAtOnce(int runs);

    bool isOn() const { return m_on; }
    void setOn(bool on);
    /// What is varied, with at least one value each; empty where nothing is, or it is off.
    std::vector<SweepAxis> axes() const;
    bool stopsHopeless() const;
    /// Labels of the lines that can't be read.
    QStringList problems() const;
    std::size_t runs() const; ///< combinations; 0 where it is off

    /// The controls of a line, for tests and the keyboard.
    QComboBox* settingAt(std::size_t line) const;
    QLineEdit* valuesAt(std::size_t line) const;

Q_SIGNALS:
    void changed();

private:
    struct Line;
    void addLine();
    void removeLine(Line* line);
    void fill(Line& line);
    void check();

    Theme m_theme;
    SettingTable m_table;
    std::vector<std::unique_ptr<Line>> m_lines;
    QToolButton *m_toggle, *m_add;
    QWidget* m_body;
    QVBoxLayout* m_column;
    QLabel* m_summary;
    QCheckBox* m_hopeless;
    bool m_on = false;
    int m_atOnce = 0;
};

} // namespace embellie
