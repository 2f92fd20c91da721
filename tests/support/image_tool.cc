#include "support/image_tool.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/peer.h"

namespace lockstep::testing {

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string ImageTool::run(std::vector<std::string> args) const {
    args.insert(args.begin(), program_);
    const os::Captured captured = run_peer(args, home_.path().string());
    if (!captured.exit.ok()) throw std::runtime_error(program_ + ": " + captured.err);
    return captured.out.substr(0, captured.out.find('\n'));
}

std::string ImageTool::digest(const std::string& name) const {
    const std::string reference = host_ + '/' + name;
    if (program_ == "crane") return run({"digest", reference});
    if (program_ == "skopeo") {
        const os::Captured raw =
            run_peer({"skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + reference},
                     home_.path().string());
        return raw.exit.ok() ? sha256_of(raw.out) : raw.err;
    }
    if (program_ == "regctl") {
        return run({"--host", "reg=" + host_ + ",tls=disabled", "manifest", "head", reference});
    }
    return run({"resolve", "--plain-http", reference});
}

void ImageTool::push(const MadeImage& image, const std::string& name) const {
    const TempDir dir;
    const std::string layout = dir / "layout", reference = host_ + '/' + name;
    write_layout(layout, image, "pushed");
    if (program_ == "crane") {
        run({"push", layout, reference});
    } else if (program_ == "skopeo") {
        run({"--insecure-policy", "copy", "--all", "--preserve-digests", "--dest-tls-verify=false",
             "oci:" + layout + ":pushed", "docker://" + reference});
    } else if (program_ == "regctl") {
        run({"--host", "reg=" + host_ + ",tls=disabled", "image", "copy",
             "ocidir://" + layout + ":pushed", reference});
    } else {
        run({"cp", "--from-oci-layout", layout + ":pushed", "--to-plain-http", reference});
    }
}

void ImageTool::pull(const std::string& name, const std::string& directory) const {
    const std::string reference = host_ + '/' + name;
    if (program_ == "crane") {
        run({"pull", "--format=oci", reference, directory});
    } else if (program_ == "skopeo") {
        run({"--insecure-policy", "copy", "--all", "--preserve-digests", "--src-tls-verify=false",
             "docker://" + reference, "dir:" + directory});
    } else if (program_ == "regctl") {
        run({"--host", "reg=" + host_ + ",tls=disabled", "image", "copy", reference,
             "ocidir://" + directory + ":pulled"});
    } else {
        run({"cp", "--from-plain-http", reference, "--to-oci-layout", directory + ":pulled"});
    }
}

std::string ImageTool::pull_and_compare(const MadeImage& image, const std::string& name) const {
    const TempDir dir;
    const std::string target = dir / "pulled";
    pull(name, target);
    const auto file_of = [&](const ImageBlob& blob, bool is_manifest) {
        const std::string hex = blob.digest.substr(7);
        if (program_ != "skopeo") return target + "/blobs/sha256/" + hex;
        if (blob.digest == image.digest()) return target + "/manifest.json";
        return target + '/' + hex + (is_manifest ? ".manifest.json" : "");
    };
    for (const ImageBlob& blob : image.blobs) {
        if (read_file(file_of(blob, false)) != blob.bytes) return "blob " + blob.digest;
    }
    for (const ImageBlob& manifest : image.manifests) {
        if (read_file(file_of(manifest, true)) != manifest.bytes)
            return "manifest " + manifest.digest;
    }
    return "";
}

}  // namespace lockstep::testing
