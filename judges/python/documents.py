"""A result against its JSON Schema, an OpenAPI description, pages of HTML: every error found, by libraries that are not ours."""
import json
import sys

import html5lib
import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator


def schema_errors(schema, document):
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]


def openapi_errors(document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in OpenAPIV31SpecValidator(document).iter_errors()]


def html_errors(text):
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {line}, column {column}: {code} {particulars}" for (line, column), code, particulars in parser.errors]


asked = json.load(sys.stdin)
json.dump(
    {
        "results": [schema_errors(asked["schema"], document) for document in asked["results"]],
        "openapi": [openapi_errors(document) for document in asked["openapi"]],
        "pages": [html_errors(text) for text in asked["pages"]],
    },
    sys.stdout,
)
