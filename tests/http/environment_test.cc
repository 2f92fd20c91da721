// The tests of this folder run without the proxies and certificates that the environment names.
#include <gtest/gtest.h>
#include <stdlib.h>

namespace lockstep::http {
namespace {

class CleanEnvironment final : public ::testing::Environment {
  public:
    void SetUp() override {
        for (const char* name :
             {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
              "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"})
            ::unsetenv(name);
    }
};

const ::testing::Environment* const clean_environment =
    ::testing::AddGlobalTestEnvironment(new CleanEnvironment);

}  // namespace
}  // namespace lockstep::http
