#include "gui/pages/judge/judgement.h"

#include "core/map/radar.h"
#include "core/map/same_cells.h"
#include "core/task/denoise/cleaned.h"
#include "gui/pages/judge/rival.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <limits>

namespace embellie {

namespace {

enum Category : int { Agree = 1, Lost = 2, Left = 3 };

bool isClasses(const Quantity& quantity) {
    return quantity.kind == Kind::Classes;
}

// The noData of an ambiguous Field may mean no echo: it was measured, as for verify().
bool measured(const Field& field, std::size_t cell) {
    return field.states()[cell] != State::NoData || field.quantity().ambiguous;
}

Quantity differenceQuantity(std::vector<Meaning> meanings) {
    Quantity quantity;
    quantity.id = "judged_difference";
    quantity.unit = "1";
    quantity.kind = Kind::Classes;
    quantity.meanings = std::move(meanings);
    return quantity;
}

// DBZH without a value where TH has one is a verdict, not a gap.
FieldPtr withVerdicts(const FieldPtr& reference, const Field& raw) {
    std::vector<State> states(reference->states().begin(), reference->states().end());
    for (std::size_t cell = 0; cell < states.size(); ++cell)
        if (states[cell] == State::NoData && raw.states()[cell] == State::Valid)
            states[cell] = State::Rejected;
    Origin origin = reference->origin();
    origin.history.push_back("cells without a value where the raw field has one are shown as removed");
    return std::make_shared<Field>(reference->quantity(), reference->geometry(), reference->time(),
                                   std::vector<float>(reference->values().begin(), reference->values().end()),
                                   std::move(states), std::move(origin));
}

// A probability says of each raw echo whether it is kept.
bool isCuttable(const FieldPtr& raw, const FieldPtr& made, const FieldPtr& probability) {
    return raw && made && probability && raw->size() == made->size() && probability->size() == made->size() &&
           !isClasses(made->quantity());
}

// A radar that has one code for "not measured" and "no echo" has no other in its results.
FieldPtr asAmbiguous(const FieldPtr& made, const Field& raw) {
    if (made->quantity().ambiguous || !raw.quantity().ambiguous || isClasses(made->quantity()))
        return made;
    Quantity quantity = made->quantity();
    quantity.ambiguous = true;
    return std::make_shared<Field>(quantity, made->geometry(), made->time(),
                                   std::vector<float>(made->values().begin(), made->values().end()),
                                   std::vector<State>(made->states().begin(), made->states().end()),
                                   made->origin());
}

FieldPtr readMoment(Dataset& data, const LayerEntry& layer, const std::string& id, Feedback& feedback) {
    const MomentEntry* moment = layer.find(id);
    return moment ? data.read(layer, *moment, feedback) : nullptr;
}

} // namespace

FieldPtr laidOver(const Field& ground, const FieldPtr& field) {
    if (!field || !ground.sweep())
        return field;
    FieldPtr laid = onCellsOf(*ground.sweep(), field);
    if (!laid)
        throw Error(text(EMBELLIE_TR("judge", "the rays lie elsewhere than those of the raw field")))
            .in(field->origin().file, field->quantity().id)
            .expected(text(EMBELLIE_TR("judge", "the azimuths and gates of {0}"), ground.origin().file));
    return laid;
}

bool sameSite(const Site& a, const Site& b) {
    constexpr double SameSiteMeters = 2000;
    return geodesicInverse({a.latitude, a.longitude}, {b.latitude, b.longitude}).meters < SameSiteMeters;
}

const LayerEntry* resultLayer(const Dataset& results, const GroupEntry& group, const LayerEntry& layer) {
    const LayerEntry* nearest = nullptr;
    auto least = std::chrono::milliseconds(std::chrono::minutes(1));
    for (const GroupEntry& other : results.groups()) {
        const bool isElsewhere = group.site && other.site && !sameSite(*group.site, *other.site);
        if (isElsewhere || (other.key != group.key && results.groups().size() > 1))
            continue;
        for (const VolumeEntry& volume : other.volumes)
            for (const LayerEntry& candidate : volume.layers) {
                constexpr double SameAngle = 0.06; // angles are written with one or two decimals
                if (candidate.isSweep != layer.isSweep ||
                    std::abs(candidate.angle - layer.angle) > SameAngle || candidate.rays != layer.rays ||
                    candidate.gates != layer.gates)
                    continue;
                const auto away = std::chrono::abs(candidate.time.begin - layer.time.begin);
                if (away > least || (nearest && away == least))
                    continue;
                nearest = &candidate;
                least = away;
            }
    }
    return nearest;
}

const MomentEntry* uncertaintyOf(const LayerEntry& result, const std::string& cleaned) {
    for (const MomentEntry& moment : result.moments) {
        std::string name = moment.quantity.id;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char letter) { return char(std::tolower(letter)); });
        if (name.ends_with("uncertainty") && moment.qualityOf == cleaned)
            return &moment;
    }
    return nullptr;
}

