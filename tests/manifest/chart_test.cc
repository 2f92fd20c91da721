#include "manifest/chart.h"

#include <gtest/gtest.h>

#include "manifest/facts_text.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;
using lockstep::testing::print;

constexpr const char* chart_yaml = "name: app\nversion: 0.5.0\nappVersion: \"1.2.3\"\n";
constexpr const char* chart_lines =
    "c/Chart.yaml:2:10+5 helm:c chart_version app 0.5.0 - version |version: 0.5.0\n"
    "c/Chart.yaml:3:13+7 helm:c app_version app 1.2.3 - appVersion |appVersion: \"1.2.3\"\n";

std::string read(const MemoryTree& tree) {
    return print(read_chart(tree, "c"));
}
std::string read_values(std::string values) {
    const std::string facts =
        read({{"c/Chart.yaml", chart_yaml}, {"c/values.yaml", std::move(values)}});
    EXPECT_TRUE(facts.starts_with("\n" + std::string(chart_lines))) << facts;
    return facts.substr(std::min(facts.size(), 1 + std::string(chart_lines).size()));
}

TEST(Chart, DeclaresItsVersions) {
    EXPECT_EQ(read({{"c/Chart.yaml", chart_yaml}}), "\n" + std::string(chart_lines));
}

TEST(Chart, ThatIsATemplateIsAGap) {
    EXPECT_EQ(
        read({{"c/Chart.yaml", "name: app\nversion: {{ .Version }}\nappVersion: 1.0.0\n"}}),
        "\n"
        "gap helm:c c/Chart.yaml: `c/Chart.yaml` is itself a template: its versions are "
        "filled in elsewhere (exclude it by a path rule, or verify what is made from it) []\n");
    EXPECT_EQ(
        read({{"c/Chart.yaml", "name: app\nversion: '{{ .Version }}'\n"}}),
        "\n"
        "gap helm:c c/Chart.yaml:2:10: `c/Chart.yaml` is itself a template: its versions are "
        "filled in elsewhere (exclude it by a path rule, or verify what is made from it) []\n");
}

TEST(Chart, WithoutAVersionIsAGap) {
    EXPECT_EQ(read({{"c/Chart.yaml", "description: x\n"}}),
              "\n"
              "gap helm:c c/Chart.yaml: `c/Chart.yaml` has no `version` (helm refuses a chart "
              "without one) []\n");
}

TEST(Chart, DeclaresTagsThatAreWrittenAndThoseThatAreNot) {
    EXPECT_EQ(read_values("image:\n"
                          "  repository: registry.k8s.io/app/app\n"
                          "  tag: \"\"\n"
                          "sidecars:\n"
                          "  probe:\n"
                          "    image:\n"
                          "      registry: quay.io\n"
                          "      repository: org/probe\n"
                          "      tag: v2.1\n"
                          "      digest: sha256:12\n"
                          "  noTag:\n"
                          "    image:\n"
                          "      repository: org/none\n"),
              "c/values.yaml:3:8+2 helm:c image registry.k8s.io/app/app 1.2.3 default - image "
              "|  tag: \"\"\n"
              "c/values.yaml:9:12+4 helm:c image quay.io/org/probe v2.1 sha256:12 - "
              "sidecars.probe.image |      tag: v2.1\n"
              "c/values.yaml:13:19+8 helm:c image org/none 1.2.3 default - "
              "sidecars.noTag.image.repository |      repository: org/none\n");
}

