#include "cli/helm_program.h"

#include <gtest/gtest.h>

#include "cli/check_render.h"
#include "os/directory.h"
#include "os/environment.h"
#include "support/memory_tree.h"
#include "support/temp_dir.h"

namespace lockstep::cli {
namespace {

using testing::MemoryTree;
using testing::TempDir;

using Files = std::vector<std::pair<std::string, std::string>>;

/// A chart whose object shows what helm was told.
Files chart_at(const std::string& directory) {
    return {{directory + "/Chart.yaml", "apiVersion: v2\nname: kite\nversion: 1.2.3\n"},
            {directory + "/values.yaml",
             "# the defaults\nreplicas: 2\nbig: 1000000\nnested: {x: 1, z: 2}\nargs: [a, b]\n"},
            {directory + "/templates/told.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n"
             "  namespace: {{ .Release.Namespace }}\n  annotations:\ndata:\n"
             "  values: {{ toJson .Values | quote }}\n"
             "  kube: \"{{ .Capabilities.KubeVersion.Version }}\"\n"
             "  has: \"{{ .Capabilities.APIVersions.Has \"example.com/v1\" }}\"\n"},
            {directory + "/templates/hook.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata:\n  name: hook\n"
             "  annotations: {\"helm.sh/hook\": pre-install}\n"},
            {directory + "/templates/tests/test.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n"
             "  annotations: {\"helm.sh/hook\": test}\n"},
            {directory + "/crds/kite.yaml",
             "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
             "metadata: {name: kites.example.com}\n"}};
}

Files with_chart(const std::string& kustomization, const std::string& directory = "charts/kite") {
    Files files = chart_at(directory);
    files.emplace_back("kustomization.yaml", kustomization);
    return files;
}

MemoryTree in_memory(const Files& files) {
    MemoryTree tree;
    for (const auto& [path, text] : files) tree.write(path, text);
    return tree;
}

Result<OwnRender> render(const FileTree& tree, const std::string& root,
                         const std::string& directory = "") {
    HelmProgram helm("helm", {&tree, root});
    auto rendering = TRY(
        kustomize::render(tree, directory,
                          {.inflate_chart = [&](const auto& chart) { return helm.inflate(chart); },
                           .pull_chart = [&](const auto& chart) { return helm.pull(chart); }}));
    std::string text = TRY(kustomize::print(rendering));
    return OwnRender{std::move(rendering), std::move(text)};
}

std::string printed(const Files& files) {
    const auto own = render(in_memory(files), "");
    return own.has_value() ? own->text : "error: " + to_string(own.error());
}

class Helm : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!os::find_program("helm")) GTEST_SKIP() << "helm is not installed";
    }
};

TEST_F(Helm, InflatesAChartOfATreeThatIsNotOnDisk) {
    EXPECT_EQ(printed(with_chart("namespace: sky\n"
                                 "helmCharts:\n- name: kite\n  releaseName: dev\n"
                                 "  skipHooks: true\n  kubeVersion: 1.25.0\n"
                                 "  apiVersions: [example.com/v1]\n"
                                 "  valuesInline: {replicas: 5, nested: {x: 9}, args: [c]}\n")),
              "apiVersion: v1\n"
              "data:\n"
              "  has: \"true\"\n"
              "  kube: v1.25.0\n"
              "  values: '{\"args\":[\"c\"],\"big\":1000000,\"nested\":{\"x\":9,\"z\":2},"
              "\"replicas\":5}'\n"
              "kind: ConfigMap\n"
              "metadata:\n"
              "  name: dev\n"
              "  namespace: sky\n");
}

TEST_F(Helm, SaysWhyItRefusesAChart) {
    Files files = with_chart("helmCharts:\n- {name: kite, releaseName: dev}\n");
    files.emplace_back("charts/kite/templates/bad.yaml", "{{ fail \"no wind\" }}");
    EXPECT_EQ(printed(files),
              "error: `helm template` fails: Error: execution error at "
              "(kite/templates/bad.yaml:1:3): no wind");
}

