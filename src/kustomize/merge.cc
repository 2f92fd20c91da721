#include "kustomize/merge.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kustomize/merge_elements.h"
#include "kustomize/node_kind.h"
#include "kustomize/scalar.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

enum class Directive { merge, replace, remove };

// Elements looked at while lists are merged: each of a list's elements is held against all others.
constexpr std::size_t work_limit = 50'000'000;

bool absent(const Node* node) {
    return node == nullptr || node->is_null();
}

const char* kind_name(const Node& node) {
    return node.is_mapping() ? "a mapping" : node.is_sequence() ? "a list" : "a scalar";
}

Result<Directive> directive_named(const Node& value) {
    if (value.text == "merge") return Directive::merge;
    if (value.text == "replace") return Directive::replace;
    if (value.text == "delete") return Directive::remove;
    return fail(Error::Kind::invalid,
                "unknown patch strategy `" + std::string(value.text) +
                    "` of `$patch`, expected merge, replace or delete",
                "write one of the three", value.mark.location());
}

/// In a list a directive is an element of its own; beside other fields it belongs to that element.
Result<Directive> take_list_directive(yaml::Arena& arena, Node& patch) {
    const auto found = std::find_if(patch.items.begin(), patch.items.end(), [](const Node* item) {
        return item->find("$patch") != nullptr;
    });
    if (found == patch.items.end() || (*found)->pairs.size() > 1) return Directive::merge;
    const Node& value = *(*found)->find("$patch");
    const Directive directive = TRY(directive_named(value));
    const std::string_view keys[] = {"$patch"};
    const std::string_view values[] = {value.text};
    TRY(put_element(arena, patch, nullptr, {keys, values}));
    return directive;
}

/// Reads the directive of a patch and removes it there.
Result<Directive> take_directive(yaml::Arena& arena, Node* patch) {
    if (patch == nullptr) return Directive::merge;
    if (patch->is_sequence()) return take_list_directive(arena, *patch);
    const Node* const value = patch->find("$patch");
    if (value == nullptr) return Directive::merge;
    const Directive directive = TRY(directive_named(*value));
    patch->remove("$patch");
    return directive;
}

/// What becomes of a place in the object: null where it is removed. A null that stays is told from
/// one that removes.
struct Outcome {
    Node* node = nullptr;
    bool null_stays = false;

    bool removed() const { return absent(node) && !null_stays; }
};

/// Puts `value` where `old` stood. The old style stays, as kustomize has it, and so a number that
/// comes into quotes is a string from then on. What stays itself gets the quotes of a new field.
void put(Node& old, const Node& value) {
    if (&old == &value) return quote_if_misread(old);
    const yaml::Style style = old.is_scalar() ? old.style : yaml::Style::plain;
    old = value;
    if (!old.is_scalar()) return;
    old.style = style;
    if (style != yaml::Style::plain)
        old.type = yaml::Type::string;
    else
        set_text(old, old.text, old.mark);
}

/// The fields of a patch by name, and which of them were asked for.
class PatchFields {
  public:
    explicit PatchFields(const Node* patch) {
        if (patch == nullptr || !patch->is_mapping()) return;
        pairs_ = {patch->pairs.begin(), patch->pairs.end()};
        used_.resize(pairs_.size());
        if (pairs_.size() <= few) return;
        for (std::size_t i = 0; i < pairs_.size(); ++i) index_.emplace(pairs_[i].key->text, i);
    }

    /// Null where there is none.
    const Node* key(std::string_view name) const {
        const std::size_t at = find(name);
        return at == pairs_.size() ? nullptr : pairs_[at].key;
    }
    /// The same of the value, which is taken.
    Node* take(std::string_view name) {
        const std::size_t at = find(name);
        if (at == pairs_.size()) return nullptr;
        used_[at] = true;
        return pairs_[at].value;
    }

