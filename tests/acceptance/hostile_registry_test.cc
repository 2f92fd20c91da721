// Registries that lie, loop, drip and never end. Each answer has a kind, an end in time, and takes
// no secret with it.
#include <gtest/gtest.h>
#include <stdlib.h>

#include "acceptance/registry_client.h"
#include "support/peer.h"
#include "support/raw_server.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;
using namespace std::string_literals;

constexpr const char* repository = "team/app";
constexpr const char* ok = "HTTP/1.1 200 OK";
constexpr const char* manifest_type = "application/vnd.oci.image.manifest.v1+json";

std::string typed(const std::string& media_type) {
    return ok + "\r\nContent-Type: "s + media_type;
}

/// A registry that answers "/v2/" and leaves all else to `rest`.
RawServer::Handler registry(RawServer::Handler rest) {
    return [rest = std::move(rest)](const RawRequest& request, RawConnection& connection) {
        if (request.target == "/v2/")
            connection.answer(ok + "\r\nDocker-Distribution-Api-Version: registry/2.0"s, "{}");
        else
            rest(request, connection);
    };
}

/// The credentials "alice:s3cret" for a host.
images::Credentials alice_at(const std::string& host) {
    const testing::TempDir home;
    home.write("config.json", "{\"auths\":{\"" + host + "\":{\"auth\":\"" +
                                  testing::run_tool({"base64", "-w0"}, "alice:s3cret") + "\"}}}");
    ::setenv("DOCKER_CONFIG", home.path().c_str(), 1);
    ::unsetenv("REGISTRY_AUTH_FILE");
    ::unsetenv("XDG_RUNTIME_DIR");
    return value_of(images::Credentials::from_environment());
}

/// Whether anything that says who we are came to `server`.
bool has_seen_credentials(const RawServer& server) {
    for (const RawRequest& request : server.requests()) {
        if (!request.header("Authorization").empty()) return true;
        if (request.target.contains("s3cret") || request.target.contains("czNjcmV0")) return true;
    }
    return false;
}

/// What reading the manifest of `tag_or_digest` comes to where the server answers GET with `rest`.
std::string outcome_of_manifest(const std::string& tag_or_digest, RawServer::Handler rest) {
    const RawServer server(registry(std::move(rest)));
    RegistryClient client(server.host_port());
    const auto resolved = outcome_of(client.resolve(repository, tag_or_digest));
    const auto read = outcome_of(client.read_manifest(repository, tag_or_digest));
    return resolved == read ? read : resolved + ", " + read;
}

class HostileRegistry : public ::testing::Test {
  protected:
    const MadeImage image_ = make_image();
    const MadeImage other_ = make_image({.seed = 2});
};

TEST_F(HostileRegistry, OtherBytesThanTheDigestSays) {
    const auto handler = [&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
        connection.answer(typed(manifest_type), other_.bytes());
    };
    EXPECT_EQ(outcome_of_manifest(image_.digest(), handler), "corrupt");
}

TEST_F(HostileRegistry, ALyingDigestHeader) {
    const auto handler = [&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
        connection.answer(typed(manifest_type) + "\r\nDocker-Content-Digest: " + image_.digest(),
                          other_.bytes());
    };
    EXPECT_EQ(outcome_of_manifest("v1", handler), "corrupt");
}

TEST_F(HostileRegistry, ADigestHeaderThatIsNone) {
    const RawServer server(registry([&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") {
            connection.write(
                typed(manifest_type) +
                "\r\nDocker-Content-Digest: sha256:../../x\r\nContent-Length: 9\r\n\r\n");
        } else {
            connection.answer(typed(manifest_type), image_.bytes());
        }
    }));
    RegistryClient client(server.host_port());
    const auto resolved = client.resolve(repository, "v1");
    if (resolved) EXPECT_EQ(resolved->digest.str(), image_.digest());
    EXPECT_NE(outcome_of(resolved), "not found");
}

TEST_F(HostileRegistry, AManifestOfAnotherType) {
    const auto handler = [&](const RawRequest&, RawConnection& connection) {
        connection.answer(typed("text/html"), "<html>Log in, please</html>");
    };
    EXPECT_EQ(outcome_of_manifest("v1", handler), "invalid");
}

TEST_F(HostileRegistry, AnEndlessManifest) {
    const std::string filler(65536, ' ');
    for (const char* length : {"", "\r\nContent-Length: 1073741824"}) {
        const auto handler = [&](const RawRequest& request, RawConnection& connection) {
            if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
            connection.write(typed(manifest_type) + length + "\r\nConnection: close\r\n\r\n");
            while (connection.write(filler)) continue;
        };
        EXPECT_EQ(outcome_of_manifest("v1", handler), "invalid") << length;
    }
}

