"""The desk's own modules in a real browser, beside the server's: what one writes the other reads, and refuses alike."""

import json
import random
from base64 import b64encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.welfare_card.codes import PUBLIC, VECTORS, some_code, text_of
from tests.welfare_card.test_status_list import AT, delta, full, make
from welfare_card import base45, key_list
from welfare_card.card_code import PREFIX
from welfare_card.status_list import bits_of
from welfare_card.visit_request import read_record

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = {number: public.hex() for number, public in PUBLIC.items()}
PRELUDE = """
    const {fromHex, toHex} = await import("/static/desk/bytes.js");
    const keysOf = (keys) => new Map(Object.entries(keys).map(([id, hex]) => [Number(id), fromHex(hex)]));
"""


@pytest.fixture
def run(open_browser):
    """Run JavaScript in a page of the house; `given` is what it is given."""
    page = open_browser()
    page.goto("/card/desk/shell/")

    def once(words: str, given=None):
        return page.evaluate(f"async (given) => {{ {PRELUDE} {words} }}", given)

    once.page = page
    return once


READ_CODES = """
    const {readCode} = await import("/static/desk/card_code.js");
    const keys = keysOf(given.keys);
    return Promise.all(given.texts.map((text) => readCode(text, keys)));
"""


def test_a_thousand_codes_are_read_as_the_server_reads_them(run):
    chance = random.Random(7)
    codes = [some_code(chance) for _ in range(1000)]
    read = run(READ_CODES, {"keys": KEYS, "texts": [text_of(code) for code in codes]})
    for code, said in zip(codes, read, strict=True):
        card = said["card"]
        assert (card["index"], card["generation"], card["name"]) == (code.index, code.generation, code.name)
        assert (card["validFrom"], card["validTo"]) == (code.valid_from.isoformat(), code.valid_to.isoformat())
        assert (card["flags"], card["families"], card["birthYear"]) == (code.flags, code.families, code.birth_year)
        assert (card["county"], card["plan"], card["offlineVisits"]) == (code.county, code.plan, code.offline_visits)


def test_a_thousand_codes_with_one_bit_turned_are_all_refused(run):
    chance, texts = random.Random(8), []
    for _ in range(1000):
        signed = bytearray(base45.decode(text_of(some_code(chance)).removeprefix(PREFIX)))
        place = chance.randrange(800)
        signed[place >> 3] ^= 1 << (place & 7)
        texts.append(PREFIX + base45.encode(bytes(signed)))
    assert all("refused" in said for said in run(READ_CODES, {"keys": KEYS, "texts": texts}))


def test_the_published_vectors_are_refused_for_the_published_reasons(run):
    refused = VECTORS["refused"]
    keys = {number: key["public"] for number, key in VECTORS["keys"].items()}
    read = run(READ_CODES, {"keys": keys, "texts": [row["text"] for row in refused]})
    assert [said.get("refused") for said in read] == [row["reason"] for row in refused]


READ_LISTS = """
    const {readStatusList, isBlocked} = await import("/static/desk/status_list.js");
    let held = null;
    const said = [];
    for (const file of given.files) {
        const list = await readStatusList(fromHex(file), keysOf(given.keys), held);
        said.push(list && {seq: list.seq, bits: toHex(list.bits), issuedAt: list.issuedAt, fifth: isBlocked(list, 5)});
        held = list ?? held;
    }
    return said;
"""


def test_lists_come_whole_and_as_a_way_from_the_one_that_is_held(run):
    old, new = make(1, {1, 5, 999}), make(2, {1, 7}, count=1400)
    files = [full(old).hex(), delta(new, old).hex()]
    first, second = run(READ_LISTS, {"keys": KEYS, "files": files})
    assert (first["seq"], first["fifth"], second["seq"], second["fifth"]) == (1, True, 2, False)
    assert second["bits"] == bits_of({1, 7}, 1400).hex()
    assert first["issuedAt"] == AT.timestamp() * 1000


