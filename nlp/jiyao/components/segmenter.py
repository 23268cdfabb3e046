"""Word segmentation with jiyao's own spacy-pkuseg model.

The model is trained from our corpus (``jiyao.trainer.segmenter``); nothing is
downloaded. Offsets are kept: a word is a half-open span of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from jiyao.errors import ModelError


class Segmenter:
    """A pkuseg model that gives word spans instead of strings."""

    def __init__(self, folder: Path, *, remember: int = 0) -> None:
        """Load the model in ``folder``; ``remember`` lines are kept cut, for training, which reads them again and again.

        Raises:
            ModelError: the folder holds no pkuseg model.
        """
        # Imported here: reading --help must not pay for it.
        from spacy_pkuseg import pkuseg

        if not (folder / "weights.npz").is_file():
            raise ModelError(str(folder), "no segmentation model", "train one with `jiyao train` or reinstall jiyao")
        self.folder = folder
        # Without the user dictionary: it merges words by a list that knows nothing of our entities.
        self._pkuseg = pkuseg(str(folder), user_dict=None)
        self._cut: Callable[[str], Sequence[str]] = (
            lru_cache(remember)(self._pkuseg.cut) if remember else self._pkuseg.cut
        )

    def words(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of the words of ``text``; white space belongs to none."""
        position = 0
        for line in text.split("\n"):
            cursor = position
            for word in self._cut(line):
                # pkuseg drops white space between words and never inside one.
                while text[cursor].isspace():
                    cursor += 1
                yield cursor, cursor + len(word)
                cursor += len(word)
            position += len(line) + 1
