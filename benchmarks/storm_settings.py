"""The settings for measuring a storm of notices: those for measuring, with the queue of tasks that the site has."""

from benchmarks.settings import *  # noqa: F403
from config.settings import TASKS as TASKS
