#pragma once

#include "core/settings/settings.h"
#include "gui/scene/palette.h"

#include <QHash>
#include <QLocale>
#include <QWidget>

#include <map>
#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace embellie {

class SettingRow;

/// A form grown from declared settings: label at the left, control with its unit inside, the help, unit and
/// range as tooltip, the error under its field. Numbers are typed and shown in the widget's locale. What
/// can't be read or lies outside its domain is an error and does not reach values(), which keeps the last
/// right value.
class SettingsForm : public QWidget {
    Q_OBJECT
public:
    explicit SettingsForm(QWidget* parent = nullptr);
    ~SettingsForm() override;

    /// Grows the controls anew. Of the values so far those that fit a key of the new table and are not
    /// defaults stay.
    void setTable(const SettingTable& table);
    void setTitle(const QString& title);
    /// So that the labels of several forms stand in one column; longer ones are wrapped.
    void setLabelWidth(int pixels);
    void setTheme(const Theme& theme);

    /// Values of the table; keys that the table lacks are left out.
    void setValues(const Settings& values);
    const Settings& values() const { return m_values; }

    /// Labels of the settings that are wrong now, in the form's order; empty: all may be used.
    QStringList problems() const;
    /// A muted sentence under a field, below its error; empty takes it away.
    void setHint(const std::string& key, const QString& hint);

    bool showsAdvanced() const { return m_advanced; }
    void setShowsAdvanced(bool shows);

    /// The widget that takes the value of a key: a QLineEdit, QComboBox or QCheckBox. Null for an unknown
    /// key.
    QWidget* control(const std::string& key) const;
    /// The sentence under a field, empty where nothing is wrong.
    QString errorOf(const std::string& key) const;

Q_SIGNALS:
    void valueChanged(const std::string& key);
    void problemsChanged();

private:
    void changed(SettingRow& row);
    void arrange();
    SettingRow* row(const std::string& key) const;

    Theme m_theme;
    Settings m_values;
    std::vector<std::unique_ptr<SettingRow>> m_rows;
    QLabel* m_title;
    QToolButton* m_more;
    QGridLayout* m_grid;
    bool m_advanced = false;
    int m_labelWidth = 0; ///< 0: by the longest
};

} // namespace embellie
