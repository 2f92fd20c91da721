#include "verify/retired_registries.h"

#include <algorithm>
#include <array>

namespace lockstep::verify {

namespace {

using Kind = RetiredRegistry::Kind;

constexpr std::string_view gcr_source =
    "https://cloud.google.com/artifact-registry/docs/transition/setup-gcr-repo";
constexpr std::string_view gcr_what =
    "belonged to Container Registry until that was shut down on 2025-03-18, and is served for "
    "those only who moved to Artifact Registry";

constexpr RetiredRegistry gcr(std::string_view name) {
    return {name, Kind::moved, 1742256000, "2025-03-18", gcr_what, "", gcr_source};
}

constexpr std::array table{
    RetiredRegistry{".bintray.io", Kind::shut_down, 1619827200, "2021-05-01",
                    "was shut down on 2021-05-01", "",
                    "https://www.infoq.com/news/2021/02/jfrog-jcenter-bintray-closure/"},
    gcr("asia.gcr.io"),
    RetiredRegistry{"docker.pkg.github.com", Kind::moved, 0, "", "was replaced by ghcr.io",
                    "ghcr.io",
                    "https://docs.github.com/en/packages/working-with-a-github-packages-registry/"
                    "migrating-to-the-container-registry-from-the-docker-registry"},
    gcr("eu.gcr.io"),
    gcr("gcr.io"),
    RetiredRegistry{"k8s.gcr.io", Kind::frozen, 1680480000, "2023-04-03",
                    "was frozen on 2023-04-03", "registry.k8s.io",
                    "https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/"},
    gcr("us.gcr.io"),
};

}  // namespace

std::span<const RetiredRegistry> retired_registries() {
    return table;
}

const RetiredRegistry* find_retired(std::string_view registry) {
    const auto found = std::ranges::find_if(table, [&](const RetiredRegistry& each) {
        return each.name.starts_with('.') ? registry.ends_with(each.name) : registry == each.name;
    });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace lockstep::verify
