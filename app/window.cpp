#include "core/base/error.h"
#include "core/base/file.h"
#include "gui/draw/display_check.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QIcon>
#include <QLibraryInfo>
#include <QProcess>
#include <QSettings>
#include <QTimer>
#include <QTranslator>

#include <algorithm>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <initializer_list>
#include <memory>

using namespace embellie;

namespace {

/// A slow line answers within some seconds, one that has gone without a word never.
constexpr auto DisplayPatience = std::chrono::seconds(10);

struct Options {
    std::vector<std::filesystem::path> paths;
    QString view, screenshot, theme, language, page;
    QStringList actions; ///< ids, run one after another before the picture is taken
    QSize size;
    bool scene = false;
};

int complain(const QString& sentence, int status) {
    std::fprintf(stderr, "embellie: %s\n", qPrintable(sentence));
    return status;
}

QSize parseSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

/// Fills @p options. @return an exit status where the program is to end at once
std::optional<int> parseCommandLine(const QStringList& arguments, Options& options) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("window", "Radar and satellite fields: look, train, judge."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto say = [](const char* text) { return QCoreApplication::translate("window", text); };
    parser.addPositionalArgument(
        QStringLiteral("FILE|DIR|RUN"),
        say(QT_TRANSLATE_NOOP("window", "Files, folders, a run or a workspace to open.")),
        QStringLiteral("[FILE…|DIR|RUN]"));
    parser.addOptions({
        {QStringLiteral("view"),
         say(QT_TRANSLATE_NOOP("window", "Shows exactly the view that Save view… wrote.")),
         QStringLiteral("FILE")},
        {QStringLiteral("screenshot"),
         say(QT_TRANSLATE_NOOP("window", "Writes a PNG picture and ends; needs no display.")),
         QStringLiteral("OUT.png")},
        {QStringLiteral("size"),
         say(QT_TRANSLATE_NOOP("window", "Size of the window or picture in pixels: 1280x800.")),
         QStringLiteral("WxH")},
        {QStringLiteral("theme"), say(QT_TRANSLATE_NOOP("window", "light or dark; kept for the next start.")),
         QStringLiteral("light|dark")},
        {QStringLiteral("lang"), say(QT_TRANSLATE_NOOP("window", "Language of the window: fr, en.")),
         QStringLiteral("fr")},
        {QStringLiteral("page"), say(QT_TRANSLATE_NOOP("window", "Page in front: look, train or judge.")),
         QStringLiteral("look|train|judge")},
        {QStringLiteral("action"),
         say(QT_TRANSLATE_NOOP(
             "window",
             "Runs a named action before the picture is taken: judge.show_cleaned; may be repeated.")),
         QStringLiteral("ID")},
        {QStringLiteral("doctor"),
         say(QT_TRANSLATE_NOOP("window", "Looks at this installation and says what is wrong with it."))},
        {QStringLiteral("scene"), say(QT_TRANSLATE_NOOP("window", "Opens the built-in scene."))},
    });
    if (!parser.parse(arguments))
        return complain(parser.errorText(), 2);
    if (parser.isSet(QStringLiteral("help"))) {
        std::printf("%s", qPrintable(parser.helpText()));
        return 0;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        std::printf("embellie %s\n", EMBELLIE_VERSION);
        return 0;
    }
    if (parser.isSet(QStringLiteral("doctor")))
        return QProcess::execute(toQString(programFolder() / "embellie-cli"), {QStringLiteral("doctor")});
    options.view = parser.value(QStringLiteral("view"));
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    options.theme = parser.value(QStringLiteral("theme"));
    options.language = parser.value(QStringLiteral("lang"));
    options.page = parser.value(QStringLiteral("page"));
    options.actions = parser.values(QStringLiteral("action"));
    if (!options.actions.isEmpty() && options.screenshot.isEmpty())
        return complain(say(QT_TRANSLATE_NOOP("window", "--action needs --screenshot")), 2);
    options.scene = parser.isSet(QStringLiteral("scene"));
    for (const QString& path : parser.positionalArguments())
        options.paths.push_back(toPath(path));
    if (!options.theme.isEmpty() && options.theme != QLatin1String("light") &&
        options.theme != QLatin1String("dark"))
        return complain(say(QT_TRANSLATE_NOOP("window", "--theme is light or dark")), 2);
    if (!options.page.isEmpty() &&
        !QStringList({QStringLiteral("look"), QStringLiteral("train"), QStringLiteral("judge")})
             .contains(options.page))
        return complain(say(QT_TRANSLATE_NOOP("window", "--page is look, train or judge")), 2);
    if (parser.isSet(QStringLiteral("size"))) {
        options.size = parseSize(parser.value(QStringLiteral("size")));
        if (options.size.width() < 64 || options.size.height() < 64 || options.size.width() > 32768 ||
            options.size.height() > 32768)
            return complain(say(QT_TRANSLATE_NOOP(
                                "window", "--size is a width and a height from 64 to 32768, like 1280x800")),
                            2);
    }
    return std::nullopt;
}

/// Waits until everything is there, writes the picture and ends the program.
void takeScreenshot(QApplication& application, MainWindow& window, const Options& options) {
    auto* timer = new QTimer(&window);
    QElapsedTimer elapsed;
    elapsed.start();
    QObject::connect(
        timer, &QTimer::timeout, &window,
        [&application, &window, options, elapsed, calm = 0, pending = options.actions]() mutable {
            calm = window.isComplete() ? calm + 1 : 0;
            const bool late = elapsed.elapsed() > 120'000;
            if (calm < 3 && !late)
                return;
            if (!pending.isEmpty() && !late) {
                const QString id = pending.takeFirst();
                QAction* const action = window.actions().find(id);
                if (!action) {
                    application.exit(complain(
                        QCoreApplication::translate("window", "there is no action \"%1\"").arg(id), 2));
                    return;
                }
                action->trigger();
                calm = 0;
                return;
            }
            const QStringList problems = window.problems()->sentences();
            for (const QString& problem : problems)
                complain(problem, 1);
            const bool wanted = !options.paths.empty() || options.scene || !options.view.isEmpty();
            const bool nothing = wanted && window.session().opened().empty() && !problems.isEmpty();
            if (late)
                complain(
                    QCoreApplication::translate("window", "the picture was not complete after two minutes"),
                    1);
            if (late || nothing) {
                application.exit(1);
                return;
            }
            try {
                writePicture(window.grab().toImage(), toPath(options.screenshot));
                application.exit(0);
            } catch (const std::exception& error) {
                application.exit(complain(localised(error), 1));
            }
        });
    timer->start(20);
}

void installLanguage(QApplication& application, const QString& language) {
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    const QString name = QLocale().name();
    auto* own = new QTranslator(&application);
    if (own->load(QStringLiteral("embellie_") + name, QStringLiteral(":/translations")))
        application.installTranslator(own);
    auto* qt = new QTranslator(&application);
    if (qt->load(QStringLiteral("qtbase_") + name, QStringLiteral(":/translations")) ||
        qt->load(QStringLiteral("qtbase_") + name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(qt);
}

ThemeKind themeKind(const Options& options) {
    QString theme = options.theme;
    if (theme.isEmpty())
        theme = QSettings().value(QStringLiteral("theme"), QStringLiteral("dark")).toString();
    return theme == QLatin1String("light") ? ThemeKind::Light : ThemeKind::Dark;
}

/// Qt ends the program where a display can't be reached, so that is looked at before. @p display is held
/// until Qt has it. @return an exit status where there is none and one is needed
std::optional<int> choosePlatform(const QByteArrayList& arguments, std::shared_ptr<void>& display) {
    const auto isGiven = [&](std::initializer_list<const char*> names) {
        return std::any_of(arguments.begin(), arguments.end(), [&](const QByteArray& argument) {
            return std::any_of(names.begin(), names.end(), [&](const char* name) {
                return argument == name || argument.startsWith(QByteArray(name) + '=');
            });
        });
    };
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    // Qt's own words: whoever says them knows.
    if (isGiven({"-platform", "--platform", "-display", "--display"}) ||
        (!platform.isEmpty() && platform != "xcb"))
        return std::nullopt;
    if (isGiven({"--screenshot", "--doctor", "--help", "-h", "--version", "-v"})) {
        if (platform.isEmpty()) // whatever display there is: none is needed, and it may be gone
            qputenv("QT_QPA_PLATFORM", "offscreen");
        return std::nullopt;
    }
    const QString otherWays = QStringLiteral("ssh -X, or use --screenshot OUT.png, or embellie-cli");
    if (platform.isEmpty() && !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return std::nullopt;
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        return complain(QStringLiteral("there is no display: log in with ") + otherWays, 1);
    display = displayThatAnswers(DisplayPatience);
    if (!display)
        return complain(QStringLiteral("the display %1 can't be reached: log in again with ")
                                .arg(qEnvironmentVariable("DISPLAY")) +
                            otherWays,
                        1);
    return std::nullopt;
}

int run(QApplication& application, const Options& options) {
    installLanguage(application, options.language);
    QApplication::setStyle(new FlatStyle);
    QApplication::setWindowIcon(QIcon(toQString(resourceFolder() / "icons" / "embellie.png")));
    MainWindow window(PaletteBook::load(), themeKind(options));
    if (!options.theme.isEmpty() && options.screenshot.isEmpty())
        window.setTheme(themeKind(options));
    window.useWorkspaces(workspaceFolder(), options.screenshot.isEmpty());
    if (options.screenshot.isEmpty())
        window.restoreGeometry(QSettings().value(QStringLiteral("geometry")).toByteArray());
    if (!options.size.isEmpty())
        window.resize(options.size);
    if (!options.page.isEmpty())
        window.showPage(options.page);
    if (!options.view.isEmpty()) {
        const std::filesystem::path file = toPath(options.view);
        const ViewState view = viewFromJson(readFile(file), file);
        if (!options.screenshot.isEmpty())
            window.setPictureOnly();
        window.openView(view);
    }
    if (options.scene)
        window.openScene();
    window.openPaths(options.paths);
    if (!options.screenshot.isEmpty()) {
        window.setAttribute(Qt::WA_DontShowOnScreen);
        window.show();
        takeScreenshot(application, window, options);
    } else {
        window.showWhenReady();
    }
    return application.exec();
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGCHLD, SIG_DFL); // ignored by some that start us: how our children end would not be known
    std::signal(SIGXFSZ, SIG_IGN); // a limit of file sizes then is a write that fails
    std::shared_ptr<void> display;
    if (const std::optional<int> status = choosePlatform({argv + 1, argv + argc}, display))
        return *status;
    // Qt itself would ask the X server for GLX; nothing here needs it.
    qputenv("QT_XCB_GL_INTEGRATION", "none");
    QCoreApplication::setOrganizationName(QStringLiteral("embellie"));
    QCoreApplication::setApplicationName(QStringLiteral("embellie"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EMBELLIE_VERSION));
    QApplication application(argc, argv);
    display.reset();
    std::setlocale(LC_NUMERIC, "C"); // libraries below read and write numbers with a point
    Options options;
    if (const std::optional<int> status = parseCommandLine(QCoreApplication::arguments(), options))
        return *status;
    try {
        return run(application, options);
    } catch (const std::exception& error) {
        return complain(localised(error), 1);
    }
}
