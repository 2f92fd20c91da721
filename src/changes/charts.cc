#include "changes/charts.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/result.h"
#include "changes/shown_field.h"
#include "yaml/parse.h"

namespace lockstep::changes {

namespace {

using Document = std::shared_ptr<const yaml::Document>;

/// Null where there is no file, or nothing in it.
Result<Document> parsed(const std::string& path, const Blob& text) {
    if (text == nullptr) return Document();
    return yaml::Document::parse(path, text, yaml::Dialect::resource);
}

const yaml::Node& root_of(const Document& document) {
    static const yaml::Node empty{.kind = yaml::Kind::mapping};
    return document == nullptr || document->roots().empty() ? empty : *document->roots()[0];
}

Result<void> compare_file(const std::string& folder, const std::string& name, const Blob& before,
                          const Blob& after, std::vector<Field>& fields) {
    const std::string path = folder.empty() ? name : folder + '/' + name;
    const Document old = TRY(parsed(path, before));
    const Document now = TRY(parsed(path, after));
    const ObjectChange object{.fields = {}};
    for (const FieldChange& change : difference(root_of(old), root_of(now), nullptr)) {
        fields.push_back(shown_field(object, change));
        fields.back().path = name + ':' + fields.back().path;
    }
    return {};
}

}  // namespace

std::optional<ChartChange> compare_chart(const std::string& path, const ChartFiles& before,
                                         const ChartFiles& after) {
    ChartChange change{.path = path,
                       .is_added = before.chart == nullptr,
                       .is_removed = after.chart == nullptr,
                       .reason = {},
                       .fields = {}};
    if (change.is_added || change.is_removed) return change;
    auto compared = compare_file(path, "values.yaml", before.values, after.values, change.fields);
    if (compared)
        compared = compare_file(path, "Chart.yaml", before.chart, after.chart, change.fields);
    if (!compared) change.reason = to_string(compared.error());
    if (change.fields.empty() && change.reason.empty()) return std::nullopt;
    return change;
}

}  // namespace lockstep::changes
