#include <algorithm>

#include "git/fetch_command.h"
#include "git/remote.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

constexpr std::size_t folder_name_max = 240;  // file systems end at 255 bytes; ".lock" comes behind

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
}

std::string hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    for (const char c : text) {
        result += digits[static_cast<unsigned char>(c) / 16u];
        result += digits[static_cast<unsigned char>(c) % 16u];
    }
    return result;
}

/// One folder name for each URL: what is not plain is written as '%' and two digits.
std::string folder_name(std::string_view url) {
    std::string name;
    for (const char c : url) name += is_plain(c) ? std::string(1, c) : '%' + hex({&c, 1});
    return name;
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
          parent_(options.cache_directory + "/git"),
          path_(parent_ + '/' + folder_name(without_credentials(url.repository))),
          never_moves_(ask_never_moving()),
          moves_(ask_for(asked_ref(), "moving", asked_ref())) {}

    Result<Fetched> get() {
        if (path_.size() - parent_.size() > folder_name_max)
            return fail(Error::Kind::unsupported, named() + " is too long for the cache");
        if (never_moves_)
            if (auto fetched = kept(*never_moves_)) return std::move(*fetched);
        if (options_.offline) return offline();
        TRY(os::make_directories(parent_));
        const os::FileLock lock =
            TRY(os::FileLock::acquire(path_ + ".lock", std::chrono::milliseconds(url_.timeout)));
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
        if (!os::is_directory(path_)) return std::nullopt;
        auto repository = Repository::open(path_, {.offline = true});
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
        if (!os::is_directory(path_)) TRY(make_repository("sha1"));
        Result<void> fetched = fetch_first();
        if (!fetched && fetched.error().message.contains("mismatched algorithms")) {
            TRY(os::remove_tree(path_));
            TRY(make_repository("sha256"));
            fetched = fetch_first();
        }
        TRY(fetched);
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
        const Result<void> fetched = run_fetch({.git_directory = path_,
                                                .repository = url_.repository,
                                                .refspecs = {ask.refspec},
                                                .options = {"--depth=1"},
                                                .timeout = url_.timeout});
        if (!fetched) TRY(remove_half_written());
        return fetched;
    }

    /// A git that was stopped leaves what it was writing; nobody else writes while the lock is
    /// held.
    Result<void> remove_half_written() {
        const auto objects = TRY(os::Directory::open(path_ + "/objects"));
        for (const FileTree::Entry& folder : TRY(objects->list(""))) {
            if (folder.kind != FileTree::Kind::directory) continue;
            const std::vector<FileTree::Entry> files = TRY(objects->list(folder.name));
            for (const FileTree::Entry& file : files)
                if (file.name.starts_with("tmp_"))
                    TRY(os::remove_tree(path_ + "/objects/" + folder.name + '/' + file.name));
        }
        return {};
    }

    /// Made beside its place and renamed, so that nobody sees half of it.
    Result<void> make_repository(const std::string& object_format) {
        const std::string made = TRY(os::make_temporary_directory(parent_, ".new-"));
        Result<void> placed = init_bare(made, object_format);
        if (placed) placed = os::rename_directory(made, path_);
        if (!placed) TRY(os::remove_tree(made));
        return placed;
    }

    const RemoteUrl& url_;
    const FetchOptions& options_;
    std::string parent_;
    std::string path_;
    std::optional<Ask> never_moves_;
    Ask moves_;
};

}  // namespace

Result<Fetched> fetch(const RemoteUrl& url, const FetchOptions& options) {
    return Cached(url, options).get();
}

}  // namespace lockstep::git
