from pathlib import Path

from bot.kit.links import Purpose
from chat import texts_of
from office import open_office, rows_of


async def test_a_member_s_page_holds_what_an_admin_may_know(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.chat.buy(office.sara, 50_000, "o-18")
        await office.ask_for(1000)
        page = await office.send(f"/member {office.sara.chat_id}")
        assert texts_of(page)[0] == (
            "<b>\u2068Sara\u2069</b>\n"
            f"Telegram id: \u2068<code>{office.sara.chat_id}</code>\u2069\n"
            "Username: none\n"
            f"Invitation code: \u2068<code>{office.sara.id}</code>\u2069\n"
            f"Invited by \u2068Maryam\u2069 (\u2068<code>{office.maryam.id}</code>\u2069) on 2026-03-21\n\n"
            "Member since 2026-03-21\n"
            "Available: 16,000 toman\n"
            "Pending: 0 toman\n"
            "Held: 0 toman\n"
            "Reserved: 1,000 toman\n"
            "Paid: 0 toman\n"
            "Friends: 1 came, 0 joined, 1 bought\n\n"
            "<b>Last orders</b>\n"
            "\u2068<code>o-18</code>\u2069: 50,000 toman, 2026-03-21. Credited to \u2068Maryam\u2069.\n\n"
            "<b>Last messages</b>\n"
            "None yet."
        )
        assert rows_of(page) == [["Request 1"], ["Record a purchase"], ["Suspend"], ["Back to admin"]]
        assert texts_of(await office.press(page, "Request 1"))[0].startswith("<b>Withdrawal 1</b>")


async def test_somebody_who_has_not_joined_has_a_page_too(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        page = await office.said("/member @ali")
        assert "نام کاربری: \u2068@ali\u2069" in page
        assert "معرف: \u2068Sara\u2069" in page
        assert "هنوز همکار فروش نشده است." in page
        assert "هنوز سفارشی ندارد." in page


async def test_nobody_is_told(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert (await office.said("/member @nobody")).startswith("I can't find \u2068@nobody\u2069.")
        assert (await office.said("/member")).startswith("Please name someone")


async def test_what_came_of_a_member_s_links_is_shown(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        made = [Purpose("tag", f"tag{number}") for number in range(9)]
        links = await office.chat.links.make(office.sara.id, made, office.chat.clock.now)
        babak = await office.chat.arrive("Babak")
        await office.chat.send(babak, f"/start {links[4].code}")
        lines = (await office.said(f"/member {office.sara.id}")).split("\n")
        assert "\u2068tag4\u2069: 1 friend came · no purchase yet" in lines
        assert len([line for line in lines if "nobody has come yet" in line]) == 7
        assert "and 1 more" in "\n".join(lines)
