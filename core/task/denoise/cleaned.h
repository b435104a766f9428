#pragma once

#include "core/field/field.h"

#include <string>
#include <vector>

namespace embellie::denoise {

/// The quantity id of what is made of a raw one: corrected reflectivity, whatever the raw one is called (TH,
/// UH, reflectivity → DBZH; TV → DBZV), its own where that is such already.
std::string cleanedId(const std::string& raw);

/// A cleaned sweep and how sure its cells are.
struct Cleaned {
    FieldPtr field;       ///< corrected reflectivity (cleanedId()): removed cells are Rejected
    FieldPtr probability; ///< of rain, 0 to 1, where there was an echo; NoEcho where there was none
};

/// Keeps the echoes of @p raw whose probability is above @p threshold. @p probability has one number a cell;
/// those of cells without echo do not count. @p meaning is the long name of the probability, @p step one
/// English sentence for the history of the field. @p restored: what kept echoes shall have, in dBZ by cell;
/// empty: what they have.
Cleaned cleaned(const Field& raw, std::vector<float> probability, float threshold, const std::string& meaning,
                const std::string& step, const std::vector<float>& restored = {});

} // namespace embellie::denoise
