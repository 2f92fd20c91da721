#include "git/repository.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using Kind = FileTree::Kind;
using testing::Git;
using testing::GitRepo;
using testing::TempDir;

/// A repository with one release: a file, a folder and an annotated tag.
class Sample : public GitRepo {
  public:
    explicit Sample(const std::vector<std::string>& init_args = {}) : GitRepo(init_args) {
        write("README.md", "# sample\n");
        write("deploy/kustomization.yaml", "resources: [deployment.yaml]\n");
        write("deploy/deployment.yaml", "kind: Deployment\n");
        commit("first");
        annotate("v1.0.0");
    }
};

Repository open(const std::string& path, const OpenOptions& options = {}) {
    return Repository::open(path, options).value();
}

/// What the sample's tag holds, read from anywhere.
void expect_sample_at(const std::string& path, const OpenOptions& options = {}) {
    Repository repository = open(path, options);
    const std::vector<Tag> tags = repository.tags().value();
    ASSERT_EQ(tags.size(), 1u);
    EXPECT_EQ(tags[0].name, "v1.0.0");
    const auto tree = repository.tree(tags[0].tree);
    EXPECT_EQ(*tree->read("deploy/kustomization.yaml").value(), "resources: [deployment.yaml]\n");
    EXPECT_EQ(*tree->read("README.md").value(), "# sample\n");
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Repository, IsFoundFromAFolderInIt) {
    const Sample sample;
    const Repository top = open(sample.path());
    EXPECT_EQ(top.work_tree(), sample.path());
    EXPECT_EQ(top.prefix(), "");
    EXPECT_EQ(top.git_directory(), sample / ".git");
    EXPECT_FALSE(top.is_shallow());
    EXPECT_FALSE(top.is_partial());
    const Repository below = open(sample / "deploy");
    EXPECT_EQ(below.work_tree(), sample.path());
    EXPECT_EQ(below.prefix(), "deploy");
    EXPECT_EQ(below.git_directory(), sample / ".git");
    expect_sample_at(sample / "deploy");
}

TEST(Repository, MayBeNamedByItsOwnFolder) {
    const Sample sample;
    const Repository repository = open(sample / ".git");
    EXPECT_EQ(repository.work_tree(), std::nullopt);
    EXPECT_EQ(repository.git_directory(), sample / ".git");
    expect_sample_at(sample / ".git");
}

TEST(Repository, MayBeBare) {
    const Sample sample;
    const TempDir dir;
    sample.run({"clone", "--quiet", "--bare", sample.path(), dir / "bare.git"});
    const Repository repository = open(dir / "bare.git");
    EXPECT_EQ(repository.work_tree(), std::nullopt);
    EXPECT_EQ(repository.git_directory(), dir / "bare.git");
    expect_sample_at(dir / "bare.git");
}

TEST(Repository, MayBeALinkedWorktree) {
    const Sample sample;
    const TempDir dir;
    sample.run({"worktree", "add", "--quiet", "-b", "side", dir / "linked"});
    const Repository repository = open(dir / "linked");
    EXPECT_EQ(repository.work_tree(), dir / "linked");
    EXPECT_EQ(repository.git_directory(), sample / ".git/worktrees/linked");
    expect_sample_at(dir / "linked");
}

TEST(Repository, MayBePacked) {
    const Sample sample;
    sample.run({"gc", "--quiet"});
    ASSERT_EQ(sample.run({"count-objects"}), "0 objects, 0 kilobytes");
    expect_sample_at(sample.path());
}

TEST(Repository, MayBorrowObjects) {
    const Sample sample;
    const TempDir dir;
    sample.run({"clone", "--quiet", "--shared", sample.path(), dir / "borrower"});
    ASSERT_TRUE(std::filesystem::exists(dir / "borrower/.git/objects/info/alternates"));
    expect_sample_at(dir / "borrower");
}

