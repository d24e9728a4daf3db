"""Implements getUpdates and the webhook methods; a webhook here only blocks polling."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.world import World

LONGEST_POLL_S = 50
LARGEST_BATCH = 100


async def get_updates(world: World, call: Call) -> list[Json]:
    """Returns the updates after `offset`, at most `limit` (1 to 100), waiting up to `timeout` seconds for one."""
    limit = call.get("limit", LARGEST_BATCH)
    return await world.updates.get(
        offset=call.get("offset", 0),
        limit=limit if 1 <= limit <= LARGEST_BATCH else LARGEST_BATCH,
        timeout=min(call.get("timeout", 0), LONGEST_POLL_S),
        allowed=call.get("allowed_updates"),
    )


async def delete_webhook(world: World, call: Call) -> bool:
    """Removes the webhook, and waiting updates where requested."""
    world.updates.webhook_url = ""
    if call.get("drop_pending_updates"):
        world.updates.drop_pending()
    return True


async def get_webhook_info(world: World, _call: Call) -> Json:
    """Returns the webhook's address (empty for none) and the number of waiting updates."""
    return {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
