"""Every guarded door is knocked at: by nobody, by somebody whom it does not concern, by an official with one factor."""

from urllib.parse import urlsplit

import pytest
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dialogue.models import Switch
from taar.organizations.models import Duty
from tests.dialogue.factories import NOW
from tests.dialogue.roles import make_scene
from tests.organizations.factories import make_official
from tests.people.factories import sign_in
from tests.sports_boards.factories import make_application, make_programme
from tests.sports_boards.scene import make_board_scene
from tests.welfare_card.scene import make_card_scene

pytestmark = pytest.mark.django_db
# Rules that say "everybody who is signed in": whoever comes is let in, perhaps to be told that it is a POST's address.
FOR_EVERYBODY = {
    "verify_me", "move_residence", "choose_email", "confirm_email", "account_reauthenticate", "second_factor",
    "usersessions_list", "notices", "read_notices", "choose_ways", "new", "follows", "follow_place",
    "follow_organization", "follow_axis", "contribute", "support", "follow", "report_thread", "report_contribution",
    "my_page", "my_list", "my_record", "apply", "claim", "my_calendar", "enrol_family",
}  # fmt: skip
# Doors for staff, by the role of the scene that they are there for; all others are for the officer of the body asked.
MODERATORS = {"moderation", "review", "take", "moderate_thread", "moderate_contribution", "held_attachment"}
KEEPERS = {"switches", "end_switch"}
# Pages of the card's own in the back office; all are for its administrator.
OF_CARDS = (
    "people_person_search people_person_record people_suspicion_compare welfare_card_importrun_faults "
    "welfare_card_batch_sheets welfare_card_card_replace welfare_card_card_print welfare_card_card_step "
    "welfare_card_sign_settle welfare_card_callback_call "
    "welfare_card_paper_read"
)
CARDS = {f"admin:{name}" for name in OF_CARDS.split()}
OF_ENROLMENTS = ("accept_offer", "decline_offer", "cancel_enrolment", "drop_enrolment")
STATEMENTS = {"statement", "step_statement", "statement_file"}
# Pages of the desk for who stands at the door of the scene's venue; what a script asks there; and what its keepers do.
AT_THE_DOOR = {"desk", "desk_reverse", "desk_confirm"}
ASKED_BY_SCRIPTS = {"desk_devices", "desk_bundle"}
KEPT = {
    "keep_doors", "keep_venue", "set_womens_hours", "end_womens_hours", "block_device", "mend_chain", "open_emergency",
}  # fmt: skip
# Doors of the sports boards for an office, by the role of the scene that they are there for.
OF_OFFICES = {"close_counties": "keeper of closures", "settle_concern": "deputy's office"}
OF_OFFICES |= dict.fromkeys(("programme_queue", "queue_file", "decide_programme", "settle_request"), "sport officer")


def doors() -> dict[str, object]:
    """Every guarded view, by its name; allauth's own pages of keys and codes have our door too."""
    return {name: view for name, view in _named(get_resolver().url_patterns) if view.access == "allowed"}


def _named(patterns, within=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else within)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "access"):
            yield f"{within}{pattern.name}", pattern.callback


@pytest.fixture
def scene(db):
    scene = make_scene()
    scene.people["verifier"] = make_official(Duty.VERIFY)
    scene.voice = scene.asked.contributions.first()
    keeper = scene.people["switch keeper"]
    scene.cards = make_card_scene()
    scene.boards = make_board_scene()
    scene.people |= scene.boards.offices
    scene.people["card administrator"] = scene.cards.people["administrator"]
    scene.enrolment = make_application(make_programme(status="open"), people=[scene.cards.people["holder"]])
    scene.switch = Switch.objects.create(kind="hold_all", reason="آزمون کلیدهای تالار", by=keeper, since_at=NOW)
    return scene


def addresses(scene) -> dict[str, list]:
    """What stands in the address of each door that names a thing."""
    thread, voice = [scene.asked.code], [scene.voice.pk]
    item = [scene.item.pk]
    of_thread = (
        "contribute support follow report_thread edit_thread withdraw_thread moderate_thread office_thread "
        "acknowledge_thread check_answer return_answer publish_answer extend_term ask_transfer settle_transfer"
    )
    return (
        dict.fromkeys(of_thread.split(), thread)
        | {
            "report_contribution": voice,
            "edit_contribution": voice,
            "withdraw_contribution": voice,
            "moderate_contribution": voice,
            "review": item,
            "take": item,
            "unfollow": [scene.follow.pk],
            "follow_place": [scene.asked.place.code],
            "follow_organization": [scene.asked.organization.code],
            "follow_axis": ["family"],
            "end_switch": [scene.switch.pk],
            "office_commitment": [scene.commitment.pk],
            "rate_answer": [scene.answer.pk],
            "reply_to_commitment": [scene.commitment.pk],
            "held_attachment": [scene.attachment.key],
            "read_notice": [scene.notice.pk],
            "my_list": ["threads"],
            "confirm_email": ["none"],
            "mfa_edit_webauthn": [1],
            "mfa_remove_webauthn": [1],
        }
        | addresses_of_cards(scene.cards)
        | dict.fromkeys(OF_ENROLMENTS, [scene.enrolment.pk])
        | {"enrol_family": [scene.enrolment.programme_id]}
        | scene.boards.addresses
    )


