"""Names the shell's actor for the journal."""

import getpass
import os


def shell_actor() -> str:
    """Returns `shell:` and the operating system's user, such as `shell:shop`."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return f"shell:{name}"
