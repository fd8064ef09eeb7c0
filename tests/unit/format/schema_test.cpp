// The generated JSON Schema, judged by an independent validator.
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "catch.hpp"
#include "format/sample.hpp"

using namespace tcplab::format;

namespace {

// The validator knows nlohmann's unordered type only.
nlohmann::json unordered(const Json& value) { return nlohmann::json::parse(dump(value)); }

class Validator {
 public:
  explicit Validator(const Json& schema) {
    const nlohmann::json text = unordered(schema);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema_);
  }
  bool accepts(const std::string& text) const {
    const nlohmann::json value = nlohmann::json::parse(text);
    valijson::Validator validator;
    return validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
  }

 private:
  valijson::Schema schema_;
};

const char* const id = "https://example.org/sample.schema.json";

}  // namespace

TEST_CASE("the schema accepts and refuses what the check does") {
  const Shape shape = sample::lab();
  const Validator validator(schema(shape, id, "Sample"));
  for (const std::string& members : sample::good()) {
    INFO(members);
    CHECK(validator.accepts(sample::whole(members)));
  }
  for (const sample::Bad& bad : sample::bad()) {
    INFO(bad.text);
    CHECK(validator.accepts(sample::whole(bad.text)) == !bad.schema_refuses);
  }
}

TEST_CASE("check and schema agree on documents put together at random") {
  const Shape shape = sample::lab();
  const Validator validator(schema(shape, id, "Sample"));
  std::vector<std::string> parts = sample::good();
  for (const sample::Bad& bad : sample::bad()) {
    if (bad.schema_refuses) parts.push_back(bad.text);
  }
  std::uint64_t random = 1;
  int accepted = 0;
  for (int i = 0; i < 5'000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    std::string text = sample::whole(parts[(random >> 33) % parts.size()]);
    // Swap one character for another of the text: other keys, words, numbers, structures.
    text[(random >> 12) % text.size()] = text[(random >> 45) % text.size()];
    const auto document = parse(text);
    if (!document) continue;
    INFO(text);
    const bool good = check(shape, *document).empty();
    accepted += good;
    if (good) CHECK(validator.accepts(text));
    if (!validator.accepts(text)) CHECK_FALSE(good);
  }
  CHECK(accepted > 100);
}

TEST_CASE("the schema says what editors need") {
  const Json json = schema(sample::lab(), id, "Sample");
  CHECK(json["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK(json["$id"] == id);
  CHECK(json["title"] == "Sample");
  CHECK(json["additionalProperties"] == false);
  CHECK(json["required"] == Json::array({"format"}));
  CHECK(dump(json["properties"]["format"]) ==
        R"({"description":"The format's name","const":"sample/1"})");
  CHECK(dump(json["properties"]["loss"]) ==
        R"({"description":"Probability","type":"number","minimum":0.0,"maximum":1.0,"default":0})");
  CHECK(dump(json["properties"]["goal"]) ==
        R"({"description":"The aim","allOf":[{"$ref":"#/definitions/goal"}]})");
  const Json& action = json["properties"]["script"]["items"];
  CHECK(dump(action["properties"]["do"]) ==
        R"({"enum":["listen","send","inject","close"],)"
        R"("enumDescriptions":["Waits for connections","Sends","Sends a raw segment","Closes"]})");
  CHECK(
      dump(action["allOf"][3]) ==
      R"({"if":{"properties":{"do":{"const":"close"}},"required":["do"]},)"
      R"("then":{"description":"Closes","properties":{"do":{},"at":{},"when":{},"host":{}},"additionalProperties":false}})");
  CHECK(json["definitions"].contains("goal.templated"));
  CHECK(json["definitions"].contains("placeholder"));
}

TEST_CASE("a format that is itself named has a usable schema") {
  const Validator validator(schema(sample::goal(), id, "Goal"));
  CHECK(validator.accepts(R"({"never": {"all": [{"state": {"host": "a", "is": "CLOSED"}}]}})"));
  CHECK_FALSE(validator.accepts(R"({"never": {"all": [{"state": {"host": "a", "is": "OPEN"}}]}})"));
}

// Every text of up to three of some characters, told apart in the same way by both.
TEST_CASE("names are the same to the check and to the schema") {
  const auto texts = [] {
    std::vector<std::string> all{""};
    for (std::size_t i = 0; i < all.size() && all[i].size() < 3; ++i) {
      for (const char c : std::string("aZ0_-. ")) all.push_back(all[i] + c);
    }
    all.push_back(std::string(64, 'a'));
    all.push_back(std::string(65, 'a'));
    return all;
  }();
  for (const Shape& name : {shapes::identifier(), shapes::parameter_name()}) {
    const Shape shape = shapes::map(name, shapes::any());
    const Validator validator(schema(shape, "names", "names"));
    std::size_t taken = 0;
    for (const auto& text : texts) {
      Json value = Json::object();
      value[text] = 1;
      const bool is_taken = check(shape, value, Source{}).empty();
      INFO(text);
      CHECK(validator.accepts(dump(value)) == is_taken);
      taken += is_taken ? 1 : 0;
    }
    CHECK(taken > 20);
    CHECK(taken < texts.size());
  }
}
