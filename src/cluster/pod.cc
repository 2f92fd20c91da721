#include "cluster/pod.h"

#include <string>

#include "cluster/objects.h"
#include "http/url.h"

namespace lockstep::cluster {

Result<evidence::SeenPod> read_pod(Api& api, std::string_view name_space, std::string_view name) {
    const std::string target =
        "/api/v1/namespaces/" + http::escaped(name_space) + "/pods/" + http::escaped(name);
    return pod_of(TRY(json::parse(target, TRY(api.get(target)), wanted_of_pods())));
}

}  // namespace lockstep::cluster
