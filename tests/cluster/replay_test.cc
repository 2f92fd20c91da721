// What a real API server answered, told again over HTTPS. `scripts/test-cluster --record` keeps it;
// pods.first.json and watch.ndjson were recorded by hand, of pods that a kubelet's stand-in ran.
#include <atomic>

#include "cluster/api_server.h"
#include "cluster/list.h"
#include "cluster/objects.h"
#include "cluster/survey.h"
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

const std::string pods = "/api/v1/namespaces/kite/pods";

/// The names of the pods in a list, and how often it began again.
std::string listed_by(Api& api) {
    std::string names;
    const auto listing = list(
        api, {.path = pods, .wanted = wanted_of_pods()}, [&] { names.clear(); },
        [&](const json::Value& object) -> Result<void> {
            names += pod_of(object).name + " ";
            return {};
        });
    return listing ? names + std::to_string(listing->restarts) : to_string(listing.error());
}

TEST(Replay, SurveysANamespace) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        const std::string path = request.target.substr(0, request.target.find('?'));
        answer(connection, 200, recorded(path.substr(path.rfind('/') + 1) + ".json"));
    });
    Api api = Api::open(server.access()).value();
    const evidence::Deployed deployed = survey(api, {"kite"}).value();
    EXPECT_TRUE(deployed.unread.empty());
    ASSERT_EQ(deployed.pods.size(), 2u);
    EXPECT_EQ(deployed.pods[1].name, "kite-5d4-b");
    EXPECT_EQ(deployed.pods[1].controller, (evidence::Controller{"ReplicaSet", "kite-5d4"}));
    ASSERT_EQ(deployed.pods[1].containers.size(), 2u);
    EXPECT_EQ(deployed.pods[1].containers[1].image_id,
              "registry.example.com/kite/kite@sha256:" + std::string(64, 'a'));
    ASSERT_EQ(deployed.workloads.size(), 2u);
    EXPECT_EQ(deployed.workloads[0].kind, "Deployment");
    EXPECT_EQ(deployed.workloads[0].pods, 2);
    EXPECT_EQ(deployed.workloads[1].controller, (evidence::Controller{"Deployment", "kite"}));
}

TEST(Replay, BeginsAgainBehindARealExpiry) {
    std::atomic<bool> has_expired = false;
    ApiServer server([&](const RawRequest& request, RawConnection& connection) {
        if (!request.target.contains("continue="))
            answer(connection, 200, recorded("pods.page1.json"));
        else if (!has_expired.exchange(true))
            answer(connection, 410, recorded("pods.expired.json"));
        else
            answer(connection, 200, recorded("pods.page2.json"));
    });
    Api api = Api::open(server.access()).value();
    EXPECT_EQ(listed_by(api), "kite-5d4-a kite-5d4-b 1");
}

TEST(Replay, SaysWhatARealServerRefuses) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        const bool is_known = request.header("Authorization") == "Bearer stranger";
        answer(connection, is_known ? 403 : 401,
               recorded(is_known ? "forbidden.json" : "unauthorized.json"));
    });
    Access access = server.access();
    Api nobody = Api::open(access).value();
    EXPECT_EQ(listed_by(nobody), "the cluster answers 401: Unauthorized");
    access.user.token = "stranger";
    Api stranger = Api::open(access).value();
    EXPECT_EQ(listed_by(stranger),
              "the cluster answers 403: pods is forbidden: User "
              "\"system:serviceaccount:default:stranger\" cannot list resource \"pods\" in API "
              "group \"\" in the namespace \"kite\"");
}

TEST(Replay, WatchesUntilItsVersionHasPassed) {
    std::atomic<bool> has_expired = false;
    ApiServer server([&](const RawRequest&, RawConnection& connection) {
        answer(connection, 200,
               recorded(has_expired ? "pods.expired.ndjson" : "pods.watch.ndjson"));
    });
    Api api = Api::open(server.access()).value();
    std::string seen;
    const auto once = [&] {
        return watch(api, {.path = pods, .wanted = wanted_of_pods()},
                     {.version = "1", .duration = std::chrono::seconds(5)},
                     [&](const WatchEvent& event) -> Result<void> {
                         const evidence::SeenPod pod = pod_of(event.object);
                         seen += pod.name + " " + pod.containers[1].image_id.substr(38, 8) +
                                 (event.type == WatchEvent::Type::deleted ? " gone" : "") + "\n";
                         return {};
                     });
    };
    EXPECT_TRUE(once());
    EXPECT_EQ(seen, "kite-5d4-b bbbbbbbb\nkite-5d4-a aaaaaaaa\nkite-5d4-a aaaaaaaa gone\n");
    has_expired = true;
    const auto expired = once();
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().kind, Error::Kind::conflict);
    EXPECT_TRUE(
        expired.error().message.contains("the cluster answers 410: too old resource version: "));
}

}  // namespace
}  // namespace lockstep::cluster
