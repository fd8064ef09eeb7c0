// What can be held by rule in the prose that students read: length, words, marks. Whether a
// sentence is true and good to read is for people.
#pragma once
#include <string>
#include <vector>

namespace tcplab::test {

// One line a fault, with the words around it; none if the text is in order.
std::vector<std::string> faults_of_english(const std::string& text);
std::vector<std::string> faults_of_chinese(const std::string& text);

}  // namespace tcplab::test
