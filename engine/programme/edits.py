"""Defines small changes of a programme: an offer begins or ends, a rate is another one.

An edit applies alike to the journal's tables and to a file's, which may hold more keys and comments.
"""

from collections.abc import Callable, Mapping, MutableMapping
from copy import deepcopy
from typing import Any, Literal

import msgspec

Tables = MutableMapping[str, Any]
NewList = Callable[[], Any]
"""Makes an empty list of tables, of the kind that a file's document holds."""

RateOf = Literal["rank", "product", "category"]


class EditGone(Exception):
    """Raised where the thing to be changed is not in these tables."""


class NewOffer(msgspec.Struct, frozen=True, tag="new-offer"):
    """Adds an offer, as the programme file writes it."""

    offer: dict[str, Any]

    def apply(self, tables: Tables, new_list: NewList) -> None:
        """Adds it behind the others. EditGone where its id is taken."""
        offers = _rows(tables, "offers", new_list)
        if any(each.get("id") == self.offer["id"] for each in offers):
            raise EditGone
        offers.append(deepcopy(self.offer))


class EndOffer(msgspec.Struct, frozen=True, tag="end-offer"):
    """Ends an offer at a moment (ISO time, UTC); with None it has not begun and is taken out."""

    id: str
    at: str | None

    def apply(self, tables: Tables, new_list: NewList) -> None:  # noqa: ARG002  the signature of all edits
        """Ends the offer of that id. EditGone where there is none."""
        offers = tables.get("offers", ())
        place = next((place for place, each in enumerate(offers) if each.get("id") == self.id), None)
        if place is None:
            raise EditGone
        if self.at is None:
            _remove(tables, "offers", [place])
        else:
            offers[place]["ends"] = self.at


class NewRate(msgspec.Struct, frozen=True, tag="new-rate"):
    """Sets the rate of a rank, a product or a category; None takes a product's or category's own rate away."""

    of: RateOf
    id: str
    commission: str | None

    def apply(self, tables: Tables, new_list: NewList) -> None:
        """Sets it. EditGone for an unknown rank, and for a rate to be taken away that is not there."""
        if self.of == "rank":
            self._of_rank(tables)
            return
        rates = tables.get("rates", ())
        places = [place for place, each in enumerate(rates) if each.get(self.of) == self.id]
        if self.commission is None and not places:
            raise EditGone
        kept = places[:1] if self.commission is not None else []
        if places != kept:
            _remove(tables, "rates", [each for each in places if each not in kept])
        if kept:
            rates[kept[0]]["commission"] = self.commission
        elif self.commission is not None:
            _rows(tables, "rates", new_list).append({self.of: self.id, "commission": self.commission})

    def _of_rank(self, tables: Tables) -> None:
        rank = next((each for each in tables["ranks"] if each.get("id") == self.id), None)
        if rank is None or self.commission is None:
            raise EditGone
        rank["commission"] = self.commission


Edit = NewOffer | EndOffer | NewRate


def edited(tables: Mapping[str, Any], edit: Edit) -> dict[str, Any]:
    """Returns the journal's tables with the edit applied. Raises EditGone."""
    changed = deepcopy(dict(tables))
    edit.apply(changed, list)
    return changed


def edit_to_json(edit: Edit) -> str:
    """Returns the edit as JSON, to be kept until somebody confirms it."""
    return msgspec.json.encode(edit).decode()


def edit_from_json(content: str) -> Edit:
    """Returns the edit of its JSON."""
    edit: Edit = msgspec.json.decode(content, type=Edit)
    return edit


def _remove(tables: Tables, name: str, places: list[int]) -> None:
    """Takes rows out; an empty list goes with them."""
    for place in reversed(places):
        del tables[name][place]
    if not tables[name]:
        del tables[name]


def _rows(tables: Tables, name: str, new_list: NewList) -> Any:
    if name not in tables:
        tables[name] = new_list()
    return tables[name]
