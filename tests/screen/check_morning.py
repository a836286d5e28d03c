"""What the morning decided, as its export says it: by the schema, and in content."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

import jsonschema  # noqa: E402
from lib import OK, equal, run  # noqa: E402

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
jsonschema.Draft202012Validator(run("export", "--schema", expect=OK).json()).validate(document)
first, second, third = document["decisions"]
equal([(d["application_no"], d["action"], d["outcome"]) for d in document["decisions"]],
      [("A0000000005", "approve", "approved"), ("A0000000001", "approve", "partly_approved"), ("A0000000002", "refuse", "refused")],
      "decisions")
equal([item["outcome"] for item in second["items"]], ["approved", "refused"], "items of the second")
texts = [reason["text"] for item in third["items"] for reason in item["reasons"]]
equal("聘用单位未盖章" in texts, True, f"reasons of the third: {texts}")
equal(len(texts) >= 2, True, "the reasons prefilled are kept")
