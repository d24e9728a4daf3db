"""Serves the control interface, by which tests, the demo and a page act as people: `/control/...`, JSON over HTTP.

Every answer but a file is `{"ok": true, "result": ...}`, or `{"ok": false, "error": ...}` with status 400 for an
impossible action and 404 for a missing object.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.kit.json import Json
from bot.playground import acts, orders, shown_people
from bot.playground.api import json_answer
from bot.playground.chats import Message, User
from bot.playground.methods.payments import give_back
from bot.playground.refusals import ApiRefusal
from bot.playground.world import World

Answer = Callable[[Request], Awaitable[Any]]
OrderT = TypeVar("OrderT", bound=orders.UserAction)

LONGEST_WAIT_S = 60.0


class Control:
    """Serves people's actions and observers' queries, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Returns the routes that make up the interface."""
        person = "/control/users/{user_id:int}"
        table: list[tuple[str, str, Answer]] = [
            ("GET", "/control/bot", self.about),
            ("POST", "/control/users", self.add_user),
            ("POST", "/control/groups", self.add_group),
            ("POST", "/control/groups/{chat_id}", self.change_group),
            ("POST", person + "/say", self.say),
            ("POST", person + "/forward", self.forward),
            ("POST", person + "/contact", self.contact),
            ("POST", person + "/edit", self.edit),
            ("POST", person + "/open", self.open_link),
            ("POST", person + "/press", self.press),
            ("POST", person + "/inline", self.type_name),
            ("POST", person + "/choose", self.choose),
            ("POST", person + "/pay", self.pay),
            ("POST", person + "/refund", self.give_back),
            ("POST", person + "/photo", self.photo),
            ("POST", person + "/document", self.document),
            ("POST", person + "/voice", self.voice),
            ("POST", person + "/poll", self.poll),
            ("POST", person + "/sticker", self.sticker),
            ("POST", person + "/block", self.block),
            ("POST", person + "/unblock", self.unblock),
            ("GET", person + "/commands", self.commands),
            ("GET", "/control/profile", self.profile),
            ("GET", "/control/chats/{chat_id}", self.read_chat),  # a group's id is negative, which `int` rejects
            ("GET", "/control/chats/{chat_id}/messages/{message_id:int}", self.read_message),
            ("GET", "/control/events", self.events),
            ("GET", "/control/queries/{query_id}", self.answered),
            ("GET", "/control/inline/{query_id}", self.offered),
            ("GET", "/control/checkouts/{checkout_id}", self.paid),
            ("GET", "/control/files/{file_id}", self.file),
            ("GET", "/control/faults", self.faults_left),
            ("POST", "/control/faults", self.plan_fault),
            ("DELETE", "/control/faults", self.clear_faults),
            ("PUT", "/control/conditions", self.conditions),
            ("GET", "/control/calls", self.calls),
            ("GET", "/control/counts", self.counts),
            ("GET", "/control/violations", self.violations),
            ("GET", "/control/updates", self.pending),
            ("POST", "/control/updates", self.inject),
            ("POST", "/control/updates/{update_id:int}/again", self.deliver_again),
            ("PUT", "/control/webhook", self.webhook),
        ]
        return [Route(path, answering(answer), methods=[method]) for method, path, answer in table]

    async def about(self, _request: Request) -> Json:
        """Returns the bot's identity."""
        return {**self._world.bot, "token": self._world.settings.token}

    async def add_user(self, request: Request) -> Json:
        """Gives a person a phone."""
        return acts.join(self._world, (await order(request, orders.NewUser)).user()).as_json()

    async def add_group(self, request: Request) -> Json:
        """Makes a group."""
        group = await order(request, orders.NewGroup)
        return acts.found_group(self._world, group.id, group.title, group.topics).as_json()

    async def change_group(self, request: Request) -> Json:
        """Removes the bot from a group or lets it back, takes its rights, or makes a supergroup of the group."""
        change, chat_id = await order(request, orders.ChangeGroup), int(request.path_params["chat_id"])
        if change.moved_to is not None:
            return acts.migrate_group(self._world, chat_id, change.moved_to).as_json()
        group = self._world.chats[chat_id]
        group.refusal = change.refusal
        return group.as_json()

    async def say(self, request: Request) -> Json:
        """Sends a text as a person."""
        said = await order(request, orders.Say)
        place = acts.Place(said.chat_id, said.reply_to, said.topic, anonymous=said.anonymous)
        return acts.say(self._world, self._user(request), said.text, place).as_json()

    async def edit(self, request: Request) -> Json:
        """Changes a person's text."""
        edited, user = await order(request, orders.Edit), self._user(request)
        message = acts.find_message(self._world, edited.chat_id or user.id, edited.message_id)
        return acts.edit(self._world, user, message, edited.text).as_json()

    async def forward(self, request: Request) -> Json:
        """Forwards another person's text to the bot."""
        asked = await order(request, orders.Forward)
        author = self._world.users[asked.author]
        content = shown_people.forwarded(self._world, author, asked.text, hidden=asked.hidden)
        return acts.write(self._world, self._user(request), content).as_json()

    async def contact(self, request: Request) -> Json:
        """Sends another person's contact card to the bot."""
        asked = await order(request, orders.SendContact)
        content = shown_people.contact(self._world.users[asked.of], without_account=asked.without_account)
        return acts.write(self._world, self._user(request), content).as_json()

    async def open_link(self, request: Request) -> Json:
        """Opens a deep link as a person."""
        opened = await order(request, orders.FollowLink)
        return acts.open_link(self._world, self._user(request), opened.link).as_json()

    async def press(self, request: Request) -> Json:
        """Presses a button as a person; returns the press's number, with which its answer is read."""
        pressed = await order(request, orders.PressButton)
        user = self._user(request)
        chat_id = pressed.chat_id or user.id
        find = acts.vanished if pressed.gone else acts.find_message
        message = find(self._world, chat_id, pressed.message_id)
        data = pressed.data if pressed.data is not None else acts.button_data(message, pressed.label or "")
        return {"query_id": acts.press(self._world, user, message, data).id}

    async def type_name(self, request: Request) -> Json:
        """Types the bot's name as a person; returns the query's number, with which the offer is read."""
        typed = await order(request, orders.TypeName)
        return {"query_id": acts.type_name(self._world, self._user(request), typed.query, typed.chat_id).id}

    async def offered(self, request: Request) -> Json | None:
        """Returns the bot's offer, waiting up to `?timeout=` seconds; null without one."""
        return (await self._world.inline.wait(request.path_params["query_id"], wait_of(request))).answer

    async def choose(self, request: Request) -> Json:
        """Sends one of the cards that were offered to this person."""
        chosen = await order(request, orders.Choose)
        query = self._world.inline.find(chosen.query_id)
        if query.user is not self._user(request):
            raise acts.ImpossibleAct("the cards were offered to somebody else")
        return acts.choose(self._world, query, chosen.result_id).as_json()

    async def pay(self, request: Request) -> Json:
        """Pays an invoice as a person; returns the checkout's number, with which its result is read."""
        asked, user = await order(request, orders.Pay), self._user(request)
        message = acts.find_message(self._world, user.id, asked.message_id)
        return {"checkout_id": acts.pay(self._world, user, message).id}

    async def paid(self, request: Request) -> Json:
        """Returns a checkout's result, waiting up to `?timeout=` seconds: the bot's answer and the charge's id."""
        checkout = await self._world.payments.wait(request.path_params["checkout_id"], wait_of(request))
        return {"answer": checkout.answer, "charge": checkout.charge}

    async def give_back(self, request: Request) -> bool:
        """Refunds a person's payment without a request of the bot."""
        asked = await order(request, orders.GiveBack)
        give_back(self._world, self._user(request).id, asked.charge)
        return True

    async def photo(self, request: Request) -> Json:
        """Sends the body as a photo of a person; `?caption=`, and see `place_of`."""
        content = acts.photo(self._world, await request.body(), request.query_params.get("caption", ""))
        return acts.write(self._world, self._user(request), content, place_of(request)).as_json()

    async def document(self, request: Request) -> Json:
        """Sends the body as a document of a person; `?name=`."""
        kind = request.headers.get("content-type", "")
        name = request.query_params.get("name", "file.bin")
        content = acts.document(self._world, name, kind, await request.body())
        return acts.write(self._world, self._user(request), content, place_of(request)).as_json()

    async def voice(self, request: Request) -> Json:
        """Sends the body as a voice message of a person."""
        content = acts.voice(self._world, await request.body())
        return acts.write(self._world, self._user(request), content, place_of(request)).as_json()

    async def poll(self, request: Request) -> Json:
        """Sends a poll as a person."""
        return acts.write(self._world, self._user(request), acts.poll(), place_of(request)).as_json()

    async def sticker(self, request: Request) -> Json:
        """Sends a sticker as a person."""
        sent = await order(request, orders.Sticker)
        return acts.write(self._world, self._user(request), acts.sticker(self._world, sent.emoji)).as_json()

    async def block(self, request: Request) -> bool:
        """Blocks the bot as a person."""
        acts.set_blocked(self._world, self._user(request), blocked=True)
        return True

    async def unblock(self, request: Request) -> bool:
        """Unblocks the bot as a person."""
        acts.set_blocked(self._world, self._user(request), blocked=False)
        return True

    async def commands(self, request: Request) -> list[Json]:
        """Lists the commands in a person's menu."""
        user = self._user(request)
        return self._world.profile.shown_commands(user.id, user.language_code or "")

    async def profile(self, request: Request) -> Json:
        """Returns the bot's texts as people with `?language=` see them."""
        language = request.query_params.get("language", "")
        kinds = ("name", "description", "short_description")
        return {kind: self._world.profile.text(kind, language) for kind in kinds}

    async def read_chat(self, request: Request) -> Json:
        """Reads a chat: its partner, its messages in order, its reply keyboard."""
        chat = self._world.chats.get(int(request.path_params["chat_id"]))
        if chat is None:
            raise KeyError("no such chat")
        return {
            "chat": chat.as_json(),
            "messages": [seen(message) for message in chat.messages.values()],
            "reply_keyboard": chat.reply_keyboard,
        }

    async def read_message(self, request: Request) -> Json:
        """Reads one message's current state."""
        where = request.path_params
        try:
            return seen(acts.find_message(self._world, int(where["chat_id"]), where["message_id"]))
        except acts.ImpossibleAct as problem:
            raise KeyError(problem.problem) from None

    async def events(self, request: Request) -> list[Json]:
        """Lists the events after `?after=`, in `?chat_id=` or everywhere, waiting up to `?timeout=` seconds."""
        query = request.query_params
        chat_id = int(query["chat_id"]) if "chat_id" in query else None
        found = await self._world.events.wait(int(query.get("after", 0)), chat_id, wait_of(request))
        return [event.as_json() for event in found]

    async def answered(self, request: Request) -> Json | None:
        """Returns the answer to a press, waiting up to `?timeout=` seconds; null without one."""
        return await self._world.queries.wait(request.path_params["query_id"], wait_of(request))

    async def file(self, request: Request) -> Response:
        """Returns a file's content."""
        stored = self._world.files.by_id(request.path_params["file_id"])
        return Response(stored.data, media_type=stored.mime)

    async def faults_left(self, _request: Request) -> list[Json]:
        """Lists the faults that have not all occurred yet."""
        return [asdict(fault) for fault in self._world.faults.left]

    async def plan_fault(self, request: Request) -> bool:
        """Plans a fault."""
        self._world.faults.add((await order(request, orders.PlanFault)).fault())
        return True

    async def clear_faults(self, _request: Request) -> bool:
        """Drops every planned fault."""
        self._world.faults.clear()
        return True

    async def conditions(self, request: Request) -> bool:
        """Sets the delay and the limits."""
        wanted = await order(request, orders.Conditions)
        self._world.faults.delay_ms = wanted.delay_ms
        self._world.limits.overall = wanted.overall_per_second
        self._world.limits.per_chat = wanted.per_chat_per_second
        return True

    async def calls(self, request: Request) -> list[Json]:
        """Lists the calls after number `?after=`, of `?method=` or of all."""
        query = request.query_params
        return [record.as_json() for record in self._world.calls.after(int(query.get("after", 0)), query.get("method"))]

    async def counts(self, _request: Request) -> Json:
        """Counts all calls by method."""
        return dict(self._world.calls.counts)

    async def violations(self, _request: Request) -> list[Json]:
        """Lists the violations of the contract."""
        return [violation.as_json() for violation in self._world.calls.violations]

    async def pending(self, _request: Request) -> Json:
        """Returns the number of unconfirmed updates, and the numbers of all."""
        return {"pending": self._world.updates.pending, "ids": list(self._world.updates.history)}

    async def inject(self, request: Request) -> list[int]:
        """Queues updates unchanged; returns their numbers."""
        return [self._world.updates.inject(update) for update in (await order(request, orders.Inject)).updates]

    async def deliver_again(self, request: Request) -> int:
        """Queues a past update once more; returns its number."""
        again = await order(request, orders.DeliverAgain)
        return self._world.updates.deliver_again(request.path_params["update_id"], same_id=again.same_id)

    async def webhook(self, request: Request) -> bool:
        """Sets a webhook, which blocks polling."""
        self._world.updates.webhook_url = (await order(request, orders.Webhook)).url
        return True

    def _user(self, request: Request) -> User:
        return self._world.users[request.path_params["user_id"]]


