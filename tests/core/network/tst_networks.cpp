#include "core/network/network.h"
#include "core/task/task.h"

#include <QtTest>

#include <set>

using namespace embellie;

class TestNetworks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNetworkDescribesItself() {
        std::set<std::string> ids;
        for (const NetworkInfo* network : networks()) {
            QVERIFY(ids.insert(network->id).second);
            QVERIFY(std::string(network->name.pattern).size() > 2 &&
                    std::string(network->help.pattern).size() > 20);
            for (const Setting& setting : network->settings.all())
                QVERIFY2(setting.key.starts_with(network->id + ".") && setting.help.pattern[0],
                         setting.key.c_str());
            QCOMPARE(&networkOf(network->id), network);
        }
        QVERIFY(!ids.empty());
    }

    void anUnknownNameIsAnErrorWithTheNearestOne() {
        try {
            networkOf("unett");
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("perhaps unet is meant") != std::string::npos,
                     error.what());
            QVERIFY(error.isWrongUse());
        }
    }

    // 16-32-64-64 with three channels and two heads of one: counted by hand, layer by layer.
    void weightsAreCountedAsByHand() {
        const NetworkInfo& unet = networkOf("unet");
        Settings settings(unet.settings);
        settings.set("unet.widths", std::vector<double>{16, 32, 64, 64});
        settings.setText("unet.normalisation", "none");
        const std::int64_t down = (3 * 16 + 16 * 16) * 9 + 32 + (16 * 32 + 32 * 32) * 9 + 64 +
                                  (32 * 64 + 64 * 64) * 9 + 128 + (64 * 64 + 64 * 64) * 9 + 128;
        const std::int64_t lift = 64 * 64 + 64 + 64 * 32 + 32 + 32 * 16 + 16;
        const std::int64_t up =
            (128 * 64 + 64 * 64) * 9 + 128 + (64 * 32 + 32 * 32) * 9 + 64 + (32 * 16 + 16 * 16) * 9 + 32;
        QCOMPARE(unet.weightCount(settings, {3, {1, 1}}), down + lift + up + 2 * 17);
    }
};

QTEST_APPLESS_MAIN(TestNetworks)
#include "tst_networks.moc"
