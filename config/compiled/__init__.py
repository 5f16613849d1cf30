"""Django's templates, run as Python functions.

A page of twenty posts took Django's engine 14 ms, most of it to find out again what each tag is about: this does the
same in a quarter (`docs/decisions/0061-compiled-templates.md`). Templates stay what they are. Whatever isn't known here
is left to Django, node by node, and pages are the same byte for byte: `tests/config/test_compiled.py` compares them.

- `loading`: the loader that settings name; it puts a function in the place of what a template is made of
- `writing`: writes the function
- `scopes`: which names of a template are Python's own there
- `running`: what the functions call
"""
