#include "gui/pages/look/data_tree_model.h"

#include "gui/scene/localised.h"
#include "gui/workspace/layer_mark.h"

#include <QPalette>
#include <QGuiApplication>

namespace embellie {

namespace {

// An index keeps its level and the rows of its ancestors: 2 bits, then 14, 26 and 22.
constexpr quintptr packed(int level, std::size_t group, std::size_t volume, std::size_t layer) {
    return quintptr(level) | quintptr(group) << 2 | quintptr(volume) << 16 | quintptr(layer) << 42;
}
std::size_t groupIn(quintptr id) {
    return (id >> 2) & 0x3FFF;
}
std::size_t volumeIn(quintptr id) {
    return (id >> 16) & 0x3FFFFFF;
}
std::size_t layerIn(quintptr id) {
    return id >> 42;
}
int levelIn(quintptr id) {
    return int(id & 3);
}

QString clock(TimePoint time, Calendar calendar) {
    return QString::fromStdString(timeText(time, calendar)).mid(11, 8);
}

} // namespace

DataTreeModel::DataTreeModel(Session& session, QObject* parent)
    : QAbstractItemModel(parent), m_session(session) {
    const auto fill = [this] {
        beginResetModel();
        m_groups.clear();
        for (std::size_t data = 0; data < m_session.opened().size(); ++data)
            for (std::size_t group = 0; group < m_session.opened()[data].dataset->groups().size(); ++group)
                m_groups.push_back({int(data), group});
        endResetModel();
    };
    connect(&session, &Session::openedChanged, this, fill);
    fill();
}

const GroupEntry& DataTreeModel::entry(std::size_t flat) const {
    const Group& group = m_groups[flat];
    return m_session.opened()[std::size_t(group.data)].dataset->groups()[group.group];
}

int DataTreeModel::levelOf(const QModelIndex& index) {
    return levelIn(index.internalId());
}

QModelIndex DataTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, packed(0, std::size_t(row), 0, 0));
    const quintptr id = parent.internalId();
    switch (levelIn(id)) {
    case 0:
        return createIndex(row, column, packed(1, groupIn(id), std::size_t(row), 0));
    case 1:
        return createIndex(row, column, packed(2, groupIn(id), volumeIn(id), std::size_t(row)));
    default:
        return createIndex(row, column, packed(3, groupIn(id), volumeIn(id), layerIn(id)));
    }
}

QModelIndex DataTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const quintptr id = index.internalId();
    switch (levelIn(id)) {
    case 0:
        return {};
    case 1:
        return createIndex(int(groupIn(id)), 0, packed(0, groupIn(id), 0, 0));
    case 2:
        return createIndex(int(volumeIn(id)), 0, packed(1, groupIn(id), volumeIn(id), 0));
    default:
        return createIndex(int(layerIn(id)), 0, packed(2, groupIn(id), volumeIn(id), layerIn(id)));
    }
}

int DataTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.column() > 0)
        return 0;
    const quintptr id = parent.internalId();
    const GroupEntry& group = entry(groupIn(id));
    switch (levelIn(id)) {
    case 0:
        return int(group.volumes.size());
    case 1:
        return int(group.volumes[volumeIn(id)].layers.size());
    case 2:
        return int(momentsOf(group.volumes[volumeIn(id)].layers[layerIn(id)]).size());
    default:
        return 0;
    }
}

int DataTreeModel::columnCount(const QModelIndex&) const {
    return 2;
}

QString DataTreeModel::nameOf(const QModelIndex& index) const {
    const quintptr id = index.internalId();
    const GroupEntry& group = entry(groupIn(id));
    if (levelIn(id) == 0)
        return QString::fromStdString(group.title.empty() ? group.key : group.title);
    const VolumeEntry& volume = group.volumes[volumeIn(id)];
    if (levelIn(id) == 1) {
        if (!volume.hasTime)
            return tr("no time");
        const QString text = QString::fromStdString(timeText(volume.time.begin, volume.time.calendar));
        // Seconds only where they tell two volumes apart.
        for (const std::size_t other : {volumeIn(id) - 1, volumeIn(id) + 1})
            if (other < group.volumes.size() &&
                QString::fromStdString(timeText(group.volumes[other].time.begin, volume.time.calendar))
                        .left(16) == text.left(16))
                return text;
        return text.left(16);
    }
    const LayerEntry& layer = volume.layers[layerIn(id)];
    if (levelIn(id) == 2)
        return layer.label.empty() ? tr("grid") : labelForPeople(layer);
    const Quantity& quantity = momentsOf(layer)[std::size_t(index.row())]->quantity;
    return QString::fromStdString(quantity.id);
}

