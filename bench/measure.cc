// bench_measure RUNS COMMAND…: what each of RUNS runs of a command cost: "wall-µs cpu-µs peak-KB
// exit-status", a line for each run. CPU is that of the command and of all it waited for; the peak
// is of its largest process. A small program of its own, because a child starts with the peak
// memory of its parent, and forking a large parent costs the child time.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

extern char** environ;

namespace {

long microseconds(const timeval& time) {
    return time.tv_sec * 1'000'000L + time.tv_usec;
}

int run(char** command) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, command[0], &actions, nullptr, command, environ) != 0) return 127;
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) < 0) return 127;
    const std::chrono::duration<double, std::micro> wall = std::chrono::steady_clock::now() - start;
    posix_spawn_file_actions_destroy(&actions);
    std::printf("%.0f %ld %ld %d\n", wall.count(),
                microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    for (int left = std::atoi(argv[1]); left > 0; --left)
        if (const int failed = run(argv + 2); failed != 0) return failed;
    return 0;
}
