#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "release/plan.h"
#include "release/setting.h"
#include "release/steps.h"

namespace lockstep::release {

struct StepRow;

/// Makes releases: plans them, carries them on from whatever state they are in, gives them up. Any
/// number of runners may work on one release at once: each step is won by one, and the others carry
/// on from there. Everything durable is in the remote and the registries.
class Releaser {
  public:
    /// `setting` and its observer must live as long as this. `remote`: a name or URL; empty: the
    /// one that lockstep.yaml names, else `origin`.
    static Result<Releaser> open(const Setting& setting, const std::string& remote);

    /// What would be done; nothing is.
    Result<Plan> plan(const Request& request);
    /// Begins the release of a plan, or joins it where it is begun, and takes it to its end.
    /// `conflict`: another release of the version won; the message says which.
    Result<State> start(const Plan& plan);
    /// Takes a release from where it is to its end. `not_found`: no such release was begun;
    /// `conflict`: it is burned.
    Result<State> resume(const std::string& tag);
    Result<Aborted> abort(const std::string& tag);

    /// Nothing where no release of that tag was begun.
    Result<std::optional<Entry>> status(const std::string& tag);
    Result<std::vector<Entry>> list();

    /// The remote, for messages.
    const std::string& remote() const;

  private:
    explicit Releaser(std::unique_ptr<Site> site) : site_(std::move(site)) {}
    Result<State> run(Entry entry);
    Result<Entry> move(const StepRow& row, const Entry& entry);

    std::unique_ptr<Site> site_;
};

/// Lower-case name of what a state waits for: "build" of prepared; empty where nothing is left.
std::string_view next_step(Step step);

}  // namespace lockstep::release
