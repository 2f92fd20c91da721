#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"

namespace lockstep::record {

/// Most entries of one list.
inline constexpr std::size_t entries_max = 10'000;

/// One JSON object of a record, read field by field; each is `invalid`, with its place, where it is
/// not what it must be. Members that nobody asks for are nobody's business. Borrows the value.
class Fields {
  public:
    static Result<Fields> of(const json::Value& value, std::string document,
                             std::string place = {});

    const std::string& document() const { return document_; }

    Result<std::int64_t> integer(std::string_view key) const;
    /// One line that is not empty and that is safe to print: no control characters.
    Result<std::string> text(std::string_view key) const;
    /// The same; empty where it is null or absent.
    Result<std::string> optional_text(std::string_view key) const;
    /// The hexadecimal name of a Git object, of 40 or 64 digits.
    Result<std::string> object_id(std::string_view key) const;
    Result<std::string> optional_object_id(std::string_view key) const;
    /// "sha256:…", or of one of the other algorithms that OCI registers.
    Result<std::string> digest(std::string_view key) const;
    /// A directory relative to the root of a tree, normal: no "..", no doubled slash. The root
    /// itself is written "." and gives an empty one.
    Result<std::string> path(std::string_view key) const;
    /// One for each object of a list.
    Result<std::vector<Fields>> objects(std::string_view key) const;

    /// "`images[2].digest` is …", with the document as its location.
    std::unexpected<Error> invalid(std::string_view key, std::string_view what) const;

  private:
    Fields(const json::Value& object, std::string document, std::string place)
        : object_(&object), document_(std::move(document)), place_(std::move(place)) {}
    std::string place_of(std::string_view key) const;

    const json::Value* object_;
    std::string document_, place_;
};

}  // namespace lockstep::record
