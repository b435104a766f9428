#include "gui/pages/judge/threshold_bar.h"

#include "core/score/probability_counts.h"
#include "gui/form/kept_keys.h"
#include "gui/form/number_text.h"
#include "gui/scene/localised.h"

#include <QHBoxLayout>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace embellie {

static constexpr int SliderStep = 10; // thousandths: a hundredth

static QString stepText(int step) {
    return numberForPeople(double(step) / ProbabilitySteps, step % SliderStep == 0 ? 2 : 3);
}

ThresholdBar::ThresholdBar(QWidget* parent)
    : QWidget(parent), m_label(new QLabel(localised(EMBELLIE_TR("judge", "Keep echoes above")))),
      m_slider(new QSlider(Qt::Horizontal)), m_number(new TextField),
      m_keep(new QPushButton(localised(EMBELLIE_TR("judge", "Use for this run")))), m_reset(new QPushButton) {
    const QString help = localised(EMBELLIE_TR(
        "judge", "Echoes whose probability of rain is above this are kept, the others removed, 0 to 1; "
                 "scores and pictures follow at once"));
    m_slider->setObjectName(QStringLiteral("judge.threshold"));
    m_slider->setRange(0, ProbabilitySteps / SliderStep);
    m_slider->setPageStep(5);
    m_slider->setMinimumWidth(8 * fontMetrics().height());
    m_slider->setToolTip(help);
    m_slider->setAccessibleName(m_label->text());
    keepKeys(m_slider, {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down});
    m_label->setBuddy(m_slider);
    m_number->edit()->setObjectName(QStringLiteral("judge.threshold_number"));
    m_number->edit()->setToolTip(help);
    m_number->edit()->setAccessibleName(m_label->text());
    m_number->setStepping(true);
    m_number->setFixedWidth(7 * fontMetrics().averageCharWidth() + 16);
    m_keep->setObjectName(QStringLiteral("judge.keep_threshold"));
    m_keep->setToolTip(localised(
        EMBELLIE_TR("judge", "Later predictions of this run, here and by embellie-cli, then keep the echoes "
                             "above this probability")));
    m_reset->setObjectName(QStringLiteral("judge.reset_threshold"));
    m_reset->setToolTip(
        localised(EMBELLIE_TR("judge", "Back to the probability that the run was trained with")));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_label);
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    row->addWidget(m_keep);
    row->addWidget(m_reset);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { move(value * SliderStep); });
    connect(m_number->edit(), &QLineEdit::editingFinished, this, &ThresholdBar::takeTyped);
    connect(m_number, &TextField::stepped, this, [this](int by) { moveBy(by * SliderStep); });
    connect(m_keep, &QPushButton::clicked, this, [this] { Q_EMIT chosen(m_step); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (!m_run)
            return;
        move(m_run->trained);
        Q_EMIT givenBack(m_step);
    });
    showStep();
}

void ThresholdBar::setTheme(const Theme& theme) {
    m_number->setTheme(theme);
    setTextColour(m_label, theme.mutedText);
}

void ThresholdBar::setStep(int step) {
    m_step = std::clamp(step, 0, ProbabilitySteps);
    showStep();
}

void ThresholdBar::setRunThreshold(const std::optional<RunThreshold>& threshold) {
    m_run = threshold;
    showStep();
}

void ThresholdBar::moveBy(int steps) {
    if (!isHidden())
        move(m_step + steps);
}

void ThresholdBar::move(int step) {
    const int before = m_step;
    setStep(step);
    if (m_step != before)
        Q_EMIT moved(m_step);
}

void ThresholdBar::showStep() {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue((m_step + SliderStep / 2) / SliderStep);
    m_number->edit()->setText(stepText(m_step));
    m_keep->setVisible(m_run.has_value());
    m_reset->setVisible(m_run.has_value());
    if (!m_run)
        return;
    m_keep->setEnabled(m_step != m_run->chosen);
    m_reset->setText(
        localised(text(EMBELLIE_TR("judge", "Back to {0}"), stepText(m_run->trained).toStdString())));
    m_reset->setEnabled(m_step != m_run->trained || m_run->chosen != m_run->trained);
}

void ThresholdBar::takeTyped() {
    const std::string typed = numberFromTyped(m_number->edit()->text(), locale());
    double value = 0;
    const auto [end, problem] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (problem == std::errc() && end == typed.data() + typed.size() && value >= 0 && value <= 1)
        move(int(std::lround(value * ProbabilitySteps)));
    showStep(); // what is no probability is put back
}

} // namespace embellie
