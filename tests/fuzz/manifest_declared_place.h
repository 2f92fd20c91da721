#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/check.h"
#include "manifest/declaration.h"

/// The byte at which the character `count` (from 0) of `text` begins.
inline std::size_t byte_of(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && count-- == 0) break;
    return at;
}

/// A caret below the excerpt stands under a text that holds what was declared.
inline void check_place(const lockstep::manifest::Declaration& each) {
    CHECK(each.at.line > 0 && each.at.column > 0);
    if (each.excerpt.empty()) return;
    const std::size_t begin = byte_of(each.excerpt, each.at.column - 1);
    const std::size_t end = byte_of(each.excerpt, each.at.column - 1 + each.length);
    const std::string_view marked = std::string_view(each.excerpt).substr(begin, end - begin);
    const bool cut = end == each.excerpt.size();
    CHECK(cut || marked.find(each.declared) != std::string_view::npos);
}
