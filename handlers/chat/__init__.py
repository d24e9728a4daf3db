"""Registers the features of the chat. A new one is its module, its import and a line here."""

from typing import Final

from bot.kit.feature import Feature
from handlers.chat.admin.adjust import FEATURE as ADJUST
from handlers.chat.admin.admins import FEATURE as ADMINS
from handlers.chat.admin.broadcast import FEATURE as BROADCAST
from handlers.chat.admin.commission_batches import FEATURE as APPROVALS
from handlers.chat.admin.commissions import FEATURE as COMMISSIONS
from handlers.chat.admin.confirmation import FEATURE as DROP
from handlers.chat.admin.held_for_review import FEATURE as ASIDE
from handlers.chat.admin.home import FEATURE as ADMIN
from handlers.chat.admin.import_orders import FEATURE as IMPORT
from handlers.chat.admin.member import FEATURE as MEMBER
from handlers.chat.admin.member_commissions import FEATURE as MEMBER_COMMISSIONS
from handlers.chat.admin.offer import FEATURE as OFFER
from handlers.chat.admin.pending import FEATURE as PENDING
from handlers.chat.admin.person_commands import FEATURE as PERSON_COMMANDS
from handlers.chat.admin.programme_card import FEATURE as PROGRAMME
from handlers.chat.admin.purchase import FEATURE as PURCHASE
from handlers.chat.admin.purchase_answers import FEATURE as PURCHASE_QUESTIONS
from handlers.chat.admin.questions import FEATURE as QUESTIONS
from handlers.chat.admin.rate import FEATURE as RATE
from handlers.chat.admin.refund import FEATURE as REFUND
from handlers.chat.admin.rejection import FEATURE as REJECTION
from handlers.chat.admin.request_batches import FEATURE as BATCHES
from handlers.chat.admin.shop_problems import FEATURE as SHOP_PROBLEMS
from handlers.chat.admin.stats import FEATURE as STATS
from handlers.chat.admin.stats_picture import FEATURE as STATS_PICTURE
from handlers.chat.admin.suspension import FEATURE as SUSPENSION
from handlers.chat.admin.why import FEATURE as WHY_FOR_ADMINS
from handlers.chat.admin.withdrawals import FEATURE as DECISIONS
from handlers.chat.balance import FEATURE as BALANCE
from handlers.chat.buy import FEATURE as BUY
from handlers.chat.cancel_withdrawal import FEATURE as CANCEL_WITHDRAWAL
from handlers.chat.claim import FEATURE as CLAIM
from handlers.chat.earnings import FEATURE as EARNINGS
from handlers.chat.friend_explained import FEATURE as FRIEND_EXPLAINED
from handlers.chat.friends import FEATURE as FRIENDS
from handlers.chat.help import FEATURE as HELP
from handlers.chat.history import FEATURE as HISTORY
from handlers.chat.language import FEATURE as LANGUAGE
from handlers.chat.legs_picture import FEATURE as LEGS_PICTURE
from handlers.chat.link import FEATURE as LINK
from handlers.chat.links import FEATURE as LINKS
from handlers.chat.links_picture import FEATURE as LINKS_PICTURE
from handlers.chat.more import FEATURE as MORE
from handlers.chat.offers import FEATURE as OFFERS
from handlers.chat.own_id import FEATURE as OWN_ID
from handlers.chat.payments import FEATURE as PAYMENTS
from handlers.chat.poster import FEATURE as POSTER
from handlers.chat.privacy import FEATURE as PRIVACY
from handlers.chat.rank import FEATURE as RANK
from handlers.chat.rank_picture import FEATURE as RANK_PICTURE
from handlers.chat.ready_texts import FEATURE as READY
from handlers.chat.settings import FEATURE as SETTINGS
from handlers.chat.share import FEATURE as SHARE
from handlers.chat.shop import FEATURE as SHOP
from handlers.chat.start import FEATURE as START
from handlers.chat.stop_broadcasts import FEATURE as STOP_BROADCASTS
from handlers.chat.support import FEATURE as SUPPORT
from handlers.chat.support_offers import FEATURE as UNEXPECTED
from handlers.chat.team import FEATURE as TEAM
from handlers.chat.team_picture import FEATURE as TEAM_PICTURE
from handlers.chat.why import FEATURE as WHY
from handlers.chat.why_picture import FEATURE as WHY_PICTURE
from handlers.chat.withdraw import FEATURE as WITHDRAW

FEATURES: Final[tuple[Feature, ...]] = (
    START,
    MORE,
    LINK,
    POSTER,
    SHARE,
    CLAIM,
    LINKS,
    LINKS_PICTURE,
    READY,
    BALANCE,
    HISTORY,
    EARNINGS,
    WHY,
    WHY_PICTURE,
    TEAM,
    TEAM_PICTURE,
    LEGS_PICTURE,
    FRIENDS,
    FRIEND_EXPLAINED,
    RANK,
    RANK_PICTURE,
    OFFERS,
    BUY,
    WITHDRAW,
    CANCEL_WITHDRAWAL,
    SHOP,
    SETTINGS,
    LANGUAGE,
    OWN_ID,
    HELP,
    SUPPORT,
    PRIVACY,
    ADMIN,
    STATS,
    STATS_PICTURE,
    PENDING,
    DECISIONS,
    REJECTION,
    BATCHES,
    COMMISSIONS,
    APPROVALS,
    MEMBER_COMMISSIONS,
    PURCHASE,
    PURCHASE_QUESTIONS,
    IMPORT,
    REFUND,
    ADJUST,
    MEMBER,
    PERSON_COMMANDS,
    SUSPENSION,
    WHY_FOR_ADMINS,
    BROADCAST,
    ASIDE,
    OFFER,
    RATE,
    PROGRAMME,
    ADMINS,
    SHOP_PROBLEMS,
    QUESTIONS,
    DROP,
    PAYMENTS,
    STOP_BROADCASTS,
    UNEXPECTED,
)
"""In the order in which the menu of commands lists them."""


def features(*, with_shops: bool, with_products: bool, with_support: bool = False) -> tuple[Feature, ...]:
    """Returns the features that a bot offers: those for shops only if one is connected, buying only if something is
    sold, support only if there is some.
    """
    missing = {SHOP.name: not with_shops, BUY.name: not with_products, SUPPORT.name: not with_support}
    return tuple(each for each in FEATURES if not missing.get(each.name, False))
