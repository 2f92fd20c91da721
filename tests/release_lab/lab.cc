#include "release_lab/lab.h"

#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <stdexcept>

#include "os/subprocess.h"
#include "support/peer.h"

namespace lockstep::release_lab {

namespace {

using testing::Git;

constexpr std::int64_t day = 86'400;
constexpr const char* remote_path = "/kite/kite.git";

std::string script(std::string_view name) {
    return LOCKSTEP_TEST_DIR "/release_lab/" + std::string(name);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) all.append(all.empty() ? "" : between).append(text);
    return all;
}

/// For paths, names and addresses, of which none needs an escape.
std::string json_text(std::string_view text) {
    return '"' + std::string(text) + '"';
}

std::string date_of(std::int64_t time) {
    const std::chrono::sys_days days{std::chrono::days(time / day)};
    const std::chrono::year_month_day date{days};
    const auto two = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

constexpr std::string_view deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
spec:
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
      - name: NAME
        image: IMAGE
)";

std::string deployment_of(std::string_view name, std::string_view image) {
    std::string text(deployment);
    for (const auto& [word, value] : {std::pair{"NAME", name}, std::pair{"IMAGE", image}})
        for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos;)
            text.replace(at, std::string_view(word).size(), value);
    return text;
}

/// Everything that a release may change; what it does not name is the project's own.
std::vector<std::string> managed_files() {
    return {"CHANGELOG.md", "README.md", "deploy/base/kustomization.yaml",
            "deploy/overlays/production/kustomization.yaml", "install.yaml"};
}

}  // namespace

std::string_view to_string(Mode mode) {
    return mode == Mode::tag ? "tag" : "digest";
}
std::string_view to_string(Transport transport) {
    constexpr std::array<std::string_view, 3> names = {"file", "http", "ssh"};
    return names.at(static_cast<std::size_t>(transport));
}

std::optional<std::string> why_absent(const LabSetup& setup) {
    if (auto why = testing::why_absent(setup.registry)) return why;
    if (!testing::find_peer("python3")) return testing::absent("python3");
    if (setup.transport == Transport::ssh) return testing::SshServer::why_absent();
    return std::nullopt;
}

Lab::Lab(LabSetup setup)
    : setup_(std::move(setup)), project_(dir_ / "project"), remote_(dir_ / "remote/kite/kite.git") {
    testing::shut_out_git_configuration();
    start_registry();
    make_remote();
    make_project();
    release_by_hand("1.0.0");
    change("The second.\n");
}
Lab::~Lab() = default;

void Lab::start_registry() {
    const bool is_ggcr = setup_.registry == testing::RegistryKind::ggcr;
    registry_ = std::make_unique<testing::RegistryServer>(testing::RegistrySetup{
        .kind = setup_.registry, .can_delete = setup_.can_delete && !is_ggcr});
    std::string address = registry_->address();
    if (setup_.has_proxies) {
        registry_proxy_ = std::make_unique<testing::FaultProxy>(address);
        address = registry_proxy_->address();
    }
    for (const std::string& last : setup_.images)
        images_.push_back({.last = last, .name = address + "/kite/" + last});
}

void Lab::make_remote() {
    const std::string root = dir_ / "remote";
    std::filesystem::create_directories(remote_.directory());
    remote_.run({"init", "--quiet", "--bare"});
    remote_.run({"config", "http.receivepack", "true"});
    remote_url_ = remote_.directory();
    if (setup_.transport == Transport::file) return;
    if (setup_.transport == Transport::ssh) return reach_by_ssh();
    git_server_ = std::make_unique<testing::GitHttpServer>(root);
    remote_url_ = git_server_->url(remote_path);
    if (!setup_.has_proxies) return;
    const std::string url = git_server_->url();
    git_proxy_ = std::make_unique<testing::FaultProxy>(url.substr(url.rfind('/') + 1));
    remote_url_ = git_proxy_->url(remote_path);
}

void Lab::reach_by_ssh() {
    ssh_server_ = std::make_unique<testing::SshServer>();
    remote_url_ = testing::SshServer::url(remote_.directory());
}

void Lab::make_project() {
    dir_.write("home/.gitconfig",
               "[user]\n\tname = Kim Kite\n\temail = kim@example.com\n"
               "[init]\n\tdefaultBranch = main\n");
    std::filesystem::create_directories(project_.directory());
    project_.run({"init", "--quiet"});
    project_.run({"remote", "add", "origin", remote_url_});
    if (ssh_server_) project_.run({"config", "core.sshCommand", ssh_server_->command()});
    write("app/kite.txt", "The first.\n");
    write("lockstep.yaml", configuration());
    std::filesystem::copy_file(script("build-image.sh"), project_.directory() + "/build-image.sh");
    for (const Image& image : images_)
        write("deploy/base/" + image.last + ".yaml", deployment_of(image.last, image.last));
    describe();
}