TEST(Repository, MayBeShallow) {
    Sample sample;
    sample.write("README.md", "# sample, later\n");
    sample.commit("second");
    sample.tag("v1.1.0");
    const TempDir dir;
    sample.run({"clone", "--quiet", "--depth=1", "file://" + sample.path(), dir / "shallow"});
    Repository repository = open(dir / "shallow");
    EXPECT_TRUE(repository.is_shallow());
    const std::vector<Tag> tags = repository.tags().value();
    ASSERT_EQ(tags.size(), 1u);  // the others were not fetched
    EXPECT_EQ(tags[0].name, "v1.1.0");
    EXPECT_EQ(*repository.tree(tags[0].tree)->read("README.md").value(), "# sample, later\n");
}

TEST(Repository, MayUseSha256) {
    const Sample sample({"--object-format=sha256"});
    expect_sample_at(sample.path());
    EXPECT_EQ(open(sample.path()).resolve("HEAD").value().id.bytes().size(), 32u);
}

TEST(Repository, MayBeEmpty) {
    const GitRepo empty;
    Repository repository = open(empty.path());
    EXPECT_TRUE(repository.tags().value().empty());
    const auto head = repository.resolve("HEAD");
    ASSERT_FALSE(head.has_value());
    EXPECT_EQ(head.error().kind, Error::Kind::not_found);
    EXPECT_EQ(head.error().message, "`HEAD` names no commit in `" + empty.path() + '`');
}

TEST(Repository, IsNotFoundWhereThereIsNone) {
    const TempDir dir;
    dir.write("file", "");
    const auto in_folder = Repository::open(dir.path().string());
    ASSERT_FALSE(in_folder.has_value());
    EXPECT_EQ(in_folder.error().kind, Error::Kind::not_found);
    EXPECT_EQ(in_folder.error().message,
              "`" + dir.path().string() + "` is not in a git repository");
    for (const char* name : {"none", "file"}) {
        const auto nowhere = Repository::open(dir / name);
        ASSERT_FALSE(nowhere.has_value());
        EXPECT_EQ(nowhere.error().kind, Error::Kind::not_found);
        EXPECT_EQ(nowhere.error().message, "`" + dir / name + "` is no folder");
    }
}

TEST(Repository, OfAnotherOwnerIsDeniedWithTheWayOut) {
    const Sample sample;
    ::setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", 1);
    const auto repository = Repository::open(sample.path());
    ::unsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
    ASSERT_FALSE(repository.has_value());
    EXPECT_EQ(repository.error().kind, Error::Kind::denied);
    EXPECT_EQ(repository.error().message,
              "git does not read `" + sample.path() + "`: another user owns it");
    EXPECT_EQ(repository.error().hint,
              "if you trust it, run `git config --global --add "
              "safe.directory " +
                  sample.path() + '`');
}

TEST(Repository, IgnoresAnEnvironmentThatPointsElsewhere) {
    const Sample sample;
    const GitRepo other;
    ::setenv("GIT_DIR", (other / ".git").c_str(), 1);
    expect_sample_at(sample.path());
    ::unsetenv("GIT_DIR");
}

TEST(Repository, IsNotTouched) {
    const Sample sample;
    // A file newer than the index makes a careless reader refresh the index.
    sample.write("README.md", "# sample\n");
    const std::string index = sample / ".git/index";
    const std::string bytes = bytes_of(index);
    const auto time = std::filesystem::last_write_time(index);
    const auto files = [&sample] {
        std::string all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(sample.path()))
            all += entry.path().string() + '\n';
        return all;
    };
    const std::string before = files();
    expect_sample_at(sample.path());
    EXPECT_TRUE(open(sample.path()).resolve("HEAD").has_value());
    EXPECT_EQ(bytes_of(index), bytes);
    EXPECT_EQ(std::filesystem::last_write_time(index), time);
    EXPECT_EQ(files(), before);
}

