from django.conf import settings
from django.db import models
from django.utils import timezone


class FormerHandle(models.Model):
    """A handle that a member gave up; its address still leads to them."""

    handle = models.CharField(max_length=40, primary_key=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_handles")
    given_up_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.handle
