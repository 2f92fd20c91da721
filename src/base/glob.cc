#include "base/glob.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace lockstep {

namespace {

using Characters = std::vector<std::uint32_t>;

/// The code points of a text; a byte that is no UTF-8 stands for itself, above all code points.
Characters characters_of(std::string_view text) {
    Characters characters;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        std::uint32_t value = size == 1 ? lead : lead & (0xffu >> (size + 1));
        bool whole = (lead < 0x80 || lead >= 0xc0) && at + size <= text.size();
        for (std::size_t next = 1; whole && next < size; ++next) {
            const auto byte = static_cast<unsigned char>(text[at + next]);
            whole = (byte & 0xc0) == 0x80;
            value = value << 6 | (byte & 0x3fu);
        }
        characters.push_back(whole ? value : 0x110000u + lead);
        at += whole ? size : 1;
    }
    return characters;
}

struct Range {
    std::uint32_t first, last;
};

/// One step of a pattern. A state machine stands before a step; see `Machine`.
struct Step {
    enum class Kind {
        literal,      // this character
        one,          // any but a slash
        set,          // one of the ranges, or none of them; never a slash
        run,          // any run without a slash
        long_run,     // any run
        folders,      // nothing, or a run that ends in a slash: goes on in the step behind it
        folders_run,  // that run
        below,        // the end, or a slash and the long run behind it
    };
    Kind kind;
    std::uint32_t character = 0;
    std::vector<Range> ranges = {};
    bool negated = false;
};

class Compiler {
  public:
    explicit Compiler(std::string_view pattern) : pattern_(characters_of(pattern)) {}

    std::vector<Step> steps() && {
        while (at_ < pattern_.size()) add_next();
        return std::move(steps_);
    }

  private:
    bool is(std::size_t at, char c) const {
        return at < pattern_.size() && pattern_[at] == static_cast<std::uint32_t>(c);
    }

    void add(Step::Kind kind, std::size_t size) {
        steps_.push_back({kind});
        at_ += size;
    }

    void add_next() {
        if (is(at_, '/') && is(at_ + 1, '*') && is(at_ + 2, '*') && at_ + 3 == pattern_.size() &&
            at_ > 0) {
            add(Step::Kind::below, 1);
            add(Step::Kind::long_run, 2);
        } else if (is(at_, '*') && is(at_ + 1, '*')) {
            add_long_run();
        } else if (is(at_, '*')) {
            add(Step::Kind::run, 1);
        } else if (is(at_, '?')) {
            add(Step::Kind::one, 1);
        } else if (!is(at_, '[') || !add_set()) {
            if (is(at_, '\\') && at_ + 1 < pattern_.size()) ++at_;
            steps_.push_back({Step::Kind::literal, pattern_[at_++]});
        }
    }

    void add_long_run() {
        const bool begins_part = at_ == 0 || is(at_ - 1, '/');
        if (begins_part && is(at_ + 2, '/')) {
            add(Step::Kind::folders, 0);
            add(Step::Kind::folders_run, 3);
        } else {
            add(Step::Kind::long_run, 2);
        }
    }

    /// False where the bracket is not closed: then it is literal.
    bool add_set() {
        std::size_t at = at_ + 1;
        Step step{Step::Kind::set};
        step.negated = is(at, '!') || is(at, '^');
        if (step.negated) ++at;
        for (bool first = true; at < pattern_.size(); first = false) {
            if (is(at, ']') && !first) {
                at_ = at + 1;
                steps_.push_back(std::move(step));
                return true;
            }
            if (is(at, '\\') && at + 1 < pattern_.size()) ++at;
            const std::uint32_t from = pattern_[at++];
            std::uint32_t to = from;
            if (is(at, '-') && at + 1 < pattern_.size() && !is(at + 1, ']')) {
                to = pattern_[at + 1];
                at += 2;
            }
            step.ranges.push_back({from, to});
        }
        return false;
    }

    Characters pattern_;
    std::size_t at_ = 0;
    std::vector<Step> steps_;
};

/// All places of the pattern where the text read so far may stand, moved on together: no
/// backtracking, so no pattern is slow.
class Machine {
  public:
    explicit Machine(const std::vector<Step>& steps)
        : steps_(steps), here_(steps.size() + 1), next_(steps.size() + 1) {
        enter(here_, 0);
    }

    void read(std::uint32_t character) {
        std::fill(next_.begin(), next_.end(), false);
        for (std::size_t at = 0; at < steps_.size(); ++at)
            if (here_[at]) move(at, character);
        std::swap(here_, next_);
    }

    bool at_end() const { return here_.back(); }

  private:
    using States = std::vector<bool>;

    /// Stands before step `at`, and wherever that can be left without reading.
    void enter(States& states, std::size_t at) const {
        if (states[at]) return;
        states[at] = true;
        if (at == steps_.size()) return;
        const Step::Kind kind = steps_[at].kind;
        if (kind == Step::Kind::run || kind == Step::Kind::long_run) enter(states, at + 1);
        if (kind == Step::Kind::folders) {
            enter(states, at + 1);
            enter(states, at + 2);
        }
        if (kind == Step::Kind::below) enter(states, at + 2);
    }

    void move(std::size_t at, std::uint32_t character) {
        const Step& step = steps_[at];
        const bool slash = character == '/';
        switch (step.kind) {
            case Step::Kind::literal:
                if (character == step.character) enter(next_, at + 1);
                break;
            case Step::Kind::one:
                if (!slash) enter(next_, at + 1);
                break;
            case Step::Kind::set:
                if (!slash && is_in(step, character) != step.negated) enter(next_, at + 1);
                break;
            case Step::Kind::run:
                if (!slash) enter(next_, at);
                break;
            case Step::Kind::long_run:
                enter(next_, at);
                break;
            case Step::Kind::folders:
                break;
            case Step::Kind::folders_run:
                enter(next_, at);
                if (slash) enter(next_, at + 1);
                break;
            case Step::Kind::below:
                if (slash) enter(next_, at + 1);
                break;
        }
    }

    static bool is_in(const Step& step, std::uint32_t character) {
        return std::any_of(step.ranges.begin(), step.ranges.end(), [&](const Range& range) {
            return range.first <= character && character <= range.last;
        });
    }

    const std::vector<Step>& steps_;
    States here_, next_;
};

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view text) {
    if (pattern.find_first_of("*?[\\") == std::string_view::npos) return pattern == text;
    const std::vector<Step> steps = Compiler(pattern).steps();
    Machine machine(steps);
    for (const std::uint32_t character : characters_of(text)) machine.read(character);
    return machine.at_end();
}

}  // namespace lockstep
