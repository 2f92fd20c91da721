#include "kustomize/generators.h"
#include "kustomize/build_metadata.h"

#include <algorithm>
#include <string>

#include "kustomize/data_value.h"
#include "kustomize/key_values.h"
#include "kustomize/scalar.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

using Kind = GeneratedKind;

/// Adds the pairs of `other` whose keys are not in `pairs`.
void add_missing(Pairs& pairs, const Pairs& other) {
    for (const auto& pair : other) {
        const bool known = std::any_of(pairs.begin(), pairs.end(), [&](const auto& mine) {
            return mine.first.value == pair.first.value;
        });
        if (!known) pairs.push_back(pair);
    }
}

/// A generator's options with those of the whole file: what is true anywhere is true, and the
/// generator's own labels and annotations win.
GeneratorOptions merged(const std::optional<GeneratorOptions>& own,
                        const std::optional<GeneratorOptions>& all) {
    GeneratorOptions options = own.value_or(GeneratorOptions{});
    if (!all) return options;
    add_missing(options.labels, all->labels);
    add_missing(options.annotations, all->annotations);
    options.disable_name_suffix_hash |= all->disable_name_suffix_hash;
    if (all->immutable && !options.immutable) options.immutable_mark = all->immutable_mark;
    options.immutable |= all->immutable;
    return options;
}

Behavior behavior_of(std::string_view text) {
    if (text == "merge") return Behavior::merge;
    if (text == "replace") return Behavior::replace;
    return Behavior::create;
}

/// Makes the nodes of generated objects.
class Maker {
  public:
    explicit Maker(yaml::Arena& arena) : arena_(arena) {}

    Result<yaml::Node*> make(const Generator& generator, const GeneratorOptions& options, Kind kind,
                             const std::vector<KeyValue>& pairs) {
        yaml::Node* const root = yaml::make_mapping(arena_, generator.mark);
        set(*root, "apiVersion", "v1", {});
        set(*root, "kind", kind == Kind::secret ? "Secret" : "ConfigMap", {});
        root->set(arena_, "metadata", TRY(metadata(generator, options)));
        if (kind == Kind::secret) {
            const Text& type = generator.type;
            set(*root, "type", type.empty() ? "Opaque" : type.value, type.mark);
            TRY(set_secret_data(*root, pairs));
        } else {
            TRY(set_config_data(*root, pairs));
        }
        if (options.immutable)
            root->set(
                arena_, "immutable",
                yaml::make_scalar(arena_, "true", yaml::Type::boolean, options.immutable_mark));
        return root;
    }

    Result<yaml::Node*> base64(std::string_view value, yaml::Mark mark) {
        return make_text(arena_, arena_.copy(base64_lines(value)), mark);
    }

  private:
    void set(yaml::Node& map, std::string_view key, std::string_view value, yaml::Mark mark) {
        yaml::Node* const text = yaml::make_string(arena_, value, mark);
        quote_if_misread(*text);
        map.set(arena_, key, text);
    }

    Result<yaml::Node*> metadata(const Generator& generator, const GeneratorOptions& options) {
        yaml::Node* const metadata = yaml::make_mapping(arena_);
        const auto set_part = [&](std::string_view key, const Text& text) {
            set_untyped_field(arena_, *metadata, key, text.value, text.mark);
        };
        set_part("name", generator.name);
        if (!generator.space.empty()) set_part("namespace", generator.space);
        TRY(set_pairs(*metadata, "labels", options.labels));
        TRY(set_pairs(*metadata, "annotations", options.annotations));
        return metadata;
    }

    Result<void> set_pairs(yaml::Node& metadata, std::string_view key, const Pairs& pairs) {
        if (pairs.empty()) return {};
        yaml::Node* const map = yaml::make_mapping(arena_);
        for (const auto& [name, value] : pairs)
            TRY(add(*map, {name.value, {}, name.mark}, make_text(arena_, value.value, value.mark)));
        metadata.set(arena_, key, map);
        return {};
    }

    Result<void> set_secret_data(yaml::Node& root, const std::vector<KeyValue>& pairs) {
        yaml::Node* const data = yaml::make_mapping(arena_);
        root.set(arena_, "data", data);
        for (const KeyValue& pair : pairs) TRY(add(*data, pair, base64(pair.value, pair.mark)));
        return {};
    }

    Result<void> set_config_data(yaml::Node& root, const std::vector<KeyValue>& pairs) {
        yaml::Node* const data = yaml::make_mapping(arena_);
        yaml::Node* const binary = yaml::make_mapping(arena_);
        for (const KeyValue& pair : pairs) {
            if (is_utf8(pair.value))
                TRY(add(*data, pair, make_text(arena_, pair.value, pair.mark)));
            else
                TRY(add(*binary, pair, base64(pair.value, pair.mark)));
        }
        if (!data->pairs.empty()) root.set(arena_, "data", data);
        if (!binary->pairs.empty()) root.set(arena_, "binaryData", binary);
        return {};
    }

    // The keys are known to be distinct, so they need not be looked for.
    Result<void> add(yaml::Node& map, const KeyValue& pair, Result<yaml::Node*> made) {
        yaml::Node* const value = TRY(std::move(made));
        quote_if_misread(*value);
        yaml::Node* const key = TRY(make_key(arena_, pair.key, pair.mark));
        map.pairs.push_back(arena_, {key, value});
        return {};
    }

    yaml::Arena& arena_;
};

