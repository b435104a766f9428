#include "gui/pages/train/run_snapshot.h"

#include "core/base/file.h"
#include "core/task/task.h"
#include "gui/scene/localised.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie {

namespace fs = std::filesystem;

fs::path notePath(const fs::path& run) {
    return run / "note.txt";
}

void writeNote(const fs::path& run, const QString& note) {
    writeFileAtomically(notePath(run), note.toStdString());
}

static QString noteOf(const fs::path& run, const RunRequest& request) {
    try {
        if (fs::exists(notePath(run)))
            return QString::fromStdString(readFile(notePath(run))).trimmed();
    } catch (const std::exception&) {
        // A note that can't be read keeps nobody from seeing the run.
    }
    return QString::fromStdString(request.note);
}

// A run of another version may name a task, a network or settings that we do not have.
static QString networkOfRun(const RunRequest& request) {
    try {
        const TaskInfo& task = taskOf(request.task);
        const NetworkInfo& network = networkOf(request.network);
        Settings settings{settingsOf(task, network)};
        settings.mergeToml(request.settings, "request.toml", true);
        const auto weights = network.weightCount(settings, networkShape(task, settings));
        return localised(text(EMBELLIE_TR("train", "{0}, {1} weights"), localised(network.name).toStdString(),
                              numberForPeople(double(weights), 0).toStdString()));
    } catch (const std::exception&) {
        return QString::fromStdString(request.network);
    }
}

static std::string mainScoreOf(const RunReader& reader) {
    if (reader.state() && !reader.state()->mainScore.empty())
        return reader.state()->mainScore;
    try {
        return taskOf(reader.request().task).mainScore;
    } catch (const std::exception&) {
        return {};
    }
}

static double secondsOf(const std::vector<RunEvent>& events) {
    double milliseconds = 0;
    for (std::size_t first = 0; first < events.size();) {
        std::size_t last = first;
        while (last + 1 < events.size() && events[last + 1].attempt == events[first].attempt)
            ++last;
        milliseconds += double((events[last].time - events[first].time).count());
        first = last + 1;
    }
    return events.empty() ? -1 : std::max(0.0, milliseconds / 1000);
}

// What the chart shows stays readable, and cheap over a forwarded display, however long the run.
static std::vector<QPointF> thinned(std::vector<QPointF> points) {
    constexpr std::size_t Most = 400;
    if (points.size() <= Most)
        return points;
    std::vector<QPointF> kept;
    for (std::size_t at = 0; at < Most; ++at) {
        const std::size_t from = at * points.size() / Most, to = (at + 1) * points.size() / Most;
        double sum = 0;
        for (std::size_t index = from; index < to; ++index)
            sum += points[index].y();
        kept.emplace_back(points[to - 1].x(), sum / double(to - from));
    }
    return kept;
}

RunSnapshot snapshotOf(const RunReader& reader, RunPlace place) {
    RunSnapshot made;
    made.run = reader.paths().run;
    made.name = QString::fromStdString(made.run.filename().string());
    if (isSweep(made.run.parent_path())) {
        made.sweep = made.run.parent_path();
        made.name = QString::fromStdString((made.sweep.filename() / made.run.filename()).string());
    }
    made.place = std::move(place);
    made.request = reader.request();
    made.note = noteOf(made.run, made.request);
    made.status = reader.status();
    if (made.place.status && !made.place.isMirror)
        made.status = statusWithJob(made.status, *made.place.status, reader.state().has_value());
    made.state = reader.state();
    made.network = networkOfRun(made.request);
    made.seconds = secondsOf(reader.events());
    made.mainScore = mainScoreOf(reader);
    std::error_code ignored;
    made.hasWeights = fs::exists(reader.paths().weights(), ignored);
    made.hasCheckpoint = made.state && made.state->checkpoint >= 0;
    made.weightsAreFar = made.place.isMirror && !made.hasWeights && made.state && made.state->bestEpoch >= 0;

    const std::string scoreKey = "score." + made.mainScore;
    std::vector<QPointF> stepLoss;
    for (const RunEvent& event : reader.events()) {
        const auto take = [&](const std::string& key, std::vector<QPointF>& points) {
            const auto found = event.values.find(key);
            if (found != event.values.end() && std::isfinite(found->second))
                points.emplace_back(double(event.step), found->second);
        };
        const auto note = [&](const char* key, auto& number) {
            if (const auto found = event.values.find(key);
                found != event.values.end() && std::isfinite(found->second))
                number = found->second;
        };
        note("sample_wait_share", made.waitShare);
        note("samples_per_second", made.samplesPerSecond);
        note("memory_estimate_bytes", made.expectedBytes);
        note("memory_bytes", made.availableBytes);
        if (event.kind == "step") {
            take("loss", stepLoss);
        } else if (event.kind == "epoch") {
            take("training_loss", made.trainingLoss);
            take("validation_loss", made.validationLoss);
            take(scoreKey, made.score);
        } else if (event.kind == "baseline") {
            const auto found = event.values.find(scoreKey);
            if (found != event.values.end() && std::isfinite(found->second))
                made.baseline = found->second;
        }
    }
    // Until two epochs make a line, the steps show that something is learnt.
    if (made.trainingLoss.size() < 2)
        made.trainingLoss = std::move(stepLoss);
    made.trainingLoss = thinned(std::move(made.trainingLoss));
    if (made.state) {
        const auto found = made.state->bestScores.find(made.mainScore);
        if (found != made.state->bestScores.end() && std::isfinite(found->second))
            made.best = found->second;
    }
    return made;
}

