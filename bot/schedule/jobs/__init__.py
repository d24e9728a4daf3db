"""Registers the jobs. A new one is its file and a line here."""

from bot.schedule.job import Job
from bot.schedule.jobs.admin_summary import AdminSummary
from bot.schedule.jobs.balance_digest import BalanceDigest
from bot.schedule.jobs.period_close import PeriodClose
from bot.schedule.jobs.services import JobServices
from bot.schedule.jobs.tidying import Tidying
from bot.schedule.jobs.withdrawal_reminder import WithdrawalReminder

__all__ = ["JobServices", "jobs"]


def jobs(services: JobServices) -> tuple[Job, ...]:
    """Returns the jobs in the order in which they run when several are due: money first."""
    return (
        PeriodClose(services),
        BalanceDigest(services),
        AdminSummary(services),
        WithdrawalReminder(services),
        Tidying(services),
    )
