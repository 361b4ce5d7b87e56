from __future__ import annotations

import pytest

from engine.image_io import Image
from rednet_gui.models.session import Activity, Session
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of())


def test_a_new_source_is_never_seen_with_the_old_result(session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    seen = list[bool]()
    for signal in (session.source_changed, session.result_changed, session.level_changed):
        signal.connect(lambda: seen.append(session.result is None))
    session.set_source(source_of(IMAGE))
    assert seen == [True, True, True]


@pytest.mark.parametrize("is_live", [True, False])
def test_nothing_is_chosen_while_a_file_is_written(session: Session, is_live: bool) -> None:
    session.is_live = is_live
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.SAVING)
    assert not session.can_choose, "nothing would follow, and what is shown would be something else"
    session.end_activity(Activity.SAVING)
    assert session.can_choose