TEST(Repository, RunsNoProgramOfItsConfiguration) {
    const Sample sample;
    const std::string ran = "touch '" + sample / "ran" + "'; false";
    for (const char* key :
         {"core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "diff.external",
          "filter.x.smudge", "diff.x.textconv", "core.alternateRefsCommand", "credential.helper"})
        sample.run({"config", key, ran});
    sample.write(".gitattributes", "* filter=x diff=x\n");
    sample.write(".git/hooks/post-index-change", "#!/bin/sh\n" + ran + '\n');
    ::chmod((sample / ".git/hooks/post-index-change").c_str(), 0755);
    expect_sample_at(sample.path());
    EXPECT_FALSE(std::filesystem::exists(sample / "ran"));
}

TEST(Repository, ShowsObjectsAsTheyAreAndNotAsReplaced) {
    const Sample sample;
    const std::string blob = sample.run({"rev-parse", "HEAD:README.md"});
    const std::string other = sample.run({"rev-parse", "HEAD:deploy/deployment.yaml"});
    sample.run({"replace", blob, other});
    ASSERT_EQ(sample.run({"cat-file", "blob", blob}), "kind: Deployment");
    expect_sample_at(sample.path());
}

TEST(Resolve, FindsWhatGitFinds) {
    Sample sample;
    const std::string first = sample.run({"rev-parse", "HEAD"});
    const std::string second = sample.commit("second");
    Repository repository = open(sample.path());
    for (const std::string& name :
         {std::string("v1.0.0"), std::string("refs/tags/v1.0.0"), std::string("v1.0.0^{}"),
          std::string("HEAD~1"), first, first.substr(0, 12), std::string("main^")})
        EXPECT_EQ(repository.resolve(name).value().id.hex(), first) << name;
    const Commit head = repository.resolve("HEAD").value();
    EXPECT_EQ(head.id.hex(), second);
    EXPECT_EQ(head.tree.hex(), sample.run({"rev-parse", "HEAD^{tree}"}));
    EXPECT_EQ(head.time, 1'577'836'800 + 86'400);
}

TEST(Resolve, TellsWhatNamesNoCommit) {
    const Sample sample;
    Repository repository = open(sample.path());
    for (const std::string& name :
         {std::string("v2"), std::string(), std::string("HEAD:README.md"), std::string("-x"),
          std::string("HEAD\nHEAD"), std::string(40, '0'), std::string("two words missing")}) {
        const auto commit = repository.resolve(name);
        ASSERT_FALSE(commit.has_value()) << name;
        EXPECT_EQ(commit.error().kind, Error::Kind::not_found) << name;
        EXPECT_EQ(commit.error().message,
                  "`" + name + "` names no commit in `" + sample.path() + '`');
    }
    EXPECT_TRUE(repository.resolve("HEAD").has_value()) << "it answers on";
}