TEST_F(Helm, LeavesNothingBehind) {
    const TempDir temporary;
    const std::string old = os::environment("TMPDIR").value_or("/tmp");
    ::setenv("TMPDIR", temporary.path().c_str(), 1);
    EXPECT_TRUE(printed(with_chart("helmCharts:\n- {name: kite, releaseName: r}\n"))
                    .starts_with("apiVersion"));
    ::setenv("TMPDIR", old.c_str(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(temporary.path()));
}

TEST_F(Helm, RefusesWhatKustomizeRefuses) {
    const auto refused = [](const std::string& fields, const std::string& more = {}) {
        return printed(with_chart(more + "helmCharts:\n- " + fields + "\n"));
    };
    EXPECT_EQ(refused("releaseName: r"),
              "error: kustomization.yaml:2:3: chart name cannot be empty");
    EXPECT_EQ(refused("{name: kite, releaseName: --post-renderer=x}"),
              "error: kustomization.yaml:2:3: releaseName must not start with '-', got "
              "`--post-renderer=x`");
    EXPECT_EQ(refused("{name: kite, valuesMerge: both}"),
              "error: kustomization.yaml:2:3: valuesMerge must be one of [merge override replace], "
              "not `both`");
    EXPECT_EQ(refused("{name: none}"),
              "error: kustomization.yaml:2:3: no repo specified for pull, no chart found at "
              "`charts/none`");
    EXPECT_EQ(
        refused("{name: kite, valuesFile: ../values.yaml}"),
        "error: the values of the chart `kite`: `../values.yaml` leaves the root of the tree");
    EXPECT_EQ(
        refused("{name: kite}", "helmGlobals: {configHome: here}\n"),
        "error: kustomization.yaml:1:27: unsupported: a `configHome` that is relative to where "
        "kustomize runs");
}

TEST(HelmProgram, MustBeInstalled) {
    const MemoryTree tree = in_memory(with_chart("helmCharts:\n- {name: kite}\n"));
    HelmProgram helm("no-such-helm", {&tree, ""});
    const auto inflated = helm.inflate({.tree = tree, .path = "charts/kite", .name = "kite"});
    EXPECT_EQ(to_string(inflated.error()),
              "--enable-helm needs helm: `no-such-helm` is not on PATH");
}

/// Kustomizations that the real program is held against; the chart is where it looks for it.
const std::pair<std::string, Files> same[] = {
    {"plain", with_chart("helmCharts: [{name: kite, releaseName: r}]\n")},
    {"crds", with_chart("helmCharts:\n- {name: kite, releaseName: r, includeCRDs: true, "
                        "skipTests: true, debug: true, devel: true}\n")},
    {"merge", with_chart("helmCharts:\n- {name: kite, releaseName: r, valuesMerge: merge, "
                         "valuesInline: {replicas: 9, more: {a: yes}, nested: {x: 7, w: 3}}}\n")},
    {"replace", with_chart("helmCharts:\n- {name: kite, releaseName: r, valuesMerge: replace, "
                           "valuesInline: {big: 12345678901, e: 1e3, f: 1.50, s: \"010\"}}\n")},
    {"nulls", with_chart("helmCharts:\n- {name: kite, releaseName: r, "
                         "valuesInline: {nested: null, big: 1e-7, args: []}}\n")},
    {"old", with_chart("helmChartInflationGenerator:\n- {chartName: kite, releaseName: r, "
                       "chartHome: other, valuesLocal: {replicas: 3}}\n",
                       "other/kite")},
    {"version", with_chart("helmCharts:\n- {name: kite, releaseName: r, version: 1.2.3, "
                           "repo: \"https://charts.example.com\"}\n",
                           "charts/kite-1.2.3/kite")},
    {"transformed",
     with_chart("namespace: sky\nnamePrefix: p-\ncommonAnnotations: {a: b}\n"
                "buildMetadata: [originAnnotations, transformerAnnotations]\n"
                "helmCharts: [{name: kite, releaseName: r, namespace: own}]\npatches:\n"
                "- target: {annotationSelector: "
                "internal.config.kubernetes.io/helm-generated=true, kind: ConfigMap}\n"
                "  patch: '[{\"op\": \"add\", \"path\": \"/metadata/annotations/seen\", \"value\": "
                "\"here\"}]'\n")},
};

TEST_F(Helm, MakesWhatTheRealKustomizeMakes) {
    const auto other = OtherRenderer::find(CheckWith::kustomize);
    if (!other.has_value() || !other->has_our_version())
        GTEST_SKIP() << "kustomize is not installed";
    for (const auto& [name, files] : same) {
        SCOPED_TRACE(name);
        const TempDir dir;
        for (const auto& [path, text] : files) dir.write(path, text);
        const std::string root = dir.path().string();
        const auto tree = os::Directory::open(root).value();
        const auto own = render(*tree, root);
        ASSERT_TRUE(own.has_value()) << to_string(own.error());
        const Options options{.quiet = true, .enable_helm = true};
        EXPECT_EQ(check_render(*other, {*tree, "", root}, own, options).value(), RenderCheck::same);
    }
}

}  // namespace
}  // namespace lockstep::cli
