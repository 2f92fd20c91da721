#include "kustomize/build_metadata.h"

#include <memory>
#include <utility>
#include <vector>

#include "kustomize/text_map.h"
#include "yaml/emit.h"

namespace lockstep::kustomize {

namespace {

constexpr std::string_view origin_key = "config.kubernetes.io/origin";
constexpr std::string_view transformations_key = "alpha.config.kubernetes.io/transformations";

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
    Origin file;
    std::string_view api_version, kind, name, space;
};

Result<std::string> note_of(const Worker& worker) {
    std::string note;
    TRY(add_line(note, "", "repo: ", worker.file.repository));
    TRY(add_line(note, "", "ref: ", worker.file.ref));
    TRY(add_line(note, "", "configuredIn: ", worker.file.path));
    note += "configuredBy:\n";
    TRY(add_line(note, "  ", "apiVersion: ", worker.api_version));
    TRY(add_line(note, "  ", "kind: ", worker.kind));
    TRY(add_line(note, "  ", "name: ", worker.name));
    TRY(add_line(note, "  ", "namespace: ", worker.space));
    return note;
}

/// The origin that is noted on an object that was read from a file; none on others.
Result<Origin> noted_origin(const Resource& object) {
    Origin origin;
    const yaml::Node* const note = object.root->at("metadata", "annotations", origin_key);
    if (note == nullptr) return origin;
    const auto document = TRY(yaml::Document::parse(
        "a note", std::make_shared<const std::string>(note->text), yaml::Dialect::resource));
    for (const yaml::Node* const root : document->roots()) {
        origin.path = root->text_of("path");
        origin.repository = root->text_of("repo");
        origin.ref = root->text_of("ref");
    }
    return origin;
}

Result<std::string> note_of_config(const Resource& config) {
    return note_of(Worker{TRY(noted_origin(config)), config.root->text_of("apiVersion"),
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
    if (known != nullptr && !text.starts_with("- configuredIn: ") && !text.starts_with("- repo: "))
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

Worker builtin(Origin file, std::string_view kind) {
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

std::string_view name_of(const Kustomization& file) {
    // A title may be a URL and a path behind it; the names themselves have neither slash nor blank.
    const std::string_view title = file.document->source().path;
    return title.substr(title.find_last_of("/ ") + 1);
}

Notes::Notes(Build& build, const Loader& loader, const Kustomization& file)
    : build_(build), file_(loader.origin().joined(name_of(file))) {}

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
    const Origin origin = may_be_remote_file(path) ? TRY(file_origin(loader.origin(), path))
                                                   : loader.origin().joined(path);
    std::string note;
    TRY(add_line(note, "", "path: ", origin.path));
    TRY(add_line(note, "", "repo: ", origin.repository));
    TRY(add_line(note, "", "ref: ", origin.ref));
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
