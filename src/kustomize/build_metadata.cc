#include "kustomize/build_metadata.h"

#include <algorithm>
#include <vector>

#include "kustomize/text_map.h"
#include "yaml/emit.h"

namespace lockstep::kustomize {

namespace {

constexpr std::string_view origin_key = "config.kubernetes.io/origin";
constexpr std::string_view transformations_key = "alpha.config.kubernetes.io/transformations";
constexpr std::string_view path_line = "path: ";

/// `path` from `directory`, without "." and with ".." only in front.
std::string joined(std::string_view directory, std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::string_view rest : {directory, path}) {
        while (!rest.empty()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            const std::string_view part = rest.substr(0, slash);
            rest.remove_prefix(std::min(slash + 1, rest.size()));
            if (part.empty() || part == ".") continue;
            if (part == ".." && !parts.empty() && parts.back() != "..")
                parts.pop_back();
            else
                parts.push_back(part);
        }
    }
    std::string text;
    for (const std::string_view part : parts) text.append(text.empty() ? "" : "/").append(part);
    return text;
}

/// Appends "key: value", unless there is no value.
Result<void> add_line(std::string& note, std::string_view indent, std::string_view key,
                      std::string_view value) {
    if (value.empty()) return {};
    std::string written;
    const bool is_folded = value.size() > 80 && value.find(' ') != std::string_view::npos;
    if (is_folded || value.find('\n') != std::string_view::npos)
        return fail(Error::Kind::unsupported,
                    "unsupported: `" + std::string(value) + "` in the notes of `buildMetadata`",
                    "leave the field out, or use a simpler name");
    yaml::Arena arena;
    TRY(yaml::emit(*yaml::make_string(arena, value), written));
    note.append(indent).append(key).append(written);
    return {};
}

/// Who made or changed an object.
struct Worker {
    std::string file;
    std::string_view api_version, kind, name, space;
};

Result<std::string> note_of(const Worker& worker) {
    std::string note;
    TRY(add_line(note, "", "configuredIn: ", worker.file));
    note += "configuredBy:\n";
    TRY(add_line(note, "  ", "apiVersion: ", worker.api_version));
    TRY(add_line(note, "  ", "kind: ", worker.kind));
    TRY(add_line(note, "  ", "name: ", worker.name));
    TRY(add_line(note, "  ", "namespace: ", worker.space));
    return note;
}

Result<std::string> note_of_config(const Resource& config) {
    const yaml::Node* const origin = config.root->at("metadata", "annotations", origin_key);
    std::string file;
    if (origin != nullptr && origin->text.starts_with(path_line))
        file = origin->text.substr(path_line.size(), origin->text.find('\n') - path_line.size());
    return note_of(Worker{std::move(file), config.root->text_of("apiVersion"),
                          config.root->text_of("kind"), config.name(), config.space()});
}

yaml::Node& metadata_of(yaml::Arena& arena, yaml::Node& object) {
    yaml::Node* metadata = object.find("metadata");
    if (metadata == nullptr || !metadata->is_mapping()) {
        metadata = yaml::make_mapping(arena, object.mark);
        object.set(arena, "metadata", metadata);
    }
    return *metadata;
}

Result<void> annotate(yaml::Arena& arena, yaml::Node& object, std::string_view key,
                      std::string_view note) {
    yaml::Node& metadata = metadata_of(arena, object);
    TextMap texts = read_text_map(&metadata, "annotations");
    texts[key] = TRY(make_text(arena, arena.copy(note), {}));
    return write_text_map(arena, metadata, "annotations", texts);
}

/// The same, but the other annotations stay as they are written.
Result<void> add_annotation(yaml::Arena& arena, yaml::Node& object, std::string_view key,
                            std::string_view note) {
    yaml::Node& metadata = metadata_of(arena, object);
    yaml::Node* annotations = metadata.find("annotations");
    if (annotations == nullptr || annotations->is_null()) {
        annotations = yaml::make_mapping(arena, object.mark);
        metadata.set(arena, "annotations", annotations);
    }
    if (!annotations->is_mapping())
        return fail(Error::Kind::invalid, "the annotations are no mapping", {},
                    annotations->mark.location());
    annotations->set(arena, key, TRY(make_text(arena, arena.copy(note), {})));
    return {};
}

/// "a: b\nc: d\n" as an element of a list.
std::string as_element(std::string_view note) {
    std::string text = "- ";
    for (const char c : note.substr(0, note.size() - 1)) {
        text += c;
        if (c == '\n') text += "  ";
    }
    return text + "\n";
}

Result<void> add_transformation(yaml::Arena& arena, yaml::Node& object, std::string_view note) {
    const yaml::Node* const origin = object.at("metadata", "annotations", origin_key);
    // What has no origin was made by the transformer.
    if (origin == nullptr) return annotate(arena, object, origin_key, note);
    const yaml::Node* const known = object.at("metadata", "annotations", transformations_key);
    std::string text(known == nullptr ? std::string_view() : known->text);
    if (known != nullptr && !text.starts_with("- configuredIn: "))
        return fail(Error::Kind::unsupported,
                    "unsupported: an object that is read with notes of transformations on it",
                    "remove the annotation", known->mark.location());
    return annotate(arena, object, transformations_key, text + as_element(note));
}

Result<void> add_transformations(Build& build, const std::string& note, Resources& objects) {
    for (Resource* const object : objects)
        TRY(add_transformation(build.arena(), *object->root, note));
    return {};
}

Worker builtin(std::string file, std::string_view kind) {
    return {std::move(file), "builtin", kind, {}, {}};
}

}  // namespace

