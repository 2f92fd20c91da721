#include "release/doctor_registry.h"

#include <algorithm>
#include <utility>

#include "oci/reference.h"
#include "release/published_charts.h"

namespace lockstep::release {

namespace {

using Outcome = Check::Outcome;

/// The host of "registry.example.com:5000/kite/kite", after Docker's defaults.
std::string host_of(const std::string& repository) {
    const auto reference = oci::Reference::parse(repository);
    return reference ? reference->registry() : std::string();
}

Result<void> may_write(Site& site, const std::string& repository) {
    const oci::Reference reference = TRY(oci::Reference::parse(repository));
    images::Store* const store = TRY(site.store(reference));
    return store->may_write(reference.path());
}

std::string fix_of(const Error& error, const std::string& host) {
    if (error.kind == Error::Kind::not_found)
        return "make the repository at " + host +
               " first: not every registry does at the first "
               "push";
    if (error.kind == Error::Kind::denied && host == "ghcr.io")
        return "`docker login ghcr.io` with a token that has write:packages; in a workflow, "
               "`permissions: {packages: write}`, and the package must let the repository write";
    if (error.kind == Error::Kind::denied)
        return "`docker login " + host + "` with a user or token that may push there";
    return error.hint;
}

Check judge_rights(const RepositorySight& repository) {
    const std::string id = repository.is_staging ? "staging-rights" : "registry-rights";
    if (repository.may_write)
        return {.id = id,
                .outcome = Outcome::ok,
                .what = repository.name + " takes uploads",
                .fix = {}};
    const Error& error = repository.may_write.error();
    const bool is_unseen =
        error.kind == Error::Kind::unavailable || error.kind == Error::Kind::internal;
    return {.id = id,
            .outcome = is_unseen ? Outcome::unknown : Outcome::problem,
            .what = error.message,
            .fix = fix_of(error, host_of(repository.name))};
}

struct HostRow {
    std::string_view part;  // of the host
    std::string_view advice;
};

constexpr HostRow immutability_rows[] = {
    {".dkr.ecr.",
     "ECR: `aws ecr put-image-tag-mutability --image-tag-mutability IMMUTABLE`, with "
     "exclusions for moving aliases"},
    {"-docker.pkg.dev",
     "Artifact Registry: `gcloud artifacts repositories update "
     "--immutable-tags`; then aliases cannot move"},
    {"quay.io",
     "Quay: mark tags immutable by a policy of the organisation or repository (Quay "
     "3.13 and later)"},
    {"azurecr.io",
     "Azure: lock each published tag with `az acr repository update "
     "--write-enabled false`"},
    {"docker.io", "Docker Hub: Settings → General → Tag mutability"},
    {"harbor", "Harbor: project → Policy → Tag immutability"},
    {"ghcr.io", "ghcr.io has no immutable tags: let nothing but the release push there"},
    {"registry.gitlab.com",
     "GitLab: Settings → Packages and registries → Protected container tags"},
};

Check immutability(const std::string& repository) {
    const std::string host = host_of(repository);
    Check check{.id = "tag-immutability",
                .outcome = Outcome::skipped,
                .what = "whether tags of " + repository +
                        " can be overwritten by others is not told by any registry",
                .fix =
                    "where the registry has immutable tags, switch them on; Harbor has them by "
                    "project, docker-registry has none"};
    for (const HostRow& row : immutability_rows)
        if (host.contains(row.part)) check.fix = row.advice;
    return check;
}

Check removal(const std::string& repository) {
    return {
        .id = "staging-removal",
        .outcome = Outcome::skipped,
        .what = "whether " + repository + " lets images be removed is not known without writing",
        .fix =
            "where it does not, `release abort` says what it had to leave; a retention rule "
            "of the registry can clean staging"};
}

}  // namespace

std::vector<RepositorySight> look_at_registries(Site& site, const project::Project& project,
                                                const FileTree* tree) {
    std::vector<RepositorySight> repositories;
    const auto add = [&](const std::string& name, bool is_staging) {
        if (std::ranges::find(repositories, name, &RepositorySight::name) != repositories.end())
            return;
        repositories.push_back(
            {.name = name, .is_staging = is_staging, .may_write = may_write(site, name)});
    };
    for (const project::Image& image : project.images) {
        add(image.name, false);
        add(image.staging.empty() ? image.name + "-staging" : image.staging, true);
    }
    for (const project::Chart& chart : project.charts) {
        if (tree == nullptr || chart.publish.empty() || chart.tags) continue;
        // The plan says what is wrong with a Chart.yaml.
        const Result<std::string> repository = chart_repository(*tree, chart);
        if (!repository) continue;
        add(*repository, false);
        add(*repository + "-staging", true);
    }
    return repositories;
}

std::vector<Check> judge_registries(const std::vector<RepositorySight>& repositories) {
    std::vector<Check> checks;
    for (const RepositorySight& each : repositories) checks.push_back(judge_rights(each));
    for (const RepositorySight& each : repositories)
        checks.push_back(each.is_staging ? removal(each.name) : immutability(each.name));
    return checks;
}

}  // namespace lockstep::release
