#include "cli/check_render.h"

#include <gtest/gtest.h>

#include "kustomize/render.h"
#include "os/environment.h"
#include "os/file.h"
#include "support/memory_tree.h"
#include "support/temp_dir.h"

namespace lockstep::cli {
namespace {

using testing::MemoryTree;
using testing::TempDir;

/// A variable of this process, until the end of the test.
class Variable {
  public:
    Variable(std::string name, const std::string& value)
        : name_(std::move(name)), old_(os::environment(name_)) {
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ~Variable() {
        if (old_)
            ::setenv(name_.c_str(), old_->c_str(), 1);
        else
            ::unsetenv(name_.c_str());
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    std::string name_;
    std::optional<std::string> old_;
};

struct Checked {
    Result<RenderCheck> outcome;
    std::string said;
};

Result<OwnRender> render(const FileTree& tree, const std::string& directory) {
    auto rendering = TRY(kustomize::render(tree, directory));
    std::string text = TRY(kustomize::print(rendering));
    return OwnRender{std::move(rendering), std::move(text)};
}

/// `tree` lies nowhere on disk, as one of Git.
Checked check(const FileTree& tree, const std::string& directory, const Options& options = {}) {
    const auto other = OtherRenderer::find(CheckWith::kustomize);
    if (!other.has_value()) return {std::unexpected<Error>(other.error()), ""};
    ::testing::internal::CaptureStderr();
    auto outcome = check_render(*other, {tree, directory, ""}, render(tree, directory), options);
    return {std::move(outcome), ::testing::internal::GetCapturedStderr()};
}

MemoryTree example() {
    MemoryTree tree{{"base/kustomization.yaml", "resources: [service.yaml]\n"},
                    {"base/service.yaml",
                     "apiVersion: v1\nkind: Service\nmetadata: {name: kite}\nspec: {ports: []}\n"},
                    {"overlay/kustomization.yaml", "namePrefix: dev-\nresources: [../link]\n"},
                    {"broken/kustomization.yaml", "resources: [none.yaml]\n"}};
    tree.link("link", "base");
    return tree;
}

class CheckRender : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!os::find_program("kustomize")) GTEST_SKIP() << "kustomize is not installed";
        const auto other = OtherRenderer::find(CheckWith::kustomize);
        ASSERT_TRUE(other.has_value()) << to_string(other.error());
        if (!other->has_our_version()) GTEST_SKIP() << "the kustomize here is another version";
    }

    /// Puts a program before the real one: the same, its output through `filter`.
    void wrap(const std::string& filter) {
        const std::string real = os::find_program("kustomize").value();
        programs_.write("kustomize", "#!/bin/sh\nif [ \"$1\" = version ]; then exec " + real +
                                         " version; fi\n" + real + " \"$@\" | " + filter + "\n");
        std::filesystem::permissions(programs_ / "kustomize", std::filesystem::perms::owner_all);
        path_.emplace("PATH", programs_.path().string() + ":" + os::environment("PATH").value());
    }

