#include <algorithm>
#include <string>

#include "yaml/block_reader.h"

namespace lockstep::yaml {

namespace {

/// The lines behind the header of a literal block.
class LiteralLines {
  public:
    LiteralLines(std::string_view text, std::size_t begin) : text_(text), begin_(begin) {}

    /// Goes to the first line that is not blank and takes its indentation; false where there is
    /// none, or libyaml would not take just that.
    bool find_indentation(std::size_t parent) {
        std::size_t widest = 0;
        for (; begin_ < text_.size(); next_line()) {
            measure_line();
            if (text_start_ != end_) {
                indentation_ = text_start_ - begin_;
                return indentation_ > parent && widest <= indentation_ &&
                       text_[text_start_] != '\t';
            }
            widest = std::max(widest, end_ - begin_);
            ++breaks_;
        }
        return false;
    }

    /// Reads on from the first line of text; false where the last line has no end.
    bool read() {
        for (; begin_ < text_.size(); next_line()) {
            measure_line();
            const bool blank = text_start_ == end_;
            if (end_ == text_.size() && (blank || text_start_ - begin_ >= indentation_)) {
                return false;
            }
            if (blank && end_ - begin_ <= indentation_) {
                ++breaks_;
                continue;
            }
            if (text_start_ - begin_ < indentation_) return true;
            value_.append(breaks_, '\n');
            value_.append(text_, begin_ + indentation_, end_ - begin_ - indentation_);
            breaks_ = 1;
            if (!blank) last_ = end_;
        }
        return true;
    }

    std::string take_value() { return std::move(value_); }
    std::size_t breaks() const { return breaks_; }  // behind the last line of text
    std::size_t count() const { return lines_; }    // gone over
    std::size_t begin() const { return begin_; }    // of the line that is none of them
    std::size_t last() const { return last_; }      // the end of its last line that is not blank

  private:
    void measure_line() {
        end_ = std::min(text_.find('\n', begin_), text_.size());
        text_start_ = std::min(text_.find_first_not_of(' ', begin_), end_);
    }
    void next_line() {
        begin_ = end_ + 1;
        ++lines_;
    }

    std::string_view text_;
    std::size_t begin_;
    std::size_t end_ = 0;
    std::size_t text_start_ = 0;
    std::size_t indentation_ = 0;
    std::size_t breaks_ = 0;
    std::size_t lines_ = 0;
    std::size_t last_ = 0;
    std::string value_;
};

}  // namespace

bool BlockReader::read_literal() {
    if (frames_.empty()) return false;
    const std::size_t from = at_++;
    const char chomping = at_ < end_ ? text_[at_] : ' ';
    if (chomping == '-' || chomping == '+') ++at_;
    skip_spaces();
    if (at_ != end_ || end_ == text_.size()) return false;
    LiteralLines lines(text_, end_ + 1);
    if (!lines.find_indentation(parent_column()) || !lines.read()) return false;
    Event scalar;
    scalar.kind = Event::Kind::scalar;
    scalar.style = Style::literal;
    scalar.implicit = false;
    scalar.mark = mark_of(from, lines.last());
    std::string value = lines.take_value();
    if (chomping != '-') value.append(chomping == '+' ? lines.breaks() : 1, '\n');
    scalar.text = keep(std::move(value));
    events_.push_back(scalar);
    line_ += lines.count();
    end_ = lines.begin() - 1;
    return true;
}

}  // namespace lockstep::yaml
