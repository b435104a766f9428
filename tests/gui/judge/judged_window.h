#pragma once

#include "core/base/file.h"
#include "core/io/odim/odim_writer.h"
#include "core/io/result.h"
#include "core/run/run_writer.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QStandardPaths>

#include <cmath>
#include <random>

namespace embellie::test {

inline constexpr std::size_t Rays = 90, Gates = 60;
inline constexpr double Threshold = 0.4; // of the network that "made" the results

/// One sweep: weather in the north, ground clutter in the south, a probability that mostly knows them apart.
struct Made {
    std::vector<float> raw, truth, chance;
    std::vector<bool> echo, rain;
};

inline Made madeSweep(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> one(0, 1);
    Made made;
    for (std::size_t cell = 0; cell < Rays * Gates; ++cell) {
        const bool north = cell / Gates < Rays / 2;
        made.echo.push_back(one(random) < (north ? 0.8 : 0.3));
        made.rain.push_back(made.echo.back() && one(random) < (north ? 0.9 : 0.1));
        made.raw.push_back(float(std::round(one(random) * 60) / 2));
        made.truth.push_back(made.raw.back());
        const double chance = (made.rain.back() ? 0.35 : 0) + 0.65 * one(random);
        made.chance.push_back(float(std::round(chance / 0.004) * 0.004));
    }
    return made;
}

inline FieldPtr fieldOf(const std::string& id, Kind kind, const std::vector<float>& values,
                        const std::vector<State>& states, TimePoint time) {
    Sweep sweep;
    sweep.site = {"xxtst", "Testville", 45, 3, 100};
    sweep.fixedAngle = 0.5;
    for (std::size_t ray = 0; ray < Rays; ++ray)
        sweep.rays.push_back({double(ray) * 4, ray + 1 == Rays ? 0.0 : double(ray + 1) * 4, 0.5, 0});
    sweep.firstGateMeters = 500;
    sweep.gateMeters = 1000;
    sweep.gates = Gates;
    Quantity quantity;
    quantity.id = id;
    quantity.unit = kind == Kind::Probability ? "1" : "dBZ";
    quantity.kind = kind;
    return std::make_shared<Field>(quantity, sweep, TimeInterval{time, time + std::chrono::seconds(20)},
                                   values, states);
}

/// A window before whose Judge page lie two times of one sweep, and a run's results for both.
class JudgedWindow {
protected:
    /// Makes all of it; scores and pictures are then on their way.
    void open();
    template <class Child>
    Child* child(const char* name) {
        auto* found = m_window->findChild<Child*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    JudgePage& judge() { return *qobject_cast<JudgePage*>(m_window->page(QStringLiteral("judge"))); }
    /// What the scores must be, over both times.
    Contingency expected(double threshold, double dbz) const;
    /// Result files by the chances of m_made, as the run's, with @p members, would be.
    void makePrediction(const std::string& name, const std::vector<std::string>& members = {});

    ScratchFolder m_folder;
    std::filesystem::path m_run;
    std::vector<std::string> m_files;
    std::vector<Made> m_made;
    std::unique_ptr<MainWindow> m_window;
};

inline void JudgedWindow::open() {
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c()); // numbers are typed and read below
    QApplication::setStyle(new FlatStyle);
    qputenv("EMBELLIE_RUNS", (m_folder / "runs").c_str());
    qputenv("XDG_CONFIG_HOME", (m_folder / "config").c_str());
    qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());

    Feedback silent;
    for (int minute : {0, 5}) {
        const Made made = madeSweep(std::uint32_t(minute + 1));
        const TimePoint time = toTimePoint({2026, 3, 4, 12, minute, 0});
        std::vector<State> echo, truth;
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell) {
            echo.push_back(made.echo[cell] ? State::Valid : State::NoEcho);
            truth.push_back(made.rain[cell] ? State::Valid : State::NoData); // removed is no rain
        }
        OdimVolume volume;
        volume.time = time;
        volume.site = {"xxtst", "Testville", 45, 3, 100};
        volume.sweeps = {{{fieldOf("TH", Kind::Quantity, made.raw, echo, time), {}, {}},
                          {fieldOf("DBZH", Kind::Quantity, made.truth, truth, time), {}, {}}}};
        const std::filesystem::path input = m_folder / ("t" + std::to_string(minute) + ".h5");
        writeOdimVolume(input, volume, silent);
        m_files.push_back(input.string());
        m_made.push_back(made);
    }
    m_run = m_folder / "runs" / "1";
    RunRequest run;
    run.task = "denoise";
    run.network = "unet";
    run.settings = "[denoise]\nthreshold = 0.4\n";
    std::filesystem::create_directories(m_run.parent_path());
    createRun(m_run, run);
    writeFileAtomically(RunPaths{m_run}.weights(), "weights");
    makePrediction("cleaned");

    m_window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Light);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->session().open({m_files.begin(), m_files.end()});
    m_window->showPage(QStringLiteral("judge"));
}

inline void JudgedWindow::makePrediction(const std::string& name, const std::vector<std::string>& members) {
    Feedback silent;
    PredictionRequest request;
    request.files = m_files;
    request.members = members;
    PredictionState state;
    state.phase = RunPhase::Finished;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const Made& made = m_made[i];
        const TimePoint time = toTimePoint({2026, 3, 4, 12, int(i) * 5, 0});
        std::vector<State> echo, kept;
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell) {
            echo.push_back(made.echo[cell] ? State::Valid : State::NoEcho);
            kept.push_back(!made.echo[cell]                       ? State::NoEcho
                           : made.chance[cell] > float(Threshold) ? State::Valid
                                                                  : State::Rejected);
        }
        const std::filesystem::path output = m_folder / (name + std::to_string(i) + ".h5");
        writeResult(output, m_files[i],
                    {{0,
                      {fieldOf("DBZH", Kind::Quantity, made.raw, kept, time),
                       {fieldOf("PROBABILITY", Kind::Probability, made.chance, echo, time),
                        fieldOf("uncertainty", Kind::Quantity, made.raw, echo, time)},
                       {}}}},
                    {}, silent);
        state.results.push_back({m_files[i], output.string(), {}});
    }
    writePredictionState(createPrediction(m_run, request), state);
}

inline Contingency JudgedWindow::expected(double threshold, double dbz) const {
    Contingency table;
    for (const Made& made : m_made)
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell)
            table.add(made.rain[cell] && made.truth[cell] >= dbz,
                      made.echo[cell] && made.raw[cell] >= dbz && made.chance[cell] > float(threshold));
    return table;
}

} // namespace embellie::test
