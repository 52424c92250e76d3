"""A stateful fake of Stripe, for tests: the few requests that Portico makes, checked against the parameters of
Stripe's published OpenAPI description, and what happens on Stripe's own pages by `/control`.

    stripe_fake.py PORT

Knobs, by POST /control/knobs: `delay` (seconds before each answer), `fail` (a status to answer with, having done
nothing), `drop` (does what is asked and hangs up), `now` (seconds to add to the clock), `decline` (charges fail), `hook`
(where events go by themselves: {"url": …, "secret": …, "headers": …}).
"""

import hashlib
import hmac
import json
import re
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ACCOUNTS = {"sk_test_fake0000": "acct_1Fake", "sk_test_rolled0000": "acct_1Fake", "sk_test_fake1111": "acct_2Other"}
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}\.[a-z]+")

# What Stripe's description lists for each request, as far as anybody could send it here.
PARAMETERS = {
    "POST /v1/checkout/sessions": (
        r"mode|success_url|cancel_url|client_reference_id|currency|customer|customer_creation|customer_email"
        r"|expires_at|locale|submit_type|metadata\[\w+\]|adaptive_pricing\[enabled\]|line_items\[\d+\]\[quantity\]"
        r"|line_items\[\d+\]\[price_data\]\[(currency|unit_amount|product_data\]\[(name|description|metadata\]\[\w+))\]"
        r"|payment_intent_data\[(description|receipt_email|setup_future_usage|metadata\]\[\w+)\]"
        r"|setup_intent_data\[(description|metadata\]\[\w+)\]"
    ),
    "POST /v1/checkout/sessions/*/expire": r"expand\[\d*\]",
    "GET /v1/checkout/sessions/*": r"expand\[\d*\]",
    "POST /v1/payment_intents": (
        r"amount|currency|customer|payment_method|off_session|confirm|description|metadata\[\w+\]|receipt_email"
    ),
    "GET /v1/payment_intents/*": r"expand\[\d*\]",
    "GET /v1/payment_intents": r"limit|starting_after|ending_before|customer|created\[(gt|gte|lt|lte)\]",
    "POST /v1/refunds": r"payment_intent|charge|amount|reason|metadata\[\w+\]",
    "GET /v1/refunds": r"limit|starting_after|ending_before|payment_intent|charge|created\[(gt|gte|lt|lte)\]",
    "GET /v1/account": r"expand\[\d*\]",
}


class Refusal(Exception):
    def __init__(self, status, message, kind="invalid_request_error", **more):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


