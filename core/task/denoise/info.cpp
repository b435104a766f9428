#include "core/task/denoise/cleaned.h"
#include "core/task/denoise/moments.h"
#include "core/task/denoise/samples.h"
#include "core/task/sweep_data.h"

namespace embellie {

static SettingTable denoiseSettings() {
    return {
        realSetting(
            "denoise.threshold", 0.5, 0, 1, "1", EMBELLIE_TR("denoise", "Threshold"),
            EMBELLIE_TR(
                "denoise",
                "An echo is kept where its probability of rain is above this: lower keeps more rain, higher "
                "removes more of the rest")),
        advanced(choiceSetting(
            "denoise.value", "raw",
            {{"raw", EMBELLIE_TR("denoise", "as it was measured")},
             {"restored", EMBELLIE_TR("denoise", "as the network estimates the rain alone")}},
            EMBELLIE_TR("denoise", "Kept value"), EMBELLIE_TR("denoise", "What a kept echo shows"))),
        advanced(textSetting(
            "denoise.moments", "height", EMBELLIE_TR("denoise", "Further moments"),
            EMBELLIE_TR("denoise",
                        "Looked at beside reflectivity where a file has them: RHOHV, ZDR, VRADH, "
                        "WRADH, SQI, height (of the beam), season (how warm it should be by latitude and "
                        "date) and aloft (the sweep above), separated by commas; empty: none"))),
        advanced(realSetting(
            "denoise.moment_dropout", 0.3, 0, 1, "1", EMBELLIE_TR("denoise", "Without a moment"),
            EMBELLIE_TR("denoise",
                        "Share of samples in which a further moment is missing, and again in which "
                        "all are, so that the network does without"))),
        advanced(textSetting("denoise.without", "", EMBELLIE_TR("denoise", "Moments left out"),
                             EMBELLIE_TR("denoise", "Further moments of which a prediction takes no notice, "
                                                    "as if the file did not have them"))),
        advanced(booleanSetting(
            "denoise.mirror", true, EMBELLIE_TR("denoise", "Mirror averaging"),
            EMBELLIE_TR("denoise",
                        "Predicts the mirrored sweep too and takes the mean: steadier, twice the time"))),
        advanced(realSetting(
            "denoise.context", 0.6, 0, 1, "1", EMBELLIE_TR("denoise", "Share of rain"),
            EMBELLIE_TR("denoise",
                        "How far the share of rain in the sweep and around a gate, from one half on, raises "
                        "its probability: 0 not at all, 1 as Bayes' rule says"))),
        advanced(realSetting(
            "denoise.own_cut", 1, 0, 1, "1", EMBELLIE_TR("denoise", "Own cut"),
            EMBELLIE_TR("denoise",
                        "How far a probability of 0.5 moves to where those of the sweep part best, between "
                        "0.3 and 0.65: 0 not at all"))),
        advanced(listSetting(
            "denoise.gate_meters", {500, 1000, 2000}, 50, 5000, "m", EMBELLIE_TR("denoise", "Gate lengths"),
            EMBELLIE_TR("denoise",
                        "Of the samples, in equal shares. Sweeps with finer gates are looked at in the "
                        "shortest, with coarser ones in each length up to their own"))),
        advanced(
            integerSetting("denoise.gates", 256, 16, 4096, "", EMBELLIE_TR("denoise", "Gates of a sample"),
                           EMBELLIE_TR("denoise", "How far a sample reaches; all have the whole circle"))),
        realSetting(
            "denoise.validation", 0.2, 0, 0.9, "1", EMBELLIE_TR("denoise", "Share for validation"),
            EMBELLIE_TR("denoise",
                        "Of the radars and days (of a single one: of its times) that training never sees")),
        textSetting("denoise.hold_out", "", EMBELLIE_TR("denoise", "Kept apart"),
                    EMBELLIE_TR("denoise", "Radars or days for validation, by parts of their names "
                                           "(\"Jabbeke, Wideumont 2013\"); empty: by chance")),
        advanced(integerSetting(
            "denoise.validation_fields", 12, 1, 1000, "", EMBELLIE_TR("denoise", "Validation fields"),
            EMBELLIE_TR(
                "denoise",
                "Whole sweeps of rain plus clutter, both kept apart, on which the network is judged"))),
        advanced(realSetting(
            "denoise.judge_threshold", 0, -30, 60, "dBZ", EMBELLIE_TR("denoise", "Rain is from"),
            EMBELLIE_TR("denoise", "Reflectivity from which an echo counts as rain in the scores"))),
        advanced(integerSetting(
            "denoise.scenes", 10, 1, 1000, "", EMBELLIE_TR("denoise", "Scenes"),
            EMBELLIE_TR("denoise", "Simulated scenes that are learnt from when no files are given"))),
        advanced(booleanSetting(
            "denoise.all_kinds", false, EMBELLIE_TR("denoise", "Scenes of all kinds"),
            EMBELLIE_TR("denoise", "They are of other radars, sites and weather each, not of one kind"))),
        advanced(integerSetting(
            "denoise.varied_scenes", 80, 0, 1000, "", EMBELLIE_TR("denoise", "Scenes beside files"),
            EMBELLIE_TR("denoise",
                        "Simulated radars, sites and weather of all kinds that are learnt from too, "
                        "where rainy and dry days are given"))),
        advanced(realSetting(
            "denoise.scene_rain", 0.3, 0, 1, "1", EMBELLIE_TR("denoise", "Their share of the rain"),
            EMBELLIE_TR("denoise", "Of the rain that is not made up, where files are given"))),
        advanced(realSetting(
            "denoise.scene_clutter", 0.4, 0, 1, "1", EMBELLIE_TR("denoise", "Their share of the rest"),
            EMBELLIE_TR("denoise", "Of the other echoes that are not made up, where files are given"))),
        advanced(integerSetting(
            "denoise.most_sweeps", 200, 1, 100000, "", EMBELLIE_TR("denoise", "Sweeps in memory"),
            EMBELLIE_TR("denoise", "At most so many of each role, evenly picked; each takes about 2 MB"))),
        advanced(realSetting("denoise.most_elevation", 12, 0, 90, "degree",
                             EMBELLIE_TR("denoise", "Highest elevation"),
                             EMBELLIE_TR("denoise", "Sweeps above it are not learnt from"))),
        advanced(realSetting("denoise.synthetic_rain", 0.3, 0, 1, "1", EMBELLIE_TR("denoise", "Made-up rain"),
                             EMBELLIE_TR("denoise", "Share of samples whose rain is made up"))),
        advanced(realSetting("denoise.snow", 0.7, 0, 1, "1", EMBELLIE_TR("denoise", "Made-up snow"),
                             EMBELLIE_TR("denoise", "Share of made-up rain that is weak, smooth and from "
                                                    "shallow clouds, as snow is, in the cold; only where the "
                                                    "season is looked at"))),
        advanced(realSetting("denoise.shallow", 0.4, 0, 1, "1", EMBELLIE_TR("denoise", "Shallow clouds"),
                             EMBELLIE_TR("denoise",
                                         "Share of samples whose rain ends where the beam is above "
                                         "its clouds, in the cold; only where the season is looked at"))),
        advanced(realSetting("denoise.dry", 0.06, 0, 1, "1", EMBELLIE_TR("denoise", "Without rain"),
                             EMBELLIE_TR("denoise", "Share of samples without any rain"))),
        advanced(realSetting("denoise.real_clutter", 0.75, 0, 1, "1",
                             EMBELLIE_TR("denoise", "Clutter from files"),
                             EMBELLIE_TR("denoise", "Share of samples with echoes of a dry day"))),
        advanced(realSetting("denoise.synthetic_clutter", 1, 0, 2, "1",
                             EMBELLIE_TR("denoise", "Made-up clutter"),
                             EMBELLIE_TR("denoise", "Factor on the chances of specks, clear air, spokes, "
                                                    "speckle, masts, sea, mountains, rings"))),
        advanced(realSetting("denoise.sectors", 0, 0, 1, "1",
                             EMBELLIE_TR("denoise", "Interference in sectors"),
                             EMBELLIE_TR("denoise", "Share of made-up interference that fills whole sectors "
                                                    "instead of a few spokes"))),
        advanced(realSetting("denoise.noise", 0.35, 0, 1, "1", EMBELLIE_TR("denoise", "Receiver noise"),
                             EMBELLIE_TR("denoise", "Share of samples with the noise of a receiver"))),
        advanced(realSetting("denoise.offset", 6, 0, 30, "dB", EMBELLIE_TR("denoise", "Offset"),
                             EMBELLIE_TR("denoise", "Real rain is made weaker or stronger by up to this"))),
        advanced(realSetting(
            "denoise.varied", 1, 0, 2, "1", EMBELLIE_TR("denoise", "Variety"),
            EMBELLIE_TR("denoise",
                        "Factor on the chances of cut range, blank sectors, patchy rain, coarse steps"))),
    };
}

const TaskInfo& task_denoise() {
    static const TaskInfo info{
        .id = "denoise",
        .name = EMBELLIE_TR("denoise", "Clean radar echoes"),
        .help = EMBELLIE_TR("denoise", "Tells rain from ground, insects, interference and noise in raw "
                                       "reflectivity, and keeps the rain. Learns from "
                                       "rainy and dry days whose echoes are added, after Lepetit et al."),
        .roles = {{"rain", EMBELLIE_TR("denoise", "Rainy days"),
                   EMBELLIE_TR("denoise",
                               "Sweeps with rain; other echoes in them are left out as well as can be"),
                   false},
                  {"clutter", EMBELLIE_TR("denoise", "Dry days"),
                   EMBELLIE_TR("denoise", "Sweeps without rain: all their echoes shall be removed"), false},
                  {"scene", EMBELLIE_TR("denoise", "Simulated scenes"),
                   EMBELLIE_TR("denoise", "Files with TH (all echoes) and DBZH (the true rain)"), false}},
        .withoutData = EMBELLIE_TR("denoise", "the built-in scene, whose truth is known"),
        .settings = denoiseSettings(),
        .quickSettings = {{"train.epochs", "8"},
                          {"train.steps", "25"},
                          {"train.batch", "2"},
                          {"denoise.gate_meters", "1000"},
                          {"denoise.gates", "160"},
                          {"denoise.scenes", "10"},
                          {"denoise.synthetic_rain", "0.3"},
                          {"denoise.synthetic_clutter", "0.2"},
                          {"denoise.noise", "0.1"},
                          {"denoise.varied", "0.3"},
                          {"unet.width", "8"},
                          {"unet.depth", "3"}},
        .scores = {{"csi", EMBELLIE_TR("denoise", "CSI"),
                    EMBELLIE_TR("denoise",
                                "Critical success index: rain found ÷ (rain found + missed + falsely kept)"),
                    "1", true},
                   {"pod", EMBELLIE_TR("denoise", "POD"),
                    EMBELLIE_TR("denoise", "Share of the rain that is kept"), "1", true},
                   {"far", EMBELLIE_TR("denoise", "FAR"),
                    EMBELLIE_TR("denoise", "Share of what is kept that is no rain"), "1", false},
                   {"hss", EMBELLIE_TR("denoise", "HSS"),
                    EMBELLIE_TR("denoise", "Heidke skill score: share of right gates beyond chance"), "1",
                    true},
                   {"clutter_left", EMBELLIE_TR("denoise", "Clutter left"),
                    EMBELLIE_TR("denoise", "Share of the echoes without rain that is still there"), "1",
                    false},
                   {"rmse", EMBELLIE_TR("denoise", "RMSE"),
                    EMBELLIE_TR("denoise", "Root of the mean squared error of kept rain"), "dB", false}},
        .mainScore = "csi",
        .channels =
            [](const Settings& settings) {
                std::vector<ChannelInfo> channels{
                    {"TH", 0, 0,
                     EMBELLIE_TR(
                         "denoise",
                         "raw reflectivity, (dBZ - 10) / 20, clipped to -1.5 … 2.5; -1.5 without echo")},
                    {"echo mask", 0, 0, EMBELLIE_TR("denoise", "1 where there is an echo, else 0")},
                    {"range", 0, 0, EMBELLIE_TR("denoise", "distance from the radar in 100 km")}};
                for (const ChannelInfo& more : denoise::momentChannels(denoise::chosenMoments(settings)))
                    channels.push_back(more);
                return channels;
            },
        .heads =
            [](const Settings&) {
                return std::vector<HeadInfo>{
                    {"probability", 1, EMBELLIE_TR("denoise", "of rain, before the logistic function")},
                    {"value", 1, EMBELLIE_TR("denoise", "reflectivity of the rain alone, (dBZ - 10) / 20")}};
            },
        .input = NetworkInput::Image,
        .sampleSize =
            [](const Settings& settings) {
                return SampleSize{360, settings.integer("denoise.gates")};
            },
        .samples = denoise::makeSamples,
        .inputs = [](const SourceInfo& info,
                     const std::string& wanted) { return reflectivityInputs(info, wanted, true); },
        .companions = denoise::momentArrays,
        .result = denoise::cleanedId,
    };
    return info;
}

} // namespace embellie