TEST(Chart, ReadsTheWaysValuesSpellAnImage) {
    EXPECT_EQ(read_values("a: {image: 'quay.io/o/a:v1'}\n"
                          "b: {image: o/b, tag: v2}\n"
                          "c: {image: {name: docker.io/o/c, tag: v3.0  }}\n"
                          "d: {repository: nvcr.io/o, image: d, version: v4}\n"
                          "e: {image: {registry: ghcr.io, repository: o, name: e, tag: v5}}\n"
                          "f: {repository: o/f, tag: v6, name: container}\n"
                          "gImage: o/g:7.0\n"
                          "h: {imageRepository: o/h, imageTag: 1.10}\n"
                          "i: {image: {repository: o/i, digest: sha256:12, tag: ''}}\n"
                          "j: [{image: {repository: o/j, tag: v10}}]\n"
                          "k: {image: {repository: o/k, tag: 'v{{ $.Chart.Version }}'}}\n"),
              "c/values.yaml:1:12+16 helm:c image quay.io/o/a v1 - a.image |a: {image: "
              "'quay.io/o/a:v1'}\n"
              "c/values.yaml:2:22+2 helm:c image o/b v2 - b |b: {image: o/b, tag: v2}\n"
              "c/values.yaml:3:39+4 helm:c image docker.io/o/c v3.0 - c.image "
              "|c: {image: {name: docker.io/o/c, tag: v3.0  }}\n"
              "c/values.yaml:4:47+2 helm:c image nvcr.io/o/d v4 - d "
              "|d: {repository: nvcr.io/o, image: d, version: v4}\n"
              "c/values.yaml:5:61+2 helm:c image ghcr.io/o/e v5 - e.image "
              "|e: {image: {registry: ghcr.io, repository: o, name: e, tag: v5}}\n"
              "c/values.yaml:6:27+2 helm:c image o/f v6 - f "
              "|f: {repository: o/f, tag: v6, name: container}\n"
              "c/values.yaml:7:9+7 helm:c image o/g 7.0 - gImage |gImage: o/g:7.0\n"
              "c/values.yaml:8:37+4 helm:c image o/h 1.10 - h |h: {imageRepository: o/h, imageTag: "
              "1.10}\n"
              "c/values.yaml:9:54+2 helm:c image o/i - sha256:12 - i.image "
              "|i: {image: {repository: o/i, digest: sha256:12, tag: ''}}\n"
              "c/values.yaml:10:36+3 helm:c image o/j v10 - j[0].image "
              "|j: [{image: {repository: o/j, tag: v10}}]\n"
              "c/values.yaml:11:35+24 helm:c image o/k v0.5.0 default - k.image "
              "|k: {image: {repository: o/k, tag: 'v{{ $.Chart.Version }}'}}\n");
}

TEST(Chart, TakesNoOtherValuesForImages) {
    EXPECT_EQ(read_values("name: app\nversion: v1\n"
                          "dep: {name: redis, repository: 'https://example.com', version: 1.2.3}\n"
                          "imagePullPolicy: Always\nimagePullSecrets: [{name: x}]\n"
                          "labels: {name: a, version: v1}\n"
                          "image: {pullPolicy: Always, tag: v1}\n"),
              "");
}

TEST(Chart, AnImageWhoseTagOnlyTemplatesKnowIsAGap) {
    EXPECT_EQ(
        read_values("a: {image: quay.io/o/a}\nb: {image: {repository: o/b, tag: '{{ .x }}'}}\n"),
        "gap helm:c c/values.yaml:1:12: only the templates, which are not rendered, know the "
        "tag of `quay.io/o/a` (render them with --helm-render) "
        "[quay.io/o/a, o/b]\n");
}

std::string default_with(const char* template_text) {
    return read({{"c/Chart.yaml", chart_yaml},
                 {"c/values.yaml", "image: {repository: o/a, tag: }\n"},
                 {"c/templates/x.yaml", template_text}})
        .substr(1 + std::string(chart_lines).size());
}

