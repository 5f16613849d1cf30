"""What members fill in about posts and comments."""

from collections.abc import Collection
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audiences import Audience
from communities.models import Group, Organization
from config.forms import Lines
from feed.forms.pictures import DescriptionsForm, PicturesForm
from feed.models import Comment, Post, Reaction
from feed.showing.reactions import TAKE_BACK

EXPLANATIONS = {
    Audience.PUBLIC: gettext_lazy("Public: everybody, visitors too"),
    Audience.MEMBERS: gettext_lazy("Members: everybody who is signed in"),
    Audience.CONNECTIONS: gettext_lazy("Connections: only the people you are connected with"),
}


def audiences_up_to(widest: str, *, but: Collection[Audience] = ()) -> list[tuple[str, str]]:
    """Return the choices of an audience that may not be wider than `widest`, each with what it means."""
    return [
        (each.value, said)
        for each, said in EXPLANATIONS.items()
        if each.width <= Audience(widest).width and each not in but
    ]


def offer_circle(fields: dict, *, widest: str, organization: Organization | None, group: Group | None) -> None:
    """Offer who sees it and who may comment; in a group its members see it, and nobody is asked."""
    if organization or group:
        fields["comments_from"].choices = [
            choice for choice in Post.CommentsFrom.choices if choice[0] != Post.CommentsFrom.CONNECTIONS
        ]
    if group:
        del fields["audience"]
        return
    fields["audience"].choices = audiences_up_to(widest, but=[Audience.CONNECTIONS] if organization else [])


def whom_public_reaches(author, organization: Organization | None) -> str:
    """Say that visitors see nothing of an author who doesn't show themselves to them."""
    if organization and organization.audience != Audience.PUBLIC:
        return _("Visitors see public updates only where the page is public.")
    if not organization and author.profile_audience != Audience.PUBLIC:
        return _("Visitors see public posts only of people whose profile is public.")
    return ""


class WordsField(forms.CharField):
    """Text of several lines; while one writes, people and tags are offered (static/js/words.js)."""

    widget = Lines

    def widget_attrs(self, widget):
        offers = {"data-words": reverse_lazy("complete_words"), "data-suggestions": gettext_lazy("Suggestions")}
        return super().widget_attrs(widget) | offers


class _PostForm(forms.Form):
    use_required_attribute = False  # a picture does without words, which only the server knows
    text = WordsField(
        label=gettext_lazy("Your words"),
        help_text=gettext_lazy("Name people with @ and their handle, and up to 20 are told. Make tags with #."),
        max_length=Post._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Write something, or add a picture.")},
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    comments_from = forms.ChoiceField(label=gettext_lazy("Who may comment"), choices=Post.CommentsFrom.choices)

    def __init__(
        self,
        *args,
        widest: str = Audience.PUBLIC,
        organization: Organization | None = None,
        group: Group | None = None,
        **options,
    ):
        super().__init__(*args, **options)
        offer_circle(self.fields, widest=widest, organization=organization, group=group)

    def circle(self) -> list[forms.BoundField]:
        """Who sees it and who may comment: in a group its members see it, and there is no choice."""
        return [self[name] for name in ("audience", "comments_from") if name in self.fields]


class NewPostForm(PicturesForm, _PostForm):
    """An update, and perhaps pictures with it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, author, organization: Organization | None = None, group: Group | None = None, **options):
        super().__init__(*args, organization=organization, group=group, **options)
        self.find_held(author)
        self.fields["text"].required = not self.has_pictures
        self.fields["text"].label = _("Share something with your network")
        if group:
            self.fields["text"].label = _("Share something with the group")
            return
        self.fields["audience"].initial = Audience.MEMBERS
        self.fields["audience"].help_text = whom_public_reaches(author, organization)
        if organization:
            self.fields["text"].label = _("Share something as %(name)s") % {"name": organization.name}

    def said(self) -> dict:
        """What is to be published; of a valid form."""
        names = ("text", "audience", "comments_from", "key")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return said | {"pictures": self.new_pictures()}


class RepostForm(_PostForm):
    """Passing a post on, with words or without."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, original: Post, **options):
        super().__init__(*args, widest=original.audience, **options)
        self.fields["text"].required = False
        self.fields["audience"].initial = original.audience
        self.fields["audience"].help_text = _("Never more people than see the post itself.")


class EditPostForm(DescriptionsForm, _PostForm):
    """The words of a post, what its pictures show, a narrower audience, and who may comment."""

    def __init__(self, *args, post: Post, **options):
        initial = {"text": post.text, "audience": post.audience, "comments_from": post.comments_from}
        where = {"organization": post.organization, "group": post.group}
        super().__init__(*args, post=post, widest=post.audience, initial=initial, **where, **options)
        self.fields["text"].required = not self.pictures and post.celebrates_id is None
        self.fields["text"].error_messages["required"] = _("Write something, or delete the post.")
        if not post.group:
            self.fields["audience"].help_text = _("An audience can be narrowed, but not widened.")

    def said(self) -> dict:
        """What is to be changed; of a valid form."""
        names = ("text", "audience", "comments_from")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return said | {"descriptions": self.descriptions()}


class ReactionForm(forms.Form):
    """One of five ways to react, or none any more."""

    kind = forms.ChoiceField(choices=[*Reaction.Kind.choices, (TAKE_BACK, "")])


class CommentForm(forms.Form):
    """A comment, or a reply to one."""

    text = WordsField(
        label=gettext_lazy("Your comment"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=Lines(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class EditCommentForm(forms.Form):
    """The words of a comment."""

    text = WordsField(
        label=gettext_lazy("Your comment"),
        max_length=Comment._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Write something, or delete the comment.")},
    )
