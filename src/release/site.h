#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "evidence/evidence.h"
#include "git/draft.h"
#include "images/copy.h"
#include "project/project.h"
#include "release/journal.h"
#include "release/refs.h"
#include "release/setting.h"
#include "verify/verdict.h"
#include "workspace/workspace.h"

namespace lockstep::release {

/// Everything a step works with: the draft, the journal, the settings. Not movable: its parts
/// borrow from each other.
class Site {
  public:
    static Result<std::unique_ptr<Site>> open(const Setting& setting, const std::string& remote);
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    const Setting& setting() const { return setting_; }
    git::Draft& draft() { return draft_; }
    Journal& journal() { return *journal_; }
    Observer& observer() const { return *setting_.observer; }

    /// The project as `commit` configures it, unless the user named a configuration.
    Result<workspace::Workspace> open_at(const git::ObjectId& commit);

    /// Its configuration, read once. Lives as long as this.
    Result<std::reference_wrapper<const project::Project>> project_at(const git::ObjectId& commit);

    /// `to` as the next state of `from`: who, when, with which program.
    State stamped(State to) const;

    /// The store to write `reference` into, each write of which the observer sees.
    Result<images::Store*> store(const oci::Reference& reference);

    /// How copies are made: their progress is the observer's to see.
    images::CopyOptions copying(const Item& item) const;

    /// What the observer is told of steps.
    void begin(std::string_view step) const;
    void note(std::string_view step, std::string text) const;
    void end(std::string_view step, std::string_view detail) const;

  private:
    Site(const Setting& setting, git::Draft draft);

    Setting setting_;
    git::Draft draft_;
    std::optional<Journal> journal_;
    std::map<std::string, project::Project, std::less<>> projects_;  // by commit
    std::map<images::Store*, std::unique_ptr<images::Store>> watched_;
};

}  // namespace lockstep::release
