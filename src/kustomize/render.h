#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "yaml/node.h"
#include "yaml/parse.h"

/// Renders kustomizations as `kustomize build` 5.8.2 does, from any file tree, and touches nothing
/// else: no disk, no network, no environment; what loads remote bases and runs helm is handed in.
/// What needs more is refused with Error::Kind::unsupported and the place that asks for it.
namespace lockstep::kustomize {

/// Parsed texts by content id, so that a file that many renders share is parsed once. Entries
/// without id are not kept. When what is kept comes from more than `bytes_max` of text, all of it
/// is dropped: who still uses a document holds it. Thread-safe.
class Documents {
  public:
    explicit Documents(std::size_t bytes_max = 4u << 20) : bytes_max_(bytes_max) {}

    Result<std::shared_ptr<const yaml::Document>> parse(const FileTree::Entry& entry,
                                                        std::string_view path, const Blob& text,
                                                        yaml::Dialect dialect);

  private:
    using Parsed = std::shared_ptr<const yaml::Document>;
    Parsed find(const std::string& key);
    Parsed keep(std::string key, const Parsed& document, std::size_t bytes);

    std::mutex mutex_;
    std::unordered_map<std::string, Parsed> parsed_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
};

/// A tree that a remote resource named, and the directory (or file) in it.
struct Remote {
    std::shared_ptr<const FileTree> tree;
    std::string path;
    // For the notes of `buildMetadata`, which is `unsupported` over a base without `repository`.
    std::string repository = {};  // as git clones it
    std::string ref = {};         // as the URL says it; empty: none
};

/// A chart that the tree does not hold, for `helm pull`. Fields of `helmCharts`; empty where unset.
struct ChartSource {
    std::string name, version, repo;
    bool devel = false;
    std::string config_home;
};

/// What `helm template` is to be told: fields of `helmCharts`, checked; empty where unset. Nothing
/// that stands where helm expects a name begins with "-".
struct ChartInflation {
    const FileTree& tree;  // holds the chart
    std::string path;      // the chart's directory in it
    std::string name, release, space, name_template;
    std::string values;             // the text of the values file
    std::vector<Blob> more_values;  // of those that follow it
    std::vector<std::string> api_versions;
    std::string kube_version;
    bool include_crds = false, skip_tests = false, skip_hooks = false, debug = false, devel = false;
    std::string config_home;  // absolute
};

struct Options {
    enum class LoadRestrictions { root_only, none };

    LoadRestrictions load_restrictions = LoadRestrictions::root_only;
    /// Whether objects are sorted by kind where the kustomization has no `sortOptions`.
    bool sorts = true;
    /// The label `app.kubernetes.io/managed-by`, as of `buildMetadata: [managedByLabel]`.
    bool managed_by_label = false;
    /// Loads a remote base ("https://host/owner/repo//dir?ref=v1"). Unset: such bases are
    /// `unsupported`.
    std::function<Result<Remote>(std::string_view url)> load_remote;
    /// Loads a single file over http or https, its URL as written; `not_found` where the answer is
    /// no success. Unset: such files are `unsupported`.
    std::function<Result<Blob>(std::string_view url)> load_file;
    /// Runs helm: what `helm template` prints. Unset: charts are `unsupported`.
    std::function<Result<std::string>(const ChartInflation&)> inflate_chart;
    /// Runs helm: the tree and the directory that `helm pull` makes. Unset: charts that the tree
    /// does not hold are `unsupported`.
    std::function<Result<Remote>(const ChartSource&)> pull_chart;
    /// Shared between renders; null: every file is parsed anew.
    Documents* documents = nullptr;

    // Limits; over one the render fails with `invalid`.
    unsigned depth = 64;      // kustomizations inside each other
    unsigned files = 20'000;  // files read
    std::size_t objects = 200'000;
    std::size_t bytes = 256u << 20;  // of the files read and all that is made of them
};

/// What a build would print, before printing. Nodes live in `arena`, in kustomize's order of
/// output.
struct Rendering {
    yaml::Arena arena;
    std::vector<const yaml::Node*> objects;
    std::vector<std::string> warnings;  // as kustomize words them, for stderr
};

/// Builds the kustomization in `directory` of `tree`.
///
/// Every scalar of the result has the mark of the scalar that decided it: a base's `image:`, an
/// overlay's `newTag:` (or `digest:`, else `newName:`), a patch's value. Errors carry the place
/// and, in the message, the chain of kustomizations that led there.
Result<Rendering> render(const FileTree& tree, std::string_view directory,
                         const Options& options = {});

/// The bytes `kustomize build` prints for it. Errors: of yaml::emit; `invalid` for more than
/// `bytes_max`.
constexpr std::size_t output_bytes_max = 256u << 20;
Result<std::string> print(const Rendering& rendering, std::size_t bytes_max = output_bytes_max);

/// The name of the kustomization file in `directory` (kustomization.yaml, kustomization.yml,
/// Kustomization), empty where there is none; `invalid` where there is more than one.
Result<std::string> kustomization_file(const FileTree& tree, std::string_view directory);

/// What a kustomization file refers to by itself, without rendering: for finding which ones are
/// entry points.
struct References {
    bool component = false;                // kind: Component
    std::vector<std::string> directories;  // local bases, resources, components and plugins that
                                           // are directories, joined and normalised
    std::vector<std::string> files;        // local resource, patch and configuration files
    struct Url {
        std::string text;
        yaml::Mark mark;  // valid while `document` lives
    };
    std::vector<Url> urls;  // remote ones, as written
    std::shared_ptr<const yaml::Document> document;
};

/// Reads `directory`'s kustomization file only. Errors: as reading and parsing it.
Result<References> references(const FileTree& tree, std::string_view directory,
                              Documents* documents = nullptr);

}  // namespace lockstep::kustomize
