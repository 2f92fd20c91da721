// Lists of tags as registries give them: in pages, sorted or not, and empty.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "acceptance/registry_client.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::RegistryKind;
using testing::RegistryServer;

class RegistryTags : public testing::OnRegistry {};
INSTANTIATE_TEST_SUITE_P(On, RegistryTags, testing::all_kinds(), testing::kind_name);

TEST_P(RegistryTags, AreAllThereSorted) {
    const RegistryServer server({.kind = GetParam()});
    const MadeImage image = make_image();
    push_image(server.url(), "team/app", image, "");
    std::vector<std::string> tags;
    for (int number = 0; number < 2000; ++number)
        tags.push_back("v1." + std::to_string(number * 7919 % 2000) + ".0");
    push_tags(server.url(), "team/app", image, tags);

    std::ranges::sort(tags);
    RegistryClient client(server.address());
    EXPECT_EQ(value_of(client->tags("team/app")), tags);
    const std::size_t pages = server.count("GET", "/v2/team/app/tags/list");
    EXPECT_EQ(pages > 1, GetParam() != RegistryKind::docker_registry);
}

TEST_P(RegistryTags, AreNoneWhereThereAreOnlyDigests) {
    const RegistryServer server({.kind = GetParam()});
    push_image(server.url(), "team/app", make_image(), "");
    RegistryClient client(server.address());
    const auto tags = client->tags("team/app");
    // A repository without tags is one that distribution does not know.
    EXPECT_EQ(tags ? tags->size() : 0, 0u);
    EXPECT_EQ(outcome_of(tags), GetParam() == RegistryKind::ggcr ? "ok" : "not found");
}

}  // namespace
}  // namespace lockstep
