#include "manifest/yaml_file.h"

#include <memory>
#include <string>
#include <utility>

#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/images.h"
#include "manifest/mentions.h"
#include "manifest/place.h"
#include "yaml/parse.h"

namespace lockstep::manifest {

namespace {

Gap gap(std::string_view path, Error error, std::vector<std::string> mentions) {
    return {Surface::yaml, {}, placed(std::move(error), path), std::move(mentions)};
}

/// Whether the text can hold an object that names an image: most YAML of a repository does not,
/// and is not parsed for it. Images stand in containers, or under keys called after them.
bool may_declare(std::string_view text, const Fields& fields) {
    // The words of a UTF-16 text cannot be told before it is parsed.
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
    const bool object = text.find("apiVersion") != std::string_view::npos &&
                        text.find("kind") != std::string_view::npos;
    if (!object) return false;
    return !fields.paths.empty() || text.find("mage") != std::string_view::npos ||
           text.find("IMAGE") != std::string_view::npos ||
           text.find("repository") != std::string_view::npos;
}

bool is_object(const yaml::Node& root) {
    return root.is_mapping() && !root.text_of("apiVersion").empty() &&
           !root.text_of("kind").empty();
}

Result<std::shared_ptr<const yaml::Document>> parse(std::string_view path, const Blob& text) {
    return yaml::Document::parse(std::string(path), text, yaml::Dialect::resource);
}

/// What the objects of a text declare, behind what `facts` holds.
void add_objects(const yaml::Document& document, std::string_view path, const ReadOptions& options,
                 Facts& facts) {
    for (const yaml::Node* const root : document.roots())
        if (is_object(*root))
            find_images(*root, {Surface::yaml, {}}, options.fields, facts.declarations);
    sort_by_place(facts.declarations, 0);
    add_limit_gap(Surface::yaml, {}, path, facts);
}

}  // namespace

Facts read_yaml_file(const FileTree& tree, std::string_view path, const ReadOptions& options) {
    Facts facts;
    const Result<Blob> text = read_file(tree, path);
    if (!text.has_value()) {
        facts.gaps.push_back(gap(path, text.error(), {}));
        return facts;
    }
    if (!may_declare(**text, options.fields)) return facts;
    const auto document = parse(path, *text);
    if (!document.has_value()) {
        if (looks_like_manifest(**text))
            facts.gaps.push_back(gap(path, document.error(), mentions_of(**text)));
        return facts;
    }
    add_objects(**document, path, options, facts);
    return facts;
}

Facts read_manifests(std::string_view name, const Blob& text, const ReadOptions& options) {
    Facts facts;
    const auto document = parse(name, text);
    if (document.has_value())
        add_objects(**document, name, options, facts);
    else
        facts.gaps.push_back(gap(name, document.error(), mentions_of(*text)));
    return facts;
}

}  // namespace lockstep::manifest
