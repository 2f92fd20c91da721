#include "support/image_tool.h"

#include <gtest/gtest.h>

#include <tuple>

#include "support/image_push.h"
#include "support/peer.h"
#include "support/registry_server.h"

namespace lockstep::testing {
namespace {

using Case = std::tuple<RegistryKind, const char*>;

class EachTool : public ::testing::TestWithParam<Case> {
  protected:
    void SetUp() override {
        const auto [kind, tool] = GetParam();
        if (const auto why = why_absent(kind)) GTEST_SKIP() << *why;
        if (!find_peer(tool)) GTEST_SKIP() << absent(tool);
    }
};
INSTANTIATE_TEST_SUITE_P(Of, EachTool,
                         ::testing::Combine(::testing::ValuesIn(registry_kinds),
                                            ::testing::ValuesIn(image_tools)),
                         [](const ::testing::TestParamInfo<Case>& tested) {
                             return to_string(std::get<0>(tested.param)) + '_' +
                                    std::get<1>(tested.param);
                         });

TEST_P(EachTool, PushesAndPulls) {
    const RegistryServer server({.kind = std::get<0>(GetParam())});
    const ImageTool tool(std::get<1>(GetParam()), server.address());
    const MadeImage amd64 = make_image(), arm64 = make_image({.architecture = "arm64", .seed = 2});
    const MadeImage index = make_index({amd64, arm64});
    tool.push(index, "team/app:v1");
    EXPECT_EQ(pull_manifest(server.url(), "team/app", "v1"), index.bytes());
    EXPECT_EQ(tool.digest("team/app:v1"), index.digest());
    EXPECT_EQ(tool.pull_and_compare(index, "team/app:v1"), "");

    MadeImage other = index;
    other.blobs.push_back(make_image({.seed = 3}).blobs.front());
    EXPECT_EQ(tool.pull_and_compare(other, "team/app:v1"), "blob " + other.blobs.back().digest);
}

}  // namespace
}  // namespace lockstep::testing
