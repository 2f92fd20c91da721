#include "manifest/template_expression.h"

#include <gtest/gtest.h>

#include "yaml/parse.h"

namespace lockstep::manifest {
namespace {

const ChartFile chart{"c", "app", "0.5.0", "1.2.3"};

/// What `text` becomes, and the line of values.yaml that decided it.
std::string expanded(std::string_view text) {
    const auto values = yaml::Document::parse(
        "values.yaml",
        std::make_shared<const std::string>("image:\n"
                                            "  repository: o/a\n"
                                            "  tag: ''\n"
                                            "  old: v1.0\n"
                                            "  tpl: 'v{{ .Chart.Version }}'\n"),
        yaml::Dialect::kustomization);
    const auto result = expand(text, chart, (*values)->roots().front());
    if (!result) return "nothing";
    std::string shown = result->text;
    if (result->scalar != nullptr) shown += " line " + std::to_string(result->scalar->mark.line);
    return shown + (result->from_chart ? " from the chart" : "");
}

TEST(TemplateExpression, FillsInWhatImageLinesAreMadeOf) {
    EXPECT_EQ(expanded("o/a:v1"), "o/a:v1");
    EXPECT_EQ(expanded("{{ .Values.image.repository }}:{{ .Values.image.old }}"),
              "o/a:v1.0 line 4");
    EXPECT_EQ(
        expanded(
            "{{- $.Values.image.repository -}}:{{.Values.image.tag|default .Chart.AppVersion}}"),
        "o/a:1.2.3 line 3 from the chart");
    EXPECT_EQ(expanded("o/b:v{{ .Chart.AppVersion }}"), "o/b:v1.2.3 from the chart");
    EXPECT_EQ(
        expanded("o/b:{{ default (printf \"v%s\" .Chart.Version) .Values.image.tag | quote }}"),
        "o/b:v0.5.0 line 3 from the chart");
    EXPECT_EQ(expanded("o/b:{{ .Values.none.tag | default \"v7\" }}"), "o/b:v7");
    EXPECT_EQ(expanded("o/b:{{ tpl .Values.image.tpl $ }}"), "o/b:v0.5.0 line 5 from the chart");
    EXPECT_EQ(expanded("o/b:{{ trimPrefix \"v\" .Values.image.old }}"), "o/b:1.0 line 4");
    EXPECT_EQ(expanded("o/b:{{ required \"say which\" .Values.image.old }}"), "o/b:v1.0 line 4");
}

TEST(TemplateExpression, DoesNotGuess) {
    for (const char* const text :
         {"{{ include \"app.image\" . }}", "{{ .image }}", "{{ if .Values.a }}x{{ end }}",
          "{{ .Values.image }}", "{{ .Values.image.old",
          "{{ printf \"%s:%s\" .Values.image.old \"x\" }}", "{{ (.Values.image.old }}", "{{ \"a }}",
          "{{}}", "{{ | quote }}", "{{ required \"say which\" .Values.image.tag }}", "{{ $tag }}"})
        EXPECT_EQ(expanded(text), "nothing") << text;
}

}  // namespace
}  // namespace lockstep::manifest
