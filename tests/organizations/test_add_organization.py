import pytest
from django.db import IntegrityError, transaction

from taar.journal.queries import entries_of
from taar.lib.refusals import Refused
from taar.organizations.actions import add_organization, add_post, change_organization, change_post
from taar.organizations.models import Duty, Organization, Post
from taar.organizations.reference import load_organizations
from taar.places.reference import load_places
from tests.organizations.factories import AT, make_official, make_organization, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_official(Duty.SECRETARIAT)


def test_a_body_is_added_under_a_code_of_its_own(by):
    body = add_organization("ABFA", by=by, at=AT, kind="company", name_fa="آب و فاضلاب")
    assert body.sort_key
    assert entries_of("organization:ABFA")[0].verb == "add_organization"
    with pytest.raises(Refused):
        add_organization("ABFA", by=by, at=AT, kind="company", name_fa="دیگری")


def test_a_body_needs_a_name(by):
    with pytest.raises(Refused):
        add_organization("X", by=by, at=AT, kind="company", name_fa=" \u200c ")


def test_a_body_is_changed_and_the_journal_tells_what(by):
    body = change_organization(make_organization(), by=by, at=AT, name_fa="نام نو", active=False)
    assert (body.name_fa, body.active) == ("نام نو", False)
    assert entries_of(f"organization:{body.code}")[0].facts == {"changed": ["active", "name_fa"]}
    with pytest.raises(ValueError, match="code"):
        change_organization(body, by=by, at=AT, code="Y")


def test_a_body_never_belongs_to_itself(by):
    top = make_organization()
    inner = make_organization(parent=top)
    for parent in (top, inner):
        with pytest.raises(Refused):
            change_organization(top, by=by, at=AT, parent=parent)


def test_a_post_needs_a_duty_that_the_house_knows(by):
    body = make_organization()
    for duties in ([], ["rule"]):
        with pytest.raises(Refused):
            add_post(body, by=by, at=AT, code="P", duties=duties, title_fa="عنوان")
    post = add_post(body, by=by, at=AT, code="P", duties=["head", "answer"], title_fa="عنوان")
    assert post.duties == ["answer", "head"]
    with pytest.raises(Refused):
        add_post(body, by=by, at=AT, code="P", duties=["head"], title_fa="عنوان")


def test_a_post_is_never_above_itself(by):
    top = make_post()
    lower = make_post(higher=top)
    with pytest.raises(Refused):
        change_post(top, by=by, at=AT, higher=lower)
    assert change_post(lower, by=by, at=AT, duties=["check"]).duties == ["check"]
    with pytest.raises(ValueError, match="code"):
        change_post(lower, by=by, at=AT, code="Q")


def test_the_database_refuses_an_unknown_duty():
    post = make_post()
    for duties in ([], ["rule"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(duties=duties)


def test_reference_bodies_and_posts_are_loaded_once():
    load_places(AT)
    assert load_organizations(AT) == 104
    assert load_organizations(AT) == 0
    codes = set(Post.objects.values_list("code", flat=True))
    assert {"SPORT-ANSWER", "SPORT-CHECK", "SPORT-HEAD", "BAS-ANSWER", "OSTAN-PSD-MODERATE-2"} <= codes
    assert "OSTAN-IT-ANSWER" not in codes
    assert not Post.objects.filter(title_ar="").exists()
    assert not Organization.objects.filter(name_ar="").exists()


def test_what_is_not_dealt_with_climbs_to_the_governors_board():
    load_places(AT)
    load_organizations(AT)
    post, climbed = Post.objects.get(code="BAS-ANSWER"), []
    while post:
        climbed.append(post.code)
        post = post.higher
    assert climbed == ["BAS-ANSWER", "BAS-HEAD", "OSTAN-PSD-HEAD", "OSTAN-GOVERNOR"]


def test_bodies_lie_where_they_serve():
    load_places(AT)
    load_organizations(AT)
    served = dict(Organization.objects.values_list("code", "place__code"))
    assert (served["FARM-AHV"], served["SHAHR"], served["EDU"]) == ("0603", "0603", "06")
    assert Organization.objects.get(code="BAS").parent.code == "SPORT"
