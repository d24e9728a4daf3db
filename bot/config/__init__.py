"""Reads the configuration: a typed model of each table, and the one way to load them all.

`tables` is the base of tables, which are a module each and which `machine` combines; `loading` reads the file,
`environment` overlays the variables, `keys` suggests names for unknown ones.
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
