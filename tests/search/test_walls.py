"""One thing of every kind behind every wall, with a word of its own in every field: found by nobody who may not see it.

Whoever may finds it, so that a search that finds nothing can't pass.
"""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from communities.models import GroupInvitation, Membership, Organization, OrganizationName
from feed.models import Post
from profiles.models import ContactDetail, Education, Interest, Position, Skill
from search import listing
from search.sitemaps import SECTIONS
from tests.communities.breakers import event, group, organization
from tests.factories import MemberFactory, comment, connect, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

PLACES = ["search", "complete", "people", "posts", "organizations", "groups", "events"]
_words = count(1)
LETTERS = "bcdfghjklm"


def word(kind: str) -> str:
    """A word that stands nowhere else, and is the beginning of none."""
    return f"{kind}x" + "".join(LETTERS[int(digit)] for digit in str(next(_words))) + "x"


def main_part(answer) -> str:
    """What an answer says, but for the frame of the page."""
    return answer.content.decode().rpartition("<main")[2]


def everywhere(client, words: str) -> str:
    """What all pages of the search say about a word, but for what repeats the question."""
    said = []
    for place in PLACES:
        answer = client.get("/search/" + ("" if place == "search" else f"{place}/"), {"q": words})
        if answer.status_code == 200:
            said.append(main_part(answer))
    said += [
        main_part(client.get("/search/people/", {field: words}))
        for field in ("place", "organization", "school", "skill")
    ]
    return "\n".join(said)


def finds(client, words: str) -> set[str]:
    """The addresses of the things that are found."""
    return set(re.findall(r'href="(/(?:in|posts|organizations|groups|events)/[^"/?]+/)"', everywhere(client, words)))


def person_with_words(**fields) -> tuple[User, list[str]]:
    """A member with a word in every field that is searched, and the words."""
    said = {name: word(name[:4]) for name in ("first_name", "last_name", "headline", "place")}
    member = MemberFactory(**said, **fields)
    rows = {name: word(name[:4]) for name in ("skill", "interest", "title", "organization", "school", "degree")}
    Skill.objects.create(member=member, name=rows["skill"])
    Interest.objects.create(member=member, name=rows["interest"])
    Position.objects.create(member=member, title=rows["title"], organization=rows["organization"])
    Education.objects.create(member=member, school=rows["school"], degree=rows["degree"])
    return member, [*said.values(), *rows.values()]


PEOPLE = {
    "blocked": lambda member, viewer: block_member(member, by=viewer),
    "blocking": lambda member, viewer: block_member(viewer, by=member),
    "suspended": lambda member, viewer: User.objects.filter(pk=member.pk).update(suspended_until=FOR_GOOD),
    "leaving": lambda member, viewer: User.objects.filter(pk=member.pk).update(leaves_at=timezone.now()),
    "not welcomed": lambda member, viewer: User.objects.filter(pk=member.pk).update(welcomed_at=None),
    "not claimed": lambda member, viewer: User.objects.filter(pk=member.pk).update(welcomed_at=None, claimed_at=None),
}


def test_a_person_behind_a_wall_and_what_they_say_are_found_by_no_field(as_member, lina):
    member, words = person_with_words()
    said, told = word("post"), word("event")
    text = post(member, said, audience="public")
    meeting = event(host=member, title=told)
    client = as_member(lina)
    mine = member.get_absolute_url()
    for each in words:
        assert mine in finds(client, each), each
    assert {text.get_absolute_url()} <= finds(client, said)
    assert {meeting.get_absolute_url()} <= finds(client, told)
    for wall, shut in PEOPLE.items():
        with transaction.atomic():
            shut(member, lina)
            for each in [*words, said, told]:
                assert finds(client, each) == set(), (wall, each)
            transaction.set_rollback(True)


def test_members_are_hidden_from_visitors_unless_their_profile_is_public(as_member):
    visitor = as_member(AnonymousUser())
    member, words = person_with_words()
    said = word("post")
    post(member, said, audience="public")
    for each in [*words, said]:
        assert finds(visitor, each) == set(), each
    User.objects.filter(pk=member.pk).update(profile_audience="public")
    for each in [*words, said]:
        assert finds(visitor, each), each


