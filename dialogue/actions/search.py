"""What a thread is found by."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import Func, Value

from dialogue.models import Thread, TitleWord
from taar.lib.persian import search_document, search_words, similar_key

# Shorter words are too like each other to correct one by another.
LEAST_LETTERS = 3


def index_thread(thread: Thread) -> None:
    """Write anew what a thread is found by: its title and body as they stand in the table now, and nothing older.

    Whoever changes the title or body calls this in the same transaction.
    """
    row = Thread.objects.filter(pk=thread.pk)
    title, body = row.values_list("title", "body").get()
    words = SearchVector(Value(search_document(title, body)), config="simple")
    key = similar_key(title)
    row.update(search=Func(words, function="strip", output_field=SearchVectorField()), title_key=key)
    # In one order for everybody, so that two threads with the same new words never wait for each other.
    known = sorted({word for word in search_words(key) if len(word) >= LEAST_LETTERS})
    TitleWord.objects.bulk_create([TitleWord(word=word) for word in known], ignore_conflicts=True)
