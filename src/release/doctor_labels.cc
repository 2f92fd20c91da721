#include "release/doctor_labels.h"

#include <algorithm>
#include <utility>

#include "images/inspect.h"
#include "release/item_places.h"
#include "version/style.h"

namespace lockstep::release {

namespace {

using Outcome = Check::Outcome;

constexpr std::string_view label = "org.opencontainers.image.revision";
constexpr std::string_view action = "docker/metadata-action";  // sets it
constexpr std::size_t files_max = 10'000;
constexpr std::size_t depth_max = 6;

bool may_build(std::string_view path) {
    const std::string_view name = file_name(path);
    if (path.starts_with(".github/")) return true;
    for (const std::string_view part : {"Dockerfile", "Containerfile", "Makefile", "dockerfile"})
        if (name.contains(part)) return true;
    for (const std::string_view end : {".sh", ".mk", ".hcl", ".nix", ".bzl", ".gradle", ".kts"})
        if (name.ends_with(end)) return true;
    return name == ".gitlab-ci.yml" || name.starts_with(".goreleaser") || name == ".ko.yaml" ||
           name == "pom.xml" || name == "Taskfile.yml" || name == "BUILD.bazel" ||
           name == "justfile";
}

std::optional<unsigned> line_of(std::string_view text) {
    std::size_t at = std::string_view::npos;
    for (const std::string_view wanted : {label, action}) at = std::min(at, text.find(wanted));
    if (at == std::string_view::npos) return std::nullopt;
    return 1 + static_cast<unsigned>(std::ranges::count(text.substr(0, at), '\n'));
}

class Search {
  public:
    explicit Search(const FileTree& tree) : tree_(tree) {}

    Result<std::optional<Location>> in(const std::string& folder, std::size_t depth) {
        for (const FileTree::Entry& entry : TRY(tree_.list(folder))) {
            if (++seen_ > files_max) return std::nullopt;
            const std::string path = folder.empty() ? entry.name : folder + '/' + entry.name;
            std::optional<Location> found;
            if (entry.kind == FileTree::Kind::directory && depth < depth_max &&
                entry.name != "vendor" && entry.name != "node_modules")
                found = TRY(in(path, depth + 1));
            else if (entry.kind == FileTree::Kind::file && may_build(path))
                found = in_file(path);
            if (found) return found;
        }
        return std::nullopt;
    }

  private:
    std::optional<Location> in_file(const std::string& path) const {
        const auto bytes = tree_.read(path);
        const auto line = bytes ? line_of(**bytes) : std::nullopt;
        if (!line) return std::nullopt;
        return Location{.path = path, .line = *line, .column = 0};
    }

    const FileTree& tree_;
    std::size_t seen_ = 0;
};

bool has_label(const images::Inspected& image) {
    return !image.platforms.empty() &&
           std::ranges::all_of(image.platforms, [](const images::PlatformImage& platform) {
               return platform.config.labels.contains(label);
           });
}

/// The name by which the release of `tag` published an image.
std::string published_name(const project::Image& image, const std::string& tag) {
    std::string text = tag;
    if (image.tag)
        if (const auto written = version::read_written(tag))
            text = image.tag->format(written->version);
    for (char& c : text)
        if (c == '+' || c == '/') c = '-';
    return image.name + ':' + text;
}

Result<std::optional<bool>> ask(Site& site, const std::string& reference) {
    const Held held = TRY(published(site, Item{.published = reference}));
    const images::ManifestName names[] = {held.by_tag()};
    const auto inspected = std::move(images::inspect(*held.store, names).front());
    if (inspected) return std::optional(has_label(*inspected));
    if (inspected.error().kind == Error::Kind::not_found) return std::optional<bool>();
    return std::unexpected(inspected.error());
}

}  // namespace

Result<std::optional<Location>> find_label(const FileTree& tree) {
    return Search(tree).in("", 0);
}

std::vector<LabelSight> look_at_labels(Site& site, const project::Project& project,
                                       const FileTree& tree, const std::string& last_tag) {
    const auto mention = find_label(tree);
    std::vector<LabelSight> sights;
    for (const project::Image& image : project.images) {
        LabelSight sight{.image = image.name,
                         .is_required = image.labels == project::Image::Labels::required,
                         .published = {},
                         .has_label = std::optional<bool>(),
                         .mention = mention ? *mention : std::nullopt};
        if (!last_tag.empty() && image.component.empty()) {
            sight.published = published_name(image, last_tag);
            sight.has_label = ask(site, sight.published);
        }
        sights.push_back(std::move(sight));
    }
    return sights;
}

Check judge_label(const LabelSight& sight) {
    Check check{.id = "labels", .outcome = Outcome::ok, .what = {}, .fix = {}};
    const std::string name(label);
    const std::string advice = "set the label " + name +
                               " to $LOCKSTEP_COMMIT in the build, so that anybody can tell "
                               "what an image was built from";
    if (sight.has_label && sight.has_label->value_or(false)) {
        check.what = sight.published + " says in " + name + " what it was built from";
        return check;
    }
    if (sight.has_label && *sight.has_label) {  // it is there, without the label
        check.outcome = sight.is_required ? Outcome::problem : Outcome::skipped;
        check.what = sight.published + " has no label " + name;
        if (sight.mention) check.what += ", though " + to_string(*sight.mention) + " names it";
        check.fix = advice;
        return check;
    }
    if (sight.mention) {
        check.what = to_string(*sight.mention) + " sets " + name + ", for " + sight.image;
        return check;
    }
    check.what = "nothing in the build of " + sight.image + " is seen to set " + name;
    check.fix = advice;
    check.outcome = sight.is_required ? Outcome::problem : Outcome::skipped;
    if (!sight.has_label) {
        check.outcome = Outcome::unknown;
        check.what += ", and its last image was not read: " + sight.has_label.error().message;
    }
    return check;
}

}  // namespace lockstep::release
