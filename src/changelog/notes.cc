#include "changelog/notes.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "changelog/headings.h"
#include "changelog/lines.h"

namespace lockstep::changelog {

namespace {

constexpr std::size_t text_max = 1000;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

bool holds_any(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

std::optional<Topic> topic_of_heading(std::string_view heading) {
    const std::string title = lower(heading);
    if (holds_any(title, {"breaking", "incompatib", "action required", "urgent"}))
        return Topic::breaking;
    if (holds_any(title, {"upgrad", "migrat", "before you", "known issue"})) return Topic::upgrade;
    if (holds_any(title, {"security", "cve"})) return Topic::security;
    if (holds_any(title, {"removed", "removal"})) return Topic::removal;
    if (holds_any(title, {"deprecat"})) return Topic::deprecation;
    return std::nullopt;
}

/// "feat!: …", "fix(api)!: …" of Conventional Commits.
bool is_marked_commit(std::string_view text) {
    const std::size_t mark = text.find("!:");
    if (mark > 60) return false;  // or nowhere
    return text.substr(0, mark).find(' ') == std::string_view::npos;
}

Topic topic_of_text(std::string_view text) {
    const std::string words = lower(text);
    const bool is_breaking = is_marked_commit(text) || text.contains("BREAKING") ||
                             holds_any(words, {"breaking change", "action required", "[breaking]",
                                               "**breaking", "breaking:"});
    if (is_breaking) return Topic::breaking;
    if (holds_any(words, {"cve-", "ghsa-"})) return Topic::security;
    if (words.starts_with("deprecate") || words.starts_with("**deprecat"))
        return Topic::deprecation;
    if (words.starts_with("remove") || words.starts_with("drop support") ||
        words.starts_with("dropped support") || words.starts_with("**remove"))
        return Topic::removal;
    return Topic::other;
}

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

/// Bytes of "- ", "* ", "+ ", "1. " that begin an item; 0 where none does.
std::size_t marker_size(std::string_view line) {
    if (line.size() < 2) return 0;
    if ((line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ') return 2;
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits == 0 || digits > 3 || digits == std::string_view::npos) return 0;
    return line.substr(digits).starts_with(". ") || line.substr(digits).starts_with(") ")
               ? digits + 2
               : 0;
}

class Reader {
  public:
    explicit Reader(std::size_t most) : most_(most) {}

    void read(std::string_view body) {
        const std::vector<Line> lines = lines_of(body);
        const std::vector<Heading> headings = headings_of(lines);
        auto heading = headings.begin();
        std::size_t skipped_until = 0;
        for (std::size_t at = 0; at < lines.size(); ++at) {
            if (heading != headings.end() && heading->line == at) {
                open(*heading);
                skipped_until = heading->content;
                ++heading;
            }
            if (at >= skipped_until) add(lines[at]);
        }
        finish();
    }

    std::vector<Note> take() { return std::move(notes_); }

  private:
    /// A part under one of a higher rank is about the same, unless it says otherwise.
    void open(const Heading& heading) {
        finish();
        while (!parts_.empty() && parts_.back().rank >= heading.rank) parts_.pop_back();
        const auto topic = topic_of_heading(heading.title);
        const auto inherited = parts_.empty() ? std::nullopt : parts_.back().topic;
        parts_.push_back({heading.rank, topic ? topic : inherited, std::string(heading.title)});
    }

    void add(const Line& line) {
        if (!line.is_code && is_blank(line.text)) {
            had_blank_ = true;
            return;
        }
        const std::size_t indent = indent_of(line.text);
        std::string_view text = line.text.substr(indent);
        const std::size_t marker = line.is_code ? 0 : marker_size(text);
        const bool is_item = marker != 0 && (text_.empty() || indent <= indent_ || !is_item_);
        const bool goes_on = !text_.empty() && !is_item &&
                             (!had_blank_ || (is_item_ && indent > indent_) || line.is_code);
        if (!goes_on) {
            finish();
            is_item_ = is_item;
            indent_ = indent;
            text.remove_prefix(is_item ? marker : 0);
        }
        had_blank_ = false;
        if (text_.size() < text_max)
            text_.append(text_.empty() ? "" : " ").append(text.substr(0, text_max));
    }

    void finish() {
        had_blank_ = false;
        if (text_.empty() || notes_.size() == most_) return text_.clear();
        if (text_.size() > text_max) {
            std::size_t end = text_max;
            while (end > 0 && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) --end;
            text_.resize(end);
            text_ += "…";
        }
        const auto inherited = parts_.empty() ? std::nullopt : parts_.back().topic;
        notes_.push_back({.topic = inherited ? *inherited : topic_of_text(text_),
                          .heading = parts_.empty() ? std::string() : parts_.back().title,
                          .text = std::move(text_)});
        text_.clear();
    }

    struct Part {
        unsigned rank;
        std::optional<Topic> topic;
        std::string title;
    };

    std::size_t most_;
    std::vector<Part> parts_;
    std::vector<Note> notes_;
    std::string text_;  // of the entry that is open
    std::size_t indent_ = 0;
    bool is_item_ = false;
    bool had_blank_ = false;
};

}  // namespace

std::string_view to_string(Topic topic) {
    constexpr std::string_view names[] = {"breaking", "upgrade",     "security",
                                          "removal",  "deprecation", "other"};
    return names[static_cast<std::size_t>(topic)];
}

std::vector<Note> notes_of(std::string_view body, std::size_t most) {
    Reader reader(most);
    reader.read(body);
    return reader.take();
}

void sort_by_topic(std::vector<Note>& notes) {
    std::ranges::stable_sort(notes, {}, &Note::topic);
}

}  // namespace lockstep::changelog
