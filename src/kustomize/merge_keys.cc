#include "kustomize/merge_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace lockstep::kustomize {

namespace {

bool comes_before(const Schemas::Type& a, const Schemas::Type& b) {
    return std::tie(a.kind, a.api_version) < std::tie(b.kind, b.api_version);
}

/// Turns the definitions of an OpenAPI document into schemas, each once: they refer to each other,
/// in circles too.
class OpenApi {
  public:
    /// One schema alone, that refers to those of `known`.
    OpenApi(yaml::Arena& arena, const Schemas& known) : arena_(arena), known_(&known) {}

    /// Null where it refers to an unknown definition.
    const Schema* single(const yaml::Node& node) {
        const Schema* const schema = type(node);
        return has_unknown_ ? nullptr : schema;
    }

    OpenApi(yaml::Arena& arena, const yaml::Node& document) : arena_(arena) {
        const yaml::Node* const definitions = document.find("definitions");
        if (definitions == nullptr) return;
        for (const yaml::Pair& pair : definitions->pairs)
            definitions_.emplace(pair.key->text, Definition{pair.value, nullptr});
    }

    std::span<const Schemas::Type> types() {
        yaml::List<Schemas::Type> types;
        for (const auto& [name, found] : definitions_) {
            const yaml::Node* const names = found.node->find("x-kubernetes-group-version-kind");
            if (names == nullptr) continue;
            const Schema* const schema = definition(name);
            if (schema == nullptr) continue;
            for (const yaml::Node* const type_name : names->items)
                types.push_back(arena_,
                                {api_version(*type_name), type_name->text_of("kind"), schema});
        }
        while (!unfilled_.empty()) {
            const Definition next = unfilled_.back();
            unfilled_.pop_back();
            fill(*next.schema, *next.node);
        }
        // Of two definitions of one type kustomize takes either; here it is the last by name.
        std::reverse(types.begin(), types.end());
        std::stable_sort(types.begin(), types.end(), comes_before);
        return {types.begin(), types.size()};
    }

    /// What can be got, but nowhere in a namespace.
    std::span<const Schemas::Type> cluster_scoped(const yaml::Node& document) {
        std::map<std::pair<std::string_view, std::string_view>, bool> in_namespace;
        const yaml::Node* const paths = document.find("paths");
        if (paths == nullptr) return {};
        for (const yaml::Pair& path : paths->pairs) {
            const yaml::Node* const name = path.value->at("get", "x-kubernetes-group-version-kind");
            if (name == nullptr || !name->is_mapping()) continue;
            bool& namespaced = in_namespace[{api_version(*name), name->text_of("kind")}];
            namespaced = namespaced || path.key->text.contains("namespaces/{namespace}");
        }
        yaml::List<Schemas::Type> types;
        for (const auto& [type, namespaced] : in_namespace)
            if (!namespaced) types.push_back(arena_, {type.first, type.second, nullptr});
        return {types.begin(), types.size()};
    }

  private:
    struct Definition {
        const yaml::Node* node;
        Schema* schema;
    };

    std::string_view api_version(const yaml::Node& name) {
        const std::string_view group = name.text_of("group");
        const std::string_view version = name.text_of("version");
        if (group.empty()) return version;
        return arena_.copy(std::string(group) + "/" + std::string(version));
    }

    /// Null where the definition is missing, or refers to itself and nothing else.
    const Schema* definition(std::string_view name) {
        for (std::size_t steps = 0; steps <= definitions_.size(); ++steps) {
            const auto found = definitions_.find(name);
            if (found == definitions_.end()) {
                const Schema* const known = known_ == nullptr ? nullptr : known_->definition(name);
                has_unknown_ = has_unknown_ || known == nullptr;
                return known;
            }
            Definition& definition = found->second;
            name = reference(*definition.node);
            if (!name.empty()) continue;
            // Filled later, as a definition may contain itself, and a chain of them be long.
            if (definition.schema == nullptr) {
                definition.schema = arena_.make<Schema>();
                unfilled_.push_back(definition);
            }
            return definition.schema;
        }
        return nullptr;
    }

    static std::string_view reference(const yaml::Node& type) {
        constexpr std::string_view local = "#/definitions/";
        const std::string_view text = type.text_of("$ref");
        return text.starts_with(local) ? text.substr(local.size()) : std::string_view();
    }

