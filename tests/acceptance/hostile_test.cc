// What a hostile repository may hold: each ends in a word about it, quickly and in bounded memory,
// and never in a verdict that nobody can stand for.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "acceptance/story.h"

namespace lockstep {
namespace {

/// Every test here ends soon and needs little memory, whatever it was given.
class Bounded : public ::testing::Test {
  protected:
    Bounded() {
        std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
        before_ = kilobytes("VmRSS:");
    }
    ~Bounded() override {
#ifdef __SANITIZE_THREAD__
        EXPECT_LT(std::chrono::steady_clock::now() - begin_, std::chrono::minutes(4));
#else
        EXPECT_LT(std::chrono::steady_clock::now() - begin_, std::chrono::minutes(1));
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        EXPECT_LT(kilobytes("VmHWM:") - before_, 200'000);
#endif
    }

  private:
    static long kilobytes(std::string_view field) {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with(field)) return std::stol(line.substr(field.size()));
        return 0;
    }

    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    long before_ = 0;
};

class HostileBases : public Bounded {};
class HostileYaml : public Bounded {};
class HostileSize : public Bounded {};
class HostileNames : public Bounded {};
class HostileWorkTree : public Bounded {};
class HostileConfiguration : public Bounded {};
class HostileObjects : public Bounded {};

const std::string entry = "deploy/kustomization.yaml";

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t at = 0; at < times; ++at) all += text;
    return all;
}

/// One release of these files, and what is said of it.
std::string audit_of_files(const std::vector<std::pair<std::string, std::string>>& files) {
    Story story;
    story.release("v1.0.0", files);
    return story.audit();
}

/// Of one kustomization with one resource.
std::string audit_of_resource(const std::string& text) {
    return audit_of_files({{entry, "resources: [a.yaml]\n"}, {"deploy/a.yaml", text}});
}

std::string unchecked(const std::string& what, const std::string& why) {
    return "v1.0.0: unchecked\n  ! `" + what +
           "` could not be read, so it was not checked: " + why + "\n";
}

std::string unchecked_resource(const std::string& why) {
    return unchecked("deploy", "accumulating resources from `a.yaml`: " + why);
}

// Kustomizations

TEST_F(HostileBases, InACircle) {
    EXPECT_EQ(audit_of_files({{entry, "resources: [../b]\n"},
                              {"b/kustomization.yaml", "resources: [../deploy]\n"}}),
              unchecked("b",
                        "accumulating resources from `../deploy`: accumulating resources from "
                        "`../b`: cycle detected: candidate root `b` contains visited root `b`"));
}

TEST_F(HostileBases, ThatAreTheirOwn) {
    EXPECT_EQ(audit_of_files({{entry, "resources: [.]\n"}}),
              unchecked("deploy",
                        "accumulating resources from `.`: cycle detected: candidate root `deploy` "
                        "contains visited root `deploy`"));
}

TEST_F(HostileBases, OutsideTheRoot) {
    EXPECT_EQ(audit_of_files({{entry, "resources: [../../../../etc/passwd]\n"}}),
              unchecked("deploy",
                        "accumulating resources from `../../../../etc/passwd`: "
                        "`../../../../etc/passwd` leaves the root of the tree"));
    EXPECT_EQ(audit_of_files({{entry, "resources: [/etc/passwd]\n"}}),
              unchecked("deploy",
                        "accumulating resources from `/etc/passwd`: `/etc/passwd` is an absolute "
                        "path"));
    EXPECT_EQ(audit_of_files(
                  {{entry, "configMapGenerator:\n- name: x\n  files: [../../../etc/passwd]\n"}}),
              unchecked("deploy", "`../../../etc/passwd` leaves the root of the tree"));
}

TEST_F(HostileBases, ThatDoubleAtEachLevel) {
    std::vector<std::pair<std::string, std::string>> files;
    for (int level = 0; level < 30; ++level)
        for (const std::string side : {"a", "b"}) {
            const std::string next = std::to_string(level + 1);
            files.emplace_back(
                side + std::to_string(level) + "/kustomization.yaml",
                "namePrefix: " + side + "-\nresources: [../a" + next + ", ../b" + next + "]\n");
        }
    for (const std::string side : {"a30", "b30"})
        files.emplace_back(side + "/kustomization.yaml", "commonLabels: {a: b}\n");
    const std::string said = audit_of_files(files);
    EXPECT_EQ(said.substr(0, said.find('\n')), "v1.0.0: unchecked");
}

