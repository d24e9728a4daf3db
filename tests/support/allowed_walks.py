"""Lists what statements may go through from end to end or sort apart, each with the reason why that stays cheap."""

from __future__ import annotations

READS_EVERYTHING = (
    "bot/cli/benchmarks/",  # measure on stores of their own
    "bot/cli/export.py",  # writes the whole journal out
    "bot/cli/tables.py",  # writes whole tables out
    "bot/playground/",  # the demo's store is small
    "engine/programme/history.py",  # lists each programme that there ever was
    "engine/store/sealing.py",  # seals and re-encrypts all rows, when an operator asks for it
    "engine/verify/",  # the proof reads every row
)
"""Modules whose purpose is to read everything."""

FIGURES = "Only the rows of the span that an admin asks about, through a reader that nobody else waits for."
WAITING = "Only what waits for an admin, asked by one, through a reader that nobody else waits for."
NUMBERS = "Only the numbers that an admin has typed, some hundreds at most."
ADMINS = "An owner adds each admin by hand: there are a few."
BROADCASTS = "An admin writes each broadcast by hand: there are hundreds, not millions."
OF_ONE = "Only rows of one person, order or link are sorted."
OF_A_PAGE = "Only the rows of one page are sorted or gone through."
PARTIAL = "The index holds only what still waits, and each row leaves it when it is done."
ONE_ROW = "The table has one row at most."
NEWEST = "The rows are read from the last one back, and the first is enough."
REFERENCES = "References to a new row are looked for only while some row refers to a missing one."
RUNS = "A few rows a day, of a hundred days: the nightly job forgets older ones."
NETWORK = "The network in memory is built from all members, once after a start or a change of the plan."
CLOSE = "Closing a period concerns every member with volume."
PENDING = "The index holds what is in its holding period; only an admin's list of decisions counts it."
OPEN_REQUESTS = "The index holds only withdrawals that nobody has settled yet."
DECIDABLE = ("commissions by commissions_held", "commissions by commissions_pending")
SUPPORT_CHATS = "As many rows as there were support chats: one, and one more for each that an operator changes to."
SCHEMA = "As many rows as there are tables and indexes."

