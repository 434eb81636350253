"""Every page of the boards is HTML to the letter, for whoever opens it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.checks import html_errors_of
from tests.people.factories import sign_in
from tests.sports_boards.factories import make_programme
from tests.sports_boards.scene import make_board_scene

pytestmark = pytest.mark.django_db
PAGES = {
    "secretary": ["boards", "board", "board_desk", "new_programme", "keep_programme", "session", "send_concern",
                  "ask_support", "concern", "support_request", "concerns", "support_requests", "edit_draft"],
    "coach": ["board_desk", "session"],
    "sport officer": ["board_desk", "programme_queue", "decide_programme", "support_request"],
    "deputy's office": ["board_desk", "concerns", "concern"],
    "keeper of closures": ["board_desk", "close_counties"],
}  # fmt: skip


def test_every_page_is_html_to_the_letter():
    scene = make_board_scene()
    people = {"secretary": scene.secretary, "coach": scene.coach} | scene.offices
    draft = make_programme(scene.board)
    served = {}
    for role, names in PAGES.items():
        client = sign_in(Client(), people[role], second_factor=role in scene.offices)
        for name in names:
            args = scene.addresses.get(name, [])
            path = reverse("edit_programme", args=[draft.pk]) if name == "edit_draft" else reverse(name, args=args)
            answer = client.get(path)
            assert answer.status_code == 200, path
            served[f"{role} {name}"] = answer.content.decode()
    faults = html_errors_of(served)
    assert not faults, "\n".join(faults)
