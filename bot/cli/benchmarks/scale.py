"""Defines the sizes of the measurements."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scale:
    """Holds the number of rounds, and the sizes of each measurement."""

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
        """Returns sizes just large enough to check that everything works."""
        return replace(self, floor=20, balances=12, purchases=4, orders=32, chains=2, admins=2)


@dataclass(frozen=True, slots=True)
class EngineScale:
    """Holds the engine's number of rounds, and the sizes of its histories and networks."""

    rounds: int
    lines: int = 50_000
    floor: int = 300
    orders: int = 1_600
    writers: tuple[int, ...] = (1, 32, 200)
    chains: int = 16
    network: int = 1_000_000
    at_a_time: int = 1_000
    lookups: int = 20
    stored_network: int = 1_000_000
    stored_joins: int = 200
    closed: int = 1_000_000

    def quick(self) -> "EngineScale":
        """Returns sizes just large enough to check that everything works."""
        return replace(
            self,
            lines=500,
            floor=20,
            orders=200,
            chains=2,
            network=2_000,
            at_a_time=50,
            stored_network=300,
            stored_joins=20,
            closed=500,
        )


@dataclass(frozen=True, slots=True)
class OutboxScale:
    """Holds the outbox's number of rounds, its recipients, and how many of them are sent to."""

    rounds: int
    people: int = 1_000_000
    letters: int = 20_000

    def quick(self) -> "OutboxScale":
        """Returns sizes just large enough to check that everything works."""
        return replace(self, people=3_000, letters=300)


@dataclass(frozen=True, slots=True)
class TransportScale:
    """Holds the transport's number of rounds, and how many messages are sent paced and unpaced in each."""

    rounds: int
    paced: int = 300
    messages: int = 480

    def quick(self) -> "TransportScale":
        """Returns sizes just large enough to check that everything works."""
        return replace(self, paced=10, messages=16)


@dataclass(frozen=True, slots=True)
class GrowthScale:
    """Holds the numbers of members to grow to, and how often each of `people` asks for each answer."""

    rounds: int
    members: tuple[int, ...] = (1_000, 10_000, 100_000)
    people: int = 8
    times: int = 25
    floor: int = 300

    def quick(self) -> "GrowthScale":
        """Returns sizes just large enough to check that everything works."""
        return replace(self, members=(40,), people=2, times=2, floor=20)
