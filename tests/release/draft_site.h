#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "release/site.h"
#include "support/git_repo.h"

namespace lockstep::release::testing {

/// A Site over a real work tree and its bare remote; no registry.
class DraftSite : public ::testing::Test {
  protected:
    DraftSite() : remote({"--bare"}) { work.run({"remote", "add", "origin", remote.path()}); }
    /// Opened anew: as another runner would.
    Site& open() {
        setting.directory = work.path();
        setting.tool = "lockstep test";
        setting.runner = "ann@build-7";
        setting.now = [] { return std::int64_t{1'700'000'000}; };
        setting.observer = &observer;
        site = Site::open(setting, "").value();
        return *site;
    }

    lockstep::testing::GitRepo work, remote;
    Observer observer;
    Setting setting;
    std::unique_ptr<Site> site;
};

}  // namespace lockstep::release::testing
