"""A stateful fake of Stripe, for tests: the few requests that Portico makes, what happens on Stripe's own pages by
`/control`, and events. Every request, answer and event is judged by Stripe's published description
(`stripe_description.py`): a wrong request is refused as Stripe would. A wrong answer is a fault of this program, which
says so from then on to whatever a test asks of it (500).

    stripe_fake.py PORT

Knobs, by POST /control/knobs: `delay` (seconds before each answer), `fail` (a status to answer with, having done
nothing), `drop` (does what is asked and hangs up), `now` (seconds to add to the clock), `decline` (charges fail), `hook`
(where events go by themselves: {"url": …, "secret": …, "headers": …}).

How they go there: `late` (seconds after what they tell of), `times` (how often each goes: 0 is lost, 2 is repeated),
`backwards` (the last of what happened at once goes first). Without `hook` a test takes the events out of the state that
each control answers with, signs them by /control/sign and delivers them as late, often and disordered as it likes.
"""

import hashlib
import hmac
import json
import re
import sys
import threading
import time
import traceback
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# No `__pycache__` beside the tests.
sys.dont_write_bytecode = True
import stripe_description as description

ACCOUNTS = {"sk_test_fake0000": "acct_1Fake", "sk_test_rolled0000": "acct_1Fake", "sk_test_fake1111": "acct_2Other"}


class Refusal(Exception):
    def __init__(self, status, message, kind="invalid_request_error", **more):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message} | {name: word for name, word in more.items() if word}}
        description.check_refusal(self.body)


