#include "kustomize/json_patch.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kustomize/json_form.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::size_t copy_limit = 1'000'000;
constexpr unsigned depth_limit = 500;

/// "~1" is a slash, "~0" a tilde.
std::string unescaped(std::string_view part) {
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const char next = i + 1 < part.size() ? part[i + 1] : '\0';
        if (part[i] == '~' && (next == '0' || next == '1')) {
            text.push_back(next == '0' ? '~' : '/');
            ++i;
        } else {
            text.push_back(part[i]);
        }
    }
    return text;
}

/// The parts of a pointer. What stands before the first slash counts for nothing; nothing comes of
/// a pointer without one.
std::vector<std::string> parts_of(std::string_view pointer) {
    std::vector<std::string> parts;
    std::size_t slash = pointer.find('/');
    while (slash != std::string_view::npos) {
        pointer.remove_prefix(slash + 1);
        slash = pointer.find('/');
        parts.push_back(unescaped(pointer.substr(0, slash)));
    }
    return parts;
}

/// Go's Atoi.
std::optional<std::int64_t> parse_index(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    std::int64_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return index;
}

/// Where an operation works: a key of a mapping or an index of a list.
struct Place {
    Node* container = nullptr;
    std::string key;
};

class Operation {
  public:
    Operation(yaml::Arena& arena, Node& object, const Node& operation, std::size_t& copied)
        : arena_(arena), object_(object), operation_(operation), copied_(copied) {}

    Result<void> apply() const {
        const std::string_view kind = text_member("op");
        if (kind == "add") return add_value(TRY(place("path")));
        if (kind == "remove") return remove(TRY(place("path")));
        if (kind == "replace") return replace();
        if (kind == "move") return move();
        if (kind == "copy") return copy();
        if (kind == "test") return test();
        return error("has the op `" + std::string(kind) +
                         "`, expected add, remove, replace, move, copy or test",
                     "write one of the six");
    }

  private:
    std::unexpected<Error> error(const std::string& what, std::string hint = {}) const {
        const Node* const path = operation_.find("path");
        const Node& at = path != nullptr ? *path : operation_;
        std::string message = "the patch operation ";
        if (path != nullptr)
            message +=
                "`" + std::string(operation_.text_of("op")) + " " + std::string(path->text) + "` ";
        return fail(Error::Kind::invalid, message + what, std::move(hint), at.mark.location());
    }

    std::string_view text_member(std::string_view name) const {
        const Node* const member = operation_.find(name);
        return member != nullptr && member->is_string() ? member->text : std::string_view();
    }

    Result<std::string_view> pointer(std::string_view name) const {
        const Node* const member = operation_.find(name);
        if (member == nullptr || !member->is_string())
            return error("has no text `" + std::string(name) + "`",
                         "a pointer such as /spec/replicas");
        return member->text;
    }

