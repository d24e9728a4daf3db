"""Records an order or refund of a shop within one job: buyer, amounts in the programme's currency, and keys."""

from collections.abc import Callable
from typing import Final

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
"""Another order was recorded by hand, or from a file, under the shop's number."""


class Recorder:
    """Records within writer jobs. A returned error is stored durably; a raised one rolls the job back.

    `now` returns ms, UTC.
    """

    def __init__(self, exchange: Exchange, records: ShopRecords, now: Callable[[], int]) -> None:
        self._exchange = exchange
        self._records = records
        self._links = LinkRecords()
        self._now = now
        self._spending = RewardRedemption()

    def order(self, books: Transaction, purchase: Purchase, key: str | None) -> Receipt | MoarefError:
        """Records an order once for its id, and once for the caller's key. Raises RequestConflict."""
        shop, keys = purchase.shop, [f"order:{purchase.id}", *_header(key)]
        digest = digest_of("order", purchase.id, purchase.buyer, purchase.lines, self._currency(purchase))
        if not self._is_repeated(books, shop, keys, digest):
            if (refused := self.record(books, purchase)) is not None:
                return refused
            self._records.note(books.own_tables, shop, keys, digest, self._now())
            return self._receipt(books, shop, purchase.id)
        return self._receipt(books, shop, purchase.id, repeated=True)

    def refund(self, books: Transaction, refunding: Refunding, key: str | None) -> Receipt | MoarefError:
        """Records a refund once for the caller's key.

        Without a key, only the refund of all that is left is recognised when it is repeated.
        """
        shop, keys = refunding.shop, _header(key)
        if refunding.amount is None:
            keys = [f"refund:{refunding.order}", *keys]
        digest = digest_of("refund", refunding.order, refunding.amount)
        if not self._is_repeated(books, shop, keys, digest):
            if (refused := self._give_back(books, refunding, key)) is not None:
                return refused
            self._records.note(books.own_tables, shop, keys, digest, self._now())
            return self._receipt(books, shop, refunding.order)
        return self._receipt(books, shop, refunding.order, repeated=True)

    def record(self, books: Transaction, purchase: Purchase) -> MoarefError | None:
        """Records the order at the current rate.

        Returns the error that prevents it, which is reported to the admins, or None.
        """
        shop, code = purchase.shop, self._currency(purchase)
        if self.is_taken(books, purchase):
            self._records.put_problem(books.own_tables, shop, purchase.id, NUMBER_TAKEN, self._now())
            return Conflict(shop.order(purchase.id))
        rate = self._exchange.rate(code)
        if rate is None:
            total = written(sum(line.amount for line in purchase.lines), Currency.of(code))
            self._records.put_problem(books.own_tables, shop, purchase.id, NO_RATE, self._now(), total=total)
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
            self._records.put_order(books.own_tables, shop, purchase.id, KnownOrder(code, rate, purchase.total, 0))
            self._records.settle(books.own_tables, shop, purchase.id, NO_RATE, self._now())
            self._spend(books, purchase)
        return outcome.refusal

    def is_taken(self, books: Transaction, purchase: Purchase) -> bool:
        """Returns whether the ledger has an order of its id that did not come from the shop."""
        shop = purchase.shop
        if books.order(shop.order(purchase.id)) is None:  # which most are, so this is asked first
            return False
        return self._records.order(books.own_tables, shop, purchase.id) is None

    def free(self, books: Transaction, purchase: Purchase) -> None:
        """Releases the reward codes of a cancelled order."""
        self._spending.free(books.connection, purchase.shop.order(purchase.id))

    def _spend(self, books: Transaction, purchase: Purchase) -> None:
        if not purchase.coupons:
            return
        kind = self._spending.spend(books.connection, purchase, self._now())
        if kind is not None:
            self._records.put_problem(books.own_tables, purchase.shop, purchase.id, kind, self._now())

    def converted(self, lines: tuple[Line, ...], code: str, rate: str) -> tuple[Line, ...]:
        """Returns the lines in the programme's currency, each rounded by itself; lines that round to 0 are left out."""
        ours = (replace(line, amount=self._exchange.converted(line.amount, code, rate)) for line in lines)
        return tuple(line for line in ours if line.amount > 0)

    def _currency(self, purchase: Purchase) -> str:
        return purchase.currency or self._exchange.currency.code

    def _details(self, purchase: Purchase, code: str, rate: str) -> dict[str, str]:
        """Returns the details stored with the event: the shop's own time, and the currency conversion."""
        details = {"shop_time": purchase.at} if purchase.at else {}
        if code != self._exchange.currency.code:
            total = sum(line.amount for line in purchase.lines)
            details["reason"] = f"{written(total, Currency.of(code))} at {rate}"
        return details

    def buyer(self, books: Transaction, purchase: Purchase) -> str:
        """Returns the buyer's id: a token identifies a person of the chat, a member's code the buyer's sponsor."""
        self.link_tokens(books, purchase)
        self._take_over_guest(books, purchase)
        codes = [code for text in purchase.codes if (code := clean_link(text)) is not None]
        through = next((link for code in codes if (link := self._links.owner_of(books, code)) is not None), None)
        person = customer(books, purchase.shop.realm, purchase.buyer, None)
        if through is not None:
            self._bring(books, purchase, person, through)
        return person

    def _bring(self, books: Transaction, purchase: Purchase, person: str, through: MemberLink) -> None:
        """Attributes the buyer; the first sponsor wins. A code in a member's own order attributes no one."""
        if through.member != person and books.member(person) is None:
            cause = f"order:{purchase.shop.order(purchase.id)}"
            self._links.follow(books, person, through, actor=purchase.shop.realm, cause=cause, now=self._now())

    def _take_over_guest(self, books: Transaction, purchase: Purchase) -> None:
        """Links the account that took over a guest's order to the guest.

        A known account, or a second one, gets the guest's sponsor instead: two accounts are two people.
        """
        shop = purchase.shop
        guest = books.person_behind(shop.realm, purchase.guest) if purchase.guest else None
        if guest is None or purchase.buyer == purchase.guest:
            return
        known, is_new = books.person(guest), books.person_behind(shop.realm, purchase.buyer) is None
        if is_new and not self._records.has_account(books.own_tables, shop, purchase.guest, guest):
            books.relink(shop.realm, purchase.buyer, guest)
        elif known is not None and known.sponsor is not None:
            account = customer(books, shop.realm, purchase.buyer, None)
            set_sponsor(books, account, known.sponsor, known.commission, actor=shop.realm)

    def link_tokens(self, books: Transaction, purchase: Purchase) -> None:
        """Links the shop's customer to the person of the token, also for unpaid orders."""
        for text in purchase.codes:
            token = clean_token(text)
            if token is not None:
                self._link(books, purchase, token, self._now())

    def _link(self, books: Transaction, purchase: Purchase, token: str, now: int) -> None:
        shop, buyer = purchase.shop, purchase.buyer
        person = self._records.use_token(books.own_tables, token, now - DRAFT_LIFE_MS, now)
        if person is not None:
            earlier = link(books, shop.realm, buyer, person)
            self._records.put_link(books.own_tables, shop, buyer, earlier, person, now)

    def _give_back(self, books: Transaction, refunding: Refunding, key: str | None) -> MoarefError | None:
        """Records the refund, or returns the error that prevents it. Amounts are in the shop's own currency."""
        shop, id = refunding.shop, refunding.order
        known = self._records.order(books.own_tables, shop, id)
        if known is None:  # recorded otherwise, in the programme's currency, or not at all
            return self._refund(books, refunding, refunding.amount, key)
        refunded = known.total if refunding.amount is None else known.refunded + refunding.amount
        if refunded > known.total:
            return OverRefund(id, known.total - known.refunded)
        refused = self._refund(books, refunding, self._in_ours(books, refunding, known), key)
        if refused is None:
            self._records.put_refunded(books.own_tables, shop, id, refunded)
        return refused

    def _in_ours(self, books: Transaction, refunding: Refunding, known: KnownOrder) -> int | None:
        """Returns the refund in the programme's currency; all refunds of an order add up to the order."""
        if refunding.amount is None:
            return None
        order = books.order(refunding.shop.order(refunding.order))
        assert order is not None  # both rows are written together
        before, after = known.refunded, known.refunded + refunding.amount
        return share_up(order.total, after, known.total) - share_up(order.total, before, known.total)

    def _refund(self, books: Transaction, refunding: Refunding, amount: int | None, key: str | None) -> Refusal | None:
        if amount == 0:  # less than a minor unit of the programme's currency so far
            return None
        id = refunding.shop.order(refunding.order)
        cause, former = _keys_of_refund(id, amount, key)
        return books.submit(Refund(id, amount), key=cause, former_key=former, actor=refunding.shop.realm).refusal

    def _is_repeated(self, books: Transaction, shop: Shop, keys: list[str], digest: str) -> bool:
        before = [self._records.repeated(books.own_tables, shop, key, digest) for key in keys]
        if any(before):
            self._records.note(books.own_tables, shop, keys, digest, self._now())
        return any(before)

    def _receipt(self, books: Transaction, shop: Shop, id: str, *, repeated: bool = False) -> Receipt:
        order = books.order(shop.order(id))
        assert order is not None  # recorded just now or before
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
    """Returns the key that a refund counts once by, and the key of earlier versions, whose parts were ambiguous."""
    if amount is None:
        return composed_key("refund", id, "rest"), f"refund:{id}:rest"
    return (composed_key("refund", id, "key", key), f"refund:{id}:key:{key}") if key else (None, None)


def _header(key: str | None) -> list[str]:
    return [f"key:{key}"] if key else []
