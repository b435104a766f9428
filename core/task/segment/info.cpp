#include "core/task/segment/classes.h"
#include "core/task/sweep_data.h"

namespace embellie {

const TaskInfo& task_segment() {
    static const TaskInfo info{
        .id = "segment",
        .name = EMBELLIE_TR("segment", "Name the echoes"),
        .help = EMBELLIE_TR("segment", "Gives every echo of a sweep its class (rain, ground, clear air, "
                                       "interference, speckle, noise); learns from sweeps "
                                       "whose echoes have been named"),
        .roles = {{"labelled", EMBELLIE_TR("segment", "Labelled sweeps"),
                   EMBELLIE_TR("segment", "Files with reflectivity and a field of classes"), false}},
        .withoutData = EMBELLIE_TR("segment", "the built-in scene, whose classes are known"),
        .settings =
            SettingTable{
                advanced(integerSetting(
                    "segment.gates", 240, 16, 4096, "", EMBELLIE_TR("segment", "Gates of a sample"),
                    EMBELLIE_TR("segment", "How far a sample reaches; all have the whole circle"))),
                realSetting(
                    "segment.validation", 0.25, 0, 0.9, "1", EMBELLIE_TR("segment", "Share for validation"),
                    EMBELLIE_TR(
                        "segment",
                        "Of the times (of a single volume: every third sweep) that training never sees")),
                advanced(integerSetting(
                    "segment.scenes", 10, 1, 1000, "", EMBELLIE_TR("segment", "Scenes"),
                    EMBELLIE_TR("segment", "Simulated scenes that are learnt from when no files are given"))),
                advanced(realSetting("segment.most_elevation", 90, 0, 90, "degree",
                                     EMBELLIE_TR("segment", "Highest elevation"),
                                     EMBELLIE_TR("segment", "Sweeps above it are not learnt from"))),
            },
        .quickSettings = {{"train.epochs", "8"},
                          {"train.steps", "25"},
                          {"segment.gates", "160"},
                          {"segment.scenes", "10"},
                          {"unet.width", "8"},
                          {"unet.depth", "3"}},
        .scores = {{"mean_iou", EMBELLIE_TR("segment", "Mean IoU"),
                    EMBELLIE_TR("segment", "Overlap of named and true cells, mean over the classes"), "1",
                    true},
                   {"accuracy", EMBELLIE_TR("segment", "Accuracy"),
                    EMBELLIE_TR("segment", "Share of echoes with the right name"), "1", true},
                   {"rain_iou", EMBELLIE_TR("segment", "IoU of rain"),
                    EMBELLIE_TR("segment", "Overlap of named and true rain"), "1", true}},
        .mainScore = "mean_iou",
        .channels =
            [](const Settings&) {
                return std::vector<ChannelInfo>{
                    {"TH", 0, 0,
                     EMBELLIE_TR(
                         "segment",
                         "raw reflectivity, (dBZ - 10) / 20, clipped to -1.5 … 2.5; -1.5 without echo")},
                    {"echo mask", 0, 0, EMBELLIE_TR("segment", "1 where there is an echo, else 0")},
                    {"range", 0, 0, EMBELLIE_TR("segment", "distance from the radar in 100 km")}};
            },
        .heads =
            [](const Settings&) {
                return std::vector<HeadInfo>{
                    {"class", static_cast<int>(segment::classes().size()),
                     EMBELLIE_TR("segment", "one number a class; the greatest wins")}};
            },
        .input = NetworkInput::Image,
        .sampleSize =
            [](const Settings& settings) {
                return SampleSize{360, settings.integer("segment.gates")};
            },
        .samples = segment::makeSamples,
        .inputs = [](const SourceInfo& info,
                     const std::string& wanted) { return reflectivityInputs(info, wanted, false); },
        .result = [](const std::string&) -> std::string { return "CLASS"; },
    };
    return info;
}

} // namespace embellie
