#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lockstep::version {

/// A semantic version (semver.org 2.0.0), read leniently as real tags write it: one, two or more
/// than three numbers pass
/// ("1", "1.2", "1.2.3.4"); a leading "v" does not belong to the version and is refused here (tag
/// patterns remove it).
///
/// Order and equality are semver's precedence: missing numbers count as 0, build metadata does not
/// count, and the real-world forms "rc1", "rc.1" and "rc-1" of a pre-release order alike (digits
/// split from letters).
class Version {
  public:
    /// `invalid` with what is wrong: no number at the start, leading zeros in a number of a
    /// three-part version, an empty identifier, characters outside [0-9A-Za-z.+-], a number over
    /// 2^63-1, more than 256 characters.
    static Result<Version> parse(std::string_view text);

    const std::vector<std::uint64_t>& numbers() const { return numbers_; }
    std::uint64_t major() const;
    std::uint64_t minor() const;
    std::uint64_t patch() const;
    const std::string& prerelease() const {
        return prerelease_;
    }                                                    // without '-'; empty: a final release
    const std::string& build() const { return build_; }  // without '+'
    bool is_prerelease() const { return !prerelease_.empty(); }

    /// As written.
    const std::string& str() const { return text_; }

    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const;

    /// The final version that a pre-release leads to; itself without pre-release and build.
    Version core() const;

  private:
    std::string text_;
    std::vector<std::uint64_t> numbers_;
    std::string prerelease_;
    std::string build_;
};

}  // namespace lockstep::version
