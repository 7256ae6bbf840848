"""The list of all fixtures: the path, the description and the function of each."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How one fixture is made."""

    path: str
    what: str
    make: Callable[[], bytes]


RECIPES: dict[str, Recipe] = {}


def fixture(path, what, make):
    """Lists the fixture at `path` (below Fixtures); `make` is its bytes, or a function that returns them."""
    if path in RECIPES:
        raise ValueError(f"two fixtures are named {path}")
    RECIPES[path] = Recipe(path, what, make if callable(make) else lambda: make)


def below(folder):
    """`fixture` for files of one folder."""
    return lambda name, what, make: fixture(f"{folder}/{name}", what, make)
