#pragma once

#include "core/learn/torch.h"
#include "core/run/scheduler.h"

#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>

namespace embellie {

/// Which of the processes that learn one run together this one is.
struct RankPlace {
    int rank = 0, size = 1;
    int local = 0;       ///< counted on this machine: chooses the GPU
    int here = 1;        ///< processes that share this machine's cores, as far as is known
    std::string meeting; ///< the folder below RUN/ranks where they meet: the same for all, new at each start
};
/// By the variables of startRanks(), else of srun; alone without either.
RankPlace rankPlace(const Environment& environment);

/// Another rank is gone or silent: nothing can go on without it.
class RanksLost : public std::exception {
public:
    enum class Why { Gone, Silent, Failed, Memory };
    RanksLost(Why why, int rank, std::string sentence)
        : m_why(why), m_rank(rank), m_sentence(std::move(sentence)) {}
    Why why() const { return m_why; }
    int rank() const { return m_rank; } ///< -1: not known which
    const char* what() const noexcept override { return m_sentence.c_str(); }

private:
    Why m_why;
    int m_rank;
    std::string m_sentence;
};

/// The processes that learn one run together: they meet over a file in RUN/ranks/MEETING (mode 0700) and
/// exchange tensors over sockets of one interface (Gloo; tensors on a GPU by NCCL where it is built in), as
/// long as this object lives. Every function is called by all ranks in the same order, from one thread at a
/// time. A rank that is gone or silent for longer than the time-out is an error of each of them.
class Ranks {
public:
    struct Plan {
        RankPlace place{};
        std::filesystem::path run{};
        std::chrono::milliseconds timeout = std::chrono::minutes(2);
        std::string interface {};           ///< name of the network interface; loopback where empty
        torch::Device device = torch::kCPU; ///< of the tensors of later()
    };
    /// Meets the others. @throws Error, RanksLost where they do not come, Cancelled when asked to stop
    /// meanwhile
    explicit Ranks(Plan plan);
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int rank() const;
    int size() const;

    /// The sum over the ranks, on the CPU whatever the device. @throws RanksLost
    torch::Tensor sum(const torch::Tensor& tensor);
    /// (rank, …): everyone's. @throws RanksLost
    torch::Tensor gathered(const torch::Tensor& tensor);
    /// Makes every rank's tensor that of rank 0. @throws RanksLost
    void takeFirst(torch::Tensor tensor);
    /// Returns when all are here; waits as long as the others' pulses beat. @throws RanksLost
    void meet();

    /// A sum on its way.
    class Later {
    public:
        virtual ~Later() = default;
        /// @throws RanksLost
        virtual void wait() = 0;
    };
    /// Begins to sum @p tensor in place, beside what the caller does next.
    std::unique_ptr<Later> later(torch::Tensor tensor);

    /// This rank goes on alone or ends: leaves a word for those who find it gone (none where it is empty).
    /// @p memory: it needs the batch in more parts.
    void leave(const std::string& sentence, bool memory);
    /// After RanksLost: the lowest rank that is not lost says so in the run.
    bool speaksWithout(int lost) const;
    /// Kills rank 0 where it is known to be silent on this machine, so that its lock is free.
    void endFirst();

private:
    class Group;
    std::unique_ptr<Group> m_group;
};

} // namespace embellie