TEST(Tags, AreOfAllKinds) {
    Sample sample;  // v1.0.0 is annotated
    const std::string first = sample.run({"rev-parse", "HEAD"});
    const std::string second = sample.commit("second");
    sample.tag("light");
    sample.annotate("nested", "of a tag", "v1.0.0");
    sample.annotate("nested-twice", "of a tag of a tag", "nested");
    sample.tag("blob", "HEAD:README.md");
    sample.annotate("blob-annotated", "of a blob", "HEAD:README.md");
    sample.annotate("blob-nested", "of a tag of a blob", "blob-annotated");
    sample.tag("tree", "HEAD^{tree}");
    sample.tag("group/with/slash");
    Repository repository = open(sample.path());
    std::string shown;
    const auto tags = repository.tags();
    for (const Tag& tag : tags.value()) {
        shown += tag.name + ' ';
        shown += tag.kind == Tag::Kind::lightweight ? "light " : "annotated ";
        shown += tag.commit.is_null() ? "none" : tag.commit.hex() == first ? "first" : "second";
        EXPECT_EQ(tag.commit.is_null(), tag.tree.is_null());
        EXPECT_EQ(tag.object.hex(), sample.run({"rev-parse", "refs/tags/" + tag.name}));
        if (!tag.tree.is_null()) {
            EXPECT_EQ(tag.tree.hex(), sample.run({"rev-parse", tag.name + "^{tree}"}));
        }
        shown += ' ' + std::to_string((tag.time - 1'577'836'800) / 86'400) + '\n';
    }
    EXPECT_EQ(sample.run({"rev-parse", "HEAD"}), second);
    EXPECT_EQ(shown,
              "blob light none -18262\n"
              "blob-annotated annotated none 1\n"
              "blob-nested annotated none 1\n"
              "group/with/slash light second 1\n"
              "light light second 1\n"
              "nested annotated first 1\n"
              "nested-twice annotated first 1\n"
              "tree light none -18262\n"
              "v1.0.0 annotated first 0\n");
}

TEST(Tags, KnowThatTheyAreSigned) {
    const Sample sample;
    const TempDir keys;
    os::Command keygen{.argv = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / "key"}};
    const auto made = os::run(keygen);
    if (!made || !made->exit.ok()) GTEST_SKIP() << "ssh-keygen is not here to make a key";
    sample.run({"-c", "gpg.format=ssh", "-c", "user.signingkey=" + keys / "key", "tag", "--sign",
                "--message", "signed", "v2.0.0"});
    const std::vector<Tag> tags = open(sample.path()).tags().value();
    ASSERT_EQ(tags.size(), 2u);
    EXPECT_EQ(tags[0].kind, Tag::Kind::annotated);
    EXPECT_EQ(tags[1].kind, Tag::Kind::signed_annotated);
}

