#include "gui/pages/train/sweep_form.h"

#include "gui/form/number_text.h"
#include "gui/scene/localised.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

namespace {

constexpr std::size_t MostLines = 6;
/// As createSweep allows.
constexpr std::size_t MostRuns = 1000;

/// The values as the command line writes them: "0.001,0.003".
std::string valuesFromTyped(const QString& typed, const Setting& setting, const QLocale& locale) {
    if (setting.type == Setting::Type::List)
        return typed.simplified().remove(QLatin1Char(' ')).toStdString(); // "8,16;16,32"
    if (setting.type == Setting::Type::Integer || setting.type == Setting::Type::Real)
        return listFromTyped(typed, locale);
    QStringList words;
    for (const QString& word :
         QString(typed).replace(QLatin1Char(','), QLatin1Char(';')).split(QLatin1Char(';')))
        if (!word.trimmed().isEmpty())
            words << word.trimmed();
    return words.join(QLatin1Char(',')).toStdString();
}

QString exampleOf(const Setting& setting, const QLocale& locale) {
    switch (setting.type) {
    case Setting::Type::Boolean:
        return QStringLiteral("true; false");
    case Setting::Type::Choice: {
        QStringList words;
        for (const SettingChoice& choice : setting.choices)
            words << QString::fromStdString(choice.value);
        return words.join(QStringLiteral("; "));
    }
    case Setting::Type::Integer:
    case Setting::Type::Real:
        return editableText(setting.defaultValue, locale) + QStringLiteral("; …");
    case Setting::Type::List:
        return QStringLiteral("8,16; 16,32");
    default:
        return {};
    }
}

} // namespace

struct SweepForm::Line {
    QWidget* widget = new QWidget;
    QComboBox* setting = new QComboBox;
    TextField* values = new TextField;
    QToolButton* remove = new QToolButton;
    QLabel* error = new QLabel;
    std::optional<SweepAxis> axis;
};

SweepForm::SweepForm(QWidget* parent)
    : QWidget(parent), m_toggle(new QToolButton), m_add(new QToolButton), m_body(new QWidget),
      m_column(new QVBoxLayout), m_summary(new QLabel), m_hopeless(new QCheckBox) {
    m_toggle->setObjectName(QStringLiteral("train.sweep"));
    m_toggle->setAutoRaise(true);
    m_toggle->setToolTip(localised(EMBELLIE_TR(
        "train", "Give some settings several values: every combination becomes a run, and a table and a "
                 "chart rank them")));
    connect(m_toggle, &QToolButton::clicked, this, [this] { setOn(!m_on); });
    m_add->setText(localised(EMBELLIE_TR("train", "+ another setting")));
    m_add->setObjectName(QStringLiteral("sweep.add"));
    m_add->setAutoRaise(true);
    connect(m_add, &QToolButton::clicked, this, &SweepForm::addLine);
    m_hopeless->setText(localised(EMBELLIE_TR("train", "Stop hopeless ones early")));
    m_hopeless->setObjectName(QStringLiteral("sweep.hopeless"));
    m_hopeless->setToolTip(localised(EMBELLIE_TR(
        "train",
        "A run whose best score after three epochs lies below the median of the others ends, and keeps its "
        "weights")));
    connect(m_hopeless, &QCheckBox::toggled, this, &SweepForm::changed);
    m_summary->setObjectName(QStringLiteral("sweep.summary"));
    m_summary->setWordWrap(true);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(6);
    m_column->setSpacing(6);
    body->addLayout(m_column);
    body->addWidget(m_add, 0, Qt::AlignLeft);
    body->addWidget(m_hopeless);
    body->addWidget(m_summary);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(6);
    all->addWidget(m_toggle, 0, Qt::AlignLeft);
    all->addWidget(m_body);
    setOn(false);
}

SweepForm::~SweepForm() = default;

void SweepForm::setTheme(const Theme& theme) {
    m_theme = theme;
    QPalette muted;
    muted.setColor(QPalette::ButtonText, theme.mutedText);
    m_toggle->setPalette(muted);
    m_add->setPalette(muted);
    setTextColour(m_summary, theme.mutedText);
    for (const auto& line : m_lines) {
        line->values->setTheme(theme);
        setTextColour(line->error, theme.error);
    }
}

void SweepForm::setOn(bool on) {
    m_on = on;
    if (on && m_lines.empty())
        addLine();
    m_toggle->setText((on ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) +
                      localised(EMBELLIE_TR("train", "Several values (sweep)")));
    m_body->setVisible(on);
    check();
}

void SweepForm::setTable(const SettingTable& table) {
    m_table = table;
    for (const auto& line : m_lines)
        fill(*line);
    check();
}

void SweepForm::setAtOnce(int runs) {
    if (runs == m_atOnce)
        return;
    m_atOnce = runs;
    check();
}

void SweepForm::fill(Line& line) {
    const QSignalBlocker quiet(line.setting);
    const QVariant before = line.setting->currentData();
    line.setting->clear();
    for (const bool advanced : {false, true})
        for (const Setting& setting : m_table.all())
            if (setting.advanced == advanced && setting.type != Setting::Type::Path &&
                setting.type != Setting::Type::Text) {
                line.setting->addItem(localised(setting.label), QString::fromStdString(setting.key));
                line.setting->setItemData(line.setting->count() - 1, QString::fromStdString(setting.key),
                                          Qt::ToolTipRole);
            }
    const int usual = line.setting->findData(QStringLiteral("train.learning_rate"));
    const int index = line.setting->findData(before);
    line.setting->setCurrentIndex(index >= 0 ? index : std::max(0, usual));
}