std::string Lab::configuration() const {
    std::vector<std::string> command = {"sh", "build-image.sh"};
    if (!setup_.is_reproducible) command.emplace_back("--random");
    if (setup_.pushes_to_staging) {
        command.emplace_back("--push");
        command.push_back(script("push_layout.py"));
    }
    std::string text = "name: kite\nimages:\n";
    for (const Image& image : images_) {
        const std::string address = image.name.substr(0, image.name.find('/'));
        text += "  - name: " + image.name + "\n    staging: " + address + "/staging/" + image.last +
                "\n    build:\n      command: [" + joined(command, ", ") + "]\n";
    }
    text += "release:\n  mode: " + std::string(to_string(setup_.mode)) +
            "\n  changelog: CHANGELOG.md\n" + setup_.release_settings;
    return text;
}

void Lab::describe() const {
    std::vector<std::string> images, moving, managed;
    for (const Image& image : images_)
        images.push_back("{\"name\": " + json_text(image.name) +
                         ", \"address\": " + json_text(registry_->address()) +
                         ", \"repository\": " + json_text("kite/" + image.last) +
                         ", \"staging\": " + json_text("staging/" + image.last) + "}");
    for (const std::string& tag : setup_.moving) moving.push_back(json_text(tag));
    for (const std::string& path : managed_files()) managed.push_back(json_text(path));
    const bool can_delete = setup_.can_delete && setup_.registry != testing::RegistryKind::ggcr;
    const std::string seen_url = git_server_ ? git_server_->url(remote_path) : remote_.directory();
    dir_.write("lab.json",
               "{\"mode\": " + json_text(to_string(setup_.mode)) +
                   ", \"branch\": \"main\", \"remoteDirectory\": " +
                   json_text(remote_.directory()) + ", \"remoteUrl\": " + json_text(seen_url) +
                   ", \"canDelete\": " + (can_delete ? "true" : "false") + ",\n \"images\": [" +
                   joined(images, ",\n  ") + "],\n \"moving\": [" + joined(moving, ", ") +
                   "], \"managed\": [" + joined(managed, ", ") + "]}\n");
}

const Lab::Image& Lab::image(const std::string& name) const {
    for (const Image& image : images_)
        if (image.name == name) return image;
    throw std::logic_error("the lab has no image " + name);
}

std::vector<std::string> Lab::image_names() const {
    std::vector<std::string> names;
    for (const Image& image : images_) names.push_back(image.name);
    return names;
}

std::string Lab::image_name(std::string_view last) const {
    for (const Image& image : images_)
        if (image.last == last) return image.name;
    throw std::logic_error("the lab has no image " + std::string(last));
}

std::vector<std::pair<std::string, std::string>> Lab::environment() const {
    const char* const path = ::getenv("PATH");
    return {{"PATH", path == nullptr ? "/usr/bin:/bin" : path},
            {"HOME", home()},
            {"DOCKER_CONFIG", home() + "/.docker"},
            {"XDG_CONFIG_HOME", home() + "/.config"},
            {"XDG_CACHE_HOME", home() + "/.cache"},
            {"GIT_CONFIG_NOSYSTEM", "1"},
            {"GIT_TERMINAL_PROMPT", "0"},
            {"NO_PROXY", "*"},
            {"PYTHONDONTWRITEBYTECODE", "1"},
            {"LOCKSTEP_PLAIN_HTTP",
             registry_proxy_ ? registry_proxy_->address() : registry_->address()},
            {"LC_ALL", "C.UTF-8"},
            {"TZ", "UTC"}};
}

void Lab::enter() const {
    const auto variables = environment();
    ::clearenv();
    for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
    std::filesystem::current_path(project_.directory());
}

std::string Lab::branch_tip() const {
    return remote_.run({"rev-parse", "refs/heads/main"});
}

void Lab::write(std::string_view path, std::string_view text) const {
    dir_.write("project/" + std::string(path), text);
}

std::string Lab::commit(const std::string& message) {
    project_.set_date(next_date_);
    next_date_ += day;
    project_.run({"add", "--all"});
    project_.run({"commit", "--quiet", "--allow-empty", "--message", message});
    return project_.run({"rev-parse", "HEAD"});
}

std::string Lab::change(const std::string& text) {
    write("app/kite.txt", text);
    branch_before_ = commit("app: another text");
    project_.run({"push", "--quiet", remote_.directory(), "HEAD:refs/heads/main"});
    return branch_before_;
}

Git Lab::clone(const std::string& name) const {
    project_.run({"clone", "--quiet", remote_url_, dir_ / name});
    return Git(dir_ / name);
}

std::string Lab::release_by_hand(const std::string& version) {
    const std::string tag = "v" + version;
    std::string commit;
    std::map<std::string, Layout> built;
    if (setup_.mode == Mode::tag) {
        commit = commit_declaring(version);
        for (const Image& image : images_) built[image.name] = build(image.name, commit, version);
    } else {
        // The first commit of all is the source of the first release.
        const bool is_first = !project_.try_run({"rev-parse", "--verify", "HEAD"}).exit.ok();
        const std::string source =
            is_first ? this->commit("app: a first text") : project_.run({"rev-parse", "HEAD"});
        std::map<std::string, std::string> pins;
        for (const Image& image : images_) {
            built[image.name] = build(image.name, source, version);
            pins[image.name] = built[image.name].digest;
        }
        commit = commit_declaring(version, pins);
    }
    for (const auto& [name, layout] : built) push(layout, name, tag);
    publish(tag, commit);
    return commit;
}

