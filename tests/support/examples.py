"""Says how many examples a property is tried with: as many as it names, or few for `make quick`."""

from typing import Final

from hypothesis import settings

QUICK: Final = "quick"
FEW: Final = 10


def examples(most: int) -> int:
    """Returns the number of examples under the profile that pytest was started with (`--hypothesis-profile`)."""
    return min(most, FEW) if settings.get_current_profile_name() == QUICK else most
