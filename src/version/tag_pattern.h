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

    /// `usage` where {version} is missing or repeated, {component} is repeated, a brace stands
    /// alone, another name stands in braces, or the text has more than 256 characters.
    static Result<TagPattern> parse(std::string_view text);

    /// What `tag` means under this pattern; nothing where it does not match, the version part is no
    /// version, or the component would be empty. Where several splits into component and version
    /// are possible, a version of more numbers wins (up to three), then the shortest component:
    /// "app-2-1.2.3" is version 1.2.3 of app-2, "app-1.2.3-rc.1" is version 1.2.3-rc.1 of app. A
    /// component behind the version does not begin with a word such as "rc".
    std::optional<Match> match(std::string_view tag) const;

    /// The tag that this pattern writes for a version; what `match` found, it writes again. A
    /// pattern without {component} ignores `component`.
    std::string format(const Version& version, std::string_view component = {}) const;

    bool has_component() const { return order_ != Order::version_only; }
    const std::string& str() const { return text_; }

    bool operator==(const TagPattern& other) const { return text_ == other.text_; }

  private:
    TagPattern() = default;
    std::optional<Match> match_component_first(std::string_view middle) const;
    std::optional<Match> match_version_first(std::string_view middle) const;

    std::string text_;
    std::string before_, between_, after_;  // literals around the placeholders
    enum class Order { version_only, component_first, version_first } order_ = Order::version_only;
};

}  // namespace lockstep::version