std::string cleanedMoment(const LayerEntry& result, const std::string& raw, const std::string& expected) {
    // What has a probability of its own was made by a network, and the latest stands last.
    std::string made;
    for (const MomentEntry& moment : result.moments)
        if (moment.quantity.kind == Kind::Probability && result.find(moment.qualityOf) &&
            (made != expected || expected == raw))
            made = moment.qualityOf;
    if (!made.empty())
        return made;
    for (const std::string& id : {expected, denoise::cleanedId(raw), raw})
        if (const MomentEntry* moment = result.find(id); moment && moment->qualityOf.empty())
            return id;
    for (const MomentEntry& moment : result.moments)
        if (moment.qualityOf.empty())
            return moment.quantity.id;
    return {};
}

std::string likelyReference(const LayerEntry& layer, const std::string& raw, const std::string& expected) {
    if (const MomentEntry* moment = layer.find(expected); moment && isClasses(moment->quantity))
        return expected;
    const std::string cleaned = denoise::cleanedId(raw);
    std::vector<std::string> names{cleaned + "_CLEAN", raw + "_CLEAN", cleaned};
    // "reflectivity_hh_clut" is filtered to "reflectivity".
    if (const auto end = raw.find('_'); end != std::string::npos)
        names.push_back(raw.substr(0, end));
    for (const std::string& name : names)
        if (name != raw && layer.find(name))
            return name;
    return {};
}

const MomentEntry* probabilityOf(const LayerEntry& result, const std::string& cleaned) {
    for (const MomentEntry& moment : result.moments)
        if (moment.quantity.kind == Kind::Probability &&
            (moment.qualityOf.empty() || moment.qualityOf == cleaned))
            return &moment;
    return nullptr;
}

std::optional<int> thresholdThatMade(Dataset& results, const GroupEntry& group, const LayerEntry& layer,
                                     const std::string& raw, const std::string& expected,
                                     Feedback& feedback) {
    const LayerEntry* result = resultLayer(results, group, layer);
    const std::string cleaned = result ? cleanedMoment(*result, raw, expected) : std::string();
    const MomentEntry* probability = result ? probabilityOf(*result, cleaned) : nullptr;
    if (!probability)
        return std::nullopt;
    const FieldPtr made = readMoment(results, *result, cleaned, feedback);
    return made ? stepThatMade(*made, *results.read(*result, *probability, feedback)) : std::nullopt;
}

FieldPtr differenceField(const Field& reference, const Field& cleaned, const Field* raw, double threshold,
                         const DifferenceColours& colours, JudgedFields& fields) {
    std::vector<float> values(reference.size(), std::numeric_limits<float>::quiet_NaN());
    std::vector<State> states(reference.size(), State::NoData);
    for (std::size_t cell = 0; cell < reference.size(); ++cell) {
        if (raw ? !measured(*raw, cell) : !measured(reference, cell))
            continue;
        const bool rain = double(reference.values()[cell]) >= threshold;
        const bool kept = double(cleaned.values()[cell]) >= threshold;
        if (!rain && !kept) {
            states[cell] = State::NoEcho;
            continue;
        }
        const Category category = rain && kept ? Agree : rain ? Lost : Left;
        ++(category == Agree ? fields.agree : category == Lost ? fields.lost : fields.left);
        values[cell] = float(category);
        states[cell] = State::Valid;
    }
    return std::make_shared<Field>(differenceQuantity({{Agree, "agree", colours.agree},
                                                       {Lost, "rain lost", colours.lost},
                                                       {Left, "echo left", colours.left}}),
                                   reference.geometry(), reference.time(), std::move(values),
                                   std::move(states));
}

