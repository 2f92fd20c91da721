#include "report/html_text.h"

#include "report/html_style.h"
#include "report/printable.h"
#include "report/xml.h"

namespace lockstep::report::html {

std::string escaped(std::string_view text) {
    return xml_escaped(printable(text));
}

std::string sentence(std::string_view text) {
    std::string html;
    while (!text.empty()) {
        const std::size_t open = text.find('`');
        const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
        if (close == std::string_view::npos) return html + escaped(text);
        const std::string name = escaped(text.substr(open + 1, close - open - 1));
        html += escaped(text.substr(0, open));
        html += name.empty() ? "``" : "<code>" + name + "</code>";
        text.remove_prefix(close + 1);
    }
    return html;
}

std::string element(std::string_view name, std::string_view type, const std::string& content) {
    std::string html = "<" + std::string(name);
    if (!type.empty()) html.append(" class=\"").append(type).append("\"");
    return html + ">" + content + "</" + std::string(name) + ">";
}

std::string head(std::string_view title, std::string_view tool_version) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; img-src data:\">\n"
           "<meta name=\"generator\" content=\"lockstep " +
           escaped(tool_version) + "\">\n<link rel=\"icon\" href=\"data:,\">\n<title>" +
           escaped(title) + "</title>\n<style>" + html_style + "</style>\n</head>\n<body>\n";
}

}  // namespace lockstep::report::html