def addresses_of_cards(cards) -> dict[str, list]:
    """The same for the Welfare Card."""
    application, member = [cards.application.code], [cards.application.members.first().pk]
    of_application = "application apply_members apply_send answer_question withdraw_application send_paper slip"
    return (
        dict.fromkeys(of_application.split(), application)
        | {
            "drop_member": member,
            "objection": member,
            "admin:people_person_record": [cards.pair.first_id],
            "admin:people_suspicion_compare": [cards.pair.pk],
            "admin:welfare_card_importrun_faults": [cards.run.pk],
            "admin:welfare_card_batch_sheets": [cards.produced.pk],
            "admin:welfare_card_card_replace": [cards.card.pk],
            "admin:welfare_card_card_print": [cards.card.pk],
            "admin:welfare_card_card_step": [cards.card.pk],
            "admin:welfare_card_sign_settle": [cards.sign.pk],
            "admin:welfare_card_callback_call": [cards.call.pk],
            "report_visit": [cards.call.visit_id],
            "admin:welfare_card_paper_read": [cards.paper.pk],
        }
        | dict.fromkeys(STATEMENTS, [cards.statement.pk])
        | addresses_at_the_door(cards)
        | addresses_of_a_family(cards)
    )


def addresses_at_the_door(cards) -> dict[str, list]:
    """Visits of a venue's door, and what its keepers look after."""
    return (
        dict.fromkeys(("desk_reverse", "desk_confirm"), [cards.visit.pk])
        | dict.fromkeys(("keep_venue", "set_womens_hours"), [cards.venue.pk])
        | dict.fromkeys(("block_device", "mend_chain", "open_emergency"), [cards.device.pk])
        | {"end_womens_hours": [cards.hours.pk]}
    )


def addresses_of_a_family(cards) -> dict[str, list]:
    """Pages of a card and of whose it is: open to the holder alone."""
    of_card = dict.fromkeys(["my_card", "show_card", "paper_card", "lose_card", "receive_card"], [cards.card.pk])
    return of_card | dict.fromkeys(("my_visits", "who_looked"), [cards.card.person_id])


def address_of(name: str, scene) -> str:
    return reverse(name, args=addresses(scene).get(name, []))


def test_a_visitor_is_led_to_the_door_from_every_guarded_view(scene):
    door = resolve_url("account_request_login_code")
    answers = {name: Client().get(address_of(name, scene)) for name in set(doors()) - ASKED_BY_SCRIPTS}
    wrong = [name for name, got in answers.items() if got.status_code != 302 or urlsplit(got.url).path != door]
    assert len(answers) > 40
    assert not wrong


def test_somebody_whom_it_does_not_concern_is_turned_away_from_every_view_that_is_not_for_everybody(scene):
    client = sign_in(Client(), scene.people["confirmed"], second_factor=True)
    ours = [name for name in doors() if not name.startswith("mfa_")]
    got = {name: client.get(address_of(name, scene)).status_code for name in ours}
    let_in = {name for name, status in got.items() if status not in (403, 404)}
    assert let_in - FOR_EVERYBODY == set()
    assert FOR_EVERYBODY - let_in == set()


def test_a_suspended_official_is_nobody_at_every_guarded_view(scene):
    client = sign_in(Client(), scene.people["suspended official"], second_factor=True)
    led_away = set(doors()) - ASKED_BY_SCRIPTS
    assert {client.get(address_of(name, scene)).status_code for name in led_away} == {302}


def test_a_script_is_told_in_json_that_its_door_is_closed(scene):
    assert {name for name, view in doors().items() if view.as_json} == ASKED_BY_SCRIPTS
    for person, status in ((None, 401), (scene.people["suspended official"], 401), (scene.people["confirmed"], 403)):
        client = sign_in(Client(), person) if person else Client()
        for name in ASKED_BY_SCRIPTS:
            answer = client.get(address_of(name, scene))
            assert (answer.status_code, bool(answer.json()["error"])) == (status, True), (name, person)


def test_the_desk_opens_to_who_stands_at_its_door_and_to_nobody_else(scene):
    others = ("officer of another venue", "head of the venue", "administrator", "holder", "checker")
    for role, statuses in ({"venue officer": {200, 405}} | dict.fromkeys(others, {403, 404})).items():
        client = sign_in(Client(), scene.cards.people[role])
        assert {client.get(address_of(name, scene)).status_code for name in AT_THE_DOOR} <= statuses, role


