#include "cli/option_table.h"

namespace lockstep::cli {
namespace {

using enum Command;

constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

void add_name(Options& options, std::string_view value) {
    options.names.emplace_back(value);
}

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

std::span<const CommandRow> commands() {
    return command_rows;
}

}  // namespace lockstep::cli
