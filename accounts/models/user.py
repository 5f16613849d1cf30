from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from accounts.audiences import Audience
from accounts.models.block import Block
from accounts.models.choices import Choices
from accounts.models.identity import Identity
from accounts.models.standing import Standing
from accounts.names import words_like
from accounts.written_once import written_once


class UserQuerySet(models.QuerySet):
    @written_once
    def present(self):
        """Members who are there for others: claimed, named, not suspended, not leaving."""
        return self.filter(_is_present())

    @written_once
    def absent(self):
        """Everybody else: mostly few, and an index has them."""
        return self.filter(_may_be_absent(), ~_is_present())

    def reached_by_email(self):
        """Those to whom emails go besides those about their account: their address works and they didn't stop all."""
        return self.filter(email_bounced_at__isnull=True, emails_stopped_at__isnull=True)

    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees a member (product.md §2).

        Visitors see members with a public profile; members see each other, unless one blocks the other.
        """
        if not viewer.is_authenticated:
            return self.present().filter(profile_audience=Audience.PUBLIC)
        return self.present().exclude(Exists(Block.objects.between(viewer, OuterRef("pk"))))

    def named_like(self, words: str):
        """Those of whose names every one of `words` is a beginning, whatever its case and accents."""
        query = words_like(words)
        return self.none() if query is None else self.filter(name_words=query)


def _is_present() -> Q:
    return Q(
        Q(suspended_until__isnull=True) | Q(suspended_until__lte=Now()),
        claimed_at__isnull=False,
        welcomed_at__isnull=False,
        leaves_at__isnull=True,
    )


def _may_be_absent() -> Q:
    """What all who are absent have in common, and hardly anybody else; none of it changes as time goes by."""
    return Q(
        Q(claimed_at__isnull=True)
        | Q(welcomed_at__isnull=True)
        | Q(leaves_at__isnull=False)
        | Q(suspended_until__isnull=False)
    )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_superuser(self, email, password=None, **fields):
        """Make the first operator: a member who may do everything in the admin."""
        from accounts.actions import create_operator

        return create_operator(email=email, password=password, **fields)


class User(Identity, Choices, Standing, AbstractBaseUser, PermissionsMixin):
    """A member; or, until they claim the account, a person on an operator's roster."""

    email = models.EmailField(_("email address"), max_length=254, unique=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    name_words = models.GeneratedField(
        expression=SearchVector("name_folded", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once_in_any_case"),
            models.CheckConstraint(
                condition=Q(handle__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), name="accounts_user_handle_is_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(welcomed_at__isnull=True) | ~Q(first_name=""), name="accounts_user_welcomed_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(welcomed_at__isnull=True) | Q(claimed_at__isnull=False),
                name="accounts_user_welcomed_has_claimed",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_words"], name="accounts_user_name_words"),
            models.Index(fields=["name_folded", "id"], name="accounts_user_by_name"),
            models.Index(F("joined_at").desc(), name="accounts_user_newest"),
            models.Index(
                fields=["name_by_last", "id"], name="accounts_user_directory", condition=Q(profile_audience="public")
            ),
            models.Index(
                fields=["email_bounced_at"], name="accounts_user_bounced", condition=Q(email_bounced_at__isnull=False)
            ),
            models.Index(fields=["photo_key"], name="accounts_user_photo", condition=~Q(photo_key="")),
            models.Index(fields=["id"], name="accounts_user_absent", condition=_may_be_absent()),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return address("profile", self.handle)
