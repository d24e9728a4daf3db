"""Reads and writes the rows about shops, within writer jobs."""

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from bot.kit.shop import Purchase, RequestConflict, Shop, Snapshot
from bot.shops.order_states import OrderState
from bot.store import load_queries
from engine.store.driver import Connection


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Holds a recorded order in its shop's own currency, with the exchange rate used."""

    currency: str
    rate: str
    total: int
    refunded: int


class ShopRecords:
    """Accesses the tables `shop_...`. Every method runs within a writer job; `now` is ms, UTC."""

    def __init__(self) -> None:
        self._queries = load_queries("shops")

    def repeated(self, db: Connection, shop: Shop, key: str, digest: str) -> bool:
        """Returns whether the request was made before. Raises RequestConflict where its content differed."""
        row = self._queries.request(db, shop=shop.name, key=key)
        if row is not None and row["digest"] != digest:
            raise RequestConflict(key.partition(":")[2])
        return row is not None

    def note(self, db: Connection, shop: Shop, keys: list[str], digest: str, now: int) -> None:
        """Binds these keys to this request."""
        for key in keys:
            self._queries.put_request(db, shop=shop.name, key=key, digest=digest, now=now)

    def order(self, db: Connection, shop: Shop, id: str) -> KnownOrder | None:
        row = self._queries.order(db, shop=shop.name, id=id)
        return KnownOrder(*row) if row is not None else None

    def put_order(self, db: Connection, shop: Shop, id: str, known: KnownOrder) -> None:
        self._queries.put_order(db, shop=shop.name, id=id, currency=known.currency, rate=known.rate, total=known.total)

    def put_refunded(self, db: Connection, shop: Shop, id: str, refunded: int) -> None:
        self._queries.put_refunded(db, shop=shop.name, id=id, refunded=refunded)

    def state(self, db: Connection, shop: Shop, id: str) -> OrderState | None:
        """Returns the newest known state, None where there is none."""
        row = self._queries.snapshot(db, shop=shop.name, id=id)
        if row is None:
            return None
        if row["state"] is None:
            return OrderState(row["status"], row["modified"])
        return msgspec.json.decode(row["state"], type=OrderState)

    def put_state(self, db: Connection, shop: Shop, id: str, state: OrderState) -> None:
        text = msgspec.json.encode(state).decode()
        self._queries.put_snapshot(db, shop=shop.name, id=id, status=state.status, modified=state.modified, state=text)

    def put_problem(
        self, db: Connection, shop: Shop, order: str, kind: str, now: int, *, change: str = "", **content: str | int
    ) -> None:
        """Stores a problem for the admins, once for each kind, order and change."""
        text = json.dumps(content, ensure_ascii=False)
        self._queries.put_problem(db, shop=shop.name, order_id=order, kind=kind, content=text, change=change, now=now)

    def put_change(self, db: Connection, shop: Shop, order: str, kind: str, now: int, **content: str | int) -> None:
        """Stores a problem whose change is always new, as the caller ensures."""
        times = self._queries.problems_of(db, shop=shop.name, order_id=order, kind=kind)["times"]
        self.put_problem(db, shop, order, kind, now, change=str(times or ""), **content)

    def is_unsettled(self, db: Connection, shop: Shop, order: str, kind: str) -> bool:
        """Returns whether there is an unsettled problem of this kind."""
        return bool(self._queries.problems_of(db, shop=shop.name, order_id=order, kind=kind)["unsettled"])

    def put_unreadable(self, db: Connection, shop: Shop, order: str, reason: str, now: int) -> None:
        """Stores that an order is unreadable, until it is settled, without any of the shop's data.

        An order that was readable meanwhile is reported again only for another reason.
        """
        content = json.dumps({"reason": reason}, ensure_ascii=False)
        self._queries.forget_unreadable(db, shop=shop.name, order_id=order, content=content)
        self._queries.put_unreadable(db, shop=shop.name, order_id=order, content=content, now=now)

    def settle(self, db: Connection, shop: Shop, order: str, kind: str, now: int) -> None:
        """Settles the problem."""
        self._queries.settle_problems(db, shop=shop.name, order_id=order, kind=kind, now=now)

    def use_token(self, db: Connection, token: str, since: int, now: int) -> str | None:
        """Redeems the token and returns the person it was issued to after `since`; None for an expired or used one."""
        row = self._queries.token(db, token=token, since=since)
        if row is None:
            return None
        self._queries.use_token(db, token=token, now=now)
        return str(row["person"])

    def has_account(self, db: Connection, shop: Shop, guest: str, person: str) -> bool:
        """Returns whether an account of the shop is already known to be the person behind this guest."""
        return self._queries.account(db, realm=shop.realm, guest=guest, person=person) is not None

    def put_link(self, db: Connection, shop: Shop, customer: str, earlier: str | None, person: str, now: int) -> None:
        self._queries.put_link(db, shop=shop.name, customer=customer, earlier=earlier, person=person, now=now)


def digest_of(*content: object) -> str:
    """Returns the SHA-256 of a request, to detect another one under the same id without storing it."""
    return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def whose_digest(purchase: Purchase) -> str:
    """Returns the same text for the same buyer who came through the same codes."""
    return _short_digest(purchase.buyer, purchase.codes)


def digest_of_snapshot(snapshot: Snapshot) -> str:
    """Returns the same text for the same content alone."""
    purchase = snapshot.purchase
    bought = (purchase.lines, purchase.total, purchase.currency, purchase.buyer, purchase.codes)
    return _short_digest(snapshot.status, snapshot.modified, snapshot.refunded, snapshot.goods_refunded, *bought)


def _short_digest(*content: object) -> str:
    """Returns 144 bits of the SHA-256 in 24 characters, because two are stored for each order."""
    return b64encode(bytes.fromhex(digest_of(*content))[:18]).decode()
