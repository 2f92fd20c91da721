#include "kustomize/selector.h"

#include <re2/re2.h>

#include <optional>
#include <string>
#include <utility>

#include "kustomize/label_selector.h"

namespace lockstep::kustomize {

namespace {

/// A text compared with the expression as a whole; an empty expression matches anything. Those
/// without a special character, nearly all, are compared as they stand.
class Pattern {
  public:
    static Result<Pattern> compile(const Text& text) {
        Pattern pattern;
        pattern.literal_ = text.value;
        if (text.value.find_first_of("\\.+*?()|[]{}^$") == std::string_view::npos) return pattern;
        RE2::Options options;
        options.set_log_errors(false);
        pattern.regex_ = std::make_unique<RE2>("^(?:" + std::string(text.value) + ")$", options);
        if (!pattern.regex_->ok())
            return fail(Error::Kind::invalid,
                        "error parsing regexp: found `" + std::string(text.value) +
                            "`, expected an expression of RE2: " + pattern.regex_->error(),
                        "write a name, or an expression such as web-.*", text.mark.location());
        return pattern;
    }

    /// The only text it matches; empty where there may be others.
    std::string_view literal() const { return regex_ == nullptr ? literal_ : std::string_view(); }

    bool matches(std::string_view text) const {
        if (regex_ != nullptr)
            return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex_);
        return literal_.empty() || literal_ == text;
    }

  private:
    std::string literal_;
    std::unique_ptr<RE2> regex_;
};

Result<LabelSelector> compile_labels(const Text& text) {
    Result<LabelSelector> selector = LabelSelector::parse(text.value);
    if (selector.has_value()) return selector;
    Error error = std::move(selector).error();
    error.message = "in the selector `" + std::string(text.value) + "`: " + error.message;
    error.at = text.mark.location();
    return std::unexpected(std::move(error));
}

}  // namespace

struct Selector::Compiled {
    Pattern group, version, kind, name, space;
    LabelSelector labels, annotations;
};

Selector::Selector(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Selector::Selector(Selector&&) noexcept = default;
Selector& Selector::operator=(Selector&&) noexcept = default;
Selector::~Selector() = default;

Result<Selector> Selector::compile(const SelectorEntry& entry) {
    auto compiled = std::make_unique<Compiled>();
    compiled->group = TRY(Pattern::compile(entry.group));
    compiled->version = TRY(Pattern::compile(entry.version));
    compiled->kind = TRY(Pattern::compile(entry.kind));
    compiled->name = TRY(Pattern::compile(entry.name));
    compiled->space = TRY(Pattern::compile(entry.space));
    compiled->labels = TRY(compile_labels(entry.label_selector));
    compiled->annotations = TRY(compile_labels(entry.annotation_selector));
    return Selector(std::move(compiled));
}

bool Selector::matches(const Resource& resource) const {
    const Compiled& wanted = *compiled_;
    const Id now = resource.id();
    const Id original = resource.original_id();
    if (!wanted.name.matches(original.name) && !wanted.name.matches(now.name)) return false;
    if (!wanted.space.matches(original.effective_space()) &&
        !wanted.space.matches(now.effective_space()))
        return false;
    if (!wanted.group.matches(now.gvk.group) || !wanted.version.matches(now.gvk.version) ||
        !wanted.kind.matches(now.gvk.kind))
        return false;
    return matches_labels(resource);
}

bool Selector::matches_id(const Id& id) const {
    const Compiled& wanted = *compiled_;
    return wanted.group.matches(id.gvk.group) && wanted.version.matches(id.gvk.version) &&
           wanted.kind.matches(id.gvk.kind) && wanted.name.matches(id.name) &&
           wanted.space.matches(id.space);
}

bool Selector::matches_labels(const Resource& resource) const {
    const Compiled& wanted = *compiled_;
    const yaml::Node* const metadata = resource.root->find("metadata");
    const auto map = [&](std::string_view name) {
        return metadata == nullptr ? nullptr : metadata->find(name);
    };
    return wanted.labels.matches(map("labels")) && wanted.annotations.matches(map("annotations"));
}

std::string_view Selector::literal_name() const {
    return compiled_->name.literal();
}

Resources::List select(const Selector& selector, Resources& objects) {
    // Most targets have a name, which one object has: a patch costs the same however many there
    // are.
    const std::string_view name = selector.literal_name();
    Resources::List selected = name.empty() ? objects.list() : objects.perhaps_named(name);
    std::erase_if(selected, [&](const Resource* object) { return !selector.matches(*object); });
    return selected;
}

}  // namespace lockstep::kustomize
