"""Draw the pictures of the demonstration's listings: flat shapes, no text, no font.

And the network's logo: the addon's own sign, and its name in the font of Pillow.

    python scripts/troc_demo/pictures/make.py

writes one WebP a scene beside this file; the same ones every time.  Everything is drawn
here, so nothing is anybody else's.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FOLDER = Path(__file__).parent
SIGN = FOLDER.parents[2] / "addons/troc_actif/static/description/icon.png"
WIDTH, HEIGHT, FINER = 800, 600, 3

INK, PAPER, WOOD, DARK_WOOD = "#2f3a4a", "#fdfaf3", "#c98f5a", "#8f5f38"
TEAL, GREEN, LEAF, SUN, CORAL = "#2a9d8f", "#6a994e", "#a7c957", "#f2b84b", "#e76f51"
SKY, BLUE, PLUM, ROSE, GREY = "#cfe8ef", "#457b9d", "#714b67", "#f2c6c2", "#b9c1c9"
STEEL, WHITE, NIGHT = "#8795a1", "#ffffff", "#22304a"
GROUNDS = {
    "warm": ("#fde9cf", "#f7cfa5"),
    "cool": ("#dceef2", "#a9d0da"),
    "green": ("#e7f1da", "#b9d79b"),
    "rose": ("#fbe3df", "#efb8ae"),
    "plum": ("#ece2ea", "#c8abc1"),
    "night": ("#3b4a6b", "#22304a"),
}


class Scene:
    """A drawing of 800 x 600 points, made finer and then reduced."""

    def __init__(self, ground):
        top, bottom = GROUNDS[ground]
        self.image = _gradient(top, bottom)
        self._blob(620, 130, 190, WHITE, 70)
        self._blob(120, 420, 230, WHITE, 50)
        self.pen = ImageDraw.Draw(self.image)

    def floor(self, y=470, colour="#00000018"):
        """The ground on which things stand."""
        self._over([(0, y, WIDTH, HEIGHT)], colour)

    def shadow(self, x, y, width, height=26):
        """A soft shadow below a thing, centred on x."""
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        box = _fine(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        ImageDraw.Draw(layer).ellipse(box, fill=(20, 30, 40, 90))
        blurred = layer.filter(ImageFilter.GaussianBlur(9 * FINER))
        self._put(Image.alpha_composite(self.image, blurred))

    def box(self, left, top, right, bottom, colour, radius=0):
        """A rectangle, round at its corners."""
        self.pen.rounded_rectangle(
            _fine(left, top, right, bottom), radius * FINER, fill=colour
        )

    def disc(self, x, y, radius, colour, high=None):
        """A disc, or an ellipse of another height."""
        high = high or radius
        self.pen.ellipse(_fine(x - radius, y - high, x + radius, y + high), fill=colour)

    def ring(self, x, y, radius, colour, width=10):
        """A circle."""
        box = _fine(x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse(box, outline=colour, width=width * FINER)

    def shape(self, colour, *points):
        """A polygon of (x, y)."""
        self.pen.polygon([_fine(*point) for point in points], fill=colour)

    def line(self, colour, width, *points):
        """A line with round ends through (x, y)."""
        fine = [_fine(*point) for point in points]
        self.pen.line(fine, fill=colour, width=width * FINER, joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, colour)

    def arc(self, x, y, radius, start, end, colour, width):
        """A part of a circle, in degrees from three o'clock on."""
        box = _fine(x - radius, y - radius, x + radius, y + radius)
        self.pen.arc(box, start, end, fill=colour, width=width * FINER)

    def person(self, x, y, colour, skin="#e0a982", hair=INK):
        """Head and shoulders."""
        self.pen.pieslice(_fine(x - 62, y + 38, x + 62, y + 190), 180, 360, fill=colour)
        self.disc(x, y, 42, skin)
        self.pen.pieslice(_fine(x - 44, y - 48, x + 44, y + 38), 180, 360, fill=hair)

    def save(self, name):
        """Write the picture."""
        small = self.image.convert("RGB").resize((WIDTH, HEIGHT), Image.LANCZOS)
        small.save(FOLDER / f"{name}.webp", quality=82, method=6)

    def _blob(self, x, y, radius, colour, opacity):
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        box = _fine(x - radius, y - radius, x + radius, y + radius)
        tint = (*Image.new("RGB", (1, 1), colour).getpixel((0, 0)), opacity)
        ImageDraw.Draw(layer).ellipse(box, fill=tint)
        layer = layer.filter(ImageFilter.GaussianBlur(4 * FINER))
        self.image = Image.alpha_composite(self.image, layer)

    def _over(self, boxes, colour):
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        for box in boxes:
            ImageDraw.Draw(layer).rectangle(_fine(*box), fill=colour)
        self._put(Image.alpha_composite(self.image, layer))

    def _put(self, image):
        self.image = image
        self.pen = ImageDraw.Draw(self.image)


