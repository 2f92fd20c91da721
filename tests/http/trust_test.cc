#include "http/trust.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "support/temp_dir.h"

namespace lockstep::http {
namespace {

TEST(Trust, IsWhatTheEnvironmentNames) {
    ::setenv("SSL_CERT_FILE", "/some/file", 1);
    EXPECT_EQ(system_trust().file, "/some/file");
    EXPECT_EQ(system_trust().directory, "");
    ::setenv("SSL_CERT_DIR", "/some/folder", 1);
    EXPECT_EQ(system_trust().file, "/some/file");
    EXPECT_EQ(system_trust().directory, "/some/folder");
    ::unsetenv("SSL_CERT_FILE");
    EXPECT_EQ(system_trust().file, "");
    ::unsetenv("SSL_CERT_DIR");
}

TEST(Trust, IsElseWhatTheDistributionHas) {
    EXPECT_EQ(system_trust().file, "/etc/ssl/certs/ca-certificates.crt");  // Debian's
    EXPECT_EQ(system_trust().directory, "");
}

TEST(Trust, GrowsByAuthorities) {
    const testing::TempDir folder;
    folder.write("system", "one");
    folder.write("a", "two");
    folder.write("b", "three");
    const Trust base = {.file = folder / "system", .directory = "/folder"};
    const Trust trust = with(base, {.authorities = {folder / "a", folder / "b"},
                                    .certificate = "c", .key = "k"})
                            .value();
    EXPECT_EQ(trust.bundle, "one\ntwo\nthree");
    EXPECT_EQ(trust.file, "");
    EXPECT_EQ(trust.directory, "/folder");
    EXPECT_EQ(trust.certificate, "c");
    EXPECT_EQ(trust.key, "k");
    const Trust same = with(base, {.certificate = "c", .key = ""}).value();
    EXPECT_EQ(same.file, base.file);
    EXPECT_EQ(same.bundle, "");
    EXPECT_EQ(with(base, {.authorities = {folder / "none"}}).error().kind, Error::Kind::not_found);
}

}  // namespace
}  // namespace lockstep::http
