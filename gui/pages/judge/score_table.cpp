#include "gui/pages/judge/score_table.h"

#include "gui/scene/localised.h"
#include "gui/scene/own_names.h"

#include <cmath>

namespace embellie {

namespace {

enum Column { From, Gates, Pod, Far, Csi, Hss, Bias, RawCsi, RawBias, RivalCsi, RivalBias, ColumnCount };
enum ClassColumn { Name, ClassGates, Iou, Recall, Precision, ClassColumnCount };

TextPattern headerOf(int column) {
    switch (column) {
    case From:
        return EMBELLIE_TR("judge", "From, dBZ");
    case Gates:
        return EMBELLIE_TR("judge", "Gates");
    case Pod:
        return EMBELLIE_TR("judge", "POD");
    case Far:
        return EMBELLIE_TR("judge", "FAR");
    case Csi:
        return EMBELLIE_TR("judge", "CSI");
    case Hss:
        return EMBELLIE_TR("judge", "HSS");
    case Bias:
        return EMBELLIE_TR("judge", "Bias");
    case RawCsi:
        return EMBELLIE_TR("judge", "Raw CSI");
    case RawBias:
        return EMBELLIE_TR("judge", "Raw bias");
    case RivalCsi:
        return EMBELLIE_TR("judge", "Rival CSI");
    default:
        return EMBELLIE_TR("judge", "Rival bias");
    }
}

TextPattern helpOf(int column) {
    switch (column) {
    case From:
        return EMBELLIE_TR("judge", "A gate is rain from this reflectivity on");
    case Gates:
        return EMBELLIE_TR("judge", "Gates with rain in the reference");
    case Pod:
        return EMBELLIE_TR("judge", "Share of the rain that was kept, 0 to 1, best 1");
    case Far:
        return EMBELLIE_TR("judge", "Share of what was kept that is not rain, 0 to 1, best 0");
    case Csi:
        return EMBELLIE_TR("judge", "Rain in both, of rain in either, 0 to 1, best 1");
    case Hss:
        return EMBELLIE_TR("judge", "Heidke skill score: right gates beyond chance, 0 is chance, best 1");
    case Bias:
        return EMBELLIE_TR("judge", "Gates kept over gates with rain, best 1");
    case RawCsi:
        return EMBELLIE_TR("judge", "CSI of the raw echoes, without any cleaning");
    case RawBias:
        return EMBELLIE_TR("judge", "Bias of the raw echoes, without any cleaning");
    case RivalCsi:
        return EMBELLIE_TR("judge", "CSI of the method compared with: {0}");
    default:
        return EMBELLIE_TR("judge", "Bias of the method compared with: {0}");
    }
}

TextPattern classHeaderOf(int column) {
    switch (column) {
    case Name:
        return EMBELLIE_TR("judge", "Class");
    case ClassGates:
        return EMBELLIE_TR("judge", "Gates");
    case Iou:
        return EMBELLIE_TR("judge", "IoU");
    case Recall:
        return EMBELLIE_TR("judge", "Found");
    default:
        return EMBELLIE_TR("judge", "Right");
    }
}

TextPattern classHelpOf(int column) {
    switch (column) {
    case Name:
        return EMBELLIE_TR("judge", "Class in the reference");
    case ClassGates:
        return EMBELLIE_TR("judge", "Gates of this class in the reference");
    case Iou:
        return EMBELLIE_TR("judge", "Gates of the class in both, of those in either, 0 to 1, best 1");
    case Recall:
        return EMBELLIE_TR("judge", "Share of the class that was found, 0 to 1, best 1");
    default:
        return EMBELLIE_TR("judge", "Share of what was called so that is so, 0 to 1, best 1");
    }
}

std::uint64_t referenceGates(const Confusion& confusion, std::size_t index) {
    std::uint64_t gates = 0;
    for (std::size_t predicted = 0; predicted < confusion.classes().size(); ++predicted)
        gates += confusion.count(index, predicted);
    return gates;
}

} // namespace

void ScoreTableModel::setJudgement(std::optional<Judgement> judgement) {
    beginResetModel();
    m_judgement = std::move(judgement);
    endResetModel();
}

void ScoreTableModel::setScores(Verification scores) {
    if (!m_judgement || byClass())
        return;
    m_judgement->scores = std::move(scores);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ScoreTableModel::setRival(const QString& name, std::optional<Verification> scores) {
    beginResetModel();
    m_rivalName = name;
    m_rival = std::move(scores);
    endResetModel();
}

void ScoreTableModel::setTheme(const Theme& theme) {
    beginResetModel();
    m_theme = theme;
    endResetModel();
}

int ScoreTableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_judgement)
        return 0;
    return int(byClass() ? m_judgement->classes->classes().size() : m_judgement->scores.thresholds.size());
}

int ScoreTableModel::columnCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return byClass() ? int(ClassColumnCount) : m_rival ? int(ColumnCount) : int(RivalCsi);
}

bool ScoreTableModel::isShort(int column) const {
    return byClass() ? column >= Iou : column >= Pod && column <= Bias;
}

std::uint64_t ScoreTableModel::gatesOf(int row) const {
    if (byClass())
        return referenceGates(*m_judgement->classes, std::size_t(row));
    const Contingency& table = m_judgement->scores.thresholds[std::size_t(row)].candidate;
    return table.hits + table.misses;
}

