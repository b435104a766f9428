#include "gui/workspace/paths.h"
#include "gui/workspace/view_state.h"
#include "gui/workspace/workspace_keeper.h"
#include "core/base/file.h"
#include "tests/gui/look/made_files.h"
#include "tests/support/test_support.h"

#include <QElapsedTimer>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>
#include <algorithm>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace embellie;
using namespace embellie::test;

/// The program itself, as people start it.
class TestProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { writeScene(m_scratch / "scene", 1); }
    void screenshotNeedsNoDisplay();
    void viewIsDrawnExactly();
    void worksOnAnXServerWithoutGlx();
    void aForwardedDisplayShowsTheSame();
    void badFileEndsWithOneSentence();
    void wrongUseEndsWithTwo_data();
    void wrongUseEndsWithTwo();
    void withoutDisplayItSaysSo();
    void theDoctorNeedsNoDisplay();
    void aDisplayThatIsGoneIsToldAndNeededByWindowsOnly();
    void aDisplayThatSaysNothingIsNotWaitedForForever();
    void aKilledWindowIsGoneOnWith();
    void aWorkspaceOpensByItsContent();

private:
    struct Result {
        int status = -1;
        QString errors;
    };
    QProcessEnvironment environment(const QString& display = {}) const;
    Result run(const QStringList& arguments, const QString& display = {}) const;
    QString path(const std::string& name) const {
        return QString::fromStdString((m_scratch / name).string());
    }

    ScratchFolder m_scratch;
};

QProcessEnvironment TestProgram::environment(const QString& display) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_STATE_HOME"})
        environment.remove(QLatin1String(name));
    if (!display.isEmpty())
        environment.insert(QStringLiteral("DISPLAY"), display);
    environment.insert(QStringLiteral("HOME"), path("home"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("home"));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), path("home"));
    return environment;
}

