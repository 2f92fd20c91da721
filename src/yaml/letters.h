#pragma once

namespace lockstep::yaml {

/// Unicode's letters (L) and decimal digits (Nd), as Go's `unicode` package knows them.
bool is_letter(char32_t c);
bool is_decimal_digit(char32_t c);

}  // namespace lockstep::yaml
