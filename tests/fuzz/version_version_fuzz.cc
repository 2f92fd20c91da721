// Lines of versions: what parses is written back as it was, and the order over all of them is
// consistent; what declares a version is taken apart without loss.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "version/discover.h"
#include "version/style.h"
#include "version/version.h"

namespace {

using namespace lockstep::version;

void check_text(std::string_view text, std::vector<Version>& versions) {
    const lockstep::Result<Version> version = Version::parse(text);
    if (version.has_value()) {
        CHECK(version->str() == text);
        CHECK(!version->numbers().empty());
        CHECK(*version <= version->core());
        CHECK(Version::parse(version->core().str()).has_value());
        if (versions.size() < 8) versions.push_back(*version);
    }
    const std::optional<Written> written = read_written(text);
    if (!written) return;
    CHECK(!is_floating(text));
    CHECK(written->prefix + written->version.str() + written->suffix == text);
    CHECK(expected_prefix({&*written, 1}, 0).size() <= written->prefix.size());
}

void check_order(const std::vector<Version>& versions) {
    for (const Version& a : versions)
        for (const Version& b : versions) {
            CHECK((a < b) == (b > a));
            CHECK((a == b) == (!(a < b) && !(b < a)));
            for (const Version& c : versions) CHECK(!(a <= b && b <= c) || a <= c);
        }
}

void check_discovery(const std::vector<std::string_view>& lines) {
    std::vector<TagFact> tags;
    for (const std::string_view line : lines) tags.push_back({line, {}, 0});
    const Discovery discovery = discover_releases(tags, lines.front());
    std::size_t placed = discovery.noise.size();
    for (const Family& family : discovery.releases) placed += family.members.size();
    for (const Family& family : discovery.others) placed += family.members.size();
    CHECK(placed == tags.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<Version> versions;
    std::vector<std::string_view> lines;
    while (lines.size() < 64) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        check_text(lines.back(), versions);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    check_order(versions);
    check_discovery(lines);
    return 0;
}
