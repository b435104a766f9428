#pragma once

#include "core/base/file.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/go_on_card.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/theme/flat_style.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/gui/look/made_files.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QTest>

#include <memory>

namespace embellie::test {

/// Windows that keep what they have open in one folder, anew for each test, and files to open.
class GoOnWindow {
protected:
    void makeFiles();
    void begin(); ///< before each test: m_window, with nothing kept
    std::unique_ptr<MainWindow> window();
    static bool isReady(MainWindow& window, std::size_t opened);
    GoOnCard* card() const { return m_window->look()->startPage()->goOnCard(); }
    static std::vector<std::filesystem::path> tree(const MainWindow& window);
    std::vector<std::filesystem::path> kept() const;

    ScratchFolder m_scratch;
    std::filesystem::path m_radar, m_times, m_grid, m_workspaces;
    std::unique_ptr<MainWindow> m_window;
};

inline void GoOnWindow::makeFiles() {
    QCoreApplication::setOrganizationName(QStringLiteral("embellie-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString(m_scratch.path().string()));
    qputenv("XDG_CACHE_HOME", (m_scratch / "cache").c_str());
    qputenv("EMBELLIE_RUNS", (m_scratch / "runs").c_str());
    QLocale::setDefault(QLocale::c());
    QApplication::setStyle(new FlatStyle);
    m_radar = m_scratch / "radar";
    m_times = m_scratch / "times";
    m_grid = m_scratch / "grid.nc";
    writeScene(m_radar);
    writeTimes(m_times, {0, 5, 10});
    TinyNetcdf file(m_grid);
    addPlainGrid(file);
    file.variable("no2", NC_DOUBLE, {"lat", "lon"}, {39, 40, 41, 45, 50, 51});
}

inline void GoOnWindow::begin() {
    QSettings().clear();
    m_workspaces = m_scratch / ("workspaces of " + std::string(QTest::currentTestFunction()));
    m_window = window();
}

inline std::unique_ptr<MainWindow> GoOnWindow::window() {
    auto made = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    made->resize(1280, 800);
    made->useWorkspaces(m_workspaces);
    made->show();
    if (!QTest::qWaitForWindowActive(made.get()))
        qFatal("the window does not come");
    return made;
}

inline bool GoOnWindow::isReady(MainWindow& window, std::size_t opened) {
    return QTest::qWaitFor(
        [&] {
            return window.session().opened().size() == opened && window.session().layer() &&
                   window.isComplete();
        },
        30000);
}

inline std::vector<std::filesystem::path> GoOnWindow::tree(const MainWindow& window) {
    std::vector<std::filesystem::path> paths;
    for (const OpenItem& item : window.workspaceState().open)
        paths.insert(paths.end(), item.paths.begin(), item.paths.end());
    return paths;
}

inline std::vector<std::filesystem::path> GoOnWindow::kept() const {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(m_workspaces, missing))
        if (entry.path().extension() == ".json") // not what is being written aside
            files.push_back(entry.path());
    return files;
}

} // namespace embellie::test