def _fine(*numbers):
    return tuple(round(number * FINER) for number in numbers)


def _gradient(top, bottom):
    column = Image.new("RGB", (1, 2))
    column.putpixel((0, 0), Image.new("RGB", (1, 1), top).getpixel((0, 0)))
    column.putpixel((0, 1), Image.new("RGB", (1, 1), bottom).getpixel((0, 0)))
    size = (WIDTH * FINER, HEIGHT * FINER)
    return column.resize(size, Image.BILINEAR).convert("RGBA")


# -- the scenes ------------------------------------------------------------------------


def salle(s):
    """A meeting room: window, table, chairs."""
    s.box(250, 70, 550, 260, WHITE, 8)
    for x in (262, 410):
        s.box(x, 82, x + 128, 248, "#bfe0ea")
    s.floor(430)
    for x in (170, 310, 490, 630):
        s.box(x - 38, 290, x + 38, 400, PLUM, 16)
    s.shadow(400, 520, 620)
    s.box(90, 372, 710, 412, WOOD, 10)
    s.box(150, 412, 174, 520, DARK_WOOD)
    s.box(626, 412, 650, 520, DARK_WOOD)
    s.box(330, 340, 440, 374, INK, 4)


def bureau(s):
    """A desk to share: screen, lamp, plant."""
    s.floor()
    s.shadow(400, 530, 600)
    s.box(120, 390, 680, 416, WOOD, 6)
    s.box(150, 416, 172, 530, DARK_WOOD)
    s.box(628, 416, 650, 530, DARK_WOOD)
    s.box(290, 210, 510, 350, INK, 10)
    s.box(302, 222, 498, 338, TEAL, 4)
    s.box(385, 350, 415, 390, STEEL)
    s.line(CORAL, 8, (190, 390), (190, 300), (240, 240))
    s.shape(SUN, (215, 225), (270, 235), (250, 290), (205, 270))
    s.box(570, 340, 625, 390, CORAL, 8)
    for x, y in ((560, 300), (598, 270), (636, 305)):
        s.disc(x, y, 24, GREEN, 42)


def repas(s):
    """A tray for lunch."""
    s.shadow(400, 510, 640)
    s.box(90, 250, 710, 500, WOOD, 30)
    s.box(110, 268, 690, 482, "#dba871", 22)
    s.disc(300, 375, 100, WHITE, 92)
    s.disc(300, 375, 72, "#f4efe6", 66)
    for x, y, c in (
        (270, 355, GREEN),
        (330, 350, CORAL),
        (305, 400, SUN),
        (260, 395, LEAF),
    ):
        s.disc(x, y, 30, c, 25)
    s.box(450, 300, 560, 380, WHITE, 14)
    s.disc(505, 340, 40, "#b5651d", 26)
    s.disc(620, 345, 42, SKY)
    s.disc(620, 345, 30, "#7fc4d6")
    s.box(450, 410, 660, 450, PAPER, 8)
    s.box(470, 424, 640, 436, CORAL, 6)


def legumes(s):
    """A crate of vegetables."""
    s.floor()
    s.shadow(400, 510, 560)
    for x, c in ((240, GREEN), (320, LEAF), (480, GREEN), (560, LEAF)):
        s.disc(x, 280, 66, c, 80)
    for x in (290, 400, 520):
        s.shape("#ee8434", (x - 26, 230), (x + 26, 230), (x, 390))
        s.disc(x, 215, 30, GREEN, 40)
    for x, c in ((220, CORAL), (350, CORAL), (450, PLUM), (585, CORAL)):
        s.disc(x, 335, 48, c)
    for y in (350, 405, 460):
        s.box(150, y, 650, y + 46, WOOD, 4)
    for x in (165, 610):
        s.box(x, 340, x + 28, 510, DARK_WOOD, 4)


