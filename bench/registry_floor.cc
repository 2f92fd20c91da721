// The floor of `image digest`: the same HEAD requests over as many connections, whose answers are
// read to their end and thrown away. Load generators such as wrk wait for the body that the length
// of an answer to HEAD promises.
// bench_registry_floor PORT CONNECTIONS FILE: each line of FILE is a path; on 127.0.0.1.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Connection {
    int socket = -1;
    std::string received = {};
};

int connect_to(int port) {
    const int connected = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(connected, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(connected, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) exit(1);
    return connected;
}

void ask(const Connection& connection, const std::string& path) {
    const std::string request =
        "HEAD " + path +
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: floor\r\nAccept: "
        "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, "
        "application/vnd.docker.distribution.manifest.v2+json, "
        "application/vnd.docker.distribution.manifest.list.v2+json\r\n\r\n";
    ::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL);
}

/// Whether an answer is there, whole; ends the program at one that is not 200.
bool has_answer(Connection& connection) {
    char buffer[4096];
    const ssize_t got = ::recv(connection.socket, buffer, sizeof buffer, 0);
    if (got <= 0) exit(1);
    connection.received.append(buffer, static_cast<std::size_t>(got));
    if (!connection.received.ends_with("\r\n\r\n")) return false;
    if (!connection.received.starts_with("HTTP/1.1 200 ")) exit(1);
    connection.received.clear();
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    std::vector<std::string> paths;
    std::ifstream file(argv[3]);
    for (std::string line; std::getline(file, line);) paths.push_back(line);

    std::vector<Connection> connections;
    std::vector<pollfd> polled;
    std::size_t asked = 0, answered = 0;
    for (int left = std::atoi(argv[2]); left > 0 && asked < paths.size(); --left) {
        connections.push_back({.socket = connect_to(std::atoi(argv[1]))});
        polled.push_back({.fd = connections.back().socket, .events = POLLIN, .revents = 0});
        ask(connections.back(), paths[asked++]);
    }
    while (answered < paths.size()) {
        if (::poll(polled.data(), polled.size(), -1) < 0) return 1;
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents == 0 || !has_answer(connections[i])) continue;
            ++answered;
            if (asked < paths.size()) ask(connections[i], paths[asked++]);
        }
    }
    std::printf("%zu answers\n", answered);
    return 0;
}
