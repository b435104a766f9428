#include "core/base/file.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace embellie {

// Our own, so that a compute node needs no library for it; tested against the vectors of FIPS 180-4.
namespace {

constexpr std::array<std::uint32_t, 64> RoundConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

class Sha256 {
public:
    void add(const char* bytes, std::size_t count) {
        m_length += count;
        while (count > 0) {
            const std::size_t part = std::min(count, m_block.size() - m_filled);
            std::memcpy(m_block.data() + m_filled, bytes, part);
            m_filled += part;
            bytes += part;
            count -= part;
            if (m_filled == m_block.size()) {
                compress();
                m_filled = 0;
            }
        }
    }

    std::string digest() {
        const std::uint64_t bits = m_length * 8;
        const char mark = static_cast<char>(0x80), zero = 0;
        add(&mark, 1);
        while (m_filled != 56)
            add(&zero, 1);
        char length[8];
        for (int i = 0; i < 8; ++i)
            length[i] = static_cast<char>(bits >> (56 - 8 * i));
        add(length, 8);
        static constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (const std::uint32_t word : m_state)
            for (int shift = 28; shift >= 0; shift -= 4)
                out += digits[word >> shift & 15];
        return out;
    }

private:
    void compress() {
        std::array<std::uint32_t, 64> w;
        for (std::size_t i = 0; i < 16; ++i)
            w[i] = static_cast<std::uint32_t>(m_block[4 * i]) << 24 |
                   static_cast<std::uint32_t>(m_block[4 * i + 1]) << 16 |
                   static_cast<std::uint32_t>(m_block[4 * i + 2]) << 8 | m_block[4 * i + 3];
        for (std::size_t i = 16; i < 64; ++i) {
            const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
            const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        auto [a, b, c, d, e, f, g, h] = m_state;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
            const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + RoundConstants[i] + w[i];
            const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
            const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        const std::array<std::uint32_t, 8> sums = {a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i)
            m_state[i] += sums[i];
    }

    std::array<std::uint32_t, 8> m_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> m_block{};
    std::size_t m_filled = 0;
    std::uint64_t m_length = 0;
};

} // namespace

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes.data(), bytes.size());
    return hash.digest();
}

std::string sha256OfFile(const std::filesystem::path& path, Feedback& feedback) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw systemError(EMBELLIE_TR("file", "the file can't be read"), path, errno);
    Sha256 hash;
    std::string block(1 << 20, '\0');
    while (file) {
        feedback.throwIfCancelled();
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.add(block.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad())
        throw systemError(EMBELLIE_TR("file", "the file can't be read"), path, errno);
    return hash.digest();
}

} // namespace embellie
