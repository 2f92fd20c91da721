#include "support/ssh_server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "os/environment.h"
#include "os/subprocess.h"
#include "support/peer.h"

namespace lockstep::testing {

namespace {

// Not on everybody's PATH, and insists on being called by its whole name.
constexpr const char* server = "/usr/sbin/sshd";
// Where a server of root's drops its rights; nobody else needs it.
constexpr const char* empty_folder = "/run/sshd";

void make_key(const std::string& file) {
    const auto made =
        os::run({.argv = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file}});
    if (!made || !made->exit.ok()) throw std::runtime_error("ssh-keygen cannot make " + file);
}

}  // namespace

std::optional<std::string> SshServer::why_absent() {
    if (access(server, X_OK) != 0) return absent("sshd");
    for (const char* const program : {"ssh", "ssh-keygen"})
        if (!os::find_program(program)) return absent(program);
    if (geteuid() == 0) mkdir(empty_folder, 0755);
    if (geteuid() == 0 && access(empty_folder, F_OK) != 0)
        return std::string(empty_folder) + " cannot be made";
    return std::nullopt;
}

SshServer::SshServer() {
    make_key(dir_ / "host");
    make_key(dir_ / "user");
    dir_.write("sshd.conf", "HostKey " + (dir_ / "host") + "\nAuthorizedKeysFile " +
                                (dir_ / "user.pub") +
                                "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                                "KbdInteractiveAuthentication no\nLogLevel ERROR\nPidFile none\n");
}

std::string SshServer::command() const {
    const std::string proxy = std::string(server) + " -i -f " + (dir_ / "sshd.conf");
    return "ssh -F none -i " + (dir_ / "user") + " -o IdentitiesOnly=yes -o BatchMode=yes" +
           " -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=" + (dir_ / "known") +
           " -o LogLevel=ERROR -o ProxyCommand='" + proxy + "'";
}

std::string SshServer::url(const std::string& path) {
    return "ssh://127.0.0.1" + path;
}

}  // namespace lockstep::testing
