#include "kustomize/value_add.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "kustomize/namespace.h"
#include "kustomize/scalar.h"
#include "kustomize/selector.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

struct Target {
    std::optional<SelectorEntry> selector;
    Text path;
    std::int64_t position = 0;  // in the path that a field holds, from 1; 0 for the whole field
};

Result<void> decode(const Node& value, Target& into) {
    using T = Target;
    static constexpr std::array<Field<T>, 3> fields = {
        {{"selector", member<T, &T::selector>},
         {"fieldPath", member<T, &T::path>},
         {"filePathPosition", member<T, &T::position>}}};
    TRY(decode_fields(value, into, std::span<const Field<T>>(fields)));
    return check_depth(into.path);
}

Result<void> loosen(yaml::Arena& arena, Node& node, As<Target>) {
    TRY(loosen_fields(arena, node, {{"fieldPath"}, {"selector", "filePathPosition"}}));
    Node* const selector = TRY(find_field(node, "selector"));
    return selector == nullptr ? Result<void>() : loosen(arena, *selector, As<SelectorEntry>{});
}

std::unexpected<Error> misfit(const Node& node, std::string_view part, const char* expected) {
    return fail(Error::Kind::invalid,
                "the part `" + std::string(part) + "` of a path does not fit: expected " + expected,
                "see what the object has there", node.mark.location());
}

constexpr std::string_view blanks = " \t\r\n\v\f";

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    bool joins = false;
    while (true) {
        const std::size_t slash = path.find('/');
        std::string part(path.substr(0, slash));
        if (joins)
            parts.back() += part;
        else
            parts.push_back(part);
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
        joins = parts.back().ends_with('\\');
        if (joins) parts.back().back() = '/';
    }
    std::vector<std::string> named;
    for (const std::string& part : parts) {
        const std::size_t from = part.find_first_not_of(blanks);
        if (from != std::string::npos)
            named.push_back(part.substr(from, part.find_last_not_of(blanks) - from + 1));
    }
    return named;
}

bool is_bracketed(std::string_view part) {
    return part.starts_with('[') && part.ends_with(']');
}

bool is_index(std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
}

/// Goes down to one field, and makes what is missing on the way. What kustomize passes over in
/// silence, an element that a list does not have or a null that has no fields, leads nowhere.
class Way {
  public:
    explicit Way(yaml::Arena& arena) : arena_(arena) {}

    Result<Node*> to(Node& root, const std::vector<std::string>& parts) const {
        Node* node = &root;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string& part = parts[i];
            const std::string_view next =
                i + 1 < parts.size() ? std::string_view(parts[i + 1]) : "";
            node = is_index(part) || part == "-" ? TRY(element(*node, part))
                   : is_bracketed(part)          ? TRY(matching(*node, part))
                                                 : TRY(field(*node, part, next));
            if (node == nullptr) break;
        }
        return node;
    }

  private:
    static Result<Node*> element(Node& list, const std::string& part) {
        if (!list.is_sequence()) return misfit(list, part, "a list there");
        std::size_t index = list.items.size() - 1;
        if (part != "-") {
            const auto [end, error] =
                std::from_chars(part.data(), part.data() + part.size(), index);
            if (error != std::errc{}) index = list.items.size();
        }
        return index < list.items.size() ? list.items[index] : nullptr;
    }

    Result<Node*> matching(Node& list, const std::string& part) const {
        const std::size_t equals = part.find('=');
        if (!list.is_sequence() || equals == std::string::npos)
            return misfit(list, part, "a list there, and [field=value]");
        const std::string_view name = std::string_view(part).substr(1, equals - 1);
        const std::string_view value =
            std::string_view(part).substr(equals + 1, part.size() - equals - 2);
        for (Node* const item : list.items) {
            const Node* const found = name.empty() ? item : item->find(name);
            if (found != nullptr && found->is_scalar() && found->text == value) return item;
        }
        Node* element = scalar(value, list.mark);
        if (!name.empty()) {
            Node* const mapping = yaml::make_mapping(arena_, list.mark);
            mapping->set(arena_, arena_.copy(name), element);
            element = mapping;
        }
        list.items.push_back(arena_, element);
        return element;
    }

    Result<Node*> field(Node& mapping, const std::string& part, std::string_view next) const {
        if (part == "*") return misfit(mapping, part, "no wildcard");
        if (mapping.is_null()) return nullptr;
        if (!mapping.is_mapping()) return misfit(mapping, part, "a mapping there");
        if (Node* const found = mapping.find(part)) return found;
        Node* const made = next.empty() ? scalar("", mapping.mark)
                           : is_bracketed(next) || is_index(next)
                               ? yaml::make_sequence(arena_, mapping.mark)
                               : yaml::make_mapping(arena_, mapping.mark);
        mapping.set(arena_, arena_.copy(part), made);
        return made;
    }

    Node* scalar(std::string_view text, yaml::Mark mark) const {
        return make_untyped(arena_, text, mark);
    }

    yaml::Arena& arena_;
};

