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


@pytest.mark.parametrize(
    "note",
    [
        "Hola Jane, me gustaría añadirte a mi red profesional.",
        "Hola, me gustaría agregarte a mi red de contactos en LinkedIn. Saludos",
        "Olá Jane, gostaria de adicionar você à minha rede profissional no LinkedIn.",
        "Bonjour Jane, j'aimerais vous ajouter à mon réseau professionnel.",
        "Je vous invite à rejoindre mon réseau LinkedIn. Cordialement",
        "Hallo Jane, ich möchte Sie gerne zu meinem beruflichen Netzwerk hinzufügen.",
        "Guten Tag, ich würde mich gerne mit Ihnen vernetzen. Viele Grüße",
        "Buongiorno, vorrei aggiungerLa alla mia rete professionale su LinkedIn.",
        "Ciao Jane, mi piacerebbe entrare in contatto con te.",
        "Hoi Jane, ik wil je graag toevoegen aan mijn professionele netwerk.",
        "Dzień dobry, chciałbym dodać Panią do swojej sieci zawodowej.",
        "Merhaba, sizi profesyonel ağıma eklemek istiyorum.",
        "مرحبا Jane، أود إضافتك إلى شبكتي المهنية.",
        "नमस्ते, मैं आपको अपने पेशेवर नेटवर्क में जोड़ना चाहता हूँ।",
        "Здравствуйте, хотел бы добавить вас в свою профессиональную сеть контактов.",
        "Вітаю! Хотів би додати вас до своєї професійної мережі.",
        "Hej Jane, jag skulle vilja lägga till dig i mitt professionella nätverk.",
        "Halo, saya ingin menambahkan Anda ke jaringan profesional saya.",
        "您好,我想将您添加到我的职业人脉网络。",
        "你好,想加您为好友,互相交流学习。",
        "はじめまして。あなたを私のプロフェッショナルネットワークに追加したいです。",
        "プロフィールを拝見しました。ぜひつながりたいです。よろしくお願いいたします。",
        "안녕하세요, 제 전문 네트워크에 추가하고 싶습니다.",
        "안녕하세요, 프로필을 보고 연결하고 싶습니다. 감사합니다.",
    ],
)
def test_an_opening_to_anybody_is_known_in_the_languages_that_most_write_in(note):
    _name, _short, who, specific, no_pitch = coach(note, recipient="Jane Doe", sender="Tom Hall")
    assert who.ok is specific.ok is False
    assert no_pitch.ok is None


@pytest.mark.parametrize(
    "note",
    [
        "Hola Jane, estudiamos juntos en la Complutense, me gustaría añadirte a mi red.",
        "Soy enfermera en Vigo y quisiera conectar contigo",
        "Bonjour Jane, je suis sage-femme à Nantes et j'aimerais vous ajouter à mon réseau.",
        "Ich arbeite bei Bosch und würde mich gerne vernetzen.",
        "您好,我是苏州的制茶师,想加您为好友。",
        "先週の展示会でお会いした鈴木です。ぜひつながりたいです。",
        "부산의 한옥 목수입니다. 연결하고 싶습니다.",
        "مرحبا Jane، التقينا في المعرض وأود إضافتك إلى شبكتي",
        "Мы вместе работали в институте, хотел бы добавить вас в сеть.",
        "Hola Jane, gracias por tu artículo sobre la red",
    ],
)
def test_a_word_more_leaves_it_open(note):
    assert coach(note, recipient="Jane Doe", sender="Tom Hall")[2].ok is None
