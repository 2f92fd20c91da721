#include "support/git_http_server.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "os/environment.h"
#include "support/git_repo.h"

namespace lockstep::testing {

namespace {

constexpr const char* program = R"(
import base64, http.server, os, subprocess, sys

root, log_path, user, password, everybody_reads = sys.argv[1:]
secret = 'Basic ' + base64.b64encode((user + ':' + password).encode()).decode()

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def body(self):
        if self.headers.get('Transfer-Encoding', '').lower() != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length') or 0))
        parts = []
        while size := int(self.rfile.readline().split(b';')[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b''.join(parts)

    def may(self):
        if not user or self.headers.get('Authorization') == secret:
            return True
        return everybody_reads == 'yes' and 'git-receive-pack' not in self.path

    def say(self, status, fields, body):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self):
        with open(log_path, 'a') as log:
            log.write(self.command + ' ' + self.path + '\n')
        body = self.body()
        if not self.may():
            return self.say(401, [('WWW-Authenticate', 'Basic realm="git"')], b'')
        path, _, query = self.path.partition('?')
        result = subprocess.run(['git', 'http-backend'], input=body, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, env=dict(os.environ,
            GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL='1', REMOTE_ADDR='127.0.0.1',
            PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=self.command,
            CONTENT_TYPE=self.headers.get('Content-Type') or '', CONTENT_LENGTH=str(len(body)),
            HTTP_CONTENT_ENCODING=self.headers.get('Content-Encoding') or '',
            GIT_PROTOCOL=self.headers.get('Git-Protocol') or ''))
        head, _, rest = result.stdout.partition(b'\r\n\r\n')
        fields = [line.split(': ', 1) for line in head.decode().split('\r\n') if line]
        status = [value for name, value in fields if name == 'Status']
        self.say(int(status[0][:3]) if status else 200,
                 [field for field in fields if field[0] not in ('Status', 'Content-Length')], rest)
    do_GET = do_POST = answer

    def log_message(self, *_):
        pass

class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

server = Server(('127.0.0.1', 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
)";

os::Subprocess start(const TempDir& dir, const std::string& root, const GitHttpSetup& setup) {
    dir.write("serve.py", program);
    // What git reads of the user's configuration is not for the server either.
    auto started = os::Subprocess::start(
        {.argv = {"python3", dir / "serve.py", root, dir / "requests", setup.user, setup.password,
                  setup.everybody_reads ? "yes" : "no"},
         .set = {{"GIT_CONFIG_NOSYSTEM", "1"}, {"GIT_CONFIG_GLOBAL", "/dev/null"}}},
        {});
    if (!started) throw std::runtime_error(to_string(started.error()));
    return std::move(*started);
}

std::string first_line(const os::Subprocess& server) {
    std::string line;
    pollfd ready{.fd = server.out.number(), .events = POLLIN, .revents = 0};
    while (!line.ends_with('\n') && ::poll(&ready, 1, 30'000) == 1) {
        std::array<char, 64> bytes;
        const ssize_t count = ::read(ready.fd, bytes.data(), bytes.size());
        if (count <= 0) break;
        line.append(bytes.data(), static_cast<std::size_t>(count));
    }
    if (!line.ends_with('\n')) throw std::runtime_error("the git server did not start");
    line.pop_back();
    return line;
}

}  // namespace

bool GitHttpServer::is_possible() {
    return os::find_program("python3").has_value();
}

GitHttpServer::GitHttpServer(std::string root, const GitHttpSetup& setup)
    : root_(std::move(root)), server_(start(dir_, root_, setup)), port_(first_line(server_)) {}

std::string GitHttpServer::make_repository(const std::string& name,
                                           const std::vector<std::string>& init_args) const {
    const std::string folder = root_ + '/' + name;
    std::filesystem::create_directories(folder);
    std::vector<std::string> args = {"init", "--quiet", "--bare"};
    args.insert(args.end(), init_args.begin(), init_args.end());
    const Git git(folder);
    git.run(args);
    git.run({"config", "http.receivepack", "true"});
    return folder;
}

std::string GitHttpServer::url(std::string_view path, std::string_view user_info) const {
    std::string url = "http://";
    if (!user_info.empty()) url += std::string(user_info) + '@';
    return url + "127.0.0.1:" + port_ + std::string(path);
}

std::vector<std::string> GitHttpServer::requests() const {
    std::vector<std::string> lines;
    std::ifstream log(dir_ / "requests");
    for (std::string line; std::getline(log, line);) lines.push_back(line);
    return lines;
}

}  // namespace lockstep::testing
