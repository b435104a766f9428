#pragma once

#include <QList>
#include <QWidget>

namespace embellie {

/// While @p widget has the focus these keys, without modifiers, are its own, even where one that it lies in
/// has a shortcut by them.
void keepKeys(QWidget* widget, const QList<int>& keys);

} // namespace embellie
