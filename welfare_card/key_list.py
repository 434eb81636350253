"""The list of public keys that readers trust, signed by an offline root key.

The list is one flat JSON object. The signature is over `"RefahKeys/1\\0"` and the object without its `signature`, as
JSON with sorted names, no white space and ASCII alone.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from welfare_card.card_code import Reason, Unreadable

CONTEXT = b"RefahKeys/1\0"
CARDS, LISTS = "cards", "lists"


def sign_list(seq: int, issued_at: int, keys: list[Mapping[str, Any]], sign_with: Callable[[bytes], bytes]) -> str:
    """The JSON of a list with the number `seq`, made at a second of the Unix clock.

    Each key is `{"id", "use", "public"}`, its use `cards` or `lists`, its public key in base64.
    """
    content = {"seq": seq, "issued_at": issued_at, "keys": keys}
    return _plain(content | {"signature": b64encode(sign_with(CONTEXT + _plain(content).encode())).decode()})


def read_list(text: str, root: bytes, *, use: str, least_seq: int = 0) -> dict[int, bytes]:
    """The raw public keys for a use, by id, if the root key has signed the list and it is not older than one seen."""
    try:
        content = json.loads(text)
        signature = b64decode(content.pop("signature"), validate=True)
        keys = {key["id"]: b64decode(key["public"], validate=True) for key in content["keys"] if key["use"] == use}
        Ed25519PublicKey.from_public_bytes(root).verify(signature, CONTEXT + _plain(content).encode())
        seq = int(content["seq"])
    except InvalidSignature as fault:
        raise Unreadable(Reason.SIGNATURE) from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Unreadable(Reason.CONTENT) from fault
    if seq < least_seq:
        raise Unreadable(Reason.ROLLED_BACK)
    return keys


def _plain(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
