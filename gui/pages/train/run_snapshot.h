#pragma once

#include "core/run/run_directory.h"
#include "gui/pages/train/run_desk.h"

#include <QLocale>
#include <QPointF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace embellie {

/// A run as the window shows it: made on a worker, then shared and only read.
struct RunSnapshot {
    std::filesystem::path run;
    QString name;                ///< of its folder: "13", in a sweep "15/003"
    std::filesystem::path sweep; ///< folder of the sweep that it belongs to; empty otherwise
    RunPlace place;              ///< where it executes, and how long it waits there
    RunRequest request;
    QString note; ///< the user's words: note.txt, else as given at the start
    RunStatus status = RunStatus::Waiting;
    std::optional<RunState> state;
    QString network;     ///< "U-Net, 303 442 weights"
    QString problem;     ///< why it can't be read; nothing else then holds
    double seconds = -1; ///< the trainer's work so far, over all attempts; negative before it began
    bool hasWeights = false, hasCheckpoint = false;
    bool weightsAreFar = false; ///< it learnt something, but its weights were not brought here yet

    std::optional<double> waitShare; ///< of the trainer's time, for samples: as last told
    double samplesPerSecond = 0;     ///< as last told; 0: not yet
    double expectedBytes = 0,
           availableBytes = 0; ///< memory as the trainer judged it at its start; 0: not told

    std::vector<QPointF> trainingLoss, validationLoss, score; ///< over steps; score by mainScore
    std::optional<double> baseline;                           ///< mainScore of the raw fields
    std::string mainScore;                                    ///< id; empty where neither run nor task says
    std::optional<double> best;                               ///< mainScore of the best weights
};
using RunSnapshotPtr = std::shared_ptr<const RunSnapshot>;

/// As @p reader knows it after its poll. Reads note.txt. Never throws for a run that can only be read in
/// part.
RunSnapshot snapshotOf(const RunReader& reader, RunPlace place = {});
RunSnapshot brokenSnapshot(const std::filesystem::path& run, const QString& problem);

/// The user's note beside a run. @throws Error
void writeNote(const std::filesystem::path& run, const QString& note);
std::filesystem::path notePath(const std::filesystem::path& run);

/// "CSI, 0 dBZ": the label of a score of a run's task; its id where that is not known.
QString scoreLabel(const RunRequest& request, const std::string& score);
/// A word for a list or a label: "running", "lost", "stopped, weights kept" for one that finished early.
QString statusWord(const RunSnapshot& run);
/// The same with how far it is: "running, epoch 3 of 20".
QString statusForPeople(const RunSnapshot& run);
/// Its job waits in a queue, whatever the trainer said before it was put back there.
bool isQueued(const RunSnapshot& run);
/// What a trainer said, in the window's language where it is one of its plain sentences.
QString reasonForPeople(const std::string& reason);
/// "3 min 52 s", "1 h 05 min", "—" for a negative one.
QString durationForPeople(double seconds);
/// "1.1 GB", "240 MB"; "—" for zero.
QString bytesForPeople(double bytes, const QLocale& locale = QLocale());
/// What holds the training up: "samples, 23 % of the time", or "arithmetic; samples 1 % of the time". Empty
/// while it is not known.
QString waitingForPeople(const RunSnapshot& run);
/// "0.4 GB at most, 0.5 GB expected, of 25 GB": as far as it is known. Empty before the first step.
QString memoryForPeople(const RunSnapshot& run);

} // namespace embellie
