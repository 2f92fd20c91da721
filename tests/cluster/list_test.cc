#include "cluster/list.h"

#include <atomic>

#include "cluster/api_server.h"
#include "cluster/follow.h"
#include "cluster/objects.h"
#include "cluster/survey.h"
#include "cluster/watch.h"

namespace lockstep::cluster {
namespace {

using testing::RawConnection;
using testing::RawRequest;

std::string pod(const std::string& name, const std::string& image_id = "app@sha256:1") {
    return R"({"kind":"Pod","metadata":{"name":")" + name +
           R"(","namespace":"default","resourceVersion":"7"},"spec":{"containers":[{"name":"main",)"
           R"("image":"app:v1"}]},"status":{"phase":"Running","containerStatuses":[{"name":)"
           R"("main","imageID":")" +
           image_id + R"("}]}})";
}

std::string page(const std::string& items, const std::string& next = "",
                 const std::string& version = "7") {
    return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":")" + version +
           R"(","continue":")" + next + R"("},"items":[)" + items + "]}";
}

bool is_first(const RawRequest& request) {
    return !request.target.contains("continue=");
}

const Resource pods = {.path = "/api/v1/pods", .wanted = wanted_of_pods()};

struct Listed {
    Result<Listing> listing;
    std::string names;
};
Listed list_pods(Api& api) {
    std::string names;
    auto listing = list(
        api, pods, [&] { names.clear(); },
        [&](const json::Value& object) -> Result<void> {
            names += pod_of(object).name + " ";
            return {};
        });
    return {std::move(listing), names};
}

TEST(List, GoesOnWithTheTokenAsItCame) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        answer(connection, 200,
               is_first(request) ? page(pod("a") + "," + pod("b"), "eyJ2=/+") : page(pod("c")));
    });
    Api api = Api::open(server.access()).value();
    const Listed listed = list_pods(api);
    ASSERT_TRUE(listed.listing);
    EXPECT_EQ(listed.names, "a b c ");
    EXPECT_EQ(listed.listing->version, "7");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2u);
    EXPECT_EQ(requests[0].target, "/api/v1/pods?limit=500");
    EXPECT_EQ(requests[1].target, "/api/v1/pods?limit=500&continue=eyJ2%3D%2F%2B");
}

TEST(List, BeginsAgainWhereAPageHasExpired) {
    std::atomic<int> expired = 0;
    ApiServer server([&](const RawRequest& request, RawConnection& connection) {
        if (is_first(request))
            answer(connection, 200, page(pod("a"), "next"));
        else if (++expired <= 1)
            answer(connection, 410, status(410, "Expired", "The provided continue is too old"));
        else
            answer(connection, 200, page(pod("b")));
    });
    Api api = Api::open(server.access()).value();
    const Listed listed = list_pods(api);
    ASSERT_TRUE(listed.listing);
    EXPECT_EQ(listed.names, "a b ");
    EXPECT_EQ(listed.listing->restarts, 1u);
}

TEST(List, GivesUpWhereItExpiresAgainAndAgain) {
    ApiServer server([&](const RawRequest& request, RawConnection& connection) {
        if (is_first(request))
            answer(connection, 200, page(pod("a"), "next"));
        else
            answer(connection, 410, status(410, "Expired", "too old"));
    });
    Api api = Api::open(server.access()).value();
    EXPECT_EQ(to_string(list_pods(api).listing.error()), "the cluster answers 410: too old");
    EXPECT_EQ(server.requests().size(), 2u * (restarts_max + 1));
}

TEST(List, IsNoListWhereSomethingElseAnswers) {
    ApiServer server([](const RawRequest&, RawConnection& connection) {
        answer(connection, 200, R"({"kind":"Login"})");
    });
    Api api = Api::open(server.access()).value();
    EXPECT_EQ(to_string(list_pods(api).listing.error()), "/api/v1/pods is answered with no list");
}

TEST(Survey, ReportsWhatIsAllowedAndSaysWhatIsNot) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        if (request.target.contains("/pods"))
            answer(connection, 200, page(pod("a")));
        else if (request.target.contains("/jobs"))
            answer(connection, 403, status(403, "Forbidden", "no"));
        else
            answer(connection, 200, R"({"kind":"XList","metadata":{},"items":null})");
    });
    Api api = Api::open(server.access()).value();
    const evidence::Deployed deployed = survey(api, {"team"}).value();
    ASSERT_EQ(deployed.pods.size(), 1u);
    EXPECT_EQ(deployed.pods[0].containers[0].image_id, "app@sha256:1");
    ASSERT_EQ(deployed.unread.size(), 1u);
    EXPECT_EQ(deployed.unread[0].what, "jobs in namespace `team`");
    EXPECT_EQ(deployed.unread[0].reason, "the cluster answers 403: no");
}

