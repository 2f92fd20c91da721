#include "report/sample.h"

#include <set>

namespace lockstep::report::testing {

namespace {

using manifest::Subject;
using manifest::Surface;
using verify::Fault;
using verify::Severity;
using verify::Verdict;
using Place = Sample::Place;

constexpr std::int64_t day = 24 * 60 * 60;
constexpr std::int64_t start = 1'700'000'000;  // 2023-11-14

Place overlay(const std::string& name, const std::string& version) {
    const std::string root = "deploy/" + name;
    return {Surface::kustomize, root, root + "/kustomization.yaml", 9, 11, "  newTag: " + version};
}

void describe(Sample& sample) {
    sample.history().project = "shop";
    sample.history().project_source = "the URL of remote origin";
    sample.history().repository = "github.com/example/shop";
    sample.history().other_tags = {{"latest", std::string(40, '1'), "moving"},
                                   {"test-<b>", std::string(40, '2'), "test"}};
    sample.history().notices = {"the clone is shallow: only tags that were fetched are judged"};
    sample.audit().own_images = {"registry.example/shop/shop", "registry.example/shop/agent"};
    sample.audit().assumptions = {
        "own images by name: `registry.example/shop/shop` (the project is called `shop`)"};
}

void add_consistent(Sample& sample) {
    sample.release("v1.0.0", "1.0.0", start, Verdict::consistent);
    for (const char* name : {"base", "dev"})
        sample
            .declare(overlay(name, "v1.0.0"), "v1.0.0", Verdict::consistent, Fault::none, "v1.0.0")
            .object = {"Deployment", "shop", "shop"};
    manifest::Declaration& chart = sample.declare(
        {Surface::helm, "charts/shop", "charts/shop/Chart.yaml", 4, 10, "version: 7.1.0"}, "7.1.0",
        Verdict::independent, Fault::independent, "");
    chart.subject = Subject::chart_version;
    chart.image = "shop";
}

void add_drifted(Sample& sample, const std::string& tag, const std::string& names,
                 std::int64_t time) {
    sample.release(tag, tag.substr(1), time, Verdict::drifted);
    for (const char* name : {"base", "dev"}) {
        sample.declare(overlay(name, names), names, Verdict::drifted, Fault::previous_version, tag)
            .object = {"Deployment", "shop", "shop"};
        sample.breaks("declared-version", Severity::error);
    }
}

struct Wrong {
    const char* declared;
    Fault fault;
};

/// Plain YAML, one line each, wrong in every way there is.
void add_every_fault(Sample& sample) {
    sample.release("v1.3.0", "1.3.0", start + 3 * day, Verdict::drifted);
    constexpr Wrong wrongs[] = {{"v1.1.0", Fault::older},
                                {"v2.0.0", Fault::newer},
                                {"v1.3.0-rc.1", Fault::pre_release},
                                {"1.3.0", Fault::missing_prefix},
                                {"vv1.3.0", Fault::doubled_prefix},
                                {"v1.3.0", Fault::unexpected_prefix},
                                {"v1.3.0", Fault::other_registry}};
    unsigned line = 20;
    for (const Wrong& wrong : wrongs) {
        const std::string declared = wrong.declared;
        const std::string expected = wrong.fault == Fault::unexpected_prefix ? "1.3.0" : "v1.3.0";
        sample
            .declare({Surface::yaml, "", "install.yaml", line, 16,
                      "        image: registry.example/shop/shop:" + declared},
                     declared, Verdict::drifted, wrong.fault, expected)
            .length = static_cast<unsigned>(27 + declared.size());
        sample.breaks("declared-version", Severity::error);
        line += 10;
    }
}

void add_floating(Sample& sample) {
    sample.release("v1.4.0", "1.4.0", start + 4 * day, Verdict::floating);
    const Place install{Surface::yaml, "", "install.yaml", 20, 16, "        image: shop:latest"};
    sample.declare(install, "latest", Verdict::floating, Fault::floating, "v1.4.0").length = 11;
    sample.breaks("floating-tag", Severity::warning);
    sample.declare(overlay("dev", "main"), "main", Verdict::floating, Fault::intended, "");
    sample.declare(overlay("template", "v0.0.1"), "v0.0.1", Verdict::floating, Fault::placeholder,
                   "");
    manifest::Declaration& none = sample.declare(
        {Surface::text, "", "README.md", 3, 1, "kubectl apply -k https://example/shop//deploy"}, "",
        Verdict::floating, Fault::floating, "v1.4.0");
    none.subject = Subject::remote_ref;
    none.image = "github.com/example/shop";
    sample.breaks("text-version", Severity::note);
}

void add_unchecked(Sample& sample) {
    sample.release("v1.5.0", "1.5.0", start + 5 * day, Verdict::unchecked);
    sample.declare(overlay("base", "sha256"), "", Verdict::unchecked, Fault::digest_only, "")
        .digest = "sha256:1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809";
    sample.cannot_read({Surface::kustomize,
                        "deploy/dev",
                        {Error::Kind::not_found, "base `../missing` does not exist", "",
                         Location{"deploy/dev/kustomization.yaml", 4, 3}},
                        {}});
}

void declare_image(Sample& sample, const std::string& name, unsigned line) {
    sample
        .declare(
            {Surface::yaml, "", "install.yaml", line, 16, "        image: " + name + ":v1.6.0"},
            "v1.6.0", Verdict::consistent, Fault::none, "v1.6.0")
        .image = name;
}

/// Images in every state and with every fault.
void add_images(Sample& sample) {
    using verify::ImageState;
    const std::string digest = "sha256:" + std::string(64, 'd');
    sample.audit().asked_registries = true;
    sample.release("v1.6.0", "1.6.0", start + 6 * day, Verdict::drifted);
    declare_image(sample, "registry.example/shop/shop", 10);
    sample.image("registry.example/shop/shop:v1.6.0", ImageState::proved,
                 "built from aaaaaaaaaaaa, the commit of v1.6.0");
    sample.seen("registry.example", '1').platforms = {{.name = "linux/amd64", .digest = digest},
                                                      {.name = "linux/arm64/v8", .digest = digest}};
    declare_image(sample, "registry.example/shop/plain", 20);
    sample.image("registry.example/shop/plain:v1.6.0", ImageState::not_proved,
                 "no label says which commit it was built from");
    sample.seen("oci:images", '2').platforms = {{.name = "linux/amd64", .digest = digest}};
    sample.image_breaks("image-revision", Severity::error,
                        {.fault = Fault::no_label,
                         .found = "",
                         .expected = "org.opencontainers.image.revision",
                         .detail = ""});
    declare_image(sample, "k8s.gcr.io/shop/agent", 30);
    sample.image("k8s.gcr.io/shop/agent:v1.6.0", ImageState::unchecked,
                 "`k8s.gcr.io` does not answer");
    sample.image_breaks("registry-retired", Severity::warning,
                        {.fault = Fault::retired_registry,
                         .found = "k8s.gcr.io",
                         .expected = "registry.k8s.io",
                         .detail = "was frozen on 2023-04-03"});
    declare_image(sample, "registry.example/shop/gone", 40);
    sample.image("registry.example/shop/gone:v1.6.0", ImageState::missing, "");
    sample.image_breaks("image-missing", Severity::error,
                        {.fault = Fault::image_missing,
                         .found = "v1.6.0",
                         .expected = "",
                         .detail = "registry.example"});
    declare_image(sample, "registry.example/shop/late", 50);
    sample.image("registry.example/shop/late:v1.6.0@" + digest, ImageState::wrong, "");
    sample.seen("registry.example", '3').platforms = {{.name = "linux/amd64", .digest = digest}};
    sample.image_breaks("image-missing", Severity::warning,
                        {.fault = Fault::platform_missing,
                         .found = "linux/arm64/v8",
                         .expected = "",
                         .detail = "v1.5.0"});
    sample.image_breaks("digest-mismatch", Severity::error,
                        {.fault = Fault::other_digest,
                         .found = digest,
                         .expected = "sha256:" + std::string(64, 'e'),
                         .detail = "linux/amd64 was rebuilt"});
    sample.image_breaks("image-revision", Severity::error,
                        {.fault = Fault::other_revision,
                         .found = std::string(40, 'b'),
                         .expected = std::string(40, 'a'),
                         .detail = "label of linux/amd64; the commit of v1.5.0"});
    // What an image says of itself is as foreign as what stands in a repository.
    sample.image_breaks("image-version", Severity::error,
                        {.fault = Fault::other_version,
                         .found = "1.5.0\x1b[2J<script>`]]>\n::error::",
                         .expected = "1.6.0",
                         .detail = "label"});
}

/// Every text that comes out of a repository tries to be more than text.
void add_hostile(Sample& sample) {
    sample.release("v9.9.9-\x1b[2J<script>]]>", "", start + 7 * day, Verdict::drifted);
    manifest::Declaration& declaration = sample.declare(
        {Surface::kustomize, "deploy/a,b:c%0A|`x`", "deploy/a,b:c%0A|`x`/k\xff.yaml", 7, 20,
         "\t\"image\": \"\xe6\xbc\xa2\xe5\xad\x97/shop:v1\x1b]0;owned\x07\" # "
         "<script>alert(1)</script> ]]> \xe2\x80\xae"},
        "v1\x1b]0;owned\x07", Verdict::drifted, Fault::older, "v9.9.9");
    declaration.object = {"Deploy<img src=x onerror=alert(1)>", "a&b", "\"quoted\" 'name'"};
    declaration.image = "\xe6\xbc\xa2\xe5\xad\x97/shop";
    declaration.field = "spec[\"]]>\"].image";
    sample.breaks("declared-version", Severity::error);
    sample.cannot_read({Surface::kustomize,
                        "deploy/a,b:c%0A|`x`",
                        {Error::Kind::invalid,
                         "found `v1\x1b[31m`\n::set-output name=x::y\r\n::error::%0A ]]> "
                         "<script>alert(1)</script> | </pre> ```",
                         "see [here](javascript:alert(1)) @everyone **bold** \xc2\x9b"
                         "2J",
                         Location{"deploy/a,b:c%0A|`x`/k\xff.yaml", 8, 1}},
                        {}});
}

}  // namespace

std::unique_ptr<Sample> every_fault() {
    auto sample = std::make_unique<Sample>();
    describe(*sample);
    sample->release("v0.9.0", "0.9.0", 0, Verdict::absent);
    add_consistent(*sample);
    add_drifted(*sample, "v1.1.0", "v1.0.0", start + day);
    add_drifted(*sample, "v1.2.0", "v1.1.0", start + 2 * day);
    add_every_fault(*sample);
    add_floating(*sample);
    add_unchecked(*sample);
    add_images(*sample);
    add_hostile(*sample);
    return sample;
}

std::unique_ptr<Sample> long_history() {
    auto sample = std::make_unique<Sample>();
    describe(*sample);
    sample->history().notices.clear();
    std::string before = "v0.1.0";
    for (int minor = 1; minor <= 34; ++minor) {
        const std::string number = "0." + std::to_string(minor) + ".0", tag = "v" + number;
        const std::int64_t time = start + minor * 40 * day;
        if (minor <= 5) {
            sample->release(tag, number, time, Verdict::absent);
            continue;
        }
        const bool is_right = minor % 2 == 0 && minor != 34;
        const std::string& names = is_right ? tag : before;
        sample->release(tag, number, time, is_right ? Verdict::consistent : Verdict::drifted);
        for (const char* name : {"cronjob", "deployment", "job"}) {
            if (minor < 9 && std::string_view(name) == "deployment") continue;
            sample->declare(overlay(name, names), names,
                            is_right ? Verdict::consistent : Verdict::drifted,
                            is_right ? Fault::none : Fault::previous_version, tag);
            if (!is_right) sample->breaks("declared-version", Severity::error);
        }
        sample->declare(
            {Surface::helm, "charts/shop", "charts/shop/Chart.yaml", 4, 10, "version: 1"},
            "0.9." + std::to_string(minor), Verdict::independent, Fault::independent, "");
        before = tag;
    }
    for (int minor = 1; minor <= 12; ++minor) {
        const std::string number = "0." + std::to_string(minor) + ".0";
        const bool is_right = minor != 7;
        sample->release("shop-the-chart-with-a-long-name-" + number, number, start + minor * day,
                        is_right ? Verdict::consistent : Verdict::drifted);
        sample->last_release().component = "shop-chart";
        manifest::Declaration& chart = sample->declare(
            {Surface::helm, "charts/shop", "charts/shop/Chart.yaml", 4, 10, "version: " + number},
            is_right ? number : "0.6.0", is_right ? Verdict::consistent : Verdict::drifted,
            is_right ? Fault::none : Fault::previous_version, number);
        chart.subject = Subject::chart_version;
        chart.image = "shop";
        if (!is_right) sample->breaks("chart-version", Severity::error);
    }
    return sample;
}

TEST(Sample, HoldsEveryVerdictAndEveryFault) {
    const auto sample = every_fault();
    std::set<Verdict> verdicts;
    std::set<Fault> faults;
    std::set<verify::ImageState> states;
    for (const verify::ReleaseVerdict& release : sample->audit().releases) {
        verdicts.insert(release.verdict);
        for (const verify::Judged& judged : release.declarations) {
            verdicts.insert(judged.verdict);
            faults.insert(judged.fault);
        }
        if (!release.unread.empty()) faults.insert(Fault::not_rendered);
        for (const verify::JudgedImage& image : release.images) {
            states.insert(image.state);
            for (const verify::ImageFault& fault : image.faults) faults.insert(fault.fault);
        }
    }
    EXPECT_EQ(verdicts.size(), 6u);
    EXPECT_EQ(faults.size(), 22u);
    EXPECT_EQ(states.size(), 5u);
}

}  // namespace lockstep::report::testing