TEST(Tags, WithoutATaggerHaveTheCommitsTime) {
    const Sample sample;
    const std::string head = sample.run({"rev-parse", "HEAD"});
    const std::string tag = sample.run({"hash-object", "-t", "tag", "-w", "--stdin", "--literally"},
                                       "object " + head + "\ntype commit\ntag v0.9\n\nold\n");
    sample.run({"update-ref", "refs/tags/v0.9", tag});
    const std::vector<Tag> tags = open(sample.path()).tags().value();
    ASSERT_EQ(tags.size(), 2u);
    EXPECT_EQ(tags[0].name, "v0.9");
    EXPECT_EQ(tags[0].time, 1'577'836'800);
    EXPECT_EQ(tags[0].kind, Tag::Kind::annotated);
}

TEST(Tags, ThatCannotBeReadAreNotLeftOut) {
    const Sample sample;
    std::ofstream(sample / ".git/refs/tags/broken") << "no object id\n";
    const auto tags = open(sample.path()).tags();
    ASSERT_FALSE(tags.has_value());
    EXPECT_EQ(tags.error().kind, Error::Kind::corrupt);
    EXPECT_EQ(tags.error().message,
              "a tag cannot be read: git is ignoring broken ref refs/tags/broken");
}

// Git goes on without them, and no command of git makes them: a file that was copied or synced.
TEST(Tags, WithNamesThatGitDoesNotTakeNameNothing) {
    const Sample sample;
    const std::string id = sample.run({"rev-parse", "HEAD"});
    for (const char* name : {"v1..2", "with space"})
        std::ofstream(sample / (std::string(".git/refs/tags/") + name)) << id << '\n';
    const auto tags = open(sample.path()).tags();
    ASSERT_TRUE(tags.has_value()) << to_string(tags.error());
    for (const Tag& tag : *tags) {
        const bool is_ill_named = tag.name == "v1..2" || tag.name == "with space";
        EXPECT_EQ(tag.object.is_null(), is_ill_named) << tag.name;
        EXPECT_EQ(tag.commit.is_null(), is_ill_named) << tag.name;
    }
}

TEST(Tags, OfMissingObjectsAreNotLeftOut) {
    const Sample sample;
    std::ofstream(sample / ".git/refs/tags/gone") << std::string(40, '1') << '\n';
    const auto tags = open(sample.path()).tags();
    ASSERT_FALSE(tags.has_value());
    EXPECT_EQ(tags.error().kind, Error::Kind::corrupt);
    EXPECT_EQ(tags.error().message, "git in `" + sample.path() + "`: missing object " +
                                        std::string(40, '1') + " for refs/tags/gone");
}

TEST(Tree, IsAFileTree) {
    GitRepo repo;
    repo.write("a/b/file", "text");
    repo.write("a-b", "");
    repo.write("caf\xe9/\xff", "bytes in names");
    repo.link("link", "a/b/file");
    repo.link("out", "../elsewhere");
    repo.link("alias", "a");
    repo.run(
        {"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",module"});
    std::filesystem::create_directory(repo / "module");
    repo.run({"add", "."});
    repo.commit();
    Repository repository = open(repo.path());
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);

    std::string shown;
    const auto entries = tree->list("");
    for (const FileTree::Entry& entry : entries.value())
        shown += entry.name + ' ' + std::to_string(static_cast<int>(entry.kind)) + '\n';
    EXPECT_EQ(shown, "a 2\na-b 1\nalias 3\ncaf\xe9 2\nlink 3\nmodule 4\nout 3\n");
    EXPECT_EQ(*tree->read("caf\xe9/\xff").value(), "bytes in names");
    EXPECT_EQ(*tree->read("link").value(), "a/b/file");
    EXPECT_EQ(resolve(*tree, "alias/b/file").value().path, "a/b/file");
    EXPECT_EQ(resolve(*tree, "out").error().kind, Error::Kind::denied);
    EXPECT_EQ(
        tree->stat("a/b/file").value(),
        (FileTree::Entry{.name = "file",
                         .kind = Kind::file,
                         .id = std::string(
                             ObjectId::parse(repo.run({"rev-parse", "HEAD:a/b/file"}))->bytes())}));
    EXPECT_EQ(tree->stat("").value().kind, Kind::directory);
    for (const char* path : {"none", "a/none", "a-b/below", "alias/b", "link/x", "module/x", "..",
                             "a/../a-b", "/a", "a/", "a//b"})
        EXPECT_EQ(tree->stat(path).value().kind, Kind::absent) << path;
    EXPECT_EQ(to_string(tree->read("none").error()), "`none` does not exist");
    EXPECT_EQ(to_string(tree->read("a").error()), "`a` is a folder, not a file");
    EXPECT_EQ(to_string(tree->read("module").error()), "`module` is a submodule, not a file");
    EXPECT_EQ(to_string(tree->list("link").error()), "`link` is no folder");
}

TEST(Tree, OutlivesItsRepository) {
    const Sample sample;
    std::shared_ptr<const FileTree> tree;
    {
        Repository repository = open(sample.path());
        tree = repository.tree(repository.resolve("HEAD").value().tree);
    }
    EXPECT_EQ(*tree->read("README.md").value(), "# sample\n");
}

TEST(Tree, RefusesBlobsAboveTheLimit) {
    GitRepo repo;
    repo.write("exact", std::string(1000, 'x'));
    repo.write("more", std::string(1001, 'x'));
    repo.commit();
    Repository repository = open(repo.path(), {.blob_bytes_max = 1000});
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);
    EXPECT_EQ(tree->read("exact").value()->size(), 1000u);
    const auto more = tree->read("more");
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().kind, Error::Kind::invalid);
    EXPECT_EQ(more.error().message, "`more`: object " + repo.run({"rev-parse", "HEAD:more"}) +
                                        " has 1001 bytes, more than the limit of 1000");
}

TEST(Tree, GivesTheSameBytesAgainFromMemory) {
    const Sample sample;
    Repository repository = open(sample.path());
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);
    EXPECT_EQ(tree->read("README.md").value(), tree->read("README.md").value());
}

