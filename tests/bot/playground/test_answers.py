"""What the server answers is held against the contract too: each method's result, and every update."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.playground import Phone, Playground
from bot.playground.check import Checker
from bot.playground.methods import all_methods
from bot.playground.spec import load_spec

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
HTML = {"text": '<b>x</b> /start <a href="tg://user?id=101">n</a>', "parse_mode": "HTML"}
CARD = {"type": "article", "id": "a", "title": "A", "input_message_content": {"message_text": "x"}}


async def test_every_method_answers_what_the_contract_says(
    server: Playground, nader: Phone, call: Call, clock: Callable[[], int]
) -> None:
    await nader.send_photo()
    await nader.send_document()
    photo_update, document_update = (await call("getUpdates"))["result"][-2:]
    photo = photo_update["message"]["photo"][-1]["file_id"]
    document = document_update["message"]["document"]["file_id"]
    to = {"chat_id": nader.id}
    case = {
        "title": "a",
        "description": "b",
        "payload": "c",
        "currency": "XTR",
        "prices": [{"label": "a", "amount": 1}],
    }
    invoice = (await call("sendInvoice", **to, **case))["result"]["message_id"]
    checkout = (await server.post(f"users/{nader.id}/pay", {"message_id": invoice}))["checkout_id"]
    typed = await server.post(f"users/{nader.id}/inline", {"query": "a"})
    charge = f"stars-{clock()}-1"
    commands = {"commands": [{"command": "start", "description": "Begin"}]}
    script: list[tuple[str, Json]] = [
        ("getMe", {}), ("getUpdates", {}), ("getWebhookInfo", {}), ("deleteWebhook", {}),
        ("sendMessage", {**to, **HTML, "reply_markup": KEYBOARD}), ("sendPhoto", {**to, "photo": photo}),
        ("sendMessage", {**to, "text": "reply", "reply_parameters": {"message_id": 5}}),
        ("copyMessage", {**to, "from_chat_id": nader.id, "message_id": 1}),
        ("forwardMessage", {**to, "from_chat_id": nader.id, "message_id": 1}),
        ("sendDocument", {**to, "document": document, "caption": "c"}), ("sendChatAction", {**to, "action": "typing"}),
        ("editMessageText", {**to, "message_id": 5, "text": "y"}),
        ("editMessageReplyMarkup", {**to, "message_id": 5, "reply_markup": KEYBOARD}),
        ("editMessageCaption", {**to, "message_id": 6, "caption": "c"}),
        ("editMessageMedia", {**to, "message_id": 6, "media": {"type": "document", "media": document}}),
        ("deleteMessage", {**to, "message_id": 6}),
        ("answerCallbackQuery", {"callback_query_id": await nader.press_raw("a", 1)}),
        ("answerInlineQuery", {"inline_query_id": typed["query_id"], "results": [CARD]}),
        ("sendInvoice", {**to, **case}), ("answerPreCheckoutQuery", {"pre_checkout_query_id": checkout, "ok": True}),
        ("refundStarPayment", {"user_id": nader.id, "telegram_payment_charge_id": charge}),
        ("getStarTransactions", {}),
        ("setMyCommands", commands), ("getMyCommands", {}), ("deleteMyCommands", {}),
        ("setMyName", {"name": "x"}), ("getMyName", {}), ("setMyDescription", {}), ("getMyDescription", {}),
        ("setMyShortDescription", {}), ("getMyShortDescription", {}),
        ("setChatMenuButton", {}), ("getChatMenuButton", {}),
        ("getFile", {"file_id": photo}), ("getChat", to), ("logOut", {}), ("close", {}),
    ]  # fmt: skip
    assert {method for method, _ in script} == all_methods().keys()
    spec = load_spec()
    for method, params in script:
        answer = await call(method, **params)
        assert answer["ok"], (method, answer)
        returns = spec.methods[method.lower()].returns
        Checker(spec).verify(answer["result"], returns, method)
    await server.assert_no_violations()


async def test_every_update_is_what_the_contract_says(server: Playground, nader: Phone, call: Call) -> None:
    await call("sendMessage", chat_id=nader.id, **HTML, reply_markup=KEYBOARD)
    await (await nader.receives("x")).tap("A")
    await nader.send_sticker()
    group = -100
    await server.add_group(group, "Support", topics=[7])
    said = await nader.send("here", chat_id=group)
    await nader.send("and there", chat_id=group, reply_to=said, anonymous=True)
    await nader.edit(said, "Here", chat_id=group)
    await nader.forward(nader, "elsewhere")
    await nader.send_voice()
    await nader.send_poll()
    await nader.send_photo(album="a1")
    await server.change_group(group, moved_to=-1_000)
    await nader.block()
    await nader.unblock()
    await nader._playground.post(f"users/{nader.id}/inline", {"query": "a"})
    updates = (await call("getUpdates"))["result"]
    kinds = [kind for update in updates for kind in update if kind != "update_id"]
    assert kinds == [
        *("message", "callback_query", "message"),
        *("message", "message", "edited_message", "message", "message", "message", "message", "message"),
        *("my_chat_member", "my_chat_member", "inline_query"),
    ]
    for update in updates:
        Checker(load_spec()).verify(update, ["Update"], "update")
