"""The list of boards: those that take part first, and as many queries however long it is."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from taar.organizations.models import Organization
from tests.organizations.factories import make_organization
from tests.sports_boards.factories import make_board, make_programme

pytestmark = pytest.mark.django_db


def body_called(name: str) -> Organization:
    return make_organization(name_fa=name, kind=Organization.Kind.BOARD)


def test_boards_that_take_part_come_first_on_every_page_of_the_list(client):
    apart = [make_board(status=None, organization=body_called(f"الف {number}")) for number in range(10, 31)]
    joined = make_board(organization=body_called("یکم"))
    first = client.get(reverse("boards")).context["page"]
    second = client.get(reverse("boards"), {"after": first.next}).context["page"]
    assert [row.board for row in (*first, *second)] == [joined, *apart]
    sheet = load_workbook(io.BytesIO(client.get(reverse("boards_file")).content)).active
    assert sheet["A2"].value == joined.code


def test_the_lists_of_boards_take_the_same_number_of_queries_for_one_and_six(client, django_assert_num_queries):
    make_programme(make_board(), status="open")
    client.get(reverse("boards"))
    with django_assert_num_queries(4):
        client.get(reverse("boards"))
    for _count in range(5):
        make_programme(make_board(), status="open")
    with django_assert_num_queries(4):
        client.get(reverse("boards"))
