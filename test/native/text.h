// What tests ask of texts: of a stand-in's log, and of what errors say.
#pragma once

#include <string>

namespace cotangent {

inline bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline size_t Count(const std::string& text, const std::string& part) {
  size_t out = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) out++;
  return out;
}

// What f throws, or an empty text.
template <typename Error, typename F>
std::string Thrown(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace cotangent
