"""Posts as a page shows them: everything a card says, loaded for all cards at once and worked out before rendering.

A card is rendered some twenty times a page, and rendering is what a page costs (docs/architecture.md): so the
template finds words, not questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.addresses import address
from accounts.audiences import Audience
from accounts.counting import how_many
from accounts.models import User
from accounts.moments import exactly, how_long_ago
from accounts.words import beginning
from accounts.written_once import NUMBERS, Among, WrittenOnce
from communities.models import Group
from feed.articles.pieces import Piece, piece
from feed.models import Comment, Post, Reaction
from feed.pictures import Shown, loaded, original_of
from feed.showing.grids import CLASSES, FEED, PAGE, Column, as_cover, in_grid, in_quote
from feed.showing.limits import limit_of
from feed.showing.link_cards import Card, card_inside, card_outside
from feed.showing.reactions import Way, by_kind, count_reactions, offer_reacting
from feed.showing.saying import Saying, write
from feed.showing.speakers import Speaker, speaker
from feed.showing.wording import Wording, wording
from network.degrees import decorate


@dataclass(slots=True, kw_only=True)
class Item:
    """A post on a page, for one viewer. Of a wordless repost it is what it reposts, and says who passed it on."""

    id: int
    url: str
    speaker: Speaker
    group: Group | None = None
    degree: str = ""
    degree_said: str = ""
    moment: str
    exactly: str
    ago: str
    audience: str
    is_edited: bool
    is_hidden: bool
    hidden_said: str = ""
    celebration: str = ""
    text: str
    said: str = ""
    card: Card | None = None
    goes_on: bool
    pictures: list[Shown]
    pictures_class: str = ""
    article: Piece | None = None
    is_mine: bool
    reason: str = ""
    reason_icon: str = ""
    original: "Item | None" = None
    is_original_gone: bool = False
    take_back_url: str = ""
    like_url: str = ""
    like_icon: str = "thumbs-up"
    like_said: str = ""
    like_value: str = ""
    choose_url: str = ""
    choices: list[Way] = field(default_factory=list)
    likes: int = 0
    kinds: str = ""
    reacted: list[Way] = field(default_factory=list)
    reactions_url: str = ""
    reposts: int = 0
    comments: int = 0
    is_liked: bool = False
    mine: str = ""
    focus: bool = False
    may_react: bool = False
    may_comment: bool = False
    may_repost: bool = False
    may_narrow: bool = False
    may_open_menu: bool = False
    menu_said: str = ""
    mute_url: str = ""
    mute_said: str = ""
    why_url: str = ""
    hide_from_feed_url: str = ""
    stands_by: str = "time"
    """What put it where it stands in the feed: time, or in Highlights the signal that counted most."""
    report_url: str = ""
    is_pinned: bool = False
    pin_url: str = ""
    hide_url: str = ""
    reposts_said: str = ""
    likes_said: str = ""
    limit: str = ""


def present(
    posts: Iterable[Post],
    *,
    viewer,
    reasons: bool = False,
    whole: bool = False,
    along: Iterable[User] = (),
    remarks: Iterable[Saying] = (),
    read_by=None,
) -> list[Item]:
    """Return the items of a page of posts that the viewer was found to see: three queries, however many there are.

    And one more where somebody is named. `posts` come from `timeline.with_what_they_show`; `reasons` says of each why
    it is there; `whole` shows long texts to their end; `along` are other members on the page who get their degree in
    the same queries; `remarks` are the comments on the page, which are written with the posts; `read_by` is who reads
    what the viewer sees, if that is somebody else.
    """
    posts = list(posts)
    if not posts:
        decorate(along, viewer=viewer)
        return []
    subjects = {post.pk: (original_of(post) if post.is_wordless else post) for post in posts}
    tallies = _tallies({subject.pk for subject in subjects.values()}, viewer)
    decorate([*_people(posts), *along], viewer=viewer)
    say, items, column = wording(), [], FEED if reasons else PAGE
    for post in posts:
        subject = subjects[post.pk]
        item = _item(subject, whole=whole, say=say, column=column)
        if subject.repost_of:
            item.is_original_gone = subject.repost_of.deleted_at is not None
            if not item.is_original_gone:
                item.original = _item(original_of(subject), whole=False, say=say, column=in_quote(column))
        _count(item, subject, tallies[subject.pk], viewer=viewer, whole=whole, say=say)
        if post.is_wordless and post.author_id == viewer.pk:
            item.take_back_url = address("delete_post", post.pk)
        if reasons or post.is_wordless:
            item.reason, item.reason_icon = (_reason if reasons else _passed_on)(post, viewer=viewer, say=say)
        if reasons and viewer.is_authenticated:
            item.why_url = f"{item.url if subject is post else post.get_absolute_url()}why/"
        if reasons and (post.organization or post.author_id != viewer.pk):
            item.mute_url, item.mute_said = _mute(post, say)
            item.hide_from_feed_url = address("hide_from_feed", post.pk)
        items.append(item)
    write([*items, *(item.original for item in items if item.original)], remarks, viewer=viewer, read_by=read_by)
    for item in items:
        if not (item.pictures or item.original or item.article):
            item.card = card_outside(item.said) or (card_inside(item.said, viewer=viewer) if whole else None)
    return items


def _people(posts: list[Post]) -> list[User]:
    """Return everybody who is named; each as often as they were loaded, so that all of them get their degree."""
    said = [*posts, *(post.repost_of for post in posts if post.repost_of)]
    return [post.author for post in said if not post.organization]


def _mute(post: Post, say: Wording) -> tuple[str, str]:
    """Return where to keep what brought a post into the feed out of it, and what that is called."""
    if tag := getattr(post, "brought_by", ""):
        return address("mute_tag", tag), say.keep_out % {"name": f"#{tag}"}
    if post.group:
        return address("mute_group", post.group.slug), _("Mute this group for 30 days")
    if post.organization:
        return address("mute_organization", post.organization.slug), say.mute % {"name": post.organization.name}
    return address("mute", post.author.handle), say.mute % {"name": post.author.first_name}


def _tallies(numbers: set[int], viewer) -> dict[int, Post]:
    """Return posts by number with their counts and with what the viewer may do, in one query.

    Likes and reposts, by whoever is there, are one number for everybody; comments are counted as the viewer sees
    them (§8). The posts are known to be seen, so that their visibility is not asked once more.
    """
    if viewer.is_authenticated:
        return {post.pk: post for post in _tallied_for_members().objects(viewer, numbers=[*numbers])}
    return {post.pk: post for post in _tallied(Post.objects.filter(pk__in=numbers), viewer)}


@cache
def _tallied_for_members() -> WrittenOnce:
    return WrittenOnce(lambda viewer: _tallied(Post.objects.filter(Among(F("pk"), NUMBERS)), viewer))


def _tallied(posts, viewer):
    there = User.objects.present()
    posts = posts.only("pk").annotate(
        reacted=by_kind(),
        passed_on=how_many(Post.objects.filter(repost_of=OuterRef("pk"), author__in=there), "repost_of"),
        heard=how_many(Comment.objects.heard_by(viewer).filter(post=OuterRef("pk")), "post"),
    )
    if viewer.is_authenticated:
        posts = posts.annotate(
            reacted_as=Subquery(Reaction.objects.filter(post=OuterRef("pk"), member=viewer).values("kind")),
            answerable=Exists(Post.objects.letting_comment(viewer).filter(pk=OuterRef("pk"))),
            own=Exists(Post.objects.written_by(viewer).filter(pk=OuterRef("pk"))),
            moderated=Exists(Group.objects.moderated_by(viewer).filter(pk=OuterRef("group"))),
        )
    return posts


def _item(post: Post, *, whole: bool, say: Wording, column: Column) -> Item:
    text = post.text if whole else beginning(post.text)
    article, pictures = getattr(post, "article", None), loaded(post)
    said_by = speaker(post)
    degree, degree_said = say.degrees[said_by.member.degree if said_by.member else None]
    return Item(
        id=post.pk,
        url=post.get_absolute_url(),
        speaker=said_by,
        group=post.group,
        degree=degree,
        degree_said=degree_said,
        moment=post.posted_at.isoformat(timespec="seconds"),
        exactly=exactly(post.posted_at),
        ago=how_long_ago(post.posted_at),
        audience=_audience(post, say),
        is_edited=post.edited_at is not None,
        is_hidden=post.hidden_at is not None,
        hidden_said=_hidden(post),
        is_pinned=post.pinned_at is not None,
        celebration=post.celebration,
        text=text,
        goes_on=text != post.text,
        pictures=[] if article else in_grid(pictures, column),
        pictures_class=CLASSES[0 if article else len(pictures)],
        article=piece(article, pictures, whole=whole, cover=as_cover(pictures, column)) if article else None,
        is_mine=False,
    )


def _hidden(post: Post) -> str:
    if post.hidden_at is None:
        return ""
    if post.is_hidden_by_group:
        return _("A moderator of the group hid this post. Only you see it.")
    return _("An operator hid this post. Only you see it.")


def _audience(post: Post, say: Wording) -> str:
    """Name the audience of a post: its group; of a repost, the narrower of its own and the original's."""
    if post.group:
        return str(post.group)
    if post.repost_of is None:
        return say.audiences[Audience(post.audience)]
    both = (Audience(each.audience) for each in (post, post.repost_of))
    return say.audiences[min(both, key=lambda each: each.width)]


