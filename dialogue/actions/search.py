"""What a thread is found by."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import Func, Value

from dialogue.models import Thread
from taar.lib.persian import search_document, similar_key


def index_thread(thread: Thread) -> None:
    """Write anew what a thread is found by: its title and body as they stand in the table now, and nothing older.

    Whoever changes the title or body calls this in the same transaction.
    """
    row = Thread.objects.filter(pk=thread.pk)
    title, body = row.values_list("title", "body").get()
    words = SearchVector(Value(search_document(title, body)), config="simple")
    row.update(search=Func(words, function="strip", output_field=SearchVectorField()), title_key=similar_key(title))