/// Damages one object of a repository, found by a revision.
void damage(const GitRepo& repo, const std::string& revision, const std::string& bytes) {
    const std::string id = repo.run({"rev-parse", revision});
    const std::string file = repo / (".git/objects/" + id.substr(0, 2) + '/' + id.substr(2));
    ::chmod(file.c_str(), 0644);
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string object_bytes(const GitRepo& repo, const std::string& revision) {
    const std::string id = repo.run({"rev-parse", revision});
    return bytes_of(repo / (".git/objects/" + id.substr(0, 2) + '/' + id.substr(2)));
}

/// `path` of HEAD is corrupt, everything else is still read, also all at once.
void expect_only_damage(const Sample& sample, const std::string& path) {
    Repository repository = open(sample.path());
    const Commit head = repository.resolve("HEAD").value();
    std::vector<ObjectId> all;
    for (const std::string name : {"HEAD:README.md", "HEAD:deploy", "HEAD:deploy/deployment.yaml",
                                   "HEAD:deploy/kustomization.yaml"})
        all.push_back(*ObjectId::parse(sample.run({"rev-parse", name})));
    EXPECT_TRUE(repository.prefetch(all).has_value());
    const auto tree = repository.tree(head.tree);
    const auto damaged = tree->read(path);
    ASSERT_FALSE(damaged.has_value());
    EXPECT_EQ(damaged.error().kind, Error::Kind::corrupt) << damaged.error().message;
    EXPECT_TRUE(damaged.error().message.starts_with("`" + path + "`: object "))
        << damaged.error().message;
    EXPECT_EQ(damaged.error().hint, "run `git fsck` in the repository");
    EXPECT_EQ(*tree->read("deploy/deployment.yaml").value(), "kind: Deployment\n");
}

TEST(Damage, OfAnEmptyObjectIsTold) {
    const Sample sample;
    damage(sample, "HEAD:README.md", "");
    expect_only_damage(sample, "README.md");
}

TEST(Damage, OfACutObjectIsTold) {
    for (const std::size_t size : {1u, 3u, 10u, 20u}) {
        const Sample sample;
        const std::string whole = object_bytes(sample, "HEAD:README.md");
        ASSERT_GT(whole.size(), size);
        damage(sample, "HEAD:README.md", whole.substr(0, size));
        expect_only_damage(sample, "README.md");
    }
}

TEST(Damage, OfAFlippedByteIsTold) {
    const Sample sample;
    std::string bytes = object_bytes(sample, "HEAD:deploy/kustomization.yaml");
    bytes[bytes.size() - 2] = static_cast<char>(bytes[bytes.size() - 2] ^ 0x55);
    damage(sample, "HEAD:deploy/kustomization.yaml", bytes);
    expect_only_damage(sample, "deploy/kustomization.yaml");
}

TEST(Damage, OfAMissingObjectIsTold) {
    const Sample sample;
    const std::string id = sample.run({"rev-parse", "HEAD:README.md"});
    std::filesystem::remove(sample / (".git/objects/" + id.substr(0, 2) + '/' + id.substr(2)));
    expect_only_damage(sample, "README.md");
    Repository repository = open(sample.path());
    EXPECT_EQ(
        to_string(
            repository.tree(repository.resolve("HEAD").value().tree)->read("README.md").error()),
        "`README.md`: object " + id + " is missing from the repository");
}

TEST(Damage, OfATreeIsTold) {
    const Sample sample;
    damage(sample, "HEAD:deploy", "");
    Repository repository = open(sample.path());
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);
    EXPECT_EQ(tree->list("deploy").error().kind, Error::Kind::corrupt);
    EXPECT_EQ(tree->stat("deploy/deployment.yaml").error().kind, Error::Kind::corrupt);
    EXPECT_EQ(*tree->read("README.md").value(), "# sample\n");
}

