from django import forms

from config.forms import Lines


class Letter(forms.Form):
    words = forms.CharField(min_length=2, max_length=5, widget=Lines({"rows": 2}))


def test_a_line_break_counts_once_however_it_was_sent():
    for sent in ("ab\r\ncd", "ab\ncd", "ab\rcd"):
        form = Letter({"words": sent})
        assert form.is_valid()
        assert form.cleaned_data["words"] == "ab\ncd"


def test_what_is_too_long_is_kept_and_the_browser_is_told_no_limit():
    form = Letter({"words": "ab\r\ncde"})
    assert "at most 5 characters (it has 6)" in form.errors["words"][0]
    html = str(form["words"])
    assert "ab\ncde" in html
    assert "maxlength" not in html
    assert "minlength" not in html


def test_it_may_be_missing():
    assert "This field is required." in Letter({}).errors["words"][0]
