"""Browsers fetch no larger files of pictures than the layout shows: what cards say of widths is what they are."""

import pytest

from feed.pictures import NewPicture, read_picture
from tests.factories import MemberFactory, article, connect, pass_on, post
from tests.feed.test_pictures import upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

WIDTHS = """() => [...document.querySelectorAll("article.post img[srcset]")].map((img) => {
  const said = img.sizes.split(",").map((each) => each.match(/^(\\([^)]*\\))? ?(.*)$/))
    .find(([, media]) => !media || matchMedia(media).matches)[2]
  const ruler = document.createElement("div")
  ruler.style.inlineSize = said
  ruler.style.position = "absolute"
  document.body.append(ruler)
  const { width, height } = img.getBoundingClientRect(), ratio = img.getAttribute("width") / img.getAttribute("height")
  const fills = getComputedStyle(img).objectFit === "cover"
  const shown = fills ? Math.max(width, height * ratio) : Math.min(width, height * ratio)
  const measured = ruler.getBoundingClientRect().width
  ruler.remove()
  const smaller = 640 * Math.min(1, ratio)
  return { said: measured, shown, smaller, file: Number(img.currentSrc.match(/(\\d+)\\/$/)[1]) }
})"""


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_what_is_said_is_how_wide_they_stand_in_the_feed_and_elsewhere(width, open_page):
    ines, tomasz = MemberFactory(handle="ines"), MemberFactory(handle="tomasz")
    connect(tomasz, ines)
    for size in ((1500, 1000), (900, 1600)):
        for many in range(1, 5):
            pictures = [NewPicture(read_picture(upload(size=size)), "A wall") for _each in range(many)]
            said = post(tomasz, f"{many} of {size}", pictures=pictures)
        pass_on(tomasz, said, text="Look.")
        article(tomasz, "A wall", picture=upload(size=size))
    for address in ("/latest/", "/in/tomasz/posts/"):
        page = open_page(address, as_=ines, width=width, height=20_000, device_scale_factor=2)
        page.wait_for_function("() => [...document.images].every((img) => img.complete && img.currentSrc)")
        found = page.evaluate(WIDTHS)
        assert len(found) == 2 * (1 + 2 + 3 + 4 + 4 + 1)
        assert [each for each in found if not 0.85 < each["said"] / each["shown"] < 1.15] == []
        small = [each for each in found if 2 * each["shown"] < 0.8 * each["smaller"]]
        assert small or width != 390
        assert {each["file"] for each in small} <= {640}
