#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "version/version.h"

namespace lockstep::version {

/// How a surface writes a version: "v{version}", "component/v{version}", "{component}-{version}".
/// `{version}` once, `{component}` at most once, everything else literal.
class TagPattern {
  public:
    struct Match {
        Version version;
        std::string component;  // empty where the pattern has no {component}
    };

    /// `usage` where {version} is missing or repeated, a brace is open, or another name stands in
    /// braces.
    static Result<TagPattern> parse(std::string_view text);

    /// What `tag` means under this pattern; nothing where it does not match or the version part is
    /// no version.
    std::optional<Match> match(std::string_view tag) const;

    /// The tag that this pattern writes for a version.
    std::string format(const Version& version, std::string_view component = {}) const;

    const std::string& str() const { return text_; }

  private:
    std::string text_;
    std::string before_, between_, after_;  // literals around the placeholders
    enum class Order { version_only, component_first, version_first } order_ = Order::version_only;
};

}  // namespace lockstep::version
