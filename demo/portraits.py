"""Portraits and pictures drawn by arithmetic: nobody's face, the same at every start."""

import io
import math
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

SIDE = 480
SKINS = ["#f1d3bd", "#e3b48f", "#c98f64", "#a06b45", "#7a4b30", "#573322"]
HAIRS = ["#2b2320", "#4a3527", "#7b5634", "#b58a52", "#8d8a86", "#1d1c22", "#8c3f2a"]
SHADES = ["#c9d8d3", "#d9d0c1", "#c7cfdf", "#dcc9cd", "#cfd9bf", "#d6cbe0", "#bfd3dc"]
CLOTHES = ["#2f5d57", "#6a4b7a", "#8a5a3a", "#34507a", "#7a3f4b", "#4f5d34", "#3c3c44"]


def portrait(seed: str) -> SimpleUploadedFile:
    """Return the picture of somebody: shoulders, a head, hair, against a quiet wall."""
    dice = random.Random(seed)
    skin, hair, wall, cloth = (dice.choice(colours) for colours in (SKINS, HAIRS, SHADES, CLOTHES))
    image = Image.new("RGB", (SIDE, SIDE), wall)
    draw = ImageDraw.Draw(image)
    light = dice.randint(-80, 80)
    draw.ellipse((80 + light, -60, 460 + light, 300), fill=_mixed(wall, "#ffffff", 0.35))
    image = image.filter(ImageFilter.GaussianBlur(40))
    draw = ImageDraw.Draw(image)
    long_hair, width = dice.random() < 0.5, dice.randint(74, 88)
    if long_hair:
        draw.rounded_rectangle((240 - width - 26, 120, 240 + width + 26, 360), 90, fill=hair)
    draw.ellipse((60, 340, 420, 720), fill=cloth)
    draw.rounded_rectangle((205, 270, 275, 380), 34, fill=_mixed(skin, "#000000", 0.12))
    draw.ellipse((240 - width, 105, 240 + width, 320), fill=skin)
    draw.pieslice((240 - width - 8, 84, 240 + width + 8, 300), 180, 360, fill=hair)
    parting = dice.randint(-40, 40)
    draw.ellipse((170 + parting, 150, 320 + parting, 240), fill=skin)
    if dice.random() < 0.3:
        for left in (186, 252):
            draw.ellipse((left, 200, left + 46, 240), outline="#333333", width=5)
        draw.line((232, 218, 252, 218), fill="#333333", width=5)
    return _file(image.filter(ImageFilter.GaussianBlur(1.2)), "portrait.png")


def logo(seed: str, colours: tuple[str, str]) -> SimpleUploadedFile:
    """Return the sign of an organization: waves of its own height and number in its two colours."""
    dice = random.Random(seed)
    ink, ground = colours
    image = Image.new("RGB", (SIDE, SIDE), ground)
    draw = ImageDraw.Draw(image)
    waves, width, tall = dice.randint(2, 4), dice.choice([60, 80, 120]), dice.randint(26, 54)
    for wave in range(waves):
        middle = SIDE * (wave + 1) / (waves + 1)
        bend = [(x, middle + tall * math.sin(math.tau * x / (2 * width) + wave)) for x in range(60, SIDE - 59, 4)]
        draw.line(bend, fill=ink, width=dice.choice([26, 34, 42]), joint="curve")
        for x, y in (bend[0], bend[-1]):
            draw.ellipse((x - 13, y - 13, x + 13, y + 13), fill=ink)
    return _file(image.filter(ImageFilter.GaussianBlur(0.8)), "logo.png")


def ice_jam() -> SimpleUploadedFile:
    """Return a picture of ice plates in a river."""
    dice = random.Random("ice")
    image = Image.new("RGB", (1400, 900), "#cfd8df")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1400, 330), fill="#dfe5ea")
    draw.polygon([(0, 330), (420, 250), (900, 300), (1400, 230), (1400, 380), (0, 380)], fill="#8fa0a4")
    draw.rectangle((0, 370, 1400, 900), fill="#5f7a86")
    for row in range(16):
        for _plate in range(14):
            x, y, size = dice.randint(-60, 1400), 380 + row * 34 + dice.randint(-14, 14), 40 + row * 7
            points = [(x + dice.randint(-size, size), y + dice.randint(-size // 3, size // 3)) for _corner in range(5)]
            shade = dice.randint(205, 250)
            draw.polygon(points, fill=(shade - 12, shade - 4, shade), outline="#9fb3bd")
    return _file(image.filter(ImageFilter.GaussianBlur(0.8)), "ice.png")


SEASONS = {
    "winter": ("#dde3e8", "#8b9aa3", "#eef1f3", "#b9c4cb"),
    "spring": ("#d6e4ea", "#8d7a5c", "#9bb57a", "#6f8f5a"),
    "summer": ("#cfe2f0", "#4f87a6", "#e2d7bd", "#8aa06a"),
    "autumn": ("#e8ddd0", "#46606b", "#c98a4b", "#8a5a34"),
}
"""Sky, water, the near banks and the far one."""


def bend(season: str) -> SimpleUploadedFile:
    """Return a picture of the bend of a river in a season."""
    sky, water, near, far = SEASONS[season]
    dice = random.Random(season)
    image = Image.new("RGB", (1600, 1067), sky)
    draw = ImageDraw.Draw(image)
    for y in range(520):
        draw.line((0, y, 1600, y), fill=_mixed(sky, "#ffffff", y / 520))
    ridge = [(x, 400 - 34 * math.sin(x / 210) - 22 * math.sin(x / 83 + 1)) for x in range(0, 1601, 20)]
    draw.polygon([*ridge, (1600, 520), (0, 520)], fill=_mixed(far, sky, 0.45))
    draw.polygon([(0, 470), (1600, 430), (1600, 1067), (0, 1067)], fill=far)
    shore = [(620 + 260 * math.sin((y - 470) / 190), y) for y in range(470, 1068, 9)]
    wide = [(x + 40 + (y - 470) * 0.95, y) for x, y in reversed(shore)]
    draw.polygon([*shore, *wide], fill=water)
    draw.polygon([(x - 60 - (y - 470) / 5, y) for x, y in shore] + shore[::-1], fill=near)
    draw.polygon(wide + [(x + 50 + (y - 470) / 4, y) for x, y in wide[::-1]], fill=near)
    for _light in range(160):
        y = dice.randint(490, 1060)
        left = 620 + 260 * math.sin((y - 470) / 190)
        x, long = left + dice.random() * (y - 470) * 0.9, 6 + (y - 470) / 14
        draw.line((x, y, x + long, y), fill=_mixed(water, "#ffffff", 0.22), width=2)
    return _file(image.filter(ImageFilter.GaussianBlur(1.1)), f"{season}.png")


def _mixed(one: str, other: str, part: float) -> tuple[int, ...]:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return tuple(round(a * (1 - part) + b * part) for a, b in pairs)


def _file(image: Image.Image, name: str) -> SimpleUploadedFile:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return SimpleUploadedFile(name, file.getvalue(), "image/png")
