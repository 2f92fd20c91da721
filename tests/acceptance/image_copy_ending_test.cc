// `lockstep image copy` that is ended by Ctrl-C half-way, and done again.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "os/subprocess.h"
#include "support/image_maker.h"
#include "support/raw_server.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::ImageBlob;
using testing::MadeImage;
using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

constexpr std::size_t layer_bytes = 24u << 20;

MadeImage large_image() {
    return testing::make_image({.layers = {layer_bytes, layer_bytes + 1}});
}

/// A registry that gives out one image, the large part of it drop by drop while it is `slow`.
class SlowRegistry {
  public:
    explicit SlowRegistry(MadeImage image)
        : image_(std::move(image)),
          server_([this](const RawRequest& request, RawConnection& c) { answer(request, c); }) {}

    std::string host_port() const { return server_.host_port(); }
    std::size_t bytes_given() const { return bytes_given_; }
    void hurry() { is_slow_ = false; }

  private:
    void answer(const RawRequest& request, RawConnection& connection) {
        const ImageBlob* const found = find(request.target);
        if (found == nullptr) {
            const bool is_root = request.target == "/v2/";
            connection.answer(is_root ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found",
                              is_root ? "{}" : R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})");
            return;
        }
        std::string head = "HTTP/1.1 200 OK\r\nContent-Type: " + found->media_type +
                           "\r\nDocker-Content-Digest: " + found->digest;
        const bool is_small = found->bytes.size() < layer_bytes;
        if (request.method == "GET" && (is_small || !is_slow_)) {
            connection.answer(head, found->bytes);
            return;
        }
        head += "\r\nContent-Length: " + std::to_string(found->bytes.size()) + "\r\n\r\n";
        if (!connection.write(head) || request.method == "HEAD") return;
        drip(found->bytes, connection);
    }

    /// Never more than half of it.
    void drip(std::string_view bytes, RawConnection& connection) {
        constexpr std::size_t drop = 256u << 10;
        for (std::size_t at = 0; at < bytes.size() / 2; at += drop) {
            if (!connection.write(bytes.substr(at, drop))) return;
            bytes_given_ += drop;
            if (!connection.pause(2ms)) return;
        }
        connection.pause(60s);
    }

    const ImageBlob* find(const std::string& target) const {
        for (const auto* list : {&image_.blobs, &image_.manifests})
            for (const ImageBlob& blob : *list)
                if (target.ends_with('/' + blob.digest)) return &blob;
        return target == "/v2/app/manifests/v1" ? &image_.manifests.back() : nullptr;
    }

    MadeImage image_;
    std::atomic<bool> is_slow_ = true;
    std::atomic<std::size_t> bytes_given_ = 0;
    RawServer server_;  // last: its handlers use what stands above
};

pid_t start(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    ::execv(LOCKSTEP_PROGRAM, argv.data());
    ::_exit(127);
}

void wait_until(const std::function<bool()>& is_so) {
    const auto deadline = steady_clock::now() + 20s;
    while (!is_so() && steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
    ASSERT_TRUE(is_so());
}

/// Where a layout has the layers.
std::vector<std::string> large_files(const MadeImage& image, const std::string& layout) {
    std::vector<std::string> files;
    for (const ImageBlob& blob : image.blobs)
        if (blob.bytes.size() >= layer_bytes)
            files.push_back(layout + "/blobs/sha256/" + blob.digest.substr(7));
    return files;
}

/// The program's own end, without waiting for what is under way.
void expect_end_by_interrupt(pid_t pid) {
    const auto begin = steady_clock::now();
    ::kill(pid, SIGINT);
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_LT(steady_clock::now() - begin, 20s);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

os::Captured lockstep(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), LOCKSTEP_PROGRAM);
    return os::run({.argv = std::move(arguments)}).value();
}

TEST(ImageCopyEnding, ADownloadEndsAtOnceAndLeavesNothingUnderTheName) {
    const testing::TempDir folder;
    const MadeImage image = large_image();
    SlowRegistry registry(image);
    const std::string source = registry.host_port() + "/app:v1";
    const std::string destination = "oci:" + folder / "copy" + ":v1";
    const std::vector<std::string> copy = {"image",     "copy",         source,
                                           destination, "--plain-http", registry.host_port()};

    std::vector<std::string> argv = copy;
    argv.insert(argv.begin(), "lockstep");
    const pid_t pid = start(argv);
    wait_until([&] { return registry.bytes_given() > (8u << 20); });
    expect_end_by_interrupt(pid);

    EXPECT_EQ(lockstep({"image", "digest", destination}).exit.code, 1);
    for (const std::string& file : large_files(image, folder / "copy"))
        EXPECT_FALSE(std::filesystem::exists(file)) << file;

    registry.hurry();
    const os::Captured again = lockstep(copy);
    EXPECT_EQ(again.exit.code, 0) << again.err;
    EXPECT_EQ(lockstep({"image", "digest", destination}).out, image.digest() + '\n');
    for (const std::string& file : large_files(image, folder / "copy"))
        EXPECT_GE(std::filesystem::file_size(file), layer_bytes) << file;
    EXPECT_EQ(lockstep({"image", "copy", destination, "oci:" + folder / "whole"}).exit.code, 0);
}

/// A registry that takes uploads in, as slowly as it likes, and remembers what was put.
class SlowTaker {
  public:
    SlowTaker()
        : server_([this](const RawRequest& request, RawConnection& c) { answer(request, c); },
                  {.reads_bodies = false}) {}

    std::string host_port() const { return server_.host_port(); }
    std::size_t bytes_taken() const { return bytes_taken_; }
    std::size_t manifests_put() const { return manifests_put_; }

  private:
    void answer(const RawRequest& request, RawConnection& connection) {
        if (request.method == "POST") {
            connection.answer("HTTP/1.1 202 Accepted\r\nLocation: /v2/app/blobs/uploads/1", "");
            return;
        }
        if (request.method == "PUT" && request.target.contains("/manifests/")) ++manifests_put_;
        if (request.method == "PUT" || request.method == "PATCH") return swallow(connection);
        connection.answer("HTTP/1.1 404 Not Found", R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})");
    }

    void swallow(RawConnection& connection) {
        std::vector<char> buffer(64u << 10);
        while (const std::size_t count = connection.read(buffer.data(), buffer.size())) {
            bytes_taken_ += count;
            if (bytes_taken_ > (4u << 20) && !connection.pause(60s)) return;
        }
        connection.answer("HTTP/1.1 201 Created", "");
    }

    std::atomic<std::size_t> bytes_taken_ = 0, manifests_put_ = 0;
    RawServer server_;
};

TEST(ImageCopyEnding, AnUploadEndsAtOnceAndPutsNoName) {
    const testing::TempDir folder;
    testing::write_layout(folder / "images", large_image(), "v1");
    SlowTaker registry;
    const pid_t pid =
        start({"lockstep", "image", "copy", "oci:" + folder / "images" + ":v1",
               registry.host_port() + "/app:v1", "--plain-http", registry.host_port()});
    wait_until([&] { return registry.bytes_taken() > (4u << 20); });
    expect_end_by_interrupt(pid);
    EXPECT_EQ(registry.manifests_put(), 0u);
}

}  // namespace
}  // namespace lockstep
