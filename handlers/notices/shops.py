"""Reports shops' problems to admins: unrecorded orders, and what needs attention."""

from bot.kit.effects import Outgoing
from bot.kit.keyboards import text_message
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.kit.texts import Texts
from handlers.shop_problem import problem_term


def shop_problem(problem: ShopProblem, to: Person, texts: Texts) -> list[Outgoing]:
    """Returns one message: which order of which shop, what is wrong, and what can be done."""
    term = problem_term(problem)
    return [text_message(to.chat_id, texts.render(to.language, term.message_id, **term.arguments), None)]
