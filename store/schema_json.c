#include "store/export.h"

#include <stddef.h>

/* The JSON Schemas are part of the product: `export --schema`, `import --schema`. An array of lines, as C compilers
 * need not take one literal of this length. */
const char *const export_schema[] = {
    "{",
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
    "  \"$id\": \"urn:yijian:decision-export:1\",",
    "  \"title\": \"Decisions on registrations of first-class constructors\",",
    "  \"$defs\": {",
    "    \"day\": {\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},",
    "    \"day_or_null\": {\"anyOf\": [{\"$ref\": \"#/$defs/day\"}, {\"type\": \"null\"}]},",
    "    \"instant\": {\"type\": \"string\","
    " \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$\"},",
    "    \"text_or_null\": {\"type\": [\"string\", \"null\"]},",
    "    \"number_or_null\": {\"type\": [\"integer\", \"null\"], \"minimum\": 1},",
    "    \"hash\": {\"type\": \"string\", \"pattern\": \"^[0-9a-f]{64}$\"},",
    "    \"specialty\": {\"enum\": [\"建筑工程\", \"公路工程\", \"铁路工程\", \"民航机场工程\", \"港口与航道工程\","
    " \"水利水电工程\", \"矿业工程\", \"市政公用工程\", \"通信与广电工程\", \"机电工程\"]},",
    "    \"reason\": {\"type\": \"object\", \"additionalProperties\": false,",
    "      \"required\": [\"basis\", \"rule\", \"text\"],",
    "      \"properties\": {\"basis\": {\"$ref\": \"#/$defs/text_or_null\"},",
    "        \"rule\": {\"$ref\": \"#/$defs/text_or_null\"}, \"text\": {\"type\": \"string\", \"minLength\": 1}}},",
    "    \"item\": {\"type\": \"object\", \"additionalProperties\": false,",
    "      \"required\": [\"outcome\", \"reasons\", \"specialty\", \"valid_from\", \"valid_to\"],",
    "      \"properties\": {\"outcome\": {\"enum\": [\"approved\", \"refused\", \"revoked\"]},",
    "        \"reasons\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/reason\"}},",
    "        \"specialty\": {\"$ref\": \"#/$defs/specialty\"},",
    "        \"valid_from\": {\"$ref\": \"#/$defs/day_or_null\"}, \"valid_to\": {\"$ref\": \"#/$defs/day_or_null\"}},",
    "      \"if\": {\"properties\": {\"outcome\": {\"const\": \"approved\"}}},",
    "      \"then\": {\"properties\": {\"valid_from\": {\"$ref\": \"#/$defs/day\"},"
    " \"valid_to\": {\"$ref\": \"#/$defs/day\"}}},",
    "      \"else\": {\"properties\": {\"reasons\": {\"minItems\": 1}}}},",
    "    \"check\": {\"type\": \"object\", \"additionalProperties\": false,",
    "      \"required\": [\"basis\", \"found\", \"required\", \"result\", \"rule\", \"specialty\"],",
    "      \"properties\": {\"basis\": {\"type\": \"string\"}, \"found\": {\"type\": \"string\"},",
    "        \"required\": {\"type\": \"string\"}, \"result\": {\"enum\": [\"pass\", \"fail\", \"not_evaluated\"]},",
    "        \"rule\": {\"type\": \"string\"},",
    "        \"specialty\": {\"anyOf\": [{\"$ref\": \"#/$defs/specialty\"}, {\"type\": \"null\"}]}}},",
    "    \"decision\": {\"type\": \"object\", \"additionalProperties\": false,",
    "      \"required\": [\"hash\", \"accepted_on\", \"action\", \"application_no\", \"checks\", \"decide_by\","
    " \"decided_at\", \"decided_by\",",
    "        \"decided_by_name\", \"decided_on\", \"decision_no\", \"employer\", \"items\", \"kind\", \"kind_zh\","
    " \"note\", \"outcome\",",
    "        \"person\", \"remedies\", \"seq\", \"submitted_on\", \"supersedes\", \"type\", \"use_window\"],",
    "      \"properties\": {",
    "        \"hash\": {\"$ref\": \"#/$defs/hash\"},",
    "        \"accepted_on\": {\"$ref\": \"#/$defs/day_or_null\"},",
    "        \"action\": {\"enum\": [\"approve\", \"refuse\", \"revoke\"]},",
    "        \"application_no\": {\"type\": \"string\", \"minLength\": 1},",
    "        \"checks\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/check\"}},",
    "        \"decide_by\": {\"$ref\": \"#/$defs/day\"},",
    "        \"decided_at\": {\"$ref\": \"#/$defs/instant\"},",
    "        \"decided_by\": {\"type\": \"string\", \"minLength\": 1},",
    "        \"decided_by_name\": {\"type\": \"string\", \"minLength\": 1},",
    "        \"decided_on\": {\"$ref\": \"#/$defs/day\"},",
    "        \"decision_no\": {\"type\": \"integer\", \"minimum\": 1},",
    "        \"employer\": {\"type\": \"object\", \"additionalProperties\": false,"
    " \"required\": [\"credit_code\", \"name\"],",
    "          \"properties\": {\"credit_code\": {\"type\": \"string\"}, \"name\": {\"type\": \"string\"}}},",
    "        \"items\": {\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/item\"}},",
    "        \"kind\": {\"enum\": [\"initial\", \"added_specialty\", \"re_registration\", \"continuation\"]},",
    "        \"kind_zh\": {\"enum\": [\"初始注册\", \"增项注册\", \"重新注册\", \"延续注册\"]},",
    "        \"note\": {\"$ref\": \"#/$defs/text_or_null\"},",
    "        \"outcome\": {\"enum\": [\"approved\", \"partly_approved\", \"refused\", \"revoked\"]},",
    "        \"person\": {\"type\": \"object\", \"additionalProperties\": false,",
    "          \"required\": [\"former_number\", \"id_number\", \"id_type\", \"name\", \"registration_number\"],",
    "          \"properties\": {\"former_number\": {\"$ref\": \"#/$defs/text_or_null\"},",
    "            \"id_number\": {\"type\": \"string\"},",
    "            \"id_type\": {\"enum\": [\"resident\", \"hk_macao_permit\", \"taiwan_permit\", \"passport\"]},",
    "            \"name\": {\"type\": \"string\"}, \"registration_number\": {\"$ref\": \"#/$defs/text_or_null\"}}},",
    "        \"remedies\": {\"$ref\": \"#/$defs/text_or_null\"},",
    "        \"seq\": {\"type\": \"integer\", \"minimum\": 1},",
    "        \"submitted_on\": {\"$ref\": \"#/$defs/day\"},",
    "        \"supersedes\": {\"$ref\": \"#/$defs/number_or_null\"},",
    "        \"type\": {\"const\": \"decision\"},",
    "        \"use_window\": {\"anyOf\": [{\"type\": \"null\"}, {\"type\": \"object\", \"additionalProperties\": "
    "false,",
    "          \"required\": [\"from\", \"to\"], \"properties\": {\"from\": {\"$ref\": \"#/$defs/day\"},"
    " \"to\": {\"$ref\": \"#/$defs/day\"}}}]}",
    "      }},",
    "    \"header_members\": {\"type\": \"object\",",
    "      \"required\": [\"type\", \"format_version\", \"database\", \"training\", \"exported_at\", \"exported_by\","
    " \"since\", \"until\",",
    "        \"filters\", \"first\", \"last\", \"count\", \"ledger\"],",
    "      \"properties\": {",
    "        \"type\": {\"const\": \"decision_export\"}, \"format_version\": {\"const\": 1},",
    "        \"database\": {\"type\": \"string\", \"pattern\": \"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$\"},",
    "        \"training\": {\"type\": \"boolean\"}, \"exported_at\": {\"$ref\": \"#/$defs/instant\"},",
    "        \"exported_by\": {\"type\": \"string\"}, \"since\": {\"type\": \"integer\", \"minimum\": 0},",
    "        \"until\": {\"$ref\": \"#/$defs/number_or_null\"},",
    "        \"filters\": {\"type\": \"object\", \"additionalProperties\": false,"
    " \"required\": [\"kind\", \"action\", \"reviewer\"],",
    "          \"properties\": {\"kind\": {\"$ref\": \"#/$defs/text_or_null\"},"
    " \"action\": {\"$ref\": \"#/$defs/text_or_null\"},",
    "            \"reviewer\": {\"$ref\": \"#/$defs/text_or_null\"}}},",
    "        \"first\": {\"$ref\": \"#/$defs/number_or_null\"}, \"last\": {\"$ref\": \"#/$defs/number_or_null\"},",
    "        \"count\": {\"type\": \"integer\", \"minimum\": 0},",
    "        \"ledger\": {\"type\": \"object\", \"additionalProperties\": false,"
    " \"required\": [\"alg\", \"seq\", \"head\"],",
    "          \"properties\": {\"alg\": {\"const\": \"SM3\"}, \"seq\": {\"type\": \"integer\", \"minimum\": 1},",
    "            \"head\": {\"$ref\": \"#/$defs/hash\"}}},",
    "        \"decisions\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/decision\"}}}},",
    "    \"document\": {\"allOf\": [{\"$ref\": \"#/$defs/header_members\"}, {\"required\": [\"decisions\"]}]},",
    "    \"header\": {\"allOf\": [{\"$ref\": \"#/$defs/header_members\"}, {\"not\": {\"required\": "
    "[\"decisions\"]}}]},",
    "    \"trailer\": {\"type\": \"object\", \"additionalProperties\": false,"
    " \"required\": [\"type\", \"count\", \"last\"],",
    "      \"properties\": {\"type\": {\"const\": \"decision_export_end\"},"
    " \"count\": {\"type\": \"integer\", \"minimum\": 0},",
    "        \"last\": {\"$ref\": \"#/$defs/number_or_null\"}}}",
    "  },",
    "  \"description\": \"--format json: one document. --format ndjson: each line is a header, a decision or the"
    " trailer.\",",
    "  \"oneOf\": [{\"$ref\": \"#/$defs/document\"}, {\"$ref\": \"#/$defs/header\"},"
    " {\"$ref\": \"#/$defs/decision\"},",
    "    {\"$ref\": \"#/$defs/trailer\"}]",
    "}",
    NULL,
};

