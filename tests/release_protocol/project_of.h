#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "json/parse.h"
#include "release_lab/lab.h"
#include "support/peer.h"

/// What a test of one feature changes in the lab's project, and reads in its registry and remote.
namespace lockstep::release_protocol {

using release_lab::Lab;

inline std::string read(const Lab& lab, const std::string& path) {
    const std::ifstream in(lab.project().directory() + '/' + path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

inline void write(const Lab& lab, const std::string& path, const std::string& text) {
    const std::filesystem::path file = lab.project().directory() + '/' + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// Exactly one place of a file says something else from now on.
inline void replace(const Lab& lab, const std::string& path, const std::string& from,
                    const std::string& to) {
    std::string text = read(lab, path);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << path << " has no " << from;
    write(lab, path, text.replace(at, from.size(), to));
}

/// `build: …` of the lab's only image.
inline void set_build(const Lab& lab, const std::string& build) {
    replace(lab, "lockstep.yaml", "build:\n      command: [sh, build-image.sh]\n",
            "build: " + build + '\n');
}

/// HOST:PORT of the registry as manifests write it.
inline std::string host_of(const Lab& lab) {
    const std::string name = lab.image_names().front();
    return name.substr(0, name.find('/'));
}

/// The digest that the registry has under a tag or digest, asked with curl; empty: none.
inline std::string digest_at(const Lab& lab, const std::string& repository,
                             const std::string& tag) {
    const auto ran = os::run(
        {.argv = {"curl", "--silent", "--show-error", "--noproxy", "*", "--head", "--header",
                  "Accept: application/vnd.oci.image.index.v1+json, "
                  "application/vnd.oci.image.manifest.v1+json",
                  lab.registry().url() + "/v2/" + repository + "/manifests/" + tag}});
    if (!ran || !ran->exit.ok()) throw std::runtime_error("curl: " + (ran ? ran->err : ""));
    if (ran->out.contains(" 404 ")) return {};
    const std::string_view name = "\nDocker-Content-Digest: ";
    const std::size_t at = ran->out.find(name);
    if (at == std::string::npos) throw std::runtime_error("curl: " + ran->out);
    const std::size_t begin = at + name.size();
    return ran->out.substr(begin, ran->out.find_first_of("\r\n", begin) - begin);
}

/// A manifest or blob of the registry.
inline std::string bytes_at(const Lab& lab, const std::string& repository, const std::string& kind,
                            const std::string& digest) {
    return testing::run_tool(
        {"curl", "--silent", "--fail", "--noproxy", "*", "--header",
         "Accept: application/vnd.oci.image.manifest.v1+json",
         lab.registry().url() + "/v2/" + repository + '/' + kind + '/' + digest});
}

/// Every ref of the remote with what it names.
inline std::string refs_of(const Lab& lab) {
    return lab.remote().run({"for-each-ref", "--format=%(refname) %(objectname)"});
}

/// release.json or record.json of a release, as the remote has it.
inline json::Value published_json(const Lab& lab, const std::string& tag, const std::string& file) {
    return json::parse(file, lab.remote().run({"cat-file", "blob",
                                               "refs/lockstep/releases/" + tag + ':' + file}))
        .value();
}

/// A commit on the remote's branch `main` that has the work tree as it stands.
inline std::string push_all(const Lab& lab, const std::string& message) {
    lab.project().run({"add", "--all"});
    lab.project().run({"commit", "--quiet", "--message", message});
    lab.project().run({"push", "--quiet", lab.remote().directory(), "HEAD:refs/heads/main"});
    return lab.project().run({"rev-parse", "HEAD"});
}

}  // namespace lockstep::release_protocol
