// What was published, held against its record: a real repository with a real remote, a real
// registry.
#include <gtest/gtest.h>

#include <optional>

#include "acceptance/registry_client.h"
#include "acceptance/story.h"
#include "os/subprocess.h"
#include "record/record.h"
#include "report/json_schema.h"
#include "support/image_maker.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"
#include "support/registry_server.h"
#include "support/temp_dir.h"
#include "verify/references.h"
#include "workspace/ask_images.h"

namespace lockstep {
namespace {

using testing::GitRepo;
using testing::MadeImage;
using workspace::RecordSource;

std::string overlay(const std::string& reference) {
    return "resources: [deployment.yaml]\nimages:\n- name: app\n  newName: " +
           reference.substr(0, reference.rfind(':')) +
           "\n  newTag: " + reference.substr(reference.rfind(':') + 1) + "\n";
}

/// The findings and the verdict of one release.
std::string said(const verify::ReleaseVerdict& release) {
    std::string text;
    for (const verify::Finding& finding : verify::findings(release))
        text += std::string(finding.rule()) + ": " + finding.message() + "\n";
    return text + to_string(release.verdict);
}

/// A version that was published, with a remote that has its record.
class Published : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = testing::why_absent(testing::RegistryKind::docker_registry))
            GTEST_SKIP() << *why;
        server_.emplace();
        testing::push_image(server_->url(), "team/app", image_, "v1.0.0");
        repo_.run({"remote", "add", "origin", "file://" + remote_.path()});
        repo_.write("deploy/deployment.yaml", deployment("app"));
        repo_.write("deploy/kustomization.yaml", overlay(reference()));
        repo_.commit("one");
        repo_.annotate("v1.0.0");
        push("refs/tags/v1.0.0");
    }

    std::string reference() const { return server_->address() + "/team/app:v1.0.0"; }
    void push(const std::string& ref) { repo_.run({"push", "--quiet", "--force", "origin", ref}); }
    std::string id(const std::string& revision) { return repo_.run({"rev-parse", revision}); }

    record::Record recorded() {
        record::Record record;
        record.tag = "v1.0.0";
        record.version = "1.0.0";
        record.tag_object = id("v1.0.0");
        record.commit = id("v1.0.0^{commit}");
        record.tree = id("v1.0.0^{tree}");
        record.time = 1'600'000'000;
        record.tool = "lockstep 0.1.0";
        record.images = {{reference(), image_.digest(), {}}};
        return record;
    }

    /// A commit of its own, pushed under the ref of the record, which is then only there.
    void publish_record(const std::string& bytes, const std::string& file = "record.json") {
        const std::string blob = repo_.run({"hash-object", "-w", "--stdin"}, bytes);
        const std::string tree = repo_.run({"mktree"}, "100644 blob " + blob + "\t" + file + "\n");
        const std::string commit = repo_.run({"commit-tree", tree, "-m", "record"});
        repo_.run(
            {"push", "--quiet", "--force", "origin", commit + ":" + record::ref_of("v1.0.0")});
    }
    /// What the kustomization renders to, as a finding that it is something else says it.
    std::string rendered() {
        record::Record record = recorded();
        record.manifests = {{"deploy", "sha256:" + std::string(64, '0')}};
        publish_record(write(record));
        auto workspace = value_of(workspace::Workspace::open(options()));
        auto history = value_of(workspace.release("v1.0.0", {}));
        value_of(workspace.add_records(history, RecordSource::remote));
        return history.records.at("v1.0.0").manifests.at("deploy").digest;
    }
    void publish_whole_record() {
        record::Record record = recorded();
        record.manifests = {{"deploy", rendered()}};
        publish_record(write(record));
    }

    workspace::Options options() const {
        workspace::Options options;
        options.directory = repo_.path();
        options.cache_directory = cache_ / "cache";
        return options;
    }

    std::string verify(RecordSource source = RecordSource::remote, bool asks = true,
                       verify::Registry registry = verify::Registry::optional) {
        return judged(value_of(workspace::Workspace::open(options())), "v1.0.0", source, asks,
                      registry);
    }
    std::string verify_url() {
        return judged(value_of(workspace::Workspace::open_url(
                          "file://" + remote_.path() + "//deploy?ref=v1.0.0", options())),
                      "", RecordSource::remote, true, verify::Registry::optional);
    }

    std::string judged(workspace::Workspace workspace, const std::string& revision,
                       RecordSource source, bool asks, verify::Registry registry) {
        auto history = value_of(workspace.release(revision, {}));
        if (const auto added = workspace.add_records(history, source); !added)
            return to_string(added.error());
        RegistryClient client(server_->address());
        const workspace::Answerer answerer{.store = &client.registry(), .title = "the registry"};
        if (asks)
            history.images = workspace::ask_images(
                verify::references_to_ask(history, workspace.project()).texts,
                [&](const oci::Reference&) -> Result<workspace::Answerer> { return answerer; });
        const verify::Audit audit = verify::judge(history, workspace.project(), {}, registry);
        std::string text = said(audit.releases.at(0));
        for (const std::string& notice : history.notices) text += "\nnotice: " + notice;
        return text;
    }

    static std::string head(const std::string& id) { return id.substr(0, 12); }
    static std::string short_digest(const MadeImage& image) { return image.digest().substr(0, 19); }

    std::optional<testing::RegistryServer> server_;
    MadeImage image_ = testing::make_image({.seed = 1});
    MadeImage other_ = testing::make_image({.seed = 2});
    GitRepo repo_;
    GitRepo remote_{{"--bare"}};
    testing::TempDir cache_;
};

