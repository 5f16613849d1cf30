"""How django-allauth makes, greets and writes to members."""

from types import SimpleNamespace

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import address_confirmed, send_claim_link
from accounts.handles import free_handle
from accounts.letters import mark_asked_for
from accounts.models import Community, User
from accounts.zones import zone_of
from live.telling import tell

MEMBER_INVITED = "account_verified_email"
"""Where the session keeps the address of an invitation that was followed (django-allauth's own place for it)."""

ASKED_FOR = {
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}
"""Letters that somebody waits for who has just asked for them; all others tell what was done."""
DAYS = {
    "account/email/email_confirmation": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
    "account/email/email_confirmation_signup": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
    "account/email/password_reset_key": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
}
"""For how many days the links of letters work."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or the password is not right."),
        "too_many_login_attempts": _("Too many attempts to sign in. Wait five minutes and try again."),
        "rate_limited": _("That was a lot at once. Wait a minute and try again."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "invalid_password_reset": _("This link was used already or is too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request):
        """By invitation: only to whom an invitation's link led here (product.md §14)."""
        by_invitation = Community.current().joining == Community.Joining.INVITATION
        return not by_invitation or bool(request.session.get(MEMBER_INVITED))

    def get_signup_redirect_url(self, request):
        return reverse("welcome")

    def save_user(self, request, user, form, commit=True):
        """Signing up is claiming: the member gets a handle of chance until they have a name."""
        user.claimed_at = timezone.now()
        user.handle = free_handle("")
        user = super().save_user(request, user, form, commit=commit)
        if self.is_email_verified(request, user.email):
            address_confirmed(user, user.email)
        return user

    def confirm_email(self, request, email_address):
        """An address that became somebody else's meanwhile can't be confirmed."""
        others = User.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            self.add_message(request, messages.ERROR, message=_("This address belongs to somebody else by now."))
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            address_confirmed(email_address.user, email_address.email)
        return confirmed

    def send_account_already_exists_mail(self, email):
        """To whom a roster made an account goes the link to claim it; the page tells nobody."""
        unclaimed = User.objects.filter(email__iexact=email, claimed_at__isnull=True).first()
        if unclaimed:
            return send_claim_link(unclaimed)
        return super().send_account_already_exists_mail(email)

    def logout(self, request):
        """Other pages of the same browser stop listening."""
        member = request.user.pk
        super().logout(request)
        if member is not None:
            tell([member], "sessions")

    def set_password(self, user, password):
        """Pages that were signed in with the old one stop listening."""
        super().set_password(user, password)
        tell([user.pk], "sessions")

    def respond_user_inactive(self, request, user):
        """Whoever knew the password is told plainly that, why and until when they are suspended."""
        from accounts.views.standing import suspended_page

        return suspended_page(request, user)

    def format_email_subject(self, subject):
        return subject

    def send_mail(self, template_prefix, email, context):
        """Emails name the community, not the server."""
        community = Community.current()
        site = SimpleNamespace(name=community.name, domain=self.request.get_host() if self.request else "")
        told = {"current_site": site, "community": community, "site": settings.SITE_URL}
        told["days"] = DAYS.get(template_prefix)
        super().send_mail(template_prefix, email, context | told)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """What was done with an account is told in its reader's time zone, and not where mail came back."""
        if not user.email_bounced_at:
            super().send_notification_mail(template_prefix, user, (context or {}) | {"user": user}, email)

    def render_mail(self, template_prefix, email, context, headers=None) -> EmailMessage:
        reader = context.get("user")
        with timezone.override(zone_of(reader) if reader else None):
            letter = super().render_mail(template_prefix, email, context, headers=headers)
        return mark_asked_for(letter) if template_prefix in ASKED_FOR else letter


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        """What the authenticator app lists the account under."""
        return Community.current().name