def biere(s):
    """Two bottles and a glass."""
    s.floor()
    s.shadow(390, 525, 480)
    for x, c in ((240, "#7a4a21"), (340, "#3f6b3a")):
        s.box(x - 18, 150, x + 18, 270, c, 10)
        s.box(x - 42, 240, x + 42, 520, c, 26)
        s.box(x - 42, 330, x + 42, 430, PAPER)
        s.disc(x, 380, 28, SUN)
        s.box(x - 20, 138, x + 20, 162, SUN, 5)
    s.shape("#f0b33e", (470, 280), (620, 280), (600, 520), (490, 520))
    s.box(460, 235, 630, 300, WHITE, 30)
    s.disc(500, 240, 34, WHITE)
    s.disc(560, 230, 42, WHITE)


def livres(s):
    """Books, in a pile and standing."""
    s.floor()
    s.shadow(400, 520, 600)
    for y, left, right, c in (
        (470, 130, 420, TEAL),
        (420, 150, 400, CORAL),
        (370, 140, 410, PLUM),
    ):
        s.box(left, y, right, y + 46, c, 6)
        s.box(left + 14, y + 8, right - 26, y + 38, PAPER)
        s.box(left, y, left + 40, y + 46, c, 6)
    for x, top, c in (
        (470, 210, BLUE),
        (530, 180, SUN),
        (585, 230, GREEN),
        (640, 195, CORAL),
    ):
        s.box(x, top, x + 50, 516, c, 5)
        s.box(x + 10, top + 30, x + 40, top + 44, PAPER)
        s.box(x + 10, 460, x + 40, 470, PAPER)


def velo(s):
    """A cargo bicycle."""
    s.floor(480)
    s.shadow(400, 500, 620)
    for x in (180, 620):
        s.ring(x, 400, 92, INK, 12)
        s.disc(x, 400, 12, INK)
    s.box(400, 250, 660, 390, SUN, 14)
    s.box(420, 270, 640, 300, "#d99a2b", 6)
    s.line(TEAL, 14, (180, 400), (300, 400), (400, 330))
    s.line(TEAL, 14, (300, 400), (250, 250), (390, 380))
    s.line(INK, 10, (250, 250), (235, 215), (280, 210))
    s.line(INK, 12, (215, 240), (285, 240))
    s.line(INK, 12, (400, 250), (385, 190), (350, 180))
    s.ring(300, 400, 28, CORAL, 9)


def camion(s):
    """Parcels before a van."""
    s.floor(480)
    s.shadow(400, 500, 640)
    s.box(120, 190, 500, 450, WHITE, 14)
    s.shape(TEAL, (500, 250), (620, 250), (690, 350), (690, 450), (500, 450))
    s.shape("#cfe8ef", (525, 270), (608, 270), (655, 345), (525, 345))
    s.box(120, 380, 690, 450, TEAL, 6)
    for x in (220, 590):
        s.disc(x, 455, 54, INK)
        s.disc(x, 455, 24, GREY)
    s.box(180, 240, 300, 350, WOOD, 4)
    s.box(228, 240, 252, 350, "#e6b98a")
    s.box(310, 280, 400, 350, "#d9a36c", 4)


def camera(s):
    """A camera on its stand."""
    s.floor()
    s.shadow(400, 530, 360)
    for x in (270, 400, 530):
        s.line(INK, 14, (400, 360), (x, 525))
    s.box(250, 200, 520, 360, INK, 22)
    s.box(290, 165, 380, 205, INK, 10)
    s.disc(400, 282, 70, STEEL)
    s.disc(400, 282, 52, NIGHT)
    s.disc(384, 266, 16, "#8ecae6")
    s.shape(GREY, (520, 240), (600, 200), (600, 350), (520, 320))
    s.disc(285, 230, 12, CORAL)


def photo(s):
    """Pictures hung on a line."""
    s.line(INK, 5, (60, 120), (400, 165), (740, 120))
    for x, y, c, d in (
        (180, 150, SKY, GREEN),
        (400, 175, "#fbd9a5", CORAL),
        (620, 150, ROSE, PLUM),
    ):
        s.box(x - 85, y, x + 85, y + 230, WHITE, 6)
        s.box(x - 70, y + 15, x + 70, y + 165, c, 3)
        s.shape(
            d,
            (x - 70, y + 165),
            (x - 20, y + 85),
            (x + 20, y + 130),
            (x + 45, y + 100),
            (x + 70, y + 165),
        )
        s.disc(x + 35, y + 50, 18, SUN)
        s.box(x - 10, y - 22, x + 10, y + 20, WOOD, 4)
    s.shadow(400, 500, 560, 20)


