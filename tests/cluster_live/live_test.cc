#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "cluster/api.h"
#include "cluster/follow.h"
#include "cluster/list.h"
#include "cluster/objects.h"
#include "cluster/survey.h"
#include "cluster/watch.h"
#include "cluster_live/control_plane.h"
#include "os/environment.h"
#include "os/file.h"
#include "support/peer.h"

namespace lockstep::cluster {
namespace {

using std::chrono::steady_clock;

/// One for all tests: it takes seconds to start.
class Live : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!ControlPlane::why_absent()) plane_ = std::make_unique<ControlPlane>();
    }
    static void TearDownTestSuite() { plane_.reset(); }
    void SetUp() override {
        if (const auto why = ControlPlane::why_absent()) GTEST_SKIP() << *why;
    }

    static ControlPlane& plane() { return *plane_; }
    static Api api(const std::string& kubeconfig) {
        return Api::open(find_access({.kubeconfig = kubeconfig}).value()).value();
    }
    static Api admin() { return api(plane().kubeconfig()); }

    /// A namespace of its own for a test, with a Deployment and its ReplicaSet as controllers would
    /// make them.
    static void make_app(const std::string& name_space) {
        plane().kubectl({"create", "namespace", name_space});
        plane().kubectl({"-n", name_space, "apply", "-f", "-"}, app);
    }
    /// A pod of that ReplicaSet whose status says what a kubelet says.
    static void make_pod(const std::string& name_space, const std::string& pod,
                         const std::string& image_id) {
        std::string text(pod_text);
        text.replace(text.find("NAME"), 4, pod);
        plane().kubectl({"-n", name_space, "apply", "-f", "-"}, text);
        plane().kubectl(
            {"-n", name_space, "patch", "pod", pod, "--subresource=status", "--type=merge", "-p",
             R"({"status":{"phase":"Running","initContainerStatuses":[{"name":"first","image":"x",)"
             R"("imageID":")" +
                 image_id +
                 R"(","ready":true,"restartCount":0}],"containerStatuses":[{"name":"kite",)"
                 R"("image":"registry.example.com/kite/kite:v0.32.0","imageID":")" +
                 image_id +
                 R"(","containerID":"containerd://0","ready":true,"restartCount":0,)"
                 R"("state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}})"});
    }

    static constexpr std::string_view app = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: kite}
spec:
  replicas: 2
  selector: {matchLabels: {app: kite}}
  template:
    metadata: {labels: {app: kite}}
    spec: {containers: [{name: kite, image: "registry.example.com/kite/kite:v0.32.0"}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: kite-5d4
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: kite, uid: 1-2-3, controller: true}]
spec:
  replicas: 2
  selector: {matchLabels: {app: kite}}
  template:
    metadata: {labels: {app: kite}}
    spec: {containers: [{name: kite, image: "registry.example.com/kite/kite:v0.32.0"}]}
)";
    static constexpr std::string_view pod_text = R"(apiVersion: v1
kind: Pod
metadata:
  name: NAME
  labels: {app: kite, pod-template-hash: 5d4}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: kite-5d4, uid: 4-5-6, controller: true}]
spec:
  initContainers: [{name: first, image: "registry.example.com/kite/kite:v0.32.0"}]
  containers: [{name: kite, image: "registry.example.com/kite/kite:v0.32.0"}]
)";

  private:
    static std::unique_ptr<ControlPlane> plane_;
};
std::unique_ptr<ControlPlane> Live::plane_;

const std::string image_id = "registry.example.com/kite/kite@sha256:" + std::string(64, 'a');

