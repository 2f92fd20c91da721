// What would have been: the 29 releases of descheduler that ship kustomizations, from v0.20.0 to
// v0.36.0, released one after the other through lockstep. In its real history 15 of them name the
// image of another release. The source of each is the tree that was really tagged, but for
//
// - the version that its manifests declare: what a maintainer had committed by hand (in 14 of them)
//   is taken back to the version that the release before had, so that all edits are lockstep's;
// - lockstep.yaml, as a maintainer would write it. It names the image, since the registry moved
//   from k8s.gcr.io to registry.k8s.io within this history, and says that the chart has tags of its
//   own: there are none in this remote from which that could be discovered. `registry-retired` is
//   off, since it knows what came later: k8s.gcr.io was in use until 2023.
//
// Nobody can publish to registry.k8s.io here. The configuration that is given with -c is the same,
// and puts an OCI layout in place of each registry, so that the names in the manifests stay real.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "os/subprocess.h"
#include "support/git_repo.h"
#include "support/golden.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using testing::Git;
using testing::TempDir;

std::filesystem::path corpus() {
    const char* const set = std::getenv("LOCKSTEP_SHARED");
    const std::filesystem::path shared =
        set != nullptr ? std::filesystem::path(set)
                       : std::filesystem::path(testing::test_directory()) / "../../shared";
    return shared / "corpora" / "descheduler";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// A release of the real history.
struct Real {
    std::string tag;
    std::string before;  // the version that its branch had before
    std::string image;   // "k8s.gcr.io/descheduler/descheduler"
    std::string branch;
};

class Replay : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpus()))
            GTEST_SKIP() << "the corpora do not stand beside the checkout (" << corpus() << ")";
        const Git here(dir_.path());
        here.run({"init", "--quiet", "--bare", "real.git"});
        std::ifstream stream(corpus() / "history.fi");
        const std::string history((std::istreambuf_iterator<char>(stream)), {});
        real_.run({"fast-import", "--quiet"}, history);
        here.run({"init", "--quiet", "--bare", "remote.git"});
        remote_.run({"symbolic-ref", "HEAD", "refs/heads/master"});
        here.run({"init", "--quiet", "project"});
        project_.run({"remote", "add", "origin", remote_.directory()});
        // Its objects, and none of its tags.
        project_.run(
            {"fetch", "--quiet", "--no-tags", real_.directory(), "refs/tags/*:refs/real/*"});
    }

    /// In the order in which they came, from the branches that they came from.
    std::vector<Real> releases() const {
        std::map<std::string, std::string> images;
        std::ifstream table(corpus() / "expected.tsv");
        for (std::string line; std::getline(table, line);) {
            std::istringstream cells(line);
            std::string tag, path, image;
            cells >> tag >> path >> image;
            if (image.find('/') != std::string::npos) images[tag] = image;
        }
        std::vector<Real> found;
        const std::string dated = real_.run(
            {"for-each-ref", "--sort=creatordate", "--format=%(refname:short)", "refs/tags/v*"});
        std::string newest = "v0.19.0";
        std::map<std::string, std::string> of_minor;  // the newest of each, "v0.30" → "v0.30.1"
        for (const std::string& tag : lines_of(dated)) {
            const std::string minor = tag.substr(0, tag.rfind('.'));
            if (images.contains(tag)) {
                // v0.30.2 came after v0.31.0.
                const bool is_backport =
                    of_minor.contains(minor) && !newest.starts_with(minor + '.');
                found.push_back({tag, is_backport ? of_minor[minor] : newest, images[tag],
                                 is_backport ? "release-" + minor.substr(1) : "master"});
                if (!is_backport) newest = tag;
            }
            of_minor[minor] = tag;
        }
        return found;
    }

    /// lockstep.yaml while the image was published as `image`.
    static std::string configuration(const std::string& image) {
        const std::string other = image.starts_with("k8s.gcr.io")
                                      ? "registry.k8s.io/descheduler/descheduler"
                                      : "k8s.gcr.io/descheduler/descheduler";
        return "name: descheduler\n"
               "images:\n"
               "  - name: " +
               image +
               "\n"
               "    aliases: [" +
               other +
               "]\n"
               "    labels: required\n"
               "    build: {command: [sh, " +
               testing::test_directory() +
               "/release_replay/build-image]}\n"
               "tags: [\"v{version}\"]\n"
               "rules: {registry-retired: \"off\"}\n"
               "charts:\n"
               "  - {path: charts/descheduler, tags: \"descheduler-helm-chart-{version}\"}\n";
    }

    /// Writes the same with layouts in place of registries; its path.
    std::string write_configuration(const std::string& image) const {
        std::string text = configuration(image) + "registries:\n";
        for (const std::string registry : {"k8s.gcr.io", "registry.k8s.io"})
            for (const std::string kind : {"", "-staging"})
                text += "  - {name: " + registry + "/descheduler/descheduler" + kind +
                        ", layout: registries/" + registry + kind + "}\n";
        dir_.write("lockstep.yaml", text);
        return dir_ / "lockstep.yaml";
    }

    /// Pushes the tree of a real release as the next commit of its branch; the commit.
    std::string push_source(const Real& release) {
        if (!remote_.try_run({"rev-parse", "--verify", "--quiet", "refs/heads/" + release.branch})
                 .exit.ok() &&
            release.branch != "master")
            remote_.run({"branch", release.branch, release.before});
        project_.run({"fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*"});
        project_.run({"read-tree", "refs/real/" + release.tag});
        add("lockstep.yaml", configuration(release.image));
        for (const std::string& path : lines_of(project_.run({"ls-files", "kubernetes"}))) {
            const std::string text = project_.run({"show", ":" + path}) + "\n";
            const std::string undone =
                replaced(text, "descheduler/descheduler:" + release.tag + "\n",
                         "descheduler/descheduler:" + release.before + "\n");
            if (undone != text) add(path, undone);
        }
        std::vector<std::string> commit = {"commit-tree", project_.run({"write-tree"}), "-m",
                                           "The tree of " + release.tag};
        const auto tip = project_.try_run(
            {"rev-parse", "--verify", "--quiet", "refs/remotes/origin/" + release.branch});
        if (tip.exit.ok())
            commit.insert(commit.end(), {"-p", "refs/remotes/origin/" + release.branch});
        const std::string made = project_.run(commit);
        project_.run({"push", "--quiet", "origin", made + ":refs/heads/" + release.branch});
        return made;
    }

    void add(const std::string& path, const std::string& text) const {
        const std::string blob = project_.run({"hash-object", "-w", "--stdin"}, text);
        project_.run({"update-index", "--add", "--cacheinfo", "100644," + blob + "," + path});
    }

    os::Captured lockstep(const std::vector<std::string>& args) const {
        std::vector<std::string> argv = {LOCKSTEP_PROGRAM};
        argv.insert(argv.end(), args.begin(), args.end());
        const auto ran = os::run({.argv = argv,
                                  .set = {{"XDG_CACHE_HOME", dir_ / "cache"}},
                                  .unset = {},
                                  .directory = project_.directory()});
        if (!ran) throw std::runtime_error(to_string(ran.error()));
        return *ran;
    }

    TempDir dir_;
    Git real_{dir_ / "real.git"};
    Git remote_{dir_ / "remote.git"};
    Git project_{dir_ / "project"};
};

