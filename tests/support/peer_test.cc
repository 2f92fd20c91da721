#include "support/peer.h"

#include <gtest/gtest.h>

namespace lockstep::testing {
namespace {

TEST(Peer, IsNothingWhereItIsNotInstalled) {
    EXPECT_EQ(find_peer("lockstep-no-such-program"), std::nullopt);
    EXPECT_TRUE(find_peer("sh"));
    EXPECT_EQ(absent("crane"), "`crane` is not installed");
}

TEST(Peer, FindsNoConfigurationOfTheUser) {
    const auto said = run_peer({"sh", "-c", "echo $HOME $DOCKER_CONFIG ${REGISTRY_AUTH_FILE-none}"},
                               "/nonexistent");
    EXPECT_EQ(said.out, "/nonexistent /nonexistent/.docker none\n");
}

TEST(RunTool, ThrowsWithWhatWasSaid) {
    EXPECT_EQ(run_tool({"cat"}, "in"), "in");
    EXPECT_THROW(run_tool({"sh", "-c", "echo no >&2; exit 3"}), std::runtime_error);
}

}  // namespace
}  // namespace lockstep::testing