TEST_F(Live, ReadsWhatKubectlMade) {
    make_app("read");
    make_pod("read", "kite-5d4-a", image_id);
    Api cluster = admin();
    const evidence::Deployed deployed = survey(cluster, {"read"}).value();
    EXPECT_TRUE(deployed.unread.empty());
    ASSERT_EQ(deployed.pods.size(), 1u);
    const evidence::SeenPod& pod = deployed.pods[0];
    EXPECT_EQ(pod.controller, (evidence::Controller{"ReplicaSet", "kite-5d4"}));
    EXPECT_EQ(pod.revision, "5d4");
    ASSERT_EQ(pod.containers.size(), 2u);
    EXPECT_EQ(pod.containers[0].kind, evidence::ContainerKind::init);
    EXPECT_EQ(pod.containers[0].image_id, image_id);
    EXPECT_EQ(pod.containers[1].image_id, image_id);
    ASSERT_EQ(deployed.workloads.size(), 2u);
    EXPECT_EQ(deployed.workloads[0].kind, "Deployment");
    EXPECT_EQ(deployed.workloads[0].pods, 2);
    EXPECT_EQ(deployed.workloads[0].containers[0].image, "registry.example.com/kite/kite:v0.32.0");
    EXPECT_EQ(deployed.workloads[1].controller, (evidence::Controller{"Deployment", "kite"}));
}

TEST_F(Live, KnowsItsUsersByEachOfTheirCredentials) {
    const auto pair = plane().authority().issue("jane");
    const auto who = [](const std::string& kubeconfig) {
        Api cluster = api(kubeconfig);
        const auto answer = cluster.get("/api/v1/namespaces/default/pods?limit=1");
        return answer ? std::string("let in") : to_string(answer.error());
    };
    EXPECT_EQ(who(plane().kubeconfig_of("jane", "{client-certificate: \"" + pair.certificate +
                                                    "\", client-key: \"" + pair.key + "\"}")),
              "the cluster answers 403: pods is forbidden: User \"jane\" cannot list resource "
              "\"pods\" in API group \"\" in the namespace \"default\"");
    EXPECT_EQ(who(plane().kubeconfig_of("stranger", "{token: nobody}")),
              "the cluster answers 401: Unauthorized");
    EXPECT_EQ(who(plane().kubeconfig_of("as", "{token: admin-token, as: joe}")),
              "the cluster answers 403: pods is forbidden: User \"joe\" cannot list resource "
              "\"pods\" in API group \"\" in the namespace \"default\"");
    const std::string login = plane().folder() / "login";
    ASSERT_TRUE(os::write_file(
        login,
        "#!/bin/sh\nprintf '{\"kind\":\"ExecCredential\",\"apiVersion\":"
        "\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"admin-token\"}}'\n"));
    std::filesystem::permissions(login, std::filesystem::perms::owner_all);
    EXPECT_EQ(
        who(plane().kubeconfig_of(
            "plugin", "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: \"" +
                          login + "\", interactiveMode: Never}}")),
        "let in");
}

TEST_F(Live, FollowsATokenThatRotates) {
    plane().kubectl({"create", "serviceaccount", "reader"});
    plane().kubectl({"create", "clusterrole", "reader", "--verb=get,list,watch",
                     "--resource=pods,deployments.apps,statefulsets.apps,daemonsets.apps,"
                     "replicasets.apps,jobs.batch,cronjobs.batch"});
    plane().kubectl({"create", "clusterrolebinding", "reader", "--clusterrole=reader",
                     "--serviceaccount=default:reader"});
    plane().folder().write("token", "expired");
    Api cluster = api(plane().kubeconfig_of("rotating", "{tokenFile: token}"));
    EXPECT_FALSE(cluster.get("/api/v1/pods?limit=1"));
    plane().folder().write("token", plane().kubectl({"create", "token", "reader"}));
    EXPECT_TRUE(survey(cluster, {}));
}

