#pragma once

#include <QComboBox>

#include <filesystem>
#include <utility>
#include <vector>

namespace embellie {

class Work;

/// What weights a training begins with: random ones, those of the model that comes with the program, or the
/// best ones of an earlier run of the same task and network (fine-tuning). A worker reads what there is.
class StartChoice : public QComboBox {
    Q_OBJECT
public:
    /// @p work outlives it.
    explicit StartChoice(Work& work, QWidget* parent = nullptr);

    /// Forgets the choice where it was for another task or network.
    void setKind(const std::string& task, const std::string& network);
    void setRunsFolder(const std::filesystem::path& folder) { m_folder = folder; }

    std::string start() const; ///< a weights file; empty: random weights
    void setStart(const std::string& file);

    void showPopup() override; ///< asks anew what there is now

private:
    using Offers = std::vector<std::pair<QString, QString>>; ///< label and weights file
    static Offers offers(const std::string& task, const std::string& network,
                         const std::filesystem::path& folder);
    void look();
    void list(const std::string& chosen);

    Work& m_work;
    std::string m_task, m_network;
    std::filesystem::path m_folder;
    Offers m_offers;    ///< as last read
    quint64 m_turn = 0; ///< late answers are dropped
};

} // namespace embellie
