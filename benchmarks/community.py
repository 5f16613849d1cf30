"""A made-up community of any size, loaded by COPY: the same seed, the same people, words and ties.

Names in several scripts, long-tailed degrees, employers, schools and skills as unequal as in life. Each step is done
once and whole; a run that was broken off goes on with the step that it was at.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchmarks.loading import run
from benchmarks.steps import conversations, cvs, follows, groups, people, posts, requests, responses, ties


class Made:
    """The community of a seed and a size: `degree` connections and `posts` posts a member, on average."""

    def __init__(self, members: int, degree: int, seed: int, posts: int = 5) -> None:
        self.members, self.degree, self.seed, self.posts = members, degree, seed, posts
        self.now = timezone.now()
        self.organizations = max(50, members // 40)
        self.schools = max(20, members // 200)
        self.groups = max(20, members // 200)

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            (name, lambda step=step: step(self))
            for name, step in {
                "members": people.bring_members,
                "organizations": cvs.bring_organizations,
                "CVs": cvs.bring_cvs,
                "skills": cvs.bring_skills,
                "connections": ties.connect,
                "follows": follows.follow,
                "blocks": ties.block,
                "groups and events": groups.bring_groups_and_events,
                "posts": posts.write,
                "likes": responses.like,
                "comments": responses.comment,
                "requests": requests.ask,
                "conversations": conversations.talk,
                "notices": responses.tell,
                "words": people.find_words,
            }.items()
        ]

    def dice(self, step: str) -> random.Random:
        return random.Random(f"{self.seed} {step}")

    def since(self, share: float) -> timedelta:
        """How long ago something was that came after a share of all that was said: 400 days at 0."""
        return timedelta(days=400) * (1 - share)


def load(members: int, *, degree: int, seed: int) -> None:
    """Bring the community into the database, as far as it isn't there."""
    run("CREATE TABLE IF NOT EXISTS benchmark_step (name text PRIMARY KEY, seconds float)")
    made = Made(members, degree, seed)
    for name, step in made.steps():
        if not run("SELECT 1 FROM benchmark_step WHERE name = %s", name):
            start = time.perf_counter()
            with transaction.atomic():
                run("SET LOCAL session_replication_role = replica")  # the rows are known to be right
                run("SET LOCAL maintenance_work_mem = '512MB'")
                run("SET LOCAL work_mem = '256MB'")
                step()
                run("INSERT INTO benchmark_step VALUES (%s, %s)", name, time.perf_counter() - start)
    if not run("SELECT 1 FROM benchmark_step WHERE name = 'vacuum'"):
        start = time.perf_counter()
        run("VACUUM ANALYZE")
        run("INSERT INTO benchmark_step VALUES ('vacuum', %s)", time.perf_counter() - start)


def cost() -> dict[str, float]:
    """What the building took: minutes of each step, and the database's size in MB."""
    steps = dict(run("SELECT name, seconds FROM benchmark_step WHERE seconds IS NOT NULL"))
    return {
        "minutes": round(sum(steps.values()) / 60, 1),
        "disk_mb": round(run("SELECT pg_database_size(current_database()) / 1048576.0")[0][0]),
        "seconds": {name: round(seconds, 1) for name, seconds in steps.items()},
    }