RunSnapshot brokenSnapshot(const fs::path& run, const QString& problem) {
    RunSnapshot made;
    made.run = run;
    made.name = QString::fromStdString(run.filename().string());
    made.problem = problem;
    return made;
}

QString scoreLabel(const RunRequest& request, const std::string& score) {
    for (const TaskInfo* task : tasks())
        if (task->id == request.task)
            for (const ScoreInfo& info : task->scores)
                if (info.id == score)
                    return localised(info.label);
    return QString::fromStdString(score);
}

bool isQueued(const RunSnapshot& run) {
    return run.problem.isEmpty() && !isOver(run.status) && run.place.status &&
           run.place.status->phase == JobPhase::Waiting;
}

QString statusWord(const RunSnapshot& run) {
    if (!run.problem.isEmpty())
        return localised(EMBELLIE_TR("train", "can't be read"));
    if (isQueued(run))
        return localised(EMBELLIE_TR("train", "waiting in the queue"));
    switch (run.status) {
    case RunStatus::Waiting:
        return localised(EMBELLIE_TR("train", "waiting"));
    case RunStatus::Starting:
        return localised(EMBELLIE_TR("train", "starting"));
    case RunStatus::Running:
        return localised(EMBELLIE_TR("train", "running"));
    case RunStatus::Stopping:
        return localised(EMBELLIE_TR("train", "stopping"));
    case RunStatus::Failed:
        return localised(EMBELLIE_TR("train", "failed"));
    case RunStatus::Cancelled:
        return localised(EMBELLIE_TR("train", "discarded"));
    case RunStatus::Lost:
        return localised(EMBELLIE_TR("train", "lost"));
    case RunStatus::Finished:
        break;
    }
    const bool early = run.state && run.state->step < run.state->steps;
    return localised(early ? EMBELLIE_TR("train", "stopped, weights kept")
                           : EMBELLIE_TR("train", "finished"));
}

QString statusForPeople(const RunSnapshot& run) {
    const QString words = statusWord(run);
    if (!run.problem.isEmpty())
        return words;
    if (run.status != RunStatus::Running || !run.state || run.state->epochs <= 0 || isQueued(run))
        return words;
    return localised(text(EMBELLIE_TR("train", "{0}, epoch {1} of {2}"), words.toStdString(),
                          std::min(run.state->epoch + 1, run.state->epochs), run.state->epochs));
}

QString reasonForPeople(const std::string& reason) {
    for (const char* room : {"learn", "launch", "run"}) {
        const QString said = QCoreApplication::translate(room, reason.c_str());
        if (said != QString::fromStdString(reason))
            return said;
    }
    return QString::fromStdString(reason);
}

QString durationForPeople(double seconds) {
    if (seconds < 0)
        return QStringLiteral("—");
    const auto whole = std::int64_t(std::llround(seconds));
    const auto twoDigits = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    if (whole < 60)
        return localised(text(EMBELLIE_TR("train", "{0} s"), whole));
    if (whole < 3600)
        return localised(text(EMBELLIE_TR("train", "{0} min {1} s"), whole / 60, twoDigits(whole % 60)));
    return localised(text(EMBELLIE_TR("train", "{0} h {1} min"), whole / 3600, twoDigits(whole / 60 % 60)));
}

QString bytesForPeople(double bytes, const QLocale& locale) {
    if (bytes <= 0)
        return QStringLiteral("—");
    if (bytes >= 1e9)
        return localised(
            text(EMBELLIE_TR("train", "{0} GB"), numberForPeople(bytes / 1e9, 1, locale).toStdString()));
    return localised(
        text(EMBELLIE_TR("train", "{0} MB"), numberForPeople(bytes / 1e6, 0, locale).toStdString()));
}

QString waitingForPeople(const RunSnapshot& run) {
    constexpr double Much = 0.05; // of its time: more sample makers, or less to be made, would be faster
    if (!run.waitShare)
        return {};
    const bool hasTenths = *run.waitShare < 0.095;
    return localised(text(*run.waitShare >= Much
                              ? EMBELLIE_TR("train", "samples, {0} % of the time")
                              : EMBELLIE_TR("train", "arithmetic; samples {0} % of the time"),
                          numberForPeople(100 * *run.waitShare, hasTenths ? 1 : 0).toStdString()));
}

QString memoryForPeople(const RunSnapshot& run) {
    if (!run.state || run.state->peakMemoryBytes <= 0)
        return {};
    const std::string peak = bytesForPeople(double(run.state->peakMemoryBytes)).toStdString(),
                      expected = bytesForPeople(run.expectedBytes).toStdString();
    if (run.expectedBytes <= 0)
        return localised(text(EMBELLIE_TR("train", "{0} at most"), peak));
    if (run.availableBytes <= 0)
        return localised(text(EMBELLIE_TR("train", "{0} at most, {1} expected"), peak, expected));
    return localised(text(EMBELLIE_TR("train", "{0} at most, {1} expected, of {2}"), peak, expected,
                          bytesForPeople(run.availableBytes).toStdString()));
}

} // namespace embellie
