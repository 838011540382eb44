"""Finished pictures in a folder: which are believed, and which are drawn again."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.artifact import Artifact
from generator.diagnostics import Checked
from generator.faults import MachineFaultError
from generator.images.picturing import Picturing
from generator.images.shelf import PictureStore, draw_and_shelve, place
from generator.store import Digest, Store

PATHS = ("assets/a.webp", "assets/a.jpg")


def draw(words: str) -> Checked[tuple[Artifact, ...]]:
    return Checked(tuple(Artifact(path, f"{words} {path}".encode()) for path in PATHS))


PICTURE = Picturing(Digest("k" * 40), PATHS, draw, "hills")


class Index(dict[Digest, bytes]):
    """An index in memory."""

    def put(self, key: Digest, data: bytes) -> None:
        self[key] = data

    def commit(self) -> None:
        pass


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def store(tmp_path: Path, index: Index) -> Iterator[PictureStore]:
    with PictureStore(tmp_path / "pictures", index) as opened:
        yield opened


def kept(store: PictureStore) -> tuple[Path, ...]:
    return store.keep(PICTURE, PICTURE.draw().value)


def test_what_was_kept_is_found_in_the_order_of_its_paths(store: PictureStore) -> None:
    assert store.find(PICTURE) is None
    files = kept(store)
    assert store.find(PICTURE) == files
    assert [file.read_bytes() for file in files] == [artifact.data for artifact in PICTURE.draw().value]
    assert [file.suffix for file in files] == [".webp", ".jpg"]


def test_a_later_run_finds_it_and_another_key_does_not(tmp_path: Path, store: PictureStore, index: Index) -> None:
    files = kept(store)
    with PictureStore(tmp_path / "pictures", index) as again:
        assert again.find(PICTURE) == files
        assert again.find(Picturing(Digest("l" * 40), PATHS, draw, "hills")) is None


def test_a_worker_writes_what_the_main_process_remembers(store: PictureStore) -> None:
    shelved = draw_and_shelve(pickle.loads(pickle.dumps((store.folder, PICTURE))))
    assert store.find(PICTURE) is None
    assert store.remember(PICTURE, shelved.value) == store.find(PICTURE)


def test_the_real_store_is_an_index(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as index, PictureStore(tmp_path / "pictures", index) as store:
        files = kept(store)
    with Store(tmp_path / "store.sqlite") as index:
        assert PictureStore(tmp_path / "pictures", index).find(PICTURE) == files


def test_a_run_that_is_stopped_keeps_most_of_what_it_drew(tmp_path: Path) -> None:
    pictures = [Picturing(Digest(f"{number:040x}"), PATHS, draw, f"{number}") for number in range(100)]
    with Store(tmp_path / "store.sqlite") as index:
        store = PictureStore(tmp_path / "pictures", index)
        for picture in pictures:
            store.keep(picture, picture.draw().value)
    with Store(tmp_path / "store.sqlite") as index:
        store = PictureStore(tmp_path / "pictures", index)
        assert sum(store.find(picture) is not None for picture in pictures) >= 80


def test_files_that_came_with_the_content_are_not_believed(tmp_path: Path) -> None:
    """A pull request can bring a folder with the right names; the index is made here and knows nothing of them."""
    stranger = Index()
    kept(PictureStore(tmp_path / "pictures", stranger))
    assert PictureStore(tmp_path / "pictures", Index()).find(PICTURE) is None


def test_a_file_that_was_put_in_the_place_of_ours_is_not_believed(store: PictureStore) -> None:
    first = kept(store)[0]
    original = first.read_bytes()
    first.unlink()
    first.write_bytes(bytes(len(original)))
    assert store.find(PICTURE) is None
    assert kept(store)[0].read_bytes() == original
    assert store.find(PICTURE) is not None


def test_a_file_that_was_changed_through_another_name_is_not_believed(tmp_path: Path, store: PictureStore) -> None:
    first = kept(store)[0]
    place(first, tmp_path / "published.webp")
    assert (tmp_path / "published.webp").samefile(first)
    with (tmp_path / "published.webp").open("r+b") as file:
        file.write(b"x")
    assert store.find(PICTURE) is None


def test_a_link_in_the_place_of_a_file_is_neither_believed_nor_written_through(
    tmp_path: Path, store: PictureStore
) -> None:
    first = kept(store)[0]
    elsewhere = tmp_path / "elsewhere"
    first.rename(elsewhere)
    first.symlink_to(elsewhere)
    content = elsewhere.read_bytes()
    elsewhere.write_bytes(content)
    assert store.find(PICTURE) is None
    kept(store)
    assert not first.is_symlink()
    assert elsewhere.read_bytes() == content


def test_a_folder_in_the_place_of_a_file_makes_room(store: PictureStore) -> None:
    first = kept(store)[0]
    first.unlink()
    first.mkdir()
    assert store.find(PICTURE) is None
    assert kept(store)[0].is_file()


def test_a_copy_of_the_folder_is_believed_by_its_bytes(tmp_path: Path, store: PictureStore, index: Index) -> None:
    """Caches of build machines give every file another number and time."""
    kept(store)
    shutil.copytree(tmp_path / "pictures", tmp_path / "copy")
    for file in (tmp_path / "copy").iterdir():
        os.utime(file, (1, 1))
    with PictureStore(tmp_path / "copy", index) as copy:
        files = copy.find(PICTURE)
        assert files is not None
        assert {file.parent.name for file in files} == {"copy"}


def test_half_a_picture_is_none(store: PictureStore) -> None:
    kept(store)[1].unlink()
    assert store.find(PICTURE) is None


def test_what_nobody_wanted_is_forgotten(tmp_path: Path, store: PictureStore, index: Index) -> None:
    kept(store)
    (tmp_path / "pictures" / "planted.webp").write_bytes(b"x")
    (tmp_path / "pictures" / "planted").mkdir()
    other = Picturing(Digest("m" * 40), PATHS, draw, "sky")
    store.keep(other, other.draw().value)
    with PictureStore(tmp_path / "pictures", index) as again:
        again.forget_all_but([other.key, Digest("n" * 40)])
        assert again.find(other)
        assert again.find(PICTURE) is None
    assert len(list((tmp_path / "pictures").iterdir())) == 2


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path, index: Index) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pictures").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MachineFaultError):
        PictureStore(tmp_path / "pictures", index)


def test_where_no_folder_can_be_made_a_temporary_one_serves(tmp_path: Path, index: Index) -> None:
    (tmp_path / "file").write_bytes(b"")
    with PictureStore(tmp_path / "file" / "pictures", index) as store:
        (first, *_) = kept(store)
        assert store.find(PICTURE) is not None
    assert not first.exists()


def test_a_full_disk_leaves_nothing_behind(store: PictureStore, monkeypatch: pytest.MonkeyPatch) -> None:
    files = kept(store)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        kept(store)
    assert set(store.folder.iterdir()) == set(files)
    assert store.find(PICTURE) == files


def test_finished_files_can_be_read_by_a_web_server(store: PictureStore) -> None:
    """They become the site's files; a temporary file of the system's making would be for its owner alone."""
    umask = os.umask(0)
    os.umask(umask)
    assert all(file.stat().st_mode & 0o777 == 0o666 & ~umask for file in kept(store))
