"""Lets very many members like one post at once, through the real server, and looks at what its author is told.

    python -m benchmarks.storm

The author has to find one notice and one email, and has a page open meanwhile. Then more members like three posts that
have as many likes each, in turn: that one, whose author is told; one whose author wants no notices of likes; and one
that has no author any more, so that there is nobody to tell. What a liker's request takes, how many statements it has,
and how many blocks of the database a like touches must be the same for all three.
"""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.client import Client, Taken, worked
from benchmarks.database import HOME, INSIDE, in_its_own_database, prepare
from benchmarks.server import serving
from benchmarks.streams import Streams

SETTINGS = "benchmarks.storm_settings"
NAME = "The storm's organization"
ARMS = {
    "told": "its author is told",
    "wants none": "its author wants no notices of likes",
    "nobody": "there is nobody to tell",
}
BATCHES, IN_A_BATCH = 7, 60
"""Likes of which the blocks are counted."""
WARMING = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm", description=__doc__.splitlines()[0])
    parser.add_argument("--likes", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--compared", type=int, default=500, help="likes of each of the three posts that are compared")
    parser.add_argument("--degree", type=int, default=5, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=8196)
    arguments = parser.parse_args()
    arguments.members = arguments.likes + arguments.compared + WARMING + BATCHES * IN_A_BATCH + 10
    return measure(arguments) if INSIDE in os.environ else in_its_own_database(arguments, module="benchmarks.storm")


def measure(arguments: argparse.Namespace) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    prepare()
    from benchmarks.community import load

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    posts, author, members = set_up(arguments.members)
    likers, others, counted = (
        members[: arguments.likes],
        members[arguments.likes : arguments.likes + arguments.compared + WARMING],
        members[arguments.likes + arguments.compared + WARMING :],
    )
    cookies = sign_in([author, *likers, *others])
    mine = cookies[author.pk]
    with serving(arguments.port, settings=SETTINGS):
        Client(arguments.port).post(f"/posts/{posts['told'].pk}/react/", cookies[others[-1].pk], {"kind": "like"})
        few = reading(arguments.port, mine)
        with Streams(arguments.port, [mine]) as page:
            seconds, refused = storm(arguments, posts["told"], [cookies[member.pk] for member in likers])
            events, late = heard_by(page, since=time.perf_counter())
        give_as_many(posts)
        many = reading(arguments.port, mine)
        taken = compared(arguments.port, posts, [cookies[member.pk] for member in others[:-1]])
    wrong = look_at(posts["told"], author, arguments.likes, refused)
    print(
        f"{arguments.likes:,} likes of one post by {arguments.clients} clients at once in {seconds:.0f} s: "
        f"{arguments.likes / seconds:.0f} a second."
    )
    print(
        f"A page of its author's that was open heard {events:,} events, the last {late * 1000:+.0f} ms after the last like."
    )
    report(taken, blocks_of(posts, counted))
    for said, answers in (("one like", few), (f"{arguments.likes:,} likes", many)):
        print(
            f"The page of notices after {said}: {middle(answers, 'ms'):.1f} ms (median of {len(answers)}), of these "
            f"{middle(answers, 'database_ms'):.1f} ms of the database, {middle(answers, 'queries'):.0f} statements."
        )
    print("\n".join(wrong) or "Its author found one notice and one email.")
    return len(wrong) > 0


def set_up(members: int) -> tuple[dict, object, list]:
    """Three posts that an organization says, by who is told of their likes; the first one's author; all others."""
    from accounts.models import User
    from communities.actions import give_role, start_organization
    from communities.models import Organization
    from feed.actions import publish_post
    from feed.models import Post
    from notifications.actions import choose
    from notifications.kinds import KINDS, emailed
    from notifications.models import Email, Notice

    first, second, third, *others = User.objects.present().order_by("pk")[:members]
    Post.objects.filter(organization__name=NAME).delete()
    Organization.objects.filter(name=NAME).delete()
    Notice.objects.filter(recipient__in=[first, second, third]).delete()
    Email.objects.all().delete()
    forget_tasks()
    said_by = start_organization(by=first, name=NAME)
    everything = {kind.slug for kind in KINDS.values()}
    choose(by=first, in_app=everything, by_email={kind.slug for kind in emailed()})
    posts = {}
    for arm, author in zip(ARMS, (first, second, third), strict=True):
        if author != first:
            give_role(said_by, author, by=first)
        posts[arm] = publish_post(by=author, text="The gauges agree.", organization=said_by)
    choose(by=second, in_app=everything - {"like"}, by_email=())
    Post.objects.filter(pk=posts["nobody"].pk).update(author=None)
    posts["nobody"].author = None
    forget_tasks()
    return posts, first, others


def forget_tasks() -> None:
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()


def sign_in(members: list) -> dict[int, str]:
    """Sign many members in; return their cookies by their numbers."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from accounts.session_store import SessionStore

    store, until, sessions, cookies = SessionStore(), timezone.now() + timedelta(days=1), [], {}
    for member in members:
        cookies[member.pk] = secrets.token_hex(16)
        data = {
            SESSION_KEY: str(member.pk),
            BACKEND_SESSION_KEY: "accounts.backends.MemberBackend",
            HASH_SESSION_KEY: member.get_session_auth_hash(),
        }
        sessions.append(Session(session_key=cookies[member.pk], session_data=store.encode(data), expire_date=until))
    Session.objects.bulk_create(sessions, batch_size=2_000)
    return cookies


def storm(arguments: argparse.Namespace, post, cookies: list[str]) -> tuple[float, list[int]]:
    """Like a post as each of many, some at once; return how long it took, and the answers that were refusals."""
    refused: list[int] = []

    def like(some: list[str]) -> None:
        client = Client(arguments.port)
        for cookie in some:
            taken = client.post(f"/posts/{post.pk}/react/", cookie, {"kind": "like"})
            if not worked(taken):
                refused.append(taken.status)

    start = time.perf_counter()
    threads = [
        threading.Thread(target=like, args=[cookies[number :: arguments.clients]])
        for number in range(arguments.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start, refused


def heard_by(page: Streams, *, since: float) -> tuple[int, float]:
    """How many events a page heard, and how long after a moment it heard the last, in seconds."""
    time.sleep(2)
    moments = []
    while not page.heard.empty():
        _place, _said, at = page.heard.get()
        moments.append(at)
    if not moments:
        raise SystemExit("An open page heard nothing of the likes.")
    return len(moments), moments[-1] - since


def give_as_many(posts: dict) -> None:
    """Give the two other posts the reactions of the first."""
    from benchmarks.loading import run

    for arm in ("wants none", "nobody"):
        run(
            "INSERT INTO feed_reaction (post_id, member_id, kind, reacted_at) "
            "SELECT %s, member_id, kind, reacted_at FROM feed_reaction WHERE post_id = %s ORDER BY id",
            posts[arm].pk, posts["told"].pk,
        )  # fmt: skip
    run("VACUUM ANALYZE feed_reaction, feed_tally, notifications_notice")


def reading(port: int, cookie: str) -> list[Taken]:
    """Read the page of notices again and again."""
    client = Client(port)
    answers = [client.get("/notices/", cookie) for _turn in range(WARMING + 60)][WARMING:]
    assert all(worked(answer) for answer in answers)
    return answers


def compared(port: int, posts: dict, cookies: list[str]) -> dict[str, list[Taken]]:
    """Like all three posts as each of some more, in each order in turn."""
    client, arms = Client(port), [*ARMS]
    taken: dict[str, list[Taken]] = {arm: [] for arm in arms}
    for turn, cookie in enumerate(cookies):
        for place in range(len(arms)):
            arm = arms[(turn + place) % len(arms)]
            answer = client.post(f"/posts/{posts[arm].pk}/react/", cookie, {"kind": "like"})
            assert worked(answer), answer.status
            taken[arm].append(answer)
    return {arm: answers[WARMING:] for arm, answers in taken.items()}


def blocks_of(posts: dict, members: list) -> dict[str, float]:
    """How many blocks of the database a like touches: of some likes each, the median of the means."""
    from feed.actions import react_to_post

    found: dict[str, list[float]] = {arm: [] for arm in ARMS}
    for batch in range(BATCHES):
        some = members[batch * IN_A_BATCH : (batch + 1) * IN_A_BATCH]
        for arm, post in posts.items():
            before = touched()
            for member in some:
                react_to_post(post, by=member)
            found[arm].append((touched() - before) / len(some))
    return {arm: statistics.median(means) for arm, means in found.items()}


def touched() -> int:
    """How many blocks this database touched so far, as far as it has said so; this connection says so now."""
    from benchmarks.loading import run

    run("SELECT pg_stat_force_next_flush()")
    [(blocks,)] = run("SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
    return int(blocks)


def middle(answers: list[Taken], name: str) -> float:
    return statistics.median(getattr(answer, name) for answer in answers)


def report(taken: dict[str, list[Taken]], blocks: dict[str, float]) -> None:
    """Print what a like costs its liker, by who is told of it."""
    for arm, said in ARMS.items():
        answers = taken[arm]
        print(
            f"A like where {said}: {middle(answers, 'ms'):.2f} ms (median of {len(answers)}), the worker's processor "
            f"{middle(answers, 'cpu_ms'):.2f} ms, the database {middle(answers, 'database_ms'):.2f} ms, "
            f"{middle(answers, 'queries'):.0f} statements; {blocks[arm]:.0f} blocks."
        )


def look_at(post, author, likes: int, refused: list[int]) -> list[str]:
    """Return what is wrong with what was stored and told; the worker sends what waits as if it were time for it."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from feed.models import Reaction
    from notifications.models import Email, Notice
    from notifications.reading import read_page

    wrong = [f"{len(refused):,} likes were refused: {sorted(set(refused))}"] if refused else []
    stored = Reaction.objects.filter(post=post).count()
    if stored < likes:
        wrong.append(f"{stored:,} likes are there.")
    told = Notice.objects.filter(kind="like", subject_id=post.pk)
    if [notice.recipient_id for notice in told] != [author.pk]:
        wrong.append(f"{len(told)} notices were written.")
    print(*(line.sentence for line in read_page(author)[0] if line.notice.kind == "like"))
    waiting = DBTaskResult.objects.filter(task_path__endswith="email_notice").count()
    if waiting != 1:
        wrong.append(f"{waiting} tasks for an email were enqueued.")
    DBTaskResult.objects.update(run_after=timezone.now())
    box = Path(os.environ["VAR_DIR"]) / "mail"
    before = {*box.glob("*.eml")} if box.exists() else set()
    subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--batch"],
        cwd=HOME, env=os.environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    sent = Email.objects.filter(kind="like", sent_at__isnull=False).count()
    arrived = [letter for letter in {*box.glob("*.eml")} - before if author.email in letter.read_text()]
    if (sent, len(arrived)) != (1, 1):
        wrong.append(f"{sent} emails were sent, {len(arrived)} arrived.")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
