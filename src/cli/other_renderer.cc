#include "cli/other_renderer.h"

#include <vector>

#include "os/environment.h"

namespace lockstep::cli {

namespace {

constexpr std::string_view our_version = "kustomize v5.8.2";
constexpr std::size_t line_bytes_max = 500;

/// The first word like "v1.2.3" behind `label`; empty where there is none.
std::string_view version_behind(std::string_view text, std::string_view label) {
    std::size_t at = text.find(label);
    if (at == std::string_view::npos) return {};
    for (at += label.size(); (at = text.find('v', at)) != std::string_view::npos; ++at) {
        const std::string_view word = text.substr(at, text.find_first_of(" \t\r\n", at) - at);
        if (word.size() > 1 && word[1] >= '0' && word[1] <= '9') return word;
    }
    return {};
}

std::vector<std::string> arguments_for(const Options& options) {
    std::vector<std::string> arguments;
    if (options.load_restrictions == kustomize::Options::LoadRestrictions::none)
        arguments.push_back("--load-restrictor=LoadRestrictionsNone");
    if (!options.reorder) arguments.push_back("--reorder=none");
    if (options.managed_by_label) arguments.push_back("--enable-managedby-label");
    if (options.enable_helm) {
        arguments.push_back("--enable-helm");
        arguments.push_back("--helm-command=" + options.helm_command);
    }
    return arguments;
}

}  // namespace

Result<OtherRenderer> OtherRenderer::find(CheckWith which) {
    const bool is_kubectl = which == CheckWith::kubectl;
    OtherRenderer other;
    other.name_ = is_kubectl ? "kubectl" : "kustomize";
    auto program = os::find_program(other.name_);
    if (!program)
        return fail(Error::Kind::not_found,
                    "--check-with needs `" + other.name_ + "`, which is not on PATH",
                    is_kubectl ? "install it (https://kubernetes.io/docs/tasks/tools/), or check "
                                 "with kustomize"
                               : "install it (https://kubectl.docs.kubernetes.io/installation/"
                                 "kustomize/), or check with kubectl");
    other.program_ = std::move(*program);
    os::Command command{.argv = {other.program_, "version"}};
    if (is_kubectl) command.argv.emplace_back("--client");
    const os::Captured said = TRY(os::run(command), "asking `" + other.program_ + "` its version");
    const auto version = [&](std::string_view label) {
        return std::string(version_behind(said.out, label));
    };
    other.title_ = is_kubectl ? "kubectl " + version("Client Version:") + " with kustomize " +
                                    version("Kustomize Version:")
                              : "kustomize " + version("");
    if (!said.exit.ok() || other.title_.ends_with(' '))
        return fail(Error::Kind::unavailable,
                    "`" + other.program_ + "` does not say which version it is: " +
                        (said.exit.ok() ? last_line(said.out) : last_line(said.err)),
                    "is it the right program?");
    return other;
}

bool OtherRenderer::has_our_version() const {
    return title_.ends_with(our_version);
}

Result<os::Captured> OtherRenderer::render(const std::string& directory,
                                           const Options& options) const {
    os::Command command{.argv = {program_, name_ == "kubectl" ? "kustomize" : "build"}};
    for (std::string& argument : arguments_for(options))
        command.argv.push_back(std::move(argument));
    command.argv.push_back(directory);
    // It is an option of ours, not a setting.
    command.unset = {"KUSTOMIZE_ENABLE_MANAGEDBY_LABEL"};
    return TRY(os::run(command, {.out_bytes_max = kustomize::output_bytes_max}),
               "rendering with `" + program_ + "`");
}

std::string last_line(std::string_view said) {
    const std::size_t end = said.find_last_not_of(" \t\r\n");
    said = said.substr(0, end == std::string_view::npos ? 0 : end + 1);
    const std::size_t newline = said.rfind('\n');
    if (newline != std::string_view::npos) said.remove_prefix(newline + 1);
    return std::string(said.substr(0, line_bytes_max));
}

}  // namespace lockstep::cli
