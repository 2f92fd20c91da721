#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "git/command.h"
#include "git/draft.h"
#include "git/object_type.h"
#include "os/subprocess.h"
#include "os/temporary_directory.h"

namespace lockstep::git {

/// The one remote of a draft has this name in it, so that nothing in the global configuration that
/// is meant for `origin` gets in between.
inline constexpr const char* remote_name = "lockstep";

struct Draft::State {
    os::TemporaryDirectory folder;
    std::string repository;  // the bare one, below the folder
    std::string hooks;       // for pushes, below the folder
    std::string object_format;
    std::string url;  // of the remote, with all that is in it
    std::string title;
    bool borrows = false;
    std::chrono::milliseconds timeout;

    /// A git here, with what it reads and what is set for it.
    struct Call {
        std::vector<std::string> args;
        std::string_view input = {};
        std::vector<std::pair<std::string, std::string>> set = {};
    };
    Result<os::Captured> run(Call call) const {
        os::Command command = git_command(std::move(call.args), repository);
        for (auto& variable : call.set) command.set.push_back(std::move(variable));
        return os::run(command, {.input = call.input, .timeout = timeout});
    }
    /// The same where something is signed: what went wrong is the user's to correct.
    Result<std::string> signed_output(Call call, const char* what) const;
    /// Whether to sign, as the user's configuration has it where that is asked.
    Result<bool> signs(Sign sign, const char* key) const;
    /// The id that git printed.
    static Result<ObjectId> id_in(std::string_view output);
    /// Anything but exit status 0 is an error of that kind.
    Result<std::string> output(Call call, Error::Kind otherwise) const {
        os::Captured captured = TRY(run(std::move(call)));
        if (!captured.exit.ok())
            return std::unexpected<Error>(explain(captured, repository, otherwise));
        return std::move(captured.out);
    }
    /// Written without git, which would take a process for each: blobs, and what was put together
    /// here as git has it.
    Result<ObjectId> write_object(ObjectType type, std::string bytes) const;
    /// A tree of these files, none of them in a folder.
    Result<ObjectId> write_flat_tree(std::span<const TreeChange> files) const;
};

}  // namespace lockstep::git