TEST(Chart, TheTemplatesSayWhatAnEmptyTagBecomes) {
    const char* const place = "c/values.yaml:1:31+0 helm:c image o/a ";
    const char* const line = " default - image |image: {repository: o/a, tag: }\n";
    EXPECT_EQ(default_with("{{- $tag := .Values.image.tag | default .Chart.AppVersion }}\n"),
              place + std::string("1.2.3") + line);
    EXPECT_EQ(default_with("{{- $t := default (printf \"v%s\" .Chart.AppVersion) .Values.tag }}\n"
                           "app.kubernetes.io/version: {{ .Chart.AppVersion }}\n"),
              place + std::string("v1.2.3") + line);
    EXPECT_EQ(default_with("{{ .Values.image.tag | default .Chart.Version }}\n"),
              place + std::string("0.5.0") + line);
    EXPECT_EQ(default_with("app.kubernetes.io/version: {{ .Chart.AppVersion }}\n"
                           "image: {{ include \"lib.image\" . }}\n"),
              "gap helm:c c/values.yaml:1:31: only the templates, which are not rendered, know the "
              "tag of `o/a` (render them with --helm-render) [o/a]\n");
}

TEST(Chart, DeclaresWhatTemplatesWriteOut) {
    EXPECT_EQ(read({{"c/Chart.yaml", chart_yaml},
                    {"c/templates/a.yaml",
                     "{{/* image: o/comment:v1\nimage: o/comment:v2 */}}\n"
                     "# image: o/comment:v3\n"
                     "      - image: \"quay.io/o/a:v1.2.0\" # old\n"
                     "        args: [--side=quay.io/o/b:v2.0]\n"
                     "      - image: \"{{ .Values.image }}:v1\"\n"},
                    {"c/templates/sub/b.tpl", "image: busybox\n"}}),
              "\n" + std::string(chart_lines) +
                  "c/templates/a.yaml:4:17+18 helm:c image quay.io/o/a v1.2.0 - - "
                  "|      - image: \"quay.io/o/a:v1.2.0\" # old\n"
                  "c/templates/a.yaml:5:23+16 helm:c image quay.io/o/b v2.0 - - "
                  "|        args: [--side=quay.io/o/b:v2.0]\n"
                  "c/templates/sub/b.tpl:1:8+7 helm:c image busybox - - - |image: busybox\n");
}

std::string images_with(const char* values, const char* template_text) {
    return read({{"c/Chart.yaml", chart_yaml},
                 {"c/values.yaml", values},
                 {"c/templates/x.yaml", template_text}})
        .substr(1 + std::string(chart_lines).size());
}

TEST(Chart, AnImageLineThatCanBeFilledInDecides) {
    // The name in the template, the version in the values.
    EXPECT_EQ(images_with("version: v1.1\n", "image: quay.io/o/a:{{ .Values.version }}\n"),
              "c/values.yaml:1:10+4 helm:c image quay.io/o/a v1.1 - - |version: v1.1\n");
    // The default differs from what convention says.
    EXPECT_EQ(images_with("image: {repository: o/a, tag: ''}\n",
                          "image: \"{{ .Values.image.repository }}:{{ .Values.image.tag | default "
                          "(printf \"v%s\" .Chart.Version) }}\"\nx: {{ .Chart.AppVersion }}\n"),
              "c/values.yaml:1:31+2 helm:c image o/a v0.5.0 default - image "
              "|image: {repository: o/a, tag: ''}\n");
    EXPECT_EQ(images_with("", "image: o/a:v{{ .Chart.AppVersion }}\n"),
              "c/templates/x.yaml:1:8+28 helm:c image o/a v1.2.3 default - - "
              "|image: o/a:v{{ .Chart.AppVersion }}\n");
}

TEST(Chart, AnImageLineThatCannotBeFilledInIsAGap) {
    EXPECT_EQ(images_with("", "image: quay.io/o/a:{{ include \"tag\" . }}\n"),
              "gap helm:c c/templates/x.yaml:1:8: only the templates, which are not rendered, know "
              "the tag of `quay.io/o/a` (render them with --helm-render) [quay.io/o/a]\n");
}

TEST(Chart, ValuesThatDoNotParseAreAGap) {
    EXPECT_EQ(
        read_values("image: {repository: o/a\n"),
        "gap helm:c c/values.yaml:2:1: this is no YAML: while parsing a flow mapping: did not "
        "find expected ',' or '}' (a bracket or a quote is not closed, here or on a line above) "
        "[o/a]\n");
}

}  // namespace
}  // namespace lockstep::manifest
