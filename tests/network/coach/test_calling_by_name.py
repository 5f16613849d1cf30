"""Line 1 of the note coach: calls them by their name, however names are written, said and shortened."""

import pytest

from network.coach import coach


def name_line(note: str, recipient: str, sender: str = "Ruth Vale"):
    return coach(note, recipient=recipient, sender=sender)[0]


@pytest.mark.parametrize(
    ("recipient", "note"),
    [
        ("Jane Doe", "Hi Jane, thanks for the talk."),
        ("Jane Doe", "jane - loved the talk"),
        ("Jane Doe", "HELLO JANE GREAT TALK"),
        ("Jane Doe", "Good morning Jane! Great talk."),
        ("Jane Doe", "Great talk yesterday, Jane."),
        ("Jane Doe", "Thanks Jane"),
        ("Jane Doe", "Hi J., thanks for the talk."),
        ("Jane Doe", "Dear Ms. Doe, thank you for the talk."),
        ("Jane Doe", "hey @jane, nice talk"),
        ("Alexandra Petrova", "Hi Alex, I liked your talk."),
        ("Alex Petrova", "Hi Alexandra, I liked your talk."),
        ("William Hart", "Hi Bill, good to meet you."),
        ("Katherine Lee", "Hello Kate, good to meet you."),
        ("Jonathan Lee", "Hello Jonny, good to meet you."),
        ("Abhishek Rao", "Hi Abhi, good to meet you."),
        ("Mei Chen", "Dear Dr. Chen, thank you."),
        ("José García", "Señor García, gracias."),
        ("José García", "Hi Jose, thank you."),
        ("Jose Garcia", "Hola José, gracias."),
        ("María José García López", "Dear María José, thank you."),
        ("Jean-Luc Moreau", "Hi Jean Luc, thank you."),
        ("Jean-Luc Moreau", "Hi JL, thank you."),
        ("Mary Ann Evans", "Hi Maryann, thank you."),
        ("Siobhán O’Brien", "Hi Siobhan, thank you."),
        ("Siobhán O’Brien", "Dear Mrs O'Brien, thank you."),
        ("Sanne van der Berg", "Dear Ms van der Berg, thank you."),
        ("Rajesh Kumar", "Respected Rajesh sir, thank you."),
        ("Yuki Tanaka", "Tanaka-san, thank you."),
        ("Dr. Sarah Lee, PhD", "Hi Sarah, thank you."),
        ("Łukasz Żak", "Hi Lukasz, thank you."),
        ("Анна Иванова", "Здравствуйте, Анна! Спасибо."),
        ("Анна Иванова", "Hi Anna, thank you."),
        ("Anna Ivanova", "Анна, спасибо."),
        ("Γιώργος Παπαδόπουλος", "Γιώργο, ευχαριστώ."),
        ("王小明", "小明你好，谢谢。"),
        ("王小明", "王先生，您好。"),
        ("山田 太郎", "山田さん、はじめまして。"),
        ("김민준", "민준님 안녕하세요."),
        ("محمد علي", "مرحبا محمد، شكرا."),
        ("अमित शर्मा", "नमस्ते अमित, धन्यवाद।"),
        ("Marek Lis", "Panie Marku, dziękuję bardzo za rozmowę i pozdrawiam."),
        ("Will Carter", "Hi Will, good to meet you."),
        ("Will Carter", "hi will, good to meet you"),
        ("Will Carter", "Thank you, Will."),
        ("Grace Hill", "Grace, thank you for the advice."),
        ("May Lin", "Hello May! We met in May."),
        ("Mark Hill", "Mark - thanks for the tip."),
        ("Hope Sanders", "Hi Hope, I hope you are well."),
    ],
)
def test_these_call_by_name(recipient, note):
    assert name_line(note, recipient).ok is True


@pytest.mark.parametrize(
    ("recipient", "note"),
    [
        ("Jane Doe", "Hi there, thanks for the talk."),
        ("Jane Doe", "Dear Sir or Madam, thanks for the talk."),
        ("Jane Doe", "Hi Janet, thanks for the talk."),
        ("Jane Doe", "Dear {first_name}, thanks for the talk."),
        ("Jane Doe", "I spoke with Jane yesterday."),
        ("Jane Doe", "Jane Smith mentioned that I should write."),
        ("Jane Doe", "My colleague Jane told me about the opening."),
        ("Alex Chen", "Hi, Bill Chen mentioned that I should connect with you."),
        ("Alex Chen", "Bill Chen mentioned that I should connect with you."),
        ("Alex Chen", "Hi Bill, we met at the fair."),
        ("Morgan Lee", "I worked at Morgan Stanley until 2019."),
        ("Danielle Fox", "Hi Daniel, we met at the fair."),
        ("Alexander Fox", "Hi Alexandra, we met at the fair."),
        ("Will Carter", "Hi, will you be at the fair?"),
        ("Will Carter", "I will be in Leeds."),
        ("May Lin", "May I ask you something?"),
        ("May Lin", "Hello, we met in May."),
        ("Grace Hill", "By the grace of God we met."),
        ("Mark Hill", "You made a mark on me."),
        ("Hope Sanders", "I hope you are well."),
        ("Ruth Doe", "Hi, I'm Ruth, we met at the fair."),
        ("Ruth Doe", "Thanks for the talk. Best, Ruth"),
        ("Jan de Vries", "Gracias de nuevo por todo."),
        ("Jane Doe", ""),
    ],
)
def test_these_do_not(recipient, note):
    line = name_line(note, recipient)
    assert line.ok is False
    assert recipient.split()[0] in line.reason


def test_the_name_of_somebody_else_in_the_greeting_is_marked():
    note = "Hi Bob, we met at the fair."
    assert name_line(note, "Jane Doe").words(note) == ["Bob"]


def test_a_name_in_a_script_that_has_no_letters_for_the_other_cannot_be_judged():
    assert name_line("Hi Xiaoming, we met at the fair.", "王小明").ok is None
    assert name_line("マリアさん、はじめまして。", "Maria Rossi").ok is None


def test_a_title_before_the_full_name_is_no_name():
    assert "Sarah" in name_line("Hello.", "Dr. Sarah Lee").reason
