#pragma once

#include "gui/form/field_frame.h"
#include "gui/pages/judge/run_threshold.h"

#include <QPushButton>
#include <QSlider>

namespace embellie {

/// A slider on the probability above which echoes are kept, its number, and what makes the choice the run's
/// own. In thousandths (see ProbabilitySteps); the slider moves by hundredths.
class ThresholdBar : public QWidget {
    Q_OBJECT
public:
    explicit ThresholdBar(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setStep(int step); ///< says nothing
    int step() const { return m_step; }
    /// As by hand; nothing where the bar is hidden.
    void moveBy(int steps);
    /// Of the run that is judged; nothing for result files, whose threshold can't be kept.
    void setRunThreshold(const std::optional<RunThreshold>& threshold);

Q_SIGNALS:
    void moved(int step);     ///< by a person
    void chosen(int step);    ///< for the run's later predictions
    void givenBack(int step); ///< the run's own value is wanted again: that one

private:
    void move(int step);
    void showStep();
    void takeTyped();

    QLabel* m_label;
    QSlider* m_slider;
    TextField* m_number;
    QPushButton *m_keep, *m_reset;
    std::optional<RunThreshold> m_run;
    int m_step = 0;
};

} // namespace embellie
