"""Stripe's published OpenAPI description, as the judge of what a fake of Stripe is asked and of what it answers.

It is read from Stripe's own library for Python (`stripe` in requirements.txt), whose types Stripe generates from the
description: a TypedDict for the parameters of each request, a class for each object of an answer, where what is not
`Optional` is required. The types leave out the greatest length of a text, and let null stand for what may be absent.
"""

import functools
import re
import sys
import types
import typing
import urllib.parse

import stripe
from stripe import ErrorObject, ListObject, RequestOptions, params
from stripe._object_classes import OBJECT_CLASSES, get_object_class
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import is_typeddict

# Of the interface, as a request says it in `Stripe-Version`.
VERSION = stripe.api_version

PARAMETERS = {
    "GET /v1/account": params.AccountRetrieveParams,
    "POST /v1/checkout/sessions": params.checkout.SessionCreateParams,
    "GET /v1/checkout/sessions/*": params.checkout.SessionRetrieveParams,
    "POST /v1/checkout/sessions/*/expire": params.checkout.SessionExpireParams,
    "POST /v1/payment_intents": params.PaymentIntentCreateParams,
    "GET /v1/payment_intents": params.PaymentIntentListParams,
    "GET /v1/payment_intents/*": params.PaymentIntentRetrieveParams,
    "POST /v1/refunds": params.RefundCreateParams,
    "GET /v1/refunds": params.RefundListParams,
}


class Fault(Exception):
    """`place` is a path into what was judged, `code` one of <https://docs.stripe.com/error-codes>."""

    def __init__(self, place, message, code=None):
        super().__init__(message)
        self.place, self.code = place, code

    def param(self):
        return param(self.place)


def param(place):
    """("line_items", "0", "quantity") as Stripe names it: `line_items[0][quantity]`."""
    return "".join(f"[{name}]" if at else name for at, name in enumerate(place))


def check_request(operation, text):
    """Returns what a form or a query says, with lists, numbers and booleans in the place of their texts."""
    return Form().read(PARAMETERS[operation], nested(text), ())


def check_answer(thing):
    """Also raises for what the description does not name."""
    Answer().read(Described, thing, ())


def check_refusal(body):
    Answer().read(ErrorObject, body["error"], ("error",))


def check_event(event):
    check_answer(event)
    Answer().read(Described, event["data"]["object"], ("data", "object"))


def nested(text):
    """`a[b][0]=c` as {"a": {"b": {"0": "c"}}}: what is a list, only its type knows."""
    tree = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)):
        *path, last = name.removesuffix("]").replace("][", "[").split("[")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
            if not isinstance(branch, dict):
                raise Fault((name,), f"Invalid object: {name}")
        branch[last or str(len(branch))] = value
    return tree


class Described:
    """Any object that says in `object` of which of Stripe's classes it is."""


# The library's classes name each other without importing each other, some by a second name, as do its RequestOptions.
NAMES = {name: type(name, (Described,), {}) for _, name in OBJECT_CLASSES.values()}
NAMES |= {f"{name}Resource": kind for name, kind in NAMES.items()}
NAMES |= {"StripeContext": object, "Mapping": typing.Mapping}


@functools.cache
def fields(kind):
    """What each field of a class is, and the names of those that are required."""
    hints = typing.get_type_hints(kind, vars(sys.modules[kind.__module__]), NAMES)
    if is_typeddict(kind):
        own = {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}
        return own, kind.__required_keys__
    own = {name: hints[name] for name in kind.__annotations__ if typing.get_origin(hints[name]) is not typing.ClassVar}
    own |= {"object": str} if kind is ListObject else {}
    return own, {name for name, hint in own.items() if type(None) not in typing.get_args(hint)}


def closed(choices):
    """The library lets an enumeration be any text besides, for the values of tomorrow. The description does not."""
    literals = [choice for choice in choices if typing.get_origin(choice) is typing.Literal]
    is_enumeration = any(value for literal in literals for value in typing.get_args(literal))
    return [choice for choice in choices if not (is_enumeration and choice is str)]


class Judge:
    """Reads a value as the type that it should be of, and raises the first Fault."""

    def read(self, kind, value, place):
        origin, parts = typing.get_origin(kind), typing.get_args(kind)
        if kind is typing.Any:
            return value
        if kind in (str, int, float, bool, type(None)):
            return self.scalar(kind, value, place)
        if origin in (typing.Union, types.UnionType):
            return self.choice(closed(parts), value, place)
        if origin is typing.Literal:
            if value not in parts:
                raise Fault(place, f"Invalid {param(place)}: must be one of {', '.join(map(str, parts))}")
            return value
        if origin is list:
            items = enumerate(self.items(value, place))
            return [self.read(parts[0], item, (*place, str(at))) for at, item in items]
        if not isinstance(value, dict):
            raise Fault(place, f"Invalid object: {param(place)}")
        if origin in (dict, UntypedStripeObject):
            return {name: self.entry(parts[-1], item, (*place, name)) for name, item in value.items()}
        if isinstance(kind, typing.TypeVar) or issubclass(origin or kind, Described):
            return self.members(described(kind, value, place), value, place)
        return self.members(origin or kind, value, place)

    def choice(self, choices, value, place):
        faults = []
        for choice in choices:
            try:
                return self.read(choice, value, place)
            except Fault as fault:
                faults.append(fault)
        # The choice that fitted longest is the one that was meant.
        raise max(faults, key=lambda fault: len(fault.place))

    def members(self, kind, value, place):
        known, required = fields(kind)
        for name in value:
            if name not in known:
                inner = (*place, name)
                raise Fault(inner, f"Received unknown parameter: {param(inner)}", "parameter_unknown")
        for name in sorted(required - value.keys()):
            inner = (*place, name)
            raise Fault(inner, f"Missing required param: {param(inner)}.", "parameter_missing")
        return {name: self.read(known[name], item, (*place, name)) for name, item in value.items()}

    def entry(self, kind, value, place):
        return self.read(kind, value, place)


def described(kind, value, place):
    name = value.get("object")
    if name not in OBJECT_CLASSES:
        raise Fault(place, f"Stripe has no object {name!r}")
    found = get_object_class("V1", name)
    if kind in NAMES.values() and kind.__name__ != found.__name__:
        raise Fault(place, f"a {name} in the place of a {kind.__name__}")
    return found


class Form(Judge):
    """Everything is written as text, and a list as an object of numbers."""

    def scalar(self, kind, value, place):
        if not isinstance(value, str) or kind is type(None):
            raise Fault(place, f"Invalid string: {value}")
        if value == "":
            raise Fault(place, f"You passed an empty string for '{param(place)}'.", "parameter_invalid_empty")
        if kind is int and not re.fullmatch(r"-?\d+", value):
            raise Fault(place, f"Invalid integer: {value}", "parameter_invalid_integer")
        if kind is float and not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise Fault(place, f"Invalid decimal: {value}")
        if kind is bool and value not in ("true", "false"):
            raise Fault(place, f"Invalid boolean: {value}")
        return value == "true" if kind is bool else kind(value)

    def items(self, value, place):
        if not isinstance(value, dict) or list(value) != [str(at) for at in range(len(value))]:
            raise Fault(place, "Invalid array")
        return value.values()

    def entry(self, kind, value, place):
        """Of metadata, where an empty text takes away."""
        return value if value == "" else self.read(kind, value, place)


class Answer(Judge):
    def scalar(self, kind, value, place):
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise Fault(place, f"{value!r} in the place of a {kind.__name__}")
        return value

    def items(self, value, place):
        if not isinstance(value, list):
            raise Fault(place, f"{value!r} in the place of a list")
        return value
