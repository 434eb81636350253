"""A card before the camera of a desk without a network: read, let in, and not counted again while it stays there."""

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from tests.browser.fixtures import FLAGS, NARROW
from tests.journeys.doors import hand_over, make_door, stand_at, use_as_desk, verdict, wait_ready
from tests.journeys.steps import look
from welfare_card.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH, HEIGHT, FRAMES = 640, 480, 10
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def film_of(text: str, path) -> str:
    """A film (YUV4MPEG2) of a card held so close that its code nearly fills the height of the picture."""
    code = segno.make(text, error="m", micro=False)
    side = len(code.matrix)
    wide = side * ((HEIGHT - 60) // side)
    picture = Image.new("L", (side, side), 235)
    picture.putdata([16 if dark else 235 for row in code.matrix for dark in row])
    frame = Image.new("L", (WIDTH, HEIGHT), 235)
    held = ((WIDTH - wide) // 2, (HEIGHT - wide) // 2)
    frame.paste(picture.resize((wide, wide), Image.Resampling.NEAREST), held)
    grey = b"\x80" * (WIDTH * HEIGHT // 2)
    film = b"".join(b"FRAME\n" + frame.tobytes() + grey for _count in range(FRAMES))
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + film)
    return str(path)


@pytest.fixture
def door(transactional_db):
    """A door, and a card of somebody who stands before it."""
    door = make_door()
    door.shown, door.allowance = door.card("مریم")
    return door


@pytest.fixture
def browser(door, browser_type, browser_type_launch_args, tmp_path):
    """A browser whose camera sees that card."""
    film = film_of(door.shown.code_text, tmp_path / "card.y4m")
    args = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": args})
    yield browser
    browser.close()


def test_a_card_before_the_camera_is_let_in_once(open_browser, way, door):
    page = open_browser(door.keeper, width=NARROW)
    stand_at(page, way.url)
    use_as_desk(page)
    door.lease(door.allowance, 3)
    hand_over(page)
    way.state = "cut"
    page.reload()
    wait_ready(page)
    page.click("[data-part=camera]")
    yes, read = verdict(page)
    assert (yes, "مریم" in read) == (True, True), read
    look(page, "desk-camera-360")
    page.wait_for_timeout(6000)
    expect(page.locator("[data-part=waiting]")).to_have_text("۱")
    page.click("[data-part=stop]")
    expect(page.locator("[data-part=video]")).to_be_hidden()
    way.state = "open"
    hand_over(page)
    assert [(row.card_id, row.tier, row.outcome) for row in Visit.objects.all()] == [(door.shown.pk, "T2", "ok")]