/// What an object's data say together with its stringData, which win.
Result<TextMap> normalized_data(Maker& maker, const yaml::Node& root) {
    TextMap data = read_text_map(&root, "data");
    if (root.text_of("kind") != "Secret" || root.text_of("apiVersion") != "v1") return data;
    for (const auto& [key, value] : read_text_map(&root, "stringData")) {
        if (!value->is_scalar())
            return fail(Error::Kind::invalid, "stringData of `" + std::string(key) + "` is no text",
                        {}, value->mark.location());
        const std::string_view text = value->is_null() ? std::string_view() : value->text;
        data[key] = TRY(maker.base64(text, value->mark));
    }
    return data;
}

/// Takes over what a merged or replaced object keeps: labels, annotations, name and namespace.
Result<void> keep_metadata(yaml::Arena& arena, const Resource& old, yaml::Node& fresh) {
    yaml::Node* const metadata = fresh.find("metadata");
    const yaml::Node* const old_metadata = old.root->find("metadata");
    for (const std::string_view key : {"labels", "annotations"}) {
        TextMap map = read_text_map(old_metadata, key);
        overlay(map, read_text_map(metadata, key));
        TRY(write_text_map(arena, *metadata, key, map));
    }
    for (const std::string_view key : {"name", "namespace"}) {
        const yaml::Node* const value = old_metadata->find(key);
        if (value == nullptr || value->text.empty())
            metadata->remove(key);
        else
            set_untyped_field(arena, *metadata, key, value->text, value->mark);
    }
    return {};
}

/// In data, unlike in labels and annotations, a null counts as "".
void empty_nulls(yaml::Arena& arena, TextMap& map) {
    for (auto& [key, value] : map)
        if (value->is_null()) value = yaml::make_string(arena, "", value->mark);
}

Result<void> merge_data(Build& build, const yaml::Node& old, yaml::Node& fresh) {
    Maker maker(build.arena());
    TextMap data = TRY(normalized_data(maker, old));
    overlay(data, read_text_map(&fresh, "data"));
    TextMap binary = read_text_map(&old, "binaryData");
    overlay(binary, read_text_map(&fresh, "binaryData"));
    empty_nulls(build.arena(), data);
    empty_nulls(build.arena(), binary);
    TRY(write_text_map(build.arena(), fresh, "data", data));
    return write_text_map(build.arena(), fresh, "binaryData", binary);
}

/// Adds a generated object, or puts it into the place of the one it names.
Result<void> absorb(Build& build, Resource* fresh, const Generator& generator, Resources& objects) {
    const Id id = fresh->id();
    const Resources::List matches = objects.that_had_id(id);
    const bool joins = fresh->behavior == Behavior::merge || fresh->behavior == Behavior::replace;
    const auto refuse = [&](std::string_view why, std::string hint) {
        return fail(Error::Kind::invalid, to_string(id) + " " + std::string(why), std::move(hint),
                    generator.mark.location());
    };
    TRY(note_generator(build, *fresh->root));
    if (matches.size() > 1)
        return refuse("is the id of several objects", "give them different names");
    if (matches.empty() && joins)
        return refuse("does not exist; cannot merge or replace",
                      "name an object of `resources`, or leave `behavior` out");
    if (matches.empty()) return objects.append(fresh);
    if (!joins)
        return refuse("exists; can not use this behavior, behavior must be merge or replace",
                      "set `behavior`, or give one of the two another name");
    Resource& old = *matches.front();
    if (fresh->behavior == Behavior::merge) TRY(merge_data(build, *old.root, *fresh->root));
    TRY(keep_metadata(build.arena(), old, *fresh->root));
    if (fresh->behavior == Behavior::merge)
        TRY(keep_origin(build.arena(), *old.root, *fresh->root));
    old.root = fresh->root;
    old.needs_hash = old.needs_hash && fresh->needs_hash;
    objects.ids_changed();
    return {};
}

Result<void> generate(Build& build, const Loader& loader, const GeneratorOptions& options,
                      const Generator& generator, Kind kind, Resources& objects) {
    if (generator.name.empty())
        return fail(Error::Kind::invalid, "a configmap must have a name, as must a secret",
                    "write `name`", generator.mark.location());
    const std::vector<KeyValue> pairs = TRY(read_key_values(build, loader, generator));
    yaml::Node* const root = TRY(Maker(build.arena()).make(generator, options, kind, pairs));
    Resource* const fresh = TRY(build.add(root));
    fresh->needs_hash = !options.disable_name_suffix_hash;
    fresh->behavior = behavior_of(generator.behavior.value);
    return absorb(build, fresh, generator, objects);
}

}  // namespace

Result<void> run_generator(Build& build, const Loader& loader, const Generator& generator,
                           GeneratedKind kind, Resources& objects) {
    const GeneratorOptions options = generator.options.value_or(GeneratorOptions{});
    return generate(build, loader, options, generator, kind, objects);
}

Result<void> run_generators(Build& build, const Loader& loader, const Kustomization& file,
                            Resources& objects) {
    const Notes notes(build, loader, file);
    const auto run = [&](const std::vector<Generator>& list, Kind kind) -> Result<void> {
        TRY(notes.generates(kind == Kind::secret ? "SecretGenerator" : "ConfigMapGenerator"));
        for (const Generator& generator : list) {
            const GeneratorOptions options = merged(generator.options, file.generator_options);
            TRY(generate(build, loader, options, generator, kind, objects));
        }
        return {};
    };
    TRY(run(file.config_maps, Kind::config_map));
    return run(file.secrets, Kind::secret);
}

}  // namespace lockstep::kustomize
