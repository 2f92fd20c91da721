#include "cluster/api.h"

#include <atomic>

#include "cluster/api_server.h"
#include "os/file.h"
#include "support/temp_dir.h"

namespace lockstep::cluster {
namespace {

using testing::RawConnection;
using testing::RawRequest;
using testing::TempDir;

std::string text_of(const Result<std::string>& result) {
    return result ? *result : to_string(result.error());
}

std::string asked(Access access) {
    Api api = Api::open(std::move(access)).value();
    return text_of(api.get("/api"));
}

void make_program(const std::string& path, const std::string& script) {
    ASSERT_TRUE(os::write_file(path, "#!/bin/sh\n" + script));
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

TEST(Api, SendsWhoAsks) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        answer(connection, 200,
               request.header("Authorization") + "|" + request.header("Accept") + "|" +
                   request.header("Impersonate-User") + "|" + request.header("Impersonate-Group"));
    });
    Access access = server.access();
    EXPECT_EQ(asked(access), "|application/json||");
    access.user.token = "t0k";
    access.user.acts_as = "jane";
    access.user.acts_as_groups = {"dev"};
    EXPECT_EQ(asked(access), "Bearer t0k|application/json|jane|dev");
    access.user = {.name = "me", .password = "pw"};
    EXPECT_EQ(asked(access), "Basic bWU6cHc=|application/json||");
}

TEST(Api, ShowsItsCertificate) {
    ApiServer server(
        [](const RawRequest& request, RawConnection& connection) {
            answer(connection, 200, request.header("X-Client"));
        },
        "IP:127.0.0.1", /*wants_certificate=*/true);
    const auto pair = server.authority().issue("jane");
    Access access = server.access();
    access.user.certificate_file = pair.certificate;
    access.user.key_file = pair.key;
    EXPECT_EQ(asked(access), "CN=jane");
    Access inline_data = server.access();
    inline_data.user.certificate_data = os::read_file(pair.certificate).value();
    inline_data.user.key_data = os::read_file(pair.key).value();
    inline_data.server.authority_data = os::read_file(access.server.authority_file).value();
    inline_data.server.authority_file.clear();
    EXPECT_EQ(asked(inline_data), "CN=jane");
    EXPECT_NE(asked(server.access()), "CN=jane");
}

TEST(Api, BelievesTheClustersAuthorityAlone) {
    ApiServer server(
        [](const RawRequest&, RawConnection& connection) { answer(connection, 200, "fine"); });
    const testing::CertificateAuthority other;
    Access access = server.access();
    access.server.authority_file = other.file();
    Api api = Api::open(access).value();
    EXPECT_EQ(api.get("/api").error().kind, Error::Kind::denied);
    access.server.is_insecure = true;
    EXPECT_EQ(asked(access), "fine");
}

TEST(Api, ExpectsTheCertificateOfAnotherName) {
    ApiServer server(
        [](const RawRequest&, RawConnection& connection) { answer(connection, 200, "fine"); },
        "DNS:api.internal");
    Access access = server.access();
    EXPECT_NE(asked(access), "fine");
    access.server.server_name = "api.internal";
    EXPECT_EQ(asked(access), "fine");
    access.server.server_name = "api.external";
    EXPECT_NE(asked(access), "fine");
}

TEST(Api, SaysWhatTheClusterRefuses) {
    ApiServer server([](const RawRequest& request, RawConnection& connection) {
        if (request.target == "/forbidden")
            answer(connection, 403,
                   status(403, "Forbidden", "pods is forbidden: User \\\"jane\\\" cannot list"));
        else if (request.target == "/html")
            answer(connection, 502, "<html>proxy</html>");
        else
            answer(connection, 401, status(401, "Unauthorized", "Unauthorized"));
    });
    Access access = server.access();
    access.user.token = "sEcReT";
    Api api = Api::open(access, {.exchange_timeout = std::chrono::milliseconds(300)}).value();
    const Error forbidden = api.get("/forbidden").error();
    EXPECT_EQ(forbidden.message,
              "the cluster answers 403: pods is forbidden: User \"jane\" cannot list");
    EXPECT_EQ(forbidden.kind, Error::Kind::denied);
    EXPECT_EQ(api.get("/html").error().kind, Error::Kind::unavailable);
    EXPECT_EQ(text_of(api.get("/who")), "the cluster answers 401: Unauthorized");
}

TEST(Api, WaitsAsLongAsItIsAskedTo) {
    std::atomic<int> asked_for = 0;
    ApiServer server([&](const RawRequest&, RawConnection& connection) {
        if (++asked_for == 1)
            answer(connection, 429, status(429, "TooManyRequests", "later"), "\r\nRetry-After: 0");
        else
            answer(connection, 200, "fine");
    });
    EXPECT_EQ(asked(server.access()), "fine");
}

