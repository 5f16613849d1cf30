"""A small world in which every page has something to show, written in a script that no text of the site uses.

So whatever stands on a page in Latin letters is the site's own text: see `tests/browser/test_translation.py`.
"""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.actions import block_member, leave
from accounts.models import Community, FormerHandle, User
from communities.actions import (
    add_name,
    change_logo,
    change_organization,
    close_opening,
    follow_organization,
    give_role,
    mark_applied,
    merge_organizations,
    post_opening,
    renew_calendar_key,
    start_organization,
)
from communities.logos import read_logo
from communities.models import Belonging, CalendarKey, Event, Opening, Organization, OrganizationDomain
from feed.actions import (
    congratulate,
    delete_comment,
    delete_post,
    edit_comment,
    edit_post,
    follow_tag,
    hide_from_feed,
    mute_tag,
    react_to_post,
    see_less,
)
from feed.models import Comment, Draft, Post
from messaging.actions import open_conversation, send_message
from messaging.files import read_file
from messaging.models import Conversation, Message
from moderation.actions import hide_post, report_thing
from network.actions import (
    answer_question,
    ask_question,
    decline_request,
    dismiss_suggestion,
    hide_recommendation,
    let_name,
)
from network.models import ConnectionRequest, Introduction, Recommendation
from notifications.models import Notice
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from search.actions import save_search
from search.models import Find, Look, SavedSearch
from search.wanted import Wanted
from tests.factories import (
    MemberFactory,
    answer_each_other,
    article,
    ask_through,
    celebration,
    comment,
    connect,
    draft,
    follow,
    introduce,
    like,
    pass_on,
    post,
    put_up_event,
    recommend,
    request,
    seat,
)
from tests.world_groups import Groups, build_groups

PASSWORD = "a-long-password"


@dataclass
class World:
    """Who and what there is; `ines` is the one who looks."""

    ines: User
    tomasz: User
    amara: User
    lina: User
    wei: User
    blocked: User
    suspended: User
    newcomer: User
    leaver: User
    bounced: User
    operator: User
    post: Post
    own_post: Post
    article: Post
    draft: Draft
    comment: Comment
    conversation: Conversation
    message: Message
    message_file: str
    message_picture: str
    own_comment: Comment
    deleted_comment: Comment
    about_a_deleted: Post
    celebration: Post
    own_celebration: Post
    received: ConnectionRequest
    notice: Notice
    set_aside: ConnectionRequest
    sent: ConnectionRequest
    recommended: Recommendation
    recommendation: Recommendation
    position: Position
    education: Education
    contact: ContactDetail
    skill: Skill
    saved: SavedSearch
    event: Event
    past_event: Event
    calendar_key: CalendarKey
    organization: Organization
    domain: OrganizationDomain
    plain_organization: Organization
    opening: Opening
    closed_opening: Opening
    groups: Groups
    introduced: Introduction
    asked_of: Introduction


def put_up_events(ines: User, tomasz: User, amara: User, lina: User) -> tuple[Event, Event]:
    """One of Ines's that is full, and one that took place and at which she and Amara were."""
    about = {"place": "Лион", "about": "О воде и о людях.", "audience": "public"}
    event = put_up_event(ines, "День реки", capacity=2, link="https://example.com/встреча", **about)
    seat(event, ines, tomasz, lina)
    past = put_up_event(tomasz, "Речные чтения", starts_at=timezone.now() - timedelta(days=2), **about)
    seat(past, ines, amara, confirmed=True)
    return event, past


def _files(conversation: Conversation, by: User) -> tuple[str, str]:
    """Send a picture and a file; return the keys by which they are found."""
    words = SimpleUploadedFile("Уровни.txt", "Вода".encode(), "text/plain")
    sent = send_message(conversation, by=by, text="", files=[read_file(picture()), read_file(words)])
    sent.attachments.update(name="Уровни")
    one, other = sent.attachments.values_list("key", flat=True)
    return one, other


def let_know(member: User) -> Post:
    """What a member tells their connections of a new position."""
    return celebration(member, title="Руководитель", organization="Дельта", words="Спасибо всем.")


def picture(width: int = 64, height: int = 48) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return SimpleUploadedFile("picture.png", buffer.getvalue(), "image/png")


def member(first: str, last: str, handle: str, **fields) -> User:
    return MemberFactory(
        first_name=first,
        last_name=last,
        handle=handle,
        email=f"{handle}@example.com",
        password=PASSWORD,
        headline="Гидролог, Речное управление",
        place="Лион",
        **fields,
    )


