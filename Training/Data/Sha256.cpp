#include "Training/Data/Sha256.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace organum::training
{
namespace
{

constexpr std::array<std::uint32_t, 64> roundConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t rotated(std::uint32_t x, int n)
{
    return (x >> n) | (x << (32 - n));
}

void addBlock(std::array<std::uint32_t, 8>& hash, const std::uint8_t* block)
{
    std::array<std::uint32_t, 64> w;
    for (std::size_t i = 0; i < 16; ++i)
        w[i] = std::uint32_t{block[4 * i]} << 24 | std::uint32_t{block[4 * i + 1]} << 16 |
               std::uint32_t{block[4 * i + 2]} << 8 | block[4 * i + 3];
    for (std::size_t i = 16; i < 64; ++i) {
        const auto s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ (w[i - 15] >> 3);
        const auto s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t i = 0; i < 64; ++i) {
        const auto s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
        const auto t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i] + w[i];
        const auto s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
        const auto t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i)
        hash[i] += added[i];
}

/** Takes bytes as they come, so that a file of any size needs no memory of its size. */
class Hasher
{
public:
    void add(const std::uint8_t* data, std::size_t size)
    {
        bytes += size;
        if (!waiting.empty()) {
            const auto taken = std::min(size, block - waiting.size());
            waiting.insert(waiting.end(), data, data + taken);
            data += taken;
            size -= taken;
            if (waiting.size() < block)
                return;
            addBlock(hash, waiting.data());
            waiting.clear();
        }
        for (; size >= block; data += block, size -= block)
            addBlock(hash, data);
        waiting.assign(data, data + size);
    }

    std::string finish()
    {
        const auto bits = bytes * 8;
        waiting.push_back(0x80);
        while (waiting.size() % block != block - 8)
            waiting.push_back(0);
        for (int shift = 56; shift >= 0; shift -= 8)
            waiting.push_back(static_cast<std::uint8_t>(bits >> shift));
        for (std::size_t i = 0; i < waiting.size(); i += block)
            addBlock(hash, waiting.data() + i);

        constexpr char digits[] = "0123456789abcdef";
        std::string text;
        for (const auto word : hash)
            for (int shift = 28; shift >= 0; shift -= 4)
                text += digits[word >> shift & 15];
        return text;
    }

private:
    static constexpr std::size_t block = 64;
    std::array<std::uint32_t, 8> hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::vector<std::uint8_t> waiting; ///< less than a block
    std::uint64_t bytes = 0;
};

} // namespace

std::string sha256(const void* bytes, std::size_t size)
{
    Hasher hasher;
    hasher.add(static_cast<const std::uint8_t*>(bytes), size);
    return hasher.finish();
}

std::string sha256OfFile(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    Hasher hasher;
    std::vector<char> part(1 << 16);
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0)
        hasher.add(reinterpret_cast<const std::uint8_t*>(part.data()),
                   static_cast<std::size_t>(in.gcount()));
    if (!in.is_open() || in.bad())
        throw std::runtime_error("Could not read " + file.string() +
                                 " to compute its checksum. Is it readable?");
    return hasher.finish();
}

} // namespace organum::training