TEST_F(Published, IsConsistentWhereAllIsAsRecorded) {
    EXPECT_EQ(verify(RecordSource::required), "consistent");  // no record yet
    publish_whole_record();
    EXPECT_EQ(verify(), "consistent");
    EXPECT_EQ(verify(RecordSource::required), "consistent");
    EXPECT_TRUE(verify_url().starts_with("consistent\n"));
    EXPECT_EQ(repo_.run({"for-each-ref", "refs/lockstep"}), "") << "the repository was written to";
    EXPECT_NE(server_->count("HEAD", "/v2/team/app/manifests/v1.0.0") +
                  server_->count("GET", "/v2/team/app/manifests/v1.0.0"),
              0u);
}

TEST_F(Published, SaysThatItsTagMovedToAnotherCommit) {
    publish_whole_record();
    const std::string was = id("v1.0.0^{commit}");
    repo_.write("README.md", "later\n");
    repo_.commit("later");
    repo_.run({"tag", "--force", "-a", "-m", "again", "v1.0.0"});
    EXPECT_EQ(verify(), "tag-moved: tag `v1.0.0` was moved: it was recorded at commit `" +
                            head(was) + "` and is at `" + head(id("HEAD")) + "`\ndrifted");
    push("refs/tags/v1.0.0");
    EXPECT_TRUE(
        verify_url().starts_with("tag-moved: tag `v1.0.0` was moved: it was recorded at commit `" +
                                 head(was) + "` and is at `" + head(id("HEAD")) + "`\ndrifted\n"));
}

TEST_F(Published, SaysThatItsTagWasMadeAnew) {
    publish_whole_record();
    const std::string was = id("v1.0.0");
    repo_.run({"tag", "--force", "v1.0.0", "v1.0.0^{commit}"});
    EXPECT_EQ(verify(), "tag-moved: tag `v1.0.0` was moved: it was recorded at tag object `" +
                            head(was) + "` and is at `" + head(id("HEAD")) + "`\ndrifted");
}

TEST_F(Published, SaysThatItsImageMoved) {
    publish_whole_record();
    testing::push_image(server_->url(), "team/app", other_, "v1.0.0");
    EXPECT_EQ(verify(), "image-moved: image `" + reference() +
                            "` was moved: it was recorded with digest `" + short_digest(image_) +
                            "`, and `the registry` holds `" + short_digest(other_) + "`\ndrifted");
}

TEST_F(Published, SaysThatARecordedImageIsGone) {
    record::Record record = recorded();
    record.images.push_back({server_->address() + "/team/tool:v1.0.0", image_.digest(), {}});
    publish_record(write(record));
    EXPECT_EQ(verify(), "image-moved: image `" + server_->address() +
                            "/team/tool:v1.0.0` is gone: it was recorded with digest `" +
                            short_digest(image_) + "`, and `the registry` holds none\ndrifted");
}