class Stripe:
    def __init__(self):
        self.lock = threading.RLock()
        self.sessions, self.intents, self.refunds, self.events = {}, {}, {}, []
        # By name, the account in which it was made; and that of whoever asks now.
        self.owners, self.asking = {}, None
        self.answers = {}
        self.requests = []
        self.knobs = {"delay": 0, "fail": None, "drop": False, "now": 0, "decline": False}
        self.knobs |= {"hook": None, "late": 0, "times": 1, "backwards": False}
        # What a test made say what Stripe would not.
        self.changed = set()
        # What is not as Stripe's description has it.
        self.fault = None
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
            "api_version": description.VERSION,
            "created": self.now(),
            "data": {"object": json.loads(json.dumps(thing))},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        if thing["id"] not in self.changed:
            description.check_event(event)
        self.events.append(event)

    # What Portico asks for.

    def create_session(self, form, base):
        need(form, "mode", "success_url")
        if form["mode"] == "subscription":
            raise Refusal(400, "This fake has no subscriptions.", param="mode")
        is_payment = form["mode"] == "payment"
        session = {
            "id": self.new_id("cs"),
            "object": "checkout.session",
            "mode": form["mode"],
            "status": "open",
            "payment_status": "unpaid" if is_payment else "no_payment_required",
            "payment_method_types": ["card", "sepa_debit"],
            "livemode": False,
            "created": self.now(),
            "expires_at": form.get("expires_at", self.now() + 86_400),
            "client_reference_id": form.get("client_reference_id"),
            "customer": None,
            "customer_email": form.get("customer_email"),
            "metadata": form.get("metadata", {}),
            "payment_intent": None,
            "setup_intent": None,
            "amount_total": None,
            "currency": None,
            "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
            "custom_fields": [],
            "custom_text": {},
            "shipping_options": [],
            "success_url": form["success_url"],
            "cancel_url": form.get("cancel_url"),
        }
        if not 1_800 <= session["expires_at"] - self.now() <= 86_400:
            raise Refusal(400, "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.")
        session["url"] = f"{base}/pay/{session['id']}"
        if is_payment:
            session["currency"], session["amount_total"] = total(form)
            session["intent_metadata"] = form.get("payment_intent_data", {}).get("metadata", {})
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
        # All that is done here is to charge what was saved.
        need(form, "customer", "payment_method", "confirm", "off_session")
        intent = self.new_intent(
            amount(form["amount"], form["currency"]), currency(form["currency"]), form.get("metadata", {})
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
        return self.give_back(intent, form.get("amount", intent["amount_received"]))

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
        since, until = (form.get("created", {}).get(bound, default) for bound, default in (("gte", 0), ("lte", 1 << 60)))
        mine = [thing for thing in reversed(list(things.values())) if self.owners[thing["id"]] == self.asking]
        found = [thing for thing in mine if since <= thing["created"] <= until]
        if "starting_after" in form:
            found = found[[thing["id"] for thing in found].index(form["starting_after"]) + 1 :]
        limit = form.get("limit", 10)
        return {"object": "list", "url": address, "has_more": len(found) > limit, "data": found[:limit]}

    # What happens on Stripe's own pages and at banks.

    def new_intent(self, units, code, metadata):
        intent = {
            "id": self.new_id("pi"),
            "object": "payment_intent",
            "amount": units,
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": "automatic_async",
            "confirmation_method": "automatic",
            "currency": code,
            "created": self.now(),
            "livemode": False,
            "status": "requires_confirmation",
            "metadata": metadata,
            "payment_method_types": ["card", "sepa_debit"],
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
        wanted = form.get("expand", [])
        shown = public(session)
        if "payment_intent" in wanted and session["payment_intent"]:
            shown["payment_intent"] = self.intents[session["payment_intent"]]
        if "setup_intent.payment_method" in wanted and session["setup_intent"]:
            shown["setup_intent"] = saved(session)
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
                self.changed.add(session)
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


def saved(session):
    """What a session of mode `setup` leaves, with the card itself."""
    common = {"created": session["created"], "livemode": False}
    card = {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2040, "funding": "credit"}
    method = {"id": "pm" + session["setup_intent"][4:], "object": "payment_method", "type": "card", "card": card, **common}
    method["billing_details"] = {"email": session["customer_email"]}
    setup = {"id": session["setup_intent"], "object": "setup_intent", "status": "succeeded", "usage": "off_session", **common}
    return {**setup, "payment_method_types": ["card"], "payment_method": method}


def need(form, *names, within=""):
    for name in names:
        if name not in form:
            full = f"{within}[{name}]" if within else name
            raise Refusal(400, f"Missing required param: {full}.", param=full, code="parameter_missing")


def total(form):
    """That a line needs one of several ways to say its price, the description has only in words. Portico says this one."""
    need(form, "line_items")
    codes, units = set(), 0
    for at, line in enumerate(form["line_items"]):
        need(line, "quantity", "price_data", within=f"line_items[{at}]")
        price = line["price_data"]
        need(price, "unit_amount", "product_data", within=f"line_items[{at}][price_data]")
        codes.add(currency(price["currency"]))
        units += amount(price["unit_amount"], price["currency"]) * line["quantity"]
    if len(codes) != 1:
        raise Refusal(400, "All line items must be of one currency.", param="line_items")
    return codes.pop(), units


def currency(code):
    if not re.fullmatch("[a-z]{3}", code):
        raise Refusal(400, f"Invalid currency: {code}.", param="currency")
    return code


def amount(units, code):
    if not 1 <= units <= 99_999_999:
        raise Refusal(400, f"Invalid integer: {units}", param="amount")
    if code in ("bhd", "jod", "kwd", "omr", "tnd") and units % 10:
        raise Refusal(400, "The last digit of an amount in this currency must be 0.", param="amount")
    if code in ("isk", "ugx") and units % 100:
        raise Refusal(400, "This currency has no hundredths.", param="amount")
    return units


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
            status, answer, events = attempt(lambda: stripe.control(url.path, json.loads(body or "{}")))
            tell_hook(events)
            return self.say(500, stripe.fault) if stripe.fault else self.say(status, answer)
        if url.path.startswith("/pay/"):
            return self.page(method, url.path.split("/")[2], urllib.parse.parse_qs(body))
        time.sleep(stripe.knobs["delay"])
        if stripe.knobs["fail"]:
            return self.say(stripe.knobs["fail"], {"error": {"type": "api_error", "message": "Something went wrong."}})
        status, answer, events = attempt(lambda: self.api(method, url, body))
        if stripe.knobs["drop"]:
            self.close_connection = True
        else:
            self.say(status, answer)
        return tell_hook(events)

    def api(self, method, url, body):
        stripe.asking = ACCOUNTS.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if stripe.asking is None:
            raise Refusal(401, "Invalid API Key provided.")
        version = self.headers.get("Stripe-Version")
        if version != description.VERSION:
            raise Refusal(400, f"The tests' description of Stripe is of {description.VERSION}, the request of {version}.")
        kind = f"{method} " + re.sub(r"/(cs|pi|re)_\w+", "/*", url.path)
        if kind not in description.PARAMETERS:
            raise Refusal(404, f"Unrecognized request URL ({method}: {url.path}).")
        text = url.query if method == "GET" else body
        try:
            form = description.check_request(kind, text)
        except description.Fault as fault:
            raise Refusal(400, str(fault), param=fault.param(), code=fault.code) from fault
        key = self.headers.get("Idempotency-Key")
        stripe.requests.append({"kind": kind, "form": dict(urllib.parse.parse_qsl(text)), "key": key})
        if method == "POST" and key in stripe.answers:
            known, answer = stripe.answers[key]
            if known != (url.path, body):
                raise Refusal(400, "Keys for idempotent requests can only be used with the same parameters.", "idempotency_error")
            return answer
        base = f"http://{self.headers['Host']}"
        answer = json.loads(json.dumps(stripe.answer(method, url.path, form, base)))
        if answer.get("id") not in stripe.changed:
            description.check_answer(answer)
        if method == "POST" and key:
            stripe.answers[key] = ((url.path, body), answer)
        return answer

    def page(self, method, name, form):
        """Where people pay, as plain as can be."""
        session = stripe.sessions.get(name)
        if session is None:
            return self.say(404, {})
        if method == "POST":
            status, answer, events = attempt(lambda: stripe.pay(session, form.get("method", ["card"])[0]))
            if status != 200:
                return self.say(status, answer)
            tell_hook(events)
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
    """A status, an answer, and the events of what happened."""
    with stripe.lock:
        told = len(stripe.events)
        try:
            status, answer = 200, work()
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
        except description.Fault as fault:
            traceback.print_exc()
            stripe.fault = f"The fake of Stripe is not like Stripe: {fault.param()}: {fault}"
            print(stripe.fault, file=sys.stderr, flush=True)
            status, answer = 500, {"error": {"type": "api_error", "message": stripe.fault}}
        return status, answer, stripe.events[told:]


def tell_hook(events):
    """Where there is somebody to tell."""
    hook, late = stripe.knobs["hook"], stripe.knobs["late"]
    order = list(reversed(events)) if stripe.knobs["backwards"] else events
    going = [event for event in order for _ in range(stripe.knobs["times"])] if hook else []
    if late:
        threading.Timer(late, send_all, (going, hook)).start()
    else:
        send_all(going, hook)


def send_all(events, hook):
    for event in events:
        send(event, hook)


def send(event, hook):
    body = json.dumps(event)
    signed = signature(body, hook["secret"], stripe.now())
    headers = {"Stripe-Signature": signed, "Content-Type": "application/json", **hook.get("headers", {})}
    urllib.request.urlopen(urllib.request.Request(hook["url"], body.encode(), headers), timeout=10).read()


def main():
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()


main()
