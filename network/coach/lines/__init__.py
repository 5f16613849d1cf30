"""The five lines, one file each: a function `judge` that says whether a note keeps it, and why."""
