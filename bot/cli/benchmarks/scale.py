"""How much is measured."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scale:
    """How often everything is measured, and how many things at a time."""

    rounds: int
    floor: int = 300
    balances: int = 480
    purchases: int = 96
    orders: int = 480
    chains: int = 16
    admins: int = 16
    at_once: int = 16
    delay_ms: int = 50

    def quick(self) -> "Scale":
        """Enough to see that everything works, and nothing more."""
        return replace(self, floor=20, balances=12, purchases=4, orders=32, chains=2, admins=2)
