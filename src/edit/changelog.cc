#include "edit/changelog.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "changelog/lines.h"

namespace lockstep::edit {

namespace {

using changelog::is_blank;
using changelog::is_same_word;
using changelog::Line;
using changelog::link_name;

/// The lines that may be headings and links; those of code count as something written.
std::vector<Line> lines_of(std::string_view file) {
    std::vector<Line> lines;
    for (Line& line : changelog::lines_of(file)) {
        if (line.is_code) line.text = "code";
        lines.push_back(line);
    }
    return lines;
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
            if (line->text.starts_with("## ") || !link_name(line->text).empty()) return false;
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
            const std::string_view link = link_name(line.text);
            if (is_version(link)) return;
            if (is_same_word(link, "unreleased") && unreleased == nullptr) unreleased = &line;
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
