// A GitOps repository that pins a project which git serves over http.
#include "workspace/gather_consumers.h"

#include <gtest/gtest.h>

#include <optional>

#include "support/git_http_server.h"
#include "support/git_repo.h"

namespace lockstep::workspace {
namespace {

std::string deployment(const std::string& image) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  containers:\n"
           "  - {name: app, image: '" +
           image + "'}\n";
}

class Consumed : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!testing::GitHttpServer::is_possible()) GTEST_SKIP() << "no python3 to serve with";
        release("v1.0.0", "acme/app:v1.0.0");
        release("v1.1.0", "acme/app:v1.0.0");
        project_.tag("v1.2.0");
        project_.run({"clone", "--quiet", "--bare", project_.path(), hub()});
        server_.emplace(dir_ / "hub");
    }

    void release(const std::string& tag, const std::string& image) {
        project_.write("deploy/app.yaml", deployment(image));
        project_.write("deploy/kustomization.yaml", "resources: [app.yaml]\n");
        project_.write("VERSION", tag);
        project_.commit(tag);
        project_.tag(tag);
    }

    std::string hub() const { return dir_ / "hub/acme/app"; }
    std::string url() const { return server_->url("/acme/app"); }

    std::string scanned(const std::string& text, bool offline = false,
                        std::vector<std::string> projects = {}) {
        fleet_.write("kustomization.yaml", text);
        fleet_.commit("pins");
        const auto gathered =
            gather_consumers({.directory = fleet_.path(),
                              .ref = "HEAD",
                              .projects = std::move(projects),
                              .options = {.cache_directory = dir_ / "cache", .offline = offline}});
        if (!gathered) return to_string(gathered.error());
        const consumers::Scan scan = consumers::judge(gathered->found, gathered->releases);
        std::string told;
        for (const consumers::JudgedPin& pin : scan.pins) {
            told += pin.pin->revision + " " + to_string(pin.verdict);
            for (const consumers::JudgedOverride& over : pin.overrides)
                told += std::string(" ") + to_string(over.verdict);
            told += "\n";
        }
        for (const std::string& notice : gathered->notices) told += notice + "\n";
        return told + std::to_string(exit_status(scan));
    }

    std::string base(const std::string& revision) const {
        return "- " + url() + "//deploy?ref=" + revision + "\n";
    }

    testing::TempDir dir_;
    testing::GitRepo project_, fleet_;
    std::optional<testing::GitHttpServer> server_;
};

TEST_F(Consumed, ReleasesAreAuditedWhereTheyArePinned) {
    EXPECT_EQ(scanned("resources:\n" + base("v1.0.0") + base("v1.1.0") + base("main") +
                      "images:\n- name: acme/app\n  newTag: v1.1.0\n"),
              "v1.0.0 fine overridden\nv1.1.0 drifted fine\nmain floating\n1");
}

TEST_F(Consumed, ATagThatTheRemoteHasNoMoreIsWithdrawn) {
    EXPECT_EQ(scanned("resources:\n" + base("v1.0.0")), "v1.0.0 fine\n0");
    // Whatever the cache still holds.
    project_.run({"--git-dir", hub(), "tag", "--delete", "v1.0.0"});
    EXPECT_EQ(scanned("resources:\n" + base("v1.0.0")), "v1.0.0 withdrawn\n1");
}

TEST_F(Consumed, AProjectThatNobodyPinsIsSaid) {
    EXPECT_EQ(scanned("resources: []\n", true, {project_.path()}),
              "nothing pins `" + project_.path() +
                  "`, which is a clone without a remote: where it is published is unknown\n0");
}

TEST_F(Consumed, WhatCannotBeAskedIsNeverFine) {
    EXPECT_EQ(scanned("resources:\n" + base("v1.0.0"), true), "v1.0.0 unchecked\n3");
    EXPECT_EQ(scanned("resources:\n- " + server_->url("/acme/none") + "//deploy?ref=v1.0.0\n"),
              "v1.0.0 unchecked\n3");
    const std::string pinned = "resources:\n" + base("v1.0.0");
    server_.reset();
    EXPECT_EQ(scanned(pinned), "v1.0.0 unchecked\n3");
}

TEST_F(Consumed, ACloneThatIsNamedIsAskedInstead) {
    project_.run({"remote", "add", "origin", url()});
    const std::string pins = "resources:\n" + base("v1.0.0") + base("v1.1.0") + base("v9.9.9");
    server_.reset();
    EXPECT_EQ(scanned(pins, true, {project_.path()}),
              "v1.0.0 fine\nv1.1.0 drifted\nv9.9.9 unchecked\n1");
    EXPECT_EQ(scanned(pins, true, {"no such place"}),
              "`no such place` is neither a directory nor a URL of a repository");
}

}  // namespace
}  // namespace lockstep::workspace