def build_world() -> World:
    Community.objects.create(name="Знакомство", purpose="Люди, которые знают друг друга.", rules="Будьте добры.")
    ines = member("Инес", "Моро", "ines", about="О воде.\n\nИ о людях.", profile_audience="public", looking_for="work")
    tomasz = member("Томаш", "Висьневский", "tomasz", profile_audience="public", recruiter="in_house")
    amara = member("Амара", "Окафор", "amara", follow_first=True, profile_audience="public")
    lina = member("Лина", "Свенссон", "lina", note_required=True)
    wei = member("Вэй", "Линь", "wei", door="email", profile_audience="public")
    blocked = member("Билл", "Чен", "bill")
    suspended = member("Вера", "Ким", "vera", suspended=True)
    newcomer = member("Хорхе", "Риос", "jorge", welcomed_at=None)
    leaver = member("Ян", "Новак", "jan")
    bounced = member("Рита", "Савич", "rita", email_bounced_at=timezone.now(), emails_stopped_at=timezone.now())
    operator = member("Ольга", "Петрова", "olga", is_staff=True, is_superuser=True)
    FormerHandle.objects.create(handle="ines-before", member=ines)
    _fill_profile(tomasz)
    position, education, contact, skill = _fill_profile(ines)

    connect(tomasz, ines, note="Здравствуйте, Инес. Мы вместе работали над паводком.")
    connect(amara, tomasz)
    connect(wei, tomasz)
    dismiss_suggestion(wei, by=ines)
    follow(ines, amara)
    follow(wei, ines)
    follow(ines, wei, quiet=True)
    block_member(blocked, by=ines)
    received = request(lina, ines, note="Инес, мы учились вместе. Буду рада быть на связи.", context="studied")
    set_aside = request(operator, ines)
    ask_question(set_aside, by=ines, question="Откуда мы знакомы?")
    answer_question(set_aside, by=operator, answer="С прошлого паводка.")
    decline_request(set_aside, by=ines)
    pavel = member("Павел", "Орлов", "pavel")
    sent = request(ines, pavel, note="Мы виделись на конференции.", context="event")
    ask_question(sent, by=pavel, question="На которой?")
    post(pavel, "Лёд сошёл. #Вода", audience="public")
    follow_tag("вода", by=ines)
    mute_tag("шум", by=ines)

    shared = post(
        tomasz, "Мы открыли данные о паводке: https://example.com/данные", audience="public", picture=picture()
    )
    own_post = post(ines, "Сегодня река спокойна.", audience="connections")
    own_article = article(ines, "Чего не знает река", ARTICLE, audience="public", picture=picture(), description="Вода")
    own_draft = draft(ines, "О льде", ARTICLE, picture=picture(), description="Лёд")
    pass_on(amara, shared, text="Прочтите это.")
    pass_on(tomasz, post(amara, "Сорок разговоров.", audience="public"))
    answer_each_other(ines, wei, post(wei, "Спутник видит воду.", audience="public"), text="Да.")
    said = comment(amara, shared, "Какие посты?")
    own_comment = comment(ines, shared, "Одиннадцать.", reply_to=said)
    comment(tomasz, own_post, "Здесь тоже («@ines»).")
    hide_from_feed(post(amara, "Ещё о воде.", audience="public"), by=ines)
    see_less(wei, by=ines)
    edit_comment(own_comment, by=ines, text="Одиннадцать, если считать мост.")
    edit_post(shared, by=tomasz, text=f"{shared.text}\n\nС понедельника.")
    react_to_post(shared, by=amara, kind="insightful")
    deleted_comment, about_a_deleted = _deleted(ines, amara, tomasz, shared)
    celebrated = let_know(tomasz)
    own_celebration = let_know(ines)
    congratulate(own_celebration, by=tomasz)
    like(ines, shared)
    hide_post(post(ines, "Скрытое."), by=operator, why="Грубо")
    report_thing(shared, by=amara, reason="other", words="Не знаю.")
    conversation = open_conversation(ines, tomasz)
    message = send_message(conversation, by=ines, text="Добрый день.")
    message_picture, message_file = _files(conversation, ines)
    send_message(conversation, by=tomasz, text="И вам.")
    organizations = _organizations(ines, tomasz, operator)
    leave(by=leaver)
    introduced, asked_of = _introductions(ines, tomasz, amara)
    saved = save_search(Wanted(words="вода", place="Лион"), by=ines)
    Find.objects.create(search=saved, look=Look.objects.create(search=saved), member=wei)
    event, past_event = put_up_events(ines, tomasz, amara, lina)
    return World(
        **organizations,
        **_recommendations(ines, tomasz),
        ines=ines, tomasz=tomasz, amara=amara, lina=lina, wei=wei, blocked=blocked, suspended=suspended,
        newcomer=newcomer, leaver=leaver, bounced=bounced, operator=operator, post=shared, own_post=own_post,
        article=own_article, draft=own_draft, comment=said,
        own_comment=own_comment, deleted_comment=deleted_comment, about_a_deleted=about_a_deleted,
        celebration=celebrated, own_celebration=own_celebration,
        conversation=conversation, message=message, message_file=message_file, message_picture=message_picture,
        received=received, notice=Notice.objects.get(kind="request_received", subject_id=received.pk),
        set_aside=set_aside, sent=sent, position=position, education=education, contact=contact, skill=skill,
        saved=saved, introduced=introduced, asked_of=asked_of,
        event=event, past_event=past_event, calendar_key=renew_calendar_key(by=ines),
        groups=build_groups(ines=ines, tomasz=tomasz, amara=amara, lina=lina, wei=wei),
    )  # fmt: skip


