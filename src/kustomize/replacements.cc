#include "kustomize/replacements.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/backticks.h"
#include "kustomize/go_json.h"
#include "kustomize/node_path.h"
#include "kustomize/replacement_entry.h"
#include "kustomize/scalar.h"
#include "kustomize/selector.h"
#include "kustomize/yaml_text.h"
#include "yaml/scalar_type.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::string_view default_path = "metadata.name";

std::unexpected<Error> at(const yaml::Mark& mark, std::string message, std::string hint = {}) {
    return fail(Error::Kind::invalid, std::move(message), std::move(hint), mark.location());
}

std::vector<std::string> split(std::string_view text, std::string_view delimiter) {
    std::vector<std::string> parts;
    std::size_t end = text.find(delimiter);
    while (end != std::string_view::npos) {
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end + delimiter.size());
        end = text.find(delimiter);
    }
    parts.emplace_back(text);
    return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view delimiter) {
    std::string text = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) text.append(delimiter).append(parts[i]);
    return text;
}

/// Calls `visit` for the present id, then the former ones; those have the namespace they were in
/// for Kubernetes.
template <typename Visit>
bool any_id(const Resource& resource, Visit&& visit) {
    const Id now = resource.id();
    if (visit(now)) return true;
    return std::ranges::any_of(resource.former, [&](const Resource::Former& old) {
        Id id = {now.gvk.of_kind(old.kind), old.name, old.space};
        id.space = id.effective_space();
        return visit(id);
    });
}

bool is_source(const ReplacementSource& source, const Id& id) {
    const auto same = [](const Text& wanted, std::string_view text) {
        return wanted.empty() || wanted.value == text;
    };
    const auto space = [](std::string_view text) { return text.empty() ? "default" : text; };
    return same(source.group, id.gvk.group) && same(source.version, id.gvk.version) &&
           same(source.kind, id.gvk.kind) && same(source.name, id.name) &&
           (source.space.empty() || space(source.space.value) == space(id.space));
}

/// "Deployment.[noVer].[noGrp]/web.[noNs]:spec.replicas", as kustomize words it.
std::string selected_by(const ReplacementSource& source) {
    const Gvk gvk{source.group.value, source.version.value, source.kind.value};
    const std::string id = to_string(Id{gvk, source.name.value, source.space.value});
    return source.path.empty() ? id : id + ":" + std::string(source.path.value);
}

class Replacer {
  public:
    Replacer(Build& build, const Resources& objects)
        : build_(build), arena_(build.arena()), objects_(objects) {}

    Result<void> replace(const Replacement& entry) const {
        if ((!entry.source && !entry.value) || !entry.targets)
            return at(entry.mark, "found a replacement without a source or without targets",
                      "write `source` (or `sourceValue`) and `targets`");
        if (entry.source && entry.value)
            return at(entry.mark, "found both `source` and `sourceValue`", "keep one of them");
        const Node* const value =
            entry.value ? text_value(*entry.value) : TRY(source_value(*entry.source, entry.mark));
        for (const ReplacementTarget& target : *entry.targets)
            TRY(apply(target, *value, entry.mark));
        return {};
    }

  private:
    const Node* text_value(const Text& text) const {
        const yaml::Type type = yaml::plain_type(text.value, yaml::Dialect::resource);
        return yaml::make_scalar(arena_, text.value, type, text.mark);
    }

    Result<const Node*> source_value(const ReplacementSource& source,
                                     const yaml::Mark& mark) const {
        const Resource* found = nullptr;
        for (const Resource* const object : objects_) {
            if (!any_id(*object, [&](const Id& id) { return is_source(source, id); })) continue;
            if (found != nullptr)
                return at(mark,
                          "multiple matches for selector " + selected_by(source) + ": " +
                              to_string(found->id()) + ", " + to_string(object->id()),
                          "say more of the one that is meant");
            found = object;
        }
        if (found == nullptr)
            return at(mark, "nothing selected by " + selected_by(source),
                      "the source has to name an object of the build");
        const std::string_view path = source.path.empty() ? default_path : source.path.value;
        const Node* const value = TRY(look_up(*found->root, split_path(path)));
        const bool is_empty = value == nullptr || value->is_null() ||
                              (!value->is_scalar() && value->items.empty() && value->pairs.empty());
        if (is_empty)
            return at(
                mark,
                "the source " + to_string(found->id()) + " has no value at " + in_backticks(path),
                "name a field that has one");
        return refined(*value, source.options, mark);
    }