TEST_F(Published, DoesNotCallAnImageTheSameThatNobodyWasAskedFor) {
    publish_whole_record();
    testing::push_image(server_->url(), "team/app", other_, "v1.0.0");
    EXPECT_EQ(verify(RecordSource::remote, false), "consistent");
    EXPECT_EQ(verify(RecordSource::remote, false, verify::Registry::required), "unchecked");
}

TEST_F(Published, SaysThatItsManifestsRenderOtherwise) {
    publish_whole_record();
    record::Record record = recorded();
    repo_.write("deploy/deployment.yaml", deployment("app") + "        tty: true\n");
    repo_.commit("other manifests");
    repo_.run({"tag", "--force", "v1.0.0"});
    record.tag_object = record.commit = id("HEAD");
    record.manifests = {{"deploy", "sha256:" + std::string(64, '0')},
                        {"gone", "sha256:" + std::string(64, '0')}};
    publish_record(write(record));
    EXPECT_EQ(verify(),
              "manifest-changed: kustomization `deploy` renders to other bytes than when v1.0.0 "
              "was recorded\n"
              "manifest-changed: kustomization `gone` was recorded and is not in the tree of "
              "v1.0.0\ndrifted");
}

TEST_F(Published, DoesNotCallAManifestTheSameThatDoesNotRender) {
    repo_.write("broken/kustomization.yaml", "resources: [absent.yaml]\n");
    repo_.commit("broken");
    repo_.run({"tag", "--force", "v1.0.0"});
    record::Record record = recorded();
    record.manifests = {{"broken", "sha256:" + std::string(64, '0')}};
    publish_record(write(record));
    const std::string text = verify();
    EXPECT_TRUE(text.starts_with("not-rendered: ")) << text;
    EXPECT_TRUE(text.ends_with("\nunchecked")) << text;
    EXPECT_EQ(std::ranges::count(text, '\n'), 1) << "said twice: " << text;
}

TEST_F(Published, SaysThatItsRecordCannotBeRead) {
    publish_record("{\"schemaVersion\": 7}\n");
    EXPECT_EQ(verify(),
              "not-rendered: the record of `v1.0.0` could not be read, so nothing was held against "
              "it: refs/lockstep/releases/v1.0.0:record.json: `schemaVersion` is 7, this program "
              "reads 1\nunchecked");
    record::Record record = recorded();
    record.tag = "v9.0.0";
    publish_record(write(record));
    EXPECT_EQ(verify(),
              "not-rendered: the record of `v1.0.0` could not be read, so nothing was held against "
              "it: `refs/lockstep/releases/v1.0.0` holds the record of `v9.0.0`\nunchecked");
}

TEST_F(Published, ForgetsARecordThatTheRemoteHasNoMore) {
    publish_record("{}\n");
    EXPECT_TRUE(verify(RecordSource::required).ends_with("\nunchecked"));
    repo_.run({"push", "--quiet", "origin", ":" + record::ref_of("v1.0.0")});
    EXPECT_EQ(verify(RecordSource::required), "consistent");
}

TEST_F(Published, HasNoRecordWhileItIsUnderWay) {
    publish_record("{}\n", "release.json");
    EXPECT_EQ(verify(RecordSource::required), "consistent");
}

TEST_F(Published, IsFoundInTheRepositoryItselfFirst) {
    publish_whole_record();
    repo_.run({"fetch", "--quiet", "origin", "refs/lockstep/*:refs/lockstep/*"});
    repo_.run({"remote", "set-url", "origin", "file:///nowhere"});
    testing::push_image(server_->url(), "team/app", other_, "v1.0.0");
    EXPECT_TRUE(verify(RecordSource::repository).starts_with("image-moved: "));
    EXPECT_TRUE(verify(RecordSource::required).starts_with("image-moved: "));
}

TEST_F(Published, SaysThatTheRemoteDidNotAnswer) {
    repo_.run({"remote", "set-url", "origin", "file:///nowhere"});
    const std::string why =
        "fetching from `file:///nowhere`: '/nowhere' does not appear to be a git repository; Could "
        "not read from remote repository.";
    EXPECT_EQ(verify(),
              "consistent\nnotice: the remote was not asked what it has recorded: " + why);
    EXPECT_EQ(verify(RecordSource::required), why);
    EXPECT_EQ(verify(RecordSource::repository), "consistent");
}