def _deleted(ines: User, amara: User, tomasz: User, shared: Post) -> tuple[Comment, Post]:
    """A comment that Ines answered and a post that Amara passed on with words, of which nothing else is left."""
    gone = comment(amara, shared, "Удалено.")
    comment(ines, shared, "Жаль.", reply_to=gone)
    delete_comment(gone, by=amara)
    original = post(tomasz, "Тоже удалено.", audience="public")
    about = pass_on(amara, original, text="Это важно.")
    delete_post(original, by=tomasz)
    return gone, about


def _introductions(ines: User, tomasz: User, amara: User) -> tuple[Introduction, Introduction]:
    """One to Ines, one that she is asked for, and one that she asked for, where she may name Tomasz."""
    raul, anna = member("Рауль", "Вега", "raul"), member("Анна", "Берг", "anna")
    connect(raul, tomasz)
    connect(anna, ines)
    introduced = introduce(raul, ines, through=tomasz, line="Рауль знает реки.", reason="Я читал ваши отчёты.")
    let_name(ask_through(tomasz, asker=ines, to=amara, reason="Её статья о воде."), by=tomasz)
    return introduced, ask_through(ines, asker=anna, to=tomasz, reason="Мы ищем данные.")


def _organizations(ines: User, tomasz: User, operator: User) -> dict:
    """A public page of which Ines is an admin, one for members that nobody looks after, and one that was merged."""
    organization = start_organization(
        by=ines, name="Речное управление", audience="public", about="Мы измеряем реки.", place="Лион"
    )
    change_organization(organization, by=ines, website="https://example.com/")
    change_logo(organization, by=ines, picture=read_logo(picture()))
    add_name(organization, by=ines, name="Управление рек")
    add_name(organization, by=ines, name="Бюро рек", use="former")
    give_role(organization, tomasz, by=ines)
    domain = OrganizationDomain.objects.create(organization=organization, domain="example.org")
    Belonging.objects.create(member=tomasz, organization=organization, source="domain", domain=domain)
    Belonging.objects.create(member=ines, organization=organization, source="roster")
    plain = start_organization(by=None, name="Университет", kind="school")
    merged = start_organization(by=None, name="Дельта")
    Organization.objects.filter(pk=merged.pk).update(slug="merged")
    merge_organizations(merged, into=organization, by=operator)
    follow_organization(organization, by=ines, quiet=True)
    post(tomasz, "Паводок позади.", audience="public", organization=organization)
    about = {"title": "Гидролог", "place": "Лион", "text": "Измерять.", "closes_on": timezone.localdate()}
    opening = post_opening(organization, by=ines, apply_link="https://example.com/", is_remote=True, **about)
    closed = close_opening(post_opening(organization, by=ines, apply_email="a@example.com", **about), by=ines)
    mark_applied(opening, by=ines)
    organization.refresh_from_db()
    return {
        "organization": organization,
        "domain": domain,
        "plain_organization": plain,
        "opening": opening,
        "closed_opening": closed,
    }


def _recommendations(ines: User, tomasz: User) -> dict:
    """One of Ines that stands on her profile, one that waits for her and one that she hid; and one by her."""
    others = [member("Олег", "Зуев", "oleg"), member("Нина", "Рябова", "nina")]
    for other in others:
        connect(other, ines)
    waiting, hidden = others
    recommended = recommend(tomasz, ines, SAID, relationship="team", approved=True)
    recommend(waiting, ines, SAID, relationship="other")
    hide_recommendation(recommend(hidden, ines, SAID * 12, relationship="taught_by", approved=True), by=ines)
    return {"recommended": recommended, "recommendation": recommend(ines, tomasz, SAID)}


ARTICLE = """# Начало

Мы *долго* мерили **воду**: [данные](https://example.com/данные).

![Вода](picture:1 "Утро")

> Река помнит.

- лёд
- паводок

1. сначала
2. потом

`код`
"""


SAID = "Вместе мы три года измеряли паводки, и я всегда верил её числам.\n\nОна слушает, прежде чем отвечает. "


def _fill_profile(member: User) -> tuple[Position, Education, ContactDetail, Skill]:
    position = Position.objects.create(
        member=member, title="Гидролог", organization="Речное управление", place="Лион", started_year=2013
    )
    education = Education.objects.create(
        member=member, school="Университет", degree="Магистр", started_year=2006, ended_year=2008
    )
    contact = ContactDetail.objects.create(
        member=member, kind="website", value="https://example.com/", audience="public"
    )
    ContactDetail.objects.create(member=member, kind="phone", value="+33 1 23 45 67 89", preferred=True)
    skill = Skill.objects.create(member=member, name="Химия воды")
    Interest.objects.create(member=member, name="Открытые данные")
    Language.objects.create(member=member, name="Французский", level="native")
    return position, education, contact, skill
