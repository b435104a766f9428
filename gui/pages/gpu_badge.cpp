#include "gui/pages/gpu_badge.h"

#include "gui/scene/localised.h"

#include <QPainter>

#include <algorithm>

#include <pwd.h>
#include <unistd.h>

namespace embellie {

namespace {

constexpr int AskMilliseconds = 4000;
/// So long it is said that the memory is back.
constexpr int ReturnedMilliseconds = 60'000;
constexpr const char* LearnerName = "embellie-learn";

std::string userName() {
    const passwd* entry = getpwuid(getuid());
    return entry ? entry->pw_name : std::to_string(getuid());
}

std::string gigabytes(double bytes) {
    return numberForPeople(bytes / 1e9, 1).toStdString();
}

QString gpuLine(const Gpu& gpu) {
    QStringList parts;
    if (gpu.memoryTotalBytes >= 0)
        parts << localised(text(EMBELLIE_TR("gpu", "{0} of {1} GB used"),
                                gigabytes(double(gpu.memoryUsedBytes)),
                                gigabytes(double(gpu.memoryTotalBytes))));
    if (gpu.utilisationPercent >= 0)
        parts << localised(text(EMBELLIE_TR("gpu", "{0} % busy"), gpu.utilisationPercent));
    if (gpu.temperatureCelsius >= 0)
        parts << localised(text(EMBELLIE_TR("gpu", "{0} °C"), gpu.temperatureCelsius));
    QString line = QString::number(gpu.index) + QStringLiteral("  ") + QString::fromStdString(gpu.model) +
                   QStringLiteral("  ") + parts.join(QStringLiteral(", "));
    for (const GpuProcess& process : gpu.processes) {
        const std::string user =
            process.user.empty() ? localised(EMBELLIE_TR("gpu", "somebody not seen from here")).toStdString()
                                 : process.user;
        const Text said = process.memoryBytes < 0
                              ? text(EMBELLIE_TR("gpu", "{0}: {1}"), user, process.program)
                              : text(EMBELLIE_TR("gpu", "{0}: {1}, {2} GB"), user, process.program,
                                     gigabytes(double(process.memoryBytes)));
        line += QStringLiteral("\n      ") + localised(said);
    }
    return line;
}

QString holdingWord(int gpus, double bytes) {
    const TextPattern pattern = gpus == 1 ? EMBELLIE_TR("gpu", "Holding {0} GPU, {1} GB")
                                          : EMBELLIE_TR("gpu", "Holding {0} GPUs, {1} GB");
    return localised(text(pattern, gpus, gigabytes(bytes)));
}

} // namespace

GpuBadgeText gpuBadgeText(const Devices& devices, const std::vector<GpuUse>& elsewhere,
                          const std::set<pid_t>& ours, const std::string& user, bool heldBefore) {
    std::set<pid_t> mine = ours;
    for (const Gpu& gpu : devices.gpus)
        for (const GpuProcess& process : gpu.processes)
            if (process.user == user && process.program == LearnerName)
                mine.insert(process.pid);
    const GpuHolding here = heldBy(devices, mine);

    GpuBadgeText made;
    QStringList lines;
    if (devices.absence.empty())
        lines << localised(text(EMBELLIE_TR("gpu", "GPUs of {0}:"), devices.host));
    else
        lines << localised(
            text(EMBELLIE_TR("gpu", "{0}: {1}"), devices.host, localised(devices.absence).toStdString()));
    for (const Gpu& gpu : devices.gpus)
        lines << gpuLine(gpu);
    for (const GpuUse& use : elsewhere)
        lines << localised(text(EMBELLIE_TR("gpu", "Run {0} on {1} holds {2} GPU, {3} GB"),
                                use.run.toStdString(), use.site.toStdString(), use.gpus,
                                gigabytes(use.bytes)));
    made.details = lines.join(QLatin1Char('\n'));

    int far = 0;
    double farBytes = 0;
    for (const GpuUse& use : elsewhere) {
        far += use.gpus;
        farBytes += use.bytes;
    }
    using Kind = GpuBadgeText::Kind;
    if (here.gpus > 0) {
        made.kind = Kind::Held;
        made.word = holdingWord(here.gpus + far, double(here.memoryBytes) + farBytes);
    } else if (far > 0) {
        made.kind = Kind::Held;
        const bool oneSite = std::all_of(elsewhere.begin(), elsewhere.end(), [&](const GpuUse& use) {
            return use.site == elsewhere.front().site;
        });
        made.word = holdingWord(far, farBytes);
        if (oneSite)
            made.word = localised(text(EMBELLIE_TR("gpu", "{0}: {1}"), elsewhere.front().site.toStdString(),
                                       (made.word.left(1).toLower() + made.word.mid(1)).toStdString()));
    } else if (heldBefore) {
        made.kind = Kind::Returned;
        made.word = localised(EMBELLIE_TR("gpu", "GPU given back"));
    } else if (!devices.gpus.empty()) {
        made.kind = Kind::Free;
        made.word = localised(EMBELLIE_TR("gpu", "No GPU held"));
    } else {
        made.word = localised(EMBELLIE_TR("gpu", "No GPU here"));
    }
    return made;
}

GpuBadge::GpuBadge(Work& work, std::shared_ptr<DeviceReader> reader, QWidget* parent)
    : QLabel(parent), m_work(work), m_reader(std::move(reader)) {
    setObjectName(QStringLiteral("gpu.badge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
    m_timer.setInterval(AskMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &GpuBadge::refresh);
    m_timer.start();
    refresh();
}

void GpuBadge::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void GpuBadge::setRuns(std::set<pid_t> ours, std::vector<GpuUse> elsewhere) {
    if (ours == m_ours && elsewhere == m_elsewhere)
        return;
    m_ours = std::move(ours);
    m_elsewhere = std::move(elsewhere);
    if (m_devices)
        showDevices(*m_devices);
}

void GpuBadge::refresh() {
    // Without a driver the answer stays the same; only what is held elsewhere then changes.
    if (m_devices && m_devices->gpus.empty() && m_devices->driver.empty()) {
        showDevices(*m_devices);
        return;
    }
    if (m_asking)
        return;
    m_asking = true;
    m_work.run(
        QString(),
        [reader = m_reader](Feedback&) mutable {
            if (!reader)
                reader = std::make_shared<DeviceReader>();
            Devices devices = reader->read();
            return std::pair(std::move(devices), std::move(reader));
        },
        [this](std::pair<Devices, std::shared_ptr<DeviceReader>> read) {
            m_asking = false;
            m_reader = std::move(read.second);
            m_devices = std::move(read.first);
            showDevices(*m_devices);
        },
        [this](const std::exception&) { m_asking = false; }, true);
}

void GpuBadge::showDevices(const Devices& devices) {
    using Kind = GpuBadgeText::Kind;
    const bool saysReturned = m_shown.kind == Kind::Returned && m_returned.elapsed() < ReturnedMilliseconds;
    GpuBadgeText next =
        gpuBadgeText(devices, m_elsewhere, m_ours, userName(), m_shown.kind == Kind::Held || saysReturned);
    if (next.kind == Kind::Returned && m_shown.kind == Kind::Held)
        m_returned.start();
    if (next == m_shown)
        return;
    m_shown = std::move(next);
    setText(m_shown.word);
    setToolTip(m_shown.details);
    setVisible(true);
    updateGeometry();
    update();
}

QSize GpuBadge::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_shown.word) + 14, fontMetrics().height() + 4};
}

void GpuBadge::paintEvent(QPaintEvent*) {
    using Kind = GpuBadgeText::Kind;
    const bool held = m_shown.kind == Kind::Held;
    QPainter painter(this);
    painter.fillRect(rect(), held ? m_theme.warningFill : m_theme.base);
    painter.setPen(held                             ? m_theme.warning
                   : m_shown.kind == Kind::Returned ? m_theme.good
                   : m_shown.kind == Kind::None     ? m_theme.border
                                                    : m_theme.controlBorder);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setPen(m_shown.kind == Kind::None ? m_theme.mutedText : m_theme.text);
    painter.drawText(rect(), Qt::AlignCenter, m_shown.word);
}

} // namespace embellie