    /// The place a pointer names; its containers have to be there.
    Result<Place> place(std::string_view member) const {
        const std::string_view text = TRY(pointer(member));
        const std::vector<std::string> parts = parts_of(text);
        if (parts.empty())
            return error("has the pointer `" + std::string(text) + "`",
                         "a pointer begins with a slash");
        Node* container = &object_;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            container = TRY(at(*container, parts[i]));
            if (container == nullptr || container->is_scalar())
                return error("does not apply: there is no mapping or list at `" + parts[i] + "`",
                             "add the parent first");
        }
        return Place{container, parts.back()};
    }

    /// What stands at a key or an index: null where a mapping has none, an error where a list has
    /// none. A null value counts as none.
    Result<Node*> at(Node& container, std::string_view key) const {
        Node* found = nullptr;
        if (container.is_sequence())
            found = container.items[TRY(index(container, key, 0))];
        else
            found = container.find(key);
        return found != nullptr && found->is_null() ? nullptr : found;
    }

    /// An index into a list; `extra` is how far behind the last element it may point.
    Result<std::size_t> index(const Node& list, std::string_view key, std::int64_t extra) const {
        const auto count = static_cast<std::int64_t>(list.items.size()) + extra;
        const std::optional<std::int64_t> found = parse_index(key);
        if (!found || *found >= count || *found < -count)
            return error("does not apply: a list of " + std::to_string(list.items.size()) +
                         " has no index `" + std::string(key) + "`: invalid index referenced");
        return static_cast<std::size_t>(*found < 0 ? *found + count : *found);
    }

    /// The value of the operation, free to be changed; null where it has none.
    Result<Node*> value() const {
        const Node* const member = operation_.find("value");
        if (member == nullptr) return nullptr;
        Node* const copied = clone(arena_, *member);
        forget_dates(*copied);
        TRY(through_json(arena_, *copied));
        return copied;
    }

    /// The patch was read by a parser to which a date is a text.
    static void forget_dates(Node& node) {
        if (node.is_scalar() && node.type == yaml::Type::timestamp) node.type = yaml::Type::string;
        for (Node* const item : node.items) forget_dates(*item);
        for (const yaml::Pair& pair : node.pairs) forget_dates(*pair.value);
    }

    Node* null() const {
        return yaml::make_scalar(arena_, "null", yaml::Type::null, operation_.mark);
    }

    Result<void> add(const Place& place, Node* value) const {
        if (value == nullptr) value = null();
        Node& container = *place.container;
        if (container.is_mapping()) {
            container.set(arena_, arena_.copy(place.key), value);
        } else if (place.key == "-") {
            container.items.push_back(arena_, value);
        } else {
            container.items.insert(arena_, TRY(index(container, place.key, 1)), value);
        }
        return {};
    }

    Result<void> add_value(const Place& place) const { return add(place, TRY(value())); }

    Result<void> remove(const Place& place) const {
        Node& container = *place.container;
        if (container.is_sequence())
            container.items.erase(TRY(index(container, place.key, 0)));
        else if (!container.remove(place.key))
            return error("does not apply: unable to remove nonexistent key `" + place.key +
                             "`: missing value",
                         "see what the object has there");
        return {};
    }

    Result<void> replace() const {
        if (TRY(pointer("path")).empty()) return replace_all();
        const Place target = TRY(place("path"));
        if (target.container->is_mapping()) return add_value(target);
        Node* const replacement = TRY(value());
        target.container->items[TRY(index(*target.container, target.key, 0))] =
            replacement != nullptr ? replacement : null();
        return {};
    }

    Result<void> replace_all() const {
        Node* const whole = TRY(value());
        if (whole == nullptr || !whole->is_mapping())
            return error("replaces the object by something that is none", "a mapping as value");
        object_ = *whole;
        return {};
    }

    Result<void> move() const {
        const Place from = TRY(place("from"));
        Node* const moved = TRY(at(*from.container, from.key));
        TRY(remove(from));
        return add(TRY(place("path")), moved);
    }

    /// A field that is not there is copied as null.
    Result<void> copy() const {
        const Place from = TRY(place("from"));
        const Node* const found = TRY(at(*from.container, from.key));
        if (found != nullptr) TRY(spend(*found));
        return add(TRY(place("path")), found == nullptr ? nullptr : clone(arena_, *found));
    }

    /// Copies of copies would double with each operation.
    Result<void> spend(const Node& node) const {
        if (++copied_ > copy_limit)
            return error("copies more than " + std::to_string(copy_limit) + " values in all",
                         "this is far beyond what a patch needs");
        for (const Node* const item : node.items) TRY(spend(*item));
        for (const yaml::Pair& pair : node.pairs) TRY(spend(*pair.value));
        return {};
    }

    Result<void> test() const {
        Node* const expected = TRY(value());
        const bool is_whole = TRY(pointer("path")).empty();
        const Node* found = &object_;
        if (!is_whole) {
            const Place target = TRY(place("path"));
            found = TRY(at(*target.container, target.key));
        }
        const bool nothing_expected = expected == nullptr || expected->is_null();
        const bool passed = found == nullptr || nothing_expected
                                ? found == nullptr && nothing_expected
                                : equal(*found, *expected);
        if (!passed) return error("does not apply: test failed: the object has another value");
        return {};
    }

    yaml::Arena& arena_;
    Node& object_;
    const Node& operation_;
    std::size_t& copied_;
};

/// Moves into each other make an object deep; all that walks it later recurses.
bool is_deeper(const Node& node, unsigned levels) {
    if (levels == 0) return true;
    for (const Node* const item : node.items)
        if (is_deeper(*item, levels - 1)) return true;
    for (const yaml::Pair& pair : node.pairs)
        if (is_deeper(*pair.value, levels - 1)) return true;
    return false;
}

}  // namespace

Result<void> check_json_patch(const Node& operations) {
    if (operations.is_null()) return {};
    const auto invalid = [](const Node& node, const char* found) {
        return fail(Error::Kind::invalid, std::string("found ") + found,
                    "a JSON 6902 patch is a list of operations", node.mark.location());
    };
    if (!operations.is_sequence()) return invalid(operations, "no list where a patch should be");
    for (const Node* const operation : operations.items)
        if (!operation->is_mapping() && !operation->is_null())
            return invalid(*operation, "an operation that is no mapping");
    return {};
}

Result<void> apply_json_patch(yaml::Arena& arena, Node& object, const Node& operations) {
    // As JSON, no two fields share a node.
    object = *clone(arena, object);
    TRY(through_json(arena, object));
    std::size_t copied = 0;
    for (const Node* const operation : operations.items)
        TRY(Operation(arena, object, *operation, copied).apply());
    if (is_deeper(object, depth_limit))
        return fail(
            Error::Kind::invalid,
            "the patch makes an object of more than " + std::to_string(depth_limit) + " levels",
            "this is far beyond what a real object has", operations.mark.location());
    return {};
}

}  // namespace lockstep::kustomize
