#pragma once

#include <optional>
#include <string>

#include "support/temp_dir.h"

namespace lockstep::testing {

/// A real OpenSSH server for one connection at a time that git opens: each `ssh` starts its own
/// `sshd -i` as the other end of a pipe, so there is no port and nothing to stop. Lets the user of
/// this process in with a key made for it, to whatever path of this machine.
class SshServer {
  public:
    /// Why there can be none here; nothing where there can.
    static std::optional<std::string> why_absent();

    /// Throws where keys cannot be made.
    SshServer();

    /// What git calls instead of `ssh` (core.sshCommand): reads no configuration of the user's.
    std::string command() const;
    /// "ssh://127.0.0.1" and the absolute `path`.
    static std::string url(const std::string& path);

  private:
    TempDir dir_;
};

}  // namespace lockstep::testing
