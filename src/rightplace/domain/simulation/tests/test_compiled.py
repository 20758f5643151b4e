"""What is compiled is loaded as it lies there, so it is kept only where nobody else can put something in its place."""

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation import compiled


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir(mode=0o700)
    return tmp_path / "cache"


def test_a_folder_of_ones_own_is_made(home):
    assert compiled._shelf() == home / "rightplace" / f"engine-{compiled.DIGEST[:16]}"
    assert (home / "rightplace").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("at", [".", "rightplace", f"rightplace/engine-{compiled.DIGEST[:16]}"])
@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_can_change_on_the_way_is_not_used(home, at, mode):
    compiled._shelf()
    (home / at).chmod(mode)
    assert compiled._shelf() is None


def test_a_folder_where_each_can_only_move_what_is_theirs_may_lie_on_the_way(home):
    home.chmod(0o1777)
    assert compiled._shelf() is not None


def test_a_link_in_place_of_the_folder_is_not_used(home, tmp_path):
    shelf = compiled._shelf()
    assert shelf is not None
    shelf.rmdir()
    (tmp_path / "elsewhere").mkdir()
    shelf.symlink_to(tmp_path / "elsewhere")
    assert compiled._shelf() is None