def test_doors_are_kept_by_who_heads_their_body_and_by_card_administrators(scene):
    wanted = dict.fromkeys(("head of the venue", "administrator"), {200, 405})
    others = ("venue officer", "checker", "accountant", "holder", "former official")
    for role, statuses in (wanted | dict.fromkeys(others, {403, 404})).items():
        client = sign_in(Client(), scene.cards.people[role], second_factor=True)
        assert {client.get(address_of(name, scene)).status_code for name in KEPT} == statuses, role
    client = sign_in(Client(), scene.cards.people["head of another body"], second_factor=True)
    assert {client.get(address_of(name, scene)).status_code for name in KEPT - {"keep_doors"}} == {404}


def test_a_former_official_is_turned_away_from_every_view_for_staff(scene):
    client = sign_in(Client(), scene.people["former official"], second_factor=True)
    staff = [name for name, view in doors().items() if view.staff]
    assert {client.get(address_of(name, scene)).status_code for name in staff} <= {403, 404}


def test_a_rightful_official_is_asked_for_the_second_factor_at_every_view_for_staff(scene):
    wrong = []
    for name in [name for name, view in doors().items() if view.staff]:
        client = sign_in(Client(), scene.people[rightful(name)])
        got = client.get(address_of(name, scene))
        if got.status_code != 302 or urlsplit(got.url).path != resolve_url("second_factor"):
            wrong.append(f"{name}: {got.status_code}")
    assert not wrong


def test_every_door_of_the_card_in_the_back_office_is_known():
    assert {name for name in doors() if name.startswith("admin:")} == CARDS


def test_the_doors_of_an_application_open_to_its_family_and_to_nobody_elses(scene):
    names = (
        set(addresses_of_cards(scene.cards))
        - CARDS
        - STATEMENTS
        - {"slip", "report_visit"}
        - set(addresses_at_the_door(scene.cards))
        - set(addresses_of_a_family(scene.cards))
    )
    for role, wanted in {"applicant": {200, 405}, "claimant": {404}, "facilitator": {404}}.items():
        client = sign_in(Client(), scene.cards.people[role])
        assert {client.get(address_of(name, scene)).status_code for name in names} == wanted, role


def test_the_pages_of_a_card_open_to_its_holder_and_to_nobody_else(scene):
    names = {"report_visit", *addresses_of_a_family(scene.cards)}
    for role, wanted in {"holder": {200, 405}, "applicant": {404}, "administrator with a card": {404}}.items():
        client = sign_in(Client(), scene.cards.people[role])
        assert {client.get(address_of(name, scene)).status_code for name in names} == wanted, role


def test_the_doors_of_an_enrolment_open_to_the_account_that_applied_and_to_nobody_else(scene):
    for role, wanted in {"holder": {405}, "applicant": {404}, "administrator": {404}}.items():
        client = sign_in(Client(), scene.cards.people[role])
        assert {client.get(address_of(name, scene)).status_code for name in OF_ENROLMENTS} == wanted, role


def test_the_doors_of_a_statement_open_to_its_venue_its_payer_and_the_office_and_to_nobody_elses(scene):
    others = ("officer of another venue", "accountant of another body", "applicant", "facilitator")
    wanted = dict.fromkeys(("venue officer", "accountant", "administrator", "checker"), {200, 405})
    for role, statuses in (wanted | dict.fromkeys(others, {404})).items():
        client = sign_in(Client(), scene.cards.people[role])
        assert {client.get(address_of(name, scene)).status_code for name in STATEMENTS} == statuses, role


def test_the_pages_of_a_facilitator_open_to_facilitators(scene):
    client = sign_in(Client(), scene.cards.people["facilitator"])
    slip = reverse("slip", args=[scene.cards.assisted.code])
    assert {client.get(path).status_code for path in (reverse("assist"), reverse("paper_form"), slip)} == {200}


def test_with_the_second_factor_the_rightful_official_is_let_in_at_every_view_for_staff(scene):
    got = {}
    for name in [name for name, view in doors().items() if view.staff and name != "held_attachment"]:
        client = sign_in(Client(), scene.people[rightful(name)], second_factor=True)
        got[name] = client.get(address_of(name, scene)).status_code
    assert set(got.values()) == {200, 405}, got


def rightful(name: str) -> str:
    """For whom a door of the staff is there."""
    if name in CARDS | KEPT:
        return "card administrator"
    if name in OF_OFFICES:
        return OF_OFFICES[name]
    if name == "verification_desk":
        return "verifier"
    return "moderator" if name in MODERATORS else "switch keeper" if name in KEEPERS else "officer"