def site(s):
    """A web site on a screen and a telephone."""
    s.shadow(400, 520, 520)
    s.box(130, 130, 590, 430, INK, 18)
    s.box(146, 146, 574, 414, WHITE, 6)
    s.box(146, 146, 574, 186, TEAL, 6)
    s.box(170, 210, 380, 330, SKY, 8)
    s.shape(GREEN, (170, 330), (240, 250), (300, 300), (340, 270), (380, 330))
    for y in (215, 245, 275):
        s.box(400, y, 550, y + 14, GREY, 7)
    s.box(400, 305, 480, 332, CORAL, 10)
    for x in (170, 310, 450):
        s.box(x, 350, x + 100, 396, "#eef1f4", 6)
    s.box(320, 430, 400, 490, STEEL)
    s.box(260, 484, 460, 506, STEEL, 8)
    s.box(560, 260, 690, 500, INK, 18)
    s.box(572, 278, 678, 482, WHITE, 6)
    s.box(584, 290, 666, 360, SUN, 6)
    for y in (376, 400, 424):
        s.box(584, y, 666, y + 12, GREY, 6)


def serveur(s):
    """Machines that keep web sites, and a leaf."""
    s.floor()
    s.shadow(380, 520, 420)
    for y in (180, 290, 400):
        s.box(190, y, 560, y + 96, INK, 14)
        s.box(204, y + 14, 546, y + 82, "#3d4b5e", 8)
        for x, c in ((235, LEAF), (270, LEAF), (305, SUN)):
            s.disc(x, y + 48, 11, c)
        for x in (380, 410, 440, 470, 500):
            s.box(x, y + 30, x + 12, y + 66, STEEL, 5)
    s.disc(610, 250, 62, GREEN, 92)
    s.line(LEAF, 8, (610, 180), (610, 400))


def compta(s):
    """A ledger, a calculator and a pen."""
    s.shadow(400, 500, 620)
    s.box(120, 160, 470, 480, PAPER, 10)
    s.box(120, 160, 150, 480, TEAL, 8)
    for y in range(200, 460, 36):
        s.box(175, y, 320, y + 12, GREY, 6)
        s.box(370, y, 440, y + 12, CORAL if y % 72 == 56 else STEEL, 6)
    s.box(510, 220, 680, 470, INK, 18)
    s.box(530, 240, 660, 290, "#cfe3c3", 6)
    for row in range(4):
        for column in range(3):
            c = SUN if (row, column) == (3, 2) else GREY
            x, y = 530 + 46 * column, 306 + 39 * row
            s.box(x, y, x + 36, y + 29, c, 6)
    s.line(PLUM, 14, (420, 510), (580, 120))


def droit(s):
    """Scales and a sealed paper."""
    s.floor()
    s.shadow(340, 520, 340)
    s.box(325, 170, 351, 500, INK, 8)
    s.box(250, 492, 426, 520, INK, 10)
    s.line(INK, 12, (180, 210), (496, 210))
    for x in (180, 496):
        s.line(STEEL, 5, (x, 210), (x - 62, 340))
        s.line(STEEL, 5, (x, 210), (x + 62, 340))
        s.pen.pieslice(_fine(x - 76, 290, x + 76, 400), 0, 180, fill=SUN)
    s.disc(338, 170, 26, SUN)
    s.box(550, 270, 720, 510, PAPER, 8)
    for y in range(300, 420, 28):
        s.box(575, y, 695, y + 10, GREY, 5)
    s.disc(660, 460, 30, CORAL)


def formation(s):
    """A board, a trainer and those who listen."""
    s.box(150, 80, 560, 330, INK, 12)
    s.box(164, 94, 546, 316, PAPER, 6)
    for x, top, c in (
        (210, 240, TEAL),
        (280, 200, SUN),
        (350, 160, CORAL),
        (420, 130, GREEN),
    ):
        s.box(x, top, x + 46, 296, c, 4)
    s.line(PLUM, 7, (200, 210), (300, 170), (380, 140), (490, 112))
    s.person(640, 200, CORAL)
    s.floor(470)
    for x, c in ((180, TEAL), (320, PLUM), (460, BLUE), (600, GREEN)):
        s.person(x, 420, c, hair="#4a3527")