void SweepForm::addLine() {
    if (m_lines.size() >= MostLines)
        return;
    auto line = std::make_unique<Line>();
    Line* raw = line.get();
    raw->setting->setObjectName(QStringLiteral("sweep.setting"));
    raw->setting->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    raw->setting->setMinimumContentsLength(10);
    raw->setting->setFocusPolicy(Qt::StrongFocus);
    raw->setting->setToolTip(localised(EMBELLIE_TR("train", "The setting that gets several values")));
    raw->values->edit()->setObjectName(QStringLiteral("sweep.values"));
    raw->values->edit()->setToolTip(
        localised(EMBELLIE_TR("train", "Its values, with semicolons between them")));
    raw->remove->setText(QStringLiteral("×"));
    raw->remove->setAutoRaise(true);
    raw->remove->setToolTip(localised(EMBELLIE_TR("train", "Take this setting out of the sweep")));
    raw->error->setWordWrap(true);
    raw->error->hide();
    auto* column = new QVBoxLayout(raw->widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(raw->setting, 2);
    row->addWidget(raw->values, 3);
    row->addWidget(raw->remove);
    column->addLayout(row);
    column->addWidget(raw->error);
    fill(*raw);
    connect(raw->setting, &QComboBox::currentIndexChanged, this, &SweepForm::check);
    connect(raw->values->edit(), &QLineEdit::textEdited, this, &SweepForm::check);
    connect(raw->remove, &QToolButton::clicked, this, [this, raw] { removeLine(raw); });
    m_column->addWidget(raw->widget);
    m_lines.push_back(std::move(line));
    setTheme(m_theme);
    check();
}

void SweepForm::removeLine(Line* line) {
    line->widget->deleteLater();
    std::erase_if(m_lines, [&](const auto& one) { return one.get() == line; });
    if (m_lines.empty())
        setOn(false);
    else
        check();
}

void SweepForm::check() {
    QStringList seen;
    for (const auto& line : m_lines) {
        line->axis.reset();
        const std::string key = line->setting->currentData().toString().toStdString();
        const Setting* setting = m_table.find(key);
        QString sentence;
        if (setting) {
            const QString typed = line->values->edit()->text();
            line->values->edit()->setPlaceholderText(exampleOf(*setting, locale()));
            line->values->setSuffix(unitForPeople(setting->unit));
            if (seen.contains(QString::fromStdString(key)))
                sentence = localised(EMBELLIE_TR("train", "this setting is varied above already"));
            else if (!typed.trimmed().isEmpty())
                try {
                    line->axis =
                        parseSweepAxis(key + "=" + valuesFromTyped(typed, *setting, locale()), m_table);
                } catch (const Error& error) {
                    sentence = localised(error.whatText(), locale());
                }
        }
        seen << QString::fromStdString(key);
        line->error->setText(sentence);
        line->error->setVisible(!sentence.isEmpty());
        line->values->setError(!sentence.isEmpty());
    }
    m_add->setEnabled(m_lines.size() < MostLines);
    const std::size_t count = runs();
    Text said(EMBELLIE_TR("train", "Type values with semicolons between them: 0.001; 0.003"));
    if (count > MostRuns)
        said = text(EMBELLIE_TR("train", "{0} runs are too many: at most {1}"), count, MostRuns);
    else if (count > 0 && m_atOnce > 0 && std::size_t(m_atOnce) < count)
        said = text(EMBELLIE_TR("train", "{0} runs, {1} at the same time"), count, m_atOnce);
    else if (count > 0)
        said = text(EMBELLIE_TR("train", "{0} runs"), count);
    m_summary->setText(localised(said));
    Q_EMIT changed();
}

std::vector<SweepAxis> SweepForm::axes() const {
    std::vector<SweepAxis> made;
    if (m_on)
        for (const auto& line : m_lines)
            if (line->axis)
                made.push_back(*line->axis);
    return made;
}

bool SweepForm::stopsHopeless() const {
    return m_on && m_hopeless->isChecked();
}

QStringList SweepForm::problems() const {
    QStringList wrong;
    if (!m_on)
        return wrong;
    for (const auto& line : m_lines)
        if (!line->error->text().isEmpty())
            wrong << line->setting->currentText();
    if (runs() > MostRuns)
        wrong << localised(EMBELLIE_TR("train", "too many runs"));
    return wrong;
}

std::size_t SweepForm::runs() const {
    const std::vector<SweepAxis> varied = axes();
    if (varied.empty())
        return 0;
    std::size_t count = 1;
    for (const SweepAxis& axis : varied)
        count = std::min(count * axis.values.size(), 100 * MostRuns);
    return count;
}

QComboBox* SweepForm::settingAt(std::size_t line) const {
    return line < m_lines.size() ? m_lines[line]->setting : nullptr;
}

QLineEdit* SweepForm::valuesAt(std::size_t line) const {
    return line < m_lines.size() ? m_lines[line]->values->edit() : nullptr;
}

} // namespace embellie
