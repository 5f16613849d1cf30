"""People whom a member may know, by what the two have in common (product.md §15).

- `ranking.py`: the one statement that ranks them, for many members at once
- `computing.py`: whose turn it is, and writing down what was found; what the workers do, and `suggest_people`
- `reading.py`: whom a member is shown, filtered at that moment, with the reasons as they are then
"""
