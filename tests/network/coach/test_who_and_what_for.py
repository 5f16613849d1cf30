"""Lines 3 and 4: who you are or how you know each other; and something specific."""

import pytest

from network.coach import coach


def lines(note: str, **more) -> dict:
    return {line.key: line for line in coach(note, recipient="Jane Doe", sender="Tom Hall", **more)}


@pytest.mark.parametrize(
    "note",
    [
        "Hi Jane, I'm a nurse at St Mary's.",
        "hi jane its tom from the leeds depot",
        "Jane, Tom here from the choir.",
        "Hi Jane, we met at the fair.",
        "Hi Jane, it was great meeting you on Tuesday.",
        "Jane, I see you also went to the University of Michigan.",
        "Hi Jane, Bill Chen mentioned that I should connect with you.",
        "Hi Jane, I was in your class in 2012.",
        "Hi Jane, you interviewed me on Monday.",
        "Hi Jane, as a fellow vet I'd be happy to connect.",
        "Hi Jane, retired teacher from Kent here.",
        "Respected Jane mam, I am your junior from NIT Calicut.",
        "Hi Jane, I teach chemistry in Porto.",
        "Hi Jane, our mutual friend Folake Ade thought we should talk.",
    ],
)
def test_these_say_who(note):
    assert lines(note)["who"].ok is True


@pytest.mark.parametrize(
    "note",
    [
        "Hi Jane, I'd like to add you to my professional network on this site.",
        "Hi Jane, I came across your profile.",
        "Hi Jane, great minds think alike, let's connect.",
        "Hi Jane, I want to expand my network.",
        "Hi Jane, we have many mutual connections.",
        "Hi Jane, I would love to meet you.",
        "Hi Jane, looking forward to working with you.",
        "Hi Jane, congratulations on the prize!",
        "Hi Jane, I am a big fan of your work.",
        "Hi Jane, I am writing to connect.",
    ],
)
def test_these_do_not_say_who(note):
    assert lines(note)["who"].ok is False


def test_what_the_site_can_prove_is_enough():
    assert lines("Hi Jane, let's connect.", context="worked", proved=True)["who"].ok is True
    assert lines("Hi Jane, let's connect.", context="worked")["who"].ok is False


def test_the_chosen_context_tells_what_to_add():
    reasons = {lines("Hi Jane.", context=context)["who"].reason for context in ("worked", "studied", "event", "other")}
    assert len(reasons) == 4
    assert all("Jane" in reason for reason in reasons)


@pytest.mark.parametrize(
    "note",
    [
        "Congratulations on the new role!",
        "congrats on ur book",
        "Thank you for the advice on hives.",
        "I loved your article.",
        "Here is the paper that I promised.",
        "I share your interest in direct trade.",
        "We both keep bees.",
        "I'd like to talk about cross-laminated floors.",
        "I see you're campaigning for hedgehogs.",
        "Your work on sea walls is what we need.",
    ],
)
def test_these_offer_something_specific(note):
    assert lines(note)["specific"].ok is True


@pytest.mark.parametrize(
    "note",
    [
        "I'd like to add you to my professional network.",
        "I came across your profile and was impressed by your background.",
        "Great minds think alike.",
        "Thanks in advance for connecting.",
        "Thank you for accepting.",
        "I admire your work.",
        "I would appreciate it if you could accept.",
        "I'd love to learn from your experience and insights.",
        "Let's stay in touch.",
        "I am looking to connect with professionals in the marketing industry.",
        "Jane, you idiot, your article was garbage.",
    ],
)
def test_these_offer_nothing_specific(note):
    assert lines(note)["specific"].ok is False


def test_a_topic_that_is_sold_is_nothing_specific():
    assert lines("I'd like to talk about cloud backups.")["specific"].ok is True
    assert lines("I'd like to talk about cloud backups, we offer them at the best price.")["specific"].ok is False


def test_the_words_that_say_nothing_are_marked():
    note = "Hi Jane, I came across your profile. Let's connect."
    assert lines(note)["who"].words(note)[0] == "came across your profile"