def _count(item: Item, post: Post, tally: Post, *, viewer, whole: bool, say: Wording) -> None:
    item.reposts, item.comments = tally.passed_on, tally.heard
    mine = tally.reacted_as if viewer.is_authenticated else None
    count_reactions(item, tally.reacted, mine=mine, whole=whole)
    if item.reposts:
        item.reposts_said = ngettext("%(n)s repost", "%(n)s reposts", item.reposts) % {"n": item.reposts}
    if not viewer.is_authenticated:
        return
    item.is_mine = tally.own
    item.may_react = not item.is_hidden and not (item.celebration and item.is_mine)
    offer_reacting(item, mine=mine, whole=whole)
    item.menu_said = say.menu % {"name": item.speaker.name}
    item.may_open_menu = True
    item.report_url = "" if item.is_mine else address("report", "post", post.pk)
    item.may_comment = tally.answerable
    item.may_repost = not (item.is_hidden or post.group or item.celebration or item.is_original_gone)
    item.may_narrow = item.is_mine and Audience(post.audience).width > 1
    item.limit = "" if tally.answerable else limit_of(post)
    if tally.moderated:
        item.pin_url = address("unpin_post" if item.is_pinned else "pin_post", post.group.slug, post.pk)
        if post.author_id != viewer.pk and not item.is_hidden:
            item.hide_url = address("hide_in_group", post.group.slug, "post", post.pk)


def _reason(post: Post, *, viewer, say: Wording) -> tuple[str, str]:
    """Say in one sentence why a post stands in the viewer's feed, with the name of an icon."""
    if post.group:
        return say.in_group % {"name": post.group.name}, "users"
    if tag := getattr(post, "brought_by", ""):
        return say.followed % {"name": f"#{tag}"}, "hash"
    if post.organization:
        return say.followed % {"name": post.organization.name}, "plus"
    name, is_near = {"name": post.author.first_name}, post.author.degree == 1
    if post.author_id == viewer.pk and post.celebrates_id:
        return say.own_position, "pencil"
    if post.author_id == viewer.pk:
        return (say.own_repost, "repeat-2") if post.repost_of_id else (say.own, "pencil")
    if post.repost_of_id:
        return (say.near_reposted if is_near else say.followed_reposted) % name, "repeat-2"
    return (say.near % name, "meet") if is_near else (say.followed % name, "plus")


def _passed_on(post: Post, *, viewer, say: Wording) -> tuple[str, str]:
    """Say who passed a post on, outside the feed."""
    if post.author_id == viewer.pk:
        return say.own_repost, "repeat-2"
    return say.reposted % {"name": post.author.first_name}, "repeat-2"
