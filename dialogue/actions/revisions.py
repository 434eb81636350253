"""New words in the place of old ones: versions are kept, the search column follows, some wait for a moderator."""

from datetime import datetime

from dialogue.actions.decisions import Text, open_item, subject_of, touch
from dialogue.actions.search import index_thread
from dialogue.models import ContributionVersion, ModerationItem, Revision, Thread, ThreadVersion
from taar.lib.persian import clean_line, clean_text


def words_of(text: Text) -> tuple[str, str]:
    """Title and body; a contribution has no title."""
    return (text.title, text.body) if isinstance(text, Thread) else ("", text.body)


def put_words(text: Text, title: str, body: str, **over) -> None:
    """Write new words into a text; a thread is found by them and no longer by the old ones."""
    words = {"title": title, "body": body} if isinstance(text, Thread) else {"body": body}
    type(text).objects.filter(pk=text.pk).update(**words, **over)
    if isinstance(text, Thread):
        index_thread(text)
    touch(text)
    text.refresh_from_db()


def keep_version(text: Text, *, at: datetime) -> None:
    """Keep the words as they stood until now."""
    if isinstance(text, Thread):
        ThreadVersion.objects.create(thread=text, title=text.title, body=text.body, until_at=at)
    else:
        ContributionVersion.objects.create(contribution=text, body=text.body, until_at=at)


def wait_with_words(text: Text, title: str, body: str, *, at: datetime) -> Revision:
    """Let an author's new words wait for a moderator; newer ones take the place of those that wait."""
    words = {"title": clean_line(title), "body": clean_text(body), "written_at": at}
    revision, _made = Revision.objects.update_or_create(**subject_of(text), settled_at=None, defaults=words)
    open_item(text, ModerationItem.Cause.EDITED, at=at)
    return revision


def waiting_words(text: Text) -> Revision | None:
    """The author's new words that wait, if any."""
    return Revision.objects.filter(**subject_of(text), settled_at__isnull=True).first()


def settle_revision(text: Text, *, accepted: bool, at: datetime) -> None:
    """Let the waiting words take their place, with the old ones kept as a version, or drop them."""
    revision = waiting_words(text)
    if revision is None:
        return
    Revision.objects.filter(pk=revision.pk).update(settled_at=at, accepted=accepted)
    if accepted:
        keep_version(text, at=at)
        put_words(text, revision.title, revision.body, edited_at=at)
