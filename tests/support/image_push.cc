#include "support/image_push.h"

#include <stdexcept>
#include <string_view>

#include "support/peer.h"
#include "support/temp_dir.h"

namespace lockstep::testing {

namespace {

/// curl, told never to use a proxy and to fail where the server refuses.
std::string curl(const std::vector<std::string>& access, std::vector<std::string> args,
                 std::string_view body = {}) {
    args.insert(args.begin(), {"curl", "-sS", "--fail-with-body", "--noproxy", "*"});
    args.insert(args.end(), access.begin(), access.end());
    return run_tool(args, body);
}

void push_blob(const std::string& repository_url, const ImageBlob& blob,
               const std::vector<std::string>& access) {
    const std::string head = curl(
        access, {"-o", "/dev/null", "-D", "-", "-X", "POST", repository_url + "/blobs/uploads/"});
    const std::size_t at = head.find("ocation: ") + 9;
    std::string location = head.substr(at, head.find('\r', at) - at);
    if (location.starts_with('/')) {
        location.insert(0, repository_url.substr(0, repository_url.find("/v2/")));
    }
    location += (location.contains('?') ? '&' : '?') + ("digest=" + blob.digest);
    curl(access,
         {"-T", "-", "-H", "Content-Type: application/octet-stream", "-H", "Transfer-Encoding:",
          "-H", "Content-Length: " + std::to_string(blob.bytes.size()), "-H", "Expect:", location},
         blob.bytes);
}

void push_manifest(const std::string& repository_url, const ImageBlob& manifest,
                   const std::string& name, const std::vector<std::string>& access) {
    curl(access,
         {"-X", "PUT", "-H", "Content-Type: " + manifest.media_type, "--data-binary", "@-",
          repository_url + "/manifests/" + name},
         manifest.bytes);
}

}  // namespace

void push_image(const std::string& registry_url, const std::string& repository,
                const MadeImage& image, const std::string& tag,
                const std::vector<std::string>& curl_args) {
    const std::string url = registry_url + "/v2/" + repository;
    for (const ImageBlob& blob : image.blobs) push_blob(url, blob, curl_args);
    for (const ImageBlob& manifest : image.manifests) {
        push_manifest(url, manifest, manifest.digest, curl_args);
    }
    if (!tag.empty()) push_manifest(url, image.manifests.back(), tag, curl_args);
}

void push_tags(const std::string& registry_url, const std::string& repository,
               const MadeImage& image, const std::vector<std::string>& tags) {
    const TempDir dir;
    dir.write("manifest", image.bytes());
    std::string config;
    for (const std::string& tag : tags) {
        if (!config.empty()) config += "next\n";
        config += "silent\nfail\nnoproxy = \"*\"\noutput = \"/dev/null\"\nupload-file = \"" +
                  (dir / "manifest") + "\"\nheader = \"Content-Type: " + image.media_type() +
                  "\"\nurl = \"" + registry_url + "/v2/" + repository + "/manifests/" + tag +
                  "\"\n";
    }
    run_tool({"curl", "-K", "-"}, config);
}

std::string pull_manifest(const std::string& registry_url, const std::string& repository,
                          const std::string& tag_or_digest,
                          const std::vector<std::string>& curl_args) {
    std::string accept = "Accept: application/vnd.oci.image.manifest.v1+json";
    accept += ", application/vnd.oci.image.index.v1+json";
    accept += ", application/vnd.docker.distribution.manifest.v2+json";
    accept += ", application/vnd.docker.distribution.manifest.list.v2+json";
    std::vector<std::string> args = {
        "curl", "-sS",  "--noproxy",
        "*",    "-w",   "%{http_code}",
        "-H",   accept, registry_url + "/v2/" + repository + "/manifests/" + tag_or_digest};
    args.insert(args.end(), curl_args.begin(), curl_args.end());
    std::string text = run_tool(args);
    const std::string status = text.substr(text.size() - 3);
    text.resize(text.size() - 3);
    if (status == "404") return "";
    if (status != "200") throw std::runtime_error("curl: " + status + ' ' + text);
    return text;
}

}  // namespace lockstep::testing
