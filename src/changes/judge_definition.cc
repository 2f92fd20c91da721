#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "changes/judging.h"
#include "changes/value.h"

namespace lockstep::changes {

namespace {

using yaml::Node;

/// What is said of one schema; the rest is counted.
constexpr std::size_t effects_max = 100;

bool is_definition(const Judging& judging) {
    return judging.is("apiextensions.k8s.io", "CustomResourceDefinition");
}

bool is_true(const Node* node) {
    return node != nullptr && node->is_scalar() && node->text == "true";
}

const Node* version_called(const Node& definition, std::string_view name) {
    const Node* const versions = definition.at("spec", "versions");
    if (versions == nullptr) return nullptr;
    for (const Node* const version : versions->items)
        if (version->text_of("name") == name) return version;
    return nullptr;
}

/// Its own, or before apiextensions.k8s.io/v1 that of all versions.
const Node* schema_of(const Node& definition, const Node& version) {
    if (const Node* const own = version.at("schema", "openAPIV3Schema")) return own;
    return definition.at("spec", "validation", "openAPIV3Schema");
}

std::string_view storage_of(const Node& definition) {
    const Node* const versions = definition.at("spec", "versions");
    if (versions == nullptr) return {};
    for (const Node* const version : versions->items)
        if (is_true(version->find("storage"))) return version->text_of("name");
    return {};
}

bool keeps_unknown(const Node& schema) {
    return is_true(schema.find("x-kubernetes-preserve-unknown-fields"));
}

std::set<std::string> texts_of(const Node& schema, std::string_view key) {
    std::set<std::string> texts;
    if (const Node* const list = schema.find(key))
        for (const Node* const item : list->items) texts.insert(shown(*item));
    return texts;
}

/// What objects that were right are wrong under now.
class SchemaJudgement {
  public:
    SchemaJudgement(Judging& judging, std::string version)
        : judging_(judging), version_(std::move(version)) {}

    void compare(const Node& before, const Node& after, const std::string& path) {
        if (is_same(before, after)) return;
        compare_type(before, after, path);
        compare_required(before, after, path);
        compare_enum(before, after, path);
        compare_bounds(before, after, path);
        compare_properties(before, after, path);
        for (const std::string_view inner : {"items", "additionalProperties"}) {
            const Node* const old = before.find(inner);
            const Node* const now = after.find(inner);
            if (old != nullptr && now != nullptr && old->is_mapping() && now->is_mapping())
                compare(*old, *now, path + (inner == "items" ? "[]" : ".*"));
        }
    }

    void finish() {
        if (count_ > effects_max)
            judging_.add(Rule::crd_field_changed,
                         {.why = std::to_string(count_ - effects_max) +
                                 " more changes of the schema may refuse or drop what is stored",
                          .field = version_});
    }

  private:
    void add(Rule rule, const std::string& path, std::string why, std::string before = {},
             std::string after = {}) {
        if (++count_ > effects_max) return;
        judging_.add(rule, {.why = std::move(why),
                            .field = version_ + path,
                            .before = std::move(before),
                            .after = std::move(after)});
    }

    void compare_type(const Node& before, const Node& after, const std::string& path) {
        const std::string_view old = before.text_of("type"), now = after.text_of("type");
        if (old != now && !now.empty() && !is_true(after.find("x-kubernetes-int-or-string")))
            add(Rule::crd_field_changed, path, "objects whose field is of the old type are refused",
                std::string(old), std::string(now));
    }

    void compare_required(const Node& before, const Node& after, const std::string& path) {
        const auto old = texts_of(before, "required");
        const Node* const properties = after.find("properties");
        for (const std::string& name : texts_of(after, "required")) {
            const Node* const property = properties == nullptr ? nullptr : properties->find(name);
            const bool has_default = property != nullptr && property->find("default") != nullptr;
            if (!old.contains(name) && !has_default)
                add(Rule::crd_field_required, path + '.' + name,
                    "objects without the field are refused at their next write");
        }
    }

