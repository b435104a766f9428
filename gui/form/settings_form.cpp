#include "gui/form/settings_form.h"

#include "gui/form/setting_row.h"
#include "gui/scene/localised.h"

#include <QGridLayout>
#include <QToolButton>

#include <algorithm>

namespace embellie {

SettingsForm::SettingsForm(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(localised(EMBELLIE_TR("form", "Settings")), this)),
      m_more(new QToolButton(this)), m_grid(new QGridLayout(this)) {
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_more->setAutoRaise(true);
    m_more->setObjectName(QStringLiteral("form.advanced"));
    m_more->setToolTip(localised(EMBELLIE_TR("form", "Show or hide the settings that are rarely changed")));
    connect(m_more, &QToolButton::clicked, this, [this] { setShowsAdvanced(!m_advanced); });
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
}

SettingsForm::~SettingsForm() = default;

void SettingsForm::setTitle(const QString& title) {
    m_title->setText(title);
}

void SettingsForm::setLabelWidth(int pixels) {
    m_labelWidth = pixels;
    m_grid->setColumnMinimumWidth(0, pixels);
    for (const auto& row : m_rows)
        row->label()->setFixedWidth(pixels);
}

SettingRow* SettingsForm::row(const std::string& key) const {
    for (const auto& row : m_rows)
        if (row->setting().key == key)
            return row.get();
    return nullptr;
}

QWidget* SettingsForm::control(const std::string& key) const {
    const SettingRow* found = row(key);
    return found ? found->control() : nullptr;
}

QString SettingsForm::errorOf(const std::string& key) const {
    const SettingRow* found = row(key);
    return found ? found->errorLabel()->text() : QString();
}

QStringList SettingsForm::problems() const {
    QStringList wrong;
    for (const auto& row : m_rows)
        if (!row->errorLabel()->text().isEmpty())
            wrong << row->label()->text();
    return wrong;
}

void SettingsForm::setTable(const SettingTable& table) {
    Settings values{table};
    for (const Setting& setting : table.all()) {
        const Setting* before = m_values.table().find(setting.key);
        if (!before || before->type != setting.type || m_values.isDefault(setting.key))
            continue;
        const SettingValue& kept = m_values.value(setting.key);
        if (!problemWith(setting, kept))
            values.set(setting.key, kept);
    }
    for (const auto& row : m_rows)
        for (QWidget* widget :
             {static_cast<QWidget*>(row->label()), row->field(), static_cast<QWidget*>(row->errorLabel()),
              static_cast<QWidget*>(row->hintLabel())})
            widget->deleteLater();
    m_rows.clear();
    m_values = std::move(values);
    for (const Setting& setting : table.all()) {
        auto row = std::make_unique<SettingRow>(setting, this);
        row->show(m_values.value(setting.key));
        row->setTheme(m_theme);
        connect(row.get(), &SettingRow::edited, this, [this, raw = row.get()] { changed(*raw); });
        m_rows.push_back(std::move(row));
    }
    arrange();
    Q_EMIT problemsChanged();
}

void SettingsForm::arrange() {
    while (QLayoutItem* item = m_grid->takeAt(0))
        delete item;
    m_grid->addWidget(m_title, 0, 0);
    m_grid->addWidget(m_more, 0, 1, Qt::AlignRight);
    int line = 1;
    QWidget* before = m_more;
    for (const auto& row : m_rows) {
        m_grid->setRowMinimumHeight(line, 4);
        m_grid->addWidget(row->label(), line + 1, 0);
        m_grid->addWidget(row->field(), line + 1, 1);
        m_grid->addWidget(row->errorLabel(), line + 2, 1);
        m_grid->addWidget(row->hintLabel(), line + 3, 1);
        setTabOrder(before, row->control());
        before = row->control();
        line += 4;
    }
    if (m_labelWidth > 0)
        setLabelWidth(m_labelWidth);
    setShowsAdvanced(m_advanced);
}

void SettingsForm::setShowsAdvanced(bool shows) {
    m_advanced = shows;
    int shown = 0;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        SettingRow& row = *m_rows[at];
        // A wrong setting stays in sight, since it keeps the work from starting.
        const bool visible = shows || !row.setting().advanced || !row.errorLabel()->text().isEmpty();
        row.setShown(visible);
        m_grid->setRowMinimumHeight(int(at) * 4 + 1, visible ? 4 : 0);
        shown += visible;
    }
    const auto count = text(EMBELLIE_TR("form", "{0} of {1} shown"), shown, m_rows.size());
    m_more->setText(localised(count) + (shows ? QStringLiteral(" ▾ ") : QStringLiteral(" ▸ ")) +
                    localised(EMBELLIE_TR("form", "advanced")));
    m_more->setVisible(
        std::any_of(m_rows.begin(), m_rows.end(), [](const auto& row) { return row->setting().advanced; }));
}

// A value over a limit names the limit; one that is no value at all needs what would be right.
static QString problemSentence(const SettingRow& row, const Error& error) {
    const QString what = localised(error.whatText(), row.label()->locale());
    if (row.isReadable() || error.expectedText().empty())
        return what;
    return what + QStringLiteral(": ") + localised(error.expectedText(), row.label()->locale());
}

void SettingsForm::changed(SettingRow& row) {
    const QString before = row.errorLabel()->text();
    QString sentence;
    try {
        m_values.set(row.setting().key, row.read());
    } catch (const Error& error) {
        sentence = problemSentence(row, error);
    }
    if (sentence != before) {
        row.setError(sentence);
        Q_EMIT problemsChanged();
    }
    if (sentence.isEmpty())
        Q_EMIT valueChanged(row.setting().key);
}

void SettingsForm::setValues(const Settings& values) {
    for (const auto& row : m_rows) {
        const std::string& key = row->setting().key;
        if (!values.table().find(key) || problemWith(row->setting(), values.value(key)))
            continue;
        if (values.isDefault(key))
            m_values.reset(key);
        else
            m_values.set(key, values.value(key));
        row->show(m_values.value(key));
        row->setError({});
    }
    Q_EMIT problemsChanged();
}

void SettingsForm::setHint(const std::string& key, const QString& hint) {
    if (SettingRow* found = row(key))
        found->setHint(hint);
}

void SettingsForm::setTheme(const Theme& theme) {
    m_theme = theme;
    QPalette muted;
    muted.setColor(QPalette::ButtonText, theme.mutedText);
    m_more->setPalette(muted);
    for (const auto& row : m_rows)
        row->setTheme(theme);
}

} // namespace embellie