TEST(Api, TakesATokenThatWasRotated) {
    const TempDir folder;
    folder.write("token", "old\n");
    std::string good = "Bearer old";
    ApiServer server([&](const RawRequest& request, RawConnection& connection) {
        const bool is_good = request.header("Authorization") == good;
        answer(connection, is_good ? 200 : 401, is_good ? "fine" : status(401, "Unauthorized", ""));
    });
    Access access = server.access();
    access.user.token_file = folder / "token";
    Api api = Api::open(access).value();
    EXPECT_EQ(text_of(api.get("/")), "fine");
    good = "Bearer new";
    folder.write("token", "new\n");
    EXPECT_EQ(text_of(api.get("/")), "fine");
    EXPECT_EQ(server.requests().size(), 3u);
}

TEST(Api, RunsThePluginAgainWhereItsTokenIsRefused) {
    const TempDir folder;
    make_program(
        folder / "login",
        "echo run >>" + (folder / "runs") +
            "\ncase $KUBERNETES_EXEC_INFO in *'\"server\":\"https://'*) ;; *) exit 9;; "
            "esac\nprintf '{\"kind\":\"ExecCredential\",\"apiVersion\":"
            "\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"%s\"}}' \"$(wc -l "
            "<" +
            (folder / "runs") + " | tr -d ' ')\"\n");
    std::string good = "Bearer 1";
    ApiServer server([&](const RawRequest& request, RawConnection& connection) {
        const bool is_good = request.header("Authorization") == good;
        answer(connection, is_good ? 200 : 401, is_good ? "fine" : status(401, "Unauthorized", ""));
    });
    Access access = server.access();
    access.user.plugin = Plugin{.api_version = "client.authentication.k8s.io/v1",
                                .command = folder / "login",
                                .wants_cluster = true};
    Api api = Api::open(access).value();
    EXPECT_EQ(text_of(api.get("/")), "fine");
    EXPECT_EQ(text_of(api.get("/")), "fine");
    good = "Bearer 2";
    EXPECT_EQ(text_of(api.get("/")), "fine");
    EXPECT_EQ(os::read_file(folder / "runs").value(), "run\nrun\n");
}

TEST(Api, SaysWhyThereAreNoCredentials) {
    const TempDir folder;
    make_program(folder / "broken", "echo one >&2; echo 'log in first' >&2; exit 3\n");
    Access access;
    access.server.url = "https://127.0.0.1:1";
    access.user.plugin =
        Plugin{.api_version = "client.authentication.k8s.io/v1", .command = folder / "broken"};
    EXPECT_EQ(asked(access), "`" + (folder / "broken") +
                                 "`, which the kubeconfig names for credentials, ended with exit "
                                 "status 3: log in first");
    access.user.plugin->api_version = "client.authentication.k8s.io/v1alpha1";
    EXPECT_EQ(asked(access),
              "`exec` of the kubeconfig speaks `client.authentication.k8s.io/v1alpha1`, not "
              "client.authentication.k8s.io/v1 or v1beta1");
    access.user.plugin.reset();
    access.user.unsupported = "auth-provider";
    EXPECT_EQ(asked(access), "the user of this context has `auth-provider`, which is not read");
}

TEST(Api, GoesByTheProxyOfItsCluster) {
    testing::RawServer proxy([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 403 No", "");
    });
    Access access;
    access.server.url = "https://api.internal:6443";
    access.server.proxy = proxy.url();
    Api api = Api::open(access, {.exchange_timeout = std::chrono::milliseconds(200)}).value();
    EXPECT_EQ(api.get("/api").error().kind, Error::Kind::unavailable);
    ASSERT_FALSE(proxy.requests().empty());
    EXPECT_EQ(proxy.requests()[0].method, "CONNECT");
    EXPECT_EQ(proxy.requests()[0].target, "api.internal:6443");
}

TEST(Api, EndsAStreamWhenItIsTold) {
    ApiServer server([](const RawRequest&, RawConnection& connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
        connection.pause(std::chrono::seconds(30));
        connection.close();
    });
    /// Tells it to end as soon as something comes.
    struct Ender final : http::Sink {
        std::stop_source source;
        Result<bool> write(std::string_view) override {
            source.request_stop();
            return true;
        }
    } sink;
    Api api = Api::open(server.access()).value();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto ended =
        api.stream("/", sink, {.deadline = deadline, .stop = sink.source.get_token()});
    EXPECT_EQ(ended.error().kind, Error::Kind::unavailable);
    EXPECT_LT(std::chrono::steady_clock::now(), deadline);
}

TEST(Api, SendsNoSecretInTheClear) {
    Access access;
    access.server.url = "http://127.0.0.1:1";
    EXPECT_TRUE(Api::open(access));
    access.user.token = "sEcReT";
    EXPECT_EQ(Api::open(access).error().kind, Error::Kind::denied);
    access.server.url = "https://user:sEcReT@host";
    const Error error = Api::open(access).error();
    EXPECT_EQ(error.message, "the kubeconfig's `server` is no URL");
}

}  // namespace
}  // namespace lockstep::cluster
