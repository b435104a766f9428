#pragma once

#include "gui/scene/palette.h"

#include <QString>

namespace embellie {

/// Name of a palette of ours in the window's language; one made for a quantity bears the quantity's name.
QString paletteForPeople(const Palette& palette);

/// Name of a class that simulated scenes or palettes of ours have, in the window's language; whatever else a
/// file calls its classes stays as it is.
QString classForPeople(const std::string& name);

} // namespace embellie
