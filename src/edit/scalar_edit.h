#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace lockstep::edit {

/// Bytes of a text, and what stands there instead. An empty range is an insertion.
struct ByteEdit {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string after;

    std::size_t end() const { return offset + length; }
    bool operator==(const ByteEdit&) const = default;
};

/// `text` with all of `edits`, which are in order and do not overlap.
std::string applied(std::string_view text, const std::vector<ByteEdit>& edits);

/// A scalar as it stands in a file. One over several lines is known by its first line alone.
struct Scalar {
    enum class Form { plain, single_quoted, double_quoted, text };

    std::size_t offset = 0;
    std::size_t length = 0;  // bytes, quotes included
    Form form = Form::text;

    /// What stands between the quotes, as written.
    std::string_view content(std::string_view file) const;
    std::size_t content_offset() const;
};

/// What a place is in: a text has no scalars, so that its ranges are taken as they are.
enum class Syntax { yaml, text };

/// The scalar at a place of `file`: `length` characters from line and column of `at`, as
/// manifest::Declaration says it. Nothing where the place is
/// not in the file.
std::optional<Scalar> find_scalar(std::string_view file, const Location& at, unsigned length,
                                  Syntax syntax);

/// Replaces `length` bytes at `offset` of the scalar's content by `after`. A plain scalar that
/// would be read as anything but a text then gets quotes. Nothing where `after` holds a character
/// that may mean something to YAML, or the bytes are not in the scalar.
std::optional<ByteEdit> replace_part(std::string_view file, const Scalar& scalar,
                                     std::size_t offset, std::size_t length,
                                     std::string_view after);

}  // namespace lockstep::edit
