"""Describes import results, for the chat and for the shell."""

from bot.kit.formatting import Choice, Code, Count, Money, Term, Text, Unit
from bot.order_files.dry_run import DryRun
from bot.order_files.problems import RowProblem, UnreadableFile
from bot.order_files.recording import Recorded
from engine.money import Currency


def found(survey: DryRun, currency: Currency) -> tuple[Term, ...]:
    """Describes the dry run, a line each; the problems come last, as far as they are kept."""
    return (
        Term("import-rows", rows=Count(survey.rows)),
        Term("import-found", orders=Count(survey.orders), total=Money(survey.total, currency)),
        *_left_out(survey.repeated, survey.wrong),
        *(problem(each, currency) for each in survey.problems),
    )


def done(recorded: Recorded, currency: Currency) -> tuple[Term, ...]:
    """Describes the recording, a line each."""
    return (
        Term("import-recorded", orders=Count(recorded.orders), total=Money(recorded.total, currency)),
        *_left_out(recorded.repeated, recorded.wrong),
        *([Term("import-own", orders=Count(recorded.own))] if recorded.own else []),
    )


def _left_out(repeated: int, wrong: int) -> tuple[Term, ...]:
    return (
        *([Term("import-repeated", orders=Count(repeated))] if repeated else []),
        *([Term("import-wrong", lines=Count(wrong))] if wrong else []),
    )


def problem(wrong: RowProblem, currency: Currency) -> Term:
    """Describes a line's problem."""
    return Term(
        "import-problem",
        code=Choice(wrong.code),
        line=Count(wrong.line),
        cell=Code(wrong.cell),
        column=Term("import-column", column=Choice(wrong.column)),
        value=Code(wrong.value),
        currency=Unit(currency),
    )


def unreadable(error: UnreadableFile) -> Term:
    """Explains why the whole file cannot be read."""
    return Term("import-unreadable", code=Choice(error.code), value=Text(error.value), line=Count(error.line))
