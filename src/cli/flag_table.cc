#include "cli/option_table.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "oci/reference.h"

namespace lockstep::cli {
namespace {

using enum Command;

constexpr unsigned all = (bit(Command::help) << 1u) - 1;
constexpr unsigned judging = bit(verify) | bit(audit);
constexpr unsigned naming_images = bit(image_inspect) | bit(image_digest) | bit(image_copy);
constexpr unsigned imaging = naming_images | bit(image_list);
constexpr unsigned reading = judging | bit(Command::changes) | bit(render) | bit(sync) |
                             bit(record) | bit(trace) | bit(consumers) | bit(deployed) | bit(init) |
                             imaging;
constexpr unsigned planning = bit(release_plan) | bit(release_start);
constexpr unsigned releasing =
    planning | bit(release_resume) | bit(release_status) | bit(release_abort) | bit(release_list);
constexpr unsigned in_remotes = releasing | bit(doctor);
constexpr unsigned in_repositories = judging | bit(Command::changes) | bit(render) | bit(sync) |
                                     bit(record) | bit(trace) | bit(consumers) | bit(init) |
                                     bit(image_list) | in_remotes | bit(deployed);
constexpr unsigned listing = bit(rules) | bit(version);

constexpr std::string_view formats[] = {"text",   "json",     "sarif", "junit",
                                        "github", "markdown", "html"};
constexpr std::string_view changes_formats[] = {"text", "json", "markdown", "html"};
constexpr std::string_view severities[] = {"breaking", "attention"};
constexpr std::string_view list_formats[] = {"text", "json"};
constexpr std::string_view image_list_formats[] = {"text", "json", "lock"};
constexpr std::string_view consumer_formats[] = {"text", "json", "sarif", "markdown"};
constexpr std::string_view deployed_formats[] = {"text", "json", "junit"};
constexpr std::string_view colors[] = {"auto", "always", "never"};
constexpr std::string_view surfaces[] = {"kustomize", "helm", "yaml", "text"};
constexpr std::string_view orders[] = {"legacy", "none"};
constexpr std::string_view restrictors[] = {"LoadRestrictionsRootOnly", "LoadRestrictionsNone"};
constexpr std::string_view checkers[] = {"kustomize", "kubectl"};
constexpr std::string_view registry_modes[] = {"auto", "off", "require"};

Result<std::size_t> parse_count(std::string_view value) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
        return fail(Error::Kind::usage, "`" + std::string(value) + "` is no whole number");
    return number;
}

Result<std::chrono::milliseconds> parse_duration(std::string_view value) {
    using namespace std::chrono_literals;
    constexpr std::pair<std::string_view, std::chrono::milliseconds> units[] = {
        {"ms", 1ms}, {"s", 1s}, {"m", 1min}, {"h", 1h}, {"", 1s}};
    for (const auto& [suffix, unit] : units) {
        if (!value.ends_with(suffix)) continue;
        const auto number = parse_count(value.substr(0, value.size() - suffix.size()));
        if (!number || *number > 1'000'000) break;
        return unit * static_cast<std::int64_t>(*number);
    }
    return fail(Error::Kind::usage, "`" + std::string(value) + "` is no duration",
                "write it as 30s, 5m or 1h");
}

Result<void> set_jobs(Options& options, std::string_view value) {
    const std::size_t jobs = TRY(parse_count(value));
    if (jobs > 1024)
        return fail(Error::Kind::usage, "`" + std::string(value) + "` is more than 1024 jobs");
    options.jobs = static_cast<unsigned>(jobs);
    return {};
}

Result<void> add_surface(Options& options, std::string_view value) {
    using enum manifest::Surface;
    for (const manifest::Surface surface : {kustomize, helm, yaml, text})
        if (manifest::to_string(surface) == value) options.surfaces.push_back(surface);
    return {};
}

Result<void> add_image(Options& options, std::string_view value) {
    const oci::Parts parts = oci::split(value);
    if (parts.name != value || !oci::Reference::parse(value))
        return fail(Error::Kind::usage, '`' + std::string(value) + "` is no name of an image",
                    "name it without tag and digest: --image descheduler");
    options.images.emplace_back(value);
    return {};
}

/// Setters of one plain field.
template <bool Options::*field>
Result<void> set_switch(Options& options, std::string_view value) {
    options.*field = value == "true";
    return {};
}
template <auto field>
Result<void> set_text(Options& options, std::string_view value) {
    options.*field = std::string(value);
    return {};
}

constexpr Flag flag_rows[] = {
    {.name = "expect",
     .value = "VERSION",
     .help = "The version this must be, where its name does not say it: may HEAD be tagged v1.2.3?",
     .commands = bit(verify),
     .set = set_text<&Options::expect>},
    {.name = "kustomize",
     .letter = 'k',
     .value = "URL|DIR",
     .help = "Check this kustomization and nothing else: what `kubectl apply -k` would apply",
     .commands = bit(verify),
     .set = set_text<&Options::kustomization>,
     .has_variable = false,
     .complete = Complete::directory},
    {.name = "stdin",
     .help = "Check the manifests on standard input: `kustomize build … | lockstep verify --stdin`",
     .commands = bit(verify),
     .set = set_switch<&Options::from_stdin>,
     .has_variable = false},
    {.name = "image",
     .value = "NAME",
     .help = "Judge these images, whoever the project is: `app` is any …/app; may be repeated",
     .commands = bit(verify),
     .set = add_image,
     .has_variable = false},
    {.name = "since",
     .value = "TAG",
     .help = "Audit this release and those after it",
     .commands = bit(audit),
     .set = set_text<&Options::since>,
     .complete = Complete::tag},
    {.name = "limit",
     .value = "N",
     .help = "Audit the newest N releases; 0 is all of them, the default",
     .commands = bit(audit),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.limit = TRY(parse_count(value));
         return {};
     }},
    {.name = "remote-bases",
     .help = "Fetch the remote bases that kustomizations name; unchecked otherwise",
     .commands = bit(audit),
     .set = set_switch<&Options::remote_bases>},
    {.name = "surface",
     .value = "SURFACE,…",
     .choices = surfaces,
     .is_list = true,
     .help = "Look at these only: kustomize, helm, yaml, text",
     .commands = judging,
     .set = add_surface},
    {.name = "helm-render",
     .help = "Render charts with the helm on PATH as well; its templates are not read otherwise",
     .commands = judging,
     .set = set_switch<&Options::helm_render>},
    {.name = "registry",
     .value = "WHEN",
     .choices = registry_modes,
     .help = "Ask registries for the declared images: auto (default of verify) as far as they "
             "answer, off (default of audit and changes), require (else exit status 3)",
     .commands = judging | bit(Command::changes),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         using enum AskRegistry;
         options.registry = value == "auto" ? automatic : value == "off" ? off : require;
         return {};
     }},
    {.name = "registry-cache",
     .value = "DURATION",
     .help = "Take what a tag was resolved to so long ago for true; default: 5m",
     .commands = judging | bit(Command::changes) | bit(image_list) | bit(record) | bit(deployed) |
                 bit(trace),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.registry_cache = TRY(parse_duration(value));
         return {};
     }},
    {.name = "records",
     .value = "WHEN",
     .choices = registry_modes,
     .help = "Look for records of releases: auto (default) asks the remote, in audit only this "
             "repository; off; require asks the remote (else exit status 3)",
     .commands = judging | bit(record) | bit(trace),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         using enum AskRecords;
         options.records = value == "auto" ? automatic : value == "off" ? off : require;
         return {};
     }},
    {.name = "allow-private",
     .help = "Let names out of repositories and registries lead to private addresses",
     .commands = judging | bit(Command::changes) | bit(render) | bit(sync) | bit(record) |
                 bit(deployed) | bit(trace) | bit(consumers) | imaging,
     .set = set_switch<&Options::allow_private>},
    {.name = "plain-http",
     .value = "HOST,…",
     .is_list = true,
     .help = "Speak http with these registries (host or host:port), with no others",
     .commands = judging | bit(Command::changes) | bit(sync) | bit(record) | bit(deployed) |
                 bit(trace) | imaging | in_remotes,
     .set = [](Options& options, std::string_view value) -> Result<void> {
         if (value.empty() || value.contains('/'))
             return fail(Error::Kind::usage, '`' + std::string(value) + "` is no host",
                         "name hosts only: --plain-http localhost:5000");
         options.plain_http.emplace_back(value);
         return {};
     }},
    {.name = "ref",
     .value = "REF",
     .help = "Read DIR as it is at this tag, branch or commit",
     .commands = bit(render) | bit(consumers),
     .set = set_text<&Options::ref>,
     .complete = Complete::tag},
    {.name = "load-restrictor",
     .value = "RULE",
     .choices = restrictors,
     .help = "LoadRestrictionsNone lets files be read from outside their kustomization's directory",
     .commands = bit(render),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         using enum kustomize::Options::LoadRestrictions;
         options.load_restrictions = value == restrictors[1] ? none : root_only;
         return {};
     }},
    {.name = "reorder",
     .value = "ORDER",
     .choices = orders,
     .help = "legacy sorts objects by kind, none leaves them; `sortOptions` comes before it",
     .commands = bit(render),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.reorder = value == orders[0];
         return {};
     }},
    {.name = "enable-managedby-label",
     .help = "Add the label app.kubernetes.io/managed-by",
     .commands = bit(render),
     .set = set_switch<&Options::managed_by_label>},
    {.name = "explain",
     .value = "PATH",
     .help = "Print what made this scalar of the output, step by step, instead of the output",
     .commands = bit(render),
     .set = set_text<&Options::explain>},
    {.name = "enable-helm",
     .help = "Let the installed helm inflate the charts that kustomizations name",
     .commands = bit(render),
     .set = set_switch<&Options::enable_helm>},
    {.name = "helm-command",
     .value = "PROGRAM",
     .help = "The helm of --enable-helm: a name along PATH, or a path; default: helm",
     .commands = bit(render),
     .set = set_text<&Options::helm_command>,
     .complete = Complete::file},
    {.name = "check-with",
     .value = "PROGRAM",
     .choices = checkers,
     .help =
         "Let the installed kustomize or kubectl render the same, and print only what both print",
     .commands = bit(render),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.check_with = value == checkers[0] ? CheckWith::kustomize : CheckWith::kubectl;
         return {};
     }},
    {.name = "render",
     .value = "ROOT,…",
     .is_list = true,
     .help = "Compare what these directories render to; default: every entry point of FROM or TO",
     .commands = bit(Command::changes),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.rendered.emplace_back(value);
         return {};
     },
     .has_variable = false,
     .complete = Complete::directory},
    {.name = "kubernetes",
     .value = "VERSION",
     .help = "The cluster's version, 1.31: API versions that it does not serve are breaking",
     .commands = bit(Command::changes),
     .set = set_text<&Options::kubernetes>},
    {.name = "fail-on",
     .value = "SEVERITY",
     .choices = severities,
     .help = "Exit status 1 where something is breaking; attention: where something needs it, too",
     .commands = bit(Command::changes),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         using lockstep::changes::Severity;
         options.fail_on = value == severities[0] ? Severity::breaking : Severity::attention;
         return {};
     }},
    {.name = "commit",
     .help = "Commit the edited files, and nothing else: `Set version VERSION`",
     .commands = bit(sync),
     .set = set_switch<&Options::commits>,
     .has_variable = false},
    {.name = "dry-run",
     .help = "Print the difference, write nothing",
     .commands = bit(sync),
     .set = set_switch<&Options::is_dry_run>,
     .has_variable = false},
    {.name = "digest",
     .help = "Pin own images to what their registry holds under the tag now, as `release.mode: "
             "digest` does",
     .commands = bit(sync),
     .set = set_switch<&Options::pin_digests>,
     .has_variable = false},
    {.name = "push",
     .help = "Keep the record at the remote; one that is there stays",
     .commands = bit(record),
     .set = set_switch<&Options::push>,
     .has_variable = false},
    {.name = "even-if-drifted",
     .help = "Record a release that is not consistent, too, as it stands",
     .commands = bit(record),
     .set = set_switch<&Options::even_if_drifted>,
     .has_variable = false},
    {.name = "namespace",
     .letter = 'n',
     .value = "NAMESPACE,…",
     .is_list = true,
     .help = "Look into these; default: that of the context",
     .commands = bit(deployed) | bit(trace),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         if (value.empty() || value.contains('/'))
             return fail(Error::Kind::usage, '`' + std::string(value) + "` is no namespace");
         options.namespaces.emplace_back(value);
         return {};
     }},
    {.name = "all-namespaces",
     .letter = 'A',
     .help = "Look into all namespaces",
     .commands = bit(deployed),
     .set = set_switch<&Options::all_namespaces>},
    {.name = "context",
     .value = "NAME",
     .help = "The context of the kubeconfig; default: the current one",
     .commands = bit(deployed) | bit(trace),
     .set = set_text<&Options::context>},
    {.name = "kubeconfig",
     .value = "FILE",
     .help = "Read this kubeconfig; default: those in KUBECONFIG, ~/.kube/config, or the service "
             "account of the pod",
     .commands = bit(deployed) | bit(trace),
     .set = set_text<&Options::kubeconfig>,
     .has_variable = false,
     .complete = Complete::file},
    {.name = "watch",
     .letter = 'w',
     .help = "Follow the cluster, and print what changes",
     .commands = bit(deployed),
     .set = set_switch<&Options::follows>,
     .has_variable = false},
    {.name = "wait",
     .value = "DURATION",
     .help = "Follow the cluster until all is in lockstep, at most so long: for CI behind an apply",
     .commands = bit(deployed),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.waits = TRY(parse_duration(value));
         return {};
     }},
    {.name = "stdout",
     .help = "Print the file, do not write it",
     .commands = bit(init),
     .set = set_switch<&Options::to_stdout>},
    {.name = "force",
     .help = "Replace a lockstep.yaml that is there",
     .commands = bit(init),
     .set = set_switch<&Options::force>},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = formats,
     .help = "text (default), json, sarif, junit, github, markdown or html",
     .commands = judging,
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.format = TRY(report::parse_format(value));
         return {};
     }},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = changes_formats,
     .help = "text (default), json, markdown or html",
     .commands = bit(Command::changes),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.format = TRY(report::parse_format(value));
         return {};
     },
     .has_variable = false},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = list_formats,
     .help = "text (default) or json",
     .commands = listing | naming_images | bit(sync) | bit(record) | bit(trace) | in_remotes,
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.format = TRY(report::parse_format(value));
         return {};
     },
     .has_variable = false},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = image_list_formats,
     .help =
         "text (default), json, or lock: an ImagesLock, each image by its digest, for an air gap",
     .commands = bit(image_list),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.as_lock = value == "lock";
         if (!options.as_lock) options.format = TRY(report::parse_format(value));
         return {};
     },
     .has_variable = false},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = consumer_formats,
     .help = "text (default), json, sarif or markdown",
     .commands = bit(consumers),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.format = TRY(report::parse_format(value));
         return {};
     },
     .has_variable = false},
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .choices = deployed_formats,
     .help = "text (default), json or junit",
     .commands = bit(deployed),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.format = TRY(report::parse_format(value));
         return {};
     },
     .has_variable = false},
    {.name = "project",
     .value = "PATH|URL",
     .help = "Where a project is that is consumed: a clone of it, or its URL; may be repeated",
     .commands = bit(consumers),
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.projects.emplace_back(value);
         return {};
     },
     .has_variable = false,
     .complete = Complete::directory},
    {.name = "file",
     .letter = 'f',
     .value = "FILE",
     .help = "Take references from this file too, a line each; - is standard input",
     .commands = bit(image_inspect) | bit(image_digest),
     .set = set_text<&Options::names_file>,
     .has_variable = false,
     .complete = Complete::file},
    {.name = "referrers",
     .help = "Copy what refers to the image too: signatures, attestations, SBOMs",
     .commands = bit(image_copy),
     .set = set_switch<&Options::referrers>},
    {.name = "if-absent",
     .help = "Refuse a tag that stands for another digest, the default; --if-absent=false moves it",
     .commands = bit(image_copy),
     .set = set_switch<&Options::if_absent>},
    {.name = "branch",
     .value = "NAME",
     .help = "Release from this branch of the remote; default: its default branch",
     .commands = planning | bit(doctor),
     .set = set_text<&Options::branch>},
    {.name = "component",
     .value = "NAME",
     .help = "Of a mono-repository: the component whose next version is meant",
     .commands = planning,
     .set = set_text<&Options::component>},
    {.name = "from-commits",
     .help = "Take the next version from the Conventional Commits since the last release",
     .commands = planning,
     .set = set_switch<&Options::from_commits>},
    {.name = "from",
     .value = "TAG",
     .help = "Publish the images of this release candidate, by digest, without building",
     .commands = planning,
     .set = set_text<&Options::origin>,
     .complete = Complete::tag},
    {.name = "yes",
     .letter = 'y',
     .help = "Do not ask before releasing",
     .commands = bit(release_start),
     .set = set_switch<&Options::is_confirmed>},
    {.name = "remote",
     .value = "REMOTE",
     .help = "Release in this remote, a name or a URL; default: release.remote, else origin",
     .commands = in_remotes,
     .set = set_text<&Options::remote>},
    {.name = "directory",
     .letter = 'C',
     .value = "DIR",
     .help = "Work in this directory; default: the current one",
     .commands = in_repositories,
     .set = set_text<&Options::directory>,
     .complete = Complete::directory},
    {.name = "config",
     .letter = 'c',
     .value = "FILE",
     .help = "Read this configuration, not lockstep.yaml",
     .commands = judging | bit(Command::changes) | bit(sync) | bit(record) | bit(deployed) |
                 bit(trace) | bit(image_list) | in_remotes,
     .set = set_text<&Options::configuration>,
     .complete = Complete::file},
    {.name = "jobs",
     .letter = 'j',
     .value = "N",
     .help = "Use N threads; 0 is one for each core, the default",
     .commands = judging | bit(sync) | bit(record) | bit(deployed) | bit(trace) | bit(consumers) |
                 bit(init) | bit(image_copy),
     .set = set_jobs},
    {.name = "timeout",
     .value = "DURATION",
     .help = "Give up after 30s, 5m, 1h: what was not checked by then is not called consistent",
     .commands = reading | in_remotes,
     .set = [](Options& options, std::string_view value) -> Result<void> {
         options.timeout = TRY(parse_duration(value));
         return {};
     }},
    {.name = "offline",
     .help = "Fetch nothing: what is not here or in the cache is unchecked",
     .commands = reading,
     .set = set_switch<&Options::offline>},
    {.name = "quiet",
     .letter = 'q',
     .help = "Findings only: no matrix, no summary, no progress",
     .commands = reading | in_remotes,
     .set = set_switch<&Options::quiet>},
    {.name = "verbose",
     .letter = 'v',
     .help = "Every declaration, the consistent ones too",
     .commands = reading | in_remotes,
     .set = set_switch<&Options::verbose>},
    {.name = "color",
     .value = "WHEN",
     .choices = colors,
     .help = "auto (default: on a terminal, unless NO_COLOR is set), always or never",
     .commands = all,
     .set = [](Options& options, std::string_view value) -> Result<void> {
         using enum Color;
         options.color = value == "always" ? always : value == "never" ? never : automatic;
         return {};
     }},
};

}  // namespace

std::span<const Flag> flags() {
    return flag_rows;
}

}  // namespace lockstep::cli
