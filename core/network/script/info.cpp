#include "core/network/network.h"
#include "core/network/script/script.h"

namespace embellie {

const NetworkInfo& network_script() {
    static const NetworkInfo info{
        .id = "script",
        .name = EMBELLIE_TR("script", "Your own (TorchScript)"),
        .help = EMBELLIE_TR("script",
                            "An architecture written in Python and saved by torch.jit.script: takes the "
                            "channels of the task and answers its heads, as one tensor or one each. It is "
                            "trained from the numbers that the file holds"),
        .settings = SettingTable{pathSetting(
            "script.file", "", EMBELLIE_TR("script", "Model"),
            EMBELLIE_TR("script", "The TorchScript file (.pt), or the TOML that describes it: several "
                                  "inputs, sizes that it takes. The run keeps a copy"))},
        .input = NetworkInput::Image,
        .sizes =
            [](const Settings& settings) {
                return AcceptedSizes{1, 1, readScriptModel(settings.string("script.file")).multiple};
            },
        .weightCount = [](const Settings& settings, const NetworkShape&) -> std::int64_t {
            return scriptNumbers(readScriptModel(settings.string("script.file")).file);
        },
        // What an unknown network keeps can't be counted: as much as a U-Net of 16 channels.
        .trainingBytes = [](const Settings&, const NetworkShape& shape, std::int64_t rows,
                            std::int64_t columns) -> double {
            constexpr double numbersACell = 340;
            return 4 * (numbersACell + shape.inputChannels) * static_cast<double>(rows * columns);
        },
        .sixteenBitShare = [](const Settings&) { return 0.6; },
    };
    return info;
}

} // namespace embellie
