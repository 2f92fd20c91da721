#include "ci/image_push.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace lockstep::ci {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t shown_max = 60;

/// Actions that push no image, whatever they are given: whole names, or all of an owner.
constexpr std::string_view harmless[] = {"actions/",
                                         "github/",
                                         "docker/setup-",
                                         "docker/login-action",
                                         "docker/metadata-action",
                                         "sigstore/cosign-installer",
                                         "softprops/action-gh-release",
                                         "golangci/",
                                         "codecov/",
                                         "azure/setup-",
                                         "azure/login",
                                         "google-github-actions/auth",
                                         "google-github-actions/setup-",
                                         "aws-actions/configure-aws-credentials",
                                         "aws-actions/amazon-ecr-login",
                                         "ko-build/setup-ko",
                                         "imjasonh/setup-",
                                         "hashicorp/setup-",
                                         "ruby/setup-",
                                         "helm/chart-testing-action",
                                         "helm/kind-action",
                                         "tibdex/github-app-token"};

std::string shown(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    if (text.size() > shown_max) text = text.substr(0, shown_max) + "…";
    return '`' + text + '`';
}

bool has(const Words& words, std::string_view wanted) {
    return std::ranges::find(words, wanted) != words.end();
}

bool has_any(const Words& words, std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(wanted, [&](std::string_view each) { return has(words, each); });
}

bool has_part(const Words& words, std::string_view part) {
    return std::ranges::any_of(words, [&](const std::string& word) { return word.contains(part); });
}

std::string_view program_of(const Words& words) {
    const std::string_view path = words.front();
    return path.substr(path.rfind('/') + 1);
}

using Kind = Push::Kind;

std::optional<Kind> docker(const Words& words) {
    if (has(words, "push")) return Kind::certain;
    const bool is_build = has_any(words, {"build", "bake"});
    if (is_build && (has_any(words, {"--push", "--push=true"}) || has_part(words, "push=true") ||
                     has_part(words, "type=registry")))
        return Kind::certain;
    // What a bake file says of its outputs is not read.
    if (has(words, "bake")) return Kind::hidden;
    if (has(words, "imagetools") && has(words, "create")) return Kind::certain;
    return std::nullopt;
}

std::optional<Kind> ko(const Words& words) {
    const bool is_local = has_any(words, {"--push=false", "--local", "-L"});
    if (!is_local && has_any(words, {"build", "publish", "apply", "resolve", "create"}))
        return Kind::certain;
    return std::nullopt;
}

std::optional<Kind> goreleaser(const Words& words) {
    if (has_any(words, {"--snapshot", "check", "healthcheck", "--skip=docker", "--skip-docker"}))
        return std::nullopt;
    // Its file says whether there are images.
    return has(words, "release") ? std::optional(Kind::hidden) : std::nullopt;
}

std::optional<Kind> task_runner(const Words& words) {
    for (const std::string& word : Words(words.begin() + 1, words.end()))
        if (!word.starts_with('-') && !word.contains('=') &&
            (word.contains("push") || word.contains("publish")))
            return Kind::certain;
    return Kind::hidden;
}

std::optional<Kind> copier(const Words& words) {
    if (has_any(words, {"push", "copy", "cp", "tag", "append", "mutate", "rebase"}))
        return Kind::certain;
    return std::nullopt;
}

bool is_script(const Words& words) {
    const std::string_view first = words.front();
    if (first.contains('/') && !first.starts_with('/')) return true;
    const std::string_view program = program_of(words);
    constexpr std::string_view interpreters[] = {"sh",     "bash", "zsh",  "python", "python3",
                                                 "source", ".",    "node", "ruby",   "perl"};
    if (std::ranges::find(interpreters, program) == std::ranges::end(interpreters)) return false;
    return std::ranges::any_of(words.begin() + 1, words.end(), [](const std::string& word) {
        return !word.starts_with('-') && (word.contains('/') || word.contains('.'));
    });
}

