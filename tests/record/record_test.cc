#include "record/record.h"

#include <gtest/gtest.h>

#include "report/json_schema.h"

namespace lockstep::record {
namespace {

std::string digest(char digit) {
    return "sha256:" + std::string(64, digit);
}

Record kite() {
    Record record;
    record.tag = "v1.2.0";
    record.version = "1.2.0";
    record.tag_object = std::string(40, '1');
    record.commit = std::string(40, '2');
    record.tree = std::string(40, '3');
    record.source = std::string(40, '4');
    record.mode = "tag";
    record.time = 1'769'860'800;
    record.tool = "lockstep 0.1.0";
    record.images = {{"registry.example.com/kite/kite:v1.2.0",
                      digest('a'),
                      {{"linux/amd64", digest('b')}, {"linux/arm64/v8", digest('c')}}}};
    record.charts = {{"registry.example.com/charts/kite:1.2.0", digest('d'), {}}};
    record.manifests = {{"", digest('e')}, {"deploy/base", digest('f')}};
    return record;
}

/// What is wrong in the record of kite, with `from` replaced by `to`.
std::string fault_of(const std::string& from, const std::string& to) {
    std::string text = write(kite());
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return "the record has no " + from;
    const auto record = parse("record.json", text.replace(at, from.size(), to));
    return record.has_value() ? "" : to_string(record.error());
}

TEST(Record, WritesWhatPeopleCanRead) {
    Record record = kite();
    record.charts.clear();
    record.manifests.pop_back();
    record.source.clear();
    const std::string a(64, 'a'), b(64, 'b'), c(64, 'c'), e(64, 'e');
    EXPECT_EQ(write(record), R"({
  "schemaVersion": 1,
  "origin": "release",
  "tag": "v1.2.0",
  "version": "1.2.0",
  "component": null,
  "tagObject": "1111111111111111111111111111111111111111",
  "commit": "2222222222222222222222222222222222222222",
  "tree": "3333333333333333333333333333333333333333",
  "source": null,
  "mode": "tag",
  "time": "2026-01-31T12:00:00Z",
  "tool": "lockstep 0.1.0",
  "images": [
    {
      "reference": "registry.example.com/kite/kite:v1.2.0",
      "digest": "sha256:)" + a + R"(",
      "platforms": [
        {
          "name": "linux/amd64",
          "digest": "sha256:)" + b +
                                 R"("
        },
        {
          "name": "linux/arm64/v8",
          "digest": "sha256:)" + c +
                                 R"("
        }
      ]
    }
  ],
  "charts": [],
  "manifests": [
    {
      "root": ".",
      "digest": "sha256:)" + e + R"("
    }
  ]
}
)");
}

TEST(Record, ReadsBackWhatItWrote) {
    Record afterwards = kite();
    afterwards.origin = Record::Origin::afterwards;
    afterwards.component = "chart";
    afterwards.source.clear();
    afterwards.mode.clear();
    afterwards.commit = afterwards.tag_object = std::string(64, '9');  // of a SHA-256 repository
    Record bare = kite();
    bare.images.clear();
    bare.charts.clear();
    bare.manifests.clear();
    for (const Record& record : {kite(), afterwards, bare}) {
        const auto again = parse("record.json", write(record));
        ASSERT_TRUE(again.has_value()) << to_string(again.error());
        EXPECT_EQ(*again, record);
    }
}

TEST(Record, IsInOrderHoweverItWasMade) {
    Record shuffled = kite();
    shuffled.images.push_back({"registry.example.com/a/kite:v1.2.0", digest('a'), {}});
    std::swap(shuffled.manifests[0], shuffled.manifests[1]);
    Record sorted = kite();
    sorted.images.insert(sorted.images.begin(), shuffled.images.back());
    EXPECT_EQ(write(shuffled), write(sorted));
    const auto again = parse("record.json", write(shuffled));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, sorted);
}

