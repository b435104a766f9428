#pragma once

#include <QWidget>

#include <vector>

class QAbstractButton;
class QHBoxLayout;

namespace embellie {

/// The slim switch between the pages: a row of segments, one of them chosen.
class PageSwitch : public QWidget {
    Q_OBJECT
public:
    explicit PageSwitch(QWidget* parent = nullptr);
    void add(const QString& title, const QString& toolTip);
    void setCurrent(int index);
    QAbstractButton* button(int index) const { return m_buttons[std::size_t(index)]; }

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_row;
    std::vector<QAbstractButton*> m_buttons;
};

} // namespace embellie
