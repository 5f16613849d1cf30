"""The words of messages, as each of their readers finds them.

A common word stands in millions of messages and in a few hundred of one's own. So an index of words alone would find
the millions, and then look through them for one's own. Here every word is stored once for each of the two readers
("7/gauge"), and what a member looks for is a piece of the index that holds nothing but their own messages.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, TextField, Value

from accounts.names import fold

LONGEST = 64
"""Letters of a word that are kept: what is longer is found by its beginning."""


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are looked for, in order."""
    return [word[:LONGEST] for word in fold(text).split()]


class WordsByReaderField(SearchVectorField):
    """The words of a message's text, under each of its readers; made anew whenever the row is saved."""

    def __init__(self, **options):
        super().__init__(**{"editable": False, "null": True} | options)

    def pre_save(self, model_instance, add):
        words = sorted(set(words_in(model_instance.text)))
        read = [f"{reader}/{word}" for reader in model_instance.readers() for word in words] if words else []
        return Func(Value(read, output_field=ArrayField(TextField())), function="array_to_tsvector")


class _Lexemes(SearchQuery):
    """A query that is written already: nothing is parsed of it."""

    def as_sql(self, compiler, connection, **more):
        return super().as_sql(compiler, connection, **more | {"template": "(%(expressions)s)::tsquery"})


def words_read_by(reader, text: str) -> SearchQuery | None:
    """Return the query for messages that `reader` reads and that have every word of `text`, or one that it begins.

    None if `text` has no words. Folding leaves no sign in a word that would end its quotation.
    """
    query = " & ".join(f"'{reader.pk}/{word}':*" for word in words_in(text))
    return _Lexemes(query, search_type="raw") if query else None
