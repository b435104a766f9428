#include "core/network/network.h"
#include "core/network/unet/unet.h"

#include <algorithm>
#include <cmath>

namespace embellie {

std::vector<int> unetWidths(const Settings& settings) {
    std::vector<int> widths;
    for (const double width : settings.list("unet.widths")) {
        if (width != std::floor(width))
            throw Error(text(EMBELLIE_TR("unet", "a width is a whole number")))
                .in({}, "unet.widths")
                .found(text(EMBELLIE_TR("unet", "{0}"), width));
        widths.push_back(static_cast<int>(width));
    }
    if (widths.empty()) {
        const int width = static_cast<int>(settings.integer("unet.width"));
        for (int stage = 0; stage < settings.integer("unet.depth"); ++stage)
            widths.push_back(std::min(width << std::min(stage, 2), 4 * width));
    }
    return widths;
}

// Two 3×3 convolutions with their normalisation.
static std::int64_t pairWeights(std::int64_t in, std::int64_t out, bool normalised) {
    const std::int64_t perConvolution = normalised ? 2 * out : out; // scale and shift, or the bias
    return in * out * 9 + perConvolution + out * out * 9 + perConvolution;
}

static std::int64_t weightCount(const Settings& settings, const NetworkShape& shape) {
    const std::vector<int> widths = unetWidths(settings);
    const bool normalised = settings.string("unet.normalisation") != "none";
    std::int64_t count = 0;
    std::int64_t channels = shape.inputChannels;
    for (const int width : widths) {
        count += pairWeights(channels, width, normalised);
        channels = width;
    }
    for (std::size_t stage = widths.size() - 1; stage-- > 0;) {
        const std::int64_t above = widths[stage];
        count += channels * above + above;                  // 1×1 after the upsampling
        count += pairWeights(2 * above, above, normalised); // with the skipped channels
        channels = above;
    }
    for (const int head : shape.headChannels)
        count += channels * head + head;
    return count;
}

// The tensors that the module's backward() keeps, counted as learn.cpp makes them.
static double trainingBytes(const Settings& settings, const NetworkShape& shape, std::int64_t rows,
                            std::int64_t columns) {
    const std::vector<int> widths = unetWidths(settings);
    const bool normalised = settings.string("unet.normalisation") != "none",
               circular = settings.boolean("unet.circular"), recompute = settings.boolean("unet.recompute");
    const double most = std::ldexp(1.0, static_cast<int>(widths.size()) - 1);
    const double allRows = std::ceil(static_cast<double>(rows) / most) * most,
                 allColumns = std::ceil(static_cast<double>(columns) / most) * most;
    struct Part {
        double kept = 0, whole = 0; ///< numbers kept with, and without computing twice
    };
    // Two convolutions: a wrapped copy of each input (without a wrap the first input itself), the result, and
    // where it is normalised the normalised one.
    const auto pair = [&](int stage, double in, double out) {
        const double r = std::ldexp(allRows, -stage), c = std::ldexp(allColumns, -stage);
        const double results = 2 * (normalised ? 2 : 1) * out * r * c;
        const double inputs = circular ? (in + out) * (r + 2) * c : in * r * c;
        return Part{in * r * c + out * r * c, inputs + results};
    };
    double kept = 0, greatest = 0;
    const auto add = [&](const Part& part) {
        kept += recompute ? part.kept : part.whole;
        greatest = std::max(greatest, part.whole);
    };
    double channels = shape.inputChannels;
    kept += channels * allRows * allColumns;
    for (std::size_t stage = 0; stage < widths.size(); ++stage) {
        const int level = static_cast<int>(stage);
        if (stage > 0) // places of the greatest: 64-bit numbers
            kept += 2 * channels * std::ldexp(allRows * allColumns, -2 * level);
        add(pair(level, channels, widths[stage]));
        channels = widths[stage];
    }
    for (std::size_t stage = widths.size() - 1; stage-- > 0;)
        add(pair(static_cast<int>(stage), 2.0 * widths[stage], widths[stage]));
    double heads = 0;
    for (const int head : shape.headChannels)
        heads += head;
    const double cells = allRows * allColumns;
    // Answers and what the losses keep of them; gradients of the finest stage at the beginning of the way
    // back.
    const double working = 6 * heads * cells + 3.0 * widths[0] * cells + (recompute ? greatest : 0);
    return 4 * (kept + working);
}

const NetworkInfo& network_unet() {
    static const NetworkInfo info{
        .id = "unet",
        .name = EMBELLIE_TR("unet", "U-Net"),
        .help = EMBELLIE_TR("unet",
                            "Convolutions on ever coarser copies of the field and back up, with the fine "
                            "ones handed across: sees "
                            "both the gate and its surroundings. Ronneberger, Fischer and Brox, MICCAI 2015"),
        .settings =
            SettingTable{
                integerSetting(
                    "unet.width", 16, 1, 1024, "", EMBELLIE_TR("unet", "Width"),
                    EMBELLIE_TR(
                        "unet",
                        "Channels of the first stage; the next ones have twice, then four times as many. "
                        "Multiples of 16 are quickest")),
                integerSetting(
                    "unet.depth", 4, 1, 8, "", EMBELLIE_TR("unet", "Depth"),
                    EMBELLIE_TR("unet", "Stages, each half as fine as the one above: more see farther")),
                advanced(realSetting(
                    "unet.dropout", 0, 0, 0.9, "1", EMBELLIE_TR("unet", "Dropout"),
                    EMBELLIE_TR("unet",
                                "Share of channels blanked at random in the lowest stage while learning"))),
                advanced(choiceSetting(
                    "unet.normalisation", "batch",
                    {{"group", EMBELLIE_TR("unet", "by groups of channels of one field")},
                     {"batch", EMBELLIE_TR("unet", "by channel over the batch")},
                     {"none", EMBELLIE_TR("unet", "none")}},
                    EMBELLIE_TR("unet", "Normalisation"),
                    EMBELLIE_TR("unet", "How the numbers between convolutions are kept in range"))),
                advanced(listSetting(
                    "unet.widths", {}, 1, 4096, "", EMBELLIE_TR("unet", "Widths"),
                    EMBELLIE_TR("unet", "Channels of each stage; when given, width and depth do not count"))),
                advanced(booleanSetting(
                    "unet.circular", true, EMBELLIE_TR("unet", "Closed circle"),
                    EMBELLIE_TR("unet",
                                "The last ray is the neighbour of the first: right for sweeps over the whole "
                                "circle"))),
                advanced(booleanSetting(
                    "unet.recompute", false, EMBELLIE_TR("unet", "Compute stages twice"),
                    EMBELLIE_TR(
                        "unet",
                        "Keeps only what enters a stage and computes the rest again on the way back: much "
                        "less memory, a third more time. For large fields"))),
            },
        .input = NetworkInput::Image,
        .sizes =
            [](const Settings& settings) {
                return AcceptedSizes{1, 1, 1 << (unetWidths(settings).size() - 1)};
            },
        .weightCount = weightCount,
        .trainingBytes = trainingBytes,
        // By groups is normalised in 32 bits, of which copies are kept.
        .sixteenBitShare =
            [](const Settings& settings) {
                return settings.string("unet.normalisation") == "group" ? 0.83 : 0.5;
            },
    };
    return info;
}

} // namespace embellie
