#include "workspace/remote_bases.h"

#include <utility>

#include "manifest/remote_url.h"

namespace lockstep::workspace {

kustomize::Remote remote_of(const git::RemoteUrl& url, std::shared_ptr<const FileTree> tree) {
    const bool is_secret = git::without_credentials(url.repository) != url.repository;
    return {.tree = std::move(tree),
            .path = url.path,
            .repository = is_secret ? std::string() : url.repository,
            .ref = url.ref};
}

RemoteBases::RemoteBases(git::Repository* own, Options options)
    : own_(own), options_(std::move(options)) {}

Result<kustomize::Remote> RemoteBases::load(std::string_view url) {
    const std::lock_guard lock(mutex_);
    if (const auto known = loaded_.find(std::string(url)); known != loaded_.end())
        return known->second;
    return loaded_.emplace(url, load_anew(url)).first->second;
}

Result<kustomize::Remote> RemoteBases::load_anew(std::string_view url) {
    const std::string shown = git::without_credentials(url);
    const auto remote = TRY(git::parse_remote_url(url));
    if (!remote)
        return fail(Error::Kind::unsupported,
                    "unsupported: remote file `" + shown + "`: only Git repositories are fetched",
                    "keep a copy of the file beside the kustomization");
    const auto named = manifest::parse_remote_url(url);
    if (own_ != nullptr && named && !options_.repository.empty() &&
        named->repository == options_.repository && !remote->ref.empty()) {
        if (const auto commit = own_->resolve(remote->ref); commit)
            return remote_of(*remote, own_->tree(commit->tree));
    }
    if (options_.offline || !options_.fetch)
        return fail(
            Error::Kind::unavailable, "remote base `" + shown + "` was not fetched",
            options_.offline
                ? "run it without --offline"
                : "allow it with --remote-bases: the hosts that the manifests name are then asked");
    git::Fetched fetched = TRY(git::fetch(
        *remote, {.cache_directory = options_.cache_directory, .offline = options_.offline}));
    return remote_of(*remote, fetched.repository.tree(fetched.commit.tree));
}

}  // namespace lockstep::workspace
