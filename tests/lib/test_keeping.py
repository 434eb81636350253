"""Kept parts of pages: made once for all who see the same, filled with what is each reader's own."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

PART = """{% load keeping %}{% keep part name version %}<p>{{ name }} {{ made }}</p>
<input value="{{ once }}"><b>{{ csrf_token }}</b><i>{{ reply_to }}</i>{% endkeep %}"""


def part(**values) -> str:
    return Template(PART).render(Context({"name": "n", "version": 1, "made": 1, "once": "o", **values}))


def test_a_part_is_made_once_for_the_same_values_and_anew_for_others():
    assert "<p>n 1</p>" in part()
    assert "<p>n 1</p>" in part(made=2)
    assert "<p>n 3</p>" in part(made=3, version=2)
    assert "<p>m 4</p>" in part(made=4, name="m")


def test_each_reader_has_their_own_token_key_and_answer_in_the_same_part():
    first = part(once="one", csrf_token="token-of-one", reply_to="7")
    second = part(once="two", csrf_token="token-of-two")
    assert 'value="one"' in first
    assert "<b>token-of-one</b><i>7</i>" in first
    assert second == first.replace("one", "two").replace("<i>7</i>", "<i></i>")


def test_what_a_reader_wrote_into_the_address_is_text_in_a_part_too():
    assert "<i>&lt;script&gt;</i>" in part(reply_to="<script>")
    assert "<i>&lt;script&gt;</i>" in part(reply_to="<script>")


def test_nobody_can_write_a_text_into_which_the_token_of_another_is_put():
    part(once="mine", csrf_token="secret")
    shown = part(name="csrf_token once {{ csrf_token }}", csrf_token="secret", once="mine")
    assert shown.count("secret") == 1
    assert shown.count("mine") == 1


@pytest.mark.parametrize("tag", ["{% keep %}", "{% keep part %}"])
def test_a_part_without_a_name_or_values_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load keeping %}" + tag + "{% endkeep %}")