ALLOWED: dict[str, tuple[frozenset[str], str]] = {
    name: (frozenset(walks), reason)
    for name, walks, reason in (
        ("bot/admins.added", ["admins"], ADMINS),
        ("bot/admins.changes", ["admin_changes"], ADMINS),
        ("bot/broadcasts.forget_recipients", ["b"], BROADCASTS),
        ("bot/broadcasts.latest", ["broadcasts"], BROADCASTS),
        ("bot/broadcasts.old_drafts", ["broadcasts"], BROADCASTS),
        ("bot/broadcasts.total", ["broadcasts"], BROADCASTS),
        ("bot/broadcasts.under_way", ["broadcasts"], BROADCASTS),
        ("bot/broadcasts.unreported", ["broadcasts"], BROADCASTS),
        ("bot/broadcasts/repository.py: SELECT COUNT(*) AS people,", ["p"], "Asked when an admin chooses an audience."),
        ("bot/cli/jobs.py: SELECT COUNT(*) FROM outbox WHERE instr(cause, ?)", ["outbox by sqlite_autoindex_outbox_1"],
         "Once for a job run by hand; the outbox keeps a week."),
        ("bot/clock.remembered", ["clock"], ONE_ROW),
        ("bot/delivery_status.broadcasts", ["broadcasts"], BROADCASTS),
        ("bot/delivery_status.counts", ["SORT", "outbox"], "Asked on the shell; the outbox keeps a week."),
        ("bot/delivery_status.of_broadcast", ["(subquery-1)", "(subquery-3)", "SORT", "f"], OF_A_PAGE),
        ("bot/delivery_status.of_cause", ["SORT"], "A cause has a handful of messages."),
        ("bot/figures.sales_by_tag", ["(subquery-3)", "SORT"], FIGURES),
        ("bot/friend_sums.add_new", ["SORT"], "Only what has happened to one member since they last looked."),
        ("bot/friend_sums.best_friends", ["SORT", "f"], OF_A_PAGE),
        ("bot/friends.gifts_of", ["SORT"], OF_ONE),
        ("bot/friends.held_invitations", ["s by set_aside_waiting"], PARTIAL),
        ("bot/friends.held_invitations_total", ["set_aside by set_aside_waiting"], PARTIAL),
        ("bot/friends.selves", ["SORT"], OF_ONE),
        ("bot/friends.untold_decisions", ["s by set_aside_decided"], PARTIAL),
        ("bot/friends.untold_held_invitations", ["s by set_aside_untold"], PARTIAL),
        ("bot/imports.next_open", ["imports by imports_open"], PARTIAL),
        ("bot/inbox.confirmed", ["confirmed_updates"], ONE_ROW),
        ("bot/inbox.newest", ["inbox"], NEWEST),
        ("bot/links.first_in_vain", ["SORT"], OF_ONE),
        ("bot/links.friends", ["SORT", "f"], OF_A_PAGE),
        ("bot/links.friends_total", ["SORT"], "Only a member's own visitors in vain, and the customers among friends."),
        ("bot/links.links_of", ["SORT"], "Only one member's links, whose number is bounded by what they promote."),
        ("bot/links.visits_by", ["SORT"], OF_ONE),
        ("bot/monitoring/store_marker.py: SELECT name FROM sqlite_schema", ["sqlite_schema"], SCHEMA),
        ("bot/names.among_friends", ["SORT", "mine"], "Only a member's own friends, and visitors in vain."),
        ("bot/names.everybody", ["profiles"], "Once after an upgrade."),
        ("bot/names.newest", ["profile_names"], NEWEST),
        ("bot/names.with_letters", ["n"],
         "One letter or two are in most names, so a page is full soon; 40 ms where none of 100,000 has it."),
        ("bot/names.with_parts", ["f"], "The plan of an FTS5 index: it holds what has these letters in a row."),
        ("bot/store/names.py: SELECT 1 FROM pragma_module_list WHERE name = 'fts5'", ["pragma_module_list"],
         "Once at the start: as many rows as SQLite has modules."),
        ("bot/outbox.recover", ["outbox by outbox_asked"], PARTIAL),
        ("bot/pending_notices.due", ["(subquery-2)", "SORT"], "It ends as soon as there are enough people."),
        ("bot/preferences.wishes_of", ["p"], ONE_ROW),
        ("bot/rate_changes.any_held", ["rate_changes_held by rate_changes_held_due"], "The first row is enough."),
        ("bot/rate_changes.unfinished", ["rate_changes by rate_changes_open"], PARTIAL),
        ("bot/rate_changes.untold_of", ["rate_changes by rate_changes_open"], PARTIAL),
        ("bot/preferences.rhythms", ["SORT", "w"], "Asked once for a digest; most people choose nothing of their own."),
        ("bot/recipients.last_of_page", ["(subquery-1)"], OF_A_PAGE),
        ("bot/recipients.next_gathering", ["broadcasts"], BROADCASTS),
        ("bot/recipients.running", ["broadcasts"], BROADCASTS),
        ("bot/recipients.sending", ["broadcast_recipients by broadcast_recipients_sending"], PARTIAL),
        ("bot/request_cards.adopt_sent", ["p by sqlite_autoindex_profiles_1"], "Once after an upgrade."),
        ("bot/request_cards.adopt_waiting", ["p by sqlite_autoindex_profiles_1"], "Once after an upgrade."),
        ("bot/request_cards.stale_cards", ["(subquery-5)", "SORT", "c", "stale"],
         "A card is forgotten with its request: there are as many as open requests and admins."),
        ("bot/runs.forget", ["runs"], RUNS),
        ("bot/runs.lasts", ["runs"], RUNS),
        ("bot/runs.open_jobs", ["runs by runs_open"], PARTIAL),
        ("bot/runs.overview", ["runs"], RUNS),
        ("bot/shops.categories", ["shop_products"], "Read once after a start: as many rows as a shop has products."),
        ("bot/shops.clicks_of", ["SORT"], OF_ONE),
        ("bot/shops.earlier", ["SORT"], OF_ONE),
        ("bot/shops.forget_told", ["SORT"], "Once a night, and only what that slice deletes."),
        ("bot/shops.open_problems", ["shop_problems by shop_problems_open"], PARTIAL),
        ("bot/shops.open_problems_total", ["shop_problems by shop_problems_open"], PARTIAL),
        ("bot/shops.problems", ["shop_problems"], "Asked on the shell, which prints all of them."),
        ("bot/shops.untold", ["shop_problems by shop_problems_untold"], PARTIAL),
        ("bot/support.chat_fails", ["support_chats"], SUPPORT_CHATS),
        ("bot/support.chat_works", ["support_chats"], SUPPORT_CHATS),
        ("bot/support.move_chat", ["support_chats"], SUPPORT_CHATS),
        ("bot/support.untold", ["support_messages by support_messages_untold"], PARTIAL),
        ("bot/support.askers", ["support_waiting by support_waiting_since"], OF_A_PAGE),
        ("bot/support.waiting", ["support_waiting"], "Only people whom nobody has answered, for a month at most."),
        ("bot/store/trusted_clock.py: SELECT name FROM sqlite_schema WHERE type = 'table'", ["sqlite_schema"], SCHEMA),
        ("engine/store/journal_seals.py: SELECT number, journal, transfers, made_at, digest FROM seal", ["seals"],
         NEWEST),
        ("engine/apply.clear_volumes", ["open_volumes"], CLOSE),
        ("engine/apply.count_newcomer", ["a", "above"], "The newcomer's upline, 20 rows at most."),
        ("engine/apply.put_member", ["adjustments"], REFERENCES),
        ("engine/apply.put_person", ["identity_changes"], REFERENCES),
        ("engine/facts.all_held", ["commissions by commissions_held"], "Only a changed plan frees all of it."),
        ("engine/facts.carried", ["carried"], NETWORK),
        ("engine/facts.commissions", ["commissions"], "`moaref replay` prints all of them."),
        ("engine/facts.credited_to", ["transfers"], "`moaref replay` asks once, at its end."),
        ("engine/facts.halted", ["halts"], "Empty, or with a row for each failed proof since the last that held."),
        ("engine/facts.last_event", ["journal"], NEWEST),
        ("engine/facts.members", ["members by sqlite_autoindex_members_2"], "`moaref replay` prints all of them."),
        ("engine/facts.open_volumes", ["open_volumes"], NETWORK),
        ("engine/facts.places", ["members by sqlite_autoindex_members_2"], NETWORK),
        ("engine/facts.ripens", ["commissions by commissions_ripening"], "The first row is enough, and is kept."),
        ("engine/facts.standings", ["members"], CLOSE),
        ("engine/figures.sales_by_shop", ["(subquery-2)", "SORT"], FIGURES),
        ("engine/figures.top_members", ["(subquery-2)", "SORT"], FIGURES),
        ("engine/figures.waiting_by_member", [*DECIDABLE, "SORT", "w"], WAITING),
        ("engine/figures.waiting_commissions", [*DECIDABLE, "SORT", "w"], WAITING),
        ("engine/figures.waiting_total", [*DECIDABLE, "w"], WAITING),
        ("engine/reads.commissions_from", ["SORT"], OF_ONE),
        ("engine/reads.commissions_numbered", ["n"], NUMBERS),
        ("engine/reads.deep_levels_below", ["SORT", "t", "team"], "Only for plans with more levels than are counted."),
        ("engine/reads.destinations_of", ["SORT"], OF_ONE),
        ("engine/reads.held_behind", ["SORT"], OF_ONE),
        ("engine/reads.held_behind_total", ["SORT"], OF_ONE),
        ("engine/reads.open_withdrawals", ["w by withdrawals_open"], OPEN_REQUESTS),
        ("engine/reads.open_withdrawals_total", ["withdrawals by withdrawals_open"], OPEN_REQUESTS),
        ("engine/reads.orders_of", ["SORT"], OF_ONE),
        ("engine/reads.programme_before", ["journal by journal_programmes"], NEWEST),
        ("engine/reads.recruits_of", ["SORT"], OF_ONE),
        ("engine/reads.sold_since", ["n"], "Only the members that one picture shows, sixteen at most."),
        ("engine/reads.sponsor_above", ["a", "above"], "Each step up finds one sponsor by their key."),
        ("engine/reads.withdrawals_numbered", ["n"], NUMBERS),
        ("engine/reads.undecided", DECIDABLE, PENDING),
        ("engine/reads.undecided_total", DECIDABLE, PENDING),
        ("engine/reports.member_report", ["c"], ONE_ROW),
        ("engine/reports.queue", [*DECIDABLE, "withdrawals by withdrawals_open"], PENDING),
        ("engine/reports.requests_before", ["w by withdrawals_open"], OPEN_REQUESTS),
        ("engine/reports.requests_before_total", ["withdrawals by withdrawals_open"], OPEN_REQUESTS),
        ("engine/store/connection.py: SELECT COUNT(*) FROM sqlite_schema", ["sqlite_master"], SCHEMA),
        ("engine/store/reader.py: SELECT COUNT(*) FROM sqlite_schema", ["sqlite_master"], SCHEMA),
        ("engine/transaction.py: INSERT OR IGNORE INTO persons (id) VALUES (?)", ["identity_changes"], REFERENCES),
    )
}  # fmt: skip
