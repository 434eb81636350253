from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from tests.welfare_card.factories import AT, ROOT, make_active_card, make_administrator, make_signing_keys
from welfare_card import key_list, status_list
from welfare_card.actions import cards
from welfare_card.actions.keys import make_keys, sign_key_list, withdraw_key
from welfare_card.actions.lists import publish_status_list, renew_status_list
from welfare_card.models import SigningKey, StatusList
from welfare_card.queries.keys import root_key, trusted_keys

pytestmark = pytest.mark.django_db
KEYS, LIST = "/card/keys/", "/card/status-list/"


def fetched(client, held=None):
    query = {"since": held.seq} if held else {}
    return status_list.read_list(client.get(LIST, query).content, trusted_keys("lists"), held)


def test_the_addresses_are_those_that_readers_know():
    assert (reverse("card_keys"), reverse("card_status_list")) == (KEYS, LIST)


def test_before_anything_is_published_there_is_nothing(client):
    assert (client.get(KEYS).status_code, client.get(LIST).status_code) == (404, 404)
    assert renew_status_list(AT) == 0


def test_the_list_of_keys_is_signed_by_the_root_and_fetched_once(client):
    make_signing_keys(2)
    response = client.get(KEYS)
    assert response["Content-Type"] == "application/json"
    assert set(key_list.read_list(response.content.decode(), root_key(), use="cards")) == {1, 2}
    assert client.get(KEYS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    withdraw_key(SigningKey.objects.get(pk=1), by=None, at=AT)
    make_keys(1, use="cards", by=None, at=AT)
    sign_key_list(ROOT, by=None, at=AT)
    again = client.get(KEYS, headers={"If-None-Match": response["ETag"]})
    assert set(key_list.read_list(again.content.decode(), root_key(), use="cards")) == {2, 4}


def test_a_list_under_another_root_is_not_trusted():
    make_signing_keys()
    settings.CARD_ROOT_KEY = "A" * 43 + "="
    with pytest.raises(key_list.Unreadable):
        trusted_keys()


def test_a_blocked_card_stands_in_the_next_list_and_the_delta_leads_there(client):
    make_signing_keys()
    lost, kept = make_active_card(), make_active_card()
    assert renew_status_list(AT) == 1
    first = fetched(client)
    cards.suspend_card(lost, by=lost.person, at=AT, reason="lost")
    assert renew_status_list(AT + timedelta(minutes=5)) == 1
    second = fetched(client, first)
    assert second == fetched(client)
    assert second.blocked(lost.index)
    assert not second.blocked(kept.index)
    cards.resume_card(lost, by=make_administrator(), at=AT)
    assert renew_status_list(AT + timedelta(minutes=10)) == 1
    assert not fetched(client, second).blocked(lost.index)


def test_a_list_is_published_daily_and_not_without_need():
    make_signing_keys()
    make_active_card()
    times = [AT, AT + timedelta(minutes=5), AT + timedelta(hours=22), AT + timedelta(hours=23)]
    assert [renew_status_list(at) for at in times] == [1, 0, 0, 1]
    make_active_card()
    assert renew_status_list(AT + timedelta(hours=24)) == 0
    assert StatusList.objects.order_by("-seq").first().status.freshness(AT + timedelta(hours=40)) == "fresh"


def test_whoever_has_the_list_gets_304(client):
    make_signing_keys()
    publish_status_list(at=AT)
    response = client.get(LIST)
    assert response["Content-Type"] == "application/octet-stream"
    assert client.get(LIST, headers={"If-None-Match": response["ETag"]}).status_code == 304
    publish_status_list(at=AT + timedelta(minutes=1))
    assert client.get(LIST, headers={"If-None-Match": response["ETag"]}).status_code == 200


@pytest.mark.parametrize("since", ["", "0", "99", "x", "-1", "۱", "9" * 40])
def test_an_unknown_number_gets_the_whole_list(client, since):
    make_signing_keys()
    publish_status_list(at=AT)
    assert status_list.read_list(client.get(LIST, {"since": since}).content, trusted_keys("lists")).seq == 1


def test_the_bits_of_old_lists_are_not_kept_for_ever_but_their_moments_are(client):
    make_signing_keys()
    for minute in range(63):
        publish_status_list(at=AT + timedelta(minutes=minute))
    with_bits = StatusList.objects.exclude(packed=None)
    assert (with_bits.count(), with_bits.order_by("seq").first().seq, StatusList.objects.count()) == (60, 4, 63)
    assert client.get(LIST, {"since": 1}).content == client.get(LIST).content


def test_private_keys_lie_sealed_and_only_the_root_that_readers_know_signs():
    make_signing_keys()
    key = SigningKey.objects.get(pk=1)
    assert len(key.private) == 44
    with pytest.raises(cards.Refused):
        settings.CARD_ROOT_KEY = "another"
        sign_key_list(ROOT, by=None, at=AT)
