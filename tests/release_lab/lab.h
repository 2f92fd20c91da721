#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/fault_proxy.h"
#include "support/git_http_server.h"
#include "support/git_repo.h"
#include "support/registry_server.h"
#include "support/ssh_server.h"
#include "support/temp_dir.h"

/// Where the release protocol is tested. Plain git, curl and Python, none of the code under test.
///
/// A test makes a `Lab`, lets a `WorldObserver` watch it, makes a release in it (`run_lockstep` of
/// story.h for the program; `run_and_kill` of kill.h for the library), and says how it must have
/// ended (`expect_released` and its like of expectations.h):
///
///     TEST(Release, IsPublishedWhole) {
///         const Lab lab({.mode = Mode::digest, .transport = Transport::http});
///         WorldObserver observer(lab);
///         const os::Captured run = run_lockstep(lab, {"release", "v1.1.0"});
///         EXPECT_EQ(run.exit.code, 0) << run.err;
///         expect_released(lab, "v1.1.0");
///         observer.expect_silent();
///     }
///
/// On a bad network, each request once with each fault:
///
///     for (const Fault& fault : testing::all_faults())
///         for (std::size_t nth = 1;; ++nth) {
///             const Lab lab({.has_proxies = true});
///             lab.registry_proxy().add({.fault = fault, .nth = nth});
///             … release, resume, expect …
///             if (lab.registry_proxy().spoilt() == 0) break;
///         }
///
/// Ended at each instruction: see kill.h.
namespace lockstep::release_lab {

enum class Mode : std::uint8_t { tag, digest };           // what manifests name images by
enum class Transport : std::uint8_t { file, http, ssh };  // how the remote is reached
std::string_view to_string(Mode mode);
std::string_view to_string(Transport transport);

struct LabSetup {
    Mode mode = Mode::tag;
    Transport transport = Transport::file;
    testing::RegistryKind registry = testing::RegistryKind::docker_registry;
    bool can_delete = true;  // the registry lets manifests be deleted
    /// By their last name; each is HOST:PORT/kite/NAME, staged at HOST:PORT/staging/NAME.
    std::vector<std::string> images = {"kite"};
    bool is_reproducible = true;     // two builds of one commit give the same bytes
    bool pushes_to_staging = false;  // the build pushes by itself instead of writing a layout
    /// A FaultProxy between the project and the registry, and the remote where it is HTTP. What the
    /// lab does itself and what the observer sees goes past them.
    bool has_proxies = false;
    std::string release_settings =
        {};  // more lines of lockstep.yaml's `release` ("  aliases: …\n")
    std::vector<std::string> moving = {};  // image tags that may move: those of the aliases
};

/// Why a lab like this cannot be here; nothing where it can. For GTEST_SKIP.
std::optional<std::string> why_absent(const LabSetup& setup);

/// An image as it was built: an OCI layout on disk.
struct Layout {
    std::string folder, digest;
};

/// A project called kite in a work tree, its remote, and a registry. When the constructor returns,
/// v1.0.0 is published as it should be, and the branch `main` has one commit more, pushed. In one
/// folder that goes with it.
class Lab {
  public:
    explicit Lab(LabSetup setup = {});
    ~Lab();
    Lab(const Lab&) = delete;
    Lab& operator=(const Lab&) = delete;

    const LabSetup& setup() const { return setup_; }
    /// The work tree. Its identity and dates are fixed.
    const testing::Git& project() const { return project_; }
    /// The bare remote itself, however the project reaches it.
    const testing::Git& remote() const { return remote_; }
    const std::string& remote_url() const { return remote_url_; }  // `origin` of the project
    testing::RegistryServer& registry() const { return *registry_; }
    /// Of all images, as manifests write them: "127.0.0.1:43567/kite/kite".
    std::vector<std::string> image_names() const;
    std::string image_name(std::string_view last) const;
    testing::FaultProxy& registry_proxy() const { return *registry_proxy_; }
    testing::FaultProxy& git_proxy() const { return *git_proxy_; }  // with Transport::http only

    /// HOME of who releases: it has a .gitconfig with a name, and no credentials.
    std::string home() const { return dir_ / "home"; }
    /// The whole environment that a release is made in, of which nothing is the tester's own. It
    /// says that the registry speaks plain HTTP.
    std::vector<std::pair<std::string, std::string>> environment() const;
    /// Makes it this process's, in the project's work tree: for a forked child.
    void enter() const;

    /// The commit of `main` at the remote.
    std::string branch_tip() const;
    /// Where it was when the lab was ready, or at the last `change`.
    const std::string& branch_before() const { return branch_before_; }
    /// A commit on `main` that changes the program, pushed. Its id.
    std::string change(const std::string& text);
    /// Another clone, for another runner, below the lab's folder.
    testing::Git clone(const std::string& name) const;

    // A release by hand, whole or in pieces. Each piece says nothing to the remote or the registry
    // but what its name says.

    /// The protocol's order with plain git: v1.1.0 for "1.1.0". The tagged commit.
    std::string release_by_hand(const std::string& version);
    /// The files of the work tree as they declare this version, committed. Pins are of digest mode,
    /// by image name.
    std::string commit_declaring(const std::string& version,
                                 const std::map<std::string, std::string>& pins = {});
    /// As the engine has it built: in a checkout of the commit, with its variables.
    Layout build(const std::string& image_name, const std::string& revision,
                 const std::string& version) const;
    /// Into the final repository, over whatever is there.
    void push(const Layout& layout, const std::string& image_name, const std::string& tag) const;
    /// Into staging.
    void push_to_staging(const Layout& layout, const std::string& image_name,
                         const std::string& tag) const;
    /// An annotated tag at the commit, and the branch with it, in one atomic push.
    void publish(const std::string& tag, const std::string& commit) const;

    /// What the Python programs beside this file read: lab.json.
    std::string description() const { return dir_ / "lab.json"; }

  private:
    struct Image {
        std::string last, name;  // "kite", "127.0.0.1:43567/kite/kite"
    };
    const Image& image(const std::string& name) const;
    void start_registry();
    void make_remote();
    void reach_by_ssh();
    void make_project();
    void write_declarations(const std::string& version,
                            const std::map<std::string, std::string>& pins) const;
    void write(std::string_view path, std::string_view text) const;
    std::string configuration() const;
    std::string commit(const std::string& message);
    void describe() const;
    void push_layout(const Layout& layout, const std::string& repository,
                     const std::string& tag) const;

    LabSetup setup_;
    testing::TempDir dir_;
    std::unique_ptr<testing::RegistryServer> registry_;
    std::unique_ptr<testing::GitHttpServer> git_server_;
    std::unique_ptr<testing::SshServer> ssh_server_;
    std::unique_ptr<testing::FaultProxy> registry_proxy_, git_proxy_;
    std::vector<Image> images_;
    testing::Git project_, remote_;
    std::string remote_url_;
    std::string branch_before_;
    std::int64_t next_date_ = 1'767'225'600;  // 2026-01-01
    mutable std::size_t builds_ = 0;
};

}  // namespace lockstep::release_lab