TestProgram::Result TestProgram::run(const QStringList& arguments, const QString& display) const {
    QProcess process;
    process.setProcessEnvironment(environment(display));
    process.start(QString::fromStdString((embellie::test::programFolder() / "embellie").string()), arguments);
    if (!process.waitForFinished(90000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 128,
            QString::fromUtf8(process.readAllStandardError())};
}

static int coloursIn(const QImage& image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    return int(colours.size());
}

void TestProgram::screenshotNeedsNoDisplay() {
    const Result result = run({path("scene"), QStringLiteral("--screenshot"), path("a.png"),
                               QStringLiteral("--size"), QStringLiteral("900x640")});
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    const QImage image(path("a.png"));
    QCOMPARE(image.size(), QSize(900, 640));
    QVERIFY(coloursIn(image) > 20);
}

void TestProgram::viewIsDrawnExactly() {
    ViewState state;
    state.dataset = {m_scratch / "scene"};
    state.panes = {{"DBZH", {}}};
    state.layer = LayerMark{2.4, {}, 0};
    state.camera = Camera2D{0, 0, 800, 800};
    state.ringsKilometres = -1;
    state.azimuthLines = false;
    writeFileAtomically(m_scratch / "view.json", viewToJson(state));
    for (const char* name : {"b.png", "c.png"}) {
        const Result result =
            run({QStringLiteral("--view"), path("view.json"), QStringLiteral("--screenshot"), path(name),
                 QStringLiteral("--size"), QStringLiteral("500x400"), QStringLiteral("--theme"),
                 QStringLiteral("light")});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
    }
    const QImage first(path("b.png")), second(path("c.png"));
    QCOMPARE(first.size(), QSize(500, 400));
    QCOMPARE(first, second);
    // Nothing but caption, picture and colour bar: no bar of buttons, no tree.
    QVERIFY(coloursIn(first) > 8);
}

void TestProgram::worksOnAnXServerWithoutGlx() {
    const QString server = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
    if (server.isEmpty())
        QSKIP("needs Xvfb");
    QProcess xvfb;
    xvfb.start(server, {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-extension"),
                        QStringLiteral("GLX"), QStringLiteral("-nolisten"), QStringLiteral("tcp"),
                        QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1280x1024x24")});
    QVERIFY(xvfb.waitForReadyRead(20000));
    const QString display = QStringLiteral(":") + QString::fromLatin1(xvfb.readLine()).trimmed();
    const Result result = run({path("scene"), QStringLiteral("-platform"), QStringLiteral("xcb"),
                               QStringLiteral("--screenshot"), path("x.png"), QStringLiteral("--size"),
                               QStringLiteral("900x640")},
                              display);
    QVERIFY2(result.status == 0, qPrintable(result.errors));
    QVERIFY2(!result.errors.contains(QStringLiteral("GLX"), Qt::CaseInsensitive), qPrintable(result.errors));
    QVERIFY(coloursIn(QImage(path("x.png"))) > 20);

    // And as a window that is really shown: it lives until it is asked to go.
    QProcess window;
    window.setProcessEnvironment(environment(display));
    window.start(QString::fromStdString((embellie::test::programFolder() / "embellie").string()),
                 {path("scene")});
    QVERIFY(window.waitForStarted());
    QVERIFY2(!window.waitForFinished(5000), window.readAllStandardError().constData());
    window.terminate();
    QVERIFY(window.waitForFinished(10000));
    QVERIFY(!QString::fromUtf8(window.readAllStandardError())
                 .contains(QStringLiteral("GLX"), Qt::CaseInsensitive));
    xvfb.terminate();
    xvfb.waitForFinished(5000);
}

/// The greatest difference of a colour, of 255.
static int greatestDifference(const QImage& some, const QImage& other) {
    int greatest = 0;
    for (int y = 0; y < some.height(); ++y)
        for (int x = 0; x < some.width(); ++x) {
            const QColor one = some.pixelColor(x, y), two = other.pixelColor(x, y);
            greatest = std::max({greatest, std::abs(one.red() - two.red()),
                                 std::abs(one.green() - two.green()), std::abs(one.blue() - two.blue())});
        }
    return greatest;
}

/// What Xvfb has in its frame buffer (XWD, version 7).
static QImage screenIn(const QString& folder) {
    const std::string bytes = readFile(toPath(folder) / "Xvfb_screen0");
    const auto number = [&](std::size_t index) {
        return qFromBigEndian<quint32>(reinterpret_cast<const uchar*>(bytes.data()) + 4 * index);
    };
    const QImage screen(reinterpret_cast<const uchar*>(bytes.data()) + number(0) + 12 * number(19),
                        int(number(4)), int(number(5)), qsizetype(number(12)), QImage::Format_RGB32);
    return screen.copy();
}

// As through ssh -X, where a display is a port: pictures wait for the answer to those before them, and what
// stands on the screen is what stands on one of this machine.
void TestProgram::aForwardedDisplayShowsTheSame() {
    const QString server = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
    if (server.isEmpty())
        QSKIP("needs Xvfb");
    std::filesystem::create_directories(m_scratch / "frame");
    QProcess xvfb;
    xvfb.start(server, {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-listen"),
                        QStringLiteral("tcp"), QStringLiteral("-ac"), QStringLiteral("-noreset"),
                        QStringLiteral("-nocursor"), QStringLiteral("-fbdir"), path("frame"),
                        QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1280x1024x24")});
    QVERIFY(xvfb.waitForReadyRead(20000));
    const QString number = QString::fromLatin1(xvfb.readLine()).trimmed();
    const Result drawn =
        run({path("scene"), QStringLiteral("--size"), QStringLiteral("900x640"), QStringLiteral("--theme"),
             QStringLiteral("light"), QStringLiteral("--screenshot"), path("wanted.png")},
            QLatin1Char(':') + number);
    QVERIFY2(drawn.status == 0, qPrintable(drawn.errors));
    // The line at the bottom says how long a picture takes, and how fast a forwarded display is.
    const QRect same(0, 0, 900, 610), below(0, 610, 900, 30);
    const QImage wanted = QImage(path("wanted.png")).convertToFormat(QImage::Format_RGB32).copy(same);
    for (const QString host : {"", "127.0.0.1"}) {
        QTRY_COMPARE(coloursIn(screenIn(path("frame"))), 1); // the window before is gone
        QProcess window;
        window.setProcessEnvironment(environment(host + QLatin1Char(':') + number));
        window.start(QString::fromStdString((embellie::test::programFolder() / "embellie").string()),
                     {path("scene"), QStringLiteral("--size"), QStringLiteral("900x640"),
                      QStringLiteral("--theme"), QStringLiteral("light")});
        QVERIFY(window.waitForStarted());
        // Edges of the rings' labels are smoothed anew each time, and differed by up to 4.
        QTRY_VERIFY_WITH_TIMEOUT(greatestDifference(screenIn(path("frame")).copy(same), wanted) <= 8, 20'000);
        QVERIFY(coloursIn(screenIn(path("frame")).copy(below)) > 1);
        window.terminate();
        QVERIFY(window.waitForFinished(10000));
    }
    xvfb.terminate();
    xvfb.waitForFinished(5000);
}

void TestProgram::badFileEndsWithOneSentence() {
    writeFileAtomically(m_scratch / "letter.h5", "not a volume");
    const Result result = run({path("letter.h5"), QStringLiteral("--screenshot"), path("no.png")});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(QStringLiteral("letter.h5")), qPrintable(result.errors));
    QVERIFY(!QFile::exists(path("no.png")));
}

void TestProgram::wrongUseEndsWithTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("size") << QStringList{QStringLiteral("--screenshot"), QStringLiteral("a.png"),
                                         QStringLiteral("--size"), QStringLiteral("large")};
    QTest::newRow("theme") << QStringList{QStringLiteral("--screenshot"), QStringLiteral("a.png"),
                                          QStringLiteral("--theme"), QStringLiteral("blue")};
    QTest::newRow("option") << QStringList{QStringLiteral("--screenshot"), QStringLiteral("a.png"),
                                           QStringLiteral("--nonsense")};
}

void TestProgram::wrongUseEndsWithTwo() {
    QFETCH(const QStringList, arguments);
    const Result result = run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY(result.errors.contains(QStringLiteral("embellie: ")));
}

void TestProgram::theDoctorNeedsNoDisplay() {
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(QString::fromStdString((embellie::test::programFolder() / "embellie").string()),
                  {QStringLiteral("--doctor")});
    QVERIFY(process.waitForFinished(90000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    const QString told = QString::fromUtf8(process.readAllStandardOutput());
    for (const char* what : {"resources", "projections", "learner", "3-D"})
        QVERIFY2(told.contains(QLatin1String(what)), qPrintable(told));
}

void TestProgram::aKilledWindowIsGoneOnWith() {
    const std::filesystem::path folder =
        m_scratch.path() / "home" / ".local" / "state" / "embellie" / "workspaces";
    std::filesystem::remove_all(folder);
    QProcess window;
    QProcessEnvironment offscreen = environment();
    offscreen.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    window.setProcessEnvironment(offscreen);
    window.start(QString::fromStdString((embellie::test::programFolder() / "embellie").string()),
                 {path("scene"), QStringLiteral("--page"), QStringLiteral("train")});
    QVERIFY(window.waitForStarted());
    const auto isKept = [&] { // it lives: it is nobody else's
        std::error_code missing;
        for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
            if (entry.path().extension() == ".json" &&
                workspaceFromJson(readFile(entry.path()), entry.path()).state.view)
                return true;
        return false;
    };
    QVERIFY2(QTest::qWaitFor(isKept, 30000), window.readAllStandardError().constData());
    QVERIFY(keptWorkspaces(folder).empty());
    window.kill();
    QVERIFY(window.waitForFinished(10000));
    const std::vector<KeptWorkspace> kept = keptWorkspaces(folder);
    QCOMPARE(kept.size(), std::size_t(1));
    QVERIFY(kept.front().isLeft);
    QCOMPARE(kept.front().state.page, std::string("train"));
    const std::string content = readFile(kept.front().file);

    const QStringList picture = {QStringLiteral("--size"), QStringLiteral("1000x700")};
    const Result went = run(QStringList{QStringLiteral("--action"), QStringLiteral("window.go_on"),
                                        QStringLiteral("--action"), QStringLiteral("window.page_look"),
                                        QStringLiteral("--screenshot"), path("went.png")} +
                            picture);
    QVERIFY2(went.status == 0 && !went.errors.contains(QStringLiteral("embellie:")), qPrintable(went.errors));
    const Result opened =
        run(QStringList{path("scene"), QStringLiteral("--screenshot"), path("opened.png")} + picture);
    QCOMPARE(opened.status, 0);
    const QRect field(260, 60, 380, 480); // without what is counted in milliseconds
    QVERIFY(coloursIn(QImage(path("opened.png")).copy(field)) > 8);
    QCOMPARE(QImage(path("went.png")).copy(field), QImage(path("opened.png")).copy(field));
    // Pictures keep nothing.
    QCOMPARE(keptWorkspaces(folder).size(), std::size_t(1));
    QCOMPARE(readFile(kept.front().file), content);
}

void TestProgram::aWorkspaceOpensByItsContent() {
    WorkspaceState state;
    state.open = {{{m_scratch / "scene"}, false, {}}};
    state.front = 0;
    writeFileAtomically(m_scratch / "monday.h5", workspaceToJson(state, now()));
    const Result result = run({path("monday.h5"), QStringLiteral("--screenshot"), path("monday.png")});
    QVERIFY2(result.status == 0 && !result.errors.contains(QStringLiteral("embellie:")),
             qPrintable(result.errors));
    QVERIFY(coloursIn(QImage(path("monday.png"))) > 20);
    writeFileAtomically(m_scratch / "newer", R"({"embellie": "workspace", "format": 2})");
    const Result newer = run({path("newer"), QStringLiteral("--screenshot"), path("newer.png")});
    QCOMPARE(newer.status, 1);
    QVERIFY2(newer.errors.contains(QStringLiteral("newer version of the program")), qPrintable(newer.errors));
}

void TestProgram::withoutDisplayItSaysSo() {
    const Result result = run({path("scene")});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(QStringLiteral("there is no display")), qPrintable(result.errors));
}

// tmux after ssh -X has gone: DISPLAY names a port that nobody listens on.
void TestProgram::aDisplayThatIsGoneIsToldAndNeededByWindowsOnly() {
    const QString gone = QStringLiteral("localhost:9999.0"); // port 15999
    const Result window = run({path("scene")}, gone);
    QCOMPARE(window.status, 1);
    QVERIFY2(window.errors.contains(QStringLiteral("the display localhost:9999.0 can't be reached")),
             qPrintable(window.errors));
    QCOMPARE(window.errors.count(QLatin1Char('\n')), 1);
    for (const char* word : {"--help", "-h", "--version", "-v", "--doctor"})
        QVERIFY2(run({QLatin1String(word)}, gone).status != 128, word);
    QCOMPARE(run({QStringLiteral("--version")}, gone).status, 0);

    // The picture is the one that is made without a display.
    for (const auto& [name, display] : {std::pair("with.png", gone), std::pair("without.png", QString())}) {
        const Result result = run({path("scene"), QStringLiteral("--screenshot"), path(name),
                                   QStringLiteral("--size"), QStringLiteral("900x640")},
                                  display);
        QVERIFY2(result.status == 0, qPrintable(result.errors));
    }
    const QRect same(0, 0, 900, 610); // without the line that says how long a picture took
    const QImage with(path("with.png"));
    QVERIFY(coloursIn(with) > 20);
    QCOMPARE(with.copy(same), QImage(path("without.png")).copy(same));
}

// The far end of ssh -X hangs: its port is there, and no word comes.
void TestProgram::aDisplayThatSaysNothingIsNotWaitedForForever() {
    const int silent = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int number = 100;
    for (; number < 200; ++number) {
        address.sin_port = htons(std::uint16_t(6000 + number));
        if (::bind(silent, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            break;
    }
    QCOMPARE(::listen(silent, 4), 0);
    QElapsedTimer since;
    since.start();
    const Result window = run({path("scene")}, QStringLiteral("127.0.0.1:%1").arg(number));
    ::close(silent);
    QCOMPARE(window.status, 1);
    QVERIFY2(window.errors.contains(QStringLiteral("can't be reached")), qPrintable(window.errors));
    QVERIFY(since.elapsed() < 30'000);
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
