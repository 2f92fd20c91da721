// What an upgrade of a real project does: every object that differs between the texts of two
// renders is named, and nothing else. The texts are compared here as texts, by code that shares
// nothing with src/changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "changes/judge.h"
#include "kustomize/render.h"
#include "os/subprocess.h"
#include "support/git_repo.h"
#include "support/golden.h"
#include "workspace/upgrade.h"

namespace lockstep {
namespace {

std::filesystem::path corpus() {
    const char* const set = std::getenv("LOCKSTEP_SHARED");
    const std::filesystem::path shared =
        set != nullptr ? std::filesystem::path(set)
                       : std::filesystem::path(testing::test_directory()) / "../../shared";
    return shared / "corpora" / "descheduler";
}

/// Objects of one printed render, by "Kind/namespace/name", as texts.
std::map<std::string, std::string> objects_in(const std::string& render) {
    std::map<std::string, std::string> objects;
    std::istringstream lines(render + "---\n");
    std::string line, text, kind, space, name, block;
    while (std::getline(lines, line)) {
        if (line == "---") {
            if (!text.empty())
                objects[kind + '/' + (space.empty() ? "" : space + '/') + name] = text;
            text = kind = space = name = block = "";
            continue;
        }
        text += line + '\n';
        if (line.starts_with("kind: ")) kind = line.substr(6);
        if (!line.starts_with(' ')) block = line;
        if (block != "metadata:") continue;
        if (line.starts_with("  name: ")) name = line.substr(8);
        if (line.starts_with("  namespace: ")) space = line.substr(13);
    }
    return objects;
}

std::set<std::string> different(const std::map<std::string, std::string>& before,
                                const std::map<std::string, std::string>& after) {
    std::set<std::string> names;
    for (const auto& [name, text] : before) {
        const auto found = after.find(name);
        if (found == after.end() || found->second != text) names.insert(name);
    }
    for (const auto& [name, text] : after)
        if (!before.contains(name)) names.insert(name);
    return names;
}

std::string printed(const workspace::Rendered& rendered) {
    if (rendered.state != workspace::Rendered::State::found) return {};
    return kustomize::print(*rendered.rendering).value();
}

class Changes : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpus()))
            GTEST_SKIP() << "the corpora do not stand beside the checkout (" << corpus() << ")";
        repository_.import((corpus() / "history.fi").string());
    }

    testing::GitRepo repository_{{"--bare"}};
};

changes::RootObjects::Objects objects_of(const workspace::Rendered& rendered) {
    using State = workspace::Rendered::State;
    if (rendered.state == State::unknown) return {.state = changes::Root::State::unknown};
    if (rendered.state == State::missing) return {};
    return {.state = changes::Root::State::found, .objects = rendered.rendering->objects};
}

/// The names of `root`'s objects that `upgrade` says something of.
std::set<std::string> named(const changes::Upgrade& upgrade, const std::string& root) {
    std::set<std::string> names;
    for (const changes::Change& change : upgrade.changes)
        if (std::ranges::find(change.roots, root) != change.roots.end())
            names.insert(to_string(change.after));
    return names;
}

TEST_F(Changes, OfNeighboursNameWhatDiffersInTheTextsAndNothingElse) {
    auto opened = workspace::Workspace::open({.directory = repository_.path()});
    ASSERT_TRUE(opened) << to_string(opened.error());
    const auto all = opened->path("v0.20.0", "v0.36.0");
    ASSERT_TRUE(all) << to_string(all.error());
    std::string before = "v0.20.0";
    std::size_t compared = 0, differing = 0;
    for (const evidence::Release& release : all->releases) {
        const auto seen = workspace::see_upgrade(*opened, before, release.tag, {});
        ASSERT_TRUE(seen) << to_string(seen.error());
        std::vector<changes::RootObjects> roots;
        for (const auto& root : seen->roots)
            roots.push_back({root.root, objects_of(root.before), objects_of(root.after)});
        changes::Upgrade upgrade;
        changes::judge(roots, {}, upgrade);
        for (const auto& root : seen->roots) {
            const auto expected =
                different(objects_in(printed(root.before)), objects_in(printed(root.after)));
            EXPECT_EQ(named(upgrade, root.root), expected)
                << before << " -> " << release.tag << " " << root.root;
            ++compared;
            differing += expected.size();
        }
        before = release.tag;
    }
    EXPECT_EQ(all->releases.size(), 28u);
    EXPECT_GT(compared, 80u);
    EXPECT_GT(differing, 100u);
}

