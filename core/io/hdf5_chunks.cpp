#include "core/io/hdf5_chunks.h"

#include "core/io/hdf5.h"

#include <cstring>
#include <libdeflate.h>
#include <memory>

namespace embellie {

namespace {

struct Layout {
    std::vector<hsize_t> chunk;
    bool shuffled = false;
};

std::optional<Layout> layoutOf(hid_t dataset, std::size_t rank) {
    const Hdf5Handle plan(H5Dget_create_plist(dataset), H5Pclose);
    if (rank == 0 || H5Pget_layout(plan) != H5D_CHUNKED)
        return std::nullopt;
    Layout layout;
    layout.chunk.resize(rank);
    if (H5Pget_chunk(plan, static_cast<int>(rank), layout.chunk.data()) != static_cast<int>(rank))
        return std::nullopt;
    const int filters = H5Pget_nfilters(plan);
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        const H5Z_filter_t filter =
            H5Pget_filter2(plan, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
        const bool last = i == filters - 1;
        if (filter == H5Z_FILTER_SHUFFLE && !last && i == 0)
            layout.shuffled = true;
        else if (filter != H5Z_FILTER_DEFLATE || !last)
            return std::nullopt;
    }
    return filters > 0 ? std::optional(layout) : std::nullopt;
}

// Shuffle stores the first bytes of all elements, then all second bytes, and so on.
void unshuffle(const std::byte* from, std::byte* to, std::size_t count, std::size_t elementBytes) {
    for (std::size_t byte = 0; byte < elementBytes; ++byte)
        for (std::size_t i = 0; i < count; ++i)
            to[i * elementBytes + byte] = from[byte * count + i];
}

// Copies what of a chunk lies inside the array, a row of the last axis at a time.
void place(const std::byte* chunk, const std::vector<hsize_t>& sizes, const std::vector<hsize_t>& offset,
           RawArray& raw) {
    const std::size_t rank = sizes.size();
    const std::size_t bytes = raw.elementBytes;
    std::vector<std::size_t> inside(rank), index(rank, 0);
    for (std::size_t d = 0; d < rank; ++d)
        inside[d] = std::min<std::size_t>(sizes[d], raw.shape[d] - offset[d]);
    while (true) {
        std::size_t source = 0, target = 0;
        for (std::size_t d = 0; d < rank; ++d) {
            source = source * sizes[d] + index[d];
            target = target * raw.shape[d] + offset[d] + index[d];
        }
        std::memcpy(raw.bytes.data() + target * bytes, chunk + source * bytes, inside[rank - 1] * bytes);
        std::size_t d = rank - 1;
        while (d > 0 && ++index[d - 1] == inside[d - 1])
            index[--d] = 0;
        if (d == 0)
            return;
    }
}

} // namespace

bool readChunks(hid_t dataset, RawArray& raw) {
    const std::size_t rank = raw.shape.size();
    const auto layout = layoutOf(dataset, rank);
    if (!layout)
        return false;
    std::size_t chunkBytes = raw.elementBytes;
    bool whole = true;
    for (std::size_t d = 0; d < rank; ++d) {
        chunkBytes *= layout->chunk[d];
        whole &= layout->chunk[d] == raw.shape[d];
    }
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    std::vector<std::byte> packed, plain(chunkBytes), shuffled(layout->shuffled ? chunkBytes : 0);
    std::vector<hsize_t> offset(rank, 0);
    while (true) {
        hsize_t stored = 0;
        if (H5Dget_chunk_storage_size(dataset, offset.data(), &stored) < 0 || stored == 0)
            return false;
        packed.resize(stored);
        std::uint32_t skippedFilters = 0;
        if (H5Dread_chunk(dataset, H5P_DEFAULT, offset.data(), &skippedFilters, packed.data()) < 0 ||
            skippedFilters != 0)
            return false;
        std::byte* const target = whole ? raw.bytes.data() : plain.data();
        std::byte* const inflated = layout->shuffled ? shuffled.data() : target;
        if (libdeflate_zlib_decompress(inflater.get(), packed.data(), packed.size(), inflated, chunkBytes,
                                       nullptr) != LIBDEFLATE_SUCCESS)
            return false;
        if (layout->shuffled)
            unshuffle(shuffled.data(), target, chunkBytes / raw.elementBytes, raw.elementBytes);
        if (whole)
            return true;
        place(plain.data(), layout->chunk, offset, raw);
        std::size_t d = rank;
        while (d > 0 && (offset[d - 1] += layout->chunk[d - 1]) >= raw.shape[d - 1])
            offset[--d] = 0;
        if (d == 0)
            return true;
    }
}

} // namespace embellie
