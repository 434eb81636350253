import json
from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.welfare_card.codes import PUBLIC
from welfare_card.card_code import Reason, Unreadable
from welfare_card.key_list import CARDS, LISTS, read_list, sign_list

ROOT = Ed25519PrivateKey.from_private_bytes(bytes(32))
ROOT_PUBLIC = ROOT.public_key().public_bytes_raw()
KEYS = [
    {"id": number, "use": LISTS if number == 255 else CARDS, "public": b64encode(raw).decode()}
    for number, raw in PUBLIC.items()
]
TEXT = sign_list(3, 1_800_000_000, KEYS, ROOT.sign)


def reason_of(text, root=ROOT_PUBLIC, **options):
    with pytest.raises(Unreadable) as refused:
        read_list(text, root, use=CARDS, **options)
    return refused.value.reason


def test_the_keys_of_a_use_are_read_from_a_list_that_the_root_signed():
    assert read_list(TEXT, ROOT_PUBLIC, use=CARDS) == {number: PUBLIC[number] for number in (1, 7)}
    assert read_list(TEXT, ROOT_PUBLIC, use=LISTS) == {255: PUBLIC[255]}


def test_a_stranger_checks_the_signature_in_three_lines():
    found = json.loads(TEXT)
    signature = b64decode(found.pop("signature"))
    text = json.dumps(found, sort_keys=True, separators=(",", ":"))
    Ed25519PublicKey.from_public_bytes(ROOT_PUBLIC).verify(signature, b"RefahKeys/1\0" + text.encode())
    assert found["seq"] == 3


def test_an_added_key_a_changed_number_and_another_root_are_refused():
    for wrong in ({"seq": 4}, {"keys": KEYS[:1]}, {"more": 1}):
        assert reason_of(json.dumps(json.loads(TEXT) | wrong)) == Reason.SIGNATURE
    assert reason_of(TEXT, root=PUBLIC[1]) == Reason.SIGNATURE


def test_an_older_list_is_refused():
    assert reason_of(TEXT, least_seq=4) == Reason.ROLLED_BACK
    assert read_list(TEXT, ROOT_PUBLIC, use=CARDS, least_seq=3)


@pytest.mark.parametrize("text", ["", "[]", "{}", "7", '{"signature": "!"}', '{"signature": "", "keys": 3}', "null"])
def test_another_text_is_refused_without_a_fault(text):
    assert reason_of(text) == Reason.CONTENT
