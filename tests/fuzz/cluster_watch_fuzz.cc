// What a cluster sends: a watch, of which it may not matter where it was cut, and objects in it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "cluster/objects.h"
#include "cluster/watch.h"

namespace {

using namespace lockstep;

std::string seen_in(std::string_view stream, std::size_t cut) {
    std::string seen;
    cluster::WatchReader reader(cluster::wanted_of_pods(), [&](const cluster::WatchEvent& event) {
        const evidence::SeenPod pod = cluster::pod_of(event.object);
        const evidence::SeenWorkload workload = cluster::workload_of("CronJob", event.object);
        seen += event.version + pod.name_space + "/" + pod.name + " " +
                std::to_string(pod.containers.size()) + " " + workload.name + ";";
        return Result<void>();
    });
    for (const std::string_view part : {stream.substr(0, cut), stream.substr(cut)}) {
        const Result<bool> taken = reader.write(part);
        if (!taken) return seen + to_string(taken.error());
    }
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view stream(reinterpret_cast<const char*>(data), size);
    CHECK(seen_in(stream, 0) == seen_in(stream, size / 2));
    return 0;
}