BuildMetadata build_metadata(const Kustomization& file) {
    BuildMetadata metadata;
    metadata.tracked = !file.build_metadata.empty();
    for (const Text& option : file.build_metadata) {
        metadata.origins = metadata.origins || option.value == "originAnnotations";
        metadata.transformations =
            metadata.transformations || option.value == "transformerAnnotations";
        metadata.managed_by = metadata.managed_by || option.value == "managedByLabel";
    }
    return metadata;
}

Notes::Notes(Build& build, const Loader& loader, const Kustomization& file)
    : build_(build), file_(joined(loader.written(), file_name(file.document->source().path))) {}

Result<void> Notes::generates(std::string_view kind) const {
    if (build_.tracks_origins()) build_.set_generator(TRY(note_of(builtin(file_, kind))));
    return {};
}

Result<void> Notes::transformed(std::string_view kind, Resources& objects) const {
    if (!build_.tracks_origins()) return {};
    return add_transformations(build_, TRY(note_of(builtin(file_, kind))), objects);
}

Result<std::string> note_of(const Build& build, const Resource& config) {
    return build.tracks_origins() ? note_of_config(config) : std::string();
}

Result<void> generates(Build& build, const Resource& config) {
    build.set_generator(TRY(note_of(build, config)));
    return {};
}

Result<void> transformed(Build& build, const std::string& note, Resources& objects) {
    return build.tracks_origins() ? add_transformations(build, note, objects) : Result<void>();
}

Result<void> note_origin(Build& build, const Loader& loader, std::string_view path,
                         const std::vector<Resource*>& objects) {
    if (!build.tracks_origins()) return {};
    std::string note;
    TRY(add_line(note, "", path_line, joined(loader.written(), path)));
    for (Resource* const object : objects)
        TRY(add_annotation(build.arena(), *object->root, origin_key, note));
    return {};
}

Result<void> note_generator(Build& build, yaml::Node& object) {
    if (!build.tracks_origins()) return {};
    return annotate(build.arena(), object, origin_key, build.generator());
}

Result<void> keep_origin(yaml::Arena& arena, const yaml::Node& old, yaml::Node& fresh) {
    const yaml::Node* const origin = old.at("metadata", "annotations", origin_key);
    return origin == nullptr ? Result<void>() : annotate(arena, fresh, origin_key, origin->text);
}

}  // namespace lockstep::kustomize
