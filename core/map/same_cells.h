#pragma once

#include "core/field/field.h"

namespace embellie {

/// @p other with its rays in the order of @p sweep, so that cell by cell both are the same places: files hold
/// the rays of a sweep from any azimuth on, and either way round. @p other itself where the order is the same
/// already or where it is no sweep; null where its gates have another number, length (by 1 %) or beginning
/// (by half a gate), or where the rays of the two do not lie over each other.
FieldPtr onCellsOf(const Sweep& sweep, FieldPtr other);

} // namespace embellie
