"""What the bot runs for friends and their rewards, put together."""

from collections.abc import Awaitable, Callable
from random import Random

from bot.clock import Clock
from bot.config import Config
from bot.config.rewards import caution_of, rewards_of, share_of
from bot.friends.book import FriendRules, FriendsBook
from bot.friends.coupons import CouponMaker
from bot.friends.giving import Giving
from bot.friends.purchases import FirstPurchases
from bot.friends.teller import FriendsTeller, Renderers
from bot.kit.context import BotFacts
from bot.kit.person import People, Person
from bot.kit.rewards import Gift
from bot.kit.texts import Texts
from bot.schedule.quiet import quiet_until
from bot.store.outbox import Outbox
from bot.store.wishes import KeptWishes
from bot.stores import Stores
from engine.codes import new_link_code, new_word
from engine.service import Engine
from handlers.notices.desk import NoticeDesk
from handlers.notices.friends import decided, gift_given, set_aside


class FriendsSide:
    """`rules` are the configuration's; `book` is what handlers ask."""

    def __init__(
        self,
        config: Config,
        stores: Stores,
        engine: Engine,
        *,
        people: People,
        outbox: Outbox,
        texts: Texts,
        clock: Clock,
        random: Random,
    ) -> None:
        self._config = config
        self._stores = stores
        self._engine = engine
        self._people = people
        self._outbox = outbox
        self._texts = texts
        self._clock = clock
        self.rules = FriendRules(
            rewards_of(config.rewards, config.folder), share_of(config.share), caution_of(config.caution)
        )
        self._giving = Giving(self.rules.rewards, self.rules.share, lambda: new_word(random))
        self._wake: Callable[[], None] = lambda: None
        self._has_news = False
        self.book = FriendsBook(
            engine,
            stores.machine,
            self.rules,
            giving=self._giving,
            now=clock.now,
            new_code=lambda: new_link_code(random),
            stirred=self.stirred,
        )

    def stirred(self) -> None:
        """There may be something to tell once the update is over."""
        self._has_news = True

    def committed(self) -> None:
        """An update is over: what it led to for friends is told now, behind its own answer."""
        if self._has_news:
            self._has_news = False
            self._wake()

    def jobs(self, facts: Callable[[], BotFacts], written: Callable[[], None]) -> list[Awaitable[None]]:
        """To be run until they are cancelled; `written` is called when there is something to send."""
        teller = self._teller(facts, written)
        self._wake = teller.wake
        jobs: list[Awaitable[None]] = [teller.run()]
        if self.rules.rewards:
            jobs.append(self._purchases(teller).run())
        if any((*(each.shop for each in self.rules.rewards.values()), self.rules.share and self.rules.share.shop)):
            jobs.append(self._coupons(teller).run())
        return jobs

    def _teller(self, facts: Callable[[], BotFacts], written: Callable[[], None]) -> FriendsTeller:
        def desk() -> NoticeDesk:
            return NoticeDesk(self._engine, self._people, self._texts, facts())

        return FriendsTeller(
            self._stores.writer,
            self._stores.machine,
            self._people,
            self._outbox,
            Renderers(
                gift=lambda gift, to: gift_given(gift, to, desk()),
                set_aside=lambda aside, to: set_aside(aside, to, desk()),
                decided=lambda what, to: decided(what, to, desk()),
            ),
            clock=self._clock,
            written=written,
            may_wait=self._may_wait,
        )

    async def _may_wait(self, gift: Gift, owner: Person) -> bool:
        """What is given for coming is told at once: its owner is looking at the chat."""
        reward = self.rules.rewards.get(gift.reward)
        if reward is None or reward.when == "coming":
            return False
        zone = self._engine.programme.program.timezone
        wishes = (await KeptWishes(self._stores.machine).of(owner.id)).over(self._config.notify.defaults, zone)
        now = self._clock.now()
        return quiet_until(wishes.quiet, wishes.zone, now) > now

    def _purchases(self, teller: FriendsTeller) -> FirstPurchases:
        return FirstPurchases(
            self._engine, self._outbox, self.rules.rewards, self._giving, clock=self._clock, given=teller.wake
        )

    def _coupons(self, teller: FriendsTeller) -> CouponMaker:
        return CouponMaker(
            self._config.shops,
            self._engine.programme.currency,
            self._stores.writer,
            self._stores.machine,
            clock=self._clock,
            made=teller.wake,
        )
