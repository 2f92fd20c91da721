#include "edit/scalar_edit.h"

#include <algorithm>

#include "base/check.h"
#include "yaml/scalar_type.h"

namespace lockstep::edit {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Where line `number` (from 1) begins; npos where there is none.
std::size_t line_start(std::string_view file, unsigned number) {
    std::size_t at = 0;
    for (; number > 1; --number) {
        at = file.find('\n', at);
        if (at == std::string_view::npos) return at;
        ++at;
    }
    return at;
}

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The offset behind `count` characters from `at`, on the same line; npos where it is too short.
std::size_t skip_characters(std::string_view file, std::size_t at, unsigned count) {
    for (; count > 0; --count) {
        if (at >= file.size() || file[at] == '\n') return std::string_view::npos;
        ++at;
        while (at < file.size() && continues_character(file[at])) ++at;
    }
    return at;
}

Scalar::Form form_of(std::string_view written) {
    if (written.size() < 2 || written.front() != written.back()) return Scalar::Form::plain;
    if (written.front() == '\'') return Scalar::Form::single_quoted;
    return written.front() == '"' ? Scalar::Form::double_quoted : Scalar::Form::plain;
}

/// What versions, references and digests are made of, and nothing that YAML could take for more.
bool is_harmless(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._-+@:/").find(c) != std::string_view::npos;
    });
}

/// Whether every reader of YAML takes it for a text where it stands without quotes.
bool is_plain_text(std::string_view text) {
    if (text.empty() || text.front() == '-' || text.front() == '@' || text.ends_with(':'))
        return false;
    return yaml::plain_type(text, yaml::Dialect::resource) == yaml::Type::string &&
           yaml::plain_type(text, yaml::Dialect::kustomization) == yaml::Type::string &&
           !yaml::is_base60(text);
}

}  // namespace

std::string applied(std::string_view text, const std::vector<ByteEdit>& edits) {
    std::string out;
    std::size_t at = 0;
    for (const ByteEdit& edit : edits) {
        CHECK(edit.offset >= at && edit.end() <= text.size());
        out.append(text.substr(at, edit.offset - at)).append(edit.after);
        at = edit.end();
    }
    return out.append(text.substr(at));
}

std::string_view Scalar::content(std::string_view file) const {
    const std::size_t quotes = content_offset() - offset;
    return file.substr(offset + quotes, length - 2 * quotes);
}

std::size_t Scalar::content_offset() const {
    return form == Form::single_quoted || form == Form::double_quoted ? offset + 1 : offset;
}

std::optional<Scalar> find_scalar(std::string_view file, const Location& at, unsigned length,
                                  Syntax syntax) {
    if (at.line == 0 || at.column == 0) return std::nullopt;
    std::size_t begin = line_start(file, at.line);
    if (begin == std::string_view::npos) return std::nullopt;
    // YAML does not count a byte order mark.
    if (syntax == Syntax::yaml && begin == 0 && file.starts_with(byte_order_mark))
        begin = byte_order_mark.size();
    begin = skip_characters(file, begin, at.column - 1);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t end = skip_characters(file, begin, length);
    if (end == std::string_view::npos) return std::nullopt;
    Scalar scalar{begin, end - begin};
    if (syntax == Syntax::yaml) scalar.form = form_of(file.substr(begin, end - begin));
    return scalar;
}

std::optional<ByteEdit> replace_part(std::string_view file, const Scalar& scalar,
                                     std::size_t offset, std::size_t length,
                                     std::string_view after) {
    const std::string_view content = scalar.content(file);
    if (offset > content.size() || length > content.size() - offset || !is_harmless(after))
        return std::nullopt;
    if (scalar.form == Scalar::Form::plain) {
        std::string whole(content);
        whole.replace(offset, length, after);
        // A part of a longer text (an argument, a line of a script) is a text whatever stands in
        // it.
        if (is_harmless(whole) && !is_plain_text(whole))
            return ByteEdit{scalar.offset, scalar.length, '"' + whole + '"'};
    }
    return ByteEdit{scalar.content_offset() + offset, length, std::string(after)};
}

}  // namespace lockstep::edit
