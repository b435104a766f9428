#include "gui/workspace/session.h"

#include "gui/scene/localised.h"
#include "gui/workspace/layer_mark.h"
#include "gui/workspace/paths.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace embellie {

Session::Session(QObject* parent) : QObject(parent) {
    connect(&m_work, &Work::failed, this, &Session::problem);
}

void Session::open(const std::vector<std::filesystem::path>& paths, bool choose, bool isScene) {
    if (!paths.empty())
        open({paths, isScene, choose ? Choosing::Always : Choosing::WhereNothingIs});
}

quint64 Session::open(Opening opening) {
    if (opening.id == 0)
        opening.id = reserve();
    if (opening.title.isEmpty())
        opening.title = opening.paths.size() == 1
                            ? tr("Opening %1").arg(toQString(opening.paths.front().filename()))
                            : tr("Opening %n files", nullptr, int(opening.paths.size()));
    m_opening.push_back(opening);
    if (!opening.isLater)
        begin(opening);
    return opening.id;
}

void Session::openLater() {
    for (Opening& opening : m_opening)
        if (std::exchange(opening.isLater, false))
            begin(opening);
}

void Session::begin(const Opening& opening) {
    m_work.run(
        opening.title,
        [paths = opening.paths, prepare = opening.prepare](Feedback& feedback) {
            if (prepare)
                prepare(feedback);
            return Dataset::open(paths, feedback);
        },
        [this, opening](std::shared_ptr<Dataset> dataset) { take(opening, std::move(dataset)); }, {}, false,
        [this, id = opening.id](bool) {
            std::erase_if(m_opening, [id](const Opening& each) { return each.id == id; });
            Q_EMIT openEnded();
        },
        Work::Lane::Opening);
}

void Session::take(const Opening& opening, std::shared_ptr<Dataset> dataset) {
    for (const Error& error : dataset->problems())
        Q_EMIT problem(localised(error));
    if (dataset->groups().empty())
        return;
    Choice choice = m_choice;
    // Opened once more: what is in the files by now takes the place of what was.
    bool isReplaced = false; // what is looked at is
    const auto same = std::find_if(m_opened.begin(), m_opened.end(),
                                   [&](const OpenData& data) { return data.paths == opening.paths; });
    if (same != m_opened.end()) {
        const int index = int(same - m_opened.begin());
        isReplaced = choice.data == index;
        if (choice.data > index)
            --choice.data;
        m_opened.erase(same);
    }
    const auto place = std::find_if(m_opened.begin(), m_opened.end(),
                                    [&](const OpenData& data) { return data.id > opening.id; });
    const int index = int(place - m_opened.begin());
    m_opened.insert(place, {opening.id, std::move(dataset), opening.paths, opening.isScene});
    if (isReplaced) {
        choice.data = index;
        bringIntoRange(choice);
    } else if (choice.data >= index) {
        ++choice.data;
    }
    bool isChanged = isReplaced || !(choice == m_choice);
    m_choice = choice;
    Q_EMIT openedChanged();
    if (opening.choosing == Choosing::Always ||
        (opening.choosing == Choosing::WhereNothingIs && m_choice.data < 0)) {
        Choice first;
        first.data = index;
        bringIntoRange(first);
        isChanged = isChanged || !(first == m_choice);
        m_choice = first;
    }
    if (isChanged)
        Q_EMIT choiceChanged();
}

void Session::close(quint64 id) {
    const auto found =
        std::find_if(m_opened.begin(), m_opened.end(), [id](const OpenData& data) { return data.id == id; });
    if (found == m_opened.end())
        return;
    const int index = int(found - m_opened.begin());
    m_opened.erase(found);
    Choice choice = m_choice;
    if (choice.data == index)
        choice = {m_opened.empty() ? -1 : 0, 0, 0, 0, {}};
    else if (choice.data > index)
        --choice.data;
    bringIntoRange(choice);
    m_choice = choice;
    Q_EMIT openedChanged();
    Q_EMIT choiceChanged();
}