    /// The value itself, so that later targets see what earlier ones made of it, or the one part of
    /// it that is asked for.
    Result<const Node*> refined(const Node& value, const std::optional<ReplacementOptions>& options,
                                const yaml::Mark& mark) const {
        if (!options || options->delimiter.empty()) return &value;
        if (!value.is_scalar())
            return at(mark, "found a delimiter for a value that is no scalar", "leave it out");
        const std::vector<std::string> parts = split(value.text, options->delimiter.value);
        if (options->index < 0 || options->index >= static_cast<std::int64_t>(parts.size()))
            return at(mark,
                      "options.index " + std::to_string(options->index) +
                          " is out of bounds for value " + in_backticks(value.text),
                      "count from 0");
        Node* const part = clone(arena_, value);
        set_text(*part, arena_.copy(parts[static_cast<std::size_t>(options->index)]), value.mark);
        return part;
    }

    Result<void> apply(const ReplacementTarget& target, const Node& value,
                       const yaml::Mark& mark) const {
        if (!target.select)
            return at(mark, "found a target without `select`", "say which objects are meant");
        const Selector select = TRY(Selector::compile(*target.select));
        std::vector<Selector> rejects;
        for (const SelectorEntry& entry : target.reject)
            rejects.push_back(TRY(Selector::compile(entry)));
        for (const Resource* const object : objects_)
            if (is_selected(*object, select, target.reject, rejects))
                TRY(copy_to(*object, target, value, mark));
        return {};
    }

    static bool is_selected(const Resource& object, const Selector& select,
                            const std::vector<SelectorEntry>& entries,
                            const std::vector<Selector>& rejects) {
        if (!select.matches_labels(object)) return false;
        for (std::size_t i = 0; i < rejects.size(); ++i) {
            const SelectorEntry& entry = entries[i];
            const bool has_labels =
                !entry.annotation_selector.empty() || !entry.label_selector.empty();
            if (has_labels && rejects[i].matches_labels(object)) return false;
            const bool has_id = !entry.group.empty() || !entry.version.empty() ||
                                !entry.kind.empty() || !entry.name.empty() || !entry.space.empty();
            if (has_id && any_id(object, [&](const Id& id) { return rejects[i].matches_id(id); }))
                return false;
        }
        return any_id(object, [&](const Id& id) { return select.matches_id(id); });
    }

    /// What is written into the fields of a target.
    struct Writing {
        const Node& value;
        const std::optional<ReplacementOptions>& options;
        const yaml::Mark& mark;  // of the replacement

        /// What to make of a field that is missing.
        std::optional<yaml::Kind> create() const {
            return options && options->create ? std::optional(value.kind) : std::nullopt;
        }
    };

    Result<void> copy_to(const Resource& object, const ReplacementTarget& target, const Node& value,
                         const yaml::Mark& mark) const {
        const Writing writing = {value, target.options, mark};
        std::vector<std::string_view> paths;
        for (const Text& path : target.paths) paths.push_back(path.value);
        if (paths.empty()) paths.push_back(default_path);
        for (const std::string_view path : paths) {
            if (TRY(set_within_text(*object.root, split_path(path), writing))) continue;
            const std::vector<Node*> fields =
                TRY(match_path(arena_, *object.root, split_path(path), writing.create()),
                    "in the field " + in_backticks(path) + " of " + to_string(object.id()));
            if (fields.empty())
                return at(mark,
                          "unable to find field " + in_backticks(path) + " in replacement target " +
                              to_string(object.id()),
                          "name a field that it has, or set `options.create`");
            for (Node* const field : fields) TRY(set(*field, writing));
        }
        return {};
    }

    /// A path may go on into the JSON or YAML of a text, which is written anew. False where it does
    /// not.
    Result<bool> set_within_text(Node& root, const std::vector<std::string>& parts,
                                 const Writing& writing) const {
        for (auto rest = std::next(parts.begin()); rest < parts.end(); ++rest) {
            const Result<Node*> field = look_up(root, {parts.begin(), rest});
            if (field.has_value() && *field != nullptr && (*field)->is_scalar())
                return set_in_data(**field, {rest, parts.end()}, writing);
        }
        return false;
    }

    Result<bool> set_in_data(Node& text, const std::vector<std::string>& parts,
                             const Writing& writing) const {
        const bool is_null =
            !text.text.empty() &&
            yaml::plain_type(text.text, yaml::Dialect::resource) == yaml::Type::null;
        // A null takes the field and is written without it.
        if (is_null) return writing.create().has_value();
        Node* const data = TRY(data_of(text.text));
        if (data == nullptr) return false;
        const auto fields = match_path(arena_, *data, parts, writing.create());
        if (!fields.has_value() || fields->empty()) return false;
        for (Node* const field : *fields) TRY(set(*field, writing));
        return write_within(text, *data);
    }

