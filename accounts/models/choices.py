from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences


class Choices(models.Model):
    """What a member decides about who may see, ask, follow and endorse (product.md §2, §3.10, §6, §7, §9)."""

    class Door(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        GROUND = "ground", _("People with proved common ground")
        MUTUAL = "mutual", _("People with a mutual connection")
        EMAIL = "email", _("People who know my email address")
        NOBODY = "nobody", _("Nobody")

    class FollowersFrom(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        CONNECTIONS = "connections", _("Only my connections")

    profile_audience = models.CharField(
        _("who sees my profile"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS),
        default=Audience.MEMBERS,
    )
    engines_may_list = models.BooleanField(_("search engines may list my profile"), default=False)
    connections_audience = models.CharField(
        _("who sees my connections"),
        max_length=12,
        choices=audiences(Audience.MEMBERS, Audience.CONNECTIONS, Audience.NOBODY),
        default=Audience.CONNECTIONS,
    )
    door = models.CharField(_("who may ask to connect"), max_length=12, choices=Door, default=Door.ANYONE)
    note_required = models.BooleanField(_("a request to me needs a note"), default=False)
    followers_from = models.CharField(
        _("who may follow me"), max_length=12, choices=FollowersFrom, default=FollowersFrom.ANYONE
    )
    follow_first = models.BooleanField(_("ask people to follow me first"), default=False)
    follower_endorsements = models.BooleanField(_("show endorsements by followers"), default=True)
    read_receipts = models.BooleanField(_("read receipts"), default=True)
    highlights_first = models.BooleanField(_("read the feed by relevance"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)

    class Meta:
        abstract = True