    void compare_enum(const Node& before, const Node& after, const std::string& path) {
        if (after.find("enum") == nullptr) return;
        const auto old = texts_of(before, "enum"), now = texts_of(after, "enum");
        std::string gone;
        for (const std::string& value : old)
            if (!now.contains(value)) gone.append(gone.empty() ? "" : ", ").append(value);
        if (before.find("enum") == nullptr)
            add(Rule::crd_field_changed, path, "values that are not listed are refused");
        else if (!gone.empty())
            add(Rule::crd_field_changed, path, "values are no longer taken", gone);
    }

    void compare_bounds(const Node& before, const Node& after, const std::string& path) {
        for (const std::string_view bound :
             {"pattern", "format", "minimum", "maximum", "minLength", "maxLength", "minItems",
              "maxItems", "x-kubernetes-validations"}) {
            const Node* const old = before.find(bound);
            const Node* const now = after.find(bound);
            if (now == nullptr || (old != nullptr && is_same(*old, *now))) continue;
            if (!is_loosened(bound, old, *now))
                add(Rule::crd_field_changed, path,
                    "the schema's `" + std::string(bound) + "` may refuse what is stored",
                    old == nullptr ? std::string() : shown(*old), shown(*now));
        }
    }

    static bool is_loosened(std::string_view bound, const Node* old, const Node& now) {
        const bool is_number = bound.starts_with("min") || bound.starts_with("max");
        if (old == nullptr || !is_number) return false;
        const double from = std::strtod(std::string(old->text).c_str(), nullptr);
        const double to = std::strtod(std::string(now.text).c_str(), nullptr);
        return bound.starts_with("min") ? to <= from : to >= from;
    }

    void compare_properties(const Node& before, const Node& after, const std::string& path) {
        const Node* const old = before.find("properties");
        const Node* const now = after.find("properties");
        if (old == nullptr) return;
        for (const yaml::Pair& pair : old->pairs) {
            const std::string inner = path + '.' + std::string(pair.key->text);
            const Node* const found = now == nullptr ? nullptr : now->find(pair.key->text);
            if (found != nullptr)
                compare(*pair.value, *found, inner);
            else if (!keeps_unknown(after))
                add(Rule::crd_field_removed, inner, "the schema no longer has the field");
        }
    }

    Judging& judging_;
    std::string version_;
    std::size_t count_ = 0;
};

void judge_version(Judging& judging, const Node& old, const Node* now) {
    const std::string name(old.text_of("name"));
    if (now == nullptr)
        return judging.add(Rule::crd_version_removed,
                           {.why = "the version `" + name + "` is gone", .field = name});
    if (is_true(old.find("served")) && !is_true(now->find("served")))
        judging.add(Rule::crd_version_unserved,
                    {.why = "the version `" + name + "` is no longer served", .field = name});
    const Node* const before = schema_of(*judging.object().before, old);
    const Node* const after = schema_of(*judging.object().after, *now);
    if (before == nullptr || after == nullptr) return;
    SchemaJudgement schema(judging, name + ": ");
    schema.compare(*before, *after, "");
    schema.finish();
}

void judge_changed(Judging& judging) {
    const Node& before = *judging.object().before;
    const Node& after = *judging.object().after;
    if (const Node* const versions = before.at("spec", "versions"))
        for (const Node* const old : versions->items)
            judge_version(judging, *old, version_called(after, old->text_of("name")));
    const std::string_view old = storage_of(before), now = storage_of(after);
    if (!old.empty() && !now.empty() && old != now)
        judging.add(Rule::crd_storage_changed, {.why = "objects are stored in another version",
                                                .field = "spec.versions",
                                                .before = std::string(old),
                                                .after = std::string(now)});
}

}  // namespace

void judge_definition(Judging& judging) {
    if (!is_definition(judging)) return;
    if (judging.object().kind == ObjectChange::Kind::removed)
        return judging.add(Rule::crd_removed,
                           {.why = "the definition is no longer part of what is "
                                   "applied; pruning it deletes every object of it"});
    if (judging.object().kind == ObjectChange::Kind::changed) judge_changed(judging);
}

}  // namespace lockstep::changes
