#include "images/certificates.h"

#include <optional>
#include <string>
#include <vector>

#include "base/file_tree.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::images {

namespace {

std::vector<std::string> folders_for(std::string_view host_port) {
    std::vector<std::string> parents;
    if (const std::optional<std::string> home = os::environment("HOME")) {
        parents.push_back(*home + "/.config/containers");
        parents.push_back(*home + "/.config/docker");
    }
    parents.emplace_back("/etc/containers");
    parents.emplace_back("/etc/docker");
    std::vector<std::string> folders;
    for (const std::string& parent : parents) {
        folders.push_back(parent + "/certs.d/" + std::string(host_port));
        if (host_port.ends_with(":443"))
            folders.push_back(parent + "/certs.d/" +
                              std::string(host_port.substr(0, host_port.size() - 4)));
    }
    return folders;
}

http::Tls tls_in(const std::string& folder) {
    http::Tls tls;
    const auto directory = os::Directory::open(folder);
    if (!directory) return tls;
    const auto entries = (*directory)->list("");
    if (!entries) return tls;
    for (const FileTree::Entry& entry : *entries) {
        const std::string path = folder + '/' + entry.name;
        if (entry.name.ends_with(".crt")) tls.authorities.push_back(path);
        if (!entry.name.ends_with(".cert")) continue;
        tls.certificate = path;
        tls.key = path.substr(0, path.size() - std::string_view("cert").size()) + "key";
    }
    return tls;
}

}  // namespace

http::Tls registry_tls(std::string_view host_port) {
    for (const std::string& folder : folders_for(host_port))
        if (os::is_directory(folder)) return tls_in(folder);
    return {};
}

}  // namespace lockstep::images
