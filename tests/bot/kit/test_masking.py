"""What is kept of an update that failed shows no account's number."""

import json

import pytest

from bot.kit.masking import mask_account_numbers, mask_update

CARD = "6037991000000004"
SHEBA = "IR820540102680020817909002"


@pytest.mark.parametrize(
    "written",
    [
        CARD,
        SHEBA,
        "6037 9910 0000 0004",
        "6037      9910      0000      0004",
        "۶۰۳۷-۹۹۱۰-۰۰۰۰-۰۰۰۴",
        "٦٠٣٧٩٩١٠٠٠٠٠٠٠٠٤",
        "６０３７９９１０００００００００４",
        "\u2066" + CARD + "\u2069",
        "6037\u20609910\u200b0000\u00ad0004",
        "6037\n9910\n0000\n0004",
        "۶۰۳۷ـ۹۹۱۰ـ۰۰۰۰ـ۰۰۰۴",
        "6️⃣0️⃣3️⃣7️⃣9️⃣9️⃣1️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣4️⃣",
        "IR82 0540 1026 8002 0817 9090 02",
        CARD[:-2],  # cut while it was copied
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "EQBvW8Z5huBkMJYdnfAEM5JqTNkuWX3diqYENkWsIL0XggGG",
        "TJRy WwFs 9wTF GZg3 JbrV riFb NfCu g5tD eC",
    ],
)
def test_a_card_a_sheba_or_a_wallet_is_masked_however_it_was_written(written: str) -> None:
    for text in (written, f"/withdraw 50000 {written} please", f"کارت من: {written}."):
        masked = mask_account_numbers(text)
        assert "••••" in masked
        assert written not in masked
        kept = "".join(str(int(each)) for each in masked if each.isdecimal())
        assert len(kept) < 12
        assert not any(len(word) > 24 for word in masked.split())


@pytest.mark.parametrize(
    "text",
    [
        "/withdraw 50000",
        "سلام، پول من نرسید",
        "09121234567",
        "1234567890",
        "an-ordinary-sentence-with-dashes",
        "۱۲ و ۱۷",
    ],
)
def test_what_is_no_account_stays_as_it_was(text: str) -> None:
    assert mask_account_numbers(text) == text


def test_an_update_keeps_who_wrote_it_and_what_was_paid() -> None:
    payment = {"telegram_payment_charge_id": "stxFGh12345678901234567890abcdef", "total_amount": 10**15}
    update = {
        "update_id": 7,
        "message": {
            "chat": {"id": -1001234567890123},
            "text": f"/withdraw {CARD}",
            "reply_to_message": {"caption": SHEBA},
            "successful_payment": payment,
        },
    }
    kept = json.loads(mask_update(json.dumps(update)))
    assert kept["message"]["chat"]["id"] == -1001234567890123
    assert kept["message"]["successful_payment"] == payment
    assert kept["message"]["text"] == "/withdraw ••••0004"
    assert SHEBA[4:] not in json.dumps(kept)


def test_what_is_no_json_is_masked_as_a_text() -> None:
    assert CARD not in mask_update('{"text": "' + CARD)
