"""The OpenAPI description of what can be asked, made from the operations themselves."""

from __future__ import annotations

from typing import Any

from simulation.classroom.event_stream import MOST_DOTS
from simulation.classroom.guard import MOST_BYTES
from simulation.classroom.operations import EVERYBODY, OPERATIONS, Operation

REFUSALS = {
    "401": "Nobody who is known here",
    "403": "Not allowed to whoever asks",
    "404": "There is no such thing",
    "408": "The request took too long",
    "409": "Not open now, or used up",
    "413": f"More than {MOST_BYTES} bytes",
    "415": "No JSON",
    "421": "An address that is not ours",
    "422": "Not of the form described here",
    "429": "Too often, or too many",
}


def described() -> dict[str, Any]:
    """Return the description as JSON data."""
    paths = {each.path: {each.method.lower(): _operation(each)} for each in OPERATIONS}
    after = {
        "name": "after",
        "in": "query",
        "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    }
    stream = {
        "summary": f"Server-sent events: lesson, counts, you, people, and at most {MOST_DOTS:,} dots at a time",
        "operationId": "stream", "parameters": [after], "security": _security(EVERYBODY),
        "responses": {"200": {"description": "Events", "content": {"text/event-stream": {}}}, **_refusals()},
    }  # fmt: skip
    where = {
        "summary": "Where pupils join, with the squares of the QR code", "operationId": "address",
        "security": _security(EVERYBODY), "responses": _responses(),
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "simulate classroom", "version": "1"},
        "paths": paths | {"/api/stream": {"get": stream}, "/api/address": {"get": where}},
        "components": {
            "securitySchemes": {
                "who": {
                    "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "Seat TOKEN, Teacher KEY or Code CODE",
                }
            }
        },
    }  # fmt: skip


def _operation(each: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "summary": each.summary,
        "operationId": each.path.rpartition("/")[2],
        "responses": _responses(),
        "security": _security(each.roles),
    }
    if each.takes is not None:
        schema = each.takes.model_json_schema()
        content = {"application/json": {"schema": schema}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _security(roles: frozenset[Any]) -> list[dict[str, list[str]]]:
    return [{"who": []}] if roles else []


def _responses() -> dict[str, Any]:
    answer = {"description": "Done", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"200": answer, **_refusals()}


def _refusals() -> dict[str, Any]:
    schema = {
        "type": "object", "required": ["error"], "properties": {"error": {"type": "string"}},
    }  # fmt: skip
    content = {"application/json": {"schema": schema}}
    return {status: {"description": words, "content": content} for status, words in REFUSALS.items()}
