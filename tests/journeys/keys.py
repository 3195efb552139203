"""A person without a mouse: Tab, Enter, arrows and typing, and every press is counted."""

from time import monotonic

FAR = 60  # presses of Tab after which nobody goes on looking
FOCUSED = """() => {
    const here = document.activeElement, label = here.labels && here.labels[0];
    return here.getAttribute("aria-label") || (label || here).textContent.trim();
}"""


class Keys:
    """`way` is where the focus stood at each press of Tab, for whoever wants to know why it is far."""

    def __init__(self, person):
        self.person, self.presses, self.way, self.began = person, 0, [], monotonic()

    def press(self, key, times=1):
        for _ in range(times):
            self.presses += 1
            self.person.page.keyboard.press(key)

    def type(self, text):
        self.presses += len(text)
        self.person.page.keyboard.type(text)

    def tab_to(self, name):
        """Walk with Tab until the focus is on what is called so, or begins so."""
        self.tab_until(lambda: self.here.startswith(name))

    def tab_into(self, field):
        """Walk with Tab into the field of this name."""
        self.tab_until(lambda: self.field == field)

    def tab_until(self, there):
        self.way = []
        while not (self.way and there()):
            assert len(self.way) < FAR, self.way
            self.press("Tab")
            self.way.append(self.here)

    def begin_reading(self):
        """Past the head of the page, by the link that every page begins with."""
        self.press("Tab")
        assert self.here == "跳到正文"
        self.press("Enter")

    def follow(self, name):
        """Walk there and press Enter."""
        self.tab_to(name)
        self.press("Enter")

    @property
    def here(self):
        return self.person.page.evaluate(FOCUSED)

    @property
    def field(self):
        """The name of the field in which the focus is."""
        return self.person.page.evaluate("document.activeElement.name")

    @property
    def seconds(self):
        return monotonic() - self.began
