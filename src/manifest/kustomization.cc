#include "manifest/kustomization.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kustomize/render.h"
#include "manifest/field_path.h"
#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/images.h"
#include "manifest/mentions.h"
#include "manifest/place.h"
#include "manifest/remote_url.h"

namespace lockstep::manifest {

namespace {

constexpr std::size_t directory_limit = 1'000;
constexpr std::size_t mentioned_bytes_limit = 64u << 20;

/// The kustomizations that one is made of, as their files say: found without rendering.
struct Parts {
    std::vector<std::string> files;  // kustomization files too
    std::vector<Declaration> remotes;
    std::vector<std::string> urls;
    bool all = true;  // every file that refers to others could be read
};

Declaration remote_declaration(const kustomize::References::Url& url, std::string_view root) {
    Declaration declaration{.surface = Surface::kustomize, .subject = Subject::remote_ref};
    declaration.root = root;
    declaration.image = url.text;
    if (const std::optional<RemoteUrl> remote = parse_remote_url(url.text)) {
        declaration.image = remote->repository;
        declaration.declared = remote->revision;
    }
    return at_place(place_of(url.mark), std::move(declaration));
}

/// What is not there hides nothing.
bool is_absent(const Error& error) {
    return error.kind == Error::Kind::not_found;
}

std::string child(const std::string& directory, const std::string& name) {
    return directory.empty() ? name : directory + '/' + name;
}

void add_part(const FileTree& tree, const std::string& directory, std::string_view root,
              kustomize::Documents* documents, Parts& parts, std::vector<std::string>& pending) {
    const Result<kustomize::References> found = kustomize::references(tree, directory, documents);
    if (!found.has_value()) {
        parts.all = parts.all && is_absent(found.error());
        if (const auto file = kustomize::kustomization_file(tree, directory);
            file.has_value() && !file->empty())
            parts.files.push_back(child(directory, *file));
        return;
    }
    parts.files.push_back(found->document->source().path);
    parts.files.insert(parts.files.end(), found->files.begin(), found->files.end());
    pending.insert(pending.end(), found->directories.rbegin(), found->directories.rend());
    for (const kustomize::References::Url& url : found->urls) {
        parts.urls.push_back(url.text);
        parts.remotes.push_back(remote_declaration(url, root));
    }
}

Parts find_parts(const FileTree& tree, std::string_view root, kustomize::Documents* documents) {
    Parts parts;
    std::set<std::string, std::less<>> seen;
    std::vector<std::string> pending{std::string(root)};
    while (!pending.empty()) {
        const std::string directory = std::move(pending.back());
        pending.pop_back();
        if (seen.size() == directory_limit) {
            parts.all = false;
            break;
        }
        if (seen.insert(directory).second)
            add_part(tree, directory, root, documents, parts, pending);
    }
    return parts;
}

/// Empty where not everything could be looked at.
std::vector<std::string> find_mentions(const FileTree& tree, const Parts& parts) {
    if (!parts.all || !parts.urls.empty()) return {};
    std::vector<std::string> names;
    std::size_t bytes = 0;
    for (const std::string& path : parts.files) {
        const Result<Blob> text = read_file(tree, path);
        if (!text.has_value() && is_absent(text.error())) continue;
        if (!text.has_value() || (bytes += (*text)->size()) > mentioned_bytes_limit) return {};
        if (!add_mentions(**text, names)) return {};
    }
    return names;
}

/// What the `images:` of the outermost kustomization say. Nothing behind them changes a tag again,
/// so that they tell it of whatever image a base brings under that name, without the base.
void add_image_entries(const FileTree& tree, std::string_view directory, const ReadOptions& options,
                       std::vector<Declaration>& found) {
    const auto read = kustomize::references(tree, directory, options.documents);
    if (!read || read->document->roots().empty()) return;
    const yaml::Node& root = *read->document->roots().front();
    const yaml::Node* const entries = root.find("images");
    if (entries == nullptr || root.find("replacements") || root.find("transformers")) return;
    for (std::size_t at = 0; at < entries->items.size() && at < declaration_limit; ++at) {
        const yaml::Node& entry = *entries->items[at];
        const yaml::Node* const tag = entry.find("newTag");
        if (tag == nullptr || !tag->is_scalar() || tag->is_null()) continue;
        Declaration declaration{.surface = Surface::kustomize, .subject = Subject::image};
        declaration.root = directory;
        declaration.field = with_key(with_index("images", at), "newTag");
        declaration.image = entry.text_of("newName");
        if (declaration.image.empty()) declaration.image = entry.text_of("name");
        declaration.declared = tag->text;
        declaration.digest = entry.text_of("digest");
        found.push_back(at_place(place_of(tag->mark), std::move(declaration)));
    }
}

/// A remote base that nobody fetched is the likeliest reason and the one that users can change.
Error explained(Error error, const Parts& parts, bool fetches) {
    if (fetches || parts.urls.empty() || error.kind != Error::Kind::unsupported) return error;
    if (error.hint.empty())
        error.hint = "it needs `" + parts.urls.front() + "`, which was not fetched";
    return error;
}

}  // namespace

Facts read_kustomization(const FileTree& tree, std::string_view directory,
                         const ReadOptions& options) {
    Facts facts;
    Parts parts = find_parts(tree, directory, options.documents);
    kustomize::Options render_options;
    bool lacks_base = !options.load_remote && !parts.urls.empty();
    if (options.load_remote)
        render_options.load_remote = [&](std::string_view url) {
            auto loaded = options.load_remote(url);
            lacks_base |= !loaded.has_value();
            return loaded;
        };
    if (options.load_file)
        render_options.load_file = [&](std::string_view url) {
            auto loaded = options.load_file(url);
            lacks_base |= !loaded.has_value();
            return loaded;
        };
    render_options.documents = options.documents;
    const Result<kustomize::Rendering> rendering =
        kustomize::render(tree, directory, render_options);
    if (rendering.has_value()) {
        for (const yaml::Node* const object : rendering->objects)
            find_images(*object, {Surface::kustomize, directory}, options.fields,
                        facts.declarations);
        add_limit_gap(Surface::kustomize, directory, directory, facts);
    } else {
        if (lacks_base) add_image_entries(tree, directory, options, facts.declarations);
        Error error = explained(rendering.error(), parts, static_cast<bool>(options.load_remote));
        facts.gaps.push_back({Surface::kustomize, std::string(directory),
                              placed(std::move(error), directory), find_mentions(tree, parts)});
    }
    facts.declarations.insert(facts.declarations.end(),
                              std::make_move_iterator(parts.remotes.begin()),
                              std::make_move_iterator(parts.remotes.end()));
    return facts;
}

}  // namespace lockstep::manifest