class Stripe:
    def __init__(self):
        self.lock = threading.RLock()
        self.sessions, self.intents, self.refunds, self.events = {}, {}, {}, []
        # By name, the account in which it was made; and that of whoever asks now.
        self.owners, self.asking = {}, None
        self.answers = {}
        self.requests = []
        self.knobs = {"delay": 0, "fail": None, "drop": False, "now": 0, "hook": None, "decline": False}
        self.last_id = 0

    def now(self):
        return int(time.time()) + self.knobs["now"]

    def new_id(self, prefix):
        self.last_id += 1
        name = f"{prefix}_test_{self.last_id:08d}"
        self.owners[name] = self.asking
        return name

    def tell(self, kind, thing):
        event = {
            "id": self.new_id("evt"),
            "object": "event",
            "api_version": "2026-09-30.endive",
            "created": self.now(),
            "data": {"object": json.loads(json.dumps(thing))},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.events.append(event)

    # What Portico asks for.

    def create_session(self, form, base):
        need(form, "mode", "success_url")
        one_of(form, "mode", "payment", "setup")
        session = {
            "id": self.new_id("cs"),
            "object": "checkout.session",
            "mode": form["mode"],
            "status": "open",
            "payment_status": "unpaid" if form["mode"] == "payment" else "no_payment_required",
            "livemode": False,
            "created": self.now(),
            "expires_at": int(form.get("expires_at", self.now() + 86_400)),
            "client_reference_id": form.get("client_reference_id"),
            "customer": None,
            "customer_email": form.get("customer_email"),
            "metadata": words(form, "metadata"),
            "payment_intent": None,
            "setup_intent": None,
            "amount_total": None,
            "currency": None,
            "success_url": form["success_url"],
            "cancel_url": form.get("cancel_url"),
        }
        if not 1_800 <= session["expires_at"] - self.now() <= 86_400:
            raise Refusal(400, "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.")
        session["url"] = f"{base}/pay/{session['id']}"
        if form["mode"] == "payment":
            line = "line_items[0]"
            need(form, f"{line}[quantity]", f"{line}[price_data][currency]", f"{line}[price_data][unit_amount]")
            need(form, f"{line}[price_data][product_data][name]")
            session["currency"] = currency(form[f"{line}[price_data][currency]"])
            session["amount_total"] = amount(form[f"{line}[price_data][unit_amount]"], session["currency"])
            session["intent_metadata"] = words(form, "payment_intent_data[metadata]")
        else:
            need(form, "currency")
            session["currency"] = currency(form["currency"])
        self.sessions[session["id"]] = session
        return session

    def expire_session(self, session):
        if session["status"] != "open":
            raise Refusal(400, "Only Checkout Sessions with a status in [\"open\"] can be expired.")
        session["status"] = "expired"
        self.tell("checkout.session.expired", public(session))
        return session

    def create_intent(self, form):
        need(form, "amount", "currency", "customer", "payment_method", "confirm", "off_session")
        intent = self.new_intent(
            amount(form["amount"], form["currency"]), currency(form["currency"]), words(form, "metadata")
        )
        intent["customer"], intent["payment_method"] = form["customer"], form["payment_method"]
        if self.knobs["decline"]:
            intent["status"] = "requires_payment_method"
            self.tell("payment_intent.payment_failed", intent)
            raise Refusal(402, "Your card was declined.", "card_error", code="card_declined")
        self.finish_intent(intent)
        return intent

    def create_refund(self, form):
        need(form, "payment_intent")
        intent = self.found(self.intents, form["payment_intent"])
        return self.give_back(intent, int(form.get("amount", intent["amount_received"])))

    def give_back(self, intent, units, status="succeeded"):
        self.asking = self.owners[intent["id"]]
        known = [r for r in self.refunds.values() if r["payment_intent"] == intent["id"] and r["status"] != "failed"]
        if units <= 0 or sum(r["amount"] for r in known) + units > intent["amount_received"]:
            raise Refusal(400, "Refund amount is greater than unrefunded amount on charge.")
        refund = {
            "id": self.new_id("re"),
            "object": "refund",
            "amount": units,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "charge": intent["latest_charge"],
            "created": self.now(),
            "metadata": {},
            "status": status,
        }
        self.refunds[refund["id"]] = refund
        self.tell("refund.created", refund)
        return refund

    def listed(self, things, address, form):
        since, until = int(form.get("created[gte]", 0)), int(form.get("created[lte]", 1 << 60))
        mine = [thing for thing in reversed(list(things.values())) if self.owners[thing["id"]] == self.asking]
        found = [thing for thing in mine if since <= thing["created"] <= until]
        if "starting_after" in form:
            found = found[[thing["id"] for thing in found].index(form["starting_after"]) + 1 :]
        limit = int(form.get("limit", 10))
        return {"object": "list", "url": address, "has_more": len(found) > limit, "data": found[:limit]}

    # What happens on Stripe's own pages and at banks.

    def new_intent(self, units, code, metadata):
        intent = {
            "id": self.new_id("pi"),
            "object": "payment_intent",
            "amount": units,
            "amount_received": 0,
            "currency": code,
            "created": self.now(),
            "livemode": False,
            "status": "requires_confirmation",
            "metadata": metadata,
            "latest_charge": None,
        }
        self.intents[intent["id"]] = intent
        return intent

    def finish_intent(self, intent):
        intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=self.new_id("ch"))
        self.tell("payment_intent.succeeded", intent)

    def pay(self, session, method):
        if session["status"] != "open":
            raise Refusal(400, "This Checkout Session is not open.")
        self.asking = self.owners[session["id"]]
        session["status"] = "complete"
        if session["mode"] == "setup":
            session["customer"], session["setup_intent"] = self.new_id("cus"), self.new_id("seti")
            self.tell("checkout.session.completed", public(session))
            return
        intent = self.new_intent(session["amount_total"], session["currency"], session["intent_metadata"])
        session["payment_intent"] = intent["id"]
        if method == "debit":
            intent["status"] = "processing"
            self.tell("payment_intent.processing", intent)
        else:
            self.finish_intent(intent)
            session["payment_status"] = "paid"
        self.tell("checkout.session.completed", public(session))

    def settle(self, intent, how):
        session = next((s for s in self.sessions.values() if s["payment_intent"] == intent["id"]), None)
        if how == "succeed":
            self.finish_intent(intent)
            if session:
                session["payment_status"] = "paid"
                self.tell("checkout.session.async_payment_succeeded", public(session))
        else:
            intent["status"] = "requires_payment_method"
            self.tell("payment_intent.payment_failed", intent)
            if session:
                self.tell("checkout.session.async_payment_failed", public(session))

    def answer(self, method, path, form, base):
        parts = path.strip("/").split("/")[1:]
        match (method, parts):
            case ("GET", ["account"]):
                return {"id": self.asking, "object": "account", "business_profile": {"name": "Studio at Stripe"}}
            case ("POST", ["checkout", "sessions"]):
                return public(self.create_session(form, base))
            case ("GET", ["checkout", "sessions", session]):
                return self.expanded(self.found(self.sessions, session), form)
            case ("POST", ["checkout", "sessions", session, "expire"]):
                return public(self.expire_session(self.found(self.sessions, session)))
            case ("POST", ["payment_intents"]):
                return self.create_intent(form)
            case ("GET", ["payment_intents", intent]):
                return self.found(self.intents, intent)
            case ("POST", ["refunds"]):
                return self.create_refund(form)
            case ("GET", ["refunds"]):
                return self.listed(self.refunds, path, form)
            case ("GET", ["payment_intents"]):
                return self.listed(self.intents, path, form)
        raise Refusal(404, f"Unrecognized request URL ({method}: {path}).")

    def found(self, things, name):
        if name not in things or self.asking not in (None, self.owners[name]):
            raise Refusal(404, f"No such object: '{name}'", code="resource_missing")
        return things[name]

    def expanded(self, session, form):
        wanted = [value for name, value in form.items() if name.startswith("expand[")]
        shown = public(session)
        if "payment_intent" in wanted and session["payment_intent"]:
            shown["payment_intent"] = self.intents[session["payment_intent"]]
        if "setup_intent.payment_method" in wanted and session["setup_intent"]:
            card = {"brand": "visa", "last4": "4242"}
            method = {"id": "pm" + session["setup_intent"][4:], "object": "payment_method", "type": "card", "card": card}
            shown["setup_intent"] = {"id": session["setup_intent"], "object": "setup_intent", "payment_method": method}
        return shown

    def control(self, path, body):
        self.asking = None
        match path.strip("/").split("/")[1:]:
            case ["knobs"]:
                self.knobs.update(body)
                return self.knobs
            case ["sessions", session, "pay"]:
                self.pay(self.found(self.sessions, session), body.get("method", "card"))
            case ["sessions", session, "change"]:
                self.found(self.sessions, session).update(body)
            case ["payments", intent, ("succeed" | "fail") as how]:
                self.settle(self.found(self.intents, intent), how)
            case ["payments", intent, "refund"]:
                return self.give_back(self.found(self.intents, intent), body["amount"], body.get("status", "succeeded"))
            case ["refunds", refund, status]:
                self.found(self.refunds, refund)["status"] = status
                self.tell("refund.failed" if status == "failed" else "refund.updated", self.refunds[refund])
            case ["sign"]:
                return {"signature": signature(body["body"], body["secret"], body.get("at", self.now()))}
            case ["state"]:
                pass
            case _:
                raise Refusal(404, f"no such control: {path}")
        return {
            "sessions": [public(session) for session in self.sessions.values()],
            "intents": list(self.intents.values()),
            "refunds": list(self.refunds.values()),
            "events": self.events,
            "requests": self.requests,
        }


