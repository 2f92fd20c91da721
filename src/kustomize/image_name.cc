#include "kustomize/image_name.h"

#include <re2/re2.h>

#include <cctype>

namespace lockstep::kustomize {

namespace {

constexpr const char* tag_and_digest =
    "(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$";

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
bool is_tag_char(char c) {
    return is_word(c) || std::string_view("_.{}-").contains(c);
}

/// The rest of `text` behind its longest beginning of characters that are `wanted`.
template <typename Wanted>
std::string_view skip(std::string_view text, Wanted&& wanted) {
    while (!text.empty() && wanted(text.front())) text.remove_prefix(1);
    return text;
}

/// "@sha256:…": an algorithm of words joined by one of + . _ -, a colon, tag characters.
bool is_digest(std::string_view text) {
    if (!text.starts_with('@')) return false;
    do {
        text.remove_prefix(1);
        const std::string_view rest = skip(text, is_word);
        if (rest.size() == text.size()) return false;
        text = rest;
    } while (!text.empty() && std::string_view(".+_-").contains(text.front()));
    return text.starts_with(':') && skip(text.substr(1), is_tag_char).empty();
}

bool is_tag_and_digest(std::string_view text) {
    if (text.starts_with(':')) text = skip(text.substr(1), is_tag_char);
    return text.empty() || is_digest(text);
}

bool is_plain(std::string_view name) {
    for (const char c : name)
        if (static_cast<unsigned char>(c) >= 0x80 ||
            std::string_view("\\^$|?*+()[]{}\n").contains(c))
            return false;
    return true;
}

/// Whether `image` begins with `name`, whose dots stand for any character but a newline.
bool begins_with(std::string_view image, std::string_view name) {
    if (image.size() < name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (name[i] == '.' ? image[i] == '\n' : image[i] != name[i]) return false;
    return true;
}

bool is_ascii(std::string_view text) {
    return skip(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }).empty();
}

RE2::Options quiet() {
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(8 << 20);
    return options;
}

}  // namespace

struct ImagePattern::Expression {
    explicit Expression(const std::string& name) : pattern("^" + name + tag_and_digest, quiet()) {}
    bool matches(std::string_view image) const {
        return pattern.ok() &&
               RE2::PartialMatch(re2::StringPiece(image.data(), image.size()), pattern);
    }

    RE2 pattern;
};

ImageParts split_image(std::string_view image) {
    const std::size_t slash = image.find('/');
    const std::size_t from = slash == std::string_view::npos ? 0 : slash;
    const std::size_t at = image.find('@', from);
    const std::size_t colon = image.find(':', from);
    const bool tagged =
        colon != std::string_view::npos && (at == std::string_view::npos || colon < at);
    ImageParts parts;
    parts.name = image.substr(0, tagged ? colon : at);
    if (tagged)
        parts.tag = image.substr(colon + 1, at == std::string_view::npos ? at : at - colon - 1);
    if (at != std::string_view::npos) parts.digest = image.substr(at + 1);
    return parts;
}

ImagePattern::ImagePattern(std::string_view name) : name_(name) {
    if (!is_plain(name)) expression_ = std::make_unique<Expression>(name_);
}

ImagePattern::~ImagePattern() = default;

bool ImagePattern::matches(std::string_view image) const {
    if (expression_ != nullptr) return expression_->matches(image);
    // A dot stands for one character, which is more than one byte beyond ASCII.
    if (!is_ascii(image)) return Expression(name_).matches(image);
    return begins_with(image, name_) && is_tag_and_digest(image.substr(name_.size()));
}

}  // namespace lockstep::kustomize
