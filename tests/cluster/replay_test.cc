// What real API servers answered, as recorded (`scripts/test-cluster --record`; pods.first.json and
// watch.ndjson of Kubernetes 1.37.2 by hand), told again over HTTPS.
#include "cluster/api_server.h"
#include "cluster/list.h"
#include "cluster/objects.h"
#include "cluster/watch.h"
#include "os/file.h"
#include "support/golden.h"

namespace lockstep::cluster {
namespace {

using testing::RawConnection;
using testing::RawRequest;

std::string recorded(const std::string& name) {
    return os::read_file(lockstep::testing::test_directory() + "/cluster/recorded/" + name).value();
}

TEST(Replay, ReadsARealPodOfContainerd) {
    const json::Value page = json::parse("page", recorded("pods.first.json")).value();
    const evidence::SeenPod pod = pod_of(page.find("items")->as<json::Array>()->front());
    const evidence::SeenPod expected = {
        .name_space = "default",
        .name = "app-59fbb4bdbc-dgbmd",
        .controller = {"ReplicaSet", "app-59fbb4bdbc"},
        .revision = "59fbb4bdbc",
        .containers = {{evidence::ContainerKind::regular, "app", "127.0.0.1:5010/demo/app:1.2.3",
                        "127.0.0.1:5010/demo/app@sha256:"
                        "d59b15a22dfbc28fb70a33e9fe4075fad14517c04f7e5d26b4b644d64a861a9b"}}};
    EXPECT_EQ(pod, expected);
}

TEST(Replay, KeepsOfAPageWhatItNeeds) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        // The remainder of this list has expired: whoever reads begins again, and gives up.
        if (request.target.contains("continue="))
            answer(connection, 410,
                   status(410, "Expired", "The provided continue parameter is too old"));
        else
            answer(connection, 200, recorded("pods.first.json"));
    });
    Api api = Api::open(server.access()).value();
    std::string kept;
    const auto listed = list(
        api, {.path = "/api/v1/pods", .wanted = wanted_of_pods()}, [&] { kept.clear(); },
        [&](const json::Value& object) -> Result<void> {
            for (const json::Member& member : *object.as<json::Object>()) kept += member.key + " ";
            for (const json::Member& member : *object.find("metadata")->as<json::Object>())
                kept += member.key + " ";
            return {};
        });
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().kind, Error::Kind::conflict);
    EXPECT_EQ(kept, "metadata spec status name namespace labels ownerReferences ");
}

TEST(Replay, TakesEveryEventOfARealWatch) {
    ApiServer server([](const RawRequest&, RawConnection& connection) {
        answer(connection, 200, recorded("watch.ndjson"));
    });
    Api api = Api::open(server.access()).value();
    std::string seen;
    const auto watched =
        watch(api, {.path = "/api/v1/pods", .wanted = wanted_of_pods()},
              {.version = "225", .duration = std::chrono::seconds(5)},
              [&](const WatchEvent& event) -> Result<void> {
                  constexpr const char* types[] = {"added", "modified", "deleted", "bookmark"};
                  seen += std::string(types[static_cast<int>(event.type)]) + " " + event.version +
                          " " + pod_of(event.object).name + "\n";
                  return {};
              });
    EXPECT_TRUE(watched) << to_string(watched.error());
    EXPECT_EQ(seen,
              "modified 226 p2\nmodified 227 p5\ndeleted 228 p5\nadded 241 w2\nadded 242 w3\n"
              "bookmark 242 \nbookmark 242 \n");
    EXPECT_EQ(server.requests().front().target,
              "/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=225&timeoutSeconds=5");
}

}  // namespace
}  // namespace lockstep::cluster