TEST_F(HostileRegistry, AManifestThatIsNestedDeep) {
    const std::string deep = "{\"manifests\":"s + std::string(100'000, '[');
    const auto handler = [&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
        connection.answer(typed(manifest_type), deep);
    };
    EXPECT_EQ(outcome_of_manifest("v1", handler), "invalid");
}

TEST_F(HostileRegistry, AManifestThatIsCut) {
    const auto handler = [&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
        connection.write(typed(manifest_type) + "\r\nContent-Length: 1000\r\n\r\n{\"schema");
        connection.close();
    };
    const std::string outcome = outcome_of_manifest(image_.digest(), handler);
    EXPECT_TRUE(outcome == "invalid" || outcome == "unavailable") << outcome;
}

TEST_F(HostileRegistry, AManifestThatDrips) {
    const RawServer server(registry([&](const RawRequest& request, RawConnection& connection) {
        if (request.method == "HEAD") return void(connection.answer("HTTP/1.1 405 No", ""));
        connection.write(typed(manifest_type) + "\r\nContent-Length: 1000\r\n\r\n");
        while (connection.write(" ") && connection.pause(std::chrono::milliseconds(50))) continue;
    }));
    http::Options http = RegistryClient::impatient();
    http.exchange_timeout = std::chrono::seconds(1);
    RegistryClient client(server.host_port(), RegistryClient::plain(), {}, http);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome_of(client.read_manifest(repository, "v1")), "unavailable");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
}

TEST_F(HostileRegistry, RedirectsThatLoop) {
    const RawServer server(registry([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 307 Round\r\nLocation: " + request.target + "x", "");
    }));
    RegistryClient client(server.host_port());
    EXPECT_EQ(outcome_of(client.read_manifest(repository, "v1")), "invalid");
    EXPECT_LE(server.requests().size(), 8u);
}

TEST_F(HostileRegistry, ABlobOfOtherBytes) {
    const std::string& bytes = image_.blobs.front().bytes;
    const std::string bodies[] = {std::string(bytes.size(), 'x'), bytes + "x",
                                  bytes.substr(0, bytes.size() - 1), ""};
    for (const std::string& body : bodies) {
        const RawServer server(registry([&](const RawRequest&, RawConnection& connection) {
            connection.answer(typed("application/octet-stream"), body);
        }));
        RegistryClient client(server.host_port());
        EXPECT_EQ(outcome_of(client.read_blob(repository, descriptor_of(image_.blobs.front()))),
                  "corrupt")
            << body.size();
    }
}

TEST_F(HostileRegistry, A404OfWhatIsNoRegistry) {
    const RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", "<h1>Nothing</h1>");
    });
    RegistryClient client(server.host_port());
    EXPECT_EQ(outcome_of(client.resolve(repository, "v1")), "unavailable");
    EXPECT_EQ(outcome_of(client->tags(repository)), "unavailable");
}

TEST_F(HostileRegistry, TagsThatGoRoundInACircle) {
    const RawServer server(registry([](const RawRequest&, RawConnection& connection) {
        connection.answer(
            typed("application/json") + "\r\nLink: </v2/team/app/tags/list?last=b>; rel=\"next\"",
            R"({"name":"team/app","tags":["a","b"]})");
    }));
    RegistryClient client(server.host_port());
    EXPECT_EQ(value_of(client->tags(repository)), (std::vector<std::string>{"a", "b"}));
    EXPECT_LE(server.requests().size(), 3u);
}

