"""The description of the HTTP API, in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from ecgviz import DISCLAIMER, __version__
from ecgviz.beat_lab import picture_networks
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.service.bodies import FIELD

_JSON = "application/json"
_ERRORS = {
    "400": "The request is not as described here.",
    "401": "The bearer token is missing or wrong.",
    "408": "The body did not arrive in time.",
    "413": "The body is too large.",
    "429": "Every place in the queue is taken; Retry-After states the seconds to wait.",
    "500": "A program error. Where the process that read the file ended, its refusal's code is program_error.",
    "503": "A network's file is missing or damaged; without networks reports are still read.",
}


def document() -> dict[str, Any]:
    """Return the description as a dictionary for JSON."""
    formats: dict[str, Any] = {one.mime: {} for one in SIGNAL_FORMATS.values()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "ecgviz", "version": __version__, "description": DISCLAIMER},
        "paths": {
            "/api/read": {
                "post": _operation(
                    "Read a report and predict from it",
                    {"200": _content("The reading", {_JSON: {"schema": {"$ref": "#/components/schemas/Reading"}}})},
                    [_parameter("models", ["true", "false"], "Whether the networks run")],
                )
            },
            "/api/digitise": {
                "post": _operation(
                    "Write a report's signals as a file",
                    {"200": _content("The file", formats)},
                    [_parameter("format", list(SIGNAL_FORMATS), "Format of the file")],
                )
            },
            "/api/beat": {
                "post": _operation(
                    "Predict the class of one beat from its picture",
                    {"200": _content("The prediction", {_JSON: {"schema": {"$ref": "#/components/schemas/Beat"}}})},
                    [_parameter("network", picture_networks(), "The beat network that predicts")],
                )
            },
            "/api/health": {"get": _plain("Versions, weights, memory and the queue", {"200": "The state"})},
            "/api/ready": {
                "get": _plain("Whether the networks are loaded", {"200": "They are", "503": "They are being loaded"})
            },
        },
        "components": {
            "schemas": {
                "Reading": {
                    "type": "object",
                    "required": ["schema", "status"],
                    "properties": {
                        "schema": {"type": "string", "description": "Version of the contract"},
                        "status": {"enum": ["read", "refused"]},
                        "refusal": {
                            "type": ["object", "null"],
                            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                        },
                    },
                },
                "Beat": {
                    "type": "object",
                    "required": ["schema", "status"],
                    "properties": {
                        "schema": {"type": "string", "description": "Version of the contract"},
                        "status": {"enum": ["read", "refused"]},
                        "network": {"type": "string"},
                        "label": {"type": "string"},
                        "probabilities": {"type": "object", "additionalProperties": {"type": "number"}},
                    },
                },
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(summary: str, good: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    refused = _content("The file was refused", {_JSON: {"schema": {"$ref": "#/components/schemas/Reading"}}})
    binary = {"type": "string", "format": "binary"}
    form = {"type": "object", "required": [FIELD], "properties": {FIELD: binary}}
    return {
        "summary": summary,
        "parameters": parameters,
        "security": [{}, {"token": []}],
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": form}, "application/octet-stream": {"schema": binary}},
        },
        "responses": {**good, "422": refused, **{code: {"description": words} for code, words in _ERRORS.items()}},
    }


def _plain(summary: str, answers: dict[str, str]) -> dict[str, Any]:
    return {"summary": summary, "responses": {code: {"description": words} for code, words in answers.items()}}


def _content(words: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": content}


def _parameter(name: str, values: list[str], words: str) -> dict[str, Any]:
    # Without weights there is no network to choose.
    schema = {"type": "string"} | ({"enum": values, "default": values[0]} if values else {})
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}
