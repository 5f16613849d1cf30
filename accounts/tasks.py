"""What the worker does for accounts."""

from django.tasks import task


@task()
def delete_account(pk: int) -> bool:
    """Delete an account for good 14 days after its member asked, unless they changed their mind."""
    from accounts.actions import delete_departed

    return delete_departed(pk)
