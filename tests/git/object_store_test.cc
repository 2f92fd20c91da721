#include "git/object_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using testing::Git;
using testing::GitRepo;
using testing::TempDir;

/// Every object of a repository as git tells it.
std::map<std::string, StoredObject> objects_by_git(const Git& git) {
    const std::string listed =
        git.run({"cat-file", "--batch-all-objects", "--unordered", "--batch"}) + '\n';
    std::map<std::string, StoredObject> objects;
    for (std::string_view rest = listed; rest.size() > 1;) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        const std::size_t first = line.find(' ');
        const std::size_t second = line.find(' ', first + 1);
        const std::size_t size = std::stoul(std::string(line.substr(second + 1)));
        objects.emplace(
            line.substr(0, first),
            StoredObject{.type = *object_type(line.substr(first + 1, second - first - 1)),
                         .bytes = std::string(rest.substr(0, size))});
        rest.remove_prefix(size + 1);
    }
    return objects;
}

/// How many objects a store gives, all of which must be as git gives them.
std::size_t count_equal(ObjectStore& store, const std::map<std::string, StoredObject>& objects) {
    std::size_t equal = 0;
    for (const auto& [hex, object] : objects) {
        const ObjectId id = *ObjectId::parse(hex);
        const auto read = store.read(id);
        if (!read) continue;
        EXPECT_EQ(*read, object) << hex;
        const auto header = store.header(id);
        EXPECT_EQ(header, (ObjectHeader{.type = object.type, .size = object.bytes.size()})) << hex;
        ++equal;
    }
    return equal;
}

void expect_all(const std::string& git_directory, std::size_t id_bytes = 20) {
    const auto objects = objects_by_git(Git(git_directory));
    ObjectStore store(git_directory + "/objects", id_bytes);
    EXPECT_GT(objects.size(), 0u);
    EXPECT_EQ(count_equal(store, objects), objects.size());
}

/// Versions of a long file that differ in a line each, so that packs hold changes of changes.
void add_history(GitRepo& repository, int commits) {
    for (int number = 0; number < commits; ++number) {
        std::string text;
        for (int line = 0; line < 200; ++line)
            text += "line " + std::to_string(line == number ? line + 1000 : line) + '\n';
        repository.write("long.txt", text);
        repository.write("folder/" + std::to_string(number), std::string(number % 3, 'x'));
        repository.commit();
        repository.run({"tag", "--force", "-m", "release", "v1." + std::to_string(number)});
    }
}

TEST(ObjectStore, ReadsObjectsInFilesOfTheirOwn) {
    GitRepo repository;
    add_history(repository, 5);
    repository.write("empty", "");
    repository.commit();
    expect_all(repository / ".git");
}

TEST(ObjectStore, ReadsChainsOfChanges) {
    GitRepo repository;
    add_history(repository, 60);
    repository.run({"repack", "-adfq", "--depth=4095", "--window=200"});
    expect_all(repository / ".git");
    repository.run({"-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"});
    expect_all(repository / ".git");
    // Thin packs are completed with what they change; some objects are in two packs.
    GitRepo clone;
    clone.run({"-c", "fetch.unpackLimit=1", "fetch", "-q", repository.path(), "v1.10"});
    clone.run({"-c", "fetch.unpackLimit=1", "fetch", "-q", repository.path(), "v1.59", "--tags"});
    expect_all(clone / ".git");
}

TEST(ObjectStore, ReadsBesideMultiPackIndexesAndBitmaps) {
    GitRepo repository;
    add_history(repository, 4);
    repository.run({"repack", "-adq", "--write-bitmap-index"});
    add_history(repository, 6);
    repository.run({"repack", "-dq"});
    repository.run({"multi-pack-index", "write"});
    expect_all(repository / ".git");
}

TEST(ObjectStore, ReadsSha256) {
    GitRepo repository({"--object-format=sha256"});
    add_history(repository, 20);
    expect_all(repository / ".git", 32);
    repository.run({"gc", "-q"});
    expect_all(repository / ".git", 32);
}

