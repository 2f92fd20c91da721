#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "evidence/evidence.h"
#include "git/repository.h"
#include "kustomize/render.h"
#include "manifest/declaration.h"
#include "project/project.h"

/// Opens what a project names and gathers evidence about it: the only folder that brings Git, files
/// and configuration together.
namespace lockstep::workspace {

struct Options {
    std::string directory = ".";               // -C
    std::optional<std::string> configuration;  // -c: a file; unset: lockstep.yaml of the work tree,
                                               // else of the newest commit, else none
    std::string at = "HEAD";                   // of a bare repository: whose configuration counts
    std::string cache_directory;               // for remote repositories
    bool offline = false;                      // no fetch of any kind
    bool helm_render = false;                  // charts through the installed helm
    /// Fetch remote bases that kustomizations name. A base in this repository itself, at a revision
    /// it holds, is read from it in any case. Off, the others are gaps: an audit of a strange
    /// repository should call nobody.
    bool remote_bases = false;
    /// Whether addresses that are not public may be reached for what a repository names.
    bool may_reach_private = false;
    /// The one kustomization that is read, relative to the root of the tree; unset: everything.
    std::optional<std::string> only;
    /// That kustomization is `directory` itself, wherever in the repository it lies.
    bool only_directory = false;
    /// Of a URL: everything at its revision, not only the kustomization that it names.
    bool whole_tree = false;
    unsigned jobs = 0;                        // threads; 0: as many as there are cores
    std::vector<manifest::Surface> surfaces;  // empty: all
    /// Called now and then from the gathering thread, for a progress line; may be empty.
    std::function<void(std::size_t done, std::size_t total, std::string_view what)> progress;
};

/// Which releases of a history.
struct Range {
    std::string since;      // a tag: it and what comes behind it by version
    std::size_t limit = 0;  // the newest N; 0: all
};

/// Where records of what was published are looked for.
enum class RecordSource : std::uint8_t {
    repository,  // what is here; nobody is called
    remote,      // and the remote, for releases without one here; a remote that does not answer
                 // is a notice of the history
    required,    // the same, and that is an error
};

/// A revision as files.
struct Revision {
    evidence::Release release;  // without its tree
    std::shared_ptr<const FileTree> files;
};

/// Two revisions and the releases of their component between them: behind the first, up to the
/// second and it too; oldest first. None where they are of two components, or one has no version.
struct RevisionPath {
    Revision from, to;
    std::vector<evidence::Release> releases;
};
/// Whether what is recorded of kustomizations is rendered again, which costs more than the rest.
enum class Recorded : std::uint8_t { rendered, alone };

class Workspace {
  public:
    /// `directory` is a repository, a folder in one, or a plain folder (then only `work_tree`
    /// gathers something).
    static Result<Workspace> open(Options options);
    /// A remote repository at the revision its URL names, fetched into the cache. `root` becomes
    /// the only kustomization judged, unless the options want the whole tree.
    static Result<Workspace> open_url(std::string_view url, Options options);

    /// No repository and no folder: what is judged is handed in (see `given`), and of the disk only
    /// the configuration that the options name counts.
    static Result<Workspace> open_apart(Options options);

    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

    const project::Project& project() const;
    /// What the project is called: as configured, else from the remote's URL or the folder.
    const std::string& name() const;
    /// The folder that paths in the configuration begin at; nothing where it was read out of Git,
    /// so that they name nothing on disk.
    const std::optional<std::string>& configuration_folder() const;
    /// Nothing for a plain folder.
    git::Repository* repository();

    using Range = workspace::Range;

    /// Every release of the history in `range`.
    Result<evidence::History> history(const Range& range = {});

    /// One release: a tag, a commit, a branch; empty: what the URL names. `expect`: its version
    /// where the name does not say it, or another one is meant. The names of the other releases are
    /// known to the result, so that "the release just before" can be said.
    Result<evidence::History> release(std::string_view revision, std::string_view expect);

    /// The work tree as it stands (or the plain folder). `expect` may be empty: then only agreement
    /// among the places is judged.
    Result<evidence::History> work_tree(std::string_view expect);

    /// Manifests that stand in no file of the project, called `title` ("standard input"); places in
    /// them are `<stdin>:line:column`.
    Result<evidence::History> given(const Blob& manifests, std::string_view title,
                                    std::string_view expect);

    /// Takes these for the project's own images from here on, whatever is configured.
    void use_images(std::vector<project::Image> images);

    /// Adds what Git knows about the images that were seen: the commits that they name, and the
    /// parents of releases that pin an image by digest.
    void add_commits(evidence::History& history);

    /// The tag of a release that is named by its tag or by its version ("1.2.0", "v1.2.0").
    Result<std::string> tag_of(std::string_view name);

    /// `from` and `to` are releases by tag or version, or whatever else Git takes for a commit.
    Result<RevisionPath> path(std::string_view from, std::string_view to);

    /// What an annotated tag says, without its signature; empty of a lightweight one.
    Result<std::string> tag_message(const evidence::Release& release);

    /// What a kustomization of these files renders to.
    Result<kustomize::Rendering> render(const FileTree& files, std::string_view directory);

    /// What kustomizations of a release's tree render to now.
    Result<evidence::SeenManifests> render(const evidence::Release& release,
                                           std::span<const std::string> roots);

    /// Adds the records of the releases that are judged, and what their recorded kustomizations
    /// render to if that is asked for. The user's repository stays as it is; what the remote has
    /// goes to the cache. `offline` keeps everybody from calling: an error where an answer is
    /// required.
    Result<void> add_records(evidence::History& history, RecordSource source,
                             Recorded recorded = Recorded::rendered);

  private:
    struct State;
    explicit Workspace(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::workspace
