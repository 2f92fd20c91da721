#include "workspace/remote_files.h"

#include <gtest/gtest.h>

#include "support/raw_server.h"

namespace lockstep::workspace {
namespace {

using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

void serve(const RawRequest& request, RawConnection& connection) {
    if (request.target == "/a.yaml")
        connection.answer("HTTP/1.1 200 OK", "kind: A\n");
    else
        connection.answer("HTTP/1.1 404 Not Found", "nothing here");
}

constexpr RemoteFiles::Options allowed = {
    .fetch = true, .offline = false, .may_reach_private = true};

std::string outcome(RemoteFiles& files, const std::string& url) {
    const Result<Blob> file = files.load(url);
    return file ? **file : std::string(to_string(file.error().kind)) + ": " + file.error().message;
}

TEST(RemoteFiles, AreAskedForOnce) {
    const RawServer server(serve);
    RemoteFiles files(allowed);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(outcome(files, server.url("/a.yaml")), "kind: A\n");
        EXPECT_EQ(outcome(files, server.url("/b.yaml")),
                  "not found: HTTP Error: status code 404 (Not Found)");
    }
    EXPECT_EQ(server.requests().size(), 2u);
}

// The address stands in somebody's repository.
TEST(RemoteFiles, DoNotLeadIntoAPrivateNetwork) {
    const RawServer server(serve);
    RemoteFiles files({.fetch = true, .offline = false, .may_reach_private = false});
    EXPECT_TRUE(outcome(files, server.url("/a.yaml")).starts_with("denied: "));
    EXPECT_TRUE(server.requests().empty());
}

TEST(RemoteFiles, AreNotFetchedUnasked) {
    const RawServer server(serve);
    RemoteFiles silent({});
    EXPECT_EQ(outcome(silent, server.url("/a.yaml")),
              "unavailable: remote file `" + server.url("/a.yaml") + "` was not fetched");
    RemoteFiles offline({.fetch = true, .offline = true, .may_reach_private = true});
    EXPECT_EQ(outcome(offline, server.url("/a.yaml")),
              "unavailable: remote file `" + server.url("/a.yaml") + "` was not fetched");
    EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace lockstep::workspace
