#include "core/method/echo_grid.h"
#include "core/method/method.h"
#include "core/task/denoise/cleaned.h"

#include <limits>

namespace embellie {

namespace {

MethodResult apply(const FieldPtr& input, Surroundings&, const Settings& settings, Feedback& feedback) {
    feedback.throwIfCancelled();
    const EchoGrid grid(*input);
    const auto from = static_cast<float>(settings.real("despeckle.echo_from"));
    const auto least = static_cast<std::int32_t>(settings.integer("despeckle.gates"));
    std::vector<std::uint8_t> echo(grid.values.size());
    for (std::size_t i = 0; i < echo.size(); ++i)
        echo[i] = grid.values[i] >= from && grid.values[i] < std::numeric_limits<float>::infinity();
    const Areas areas = areasOf(grid, echo);
    std::vector<float> kept(grid.values.size(), 1);
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (const std::int32_t area = areas.area[i];
            area >= 0 && areas.cells[static_cast<std::size_t>(area)] < least)
            kept[i] = 0;
    denoise::Cleaned result = denoise::cleaned(*input, grid.inFieldOrder(kept), 0.5f,
                                               "1: kept, 0: removed (the method does not grade)",
                                               "connected echoes of few gates removed");
    return {std::move(result.field), {std::move(result.probability)}};
}

} // namespace

const MethodInfo& method_despeckle() {
    static const MethodInfo info{
        .id = "despeckle",
        .task = "denoise",
        .name = EMBELLIE_TR("method", "Despeckle"),
        .help = EMBELLIE_TR("method", "Removes connected echoes (eight neighbours) of few gates"),
        .needs = {},
        .usesContext = false,
        .moments = {},
        .settings = {integerSetting("despeckle.gates", 64, 1, 1e6, "", EMBELLIE_TR("method", "Least gates"),
                                    EMBELLIE_TR("method", "Connected echoes with fewer gates are removed")),
                     realSetting("despeckle.echo_from", 0, -60, 60, "dBZ",
                                 EMBELLIE_TR("method", "Echo is from"),
                                 EMBELLIE_TR("method", "Weaker echoes do not connect others, and stay"))},
        .apply = apply};
    return info;
}

} // namespace embellie
