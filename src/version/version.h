#pragma once

#include <compare>
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

    const std::vector<std::uint64_t>& numbers() const { return numbers_; }
    std::uint64_t major() const { return number(0); }
    std::uint64_t minor() const { return number(1); }
    std::uint64_t patch() const { return number(2); }
    /// Without '-'; empty: a final release.
    const std::string& prerelease() const { return prerelease_; }
    /// Without '+'.
    const std::string& build() const { return build_; }
    bool is_prerelease() const { return !prerelease_.empty(); }

    /// As written.
    const std::string& str() const { return text_; }

    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }

    /// The final version that a pre-release leads to; itself without pre-release and build.
    Version core() const;

  private:
    Version() = default;
    /// The number at `index`; 0 where it is not written.
    std::uint64_t number(std::size_t index) const {
        return index < numbers_.size() ? numbers_[index] : 0;
    }

    std::string text_;
    std::vector<std::uint64_t> numbers_;
    std::string prerelease_;
    std::string build_;
};

}  // namespace lockstep::version
