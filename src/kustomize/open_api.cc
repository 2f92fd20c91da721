#include "kustomize/open_api.h"

#include <string>

#include "kustomize/json_text.h"

namespace lockstep::kustomize {

namespace {

// The only version that kustomize 5.8.2 has built in.
constexpr std::string_view builtin_version = "v1.21.2";

const Text* find(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs)
        if (name.value == key) return &value;
    return nullptr;
}

std::unexpected<Error> at(const Text& place, Error::Kind kind, std::string message,
                          std::string hint) {
    return fail(kind, std::move(message), std::move(hint), place.mark.location());
}

Result<File> load(const Loader& loader, const Text& path) {
    Result<File> file = loader.load(path.value);
    if (file.has_value()) return file;
    Error error = std::move(file).error();
    if (!error.at) error.at = path.mark.location();
    return std::unexpected(std::move(error));
}

/// What begins with a brace has to be JSON, anything else is YAML.
Result<const yaml::Node*> parse(Build& build, const File& file) {
    if (file.text->starts_with('{')) return TRY(read_json(build.arena(), file.title, file.text));
    const auto document = TRY(build.parse(file, yaml::Dialect::kustomization));
    if (!document->roots().empty() && document->roots().front()->is_mapping())
        return document->roots().front();
    return fail(Error::Kind::invalid, "found no mapping where an OpenAPI schema should be",
                "write `definitions` and `paths`", Location{file.title, 1, 1});
}

}  // namespace

Result<void> choose_schemas(Build& build, const Loader& loader, const Kustomization& file,
                            bool is_root) {
    const Text* const path = find(file.open_api, "path");
    const Text* const version = find(file.open_api, "version");
    std::optional<File> schema;
    if (path != nullptr) schema = TRY(load(loader, *path));
    if (build.has_chosen_schemas()) return {};
    if (schema && version != nullptr)
        return at(*version, Error::Kind::invalid,
                  "builtin version and custom schema provided, cannot use both",
                  "keep one of them");
    if (schema) {
        if (!is_root && build.has_objects())
            return at(*path, Error::Kind::unsupported,
                      "unsupported: an OpenAPI schema of a base that follows other resources",
                      "name it where the build starts, or list the base first");
        build.choose(Schemas::from_open_api(build.arena(), *TRY(parse(build, *schema))));
        return {};
    }
    if (version == nullptr || version->empty()) return {};
    if (version->value != builtin_version)
        return at(
            *version, Error::Kind::invalid,
            "the specified OpenAPI version is not built in: `" + std::string(version->value) + "`",
            "kustomize 5.8.2 has " + std::string(builtin_version));
    build.choose(Schemas());
    return {};
}

}  // namespace lockstep::kustomize
