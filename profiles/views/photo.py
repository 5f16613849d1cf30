from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.pictures import answer_with_picture
from profiles.photos import FOLDER, SIZES, photos_visible_to


@require_safe
def photo(request, key: str, size: int):
    """The file of a photo, for whoever sees the profile."""
    if size not in SIZES:
        raise Http404
    member = get_object_or_404(photos_visible_to(request.user), photo_key=key)
    return answer_with_picture(request, folder=FOLDER, key=member.photo_key, size=size)