    const Schema* type(const yaml::Node& node) {
        if (const std::string_view target = reference(node); !target.empty())
            return definition(target);
        Schema* const schema = arena_.make<Schema>();
        fill(*schema, node);
        return schema;
    }

    void fill(Schema& schema, const yaml::Node& node) {
        if (const yaml::Node* const properties = node.find("properties"); properties != nullptr)
            schema.fields = fields(*properties);
        const yaml::Node* const others = node.find("additionalProperties");
        if (others != nullptr && others->is_mapping()) schema.other_fields = type(*others);
        const yaml::Node* const items = node.find("items");
        if (items != nullptr && items->is_mapping() && node.text_of("type") == "array")
            schema.element = type(*items);
        schema.merges = merges(node.text_of("x-kubernetes-patch-strategy"));
        if (schema.merges) schema.keys = keys(node);
    }

    std::span<const Schema::Field> fields(const yaml::Node& properties) {
        yaml::List<Schema::Field> fields;
        for (const yaml::Pair& pair : properties.pairs)
            fields.push_back(arena_, {pair.key->text, type(*pair.value)});
        std::sort(fields.begin(), fields.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        return {fields.begin(), fields.size()};
    }

    /// Whether "merge" is one of the words of "merge,retainKeys".
    static bool merges(std::string_view strategies) {
        while (!strategies.empty()) {
            const std::size_t comma = strategies.find(',');
            if (strategies.substr(0, comma) == "merge") return true;
            if (comma == std::string_view::npos) return false;
            strategies.remove_prefix(comma + 1);
        }
        return false;
    }

    std::span<const std::string_view> keys(const yaml::Node& node) {
        yaml::List<std::string_view> keys;
        const yaml::Node* const list = node.find("x-kubernetes-list-map-keys");
        const std::string_view single = node.text_of("x-kubernetes-patch-merge-key");
        if (list != nullptr) {
            for (const yaml::Node* const key : list->items) keys.push_back(arena_, key->text);
        } else if (!single.empty()) {
            keys.push_back(arena_, single);
        }
        return {keys.begin(), keys.size()};
    }

    yaml::Arena& arena_;
    const Schemas* known_ = nullptr;
    bool has_unknown_ = false;
    std::map<std::string_view, Definition> definitions_;
    std::vector<Definition> unfilled_;
};

}  // namespace

const Schema* Schema::field(std::string_view name) const {
    const auto found =
        std::lower_bound(fields.begin(), fields.end(), name,
                         [](const Field& field, std::string_view key) { return field.name < key; });
    return found != fields.end() && found->name == name ? found->schema : other_fields;
}

Schemas Schemas::from_open_api(yaml::Arena& arena, const yaml::Node& document) {
    OpenApi read(arena, document);
    const std::span<const Type> types = read.types();
    return Schemas(types, read.cluster_scoped(document));
}

const Schema* Schemas::read(yaml::Arena& arena, const yaml::Node& schema) const {
    return OpenApi(arena, *this).single(schema);
}

const Schema* Schemas::definition(std::string_view name) const {
    struct Row {
        std::string_view name, kind;
        std::array<std::string_view, 2> path;
        bool of_element;
    };
    // Those whose lists are merged and that are no kinds themselves, by where a kind has them.
    static constexpr std::array<Row, 5> rows = {
        {{"Container", "Pod", {"spec", "containers"}, true},
         {"EphemeralContainer", "Pod", {"spec", "ephemeralContainers"}, true},
         {"PodSpec", "Pod", {"spec", ""}, false},
         {"PodTemplateSpec", "PodTemplate", {"template", ""}, false},
         {"Volume", "Pod", {"spec", "volumes"}, true}}};
    constexpr std::string_view core = "io.k8s.api.core.v1.";
    if (!name.starts_with(core)) return nullptr;
    name.remove_prefix(core.size());
    const auto row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end()) return find("v1", name);
    const Schema* schema = find("v1", row->kind);
    for (const std::string_view part : row->path)
        if (schema != nullptr && !part.empty()) schema = schema->field(part);
    return schema != nullptr && row->of_element ? schema->element : schema;
}

const Schema* Schemas::find(std::string_view api_version, std::string_view kind) const {
    const Type wanted = {api_version, kind, nullptr};
    const auto found = std::lower_bound(types_.begin(), types_.end(), wanted, comes_before);
    return found != types_.end() && found->kind == kind && found->api_version == api_version
               ? found->schema
               : nullptr;
}

}  // namespace lockstep::kustomize
