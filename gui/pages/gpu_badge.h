#pragma once

#include "core/launch/devices.h"
#include "gui/scene/palette.h"
#include "gui/workspace/work.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace embellie {

/// What a run of ours holds of GPUs that this machine does not see: as its own trainer says it.
struct GpuUse {
    QString site; ///< its label, "HAL"
    QString run;  ///< its name, "13"
    int gpus = 0;
    double bytes = 0;
    friend bool operator==(const GpuUse&, const GpuUse&) = default;
};

/// The badge's word and its explanation.
struct GpuBadgeText {
    enum class Kind { None, Free, Held, Returned };
    Kind kind = Kind::None;
    QString word;    ///< "Holding 1 GPU, 3.1 GB", "No GPU held", "GPU given back", "No GPU here"
    QString details; ///< a line a GPU, with whose processes
    friend bool operator==(const GpuBadgeText&, const GpuBadgeText&) = default;
};
/// @param ours processes of ours on this machine; those of @p user named embellie-learn count too
/// @param heldBefore something was held when last asked: that it is back is then said
GpuBadgeText gpuBadgeText(const Devices& devices, const std::vector<GpuUse>& elsewhere,
                          const std::set<pid_t>& ours, const std::string& user, bool heldBefore);

/// The right end of the status bar: what Embellie holds of GPUs, here and at the sites of its runs. Asks this
/// machine's driver every few seconds on a worker, and not at all where there is none.
class GpuBadge : public QLabel {
    Q_OBJECT
public:
    /// @p reader null: the machine's own driver. Shared with workers, used by one at a time.
    explicit GpuBadge(Work& work, std::shared_ptr<DeviceReader> reader = nullptr, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Processes of the runs on this machine, and what those elsewhere hold.
    void setRuns(std::set<pid_t> ours, std::vector<GpuUse> elsewhere);
    const GpuBadgeText& shown() const { return m_shown; }
    /// Asks at once.
    void refresh();

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize sizeHint() const override;

private:
    void showDevices(const Devices& devices);

    Work& m_work;
    std::shared_ptr<DeviceReader> m_reader;
    Theme m_theme;
    std::optional<Devices> m_devices;
    std::set<pid_t> m_ours;
    std::vector<GpuUse> m_elsewhere;
    GpuBadgeText m_shown;
    QElapsedTimer m_returned; ///< since what was held is back
    QTimer m_timer;
    bool m_asking = false;
};

} // namespace embellie
