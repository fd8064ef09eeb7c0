// The style of the texts, as far as rules can hold it; and that the rules find what they are for.
#include "texts/style.hpp"

#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "format/json.hpp"

namespace {

using tcplab::format::Json;
using tcplab::test::faults_of_chinese;
using tcplab::test::faults_of_english;
using Lines = std::vector<std::string>;

Json read(const std::string& name) {
  std::ifstream file(std::string(TCPLAB_SOURCE_DIR) + "/exercises/" + name);
  REQUIRE(file);
  return Json::parse(file);
}

}  // namespace

TEST_CASE("style: what is in order has no fault") {
  CHECK(faults_of_english("The server’s ACK arrives at 0.25 s (RFC 9293 §3.10.7.4). The RST waits.")
            .empty());
  CHECK(faults_of_chinese("客户端发出 SYN，进入 SYN_SENT（RFC 9293 §3.5）。服务器用 SYN,ACK 应答。")
            .empty());
}

TEST_CASE("style: each kind of fault in English is found") {
  for (const char* bad :
       {"It waits for the ACK.", "The client's SYN arrives.", "Really the server answers.",
        "Our SYN is lost.", "The text is kept.", "A SYN is sent; the server answers.",
        "The SYN is lost. They wait.", "The timer of 2MSL runs.",
        "The client sends a SYN and the server answers with a SYN and an ACK in the same segment "
        "as "
        "figure six shows it."}) {
    INFO(bad);
    CHECK(faults_of_english(bad).size() == 1);
  }
}

TEST_CASE("style: each kind of fault in Chinese is found") {
  for (const char* bad :
       {"应用得到错误。", "监听者继续监听。", "服务器重发 SYN。", "连接半开。", "客户端收到SYN。",
        "服务器应答 。", "客户端应答,服务器等待。", "连接结束。它不再存在。", "SYN cookie 有效。",
        "客户端发出请求之后服务器收到请求并且处理请求然后发出应答而客户端收到应答之后才关闭这一条连"
        "接"
        "并结束。"}) {
    INFO(bad);
    CHECK(faults_of_chinese(bad).size() == 1);
  }
}

TEST_CASE("style: the rules") {
  const Json file = read("rules.json");
  for (const auto& [id, rule] : file["rules"].items()) {
    INFO("the rule " << id);
    CHECK(faults_of_english(rule["en"].get<std::string>()) == Lines{});
    CHECK(faults_of_chinese(rule["zh"].get<std::string>()) == Lines{});
  }
}

TEST_CASE("style: the scenarios' titles") {
  namespace fs = std::filesystem;
  for (const auto& entry :
       fs::directory_iterator(fs::path(TCPLAB_SOURCE_DIR) / "exercises/scenarios")) {
    const auto name = entry.path().filename().string();
    const Json title = read("scenarios/" + name)["title"];
    INFO(name);
    CHECK(faults_of_english(title["en"].get<std::string>()) == Lines{});
    CHECK(faults_of_chinese(title["zh"].get<std::string>()) == Lines{});
  }
}
