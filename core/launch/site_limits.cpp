#include "core/launch/site.h"
#include "core/launch/slurm.h"
#include "core/settings/settings.h"

#include <algorithm>

namespace embellie {

namespace {

constexpr std::chrono::minutes UsualTime = std::chrono::hours(12);
constexpr int UsualRequeues = 20;
constexpr std::chrono::minutes PredictionTime{30}; ///< and a minute a file

template <class T>
void fill(T& known, const T& asked, const T& unknown = {}) {
    if (known == unknown)
        known = asked;
}

const Partition* partitionOf(const LaunchSite& site, const std::string& name) {
    if (site.partitions.empty())
        return nullptr;
    if (name.empty()) {
        const auto standard = std::find_if(site.partitions.begin(), site.partitions.end(),
                                           [](const Partition& entry) { return entry.isDefault; });
        return standard == site.partitions.end() ? nullptr : &*standard;
    }
    std::vector<std::string> names;
    std::string list;
    for (const Partition& entry : site.partitions) {
        if (entry.name == name)
            return &entry;
        names.push_back(entry.name);
        list += (list.empty() ? "" : ", ") + entry.name;
    }
    Error error(text(EMBELLIE_TR("launch", "{0} has no partition \"{1}\""), site.label, name));
    error.expected(text(EMBELLIE_TR("launch", "one of {0}"), list)).wrongUse();
    if (const std::string nearest = nearestName(name, names); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("launch", "did you mean \"{0}\"?"), nearest));
    throw error;
}

Error over(Text what, std::string limit, std::string asked) {
    return Error(std::move(what))
        .expected(text(EMBELLIE_TR("launch", "{0} at the most"), limit))
        .found(text(EMBELLIE_TR("launch", "a request for {0}"), asked))
        .wrongUse();
}

void checkOnPartition(const LaunchSite& site, const Partition& partition, const Resources& asked) {
    if (partition.maxTime.count() > 0 && asked.time > partition.maxTime)
        throw over(text(EMBELLIE_TR("launch",
                                    "the wall time is longer than the partition {0} of {1} allows, and the "
                                    "job would wait for ever"),
                        partition.name, site.label),
                   wallTimeText(partition.maxTime), wallTimeText(asked.time))
            .remedy(text(EMBELLIE_TR(
                "launch", "ask for less: at its end the run is continued by itself, as often as you allow")));
    if (partition.gpusPerNode == 0 && asked.gpus > 0 && partition.nodes > 0)
        throw Error(text(EMBELLIE_TR("launch", "the nodes of the partition {0} of {1} have no GPU"),
                         partition.name, site.label))
            .remedy(text(EMBELLIE_TR("launch", "choose another partition, or no GPU")))
            .wrongUse();
    const int nodes = nodesFor(site, asked);
    if (partition.nodes > 0 && nodes > partition.nodes)
        throw over(text(EMBELLIE_TR("launch", "more GPUs than the partition {0} of {1} has"), partition.name,
                        site.label),
                   std::to_string(partition.nodes * partition.gpusPerNode), std::to_string(asked.gpus));
    if (asked.gpus % nodes != 0)
        throw Error(
            text(EMBELLIE_TR("launch", "{0} GPUs can't be spread evenly over {1} nodes"), asked.gpus, nodes))
            .remedy(text(EMBELLIE_TR("launch", "ask for a multiple of {0}"), partition.gpusPerNode))
            .wrongUse();
    // Over the loopback they would wait for one another in vain.
    if (nodes > 1 && site.rankInterface.empty())
        throw Error(
            text(EMBELLIE_TR("launch", "these GPUs lie on {0} nodes, and how processes of several nodes "
                                       "of {1} reach one another is not known"),
                 nodes, site.label))
            .in(site.file)
            .expected(text(EMBELLIE_TR("launch", "rank_interface = \"…\", a network interface of the nodes")))
            .remedy(text(EMBELLIE_TR("launch", "ask for {0} GPUs at the most, or add it to the site's file"),
                         partition.gpusPerNode))
            .wrongUse();
    const int ranksPerNode = (asked.ranks + nodes - 1) / nodes;
    if (partition.cpusPerNode > 0 && ranksPerNode * asked.cpus > partition.cpusPerNode)
        throw over(text(EMBELLIE_TR("launch", "more cores than a node of the partition {0} of {1} has"),
                        partition.name, site.label),
                   std::to_string(partition.cpusPerNode), std::to_string(ranksPerNode * asked.cpus));
    if (partition.memoryMbPerNode > 0 && asked.memoryMb > partition.memoryMbPerNode)
        throw over(text(EMBELLIE_TR("launch", "more memory than a node of the partition {0} of {1} has"),
                        partition.name, site.label),
                   std::to_string(partition.memoryMbPerNode) + " MB", std::to_string(asked.memoryMb) + " MB");
}

} // namespace

