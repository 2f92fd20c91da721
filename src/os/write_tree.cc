#include "os/write_tree.h"

#include <strings.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "base/check.h"
#include "os/errno.h"
#include "os/file.h"

namespace lockstep::os {

namespace {

class Writer {
  public:
    Writer(const FileTree& tree, const WriteTreeOptions& options)
        : tree_(tree), options_(options) {}

    Result<void> run(const std::string& to) {
        folders_.emplace_back(options_.directory, to);
        while (!folders_.empty()) {
            const auto [source, target] = std::move(folders_.back());
            folders_.pop_back();
            TRY(write_folder(source, target));
        }
        // Last, so that nothing is ever written through one.
        for (const auto& [source, target] : links_) TRY(write_link(source, target));
        return {};
    }

  private:
    using Pair = std::pair<std::string, std::string>;  // in the tree, on disk

    Result<void> write_folder(const std::string& source, const std::string& target) {
        TRY(make_directories(target));
        for (const FileTree::Entry& entry : TRY(tree_.list(source))) {
            if (::strcasecmp(entry.name.c_str(), ".git") == 0) continue;
            Pair pair(source.empty() ? entry.name : source + '/' + entry.name,
                      target + '/' + entry.name);
            switch (entry.kind) {
                case FileTree::Kind::directory:
                    folders_.push_back(std::move(pair));
                    break;
                case FileTree::Kind::file:
                    TRY(write(pair));
                    break;
                case FileTree::Kind::symlink:
                    if (options_.links) links_.push_back(std::move(pair));
                    break;
                default:
                    break;
            }
        }
        return {};
    }

    Result<void> write(const Pair& pair) {
        const Blob text = TRY(tree_.read(pair.first));
        TRY(count(text->size()));
        return write_file(pair.second, *text);
    }

    Result<void> write_link(const std::string& source, const std::string& target) {
        const Result<Resolved> end = resolve(tree_, source);
        if (!end.has_value() && end.error().kind != Error::Kind::not_found) return {};
        const Blob text = TRY(tree_.read(source));
        TRY(count(text->size()));
        if (::symlink(text->c_str(), target.c_str()) != 0)
            return fail_errno("making the link `" + target + '`', errno);
        return {};
    }

    Result<void> count(std::size_t bytes) {
        bytes_ += bytes;
        if (++files_ > options_.files_max)
            return fail(Error::Kind::invalid,
                        "the tree has more than " + std::to_string(options_.files_max) + " files");
        if (bytes_ > options_.bytes_max)
            return fail(Error::Kind::invalid, "the tree's files have more than " +
                                                  std::to_string(options_.bytes_max) + " bytes");
        return {};
    }

    const FileTree& tree_;
    const WriteTreeOptions& options_;
    std::vector<Pair> folders_, links_;
    std::size_t files_ = 0, bytes_ = 0;
};

}  // namespace

Result<void> write_tree(const FileTree& tree, const std::string& to,
                        const WriteTreeOptions& options) {
    CHECK(options.directory.empty() || !options.links);
    return Writer(tree, options).run(to);
}

}  // namespace lockstep::os