def test_what_is_quiet_or_for_few_is_no_field_to_search_by(as_member, lina):
    member, _words = person_with_words()
    hidden = {name: word("quie") for name in ("about", "email", "contact", "description", "link", "comment")}
    User.objects.filter(pk=member.pk).update(about=hidden["about"], email=f"{hidden['email']}@example.com")
    ContactDetail.objects.create(member=member, kind="other", value=hidden["contact"], audience="public")
    Position.objects.create(member=member, organization="Here", description=hidden["description"])
    event(host=member, place="", link=f"https://{hidden['link']}.example.com/{hidden['link']}")
    comment(member, post(member, "Hello", audience="public"), hidden["comment"])
    for each in hidden.values():
        assert finds(as_member(lina), each) == set(), each


@pytest.mark.parametrize(
    ("audience", "found_by"),
    [("public", {"near", "lina", "visitor"}), ("members", {"near", "lina"}), ("connections", {"near"})],
)
def test_a_post_is_found_by_its_audience(as_member, lina, audience, found_by):
    author, near, said = MemberFactory(public=True), MemberFactory(), word("post")
    connect(near, author)
    address = post(author, said, audience=audience).get_absolute_url()
    for name, viewer in (("near", near), ("lina", lina), ("visitor", AnonymousUser())):
        assert (address in finds(as_member(viewer), said)) == (name in found_by), name


def test_a_hidden_post_is_found_by_its_author_alone(as_member, lina, ines):
    said = word("post")
    address = post(ines, said, hidden_at=timezone.now()).get_absolute_url()
    assert finds(as_member(lina), said) == set()
    assert address in finds(as_member(ines), said)


@pytest.mark.parametrize("entry", ["open", "request", "unlisted"])
def test_what_is_in_a_group_is_found_inside_and_an_unlisted_group_only_by_who_knows_of_it(as_member, lina, ines, entry):
    invited, name, about = MemberFactory(), word("grou"), word("abou")
    said, told = word("post"), word("even")
    made = group(name=name, about=about, entry=entry)
    Membership.objects.create(group=made, member=ines)
    GroupInvitation.objects.create(group=made, member=invited, by=ines)
    text = Post.objects.create(author=ines, text=said, group=made, audience="group")
    meeting = event(host=ines, group=made, audience="group", title=told)
    outsider, inside, visitor = as_member(lina), as_member(ines), as_member(AnonymousUser())
    for each in (name, about):
        assert made.get_absolute_url() in finds(inside, each)
        assert made.get_absolute_url() in finds(as_member(invited), each)
        assert (made.get_absolute_url() in finds(outsider, each)) == (entry != "unlisted")
        assert finds(visitor, each) == set()
    assert text.get_absolute_url() in finds(inside, said)
    assert meeting.get_absolute_url() in finds(inside, told)
    for client in (outsider, visitor, as_member(invited)):
        assert finds(client, said) == set()
        assert finds(client, told) == set()
    made.hidden_at = timezone.now()
    made.save(update_fields=["hidden_at"])
    for each in (name, about, said, told):
        assert finds(inside, each) == set()


@pytest.mark.parametrize("wall", ["hidden", "merged", "members"])
def test_an_organization_behind_a_wall_is_found_by_none_of_its_names(as_member, lina, wall):
    names = [word("orga"), word("form")]
    page = organization(name=names[0], audience="public")
    for name, use in zip(names, ("present", "former"), strict=True):
        OrganizationName.objects.create(organization=page, name=name, use=use)
    member, visitor = as_member(lina), as_member(AnonymousUser())
    for name in names:
        assert page.get_absolute_url() in finds(member, name)
        assert page.get_absolute_url() in finds(visitor, name)
    change = {"hidden": {"hidden_at": timezone.now()}, "merged": {"merged_into": organization()},
              "members": {"audience": "members"}}[wall]  # fmt: skip
    Organization.objects.filter(pk=page.pk).update(**change)
    for name in names:
        assert (page.get_absolute_url() in finds(member, name)) == (wall == "members")
        assert finds(visitor, name) == set()