TEST(ObjectStore, ReadsWhatIsBorrowed) {
    GitRepo repository;
    add_history(repository, 4);
    const TempDir dir;
    repository.run({"clone", "-q", "--shared", repository.path(), dir / "one"});
    repository.run({"clone", "-q", "--shared", "--bare", dir / "one", dir / "two"});
    expect_all(dir / "two");
    std::ofstream(dir / "two/objects/info/alternates") << "# relative\n../../one/.git/objects\n";
    expect_all(dir / "two");
    // It borrows from itself, and from what is not there.
    std::ofstream(dir / "two/objects/info/alternates", std::ios::app) << "../objects\n/none\n";
    expect_all(dir / "two");
}

TEST(ObjectStore, LeavesToGitWhatItDoesNotKnow) {
    GitRepo repository;
    add_history(repository, 4);
    const auto objects = objects_by_git(repository.git());
    repository.run({"-c", "pack.indexVersion=1", "repack", "-adfq"});
    ObjectStore old(repository / ".git/objects", 20);
    EXPECT_EQ(count_equal(old, objects), 0u);
    ObjectStore nowhere(repository / "none", 20);
    EXPECT_EQ(count_equal(nowhere, objects), 0u);
    ObjectStore other(repository / ".git/objects", 32);
    EXPECT_EQ(count_equal(other, objects), 0u);
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// One byte of a file becomes another one, or its end is cut off. Git writes its files read-only
/// and with links between them, so a new file takes the place.
void spoil(const std::string& path, const std::string& bytes, std::mt19937& random) {
    std::string spoilt = bytes;
    if (random() % 8 == 0)
        spoilt.resize(random() % spoilt.size());
    else
        spoilt[random() % spoilt.size()] ^= static_cast<char>(1 + random() % 255);
    std::filesystem::remove(path);
    std::ofstream(path, std::ios::binary) << spoilt;
}

TEST(ObjectStore, NeverGivesAnotherContentForADamagedOne) {
    GitRepo repository;
    add_history(repository, 12);
    repository.run({"repack", "-adfq"});
    const auto objects = objects_by_git(repository.git());
    std::mt19937 random(1);
    std::size_t lost = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(repository / ".git/objects/pack")) {
        const std::string path = entry.path().string();
        const std::string bytes = bytes_of(path);
        for (int time = 0; time < 300; ++time) {
            spoil(path, bytes, random);
            ObjectStore store(repository / ".git/objects", 20);
            for (const auto& [hex, object] : objects) {
                const auto read = store.read(*ObjectId::parse(hex));
                if (read) {
                    ASSERT_EQ(*read, object) << path << ' ' << time;
                }
                static_cast<void>(store.header(*ObjectId::parse(hex)));
                lost += read ? 0 : 1;
            }
        }
        std::filesystem::remove(path);
        std::ofstream(path, std::ios::binary) << bytes;
    }
    EXPECT_GT(lost, 0u);
    ObjectStore store(repository / ".git/objects", 20);
    EXPECT_EQ(count_equal(store, objects), objects.size());
}

TEST(ObjectStore, NeverGivesAnotherContentForADamagedFile) {
    GitRepo repository;
    add_history(repository, 1);
    const auto objects = objects_by_git(repository.git());
    std::mt19937 random(2);
    for (const auto& [hex, object] : objects) {
        const std::string path =
            repository / (".git/objects/" + hex.substr(0, 2) + '/' + hex.substr(2));
        const std::string bytes = bytes_of(path);
        for (int time = 0; time < 100; ++time) {
            spoil(path, bytes, random);
            ObjectStore store(repository / ".git/objects", 20);
            const auto read = store.read(*ObjectId::parse(hex));
            if (read) {
                ASSERT_EQ(*read, object) << path;
            }
        }
    }
}

}  // namespace
}  // namespace lockstep::git
