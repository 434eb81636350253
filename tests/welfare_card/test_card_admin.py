import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from taar.journal.models import Entry
from taar.organizations.models import Duty
from tests.organizations.factories import make_official
from tests.people.factories import sign_in
from tests.welfare_card.factories import make_active_card, make_administrator, make_batch, make_plan, make_signing_keys
from welfare_card.actions.lists import publish_status_list
from welfare_card.models import Batch, Card

pytestmark = pytest.mark.django_db
PAGES = ["batch", "card", "signingkey", "statuslist", "keylist"]


def enter(client, *duties):
    person = make_official(*duties, is_staff=True)
    sign_in(client, person, second_factor=True)
    return person


def url(name, *args):
    return reverse(f"admin:welfare_card_{name}", args=args)


def act(client, batch, action):
    fields = {"action": action, "_selected_action": [batch.pk]}
    client.post(url("batch_changelist"), fields)
    batch.refresh_from_db()
    return batch.status


def test_pages_open_to_the_duties_of_cards_and_to_no_other(client):
    enter(client, Duty.CARDS)
    assert [client.get(url(f"{page}_changelist")).status_code for page in PAGES] == [200] * 5
    enter(client, *(duty for duty in Duty.values if duty not in (Duty.CARDS, Duty.CARD_CHECK)))
    assert [client.get(url(f"{page}_changelist")).status_code for page in PAGES] == [403] * 5
    assert client.get(url("card_replace", 1)).status_code == 403
    assert client.get(url("batch_sheets", 1)).status_code == 403


def test_a_checker_looks_at_batches_and_cards_and_is_offered_no_step_of_an_administrator(client):
    make_signing_keys()
    batch, card = make_batch(2, status=Batch.Status.PRODUCED), make_active_card()
    enter(client, Duty.CARD_CHECK)
    assert [client.get(url(f"{page}_changelist")).status_code for page in PAGES] == [200] * 5
    pages = [client.get(url("card_change", card.pk)), client.get(url("batch_change", batch.pk))]
    assert [page.status_code for page in pages] == [200, 200]
    closed = [url("card_replace", card.pk), url("card_print", card.pk), url("card_step", card.pk)]
    closed.append(url("batch_sheets", batch.pk))
    assert not [address for address in closed for page in pages if address in page.content.decode()]
    assert [client.get(address).status_code for address in closed] == [403] * 4


def test_a_batch_is_led_through_its_states_by_two_people(client):
    make_signing_keys()
    batch = make_batch(12)
    enter(client, Duty.CARDS)
    assert act(client, batch, "check_drafts") == Batch.Status.CHECKED
    assert act(client, batch, "approve") == Batch.Status.CHECKED
    enter(client, Duty.CARD_CHECK)
    assert act(client, batch, "begin_signing") == Batch.Status.CHECKED
    assert act(client, batch, "approve") == Batch.Status.APPROVED


def test_sheets_are_printed_and_stand_in_the_journal(client):
    make_signing_keys()
    batch = make_batch(12, status=Batch.Status.PRODUCED)
    enter(client, Duty.CARDS)
    assert url("batch_sheets", batch.pk) in client.get(url("batch_change", batch.pk)).content.decode()
    response = client.get(url("batch_sheets", batch.pk), {"file": "1"})
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 4
    assert Entry.objects.get(verb="print_cards").facts == {"cards": 12}
    for file in ("2", "0", "x", "-1"):
        assert client.get(url("batch_sheets", batch.pk), {"file": file}).status_code == 409


def test_a_lost_card_is_found_by_its_number_and_replaced_in_one_form(client):
    make_signing_keys()
    card = make_active_card()
    enter(client, Duty.CARDS)
    found = client.get(url("card_changelist"), {"q": card.grouped_number})
    assert url("card_change", card.pk) in found.content.decode()
    assert url("card_replace", card.pk) in client.get(url("card_change", card.pk)).content.decode()
    assert client.get(url("card_replace", card.pk)).status_code == 200
    response = client.post(url("card_replace", card.pk), {"reason": "lost", "handed_over": "on"})
    fresh = Card.objects.live().get(person=card.person)
    assert response.headers["Location"] == url("card_change", fresh.pk)
    assert fresh.status == Card.Status.ACTIVE
    assert client.get(url("card_print", fresh.pk)).content.startswith(b"%PDF")
    assert client.get(url("card_print", card.pk)).status_code == 409


def test_a_card_that_cannot_be_replaced_says_why_beside_the_form(client):
    make_signing_keys()
    card = make_active_card()
    enter(client, Duty.CARDS)
    client.post(url("card_step", card.pk), {"act": "revoke", "reason": "wish"})
    response = client.post(url("card_replace", card.pk), {"reason": "lost"})
    assert response.status_code == 422
    assert response.context_data["form"].non_field_errors()
    assert client.post(url("card_replace", card.pk), {"reason": "?"}).status_code == 422


def test_steps_of_a_card_are_taken_by_verbs(client):
    make_signing_keys()
    card = make_active_card(by=make_administrator(), plan=make_plan())
    enter(client, Duty.CARDS)
    for step, status in [("suspend", "suspended"), ("resume", "active"), ("revoke", "revoked")]:
        client.post(url("card_step", card.pk), {"act": step, "reason": "stolen"})
        card.refresh_from_db()
        assert card.status == status


def test_nothing_secret_is_shown(client):
    make_signing_keys()
    card = make_active_card()
    publish_status_list(at=card.requested_at)
    enter(client, Duty.CARDS)
    page = client.get(url("signingkey_change", 1)).content.decode()
    assert card.key.private not in page
    assert client.get(url("statuslist_change", 1)).status_code == 200


@pytest.mark.parametrize("page", ["batch", "card"])
def test_a_list_costs_the_same_for_one_row_and_for_six(client, page, django_assert_max_num_queries):
    make_signing_keys()
    make_batch(6, status=Batch.Status.PRODUCED)
    enter(client, Duty.CARDS)
    with django_assert_max_num_queries(14):
        assert client.get(url(f"{page}_changelist")).status_code == 200