LaunchSite completeSite(LaunchSite site) {
    if (site.kind != SiteKind::Slurm)
        return site;
    const bool told = !site.partitions.empty();
    for (const Partition& asked : slurm::partitions()) {
        const auto known = std::find_if(site.partitions.begin(), site.partitions.end(),
                                        [&](const Partition& entry) { return entry.name == asked.name; });
        if (known == site.partitions.end()) {
            if (!told) // a file that names some offers those alone
                site.partitions.push_back(asked);
            continue;
        }
        fill(known->maxTime, asked.maxTime);
        fill(known->nodes, asked.nodes);
        fill(known->gpusPerNode, asked.gpusPerNode);
        fill(known->cpusPerNode, asked.cpusPerNode);
        fill(known->memoryMbPerNode, asked.memoryMbPerNode);
        known->isDefault = known->isDefault || asked.isDefault;
    }
    return site;
}

int nodesFor(const LaunchSite& site, const Resources& resources) {
    const Partition* partition = partitionOf(site, resources.partition);
    if (!partition || partition->gpusPerNode == 0 || resources.gpus <= partition->gpusPerNode)
        return 1;
    return (resources.gpus + partition->gpusPerNode - 1) / partition->gpusPerNode;
}

Resources checkResources(const LaunchSite& site, const Resources& wanted) {
    Resources asked = wanted;
    const Resources& standard = site.standard;
    fill(asked.partition, standard.partition);
    const Partition* partition = partitionOf(site, asked.partition);
    fill(asked.time, standard.time);
    if (asked.time.count() == 0)
        asked.time =
            partition && partition->maxTime.count() > 0 ? std::min(UsualTime, partition->maxTime) : UsualTime;
    fill(asked.gpus, standard.gpus, -1);
    fill(asked.gpus, partition && partition->gpusPerNode > 0 ? 1 : 0, -1);
    fill(asked.ranks, standard.ranks);
    fill(asked.ranks, std::max(1, asked.gpus));
    fill(asked.cpus, standard.cpus);
    fill(asked.memoryMb, standard.memoryMb);
    fill(asked.maxRequeues, standard.maxRequeues, -1);
    fill(asked.maxRequeues, UsualRequeues, -1);
    if (site.inner != SiteKind::Slurm)
        return asked;

    if (asked.partition.starts_with('-') || asked.partition.find_first_of(" \t\n,") != std::string::npos)
        throw Error(text(EMBELLIE_TR("launch", "\"{0}\" can't be the name of a partition"), asked.partition))
            .wrongUse();
    if (asked.time <= std::chrono::duration_cast<std::chrono::minutes>(site.warning))
        throw Error(text(EMBELLIE_TR("launch", "the wall time is over before a checkpoint could be written")))
            .expected(text(EMBELLIE_TR("launch", "more than the {0} s that the warning comes before the end"),
                           site.warning.count()))
            .found(text(EMBELLIE_TR("launch", "a request for {0}"), wallTimeText(asked.time)))
            .wrongUse();
    if (site.gpusPerUser > 0 && asked.gpus > site.gpusPerUser)
        throw over(text(EMBELLIE_TR("launch",
                                    "more GPUs than {0} gives one person, and the job would wait for ever"),
                        site.label),
                   std::to_string(site.gpusPerUser), std::to_string(asked.gpus));
    if (asked.gpus > 0 && asked.ranks != asked.gpus)
        throw Error(text(EMBELLIE_TR("launch", "{0} ranks can't share {1} GPUs"), asked.ranks, asked.gpus))
            .expected(text(EMBELLIE_TR("launch", "one rank a GPU")))
            .wrongUse();
    if (partition)
        checkOnPartition(site, *partition, asked);
    return asked;
}

Resources predictionResources(const LaunchSite& site, const Resources& trained, const Resources& changed,
                              std::size_t files) {
    Resources wanted = changed;
    fill(wanted.partition, trained.partition);
    fill(wanted.partition, site.standard.partition);
    fill(wanted.cpus, trained.cpus);
    fill(wanted.memoryMb, trained.memoryMb);
    const Partition* partition = partitionOf(site, wanted.partition);
    if (wanted.gpus > 1)
        throw over(text(EMBELLIE_TR("launch", "more GPUs than a prediction can use")), "1",
                   std::to_string(wanted.gpus));
    if (wanted.gpus < 0 && partition && partition->nodes > 0 && partition->gpusPerNode == 0)
        wanted.gpus = 0;
    fill(wanted.gpus,
         trained.gpus < 0 ? (partition && partition->gpusPerNode > 0 ? 1 : 0) : std::min(1, trained.gpus),
         -1);
    if (wanted.time.count() == 0) {
        wanted.time = PredictionTime + std::chrono::minutes(files);
        if (partition && partition->maxTime.count() > 0)
            wanted.time = std::min(wanted.time, partition->maxTime);
    }
    wanted.ranks = 1;
    wanted.maxRequeues = 0; // it begins anew each time: nothing would be won
    return checkResources(site, wanted);
}

int runsAtOnce(const LaunchSite& site, const Resources& resources) {
    if (site.inner != SiteKind::Slurm)
        return std::max(1, site.sideBySide);
    int most = site.jobsPerUser;
    if (site.gpusPerUser > 0 && resources.gpus > 0) {
        const int byGpus = std::max(1, site.gpusPerUser / resources.gpus);
        most = most == 0 ? byGpus : std::min(most, byGpus);
    }
    return most;
}

} // namespace embellie
