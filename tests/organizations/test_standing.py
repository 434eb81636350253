import pytest
from django.contrib.auth.models import AnonymousUser

from taar.organizations.actions import join_organization
from taar.organizations.models import Duty, Organization
from taar.organizations.queries import (
    NOBODY,
    answering_post,
    askable_organizations,
    can_be_asked,
    head_post,
    holder_of,
    holders,
    standing_of,
    unanswering_organizations,
)
from tests.organizations.factories import AT, TODAY, make_holding, make_official, make_organization, make_post
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_standing_knows_posts_duties_and_bodies():
    body, elsewhere = make_organization(), make_organization()
    person = make_official(Duty.ANSWER, organization=body)
    join_organization(elsewhere, person=person, role="member", by=None, at=AT, from_on=TODAY)
    standing = standing_of(person, TODAY)
    assert standing.organizations == {body.pk, elsewhere.pk}
    assert standing.has(Duty.ANSWER)
    assert standing.has(Duty.ANSWER, body)
    assert not standing.has(Duty.ANSWER, elsewhere)
    assert not standing.has(Duty.MODERATE)
    assert standing.post_for(Duty.ANSWER, body.pk) == standing.posts[0]
    assert standing.label_for(Duty.HEAD) == ""


def test_a_standing_is_asked_once_for_a_person_and_a_day(django_assert_num_queries):
    person = make_official(Duty.ANSWER)
    with django_assert_num_queries(1):
        standing_of(person, TODAY)
        assert standing_of(person, TODAY).posts[0].organization.name
    with django_assert_num_queries(1):
        assert standing_of(person, TODAY).organizations
        assert standing_of(person, TODAY).organizations


def test_whoever_is_not_signed_in_or_closed_has_no_standing():
    person = make_official(Duty.ANSWER)
    person.is_active = False
    assert standing_of(AnonymousUser(), TODAY) is NOBODY
    assert standing_of(person, TODAY) is NOBODY


def test_a_body_that_takes_no_part_gives_no_duty():
    body = make_organization()
    person = make_official(Duty.ANSWER, organization=body)
    Organization.objects.filter(pk=body.pk).update(active=False)
    assert not standing_of(person, TODAY).has(Duty.ANSWER)
    assert not can_be_asked(body, TODAY)


def test_posts_of_a_body_are_found_while_they_are_held():
    body = make_organization()
    answering, heading = make_post(Duty.ANSWER, organization=body), make_post(Duty.HEAD, organization=body)
    assert (answering_post(body, TODAY), head_post(body, TODAY)) == (None, None)
    holding = make_holding(answering)
    assert (answering_post(body, TODAY), head_post(body, TODAY)) == (answering, None)
    assert holder_of(answering, TODAY) == holding
    assert holder_of(heading, TODAY) is None
    assert [row.person for row in holders(Duty.ANSWER, TODAY, body)] == [holding.person]


def test_bodies_are_either_askable_or_on_the_alarm_list():
    asked, empty = make_organization(name_fa="آب"), make_organization(name_fa="برق")
    silent = make_organization(answers_dialogue=False)
    for body in (asked, silent):
        make_holding(make_post(Duty.ANSWER, organization=body))
    closed = make_holding(make_post(Duty.ANSWER, organization=empty)).person
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    assert list(askable_organizations(TODAY)) == [asked]
    assert list(unanswering_organizations(TODAY)) == [empty]


def test_a_list_of_bodies_costs_the_same_with_one_and_six(django_assert_num_queries):
    for count in (1, 5):
        for _count in range(count):
            make_holding(make_post(Duty.ANSWER))
        with django_assert_num_queries(1):
            list(askable_organizations(TODAY))


def test_nobody_without_a_post_has_a_duty():
    assert not any(standing_of(make_person(), TODAY).has(duty) for duty in Duty.values)