def test_a_rolled_back_a_foreign_and_a_broken_list_are_refused(run):
    held, older, other = full(make(5, {1})), full(make(4, {1})), full(make(5, {2}))
    broken = bytearray(full(make(6, {1})))
    broken[-1] ^= 1
    foreign = full(make(6, {3}, key=1))
    keys = {7: KEYS[7]}
    files = [held, older, other, bytes(broken), foreign, delta(make(7, {1}), make(3, {1}))]
    read = run(READ_LISTS, {"keys": keys, "files": [file.hex() for file in files]})
    assert read[0]["seq"] == 5
    assert read[1:] == [None] * 5


READ_KEYS = """
    const {readKeyList} = await import("/static/desk/key_list.js");
    const said = [];
    for (const [text, seq] of given.lists) {
        const keys = await readKeyList(text, fromHex(given.root), seq);
        said.push(keys && [keys.seq, [...keys.cards.keys()], [...keys.lists.keys()]]);
    }
    return said;
"""


def test_only_the_root_key_says_which_keys_count(run):
    root, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    rows = [
        {"id": 1, "use": "cards", "public": b64encode(PUBLIC[1]).decode(), "note": "کلید ‌\x7f"},
        {"id": 7, "use": "lists", "public": b64encode(PUBLIC[7]).decode()},
    ]
    good = key_list.sign_list(3, 1_790_000_000, rows, root.sign)
    stolen = key_list.sign_list(4, 1_790_000_000, rows, other.sign)
    lists = [[good, 0], [good, 4], [stolen, 0], ["{}", 0], ["nonsense", 0]]
    read = run(READ_KEYS, {"root": root.public_key().public_bytes_raw().hex(), "lists": lists})
    assert read == [[3, [1], [7]], None, None, None, None]


WRITE = """
    const {newKey} = await import("/static/desk/ed25519.js");
    const {seen, write} = await import("/static/desk/journal.js");
    const store = await import("/static/desk/store.js");
    const {secret, shown} = await newKey();
    const keys = [secret, secret.wrap].filter((one) => one instanceof CryptoKey);
    await store.begin({id: 9, secret});
    const device = await store.get("device");
    await Promise.all(given.visits.map((visit) => write(device, visit)));
    const lines = await store.waiting();
    await store.forget(9, 2);
    const outside = await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).catch(() => "kept")));
    const sealed = secret.sealed ? secret.sealed.byteLength : 0;
    const word = await seen(device, async () => Date.UTC(2026, 10, 25, 8));
    return {word, shown: toHex(shown), lines, left: (await store.waiting()).map((line) => line.seq), outside, sealed};
"""


# As a browser of two years ago: it knows AES, but refuses the name.
WITHOUT_ED25519 = """() => {
    const own = crypto.subtle.generateKey.bind(crypto.subtle);
    crypto.subtle.generateKey = (kind, ...more) => kind === "Ed25519"
        ? Promise.reject(new DOMException("Unrecognized name", "NotSupportedError")) : own(kind, ...more);
}"""


def some_visits(count: int) -> list[dict]:
    chance = random.Random(3)
    return [
        {
            "id": f"{chance.getrandbits(128):032x}",
            "number": "800000000012",
            "service": "sport",
            "at": "2026-11-25T08:30:00.000Z",
            "tier": "T1",
            **({"guardian": True, "list": 4} if place % 2 else {}),
        }
        for place in range(count)
    ]


@pytest.mark.parametrize("own", [True, False], ids=["its own Ed25519", "without Ed25519"])
def test_the_server_reads_the_journal_that_the_browser_signs_and_its_chain_holds(run, own):
    if not own:
        run.page.evaluate(WITHOUT_ED25519)
    said = run(WRITE, {"visits": some_visits(5)})
    records = [read_record(line) for line in said["lines"]]
    assert [record.seq for record in records] == [1, 2, 3, 4, 5]
    assert all(record.is_signed_by(bytes.fromhex(said["shown"])) for record in records)
    assert records[0].prev == "0" * 64
    assert [record.prev for record in records[1:]] == [record.hash for record in records[:-1]]
    assert said["left"] == [3, 4, 5]
    word = said["word"]
    signed = f'RefahSeen/1\n[9,5,"{word["at"]}"]'.encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["shown"])).verify(bytes.fromhex(word["signature"]), signed)
    assert (word["device"], word["seq"], word["at"]) == (9, 5, "2026-11-25T08:00:00.000Z")
    # Neither key can be read out; without the browser's own, what is kept are 32 sealed bytes and their tag.
    assert (said["outside"], said["sealed"]) == (["kept"], 0 if own else 48)


