#include <array>

#include "kustomize/decode.h"

namespace lockstep::kustomize {

namespace {

Result<void> decode_values(const yaml::Node& value, HelmChart& into) {
    if (value.is_null()) return {};
    if (!value.is_mapping()) return wrong_type(value, "a mapping");
    into.values_inline = value.pairs.empty() ? nullptr : &value;
    return {};
}

/// An entry of `helmChartInflationGenerator`. What has no member here has no effect.
struct OldChart {
    HelmChart chart;
    HelmGlobals globals;
};

template <auto Member>
Result<void> chart_member(const yaml::Node& value, OldChart& into) {
    return decode(value, into.chart.*Member);
}
template <auto Member>
Result<void> globals_member(const yaml::Node& value, OldChart& into) {
    return decode(value, into.globals.*Member);
}
Result<void> no_effect(const yaml::Node& value, OldChart&) {
    Text text;
    return decode(value, text);
}

Result<void> decode(const yaml::Node& value, OldChart& into) {
    using T = HelmChart;
    static constexpr std::array<Field<OldChart>, 13> fields = {
        {{"chartName", chart_member<&T::name>},
         {"chartVersion", chart_member<&T::version>},
         {"chartRepoUrl", chart_member<&T::repo>},
         {"chartHome", globals_member<&HelmGlobals::chart_home>},
         {"chartRepoName", no_effect},
         {"helmBin", no_effect},
         {"helmHome", globals_member<&HelmGlobals::config_home>},
         {"values", chart_member<&T::values_file>},
         {"valuesLocal",
          [](const yaml::Node& values, OldChart& old) { return decode_values(values, old.chart); }},
         {"valuesMerge", chart_member<&T::values_merge>},
         {"releaseName", chart_member<&T::release_name>},
         {"releaseNamespace", no_effect},
         {"extraArgs", [](const yaml::Node& list, OldChart&) -> Result<void> {
              std::vector<Text> texts;
              return decode(list, texts);
          }}}};
    into.chart.mark = value.mark;
    return decode_fields(value, into, std::span<const Field<OldChart>>(fields));
}

}  // namespace

Result<void> decode(const yaml::Node& value, HelmGlobals& into) {
    using T = HelmGlobals;
    static constexpr std::array<Field<T>, 2> fields = {
        {{"chartHome", member<T, &T::chart_home>}, {"configHome", member<T, &T::config_home>}}};
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

Result<void> decode(const yaml::Node& value, HelmChart& into) {
    using T = HelmChart;
    static constexpr std::array<Field<T>, 17> fields = {
        {{"name", member<T, &T::name>},
         {"version", member<T, &T::version>},
         {"repo", member<T, &T::repo>},
         {"releaseName", member<T, &T::release_name>},
         {"namespace", member<T, &T::space>},
         {"additionalValuesFiles", member<T, &T::additional_values_files>},
         {"valuesFile", member<T, &T::values_file>},
         {"valuesInline", decode_values},
         {"valuesMerge", member<T, &T::values_merge>},
         {"includeCRDs", member<T, &T::include_crds>},
         {"skipHooks", member<T, &T::skip_hooks>},
         {"apiVersions", member<T, &T::api_versions>},
         {"kubeVersion", member<T, &T::kube_version>},
         {"nameTemplate", member<T, &T::name_template>},
         {"skipTests", member<T, &T::skip_tests>},
         {"debug", member<T, &T::debug>},
         {"devel", member<T, &T::devel>}}};
    into.mark = value.mark;
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

Result<void> decode_old_charts(const yaml::Node& value, std::vector<HelmChart>& charts,
                               HelmGlobals& globals) {
    std::vector<OldChart> entries;
    TRY(decode(value, entries));
    for (OldChart& old : entries) {
        charts.push_back(std::move(old.chart));
        if (!old.globals.chart_home.empty()) globals.chart_home = old.globals.chart_home;
        if (!old.globals.config_home.empty()) globals.config_home = old.globals.config_home;
    }
    return {};
}

}  // namespace lockstep::kustomize
