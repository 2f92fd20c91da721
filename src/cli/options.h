#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "changes/severity.h"
#include "kustomize/render.h"
#include "manifest/declaration.h"
#include "report/report.h"

namespace lockstep::cli {

enum class Color { automatic, always, never };

/// The program whose render is held against ours.
enum class CheckWith { nothing, kustomize, kubectl };

/// Whether registries are asked what they hold under the names that are declared.
enum class AskRegistry { off, automatic, require };

/// Whether what is verified is held against the records of what was published.
enum class AskRecords { off, automatic, require };

/// Everything that flags, environment and arguments said, parsed: what a command runs on.
struct Options {
    // of every command
    std::string directory = ".";
    std::optional<std::string> configuration;
    report::Format format = report::Format::text;
    bool quiet = false;
    bool verbose = false;
    Color color = Color::automatic;
    unsigned jobs = 0;  // 0: as many as there are cores
    std::optional<std::chrono::milliseconds> timeout;
    bool offline = false;

    // verify, audit
    std::vector<manifest::Surface> surfaces;  // empty: all
    bool helm_render = false;
    std::optional<AskRegistry> registry;  // unset: as the command thinks best
    std::chrono::milliseconds registry_cache = std::chrono::minutes(5);
    AskRecords records = AskRecords::automatic;
    // whatever reaches registries
    bool allow_private = false;
    std::vector<std::string> plain_http;  // "host", "host:port"
    // verify
    std::string expect;
    std::optional<std::string> release;        // a tag, a commit, a URL, a directory
    std::optional<std::string> kustomization;  // -k: a URL or directory, nothing but that
    bool from_stdin = false;
    std::vector<std::string> images;  // --image
    // audit
    std::string since;
    std::size_t limit = 0;  // 0: all
    bool remote_bases = false;
    // render
    std::optional<std::string> ref;
    kustomize::Options::LoadRestrictions load_restrictions =
        kustomize::Options::LoadRestrictions::root_only;
    bool reorder = true;
    bool managed_by_label = false;
    std::optional<std::string> explain;
    CheckWith check_with = CheckWith::nothing;
    bool enable_helm = false;
    std::string helm_command = "helm";
    // image
    std::optional<std::string> names_file;  // more of `names`, a line each; "-": standard input
    bool referrers = false;
    bool if_absent = true;
    bool as_lock = false;  // -o lock
    // release
    std::string remote;  // empty: as configured
    std::string component;
    std::string branch;
    std::string origin;  // --from
    bool from_commits = false;
    bool is_confirmed = false;  // --yes
    // consumers
    std::vector<std::string> projects;  // --project: clones and URLs of what is consumed
    // sync
    bool commits = false;      // --commit
    bool is_dry_run = false;   // --dry-run
    bool pin_digests = false;  // --digest
    // record
    bool even_if_drifted = false;
    bool push = false;
    // deployed
    std::vector<std::string> namespaces;  // empty: that of the context
    bool all_namespaces = false;
    std::optional<std::string> context, kubeconfig;
    bool follows = false;                            // --watch
    std::optional<std::chrono::milliseconds> waits;  // --wait
    // init
    bool to_stdout = false;
    bool force = false;

    // changes
    std::vector<std::string> rendered;  // --render; empty: every entry point
    std::optional<std::string> kubernetes;
    std::optional<changes::Severity> fail_on;

    /// What is left: DIR of render, TAG of record, ID of rules, SHELL of completion.
    std::optional<std::string> argument;
    /// Those of commands that take several: REF of image, FROM and TO, SRC and DST, the words of
    /// help.
    std::vector<std::string> names;
};

}  // namespace lockstep::cli