FieldPtr classDifference(const Field& reference, const Field& cleaned, const DifferenceColours& colours,
                         JudgedFields& fields) {
    std::vector<float> values(reference.size(), std::numeric_limits<float>::quiet_NaN());
    std::vector<State> states(reference.size(), State::NoData);
    for (std::size_t cell = 0; cell < reference.size(); ++cell) {
        if (reference.states()[cell] != State::Valid || cleaned.states()[cell] != State::Valid)
            continue;
        const bool same = reference.values()[cell] == cleaned.values()[cell];
        ++(same ? fields.agree : fields.left);
        values[cell] = float(same ? Agree : Left);
        states[cell] = State::Valid;
    }
    return std::make_shared<Field>(
        differenceQuantity({{Agree, "agree", colours.agree}, {Left, "differ", colours.left}}),
        reference.geometry(), reference.time(), std::move(values), std::move(states));
}

/// What each cell shows if it is kept: what the results have, which may be restored, else the raw value.
static Field wholeOf(const Field& made, const Field& raw) {
    std::vector<float> values(made.values().begin(), made.values().end());
    std::vector<State> states(made.states().begin(), made.states().end());
    for (std::size_t cell = 0; cell < values.size(); ++cell)
        if (states[cell] != State::Valid) {
            values[cell] = raw.values()[cell];
            states[cell] = raw.states()[cell];
        }
    return Field(made.quantity(), made.geometry(), made.time(), std::move(values), std::move(states),
                 made.origin());
}

static std::vector<std::int16_t> stepsOf(const Field& made, const Field& probability, int madeAt) {
    std::vector<std::int16_t> steps = probabilitySteps(probability);
    agreeWith(steps, made, madeAt);
    return steps;
}

static FieldPtr keptAbove(const JudgedFields& fields, int step) {
    const Field& made = *fields.made;
    const Field& raw = *fields.raw;
    std::vector<float> values(made.size(), std::numeric_limits<float>::quiet_NaN());
    std::vector<State> states(raw.states().begin(), raw.states().end());
    for (std::size_t cell = 0; cell < values.size(); ++cell) {
        const bool isMade = made.states()[cell] == State::Valid;
        if (!isMade && states[cell] != State::Valid)
            continue;
        const bool isKept = (*fields.steps)[cell] > step;
        states[cell] = isKept ? State::Valid : State::Rejected;
        if (isKept)
            values[cell] = isMade ? made.values()[cell] : raw.values()[cell];
    }
    return std::make_shared<Field>(made.quantity(), made.geometry(), made.time(), std::move(values),
                                   std::move(states), made.origin());
}

static void makeDifference(JudgedFields& fields, double threshold, const DifferenceColours& colours) {
    fields.difference.reset();
    fields.agree = fields.lost = fields.left = 0;
    if (!fields.cleaned || !fields.reference || fields.cleaned->size() != fields.reference->size())
        return;
    const bool classes = isClasses(fields.reference->quantity());
    if (classes != isClasses(fields.cleaned->quantity()))
        return;
    const Field* raw =
        fields.raw && fields.raw->size() == fields.reference->size() ? fields.raw.get() : nullptr;
    fields.difference =
        classes ? classDifference(*fields.reference, *fields.cleaned, colours, fields)
                : differenceField(*fields.reference, *fields.cleaned, raw, threshold, colours, fields);
}

JudgedFields cutAt(JudgedFields fields, const ProbabilityCut& cut, double threshold,
                   const DifferenceColours& colours) {
    if (fields.steps)
        fields.cleaned = cut.at == cut.madeAt ? fields.made : keptAbove(fields, cut.at);
    makeDifference(fields, threshold, colours);
    return fields;
}

