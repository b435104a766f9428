#pragma once

// Trainings that are broken again and again, for the tests of this folder and tests/bench/kill.

#include "tests/core/learn/training_runs.h"

#include <random>

namespace embellie::test {

/// What happened to runs that were broken.
struct Breakages {
    int runs = 0, attempts = 0;
    int kills = 0;
    int inCheckpoint = 0; ///< kills while a checkpoint was written
    int inBest = 0;       ///< … while the best weights or their card were replaced
    int inState = 0;      ///< … while state.json was replaced
    int inEvent = 0;      ///< … in the middle of a line of events.jsonl
    int beforeStart = 0;  ///< … before the first step of the attempt
    int fullDisks = 0;    ///< attempts that ended because the disk was full
    std::int64_t mostLost =
        0; ///< steps done after the last checkpoint and lost, at most, as far as state.json says
    std::string problem; ///< the first thing that must not be; empty: all is well
};

/// How a run is broken.
struct Breaking {
    std::filesystem::path library; ///< rough_disk
    double seconds = 1;            ///< kills come at a time uniform from the start to here
    int microsPause = 0;           ///< of the disk, in the middle of each write
    /// Every so many attempts the disk is full after a number of bytes uniform up to fullBytes; 0: never.
    int fullEvery = 0;
    std::int64_t fullBytes = 0;
    int most = 1000000; ///< kills; then it is let run to its end
};

/// Starts the training of @p run, breaks it, and starts it again until it is through; each attempt's clock
/// lies a day behind that of the one before. Adds to @p all; stops at the first problem.
void breakUntilDone(const std::filesystem::path& run, const Breaking& how, std::mt19937_64& random,
                    Breakages& all);

/// A training on the rough disk that nothing breaks. @return its seconds
double trainedRoughly(const std::filesystem::path& run, const Breaking& how);

/// Bytes written below @p run by a training, about.
std::int64_t bytesOf(const std::filesystem::path& run);

/// What differs between two finished runs of one request though it must be equal bit for bit: losses and
/// scores of the epochs, weights, optimiser, mean, random streams, best weights. Empty: nothing.
std::string differences(const std::filesystem::path& run, const std::filesystem::path& whole);

} // namespace embellie::test
