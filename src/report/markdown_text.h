#pragma once

#include <string>
#include <string_view>

/// Foreign text in Markdown.
namespace lockstep::report {

/// Text in which nothing is Markdown or HTML.
std::string plain(std::string_view text);

/// A code span that its content cannot end.
std::string code(std::string_view text);

/// The same within a table, where `|` would end the cell.
std::string cell_code(std::string_view text);

/// A sentence of ours in which names stand between backquotes.
std::string sentence(std::string_view text);

}  // namespace lockstep::report