std::string Lab::commit_declaring(const std::string& version,
                                  const std::map<std::string, std::string>& pins) {
    write_declarations(version, pins);
    return commit("Release v" + version);
}

void Lab::write_declarations(const std::string& version,
                             const std::map<std::string, std::string>& pins) const {
    const std::string tag = "v" + version;
    std::string resources, base, overlay, install;
    for (const Image& image : images_) {
        const auto pin = pins.find(image.name);
        const std::string digest = pin == pins.end() ? "" : pin->second;
        const std::string pinned = digest.empty() ? "" : "  digest: " + digest + "\n";
        resources += "- " + image.last + ".yaml\n";
        base += "- name: " + image.last + "\n  newName: " + image.name + "\n  newTag: " + tag +
                "\n" + pinned;
        overlay +=
            "- name: " + image.name + "\n" + (digest.empty() ? "  newTag: " + tag + "\n" : pinned);
        install += std::string(install.empty() ? "" : "---\n") +
                   deployment_of(image.last,
                                 image.name + ":" + tag + (digest.empty() ? "" : "@" + digest));
    }
    constexpr std::string_view head =
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n";
    write("deploy/base/kustomization.yaml", std::string(head) + resources + "images:\n" + base);
    write("deploy/overlays/production/kustomization.yaml",
          std::string(head) + "- ../../base\nimages:\n" + overlay + "namePrefix: production-\n");
    write("install.yaml", install);
    write("README.md",
          "# kite\n\n    kubectl apply -k "
          "'https://git.example.com/kite/kite//deploy/overlays/production?ref=" +
              tag + "'\n");
    std::string changes = "# Changelog\n\n## [Unreleased]\n\n- It flies higher.\n";
    if (version != "1.0.0")
        changes += "\n## [" + version + "] - " + date_of(next_date_) + "\n\n- It flies farther.\n";
    write("CHANGELOG.md", changes + "\n## [1.0.0] - 2026-01-01\n\n- It flies.\n");
}

Layout Lab::build(const std::string& image_name, const std::string& revision,
                  const std::string& version) const {
    const std::string commit = project_.run({"rev-parse", revision + "^{commit}"});
    const std::string folder = dir_ / ("build-" + std::to_string(builds_++));
    project_.run({"worktree", "add", "--quiet", "--detach", folder + "/source", commit});
    std::vector<std::string> argv = {"sh", "build-image.sh"};
    if (!setup_.is_reproducible) argv.emplace_back("--random");
    const Layout layout{.folder = folder + "/layout", .digest = {}};
    const auto built = os::run(
        {.argv = std::move(argv),
         .set = {{"LOCKSTEP_VERSION", version},
                 {"LOCKSTEP_TAG", "v" + version},
                 {"LOCKSTEP_COMMIT", commit},
                 {"LOCKSTEP_IMAGE", image_name},
                 {"LOCKSTEP_LAYOUT", layout.folder},
                 {"SOURCE_DATE_EPOCH", project_.run({"log", "-1", "--format=%ct", commit})}},
         .unset = {},
         .directory = folder + "/source"});
    if (!built) throw std::runtime_error(lockstep::to_string(built.error()));
    if (!built->exit.ok()) throw std::runtime_error("build-image.sh: " + built->err);
    project_.run({"worktree", "remove", "--force", folder + "/source"});
    // Its last word is the digest.
    const std::string& out = built->out;
    const std::size_t at = out.rfind("sha256:");
    return {.folder = layout.folder, .digest = out.substr(at, out.find_last_not_of('\n') + 1 - at)};
}

void Lab::push_layout(const Layout& layout, const std::string& repository,
                      const std::string& tag) const {
    testing::run_tool({"env", "PYTHONDONTWRITEBYTECODE=1", "python3", script("push_layout.py"),
                       layout.folder, registry_->address(), repository, tag});
}

void Lab::push(const Layout& layout, const std::string& image_name, const std::string& tag) const {
    push_layout(layout, "kite/" + image(image_name).last, tag);
}

void Lab::push_to_staging(const Layout& layout, const std::string& image_name,
                          const std::string& tag) const {
    push_layout(layout, "staging/" + image(image_name).last, tag);
}

void Lab::publish(const std::string& tag, const std::string& commit) const {
    project_.run({"tag", "--annotate", "--message", "Release " + tag, tag, commit});
    project_.run({"push", "--quiet", "--atomic", remote_.directory(), "refs/tags/" + tag,
                  commit + ":refs/heads/main"});
}

}  // namespace lockstep::release_lab