def conseil(s):
    """Two people who advise each other."""
    s.shadow(400, 530, 560)
    s.person(260, 290, TEAL)
    s.person(540, 290, CORAL, "#a8704a", "#241a14")
    s.box(160, 420, 640, 450, WOOD, 8)
    s.box(200, 450, 222, 530, DARK_WOOD)
    s.box(578, 450, 600, 530, DARK_WOOD)
    s.box(300, 110, 420, 180, WHITE, 26)
    s.shape(WHITE, (330, 170), (320, 205), (360, 175))
    s.box(420, 160, 530, 220, SUN, 24)
    s.shape(SUN, (480, 210), (510, 245), (505, 205))
    for x in (335, 360, 385):
        s.disc(x, 145, 7, GREY)
    s.disc(400, 398, 26, WHITE, 20)


def menage(s):
    """A bucket, a spray and a brush."""
    s.floor()
    s.shadow(400, 520, 560)
    s.shape(BLUE, (170, 320), (390, 320), (365, 510), (195, 510))
    s.disc(280, 320, 110, "#6fa3c1", 24)
    s.arc(280, 320, 108, 180, 360, STEEL, 8)
    for x, y, r in ((230, 300, 30), (280, 288, 38), (335, 300, 28)):
        s.disc(x, y, r, WHITE)
    s.box(450, 320, 550, 510, TEAL, 20)
    s.box(475, 250, 525, 330, TEAL, 8)
    s.shape(CORAL, (440, 205), (560, 205), (560, 255), (480, 255))
    s.box(470, 390, 530, 450, WHITE, 8)
    s.line(WOOD, 14, (640, 140), (610, 430))
    s.box(560, 420, 680, 500, SUN, 10)


def peinture(s):
    """A wall half painted, a roller and pots."""
    s.box(0, 0, 420, 470, "#9cc9bd")
    s.shape(
        "#9cc9bd",
        (420, 0),
        (470, 60),
        (430, 160),
        (480, 260),
        (430, 380),
        (460, 470),
        (400, 470),
    )
    s.floor(470)
    s.shadow(250, 530, 260)
    s.shadow(570, 530, 260)
    s.box(380, 150, 560, 220, PAPER, 26)
    s.line(STEEL, 10, (560, 185), (610, 185), (610, 270), (520, 270), (520, 320))
    s.box(505, 310, 535, 440, CORAL, 10)
    for x, c in ((200, TEAL), (310, SUN)):
        s.box(x - 50, 420, x + 50, 530, GREY, 6)
        s.disc(x, 420, 50, c, 15)
    s.line(WOOD, 12, (600, 530), (660, 300))
    s.line(WOOD, 12, (720, 530), (660, 300))
    for y in (370, 430, 490):
        s.line(WOOD, 9, (640 - (y - 370) / 5, y), (680 + (y - 370) / 5, y))


def meuble(s):
    """A cabinet and a chair of wood."""
    s.floor()
    s.shadow(290, 520, 380)
    s.shadow(590, 520, 220)
    s.box(130, 180, 450, 500, WOOD, 10)
    for y in (200, 300, 400):
        s.box(148, y, 432, y + 84, "#d9a670", 6)
        s.disc(290, y + 42, 9, DARK_WOOD)
    for x in (150, 415):
        s.box(x, 496, x + 18, 522, DARK_WOOD)
    s.box(525, 190, 545, 520, DARK_WOOD, 6)
    s.box(640, 360, 658, 520, DARK_WOOD, 6)
    s.box(520, 350, 662, 376, WOOD, 8)
    for y in (205, 250, 295):
        s.box(525, y, 640, y + 26, WOOD, 8)
    s.box(622, 190, 642, 360, DARK_WOOD, 6)


