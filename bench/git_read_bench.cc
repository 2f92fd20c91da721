// git_read_bench REPOSITORY [RUNS]: what it costs to list all tags and to read every tree and blob
// they hold, through git::Repository and, as the brute force, with one git process for each object.
// Of each step the fastest run counts; CPU is that of this process and of the gits it started.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "git/command.h"
#include "git/repository.h"

using namespace lockstep;
using git::ObjectId;

namespace {

double milliseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

double cpu() {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        sum += milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    }
    return sum;
}

double now() {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

struct Objects {
    std::vector<ObjectId> trees, blobs;
    std::size_t tags = 0;
};

using Seen = std::unordered_set<ObjectId, git::HashObjectId>;

Result<Objects> walk(git::Repository& repository, const std::vector<git::Tag>& tags) {
    Objects found;
    found.tags = tags.size();
    Seen seen;
    std::vector<ObjectId> level;
    for (const git::Tag& tag : tags)
        if (!tag.tree.is_null() && seen.insert(tag.tree).second) level.push_back(tag.tree);
    while (!level.empty()) {
        TRY(repository.prefetch(level));
        found.trees.insert(found.trees.end(), level.begin(), level.end());
        std::vector<ObjectId> next;
        for (const ObjectId& tree : level) {
            for (const FileTree::Entry& entry : TRY(repository.tree(tree)->list(""))) {
                const ObjectId id = *ObjectId::from_bytes(entry.id);
                if (entry.kind == FileTree::Kind::submodule || !seen.insert(id).second) continue;
                (entry.kind == FileTree::Kind::directory ? next : found.blobs).push_back(id);
            }
        }
        level = std::move(next);
    }
    return found;
}

struct Times {
    std::array<double, 5> steps{};  // open, tags, trees, blobs, end
    double cpu = 0;
};

Result<Objects> read_all(const std::string& path, Times& times) {
    const double cpu_before = cpu();
    double last = now();
    std::size_t step = 0;
    const auto lap = [&] {
        const double time = now();
        times.steps[step++] = time - last;
        last = time;
    };
    Objects found;
    {
        git::Repository repository = TRY(git::Repository::open(path));
        lap();
        const std::vector<git::Tag> tags = TRY(repository.tags());
        lap();
        found = TRY(walk(repository, tags));
        lap();
        TRY(repository.prefetch(found.blobs));
        lap();
    }
    lap();
    times.cpu = cpu() - cpu_before;
    return found;
}

Result<void> one_process_each(const std::string& path, const Objects& objects) {
    for (const auto& ids : {objects.trees, objects.blobs})
        for (const ObjectId& id : ids) TRY(git::run_git({"cat-file", "-p", id.hex()}, path));
    return {};
}

Result<void> measure(const std::string& path, int runs) {
    constexpr std::array<const char*, 5> names = {"open", "tags", "trees", "blobs", "end"};
    Times best;
    best.steps.fill(1e9);
    double best_total = 1e9;
    best.cpu = 1e9;
    Objects objects;
    for (int run = 0; run < runs; ++run) {
        Times times;
        objects = TRY(read_all(path, times));
        double total = 0;
        for (std::size_t at = 0; at < names.size(); ++at) {
            best.steps[at] = std::min(best.steps[at], times.steps[at]);
            total += times.steps[at];
        }
        best_total = std::min(best_total, total);
        best.cpu = std::min(best.cpu, times.cpu);
    }
    std::printf("%zu tags, %zu trees, %zu blobs; best of %d, ms\n", objects.tags,
                objects.trees.size(), objects.blobs.size(), runs);
    for (std::size_t at = 0; at < names.size(); ++at)
        std::printf("  %-6s %7.2f\n", names[at], best.steps[at]);
    std::printf("  all    %7.2f   CPU %.2f\n", best_total, best.cpu);
    const double cpu_before = cpu();
    const double begin = now();
    TRY(one_process_each(path, objects));
    std::printf("one process for each object (one run): %.0f   CPU %.0f\n", now() - begin,
                cpu() - cpu_before);
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: git_read_bench REPOSITORY [RUNS]\n");
        return 2;
    }
    const auto done = measure(argv[1], argc > 2 ? std::max(1, std::atoi(argv[2])) : 30);
    if (done) return 0;
    std::fprintf(stderr, "error: %s\n", to_string(done.error()).c_str());
    return 3;
}
