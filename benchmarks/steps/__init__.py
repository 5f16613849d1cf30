"""The steps in which a community is made, by subject. Each takes the `Made` and writes its rows."""