/// A path without empty parts, "." and ".." where they can be told; "." where nothing is left.
std::string cleaned(std::string_view path) {
    const bool absolute = path.starts_with('/');
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (part.empty() || part == ".") continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!absolute)
            parts.push_back(part);
    }
    std::string text = absolute ? "/" : "";
    for (const std::string_view part : parts)
        text.append(text.empty() || text == "/" ? "" : "/").append(part);
    return text.empty() ? "." : text;
}

/// The parts of a path as kustomize counts them: an empty one stands first in an absolute path, and
/// between two slashes.
std::vector<std::string_view> counted_parts(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = path.rfind('/');
        parts.push_back(slash == std::string_view::npos ? path : path.substr(slash + 1));
        if (slash == std::string_view::npos) break;
        if (slash == 0) {
            if (path.size() > 1) parts.emplace_back();
            break;
        }
        path = path.substr(0, slash);
    }
    std::ranges::reverse(parts);
    return parts;
}

/// Puts `value` at a position of a path; positions behind its end are the end.
std::string inserted(std::string_view path, std::int64_t position, std::string_view value) {
    std::vector<std::string_view> parts = counted_parts(path);
    const auto count = static_cast<std::int64_t>(parts.size());
    std::int64_t at = std::min(position - 1, count);
    if (!parts.empty() && parts.front().empty() && at < count) ++at;
    parts.insert(parts.begin() + at, value);
    const bool absolute = parts.front().empty();
    std::string joined;
    for (const std::string_view part : parts)
        if (!part.empty()) joined.append(joined.empty() ? "" : "/").append(part);
    if (!joined.empty()) joined = cleaned(joined);
    return absolute ? "/" + joined : joined;
}

Result<void> write(yaml::Arena& arena, const Target& target, const Text& value, Node& object) {
    const std::vector<std::string> parts = parts_of(target.path.value);
    Node* const field = TRY(Way(arena).to(object, parts));
    const std::string_view last = parts.empty() ? std::string_view() : parts.back();
    if (field == nullptr && target.position == 0) return {};
    if (field == nullptr) return misfit(object, last, "a path to put the value into");
    if (!field->is_scalar()) return misfit(*field, last, "a text there");
    std::string text(value.value);
    if (target.position > 0) text = inserted(field->text, target.position, value.value);
    set_untyped(*field, arena.copy(text), value.mark);
    return {};
}

Result<void> add_to(Build& build, const Target& target, const Text& value, Resources& objects) {
    Resources::List selected = objects.list();
    if (target.selector) selected = select(TRY(Selector::compile(*target.selector)), objects);
    for (Resource* const object : selected) {
        if (target.path.value == "metadata/namespace")
            TRY(set_namespace(build, *object, {.space = value, .specs = {}}));
        else
            TRY(write(build.arena(), target, value, *object->root),
                "in the field `" + std::string(target.path.value) + "` of " +
                    to_string(object->id()));
    }
    return {};
}

Result<Text> read_value(const Loader& loader, BuiltinConfig& config) {
    Text value;
    TRY(config.read("value", value));
    const std::size_t from = value.value.find_first_not_of(blanks);
    if (from != std::string_view::npos) {
        value.value = value.value.substr(from, value.value.find_last_not_of(blanks) - from + 1);
        return value;
    }
    const std::string& directory = loader.root();
    if (directory.empty())
        return config.refuse("takes its value from the name of the outermost directory",
                             "write a `value`", Error::Kind::unsupported);
    return Text{config.arena().copy(directory.substr(directory.rfind('/') + 1)),
                config.root().mark};
}

/// Targets of a file, which several transformers share.
Result<std::vector<Target>> read_targets(Build& build, const Loader& loader, const Text& path) {
    const File file = TRY(loader.load(path.value));
    const auto document = TRY(build.parse(file, yaml::Dialect::kustomization));
    std::vector<Target> targets;
    if (document->roots().empty()) return targets;
    Node* const root = clone(build.arena(), *document->roots().front());
    Node* const field = TRY(find_field(*root, "targets"));
    if (field == nullptr) return targets;
    TRY(loosen(build.arena(), *field, As<std::vector<Target>>{}));
    TRY(kustomize::decode(*field, targets));
    return targets;
}

Result<void> check(const Target& target, const BuiltinConfig& config) {
    if (target.path.empty()) return config.refuse("has a target without `fieldPath`");
    if (target.position < 0) return config.refuse("has a negative `filePathPosition`");
    return {};
}

}  // namespace

Result<void> add_value(Build& build, const Loader& loader, BuiltinConfig& config,
                       Resources& objects) {
    const Text value = TRY(read_value(loader, config));
    std::vector<Target> targets;
    TRY(config.read("targets", targets));
    Text path;
    TRY(config.read("targetFilePath", path));
    if (!path.empty()) {
        const std::vector<Target> more = TRY(read_targets(build, loader, path));
        targets.insert(targets.end(), more.begin(), more.end());
    }
    if (targets.empty()) return config.refuse("has no targets");
    for (const Target& target : targets) TRY(check(target, config));
    for (const Target& target : targets) TRY(add_to(build, target, value, objects));
    objects.ids_changed();
    return {};
}

}  // namespace lockstep::kustomize
