import qrcode
from qrcode.constants import ERROR_CORRECT_M

from bot.pictures.qr import QUIET_MODULES, module_size, modules

LINK = "https://t.me/moaref_shop_bot?start=K7Q2M9XA"


def test_the_modules_are_those_of_the_link() -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(LINK)
    code.make(fit=True)
    mask = modules(LINK)
    found = [[mask.getpixel((x, y)) == 255 for x in range(mask.width)] for y in range(mask.height)]
    assert found == code.get_matrix()


def test_a_module_has_as_many_whole_px_as_leave_room_for_the_quiet_zone() -> None:
    for count in (21, 33, 57, 177):
        size = module_size(count, 660)
        assert size * (count + 2 * QUIET_MODULES) <= 660 < (size + 1) * (count + 2 * QUIET_MODULES)
    assert module_size(177, 20) == 1