def scie(s):
    """A workshop: bench, saw, shavings."""
    s.box(120, 100, 680, 250, "#d8b48c", 8)
    s.shape(GREY, (180, 150), (360, 150), (360, 175), (200, 215))
    s.box(350, 140, 420, 190, DARK_WOOD, 14)
    s.line(STEEL, 12, (520, 130), (520, 220))
    s.box(490, 120, 550, 150, INK, 6)
    s.line(CORAL, 14, (620, 140), (620, 225))
    s.floor(470)
    s.shadow(400, 530, 640)
    s.box(90, 360, 710, 405, WOOD, 6)
    s.box(130, 405, 170, 530, DARK_WOOD)
    s.box(630, 405, 670, 530, DARK_WOOD)
    s.box(220, 325, 520, 360, "#e3b884", 4)
    for x in (560, 600, 640):
        s.arc(x, 345, 17, 0, 300, "#e9c79a", 7)


def laser(s):
    """A cutting machine with its beam."""
    s.floor()
    s.shadow(400, 520, 560)
    s.box(140, 220, 660, 510, INK, 22)
    s.box(165, 245, 635, 400, "#41526a", 10)
    s.box(185, 345, 615, 390, WOOD, 4)
    s.box(360, 232, 440, 290, GREY, 8)
    s.shape("#ff6b5e", (396, 290), (404, 290), (403, 350), (397, 350))
    s.disc(400, 352, 18, "#ffb4a2")
    s.disc(400, 352, 8, WHITE)
    s.box(470, 430, 620, 480, TEAL, 8)
    for x, c in ((210, LEAF), (260, SUN), (310, CORAL)):
        s.disc(x, 455, 17, c)


def presse(s):
    """A press and its sheets."""
    s.floor()
    s.shadow(390, 520, 620)
    s.box(110, 240, 560, 500, BLUE, 24)
    s.box(140, 270, 530, 330, "#2f5f7e", 12)
    for x, c in ((200, "#22a6d0"), (280, "#d6478d"), (360, SUN), (440, INK)):
        s.disc(x, 400, 32, c)
        s.disc(x, 400, 12, WHITE)
    s.box(160, 150, 420, 270, PAPER, 4)
    for y in (470, 450, 430, 410):
        s.box(540, y, 710, y + 16, WHITE, 3)
    s.box(556, 380, 694, 412, CORAL, 3)
    s.box(556, 360, 694, 382, SUN, 3)


def affiche(s):
    """Colours and a poster for a brand."""
    s.shadow(400, 530, 560)
    s.box(170, 80, 470, 510, WHITE, 8)
    s.box(190, 100, 450, 360, PLUM, 6)
    s.disc(320, 230, 84, SUN)
    s.shape(CORAL, (190, 360), (190, 300), (300, 220), (450, 340), (450, 360))
    s.box(190, 385, 400, 408, INK, 10)
    s.box(190, 428, 340, 444, GREY, 8)
    s.box(190, 462, 300, 478, GREY, 8)
    for number, c in enumerate((TEAL, GREEN, SUN, CORAL, PLUM)):
        s.box(530, 130 + 76 * number, 690, 190 + 76 * number, c, 30)


def fauteuil(s):
    """An armchair given a second life."""
    s.floor()
    s.shadow(370, 525, 460)
    s.box(200, 190, 540, 440, CORAL, 60)
    s.box(235, 330, 505, 450, "#f08e72", 26)
    s.box(165, 300, 250, 480, CORAL, 36)
    s.box(490, 300, 575, 480, CORAL, 36)
    for x in (210, 520):
        s.shape(DARK_WOOD, (x - 14, 475), (x + 14, 475), (x + 6, 525), (x - 6, 525))
    s.arc(650, 200, 62, 30, 330, GREEN, 16)
    s.shape(GREEN, (690, 130), (735, 160), (685, 195))


def fete(s):
    """A hall for a feast."""
    for y, x0 in ((90, 60), (60, 420)):
        s.line(INK, 4, (x0, y), (x0 + 150, y + 70), (x0 + 320, y))
        for n, c in enumerate((CORAL, SUN, TEAL, PLUM, GREEN)):
            x = x0 + 30 + 62 * n
            top = y + (20, 52, 66, 40, 12)[n]
            s.shape(c, (x - 20, top), (x + 20, top), (x, top + 46))
    s.floor(450)
    for x, c in ((220, TEAL), (400, CORAL), (580, PLUM)):
        s.shadow(x, 520, 190)
        s.disc(x, 420, 90, WHITE, 26)
        s.shape(WHITE, (x - 90, 420), (x + 90, 420), (x + 70, 510), (x - 70, 510))
        s.box(x - 16, 360, x + 16, 418, c, 6)
        s.disc(x, 340, 34, LEAF)
        s.disc(x - 22, 330, 16, SUN)
        s.disc(x + 20, 325, 16, ROSE)


