#pragma once

#include "gui/scene/palette.h"

#include <QObject>

#include <memory>

namespace embellie {

/// The palettes, and the theme in force in a window; widgets that paint by hand take the theme anew on
/// changed().
class ThemeSource : public QObject {
    Q_OBJECT
public:
    ThemeSource(std::shared_ptr<const PaletteBook> book, ThemeKind kind, QObject* parent = nullptr)
        : QObject(parent), m_book(std::move(book)), m_kind(kind) {}
    const PaletteBook& book() const { return *m_book; }
    const Theme& theme() const { return m_book->theme(m_kind); }
    ThemeKind kind() const { return m_kind; }
    void setKind(ThemeKind kind) {
        if (kind == m_kind)
            return;
        m_kind = kind;
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const PaletteBook> m_book;
    ThemeKind m_kind;
};

} // namespace embellie
