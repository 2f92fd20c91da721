#include "kustomize/variables.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "kustomize/build.h"
#include "kustomize/node_path.h"
#include "kustomize/variable_text.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::string_view default_path = "metadata.name";

std::unexpected<Error> at(const Text& name, std::string message, std::string hint) {
    return fail(Error::Kind::invalid,
                "the var `" + std::string(name.value) + "` " + std::move(message), std::move(hint),
                name.mark.location());
}

std::unexpected<Error> repeated(const Text& name, const Text& known) {
    return at(name, "already encountered",
              "the other is at " + to_string(known.mark.location()) +
                  "; give each var a name of its own");
}

/// kustomize lets `apiVersion` stand for group and version, unless it has more than one slash.
Gvk gvk_of(const VariableEntry& entry) {
    const std::string_view text = entry.api_version.value;
    Gvk gvk{entry.group.value, entry.version.value, entry.kind.value};
    if (text.empty() || std::ranges::count(text, '/') > 1) return gvk;
    if (text.find('/') == std::string_view::npos)
        gvk.version = text;
    else
        gvk = make_gvk(text, gvk.kind);
    return gvk;
}

bool names(const VariableEntry& entry, const Gvk& gvk, const Resource& object) {
    bool named = false;
    object.each_id([&](const Id& id) {
        const bool in_space =
            entry.object_space.empty() || entry.object_space.value == id.effective_space();
        named = named || (id.name == entry.object_name.value && id.gvk == gvk && in_space);
    });
    return named;
}

/// "ports[0]" is two parts of a path.
std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    for (std::string& part : split_path(path)) {
        const std::size_t open = part.rfind('[');
        const bool is_indexed = part.ends_with(']') && open != std::string::npos &&
                                open + 2 < part.size() &&
                                part.find_first_not_of("0123456789", open + 1) == part.size() - 1;
        if (!is_indexed) {
            parts.push_back(std::move(part));
            continue;
        }
        if (open > 0) parts.push_back(part.substr(0, open));
        parts.push_back(part.substr(open + 1, part.size() - open - 2));
    }
    return parts;
}

Result<Node*> value_of(yaml::Arena& arena, const VariableEntry& entry, const Resource& source) {
    const std::string_view path = entry.path.empty() ? default_path : entry.path.value;
    const Node* const field = TRY(look_up(*source.root, parts_of(path)));
    if (field == nullptr)
        return at(entry.name,
                  "names the field `" + std::string(path) +
                      "`, not found in corresponding resource " + to_string(source.id()),
                  "name a field that it has");
    return variable_value(arena, *field);
}

/// Puts the values into the texts of a field.
class Substitution {
  public:
    Substitution(Build& build, Values& values) : build_(build), values_(values) {}

    Result<void> in_field(Node& field) {
        if (field.is_scalar()) return in_text(field);
        for (const yaml::Pair& pair : field.pairs) TRY(in_text(*pair.value));
        for (Node* const item : field.items) {
            if (!is_text(*item))
                return fail(Error::Kind::invalid,
                            "found an element that is no text in a list where vars are replaced",
                            "quote it", item->mark.location());
            TRY(in_text(*item));
        }
        return {};
    }

  private:
    /// What has no type counts as a text, and is one from then on.
    static bool is_text(const Node& node) {
        return node.is_string() || (node.is_scalar() && node.untyped);
    }

    Result<void> in_text(Node& text) {
        if (!is_text(text)) return {};
        TRY(build_.check_size());
        return replace_variables(build_.arena(), text, values_, build_.options().bytes);
    }

    Build& build_;
    Values& values_;
};

}  // namespace

Result<void> Variables::add(const std::vector<VariableEntry>& entries, const Resources& objects) {
    for (const VariableEntry& entry : entries) {
        Bound bound{entry, nullptr};
        const Gvk gvk = gvk_of(entry);
        for (const Resource* const object : objects) {
            if (!names(entry, gvk, *object)) continue;
            if (bound.source != nullptr)
                return at(entry.name,
                          "names several objects: " + to_string(bound.source->id()) + ", " +
                              to_string(object->id()),
                          "give its `objref` a namespace");
            bound.source = object;
        }
        const auto [known, is_new] = bound_.emplace(entry.name.value, bound);
        if (!is_new) return repeated(entry.name, known->second.entry.name);
    }
    return {};
}

Result<void> Variables::add_all(const Variables& others) {
    for (const auto& [name, bound] : others.bound_) {
        const auto [known, is_new] = bound_.emplace(name, bound);
        if (!is_new) return repeated(bound.entry.name, known->second.entry.name);
    }
    return {};
}

Result<std::vector<std::string>> Variables::substitute(Build& build,
                                                       std::span<const FieldSpec> fields,
                                                       Resources& objects) const {
    const std::unordered_set<const Resource*> present(objects.begin(), objects.end());
    Values values;
    for (const auto& [name, bound] : bound_) {
        if (!present.contains(bound.source))
            return at(
                bound.entry.name,
                "cannot be mapped to a field in the set of known resources: it names no object",
                "see kind, apiVersion and name of its `objref`");
        values.emplace(name, Value{TRY(value_of(build.arena(), bound.entry, *bound.source))});
    }
    Substitution substitution(build, values);
    const auto replace = [&](Node& field) { return substitution.in_field(field); };
    for (Resource* const object : objects)
        for (const FieldSpec& spec : fields)
            if (spec.matches(object->gvk()))
                TRY(visit_field(build.arena(), *object->root, spec, Missing::skip, replace));
    objects.ids_changed();
    std::vector<std::string> unused;
    for (const auto& [name, value] : values)
        if (!value.used) unused.emplace_back(name);
    return unused;
}

}  // namespace lockstep::kustomize