TEST_F(Live, ReportsTheNamespacesThatItMayRead) {
    make_app("mine");
    make_app("theirs");
    plane().kubectl({"-n", "mine", "create", "role", "viewer", "--verb=get,list,watch",
                     "--resource=pods,deployments.apps,statefulsets.apps,daemonsets.apps,"
                     "replicasets.apps,jobs.batch,cronjobs.batch"});
    plane().kubectl(
        {"-n", "mine", "create", "rolebinding", "viewer", "--role=viewer", "--user=viewer"});
    const auto pair = plane().authority().issue("viewer");
    Api cluster = api(plane().kubeconfig_of("viewer", "{client-certificate: \"" + pair.certificate +
                                                          "\", client-key: \"" + pair.key + "\"}"));
    const evidence::Deployed deployed = survey(cluster, {"mine", "theirs"}).value();
    EXPECT_EQ(deployed.workloads.size(), 2u);
    ASSERT_EQ(deployed.unread.size(), 1u);
    EXPECT_EQ(deployed.unread[0].what, "namespace `theirs`");
    const auto everywhere = survey(cluster, {});
    ASSERT_FALSE(everywhere);
    EXPECT_EQ(everywhere.error().kind, Error::Kind::denied);
}

TEST_F(Live, FollowsWhatHappens) {
    make_app("follow");
    make_pod("follow", "kite-5d4-a", image_id);
    Api cluster = admin();
    std::jthread later;
    std::atomic<bool> has_seen = false;
    std::vector<std::size_t> counts;
    ASSERT_TRUE(follow(cluster, {"follow"},
                       {.deadline = steady_clock::now() + std::chrono::minutes(1),
                        .watch_duration = std::chrono::seconds(2)},
                       [&](const evidence::Deployed& deployed) {
                           counts.push_back(deployed.pods.size());
                           if (!has_seen.exchange(true))
                               later = std::jthread([] {
                                   make_pod("follow", "kite-5d4-b", image_id);
                                   // Behind the end of a watch, which goes on where it was.
                                   std::this_thread::sleep_for(std::chrono::seconds(3));
                                   plane().kubectl({"-n", "follow", "delete", "pod", "kite-5d4-a",
                                                    "--grace-period=0", "--force"});
                               });
                           return counts.size() > 1 && deployed.pods.size() == 1;
                       }));
    EXPECT_EQ(counts.front(), 1u);
    EXPECT_EQ(counts.back(), 1u);
    EXPECT_TRUE(std::ranges::find(counts, 2u) != counts.end());
}

TEST_F(Live, BeginsAgainWhereWhatItKnewHasPassed) {
    make_app("expire");
    for (const char name : {'a', 'b', 'c'})
        make_pod("expire", std::string("kite-5d4-") + name, image_id);
    Api cluster = admin();
    const std::string path = "/api/v1/namespaces/expire/pods";
    const json::Value first = json::parse("page", cluster.get(path + "?limit=1").value()).value();
    const std::string next(first.find("metadata")->text("continue"));
    const std::string version(first.find("metadata")->text("resourceVersion"));
    ASSERT_FALSE(next.empty());
    for (int change = 0; change < 3; ++change)
        plane().kubectl({"-n", "expire", "label", "pod", "kite-5d4-a", "--overwrite",
                         "n=" + std::to_string(change)});
    plane().compact();
    plane().restart();
    const auto page = cluster.get(path + "?limit=1&continue=" + next);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind, Error::Kind::conflict) << page.error().message;
    const auto watched = watch(cluster, {.path = path, .wanted = wanted_of_pods()},
                               {.version = version, .duration = std::chrono::seconds(2)},
                               [](const WatchEvent&) -> Result<void> { return {}; });
    ASSERT_FALSE(watched);
    EXPECT_EQ(watched.error().kind, Error::Kind::conflict) << watched.error().message;
}

/// The program itself, on the example project and its image layout.
class Program {
  public:
    Program() { testing::run_tool({LOCKSTEP_EXAMPLES_DIR "/make-example", folder_.path()}); }

    os::Captured run(std::vector<std::string> arguments) const {
        std::vector<std::string> argv = {LOCKSTEP_PROGRAM, "-C", folder_ / "kite", "-c",
                                         folder_ / "lockstep.yaml"};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return os::run({.argv = argv, .set = {{"XDG_CACHE_HOME", folder_ / "cache"}}}).value();
    }
    std::string image_id(const std::string& tag) const {
        const std::string printed = testing::run_tool(
            {LOCKSTEP_PROGRAM, "image", "digest", "oci:" + (folder_ / "images") + ":" + tag});
        const std::size_t at = printed.find("sha256:");
        return "registry.example.com/kite/kite@" + printed.substr(at, 7 + 64);
    }

