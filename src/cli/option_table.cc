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
constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

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

void add_name(Options& options, std::string_view value) {
    options.names.emplace_back(value);
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

constexpr CommandRow command_rows[] = {
    {.command = verify,
     .name = "verify",
     .argument = "[RELEASE]",
     .summary = "Check one release, or what is about to become one",
     .text =
         "RELEASE is a tag, a commit, a directory, or a URL exactly as `kubectl apply -k` takes "
         "it.\nWithout it the work tree is checked as it stands.\n"
         "With -k the kustomization that is named is all that is checked; with --stdin it is what "
         "a\nrenderer prints, and --image says whose version is expected.\n",
     .examples =
         "lockstep verify                             # do the places in the work tree agree?\n"
         "lockstep verify v0.29.0                     # does this release declare itself?\n"
         "lockstep verify HEAD --expect v0.30.0       # may this commit be tagged v0.30.0?\n"
         "lockstep verify 'https://host/owner/repo//deploy?ref=v0.29.0'\n"
         "                                            # what does this URL really install?\n"
         "kustomize build deploy | lockstep verify --stdin --expect v0.29.0 --image descheduler\n",
     .set = [](Options& options, std::string_view value) { options.release = std::string(value); },
     .complete = Complete::tag},
    {.command = audit,
     .name = "audit",
     .argument = "",
     .summary = "Check every release of the history",
     .text = "Prints the matrix of releases and surfaces, and under it each finding with the line "
             "that decided it.\n",
     .examples = "lockstep audit                              # the whole history\n"
                 "lockstep audit --since v1.0.0 -o json       # for a program\n"
                 "lockstep audit --limit 5 --surface kustomize\n"
                 "lockstep -C ../other audit -o html > audit.html\n",
     .set = nullptr},
    {.command = Command::changes,
     .name = "changes",
     .argument = "FROM TO",
     .summary = "Say what an upgrade does: objects, fields, and what of it breaks",
     .text = "FROM and TO are releases, by tag or version, or any other revision. Both are "
             "rendered and\n"
             "compared object by object; what makes `kubectl apply` fail comes first, with what to "
             "do.\n"
             "Exit status 3: something could not be rendered, and is said.\n",
     .examples = "lockstep changes v0.28.1 v0.29.0\n"
                 "lockstep changes v0.28.1 v0.29.0 --render deploy/overlay -v\n"
                 "lockstep changes v0.28.1 HEAD --fail-on breaking\n"
                 "lockstep changes v0.28.1 v0.29.0 -o markdown > upgrade.md\n",
     .set = add_name,
     .complete = Complete::tag},
    {.command = render,
     .name = "render",
     .argument = "DIR",
     .summary = "Print what `kustomize build` would print",
     .text = "DIR is a directory with a kustomization, or a URL of one. What cannot be rendered\n"
             "faithfully is an error that says `unsupported`, never a guess.\n",
     .examples = "lockstep render deploy/overlay              # from the work tree\n"
                 "lockstep render --ref v0.29.0 deploy/overlay\n"
                 "                                            # from a tag, with no checkout\n"
                 "lockstep render --explain Deployment/web:spec.replicas deploy/overlay\n"
                 "                                            # who decided that, and where\n"
                 "lockstep render --check-with kustomize deploy/overlay\n"
                 "                                            # and does kustomize agree?\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .complete = Complete::directory},
    {.command = image_inspect,
     .name = "image inspect",
     .argument = "[REF...]",
     .summary = "Say what images are: digest, platforms, labels, revision, referrers",
     .text = "REF is registry/repository:tag or …@digest, or oci:DIR:TAG for an image layout.\n",
     .examples = "lockstep image inspect registry.k8s.io/descheduler/descheduler:v0.29.0\n"
                 "lockstep image inspect oci:images:v1.2.0 -o json\n",
     .set = add_name},
    {.command = image_digest,
     .name = "image digest",
     .argument = "[REF...]",
     .summary = "Print the digest of each image",
     .text = "One line for each, in the order in which they were named; many are asked at once.\n",
     .examples = "lockstep image digest registry.k8s.io/pause:3.9\n"
                 "lockstep image digest -f references.txt\n"
                 "kubectl get pods -A -o jsonpath='{range .items[*].spec.containers[*]}"
                 "{.image}{\"\\n\"}{end}' | lockstep image digest -f -\n",
     .set = add_name},
    {.command = image_list,
     .name = "image list",
     .argument = "[RELEASE]",
     .summary = "List every image that a release runs, with its digest",
     .text =
         "RELEASE is named as for verify; without it, the work tree. Foreign images are listed\n"
         "too.\n",
     .examples = "lockstep image list v0.29.0\n"
                 "lockstep image list v0.29.0 -o lock > images.lock\n"
                 "                                            # for imgpkg, kbld and air gaps\n",
     .set = [](Options& options, std::string_view value) { options.release = std::string(value); },
     .complete = Complete::tag},
    {.command = image_copy,
     .name = "image copy",
     .argument = "SRC DST",
     .summary = "Copy an image by its digest, between registries and layouts",
     .text = "What is there already is not moved, so doing it again goes on where it ended. A tag\n"
             "that stands for another digest is refused, for the same digest it is success.\n",
     .examples = "lockstep image copy ghcr.io/owner/app:v1.2.0 registry.example.com/app:v1.2.0\n"
                 "lockstep image copy registry.example.com/app:v1.2.0 oci:images:v1.2.0 "
                 "--referrers\n",
     .set = add_name},
    {.command = release_plan,
     .name = "release plan",
     .argument = "[VERSION]",
     .summary = "Show what a release would do: version, edits, images, steps",
     .text =
         "VERSION is a tag or a version, or major, minor, patch, rc: the next one of that kind.\n"
         "Nothing is written anywhere.\n",
     .examples = "lockstep release plan v1.2.0\n"
                 "lockstep release plan minor\n"
                 "lockstep release plan --from-commits        # feat: minor, fix: patch\n",
     .set = [](Options& options, std::string_view value) { options.argument = value; }},
    {.command = release_start,
     .name = "release start",
     .argument = "[VERSION]",
     .summary = "Release a version: manifests, images and tag, in the order that nobody sees apart",
     .text =
         "Shows the plan and asks, then prepares the commit, builds from it, verifies the whole,\n"
         "copies the images, and makes the tag visible in one push. Whatever interrupts it,\n"
         "`release resume` carries on from anywhere.\n",
     .examples =
         "lockstep release start v1.2.0\n"
         "lockstep release start minor --yes\n"
         "lockstep release start v1.2.0 --from v1.2.0-rc.3   # the same images, not built again\n",
     .set = [](Options& options, std::string_view value) { options.argument = value; }},
    {.command = release_resume,
     .name = "release resume",
     .argument = "TAG",
     .summary = "Carry a release on from where it is, begun by whom and where ever",
     .text = "",
     .examples = "lockstep release resume v1.2.0\n",
     .set = [](Options& options, std::string_view value) { options.argument = value; }},
    {.command = release_status,
     .name = "release status",
     .argument = "TAG",
     .summary = "Show how far a release is, what waits in staging, and what comes next",
     .text = "",
     .examples = "lockstep release status v1.2.0\n"
                 "lockstep release status v1.2.0 -o json\n",
     .set = [](Options& options, std::string_view value) { options.argument = value; }},
    {.command = release_abort,
     .name = "release abort",
     .argument = "TAG",
     .summary = "Give a release up that is not published",
     .text =
         "Before image tags may have been seen, every trace goes. After, the version is spent:\n"
         "it stays recorded as that, and the next one is named.\n",
     .examples = "lockstep release abort v1.2.0\n",
     .set = [](Options& options, std::string_view value) { options.argument = value; }},
    {.command = release_list,
     .name = "release list",
     .argument = "",
     .summary = "List the releases that were made or begun with lockstep",
     .text = "",
     .examples = "lockstep release list\n",
     .set = nullptr},
    {.command = doctor,
     .name = "doctor",
     .argument = "",
     .summary = "Check whether this repository is ready for releases, and say how to mend it",
     .text =
         "Asks the remote for its rights (a push is rehearsed), the registries for theirs (an "
         "upload\nis begun and taken back), and the CI files of the branch for what works against "
         "a release.\nNothing is changed anywhere. Exit status 1: there is a problem; 3: something "
         "could not be\nseen from here, and where to look is said.\n",
     .examples = "lockstep doctor\n"
                 "lockstep doctor --branch release-1.2 -o json\n",
     .set = nullptr},
    {.command = sync,
     .name = "sync",
     .argument = "VERSION",
     .summary = "Make the work tree declare a version",
     .text =
         "Edits every place that follows the release, in place and nothing but the bytes that say\n"
         "the version, and the change log that `release.changelog` names. All places or none: "
         "where\n"
         "one cannot be edited, nothing is written. VERSION is a tag, or a version whose tag is\n"
         "written as those before. Exit status 0 is done or nothing to do, 1 that it could not "
         "be.\n",
     .examples =
         "lockstep sync v1.2.0 --dry-run              # look first\n"
         "lockstep sync v1.2.0                        # edit the files\n"
         "lockstep sync v1.2.0 --commit --digest      # pin what was built, and commit it\n",
     .set = [](Options& options,
               std::string_view value) { options.argument = std::string(value); }},
    {.command = record,
     .name = "record",
     .argument = "RELEASE",
     .summary = "Make the record of a release that was published by other means",
     .text =
         "RELEASE is a tag or a version. The record holds the tag, the digest of each of the "
         "project's\nown images and of what each kustomization renders to. A release that is not "
         "consistent, or\nthat could not be checked whole, is refused.\n",
     .examples = "lockstep record v0.29.0                     # what would be recorded?\n"
                 "lockstep record v0.29.0 --push              # record it\n"
                 "lockstep record v0.29.0 -o json > record.json\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .complete = Complete::tag},
    {.command = trace,
     .name = "trace",
     .argument = "IMAGE|POD|TAG|COMMIT",
     .summary = "Show where an image comes from, and what a release or commit became",
     .text =
         "One page from the digest to the commit: image tags, record, Git tag, commit, manifests,\n"
         "change log, labels, provenance, signatures. Each line says where it was read, and "
         "whether it\nis proved (computed here), claimed (somebody says so) or missing. IMAGE is a "
         "reference with\ntag or digest, an imageID of a pod's status, or sha256:… alone. POD is "
         "pod/NAME "
         "or\npod/NAMESPACE/NAME in the cluster of the kubeconfig; each image that runs in it gets "
         "a "
         "page. Exit\nstatus 1: something contradicts; 3: something did not answer.\n",
     .examples = "lockstep trace registry.k8s.io/descheduler/descheduler:v0.29.0\n"
                 "lockstep trace docker-pullable://registry.example.com/kite/kite@sha256:…\n"
                 "lockstep trace pod/kube-system/descheduler-7d9 # what does this pod run?\n"
                 "lockstep trace v0.29.0 --offline            # from records and Git alone\n"
                 "lockstep trace 3f1c9e2 -o json              # which release has this commit?\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .complete = Complete::tag},
    {.command = consumers,
     .name = "consumers",
     .argument = "DIR",
     .summary = "Say which pins of a GitOps repository are drifted, withdrawn or overridden",
     .text =
         "Finds remote bases of kustomizations, sources of Flux and Argo CD and dependencies of "
         "charts,\nand asks the projects that they pin: a clone or URL of --project, else the "
         "pinned URL itself.\nA branch or a range of versions is said to be floating. Exit status "
         "1: a pin is drifted or\nwithdrawn, or an image is set to another version than the "
         "pinned one; 3: something could not\nbe checked.\n",
     .examples = "lockstep consumers .                        # what does this repository run?\n"
                 "lockstep consumers clusters/prod --project ../descheduler\n"
                 "lockstep consumers . --ref main -o sarif > consumers.sarif\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .complete = Complete::directory},
    {.command = deployed,
     .name = "deployed",
     .argument = "[RELEASE...]",
     .summary = "Check what a cluster runs: is it the release that it declares?",
     .text =
         "For each workload with an image of the project: the image that is declared, the digest "
         "that\nruns in every container of every pod, the release that this digest belongs to, and "
         "whether\nthat is the expected one. Digests come from records and registries. Nothing is "
         "written\nanywhere, and no Secret is read.\n\n"
         "RELEASE is a tag or a version of the project at -C, expected everywhere. Without it "
         "expected is\nthe release that each workload declares, or the newest where its tag "
         "floats. Images of other\nprojects are looked for where RELEASE is the folder of one, "
         "./other, or the URL of a\nkustomization in one, whose `ref` is then expected.\n",
     .examples =
         "lockstep deployed                           # the namespace of the context\n"
         "lockstep deployed -A v0.29.0                # is v0.29.0 what runs everywhere?\n"
         "lockstep deployed -n kube-system --wait 5m  # behind `kubectl apply`\n"
         "lockstep deployed -A "
         "https://github.com/kubernetes-sigs/descheduler//kubernetes/deployment?ref=v0.29.0\n",
     .set = add_name,
     .complete = Complete::tag},
    {.command = init,
     .name = "init",
     .argument = "",
     .summary = "Write lockstep.yaml from what the history shows",
     .text = "Each entry stands under the reason for it. A file that is there is kept.\n",
     .examples = "lockstep init --stdout                      # look first\n"
                 "lockstep init                               # write lockstep.yaml\n",
     .set = nullptr},
    {.command = rules,
     .name = "rules",
     .argument = "[ID]",
     .summary = "List the rules, or explain one",
     .text = "",
     .examples = "lockstep rules                              # all of them\n"
                 "lockstep rules declared-version             # what it costs, how to fix it\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .complete = Complete::rule},
    {.command = version,
     .name = "version",
     .argument = "",
     .summary = "Print the version of lockstep",
     .text = "",
     .examples = "lockstep version -o json\n",
     .set = nullptr},
    {.command = completion,
     .name = "completion",
     .argument = "SHELL",
     .summary = "Print the completion script of a shell",
     .text = "",
     .examples = "source <(lockstep completion bash)          # in ~/.bashrc\n"
                 "source <(lockstep completion zsh)           # in ~/.zshrc, after compinit\n"
                 "lockstep completion fish > ~/.config/fish/completions/lockstep.fish\n",
     .set = [](Options& options, std::string_view value) { options.argument = std::string(value); },
     .choices = shells},
    {.command = help,
     .name = "help",
     .argument = "[COMMAND...]",
     .summary = "Explain a command",
     .text = "",
     .examples = "lockstep help verify\n"
                 "lockstep help image copy\n",
     .set = add_name,
     .complete = Complete::command},
};

}  // namespace

std::span<const Flag> flags() {
    return flag_rows;
}

std::span<const CommandRow> commands() {
    return command_rows;
}

const CommandRow& row_of(Command command) {
    return command_rows[static_cast<unsigned>(command)];
}

const CommandRow* find_command(std::string_view name) {
    const auto* const found = std::find_if(std::begin(command_rows), std::end(command_rows),
                                           [&](const CommandRow& row) { return row.name == name; });
    return found == std::end(command_rows) ? nullptr : found;
}

std::string_view CommandRow::group() const {
    const std::size_t space = name.find(' ');
    return space == std::string_view::npos ? std::string_view() : name.substr(0, space);
}

std::string_view CommandRow::action() const {
    return name.substr(name.rfind(' ') + 1);
}

ArgumentCount argument_count(const CommandRow& row) {
    ArgumentCount count;
    for (std::string_view rest = row.argument; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (word.front() != '[') ++count.min;
        if (word.contains("..."))
            count.max = std::numeric_limits<std::size_t>::max();
        else
            ++count.max;
    }
    return count;
}

std::vector<std::string_view> groups() {
    std::vector<std::string_view> found;
    for (const CommandRow& row : command_rows)
        if (const std::string_view group = row.group();
            !group.empty() && std::find(found.begin(), found.end(), group) == found.end())
            found.push_back(group);
    return found;
}

bool is_group(std::string_view name) {
    const std::vector<std::string_view> names = groups();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string variable_of(const Flag& flag) {
    std::string variable = "LOCKSTEP_";
    for (const char letter : flag.name)
        variable += letter == '-'                    ? '_'
                    : letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A')
                                                     : letter;
    return variable;
}

}  // namespace lockstep::cli