std::optional<Kind> push_by(const Words& words) {
    const std::string_view program = program_of(words);
    if (program == "docker" || program == "podman" || program == "buildah" ||
        program == "nerdctl" || program == "depot" || program == "buildctl")
        return docker(words);
    if (program == "ko") return ko(words);
    if (program == "goreleaser") return goreleaser(words);
    if (program == "skopeo" || program == "crane" || program == "regctl") return copier(words);
    if (program == "executor" && words.front().contains("kaniko"))
        return has_any(words, {"--no-push", "--no-push=true"}) ? std::nullopt
                                                               : std::optional(Kind::certain);
    if (has_part(words, "jib:build") || (program.starts_with("gradle") && has(words, "jib")))
        return Kind::certain;
    if (program == "make" || program == "task" || program == "just" || program == "mage" ||
        program == "earthly" || program == "bazel" || program == "nox")
        return task_runner(words);
    if ((program == "npm" || program == "yarn" || program == "pnpm") && has(words, "run"))
        return task_runner(words);
    if (is_script(words)) return Kind::hidden;
    return std::nullopt;
}

std::vector<Push> pushes_of_script(const Step& step) {
    std::vector<Push> found;
    for (const ShellCommand& command : shell_commands(step.script))
        if (const auto kind = push_by(command.words))
            found.push_back(
                {.kind = *kind, .at = place_of(step, command), .what = shown(command.words)});
    return found;
}

std::string input(const Step& step, std::string_view name) {
    const auto found = step.with.find(name);
    return found == step.with.end() ? std::string() : found->second;
}

std::optional<Push> build_push_action(const Step& step, const Situation& situation) {
    Push push{.kind = Kind::certain, .at = step.at, .what = step.uses};
    const std::string said = input(step, "push"), outputs = input(step, "outputs");
    const bool is_registry = outputs.contains("type=registry") || outputs.contains("push=true");
    const Answer pushes = is_registry    ? Answer::yes
                          : said.empty() ? Answer::no
                                         : holds_on_github(said, situation);
    if (pushes == Answer::no && outputs.contains("${{"))
        push.kind = Kind::hidden;
    else if (pushes == Answer::no)
        return std::nullopt;
    if (pushes == Answer::unclear) push.kind = Kind::hidden;
    push.what += is_registry || said.empty()
                     ? " with `outputs: " + outputs.substr(0, shown_max) + '`'
                     : " with `push: " + said.substr(0, shown_max) + '`';
    return push;
}

std::vector<Push> pushes_of_action(const Step& step, const Situation& situation) {
    const std::string name = step.uses.substr(0, step.uses.find('@'));
    if (name == "docker/build-push-action" || name == "docker/bake-action" ||
        name == "depot/build-push-action") {
        auto push = build_push_action(step, situation);
        if (push) return {std::move(*push)};
        if (name != "docker/bake-action") return {};
    }
    Push push{.kind = Kind::hidden, .at = step.at, .what = step.uses};
    if (name == "redhat-actions/push-to-registry" || name == "akhilerm/tag-push-action")
        push.kind = Kind::certain;
    else if (std::ranges::any_of(harmless,
                                 [&](std::string_view each) { return name.starts_with(each); }))
        return {};
    return {std::move(push)};
}

}  // namespace

std::vector<Push> pushes_of(const Step& step, const Situation& situation) {
    return step.uses.empty() ? pushes_of_script(step) : pushes_of_action(step, situation);
}

const ShellCommand* find_command(const std::vector<ShellCommand>& commands,
                                 const std::vector<std::string_view>& words) {
    const auto found = std::ranges::find_if(commands, [&](const ShellCommand& command) {
        if (words.empty() || program_of(command.words) != words.front()) return false;
        std::size_t next = 1;
        for (const std::string& word : command.words)
            if (next < words.size() && word == words[next]) ++next;
        return next == words.size();
    });
    return found == commands.end() ? nullptr : &*found;
}

Location place_of(const Step& step, const ShellCommand& command) {
    if (step.script_line == 0) return step.at;
    return {.path = step.at.path, .line = step.script_line + command.line, .column = 0};
}

}  // namespace lockstep::ci
