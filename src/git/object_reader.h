#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "git/cat_file.h"
#include "git/commit.h"
#include "git/object_cache.h"
#include "git/object_source.h"
#include "git/ref_files.h"
#include "git/tree_object.h"

namespace lockstep::git {

/// Objects of one repository by id, through its files or git and a cache. Thread-safe: readers
/// take turns with git, and do not wait for it where the cache knows the answer.
class ObjectReader {
  public:
    struct Options {
        std::string directory;  // where git finds the repository, for questions beside cat-file
        os::Command cat_file = {};
        /// The files of the same repository, where they may be read without git.
        std::optional<ObjectStore> store = {};
        bool is_partial = false;
        std::size_t blob_bytes_max = 0;
        std::size_t cache_bytes_max = 0;
        /// Brings missing objects of a partial clone; empty where nothing may be fetched.
        std::function<Result<void>(std::span<const ObjectId>)> fetch = {};
        /// Something that must live as long as git reads, such as a folder.
        std::shared_ptr<const void> kept_alive = {};
    };
    explicit ObjectReader(Options options);

    Result<void> start();
    Result<Blob> blob(const ObjectId& id);
    Result<std::shared_ptr<const TreeObject>> tree(const ObjectId& id);
    /// Fills the cache with what of these can be read; two round trips.
    Result<void> prefetch(std::span<const ObjectId> ids);
    /// The same while the caller goes on: who asks for one of these meanwhile waits for that one.
    /// The reader must outlive the future, whose end waits for the last of them.
    std::future<Result<void>> start_prefetch(std::vector<ObjectId> ids);
    /// The commits that these names lead to, in their order.
    Result<std::vector<CommitAnswer>> commits(std::span<const std::string> names);
    /// The tags that these refs are, as far as the files say it; see tags.h.
    std::optional<std::vector<Tag>> tags_of(std::span<const Ref> refs);
    /// Fills in what the objects of these tags say.
    Result<void> read(std::span<Tag> tags);
    CatFile::Counts counts();

  private:
    using Sink = std::function<void(const ObjectId&, ReadObject)>;
    struct Survey;
    Result<ReadObject> object(const ObjectId& id, ObjectType type);
    Result<ReadObject> find_or_read(const ObjectId& id);
    std::optional<ReadObject> known(const ObjectId& id);
    std::optional<ReadObject> cached(const ObjectId& id);
    void keep(const ObjectId& id, ReadObject object);
    std::vector<ObjectId> expect(std::span<const ObjectId> ids);
    void expect_no_more(std::span<const ObjectId> ids);
    Result<void> read_expected(std::span<const ObjectId> ids);
    Result<void> fetch(const std::vector<ObjectId>& missing);
    Result<Survey> survey(std::span<const ObjectId> ids);
    Result<void> load(const std::vector<std::string>& names, const Sink& sink);
    Result<ReadObject> read(const ObjectId& id);
    std::optional<ReadObject> read_in_files(const ObjectId& id);
    Result<void> read_by_git(std::span<const ObjectId> ids);
    Error why_missing(const ObjectId& id) const;

    std::mutex conversation_;  // guards source_ and options_.fetch; taken before memory_
    Options options_;
    ObjectSource source_;
    std::mutex memory_;  // guards what follows
    std::condition_variable arrived_;
    ObjectCache cache_;
    std::unordered_set<ObjectId, HashObjectId> expected_;  // of the prefetches under way
};

}  // namespace lockstep::git