  private:
    testing::TempDir folder_;
};

TEST_F(Live, WaitsUntilAllIsInLockstep) {
    const Program program;
    make_app("wait");
    make_pod("wait", "kite-5d4-a", program.image_id("v0.32.0"));
    make_pod("wait", "kite-5d4-b", program.image_id("v0.30.1"));
    const std::vector<std::string> deployed = {"deployed", "-n", "wait", "--kubeconfig",
                                               plane().kubeconfig()};
    const os::Captured mixed = program.run(deployed);
    EXPECT_EQ(mixed.exit.code, 1) << mixed.out << mixed.err;
    EXPECT_TRUE(mixed.out.contains("1 of 2 pods run `v0.32.0`")) << mixed.out;
    std::vector<std::string> waiting = deployed;
    waiting.insert(waiting.end(), {"--wait", "1m"});
    const std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::seconds(2));
        make_pod("wait", "kite-5d4-b", program.image_id("v0.32.0"));
    });
    const os::Captured waited = program.run(waiting);
    EXPECT_EQ(waited.exit.code, 0) << waited.out << waited.err;
    EXPECT_TRUE(waited.out.contains("1 workload: 1 in lockstep")) << waited.out;
}

/// What the replaying tests answer with: `scripts/test-cluster --record` keeps it.
class Recorder {
  public:
    Recorder(const ControlPlane& plane, std::string folder)
        : plane_(plane), folder_(std::move(folder)) {}

    /// Keeps the body of an answer, whatever its status, and gives it.
    std::string keep(const std::string& name, const std::string& target,
                     const std::string& token = "admin-token") const {
        std::string body =
            testing::run_tool({"curl", "-s", "--cacert", plane_.authority().file(), "-H",
                               "Authorization: Bearer " + token, plane_.url() + target});
        EXPECT_TRUE(os::replace_file(folder_ + "/" + name, body));
        return body;
    }

  private:
    const ControlPlane& plane_;
    std::string folder_;
};

TEST_F(Live, RecordsWhatItAnswers) {
    const auto folder = os::environment("LOCKSTEP_RECORD");
    if (!folder) GTEST_SKIP() << "nothing is to be recorded";
    make_app("kite");
    make_pod("kite", "kite-5d4-a", image_id);
    make_pod("kite", "kite-5d4-b", image_id);
    const Recorder recorder(plane(), *folder);
    for (const Place& place : places_in({"kite"}))
        recorder.keep(std::string(place.kind->plural) + ".json", path_of(place) + "?limit=500");
    const std::string pods = "/api/v1/namespaces/kite/pods";
    const json::Value page =
        json::parse("page", recorder.keep("pods.page1.json", pods + "?limit=1")).value();
    const std::string next =
        pods + "?limit=1&continue=" + std::string(page.find("metadata")->text("continue"));
    recorder.keep("pods.page2.json", next);
    recorder.keep("unauthorized.json", pods, "nobody");
    plane().kubectl({"create", "serviceaccount", "stranger"});
    std::string token = plane().kubectl({"create", "token", "stranger"});
    if (token.ends_with('\n')) token.pop_back();
    recorder.keep("forbidden.json", pods, token);
    const std::string watching =
        pods + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=2&resourceVersion=" +
        std::string(page.find("metadata")->text("resourceVersion"));
    make_pod("kite", "kite-5d4-b", "registry.example.com/kite/kite@sha256:" + std::string(64, 'b'));
    plane().kubectl({"-n", "kite", "delete", "pod", "kite-5d4-a", "--grace-period=0", "--force"});
    recorder.keep("pods.watch.ndjson", watching);
    plane().compact();
    plane().restart();
    recorder.keep("pods.expired.json", next);
    recorder.keep("pods.expired.ndjson", watching);
}

}  // namespace
}  // namespace lockstep::cluster
