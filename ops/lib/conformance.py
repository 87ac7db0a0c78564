"""What Schemathesis is told of a province, for ops/conformance.

Words that only chance would find are put into some of the bodies, so that more than refusals is looked at. What no
document can say otherwise is allowed here, with its reason.
"""

import functools
import json
import os
import random
import urllib.parse
import urllib.request

import schemathesis

# HTTP leaves no choice: a precondition, a body that is too large or of another type, too many requests.
ALWAYS = ["412", "413", "415", "429"]
# TMF621 lets anybody publish specifications one by one, and delete them.
NOT_SERVED = "405"

WORDS = {
    "ticketType": ["complaint", "fault", "enquiry", "投诉"],
    "@type": ["TroubleTicket"],
    "status": ["inProgress", "cancelled", "acknowledged"],
    "callback": ["http://127.0.0.1:9/listener"],
    "type": ["complaint", "fault"],
    "home": ["nx-yinchuan"],
    "site": ["nx-yinchuan", "nx-wuzhong"],
}


@functools.cache
def tickets():
    """Some that the node has, whatever the document is."""
    parts = urllib.parse.urlsplit(os.environ["CONFORMANCE_URL"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(
        f"{parts.scheme}://{parts.netloc}/api/tickets?limit=20",
        headers={"Authorization": "Bearer " + os.environ["CONFORMANCE_TOKEN"]},
    )
    return [ticket["id"] for ticket in json.load(opener.open(request))["tickets"]]


def decided_by_type(schema):
    """TMF621 v5 has alternatives that overlap, so that its own examples are of several; @type decides."""
    if isinstance(schema, dict):
        if "discriminator" in schema and "oneOf" in schema:
            schema["anyOf"] = schema.pop("oneOf")
        for inner in schema.values():
            decided_by_type(inner)
    elif isinstance(schema, list):
        for inner in schema:
            decided_by_type(inner)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Adds the statuses that are written exceptions to every operation."""
    decided_by_type(raw_schema)
    for path in raw_schema.get("paths", {}).values():
        for method, operation in path.items():
            if method not in ("get", "post", "patch", "delete", "put") or "responses" not in operation:
                continue
            for status in ALWAYS + [NOT_SERVED]:
                operation["responses"].setdefault(status, {"description": "Allowed: ops/conformance says why."})


@schemathesis.hook
def after_call(context, case, response):
    """Two answers that no document can describe.

    One without a body has no media type either. What is no target of HTTP at all, such as one with a zero byte, is
    refused before it is known whose path it is, as a problem (RFC 9457).
    """
    if response.status_code == 204:
        response.headers.setdefault("content-type", ["application/json"])
    is_fault = "/tmf-api/" in case.path or case.path.startswith(("/troubleTicket", "/hub"))
    if is_fault and response.status_code == 400 and b'"detail":"request target:' in (response.content or b""):
        response.headers["content-type"] = ["application/json"]
        response.content = b'{"@type":"Error","code":"malformed","reason":"Bad Request"}'


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Names a ticket that there is, more often than not."""
    for name in ("ticket", "id"):
        drawn = random.Random(repr((path_parameters or {}).get(name)))
        if name in (path_parameters or {}) and tickets() and drawn.random() < 0.6:
            path_parameters[name] = drawn.choice(tickets())
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Puts a word of the province in where the document only says "a text"."""
    if not isinstance(body, dict):
        return body
    drawn = random.Random(repr(sorted(body, key=str)))
    for name, words in WORDS.items():
        if name in body and drawn.random() < 0.8:
            body[name] = drawn.choice(words)
    if isinstance(body.get("fields"), dict) and drawn.random() < 0.7:
        body["fields"] = {"subject": "断线"}
    if "ticketType" in body and drawn.random() < 0.7:
        # At a hub a ticket names its branch. What the node says itself is left out.
        body["troubleTicketCharacteristic"] = [
            {"@type": "StringCharacteristic", "name": "home", "value": "nx-yinchuan"}
        ]
        for name in ("id", "href", "lastUpdate", "statusChangeDate", "statusChange", "resolutionDate", "status",
                     "expectedResolutionDate", "troubleTicketSpecification", "externalId"):
            body.pop(name, None)
        for file in body.get("attachment") or []:
            if isinstance(file, dict):
                file.update({"name": "a.txt", "mimeType": "text/plain", "content": "YQ==", "@type": "Attachment"})
                file.pop("id", None)
    return body
