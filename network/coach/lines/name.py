"""The note calls its recipient by their name."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.coach.line import Line
from network.coach.names import is_ordinary, latin
from network.coach.note import Note, Token
from network.coach.vocabulary import words, words_of_all

LABEL = gettext_lazy("Calls them by their name")
_PAUSES = frozenset(",;:!?.…–—-()，、。！？،\n")

_AFTER_A_NAME = frozenset(
    ["for", "and", "from", "at", "in", "on", "with", "again", "during"]
)  # "so good to meet you Faith at the fair"
_SPOKEN_TO = frozenset(["you", "your", "i", "i'm", "ur", "u", "we"])
_ASKING = frozenset(["will", "may", "can", "do", "so", "as", "if", "hope"])  # names that begin a question too
_FATHERS_NAME = ("вич", "вна", "ична", "ьич")  # Анна Сергеевна may be Анна Иванова


def judge(note: Note) -> Line:
    line = Line(
        key="name", label=LABEL, ok=True, reason=_("You call %(name)s by name.") % {"name": note.recipient.called}
    )
    places = _Places(note)
    if any(places.calls(n) for n in range(len(places.tokens))) or _written_together(note):
        return line
    greeted = places.greeted()
    name = {"name": note.recipient.called}
    if _in_another_script(note, greeted):
        return replace(
            line, ok=None, reason=_("%(name)s’s name is in another script; look whether you call them by it.") % name
        )
    if not greeted:
        return replace(
            line, ok=False, reason=_("Call %(name)s by name: it shows that the note is meant for them.") % name
        )
    marks = ((greeted[0].start, greeted[-1].end),)
    return replace(
        line, ok=False, reason=_("This isn’t the name of %(name)s. Call them by their own.") % name, marks=marks
    )


class _Places:
    """The words of a note, and what stands around each."""

    def __init__(self, note: Note):
        self.note = note
        self.tokens = [token for token in note.tokens if not token.address]

    def calls(self, n: int) -> bool:
        """Whether the recipient is called by the word at `n`."""
        token = self.tokens[n]
        if self._initials(n):
            return True
        if not (self.note.recipient.calls(token.word) or self._inflected(token)):
            return self._short_form(n)
        if self.after_greeting(n):
            return not self._other_surname(n, strict=True)
        if token.word.endswith("'s") or self._is_senders(n) or self._of_somebody_else(n):
            return False
        return self._apart(n) if is_ordinary(token.word) else not self._spoken_of(n)

    def _short_form(self, n: int) -> bool:
        """Whether somebody is spoken to, at the start and before a pause, by what can be a short form."""
        token = self.tokens[n]
        leads = n == 0 or all(
            word.word in words_of_all("greetings") | words_of_all("titles") for word in self.tokens[:n]
        )
        ends = n + 1 >= len(self.tokens) or bool(self._gap(n + 1) & _PAUSES)
        return n < 4 and leads and ends and token.raw[0].isupper() and self.note.recipient.may_call(token.word)

    def after_greeting(self, n: int) -> bool:
        """Whether nothing but greetings, titles and the recipient's other names stand before, and one greets."""
        if n > 6:
            return False
        before = self.tokens[:n]
        if n and before[0].word == "my" and not any(word.word.startswith("dear") for word in before):
            return False  # "My brother Tom"
        greets = any(word.word in words_of_all("greetings") or word.word in words_of_all("titles") for word in before)
        return greets and all(self._leads(word) for word in before) and not self._wishes(n)

    def greeted(self) -> list[Token]:
        """Return who is greeted, whoever that is: the words after the greeting up to a pause."""
        found: list[Token] = []
        for n, token in enumerate(self.tokens[:6]):
            if found and self._gap(n) & _PAUSES:
                break
            if token.word in words_of_all("greetings") and not found:
                continue
            if not (n and self.tokens[n - 1].word in words_of_all("greetings")) and not found:
                break
            if token.word in words("en", "breaks") or len(found) == 3:
                break
            found.append(token)
            if n + 1 == len(self.tokens):
                break
        else:
            n = len(self.tokens[:6])
        ended = n >= len(self.tokens) - 1 or bool(self._gap(n) & _PAUSES)
        capital = [token for token in found if token.raw[0].isupper() or token.word in words("en", "nobodies")]
        return found if found and ended and (capital or not found[0].raw.isascii()) else capital[:1]

    def _leads(self, token: Token) -> bool:
        return (
            token.word in words_of_all("greetings")
            or token.word in words_of_all("titles")
            or self.note.recipient.calls(token.word)
        )

    def _wishes(self, n: int) -> bool:
        """Whether the word goes on as a sentence: "Hi, will you …", "Hello, may I …"."""
        if not is_ordinary(self.tokens[n].word) or self._gap(n + 1) & _PAUSES or n + 1 == len(self.tokens):
            return False
        return self.tokens[n + 1].word in words("en", "breaks") or bool(self._gap(n) & _PAUSES)

    def _gap(self, n: int) -> set[str]:
        """Return the signs between the words at n - 1 and n, or at either end of the note."""
        start = self.tokens[n - 1].end if n else 0
        end = self.tokens[n].start if n < len(self.tokens) else len(self.note.read)
        return {letter for letter in self.note.read[start:end] if not letter.isspace() or letter == "\n"}

    def _apart(self, n: int) -> bool:
        """Whether pauses stand around the word, or thanks and the like before it."""
        after = bool(self._gap(n + 1) & _PAUSES) or n + 1 == len(self.tokens)
        if n == 0 and not after:  # "daisy your thread", and all in capitals; but "Will you" and "May I" ask
            token = self.tokens[0]
            return token.word not in _ASKING and (
                self.tokens[1].word in _SPOKEN_TO or (self.note.read.isupper() and not self._spoken_of(0))
            )
        if n == 0 or self._gap(n) & {".", "!", "?", "\n"}:
            return after and bool(self.tokens[n].raw[0].isupper() or n == 0)
        if self.tokens[n - 1].word in words("en", "addressing"):
            return after or (self.tokens[n].raw[0].isupper() and self.tokens[n + 1].word in _AFTER_A_NAME)
        if self._gap(n) & _PAUSES:
            return after
        surname = n + 1 < len(self.tokens) and self.tokens[n + 1].word in self.note.recipient.forms
        return surname and self.tokens[n].raw[0].isupper() and not self._spoken_of(n)

    def _spoken_of(self, n: int) -> bool:
        """Whether the note speaks of somebody with this name: "Jane mentioned", "with Jane", "my friend Jane"."""
        next_word = self.tokens[n + 1].word if n + 1 < len(self.tokens) and not self._gap(n + 1) else ""
        if next_word in words("en", "speaking"):
            return True
        return bool(n) and not self._gap(n) and self.tokens[n - 1].word in words("en", "pointing")

    def _of_somebody_else(self, n: int) -> bool:
        """Whether the word is part of another's name: "Bill Chen" isn't Alex Chen, nor "Morgan Stanley" Morgan Lee."""
        first = self.note.recipient.is_first(self.tokens[n].word)
        if n and not first and not self._gap(n) and self._is_name(self.tokens[n - 1]):
            return True
        return self._other_surname(n, strict=False)

    def _other_surname(self, n: int, *, strict: bool) -> bool:
        if n + 1 >= len(self.tokens) or self._gap(n + 1) or len(self.note.recipient.words) < 2:
            return False
        ends = n + 2 >= len(self.tokens) or bool(self._gap(n + 2) & _PAUSES)
        return self._is_name(self.tokens[n + 1]) and (ends or not strict)

    def _is_name(self, token: Token) -> bool:
        """Whether a word reads as a name, and not as one of the recipient's."""
        if not token.raw[0].isupper() or self.note.read.isupper() or self.note.recipient.calls(token.word):
            return False
        if self.note.sender.calls(token.word) or token.word.endswith(_FATHERS_NAME):
            return False  # "Ola, Mike from Phoenix" and "Ola Mike from Phoenix": the sender begins
        known = words("en", "ordinary") | words("en", "vague") | words("en", "works") | words("en", "roles")
        return token.word not in known | words_of_all("greetings") | words_of_all("titles") and len(token.word) > 1

    def _is_senders(self, n: int) -> bool:
        """Whether the sender introduces or signs with a name that both have."""
        token, last = self.tokens[n], len(self.tokens) - 1
        if n < last and self.tokens[n + 1].word == "here":
            return True
        return self.note.sender.calls(token.word) and last - n < 2 and n > 2

    def _initials(self, n: int) -> bool:
        token = self.tokens[n]
        if (
            len(token.word) > 3
            or not self.note.recipient.has_initials(latin(token.word))
            or not self.note.recipient.words
        ):
            return False
        if token.word in words("en", "ordinary") and len(token.word) > 1:
            return False
        after = n + 1 >= len(self.tokens) or bool(self._gap(n + 1) & _PAUSES)
        return after and (self.after_greeting(n) or (n == 0 and token.raw.isupper() and token.word not in "ai"))

    def _inflected(self, token: Token) -> bool:
        """Whether it is the form for calling somebody that other languages have: "Panie Marku", "Anno"."""
        if self.note.language or not token.raw[0].isupper() or token.word in words_of_all("greetings"):
            return False
        word = latin(token.word)
        return any(
            abs(len(word) - len(form)) <= 2
            and len(form) > 3
            and word[: max(3, len(form) - 2)] == form[: max(3, len(form) - 2)]
            for form in {*map(latin, self.note.recipient.words), *self.note.recipient.short_forms}
        )


def _written_together(note: Note) -> bool:
    return any(form in note.read for form in note.recipient.written_together)


def _in_another_script(note: Note, greeted: list[Token]) -> bool:
    """Whether the name can't be compared: one is in Latin letters and the other isn't."""
    if not note.recipient.words:
        return True
    letters = [latin(token.word) for token in note.tokens]
    is_latin = sum(word.isascii() for word in letters) * 2 > len(letters)
    if note.recipient.is_latin:
        return bool(letters) and not is_latin and not note.language
    return is_latin and bool(greeted) and greeted[0].word not in words("en", "nobodies")
