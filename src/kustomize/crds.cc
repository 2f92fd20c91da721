#include "kustomize/crds.h"

#include <string>
#include <utility>

#include "kustomize/decode.h"
#include "kustomize/json_text.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

// Types inside each other, and properties looked at: a chain of types without end is cut.
constexpr unsigned depth_limit = 64;
constexpr unsigned work_limit = 1'000'000;

const Node* extension(const Node& property, std::string_view name) {
    const Node* const value = property.find(std::string("x-kubernetes-") + std::string(name));
    return value != nullptr && value->is_string() ? value : nullptr;
}

const Node* properties_of(const Node& type) {
    const Node* schema = nullptr;
    for (const yaml::Pair& pair : type.pairs)
        if (same_name(pair.key->text, "Schema")) schema = pair.value;
    return schema == nullptr ? nullptr : schema->find("properties");
}

bool is_object(const Node& properties) {
    return properties.find("kind") != nullptr && properties.find("apiVersion") != nullptr &&
           properties.find("metadata") != nullptr;
}

/// The fields of one kind, gathered from the type and the types it contains.
class Fields {
  public:
    Fields(yaml::Arena& arena, const Node& types, std::string_view kind)
        : arena_(arena), types_(types), kind_(kind) {}

    Result<void> add(const Node& properties, const std::string& path, unsigned depth) {
        if (depth > depth_limit || (work_ += properties.pairs.size()) > work_limit)
            return fail(Error::Kind::invalid,
                        "found types that contain each other without end, below `" +
                            std::string(kind_) + "`",
                        "leave the reference out", properties.mark.location());
        for (const yaml::Pair& pair : properties.pairs)
            TRY(add_property(*pair.value,
                             path + (path.empty() ? "" : "/") + std::string(pair.key->text),
                             depth));
        return {};
    }

    /// What was gathered, as if it had been written in a file of `configurations`.
    Result<TransformerConfig> config() const {
        TransformerConfig config;
        config.common_annotations = TRY(with_fields(arena_, {}, annotations_));
        config.common_labels = TRY(with_fields(arena_, {}, labels_));
        config.name_prefix = TRY(with_fields(arena_, {}, names_));
        config.name_references = TRY(with_references(arena_, {}, references_));
        return config;
    }

  private:
    Result<void> add_property(const Node& property, const std::string& path, unsigned depth) {
        if (extension(property, "annotation") != nullptr) annotations_.push_back(field(path));
        if (extension(property, "label-selector") != nullptr) labels_.push_back(field(path));
        if (extension(property, "identity") != nullptr) names_.push_back(field(path));
        add_reference(property, path);
        const std::string_view type = property.text_of("$ref");
        const Node* const found = type.empty() ? nullptr : types_.find(type);
        const Node* const properties = found == nullptr ? nullptr : properties_of(*found);
        return properties == nullptr ? Result<void>() : add(*properties, path, depth + 1);
    }

    void add_reference(const Node& property, const std::string& path) {
        const Node* const version = extension(property, "object-ref-api-version");
        const Node* const kind = extension(property, "object-ref-kind");
        if (version == nullptr || kind == nullptr) return;
        const Node* const key = extension(property, "object-ref-name-key");
        const std::string name = key == nullptr ? "name" : std::string(key->text);
        FieldSpec* const referrer = arena_.make<FieldSpec>(field(path + "/" + name));
        references_.push_back(
            {{.version = version->text, .kind = kind->text}, std::span(referrer, 1)});
    }

    FieldSpec field(const std::string& path) const {
        return {.kind = kind_, .path = arena_.copy(path)};
    }

    yaml::Arena& arena_;
    const Node& types_;
    std::string_view kind_;
    std::size_t work_ = 0;
    std::vector<FieldSpec> annotations_, labels_, names_;
    std::vector<NameReferenceSpec> references_;
};

Result<const Node*> parse(Build& build, const File& file) {
    const Node* types = nullptr;
    if (file.text->starts_with('{')) {
        types = TRY(read_json(build.arena(), file.title, file.text));
    } else {
        const auto document = TRY(build.parse(file, yaml::Dialect::kustomization));
        if (!document->roots().empty()) types = document->roots().front();
    }
    if (types != nullptr && types->is_mapping()) return types;
    return fail(Error::Kind::invalid, "found no mapping where types should be defined",
                "write names of types, each with a `Schema`", Location{file.title, 1, 1});
}

Result<TransformerConfig> read_file(Build& build, const Loader& loader, const Text& path) {
    const File file = TRY(loader.load(path.value));
    const Node& types = *TRY(parse(build, file));
    TransformerConfig all;
    for (const yaml::Pair& type : types.pairs) {
        const Node* const properties = properties_of(*type.value);
        if (properties == nullptr || !is_object(*properties)) continue;
        const std::string_view name = type.key->text;
        Fields fields(build.arena(), types, name.substr(name.rfind('.') + 1));
        TRY(fields.add(*properties, "", 1));
        const TransformerConfig one = TRY(fields.config());
        all = TRY(merged(build.arena(), all, one));
    }
    return all;
}

}  // namespace

Result<TransformerConfig> read_crds(Build& build, const Loader& loader,
                                    const std::vector<Text>& paths) {
    TransformerConfig all;
    for (const Text& path : paths) {
        Result<TransformerConfig> one = read_file(build, loader, path);
        if (one.has_value()) one = merged(build.arena(), all, *one);
        if (!one.has_value()) {
            Error error = std::move(one).error();
            error.message = "loading CRDs `" + std::string(path.value) + "`: " + error.message;
            if (!error.at) error.at = path.mark.location();
            return std::unexpected(std::move(error));
        }
        all = *one;
    }
    return all;
}

}  // namespace lockstep::kustomize
