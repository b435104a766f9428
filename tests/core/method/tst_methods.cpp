// Methods that need no learning: the list, each rule against hand-made echoes and closed forms, and files.

#include "core/base/error.h"
#include "core/io/hdf5.h"
#include "core/method/apply.h"
#include "core/method/fuzzy/texture.h"
#include "core/method/gabella/gabella.h"
#include "core/simulate/scene.h"
#include "core/task/scene_files.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

constexpr float None = std::numeric_limits<float>::quiet_NaN();

/// A sweep of even rays from north; NaN is no echo.
Field sweepOf(int rays, int gates, const std::vector<float>& dbz, const std::string& quantity = "TH",
              double gateMeters = 1000) {
    Sweep sweep;
    sweep.gates = static_cast<std::size_t>(gates);
    sweep.gateMeters = gateMeters;
    sweep.firstGateMeters = gateMeters / 2;
    sweep.fixedAngle = 0.5;
    for (int ray = 0; ray < rays; ++ray)
        sweep.rays.push_back({360.0 * ray / rays, 360.0 * (ray + 1) / rays, 0.5, 0});
    std::vector<State> states(dbz.size(), State::Valid);
    for (std::size_t i = 0; i < dbz.size(); ++i)
        if (std::isnan(dbz[i]))
            states[i] = State::NoEcho;
    Quantity named;
    named.id = quantity;
    named.unit = "dBZ";
    return Field(named, sweep, {}, dbz, std::move(states));
}

/// Moments and other times that a test gives.
class Given : public Surroundings {
public:
    std::map<std::string, FieldPtr> moments;
    std::vector<FieldPtr> others;
    FieldPtr moment(const std::vector<std::string>& quantities) override {
        for (const std::string& name : quantities)
            if (moments.contains(name))
                return moments.at(name);
        return nullptr;
    }
    std::size_t otherTimes(const std::function<void(const Field&)>& use) override {
        for (const FieldPtr& other : others)
            use(*other);
        return others.size();
    }
};

MethodResult apply(const std::string& method, const Field& raw, Surroundings& surroundings,
                   const std::map<std::string, std::string>& changed = {}) {
    const MethodInfo& info = methodOf(method);
    Settings settings(info.settings);
    for (const auto& [key, value] : changed)
        settings.setText(key, value);
    Feedback silent;
    return info.apply(std::make_shared<const Field>(raw), surroundings, settings, silent);
}

/// A block of echo whose corner is at a ray and gate; rays may pass north.
std::vector<float> block(int rays, int gates, int ray, int gate, int high, int wide, float dbz) {
    std::vector<float> values(static_cast<std::size_t>(rays * gates), None);
    for (int r = ray; r < ray + high; ++r)
        for (int g = gate; g < gate + wide; ++g)
            values[static_cast<std::size_t>(((r + rays) % rays) * gates + g)] = dbz;
    return values;
}

std::size_t kept(const MethodResult& result) {
    return summarise(*result.field).counts[0];
}

} // namespace

class TestMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CONFIG_HOME", "/nonexistent"); }

    void everyMethodDescribesItselfAndCleansASweep() {
        Settings small(sceneSettings());
        small.setText("sim.rays", "90");
        small.setText("sim.gates", "80");
        small.setText("sim.elevations", "0.5");
        small.setText("sim.times", "2");
        const SimulatedScene scene(small);
        const SimulatedSweep now = scene.sweep(0, 0);
        const Field& raw = *now.th;
        Given given;
        given.others = {scene.sweep(1, 0).th};
        std::vector<float> rho(raw.size(), 0.9f);
        given.moments["RHOHV"] = std::make_shared<const Field>(Quantity{}, raw.geometry(), raw.time(), rho,
                                                               std::vector<State>(raw.size(), State::Valid));

        std::set<std::string> ids, keys;
        for (const MethodInfo* method : methods()) {
            const char* id = method->id.c_str();
            QVERIFY2(ids.insert(method->id).second, id);
            QVERIFY2(std::string(method->name.pattern).size() > 3, id);
            QVERIFY2(std::string(method->help.pattern).size() > 20, id);
            QVERIFY2(!method->usesContext || std::string(method->needs.pattern).size() > 5, id);
            QCOMPARE(taskOf(method->task).id, method->task);
            QVERIFY2(!method->settings.all().empty(), id);
            for (const Setting& setting : method->settings.all()) {
                QVERIFY2(setting.key.starts_with(method->id + "."), setting.key.c_str());
                QVERIFY2(keys.insert(setting.key).second, setting.key.c_str());
                QVERIFY2(!problemWith(setting, setting.defaultValue), setting.key.c_str());
                QVERIFY2(std::string(setting.help.pattern).size() > 10, setting.key.c_str());
            }
            const MethodResult result = apply(method->id, raw, given);
            QCOMPARE(result.field->quantity().id, std::string("DBZH"));
            QVERIFY2(result.field->geometry() == raw.geometry(), id);
            QCOMPARE(result.quality.size(), std::size_t(1));
            const Field& chance = *result.quality.front();
            QCOMPARE(int(chance.quantity().kind), int(Kind::Probability));
            for (std::size_t i = 0; i < raw.size(); ++i) {
                const State was = raw.states()[i], is = result.field->states()[i];
                QVERIFY2(was == State::Valid ? is == State::Valid || is == State::Rejected : is == was, id);
                QVERIFY2(is != State::Valid || result.field->values()[i] == raw.values()[i], id);
                QVERIFY2(std::isnan(chance.values()[i]) == (was != State::Valid), id);
                QVERIFY2(!(chance.values()[i] < 0) && !(chance.values()[i] > 1), id);
            }
        }
        QCOMPARE(methodSettings().all().size(), keys.size());
        try {
            methodOf("gabela");
            QFAIL("there is such a method");
        } catch (const Error& error) {
            QVERIFY(error.isWrongUse());
            QVERIFY(QString(error.what()).contains("perhaps gabella is meant"));
        }
    }

    // 5 × 5 has 25 gates and 16 on its edge (1.56), 3 × 3 has 9 and 8 (1.13).
    void gabellaJudgesAShapeByItsAreaAndItsEdge() {
        Given nothing;
        const std::map<std::string, std::string> rule{
            {"gabella.neighbours", "0"}, {"gabella.shape", "1.3"}, {"gabella.rain_from", "0"}};
        for (const int ray : {20, 34, -2}) { // the last two lie across north
            QCOMPARE(kept(apply("gabella", sweepOf(36, 40, block(36, 40, ray, 10, 5, 5, 20)), nothing, rule)),
                     std::size_t(25));
            QCOMPARE(kept(apply("gabella", sweepOf(36, 40, block(36, 40, ray, 10, 3, 3, 20)), nothing, rule)),
                     std::size_t(0));
        }
        // What is not above "echo is from" belongs to no area.
        QCOMPARE(kept(apply("gabella", sweepOf(36, 40, block(36, 40, 20, 10, 3, 3, -1)), nothing, rule)),
                 std::size_t(9));
    }

    // In a window of 5 × 5 a gate of a spoke one ray wide has four alike neighbours, a corner of a large
    // block eight, a lonely gate none; a gate 10 dB over an even field has none, its neighbours one less.
    void gabellaCountsAlikeNeighbours() {
        Given nothing;
        std::map<std::string, std::string> rule{{"gabella.shape", "0"},
                                                {"gabella.window", "5"},
                                                {"gabella.difference", "6"},
                                                {"gabella.neighbours", "5"}};
        const auto count = [&](const std::vector<float>& dbz) {
            return kept(apply("gabella", sweepOf(36, 40, dbz), nothing, rule));
        };
        QCOMPARE(count(block(36, 40, 0, 10, 1, 12, 20)), std::size_t(0));
        QCOMPARE(count(block(36, 40, 5, 10, 8, 12, 20)), std::size_t(96));
        QCOMPARE(count(block(36, 40, 5, 10, 1, 1, 20)), std::size_t(0));
        std::vector<float> even(36 * 40, 10);
        even[18 * 40 + 20] = 20;
        rule["gabella.neighbours"] = "1";
        QCOMPARE(count(even), even.size() - 1);
        rule["gabella.neighbours"] = "24"; // beyond the ends of the range is not known: alike
        QCOMPARE(count(even), even.size() - 1);
        rule["gabella.window"] = "4";
        QVERIFY_EXCEPTION_THROWN(count(even), Error);
        rule["gabella.window"] = "5";
        rule["gabella.neighbours"] = "4";
        QCOMPARE(count(block(36, 40, 0, 10, 1, 12, 20)), std::size_t(8)); // the ends have fewer
    }

    // Two lines of echo on the outer rays of a sector are two, also where the sector lies across north; and
    // the lowest and the highest ray of an RHI are as far apart as can be.
    void theEdgesOfASectorAreNoNeighbours_data() {
        QTest::addColumn<double>("first"); // degrees
        QTest::addColumn<bool>("isRhi");
        QTest::newRow("in the east") << 60.0 << false;
        QTest::newRow("across north") << 330.0 << false;
        QTest::newRow("up to north") << 300.0 << false;
        QTest::newRow("an RHI") << 0.0 << true;
    }
    void theEdgesOfASectorAreNoNeighbours() {
        QFETCH(double, first);
        QFETCH(bool, isRhi);
        constexpr int rays = 60, gates = 20;
        std::vector<float> dbz(rays * gates, None);
        for (const int ray : {0, rays - 1})
            for (int gate = 0; gate < gates; ++gate)
                dbz[static_cast<std::size_t>(ray * gates + gate)] = 20;
        const Field whole = sweepOf(rays, gates, dbz);
        Sweep sweep = *whole.sweep();
        sweep.mode = isRhi ? SweepMode::Rhi : SweepMode::Azimuth;
        for (int ray = 0; ray < rays; ++ray) {
            const double start = std::fmod(first + ray, 360);
            sweep.rays[static_cast<std::size_t>(ray)] =
                isRhi ? Ray{45, 45, 0.5 * ray, 0} : Ray{start, std::fmod(start + 1, 360), 0.5, 0};
        }
        const Field sector(whole.quantity(), sweep, {}, dbz,
                           std::vector<State>(whole.states().begin(), whole.states().end()));
        Given given;
        // Each line has 20 gates; together they would be 40.
        QCOMPARE(kept(apply("despeckle", sector, given, {{"despeckle.gates", "30"}})), std::size_t(0));
        QCOMPARE(kept(apply("despeckle", sector, given, {{"despeckle.gates", "20"}})), std::size_t(40));
        QCOMPARE(kept(apply("despeckle", whole, given, {{"despeckle.gates", "30"}})),
                 std::size_t(40)); // a circle
    }

    // Two sectors of 60 rays, 40 degrees apart: lines at the edges that face each other over the narrower
    // gap.
    void theEdgesOfTwoSectorsAreNoNeighbours() {
        constexpr int rays = 120, gates = 20;
        std::vector<float> dbz(rays * gates, None);
        for (const int ray : {59, 60})
            for (int gate = 0; gate < gates; ++gate)
                dbz[static_cast<std::size_t>(ray * gates + gate)] = 20;
        const Field whole = sweepOf(rays, gates, dbz);
        Sweep sweep = *whole.sweep();
        for (int ray = 0; ray < rays; ++ray) {
            const double start = ray < 60 ? 100 + ray : 140 + ray;
            sweep.rays[static_cast<std::size_t>(ray)] = {start, start + 1, 0.5, 0};
        }
        const Field sectors(whole.quantity(), sweep, {}, dbz,
                            std::vector<State>(whole.states().begin(), whole.states().end()));
        Given given;
        QCOMPARE(kept(apply("despeckle", sectors, given, {{"despeckle.gates", "30"}})), std::size_t(0));
        QCOMPARE(kept(apply("despeckle", sectors, given, {{"despeckle.gates", "20"}})), std::size_t(40));
        const EchoGrid grid(sectors);
        QVERIFY(!grid.circle && grid.rays > rays);
        const std::vector<float> back = grid.inFieldOrder(grid.aligned(sectors));
        QCOMPARE(back.size(), dbz.size());
        for (std::size_t i = 0; i < back.size(); ++i)
            QVERIFY(back[i] == dbz[i] || (std::isnan(back[i]) && std::isnan(dbz[i])));
    }

    void aWindowHasNoMoreNeighboursThanItHas() {
        const Field raw = sweepOf(12, 8, std::vector<float>(96, 20));
        Given given;
        QVERIFY_EXCEPTION_THROWN(
            apply("gabella", raw, given, {{"gabella.window", "3"}, {"gabella.neighbours", "9"}}), Error);
        QVERIFY(kept(apply("gabella", raw, given,
                           {{"gabella.window", "3"}, {"gabella.neighbours", "5"}, {"gabella.shape", "0"}})) >
                0);
    }

    void gabellaOnRandomEchoesIsWhatPlainLoopsGive() {
        std::mt19937 random(3);
        const int rays = 30, gates = 25;
        std::vector<float> dbz(static_cast<std::size_t>(rays * gates));
        for (float& value : dbz)
            value = random() % 3 == 0 ? None : static_cast<float>(random() % 40);
        const Field field = sweepOf(rays, gates, dbz);
        const EchoGrid grid(field);
        QVERIFY(grid.circle);
        const std::vector<float> ours = gabella(grid, {7, 5, 11, 0, 0});
        for (int ray = 0; ray < rays; ++ray)
            for (int gate = 0; gate < gates; ++gate) {
                const float centre = dbz[static_cast<std::size_t>(ray * gates + gate)];
                if (std::isnan(centre))
                    continue;
                int alike = -1; // the gate itself
                for (int r = ray - 3; r <= ray + 3; ++r)
                    for (int g = gate - 3; g <= gate + 3; ++g) {
                        const bool outside = g < 0 || g >= gates;
                        const float other =
                            outside ? 0 : dbz[static_cast<std::size_t>((r + rays) % rays * gates + g)];
                        alike += outside || (!std::isnan(other) && centre - other < 5);
                    }
                QCOMPARE(ours[grid.at(ray, gate)], alike < 11 ? 0.0f : 1.0f);
            }
    }

    void rowsOfTheFileMayComeInAnyOrder() {
        std::mt19937 random(5);
        const int rays = 24, gates = 30;
        std::vector<float> dbz(static_cast<std::size_t>(rays * gates));
        for (float& value : dbz)
            value = random() % 2 ? None : static_cast<float>(random() % 40);
        const Field sorted = sweepOf(rays, gates, dbz);
        Sweep turned = *sorted.sweep();
        std::vector<float> values(dbz.size());
        for (int ray = 0; ray < rays; ++ray) {
            const int to = (ray * 7 + 3) % rays;
            turned.rays[static_cast<std::size_t>(to)] = sorted.sweep()->rays[static_cast<std::size_t>(ray)];
            std::copy_n(dbz.begin() + ray * gates, gates, values.begin() + to * gates);
        }
        std::vector<State> states(values.size(), State::Valid);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (std::isnan(values[i]))
                states[i] = State::NoEcho;
        const Field shuffled(sorted.quantity(), turned, {}, values, states);
        Given nothing;
        for (const char* method : {"gabella", "despeckle"}) {
            const MethodResult a = apply(method, sorted, nothing), b = apply(method, shuffled, nothing);
            for (int ray = 0; ray < rays; ++ray)
                for (int gate = 0; gate < gates; ++gate)
                    QCOMPARE(
                        int(b.field->states()[static_cast<std::size_t>((ray * 7 + 3) % rays * gates + gate)]),
                        int(a.field->states()[static_cast<std::size_t>(ray * gates + gate)]));
        }
    }

    // Beyond a blanked sector nothing is known, so that it speaks against no echo beside it; but a file that
    // never says "no echo" (CfRadial) means it by what is missing.
    void whatWasNotMeasuredSpeaksAgainstNoEcho() {
        Given nothing;
        const std::map<std::string, std::string> rule{{"gabella.shape", "0"},
                                                      {"gabella.window", "3"},
                                                      {"gabella.difference", "6"},
                                                      {"gabella.neighbours", "4"}};
        const Field drawn = sweepOf(36, 40, block(36, 40, 5, 10, 1, 5, 20)); // 2 alike, the ends 1
        const auto with = [&](State elsewhere, bool ambiguous) {
            Quantity quantity = drawn.quantity();
            quantity.ambiguous = ambiguous;
            std::vector<float> values(drawn.values().begin(), drawn.values().end());
            std::vector<State> states(drawn.states().begin(), drawn.states().end());
            for (State& state : states)
                if (state == State::NoEcho)
                    state = elsewhere;
            if (elsewhere == State::NoData && !ambiguous)
                states.back() = State::NoEcho;
            return kept(
                apply("gabella", Field(quantity, drawn.geometry(), {}, values, states), nothing, rule));
        };
        QCOMPARE(with(State::NoEcho, false), std::size_t(0));
        QCOMPARE(with(State::NoData, true), std::size_t(0));
        QCOMPARE(with(State::NoData, false), std::size_t(5));
        std::vector<float> values(drawn.values().begin(), drawn.values().end());
        std::vector<State> states(drawn.states().begin(), drawn.states().end());
        std::replace(states.begin(), states.end(), State::NoEcho, State::NoData);
        QCOMPARE(kept(apply("gabella", Field(drawn.quantity(), drawn.geometry(), {}, values, states), nothing,
                            rule)),
                 std::size_t(0));
    }

    void despeckleRemovesConnectedEchoesOfFewGates() {
        Given nothing;
        const std::map<std::string, std::string> ten{{"despeckle.gates", "10"}, {"despeckle.echo_from", "0"}};
        const auto count = [&](const std::vector<float>& dbz) {
            return kept(apply("despeckle", sweepOf(36, 40, dbz), nothing, ten));
        };
        QCOMPARE(count(block(36, 40, -1, 10, 3, 3, 20)), std::size_t(0));
        QCOMPARE(count(block(36, 40, -1, 10, 2, 5, 20)), std::size_t(10));
        std::vector<float> diagonal(36 * 40, None);
        for (int i = 0; i < 10; ++i)
            diagonal[static_cast<std::size_t>((30 + i) % 36 * 40 + 5 + i)] = 20;
        QCOMPARE(count(diagonal), std::size_t(10));                      // corners connect, also across north
        QCOMPARE(count(block(36, 40, 4, 10, 3, 3, -5)), std::size_t(9)); // too weak to be judged
    }

    void aClutterMapRemovesWhatOtherTimesHaveToo() {
        Given given;
        const std::map<std::string, std::string> rule{
            {"clutter_map.share", "0.5"}, {"clutter_map.excess", "10"}, {"clutter_map.echo_from", "0"}};
        std::vector<float> now(36 * 40, 30);
        now[7] = 41;
        std::vector<float> often(36 * 40, None), once = often;
        for (int gate = 0; gate < 20; ++gate) // cells 0 to 19 at both times, 20 to 29 at one of four
            often[static_cast<std::size_t>(gate)] = 30;
        for (int gate = 20; gate < 30; ++gate)
            once[static_cast<std::size_t>(gate)] = 30;
        const auto at = [](const std::vector<float>& dbz) {
            return std::make_shared<const Field>(sweepOf(36, 40, dbz));
        };
        given.others = {at(often), at(often), at(once), at(std::vector<float>(36 * 40, None))};
        const MethodResult result = apply("clutter_map", sweepOf(36, 40, now), given, rule);
        QCOMPARE(kept(result), now.size() - 19);                     // all of the 20 but the strong one
        QCOMPARE(int(result.field->states()[7]), int(State::Valid)); // 11 dB over the mean
        QCOMPARE(int(result.field->states()[8]), int(State::Rejected));
        QCOMPARE(result.quality.front()->values()[8], 0.5f);
        QCOMPARE(result.quality.front()->values()[25], 0.75f);
        QCOMPARE(result.quality.front()->values()[100], 1.0f);
        // Another time with gates half as long says the same.
        std::vector<float> fine(36 * 80, None);
        for (int gate = 0; gate < 40; ++gate)
            fine[static_cast<std::size_t>(gate)] = 30;
        given.others = {std::make_shared<const Field>(sweepOf(36, 80, fine, "TH", 500))};
        QCOMPARE(kept(apply("clutter_map", sweepOf(36, 40, now), given, rule)), now.size() - 19);
        given.others.clear();
        QVERIFY_EXCEPTION_THROWN(apply("clutter_map", sweepOf(36, 40, now), given, rule), Error);
    }

    // Of a slope of s a gate the texture is s √(6/8): two of eight neighbours are equal. Along the ray it is
    // s² without any change of sign; a zigzag of ±d has d² and changes everywhere, if d is over 6.5 dB.
    void texturesHaveTheirClosedForms() {
        const int rays = 12, gates = 20;
        std::vector<float> slope, zigzag, small, phase;
        for (int ray = 0; ray < rays; ++ray)
            for (int gate = 0; gate < gates; ++gate) {
                slope.push_back(2.0f * static_cast<float>(gate));
                zigzag.push_back(gate % 2 ? 30 : 20);
                small.push_back(gate % 2 ? 26 : 20);
                phase.push_back(gate % 2 ? 359 : 1);
            }
        const Field field = sweepOf(rays, gates, slope);
        const EchoGrid grid(field);
        const std::size_t middle = grid.at(5, 10);
        QVERIFY(std::abs(texture(grid, slope)[middle] - 2 * std::sqrt(0.75f)) < 1e-5f);
        QVERIFY(std::abs(texture(grid, phase, 360)[middle] - 2 * std::sqrt(0.75f)) < 1e-4f);
        std::vector<float> alone(slope.size(), None);
        alone[middle] = 1;
        QVERIFY(std::isnan(texture(grid, alone)[middle]) && std::isnan(texture(grid, alone)[0]));
        const AlongRay even = alongRay(grid, 3, 9);
        QVERIFY(std::abs(even.tdbz[middle] - 4) < 1e-4f && even.spin[middle] == 0);
        const AlongRay wild = alongRay(EchoGrid(sweepOf(rays, gates, zigzag)), 3, 9);
        QVERIFY(std::abs(wild.tdbz[middle] - 100) < 1e-3f && std::abs(wild.spin[middle] - 100) < 1e-3f);
        const AlongRay calm = alongRay(EchoGrid(sweepOf(rays, gates, small)), 3, 9);
        QVERIFY(std::abs(calm.tdbz[middle] - 36) < 1e-3f && calm.spin[middle] == 0);
        const AlongRay none = alongRay(EchoGrid(sweepOf(rays, gates, alone)), 3, 9);
        QVERIFY(std::isnan(none.tdbz[middle]) && std::isnan(none.spin[middle]));
    }

    void theFuzzyRuleKeepsSmoothRainAndNeedsACorrelation() {
        const int rays = 40, gates = 60;
        const auto cells = static_cast<std::size_t>(rays * gates);
        std::mt19937 random(7);
        std::vector<float> dbz(cells, 25), rho(cells, 0.99f);
        const auto isGround = [&](std::size_t cell) { return cell % static_cast<std::size_t>(gates) < 20; };
        for (std::size_t i = 0; i < cells; ++i)
            if (isGround(i)) {
                dbz[i] = static_cast<float>(random() % 50);
                rho[i] = 0.3f + 0.6f * static_cast<float>(random() % 1000) / 1000;
            }
        Given given;
        QVERIFY_EXCEPTION_THROWN(apply("fuzzy", sweepOf(rays, gates, dbz), given), Error);
        given.moments["RHOHV"] = std::make_shared<const Field>(sweepOf(rays, gates, rho, "RHOHV"));
        const MethodResult result = apply("fuzzy", sweepOf(rays, gates, dbz), given);
        std::size_t rainKept = 0, groundKept = 0;
        for (std::size_t i = 0; i < cells; ++i)
            (isGround(i) ? groundKept : rainKept) += result.field->states()[i] == State::Valid;
        QVERIFY(static_cast<double>(rainKept) > 0.9 * 40 * 40); // the seam has the window's width
        QVERIFY(static_cast<double>(groundKept) < 0.1 * 40 * 20);
        // A moment that is there only where somebody's filter kept the echo (a third of it) tells nothing.
        std::vector<float> filtered(cells, None);
        for (std::size_t i = 0; i < cells; ++i)
            if (!isGround(i) && i % 2 == 0)
                filtered[i] = static_cast<float>(i % 7);
        given.moments["ZDR"] = std::make_shared<const Field>(sweepOf(rays, gates, filtered, "ZDR"));
        QVERIFY(std::ranges::equal(apply("fuzzy", sweepOf(rays, gates, dbz), given).field->states(),
                                   result.field->states()));
        // Nor does a correlation that is missing: the echo stays.
        const MethodResult unknown = [&] {
            Given hollow;
            hollow.moments["RHOHV"] =
                std::make_shared<const Field>(sweepOf(rays, gates, std::vector<float>(cells, None), "RHOHV"));
            return apply("fuzzy", sweepOf(rays, gates, dbz), hollow, {{"fuzzy.dbz_weight", "0"}});
        }();
        QCOMPARE(kept(unknown), cells);
        QVERIFY_EXCEPTION_THROWN(
            apply("fuzzy", sweepOf(rays, gates, dbz), given, {{"fuzzy.rhohv", "0.9,0.9"}}), Error);
    }

    void filesAreWrittenLikeResultsOfNetworks() {
        const ScratchFolder scratch;
        Settings small(sceneSettings());
        for (const auto& [key, value] : {std::pair{"sim.rays", "60"},
                                         {"sim.gates", "50"},
                                         {"sim.elevations", "0.5,2"},
                                         {"sim.times", "3"}})
            small.setText(key, value);
        Feedback silent;
        const std::vector<fs::path> files = writeSceneFiles(SimulatedScene(small), scratch / "scene", silent);
        for (const std::string method : {"gabella", "clutter_map"}) {
            const MethodInfo& info = methodOf(method);
            const fs::path output = scratch / (method + ".h5");
            MethodRunner runner(info, Settings(info.settings), {(scratch / "scene").string()}, silent);
            runner.file(files[1], "", output, silent);
            const auto source = openSource(output);
            const auto input = openSource(files[1]);
            for (const char* sweep : {"sweep_0", "sweep_1"}) {
                const std::string id = std::string(sweep) + "/DBZH";
                const Field written = source->read(id, {}, silent);
                const MethodResult direct = runner.field(*input, {std::string(sweep) + "/TH", "TH"}, silent);
                QVERIFY(std::ranges::equal(written.states(), direct.field->states()));
                QVERIFY(summarise(written).counts[std::size_t(State::Rejected)] > 0);
                const Field chance = source->read(std::string(sweep) + "/PROB", {}, silent);
                QCOMPARE(int(chance.quantity().kind), int(Kind::Probability));
            }
            const Hdf5File hdf5 = Hdf5File::open(output);
            QCOMPARE(hdf5.string("/how", "embellie_method").value_or(""), method);
            QVERIFY(hdf5.string("/how", "embellie_settings").value_or("").find("[" + method + "]") !=
                    std::string::npos);
        }
        const MethodInfo& map = methodOf("clutter_map");
        QVERIFY_EXCEPTION_THROWN(MethodRunner(map, Settings(map.settings), {}, silent), Error);
    }
};

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
