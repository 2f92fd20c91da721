#include <gtest/gtest.h>

#include "verify/deployed.h"
#include "verify/image_id.h"
#include "verify/judge_deployed.h"
#include "verify/past.h"

namespace lockstep::verify {
namespace {

using evidence::ContainerKind;
using evidence::SeenImage;

std::string digest(char c) {
    return "sha256:" + std::string(64, c);
}

/// An index with two platforms: 'a' has the platforms 'b' and 'c', whose configs are 'd' and 'e'.
SeenImage index(const std::string& letters) {
    SeenImage image{.state = SeenImage::State::found, .source = "ghcr.io"};
    image.digest = digest(letters[0]);
    image.is_index = true;
    image.platforms = {
        {.name = "linux/amd64", .digest = digest(letters[1]), .config = digest(letters[3])},
        {.name = "linux/arm64", .digest = digest(letters[2]), .config = digest(letters[4])}};
    return image;
}

const std::string name = "ghcr.io/acme/app";

/// Two releases of `app`; what the registry holds of each is told by `see`.
class World {
  public:
    World() {
        for (const std::string tag : {"v1.0.0", "v1.1.0"})
            past_.release(tag, {file("deploy.yaml", {name + ":" + tag})});
    }

    World& see(const std::string& tag, const std::string& letters) {
        past_.history().images[name + ":" + tag] = index(letters);
        return *this;
    }
    World& record(const std::string& tag, char index, char platform) {
        record::Record record;
        record.tag = tag;
        record.images = {{name + ":" + tag, digest(index), {{"linux/amd64", digest(platform)}}}};
        past_.history().records[tag].record = record;
        return *this;
    }
    World& expect(std::string tag) {
        expected_ = std::move(tag);
        return *this;
    }
    World& deployment(const std::string& image, std::int64_t pods) {
        deployed_.workloads.push_back({.name_space = "prod",
                                       .kind = "Deployment",
                                       .name = "app",
                                       .pods = pods,
                                       .containers = {{ContainerKind::regular, "main", image}}});
        return *this;
    }
    /// A pod of that deployment, by way of the ReplicaSet `app-REVISION`.
    World& pod(const std::string& image_id, const std::string& revision = "one",
               const std::string& image = name + ":v1.1.0") {
        const std::string set = "app-" + revision;
        deployed_.workloads.push_back({.name_space = "prod",
                                       .kind = "ReplicaSet",
                                       .name = set,
                                       .controller = {"Deployment", "app"}});
        deployed_.pods.push_back(
            {.name_space = "prod",
             .name = set + "-" + std::to_string(deployed_.pods.size()),
             .controller = {"ReplicaSet", set},
             .revision = revision,
             .containers = {{ContainerKind::regular, "main", image, image_id}}});
        return *this;
    }
    evidence::Deployed& deployed() { return deployed_; }

    DeployedAudit judge() {
        images_ = std::make_unique<KnownImages>(past_.history(), project_);
        const ExpectedProject project = {
            .name = "app",
            .images = images_.get(),
            .release = expected_.empty() ? nullptr : images_->release_called(expected_)};
        return judge_deployed(deployed_, {&project, 1});
    }

    /// "Deployment/app main v1.1.0: mixed: …", a line for each container.
    std::string judged() {
        std::string text;
        for (const JudgedWorkload& workload : judge().workloads)
            for (const JudgedContainer& container : workload.containers)
                text += workload.kind + "/" + workload.name + " " + container.name + " " +
                        (container.expected.empty() ? "-" : container.expected) + ": " +
                        to_string(container.verdict) +
                        (container.reason.empty() ? "" : ": " + container.reason) + "\n";
        return text;
    }

  private:
    Past past_;
    project::Project project_;
    evidence::Deployed deployed_;
    std::string expected_;
    std::unique_ptr<KnownImages> images_;
};

std::string id(char c) {
    return name + "@" + digest(c);
}

TEST(ImageId, ReadsWhatRuntimesWrite) {
    using Kind = ImageId::Kind;
    const auto kind = [](const std::string& text) { return read_image_id(text).kind; };
    EXPECT_EQ(kind(""), Kind::none);
    EXPECT_EQ(kind("docker-pullable://" + id('a')), Kind::digest);
    EXPECT_EQ(kind(id('a')), Kind::digest);
    EXPECT_EQ(kind("docker://" + digest('a')), Kind::config);
    EXPECT_EQ(kind(digest('a')), Kind::config);
    EXPECT_EQ(kind(std::string(64, 'a')), Kind::config);
    EXPECT_EQ(kind("ghcr.io/acme/app:v1"), Kind::strange);
    EXPECT_EQ(kind("ghcr.io/acme/app@sha256:abc"), Kind::strange);
    EXPECT_EQ(read_image_id("docker-pullable://" + id('a')).digest, digest('a'));
    EXPECT_EQ(read_image_id(std::string(64, 'a')).digest, digest('a'));
}

TEST(JudgeDeployed, TakesIndexPlatformAndConfigForTheSameImage) {
    World world;
    world.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 4);
    world.pod(id('a')).pod(id('b')).pod("docker-pullable://mirror.example/x@" + digest('c'));
    world.pod(digest('d'));
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: in lockstep\n");
    EXPECT_EQ(exit_status(world.judge()), 0);
}

TEST(JudgeDeployed, SaysWhichReleaseRunsInstead) {
    World world;
    world.see("v1.0.0", "12345").see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 1);
    world.pod(id('2'));
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: drifted: runs `v1.0.0`\n");
    EXPECT_EQ(exit_status(world.judge()), 1);
}

