#include "consumers/pin.h"

namespace lockstep::consumers {

const char* to_string(Source source) {
    switch (source) {
        case Source::kustomize:
            return "kustomize base";
        case Source::flux_git:
            return "GitRepository";
        case Source::flux_oci:
            return "OCIRepository";
        case Source::flux_chart:
            return "HelmRelease";
        case Source::argo_git:
            return "Argo CD source";
        case Source::argo_chart:
            return "Argo CD chart";
        case Source::kustomize_chart:
            return "kustomize chart";
        case Source::helm_dependency:
            return "chart dependency";
    }
    return "";
}

Form form_of(std::string_view revision) {
    if (revision.empty() || revision == "HEAD") return Form::none;
    if (revision.contains("{{") || revision.contains("${")) return Form::templated;
    const bool is_hexadecimal =
        revision.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (is_hexadecimal && (revision.size() == 40 || revision.size() == 64)) return Form::commit;
    if (revision.starts_with("sha256:")) return Form::digest;
    const bool is_range = revision.find_first_of("*^~<>|, ") != std::string_view::npos ||
                          revision.ends_with(".x") || revision.contains(".x.");
    return is_range ? Form::range : Form::named;
}

}  // namespace lockstep::consumers
