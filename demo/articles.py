"""Articles of the demo community, a draft of Ines's, and a post with four pictures."""

from typing import TYPE_CHECKING
from uuid import uuid4

from demo import portraits
from feed.actions import publish_draft, publish_post, save_draft
from feed.models import Post
from feed.pictures import NewPicture, read_picture

if TYPE_CHECKING:
    from demo.filling import Filling

SECOND_STEP = """The forty interviews are done. This is how people inside the hundred-year line know that it is time to carry things upstairs, and why it isn’t metres.

The gauge at the bridge says *2.41 m*. Rosa, who has kept the bakery beside it since 1987, says the water is at the second step. Both are right. Only one of them has ever made somebody carry flour upstairs.

# What people count

I asked everybody the same three questions, and wrote down the answers before I understood them:

1. How do you know that the water is coming?
2. Whom do you tell first?
3. What do you do that nobody told you to?

Nobody named the number on our website. They named **steps, smells and neighbours**.

> When the frogs are on the road, I move the car. When the frogs are on the porch, I move my mother.
>
> A retired postman, on the left bank

![A river at low water between two pale banks, seen from a bridge](picture:1 "The reach below the bridge, in the dry August of last year.")

## Three things a gauge doesn’t know

- **When it matters.** A metre at night is not a metre at noon.
- **To whom.** The school and the campsite have the same line on our map, and nothing else in common.
- **What it is compared with.** People remember floods as a list of sofas.

# What I would do with this

Not throw the gauge away. Tomasz has shown [what eleven of them can do together](https://example.org/open-gauges), and I believe every figure of it. But put the second step into the forecast, in words, beside the metres. It costs a line of text and one walk with a tape measure.

---

The interviews are open, with names changed where people asked. If you have your own frogs, write to me.
"""
MARKS = """The low-water mark in the churchyard is older than the village. This is what I have so far.

# Where it stands

Behind the north wall, at the height of a knee.
"""
FLOOD_PLAIN = """Nine people answered our question for the winter issue, and no two of them named the same owner. Before you read them, this is how we asked.

# The question

*Who owns a flood plain when it is under water?* We sent it to a farmer, a mayor, two insurers, a judge, an ornithologist and three people who live in one. Nobody was told who else had been asked.

> The deed says it is mine to the willow. The river has never read the deed.
>
> A farmer on the left bank

# What we learned before we printed anything

- Everybody answered a **different question** first: who pays, who decides, who was here before.
- The map that we drew of the nine answers has **no white left in it**, and three places that are claimed by everybody.
- The ornithologist’s answer is the shortest, and the insurers asked to see it.

The issue comes out on Friday. The map is free to copy; please say whose it is, if you can find out.
"""
FOUR = (
    "Four mornings of the same bend, one a season. I only moved the camera once, and it was the goose.",
    [
        ("winter", "The bend in January: grey water between white banks"),
        ("spring", "The bend in April: high brown water and the first green"),
        ("summer", "The bend in August: a narrow blue channel between pale stones"),
        ("autumn", "The bend in October: dark water under an orange bank"),
    ],
)


def write_articles(community: "Filling") -> None:
    """An article of Amara's that people answer, one for her journal, what Ines began, and Noah's four pictures."""
    reach = NewPicture(read_picture(portraits.bend("summer")), "")
    article = publish_draft(
        _draft(community, "Amara", "The water is at the second step", SECOND_STEP, reach), by=community["Amara"]
    )
    _date(community, article, days=2.4)
    _draft(community, "Ines", "The mark behind the north wall", MARKS)
    hydrograph = {"organization": community.organizations["The Open Hydrograph"]}
    issue = publish_draft(
        _draft(community, "Amara", "Who owns a flood plain?", FLOOD_PLAIN, **hydrograph), by=community["Amara"]
    )
    _date(community, issue, days=5.1)
    text, seasons = FOUR
    pictures = [NewPicture(read_picture(portraits.bend(season)), shows) for season, shows in seasons]
    post = publish_post(by=community["Noah"], text=text, audience="public", pictures=pictures)
    _date(community, post, days=1.2)


def _draft(community: "Filling", author: str, title: str, text: str, *pictures: NewPicture, **where):
    return save_draft(
        by=community[author],
        key=uuid4(),
        page=uuid4(),
        saves=0,
        title=title,
        text=text,
        audience="public",
        pictures=pictures,
        **where,
    )


def _date(community: "Filling", post: Post, *, days: float) -> None:
    post.posted_at = community.ago(days)
    post.save(update_fields=["posted_at"])
    community.like(post)