TEST_F(Replay, AllTwentyNineReleasesAreConsistentWhereFifteenWereNot) {
    const std::vector<Real> all = releases();
    ASSERT_EQ(all.size(), 29u);
    EXPECT_EQ(std::ranges::count(all, "release-0.30", &Real::branch), 1);

    for (const Real& release : all) {
        const std::string source = push_source(release);
        const std::string configuration = write_configuration(release.image);
        const os::Captured said = lockstep({"release", "start", release.tag, "--yes", "--branch",
                                            release.branch, "-c", configuration});
        ASSERT_TRUE(said.exit.ok()) << release.tag << "\n" << said.err;
        // What lockstep changed is the declared image, in every manifest that has it, and no more.
        const std::string diff =
            remote_.run({"diff", "--unified=0", "--no-color", source, release.tag, "--", "."});
        std::size_t added = 0;
        for (const std::string& line : lines_of(diff)) {
            if (!line.starts_with('+') || line.starts_with("+++")) continue;
            EXPECT_TRUE(line.ends_with("image: " + release.image + ":" + release.tag)) << line;
            ++added;
        }
        const std::size_t declared =
            lines_of(
                remote_.run({"grep", "descheduler/descheduler:", release.tag, "--", "kubernetes"}))
                .size();
        EXPECT_EQ(added, declared) << release.tag;
        EXPECT_GE(added, 2u) << release.tag;
    }

    project_.run({"fetch", "--quiet", "--tags", "origin"});
    const std::string configuration = write_configuration(all.back().image);
    const os::Captured replayed =
        lockstep({"audit", "-c", configuration, "--registry", "require", "--records", "require"});
    EXPECT_EQ(replayed.exit, os::Exit{}) << replayed.err << replayed.out;
    EXPECT_NE(replayed.out.find("29 releases: 29 consistent\n29 images: 29 proved\n"),
              std::string::npos)
        << replayed.out;

    const os::Captured real =
        lockstep({"audit", "-C", real_.directory(), "--surface", "kustomize"});
    EXPECT_EQ(real.exit.code, 1);
    EXPECT_NE(real.out.find("\n29 releases: 14 consistent, 15 drifted;"), std::string::npos)
        << real.out;
}

}  // namespace
}  // namespace lockstep
