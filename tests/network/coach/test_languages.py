"""A language that the coach doesn't know: it says so, and ticks only what it can judge."""

import pytest

from network.coach import coach

FOREIGN = {
    "French": "Bonjour Jane, nous nous sommes rencontrés au salon du livre et votre article m'a beaucoup plu.",
    "German": "Hallo Jane, wir haben zusammen bei Bosch gearbeitet und ich würde mich freuen.",
    "Spanish": "Hola Jane, estudiamos juntos en la Complutense y me gustó tu libro.",
    "Portuguese": "Olá Jane, trabalhámos juntos em Lisboa e gostei muito do seu artigo.",
    "Italian": "Ciao Jane, abbiamo lavorato insieme e il tuo articolo mi è piaciuto molto.",
    "Dutch": "Hoi Jane, we hebben elkaar ontmoet op de beurs en ik vond het erg leuk.",
    "Polish": "Cześć Jane, poznaliśmy się na konferencji i bardzo dziękuję za rozmowę.",
    "Swedish": "Hej Jane, vi läste kemi tillsammans och jag vill gärna säga grattis.",
    "Turkish": "Merhaba Jane, geçen hafta sizinle tanıştık ve çok teşekkür ederim.",
    "Japanese": "Janeさん、先週お会いした鈴木です。とても面白かったです。",
    "Russian": "Здравствуйте, Jane! Мы вместе работали в институте.",
    "Arabic": "مرحبا Jane، التقينا في المعرض الأسبوع الماضي.",
    "Hindi in Latin letters": "Namaste Jane ji, main bhi Delhi se hoon aur aapka talk bahut accha laga.",
}
ENGLISH = [
    "Hi Jane, fellow Michigan grad, big fan of your bread.",
    "Bonjour Jane, I'm Tom from Lyon and I liked your talk on wine.",
    "Jane",
    "",
    "congrats!!",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("language", FOREIGN)
def test_what_needs_understanding_is_left_open(language):
    name, short, who, specific, no_pitch = coach(FOREIGN[language], recipient="Jane Doe", sender="Tom Hall")
    assert (name.ok, short.ok) == (True, True)
    assert who.ok is specific.ok is no_pitch.ok is None
    assert "language" in who.reason
    assert "Jane" in who.reason


@pytest.mark.parametrize("note", ENGLISH)
def test_english_is_judged(note):
    assert None not in [line.ok for line in coach(note, recipient="Jane Doe", sender="Tom Hall")]


def test_prices_and_calendars_are_seen_in_any_language():
    for end in ("https://calendly.com/tom", "90 €"):
        assert coach(f"{FOREIGN['French']} {end}", recipient="Jane Doe", sender="Tom Hall")[4].ok is False


def test_what_the_site_can_prove_needs_no_language():
    assert coach(FOREIGN["German"], recipient="Jane Doe", sender="Tom Hall", proved=True)[2].ok is True
