#include "cli/traced_pod.h"

#include <algorithm>

#include "cli/open_cluster.h"
#include "cluster/pod.h"

namespace lockstep::cli {

namespace {

/// Behind "pod/" or "pods/"; nothing elsewhere.
std::optional<std::string_view> behind_kind(std::string_view text) {
    for (const std::string_view kind : {"pod/", "pods/"})
        if (text.starts_with(kind)) return text.substr(kind.size());
    return std::nullopt;
}

std::vector<RunningImage> images_of(const evidence::SeenPod& pod) {
    std::vector<RunningImage> images;
    for (const evidence::SeenContainer& container : pod.containers) {
        if (container.image_id.empty()) continue;
        const auto same = std::ranges::find(images, container.image_id, &RunningImage::image_id);
        if (same == images.end())
            images.push_back({container.name, container.image_id});
        else
            same->containers += ", " + container.name;
    }
    return images;
}

}  // namespace

Result<std::optional<TracedPod>> traced_pod(std::string_view text, const Options& options) {
    const auto named = behind_kind(text);
    if (!named) return std::nullopt;
    if (options.offline)
        return fail(Error::Kind::usage, "a pod is read from a cluster, which --offline forbids",
                    "name the image that it runs");
    const std::size_t slash = named->find('/');
    const std::string_view name = named->substr(slash == std::string_view::npos ? 0 : slash + 1);
    if (name.empty() || name.contains('/') || slash == 0)
        return fail(Error::Kind::usage, '`' + std::string(text) + "` names no pod",
                    "write it as pod/NAME or pod/NAMESPACE/NAME");
    cluster::Api api = TRY(open_cluster(options));
    std::string name_space = api.access().name_space;
    if (options.namespaces.size() == 1) name_space = options.namespaces.front();
    if (slash != std::string_view::npos) name_space = named->substr(0, slash);
    const evidence::SeenPod pod = TRY(cluster::read_pod(api, name_space, name));
    TracedPod traced{pod.name_space, pod.name, images_of(pod)};
    if (traced.images.empty())
        return fail(
            Error::Kind::unavailable,
            "pod `" + pod.name_space + '/' + pod.name + "` says of no container what it runs",
            "its images may not be pulled yet");
    return traced;
}

}  // namespace lockstep::cli
