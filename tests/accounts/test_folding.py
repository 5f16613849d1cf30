"""Names and words, folded: case, accents and punctuation gone, whatever the script."""

import pytest

from accounts.names import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz  O'Brien-Muñoz", "lukasz o brien munoz"),
        ("STRASSE Straße", "strasse strasse"),
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Ærø þing", "aero thing"),
        ("ﬁnance ２０", "finance 20"),
        ("김민준", "김민준"),
        ("王小明", "王小明"),
        ("مُحَمَّد", "محمد"),
        ("अमित", "अमित"),
        ("สมชาย ใจดี", "สมชาย ใจด\u0e35"),
        ("می\u200cخواهم", "میخواهم"),
        ("C++ and C#, F#", "c++ and c# f#"),
        ("+1 #tag a_b", "1 tag a b"),
        ("!?… — 🙂", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_a_text(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Łukasz O'Brien", "अमित शर्मा", "C++", "İ", "ﷺ", "a\u0301\u0327", "ǅ"])
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)