def public(session):
    return {name: value for name, value in session.items() if name != "intent_metadata"}


def need(form, *names):
    for name in names:
        if not form.get(name):
            raise Refusal(400, f"Missing required param: {name}.", param=name)


def one_of(form, name, *values):
    if form[name] not in values:
        raise Refusal(400, f"Invalid {name}: must be one of {', '.join(values)}", param=name)


def currency(code):
    if not re.fullmatch("[a-z]{3}", code):
        raise Refusal(400, f"Invalid currency: {code}.", param="currency")
    return code


def amount(text, code):
    if not re.fullmatch(r"\d{1,8}", text) or int(text) < 1:
        raise Refusal(400, f"Invalid integer: {text}", param="amount")
    if code in ("bhd", "jod", "kwd", "omr", "tnd") and text[-1] != "0":
        raise Refusal(400, "The last digit of an amount in this currency must be 0.", param="amount")
    if code in ("isk", "ugx") and text[-2:] != "00":
        raise Refusal(400, "This currency has no hundredths.", param="amount")
    return int(text)


def words(form, name):
    return {key[len(name) + 1 : -1]: value for key, value in form.items() if re.fullmatch(re.escape(name) + r"\[\w+\]", key)}


def signature(body, secret, at):
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


stripe = Stripe()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.handle_any("GET")

    def do_POST(self):
        self.handle_any("POST")

    def handle_any(self, method):
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if url.path.startswith("/control/"):
            with stripe.lock:
                told = len(stripe.events)
                answer = attempt(lambda: stripe.control(url.path, json.loads(body or "{}")))
            tell_hook(told)
            return self.say(*answer)
        if url.path.startswith("/pay/"):
            return self.page(method, url.path.split("/")[2], urllib.parse.parse_qs(body))
        time.sleep(stripe.knobs["delay"])
        if stripe.knobs["fail"]:
            return self.say(stripe.knobs["fail"], {"error": {"type": "api_error", "message": "Something went wrong."}})
        with stripe.lock:
            status, answer = attempt(lambda: self.api(method, url, body))
        if stripe.knobs["drop"]:
            self.close_connection = True
            return None
        return self.say(status, answer)

    def api(self, method, url, body):
        stripe.asking = ACCOUNTS.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if stripe.asking is None:
            raise Refusal(401, "Invalid API Key provided.")
        if not VERSION.fullmatch(self.headers.get("Stripe-Version", "")):
            raise Refusal(400, "A request without a version of the interface.")
        text = url.query if method == "GET" else body
        form = dict(urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)))
        kind = f"{method} " + re.sub(r"/(cs|pi|re)_\w+", "/*", url.path)
        if kind not in PARAMETERS:
            raise Refusal(404, f"Unrecognized request URL ({method}: {url.path}).")
        for name in form:
            if not re.fullmatch(PARAMETERS[kind], name):
                raise Refusal(400, f"Received unknown parameter: {name}", param=name)
        stripe.requests.append({"kind": kind, "form": form, "key": self.headers.get("Idempotency-Key")})
        key = self.headers.get("Idempotency-Key")
        if method == "POST" and key in stripe.answers:
            known, answer = stripe.answers[key]
            if known != (url.path, body):
                raise Refusal(400, "Keys for idempotent requests can only be used with the same parameters.", "idempotency_error")
            return answer
        base = f"http://{self.headers['Host']}"
        answer = json.loads(json.dumps(stripe.answer(method, url.path, form, base)))
        if method == "POST" and key:
            stripe.answers[key] = ((url.path, body), answer)
        return answer

    def page(self, method, name, form):
        """Where people pay, as plain as can be."""
        session = stripe.sessions.get(name)
        if session is None:
            return self.say(404, {})
        if method == "POST":
            with stripe.lock:
                told = len(stripe.events)
                stripe.pay(session, form.get("method", ["card"])[0])
            tell_hook(told)
            self.send_response(303)
            self.send_header("Location", session["success_url"])
            self.send_header("Content-Length", "0")
            return self.end_headers()
        units = f"{session['amount_total']} {session['currency']}"
        html = (
            f"<!doctype html><meta charset=utf-8><title>Pay</title><h1>{units}</h1><form method=post>"
            "<button name=method value=card>Pay by card</button>"
            "<button name=method value=debit>Pay by bank debit</button></form>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        return self.wfile.write(html)

    def say(self, status, answer):
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def attempt(work):
    try:
        return 200, work()
    except Refusal as refusal:
        return refusal.status, refusal.body


def tell_hook(told):
    """What happened since then, where there is somebody to tell."""
    hook = stripe.knobs["hook"]
    for event in stripe.events[told:] if hook else []:
        send(event, hook)


def send(event, hook):
    body = json.dumps(event)
    signed = signature(body, hook["secret"], stripe.now())
    headers = {"Stripe-Signature": signed, "Content-Type": "application/json", **hook.get("headers", {})}
    urllib.request.urlopen(urllib.request.Request(hook["url"], body.encode(), headers), timeout=10).read()


def main():
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()


main()