JudgedFields readJudged(const JudgedLayer& layer, double threshold, const std::optional<ProbabilityCut>& cut,
                        const DifferenceColours& colours, Feedback& feedback) {
    JudgedFields fields;
    fields.raw = readMoment(*layer.data, layer.layer, layer.raw, feedback);
    if (!layer.reference.empty())
        fields.reference = readMoment(*layer.data, layer.layer, layer.reference, feedback);
    if (layer.result && layer.results) {
        fields.made = readMoment(*layer.results, *layer.result, layer.cleaned, feedback);
        if (const MomentEntry* moment = probabilityOf(*layer.result, layer.cleaned))
            fields.probability = layer.results->read(*layer.result, *moment, feedback);
        if (const MomentEntry* moment = uncertaintyOf(*layer.result, layer.cleaned))
            fields.uncertainty = layer.results->read(*layer.result, *moment, feedback);
    }
    if (const FieldPtr ground = fields.raw ? fields.raw : fields.reference)
        for (FieldPtr* field : {&fields.reference, &fields.made, &fields.probability, &fields.uncertainty})
            try {
                *field = laidOver(*ground, *field);
            } catch (const Error& error) {
                field->reset();
                fields.refusal = error;
            }
    if (fields.made && fields.raw)
        fields.made = asAmbiguous(fields.made, *fields.raw);
    fields.cleaned = fields.made;
    if (fields.raw && fields.reference && !isClasses(fields.reference->quantity()) &&
        fields.raw->size() == fields.reference->size())
        fields.reference = withVerdicts(fields.reference, *fields.raw);
    if (cut && isCuttable(fields.raw, fields.made, fields.probability))
        fields.steps = std::make_shared<const std::vector<std::int16_t>>(
            stepsOf(*fields.made, *fields.probability, cut->madeAt));
    return cutAt(std::move(fields), cut.value_or(ProbabilityCut{}), threshold, colours);
}

Judgement judge(const std::vector<JudgedLayer>& layers, const std::vector<double>& thresholds,
                std::optional<int> madeAt, Feedback& feedback) {
    Judgement made;
    VerificationRule rule;
    rule.thresholds = thresholds;
    double done = 0;
    std::size_t counted = 0;
    for (const JudgedLayer& layer : layers) {
        feedback.throwIfCancelled();
        feedback.progress(done++, double(layers.size()));
        if (!layer.result || !layer.results || layer.reference.empty())
            continue;
        const FieldPtr raw = readMoment(*layer.data, layer.layer, layer.raw, feedback);
        FieldPtr reference = readMoment(*layer.data, layer.layer, layer.reference, feedback);
        if (!reference)
            continue;
        const Field& ground = raw ? *raw : *reference;
        reference = laidOver(ground, reference);
        const FieldPtr cleaned =
            laidOver(ground, readMoment(*layer.results, *layer.result, layer.cleaned, feedback));
        if (!cleaned || isClasses(reference->quantity()) != isClasses(cleaned->quantity()))
            continue;
        if (isClasses(reference->quantity())) {
            const Confusion confusion = confusionOf(*reference, *cleaned);
            made.classes = made.classes ? (*made.classes += confusion) : confusion;
        } else {
            made.scores += verify(*reference, *cleaned, raw.get(), rule);
            const MomentEntry* moment = madeAt ? probabilityOf(*layer.result, layer.cleaned) : nullptr;
            const FieldPtr probability =
                moment ? laidOver(ground, layer.results->read(*layer.result, *moment, feedback)) : nullptr;
            if (isCuttable(raw, cleaned, probability)) {
                made.byProbability += ProbabilityCounts(*reference, wholeOf(*cleaned, *raw),
                                                        stepsOf(*cleaned, *probability, *madeAt), *raw, rule);
                ++counted;
            }
        }
        const TimeInterval& time = layer.layer.time;
        made.span.begin = made.sweeps == 0 ? time.begin : std::min(made.span.begin, time.begin);
        made.span.end = made.sweeps == 0 ? time.begin : std::max(made.span.end, time.begin);
        ++made.sweeps;
    }
    if (counted < made.sweeps)
        made.byProbability = {};
    return made;
}

Verification judgeRival(Rival& rival, const std::vector<JudgedLayer>& layers,
                        const std::vector<double>& thresholds, Feedback& feedback) {
    Verification scores;
    VerificationRule rule;
    rule.thresholds = thresholds;
    double done = 0;
    for (const JudgedLayer& layer : layers) {
        feedback.throwIfCancelled();
        feedback.progress(done++, double(layers.size()));
        const FieldPtr raw = readMoment(*layer.data, layer.layer, layer.raw, feedback);
        const FieldPtr reference = readMoment(*layer.data, layer.layer, layer.reference, feedback);
        if (reference && raw && !isClasses(reference->quantity()))
            scores += verify(*laidOver(*raw, reference), *rival.field(layer.layer, layer.raw, feedback),
                             raw.get(), rule);
    }
    return scores;
}

} // namespace embellie
