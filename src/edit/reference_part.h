#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "manifest/declaration.h"

namespace lockstep::edit {

/// Where a scalar says the version of a declaration.
struct Part {
    std::size_t offset = 0;
    std::size_t length = 0;
    bool is_reference = false;  // stands behind the name of an image, and may hold a pin; else the
                                // version alone
};

/// The tag (with its pin, without the colon) or version of `declaration` in `content`. Of an image
/// without one the place behind its name, `length` 0. Nothing where `content` does not hold it
/// literally, or more than once.
std::optional<Part> find_part(std::string_view content, const manifest::Declaration& declaration);

}  // namespace lockstep::edit
