"""Handles /settings: notices, their frequency and time, zone, language and quiet hours."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from bot.kit.buttons import Press, Style
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Command, Feature, on, on_plain
from bot.kit.formatting import Choice, Code, Hour, Term
from bot.kit.home_button import back_home
from bot.kit.pagination import in_rows
from bot.kit.preferences import FREQUENCIES, GATHERS, GROUPS, ChosenPreferences, Group, Preferences, Quiet
from handlers.chat.buttons import OpenLanguage, OpenSettings
from handlers.chat.settings_buttons import (
    ChooseFrequency,
    ChooseGather,
    ChooseHour,
    ChooseQuiet,
    ChooseZone,
    OpenDigest,
    OpenGather,
    OpenQuiet,
    OpenZones,
    SetAlways,
    SwitchBroadcasts,
    SwitchGroup,
)
from handlers.chat.zones import ZONES, zone_name, zone_named

QUIETS: Final = (Quiet(21, 8), Quiet(22, 7), Quiet(22, 8), Quiet(23, 7), Quiet(23, 8), Quiet(0, 8))
HOURS_A_ROW: Final = 4
ZONE_EXAMPLE: Final = "/settings Tokyo"


async def settings(ctx: Context) -> None:
    """Handles /settings [ZONE], for a zone that is not in the short list. Raises UnknownZone."""
    if not ctx.words:
        await show_settings(ctx)
        return
    zone = zone_named(" ".join(ctx.words))
    await _choose(ctx, lambda preferences: replace(preferences, zone=None if zone == ctx.bot.zone else zone), _show)


async def show_settings(ctx: Context, button: OpenSettings | None = None) -> None:
    """Shows the current settings, a switch for each kind of message, and the way to the rest."""
    await _show(ctx, await _held(ctx), new=button is not None and button.fresh)


async def _show(ctx: Context, held: Preferences, *, new: bool = False) -> None:
    switches = [_switch(group, on=group not in held.muted) for group in GROUPS]
    broadcasts = await ctx.broadcasts.wanted_by(ctx.person.id)
    rows = [
        *in_rows(switches, 2),
        [Press("button-settings-broadcasts", SwitchBroadcasts(not broadcasts), state=_on(broadcasts))],
        [Press("button-settings-gather", OpenGather()), Press("button-settings-digest", OpenDigest())],
        [Press("button-settings-zone", OpenZones()), Press("button-settings-quiet", OpenQuiet())],
        [Press("button-language", OpenLanguage())],
        back_home(),
    ]
    ctx.say(
        "settings-card",
        rows=rows,
        new=new,
        gather=_gather_line(held),
        digest=digest_line(held),
        zone=zone_name(held.zone),
        quiet=_quiet(held.quiet),
    )


def _switch(group: Group, *, on: bool) -> Press:
    return Press("button-settings-group", SwitchGroup(group, not on), group=Choice(group), state=_on(on))


def _on(on: bool) -> Choice:
    return Choice("on" if on else "off")


def digest_line(held: Preferences) -> Term:
    """Tells how often the digest comes, and at which hour."""
    return Term("settings-digest-line", digest=Choice(held.digest), hour=Hour(held.hour))


def _gather_line(held: Preferences) -> Term:
    """Tells how often commissions come; to who has chosen nothing, that a busy day makes it hourly."""
    chosen = "by-itself" if held.may_become_hourly else held.gather
    return Term("settings-gather-line", gather=Choice(chosen), hour=Hour(held.hour))


def _quiet(quiet: Quiet) -> Term:
    any_ = Choice("yes" if quiet else "no")
    return Term("settings-quiet-line", any=any_, begins=Hour(quiet.begins), ends=Hour(quiet.ends))


async def switch_group(ctx: Context, button: SwitchGroup) -> None:
    """Sets a kind of notice to the state that the button names, so that a second press changes nothing."""
    group, on = button.group, button.on
    await _choose(ctx, lambda preferences: preferences.switched(group, ctx.bot.defaults, on=on), _show)


async def switch_broadcasts(ctx: Context, button: SwitchBroadcasts) -> None:
    """Switches broadcasts, as the buttons under each of them do, too."""
    if button.on:
        await ctx.broadcasts.accept(ctx.person.id)
    else:
        await ctx.broadcasts.decline(ctx.person.id, ctx.now)
    ctx.toast("toast-settings-kept")
    await show_settings(ctx)


async def show_digest(ctx: Context) -> None:
    """Shows the digest's frequency and hour, and whether it comes without news."""
    await _show_digest(ctx, await _held(ctx))


async def _show_digest(ctx: Context, held: Preferences) -> None:
    often = [
        Press("button-settings-frequency", ChooseFrequency(each), _chosen(each == held.digest), digest=Choice(each))
        for each in FREQUENCIES
    ]
    hours = [
        Press("button-settings-hour", ChooseHour(hour), _chosen(hour == held.hour), hour=Hour(hour))
        for hour in range(24)
    ]
    rows = [
        *in_rows(often, 2),
        *(in_rows(hours, HOURS_A_ROW) if held.digest != "off" else []),
        [Press("button-settings-always", SetAlways(not held.always), state=_on(held.always))],
        [Press("button-back", OpenSettings())],
    ]
    ctx.say("settings-digest", rows=rows, now=digest_line(held))


