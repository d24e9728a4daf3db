"""Wires the referral programme's services: friends and their rewards."""

from collections.abc import Awaitable

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
from bot.runtime.ticker import Recurring
from bot.shops.coupons import CouponMaker
from bot.store.preferences import CachedPreferences
from engine.codes import new_link_code, new_word
from handlers.notices.friends import decided, gift_given, set_aside


class ReferralWiring:
    """Holds the referral services. `rules` are the configuration's; `book` is the service that handlers call."""

    def __init__(self, services: Services) -> None:
        self._services = services
        config, random = services.config, services.random
        self.rules = FriendRules(
            rewards_of(config.rewards, config.folder), share_of(config.share), caution_of(config.caution)
        )
        self._giving = RewardIssuer(self.rules.rewards, self.rules.share, lambda: new_word(random))
        self.book = FriendsBook(
            services.engine,
            services.stores.machine,
            self.rules,
            giving=self._giving,
            now=services.clock.now,
            new_code=lambda: new_link_code(random),
            changed=services.signals.friends_changed,
        )

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled."""
        jobs: list[Awaitable[None]] = [self._relay().run()]
        if self.rules.rewards:
            jobs.append(self._purchases().run())
        return jobs

    def recurring(self) -> list[Recurring]:
        """Returns the recurring work."""
        share = self.rules.share
        has_coupons = any((*(each.shop for each in self.rules.rewards.values()), share and share.shop))
        return [self._coupons().recurring()] if has_coupons else []

    def _relay(self) -> OutboxRelay:
        services = self._services
        renderers = Renderers(
            gift=lambda gift, to: gift_given(gift, to, services.notice_renderer()),
            set_aside=lambda held, to: set_aside(held, to, services.notice_renderer()),
            decided=lambda what, to: decided(what, to, services.notice_renderer()),
        )
        news = FriendsNews(services.stores.machine, services.people, renderers, self._may_wait)
        signals = services.signals
        announced_by = (signals.friends_changed, signals.reward_given, signals.coupon_made)
        return services.relay(news, "referral notifications", *announced_by)

    async def _may_wait(self, gift: Gift, owner: Person) -> bool:
        """Returns whether the reward's notification may wait.

        Welcome rewards are sent at once: their owner is in the chat.
        """
        reward = self.rules.rewards.get(gift.reward)
        if reward is None or reward.when == "coming":
            return False
        bot, now = self._services.facts(), self._services.clock.now()
        preferences = (await CachedPreferences(self._services.stores.machine).of(owner.id)).over(bot.defaults, bot.zone)
        return quiet_until(preferences.quiet, preferences.zone, now) > now

    def _purchases(self) -> FirstPurchases:
        services = self._services
        return FirstPurchases(
            services.engine,
            services.outbox,
            self.rules.rewards,
            self._giving,
            clock=services.clock,
            given=services.signals.reward_given,
        )

    def _coupons(self) -> CouponMaker:
        services = self._services
        return CouponMaker(
            services.config.shops,
            services.engine.programme.currency,
            services.stores.writer,
            services.stores.machine,
            clock=services.clock,
            made=services.signals.coupon_made,
        )
