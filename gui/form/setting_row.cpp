#include "gui/form/setting_row.h"

#include "gui/form/field_frame.h"
#include "gui/form/number_text.h"
#include "gui/scene/localised.h"

#include <QFileDialog>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace embellie {

static QLabel* sentenceLabel(QWidget* form) {
    auto* label = new QLabel(form);
    label->setWordWrap(true);
    label->hide();
    return label;
}

SettingRow::SettingRow(const Setting& setting, QWidget* form)
    : QObject(form), m_setting(setting), m_label(new QLabel(localised(setting.label), form)),
      m_errorLabel(sentenceLabel(form)), m_hintLabel(sentenceLabel(form)) {
    using Type = Setting::Type;
    if (setting.type == Type::Boolean) {
        m_field = m_check = new QCheckBox(form);
        connect(m_check, &QCheckBox::toggled, this, &SettingRow::edited);
    } else if (setting.type == Type::Choice) {
        m_field = m_combo = new QComboBox(form);
        m_combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_combo->setMinimumContentsLength(8);
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        // The wheel is for the form, which scrolls.
        m_combo->setFocusPolicy(Qt::StrongFocus);
        for (const SettingChoice& choice : setting.choices)
            m_combo->addItem(localised(choice.label), QString::fromStdString(choice.value));
        connect(m_combo, &QComboBox::currentIndexChanged, this, &SettingRow::edited);
    } else {
        m_field = m_text = new TextField(form);
        m_text->setSuffix(unitForPeople(setting.unit));
        m_text->setStepping(setting.type == Type::Integer || setting.type == Type::Real);
        connect(m_text->edit(), &QLineEdit::textEdited, this, &SettingRow::edited);
        connect(m_text, &TextField::stepped, this, &SettingRow::step);
        if (setting.type == Type::Path) {
            auto* choose = new QToolButton;
            choose->setText(QStringLiteral("…"));
            choose->setAutoRaise(true);
            choose->setToolTip(localised(EMBELLIE_TR("form", "Choose a file")));
            connect(choose, &QToolButton::clicked, this, &SettingRow::choosePath);
            m_text->addAtEnd(choose);
        }
    }
    control()->setObjectName(QString::fromStdString(setting.key));
    control()->setAccessibleName(m_label->text());
    m_label->setBuddy(control());
    m_label->setWordWrap(true);
    const QString help = toolTipText();
    for (QWidget* widget : {static_cast<QWidget*>(m_label), m_field, control()})
        widget->setToolTip(help);
}

QWidget* SettingRow::control() const {
    return m_text ? m_text->edit() : m_field;
}

QString SettingRow::toolTipText() const {
    QString said = QStringLiteral("<p>") + localised(m_setting.help).toHtmlEscaped();
    const QLocale locale = m_label->locale();
    const QString range = rangeForPeople(m_setting, locale);
    if (!range.isEmpty())
        said += QStringLiteral("<br>") + range.toHtmlEscaped();
    QString usual = editableText(m_setting.defaultValue, locale);
    if (m_check)
        usual = std::get<bool>(m_setting.defaultValue) ? localised(EMBELLIE_TR("form", "on"))
                                                       : localised(EMBELLIE_TR("form", "off"));
    if (m_combo)
        usual = m_combo->itemText(m_combo->findData(usual));
    if (!usual.isEmpty())
        said += QStringLiteral("<br>") +
                localised(text(EMBELLIE_TR("form", "default {0}"), usual.toStdString())).toHtmlEscaped();
    return said + QStringLiteral("<br><i>") + QString::fromStdString(m_setting.key) +
           QStringLiteral("</i></p>");
}

void SettingRow::show(const SettingValue& value) {
    const QSignalBlocker quiet(control());
    if (m_check)
        m_check->setChecked(std::get<bool>(value));
    else if (m_combo)
        m_combo->setCurrentIndex(m_combo->findData(QString::fromStdString(std::get<std::string>(value))));
    else
        m_text->edit()->setText(editableText(value, m_text->locale()));
}

SettingValue SettingRow::read() const {
    return read(m_setting);
}

bool SettingRow::isReadable() const {
    Setting boundless = m_setting;
    boundless.least = boundless.most = std::nullopt;
    try {
        read(boundless);
        return true;
    } catch (const Error&) {
        return false;
    }
}

SettingValue SettingRow::read(const Setting& setting) const {
    if (m_check)
        return m_check->isChecked();
    if (m_combo)
        return m_combo->currentData().toString().toStdString();
    const QString typed = m_text->edit()->text();
    switch (setting.type) {
    case Setting::Type::Integer:
    case Setting::Type::Real:
        return parseSetting(setting, numberFromTyped(typed, m_text->locale()));
    case Setting::Type::List:
        return parseSetting(setting, listFromTyped(typed, m_text->locale()));
    default:
        return parseSetting(setting, typed.toStdString());
    }
}

void SettingRow::step(int by) {
    SettingValue value;
    try {
        value = read();
    } catch (const Error&) {
        value = m_setting.defaultValue;
    }
    const bool whole = m_setting.type == Setting::Type::Integer;
    const double now = whole ? double(std::get<std::int64_t>(value)) : std::get<double>(value);
    double step = m_setting.step;
    if (step == 0)
        step = whole ? 1 : now != 0 ? std::pow(10, std::floor(std::log10(std::abs(now))) - 1) : 0.1;
    double next = now + by * step;
    if (!whole)
        next = std::round(next / step) * step;
    if (m_setting.least)
        next = std::max(next, *m_setting.least);
    if (m_setting.most)
        next = std::min(next, *m_setting.most);
    // Twelve digits: a sum of steps shows 0.3, not 0.30000000000000004.
    if (whole)
        show(std::int64_t(next));
    else
        show(QString::number(next, 'g', 12).toDouble());
    Q_EMIT edited();
}

void SettingRow::choosePath() {
    const QString file =
        QFileDialog::getOpenFileName(m_field->window(), m_label->text(), m_text->edit()->text());
    if (file.isEmpty())
        return;
    m_text->edit()->setText(file);
    Q_EMIT edited();
}

void SettingRow::setError(const QString& sentence) {
    if (m_text)
        m_text->setError(!sentence.isEmpty());
    m_errorLabel->setText(sentence);
    setShown(m_shown);
}

void SettingRow::setHint(const QString& hint) {
    m_hintLabel->setText(hint);
    setShown(m_shown);
}

void SettingRow::setTheme(const Theme& theme) {
    setTextColour(m_label, theme.mutedText);
    setTextColour(m_errorLabel, theme.error);
    setTextColour(m_hintLabel, theme.mutedText);
    if (m_text)
        m_text->setTheme(theme);
}

void SettingRow::setShown(bool shown) {
    m_shown = shown;
    m_label->setVisible(shown);
    m_field->setVisible(shown);
    m_errorLabel->setVisible(shown && !m_errorLabel->text().isEmpty());
    m_hintLabel->setVisible(shown && !m_hintLabel->text().isEmpty());
}

} // namespace embellie
