#pragma once

#include "gui/pages/judge/judgement.h"
#include "gui/scene/palette.h"

#include <QAbstractTableModel>

namespace embellie {

/// Scores by threshold, with those of the raw echoes and of a rival beside them; of classes: scores by class.
/// Rows with fewer than FewestGates gates are muted.
class ScoreTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ScoreTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void setJudgement(std::optional<Judgement> judgement);
    /// The scores of the same judgement at another threshold of the probability.
    void setScores(Verification scores);
    /// Scores of a method of that name beside ours; nothing takes the columns away.
    void setRival(const QString& name, std::optional<Verification> scores);
    const std::optional<Verification>& rival() const { return m_rival; }
    void setTheme(const Theme& theme);
    const std::optional<Judgement>& judgement() const { return m_judgement; }

    bool isShort(int column) const; ///< holds numbers as 0.87 under a heading of a word
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool byClass() const { return m_judgement && m_judgement->classes; }
    QString textOf(int row, int column) const;
    std::uint64_t gatesOf(int row) const;

    QString helpText(int column) const;
    std::optional<Judgement> m_judgement;
    std::optional<Verification> m_rival;
    QString m_rivalName;
    Theme m_theme;
};

/// "Removes 94 % of what is not rain, loses 3 % of the rain." at a row of the table; of classes the share
/// that agrees.
QString judgementInWords(const Judgement& judgement, int row);
/// "CSI 0.43 raw, 0.87 cleaned." Empty where there is nothing to compare.
QString judgementInNumbers(const Judgement& judgement, int row);
/// The candidate is at least as good as the raw echoes at that row.
bool isBetterThanRaw(const Judgement& judgement, int row);
/// "5 sweeps, 06:55 to 06:59 UTC; gates not measured are left out. From 30 dBZ only 325 gates are rain: too
/// few to trust."
QString judgementCaution(const Judgement& judgement);

} // namespace embellie