TEST(Damage, OfMalformedTreesIsTold) {
    const Sample sample;
    const std::string id = sample.run({"hash-object", "-t", "tree", "-w", "--stdin", "--literally"},
                                      std::string("100644 ../escape\0", 17) + std::string(20, 'a'));
    const auto entries = open(sample.path()).tree(*ObjectId::parse(id))->list("");
    ASSERT_FALSE(entries.has_value());
    EXPECT_EQ(entries.error().kind, Error::Kind::corrupt);
    EXPECT_EQ(entries.error().message, "the root folder: object " + id +
                                           ": the tree object is damaged: an entry is named "
                                           "`../escape`");
}

TEST(Damage, OfAPackIsTold) {
    const Sample sample;
    sample.run({"gc", "--quiet"});
    for (const auto& entry : std::filesystem::directory_iterator(sample / ".git/objects/pack")) {
        if (entry.path().extension() != ".pack") continue;
        ::chmod(entry.path().c_str(), 0644);
        std::string bytes = bytes_of(entry.path().string());
        for (std::size_t at = 12; at + 20 < bytes.size(); ++at) bytes[at] = '\xff';
        std::ofstream(entry.path(), std::ios::binary) << bytes;
    }
    Repository repository = open(sample.path());
    const auto tags = repository.tags();
    ASSERT_FALSE(tags.has_value());
    EXPECT_EQ(tags.error().kind, Error::Kind::corrupt);
    EXPECT_FALSE(repository.resolve("HEAD").has_value());
}

class PartialClone : public ::testing::Test {
  protected:
    PartialClone() {
        source_.run({"config", "uploadpack.allowFilter", "true"});
        source_.run({"config", "uploadpack.allowAnySHA1InWant", "true"});
        source_.run({"clone", "--quiet", "--bare", "--filter=blob:none", "file://" + source_.path(),
                     dir_ / "partial"});
    }
    std::string path() const { return dir_ / "partial"; }
    std::size_t packs() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(path() + "/objects/pack"))
            count += entry.path().extension() == ".pack" ? 1 : 0;
        return count;
    }
    void configure(const char* key, const std::string& value) const {
        source_.run({"--git-dir=" + path(), "config", key, value});
    }

    Sample source_;
    TempDir dir_;
};

TEST_F(PartialClone, OfflineTellsWhatIsMissing) {
    Repository repository = open(path(), {.offline = true});
    EXPECT_TRUE(repository.is_partial());
    const Tag tag = repository.tags().value().at(0);
    const auto tree = repository.tree(tag.tree);
    EXPECT_EQ(tree->list("deploy").value().size(), 2u);
    const std::string id = source_.run({"rev-parse", "HEAD:README.md"});
    EXPECT_TRUE(repository.prefetch(std::vector{*ObjectId::parse(id)}).has_value());
    const auto blob = tree->read("README.md");
    ASSERT_FALSE(blob.has_value());
    EXPECT_EQ(blob.error().kind, Error::Kind::unavailable);
    EXPECT_EQ(blob.error().message, "`README.md`: object " + id +
                                        " is not in this partial clone, and it may not be fetched "
                                        "now");
    EXPECT_EQ(packs(), 1u);
}

TEST_F(PartialClone, FetchesWhatIsMissingAllAtOnce) {
    Repository repository = open(path());
    std::vector<ObjectId> blobs;
    for (const std::string name :
         {"HEAD:README.md", "HEAD:deploy/deployment.yaml", "HEAD:deploy/kustomization.yaml"})
        blobs.push_back(*ObjectId::parse(source_.run({"rev-parse", name})));
    ASSERT_TRUE(repository.prefetch(blobs).has_value());
    EXPECT_EQ(packs(), 2u);
    expect_sample_at(path(), {.offline = true});
}

