#include "os/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace lockstep::os {

unsigned available_cores() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (::sched_getaffinity(0, sizeof cores, &cores) == 0)
        return static_cast<unsigned>(std::max(1, CPU_COUNT(&cores)));
    return std::max(1u, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, unsigned limit, const std::function<void(std::size_t)>& f) {
    if (limit == 0) limit = available_cores();
    const std::size_t threads = std::min<std::size_t>(limit, count);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t at = next++; at < count; at = next++) f(at);
    };
    std::vector<std::jthread> others;
    for (std::size_t made = 1; made < threads; ++made) others.emplace_back(work);
    work();
}

}  // namespace lockstep::os