async def choose_frequency(ctx: Context, button: ChooseFrequency) -> None:
    """Sets the days on which it comes."""
    digest = button.digest
    await _choose(ctx, lambda preferences: replace(preferences, digest=digest), _show_digest)


async def choose_hour(ctx: Context, button: ChooseHour) -> None:
    """Sets its hour. Callback data is input: 0 to 23."""
    hour = button.hour
    if hour not in range(24):
        raise StaleButton
    await _choose(ctx, lambda preferences: replace(preferences, hour=hour), _show_digest)


async def set_always(ctx: Context, button: SetAlways) -> None:
    """Sets whether it comes without news, too."""
    on = button.on
    await _choose(ctx, lambda preferences: replace(preferences, always=on), _show_digest)


async def show_gather(ctx: Context) -> None:
    """Shows how often commissions can be told: at once, hourly, or daily at the digest's hour."""
    held = await _held(ctx)
    often = [
        [
            Press(
                "button-settings-often",
                ChooseGather(each),
                _chosen(each == held.gather),
                gather=Choice(each),
                hour=Hour(held.hour),
            )
        ]
        for each in GATHERS
    ]
    ctx.say("settings-gather", rows=[*often, [Press("button-back", OpenSettings())]], now=_gather_line(held))


async def choose_gather(ctx: Context, button: ChooseGather) -> None:
    """Sets how often commissions are told; what waits already comes when it was due, or at once."""
    gather = button.gather
    await _choose(ctx, lambda preferences: replace(preferences, gather=gather), _show)


async def show_zones(ctx: Context) -> None:
    """Shows a short list of zones, and the programme's own."""
    held = await _held(ctx)
    zones = dict.fromkeys((ctx.bot.zone, *ZONES))
    choices = [
        Press("button-settings-zone-name", ChooseZone(zone), _chosen(zone == held.zone), zone=zone_name(zone))
        for zone in zones
    ]
    rows = [*in_rows(choices, 3), [Press("button-back", OpenSettings())]]
    ctx.say("settings-zones", rows=rows, zone=zone_name(held.zone), example=Code(ZONE_EXAMPLE))


async def choose_zone(ctx: Context, button: ChooseZone) -> None:
    """Sets the zone; the programme's own is followed when it changes."""
    zone = button.zone
    if zone not in (ctx.bot.zone, *ZONES):
        raise StaleButton
    await _choose(ctx, lambda preferences: replace(preferences, zone=None if zone == ctx.bot.zone else zone), _show)


async def show_quiet(ctx: Context) -> None:
    """Shows some usual quiet hours, and none."""
    held = await _held(ctx)
    nights = [
        Press(
            "button-settings-night",
            ChooseQuiet(each.begins, each.ends),
            _chosen(each == held.quiet),
            begins=Hour(each.begins),
            ends=Hour(each.ends),
        )
        for each in QUIETS
    ]
    rows = [
        [Press("button-settings-no-quiet", ChooseQuiet(0, 0), _chosen(not held.quiet))],
        *in_rows(nights, 2),
        [Press("button-back", OpenSettings())],
    ]
    ctx.say("settings-quiet", rows=rows, quiet=_quiet(held.quiet))


async def choose_quiet(ctx: Context, button: ChooseQuiet) -> None:
    """Sets the quiet hours; notices deferred in them come as one message afterwards."""
    quiet = Quiet(button.begins, button.ends)
    if quiet not in (Quiet(), *QUIETS):
        raise StaleButton
    await _choose(ctx, lambda preferences: replace(preferences, quiet=quiet), _show)


def _chosen(chosen: bool) -> Style | None:
    return "primary" if chosen else None


async def _held(ctx: Context) -> Preferences:
    return (await ctx.preferences.of(ctx.person.id)).over(ctx.bot.defaults, ctx.bot.zone)


async def _choose(
    ctx: Context,
    change: Callable[[ChosenPreferences], ChosenPreferences],
    show: Callable[[Context, Preferences], Awaitable[None]],
) -> None:
    """Saves a choice, and shows it on the page."""
    preferences = change(await ctx.preferences.of(ctx.person.id))
    ctx.choose_preferences(preferences)
    ctx.toast("toast-settings-kept")
    await show(ctx, preferences.over(ctx.bot.defaults, ctx.bot.zone))


FEATURE = Feature(
    "settings",
    commands=(Command("settings", settings),),
    buttons=(
        on(OpenSettings, show_settings),
        on(SwitchGroup, switch_group),
        on(SwitchBroadcasts, switch_broadcasts),
        on_plain(OpenDigest, show_digest),
        on(ChooseFrequency, choose_frequency),
        on(ChooseHour, choose_hour),
        on(SetAlways, set_always),
        on_plain(OpenGather, show_gather),
        on(ChooseGather, choose_gather),
        on_plain(OpenZones, show_zones),
        on(ChooseZone, choose_zone),
        on_plain(OpenQuiet, show_quiet),
        on(ChooseQuiet, choose_quiet),
    ),
)
