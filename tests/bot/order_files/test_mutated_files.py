"""Files that spreadsheets have been at: read exactly as they were, or refused with the line and the reason."""

from pathlib import Path

import pytest

from mutated_files import compare


@pytest.mark.parametrize("seed", range(200))
def test_a_mutated_file_is_read_as_it_was_or_refused(tmp_path: Path, seed: int) -> None:
    compare(tmp_path, seed)