// Links

class HostileLinks : public Bounded {
  protected:
    std::string audit(const std::string& resource, const std::string& target) {
        story_.repository().write(entry, "resources: [" + resource + "]\n");
        story_.repository().link("deploy/" + resource, target);
        return story_.release("v1.0.0", {}).audit();
    }
    Story story_;
};

TEST_F(HostileLinks, ToAFileOutside) {
    EXPECT_EQ(audit("a.yaml", "/etc/passwd"),
              unchecked_resource("symlink `deploy/a.yaml` points outside the tree, to "
                                 "`/etc/passwd`"));
}

TEST_F(HostileLinks, ToAFolderOutside) {
    EXPECT_EQ(audit("base", "../../.."),
              unchecked("deploy",
                        "accumulating resources from `base`: `deploy/base`: `..` leaves the root "
                        "of the tree"));
}

TEST_F(HostileLinks, ToThemselves) {
    EXPECT_EQ(audit("a.yaml", "a.yaml"),
              unchecked_resource("`deploy/a.yaml` is a chain of too many symlinks"));
}

TEST_F(HostileLinks, OfAnySize) {
    testing::GitRepo& repository = story_.repository();
    repository.write(entry, "resources: [a.yaml]\n");
    repository.commit();
    const std::string blob =
        repository.run({"hash-object", "-w", "--stdin"}, repeated("./", 4u << 20) + "b.yaml");
    repository.run({"update-index", "--add", "--cacheinfo", "120000," + blob + ",deploy/a.yaml"});
    repository.run({"commit", "--quiet", "--message", "link"});
    repository.tag("v1.0.0");
    EXPECT_EQ(story_.audit(),
              unchecked_resource(
                  "symlink `deploy/a.yaml` names a path of 8388614 bytes; no system follows it"));
}

// YAML

TEST_F(HostileYaml, BombOfAliases) {
    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char letter = 'b'; letter < 'l'; ++letter) {
        const std::string before(1, static_cast<char>(letter - 1));
        bomb += std::string(1, letter) + ": &" + letter + " [" + repeated("*" + before + ", ", 9) +
                "*" + before + "]\n";
    }
    EXPECT_EQ(
        audit_of_resource(bomb),
        unchecked_resource("the aliases of this file stand for more than 200000 values: too many"));
}

TEST_F(HostileYaml, AnchorsThatHoldThemselves) {
    EXPECT_EQ(audit_of_resource("kind: X\na: &a {b: *a}\n"),
              unchecked_resource("the anchor `&a` contains itself"));
}

