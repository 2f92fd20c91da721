#pragma once

#include <string>
#include <string_view>

/// Foreign text within HTML.
namespace lockstep::report::html {

/// Printable, and nothing of it is a tag.
std::string escaped(std::string_view text);

/// A sentence of ours in which names stand between backquotes.
std::string sentence(std::string_view text);

/// `<name class="type">content</name>`; `content` is HTML.
std::string element(std::string_view name, std::string_view type, const std::string& content);

/// What every page begins with: one that needs nothing else, no script, font or picture from
/// elsewhere, and a policy that would forbid them. `title` is text.
std::string head(std::string_view title, std::string_view tool_version);

}  // namespace lockstep::report::html
