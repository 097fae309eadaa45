"""A caller who waits for the AI hears something in time, whatever has failed."""

from agent_container.vigil import Patience, Vigil


class Signs:
    def __init__(self) -> None:
        self.is_owed = False
        self.is_audible = False
        self.caller_is_speaking = False

    def owed(self) -> bool:
        return self.is_owed

    def audible(self) -> bool:
        return self.is_audible

    def caller_speaks(self) -> bool:
        return self.caller_is_speaking


class Watch:
    def __init__(self) -> None:
        self.signs = Signs()
        self.happened: list[tuple[float, str]] = []
        self.now = 0.0
        self.vigil = Vigil(
            signs=self.signs,
            patience=Patience(moment=2.0, give_up=6.0),
            moment=lambda: self._note("moment"),
            give_up=lambda: self._note("given up"),
            well=lambda: None,
        )

    def _note(self, what: str) -> None:
        self.happened.append((round(self.now, 1), what))

    def look(self, *, until: float) -> None:
        while self.now < until:
            self.now += 0.2
            self.vigil.look(self.now)


def test_a_caller_who_is_owed_nothing_is_left_in_peace() -> None:
    watch = Watch()

    watch.look(until=60)

    assert watch.happened == []


def test_a_caller_who_hears_nothing_is_told_to_wait_once_and_then_a_person_is_called() -> None:
    watch = Watch()
    watch.signs.is_owed = True

    watch.look(until=6.4)

    assert [what for _, what in watch.happened] == ["moment", "given up"]
    assert watch.happened[0][0] <= 2.4
    assert watch.happened[1][0] <= 6.4


def test_the_wait_begins_with_the_callers_last_word() -> None:
    watch = Watch()
    watch.signs.caller_is_speaking = True
    watch.look(until=3)
    watch.signs.caller_is_speaking = False
    watch.look(until=4.4)
    watch.signs.is_owed = True
    watch.look(until=5.4)

    assert [what for _, what in watch.happened] == ["moment"]


def test_an_answer_in_time_is_none_of_its_business() -> None:
    watch = Watch()
    watch.signs.is_owed = True
    watch.look(until=1.8)
    watch.signs.is_audible = True
    watch.look(until=10)

    assert watch.happened == []


def test_a_sentence_that_breaks_off_leaves_no_long_silence() -> None:
    watch = Watch()
    watch.signs.is_owed = watch.signs.is_audible = True
    watch.look(until=3)
    watch.signs.is_audible = False
    watch.look(until=5.4)

    assert [what for _, what in watch.happened] == ["moment"]


def test_it_goes_on_watching_after_it_has_given_up() -> None:
    watch = Watch()
    watch.signs.is_owed = True

    watch.look(until=14)

    assert [what for _, what in watch.happened].count("given up") == 2


def test_ears_that_are_deaf_twice_in_a_row_have_failed() -> None:
    watch = Watch()

    watch.vigil.not_understood()
    watch.vigil.understood()
    watch.vigil.not_understood()
    assert [what for _, what in watch.happened] == ["moment", "moment"]

    watch.vigil.not_understood()
    assert [what for _, what in watch.happened][-1] == "given up"