TEST_F(HostileYaml, Depth) {
    EXPECT_EQ(audit_of_resource("a: " + repeated("[", 200'000)),
              unchecked_resource("nested deeper than 200 levels"));
    EXPECT_EQ(audit_of_resource(repeated("- ", 100'000) + "x\n"),
              unchecked_resource("nested deeper than 200 levels"));
}

TEST_F(HostileYaml, HundredThousandKeysAreNoFault) {
    std::string text = deployment("acme/app:v1.0.0") + "  more:\n";
    for (int key = 0; key < 100'000; ++key) text += "    k" + std::to_string(key) + ": v\n";
    EXPECT_EQ(audit_of_resource(text),
              "v1.0.0: consistent\n  deploy/a.yaml:16:16 v1.0.0 consistent\n");
}

TEST_F(HostileYaml, MoreValuesThanAnybodyWrites) {
    const std::string why = "more than 1000000 values: too many for one file";
    EXPECT_EQ(audit_of_resource("kind: X\nspec: [" + repeated("{},", 2'000'000) + "]\n"),
              unchecked_resource(why));
    EXPECT_EQ(audit_of_resource(repeated("a: 1\n---\n", 800'000)), unchecked_resource(why));
}

TEST_F(HostileYaml, KeysThatStandTwice) {
    EXPECT_EQ(audit_of_resource(deployment("acme/app:v1.0.0") + "kind: Job\n"),
              unchecked_resource("mapping key `kind` already defined at line 2"));
}

TEST_F(HostileYaml, InOtherEncodings) {
    const std::string right = "v1.0.0: consistent\n  deploy/a.yaml:16:16 v1.0.0 consistent\n";
    std::string crlf;
    for (const char c : deployment("acme/app:v1.0.0"))
        crlf += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(audit_of_resource(crlf), right);
    EXPECT_EQ(audit_of_resource("\xEF\xBB\xBF" + deployment("acme/app:v1.0.0")), right);
    std::string utf16 = "\xFF\xFE";
    for (const char c : deployment("acme/app:v1.0.0")) utf16 += std::string{c, '\0'};
    EXPECT_EQ(audit_of_resource(utf16), right);
    EXPECT_EQ(audit_of_resource("kind: \xE9\n"),
              unchecked_resource("this is no YAML: incomplete UTF-8 octet sequence"));
    EXPECT_EQ(audit_of_resource(std::string("kind: a\0b\n", 10)),
              unchecked_resource("this is no YAML: control characters are not allowed"));
}

// Size

TEST_F(HostileSize, HugeFilesAreNotRead) {
    testing::GitRepo repository;
    repository.run({"remote", "add", "origin", "https://github.com/acme/app"});
    repository.write("deploy/app.yaml", deployment("acme/app:v1.0.0"));
    for (const char* const name : {"huge.yaml", "README.md"}) {
        std::ofstream file(repository / name);
        file << "image: acme/app:v0.1.0\n";
        std::filesystem::resize_file(repository / name, 100u << 20);  // zeroes
    }
    repository.commit();
    repository.tag("v1.0.0");
    const std::string id = repository.run({"rev-parse", "HEAD:README.md"});
    const auto not_read = [](const std::string& path, const std::string& why) {
        return "  ! `" + path + "` could not be read, so it was not checked: `" + path + "`" + why +
               "\n";
    };
    const std::string object =
        ": object " + id + " has 104857600 bytes, more than the limit of 33554432";
    EXPECT_EQ(audit_of({.directory = repository.path()}),
              "v1.0.0: unchecked\n  deploy/app.yaml:16:16 v1.0.0 consistent\n" +
                  not_read("huge.yaml", object) + not_read("README.md", object));
    const std::string file = " is larger than 33554432 bytes";
    EXPECT_EQ(verify_work_tree({.directory = repository.path()}, "v1.0.0"),
              ": unchecked\n  deploy/app.yaml:16:16 v1.0.0 consistent\n" +
                  not_read("huge.yaml", file) + not_read("README.md", file));
}

TEST_F(HostileSize, LongLinesAreNoFault) {
    EXPECT_EQ(
        audit_of_resource("# " + repeated("x", 4u << 20) + "\n" + deployment("acme/app:v1.0.0")),
        "v1.0.0: consistent\n  deploy/a.yaml:17:16 v1.0.0 consistent\n");
}

TEST_F(HostileSize, DeepFolders) {
    Story story;
    testing::GitRepo& repository = story.repository();
    const std::string blob =
        repository.run({"hash-object", "-w", "--stdin"}, deployment("acme/app:v1.0.0"));
    std::string tree = repository.run({"mktree"}, "100644 blob " + blob + "\ta.yaml\n");
    std::string path;
    for (int level = 0; level < 1000; ++level) {
        tree = repository.run({"mktree"}, "040000 tree " + tree + "\td\n");
        path += "d/";
    }
    repository.tag("v1.0.0", repository.run({"commit-tree", tree, "-m", "deep"}));
    EXPECT_EQ(story.audit(), "v1.0.0: consistent\n  " + path + "a.yaml:16:16 v1.0.0 consistent\n");
}

// Names

TEST_F(HostileNames, AreNamesLikeOthers) {
    const std::string names[] = {"-o",
                                 "--upload-pack=x",
                                 "de\xFF\xFE",
                                 "a\nb",
                                 "\x1B[31mred",
                                 "$(touch x)",
                                 "a b",
                                 "\xE2\x80\xAE"
                                 "right"};
    for (const std::string& name : names) {
        Story story;
        story.release("v1.0.0", {{name + "/kustomization.yaml", "resources: [a.yaml]\n"},
                                 {name + "/a.yaml", deployment("acme/app:v1.0.0")}});
        EXPECT_EQ(story.audit(),
                  "v1.0.0: consistent\n  " + name + "/a.yaml:16:16 v1.0.0 consistent\n");
    }
}

TEST_F(HostileNames, OfTagsAreNoOptions) {
    Story story;
    story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")}});
    testing::GitRepo& repository = story.repository();
    const std::string commit = repository.run({"rev-parse", "HEAD"});
    for (const char* const name : {"-o", "--upload-pack=x", "--output=ran", "v1.0.1$(touch-ran)"})
        repository.run({"update-ref", std::string("refs/tags/") + name, commit});
    auto workspace = workspace::Workspace::open({.directory = repository.path()});
    ASSERT_TRUE(workspace);
    EXPECT_EQ(told(workspace->history(), workspace->project()),
              "v1.0.0: consistent\n  deploy/app.yaml:16:16 v1.0.0 consistent\n");
    for (const char* const name : {"-o", "--upload-pack=x", "--output=ran"})
        EXPECT_EQ(told(workspace->release(name, "v1.0.0"), workspace->project()),
                  ": consistent\n  deploy/app.yaml:16:16 v1.0.0 consistent\n")
            << name;
    for (const char* const name : {"", "-", "--output=else", "HEAD\n", "v1.0.0..HEAD", "^HEAD"})
        EXPECT_EQ(told(workspace->release(name, "v1.0.0"), workspace->project()),
                  "`" + std::string(name) + "` names no commit in `" + repository.path() + "`");
    EXPECT_FALSE(std::filesystem::exists(repository / "ran"));
}

// The work tree

TEST_F(HostileWorkTree, PipesAreAbsent) {
    Story story;
    story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")}});
    testing::GitRepo& repository = story.repository();
    for (const char* const name : {"kustomization.yaml", "README.md", "lockstep.yaml", "a.yaml"})
        ASSERT_EQ(::mkfifo((repository / name).c_str(), 0600), 0);
    EXPECT_EQ(verify_work_tree({.directory = repository.path()}, "v1.0.0"),
              ": consistent\n  deploy/app.yaml:16:16 v1.0.0 consistent\n");
}

TEST_F(HostileWorkTree, PipesThatAreAskedForDoNotExist) {
    Story story;
    story.release("v1.0.0", {{entry, "resources: [a.yaml]\n"}});
    ASSERT_EQ(::mkfifo((story.repository() / "deploy/a.yaml").c_str(), 0600), 0);
    EXPECT_EQ(
        verify_work_tree({.directory = story.repository().path()}, "v1.0.0"),
        ": unchecked\n  ! `deploy` could not be read, so it was not checked: accumulating "
        "resources from `a.yaml`: `deploy/a.yaml` does not exist: no such file or directory\n");
}

// The repository's own configuration

TEST_F(HostileConfiguration, NamesProgramsThatDoNotRun) {
    Story story;
    story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")},
                             {".gitattributes", "* filter=x diff=x\n"}});
    testing::GitRepo& repository = story.repository();
    const testing::TempDir dir;
    const std::string touch = "touch " + dir / "ran";
    for (const char* const key :
         {"core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.gitProxy",
          "core.askPass", "core.alternateRefsCommand", "remote.origin.uploadpack", "diff.external",
          "gpg.program", "gpg.ssh.program", "filter.x.smudge", "filter.x.clean", "filter.x.process",
          "diff.x.textconv", "pager.for-each-ref"})
        repository.run({"config", key, touch});
    for (const char* const key : {"alias.ls-files", "alias.cat-file", "alias.rev-parse",
                                  "alias.for-each-ref", "credential.helper"})
        repository.run({"config", key, "!" + touch});
    for (const char* const hook : {"post-index-change", "reference-transaction", "post-checkout"}) {
        dir.write(std::string("hooks/") + hook, "#!/bin/sh\n" + touch + "\n");
        std::filesystem::permissions(dir / ("hooks/" + std::string(hook)),
                                     std::filesystem::perms::owner_all);
    }
    repository.run({"config", "core.hooksPath", dir / "hooks"});
    std::filesystem::remove(dir / "ran");  // what the commands above have run
    EXPECT_EQ(story.audit(), "v1.0.0: consistent\n  deploy/app.yaml:16:16 v1.0.0 consistent\n");
    EXPECT_EQ(verify_work_tree({.directory = repository.path()}, "v1.0.0"),
              ": consistent\n  deploy/app.yaml:16:16 v1.0.0 consistent\n");
    EXPECT_FALSE(std::filesystem::exists(dir / "ran"));
}

TEST_F(HostileConfiguration, OfAPartialCloneFetchesThroughNoProgram) {
    Story story;
    story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")}});
    story.repository().run({"config", "uploadpack.allowFilter", "true"});
    const testing::TempDir dir;
    const std::string clone = dir / "partial";
    story.repository().run({"clone", "--quiet", "--no-checkout", "--filter=blob:none",
                            "file://" + story.repository().path(), clone});
    const testing::Git git(clone);
    const std::string touch = "touch " + dir / "ran";
    const std::string url = "file://" + story.repository().path();
    const auto expect_nothing_runs = [&](const std::string& what) {
        const std::string said = audit_of({.directory = clone});
        EXPECT_EQ(said.substr(0, said.find('\n')), "v1.0.0: unchecked") << what;
        EXPECT_FALSE(std::filesystem::exists(dir / "ran")) << what;
    };
    for (const std::string& evil :
         {"ext::sh -c \"" + touch + "\"", "--upload-pack=" + touch,
          "git@-oProxyCommand=" + touch + ":x", "ssh://-oProxyCommand=" + touch + "/x"}) {
        git.run({"config", "remote.origin.url", evil});
        expect_nothing_runs(evil);
    }
    git.run({"config", "remote.origin.url", url});
    for (const char* const key : {"remote.origin.uploadpack", "core.sshCommand"}) {
        git.run({"config", key, touch + "; git-upload-pack"});
        expect_nothing_runs(key);
        git.run({"config", "--unset", key});
    }
}

TEST_F(HostileConfiguration, OfLockstepIsRefusedWithItsPlace) {
    const auto said_of = [](const std::string& text) {
        Story story;
        story.release("v1.0.0", {{"lockstep.yaml", text}});
        return story.audit();
    };
    EXPECT_EQ(said_of("images: 5\n"),
              "lockstep.yaml:1:9: `images` is the number `5`, a list was expected");
    EXPECT_EQ(said_of("paths: {a: b}\n"),
              "lockstep.yaml:1:8: `paths` is a mapping, a list was expected");
    EXPECT_EQ(said_of("- a\n"), "lockstep.yaml:1:1: the file is a list, a mapping was expected");
    EXPECT_EQ(said_of("images: " + repeated("[", 100'000)),
              "lockstep.yaml:1:58: nested deeper than 50 levels");
    EXPECT_EQ(said_of(repeated("#", 2u << 20)), "lockstep.yaml: larger than 1048576 bytes");
    EXPECT_EQ(said_of("name: \"\xFF\xFE\"\n"),
              "lockstep.yaml:1:8: this is no YAML: invalid leading UTF-8 octet");
    EXPECT_EQ(said_of("images: []\nimages: []\n"),
              "lockstep.yaml:2:1: mapping key `images` already defined at line 1");
}

// Damage

TEST_F(HostileObjects, AreToldAndNeverAbsent) {
    const auto damaged = [](const std::string& revision,
                            const std::function<std::string(std::string)>& damage) {
        Story story;
        story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")}});
        testing::GitRepo& repository = story.repository();
        const std::string id = repository.run({"rev-parse", revision});
        const std::string path =
            repository / (".git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
        std::string bytes;
        {
            std::ifstream file(path, std::ios::binary);
            bytes.assign(std::istreambuf_iterator<char>(file), {});
        }
        std::filesystem::remove(path);
        std::ofstream(path, std::ios::binary) << damage(bytes);
        const std::string said = story.audit();
        return said.substr(0, said.find('\n'));
    };
    const auto cut = [](const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); };
    const auto empty = [](const std::string&) { return std::string(); };
    const auto flipped = [](std::string bytes) {
        bytes[bytes.size() - 3] = static_cast<char>(~bytes[bytes.size() - 3]);
        return bytes;
    };
    for (const std::string object : {"v1.0.0:deploy/app.yaml", "v1.0.0:deploy", "v1.0.0^{tree}"}) {
        EXPECT_EQ(damaged(object, cut), "v1.0.0: unchecked") << object;
        EXPECT_EQ(damaged(object, empty), "v1.0.0: unchecked") << object;
        EXPECT_EQ(damaged(object, flipped), "v1.0.0: unchecked") << object;
    }
}

}  // namespace
}  // namespace lockstep
