#include <chrono>
#include <sstream>

#include "os/subprocess.h"
#include "report/report.h"
#include "report/sample.h"
#include "support/temp_dir.h"

// The page in a real browser: what its reader sees, and that it asks nobody for anything.
namespace lockstep::report {
namespace {

/// Runs behind the page in a copy of it: writes what the browser made of it into its title.
/// The copy's own policy allows the script; the page's policy is checked before by a script that
/// must not run.
constexpr const char* probe = R"html(<script>
addEventListener("load", () => {
  const one = selector => document.querySelector(selector);
  const all = selector => [...document.querySelectorAll(selector)];
  const seen = {
    heading: one("h1").innerText,
    summary: one(".summary").innerText,
    rows: all("tbody tr").length,
    columns: all("thead th").map(th => th.innerText.replace(/\s+/g, " ").trim()),
    first: [...one("tbody tr").cells].map(cell => cell.innerText.replace(/\s+/g, " ").trim()),
    scoped: all("thead th[scope=col]").length == all("thead th").length && all("tbody tr").every(tr => tr.cells[0].scope == "row"),
    findings: all("article").length,
    caret: (() => { const m = one("pre mark").getBoundingClientRect(), c = one("pre .caret").getBoundingClientRect();
                    return Math.abs(m.right - c.right) < 2 && m.bottom <= c.top + 2; })(),
    links: all("tbody a").every(a => document.getElementById(a.hash.slice(1))),
    sticky: getComputedStyle(one("thead th")).position,
    sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    scripts: document.scripts.length - 1,
    injected: all("article img, article script").length,
    requests: performance.getEntriesByType("resource").length,
  };
  one("#only-wrong").click();
  seen.rowsOfWrong = all("tbody tr").filter(tr => tr.getClientRects().length > 0).length;
  document.body.innerHTML = "<pre id=seen></pre>";
  one("#seen").textContent = JSON.stringify(seen);
});
</script></body>)html";

std::string html_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::html, {.tool_version = "0.1.0", .now = 1'700'000'000}, out);
    return out.str();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

struct Seen {
    std::string skip;  // why there is none
    std::string page;  // the document as it is after loading
    std::string log;   // of the browser's console
};

Seen browse(const std::string& html) {
    const lockstep::testing::TempDir folder;
    folder.write("page.html", html);
    const auto ran =
        os::run({.argv = {"chromium", "--headless", "--no-sandbox", "--disable-gpu",
                          "--disable-background-networking", "--disable-dev-shm-usage",
                          "--user-data-dir=" + (folder / "profile"), "--window-size=1400,1000",
                          "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom",
                          "file://" + (folder / "page.html")}},
                {.timeout = std::chrono::seconds(90)});
    if (!ran) return {"needs chromium: " + to_string(ran.error()), {}, {}};
    if (!ran->exit.ok()) return {"chromium did not run: " + ran->err, {}, {}};
    std::string log;
    std::istringstream lines(ran->err);
    for (std::string line; std::getline(lines, line);)
        if (line.find("CONSOLE") != std::string::npos) log += line + "\n";
    return {{}, ran->out, log};
}

TEST(HtmlReportInABrowser, ShowsTheMatrixAndTheFindings) {
    std::string page = html_of(testing::long_history()->audit());
    page = replaced(std::move(page), "default-src 'none';",
                    "default-src 'none'; script-src 'unsafe-inline';");
    const Seen seen = browse(replaced(std::move(page), "</body>", probe));
    if (!seen.skip.empty()) GTEST_SKIP() << seen.skip;
    const std::size_t at = seen.page.find("<pre id=\"seen\">");
    ASSERT_NE(at, std::string::npos) << seen.page << seen.log;
    const std::string told = seen.page.substr(at + 15, seen.page.find("</pre>", at) - at - 15);
    constexpr const char* expected =
        R"seen({"heading":"shop",)seen"
        R"seen("summary":"29 releases: 14 consistent, 15 drifted; 5 more declare nothing",)seen"
        R"seen("rows":42,"columns":["Release","Date","Verdict",)seen"
        R"seen("KUSTOMIZE deploy/{cronjob,deployment,job}","HELM charts/shop",)seen"
        R"seen("Release","Date","Verdict","HELM charts/shop"],)seen"
        R"seen("first":["v0.34.0","2027-08-05","✗drifted","✗v0.33.0 (drifted)",)seen"
        R"seen("◦0.9.34 (independent)"],"scoped":true,"findings":2,"caret":true,"links":true,)seen"
        R"seen("sticky":"sticky","sideways":false,"scripts":0,"injected":0,"requests":0,)seen"
        R"seen("rowsOfWrong":16})seen";
    EXPECT_EQ(told, expected);
    EXPECT_EQ(seen.log, "");
}

TEST(HtmlReportInABrowser, HostileTextsStayTexts) {
    std::string page = html_of(testing::every_fault()->audit());
    page = replaced(std::move(page), "default-src 'none';",
                    "default-src 'none'; script-src 'unsafe-inline';");
    const Seen seen = browse(replaced(std::move(page), "</body>", probe));
    if (!seen.skip.empty()) GTEST_SKIP() << seen.skip;
    EXPECT_NE(seen.page.find(R"("scripts":0,"injected":0,"requests":0)"), std::string::npos)
        << seen.page;
    EXPECT_NE(seen.page.find(R"("sideways":false)"), std::string::npos);
    EXPECT_EQ(seen.log, "");
}

TEST(HtmlReportInABrowser, ItsPolicyStopsScripts) {
    const std::string page = html_of(testing::long_history()->audit());
    const Seen seen = browse(
        replaced(page, "</body>",
                 "<script>document.title = 'owned'</script><img src=http://127.0.0.1:9/></body>"));
    if (!seen.skip.empty()) GTEST_SKIP() << seen.skip;
    EXPECT_NE(seen.page.find("<title>shop: releases and what they declare</title>"),
              std::string::npos);
    EXPECT_NE(seen.log.find("Content Security Policy"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::report