    std::vector<yaml::Pair> rest() const {
        std::vector<yaml::Pair> rest;
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            if (!used_[i]) rest.push_back(pairs_[i]);
        return rest;
    }

  private:
    static constexpr std::size_t few = 16;

    std::size_t find(std::string_view name) const {
        if (pairs_.size() > few) {
            const auto found = index_.find(name);
            return found == index_.end() ? pairs_.size() : found->second;
        }
        std::size_t at = 0;
        while (at < pairs_.size() && pairs_[at].key->text != name) ++at;
        return at;
    }

    std::vector<yaml::Pair> pairs_;
    std::vector<bool> used_;
    std::unordered_map<std::string_view, std::size_t> index_;
};

/// The texts of the merge keys of elements of both lists, one row for each element that differs.
class KeyRows {
  public:
    KeyRows(const Node* patch, const Node* object, std::span<const std::string_view> keys) {
        for (const Node* const list : {patch, object}) {
            if (list == nullptr) continue;
            for (const Node* const element : list->items) {
                Texts row;
                for (const std::string_view key : keys)
                    row.push_back(key.empty() ? element->text : key_text(*element, key));
                if (seen_.insert(joined(row)).second) rows_.push_back(std::move(row));
            }
        }
        if (keys.size() > 1) fill_gaps();
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (std::any_of(rows_.begin(), rows_.end(),
                            [&](const Texts& row) { return !row[i].empty(); }))
                used_.push_back(i);
        // Where no element has any key, all of them are asked for (and not found).
        if (used_.empty())
            for (std::size_t i = 0; i < keys.size(); ++i) used_.push_back(i);
    }

    const std::vector<Texts>& rows() const { return rows_; }

    /// The keys that some element has, of the keys or of a row.
    Texts used(std::span<const std::string_view> of) const {
        Texts texts;
        for (const std::size_t i : used_) texts.push_back(of[i]);
        return texts;
    }

  private:
    static std::string joined(const Texts& row) {
        std::string text;
        for (const std::string_view part : row)
            text.append(std::to_string(part.size())).append(1, ':').append(part);
        return text;
    }

    /// Two rows that agree as far as both are set (in one key at least) both become their union.
    static bool unite(const Texts& a, const Texts& b, Texts& both) {
        bool agree = false;
        both.clear();
        for (std::size_t i = 0; i < a.size(); ++i) {
            agree = agree || a[i] == b[i];
            if (a[i] != b[i] && !a[i].empty() && !b[i].empty()) return false;
            both.push_back(a[i].empty() ? b[i] : a[i]);
        }
        return agree;
    }

    void fill_gaps() {
        Texts both;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const Texts row = rows_[i];
            for (std::size_t j = 0; j < rows_.size(); ++j)
                if (unite(row, rows_[j], both)) rows_[i] = rows_[j] = both;
        }
    }

    std::vector<Texts> rows_;
    std::unordered_set<std::string> seen_;
    std::vector<std::size_t> used_;
};

class Merger {
  public:
    Merger(yaml::Arena& arena, const Schemas& schemas) : arena_(arena), schemas_(schemas) {}

    Result<Outcome> at(Node* object, Node* patch, const Schema* schema) {
        if (schema == nullptr) schema = own_schema(object, patch);
        if (!absent(object) && !absent(patch) && object->kind != patch->kind)
            return fail(Error::Kind::invalid,
                        wrong_node_kind(object->kind, *patch) + ": found " + kind_name(*patch) +
                            " where the object has " + kind_name(*object),
                        "a patch may remove a field with null, but not change its kind",
                        patch->mark.location());
        const Node* const known = !absent(object) ? object : patch;
        if (absent(known) || known->is_mapping()) return mapping(object, patch, schema);
        if (known->is_sequence() && schema != nullptr && schema->merges)
            return list(object, patch, *schema);
        return Outcome{patch != nullptr ? patch : object};
    }

