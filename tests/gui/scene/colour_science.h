#pragma once

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

/// Colour arithmetic for the check of the palettes: sRGB, CIELAB (D65), CIEDE2000, colour vision, contrast.
namespace embellie::test {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

inline Triple times(const Matrix& matrix, const Triple& v) {
    Triple product{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            product[row] += matrix[row][column] * v[column];
    return product;
}

/// sRGB to linear light (IEC 61966-2-1) and back.
inline double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
inline double encoded(double c) {
    return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}
inline Triple linearOf(QRgb colour) {
    return {linear(qRed(colour) / 255.0), linear(qGreen(colour) / 255.0), linear(qBlue(colour) / 255.0)};
}

inline constexpr Matrix XyzOfRgb = {Triple{0.4124564, 0.3575761, 0.1804375},
                                    Triple{0.2126729, 0.7151522, 0.0721750},
                                    Triple{0.0193339, 0.1191920, 0.9503041}};

inline Triple labOfLinear(const Triple& rgb) {
    const Triple xyz = times(XyzOfRgb, rgb), white = times(XyzOfRgb, {1, 1, 1});
    Triple f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double x = xyz[i] / white[i], epsilon = 216.0 / 24389, kappa = 24389.0 / 27;
        f[i] = x > epsilon ? std::cbrt(x) : (kappa * x + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency,
/// IEEE TVCG 15 (2009): severity 1.0, on linear RGB. Normal, protan, deutan, tritan.
inline constexpr std::array<Matrix, 4> Visions = {
    Matrix{Triple{1, 0, 0}, Triple{0, 1, 0}, Triple{0, 0, 1}},
    Matrix{Triple{0.152286, 1.052583, -0.204868}, Triple{0.114503, 0.786281, 0.099216},
           Triple{-0.003882, -0.048116, 1.051998}},
    Matrix{Triple{0.367322, 0.860646, -0.227968}, Triple{0.280085, 0.672501, 0.047413},
           Triple{-0.011820, 0.042940, 0.968881}},
    Matrix{Triple{1.255528, -0.076749, -0.178779}, Triple{-0.078411, 0.930809, 0.147602},
           Triple{0.004733, 0.691367, 0.303900}}};

inline Triple labOf(QRgb colour, const Matrix& vision = Visions[0]) {
    Triple seen = times(vision, linearOf(colour));
    for (double& channel : seen)
        channel = std::clamp(channel, 0.0, 1.0);
    return labOfLinear(seen);
}

/// Sharma, Wu and Dalal, The CIEDE2000 color-difference formula, Color Research and Application 30 (2005).
inline double ciede2000(const Triple& one, const Triple& two) {
    const double degree = std::numbers::pi / 180;
    const double c1 = std::hypot(one[1], one[2]), c2 = std::hypot(two[1], two[2]);
    const double mean7 = std::pow((c1 + c2) / 2, 7), of25 = std::pow(25.0, 7);
    const double g = 0.5 * (1 - std::sqrt(mean7 / (mean7 + of25)));
    const double a1 = (1 + g) * one[1], a2 = (1 + g) * two[1];
    const double chroma1 = std::hypot(a1, one[2]), chroma2 = std::hypot(a2, two[2]);
    const auto hue = [&](double a, double b) {
        const double h = std::atan2(b, a) / degree;
        return a == 0 && b == 0 ? 0 : h < 0 ? h + 360 : h;
    };
    const double h1 = hue(a1, one[2]), h2 = hue(a2, two[2]);
    const bool grey = chroma1 * chroma2 == 0;
    double dh = grey ? 0 : h2 - h1;
    dh += dh > 180 ? -360 : dh < -180 ? 360 : 0;
    const double dL = two[0] - one[0], dC = chroma2 - chroma1;
    const double dH = 2 * std::sqrt(chroma1 * chroma2) * std::sin(dh / 2 * degree);
    const double meanL = (one[0] + two[0]) / 2, meanC = (chroma1 + chroma2) / 2;
    double meanH = h1 + h2;
    if (!grey)
        meanH = std::abs(h1 - h2) <= 180 ? meanH / 2 : meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2;
    const double t = 1 - 0.17 * std::cos((meanH - 30) * degree) + 0.24 * std::cos(2 * meanH * degree) +
                     0.32 * std::cos((3 * meanH + 6) * degree) - 0.20 * std::cos((4 * meanH - 63) * degree);
    const double c7 = std::pow(meanC, 7), rc = 2 * std::sqrt(c7 / (c7 + of25));
    const double rt = -std::sin(60 * std::exp(-std::pow((meanH - 275) / 25, 2)) * degree) * rc;
    const double sL = 1 + 0.015 * std::pow(meanL - 50, 2) / std::sqrt(20 + std::pow(meanL - 50, 2));
    const double sC = 1 + 0.045 * meanC, sH = 1 + 0.015 * meanC * t;
    return std::sqrt(std::pow(dL / sL, 2) + std::pow(dC / sC, 2) + std::pow(dH / sH, 2) +
                     rt * dC / sC * dH / sH);
}

/// The least over four kinds of colour vision.
inline double leastDifference(QRgb one, QRgb two) {
    double least = 1e9;
    for (const Matrix& vision : Visions)
        least = std::min(least, ciede2000(labOf(one, vision), labOf(two, vision)));
    return least;
}

/// WCAG 2: from 1 to 21.
inline double contrast(const QColor& one, const QColor& two) {
    const auto luminance = [](const QColor& colour) { return times(XyzOfRgb, linearOf(colour.rgb()))[1]; };
    const double a = luminance(one), b = luminance(two);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace embellie::test