def telephone(s):
    """Somebody who calls customers."""
    s.person(320, 250, TEAL)
    s.arc(320, 245, 58, 180, 360, INK, 12)
    s.box(252, 235, 280, 290, INK, 10)
    s.line(INK, 7, (266, 290), (290, 318), (322, 312))
    for radius in (60, 100, 140):
        s.arc(470, 230, radius, 320, 40, CORAL, 12)
    s.floor(440)
    s.shadow(400, 535, 560)
    s.box(130, 440, 670, 470, WOOD, 8)
    s.box(180, 470, 202, 540, DARK_WOOD)
    s.box(600, 470, 622, 540, DARK_WOOD)
    s.box(470, 350, 620, 440, INK, 8)
    s.box(480, 360, 610, 430, SKY, 4)


def micro(s):
    """A microphone for podcasts."""
    s.shadow(400, 530, 300)
    for n, high in enumerate((40, 90, 150, 70, 120)):
        for x in (80 + 38 * n, 720 - 38 * n):
            s.box(x - 9, 290 - high, x + 9, 290 + high, ("#5b6c93", CORAL)[n % 2], 9)
    s.box(330, 110, 470, 360, GREY, 70)
    for y in range(150, 300, 26):
        s.box(345, y, 455, y + 10, INK, 5)
    s.arc(400, 300, 105, 0, 180, SUN, 14)
    s.box(392, 400, 408, 500, SUN)
    s.box(310, 496, 490, 526, SUN, 12)


def enseigne(s):
    """A shop sign and its window."""
    s.box(130, 130, 670, 500, "#f7efe0", 8)
    s.box(110, 110, 690, 190, PLUM, 12)
    s.box(280, 136, 520, 164, SUN, 12)
    for n in range(8):
        s.pen.pieslice(
            _fine(110 + 72.5 * n, 160, 182.5 + 72.5 * n, 240),
            0,
            180,
            fill=(CORAL, PAPER)[n % 2],
        )
    s.box(160, 260, 450, 440, SKY, 6)
    s.box(500, 260, 640, 500, TEAL, 6)
    s.disc(618, 390, 9, SUN)
    s.box(180, 380, 240, 440, CORAL, 4)
    s.box(260, 350, 310, 440, SUN, 4)
    s.box(340, 395, 420, 440, GREEN, 4)
    s.floor(500)


def cafe(s):
    """A cup of coffee and a clock: an hour of somebody's time."""
    s.shadow(330, 500, 380)
    s.disc(330, 480, 190, WHITE, 34)
    s.box(210, 320, 450, 470, CORAL, 40)
    s.ring(470, 385, 46, CORAL, 18)
    s.disc(330, 325, 120, "#6f4326", 26)
    for x in (280, 330, 380):
        s.arc(x, 250, 24, 90, 270, WHITE, 9)
        s.arc(x, 202, 24, 270, 90, WHITE, 9)
    s.disc(600, 220, 100, INK)
    s.disc(600, 220, 84, PAPER)
    s.line(INK, 9, (600, 160), (600, 220), (640, 245))


GROUND = {
    "cool": (salle, site, camion, menage, serveur, telephone),
    "warm": (bureau, repas, meuble, scie, biere, presse, formation, cafe),
    "green": (legumes, velo, fauteuil, conseil, peinture),
    "rose": (photo, livres, affiche, fete),
    "plum": (compta, droit, enseigne, camera),
    "night": (micro, laser),
}


def logo():
    """The sign and the name of the network, on nothing."""
    sign = Image.open(SIGN).convert("RGBA").resize((96, 96), Image.Resampling.LANCZOS)
    image = Image.new("RGBA", (420, 112), (0, 0, 0, 0))
    image.alpha_composite(sign, (8, 8))
    font = ImageFont.load_default(60)
    ImageDraw.Draw(image).text((120, 56), "Troc Actif", "#0f5a4f", font, anchor="lm")
    image.crop(image.getbbox()).save(FOLDER / "logo.png", optimize=True)


def main():
    """Draw all of them."""
    logo()
    for ground, scenes in GROUND.items():
        for scene in scenes:
            picture = Scene(ground)
            scene(picture)
            picture.save(scene.__name__)


if __name__ == "__main__":
    main()
