"""Plays the story's morning: links, friends, and repeated invitations without effect."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bot.kit.formatting import Code, Term
from bot.playground.card import ChatCard
from bot.playground.story.stage import Actor, Stage

UPLINE: Final = ("nader", "babak", "sara", "maryam")
"""Each was invited by the one before; Maryam is the seller."""
PNG: Final = b"\x89PNG"


async def first_link(stage: Stage) -> None:
    """Plays a newcomer's card, then the link with its picture and a text ready to forward."""
    nader = await stage.enter("nader")
    await nader.writes("/start")
    card = await nader.sees("home-newcomer", shop=stage.words.shop("name"))
    await _get_link(stage, "nader", nader, card)


async def upline(stage: Stage) -> None:
    """Plays the upline: everyone is notified when a friend arrives and when that friend has joined."""
    for sponsor, friend in pairwise(UPLINE):
        card = await _follow(stage, sponsor, friend)
        await _get_link(stage, friend, await stage.enter(friend), card)
        inviter = await stage.enter(sponsor)
        await inviter.sees("notice-friend-joined", friend=stage.words.name(friend))


async def friend(stage: Stage) -> None:
    """Plays the friend's view: who invited him, and the programme's welcome."""
    await _follow(stage, "maryam", "karim")


async def other_link(stage: Stage) -> None:
    """Plays a second invitation: the first sponsor wins; the friend and the other inviter are told."""
    karim, nader = await stage.enter("karim"), await stage.enter("nader")
    await karim.opens(stage.links["nader"])
    await karim.sees("code-of-another", inviter=stage.words.name("maryam"))
    await karim.sees("home-friend", news=Term("home-inviter", inviter=stage.words.name("maryam")))
    await nader.sees("friend-was-here", friend=stage.words.name("karim"))


async def own_link(stage: Stage) -> None:
    """Plays a self-invitation, which has no effect."""
    nader = await stage.enter("nader")
    await nader.opens(stage.links["nader"])
    await nader.sees("code-own")
    await nader.sees("home-member")


async def _follow(stage: Stage, sponsor: str, friend: str) -> ChatCard:
    words = stage.words
    newcomer, inviter = await stage.enter(friend), await stage.enter(sponsor)
    await newcomer.opens(stage.links[sponsor])
    card = await newcomer.sees(
        "home-friend", news=Term("home-inviter", inviter=words.name(sponsor)), shop=words.shop("name")
    )
    await inviter.sees("notice-first-friend", came=Term("notice-friend-came", friend=words.name(friend)))
    return card


async def _get_link(stage: Stage, who: str, actor: Actor, home: ChatCard) -> None:
    """Checks that the link and the code can be copied, and that the picture is one."""
    await actor.presses(home, "button-get-link")
    poster = await actor.sees("link-to-forward")
    card = await actor.sees("link-card")
    link, code = sorted(card.copy_texts, key=len, reverse=True)
    if link not in card.text or code not in card.text:
        raise AssertionError(f"{who}'s link card lacks link or code: {card!r}")
    if link not in poster.text or not (poster.photo or b"").startswith(PNG):
        raise AssertionError(f"{who}'s poster lacks link or picture: {poster!r}")
    stage.links[who], stage.codes[who] = link, code


def code_of(stage: Stage, who: str) -> Code:
    """Returns a member's invitation code as texts show it."""
    return Code(stage.codes[who])
