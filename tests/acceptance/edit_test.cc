// Every release of a real history, edited to the next version: what it then declares is consistent,
// and what it installs differs in the tags of its own images alone.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <regex>
#include <set>
#include <string>

#include "edit/edit.h"
#include "edit/edited_tree.h"
#include "git/repository.h"
#include "kustomize/render.h"
#include "support/git_repo.h"
#include "support/golden.h"
#include "verify/judge.h"
#include "workspace/tree_reader.h"
#include "workspace/workspace.h"

namespace lockstep {
namespace {

std::filesystem::path corpus() {
    const char* const set = std::getenv("LOCKSTEP_SHARED");
    const std::filesystem::path shared =
        set != nullptr ? std::filesystem::path(set)
                       : std::filesystem::path(testing::test_directory()) / "../../shared";
    return shared / "corpora" / "descheduler";
}

class Edited : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpus()))
            GTEST_SKIP() << "the corpora do not stand beside the checkout (" << corpus() << ")";
        repository_.import((corpus() / "history.fi").string());
        auto opened = workspace::Workspace::open({.directory = repository_.path()});
        ASSERT_TRUE(opened) << to_string(opened.error());
        workspace_ = std::make_unique<workspace::Workspace>(std::move(*opened));
        auto history = workspace_->history();
        ASSERT_TRUE(history) << to_string(history.error());
        history_ = std::move(*history);
    }

    std::shared_ptr<const FileTree> tree_of(const evidence::Release& release) {
        const auto commit = workspace_->repository()->resolve(release.tag);
        EXPECT_TRUE(commit) << to_string(commit.error());
        return workspace_->repository()->tree(commit->tree);
    }

    /// The history with `tree` as the release of `version`, which alone is judged.
    evidence::History with(const evidence::Release& release, const version::Version& version,
                           std::shared_ptr<const evidence::Tree> tree) const {
        evidence::History history = history_;
        for (evidence::Release& each : history.releases) each.is_context = true;
        evidence::Release next = release;
        next.tag.clear();
        next.commit.clear();
        next.version = version;
        next.tree = std::move(tree);
        next.is_context = false;
        history.releases.push_back(std::move(next));
        return history;
    }

    testing::GitRepo repository_{{"--bare"}};
    std::unique_ptr<workspace::Workspace> workspace_;
    evidence::History history_;
};

std::set<std::string> rendered_roots(const evidence::Tree& tree) {
    std::set<std::string> roots;
    for (const auto& unit : tree.units)
        if (unit->kind == evidence::Unit::Kind::kustomization) roots.insert(unit->path);
    return roots;
}

std::string rendered(const FileTree& tree, const std::string& root) {
    const auto rendering = kustomize::render(tree, root);
    if (!rendering) return to_string(rendering.error());
    const auto text = kustomize::print(*rendering);
    return text ? *text : to_string(text.error());
}

TEST_F(Edited, EveryReleaseOfADeschedulerBecomesTheNextOne) {
    const version::Version next = *version::Version::parse("0.99.0");
    const std::regex own_tag("(descheduler/descheduler):v?[0-9][^ \\n]*");
    workspace::TreeReader reader(workspace_->project(), {});
    int releases = 0, roots = 0, replacements = 0;
    for (const evidence::Release& release : history_.releases) {
        if (!release.component.empty()) continue;
        SCOPED_TRACE(release.tag);
        const auto before = tree_of(release);
        const evidence::History asked = with(release, next, release.tree);
        const verify::Audit audit = verify::judge(asked, workspace_->project());
        const auto edits =
            edit::plan(*before, audit, workspace_->project(),
                       {.tag = "v0.99.0", .version = "0.99.0", .date = "2026-11-28"});
        ASSERT_TRUE(edits) << to_string(edits.error());

        const auto after = std::make_shared<edit::EditedTree>(before, edits->files);
        const auto read = reader.read({.files = after, .id = {}});
        ASSERT_TRUE(read) << to_string(read.error());
        const evidence::History edited = with(release, next, *read);
        const verify::Audit again = verify::judge(edited, workspace_->project());
        const verify::ReleaseVerdict& verdict = again.releases.front();
        for (const verify::Judged& judged : verdict.declarations)
            EXPECT_NE(judged.verdict, verify::Verdict::drifted)
                << to_string(judged.declaration->at) << " says " << judged.declaration->declared;

        for (const std::string& root : rendered_roots(*release.tree)) {
            const std::string text = rendered(*after, root);
            EXPECT_EQ(text, std::regex_replace(rendered(*before, root), own_tag, "$1:v0.99.0"))
                << root;
            roots += text.find("descheduler/descheduler:v0.99.0") != std::string::npos ? 1 : 0;
        }
        ++releases;
        replacements += static_cast<int>(edits->replacements());
    }
    EXPECT_EQ(releases, 41);
    EXPECT_EQ(roots, 86);
    EXPECT_EQ(replacements, 94);
}

}  // namespace
}  // namespace lockstep
