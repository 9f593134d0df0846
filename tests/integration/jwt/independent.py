"""Verifies and makes tokens with jwcrypto and PyJWT, which share no code with Gatehouse. JSON in, JSON out."""

import json
import sys

import jwt as pyjwt
from jwcrypto import jwe, jwk, jws


def verify_one(case):
    key = jwk.JWK(**case["key"])
    if "enc" in case:
        token = jwe.JWE(algs=[case["alg"], case["enc"]])
        token.deserialize(case["token"], key)
        inner = token.payload.decode()
        if "inside" not in case:
            return json.loads(inner)
        return verify_one({**case["inside"], "token": inner})
    token = jws.JWS()
    token.allowed_algs = [case["alg"]]
    token.deserialize(case["token"])
    token.verify(key, case["alg"])
    payload = json.loads(token.payload)
    # The second of them knows the compact form alone.
    if not case["token"].lstrip().startswith("{"):
        other = pyjwt.PyJWS().decode(case["token"], pyjwt.PyJWK(case["key"], case["alg"]).key, algorithms=[case["alg"]])
        if json.loads(other) != payload:
            raise ValueError("jwcrypto and PyJWT differ")
    return payload


def make_one(case):
    key = jwk.JWK(**case["key"])
    header = {"alg": case["alg"], **case.get("header", {})}
    payload = json.dumps(case["payload"]).encode()
    if "enc" in case:
        token = jwe.JWE(payload, json.dumps({**header, "enc": case["enc"]}), algs=[case["alg"], case["enc"]])
        token.add_recipient(key)
        return token.serialize(compact=case.get("compact", True))
    token = jws.JWS(payload)
    token.allowed_algs = [case["alg"]]
    token.add_signature(key, case["alg"], json.dumps(header))
    return token.serialize(compact=case.get("compact", True))


def attempt(work, case):
    try:
        return {"ok": True, "value": work(case)}
    except Exception as error:  # Whatever it is: the test compares.
        return {"ok": False, "error": f"{type(error).__name__}: {error}"[:300]}


asked = json.load(sys.stdin)
json.dump(
    {
        "verified": [attempt(verify_one, case) for case in asked["verify"]],
        "made": [attempt(make_one, case) for case in asked["make"]],
    },
    sys.stdout,
)
