#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lockstep::version {

/// A semantic version (semver.org 2.0.0), read leniently as real tags write it: one, two or more
/// than three numbers pass ("1", "1.2", "1.2.3.4"), and so does a pre-release without its dash
/// ("1.2.0rc1", "1.2.0.beta2"). A leading "v" does not belong to the version and is refused here
/// (tag patterns remove it).
///
/// Order and equality are semver's precedence: missing numbers count as 0, build metadata does not
/// count, and the real-world forms "rc1", "rc.1" and "rc-1" of a pre-release order alike (digits
/// split from letters).
class Version {
  public:
    /// `invalid` with what is wrong: no number at the start, leading zeros in a number of a
    /// three-part version that does not begin with a year, an empty identifier, characters outside
    /// [0-9A-Za-z.+-], a number over 2^63-1, more than 256 characters.
    static Result<Version> parse(std::string_view text);

    std::vector<std::uint64_t> numbers() const;
    std::size_t number_count() const { return number_count_; }
    std::uint64_t major() const { return number(0); }
    std::uint64_t minor() const { return number(1); }
    std::uint64_t patch() const { return number(2); }
    /// Without '-'; empty: a final release.
    std::string_view prerelease() const { return part(prerelease_begin_, prerelease_end_); }
    /// Without '+'.
    std::string_view build() const { return part(build_begin_, text_.size()); }
    bool is_prerelease() const { return prerelease_begin_ < prerelease_end_; }

    /// As written.
    const std::string& str() const { return text_; }

    std::strong_ordering operator<=>(const Version& other) const {
        return order_ != other.order_ ? order_ <=> other.order_ : compare_whole(other);
    }
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }

    /// The final version that a pre-release leads to; itself without pre-release and build.
    Version core() const;

  private:
    Version() = default;
    /// The number at `index`; 0 where it is not written.
    std::uint64_t number(std::size_t index) const;
    std::strong_ordering compare_whole(const Version& other) const;
    std::string_view part(std::size_t begin, std::size_t end) const {
        return std::string_view(text_).substr(begin, end - begin);
    }

    /// A history holds as many versions as it has tags, so a version is its text and where its
    /// parts stand in it; the first numbers stand ready to be compared.
    std::string text_;
    std::uint64_t order_ = 0;
    std::uint16_t numbers_end_ = 0;
    std::uint16_t number_count_ = 0;
    std::uint16_t prerelease_begin_ = 0, prerelease_end_ = 0;
    std::uint16_t build_begin_ = 0;
};

}  // namespace lockstep::version