QString ScoreTableModel::textOf(int row, int column) const {
    const QString gates = numberForPeople(double(gatesOf(row)), 0);
    if (byClass()) {
        const Confusion& confusion = *m_judgement->classes;
        const auto index = std::size_t(row);
        switch (column) {
        case Name:
            return classForPeople(confusion.classes()[index].name);
        case ClassGates:
            return gates;
        case Iou:
            return numberForPeople(confusion.iou(index), 2);
        case Recall:
            return numberForPeople(confusion.recall(index), 2);
        default:
            return numberForPeople(confusion.precision(index), 2);
        }
    }
    const ThresholdScore& score = m_judgement->scores.thresholds[std::size_t(row)];
    const double none = std::nan("");
    const ThresholdScore* rival = nullptr;
    if (m_rival && std::size_t(row) < m_rival->thresholds.size())
        rival = &m_rival->thresholds[std::size_t(row)];
    switch (column) {
    case From:
        return numberForPeople(score.threshold, score.threshold == std::floor(score.threshold) ? 0 : 1);
    case Gates:
        return gates;
    case Pod:
        return numberForPeople(score.candidate.pod(), 2);
    case Far:
        return numberForPeople(score.candidate.far(), 2);
    case Csi:
        return numberForPeople(score.candidate.csi(), 2);
    case Hss:
        return numberForPeople(score.candidate.hss(), 2);
    case Bias:
        return numberForPeople(score.candidate.frequencyBias(), 2);
    case RawCsi:
        return numberForPeople(score.raw ? score.raw->csi() : none, 2);
    case RawBias:
        return numberForPeople(score.raw ? score.raw->frequencyBias() : none, 2);
    case RivalCsi:
        return numberForPeople(rival ? rival->candidate.csi() : none, 2);
    default:
        return numberForPeople(rival ? rival->candidate.frequencyBias() : none, 2);
    }
}

QString ScoreTableModel::helpText(int column) const {
    return byClass() ? localised(classHelpOf(column))
                     : localised(text(helpOf(column), m_rivalName.toStdString()));
}

QVariant ScoreTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool weak = gatesOf(index.row()) < FewestGates;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index.row(), index.column());
    case Qt::TextAlignmentRole: {
        const bool words = byClass() && index.column() == Name;
        return int((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    case Qt::ForegroundRole: {
        const bool raw = !byClass() && index.column() >= RawCsi;
        return weak || raw ? m_theme.mutedText : m_theme.text;
    }
    case Qt::ToolTipRole:
        if (weak)
            return localised(
                text(EMBELLIE_TR("judge", "Fewer than {0} gates: too few to trust"), FewestGates));
        return helpText(index.column());
    default:
        return {};
    }
}

QVariant ScoreTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return localised(byClass() ? classHeaderOf(section) : headerOf(section));
    case Qt::ToolTipRole:
        return helpText(section);
    case Qt::TextAlignmentRole: {
        const bool words = byClass() && section == Name;
        return int((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

QString judgementInWords(const Judgement& judgement, int row) {
    QString words;
    if (judgement.classes)
        words = localised(text(EMBELLIE_TR("judge", "{0} % of the gates have the right class"),
                               numberForPeople(100 * judgement.classes->accuracy(), 0).toStdString()));
    else if (row >= 0 && std::size_t(row) < judgement.scores.thresholds.size())
        words = localised(inWords(judgement.scores.thresholds[std::size_t(row)]));
    if (words.isEmpty())
        return words;
    words[0] = words[0].toUpper();
    return words + QLatin1Char('.');
}

QString judgementInNumbers(const Judgement& judgement, int row) {
    if (judgement.classes)
        return localised(text(EMBELLIE_TR("judge", "Mean IoU {0}."),
                              numberForPeople(judgement.classes->meanIou(), 2).toStdString()));
    if (row < 0 || std::size_t(row) >= judgement.scores.thresholds.size())
        return {};
    const ThresholdScore& score = judgement.scores.thresholds[std::size_t(row)];
    const std::string cleaned = numberForPeople(score.candidate.csi(), 2).toStdString();
    if (!score.raw)
        return localised(text(EMBELLIE_TR("judge", "CSI {0}."), cleaned));
    return localised(text(EMBELLIE_TR("judge", "CSI {0} raw, {1} cleaned."),
                          numberForPeople(score.raw->csi(), 2).toStdString(), cleaned));
}

bool isBetterThanRaw(const Judgement& judgement, int row) {
    if (judgement.classes || row < 0 || std::size_t(row) >= judgement.scores.thresholds.size())
        return true;
    const ThresholdScore& score = judgement.scores.thresholds[std::size_t(row)];
    return !score.raw || !(score.candidate.csi() < score.raw->csi());
}

QString judgementCaution(const Judgement& judgement) {
    const auto clock = [](TimePoint time) { return timeText(time).substr(11, 5); };
    QString said = localised(
        text(judgement.sweeps == 1
                 ? EMBELLIE_TR("judge", "{0} sweep, {1} to {2} UTC; gates not measured are left out.")
                 : EMBELLIE_TR("judge", "{0} sweeps, {1} to {2} UTC; gates not measured are left out."),
             judgement.sweeps, clock(judgement.span.begin), clock(judgement.span.end)));
    if (judgement.classes)
        return said;
    for (const ThresholdScore& score : judgement.scores.thresholds) {
        const std::uint64_t gates = score.candidate.hits + score.candidate.misses;
        if (gates >= FewestGates)
            continue;
        said +=
            QLatin1Char(' ') +
            localised(text(EMBELLIE_TR("judge", "From {0} dBZ only {1} gates are rain: too few to trust."),
                           score.threshold, numberForPeople(double(gates), 0).toStdString()));
        break;
    }
    return said;
}

} // namespace embellie
