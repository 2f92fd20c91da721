#include "kustomize/explain.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "kustomize/node_path.h"
#include "kustomize/observer.h"

namespace lockstep::kustomize {

namespace {

using Steps = std::vector<Explanation::Step>;

/// "a[0]" and "a[name=b]" as replacements write them: "a.0", "a.[name=b]".
std::string with_dots(std::string_view path) {
    std::string text;
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] != '[') {
            text += path[at];
            continue;
        }
        const std::size_t end = std::min(path.find(']', at), path.size() - 1);
        const std::string_view inner = path.substr(at + 1, end - at - 1);
        if (!text.empty() && text.back() != '.') text += '.';
        const bool is_index = !inner.empty() && std::ranges::all_of(inner, [](char c) {
            return c >= '0' && c <= '9';
        });
        text += is_index ? inner : path.substr(at, end - at + 1);
        at = end;
    }
    return text;
}

/// What the scalar was like after each step that changed it.
class Chronicle : public Observer {
  public:
    explicit Chronicle(const ScalarPath& path) : path_(path) {}

    void step(std::string_view doer, std::string_view asked_by, const Resources& objects) override {
        for (const Resource* const object : objects) note(doer, asked_by, *object);
    }

    /// By the root of the object as it is printed.
    const Steps* of(const yaml::Node* root) const {
        const auto found = std::ranges::find_if(
            lives_, [&](const auto& entry) { return entry.second.root == root; });
        const bool is_meant = found != lives_.end() && found->second.is_meant;
        return is_meant ? &found->second.steps : nullptr;
    }

    /// Fields that do exist where the path ends early, for the hint.
    const std::set<std::string>& siblings() const { return siblings_; }

  private:
    bool is_meant(const Resource& object) const {
        const auto is_named = [&](const Id& id) {
            return (path_.kind.empty() || id.gvk.kind == path_.kind) &&
                   (path_.name.empty() || id.name == path_.name);
        };
        bool meant = false;
        object.each_id([&](const Id& id) { meant = meant || is_named(id); });
        return meant;
    }

    const yaml::Node* scalar_of(const Resource& object, bool is_meant) {
        const auto found = look_up(*object.root, path_.field);
        if (!found || *found == nullptr) return nullptr;
        if ((*found)->is_scalar()) return *found;
        if (!is_meant) return nullptr;
        for (const yaml::Pair& pair : (*found)->pairs) siblings_.emplace(pair.key->text);
        return nullptr;
    }

    void note(std::string_view doer, std::string_view asked_by, const Resource& object) {
        Life& life = lives_[&object];
        life.root = object.root;
        life.is_meant = is_meant(object);
        const yaml::Node* const scalar = scalar_of(object, life.is_meant);
        Steps& steps = life.steps;
        Explanation::Step step{std::string(doer), std::string(asked_by), {}, {}};
        if (scalar != nullptr) step.value = std::string(scalar->text);
        if (scalar != nullptr && scalar->mark.source != nullptr) step.at = scalar->mark.location();
        const bool is_known = steps.empty()
                                  ? !step.value
                                  : steps.back().value == step.value && steps.back().at == step.at;
        if (!is_known) steps.push_back(std::move(step));
    }

    const ScalarPath& path_;
    struct Life {
        const yaml::Node* root = nullptr;  // after the last step: it outlives the build
        bool is_meant = false;             // a name that it gets late counts, too
        Steps steps;
    };
    std::unordered_map<const Resource*, Life> lives_;  // by identity: gone with the build
    std::set<std::string> siblings_;
};

std::string title_of(const yaml::Node& object) {
    std::string title(object.text_of("kind"));
    const yaml::Node* const metadata = object.find("metadata");
    if (metadata == nullptr) return title;
    for (const std::string_view field : {"namespace", "name"})
        if (const std::string_view text = metadata->text_of(field); !text.empty())
            title.append("/").append(text);
    return title;
}

std::unexpected<Error> nothing_there(const std::set<std::string>& siblings) {
    std::string hint = "name it as in the output: Deployment/web:spec.replicas";
    if (!siblings.empty()) {
        hint = "that is no scalar; below it stand";
        for (const std::string& field : siblings) hint += " " + field;
    }
    return fail(Error::Kind::not_found, "no object of the output has a scalar there", hint);
}

}  // namespace

Result<ScalarPath> parse_scalar_path(std::string_view text) {
    ScalarPath path;
    const std::size_t colon = text.find(':');
    const std::size_t bracket = text.find('[');
    if (colon != std::string_view::npos && colon < bracket) {
        const std::string_view object = text.substr(0, colon);
        text.remove_prefix(colon + 1);
        path.kind = object.substr(0, object.find('/'));
        if (path.kind.size() < object.size()) path.name = object.substr(path.kind.size() + 1);
    }
    if (text.empty())
        return fail(Error::Kind::usage, "the path names no field",
                    "write it as Deployment/web:spec.template.spec.containers.0.image");
    path.field = split_path(with_dots(text));
    return path;
}

Result<std::vector<Explanation>> explain(const FileTree& tree, std::string_view directory,
                                         const ScalarPath& path, const Options& options) {
    Chronicle chronicle(path);
    const Rendering rendering = TRY(render_observed(tree, directory, options, chronicle));
    std::vector<Explanation> explanations;
    for (const yaml::Node* const object : rendering.objects) {
        const Steps* const steps = chronicle.of(object);
        if (steps != nullptr && !steps->empty() && steps->back().value)
            explanations.push_back({title_of(*object), *steps});
    }
    if (explanations.empty()) return nothing_there(chronicle.siblings());
    return explanations;
}

}  // namespace lockstep::kustomize
