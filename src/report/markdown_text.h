#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Foreign text within Markdown.
namespace lockstep::report::markdown {

/// Text in which nothing is Markdown or HTML.
std::string plain(std::string_view text);

/// How often `wanted` stands in a row at most: a fence must be longer.
std::size_t longest_run(std::string_view text, char wanted);

/// A code span that its content cannot end.
std::string code(std::string_view text);

/// The same within a table, where `|` would end the cell.
std::string cell_code(std::string_view text);

/// A sentence of ours in which names stand between backquotes.
std::string sentence(std::string_view text);

}  // namespace lockstep::report::markdown