TEST_F(Published, IsReachedByARelativeUrlAndByWhatTheRepositorySaysOfUrls) {
    publish_whole_record();
    testing::push_image(server_->url(), "team/app", other_, "v1.0.0");
    const auto parent = [](const std::string& path) { return path.substr(0, path.rfind('/')); };
    ASSERT_EQ(parent(repo_.path()), parent(remote_.path()));
    repo_.run({"remote", "set-url", "origin",
               ".." + remote_.path().substr(parent(remote_.path()).size())});
    EXPECT_TRUE(verify(RecordSource::required).starts_with("image-moved: "));
    repo_.run({"remote", "set-url", "origin", "https://git.example.invalid/app"});
    repo_.run({"config", "url.file://" + remote_.path() + ".insteadOf",
               "https://git.example.invalid/app"});
    EXPECT_TRUE(verify(RecordSource::required).starts_with("image-moved: "));
}

/// What the program prints and says about the release, and its exit status.
class Recording : public Published {
  protected:
    std::string run(std::vector<std::string> args) {
        args.insert(args.begin(), {LOCKSTEP_PROGRAM, "-C", repo_.path(), "-q"});
        args.insert(args.end(), {"--plain-http", server_->address(), "--allow-private"});
        const auto ran = os::run({.argv = std::move(args),
                                  .set = {{"XDG_CACHE_HOME", cache_ / "xdg"},
                                          {"SOURCE_DATE_EPOCH", "1700000000"},
                                          {"GIT_AUTHOR_NAME", "Ada"},
                                          {"GIT_AUTHOR_EMAIL", "ada@example.com"},
                                          {"GIT_COMMITTER_NAME", "Ada"},
                                          {"GIT_COMMITTER_EMAIL", "ada@example.com"}}},
                                 {});
        if (!ran) return to_string(ran.error());
        return ran->out + ran->err + "[" + to_string(ran->exit) + "]";
    }
    std::string config() {
        repo_.write("lockstep.yaml", "images:\n- name: " + server_->address() + "/team/app\n");
        return repo_ / "lockstep.yaml";
    }
    std::string remote_title() const { return "file://" + remote_.path(); }
};

TEST_F(Recording, KeepsWhatLaterChecksHoldTheWorldAgainst) {
    const std::string file = config();
    EXPECT_EQ(run({"record", "1.0.0", "--push", "-c", file}),
              "recorded `v1.0.0` at `" + remote_title() +
                  "` under refs/lockstep/releases/v1.0.0\n[exit status 0]");
    EXPECT_EQ(repo_.run({"for-each-ref", "refs/lockstep"}), "") << "the repository was written to";
    const testing::Git remote(remote_.path());
    EXPECT_EQ(remote.run({"rev-parse", "refs/lockstep/releases/v1.0.0^"}), id("v1.0.0^{commit}"));
    const auto kept = record::parse(
        "record.json", remote.run({"show", "refs/lockstep/releases/v1.0.0:record.json"}));
    ASSERT_TRUE(kept.has_value()) << to_string(kept.error());
    record::Record expected = recorded();
    expected.origin = record::Record::Origin::afterwards;
    expected.time = 1'700'000'000;
    expected.tool = kept->tool;
    expected.images[0].platforms = {{"linux/amd64", image_.digest()}};
    expected.manifests = kept->manifests;
    EXPECT_EQ(*kept, expected);
    ASSERT_EQ(kept->manifests.size(), 1u);
    EXPECT_EQ(kept->manifests[0].root, "deploy");

    EXPECT_EQ(verify(RecordSource::required), "consistent");
    testing::push_image(server_->url(), "team/app", other_, "v1.0.0");
    EXPECT_TRUE(verify(RecordSource::required).starts_with("image-moved: "));
    EXPECT_EQ(run({"record", "v1.0.0", "--push", "-c", file}),
              "error: `v1.0.0` has a record, and that stays\nhint: `lockstep verify v1.0.0` holds "
              "the release against it\n[exit status 4]");
}

