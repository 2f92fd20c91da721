#include "edit/changelog.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace lockstep::edit {

namespace {

struct Line {
    std::size_t offset = 0;
    unsigned number = 0;
    std::string_view text;  // without its line break

    std::size_t end() const { return offset + text.size(); }
};

/// The lines outside of fenced code.
std::vector<Line> lines_of(std::string_view file) {
    std::vector<Line> lines;
    std::string_view fence;
    unsigned number = 0;
    for (std::size_t at = 0; at < file.size();) {
        const std::size_t end = std::min(file.find('\n', at), file.size());
        std::string_view text = file.substr(at, end - at);
        if (text.ends_with('\r')) text.remove_suffix(1);
        ++number;
        const bool is_fence = text.starts_with("```") || text.starts_with("~~~");
        if (is_fence && fence.empty())
            fence = text.substr(0, 3);
        else if (!fence.empty() && text.starts_with(fence))
            fence = {};
        else if (fence.empty())
            lines.push_back({at, number, text});
        else
            lines.push_back({at, number, "code"});
        at = end + 1;
    }
    return lines;
}

bool is_same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        };
        return lower(x) == lower(y);
    });
}

/// What a heading of the second level names: "1.2.0" of "## [1.2.0] - 2026-11-28".
struct Heading {
    std::string_view name;
    bool has_brackets = false;
};
std::optional<Heading> heading(std::string_view line) {
    if (!line.starts_with("## ")) return std::nullopt;
    line.remove_prefix(3);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with('[')) return Heading{line.substr(1, line.find(']') - 1), true};
    return Heading{line.substr(0, line.find_first_of(" \t(")), false};
}

/// "[Unreleased]: https://…"
std::optional<std::string_view> link_name(std::string_view line) {
    const std::size_t end = line.find("]:");
    if (!line.starts_with('[') || end == std::string_view::npos) return std::nullopt;
    return line.substr(1, end - 1);
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

class Changelog {
  public:
    Changelog(std::string_view path, std::string_view text, const Options& options)
        : path_(path), text_(text), options_(options), lines_(lines_of(text)) {}

    Result<ChangelogEdit> release() {
        find_headings();
        if (unreleased_ == nullptr) {
            if (released_ != nullptr) return unchanged();
            return fail(Error::Kind::unsupported, "the change log has no section `## [Unreleased]`",
                        "add one with what is new in this version, see https://keepachangelog.com",
                        Location{std::string(path_), 1, 0});
        }
        if (released_ != nullptr) {
            if (!is_anything_unreleased()) return unchanged();
            return fail(Error::Kind::conflict,
                        "`" + std::string(released_->text) +
                            "` is there already, and something is unreleased besides",
                        "move it by hand, or release another version", at(*unreleased_));
        }
        add_heading();
        follow_links();
        return std::move(edit_);
    }

  private:
    bool is_version(std::string_view name) const {
        return name == options_.version || name == options_.tag;
    }

    void find_headings() {
        for (const Line& line : lines_) {
            const auto found = heading(line.text);
            if (!found) continue;
            if (is_same_word(found->name, "unreleased")) {
                if (unreleased_ == nullptr) unreleased_ = &line;
            } else {
                if (is_version(found->name) && released_ == nullptr) released_ = &line;
                if (former_.empty()) former_ = found->name;
            }
        }
    }

    bool is_anything_unreleased() const {
        for (const Line* line = unreleased_ + 1; line != lines_.data() + lines_.size(); ++line) {
            if (line->text.starts_with("## ") || link_name(line->text)) return false;
            if (!is_blank(line->text)) return true;
        }
        return false;
    }

    ChangelogEdit unchanged() {
        edit_.section_line = released_->number;
        return std::move(edit_);
    }

    Location at(const Line& line, std::size_t offset = 0) const {
        return {std::string(path_), line.number, static_cast<unsigned>(offset) + 1};
    }

    std::string_view line_break() const {
        const std::size_t end = unreleased_->end();
        return text_.substr(end).starts_with("\r\n") ? "\r\n" : "\n";
    }

    /// The version as the headings write it.
    std::string name() const {
        return former_.starts_with('v') && options_.tag.starts_with('v') ? options_.tag
                                                                         : options_.version;
    }

    void add_heading() {
        const bool has_brackets = heading(unreleased_->text)->has_brackets;
        const std::string title = has_brackets ? "## [" + name() + "]" : "## " + name();
        const std::string line = title + " - " + options_.date;
        const std::string eol(line_break());
        add({unreleased_->end(), 0, eol + eol + line}, at(*unreleased_), "", line);
    }

    void add(ByteEdit edit, Location at, std::string before, std::string after) {
        edit_.edits.push_back(std::move(edit));
        edit_.replacements.push_back(
            {std::move(at), std::move(before), std::move(after), "CHANGELOG"});
    }

    /// "[Unreleased]: https://host/compare/v1.1.0...HEAD"
    void follow_links() {
        const Line* unreleased = nullptr;
        for (const Line& line : lines_) {
            const auto link = link_name(line.text);
            if (!link) continue;
            if (is_version(*link)) return;
            if (is_same_word(*link, "unreleased") && unreleased == nullptr) unreleased = &line;
        }
        if (unreleased == nullptr || unreleased->offset < unreleased_->offset) return;
        const std::string_view line = unreleased->text;
        const std::size_t compare = line.find("/compare/");
        const std::size_t dots = line.rfind("...");
        if (compare == std::string_view::npos || dots == std::string_view::npos) return;
        const std::size_t begin = compare + std::string_view("/compare/").size();
        if (dots <= begin) return;
        const std::string former(line.substr(begin, dots - begin));
        const std::size_t url = std::min(line.find_first_not_of(" \t", line.find("]:") + 2), begin);
        const std::string target(line.substr(url, begin - url));
        add({unreleased->offset + begin, former.size(), options_.tag}, at(*unreleased, begin),
            former, options_.tag);
        const std::string link = "[" + name() + "]: " + target + former + "..." + options_.tag;
        add({unreleased->end(), 0, std::string(line_break()) + link}, at(*unreleased), "", link);
    }

    std::string_view path_;
    std::string_view text_;
    const Options& options_;
    std::vector<Line> lines_;
    const Line* unreleased_ = nullptr;
    const Line* released_ = nullptr;
    std::string_view former_;  // the newest version that has a section
    ChangelogEdit edit_;
};

}  // namespace

Result<ChangelogEdit> release_changes(std::string_view path, std::string_view text,
                                      const Options& options) {
    return Changelog(path, text, options).release();
}

std::optional<ChangelogSection> find_section(std::string_view text, std::string_view version,
                                             std::string_view tag) {
    for (const Line& line : lines_of(text)) {
        const auto found = heading(line.text);
        if (found && (found->name == version || found->name == tag))
            return ChangelogSection{line.number, std::string(line.text.substr(3))};
    }
    return std::nullopt;
}

}  // namespace lockstep::edit
