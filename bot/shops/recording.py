"""An order or a refund of a shop, as one job: who the buyer is, what it is in our money, and what it is kept by."""

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from bot.kit.context import DRAFT_LIFE_MS
from bot.kit.links import MemberLink
from bot.kit.shop import NoRate, Purchase, Receipt, Refunding, Shop, Worthless
from bot.referrals.link_records import LinkRecords
from bot.referrals.reward_redemption import RewardRedemption
from bot.shops.records import KnownOrder, ShopRecords, digest_of
from engine.codes import clean_link, clean_token
from engine.customers import customer, link, set_sponsor
from engine.errors import AmountOutOfRange, Conflict, MoarefError, OverRefund, Refusal, SumOutOfRange
from engine.events.fields import AMOUNT_MAX
from engine.events.model import Line, Order, Refund
from engine.exchange import Exchange, written
from engine.idempotency import composed_key
from engine.money import Currency, share_up
from engine.transaction import Transaction

NO_RATE: Final = "no_rate"
NUMBER_TAKEN: Final = "number_taken"
"""Somebody has recorded another order by hand, or from a file, under the shop's number."""


class Recorder:
    """Jobs of the writer. What they return as an error is kept as it is; what they raise undoes the job.

    `now` gives milliseconds UTC.
    """

    def __init__(self, exchange: Exchange, records: ShopRecords, now: Callable[[], int]) -> None:
        self._exchange = exchange
        self._records = records
        self._links = LinkRecords()
        self._now = now
        self._spending = RewardRedemption()

    def order(self, books: Transaction, purchase: Purchase, key: str | None) -> Receipt | MoarefError:
        """Once for its id, and once for the caller's key. Raises RequestConflict."""
        shop, keys = purchase.shop, [f"order:{purchase.id}", *_header(key)]
        digest = digest_of("order", purchase.id, purchase.buyer, purchase.lines, self._currency(purchase))
        if not self._is_repeated(books, shop, keys, digest):
            if (refused := self.record(books, purchase)) is not None:
                return refused
            self._records.note(books.connection, shop, keys, digest, self._now())
            return self._receipt(books, shop, purchase.id)
        return self._receipt(books, shop, purchase.id, repeated=True)

    def refund(self, books: Transaction, refunding: Refunding, key: str | None) -> Receipt | MoarefError:
        """Once for the caller's key; without one only the refund of all that is left is known when it comes again."""
        shop, keys = refunding.shop, _header(key)
        if refunding.amount is None:
            keys = [f"refund:{refunding.order}", *keys]
        digest = digest_of("refund", refunding.order, refunding.amount)
        if not self._is_repeated(books, shop, keys, digest):
            if (refused := self._give_back(books, refunding, key)) is not None:
                return refused
            self._records.note(books.connection, shop, keys, digest, self._now())
            return self._receipt(books, shop, refunding.order)
        return self._receipt(books, shop, refunding.order, repeated=True)

    def record(self, books: Transaction, purchase: Purchase) -> MoarefError | None:
        """The order in the books, at the rate of this moment; what keeps it out, which the admins hear of."""
        shop, code = purchase.shop, self._currency(purchase)
        if self.is_taken(books, purchase):
            self._records.put_problem(books.connection, shop, purchase.id, NUMBER_TAKEN, self._now())
            return Conflict(shop.order(purchase.id))
        rate = self._exchange.rate(code)
        if rate is None:
            total = written(sum(line.amount for line in purchase.lines), Currency.of(code))
            self._records.put_problem(books.connection, shop, purchase.id, NO_RATE, self._now(), total=total)
            return NoRate(code)
        lines = self.converted(purchase.lines, code, rate)
        if not 0 < (worth := sum(line.amount for line in lines)) <= AMOUNT_MAX:
            return Worthless(purchase.id, worth)
        id = shop.order(purchase.id)
        event = Order(id, self.buyer(books, purchase), lines)
        details = self._details(purchase, code, rate)
        try:
            outcome = books.submit(event, key=f"order:{id}", actor=shop.realm, details=details)
        except (AmountOutOfRange, SumOutOfRange) as refused:
            return refused
        if outcome.refusal is None:
            self._records.put_order(books.connection, shop, purchase.id, KnownOrder(code, rate, purchase.total, 0))
            self._records.settle(books.connection, shop, purchase.id, NO_RATE, self._now())
            self._spend(books, purchase)
        return outcome.refusal

    def is_taken(self, books: Transaction, purchase: Purchase) -> bool:
        """Returns whether the books have an order of its id that did not come from the shop."""
        shop = purchase.shop
        known = self._records.order(books.connection, shop, purchase.id)
        return known is None and books.order(shop.order(purchase.id)) is not None

    def free(self, books: Transaction, purchase: Purchase) -> None:
        """The order came to nothing: the codes that it used can be used again."""
        self._spending.free(books.connection, purchase.shop.order(purchase.id))

    def _spend(self, books: Transaction, purchase: Purchase) -> None:
        kind = self._spending.spend(books.connection, purchase, self._now())
        if kind is not None:
            self._records.put_problem(books.connection, purchase.shop, purchase.id, kind, self._now())

    def converted(self, lines: tuple[Line, ...], code: str, rate: str) -> tuple[Line, ...]:
        """The lines in the programme's money, each rounded by itself; those that come to nothing are left out."""
        ours = (replace(line, amount=self._exchange.converted(line.amount, code, rate)) for line in lines)
        return tuple(line for line in ours if line.amount > 0)

    def _currency(self, purchase: Purchase) -> str:
        return purchase.currency or self._exchange.currency.code

    def _details(self, purchase: Purchase, code: str, rate: str) -> dict[str, Any]:
        """What is noted beside the event: the shop's own time, and how its money became ours."""
        details = {"shop_time": purchase.at} if purchase.at else {}
        if code != self._exchange.currency.code:
            total = sum(line.amount for line in purchase.lines)
            details["reason"] = f"{written(total, Currency.of(code))} at {rate}"
        return details

    def buyer(self, books: Transaction, purchase: Purchase) -> str:
        """Who buys: a token says that they are somebody whom the chat knows, a member's code who brought them."""
        self.link_tokens(books, purchase)
        self._take_over_guest(books, purchase)
        codes = [code for text in purchase.codes if (code := clean_link(text)) is not None]
        through = next((link for code in codes if (link := self._links.owner_of(books, code)) is not None), None)
        person = customer(books, purchase.shop.realm, purchase.buyer, None)
        if through is not None:
            self._bring(books, purchase, person, through)
        return person

    def _bring(self, books: Transaction, purchase: Purchase, person: str, through: MemberLink) -> None:
        """The first sponsor wins; a code in the order of a member says nothing about how they came."""
        if through.member != person and books.member(person) is None:
            cause = f"order:{purchase.shop.order(purchase.id)}"
            self._links.follow(books, person, through, actor=purchase.shop.realm, cause=cause, now=self._now())

    def _take_over_guest(self, books: Transaction, purchase: Purchase) -> None:
        """An account that a guest's order was given to is that guest; who is somebody already, or comes after another
        account, is brought as the guest was: two accounts are two people.
        """
        shop = purchase.shop
        guest = books.person_behind(shop.realm, purchase.guest) if purchase.guest else None
        if guest is None or purchase.buyer == purchase.guest:
            return
        known, is_new = books.person(guest), books.person_behind(shop.realm, purchase.buyer) is None
        if is_new and not self._records.has_account(books.connection, shop, purchase.guest, guest):
            books.relink(shop.realm, purchase.buyer, guest)
        elif known is not None and known.sponsor is not None:
            account = customer(books, shop.realm, purchase.buyer, None)
            set_sponsor(books, account, known.sponsor, known.commission, actor=shop.realm)

    def link_tokens(self, books: Transaction, purchase: Purchase) -> None:
        """The shop's customer is who gave a token with the order, also where it is still to be paid."""
        for text in purchase.codes:
            token = clean_token(text)
            if token is not None:
                self._link(books, purchase, token, self._now())

    def _link(self, books: Transaction, purchase: Purchase, token: str, now: int) -> None:
        shop, buyer = purchase.shop, purchase.buyer
        person = self._records.use_token(books.connection, token, now - DRAFT_LIFE_MS, now)
        if person is not None:
            earlier = link(books, shop.realm, buyer, person)
            self._records.put_link(books.connection, shop, buyer, earlier, person, now)

    def _give_back(self, books: Transaction, refunding: Refunding, key: str | None) -> MoarefError | None:
        """Takes the refund, or returns what keeps it out. What is counted is the shop's own money."""
        shop, id = refunding.shop, refunding.order
        known = self._records.order(books.connection, shop, id)
        if known is None:  # recorded by other hands, in the programme's money, or not at all
            return self._refund(books, refunding, refunding.amount, key)
        refunded = known.total if refunding.amount is None else known.refunded + refunding.amount
        if refunded > known.total:
            return OverRefund(id, known.total - known.refunded)
        refused = self._refund(books, refunding, self._in_ours(books, refunding, known), key)
        if refused is None:
            self._records.put_refunded(books.connection, shop, id, refunded)
        return refused

    def _in_ours(self, books: Transaction, refunding: Refunding, known: KnownOrder) -> int | None:
        """The refund in the programme's money, such that all refunds of an order come to the order."""
        if refunding.amount is None:
            return None
        order = books.order(refunding.shop.order(refunding.order))
        assert order is not None  # both are written together
        before, after = known.refunded, known.refunded + refunding.amount
        return share_up(order.total, after, known.total) - share_up(order.total, before, known.total)

    def _refund(self, books: Transaction, refunding: Refunding, amount: int | None, key: str | None) -> Refusal | None:
        if amount == 0:  # too little to be a minor unit of ours yet
            return None
        id = refunding.shop.order(refunding.order)
        cause, former = _keys_of_refund(id, amount, key)
        return books.submit(Refund(id, amount), key=cause, former_key=former, actor=refunding.shop.realm).refusal

    def _is_repeated(self, books: Transaction, shop: Shop, keys: list[str], digest: str) -> bool:
        before = [self._records.repeated(books.connection, shop, key, digest) for key in keys]
        if any(before):
            self._records.note(books.connection, shop, keys, digest, self._now())
        return any(before)

    def _receipt(self, books: Transaction, shop: Shop, id: str, *, repeated: bool = False) -> Receipt:
        order = books.order(shop.order(id))
        assert order is not None  # it has just been recorded, or was before
        return Receipt(
            order=id,
            total=order.total,
            refunded=order.refunded,
            currency=self._exchange.currency.code,
            credited=order.seller is not None,
            reason=order.trace.get("no_seller"),
            repeated=repeated,
        )


def _keys_of_refund(id: str, amount: int | None, key: str | None) -> tuple[str | None, str | None]:
    """What a refund counts once by, and what an earlier version, whose parts could run together, called that."""
    if amount is None:
        return composed_key("refund", id, "rest"), f"refund:{id}:rest"
    return (composed_key("refund", id, "key", key), f"refund:{id}:key:{key}") if key else (None, None)


def _header(key: str | None) -> list[str]:
    return [f"key:{key}"] if key else []