void Session::bringIntoRange(Choice& choice) const {
    choice.data = std::min(choice.data, int(m_opened.size()) - 1);
    if (choice.data < 0) {
        choice = Choice{-1, 0, 0, 0, choice.moment};
        return;
    }
    const auto& groups = m_opened[std::size_t(choice.data)].dataset->groups();
    choice.group = std::min(choice.group, groups.size() - 1);
    const auto& volumes = groups[choice.group].volumes;
    choice.volume = volumes.empty() ? 0 : std::min(choice.volume, volumes.size() - 1);
    if (volumes.empty() || volumes[choice.volume].layers.empty()) {
        choice.layer = 0;
        return;
    }
    const auto& layers = volumes[choice.volume].layers;
    choice.layer = std::min(choice.layer, layers.size() - 1);
    const LayerEntry& layer = layers[choice.layer];
    const bool moved = choice.data != m_choice.data || choice.group != m_choice.group;
    const std::vector<const MomentEntry*> moments = momentsOf(layer);
    if (!layer.find(choice.moment) && !moments.empty() && (choice.moment.empty() || moved))
        choice.moment = moments.front()->quantity.id;
}

void Session::setChoice(Choice choice) {
    bringIntoRange(choice);
    if (choice == m_choice)
        return;
    m_choice = std::move(choice);
    Q_EMIT choiceChanged();
}

const OpenData* Session::data() const {
    return m_choice.data < 0 ? nullptr : &m_opened[std::size_t(m_choice.data)];
}

const GroupEntry* Session::group() const {
    const OpenData* open = data();
    return open ? &open->dataset->groups()[m_choice.group] : nullptr;
}

const VolumeEntry* Session::volume() const {
    const GroupEntry* chosen = group();
    return chosen && !chosen->volumes.empty() ? &chosen->volumes[m_choice.volume] : nullptr;
}

const LayerEntry* Session::layer() const {
    const VolumeEntry* chosen = volume();
    return chosen && !chosen->layers.empty() ? &chosen->layers[m_choice.layer] : nullptr;
}

const MomentEntry* Session::moment() const {
    const LayerEntry* chosen = layer();
    return chosen ? chosen->find(m_choice.moment) : nullptr;
}

bool Session::stepTime(int by) {
    const GroupEntry* chosen = group();
    if (!chosen)
        return false;
    const auto wanted = std::ptrdiff_t(m_choice.volume) + by;
    if (wanted < 0 || wanted >= std::ptrdiff_t(chosen->volumes.size()))
        return false;
    Choice next = m_choice;
    next.volume = std::size_t(wanted);
    if (layer())
        next.layer =
            nearestLayer(chosen->volumes[next.volume], markOf(*volume(), m_choice.layer), next.moment);
    setChoice(next);
    return true;
}

bool Session::stepLayer(int by) {
    const VolumeEntry* chosen = volume();
    if (!chosen)
        return false;
    const auto wanted = std::ptrdiff_t(m_choice.layer) + by;
    if (wanted < 0 || wanted >= std::ptrdiff_t(chosen->layers.size()))
        return false;
    Choice next = m_choice;
    next.layer = std::size_t(wanted);
    setChoice(next);
    return true;
}

quint64 Session::read(const LayerEntry& layer, const MomentEntry& moment,
                      std::function<void(FieldPtr)> done) {
    const OpenData* owner = nullptr;
    for (const OpenData& open : m_opened)
        for (const GroupEntry& group : open.dataset->groups())
            for (const VolumeEntry& volume : group.volumes)
                if (!volume.layers.empty() && &layer >= &volume.layers.front() &&
                    &layer <= &volume.layers.back())
                    owner = &open;
    if (!owner)
        return 0;
    // The entries live as long as their dataset, which the job keeps.
    return m_work.run(
        tr("Reading %1").arg(QString::fromStdString(moment.quantity.id)),
        [dataset = owner->dataset, &layer, &moment](Feedback& feedback) {
            return dataset->read(layer, moment, feedback);
        },
        [done](FieldPtr field) { done(std::move(field)); },
        [this, done](const std::exception& error) {
            Q_EMIT problem(localised(error));
            done(nullptr);
        },
        true);
}

std::vector<const MomentEntry*> momentsOf(const LayerEntry& layer) {
    std::vector<const MomentEntry*> moments;
    for (const MomentEntry& moment : layer.moments)
        if (moment.qualityOf.empty())
            moments.push_back(&moment);
    return moments;
}

QString labelForPeople(const LayerEntry& layer) {
    return layer.isSweep && layer.mode == SweepMode::VerticalPointing
               ? QCoreApplication::translate("layer", "vertical")
               : QString::fromStdString(layer.label);
}

} // namespace embellie
