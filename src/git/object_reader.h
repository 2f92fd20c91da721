#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "git/cat_file.h"
#include "git/commit.h"
#include "git/object_cache.h"
#include "git/tree_object.h"

namespace lockstep::git {

/// Objects of one repository by id, through its cat-file process and a cache. Thread-safe: readers
/// take turns.
class ObjectReader {
  public:
    struct Options {
        std::string directory;  // where git finds the repository, for questions beside cat-file
        os::Command cat_file;
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
    /// The commits that these names lead to, in their order.
    Result<std::vector<CommitAnswer>> commits(std::span<const std::string> names);
    CatFile::Counts counts();

  private:
    using Sink = std::function<void(const ObjectId&, ReadObject)>;
    struct Survey;
    Result<ReadObject> object(const ObjectId& id, ObjectType type);
    Result<Survey> survey(std::span<const ObjectId> ids);
    Result<void> load(const std::vector<std::string>& names, const Sink& sink);
    Result<ReadObject> read(const ObjectId& id);
    Error why_missing(const ObjectId& id) const;

    std::mutex mutex_;
    Options options_;
    CatFile cat_file_;
    ObjectCache cache_;
};

}  // namespace lockstep::git