  private:
    /// An object within an object that has no schema brings its own.
    const Schema* own_schema(const Node* object, const Node* patch) const {
        for (const Node* const node : {static_cast<const Node*>(object), patch}) {
            if (absent(node) || !node->is_mapping()) continue;
            const std::string_view kind = node->text_of("kind");
            const std::string_view api_version = node->text_of("apiVersion");
            if (kind.empty() || api_version.empty()) continue;
            if (const Schema* const found = schemas_.find(api_version, kind)) return found;
        }
        return nullptr;
    }

    /// Which of the two goes on, before their parts are merged.
    Result<Outcome> chosen(Node* object, Node* patch) {
        if (absent(patch) && patch != nullptr && !absent(object)) return Outcome{};
        const Directive directive = TRY(take_directive(arena_, patch));
        if (directive == Directive::remove) return Outcome{};
        return Outcome{directive == Directive::replace ? patch : object};
    }

    Outcome chosen_without_object(Node* object, Node* patch) {
        // An unknown directive of a new mapping stays in it as data.
        const Result<Directive> directive = take_directive(arena_, patch);
        if (directive.has_value() && *directive == Directive::remove) return {};
        // A null written out stays, an empty one goes.
        if (patch == nullptr && object != nullptr && !object->text.empty()) return {object, true};
        return {patch};
    }

    Result<Outcome> mapping(Node* object, Node* patch, const Schema* schema) {
        const Outcome whole =
            absent(object) ? chosen_without_object(object, patch) : TRY(chosen(object, patch));
        if (whole.removed() || whole.null_stays) return whole;
        TRY(fields(*whole.node, patch, schema));
        return whole;
    }

    /// What comments say goes before all else, those of the object first.
    const Schema* field_schema(const Schema* schema, std::string_view name, const Node* key,
                               const PatchFields& patched) const {
        if (schemas_.has_comments()) {
            if (const Schema* const own = schemas_.in_comment(key)) return own;
            if (const Schema* const own = schemas_.in_comment(patched.key(name))) return own;
        }
        return schema == nullptr ? nullptr : schema->field(name);
    }

    Result<void> fields(Node& object, Node* patch, const Schema* schema) {
        for (const Node* const side :
             {static_cast<const Node*>(&object), static_cast<const Node*>(patch)})
            if (side != nullptr && side->find("") != nullptr)
                return fail(Error::Kind::invalid, "found an empty key where a patch merges",
                            "kustomize cannot merge it; name the field",
                            side->find_key("")->mark.location());
        PatchFields patched(patch);
        const std::vector<yaml::Pair> pairs(object.pairs.begin(), object.pairs.end());
        object.pairs.clear();
        for (const yaml::Pair& pair : pairs) {
            const std::string_view name = pair.key->text;
            const Schema* const of_field = field_schema(schema, name, pair.key, patched);
            const Outcome merged = TRY(at(pair.value, patched.take(name), of_field));
            if (merged.removed()) continue;
            put(*pair.value, *merged.node);
            object.pairs.push_back(arena_, pair);
        }
        for (const yaml::Pair& pair : patched.rest()) {
            const std::string_view name = pair.key->text;
            const Schema* const of_field = field_schema(schema, name, pair.key, patched);
            const Outcome merged = TRY(at(nullptr, pair.value, of_field));
            if (merged.removed()) continue;
            quote_if_misread(*merged.node);
            object.pairs.push_back(arena_, {pair.key, merged.node});
        }
        return {};
    }

    Result<Outcome> list(Node* object, Node* patch, const Schema& schema) {
        Node* whole = patch;
        if (!absent(object)) whole = TRY(chosen(object, patch)).node;
        if (absent(whole)) return Outcome{};
        constexpr std::string_view itself[] = {""};
        const std::span<const std::string_view> keys =
            schema.keys.empty() ? std::span<const std::string_view>(itself) : schema.keys;
        return elements(*whole, patch, keys, schema.element);
    }

