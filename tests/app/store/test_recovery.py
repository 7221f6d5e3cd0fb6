"""The recovery code: it comes back, a typo never opens, and the mistyped group is named."""

from __future__ import annotations

import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Fault
from app.store.recovery import GROUPS, LETTERS, differing_groups, master_of, recovery_code

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=20, max_size=20))
def test_the_code_comes_back(master: bytes) -> None:
    code = recovery_code(master)
    assert [len(group) for group in code.split("-")] == [LETTERS] * GROUPS
    assert master_of(code) == master
    assert master_of(f"  {code.lower().replace('-', ' ')}\n") == master


def test_look_alikes_are_read_as_meant() -> None:
    master = bytes(20)
    code = recovery_code(master)
    assert "0" in code
    assert master_of(code.replace("0", "O")) == master


def test_a_mistyped_sign_is_named_by_its_group() -> None:
    source = random.Random(7)
    named = 0
    for _ in range(300):
        master = source.randbytes(20)
        signs = list(recovery_code(master).replace("-", ""))
        place = source.randrange(len(signs))
        signs[place] = source.choice([sign for sign in SIGNS if sign != signs[place]])
        with pytest.raises(Fault) as told:
            master_of("".join(signs))
        if told.value.code == "recovery.group":
            named += 1
            assert told.value.facts["group"] == place // LETTERS + 1
        else:
            assert told.value.code == "recovery.typo"
    assert named > 280


def test_a_sign_that_no_code_holds_and_a_short_code_are_told() -> None:
    code = recovery_code(secrets.token_bytes(20))
    with pytest.raises(Fault) as told:
        master_of(code[:10] + "U" + code[11:])
    assert (told.value.code, told.value.facts) == ("recovery.sign", {"group": 3})
    with pytest.raises(Fault) as told:
        master_of(code[:-5])
    assert told.value.code == "recovery.length"


def test_the_proof_names_the_groups_that_differ() -> None:
    code = recovery_code(bytes(range(20)))
    groups = code.split("-")
    groups[1] = "ZZZZ"
    groups[8] = "YYYY"
    assert differing_groups(code.lower(), code) == ()
    assert differing_groups("-".join(groups), code) == (2, 9)
    assert differing_groups("", code) == tuple(range(1, GROUPS + 1))
