#include "cli/completion.h"

#include "cli/commands.h"
#include "cli/exit_status.h"

namespace lockstep::cli {

Result<int> run_completion(const Options& options, Output& out) {
    const std::string& shell = *options.argument;
    out.write(shell == "bash"  ? bash_completion()
              : shell == "zsh" ? zsh_completion()
                               : fish_completion());
    return exit_ok;
}

}  // namespace lockstep::cli
