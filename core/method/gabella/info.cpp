#include "core/base/error.h"
#include "core/method/gabella/gabella.h"
#include "core/method/method.h"
#include "core/task/denoise/cleaned.h"

namespace embellie {

namespace {

MethodResult apply(const FieldPtr& input, Surroundings&, const Settings& settings, Feedback& feedback) {
    feedback.throwIfCancelled();
    if (settings.integer("gabella.window") % 2 == 0)
        throw Error(text(EMBELLIE_TR("method", "the setting {0} can't be used"), "gabella.window"))
            .expected(text(EMBELLIE_TR("method", "an odd number")))
            .wrongUse();
    const GabellaRule rule{static_cast<int>(settings.integer("gabella.window")),
                           static_cast<float>(settings.real("gabella.difference")),
                           static_cast<int>(settings.integer("gabella.neighbours")),
                           static_cast<float>(settings.real("gabella.rain_from")),
                           static_cast<float>(settings.real("gabella.shape"))};
    if (const int most = rule.window * rule.window - 1; rule.neighbours > most)
        throw Error(text(EMBELLIE_TR("method", "the setting {0} can't be used"), "gabella.neighbours"))
            .expected(
                text(EMBELLIE_TR("method", "at most {0}, as many as a window of {1} has"), most, rule.window))
            .found(text(EMBELLIE_TR("method", "{0}"), rule.neighbours))
            .wrongUse();
    const EchoGrid grid(*input);
    denoise::Cleaned result = denoise::cleaned(*input, grid.inFieldOrder(gabella(grid, rule)), 0.5f,
                                               "1: kept, 0: removed (the method does not grade)",
                                               "echoes removed after Gabella and Notarpietro 2002");
    return {std::move(result.field), {std::move(result.probability)}};
}

} // namespace

const MethodInfo& method_gabella() {
    static const MethodInfo info{
        .id = "gabella",
        .task = "denoise",
        .name = EMBELLIE_TR("method", "Gabella and Notarpietro"),
        .help = EMBELLIE_TR(
            "method", "Removes echoes that stand out from their neighbours, and echoes whose area is "
                      "small for its outline (M. Gabella and R. Notarpietro, ERAD 2002, 305–311). Values of "
                      "wradlib: 5, 6 dB, 6, 1.3, from 0 dBZ"),
        .needs = {},
        .usesContext = false,
        .moments = {},
        .settings =
            {integerSetting("gabella.window", 5, 3, 31, "", EMBELLIE_TR("method", "Window"),
                            EMBELLIE_TR("method", "Rays and gates of the square around a gate whose "
                                                  "neighbours are looked at; an odd number")),
             realSetting("gabella.difference", 9, 0, 60, "dB", EMBELLIE_TR("method", "Difference"),
                         EMBELLIE_TR("method", "A neighbour is alike where the gate is not stronger than it "
                                               "by this")),
             integerSetting("gabella.neighbours", 12, 0, 960, "", EMBELLIE_TR("method", "Neighbours"),
                            EMBELLIE_TR("method", "An echo with fewer alike neighbours is removed; 0: none "
                                                  "is, by this step")),
             realSetting("gabella.shape", 2, 0, 100, "1", EMBELLIE_TR("method", "Shape"),
                         EMBELLIE_TR("method",
                                     "A connected echo with fewer gates for each one on its edge is "
                                     "removed; 0: none is, by this step")),
             advanced(realSetting("gabella.rain_from", 7, -60, 60, "dBZ",
                                  EMBELLIE_TR("method", "Echo is from"),
                                  EMBELLIE_TR("method", "Reflectivity above which an echo belongs to a "
                                                        "connected one")))},
        .apply = apply};
    return info;
}

} // namespace embellie
