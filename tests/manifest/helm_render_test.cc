#include "manifest/helm_render.h"

#include <gtest/gtest.h>

#include "manifest/chart.h"
#include "manifest/facts_text.h"
#include "os/environment.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;
using lockstep::testing::print;

const MemoryTree chart{
    {"c/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.5.0\nappVersion: \"1.2.3\"\n"},
    {"c/values.yaml", "image: {repository: quay.io/o/app, tag: ''}\nside: {name: o/side}\n"},
    {"c/templates/_names.tpl",
     "{{- define \"side\" }}{{ .Values.side.name }}:v{{ .Chart.AppVersion }}{{ end }}\n"},
    {"c/templates/app.yaml",
     "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  containers:\n"
     "  - image: \"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion "
     "}}\"\n"
     "  - image: {{ include \"side\" . }}\n"}};

constexpr const char* versions =
    "\n"
    "c/Chart.yaml:3:10+5 helm:c chart_version app 0.5.0 - version |version: 0.5.0\n"
    "c/Chart.yaml:4:13+7 helm:c app_version app 1.2.3 - appVersion |appVersion: \"1.2.3\"\n";
constexpr const char* written =
    "c/values.yaml:1:41+2 helm:c image quay.io/o/app 1.2.3 default - image "
    "|image: {repository: quay.io/o/app, tag: ''}\n";

TEST(HelmRender, RenderedImagesStandWhereTheyAreWritten) {
    if (!os::find_program("helm").has_value()) GTEST_SKIP() << "helm is not on PATH";
    EXPECT_EQ(print(read_chart(chart, "c", {.helm = "helm"})),
              std::string(versions) +
                  "c/values.yaml:1:41+2 helm:c image quay.io/o/app 1.2.3 default Pod:/app "
                  "spec.containers[0].image |image: {repository: quay.io/o/app, tag: ''}\n"
                  "c/templates/app.yaml+0 helm:c image o/side v1.2.3 Pod:/app "
                  "spec.containers[1].image |  - image: o/side:v1.2.3\n");
}

TEST(HelmRender, WhatHelmRefusesIsAGapWithItsWords) {
    if (!os::find_program("helm").has_value()) GTEST_SKIP() << "helm is not on PATH";
    MemoryTree broken = chart;
    broken.write("c/templates/bad.yaml", "x: {{ required \"say which\" .Values.x }}\n");
    EXPECT_EQ(print(read_chart(broken, "c", {.helm = "helm"})),
              std::string(versions) + written +
                  "gap helm:c c/Chart.yaml: helm does not render it: Error: execution error at "
                  "(app/templates/bad.yaml:1:6): say which (try `helm template c`) []\n");
}

TEST(HelmRender, AProgramThatFailsLeavesTheChartAsItStands) {
    EXPECT_EQ(print(read_chart(chart, "c", {.helm = "/bin/false"})),
              std::string(versions) + written +
                  "gap helm:c c/Chart.yaml: helm does not render it: exit status 1 (try `helm "
                  "template c`) []\n");
}

TEST(HelmRender, AProgramThatIsMissingIsSaid) {
    EXPECT_EQ(print(read_chart(chart, "c", {.helm = "/nowhere/helm"})),
              std::string(versions) + written +
                  "gap helm:c c/Chart.yaml: rendering with `/nowhere/helm`: starting "
                  "`/nowhere/helm`: No such file or directory []\n");
}

}  // namespace
}  // namespace lockstep::manifest
