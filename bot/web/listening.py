"""An address that is taken before anything is served on it, so that a port in use is told at the start."""

import errno
import socket


def take_address(host: str, port: int) -> tuple[socket.socket, str]:
    """A socket on the host, for the server to listen with, and where it is: port 0 takes a free one.

    Raises OSError where that cannot be.
    """
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except UnicodeError:
        raise OSError(errno.EINVAL, "no host has such a name") from None
    # With its protocol named, asyncio turns Nagle's delay off: 1 ms for a call instead of 44.
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(where)
    except OSError:
        listener.close()
        raise
    name = f"[{host}]" if family == socket.AF_INET6 else host
    return listener, f"http://{name}:{listener.getsockname()[1]}"
