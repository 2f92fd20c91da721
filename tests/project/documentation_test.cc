// The example of docs/configuration.md is read as it stands there.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "os/file.h"
#include "project/project.h"
#include "support/golden.h"

namespace lockstep::project {
namespace {

TEST(Documentation, ItsExampleIsAWholeProject) {
    const auto page = os::read_file(testing::test_directory() + "/../docs/configuration.md");
    ASSERT_TRUE(page.has_value()) << to_string(page.error());
    const std::string_view fence = "```yaml\n";
    const std::size_t begin = page->find(fence);
    ASSERT_NE(begin, std::string::npos);
    const std::size_t end = page->find("```", begin + fence.size());
    const auto example = std::make_shared<const std::string>(
        page->substr(begin + fence.size(), end - begin - fence.size()));
    const Result<Project> project = parse("docs/configuration.md", example);
    ASSERT_TRUE(project.has_value()) << to_string(project.error());
    EXPECT_EQ(project->name, "kite");
    EXPECT_EQ(project->images.size(), 2u);
    EXPECT_EQ(project->images[0].retired, (std::vector<std::string>{"k8s.gcr.io"}));
    EXPECT_EQ(project->registries.size(), 3u);
    EXPECT_EQ(project->tags.size(), 1u);
    EXPECT_EQ(project->ignored_tags.size(), 1u);
    EXPECT_EQ(project->charts.size(), 2u);
    EXPECT_EQ(project->paths.size(), 3u);
    EXPECT_EQ(project->paths[0].path, "config/default/**");
    EXPECT_EQ(project->texts.size(), 2u);
    EXPECT_EQ(project->fields.paths, (std::vector<std::string>{"spec.images[].ref"}));
    EXPECT_EQ(project->rules.at("floating-tag"), "off");
    EXPECT_EQ(project->images[0].build.command, (std::vector<std::string>{"make", "image"}));
    EXPECT_EQ(project->release.changelog, "CHANGELOG.md");
}

}  // namespace
}  // namespace lockstep::project