const char *const import_schema[] = {
    "{",
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
    "  \"$id\": \"urn:yijian:input-document:1\",",
    "  \"title\": \"Documents that yijian imports: one a line (NDJSON), one array of them, or one\",",
    "  \"$defs\": {",
    "    \"text\": {\"type\": \"string\", \"maxLength\": 200},",
    "    \"key\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 200},",
    "    \"day\": {\"type\": \"string\", \"pattern\": "
    "\"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"},",
    "    \"hours\": {\"type\": \"integer\", \"minimum\": 0, \"maximum\": 100000},",
    "    \"specialty\": {\"enum\": [\"建筑工程\", \"公路工程\", \"铁路工程\", \"民航机场工程\", \"港口与航道工程\","
    " \"水利水电工程\", \"矿业工程\", \"市政公用工程\", \"通信与广电工程\", \"机电工程\"]},",
    "    \"id\": {\"type\": \"object\", \"required\": [\"type\", \"number\"],",
    "      \"properties\": {\"type\": {\"enum\": [\"resident\", \"hk_macao_permit\", \"taiwan_permit\", \"passport\"]},"
    " \"number\": {\"$ref\": \"#/$defs/text\"}}},",
    "    \"person\": {\"type\": \"object\", \"required\": [\"name\", \"id\"],",
    "      \"properties\": {\"name\": {\"$ref\": \"#/$defs/text\"}, \"id\": {\"$ref\": \"#/$defs/id\"},"
    " \"birth_date\": {\"$ref\": \"#/$defs/day\"}},",
    "      \"if\": {\"properties\": {\"id\": {\"properties\": {\"type\": {\"const\": \"resident\"}}}}},",
    "      \"else\": {\"required\": [\"birth_date\"]}},",
    "    \"employer\": {\"type\": \"object\", \"required\": [\"name\", \"credit_code\"],",
    "      \"properties\": {\"name\": {\"$ref\": \"#/$defs/text\"}, \"credit_code\": {\"$ref\": \"#/$defs/text\"},",
    "        \"province\": {\"type\": \"string\", \"pattern\": \"^[0-9]{2}$\"}}},",
    "    \"constructor\": {\"allOf\": [{\"$ref\": \"#/$defs/person\"}], \"type\": \"object\",",
    "      \"required\": [\"type\", \"employer\", \"registration\", \"specialties\"],",
    "      \"properties\": {\"type\": {\"const\": \"constructor\"}, \"employer\": {\"$ref\": \"#/$defs/employer\"},",
    "        \"registration\": {\"type\": \"object\", \"required\": [\"number\"],",
    "          \"properties\": {\"number\": {\"$ref\": \"#/$defs/key\"}, \"paper_number\": {\"$ref\": "
    "\"#/$defs/text\"}}},",
    "        \"specialties\": {\"type\": \"array\", \"minItems\": 1, \"maxItems\": 10, \"items\": {\"type\": "
    "\"object\",",
    "          \"required\": [\"specialty\", \"valid_from\", \"valid_to\"],",
    "          \"properties\": {\"specialty\": {\"$ref\": \"#/$defs/specialty\"},"
    " \"valid_from\": {\"$ref\": \"#/$defs/day\"},",
    "            \"valid_to\": {\"$ref\": \"#/$defs/day\"}, \"status\": {\"enum\": [\"registered\", "
    "\"cancelled\"]}}}}}},",
    "    \"application\": {\"type\": \"object\",",
    "      \"required\": [\"type\", \"application_no\", \"kind\", \"submitted_on\", \"applicant\", \"employer\","
    " \"specialties\"],",
    "      \"properties\": {\"type\": {\"const\": \"application\"}, \"application_no\": {\"$ref\": \"#/$defs/key\"},",
    "        \"kind\": {\"enum\": [\"initial\", \"added_specialty\", \"re_registration\", \"continuation\"]},",
    "        \"submitted_on\": {\"$ref\": \"#/$defs/day\"}, \"accepted_on\": {\"$ref\": \"#/$defs/day\"},",
    "        \"accepted_by\": {\"$ref\": \"#/$defs/text\"}, \"applicant\": {\"$ref\": \"#/$defs/person\"},",
    "        \"employer\": {\"$ref\": \"#/$defs/employer\"}, \"registration_number\": {\"$ref\": \"#/$defs/text\"},",
    "        \"specialties\": {\"type\": \"array\", \"minItems\": 1, \"maxItems\": 10, \"items\": {\"type\": "
    "\"object\",",
    "          \"required\": [\"specialty\"], \"properties\": {\"specialty\": {\"$ref\": \"#/$defs/specialty\"},",
    "            \"qualification\": {\"type\": \"object\", \"required\": [\"certificate_no\", \"issued_on\"],",
    "              \"properties\": {\"certificate_no\": {\"$ref\": \"#/$defs/text\"},"
    " \"issued_on\": {\"$ref\": \"#/$defs/day\"}}},",
    "            \"education\": {\"type\": \"object\", \"properties\": {\"compulsory_hours\": {\"$ref\": "
    "\"#/$defs/hours\"},",
    "              \"elective_hours\": {\"$ref\": \"#/$defs/hours\"}}}}}},",
    "        \"pledge\": {\"type\": \"object\", \"required\": [\"signed\"], \"properties\": {\"signed\": {\"type\":"
    " \"boolean\"},",
    "          \"signed_on\": {\"$ref\": \"#/$defs/day\"}, \"signer\": {\"$ref\": \"#/$defs/text\"}}},",
    "        \"other_registrations\": {\"type\": \"array\", \"items\": {\"type\": \"object\",",
    "          \"required\": [\"certificate\", \"employer_code\"], \"properties\": {"
    "\"certificate\": {\"$ref\": \"#/$defs/text\"},",
    "            \"employer_code\": {\"$ref\": \"#/$defs/text\"}}}},",
    "        \"disqualifications\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/key\"}},",
    "        \"materials\": {\"type\": \"array\", \"items\": {\"type\": \"object\", \"required\": [\"name\"],",
    "          \"properties\": {\"name\": {\"$ref\": \"#/$defs/text\"}, \"sha256\": {\"$ref\": \"#/$defs/text\"}}}}}}",
    "  },",
    "  \"oneOf\": [{\"$ref\": \"#/$defs/constructor\"}, {\"$ref\": \"#/$defs/application\"}]",
    "}",
    NULL,
};
