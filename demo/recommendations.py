"""What the people of the demo community say about each other, and what they let stand on their profiles."""

from datetime import timedelta

from network.actions import hide_recommendation, set_aside_recommendation
from network.models import Connection, Recommendation
from tests.factories import recommend

SAID: list[tuple[str, str, int, str, str, str]] = [
    (
        "Tomasz", "Ines", 310, "worked", "shown",
        (
            "In the spring of 2021 our model and her gauges disagreed by eleven centimetres. I was sure of the model. Ines "
            "did not argue. She drove to Mâcon, stood in the river, and came back with a photograph of the staff and an "
            "apology from the gauge.\n\n"
            "Since then I ask her first. She says what she measured, how sure she is, and what she would need to be surer, "
            "in that order. If you share a river with her you are lucky."
        ),
    ),
    (
        "Marco", "Ines", 520, "team", "shown",
        (
            "We carried the same current meter up the same valleys for two summers. Ines writes everything down, also what "
            "went wrong, and hands you the good rain jacket."
        ),
    ),
    (
        "Chloé", "Ines", 24, "supplier_of", "shown",
        (
            "I report on water for a regional paper, and Ines is the one I call when a press release sounds too tidy. She "
            "explains without simplifying, and rings back to correct herself when she thinks she was unclear. She has never "
            "asked to be quoted."
        ),
    ),
    (
        "Oliver", "Ines", 90, "worked", "shown",
        (
            "Ines brought six countries to one table about low-water thresholds. Nobody left with what they came for, and "
            "everybody signed. I have been to many of these tables and can count on one hand how often that happened."
        ),
    ),
    (
        "Emma", "Ines", 3, "taught_by", "waiting",
        (
            "Ines took me along for a week of low-water measurements although I was only a student with borrowed boots. She "
            "let me do the readings myself and asked me what I thought before she said what she thought. I changed my thesis "
            "because of that week."
        ),
    ),
    (
        "Jonas", "Ines", 200, "client_of", "hidden",
        "Quick to answer, exact in what she orders, pays on time. The best customer a maker of instruments can have.",
    ),
    (
        "Carlos", "Ines", 60, "other", "set aside",
        "A great professional with great skills who is always great to work with on all kinds of great projects.",
    ),
    (
        "Ines", "Lina", 140, "worked", "shown",
        (
            "Lina is why I know how much water is still up there in April. She sends numbers when she has them, says so when "
            "she doesn't, and once skied eleven kilometres to replace a sensor that I needed for a Tuesday meeting."
        ),
    ),
    (
        "Ines", "Tomasz", 6, "worked", "waiting",
        (
            "Tomasz publishes his mistakes. There is a file in his calibration set called what-we-got-wrong, it is longer "
            "than the manual, and I have learned more from it than from most journals. He is also very good company in a "
            "flooded car park."
        ),
    ),
    (
        "Katarzyna", "Tomasz", 400, "worked", "shown",
        (
            "I study floods that nobody alive has seen. Tomasz took my parish registers as seriously as his satellites, and "
            "asked which priest I trusted. We found two floods that the models had lost."
        ),
    ),
]  # fmt: skip
"""Author, subject, days ago, how they know each other, what its subject did, and the words."""


def write_recommendations(community) -> None:
    """Let them write, and let those they write about decide."""
    for author, subject, days, relationship, state, text in sorted(SAID, key=lambda one: -one[2]):
        about = community[subject]
        if not Connection.objects.filter(member=community[author], other=about).exists():
            continue
        at = community.now - timedelta(days=days)
        approved = state in ("shown", "hidden")
        with community.noticed(at):
            written = recommend(community[author], about, text, relationship=relationship, approved=approved)
        if state == "hidden":
            hide_recommendation(written, by=about)
        if state == "set aside":
            set_aside_recommendation(written, by=about)
        Recommendation.objects.filter(pk=written.pk).update(
            written_at=at, changed_at=at, approved_at=at + timedelta(days=1) if approved else None
        )
