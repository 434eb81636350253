import pytest
from django.utils.translation import override

from taar.journal.queries import acts_by_verb, entries_of, public_entries
from tests.journal.factories import link_now, make_entry
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db


def test_the_log_is_read_newest_first_and_page_by_page():
    for number in range(5):
        make_entry(facts={"n": number})
    link_now()
    first = public_entries(size=2)
    second = public_entries(after=first.next, size=2)
    last = public_entries(after=second.next, size=2)
    assert [entry.seq for page in (first, second, last) for entry in page] == [5, 4, 3, 2, 1]
    assert last.next == ""


def test_a_page_costs_the_same_with_one_row_and_with_six(django_assert_num_queries):
    make_entry(post="A-1 1")
    link_now()
    with django_assert_num_queries(2):
        public_entries()
    for number in range(5):
        make_entry(post=f"A-{number} {number}")
    link_now()
    with django_assert_num_queries(2):
        assert len(public_entries()) == 6


def test_the_log_can_be_narrowed_to_an_act_or_a_subject():
    make_entry("thread:A")
    make_entry("thread:B", verb="lock_thread")
    link_now()
    assert [entry.subject for entry in public_entries(verbs=["lock_thread"])] == ["thread:B"]
    assert [entry.subject for entry in public_entries(subject="thread:A")] == ["thread:A"]
    assert acts_by_verb() == {"hide_thread": 1, "lock_thread": 1}


def test_an_entry_says_nothing_of_the_person():
    person = make_person()
    make_entry(by=person)
    link_now()
    entry = public_entries().rows[0]
    assert not {"actor", "person", "by"} & set(vars(entry))
    assert person.phone not in str(entry)


def test_a_known_act_is_said_in_words_and_an_unknown_one_as_it_is():
    make_entry(verb="change_number")
    make_entry(verb="blow_whistle")
    link_now()
    with override("en"):
        assert [entry.act for entry in public_entries()] == ["blow whistle", "A number of the house was changed"]


def test_acts_on_a_subject_are_there_before_the_commit():
    make_entry("thread:A")
    assert [entry.seq for entry in entries_of("thread:A")] == [0]
    link_now()
    assert [entry.seq for entry in entries_of("thread:A")] == [1]
