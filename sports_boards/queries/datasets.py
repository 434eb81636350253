"""What the dataset page says to machines: schema.org Dataset with a DataDownload for each feed."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sports_boards import openactive
from sports_boards.models import FeedItem
from sports_boards.queries.feed_items import site
from sports_boards.queries.feed_pages import address_of_page

FEED_TYPE = "application/vnd.openactive.rpde+json; version=1"
SCHEMA_VERSION = "https://openactive.io/modelling-opportunity-data/2.0/"
DOCUMENTATION = "https://developer.openactive.io/"
TYPES = {
    "session-series": "https://openactive.io/SessionSeries",
    "scheduled-sessions": "https://openactive.io/ScheduledSession",
    "course-instances": "https://schema.org/CourseInstance",
    "events": "https://schema.org/Event",
    "facility-uses": "https://openactive.io/FacilityUse",
    "slots": "https://openactive.io/Slot",
}


def feeds() -> list[tuple[str, str, str]]:
    """Every feed: its name, its title in the reader's language, the address of its first page."""
    return [(kind.value, kind.label, address_of_page(kind)) for kind in FeedItem.Kind]


def dataset(at: datetime) -> dict[str, Any]:
    """The description of the data, its licence and its feeds, as JSON-LD."""
    return {
        "@context": [openactive.CONTEXT, "https://schema.org/"],
        "@type": "Dataset",
        "@id": f"{site()}/openactive/",
        "url": f"{site()}/openactive/",
        "name": _("Sport in Khuzestan: programmes, sessions and free hours"),
        "description": _("What sports boards of the province offer in its neighbourhoods, as open data."),
        "keywords": [_("sport"), _("programmes"), _("Khuzestan"), "OpenActive"],
        "license": openactive.LICENCE,
        "discussionUrl": f"{site()}/hall/",
        "documentation": DOCUMENTATION,
        "inLanguage": ["fa"],
        "publisher": {"@type": "Organization", "name": _("Khuzestan Hall"), "url": f"{site()}/"},
        "schemaVersion": SCHEMA_VERSION,
        "dateModified": openactive.moment(at),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": kind,
                "additionalType": TYPES[kind],
                "encodingFormat": FEED_TYPE,
                "contentUrl": url,
            }
            for kind, _label, url in feeds()
        ],
    }
