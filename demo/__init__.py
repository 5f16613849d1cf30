"""The demo community of a development site: the Bridge Society, some 60 who work with water.

It stands above all apps and knows them; nothing knows it but these constants.
"""

PASSWORD = "acquaint-demo"  # noqa: S105 — no secret: signing in with it is refused when DEBUG is off
SIGN_INS = ["ines@example.org", "tomasz@example.org", "amara@example.org"]
OPERATOR = "operator@example.org"
