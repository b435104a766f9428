#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace embellie {

/// Undo by remembering values: each step keeps the value before it and a label in words. Steps with the same
/// non-empty group that follow one another are one (a dragged slider).
template <class Value>
class UndoHistory {
public:
    explicit UndoHistory(std::size_t most = 100) : m_most(most) {}

    /// @p before is the value that undo brings back.
    void remember(Value before, QString label, QString group = {}) {
        m_undone.clear();
        if (!group.isEmpty() && !m_done.empty() && m_done.back().group == group)
            return;
        m_done.push_back({std::move(before), std::move(label), std::move(group)});
        if (m_done.size() > m_most)
            m_done.erase(m_done.begin());
    }
    bool canUndo() const { return !m_done.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    QString undoLabel() const { return canUndo() ? m_done.back().label : QString(); }
    QString redoLabel() const { return canRedo() ? m_undone.back().label : QString(); }

    /// @p now is kept for redo. @return the value to restore; call only where canUndo()
    Value undo(Value now) { return move(m_done, m_undone, std::move(now)); }
    Value redo(Value now) { return move(m_undone, m_done, std::move(now)); }

private:
    struct Step {
        Value value;
        QString label, group;
    };
    static Value move(std::vector<Step>& from, std::vector<Step>& to, Value now) {
        Step step = std::move(from.back());
        from.pop_back();
        to.push_back({std::move(now), step.label, {}});
        return std::move(step.value);
    }
    std::size_t m_most;
    std::vector<Step> m_done, m_undone;
};

} // namespace embellie
