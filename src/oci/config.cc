#include <utility>

#include "json/parse.h"
#include "oci/descriptor.h"
#include "oci/manifest.h"
#include "oci/members.h"

namespace lockstep::oci {

Result<Config> parse_config(std::string name, std::string_view bytes) {
    const json::Value value =
        TRY(json::parse(name, bytes, {.bytes = config_bytes_max, .values = 500'000, .depth = 50}));
    const Members members = TRY(Members::of(value, std::move(name), ""));
    Config config;
    config.platform = TRY(read_platform(members));
    config.created = TRY(members.text("created"));
    if (const std::optional<Members> inner = TRY(members.object("config")))
        config.labels = TRY(inner->texts_by_name("Labels"));
    if (const std::optional<Members> root = TRY(members.object("rootfs")))
        config.diff_ids = TRY(root->texts("diff_ids"));
    return config;
}

}  // namespace lockstep::oci
