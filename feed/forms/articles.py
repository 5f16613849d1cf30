"""What members fill in to write an article."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audiences import Audience
from accounts.pictures import ACCEPT
from accounts.refusals import Refusal
from feed.forms.pictures import LONGEST, PictureField
from feed.forms.posts import WordsField, audiences_up_to
from feed.models import Article, Draft, Post
from feed.models.writing import Writing
from feed.pictures import NewPicture


class _WritingForm(forms.Form):
    """A title, words, one more picture, and who it is for."""

    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=Writing._meta.get_field("title").max_length,
        error_messages={"required": gettext_lazy("An article needs a title.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = WordsField(
        label=gettext_lazy("Your words"),
        max_length=Writing._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Write something first.")},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-markdown": ""}),
    )
    picture = PictureField(
        label=gettext_lazy("One more picture"), required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "data-preview": "chosen"}),
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy("For people who can’t see it."),
        max_length=LONGEST,
        required=False,
    )
    remove = forms.IntegerField(min_value=0, max_value=3, required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    comments_from = forms.ChoiceField(label=gettext_lazy("Who may comment"), choices=Post.CommentsFrom.choices)
    saves = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, initial=0)

    def take_unfinished(self) -> None:
        """Take what has no title yet, or no words: for what is saved and not published."""
        self.fields["title"].required = self.fields["text"].required = False

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if self.fields["text"].required and not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def circle(self) -> list[forms.BoundField]:
        return [self["audience"], self["comments_from"]]

    @property
    def is_about_pictures(self) -> bool:
        """Whether one adds or removes a picture, and goes on writing; of a valid form."""
        return bool(self.cleaned_data["picture"]) or self.cleaned_data["remove"] is not None

    def state(self) -> list[forms.BoundField]:
        """The fields that say what is written on."""
        return [self[name] for name in ("key", "page", "saves") if name in self.fields]

    def said(self) -> dict:
        """What is to be saved; of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("picture", "description")}
        picture = self.cleaned_data["picture"]
        return said | {"pictures": [NewPicture(picture, self.cleaned_data["description"])] if picture else []}


class DraftForm(_WritingForm):
    """An article that isn't published. `page` tells one opened page from another."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, draft: Draft, page: UUID | None = None, **options):
        names = ("title", "text", "audience", "comments_from", "key")
        initial = {name: getattr(draft, name) for name in names} | {"saves": draft.saves if draft.pk else 0}
        super().__init__(*args, initial=initial | {"page": page or uuid4()}, **options)
        self.fields["audience"].choices = audiences_up_to(Audience.PUBLIC)
        if draft.author.profile_audience != Audience.PUBLIC:
            self.fields["audience"].help_text = _("Visitors see public posts only of people whose profile is public.")

    @property
    def says_something(self) -> bool:
        return any(self.data.get(name, "").strip() for name in ("title", "text"))

    def is_about(self, draft: Draft) -> bool:
        """Whether a draft is the one that was sent, rather than one beside it; of a valid form."""
        return draft.key == self.cleaned_data["key"]


class EditArticleForm(_WritingForm):
    """An article that is published: its words, a narrower audience, and who may comment."""

    def __init__(self, *args, article: Article, **options):
        post = article.post
        initial = {"title": article.title, "text": article.text, "saves": article.saves}
        initial |= {"audience": post.audience, "comments_from": post.comments_from}
        super().__init__(*args, initial=initial, **options)
        self.fields["audience"].choices = audiences_up_to(post.audience)
        self.fields["audience"].help_text = _("An audience can be narrowed, but not widened.")

    def come_back(self, refusal: Refusal, *, saves: int | None) -> None:
        """Say why nothing was saved; with how often the article is saved by now, so that saving again is meant."""
        self.add_error(None, refusal.sentence)
        if saves is not None:
            data: Any = self.data.copy()
            data["saves"] = saves
            self.data = data