JUDGE = """
    const {judge} = await import("/static/desk/judge.js");
    const list = given.issued === null ? null : {issuedAt: given.issued, count: 64, bits: fromHex(given.bits)};
    const said = judge(given.asked, {bundle: given.bundle, list, spent: given.spent, cut: given.cut});
    return [said.outcome, said.tier ?? null];
"""
NOW = 1_790_000_000_000
HOUR = 3_600_000
CARD = {"index": 3, "generation": 1, "flags": 1, "families": 1, "validFrom": "2026-01-01", "validTo": "2027-01-01"}
HELD = {"index": 3, "generation": 1, "number": "800000000012", "name": "زهرا", "family": "sport", "left": 1}
HELD |= {"guardian": False, "woman": True, "women_only": False}
BOOKED = HELD | {"tier": "T1", "on": "2026-09-21", "until": None}
LEASED = HELD | {"tier": "T2", "on": None, "until": "2026-12-01T00:00:00Z", "left": 2}
MENS = BOOKED | {"woman": False}
CHILDS = BOOKED | {"guardian": True}
WOMENS = {"weekday": 2, "opens": "16:00", "closes": "18:00", "family": ""}
SPENT = {"index": 3, "family": "sport", "day": "2026-09-21", "tier": "T1", "seq": 1, "number": ""}
LEASE_SPENT, ASKED = SPENT | {"tier": "T2"}, SPENT | {"tier": "online", "seq": None}
YESTERDAY = LEASE_SPENT | {"day": "2026-09-20"}
EMERGENCY_SPENT = SPENT | {"tier": "T3"}
EMERGENCY = {"on": "2026-09-21", "left": 2}
BY_NUMBER = {"number": "800000000012"}


