"""What a viewer says of themselves and somebody else, which the site can't know: kept nowhere but in an address."""

from dataclasses import dataclass

from django.http import QueryDict

BUSINESS, INTERVIEW, PLACED = WHAT = ("business", "interview", "placed")


@dataclass(frozen=True)
class Said:
    """`what`: that they did business, applied or had an interview, were placed; `talked`: whether they did."""

    what: str = ""
    talked: bool | None = None

    @classmethod
    def read(cls, address: QueryDict) -> "Said":
        """Return what the query of a profile's address says: `?said=business`, `?talked=no`."""
        what = address.get("said", "")
        talked = {"yes": True, "no": False}.get(address.get("talked", ""))
        return cls(what=what if what in WHAT else "", talked=talked)