TEST(JudgeDeployed, TellsARollOutFromATagThatMoved) {
    World rolling;
    rolling.see("v1.0.0", "12345").see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 2);
    rolling.pod(id('1'), "old", name + ":v1.0.0").pod(id('a'), "new");
    EXPECT_EQ(rolling.judged(),
              "Deployment/app main v1.1.0: mixed: 1 of 2 pods run `v1.1.0`: it is rolling out\n");
    World moved;
    moved.see("v1.0.0", "12345").see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 2);
    moved.pod(id('f')).pod(id('a'));
    EXPECT_EQ(moved.judged(),
              "Deployment/app main v1.1.0: mixed: 1 of 2 pods run `v1.1.0`, from the same "
              "template: its tag has moved between pulls\n");
}

TEST(JudgeDeployed, KnowsWhatNoReleaseHas) {
    World world;
    world.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 1).pod(id('f'));
    EXPECT_EQ(world.judged(),
              "Deployment/app main v1.1.0: unknown digest: runs what is no known release\n");
}

TEST(JudgeDeployed, GuessesNothing) {
    World unasked;
    unasked.deployment(name + ":v1.1.0", 1).pod(id('f'));
    EXPECT_EQ(unasked.judged(),
              "Deployment/app main v1.1.0: unchecked: which digests `v1.1.0` has is not known: "
              "nobody was asked which digests it has\n");
    EXPECT_EQ(exit_status(unasked.judge()), 3);
    // v1.0.0 may have been published again as v1.1.0.
    World half;
    half.see("v1.0.0", "12345").deployment(name + ":v1.1.0", 1).pod(id('1'));
    EXPECT_EQ(half.judged().substr(0, 42), "Deployment/app main v1.1.0: unchecked: whi");
    World pulling;
    pulling.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 1).pod("");
    EXPECT_EQ(pulling.judged(),
              "Deployment/app main v1.1.0: unchecked: the runtime reports no image yet\n");
    World image_id;
    image_id.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 1).pod(std::string(64, '7'));
    EXPECT_EQ(image_id.judged(),
              "Deployment/app main v1.1.0: unchecked: the runtime reports an image id, which "
              "cannot be told from `v1.1.0`'s\n");
    World starting;
    starting.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 3).pod(id('a'));
    EXPECT_EQ(starting.judged(), "Deployment/app main v1.1.0: unchecked: 1 of 3 pods is there\n");
}

TEST(JudgeDeployed, HoldsAgainstTheReleaseThatIsAskedFor) {
    World world;
    world.see("v1.0.0", "12345").see("v1.1.0", "abcde").expect("v1.1.0");
    world.deployment(name + ":v1.0.0", 1).pod(id('1'), "one", name + ":v1.0.0");
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: drifted: declares `v1.0.0`\n");
    World floating;
    floating.see("v1.0.0", "12345").see("v1.1.0", "abcde").expect("v1.0.0");
    floating.deployment(name + ":latest", 1).pod(id('1'), "one", name + ":latest");
    EXPECT_EQ(floating.judged(), "Deployment/app main v1.0.0: in lockstep\n");
}

TEST(JudgeDeployed, ExpectsTheNewestReleaseWhereATagFloats) {
    World world;
    world.see("v1.0.0", "12345").see("v1.1.0", "abcde").deployment(name + ":latest", 1);
    world.pod(id('1'), "one", name + ":latest");
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: drifted: runs `v1.0.0`\n");
    World strange;
    strange.see("v1.1.0", "abcde").deployment(name + ":v7.0.0", 1).pod(id('a'));
    EXPECT_EQ(strange.judged(),
              "Deployment/app main -: unchecked: `v7.0.0` is no release of app\n");
}