    Result<Outcome> elements(Node& object, Node* patch, std::span<const std::string_view> all_keys,
                             const Schema* schema) {
        TRY(spend(object, patch));
        const KeyRows rows(patch, &object, all_keys);
        if (rows.rows().empty()) return Outcome{&object};
        const Texts keys = rows.used(all_keys);
        Node* const merged = yaml::make_sequence(arena_, object.mark);
        for (const Texts& row : rows.rows()) {
            const Texts values = rows.used(row);
            const ElementKey key = {keys, values};
            Node* const element = TRY(merged_element(object, patch, key, schema));
            if (absent(element) || (element->is_mapping() && element->pairs.empty()))
                TRY(put_element(arena_, object, nullptr, key));
            else
                TRY(put_element(arena_, *merged, element, key));
        }
        for (Node* const element : std::vector<Node*>(object.items.begin(), object.items.end()))
            TRY(append(*merged, *element, keys));
        return Outcome{merged};
    }

    /// The elements of both lists under one key, merged; null where neither has one.
    Result<Node*> merged_element(const Node& object, const Node* patch, const ElementKey& key,
                                 const Schema* schema) {
        Texts keys;
        Texts values;
        for (std::size_t i = 0; i < key.keys.size(); ++i) {
            if (key.values[i].empty()) continue;
            keys.push_back(key.keys[i]);
            values.push_back(key.values[i]);
        }
        const ElementKey set = keys.empty() ? key : ElementKey{keys, values};
        Node* const patched = patch == nullptr ? nullptr : find_element(*patch, set);
        Node* const merged = TRY(at(find_element(object, set), patched, schema)).node;
        if (merged != nullptr && merged->is_mapping() && !merged->pairs.empty()) {
            for (std::size_t i = 0; i < keys.size(); ++i)
                if (merged->find(keys[i]) == nullptr)
                    set_untyped_field(arena_, *merged, keys[i], values[i], {});
        }
        return merged;
    }

    /// An element of the object goes behind those of the patch, or to the place it was given there.
    Result<void> append(Node& merged, Node& element, std::span<const std::string_view> keys) {
        if (keys.front().empty()) {
            const std::string_view text[] = {element.text};
            return put_element(arena_, merged, &element, {keys, text});
        }
        Texts values;
        for (const std::string_view key : keys) {
            if (element.is_sequence() || (element.is_scalar() && !element.is_null()))
                return fail(
                    Error::Kind::invalid,
                    std::string("found ") + kind_name(element) + " in a list that is merged by `" +
                        std::string(key) + "`, expected a mapping",
                    "write mappings that have `" + std::string(key) + "`", element.mark.location());
            const Node* const value = element.find(key);
            if (value == nullptr)
                merged.items.push_back(arena_, &element);
            else
                values.push_back(value->text);
        }
        if (keys.size() > 1) TRY(put_element(arena_, merged, nullptr, {keys, values}));
        return put_element(arena_, merged, &element, {keys, values});
    }

    Result<void> spend(const Node& object, const Node* patch) {
        const std::size_t count =
            object.items.size() + (patch == nullptr ? 0 : patch->items.size());
        work_ += count * count;
        if (count < work_limit && work_ <= work_limit) return {};
        return fail(Error::Kind::unsupported,
                    "found a list of " + std::to_string(count) +
                        " elements to merge, which would take too long",
                    "use a JSON 6902 patch for it", object.mark.location());
    }

    yaml::Arena& arena_;
    const Schemas& schemas_;
    std::size_t work_ = 0;
};

}  // namespace

Result<Merged> merge(yaml::Arena& arena, Node& object, Node& patch, const Schemas& schemas) {
    const Outcome merged = TRY(Merger(arena, schemas).at(&object, &patch, nullptr));
    return merged.removed() ? Merged::removed : Merged::kept;
}

}  // namespace lockstep::kustomize
