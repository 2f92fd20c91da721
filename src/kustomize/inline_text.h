#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "kustomize/kustomization.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// Finds the places of a text that stands inside another file: an inline patch is parsed alone, but
/// people want to know the line of their kustomization file. Exact for literal blocks; for texts
/// written otherwise every place is that of the whole text.
class InlineText {
  public:
    /// `text` as parsed alone: the value without the blanks around it, which the constructor cuts.
    explicit InlineText(const Text& written);

    std::string_view text() const { return text_; }

    /// Gives all nodes below `root` their places in the file.
    void place(yaml::Node& root) const;
    /// Gives an error of the text alone its place in the file.
    void place(Error& error) const;

  private:
    void find_lines(const Text& written, std::string_view before);
    yaml::Mark placed(const yaml::Mark& mark) const;

    std::string_view text_;
    yaml::Mark whole_;
    std::size_t first_column_ = 0;     // bytes cut from the first line
    std::vector<std::size_t> lines_;   // offsets in the file of each line, behind the indentation
    std::vector<std::size_t> starts_;  // offsets in the text of each line
    std::uint32_t first_line_ = 0;     // in the file
    std::uint32_t indentation_ = 0;
};

}  // namespace lockstep::kustomize
