"""Checks titles and status lists with PyJWT and with sd-jwt, as a shop's own software would.

Reads one JSON object from standard input: issuer, keys of titles and of status lists (JSON Web Key Sets), a good title,
a good list, and cases with a kind and a token. Prints a JSON list: for each case what each library made of it, true when
the title would be shown as valid.
"""

import base64
import json
import sys
import time
import zlib

import jwt
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

LIST_BYTES = 1 << 17


def single(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a claim stands there twice")
    return dict(pairs)


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def check_header(token, kind, keys):
    """The algorithm, the type and the key are ours to say, and a token has one spelling."""
    for part in token.split("."):
        if base64.urlsafe_b64encode(decoded(part)).rstrip(b"=").decode() != part:
            raise ValueError("spelling")
    header = json.loads(decoded(token.split(".")[0]), object_pairs_hook=single)
    json.loads(decoded(token.split(".")[1]), object_pairs_hook=single)
    if header.get("alg") != "EdDSA" or header.get("typ") != kind or "crit" in header:
        raise ValueError("header")
    return next(key for key in keys["keys"] if key["kid"] == header["kid"])


def check_claims(claims, issuer):
    if claims["iss"] != issuer or claims["vct"] != issuer + "/vct/forerunner/1":
        raise ValueError("issuer or type")
    now = time.time()
    if not (isinstance(claims["exp"], int) and isinstance(claims["nbf"], int)):
        raise ValueError("times")
    if not claims["nbf"] <= now < claims["exp"]:
        raise ValueError("outside its time")
    return claims["status"]["status_list"]


def check_list(token, keys, place, verify):
    key = check_header(token, "statuslist+jwt", keys)
    claims = verify(token, key)
    if claims["sub"] != place["uri"] or claims["status_list"]["bits"] != 1:
        raise ValueError("another list")
    if not claims["iat"] <= time.time() < claims["exp"]:
        raise ValueError("outside its time")
    inflater = zlib.decompressobj()
    bits = inflater.decompress(decoded(claims["status_list"]["lst"]), LIST_BYTES)
    if not inflater.eof or inflater.unconsumed_tail:
        raise ValueError("not a list")
    if place["idx"] >= len(bits) * 8:
        raise ValueError("no such entry")
    if bits[place["idx"] // 8] >> (place["idx"] % 8) & 1:
        raise ValueError("ended")


def by_pyjwt(token, key):
    return jwt.decode(
        token, jwt.PyJWK(key).key, algorithms=["EdDSA"],
        options={"require": ["exp", "iat"], "verify_aud": False})


def title_by_pyjwt(text, keys, issuer):
    token = text[:-1] if text.endswith("~") else text
    if "~" in token:
        raise ValueError("disclosures")
    return check_claims(by_pyjwt(token, check_header(token, "dc+sd-jwt", keys)), issuer)


def title_by_sd_jwt(text, keys, issuer):
    presentation = text if text.endswith("~") else text + "~"
    if presentation.count("~") != 1:
        raise ValueError("disclosures")
    key = check_header(presentation[:-1], "dc+sd-jwt", keys)
    found = SDJWTVerifier(presentation, lambda *_: JWK(**key), None, None)
    return check_claims(found.get_verified_payload(), issuer)


def accepts(check):
    try:
        check()
        return True
    except Exception:
        return False


def main():
    given = json.load(sys.stdin)
    titles, lists, issuer = given["titles"], given["lists"], given["issuer"]

    def outcome(title, status):
        return {
            "pyjwt": accepts(
                lambda: check_list(status, lists, title_by_pyjwt(title, titles, issuer), by_pyjwt)),
            "sd-jwt": accepts(
                lambda: check_list(status, lists, title_by_sd_jwt(title, titles, issuer), by_pyjwt)),
        }

    answers = []
    for case in given["cases"]:
        is_title = case["kind"] == "title"
        answers.append(outcome(
            case["token"] if is_title else given["title"], given["list"] if is_title else case["token"]))
    json.dump(answers, sys.stdout)


main()