TEST_F(HostileRegistry, TagsThatNeverEnd) {
    std::atomic<int> page = 0;
    const RawServer server(registry([&](const RawRequest&, RawConnection& connection) {
        const int number = page++;
        std::string tags;
        for (int tag = 0; tag < 10'000; ++tag)
            tags += (tag == 0 ? "\"" : ",\"") + std::to_string(number * 10'000 + tag) + '"';
        connection.answer(
            typed("application/json") + "\r\nLink: </v2/team/app/tags/list?last=9>; rel=\"next\"",
            "{\"tags\":[" + tags + "]}");
    }));
    RegistryClient client(server.host_port());
    EXPECT_EQ(outcome_of(client->tags(repository)), "invalid");
}

TEST_F(HostileRegistry, ANextPageElsewhereSeesNoCredentials) {
    const RawServer elsewhere([](const RawRequest&, RawConnection& connection) {
        connection.answer(typed("application/json"), R"({"tags":["stolen"]})");
    });
    const RawServer server(registry([&](const RawRequest& request, RawConnection& connection) {
        if (request.header("Authorization").empty()) {
            connection.answer("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"", "");
        } else {
            connection.answer(typed("application/json") + "\r\nLink: <" + elsewhere.url("/v2/x") +
                                  ">; rel=\"next\"",
                              R"({"tags":["a"]})");
        }
    }));
    RegistryClient client(server.host_port(), RegistryClient::plain(),
                          alice_at(server.host_port()));
    const auto tags = client->tags(repository);
    EXPECT_TRUE(has_seen_credentials(server));
    EXPECT_FALSE(has_seen_credentials(elsewhere));
}

TEST_F(HostileRegistry, NeverContentWithAToken) {
    std::string realm;
    const RawServer server([&](const RawRequest& request, RawConnection& connection) {
        if (request.target.starts_with("/token"))
            connection.answer(typed("application/json"), R"({"token":"t"})");
        else
            connection.answer("HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer realm=\"" + realm +
                                  "\",service=\"x\",scope=\"repository:team/app:pull\"",
                              "");
    });
    realm = server.url("/token");
    RegistryClient client(server.host_port(), RegistryClient::plain(),
                          alice_at(server.host_port()));
    EXPECT_EQ(outcome_of(client.resolve(repository, "v1")), "denied");
    EXPECT_LE(server.requests().size(), 8u);
}

TEST_F(HostileRegistry, ARealmAtAPrivateAddressElsewhereIsNotAsked) {
    const RawServer elsewhere(
        [](const RawRequest&, RawConnection& connection) {
            connection.answer(typed("application/json"), R"({"token":"t"})");
        },
        {.address = "127.0.0.2"});
    const RawServer server([&](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 401 Who\r\nWWW-Authenticate: Bearer realm=\"" +
                              elsewhere.url("/token") + "\",service=\"x\"",
                          "");
    });
    RegistryClient client(server.host_port(), RegistryClient::plain(),
                          alice_at(server.host_port()));
    EXPECT_EQ(outcome_of(client.resolve(repository, "v1")), "denied");
    EXPECT_EQ(elsewhere.requests().size(), 0u);
}

TEST_F(HostileRegistry, ABlobElsewhereIsFetchedWithoutCredentials) {
    const RawServer elsewhere(
        [&](const RawRequest&, RawConnection& connection) {
            connection.answer(typed("application/octet-stream"), image_.blobs.front().bytes);
        },
        {.address = "127.0.0.2"});
    const RawServer server(registry([&](const RawRequest& request, RawConnection& connection) {
        if (request.header("Authorization").empty()) {
            connection.answer("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"", "");
        } else {
            connection.answer("HTTP/1.1 307 There\r\nLocation: " + elsewhere.url("/blob"), "");
        }
    }));
    const oci::Descriptor blob = descriptor_of(image_.blobs.front());
    RegistryClient cautious(server.host_port(), RegistryClient::plain(),
                            alice_at(server.host_port()));
    EXPECT_EQ(outcome_of(cautious.read_blob(repository, blob)), "denied");
    EXPECT_EQ(elsewhere.requests().size(), 0u);

    http::Options http = RegistryClient::impatient();
    http.may_reach_private = true;
    RegistryClient client(server.host_port(), RegistryClient::plain(), alice_at(server.host_port()),
                          http);
    EXPECT_EQ(value_of(client.read_blob(repository, blob)), image_.blobs.front().bytes);
    EXPECT_EQ(elsewhere.requests().size(), 1u);
    EXPECT_FALSE(has_seen_credentials(elsewhere));
}

TEST_F(HostileRegistry, AnUploadElsewhereSeesNoCredentials) {
    const RawServer elsewhere(
        [](const RawRequest&, RawConnection& connection) {
            connection.answer("HTTP/1.1 201 Created", "");
        },
        {.address = "127.0.0.2"});
    const RawServer server(registry([&](const RawRequest& request, RawConnection& connection) {
        if (request.header("Authorization").empty())
            connection.answer("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"", "");
        else if (request.method == "POST")
            connection.answer("HTTP/1.1 202 There\r\nLocation: " + elsewhere.url("/up"), "");
        else
            connection.answer("HTTP/1.1 404 Not Found\r\nContent-Type: application/json",
                              R"({"errors":[{"code":"BLOB_UNKNOWN"}]})");
    }));
    for (const bool may_reach_private : {false, true}) {
        http::Options http = RegistryClient::impatient();
        http.may_reach_private = may_reach_private;
        RegistryClient client(server.host_port(), RegistryClient::plain(),
                              alice_at(server.host_port()), http);
        TextSource source(image_.blobs.front().bytes);
        const auto written =
            client->write_blob(repository, descriptor_of(image_.blobs.front()), source);
        EXPECT_EQ(outcome_of(written), may_reach_private ? "ok" : "denied");
        EXPECT_EQ(elsewhere.requests().size(), may_reach_private ? 1u : 0u);
    }
    EXPECT_TRUE(has_seen_credentials(server));
    EXPECT_FALSE(has_seen_credentials(elsewhere));
}

}  // namespace
}  // namespace lockstep
