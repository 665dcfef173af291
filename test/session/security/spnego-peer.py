"""The other end of a security context, as pyspnego has it. One JSON object a line on standard input, one answer a line on standard output.

{"open": ID, "usage": "initiate" | "accept", "protocol": ..., "user": ..., "password": ..., "host": ..., "binding": BASE64?}
{"step": ID, "token": BASE64?} | {"wrap": ID, "data": BASE64} | {"unwrap": ID, "header": BASE64, "data": BASE64}
{"certificate": BASE64}: what pypsrp takes for the hash of a certificate
{"encrypt": ID, "protocol": ..., "data": BASE64} | {"decrypt": ID, "protocol": ..., "boundary": ..., "data": BASE64}: whole bodies, by pypsrp
"""

import base64
import json
import sys

import spnego
from pypsrp.encryption import WinRMEncryption
from pypsrp.negotiate import HTTPNegotiateAuth
from spnego.channel_bindings import GssChannelBindings

contexts = {}


def unpacked(value):
    return base64.b64decode(value) if value is not None else None


def packed(value):
    return base64.b64encode(value).decode() if value is not None else None


def opened(ask):
    binding = unpacked(ask.get("binding"))
    options = {
        "protocol": ask["protocol"],
        "channel_bindings": GssChannelBindings(application_data=binding) if binding else None,
    }
    if ask["usage"] == "accept":
        return spnego.server(**options)
    return spnego.client(
        ask.get("user"),
        ask.get("password"),
        hostname=ask["host"],
        service=ask.get("service", "HTTP"),
        context_req=spnego.ContextReq.default | spnego.ContextReq.confidentiality | spnego.ContextReq.integrity,
        **options,
    )


def answer(ask):
    if "open" in ask:
        contexts[ask["open"]] = opened(ask)
        return {}
    if "step" in ask:
        context = contexts[ask["step"]]
        token = context.step(unpacked(ask.get("token")))
        return {"token": packed(token), "complete": context.complete, "who": context.complete and context.client_principal}
    if "wrap" in ask:
        result = contexts[ask["wrap"]].wrap_winrm(unpacked(ask["data"]))
        return {"header": packed(result.header), "data": packed(result.data)}
    if "unwrap" in ask:
        message = contexts[ask["unwrap"]].unwrap_winrm(unpacked(ask["header"]), unpacked(ask["data"]))
        return {"data": packed(message)}
    if "encrypt" in ask:
        kind, body = WinRMEncryption(contexts[ask["encrypt"]], ask["protocol"]).wrap_message(unpacked(ask["data"]))
        return {"type": kind, "data": packed(body)}
    if "decrypt" in ask:
        encryption = WinRMEncryption(contexts[ask["decrypt"]], ask["protocol"])
        return {"data": packed(encryption.unwrap_message(unpacked(ask["data"]), ask["boundary"]))}
    return {"hash": packed(HTTPNegotiateAuth._get_certificate_hash(unpacked(ask["certificate"])))}


for line in sys.stdin:
    try:
        print(json.dumps(answer(json.loads(line))), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
