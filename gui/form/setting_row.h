#pragma once

#include "core/settings/settings.h"
#include "gui/scene/palette.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>

namespace embellie {

class TextField;

/// One setting of a form: its label, its control, the sentences under it. Owns no widget: they belong to the
/// form.
class SettingRow : public QObject {
    Q_OBJECT
public:
    SettingRow(const Setting& setting, QWidget* form);

    const Setting& setting() const { return m_setting; }
    QLabel* label() const { return m_label; }
    QWidget* field() const { return m_field; } ///< what the form lays out
    QWidget* control() const;                  ///< what takes the value
    QLabel* errorLabel() const { return m_errorLabel; }
    QLabel* hintLabel() const { return m_hintLabel; }

    /// Shows a value without telling edited().
    void show(const SettingValue& value);
    /// What the control says now. @throws Error where it can't be read or is outside the domain
    SettingValue read() const;
    /// What it says is a value of its type, if perhaps outside the domain.
    bool isReadable() const;
    void setError(const QString& sentence);
    void setHint(const QString& hint);
    void setTheme(const Theme& theme);
    void setShown(bool shown);

Q_SIGNALS:
    void edited();

private:
    SettingValue read(const Setting& setting) const;
    void step(int by);
    void choosePath();
    QString toolTipText() const;

    Setting m_setting;
    QLabel *m_label, *m_errorLabel, *m_hintLabel;
    QWidget* m_field = nullptr;
    TextField* m_text = nullptr;
    QComboBox* m_combo = nullptr;
    QCheckBox* m_check = nullptr;
    bool m_shown = true;
};

} // namespace embellie
