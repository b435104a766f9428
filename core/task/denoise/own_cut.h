#pragma once

#include <cstdint>
#include <vector>

namespace embellie::denoise {

/// Between which probabilities a sweep's own cut is looked for.
struct OwnCutRule {
    double strength = 1; ///< of the shift: 0: none
    double least = 0.3, most = 0.65;
    std::size_t leastEchoes = 20; ///< with fewer nothing is shifted
};

/// Where the probabilities of the cells with echo part best: the threshold that leaves the least variance
/// within the two classes (Otsu 1979, IEEE Trans. Syst. Man Cybern. 9, 62), from a histogram of 100 bins; the
/// middle of several that are equally good. @p echo has a number other than 0 for each cell that counts.
double ownCut(const std::vector<float>& probability, const std::vector<std::uint8_t>& echo);

/// Probabilities whose odds are divided by those of the sweep's own cut, so that 0.5 parts each sweep there:
/// networks see weak rain at lower probabilities than strong rain, yet nearly always above the rest of its
/// sweep. The order of the cells stays. Cells without echo stay as they are.
std::vector<float> partedAtOwnCut(std::vector<float> probability, const std::vector<std::uint8_t>& echo,
                                  const OwnCutRule& rule);

} // namespace embellie::denoise