TEST_F(Recording, KeepsThePackagesOfItsCharts) {
    repo_.write("deploy/kustomization.yaml", overlay(server_->address() + "/team/app:v1.1.0"));
    repo_.write("charts/kite/Chart.yaml", "apiVersion: v2\nname: kite\nversion: 1.1.0+a\n");
    repo_.commit("two");
    repo_.annotate("v1.1.0");
    push("refs/tags/v1.1.0");
    testing::push_image(server_->url(), "team/app", image_, "v1.1.0");
    const std::string chart = server_->address() + "/charts/kite:1.1.0_a";
    const std::string file = config() + ".charts";
    repo_.write("lockstep.yaml.charts",
                "images:\n- name: " + server_->address() +
                    "/team/app\ncharts:\n- path: charts/kite\n" +
                    "  version: \"{version}+a\"\n  publish: " + server_->address() + "/charts\n");
    testing::push_image(server_->url(), "charts/kite", other_, "1.1.0_a");
    const std::string text = run({"record", "v1.1.0", "-o", "json", "-c", file});
    const auto made = record::parse("stdout", text.substr(0, text.rfind('[')));
    ASSERT_TRUE(made.has_value()) << text;
    ASSERT_EQ(made->charts.size(), 1u);
    EXPECT_EQ(made->charts[0].reference, chart);
    EXPECT_EQ(made->charts[0].digest, other_.digest());
}

TEST_F(Recording, IsInEveryReport) {
    const std::string file = config();
    record::Record record = recorded();
    record.images[0].digest = other_.digest();
    publish_record(write(record));
    const std::string json = run({"verify", "v1.0.0", "-o", "json", "-c", file});
    const std::string mark = "[exit status 1]";
    ASSERT_TRUE(json.ends_with(mark)) << json;
    const auto valid = report::testing::validate("schemas/audit.schema.json",
                                                 json.substr(0, json.size() - mark.size()));
    EXPECT_TRUE(valid.is_valid || !valid.is_there) << valid.faults;
    EXPECT_NE(json.find("\"class\": \"moved-image\""), std::string::npos) << json;
    EXPECT_NE(json.find("\"state\": \"differs\""), std::string::npos) << json;
    for (const char* const format : {"text", "sarif", "junit", "github", "markdown", "html"}) {
        const std::string text = run({"verify", "v1.0.0", "-o", format, "-c", file});
        EXPECT_NE(text.find("image-moved"), std::string::npos) << format << ":\n" << text;
        EXPECT_NE(text.find("was moved: it was recorded with digest"), std::string::npos)
            << format << ":\n"
            << text;
        EXPECT_TRUE(text.ends_with(mark)) << format;
    }
}

TEST_F(Recording, RefusesWhatTheRemoteHasOtherwise) {
    const std::string file = config();
    publish_record("{}\n", "release.json");
    EXPECT_EQ(run({"record", "v1.0.0", "--push", "-c", file}),
              "error: `" + remote_title() +
                  "` has `refs/lockstep/releases/v1.0.0` already, and what is recorded stays\n"
                  "[exit status 4]");
    repo_.run({"push", "--quiet", "origin", ":" + record::ref_of("v1.0.0")});
    repo_.run({"push", "--quiet", "origin", ":refs/tags/v1.0.0"});
    EXPECT_EQ(run({"record", "v1.0.0", "--push", "-c", file}),
              "error: `" + remote_title() +
                  "` has no tag `v1.0.0`\nhint: a record is kept of what is published there: push "
                  "the tag first\n[exit status 3]");
}

TEST_F(Recording, RefusesWhatIsNotAllThere) {
    repo_.write("deploy/kustomization.yaml", overlay(server_->address() + "/team/app:v1.1.0"));
    repo_.commit("two");
    repo_.annotate("v1.1.0");
    const std::string text = run({"record", "v1.1.0", "-c", config(), "--even-if-drifted"});
    EXPECT_TRUE(text.ends_with("` holds none\n[exit status 3]")) << text;
    EXPECT_EQ(text.find("schemaVersion"), std::string::npos) << text;
}

}  // namespace
}  // namespace lockstep
