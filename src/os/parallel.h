#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace lockstep::os {

/// Threads that can run at once here, by the cores this process may use; at least 1.
unsigned available_cores();

/// `f(0)` … `f(count - 1)`, each once, on at most `limit` threads (0: `available_cores`), the
/// caller's among them. Returns when all are done. With one thread the order is ascending and no
/// thread is made. `f` must not throw.
void parallel_for(std::size_t count, unsigned limit, const std::function<void(std::size_t)>& f);

/// `f(item)` for each item of a random-access range, as `parallel_for` does it; the results in the
/// items' order.
template <std::ranges::random_access_range Items, typename F>
auto parallel_map(const Items& items, unsigned limit, F f) {
    using R = std::remove_cvref_t<std::invoke_result_t<F&, decltype(*std::ranges::begin(items))>>;
    std::vector<std::optional<R>> found(std::ranges::size(items));
    parallel_for(found.size(), limit, [&](std::size_t at) {
        found[at].emplace(
            f(std::ranges::begin(items)[static_cast<std::ranges::range_difference_t<Items>>(at)]));
    });
    std::vector<R> results;
    results.reserve(found.size());
    for (std::optional<R>& result : found) results.push_back(std::move(*result));
    return results;
}

}  // namespace lockstep::os
