"""Line 5: courteous and no pitch; each kind of words has its reason, and is marked."""

import pytest

from network.coach import coach

BAD = {
    "sales": [
        "We help companies like yours increase revenue.",
        "We provide HR software for small businesses.",
        "Would you be the right person to talk to about payroll?",
        "Check out my new online course!",
    ],
    "prices": [
        "The kit is $499.",
        "Only 12 € a bottle.",
        "It costs Rs. 500.",
        "20% off this week.",
        "Start your free trial.",
    ],
    "calendars": ["Pick a time: https://calendly.com/tom", "Grab a slot on my calendar.", "cal.com/tom"],
    "calls": [
        "Free for a quick call?",
        "Do you have 15 minutes this week?",
        "Let's hop on a call.",
        "Call me on 0161 496 0000",
    ],
    "recruiting": [
        "I have an exciting opportunity for you.",
        "Please share your updated resume.",
        "Are you open to new roles?",
        "My client is hiring.",
        "You would be a perfect fit.",
    ],
    "rude": ["You are an idiot.", "Shut up.", "Your talk was the worst talk ever.", "You will regret this."],
    "personal": ["You are so beautiful.", "Are you single?", "Gorgeous smile!"],
    "pushing": ["Why did you ignore me?", "Accept my request now.", "This is my third request.", "I demand an answer."],
}


def line(note: str):
    return coach(note, recipient="Jane Doe", sender="Tom Hall")[4]


@pytest.mark.parametrize(("kind", "note"), [(kind, note) for kind, notes in BAD.items() for note in notes])
def test_these_fail_and_their_words_are_marked(kind, note):
    found = line(note)
    assert found.ok is False
    assert found.marks


def test_each_kind_has_its_own_reason():
    reasons = {kind: line(notes[0]).reason for kind, notes in BAD.items()}
    assert len(set(reasons.values())) == len(BAD)


@pytest.mark.parametrize(
    "note",
    [
        "Congratulations on raising $20M!",
        "You raised £500 for the hospice.",
        "Thanks for the quick call yesterday.",
        "I enjoyed your talk on lead generation.",
        "I just started an exciting new role at the zoo.",
        "I'm looking for a new job.",
        "Here is the article: https://example.org/bees",
        "I am not selling anything.",
        "We bought our bikes from you.",
        "I hate to bother you.",
        "I care a great deal about trees.",
        "Thank you for interviewing me.",
        "The food waste project was great.",
    ],
)
def test_these_are_courteous(note):
    assert line(note).ok is True


@pytest.mark.parametrize(
    "note",
    [
        "Jane, you really owe me for the Hull job, so put in a word for me, no excuses.",
        "Jane, your sort always hides the figures. Do us all a favour and resign.",
        "Jane, your paper is riddled with errors, and somebody should have stopped you.",
        "Jane, I always had a crush on you, and you only got prettier.",
        "Jane, I expect a reply by Friday, or I'll write to your manager.",
        "Jane, I'd welcome the chance to quote for the refit.",
        "Jane, is payroll still a headache for your team?",
        "Jane, we match any quote, and your rivals rank above you.",
        "Jane, Tom from Flexi. Top rates, weekly pay, accommodation included.",
    ],
)
def test_demands_contempt_and_quiet_pitches_fail(note):
    assert coach(note, recipient="Jane Doe", sender="Tom Hall")[4].ok is False


@pytest.mark.parametrize(
    "note",
    [
        "Jane, it's Tom from the Leeds depot. You still owe me a pint for the Whitby race.",
        "Jane, we met at the seed swap. I learned a great deal from your talk, and we left on good terms I hope.",
        "Jane, I'm a nurse in Hull and your garden looked gorgeous in the photos of the open day.",
        "Jane, Tom from the welding course. I made every beginner's mistake that you warned us of.",
        "Jane, I'm the baker from the Kent fair. I expect you are busy, but how did the oven turn out?",
        "Jane, Tom from the ward. I have no excuses for losing your umbrella, and I owe you a new one.",
        "Jane, I grow leeks in Fife. Who looks after the bees at your school?",
        "Jane, I'm a historian in Bath, and I'd love to quote your letter in my book on canals.",
    ],
)
def test_the_same_words_said_kindly_pass(note):
    assert coach(note, recipient="Jane Doe", sender="Tom Hall")[4].ok is True
