#include "git/delta.h"

namespace lockstep::git {

namespace {

/// Seven bits in each byte, the lowest first; the highest bit says that there is more.
std::optional<std::uint64_t> read_size(std::string_view text, std::size_t& at) {
    std::uint64_t size = 0;
    for (unsigned shift = 0; at < text.size() && shift < 63; shift += 7) {
        const auto byte = static_cast<unsigned char>(text[at++]);
        size |= static_cast<std::uint64_t>(byte & 0x7fu) << shift;
        if ((byte & 0x80u) == 0) return size;
    }
    return std::nullopt;
}

/// The bytes of a number that `present` has a bit for, the lowest first; the others are zero.
std::optional<std::uint32_t> read_sparse(std::string_view text, std::size_t& at, unsigned present) {
    std::uint32_t number = 0;
    for (unsigned shift = 0; present != 0; present >>= 1u, shift += 8) {
        if ((present & 1u) == 0) continue;
        if (at == text.size()) return std::nullopt;
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[at++])) << shift;
    }
    return number;
}

constexpr std::uint32_t copied_by_default = 0x10000;

}  // namespace

std::optional<DeltaSizes> read_delta_sizes(std::string_view delta) {
    DeltaSizes sizes;
    const auto base = read_size(delta, sizes.length);
    const auto result = base ? read_size(delta, sizes.length) : std::nullopt;
    if (!result) return std::nullopt;
    sizes.base = *base;
    sizes.result = *result;
    return sizes;
}

std::optional<std::string> apply_delta(std::string_view base, std::string_view delta,
                                       std::size_t bytes_max) {
    const auto sizes = read_delta_sizes(delta);
    if (!sizes || sizes->base != base.size() || sizes->result > bytes_max) return std::nullopt;
    std::string result;
    result.reserve(sizes->result);
    for (std::size_t at = sizes->length; at < delta.size();) {
        const auto instruction = static_cast<unsigned char>(delta[at++]);
        std::string_view piece;
        if ((instruction & 0x80u) != 0) {
            const auto offset = read_sparse(delta, at, instruction & 0x0fu);
            const auto length = read_sparse(delta, at, (instruction >> 4u) & 0x07u);
            if (!offset || !length || *offset > base.size()) return std::nullopt;
            const std::size_t size = *length == 0 ? copied_by_default : *length;
            if (size > base.size() - *offset) return std::nullopt;
            piece = base.substr(*offset, size);
        } else {
            // Zero is reserved.
            if (instruction == 0 || instruction > delta.size() - at) return std::nullopt;
            piece = delta.substr(at, instruction);
            at += instruction;
        }
        if (piece.size() > sizes->result - result.size()) return std::nullopt;
        result += piece;
    }
    if (result.size() != sizes->result) return std::nullopt;
    return result;
}

}  // namespace lockstep::git