TEST(Record, SaysWhichFieldIsWrong) {
    const std::string one(40, '1');
    EXPECT_EQ(fault_of("\"schemaVersion\": 1", "\"schemaVersion\": 0"),
              "record.json: `schemaVersion` is below 1");
    EXPECT_EQ(fault_of("\"schemaVersion\": 1", "\"schemaVersion\": \"1\""),
              "record.json: `schemaVersion` is no whole number");
    EXPECT_EQ(fault_of("\"release\"", "\"dream\""),
              "record.json: `origin` is neither `release` nor `afterwards`");
    EXPECT_EQ(fault_of("\"tag\":", "\"tog\":"), "record.json: `tag` is missing");
    EXPECT_EQ(fault_of("\"v1.2.0\"", "\"\""), "record.json: `tag` is empty");
    EXPECT_EQ(fault_of("\"v1.2.0\"", "\"v1\\u001b[2J\""),
              "record.json: `tag` has control characters");
    EXPECT_EQ(fault_of("\"v1.2.0\"", '"' + std::string(5'000, 'v') + '"'),
              "record.json: `tag` is longer than 4096 bytes");
    EXPECT_EQ(fault_of('"' + one, "\"-" + one.substr(1)),
              "record.json: `tagObject` is no Git object: 40 or 64 hexadecimal digits");
    EXPECT_EQ(fault_of('"' + one, "\"1" + one),
              "record.json: `tagObject` is no Git object: 40 or 64 hexadecimal digits");
    EXPECT_EQ(fault_of("\"mode\": \"tag\"", "\"mode\": \"both\""),
              "record.json: `mode` is neither `tag` nor `digest`");
    EXPECT_EQ(fault_of(digest('c'), "sha256:cc"),
              "record.json: `images[0].platforms[1].digest` is no digest like `sha256:…`");
    EXPECT_EQ(fault_of("\"deploy/base\"", "\"deploy/../..\""),
              "record.json: `manifests[1].root` is no directory below the root, like "
              "`deploy/base`");
    EXPECT_EQ(fault_of("\"deploy/base\"", "\"/etc\""),
              "record.json: `manifests[1].root` is no directory below the root, like "
              "`deploy/base`");
    EXPECT_EQ(fault_of("\"deploy/base\"", "\".\""), "record.json: `manifests` names `.` twice");
    EXPECT_EQ(fault_of("\"images\": [", "\"images\": [3, "),
              "record.json: `images[0]` is no object");
}

TEST(Record, TakesTimesThatAreInTheCalendarOnly) {
    const std::string noon = "2026-01-31T12:00:00Z";
    EXPECT_EQ(fault_of(noon, "2024-02-29T00:00:00Z"), "");
    EXPECT_EQ(fault_of(noon, "0000-01-01T00:00:00Z"), "");
    EXPECT_EQ(fault_of(noon, "9999-12-31T23:59:59Z"), "");
    for (const char* const wrong :
         {"2026-02-29T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z",
          "2026-01-31T12:00:60Z", "2026-01-31T12:00:00+01:00", "2026-01-31 12:00:00Z",
          "2026-01-31T12:00:00.5Z", "2026-00-10T12:00:00Z"})
        EXPECT_EQ(fault_of(noon, wrong),
                  "record.json: `time` is no time like `2026-01-31T12:00:00Z`")
            << wrong;
}

TEST(Record, TellsANewerSchemaFromABrokenFile) {
    const auto newer = parse("record.json", R"({"schemaVersion": 2, "whatever": true})");
    ASSERT_FALSE(newer.has_value());
    EXPECT_EQ(newer.error().kind, Error::Kind::unsupported);
    EXPECT_EQ(to_string(newer.error()), "record.json: `schemaVersion` is 2, this program reads 1");
    EXPECT_EQ(newer.error().hint, "use a newer lockstep");
    const auto broken = parse("record.json", "{\"schemaVersion\": 1,\n ");
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().kind, Error::Kind::invalid);
}

TEST(Record, IgnoresWhatALaterLockstepAdds) {
    EXPECT_EQ(fault_of("\"origin\"", "\"added\": [{}], \"origin\""), "");
    EXPECT_EQ(fault_of("\"name\"", "\"added\": 1, \"name\""), "");
}

TEST(Record, HasNoMoreThanALimitedNumberOfEntries) {
    std::string entries;
    for (int i = 0; i <= 10'000; ++i) entries += "{},";
    EXPECT_EQ(fault_of("\"images\": [", "\"images\": [" + entries),
              "record.json: `images` has 10002 entries, more than 10000");
}

TEST(Record, AnIndependentValidatorTakesWhatIsWritten) {
    Record bare = kite();
    bare.component = "chart";
    bare.origin = Record::Origin::afterwards;
    bare.source.clear();
    bare.mode.clear();
    bare.images.clear();
    for (const Record& record : {kite(), bare}) {
        const auto said = report::testing::validate("schemas/record.schema.json", write(record));
        if (!said.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
        EXPECT_TRUE(said.is_valid) << said.faults;
    }
    std::string wrong = write(kite());
    wrong.replace(wrong.find(digest('a')), digest('a').size(), "sha256:aa");
    EXPECT_FALSE(report::testing::validate("schemas/record.schema.json", wrong).is_valid);
}

TEST(Record, IsKeptUnderItsTag) {
    EXPECT_EQ(ref_of("v1.2.0"), "refs/lockstep/releases/v1.2.0");
}

}  // namespace
}  // namespace lockstep::record
