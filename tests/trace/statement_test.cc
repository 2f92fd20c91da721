// Attestations as real builders and signers left them.
#include "trace/statement.h"

#include <gtest/gtest.h>

#include "os/file.h"
#include "support/golden.h"

namespace lockstep::trace {
namespace {

std::string told(const Result<Statement>& statement) {
    if (!statement) return to_string(statement.error());
    std::string text = statement->predicate_type + "\n";
    for (const std::string& subject : statement->subjects) text += "about " + subject + "\n";
    for (const Dependency& source : statement->dependencies)
        text += "from " + source.uri + " " + source.commit + "\n";
    if (!statement->builder.empty()) text += "by " + statement->builder + "\n";
    if (!statement->said_commit.empty())
        text += "said " + statement->said_source + " " + statement->said_commit + "\n";
    return text;
}

std::string file(const std::string& name) {
    const auto text = os::read_file(testing::test_directory() + "/data/trace/" + name);
    return text ? *text : to_string(text.error());
}

constexpr const char* image =
    "sha256:29e6df0f100caf8f3ea0e2ebc03ba316e73c1ad92a84ba799bf028c834272062";

TEST(Statement, OfBuildKitNamesTheCommitOfAGitContext) {
    EXPECT_EQ(told(parse_statement("s", file("buildkit-v1.json"))),
              std::string("https://slsa.dev/provenance/v1\nabout ") + image +
                  "\nfrom git://127.0.0.1/ctx/.git#v1.2.3 "
                  "ed03dd1a6ef3350eed1b768cf687e4890498e632\n");
    EXPECT_EQ(told(parse_statement("s", file("buildkit-v0.2.json"))),
              std::string("https://slsa.dev/provenance/v0.2\nabout ") + image +
                  "\nfrom git://127.0.0.1/ctx/.git#refs/tags/v1.2.3 "
                  "ed03dd1a6ef3350eed1b768cf687e4890498e632\n");
}

TEST(Statement, InAnEnvelopeOfCosign) {
    const auto envelope = parse_envelope("e", file("cosign-attestation.json"));
    ASSERT_TRUE(envelope) << to_string(envelope.error());
    EXPECT_EQ(envelope->payload_type, "application/vnd.in-toto+json");
    EXPECT_EQ(envelope->signatures, 1u);
    EXPECT_EQ(told(parse_statement("s", envelope->payload)),
              "https://slsa.dev/provenance/v1\n"
              "about sha256:d59b15a22dfbc28fb70a33e9fe4075fad14517c04f7e5d26b4b644d64a861a9b\n"
              "from git+https://git.example.test/demo/app@refs/tags/v1.2.3 "
              "0123456789abcdef0123456789abcdef01234567\n"
              "by https://lockstep.example.test/builder\n");
}

TEST(Statement, InABundleOfSigstoreIsASignature) {
    const auto envelope = parse_envelope("e", file("sigstore-bundle.json"));
    ASSERT_TRUE(envelope) << to_string(envelope.error());
    EXPECT_EQ(told(parse_statement("s", envelope->payload)),
              "https://sigstore.dev/cosign/sign/v1\n"
              "about sha256:d59b15a22dfbc28fb70a33e9fe4075fad14517c04f7e5d26b4b644d64a861a9b\n");
}

TEST(Statement, OfALocalContextIsWhatTheClientSaid) {
    EXPECT_EQ(told(parse_statement("s", file("buildkit-local.json"))),
              std::string("https://slsa.dev/provenance/v1\nabout ") + image +
                  "\nsaid https://git.example.test/demo/app "
                  "ed03dd1a6ef3350eed1b768cf687e4890498e632\n");
}

TEST(Statement, ThatIsNoneSaysWhy) {
    EXPECT_EQ(told(parse_statement("s", "{}")),
              "`s` is no in-toto statement: it has no `predicateType`");
    EXPECT_EQ(told(parse_statement("s", R"({"predicateType": "x", "subject": []})")),
              "`s` is about nothing");
    EXPECT_EQ(to_string(parse_envelope("e", "[]").error()), "`e` holds no DSSE envelope");
    EXPECT_EQ(to_string(parse_envelope("e", R"({"payload": "%"})").error()),
              "`e` has a payload that is no base64");
}

/// A digest that is no commit proves nothing, whatever it is called.
TEST(Statement, TakesWholeCommitsOnly) {
    EXPECT_EQ(told(parse_statement("s", R"({"predicateType": "https://slsa.dev/provenance/v1",
        "subject": [{"digest": {"sha256": "ab"}}], "predicate": {"buildDefinition":
        {"resolvedDependencies": [{"uri": "u", "digest": {"sha256": "00"}},
                                  {"uri": "u", "digest": {"gitCommit": "abc1234"}}]}}})")),
              "https://slsa.dev/provenance/v1\nabout sha256:ab\n");
}

TEST(Statement, NamesRepositoriesAsHistoriesDo) {
    EXPECT_EQ(repository_of_uri("git+https://github.com/o/r@refs/tags/v1"), "github.com/o/r");
    EXPECT_EQ(repository_of_uri("git+ssh://git@github.com/o/r.git@refs/tags/v1"), "github.com/o/r");
    EXPECT_EQ(repository_of_uri("https://github.com/o/r.git#v1.2.3"), "github.com/o/r");
    EXPECT_EQ(repository_of_uri("pkg:docker/alpine@3"), "");
}

}  // namespace
}  // namespace lockstep::trace
