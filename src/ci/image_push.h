#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ci/condition.h"
#include "ci/pipeline.h"
#include "ci/shell_commands.h"

namespace lockstep::ci {

/// What a step may do to a registry.
struct Push {
    enum class Kind : std::uint8_t {
        certain,  // an image is pushed
        hidden,   // what it runs stands elsewhere: a script, a make target, an action of others
    };
    Kind kind = Kind::certain;
    Location at;
    std::string what;  // "docker/build-push-action@v6 with `push: true`", "`make push-images`"
};

/// The pushes of one step, as it would run for `situation`: a step that builds without pushing has
/// none. Programs and actions that are known to push nothing are silent; those that are known by
/// nobody are `hidden`.
std::vector<Push> pushes_of(const Step& step, const Situation& situation);

/// Whether one of a step's commands is this program with these words behind it, in this order and
/// perhaps with others between: {"lockstep", "release", "start"}.
const ShellCommand* find_command(const std::vector<ShellCommand>& commands,
                                 const std::vector<std::string_view>& words);

/// Where a command of a step stands.
Location place_of(const Step& step, const ShellCommand& command);

}  // namespace lockstep::ci
