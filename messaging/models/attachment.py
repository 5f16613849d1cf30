from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.written_once import written_once
from messaging.models.message import Message


class AttachmentQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Whoever reads the message has its files; once it is deleted, nobody."""
        return self.filter(Exists(Message.objects.visible_to(viewer).present().filter(pk=OuterRef("message"))))

    def pictures(self):
        return self.filter(width__isnull=False)


class Attachment(models.Model):
    """A picture or another file that came with a message. What it is was read in it, not in its name."""

    MOST = 4
    """At most so many come with a message."""
    MOST_BYTES = 10 * 1024 * 1024

    message = models.ForeignKey(  # its index is messaging_attachment_one_at_a_place
        Message, models.CASCADE, related_name="attachments", db_index=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes, as it was uploaded.")
    width = models.PositiveIntegerField(null=True, blank=True, help_text="In pixels, of a picture.")
    height = models.PositiveIntegerField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="messaging_attachment_one_at_a_place"),
            models.CheckConstraint(condition=Q(position__lte=3), name="messaging_attachment_of_four"),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=10 * 1024 * 1024), name="messaging_attachment_of_10_megabytes"
            ),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True) | Q(width__isnull=False, height__isnull=False),
                name="messaging_attachment_a_picture_has_two_sides",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.width is not None
