"""With an account go the files that it uploaded."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts import pictures
from accounts.actions import delete_departed, leave
from feed.models import Picture, Post
from feed.pictures import FOLDER
from profiles.actions import change_photo
from profiles.photos import read_photo
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def upload():
    content = BytesIO()
    Image.new("RGB", (500, 500), "teal").save(content, "PNG")
    return SimpleUploadedFile("picture.png", content.getvalue())


def files(key):
    return list(Path(settings.MEDIA_ROOT).rglob(f"{key}-*"))


def test_photo_and_pictures_are_deleted_with_the_account(time_machine, django_capture_on_commit_callbacks):
    member, other = MemberFactory(), MemberFactory()
    for one in [member, other]:
        change_photo(one, by=one, picture=read_photo(upload()))
        one.refresh_from_db()
    post = Post.objects.create(author=member, text="Look")
    key = pictures.keep(pictures.reencode(upload(), sizes=(640,), square=False), folder=FOLDER)
    Picture.objects.create(post=post, key=key, width=500, height=500)
    assert files(member.photo_key)
    assert files(key)
    leave(by=member)
    time_machine.move_to(timezone.now() + timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_departed(member.pk)
    assert not files(member.photo_key)
    assert not files(key)
    assert files(other.photo_key)
