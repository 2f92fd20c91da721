#include <algorithm>

#include "git/cache_folder.h"
#include "git/fetch_command.h"
#include "git/remote.h"

namespace lockstep::git {

namespace {

std::string hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    for (const char c : text) {
        result += digits[static_cast<unsigned char>(c) / 16u];
        result += digits[static_cast<unsigned char>(c) % 16u];
    }
    return result;
}

bool is_commit_id(std::string_view ref) {
    return ObjectId::parse(ref).has_value();
}

/// "v1" of "refs/tags/v1" and "tags/v1", which name the same to git.
std::string_view tag_name(std::string_view ref) {
    for (const std::string_view prefix : {"refs/tags/", "tags/"})
        if (ref.starts_with(prefix)) return ref.substr(prefix.size());
    return ref;
}

/// One way to ask the remote for a ref, and where the cache keeps the answer.
struct Ask {
    std::string refspec;
    std::string kept_as;
};

Ask ask_for(std::string source, std::string_view kind, std::string_view name) {
    std::string kept_as = "refs/lockstep/" + std::string(kind) + '/' + hex(name);
    std::string refspec = '+' + std::move(source) + ':' + kept_as;
    return {.refspec = std::move(refspec), .kept_as = std::move(kept_as)};
}

/// The bare repository of one URL in the cache.
class Cached {
  public:
    Cached(const RemoteUrl& url, const FetchOptions& options)
        : url_(url),
          options_(options),
          folder_(options.cache_directory, url.repository),
          never_moves_(ask_never_moving()),
          moves_(ask_for(asked_ref(), "moving", asked_ref())) {}

    Result<Fetched> get() {
        TRY(folder_.check());
        if (never_moves_)
            if (auto fetched = kept(*never_moves_)) return std::move(*fetched);
        if (options_.offline) return offline();
        const os::FileLock lock = TRY(folder_.lock(url_.timeout));
        // Another process may have fetched it while this one waited.
        if (never_moves_)
            if (auto fetched = kept(*never_moves_)) return std::move(*fetched);
        return ask_remote();
    }

  private:
    std::optional<Ask> ask_never_moving() const {
        if (url_.ref.empty() || url_.ref.starts_with("refs/heads/")) return std::nullopt;
        if (is_commit_id(url_.ref)) return ask_for(url_.ref, "commits", url_.ref);
        const std::string_view tag = tag_name(url_.ref);
        return ask_for("refs/tags/" + std::string(tag), "tags", tag);
    }

    std::string asked_ref() const { return url_.ref.empty() ? "HEAD" : url_.ref; }
    std::string named() const { return '`' + without_credentials(url_.repository) + '`'; }

    /// Nothing where the cache does not hold it whole.
    std::optional<Fetched> kept(const Ask& ask) const {
        if (!folder_.is_there()) return std::nullopt;
        auto repository = Repository::open(folder_.path(), {.offline = true});
        if (!repository) return std::nullopt;
        const auto commit = repository->resolve(ask.kept_as);
        if (!commit) return std::nullopt;
        return Fetched{.repository = std::move(*repository), .commit = *commit};
    }

    Result<Fetched> offline() {
        if (auto fetched = kept(moves_)) return std::move(*fetched);
        return fail(Error::Kind::unavailable,
                    '`' + asked_ref() + "` of " + named() +
                        " is not in the cache, and nothing may be fetched",
                    "run once without --offline");
    }

    Result<Fetched> ask_remote() {
        TRY(fetch_first());
        for (const std::optional<Ask>& ask : {never_moves_, std::optional<Ask>(moves_)})
            if (ask)
                if (auto kept_one = kept(*ask)) return std::move(*kept_one);
        return fail(Error::Kind::not_found,
                    '`' + asked_ref() + "` of " + named() + " names no commit");
    }

    /// As a tag or commit, else as git finds it among branches and other refs.
    Result<void> fetch_first() {
        if (never_moves_) {
            const Result<void> fetched = fetch_one(*never_moves_);
            const bool may_be_branch = !is_commit_id(url_.ref) && !fetched &&
                                       fetched.error().kind == Error::Kind::not_found &&
                                       fetched.error().message.contains("remote ref");
            if (!may_be_branch) return fetched;
        }
        return fetch_one(moves_);
    }

    Result<void> fetch_one(const Ask& ask) {
        TRY(folder_.fetch({.git_directory = folder_.path(),
                           .repository = url_.repository,
                           .refspecs = {ask.refspec},
                           .options = {"--depth=1"},
                           .timeout = url_.timeout}));
        return {};
    }

    const RemoteUrl& url_;
    const FetchOptions& options_;
    CacheFolder folder_;
    std::optional<Ask> never_moves_;
    Ask moves_;
};

}  // namespace

Result<Fetched> fetch(const RemoteUrl& url, const FetchOptions& options) {
    return Cached(url, options).get();
}

}  // namespace lockstep::git
