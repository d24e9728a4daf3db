"""Binds an address before serving, so that a port in use is reported at the start."""

import errno
import socket


def take_address(host: str, port: int) -> tuple[socket.socket, str]:
    """Returns a bound socket for the server, and its address: port 0 takes a free one.

    Raises OSError where binding fails.
    """
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except UnicodeError:
        raise OSError(errno.EINVAL, "no host has such a name") from None
    # asyncio disables Nagle's algorithm only where the protocol is named: 1 ms for a call instead of 44.
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(where)
    except OSError:
        listener.close()
        raise
    name = f"[{host}]" if family == socket.AF_INET6 else host
    return listener, f"http://{name}:{listener.getsockname()[1]}"
