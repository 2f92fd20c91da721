#include "json/parse.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "json/utf8.h"

namespace lockstep::json {

namespace {

/// Reads a text and tells how far the reader is: the events of the parser carry no place.
class Cursor {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Cursor(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

    const char& operator*() const { return *at_; }
    Cursor& operator++() {
        ++at_;
        *furthest_ = std::max(*furthest_, at_);
        return *this;
    }
    bool operator==(const Cursor& other) const { return at_ == other.at_; }

  private:
    const char* at_;
    const char** furthest_;
};

struct Fault {
    std::string message, hint;
    std::size_t offset = 0;
};

/// Where the string that ends at `end` begins: quotes within it are escaped.
std::size_t opening_quote(std::string_view text, std::size_t end) {
    for (std::size_t at = end - 1; at-- > 0;) {
        if (text[at] != '"') continue;
        std::size_t slashes = 0;
        while (slashes < at && text[at - slashes - 1] == '\\') ++slashes;
        if (slashes % 2 == 0) return at;
    }
    return 0;
}

Location location_of(std::string path, std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
    unsigned column = 1;
    for (std::string_view rest = before.substr(start); !rest.empty(); ++column)
        rest.remove_prefix(decode(rest).length);
    return {std::move(path), static_cast<unsigned>(line), column};
}

/// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …; last read:
/// '…'; expected …" without what the location says, and without the token, which has any length.
std::string reason(const std::string& what) {
    const std::size_t place = what.find(": ");
    std::string text = place == std::string::npos ? what : what.substr(place + 2);
    const std::size_t token = text.find("; last read: '");
    if (token == std::string::npos) return text;
    const std::size_t expected = text.rfind("'; expected ");
    return text.substr(0, token) + (expected == std::string::npos ? "" : text.substr(expected + 1));
}

/// Builds the value from the parser's events; returning false stops the parser.
class Builder {
  public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    Builder(std::string_view text, const char* const* furthest, const Wanted& wanted,
            const Limits& limits)
        : text_(text), furthest_(furthest), limits_(limits), next_(&wanted) {}

    bool null() { return put({}); }
    bool boolean(bool value) { return put({value}); }
    bool number_integer(number_integer_t value) { return put({std::int64_t{value}}); }
    bool number_unsigned(number_unsigned_t value) {
        if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            return refuse("number " + std::to_string(value) + " is above 2^63-1", "", offset());
        return put({static_cast<std::int64_t>(value)});
    }
    bool number_float(number_float_t value, const string_t& written) {
        // The lexer turns integers beyond 64 bits into floats, which would change them silently.
        if (written.find_first_of(".eE") == std::string::npos)
            return refuse("number " + written + " is beyond 64 bits", "", offset());
        return put({value});
    }
    bool string(string_t& value) { return put({std::move(value)}); }
    bool binary(binary_t&) { return refuse("binary data in a text", "", offset()); }

    bool start_object(std::size_t) { return open({Object()}); }
    bool start_array(std::size_t) { return open({Array()}); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(string_t& name) {
        if (skipped_ > 0) return true;
        next_ = wanted_below(*open_.back().wanted, name);
        if (!open_.back().keys.insert(name).second)
            return refuse("key `" + name.substr(0, 80) + "` stands twice in one object",
                          "remove one of the two", opening_quote(text_, offset()));
        open_.back().key = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) {
        return refuse(reason(error.what()), "", position == 0 ? 0 : position - 1);
    }

    const std::optional<Fault>& fault() const { return fault_; }
    Value take() { return std::move(root_); }

  private:
    struct Open {
        Value value;
        std::string key;                       // of the member to come
        std::unordered_set<std::string> keys;  // of an object
        const Wanted* wanted;
    };

    /// What is wanted of the member `name`; null: nothing.
    static const Wanted* wanted_below(const Wanted& wanted, std::string_view name) {
        if (wanted.members.empty()) return &wanted;
        const auto found = std::ranges::find(wanted.members, name, &Wanted::name);
        return found == wanted.members.end() ? nullptr : &*found;
    }
    bool is_skipping() const { return skipped_ > 0 || next_ == nullptr; }

    std::size_t offset() const { return static_cast<std::size_t>(*furthest_ - text_.data()); }

    bool refuse(std::string message, std::string hint, std::size_t offset) {
        fault_ = {std::move(message), std::move(hint), offset};
        return false;
    }

    bool count() {
        if (++values_ <= limits_.values) return true;
        return refuse("more than " + std::to_string(limits_.values) + " values", "", offset());
    }

    bool put(Value value) {
        if (!count()) return false;
        if (!is_skipping()) place(std::move(value));
        return true;
    }

    bool open(Value value) {
        if (!count()) return false;
        if (open_.size() + skipped_ >= limits_.depth)
            return refuse("nested deeper than " + std::to_string(limits_.depth) + " levels", "",
                          offset() - 1);
        if (is_skipping())
            ++skipped_;
        else
            open_.push_back({std::move(value), {}, {}, next_});
        return true;
    }

    bool close() {
        if (skipped_ > 0) {
            --skipped_;
            return true;
        }
        Value value = std::move(open_.back().value);
        open_.pop_back();
        if (!open_.empty()) next_ = open_.back().wanted;  // of the next item, if this is a list
        place(std::move(value));
        return true;
    }

    void place(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* array = std::get_if<Array>(&open_.back().value.data)) {
            array->push_back(std::move(value));
        } else {
            std::get<Object>(open_.back().value.data)
                .push_back({std::move(open_.back().key), std::move(value)});
        }
    }

    std::string_view text_;
    const char* const* furthest_;
    Limits limits_;
    std::vector<Open> open_;
    std::size_t values_ = 0;
    const Wanted* next_;       // of the value to come; null: it is not wanted
    std::size_t skipped_ = 0;  // levels that are open in a value that is not wanted
    Value root_;
    std::optional<Fault> fault_;
};

}  // namespace

Result<Value> parse(std::string path, std::string_view text, const Limits& limits) {
    return parse(std::move(path), text, Wanted{}, limits);
}

Result<Value> parse(std::string path, std::string_view text, const Wanted& wanted,
                    const Limits& limits) {
    if (text.size() > limits.bytes)
        return fail(Error::Kind::invalid,
                    std::to_string(text.size()) + " bytes of JSON, more than the limit of " +
                        std::to_string(limits.bytes),
                    "", Location{std::move(path), 0, 0});
    const char* furthest = text.data();
    Builder builder(text, &furthest, wanted, limits);
    const Cursor begin(text.data(), &furthest), end(text.data() + text.size(), &furthest);
    const bool is_read = nlohmann::json::sax_parse(begin, end, &builder);
    if (is_read && !builder.fault()) return builder.take();
    const Fault fault = builder.fault().value_or(Fault{"this is no JSON", "", 0});
    return fail(Error::Kind::invalid, fault.message, fault.hint,
                location_of(std::move(path), text, fault.offset));
}

}  // namespace lockstep::json
