"""Both OpenActive validators find no failure in the live feeds of a story, and neither do our own rules."""

import copy
import csv
import json

import pytest

from sports_boards.actions.feed_items import sequence_feeds
from sports_boards.activities import LIST as OUR_LIST
from sports_boards.models import Programme
from sports_boards.queries.datasets import dataset
from tests.sports_boards.factories import AT
from tests.sports_boards.feed_reading import FEEDS, faults_of, nodes_of, read_feed, told
from tests.sports_boards.feed_story import NAMED, SECRET, tell_story
from tests.sports_boards.openactive_validators import LIST, judge


@pytest.mark.django_db(transaction=True)
def test_both_validators_find_no_failure_in_the_live_feeds_of_a_story(live_server, settings):
    settings.SITE_URL = live_server.url
    story = tell_story()
    sequence_feeds(AT)
    Programme.objects.filter(pk=story.event.pk).update(capacity=30)
    story.hall.active = False
    story.hall.save()
    sequence_feeds(AT)
    found = judge([f"{live_server.url}/openactive/{feed}" for feed in FEEDS], [dataset(AT)])
    assert not found["failures"], json.dumps(found["failures"], ensure_ascii=False, indent=1)
    print(json.dumps([(w["where"][22:],w["type"],w["path"],w["message"][:150]) for w in found["warnings"]], ensure_ascii=False, indent=0))
    print(found["asked"])
    assert all(found["items"].values()), found["items"]
