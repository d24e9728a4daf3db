"""The configuration: a typed model of each table, and the one way to read them all.

`tables` is what tables are made of, a module each for what `machine` puts together; `loading` reads the file,
`environment` lays the variables over it, `keys` finds better names for those that are unknown.
"""

from bot.config.errors import ConfigError, ConfigUnreadable
from bot.config.loading import Config, build, database_path, load, programme_of
from bot.config.machine import Machine, Telegram

__all__ = [
    "Config",
    "ConfigError",
    "ConfigUnreadable",
    "Machine",
    "Telegram",
    "build",
    "database_path",
    "load",
    "programme_of",
]