/// The same through the program, with the texts of `lockstep render`.
TEST_F(Changes, OfTheProgramNameWhatDiffersInItsRenders) {
    const auto run = [&](std::vector<std::string> args) {
        args.insert(args.begin(), {LOCKSTEP_PROGRAM, "-C", repository_.path()});
        const auto captured = os::run({.argv = args});
        EXPECT_TRUE(captured && captured->exit.ok());
        return captured->out;
    };
    const std::string text = run({"changes", "v0.28.1", "v0.29.0"});
    for (const std::string root : {"cronjob", "deployment", "job"}) {
        const auto before = objects_in(run({"render", "--ref", "v0.28.1", "kubernetes/" + root}));
        const auto after = objects_in(run({"render", "--ref", "v0.29.0", "kubernetes/" + root}));
        const auto names = different(before, after);
        EXPECT_EQ(names.size(), 1u);
        for (const auto& [name, object] : after)
            EXPECT_EQ(text.contains("~ " + name + "  "), names.contains(name)) << name;
    }
}

/// A project of plain manifests, with its notes in files and in a tag.
class PlainChanges : public ::testing::Test {
  protected:
    static std::string config_map(const std::string& name, const std::string& value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name +
               "\ndata:\n  a: " + value + "\n";
    }

    workspace::SeenUpgrade seen(std::vector<std::string> roots = {}) {
        auto opened = workspace::Workspace::open({.directory = repository_.path()});
        EXPECT_TRUE(opened);
        auto found = workspace::see_upgrade(*opened, "v1.0.0", "v1.2.0", roots);
        EXPECT_TRUE(found) << to_string(found.error());
        return std::move(*found);
    }

    testing::GitRepo repository_;
};

TEST_F(PlainChanges, AreOfEveryFileOfManifestsThatIsForUsers) {
    repository_.write("deploy/app.yaml", config_map("one", "x") + "---\n" + config_map("two", "x"));
    repository_.write("deploy/values.yaml", "a: 1\n");
    repository_.write("examples/app.yaml", config_map("no", "x"));
    repository_.write("deploy/list.yaml",
                      "apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n- {apiVersion: v1, kind: "
                      "ConfigMap, metadata: {name: three}}\n");
    repository_.commit();
    repository_.tag("v1.0.0");
    repository_.write("deploy/broken.yaml", "apiVersion: v1\nkind: {{ .kind }}\nmetadata: {}\n");
    repository_.commit();
    repository_.tag("v1.2.0");
    std::string said;
    for (const workspace::RenderedRoot& root : seen().roots) {
        said += root.root;
        for (const workspace::Rendered* side : {&root.before, &root.after})
            said += ' ' + (side->state == workspace::Rendered::State::found
                               ? std::to_string(side->rendering->objects.size())
                           : side->state == workspace::Rendered::State::missing ? "missing"
                                                                                : "unknown");
        said += '\n';
    }
    EXPECT_EQ(said,
              "deploy/app.yaml 2 2\ndeploy/broken.yaml missing unknown\ndeploy/list.yaml 1 1\n");
}

TEST_F(PlainChanges, HaveTheirNotesInFilesOfTheWayAndInTags) {
    repository_.write("app.yaml", config_map("one", "x"));
    repository_.commit();
    repository_.tag("v1.0.0");
    repository_.annotate("v1.1.0", "v1.1.0\n\n- feat!: another flag");
    repository_.write("docs/releases/v1.2.0.md", "- new\n");
    repository_.write("docs/releases/v0.9.0.md", "- old\n");
    repository_.write("CHANGELOG-1.2.md", "# v1.2.0\n- newer\n");
    repository_.write("CHANGELOG-0.9.md", "# v0.9.0\n- older\n");
    repository_.commit();
    repository_.tag("v1.2.0");
    const workspace::SeenUpgrade upgrade = seen({"app.yaml"});
    std::string files;
    for (const workspace::SeenNotes& file : upgrade.notes) files += file.path + ' ';
    EXPECT_EQ(files, "CHANGELOG-1.2.md docs/releases/v1.2.0.md ");
    ASSERT_EQ(upgrade.path.size(), 2u);
    EXPECT_EQ(upgrade.path[0].message, "v1.1.0\n\n- feat!: another flag");
    EXPECT_EQ(upgrade.path[1].message, "");
}

}  // namespace
}  // namespace lockstep
