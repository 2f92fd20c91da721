#pragma once

namespace lockstep::cli {

/// The whole program: parses, runs one command, prints, and returns the exit status.
int run(int argc, char** argv);

}  // namespace lockstep::cli
