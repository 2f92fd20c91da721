#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "os/subprocess.h"
#include "release_lab/lab.h"

/// The program in a lab, for tests that are built with LOCKSTEP_PROGRAM.
namespace lockstep::release_lab {

struct RunSetup {
    std::string directory = {};                                 // empty: the lab's work tree
    std::vector<std::pair<std::string, std::string>> set = {};  // variables besides the lab's own
    std::chrono::milliseconds timeout = std::chrono::minutes(5);
};

/// `lockstep args…` with nothing of the tester's environment.
inline os::Command lockstep_command(const Lab& lab, const std::vector<std::string>& args,
                                    const RunSetup& setup = {}) {
    std::vector<std::string> argv = {"env", "-i"};
    for (const auto& variables : {lab.environment(), setup.set})
        for (const auto& [name, value] : variables) argv.push_back(name + '=' + value);
    argv.emplace_back(LOCKSTEP_PROGRAM);
    argv.insert(argv.end(), args.begin(), args.end());
    return {.argv = std::move(argv),
            .directory = setup.directory.empty() ? lab.project().directory() : setup.directory};
}

/// To its end: exit status, stdout, stderr.
inline os::Captured run_lockstep(const Lab& lab, const std::vector<std::string>& args,
                                 const RunSetup& setup = {}) {
    auto captured = os::run(lockstep_command(lab, args, setup), {.timeout = setup.timeout});
    if (!captured) throw std::runtime_error(lockstep::to_string(captured.error()));
    return std::move(*captured);
}

/// Side by side with others: `finish` of each has its end.
inline os::Running start_lockstep(const Lab& lab, const std::vector<std::string>& args,
                                  const RunSetup& setup = {}) {
    auto running =
        os::Running::start(lockstep_command(lab, args, setup), {.timeout = setup.timeout});
    if (!running) throw std::runtime_error(lockstep::to_string(running.error()));
    return std::move(*running);
}

}  // namespace lockstep::release_lab
