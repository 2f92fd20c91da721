// What registries answered is kept: by digest for ever, by tag for as long as the user says.
#include <gtest/gtest.h>

#include "acceptance/registry_client.h"
#include "images/inspect.h"
#include "images/stores.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using images::Stores;
using testing::make_image;
using testing::RegistryServer;

class RegistryCache : public testing::OnRegistry {
  protected:
    void SetUp() override {
        OnRegistry::SetUp();
        if (IsSkipped()) return;
        server_.emplace(testing::RegistrySetup{.kind = GetParam()});
        push_image(server_->url(), "team/app", image_, "v1");
    }
    /// The digest that `v1` is, or the kind of error, asked by a program that begins anew.
    std::string asked(bool is_offline, std::chrono::seconds age) {
        Stores stores = value_of(Stores::open({.plain_http = {server_->name()},
                                               .offline = is_offline,
                                               .cache_directory = cache_ / "answers",
                                               .tag_age_max = age}));
        const images::Name name = value_of(images::parse_name(server_->name() + "/team/app:v1"));
        images::Store& store = *value_of(stores.of(name, Stores::Trust::user));
        const images::ManifestName names[] = {images::manifest_name(name)};
        const auto inspected = std::move(images::inspect(store, names).front());
        return inspected ? inspected->descriptor.digest.str() : to_string(inspected.error().kind);
    }
    std::size_t requests() const { return server_->requests().size(); }

    testing::TempDir cache_;
    testing::MadeImage image_ = make_image();
    std::optional<RegistryServer> server_;
};
INSTANTIATE_TEST_SUITE_P(On, RegistryCache, testing::distribution_kinds(), testing::kind_name);

TEST_P(RegistryCache, AsksOnceWithinTheAgeOfATag) {
    using namespace std::chrono_literals;
    EXPECT_EQ(asked(true, 1h), "unavailable");
    EXPECT_EQ(asked(false, 1h), image_.digest());
    const std::size_t before = requests();
    EXPECT_EQ(asked(false, 1h), image_.digest());
    EXPECT_EQ(asked(true, 0s), image_.digest());  // offline what is kept is all there is
    EXPECT_EQ(requests(), before);
    EXPECT_EQ(asked(false, 0s), image_.digest());
    EXPECT_GT(requests(), before);
    // Only the tag: what its digest names was kept.
    EXPECT_LE(requests(), before + 2);
}

TEST_P(RegistryCache, ATagThatMovedIsSeenOnceItsAgeIsOver) {
    using namespace std::chrono_literals;
    EXPECT_EQ(asked(false, 1h), image_.digest());
    const testing::MadeImage other = make_image({.seed = 2});
    push_image(server_->url(), "team/app", other, "v1");
    EXPECT_EQ(asked(false, 1h), image_.digest());
    EXPECT_EQ(asked(false, 0s), other.digest());
}

}  // namespace
}  // namespace lockstep
