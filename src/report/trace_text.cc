#include <algorithm>
#include <ostream>

#include "report/paint.h"
#include "report/printable.h"
#include "report/releases.h"
#include "report/trace.h"

namespace lockstep::report {

namespace {

using trace::About;
using trace::Line;
using trace::State;

/// Places of manifests that are shown unless all are asked for.
constexpr std::size_t places_max = 12;
constexpr std::size_t commit_digits = 12;
constexpr unsigned indent = 26;

struct Look {
    Tone tone;
    const char* mark;
};
Look look_of(State state) {
    switch (state) {
        case State::proved:
            return {Tone::good, "✓"};
        case State::claimed:
            return {Tone::plain, "~"};
        case State::differs:
            return {Tone::bad, "✗"};
        case State::missing:
            return {Tone::quiet, "-"};
        case State::unchecked:
            return {Tone::doubtful, "?"};
        case State::unasked:
            return {Tone::quiet, "·"};
    }
    return {Tone::plain, " "};
}

std::string shown_value(const Line& line) {
    const bool is_commit = line.about == About::commit ||
                           (line.about == About::record && !line.value.contains(':')) ||
                           line.about == About::provenance;
    return is_commit ? line.value.substr(0, commit_digits) : line.value;
}

/// "2024-01-03 Ada: Release v0.29.0"
std::string commit_words(const Line& line) {
    std::string text = date_of(line.time);
    if (!line.author.empty()) text += (text.empty() ? "" : " ") + line.author;
    if (!line.detail.empty()) text += (text.empty() ? "" : ": ") + line.detail;
    return text;
}

std::string words_of(const Line& line) {
    std::string text = line.at ? to_string(*line.at) : std::string();
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : "  ") + part;
    };
    add(shown_value(line));
    add(line.about == About::commit ? commit_words(line) : line.detail);
    return printable(text);
}

class PageText {
  public:
    PageText(const trace::Page& page, const Options& options, std::ostream& out)
        : page_(page), paint_(options.color), options_(options), out_(out) {}

    void write() {
        out_ << paint_(Tone::strong, printable(page_.subject.text)) << "  "
             << printable(page_.project) << '\n';
        if (!options_.quiet)
            for (const std::string& notice : page_.notices)
                out_ << "note: " << printable(notice) << '\n';
        out_ << '\n';
        for (const Line& line : page_.lines) write(line);
        if (left_out_ > 0)
            out_ << std::string(indent, ' ') << "and " << left_out_
                 << " more places of manifests; -v shows all\n";
    }

  private:
    void write(const Line& line) {
        if (line.about == About::manifest && !options_.verbose && ++places_ > places_max) {
            ++left_out_;
            return;
        }
        const Look look = look_of(line.state);
        out_ << "  " << look.mark << ' ' << paint_(look.tone, padded(to_string(line.state), 9))
             << "  " << padded(to_string(line.about), 10) << "  ";
        write_words(line);
    }

    void write_words(const Line& line) {
        const unsigned width = std::max(options_.width, indent + 40) - indent;
        bool is_first = true;
        const auto put = [&](const std::string& text, Tone tone) {
            for (std::string part : lines_within(text, width)) {
                while (part.ends_with(' ')) part.pop_back();
                out_ << (is_first ? "" : std::string(indent, ' ')) << paint_(tone, part) << '\n';
                is_first = false;
            }
        };
        put(words_of(line), Tone::plain);
        std::string source = printable(line.source);
        if (is_one_of_several(line))
            source += (source.empty() ? "of " : "; of ") + printable(line.image);
        put(source, Tone::quiet);
        if (is_first) out_ << '\n';
    }

    /// Of several images each line says which one it is about; of one the first line does.
    bool is_one_of_several(const Line& line) const {
        if (line.image.empty()) return false;
        return line.about == About::image ||
               std::ranges::any_of(page_.lines, [&](const Line& other) {
                   return !other.image.empty() && other.image != line.image;
               });
    }

    const trace::Page& page_;
    Paint paint_;
    const Options& options_;
    std::ostream& out_;
    std::size_t places_ = 0, left_out_ = 0;
};

}  // namespace

void write_trace_text(const trace::Page& page, const Options& options, std::ostream& out) {
    PageText(page, options, out).write();
}

}  // namespace lockstep::report
