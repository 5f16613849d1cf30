"""What members fill in to write an article."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audiences import Audience
from accounts.models import User
from accounts.pictures import ACCEPT, Encoded
from accounts.refusals import Refusal
from communities.models import Group, Organization
from config.forms import Lines
from feed.forms.pictures import LONGEST, HoldingForm, PictureField
from feed.forms.posts import WordsField, offer_circle, whom_public_reaches
from feed.models import Article, Draft, Picture, Post
from feed.models.writing import Writing
from feed.pictures import NewPicture


class _WritingForm(HoldingForm):
    """A title, words, one more picture, and who it is for. `page` tells one opened page from another."""

    HELD_BY = "page"
    use_required_attribute = False
    is_unfinished = False
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
        widget=Lines(attrs={"rows": 18, "data-markdown": ""}),
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
    without = forms.BooleanField(label=gettext_lazy("Leave this picture out"), required=False)
    remove = forms.IntegerField(min_value=0, max_value=3, required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    comments_from = forms.ChoiceField(label=gettext_lazy("Who may comment"), choices=Post.CommentsFrom.choices)
    saves = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, initial=0)

    def take_unfinished(self) -> None:
        """Take what has no title yet, or no words: for what is saved and not published."""
        self.is_unfinished = True
        self.fields["title"].required = self.fields["text"].required = False

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if self.fields["text"].required and not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def circle(self) -> list[forms.BoundField]:
        return [self[name] for name in ("audience", "comments_from") if name in self.fields]

    @property
    def is_about_pictures(self) -> bool:
        """Whether one adds or removes a picture, and goes on writing; of a valid form."""
        return self._picture is not None or self.cleaned_data["remove"] is not None

    @property
    def held_picture(self) -> Picture | None:
        """The picture that was chosen before, and waits."""
        return self.held.get(1)

    @property
    def _picture(self) -> Encoded | Picture | None:
        held = None if self.cleaned_data["without"] else self.held_picture
        return self.cleaned_data["picture"] or held

    def new_files(self) -> dict[int, Encoded]:
        return {0: picture} if (picture := self.cleaned_data.get("picture")) else {}

    def state(self) -> list[forms.BoundField]:
        """The fields that say what is written on."""
        return [self[name] for name in ("key", "page", "saves", "organization", "group") if name in self.fields]

    def said(self) -> dict:
        """What is to be saved; of a valid form."""
        picture, apart = self._picture, ("picture", "description", "without", "are_held")
        said = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return said | {"pictures": [NewPicture(picture, self.cleaned_data["description"])] if picture else []}


class DraftForm(_WritingForm):
    """An article that isn't published.

    `place` is the organization for which it is written, or the group in which. If its author may no longer write
    there, `lost` says so, and it goes on as one for posts of their own.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)
    organization = forms.SlugField(required=False, widget=forms.HiddenInput)
    group = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, draft: Draft, page: UUID | None = None, **options):
        names = ("title", "text", "audience", "comments_from", "key")
        initial = {name: getattr(draft, name) for name in names} | {"saves": draft.saves if draft.pk else 0}
        for name in ("organization", "group"):
            initial[name] = getattr(draft, name).slug if getattr(draft, name) else ""
        super().__init__(*args, initial=initial | {"page": page or uuid4()}, **options)
        self.find_held(draft.author)
        self.lost = ""
        edited, joined = Organization.objects.edited_by(draft.author), Group.objects.joined_by(draft.author)
        organization = self._place("organization", edited, lost=_("You no longer write for that organization."))
        group = self._place("group", joined, lost=_("You are not in that group any more."))
        self.place = organization or group
        offer_circle(self.fields, widest=Audience.PUBLIC, organization=organization, group=group)
        if not group:
            self.fields["audience"].help_text = whom_public_reaches(draft.author, organization)
            if self.is_bound and not self["audience"].value():
                self._lose(_("Say who sees it."))  # the page was opened when it was still for a group

    def _place(self, name: str, places: QuerySet, *, lost: str):
        """Return the place that the form names, if one may write there; if not, take it out of the form."""
        slug = self[name].value()
        if not slug:
            return None
        if slug_re.match(slug) and (place := places.filter(slug=slug).first()):
            return place
        now = _("What you wrote is kept as a draft for posts of your own. Look at who sees it before you publish.")
        self._lose(f"{lost} {now}", **{name: ""})
        return None

    def _lose(self, sentence: str, **fields) -> None:
        """Go on as one for posts of one's own, at first for the fewest, and say so."""
        now = fields | {"audience": Audience.CONNECTIONS.value}
        self.lost = sentence
        self.initial.update(now)
        if self.is_bound:
            data: Any = self.data.copy()
            for field, value in now.items():
                data[field] = value
            self.data = data

    def clean(self) -> dict:
        """Publish nothing elsewhere than where it was meant to stand."""
        if self.lost and not self.is_unfinished:
            raise forms.ValidationError(self.lost)
        return self.cleaned_data

    def said(self) -> dict:
        said = {"audience": Audience.CONNECTIONS} | super().said()  # in a group nobody is asked
        place = self.place
        return said | {
            "organization": place if isinstance(place, Organization) else None,
            "group": place if isinstance(place, Group) else None,
        }

    @property
    def says_something(self) -> bool:
        return any(self.data.get(name, "").strip() for name in ("title", "text"))

    def is_about(self, draft: Draft) -> bool:
        """Whether a draft is the one that was sent, rather than one beside it; of a valid form."""
        return draft.key == self.cleaned_data["key"]


class EditArticleForm(_WritingForm):
    """An article that is published: its words, a narrower audience, and who may comment."""

    page = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, article: Article, author: User, **options):
        post = article.post
        initial = {"title": article.title, "text": article.text, "saves": article.saves}
        initial |= {"audience": post.audience, "comments_from": post.comments_from}
        super().__init__(*args, initial=initial, **options)
        self.find_held(author)
        offer_circle(self.fields, widest=post.audience, organization=post.organization, group=post.group)
        if not post.group:
            self.fields["audience"].help_text = _("An audience can be narrowed, but not widened.")

    def said(self) -> dict:
        return {name: value for name, value in super().said().items() if name != "page"}

    def come_back(self, refusal: Refusal, *, saves: int | None) -> None:
        """Say why nothing was saved; with how often the article is saved by now, so that saving again is meant."""
        self.add_error(None, refusal.sentence)
        if saves is not None:
            data: Any = self.data.copy()
            data["saves"] = saves
            self.data = data
