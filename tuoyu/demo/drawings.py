"""Pictures of rooms that do not exist, and a register of nobody: drawn, so that none is real."""

from io import BytesIO
from itertools import product

from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from tuoyu.archives.pictures import add_pictures

SIZE = WIDTH, HEIGHT = 640, 480
WALLS = ("#f6ead2", "#dcebf5", "#e4f0dc", "#f7dfe0", "#ece4f4")
WOOD, DARK, LEAF, SKY, SUN, GRASS = (
    "#c99a66", "#7a5536", "#6fa562", "#bfe3f7", "#f9c846", "#9cc97f",
)  # fmt: skip
TOYS = ("#e4685d", "#4f8fd0", "#f2b134", "#63b18a")
REGISTER = 31, 16  # days across, children down


def room(draw, wall):
    """A floor, a wall and a window."""
    draw.rectangle((0, 0, WIDTH, 330), fill=wall)
    draw.rectangle((0, 330, WIDTH, HEIGHT), fill=WOOD)
    draw.rectangle((400, 60, 580, 220), fill=SKY, outline="white", width=8)
    draw.line((490, 60, 490, 220), fill="white", width=6)


def activity_room(draw, wall):
    room(draw, wall)
    draw.rounded_rectangle((60, 150, 340, 250), 10, fill=DARK)
    for number, colour in enumerate(TOYS * 2):
        draw.rectangle((78 + number * 32, 196, 102 + number * 32, 244), fill=colour)
    draw.ellipse((140, 350, 460, 450), fill=TOYS[1])
    for number, colour in enumerate(TOYS):
        draw.ellipse((180 + number * 70, 380, 220 + number * 70, 420), fill=colour)


def bedroom(draw, wall):
    room(draw, wall)
    for row in range(2):
        for bed in range(4):
            left, top = 30 + bed * 150, 270 + row * 100
            draw.rounded_rectangle((left, top, left + 125, top + 70), 12, fill="white")
            draw.rounded_rectangle((left + 45, top, left + 125, top + 70), 12, fill=TOYS[bed])


def kitchen(draw, wall):
    room(draw, wall)
    draw.rectangle((30, 230, 610, 400), fill="#d5d9dd", outline="#a9b0b6", width=4)
    for pot in range(3):
        draw.rectangle((70 + pot * 110, 180, 140 + pot * 110, 230), fill="#8d969d")
    draw.line((320, 230, 320, 400), fill="#a9b0b6", width=4)


def garden(draw, wall):
    draw.rectangle((0, 0, WIDTH, 300), fill=SKY)
    draw.rectangle((0, 300, WIDTH, HEIGHT), fill=GRASS)
    draw.ellipse((500, 40, 590, 130), fill=SUN)
    draw.rectangle((90, 200, 110, 330), fill=DARK)
    draw.ellipse((30, 90, 170, 230), fill=LEAF)
    draw.polygon(((260, 400), (330, 240), (350, 240), (350, 400)), fill=TOYS[0])
    draw.line((350, 240, 350, 400), fill=wall, width=12)
    draw.polygon(((420, 400), (500, 300), (580, 400)), fill=TOYS[2])


SCENES = {
    "活动室": activity_room,
    "午睡室": bedroom,
    "厨房": kitchen,
    "户外活动场地": garden,
}


def picture(name, number=0):
    """An upload of this scene; the number chooses the colour of the wall."""
    image = Image.new("RGB", SIZE)
    SCENES[name](ImageDraw.Draw(image), WALLS[number % len(WALLS)])
    return upload(image, f"{name}.png")


def hang(paper, *scenes, number=0):
    """Add these scenes to an archive or a proposal, each with its name below."""
    if faults := add_pictures(paper, [picture(name, number) for name in scenes]):
        raise ValueError(faults)
    for placed, name in zip(paper.pictures[-len(scenes) :], scenes, strict=True):
        placed.caption = name


def register(name):
    """An upload of an attendance register: children by number, days, ticks."""
    image, (days, children) = Image.new("RGB", (1000, 560), "white"), REGISTER
    draw = ImageDraw.Draw(image)
    for line in range(children + 2):
        draw.line((20, 20 + line * 30, 980, 20 + line * 30), fill="#888888")
    for line in range(days + 2):
        draw.line((20 + line * 30, 20, 20 + line * 30, 530), fill="#888888")
    for day, child in product(range(days + 1), range(children + 1)):
        fill_in(draw, day, child, left=27 + day * 30, top=26 + child * 30)
    return upload(image, name)


def fill_in(draw, day, child, left, top):
    """One field: the day above, the number in front, or a tick on a day of work; of the last child
    only until it left."""
    if not day or not child:
        draw.text((left + 1, top + 3), f"{day or child:02d}" if day or child else "", fill="black")
    elif day % 7 not in (6, 0) and (child < REGISTER[1] or day < 20):
        draw.line((left, top + 8, left + 6, top + 15, left + 17, top), fill="#1f4e9e")


def upload(image, name):
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return FileStorage(file, filename=name)
