#include "gui/draw/cpu_painter.h"
#include "gui/draw/drawing_thread.h"
#include "tests/gui/draw/synthetic.h"
#include "tests/support/test_support.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace embellie;

class TestDrawingThread : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;

    Scene2D sceneOf(double phase, QSize size = {320, 240}) const {
        static const Sweep sweep = test::madeSweep({});
        const FieldPtr field = test::madeReflectivity(sweep, phase);
        Scene2D scene = emptyScene2D(m_book->theme(ThemeKind::Light), size);
        scene.layers = {layerFor(field, *m_book)};
        scene.plane = *naturalPlane(*field);
        scene.camera = {0, 0, 900, 900};
        return scene;
    }
    static FramePtr frameOf(const QSignalSpy& spy, int index) {
        return spy.at(index < 0 ? spy.size() + index : index).at(0).value<FramePtr>();
    }
    static GlProbe failedProbe() {
        GlProbe probe;
        probe.answer = GlProbe::Answer::Fails;
        probe.reason = text(EMBELLIE_TR("draw", "no OpenGL without a display ({0})"), "test");
        return probe;
    }

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
    }

    void everyPaneGetsItsNewestPicture() {
        DrawingThread thread(failedProbe());
        QSignalSpy spy(&thread, &DrawingThread::frameReady);
        const std::array<Scene2D, 4> scenes = {sceneOf(0), sceneOf(1), sceneOf(2), sceneOf(3)};
        std::array<std::uint64_t, 4> newest{};
        for (int round = 0; round < 20; ++round)
            for (std::size_t pane = 0; pane < 4; ++pane) {
                Scene2D scene = scenes[(pane + static_cast<std::size_t>(round)) % 4];
                scene.camera.x = 1000 * round;
                newest[pane] = thread.request(static_cast<int>(pane), scene, round < 19);
            }
        std::array<FramePtr, 4> last{};
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (int i = 0; i < spy.size(); ++i)
                    last[static_cast<std::size_t>(frameOf(spy, i)->pane)] = frameOf(spy, i);
                for (std::size_t pane = 0; pane < 4; ++pane)
                    if (!last[pane] || last[pane]->number != newest[pane])
                        return false;
                return true;
            }(),
            10'000);
        QVERIFY(spy.size() < 80); // most requests were overtaken
        CpuPainter painter;
        for (std::size_t pane = 0; pane < 4; ++pane) {
            QVERIFY(!last[pane]->problem && last[pane]->quality == Quality::Full);
            Scene2D scene = scenes[(pane + 19) % 4];
            scene.camera.x = 19'000;
            QCOMPARE(last[pane]->picture.image, painter.draw(scene, Quality::Full).image);
        }
        QCOMPARE(QString::fromStdString(last[0]->painter.english()), "CPU painter");
        // Numbers never go back.
        std::array<std::uint64_t, 4> seen{};
        for (int i = 0; i < spy.size(); ++i) {
            auto& before = seen[static_cast<std::size_t>(frameOf(spy, i)->pane)];
            QVERIFY(frameOf(spy, i)->number > before);
            before = frameOf(spy, i)->number;
        }
    }

    // A display that answers when the test says so.
    void aBusyLineGetsOnlyTheNewest() {
        class Line : public DisplayLine {
        public:
            int asked = 0;
            bool arrived = false;

        private:
            void ask() override {
                ++asked;
                arrived = false;
            }
            bool hasAnswered() override { return arrived; }
        };
        Line line;
        DrawingThread thread(failedProbe());
        thread.setLine(line);
        QSignalSpy spy(&thread, &DrawingThread::frameReady);
        thread.request(0, sceneOf(0));
        thread.request(1, sceneOf(0));
        QTRY_COMPARE(spy.size(), 2);
        line.painted(1000);
        line.painted(500); // in the same round: one question for both
        QVERIFY(line.isBusy());
        QTRY_COMPARE(line.asked, 1);

        std::uint64_t newest = 0;
        for (int i = 1; i <= 5; ++i)
            newest = thread.request(0, sceneOf(0.2 * i), true);
        QTest::qWait(100);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(line.asked, 1);

        line.arrived = true;
        QTRY_COMPARE(spy.size(), 3);
        QVERIFY(!line.isBusy());
        QCOMPARE(line.last().bytes, 1500);
        QVERIFY(line.last().milliseconds >= 100);
        QCOMPARE(frameOf(spy, 2)->number, newest);
        QTest::qWait(100); // those before it never come
        QCOMPARE(spy.size(), 3);

        // Drawn when the line became busy: handed out once it is free, unless something newer was asked.
        thread.request(0, sceneOf(0.3));
        thread.request(1, sceneOf(0.3));
        line.painted(1);
        newest = thread.request(1, sceneOf(0.4));
        QTest::qWait(200);
        QCOMPARE(spy.size(), 3);
        line.arrived = true;
        QTRY_COMPARE(line.isBusy(), false);
        QTRY_COMPARE(spy.size(), 5);
        QTest::qWait(100);
        QCOMPARE(spy.size(), 5);
        QCOMPARE(frameOf(spy, 3)->pane, 0);
        QCOMPARE(frameOf(spy, 4)->number, newest);

        // What is painted while a question is under way is asked about after it, and busy until then.
        line.painted(7);
        QTRY_COMPARE(line.asked, 3);
        line.painted(8);
        line.arrived = true;
        QTRY_COMPARE(line.asked, 4);
        QVERIFY(line.isBusy());
        line.arrived = true;
        QTRY_VERIFY(!line.isBusy());
        QCOMPARE(line.last().bytes, 8);
    }

    // Two panes and a hand that moves all the time: none of them stands still.
    void noPaneStarvesBehindABusyLine() {
        class Line : public DisplayLine {
            void ask() override { m_asked.start(); }
            bool hasAnswered() override { return m_asked.elapsed() >= 60; }
            QElapsedTimer m_asked;
        };
        Line line;
        DrawingThread thread(failedProbe());
        thread.setLine(line);
        std::array<int, 3> shown{};
        connect(&thread, &DrawingThread::frameReady, this, [&](const FramePtr& frame) {
            ++shown[static_cast<std::size_t>(frame->pane)];
            line.painted(1); // at once: the line is busy before the next pane is drawn
        });
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; timer.elapsed() < 1500; ++i) {
            for (int pane = 0; pane < 3; ++pane) {
                Scene2D scene = sceneOf(0.5, {600, 500});
                scene.camera = {0, 0, 500.0 + i, 500.0 + i};
                thread.request(pane, scene, true);
            }
            QTest::qWait(1);
        }
        disconnect(&thread, nullptr, this, nullptr);
        for (const int count : shown)
            QVERIFY2(count >= 4,
                     qPrintable(
                         QStringLiteral("%1, %2 and %3 pictures").arg(shown[0]).arg(shown[1]).arg(shown[2])));
    }

    void forgottenPanesStaySilent() {
        DrawingThread thread(failedProbe());
        QSignalSpy spy(&thread, &DrawingThread::frameReady);
        thread.request(7, sceneOf(0));
        thread.forget(7);
        const std::uint64_t other = thread.request(8, sceneOf(0));
        QVERIFY(spy.wait());
        QTest::qWait(50);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(frameOf(spy, 0)->number, other);
    }

    void threeDimensionsWaitForTheProbeAndSayWhyNot() {
        DrawingThread thread(GlProbe{});
        QSignalSpy spy(&thread, &DrawingThread::frameReady);
        Scene3D scene = emptyScene3D(m_book->theme(ThemeKind::Light), {200, 150}, QFont());
        thread.request(0, scene);
        thread.request(1, sceneOf(0));
        QVERIFY(spy.wait());
        QTest::qWait(50);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(frameOf(spy, 0)->pane, 1);
        thread.setProbe(failedProbe());
        QVERIFY(spy.wait());
        QVERIFY(frameOf(spy, 1)->problem);
        const QString sentence = frameOf(spy, 1)->problem->what();
        QVERIFY2(sentence.contains("3-D") && sentence.contains("libEGL") &&
                     sentence.contains("no OpenGL without a display"),
                 qPrintable(sentence));
        QVERIFY(!sentence.contains('\n'));
        // The window lives on.
        thread.request(1, sceneOf(1));
        QVERIFY(spy.wait());
        QVERIFY(!frameOf(spy, 2)->problem);
    }

    void theProbeAnswersWithoutADisplay() {
        const GlProbe probe = runGlProbe(test::programFolder() / "embellie-glprobe");
        if (probe.answer == GlProbe::Answer::Works)
            QVERIFY(!probe.renderer.empty() && !probe.device.empty());
        else
            QVERIFY(!probe.reason.empty());
    }

    void theProbeSaysWhenEglIsMissing() {
        qputenv("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent");
        const GlProbe probe = runGlProbe(test::programFolder() / "embellie-glprobe");
        qunsetenv("__EGL_VENDOR_LIBRARY_FILENAMES");
        QVERIFY(probe.answer == GlProbe::Answer::Fails);
        QVERIFY(QString::fromStdString(probe.reason.english()).startsWith("no OpenGL without a display"));
    }

    void aProbeThatDiesOrIsMissingIsAFailure() {
        const GlProbe missing = runGlProbe("/nonexistent/probe");
        QVERIFY(missing.answer == GlProbe::Answer::Fails && !missing.reason.empty());
        const GlProbe silent = runGlProbe("/bin/true");
        QVERIFY(silent.answer == GlProbe::Answer::Fails && !silent.reason.empty());
    }
};

QTEST_MAIN(TestDrawingThread)
#include "tst_drawing_thread.moc"