def test_an_event_is_found_by_title_place_and_text_and_hidden_by_its_host_alone(as_member, lina, ines):
    words = {"title": word("titl"), "place": word("plac"), "about": word("abou")}
    meeting = event(host=ines, **words)
    client, visitor = as_member(lina), as_member(AnonymousUser())
    for each in words.values():
        assert meeting.get_absolute_url() in finds(client, each)
        assert finds(visitor, each) == set()
    meeting.hidden_at = timezone.now()
    meeting.save(update_fields=["hidden_at"])
    for each in words.values():
        assert finds(client, each) == set()
        assert meeting.get_absolute_url() in finds(as_member(ines), each)


def listed(client) -> str:
    """Everything that the directory and the sitemap say to visitors."""
    pages = ["/directory/", "/directory/?letter=x", "/directory/organizations/", "/sitemap.xml"]
    pages += [f"/sitemap-{section}.xml" for section in SECTIONS]
    return "\n".join(client.get(page).content.decode() for page in pages)


def test_directory_and_sitemap_name_only_what_is_public_and_wants_to_be_found(as_member, ines):
    visitor = as_member(AnonymousUser())
    listable = {"profile_audience": "public", "engines_may_list": True}
    shown = MemberFactory(handle="shown", first_name="Shown", **listable)
    unlisted = MemberFactory(handle="unlisted", first_name="Unlisted", profile_audience="public")
    walled = []
    for number, (wall, shut) in enumerate(PEOPLE.items()):
        if wall not in ("blocked", "blocking"):
            walled.append(MemberFactory(handle=f"walled-{number}", first_name=f"Walled{number}", **listable))
            shut(walled[-1], ines)
    walled.append(MemberFactory(handle="walled-members", first_name="Walledmembers", engines_may_list=True))
    public = organization(name="Public page", audience="public")
    private = organization(name="Private page")
    secret = group(name="Secret", entry="open")
    open_post = post(shown, "Public words", audience="public")
    others = [post(shown, "For members"), post(unlisted, "Not for engines", audience="public"),
              post(walled[-1], "Walled", audience="public")]  # fmt: skip
    open_event = event(host=shown, audience="public")
    closed = [event(host=shown), event(host=unlisted, audience="public"), event(host=walled[-1], audience="public")]
    said = listed(visitor)
    for thing in (shown, public, open_post, open_event):
        assert thing.get_absolute_url() in said
    for thing in (*walled, private, secret, *others, *closed):
        assert thing.get_absolute_url() not in said, thing
    assert "/in/unlisted/" in visitor.get("/directory/").content.decode()
    assert "/in/unlisted/" not in visitor.get("/sitemap-people.xml").content.decode()
    assert listing.people_for_engines().count() == 1


def test_the_directory_for_a_member_leaves_out_whom_a_wall_hides(as_member, lina):
    member = MemberFactory(handle="walled", public=True)
    assert "/in/walled/" in as_member(lina).get("/directory/").content.decode()
    block_member(lina, by=member)
    assert "/in/walled/" not in as_member(lina).get("/directory/").content.decode()


def test_completion_is_for_members(as_member):
    assert as_member(AnonymousUser()).get("/search/complete/?q=a").status_code == 302


def test_an_event_that_is_over_is_found_after_those_to_come(as_member, lina, ines):
    now, said = timezone.now(), word("even")
    for title, days in (("late", 9), ("soon", 2), ("past", -3), ("older", -9)):
        starts = now + timedelta(days=days)
        event(host=ines, title=f"{said} {title}", slug=title, starts_at=starts, ends_at=starts + timedelta(hours=1))
    page = as_member(lina).get("/search/events/", {"q": said}).content.decode()
    assert re.findall(r'href="/events/(late|soon|past|older)/"', page) == ["soon", "late", "past", "older"]