def answering(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Returns `answer` as an endpoint that wraps its result and its refusals."""

    async def endpoint(request: Request) -> Response:
        try:
            result = await answer(request)
        except KeyError as missing:
            return json_answer({"ok": False, "error": f"not found: {missing}"}, 404)
        except (acts.ImpossibleAct, ApiRefusal, ValidationError, ValueError) as problem:
            return json_answer({"ok": False, "error": str(problem)}, 400)
        return result if isinstance(result, Response) else json_answer({"ok": True, "result": result})

    return endpoint


async def order(request: Request, kind: type[OrderT]) -> OrderT:
    """Parses the body as a command of `kind`; raises ValidationError."""
    return kind.model_validate_json(await request.body() or b"{}")


def seen(message: Message) -> Json:
    """Returns a message with the number of its edits."""
    return {**message.as_json(), "edits": message.edits}


def place_of(request: Request) -> acts.Place:
    """Returns where a file is sent: `?chat_id=`, `?reply_to=`, `?album=`."""
    query = request.query_params
    chat_id, reply_to = (int(query[name]) if name in query else None for name in ("chat_id", "reply_to"))
    return acts.Place(chat_id, reply_to, album=query.get("album"))


def wait_of(request: Request) -> float:
    """Returns the requested maximum wait, in seconds."""
    return min(float(request.query_params.get("timeout", 0)), LONGEST_WAIT_S)
