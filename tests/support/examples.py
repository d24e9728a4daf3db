"""Says how many examples a property is tried with: a third of those it names, all of them, or few for `make quick`."""

from typing import Final

from hypothesis import settings

QUICK: Final = "quick"
LONG: Final = "long"
"""The profile of `make soak`."""

FEW: Final = 10


def examples(most: int) -> int:
    """Returns the number of examples under the profile that pytest was started with (`--hypothesis-profile`)."""
    profile = settings.get_current_profile_name()
    if profile == LONG:
        return most
    return min(most, FEW) if profile == QUICK else max(most // 3, min(most, FEW))
