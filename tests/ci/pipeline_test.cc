#include <gtest/gtest.h>

#include <memory>

#include "ci/github_workflow.h"
#include "ci/gitlab_pipeline.h"
#include "ci/image_push.h"
#include "ci/read_pipelines.h"
#include "support/memory_tree.h"

namespace lockstep::ci {
namespace {

using Event = Situation::Event;
constexpr Answer no = Answer::no, unclear = Answer::unclear, yes = Answer::yes;
const Refs refs{.tag = "v1.2.0", .branch = "main"};

Blob blob(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

Pipeline github(const std::string& text) {
    auto pipeline = parse_github_workflow("w.yml", blob(text), refs);
    EXPECT_TRUE(pipeline.has_value()) << (pipeline ? "" : to_string(pipeline.error()));
    return pipeline ? std::move(*pipeline) : Pipeline{};
}

Runs triggers(const std::string& on) {
    return github(on + "\njobs: {}\n").runs;
}

/// "w.yml:7 `docker push x`", "?" before what is hidden.
std::vector<std::string> pushes(const Pipeline& pipeline) {
    std::vector<std::string> found;
    for (const Step& step : pipeline.steps) {
        if (both(step.runs.on_tag, pipeline.runs.on_tag) == no) continue;
        for (const Push& push : pushes_of(step, {Event::tag, refs.tag}))
            found.push_back((push.kind == Push::Kind::hidden ? "?" : "") + push.at.path + ":" +
                            std::to_string(push.at.line) + " " + push.what);
    }
    return found;
}

using Texts = std::vector<std::string>;

TEST(GitHubWorkflow, StartsOnWhatItsTriggersSay) {
    EXPECT_EQ(triggers("on: push"), (Runs{yes, no, yes}));
    EXPECT_EQ(triggers("on: [pull_request, push]"), (Runs{yes, no, yes}));
    EXPECT_EQ(triggers("on:\n  push:\n  pull_request:"), (Runs{yes, no, yes}));
    EXPECT_EQ(triggers("on: {push: {branches: [main]}}"), (Runs{no, no, yes}));
    EXPECT_EQ(triggers("on: {push: {tags: ['v*']}}"), (Runs{yes, no, no}));
    EXPECT_EQ(triggers("on: {push: {tags: 'docs-*'}}"), (Runs{no, no, no}));
    EXPECT_EQ(triggers("on: {push: {tags: ['v*', '!v1.*']}}"), (Runs{no, no, no}));
    EXPECT_EQ(triggers("on: {push: {tags-ignore: ['v*'], branches: ['**']}}"), (Runs{no, no, yes}));
    EXPECT_EQ(triggers("on: {push: {branches: [main], paths: ['docs/**']}}"),
              (Runs{no, no, unclear}));
    EXPECT_EQ(triggers("on: {release: {types: [published]}}"), (Runs{no, yes, no}));
    EXPECT_EQ(triggers("on: {release: {types: [deleted]}}"), (Runs{no, no, no}));
    EXPECT_EQ(triggers("on: workflow_dispatch"), (Runs{no, no, no}));
    EXPECT_EQ(triggers("'on': create"), (Runs{yes, no, no}));
}

constexpr const char* usual = R"(name: Release
on:
  push:
    tags:
      - "v[0-9]+.[0-9]+.[0-9]+"
permissions: {contents: read, packages: write}
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/setup-buildx-action@v3
      - id: meta
        uses: docker/metadata-action@v5
        with: {images: ghcr.io/kite/kite}
      - name: Build
        uses: docker/build-push-action@v6
        with:
          context: .
          push: ${{ github.event_name != 'pull_request' }}
          tags: ${{ steps.meta.outputs.tags }}
      - run: |
          set -eu
          docker build -t ghcr.io/kite/agent:${{ github.ref_name }} agent

          docker push ghcr.io/kite/agent:${{ github.ref_name }}
      - run: make test
      - if: github.ref == 'refs/heads/main'
        run: docker push ghcr.io/kite/nightly
)";

TEST(GitHubWorkflow, PushesWhatItsStepsPush) {
    EXPECT_EQ(pushes(github(usual)),
              (Texts{"w.yml:17 docker/build-push-action@v6 with `push: ${{ github.event_name != "
                     "'pull_request' }}`",
                     "w.yml:26 `docker push ghcr.io/kite/agent:${{ github.ref_name }}`",
                     "?w.yml:27 `make test`"}));
}

TEST(GitHubWorkflow, IsHeldToWhatItSaysAndNoMore) {
    const auto step = [](const std::string& text) {
        return pushes(github("on: push\njobs:\n  a:\n    steps:\n" + text));
    };
    EXPECT_EQ(step("    - uses: docker/build-push-action@v6\n      with: {push: false}\n"),
              Texts());
    EXPECT_EQ(step("    - uses: docker/build-push-action@v6\n"), Texts());
    EXPECT_EQ(step("    - uses: docker/build-push-action@v6\n      with: {outputs: "
                   "'type=image,push=true'}\n")
                  .size(),
              1U);
    EXPECT_EQ(
        step("    - uses: docker/build-push-action@v6\n      with: {push: '${{ inputs.push }}'}\n"),
        (Texts{"?w.yml:5 docker/build-push-action@v6 with `push: ${{ inputs.push }}`"}));
    EXPECT_EQ(step("    - run: ko build ./cmd/kite\n").size(), 1U);
    EXPECT_EQ(step("    - run: ko build --push=false ./cmd/kite\n"), Texts());
    EXPECT_EQ(step("    - run: goreleaser release --clean\n"),
              (Texts{"?w.yml:5 `goreleaser release --clean`"}));
    EXPECT_EQ(step("    - run: make docker-push TAG=x\n"),
              (Texts{"w.yml:5 `make docker-push TAG=x`"}));
    EXPECT_EQ(step("    - run: ./hack/release.sh\n"), (Texts{"?w.yml:5 `./hack/release.sh`"}));
    EXPECT_EQ(step("    - run: go test ./...\n"), Texts());
    EXPECT_EQ(step("    - run: echo docker push\n"), Texts());
    EXPECT_EQ(step("    - run: docker buildx build . --push\n").size(), 1U);
    EXPECT_EQ(step("    - run: docker build .\n"), Texts());
    EXPECT_EQ(step("    - uses: acme/ship@v1\n"), (Texts{"?w.yml:5 acme/ship@v1"}));
    EXPECT_EQ(step("    - uses: actions/cache@v4\n"), Texts());
}

TEST(GitHubWorkflow, ThatIsNoneIsSaid) {
    for (const char* text : {"", "a", "- a", "jobs: {}", "on: [", "on: push\non: push"}) {
        const auto pipeline = parse_github_workflow("w.yml", blob(text), refs);
        ASSERT_FALSE(pipeline.has_value()) << text;
        EXPECT_EQ(pipeline.error().kind, Error::Kind::invalid) << text;
    }
    EXPECT_FALSE(parse_github_workflow("w.yml", blob(std::string(2u << 20, ' ')), refs));
}

TEST(GitLabPipeline, RunsWhatItsRulesSay) {
    const auto pipeline = parse_gitlab_pipeline(".gitlab-ci.yml", blob(R"(stages: [build, ship]
default:
  before_script:
    - docker login -u x registry.gitlab.com
.tags:
  rules:
    - if: $CI_COMMIT_TAG
build:
  script:
    - docker build -t a .
  rules:
    - if: $CI_COMMIT_TAG
      when: never
    - when: always
ship:
  extends: .tags
  script:
    - docker build -t $CI_REGISTRY_IMAGE:$CI_COMMIT_TAG .
    - |
      set -e
      docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_TAG
old:
  only: [branches]
  script: docker push x
always:
  script: [!reference [.tags, rules], crane copy a b]
)"),
                                                refs);
    ASSERT_TRUE(pipeline.has_value()) << to_string(pipeline.error());
    EXPECT_EQ(pushes(*pipeline),
              (Texts{".gitlab-ci.yml:21 `docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_TAG`",
                     ".gitlab-ci.yml:26 `crane copy a b`"}));
}

TEST(GitLabPipeline, SaysWhatStandsElsewhere) {
    const auto pipeline = parse_gitlab_pipeline(".gitlab-ci.yml", blob(R"(include:
  - template: Auto-DevOps.gitlab-ci.yml
a: {extends: .from-elsewhere, script: [echo]}
b: {trigger: kite/deploy}
workflow: {rules: [{if: $CI_COMMIT_BRANCH}]}
)"),
                                                refs);
    ASSERT_TRUE(pipeline.has_value()) << to_string(pipeline.error());
    ASSERT_EQ(pipeline->elsewhere.size(), 3U);
    EXPECT_EQ(pipeline->elsewhere[1].what, "`extends: .from-elsewhere`");
    EXPECT_EQ(pipeline->elsewhere[1].at.line, 3U);
    EXPECT_EQ(pipeline->runs, (Runs{no, no, yes}));
}

TEST(GitLabPipeline, ThatExtendsItselfEnds) {
    const auto pipeline = parse_gitlab_pipeline(
        ".gitlab-ci.yml", blob(".a: {extends: .b}\n.b: {extends: .a}\nc: {extends: [.a, .b]}\n"),
        refs);
    ASSERT_TRUE(pipeline.has_value());
    EXPECT_TRUE(pipeline->steps.empty());
}

TEST(Pipelines, FollowCallsWithinTheTree) {
    const testing::MemoryTree tree(
        {{".github/workflows/a.yml",
          "on: {push: {tags: ['v*']}}\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n"
          "  far:\n    uses: acme/ci/.github/workflows/ship.yml@v1\n"
          "  act:\n    steps:\n    - uses: ./tools/ship\n    - uses: ./tools/absent\n"},
         {".github/workflows/b.yml",
          "on: workflow_call\njobs:\n  x:\n    steps:\n    - run: docker push b\n"},
         {"tools/ship/action.yml",
          "runs:\n  using: composite\n  steps:\n  - run: crane push x y\n    shell: bash\n"},
         {".github/workflows/broken.yaml", "on: [\n"}});
    const auto read = read_pipelines(tree, refs);
    ASSERT_TRUE(read.has_value()) << to_string(read.error());
    ASSERT_EQ(read->all.size(), 2U);
    EXPECT_EQ(pushes(read->all[0]),
              (Texts{".github/workflows/b.yml:5 `docker push b`",
                     "?.github/workflows/a.yml:6 acme/ci/.github/workflows/ship.yml@v1",
                     "tools/ship/action.yml:4 `crane push x y`",
                     "?.github/workflows/a.yml:10 ./tools/absent"}));
    ASSERT_EQ(read->unread.size(), 1U);
    EXPECT_EQ(read->unread[0].at->path, ".github/workflows/broken.yaml");
}

TEST(Pipelines, ThatCallThemselvesEnd) {
    const testing::MemoryTree tree({{".github/workflows/a.yml",
                                     "on: push\njobs:\n  a: {uses: ./.github/workflows/a.yml}\n"
                                     "  b: {uses: ./.github/workflows/a.yml}\n"}});
    const auto read = read_pipelines(tree, refs);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->all.size(), 1U);
}

}  // namespace
}  // namespace lockstep::ci