  private:
    TempDir programs_;
    std::optional<Variable> path_;
};

TEST_F(CheckRender, SaysThatTheRealProgramPrintsTheSame) {
    const TempDir temporary;
    const Variable place("TMPDIR", temporary.path().string());
    const Checked checked = check(example(), "overlay");
    EXPECT_EQ(checked.said, "check: kustomize v5.8.2 prints the same\n");
    EXPECT_EQ(checked.outcome.value(), RenderCheck::same);
    EXPECT_TRUE(std::filesystem::is_empty(temporary.path()));  // the tree it wrote is gone

    EXPECT_EQ(check(example(), "overlay", {.quiet = true}).said, "");
}

TEST_F(CheckRender, TakesWhatIsOnDiskFromThere) {
    const TempDir dir;
    dir.write("app/kustomization.yaml", "resources: [a.yaml]\n");
    dir.write("app/a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: kite}\n");
    const MemoryTree elsewhere{{"app/kustomization.yaml", "broken"}};
    const auto other = OtherRenderer::find(CheckWith::kustomize).value();
    const auto own = render(MemoryTree{{"app/kustomization.yaml", "resources: [a.yaml]\n"},
                                       {"app/a.yaml",
                                        "apiVersion: v1\nkind: Service\n"
                                        "metadata: {name: kite}\n"}},
                            "app");
    EXPECT_EQ(
        check_render(other, {elsewhere, "app", dir.path().string()}, own, {.quiet = true}).value(),
        RenderCheck::same);
}

TEST_F(CheckRender, NamesTheFirstLineThatDiffers) {
    wrap("sed 's/ports: .*/ports: null/'");
    const Checked checked = check(example(), "overlay");
    EXPECT_EQ(checked.said,
              "check: kustomize v5.8.2 prints something else from line 6 on, in Service dev-kite\n"
              "  lockstep:     ports: []\n"
              "  kustomize:    ports: null\n");
    EXPECT_EQ(checked.outcome.value(), RenderCheck::different);
}

TEST_F(CheckRender, LetsNothingOfAnOutputCommandTheTerminal) {
    wrap("sed 's/ports: .*/\\x1b[2J/'");
    EXPECT_EQ(check(example(), "overlay").said,
              "check: kustomize v5.8.2 prints something else from line 6 on, in Service dev-kite\n"
              "  lockstep:     ports: []\n"
              "  kustomize:    \\x1b[2J\n");
}

TEST_F(CheckRender, SaysWhoRefuses) {
    const Checked both = check(example(), "broken");
    EXPECT_TRUE(both.said.starts_with("check: kustomize v5.8.2 refuses it too: Error: "))
        << both.said;
    EXPECT_EQ(both.outcome.value(), RenderCheck::refused);

    wrap("(cat >/dev/null; echo warning >&2; echo 'it went wrong' >&2; exit 3)");
    const Checked theirs = check(example(), "overlay");
    EXPECT_EQ(theirs.said,
              "check: kustomize v5.8.2 refuses what lockstep renders: it went wrong\n");
    EXPECT_EQ(theirs.outcome.value(), RenderCheck::different);
}

TEST_F(CheckRender, SaysThatOnlyLockstepRefuses) {
    const auto other = OtherRenderer::find(CheckWith::kustomize).value();
    const Result<OwnRender> refused = fail(Error::Kind::unsupported, "unsupported: this");
    ::testing::internal::CaptureStderr();
    const auto outcome = check_render(other, {example(), "overlay", ""}, refused, {});
    EXPECT_EQ(::testing::internal::GetCapturedStderr(),
              "check: kustomize v5.8.2 builds what lockstep refuses\n");
    EXPECT_EQ(outcome.value(), RenderCheck::refused);
}

TEST_F(CheckRender, HandsOverTheOptionsThatBothHave) {
    const MemoryTree tree{{"a/kustomization.yaml", "resources: [../b.yaml]\n"},
                          {"b.yaml",
                           "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n---\n"
                           "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"}};
    using enum kustomize::Options::LoadRestrictions;
    auto rendering = kustomize::render(
        tree, "a", {.load_restrictions = none, .sorts = false, .managed_by_label = true});
    ASSERT_TRUE(rendering.has_value());
    std::string text = kustomize::print(*rendering).value();
    const auto other = OtherRenderer::find(CheckWith::kustomize).value();
    const Result<OwnRender> own = OwnRender{std::move(*rendering), std::move(text)};
    const Options options{
        .quiet = true, .load_restrictions = none, .reorder = false, .managed_by_label = true};
    EXPECT_EQ(check_render(other, {tree, "a", ""}, own, options).value(), RenderCheck::same);
}

TEST(OtherRenderer, SaysWhatIsMissing) {
    const TempDir empty;
    const Variable path("PATH", empty.path().string());
    const auto found = OtherRenderer::find(CheckWith::kubectl);
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(to_string(found.error()), "--check-with needs `kubectl`, which is not on PATH");
    EXPECT_EQ(found.error().hint,
              "install it (https://kubernetes.io/docs/tasks/tools/), or check with kustomize");
}

TEST(OtherRenderer, MustSayItsVersion) {
    const TempDir programs;
    programs.write("kustomize", "#!/bin/sh\necho what is v, a version?\n");
    std::filesystem::permissions(programs / "kustomize", std::filesystem::perms::owner_all);
    const Variable path("PATH", programs.path().string());
    const auto found = OtherRenderer::find(CheckWith::kustomize);
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(to_string(found.error()), "`" + (programs / "kustomize") +
                                            "` does not say which version it is: what is v, a "
                                            "version?");
}

}  // namespace
}  // namespace lockstep::cli