# What is held and asked, the word, and what pays.
RULES = [
    ({"held": [BOOKED]}, "ok", "T1"),
    ({"held": [BOOKED], "card": BY_NUMBER}, "ok", "T1"),
    ({"held": [LEASED]}, "ok", "T2"),
    ({"held": [BOOKED], "spent": [SPENT]}, "already_used", None),
    ({"held": [BOOKED], "spent": [ASKED]}, "already_used", None),
    ({"held": [BOOKED], "spent": [ASKED | {"index": None, "number": HELD["number"]}]}, "already_used", None),
    ({"held": [BOOKED], "spent": [SPENT | {"index": 4}, SPENT | {"family": "culture"}]}, "ok", "T1"),
    ({"held": [BOOKED], "spent": [SPENT | {"day": "2026-09-20"}]}, "ok", "T1"),
    ({"held": [BOOKED, LEASED]}, "ok", "T1"),
    ({"held": [BOOKED, LEASED], "spent": [SPENT]}, "ok", "T2"),
    ({"held": [BOOKED, LEASED], "spent": [SPENT, LEASE_SPENT, LEASE_SPENT]}, "no_visits_left", None),
    ({"held": [BOOKED | {"on": "2026-09-22"}]}, "no_lease", None),
    ({"held": [LEASED], "spent": [LEASE_SPENT]}, "ok", "T2"),
    ({"held": [LEASED], "spent": [YESTERDAY]}, "ok", "T2"),
    ({"held": [LEASED], "spent": [YESTERDAY, ASKED]}, "no_visits_left", None),
    ({"held": [LEASED], "spent": [YESTERDAY, ASKED | {"open": True}]}, "ok", "T2"),
    ({"held": [BOOKED], "spent": [ASKED | {"open": True}]}, "already_used", None),
    ({"held": [LEASED], "spent": [YESTERDAY, YESTERDAY | {"day": "2026-09-19"}]}, "no_visits_left", None),
    ({"held": [LEASED | {"until": "2026-09-01T00:00:00Z"}]}, "no_lease", None),
    ({"held": [LEASED | {"generation": 2}]}, "no_lease", None),
    ({"held": [], "emergency": EMERGENCY}, "ok", "T3"),
    ({"held": [], "emergency": EMERGENCY, "cut": False}, "no_lease", None),
    ({"held": [], "emergency": EMERGENCY, "card": BY_NUMBER}, "no_lease", None),
    ({"held": [], "emergency": EMERGENCY | {"left": 0}}, "no_emergency", None),
    ({"held": [], "emergency": EMERGENCY, "spent": [EMERGENCY_SPENT]}, "already_used", None),
    (
        {"held": [], "emergency": EMERGENCY | {"left": 1}, "spent": [EMERGENCY_SPENT | {"index": 4, "seq": 9}]},
        "no_emergency",
        None,
    ),
    ({"held": [], "emergency": EMERGENCY | {"left": 1}, "spent": [EMERGENCY_SPENT | {"index": 4}]}, "ok", "T3"),
    ({"held": [BOOKED], "bits": "1000000000000000"}, "blocked", None),
    ({"held": [BOOKED], "age": 30}, "ok", "T1"),
    ({"held": [BOOKED], "age": 100}, "ok", "T1"),
    ({"held": [LEASED], "age": 100}, "list_too_old", None),
    ({"held": [BOOKED], "age": 200}, "list_too_old", None),
    ({"held": [BOOKED], "age": None}, "list_too_old", None),
    ({"held": [BOOKED], "card": CARD | {"validTo": "2026-09-21"}}, "expired", None),
    ({"held": [BOOKED], "card": CARD | {"families": 2}}, "other_family", None),
    ({"held": [BOOKED], "family": "culture"}, "other_family", None),
    ({"held": [MENS], "card": CARD | {"flags": 0}, "hours": [WOMENS]}, "womens_session", None),
    ({"held": [MENS], "card": BY_NUMBER, "hours": [WOMENS]}, "womens_session", None),
    ({"held": [BOOKED], "hours": [WOMENS]}, "ok", "T1"),
    ({"held": [BOOKED], "card": CARD | {"flags": 17}}, "womens_session", None),
    ({"held": [BOOKED | {"women_only": True}], "card": BY_NUMBER}, "womens_session", None),
    ({"held": [BOOKED | {"women_only": True}], "card": BY_NUMBER, "hours": [WOMENS]}, "ok", "T1"),
    ({"held": [BOOKED], "card": CARD | {"flags": 6}}, "guardian_needed", None),
    ({"held": [BOOKED], "card": CARD | {"flags": 6}, "guardian": True}, "ok", "T1"),
    ({"held": [CHILDS], "card": BY_NUMBER}, "guardian_needed", None),
]


def facts_of(given: dict) -> dict:
    """All that the judge of the desk is given, for what a rule says of it."""
    card = given.get("card", CARD)
    asked = {"family": given.get("family", "sport"), "guardian": given.get("guardian", False), "now": NOW}
    asked |= {"today": "2026-09-21", "clock": "17:00", "weekday": 2}
    asked |= card if "number" in card else {"card": card | {"name": "زهرا"}}
    bundle = {
        "held": given["held"],
        "device": {"id": 9, "gapless": 5},
        "venue": {"families": ["sport"]},
        "emergency": given.get("emergency"),
        "womens_hours": given.get("hours", []),
        "list_hours": {"fresh": 24, "amber": 72, "last": 168},
    }
    age = given.get("age", 1)
    issued = None if age is None else NOW - age * HOUR
    facts = {"asked": asked, "bundle": bundle, "issued": issued, "bits": given.get("bits", "0" * 16)}
    return facts | {"spent": given.get("spent", []), "cut": given.get("cut", True)}


def test_the_desk_answers_alone_as_the_rules_say(run):
    said = [(given, *run(JUDGE, facts_of(given))) for given, _outcome, _tier in RULES]
    assert said == RULES


def test_the_day_of_the_province_begins_at_its_own_midnight(run):
    words = 'const {momentOf} = await import("/static/desk/clock.js"); return given.map(momentOf);'
    late = (AT + timedelta(hours=12, minutes=29)).timestamp() * 1000
    before, after = run(words, [late, late + 60_000])
    assert (before["today"], before["clock"], before["weekday"]) == ("2026-11-24", "23:59", 3)
    assert (after["today"], after["clock"], after["weekday"]) == ("2026-11-25", "00:00", 4)
    assert json.dumps(before)
