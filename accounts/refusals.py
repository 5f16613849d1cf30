"""What an action answers when a rule forbids it."""


class Refusal(ValueError):
    """A rule of the product forbids this now; its text is a sentence for the member who tried."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)
