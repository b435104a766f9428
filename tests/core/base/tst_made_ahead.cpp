#include "core/base/made_ahead.h"

#include <QtTest>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <vector>

using namespace embellie;

class TestMadeAhead : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsMadeIsUsedInOrder() {
        std::vector<std::int64_t> used;
        const std::thread::id here = std::this_thread::get_id();
        bool usedHere = true, madeHere = false;
        madeAhead(
            50,
            [&](std::int64_t i) {
                // The later ones are ready first.
                std::this_thread::sleep_for(std::chrono::milliseconds(i % 5 == 0 ? 5 : 0));
                return std::pair(i * i, std::this_thread::get_id());
            },
            [&](const std::pair<std::int64_t, std::thread::id>& made) {
                used.push_back(made.first);
                usedHere = usedHere && std::this_thread::get_id() == here;
                madeHere = madeHere || made.second == here;
            });
        QCOMPARE(used.size(), std::size_t(50));
        for (std::size_t i = 0; i < used.size(); ++i)
            QCOMPARE(used[i], static_cast<std::int64_t>(i * i));
        QVERIFY(usedHere);
        QVERIFY(!madeHere);
    }

    void noneAreMadeOfNone() {
        madeAhead(
            0, [](std::int64_t i) { return i; }, [](std::int64_t) { QFAIL("nothing was made"); });
    }

    // No more wait in memory than there are processors, or eight.
    void itDoesNotRunAway() {
        const std::int64_t most = std::clamp<std::int64_t>(std::thread::hardware_concurrency(), 1, 8);
        std::atomic<std::int64_t> made = 0;
        std::int64_t used = 0;
        madeAhead(
            40, [&](std::int64_t i) { return ++made, i; },
            [&](std::int64_t) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                ++used;
                QVERIFY2(made <= used + most, qPrintable(QString::number(made)));
            });
        QCOMPARE(used, std::int64_t(40));
    }

    void whatIsThrownIsThrownHere_data() {
        QTest::addColumn<bool>("inMake");
        QTest::newRow("while it is made") << true;
        QTest::newRow("while it is used") << false;
    }
    void whatIsThrownIsThrownHere() {
        QFETCH(bool, inMake);
        std::atomic<int> underWay = 0;
        std::int64_t used = 0;
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 madeAhead(
                                     30,
                                     [&](std::int64_t i) {
                                         ++underWay;
                                         std::this_thread::sleep_for(std::chrono::milliseconds(2));
                                         --underWay;
                                         if (inMake && i == 7)
                                             throw std::runtime_error("made");
                                         return i;
                                     },
                                     [&](std::int64_t i) {
                                         used = i;
                                         if (!inMake && i == 7)
                                             throw std::runtime_error("used");
                                     }));
        QCOMPARE(used, std::int64_t(inMake ? 6 : 7));
        QCOMPARE(underWay.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestMadeAhead)
#include "tst_made_ahead.moc"