TEST(JudgeDeployed, BelievesARecordMoreThanATagThatMoved) {
    World world;
    world.record("v1.1.0", 'a', 'b').see("v1.1.0", "56789").deployment(name + ":v1.1.0", 1);
    world.pod(id('5'));
    EXPECT_EQ(world.judged(),
              "Deployment/app main v1.1.0: unknown digest: runs what is no known release\n");
    World right;
    right.record("v1.1.0", 'a', 'b').deployment(name + ":v1.1.0", 1).pod(id('b'));
    EXPECT_EQ(right.judged(), "Deployment/app main v1.1.0: in lockstep\n");
}

TEST(JudgeDeployed, HoldsAPinAgainstWhatRuns) {
    World world;
    world.see("v1.1.0", "abcde").deployment(name + "@" + digest('a'), 1);
    world.pod(id('b'), "one", name + "@" + digest('a'));
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: in lockstep\n");
    World by_config;
    by_config.see("v1.1.0", "abcde").deployment(name + "@" + digest('b'), 1);
    by_config.pod(digest('d'), "one", name + "@" + digest('b'));
    EXPECT_EQ(by_config.judged(), "Deployment/app main v1.1.0: in lockstep\n");
    World other;
    other.see("v1.1.0", "abcde").deployment(name + ":v1.1.0@" + digest('b'), 1).pod(id('c'));
    EXPECT_EQ(other.judged(),
              "Deployment/app main v1.1.0: unknown digest: runs what is no known release\n");
}

TEST(JudgeDeployed, LooksAtInitAndEphemeralContainersAndPodsOfNobody) {
    World world;
    world.see("v1.0.0", "12345").see("v1.1.0", "abcde");
    world.deployed().pods.push_back(
        {.name_space = "prod",
         .name = "lone",
         .containers = {{ContainerKind::init, "first", name + ":v1.1.0", id('1')},
                        {ContainerKind::regular, "main", "docker.io/library/nginx:1", ""},
                        {ContainerKind::ephemeral, "debug", name + ":v1.1.0", id('b')}}});
    EXPECT_EQ(world.judged(),
              "Pod/lone first v1.1.0: drifted: runs `v1.0.0`\n"
              "Pod/lone debug v1.1.0: in lockstep\n");
}

TEST(JudgeDeployed, LeavesWhatHasEndedButForJobs) {
    World world;
    world.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 0).pod(id('f'));
    world.deployed().pods.back().has_ended = true;
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: idle\n");
    World job;
    job.see("v1.1.0", "abcde");
    job.deployed().workloads.push_back(
        {.name_space = "prod",
         .kind = "Job",
         .name = "migrate",
         .containers = {{ContainerKind::regular, "main", name + ":v1.1.0"}}});
    job.deployed().pods.push_back(
        {.name_space = "prod",
         .name = "migrate-1",
         .controller = {"Job", "migrate"},
         .has_ended = true,
         .containers = {{ContainerKind::regular, "main", name + ":v1.1.0", id('f')}}});
    EXPECT_EQ(job.judged(),
              "Job/migrate main v1.1.0: unknown digest: runs what is no known release\n");
}

TEST(JudgeDeployed, NamesARolloutByItsName) {
    World world;
    world.see("v1.1.0", "abcde");
    world.deployed().workloads.push_back({.name_space = "prod",
                                          .kind = "ReplicaSet",
                                          .name = "web-1",
                                          .controller = {"Rollout", "web"}});
    world.deployed().pods.push_back(
        {.name_space = "prod",
         .name = "web-1-x",
         .controller = {"ReplicaSet", "web-1"},
         .containers = {{ContainerKind::regular, "main", name + ":v1.1.0", id('b')}}});
    EXPECT_EQ(world.judged(), "Rollout/web main v1.1.0: in lockstep\n");
}

TEST(JudgeDeployed, JudgesNothingThatIsNotOwn) {
    World world;
    world.deployed().pods.push_back(
        {.name_space = "prod",
         .name = "web",
         .containers = {{ContainerKind::regular, "main", "nginx:1", "nginx@" + digest('a')}}});
    EXPECT_EQ(world.judged(), "");
    EXPECT_EQ(world.judge().foreign, 1u);
    EXPECT_EQ(exit_status(world.judge()), 3);
}

TEST(JudgeDeployed, IsNotWholeWhereSomethingCouldNotBeRead) {
    World world;
    world.see("v1.1.0", "abcde").deployment(name + ":v1.1.0", 1).pod(id('a'));
    world.deployed().unread.push_back({"jobs in namespace `prod`", "forbidden", ""});
    EXPECT_EQ(world.judged(), "Deployment/app main v1.1.0: in lockstep\n");
    EXPECT_EQ(exit_status(world.judge()), 3);
}

}  // namespace
}  // namespace lockstep::verify
