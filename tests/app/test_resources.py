from __future__ import annotations

import pytest

from app.resources import resource


def test_a_resource_is_a_file_that_is_there() -> None:
    assert resource("icons", "users.svg").read_text("utf-8").lstrip().startswith("<svg")


def test_one_that_is_not_there_is_said_without_a_path_of_this_computer() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        resource("icons", "no-such-icon.svg")
    assert str(caught.value) == "icons/no-such-icon.svg"


@pytest.mark.parametrize("name", ["fonts/OFL.txt", "icons/LICENSE", "words/SOURCES.md"])
def test_what_others_made_comes_with_its_licence(name: str) -> None:
    assert len(resource(*name.split("/")).read_text("utf-8")) > 200
