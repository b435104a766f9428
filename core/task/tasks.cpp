#include "core/task/task.h"

namespace embellie {

#define EMBELLIE_TASK(name) const TaskInfo& task_##name();
#include "core/task/tasks.def"
#undef EMBELLIE_TASK

const std::vector<const TaskInfo*>& tasks() {
    static const std::vector<const TaskInfo*> all{
#define EMBELLIE_TASK(name) &task_##name(),
#include "core/task/tasks.def"
#undef EMBELLIE_TASK
    };
    return all;
}

const TaskInfo& taskOf(const std::string& id) {
    std::vector<std::string> known;
    for (const TaskInfo* task : tasks()) {
        if (task->id == id)
            return *task;
        known.push_back(task->id);
    }
    Error error(text(EMBELLIE_TR("task", "there is no task \"{0}\""), id));
    const std::string nearest = nearestName(id, known);
    std::string names;
    for (const std::string& name : known)
        names += (names.empty() ? "" : ", ") + name;
    error.expected(text(EMBELLIE_TR("task", "one of {0}"), names)).wrongUse();
    if (!nearest.empty())
        error.remedy(text(EMBELLIE_TR("task", "perhaps {0} is meant"), nearest));
    throw error;
}

bool fits(const TaskInfo& task, const NetworkInfo& network) {
    return task.input == network.input;
}

NetworkShape networkShape(const TaskInfo& task, const Settings& settings) {
    NetworkShape shape{static_cast<int>(task.channels(settings).size()), {}};
    for (const HeadInfo& head : task.heads(settings))
        shape.headChannels.push_back(head.channels);
    return shape;
}

const SettingTable& trainSettings() {
    static const SettingTable table{
        integerSetting(
            "train.epochs", 14, 1, 100000, "", EMBELLIE_TR("train", "Epochs"),
            EMBELLIE_TR("train",
                        "How often the network is judged while it learns; the schedule ends with the last")),
        integerSetting(
            "train.steps", 100, 1, 1000000, "", EMBELLIE_TR("train", "Steps an epoch"),
            EMBELLIE_TR("train", "Corrections of the weights between two judgements; each takes one batch")),
        integerSetting("train.batch", 2, 1, 4096, "", EMBELLIE_TR("train", "Batch"),
                       EMBELLIE_TR("train", "Samples a step; more need more memory and are smoother")),
        realSetting(
            "train.learning_rate", 3e-3, 1e-7, 1, "", EMBELLIE_TR("train", "Learning rate"),
            EMBELLIE_TR(
                "train",
                "Greatest size of a correction; too large and the loss jumps, too small and it crawls")),
        advanced(choiceSetting(
            "train.schedule", "one_cycle",
            {{"one_cycle", EMBELLIE_TR("train", "one cycle: up, then down to nothing")},
             {"cosine", EMBELLIE_TR("train", "cosine: from the top down to nothing")},
             {"constant", EMBELLIE_TR("train", "constant after the warm-up")}},
            EMBELLIE_TR("train", "Schedule"),
            EMBELLIE_TR("train", "How the learning rate changes from the first step to the last"))),
        advanced(realSetting(
            "train.warm_up", 0.2, 0, 0.9, "1", EMBELLIE_TR("train", "Warm-up"),
            EMBELLIE_TR(
                "train",
                "Share of all steps in which the learning rate grows from a twenty-fifth to the top"))),
        advanced(integerSetting(
            "train.patience", 0, 0, 100000, "", EMBELLIE_TR("train", "Patience"),
            EMBELLIE_TR("train", "Epochs without a better score after which the run ends early; 0: never"))),
        advanced(realSetting(
            "train.tolerance", 0.01, 0, 1, "1", EMBELLIE_TR("train", "Tolerance"),
            EMBELLIE_TR("train", "The weights of the latest epoch are kept whose main score is short of the "
                                 "highest by less than this; 0: those of the highest"))),
        integerSetting(
            "train.seed", 1, 0, 4294967295.0, "", EMBELLIE_TR("train", "Seed"),
            EMBELLIE_TR(
                "train",
                "Start of all random streams: the same seed and threads give the same run, bit for bit")),
        advanced(realSetting(
            "train.weight_decay", 0.01, 0, 1, "", EMBELLIE_TR("train", "Weight decay"),
            EMBELLIE_TR("train", "Pull of the weights towards zero (AdamW); against learning by heart"))),
        advanced(
            realSetting("train.clip", 1, 0, 1000, "", EMBELLIE_TR("train", "Gradient limit"),
                        EMBELLIE_TR("train", "Length to which a longer gradient is shortened; 0: as it is"))),
        advanced(realSetting(
            "train.ema", 0.99, 0, 0.99999, "", EMBELLIE_TR("train", "Averaging"),
            EMBELLIE_TR(
                "train",
                "Share of the old in the running mean of the weights that is judged and kept; 0: no mean"))),
        advanced(choiceSetting(
            "train.precision", "fp32",
            {{"fp32", EMBELLIE_TR("train", "32 bits: exact to the bit on resuming")},
             {"bf16",
              EMBELLIE_TR("train", "16 bits of wide range: faster on processors and cards that have it")},
             {"fp16",
              EMBELLIE_TR("train", "16 bits of narrow range, with a factor on the loss: for older cards")}},
            EMBELLIE_TR("train", "Precision"),
            EMBELLIE_TR("train", "Numbers used in convolutions; weights are always kept in 32 bits"))),
        advanced(choiceSetting(
            "train.device", "auto",
            {{"auto", EMBELLIE_TR("train", "a GPU where there is one for us, else the processor")},
             {"cpu", EMBELLIE_TR("train", "the processor")},
             {"cuda", EMBELLIE_TR("train", "a GPU, or not at all")}},
            EMBELLIE_TR("train", "Computes on"),
            EMBELLIE_TR("train", "Inside a Slurm job a GPU counts only where one was asked for"))),
        advanced(integerSetting(
            "train.accumulate", 1, 1, 4096, "", EMBELLIE_TR("train", "Parts of a batch"),
            EMBELLIE_TR("train",
                        "A batch is computed in so many parts, one after the other: less memory, the same "
                        "correction. It grows by itself where the memory does not suffice"))),
        advanced(
            realSetting("train.memory_limit", 0, 0, 100000, "GB", EMBELLIE_TR("train", "Memory limit"),
                        EMBELLIE_TR("train", "What the tensors of the steps may take beside the program and "
                                             "its data, on the processor; 0: what the machine has"))),
        advanced(integerSetting(
            "train.ranks", 1, 1, 64, "", EMBELLIE_TR("train", "Processes"),
            EMBELLIE_TR("train",
                        "Processes on this machine that share each batch, one a GPU; where Slurm starts "
                        "several, its number counts"))),
        advanced(realSetting(
            "train.rank_timeout", 120, 1, 86400, "s", EMBELLIE_TR("train", "Patience with a process"),
            EMBELLIE_TR("train", "How long one of several processes may give no sign of life before "
                                 "the run ends at its last checkpoint, to be continued"))),
        advanced(integerSetting("train.threads", 0, 0, 1024, "", EMBELLIE_TR("train", "Threads"),
                                EMBELLIE_TR("train", "Threads of the arithmetic; 0: one a core"))),
        advanced(integerSetting(
            "train.workers", 2, 1, 256, "", EMBELLIE_TR("train", "Sample makers"),
            EMBELLIE_TR("train", "Threads that prepare samples ahead; their number changes no result"))),
        advanced(realSetting(
            "train.checkpoint_minutes", 5, 0, 1440, "min", EMBELLIE_TR("train", "Checkpoint every"),
            EMBELLIE_TR(
                "train",
                "Longest time between two checkpoints; one is written at the end of each epoch too"))),
        advanced(integerSetting("train.keep", 2, 1, 1000, "", EMBELLIE_TR("train", "Checkpoints kept"),
                                EMBELLIE_TR("train", "How many of the newest checkpoints stay on the disk"))),
        advanced(integerSetting(
            "train.samples_kept", 3, 0, 100, "", EMBELLIE_TR("train", "Fields kept"),
            EMBELLIE_TR(
                "train",
                "Validation fields whose raw, result and reference are kept in the run for judging"))),
    };
    return table;
}

SettingTable settingsOf(const TaskInfo& task, const NetworkInfo& network) {
    SettingTable table = trainSettings();
    table.add(task.settings);
    table.add(network.settings);
    return table;
}

} // namespace embellie
