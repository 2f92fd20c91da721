#include "manifest/path_kinds.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "base/file_tree.h"

namespace lockstep::manifest {

namespace {

constexpr std::string_view skipped_names[] = {"vendor",   "node_modules", "third_party", "testdata",
                                              "fixtures", "test",         "tests",       "e2e",
                                              "testing",  "__tests__"};
constexpr std::string_view guide_folders[] = {"docs", "doc", "documentation", "site", "website"};
constexpr std::string_view past_folders[] = {
    "proposals", "proposal",      "keps",         "enhancements", "adr",    "adrs",  "blog",
    "design",    "release-notes", "releasenotes", "releases",     "upgrad", "migrat"};
constexpr std::string_view past_files[] = {
    "changelog",     "changes",      "history",  "news",   "release-notes",
    "release_notes", "releasenotes", "releases", "upgrad", "migrat"};

constexpr std::string_view moving_folders[] = {
    "dev",  "development", "devel",  "local",    "ci",       "debug", "nightly",
    "edge", "kind",        "canary", "unstable", "snapshot", "tilt",  "latest"};
constexpr std::string_view example_folders[] = {"example", "examples", "sample", "samples", "demo",
                                                "demos",   "docs",     "doc",    "hack"};

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

template <std::size_t count>
bool is_one_of(const std::string_view (&names)[count], std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_prose(std::string_view name) {
    for (const std::string_view ending : {".md", ".markdown", ".rst", ".adoc"})
        if (name.ends_with(ending)) return true;
    return false;
}

/// Whether `holds` for one of the directories that lead to `path`.
template <typename Predicate>
bool any_directory(std::string_view path, Predicate holds) {
    for (std::string_view at = parent_path(path); !at.empty(); at = parent_path(at))
        if (holds(lower(file_name(at)))) return true;
    return false;
}

}  // namespace

bool is_skipped_directory(std::string_view name) {
    return name.starts_with('.') || is_one_of(skipped_names, name);
}

bool is_kustomization_name(std::string_view name) {
    return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

bool is_yaml_name(std::string_view name) {
    return name.ends_with(".yaml") || name.ends_with(".yml");
}

bool is_json_name(std::string_view name) {
    return name.ends_with(".json");
}

bool is_about_the_past(std::string_view path) {
    const std::string name = lower(file_name(path));
    for (const std::string_view word : past_files)
        if (name.starts_with(word)) return true;
    return any_directory(path,
                         [](const std::string& part) { return is_one_of(past_folders, part); });
}

bool is_meant_to_move(std::string_view path) {
    return any_directory(path,
                         [](const std::string& part) { return is_one_of(moving_folders, part); });
}

bool is_beside_release(std::string_view directory) {
    std::string inside(directory);
    inside += "/.";  // the last folder counts too
    return is_meant_to_move(inside) || any_directory(inside, [](const std::string& part) {
               return is_one_of(example_folders, part);
           });
}

bool is_guide(std::string_view path) {
    const std::string name = lower(file_name(path));
    const bool readme =
        name.starts_with("readme") &&
        (is_prose(name) || name.find('.') == std::string::npos || name.ends_with(".txt"));
    if (!readme && !is_prose(name)) return false;
    const bool at_top = path.find('/') == std::string_view::npos;
    const auto in_docs = [](const std::string& part) { return is_one_of(guide_folders, part); };
    return (readme || at_top || any_directory(path, in_docs)) && !is_about_the_past(path);
}

}  // namespace lockstep::manifest