std::string event(const std::string& type, const std::string& object) {
    return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}

TEST(Watch, TakesEventsApartWhereverTheyAreCut) {
    const std::string stream =
        event("ADDED", pod("a")) +
        event("BOOKMARK", R"({"kind":"Pod","metadata":{"resourceVersion":"12"}})") +
        event("DELETED", pod("a"));
    for (std::size_t cut = 1; cut < stream.size(); cut += 7) {
        std::string seen;
        WatchReader reader(wanted_of_pods(), [&](const WatchEvent& event) -> Result<void> {
            seen += std::to_string(static_cast<int>(event.type)) + event.version + " ";
            return {};
        });
        ASSERT_TRUE(reader.write(std::string_view(stream).substr(0, cut)));
        ASSERT_TRUE(reader.write(std::string_view(stream).substr(cut)));
        EXPECT_EQ(seen, "07 312 27 ") << cut;
    }
}

TEST(Watch, EndsWithWhatAnErrorSays) {
    WatchReader reader(wanted_of_pods(), [](const WatchEvent&) -> Result<void> { return {}; });
    const auto ended = reader.write(event("ERROR", status(410, "Expired", "too old: 5 (9)")));
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, Error::Kind::conflict);
    EXPECT_EQ(ended.error().message, "the cluster answers 410: too old: 5 (9)");
}

/// Answers lists of pods with `items`, watches of pods with `stream`, all else with nothing.
struct Followed {
    std::function<std::string(int list)> items;
    std::function<std::string(int watch)> stream;
    std::atomic<int> lists = 0, watches = 0;

    void operator()(const RawRequest& request, RawConnection& connection) {
        const bool are_pods = request.target.contains("/pods");
        if (!request.target.contains("watch=1")) {
            answer(connection, 200, are_pods ? page(items(lists++)) : page(""));
            return;
        }
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        if (are_pods) connection.write(stream(watches++));
        connection.pause(std::chrono::seconds(20));
        connection.close();
    }
};

std::string names_of(const evidence::Deployed& deployed) {
    std::string names;
    for (const evidence::SeenPod& seen : deployed.pods) names += seen.name + " ";
    return names;
}

TEST(Follow, TellsWhatChanges) {
    Followed followed{
        .items = [](int) { return pod("a"); },
        .stream = [](int) { return event("ADDED", pod("b")) + event("DELETED", pod("a")); }};
    ApiServer server(std::ref(followed));
    Api api = Api::open(server.access()).value();
    std::string last;
    ASSERT_TRUE(follow(api, {"default"},
                       {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20),
                        .quiet = std::chrono::milliseconds(5)},
                       [&](const evidence::Deployed& deployed) {
                           last = names_of(deployed);
                           return last == "b ";
                       }));
    EXPECT_EQ(last, "b ");
}

TEST(Follow, ListsAgainWhereItsVersionHasPassed) {
    Followed followed{.items = [](int list) { return list == 0 ? pod("a") : pod("c"); },
                      .stream =
                          [](int watch) {
                              return watch == 0 ? event("ERROR", status(410, "Expired", "too old"))
                                                : std::string();
                          }};
    ApiServer server(std::ref(followed));
    Api api = Api::open(server.access()).value();
    std::string last;
    ASSERT_TRUE(follow(api, {"default"},
                       {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20),
                        .quiet = std::chrono::milliseconds(5)},
                       [&](const evidence::Deployed& deployed) {
                           last = names_of(deployed);
                           return last == "c ";
                       }));
    EXPECT_EQ(last, "c ");
    EXPECT_EQ(followed.lists, 2);
}

TEST(Follow, FailsWhereNothingCanBeRead) {
    ApiServer server([](const RawRequest&, RawConnection& connection) {
        answer(connection, 403, status(403, "Forbidden", "no"));
    });
    Api api = Api::open(server.access()).value();
    const auto followed =
        follow(api, {}, {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20)},
               [](const evidence::Deployed&) { return false; });
    EXPECT_EQ(to_string(followed.error()), "the cluster answers 403: no");
}

}  // namespace
}  // namespace lockstep::cluster