TEST_F(PartialClone, ReadsWhileItFetches) {
    Repository repository = open(path());
    const auto tree = repository.tree(repository.tags().value().at(0).tree);
    std::vector<ObjectId> blobs;
    for (const std::string name : {"HEAD:README.md", "HEAD:deploy/deployment.yaml"})
        blobs.push_back(*ObjectId::parse(source_.run({"rev-parse", name})));
    auto fetching = repository.start_prefetch(blobs);
    // Both threads wait for what is on its way; neither fetches by itself.
    auto other = std::async(std::launch::async, [&] { return tree->read("README.md"); });
    EXPECT_TRUE(tree->read("deploy/deployment.yaml").has_value());
    EXPECT_TRUE(other.get().has_value());
    EXPECT_TRUE(fetching.get().has_value());
    EXPECT_EQ(packs(), 2u);
}

TEST_F(PartialClone, AFetchThatFailedIsNotTriedAgain) {
    configure("remote.origin.url", "file://" + dir_ / "nowhere");
    Repository repository = open(path());
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);
    EXPECT_EQ(tree->read("README.md").error().kind, Error::Kind::not_found);
    EXPECT_EQ(tree->read("README.md").error().kind, Error::Kind::unavailable);
}

TEST_F(PartialClone, ReadsOneFileByFetchingIt) {
    expect_sample_at(path());
}

TEST_F(PartialClone, ResolvesRevisions) {
    EXPECT_EQ(open(path()).resolve("v1.0.0").value().id.hex(), source_.run({"rev-parse", "HEAD"}));
}

TEST_F(PartialClone, SaysThatItsRemoteIsGone) {
    configure("remote.origin.url", "file://" + dir_ / "nowhere");
    Repository repository = open(path());
    const auto tree = repository.tree(repository.resolve("HEAD").value().tree);
    const auto blob = tree->read("README.md");
    ASSERT_FALSE(blob.has_value());
    EXPECT_EQ(blob.error().kind, Error::Kind::not_found);
    EXPECT_EQ(blob.error().message,
              "`README.md`: fetching from `origin`: '" + dir_ / "nowhere" +
                  "' does not appear to be a git repository; Could not read from remote "
                  "repository.");
}

TEST_F(PartialClone, RunsNoProgramThatItsConfigurationNames) {
    configure("remote.origin.uploadpack", "touch '" + dir_ / "ran" + "'; git-upload-pack");
    Repository repository = open(path());
    const auto blob = repository.tree(repository.resolve("HEAD").value().tree)->read("README.md");
    ASSERT_FALSE(blob.has_value());
    EXPECT_EQ(blob.error().kind, Error::Kind::denied);
    EXPECT_EQ(blob.error().message, "`README.md`: objects are missing from the partial clone in `" +
                                        path() +
                                        "`, and its configuration names a program to fetch them "
                                        "(remote.origin.uploadpack)");
    EXPECT_FALSE(std::filesystem::exists(dir_ / "ran"));
}

TEST_F(PartialClone, SpeaksNoProtocolThatRunsPrograms) {
    configure("remote.origin.url", "ext::sh -c \"touch '" + dir_ / "ran" + "'\"");
    configure("protocol.ext.allow", "always");
    Repository repository = open(path());
    const auto blob = repository.tree(repository.resolve("HEAD").value().tree)->read("README.md");
    ASSERT_FALSE(blob.has_value());
    EXPECT_EQ(blob.error().kind, Error::Kind::denied);
    EXPECT_FALSE(std::filesystem::exists(dir_ / "ran"));
}

TEST(RemoteUrl, OfARepositoryIsOriginsOrTheOnlyOnes) {
    const GitRepo repo;
    Repository repository = open(repo.path());
    EXPECT_EQ(repository.remote_url().value(), "");
    repo.run({"remote", "add", "up", "https://me:secret@example.com/up/stream.git"});
    EXPECT_EQ(repository.remote_url().value(), "https://example.com/up/stream.git");
    repo.run({"remote", "add", "fork", "https://example.com/fork/stream.git"});
    EXPECT_EQ(repository.remote_url().value(), "");
    repo.run({"remote", "add", "origin", "git@example.com:o/r.git"});
    EXPECT_EQ(repository.remote_url().value(), "git@example.com:o/r.git");
}

}  // namespace
}  // namespace lockstep::git