    /// The data that a text holds, free to be changed; null where it holds none.
    Result<Node*> data_of(std::string_view text) const {
        const auto document = build_.parse("a text", std::make_shared<const std::string>(text),
                                           yaml::Dialect::resource);
        TRY(build_.check_size());
        if (!document.has_value() || (*document)->roots().size() > 1) return nullptr;
        if (!(*document)->roots().empty()) return clone(arena_, *(*document)->roots().front());
        // An empty mapping counts as no document.
        return text.contains('{') ? yaml::make_mapping(arena_) : nullptr;
    }

    /// JSON stays JSON. What cannot be written as such kustomize leaves as it was.
    Result<bool> write_within(Node& text, const Node& data) const {
        const std::size_t first = text.text.find_first_not_of(" \t\r\n");
        const char begin = first == std::string_view::npos ? ' ' : text.text[first];
        if (begin != '{' && begin != '[') {
            if (loses_something(text.text))
                return fail(Error::Kind::unsupported,
                            "unsupported: comments, anchors, tags or tabs in the YAML of a text "
                            "that is replaced",
                            "leave them out, or write the text as a patch", text.mark.location());
            text.text = arena_.copy(TRY(yaml_text(data)));
            return true;
        }
        const bool indented = text.text.contains('\n') && text.text.contains("  ");
        const auto json = go_json(data, indented ? JsonLayout::indented : JsonLayout::compact);
        if (json.has_value()) text.text = arena_.copy(*json);
        return true;
    }

    Result<void> set(Node& field, const Writing& writing) const {
        TRY(build_.check_size());  // a value that holds what it replaces doubles each time
        const auto& [value, options, mark] = writing;
        std::string_view text = value.text;
        if (options && !options->delimiter.empty()) {
            if (!field.is_scalar())
                return at(mark, "found a delimiter for a field that is no scalar", "leave it out");
            text = arena_.copy(spliced(field.text, text, *options));
        }
        // The type of a scalar stays, if it has one; what does not fit it cannot be printed.
        if (!field.is_scalar()) field = *clone(arena_, value);
        if (field.is_scalar()) set_text(field, text, value.mark);
        return {};
    }

    static std::string spliced(std::string_view old, std::string_view text,
                               const ReplacementOptions& options) {
        std::vector<std::string> parts = split(old, options.delimiter.value);
        const auto index = static_cast<std::size_t>(options.index);
        if (options.index < 0)
            parts.insert(parts.begin(), std::string(text));
        else if (index >= parts.size())
            parts.emplace_back(text);
        else
            parts[index] = text;
        return join(parts, options.delimiter.value);
    }

    Build& build_;
    yaml::Arena& arena_;
    const Resources& objects_;
};

/// A file holds one replacement or a list of them.
Result<std::vector<Replacement>> read_file(Build& build, const Loader& loader, const Text& path) {
    Result<File> file = loader.load(path.value);
    if (!file.has_value()) {
        Error error = std::move(file).error();
        if (!error.at) error.at = path.mark.location();
        return std::unexpected(std::move(error));
    }
    const auto document = TRY(build.parse(*file, yaml::Dialect::kustomization));
    std::vector<Replacement> entries;
    for (const Node* const root : document->roots()) {
        if (root->is_mapping()) entries.push_back(TRY(decode_replacement(*root)));
        for (const Node* const item : root->items)
            entries.push_back(TRY(decode_replacement(*item)));
        if (root->is_scalar())
            return at(root->mark, "found a scalar where replacements should be",
                      "write one replacement or a list of them");
    }
    return entries;
}

Result<std::vector<Replacement>> read_entries(Build& build, const Loader& loader,
                                              const Node& field) {
    if (!field.is_sequence()) return at(field.mark, "found `replacements` that are no list");
    std::vector<Replacement> entries;
    for (const Node* const item : field.items) {
        Replacement entry = TRY(decode_replacement(*item));
        if (entry.path.empty()) {
            entries.push_back(std::move(entry));
            continue;
        }
        if (entry.source || (entry.targets && !entry.targets->empty()))
            return at(entry.mark, "found both a path and a replacement", "keep one of them");
        std::vector<Replacement> more = TRY(read_file(build, loader, entry.path));
        std::ranges::move(more, std::back_inserter(entries));
    }
    return entries;
}

}  // namespace

Result<void> apply_replacements(Build& build, const Loader& loader, const Node* entries,
                                Resources& objects) {
    if (entries == nullptr || entries->is_null()) return {};
    const std::vector<Replacement> replacements = TRY(read_entries(build, loader, *entries));
    const Replacer replacer(build, objects);
    for (const Replacement& replacement : replacements) TRY(replacer.replace(replacement));
    objects.ids_changed();
    return {};
}

}  // namespace lockstep::kustomize
