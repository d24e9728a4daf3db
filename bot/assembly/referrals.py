"""Wires the referral programme's services: friends and their rewards."""

from collections.abc import Awaitable, Callable

from bot.assembly.services import Services
from bot.config.rewards import caution_of, rewards_of, share_of
from bot.kit.person import Person
from bot.kit.quiet_hours import quiet_until
from bot.kit.rewards import Gift
from bot.notifications.relay import OutboxRelay
from bot.referrals.first_purchase_rewards import FirstPurchases
from bot.referrals.notifications import FriendsNews, Renderers
from bot.referrals.reward_issuing import RewardIssuer
from bot.referrals.service import FriendRules, FriendsBook
from bot.shops.coupons import CouponMaker
from bot.store.preferences import CachedPreferences
from engine.codes import new_link_code, new_word
from handlers.notices.friends import decided, gift_given, set_aside


class ReferralWiring:
    """Holds the referral services. `rules` are the configuration's; `book` is the service that handlers call."""

    def __init__(self, ground: Services) -> None:
        self._ground = ground
        config, random = ground.config, ground.random
        self.rules = FriendRules(
            rewards_of(config.rewards, config.folder), share_of(config.share), caution_of(config.caution)
        )
        self._giving = RewardIssuer(self.rules.rewards, self.rules.share, lambda: new_word(random))
        self._wake: Callable[[], None] = lambda: None
        self._has_news = False
        self.book = FriendsBook(
            ground.engine,
            ground.stores.machine,
            self.rules,
            giving=self._giving,
            now=ground.clock.now,
            new_code=lambda: new_link_code(random),
            stirred=self.stirred,
        )

    def stirred(self) -> None:
        """Marks that there may be notifications to send after the current update."""
        self._has_news = True

    def committed(self) -> None:
        """Wakes the relay after an update, so that notifications about friends follow the update's own answer."""
        if self._has_news:
            self._has_news = False
            self._wake()

    def tasks(self, written: Callable[[], None]) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled; they call `written` after adding to the outbox."""
        teller = self._teller(written)
        self._wake = teller.wake
        jobs: list[Awaitable[None]] = [teller.run()]
        if self.rules.rewards:
            jobs.append(self._purchases(teller).run())
        if any((*(each.shop for each in self.rules.rewards.values()), self.rules.share and self.rules.share.shop)):
            jobs.append(self._coupons(teller).run())
        return jobs

    def _teller(self, written: Callable[[], None]) -> OutboxRelay:
        ground = self._ground
        renderers = Renderers(
            gift=lambda gift, to: gift_given(gift, to, ground.notice_desk()),
            set_aside=lambda aside, to: set_aside(aside, to, ground.notice_desk()),
            decided=lambda what, to: decided(what, to, ground.notice_desk()),
        )
        news = FriendsNews(ground.stores.machine, ground.people, renderers, self._may_wait)
        return ground.teller(news, "referral notifications", written)

    async def _may_wait(self, gift: Gift, owner: Person) -> bool:
        """Returns whether the reward's notification may wait.

        Welcome rewards are sent at once: their owner is in the chat.
        """
        reward = self.rules.rewards.get(gift.reward)
        if reward is None or reward.when == "coming":
            return False
        bot, now = self._ground.facts(), self._ground.clock.now()
        wishes = (await CachedPreferences(self._ground.stores.machine).of(owner.id)).over(bot.defaults, bot.zone)
        return quiet_until(wishes.quiet, wishes.zone, now) > now

    def _purchases(self, teller: OutboxRelay) -> FirstPurchases:
        ground = self._ground
        return FirstPurchases(
            ground.engine, ground.outbox, self.rules.rewards, self._giving, clock=ground.clock, given=teller.wake
        )

    def _coupons(self, teller: OutboxRelay) -> CouponMaker:
        ground = self._ground
        return CouponMaker(
            ground.config.shops,
            ground.engine.programme.currency,
            ground.stores.writer,
            ground.stores.machine,
            clock=ground.clock,
            made=teller.wake,
        )
