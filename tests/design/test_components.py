"""The components that every page is made of."""

from types import SimpleNamespace

from django import forms
from django.template.loader import render_to_string


class NoteForm(forms.Form):
    note = forms.CharField(max_length=300, widget=forms.Textarea, help_text="In your own words.")
    context = forms.ChoiceField(choices=[("work", "Worked together")], widget=forms.RadioSelect)
    quiet = forms.BooleanField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("That is too soon.")


def member(**about):
    return SimpleNamespace(
        **{
            "name": "Lina Svensson",
            "initials": "LS",
            "tint": 3,
            "photo_key": "",
            "headline": "Water",
            "place": "Malmö",
            "degree": None,
            "mutual_count": 0,
            "get_absolute_url": lambda: "/in/lina/",
        }
        | about
    )


def test_a_form_named_in_a_template_is_rendered_with_our_components():
    html = str(NoteForm({}))
    assert 'class="form-field' in html
    assert 'name="key"' in html
    assert "That is too soon." in html
    assert html.count("This field is required.") == 3


def test_a_fields_help_and_errors_are_tied_to_its_control():
    html = str(NoteForm({})["note"].as_field_group())
    assert 'aria-describedby="id_note_helptext id_note_error"' in html
    assert 'id="id_note_helptext"' in html
    assert 'id="id_note_error"' in html


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = render_to_string("components/field.html", {"field": NoteForm()["context"], "pills": True})
    assert "<fieldset" in html
    assert "<legend>Context</legend>" in html
    assert "pills" in html


def test_a_counter_knows_its_field_and_the_most_it_takes():
    html = render_to_string("components/field.html", {"field": NoteForm()["note"], "counter": 300})
    assert 'data-counter-for="id_note" data-most="300" data-text="{used} of 300"' in html


def test_a_face_without_a_photo_shows_initials_on_the_members_tint():
    html = render_to_string("components/face.html", {"member": member()})
    assert "tint-3" in html
    assert ">LS</a>" in html


def test_a_person_says_how_near_they_are_and_whom_you_share():
    html = render_to_string("components/person.html", {"member": member(degree=2, mutual_count=1)})
    assert "2nd" in html
    assert "1 mutual connection<" in html
    assert "2nd" not in render_to_string("components/person.html", {"member": member(degree=0)})


def test_the_name_of_a_member_is_escaped():
    html = render_to_string("components/person.html", {"member": member(name="<b>Lina</b>", headline="<i>")})
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_pager_is_a_link_that_also_works_without_javascript():
    html = render_to_string("components/pager.html", {"url": "/?before=9&q=a"})
    assert 'href="/?before=9&amp;q=a" hx-get="/?before=9&amp;q=a"' in html
    assert render_to_string("components/pager.html", {"url": ""}).strip() == ""


def test_a_count_is_said_in_words_and_stays_short():
    html = render_to_string("components/count.html", {"number": 120, "said": "120 unread"})
    assert "99+" in html
    assert "120 unread" in html


def test_the_page_for_our_own_failures_needs_nothing_that_may_have_failed():
    for name in ("500.html", "400.html"):
        html = render_to_string(name)
        assert 'href="/"' in html
        assert "css/acquaint" in html
