"""Signs in with the authorization code as a web application does, with one of two libraries that share no code with the
playground, goes through its pages as a browser would, refreshes, and calls the protected API. Prints what came of it.

Usage: sign_in.py authlib|requests_oauthlib ISSUER API CLIENT_ID CLIENT_SECRET REDIRECT USERNAME PASSWORD
"""

import json
import secrets
import sys
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlparse

import requests

LIBRARY, ISSUER, API, CLIENT_ID, CLIENT_SECRET, REDIRECT, USERNAME, PASSWORD = sys.argv[1:]
SCOPE = "openid profile offline_access orders:read"


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what a browser would send."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.forms.append((has.get("action", ""), []))
        elif tag == "input" and self.forms and (has.get("type") != "checkbox" or "checked" in has):
            self.forms[-1][1].append((has.get("name", ""), has.get("value", "")))


def browse(url):
    """Follows the sign-in to the redirect of the client, which no one answers."""
    browser = requests.Session()
    answer = browser.get(url, allow_redirects=False)
    for _ in range(20):
        if answer.is_redirect:
            target = urljoin(answer.url, answer.headers["location"])
            if target.startswith(REDIRECT):
                return target
            answer = browser.get(target, allow_redirects=False)
            continue
        answer.raise_for_status()
        page = Forms()
        page.feed(answer.text)
        for action, fields in page.forms:
            if action.endswith("/login"):
                given = {"username": USERNAME, "password": PASSWORD}
                sent = [(name, given.get(name, value)) for name, value in fields]
            elif action.endswith("/consent"):
                sent = [*fields, ("decision", "allow")]
            else:
                continue
            answer = browser.post(urljoin(answer.url, action), data=sent, allow_redirects=False)
            break
        else:
            raise SystemExit(f"the sign-in stopped at {answer.url}")
    raise SystemExit("the sign-in did not end")


def with_authlib(server):
    from authlib.integrations.requests_client import OAuth2Session
    from authlib.jose import JsonWebKey, jwt
    from authlib.oidc.core import CodeIDToken

    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    session = OAuth2Session(CLIENT_ID, CLIENT_SECRET, scope=SCOPE, redirect_uri=REDIRECT, code_challenge_method="S256")
    url, state = session.create_authorization_url(
        server["authorization_endpoint"], code_verifier=verifier, nonce=nonce, resource=API
    )
    answer = browse(url)
    assert parse_qs(urlparse(answer).query)["iss"] == [ISSUER]
    token = session.fetch_token(
        server["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )
    keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"]).json())
    options = {"iss": {"value": ISSUER}, "aud": {"value": CLIENT_ID}, "nonce": {"value": nonce}}
    claims = jwt.decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options=options,
        claims_params={"nonce": nonce, "client_id": CLIENT_ID, "access_token": token["access_token"]},
    )
    claims.validate()
    session.refresh_token(server["token_endpoint"], refresh_token=token["refresh_token"])
    return session, claims["sub"]


def with_requests_oauthlib(server):
    from requests_oauthlib import OAuth2Session

    session = OAuth2Session(CLIENT_ID, scope=SCOPE.split(), redirect_uri=REDIRECT)
    # This version of oauthlib knows no PKCE of its own.
    import base64
    import hashlib

    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    url, _state = session.authorization_url(
        server["authorization_endpoint"],
        code_challenge=challenge,
        code_challenge_method="S256",
        nonce=secrets.token_urlsafe(16),
        resource=API,
    )
    token = session.fetch_token(
        server["token_endpoint"],
        authorization_response=browse(url),
        client_secret=CLIENT_SECRET,
        code_verifier=verifier,
    )
    session.refresh_token(
        server["token_endpoint"], refresh_token=token["refresh_token"], auth=(CLIENT_ID, CLIENT_SECRET)
    )
    return session, None


def main():
    server = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
    assert server["issuer"] == ISSUER, server["issuer"]
    session, subject = (with_authlib if LIBRARY == "authlib" else with_requests_oauthlib)(server)
    user = session.get(server["userinfo_endpoint"]).json()
    assert subject in (None, user["sub"]), user
    orders = session.get(f"{API}/orders")
    print(json.dumps({"user": user["preferred_username"], "status": orders.status_code}))


main()
