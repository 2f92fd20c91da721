#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "images/name.h"
#include "images/stores.h"

/// What the commands of `image` have in common.
namespace lockstep::cli {

/// How the options say that registries are reached.
images::StoresOptions stores_options(const Options& options);

/// What the user named: the arguments, then the lines of `-f`. `usage` where that is nothing, or a
/// line is no image.
Result<std::vector<images::Name>> named_images(const Options& options);

/// What each of `names` is, many asked at once: `ask(store, names of it)` gives as many results.
template <typename T, typename Ask>
std::vector<Result<T>> ask_stores(images::Stores& stores, const std::vector<images::Name>& names,
                                  const Ask& ask) {
    std::vector<Result<T>> results(names.size(), fail(Error::Kind::internal, "nobody was asked"));
    std::map<images::Store*, std::vector<std::size_t>> places;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const Result<images::Store*> store = stores.of(names[at], images::Stores::Trust::user);
        if (store)
            places[*store].push_back(at);
        else
            results[at] = std::unexpected(store.error());
    }
    for (const auto& [store, indices] : places) {
        std::vector<images::ManifestName> asked;
        for (const std::size_t at : indices) asked.push_back(images::manifest_name(names[at]));
        std::vector<Result<T>> answers = ask(*store, asked);
        for (std::size_t i = 0; i < indices.size(); ++i)
            results[indices[i]] = std::move(answers[i]);
    }
    return results;
}

/// 1 where an image is certainly not there, as in `exit_status_of` where it could not be asked for.
inline int status_of_missing(const Error& error) {
    return error.kind == Error::Kind::not_found ? exit_finding : exit_status_of(error);
}

/// 0 where all are values; the worst of the others: 1 where some are certainly not there, 2 where
/// some do not say which one is meant, 3 where some could not be asked.
template <typename T>
int status_of(const std::vector<Result<T>>& results) {
    int status = exit_ok;
    for (const Result<T>& result : results)
        if (!result) status = std::max(status, status_of_missing(result.error()));
    return status;
}

}  // namespace lockstep::cli