QString DataTreeModel::detailOf(const QModelIndex& index) const {
    const quintptr id = index.internalId();
    const GroupEntry& group = entry(groupIn(id));
    if (levelIn(id) == 0) {
        if (m_session.opened()[std::size_t(m_groups[groupIn(id)].data)].isScene)
            return tr("simulated");
        if (group.volumes.size() > 1)
            return tr("%n times", nullptr, int(group.volumes.size()));
        if (group.volumes.empty() || group.volumes.front().layers.empty())
            return {};
        return group.volumes.front().layers.front().isSweep
                   ? (group.volumes.front().layers.size() == 1
                          ? tr("1 sweep")
                          : tr("%n sweeps", nullptr, int(group.volumes.front().layers.size())))
                   : tr("grid");
    }
    const VolumeEntry& volume = group.volumes[volumeIn(id)];
    if (levelIn(id) == 1)
        return volume.hasTime ? tr("UTC") : QString();
    const LayerEntry& layer = volume.layers[layerIn(id)];
    if (levelIn(id) == 2)
        return layer.hasTime ? clock(layer.time.begin, layer.time.calendar) : QString();
    const MomentEntry& moment = *momentsOf(layer)[std::size_t(index.row())];
    if (moment.quantity.kind == Kind::Classes)
        return moment.quantity.meanings.empty()
                   ? tr("classes")
                   : tr("%n classes", nullptr, int(moment.quantity.meanings.size()));
    // Beside "seconds since 1990-01-01 00:00:00" there would be no place for names.
    constexpr qsizetype most = 14;
    const QString unit = unitForPeople(moment.quantity.unit);
    return unit.size() > most ? unit.left(most - 1) + u'…' : unit;
}

QVariant DataTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == 0 ? nameOf(index) : detailOf(index);
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == 0 ? Qt::AlignLeft | Qt::AlignVCenter
                                            : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return index.column() == 0 ? QVariant()
                                   : QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText));
    case Qt::ToolTipRole: {
        const quintptr id = index.internalId();
        const GroupEntry& group = entry(groupIn(id));
        if (levelIn(id) == 0) {
            QStringList lines(QString::fromStdString(group.title));
            if (group.site)
                lines << tr("site %1, %2 m above sea")
                             .arg(QString::fromStdString(group.site->id),
                                  numberForPeople(group.site->heightMeters, 0));
            for (const std::string& note : group.notes)
                lines << QString::fromStdString(note);
            return lines.join(QLatin1Char('\n'));
        }
        if (levelIn(id) == 3) {
            const Quantity& quantity =
                momentsOf(group.volumes[volumeIn(id)].layers[layerIn(id)])[std::size_t(index.row())]
                    ->quantity;
            QStringList words;
            for (const std::string& text : {quantity.id, quantity.longName, quantity.standardName})
                if (!text.empty())
                    words << QString::fromStdString(text);
            words << unitForPeople(quantity.unit);
            words.removeAll(QString());
            return words.join(QStringLiteral(", "));
        }
        return nameOf(index);
    }
    default:
        return {};
    }
}

Choice DataTreeModel::choiceOf(const QModelIndex& index) const {
    Choice choice = m_session.choice();
    if (!index.isValid())
        return choice;
    const quintptr id = index.internalId();
    const Group& group = m_groups[groupIn(id)];
    const bool same = choice.data == group.data && choice.group == group.group;
    choice.data = group.data;
    choice.group = group.group;
    if (levelIn(id) == 0) {
        if (!same)
            choice.volume = choice.layer = 0;
        return choice;
    }
    choice.volume = volumeIn(id);
    if (levelIn(id) == 1) {
        const LayerMark now =
            m_session.layer() ? markOf(*m_session.volume(), m_session.choice().layer) : LayerMark();
        choice.layer = nearestLayer(entry(groupIn(id)).volumes[choice.volume], now, choice.moment);
        return choice;
    }
    choice.layer = layerIn(id);
    if (levelIn(id) == 3)
        choice.moment =
            momentsOf(
                entry(groupIn(id)).volumes[choice.volume].layers[choice.layer])[std::size_t(index.row())]
                ->quantity.id;
    return choice;
}

QModelIndex DataTreeModel::indexOf(const Choice& choice, bool moment) const {
    for (std::size_t flat = 0; flat < m_groups.size(); ++flat) {
        if (m_groups[flat].data != choice.data || m_groups[flat].group != choice.group)
            continue;
        QModelIndex found = index(int(flat), 0);
        const QModelIndex volume = index(int(choice.volume), 0, found);
        const QModelIndex layer = volume.isValid() ? index(int(choice.layer), 0, volume) : QModelIndex();
        if (layer.isValid() && moment) {
            const std::vector<const MomentEntry*> moments =
                momentsOf(entry(flat).volumes[choice.volume].layers[choice.layer]);
            for (std::size_t i = 0; i < moments.size(); ++i)
                if (moments[i]->quantity.id == choice.moment)
                    return index(int(i), 0, layer);
        }
        return layer.isValid() ? layer : volume.isValid() ? volume : found;
    }
    return {};
}

} // namespace embellie
