"""The music of one episode: how much silence it needs around the voice, and where it lies in it."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.audio.mastering import Mix
from narrate.audio.music import Bed, at_end, lead_in_samples, load_bed, mixed, tail_samples
from narrate.core.episode import Narration
from narrate.core.settings.loading import Music

# The timeline has the rate of its first clip, which is not known before the first word is spoken. Files are read
# before that, so that one that cannot be used is reported at once; nearly always this is the rate in the end.
USUAL_RATE_HZ = 24_000


@dataclass(frozen=True, slots=True)
class Beds:
    """Music before and after, at one rate; None where there is none."""

    music: Music
    rate_hz: int
    before: Bed | None
    after: Bed | None

    def lead_in_ms(self, usual_ms: int) -> int:
        """Silence before the first word: the music is alone but for its last fade, which runs under the voice."""
        samples = lead_in_samples(self.before, self.music.fade_ms, self.rate_hz) if self.before else 0
        return max(usual_ms, samples * 1000 // self.rate_hz)

    def tail_ms(self, usual_ms: int) -> int:
        """Silence after the last word: the music's first fade is under it."""
        samples = tail_samples(self.after, self.music.fade_ms, self.rate_hz) if self.after else 0
        return max(usual_ms, samples * 1000 // self.rate_hz)

    def mixer(self, narration: Narration) -> Mix | None:
        """Return a function that lays the music under a finished timeline; None where there is none."""
        beds = self if narration.rate_hz == self.rate_hz else load_beds(self.music, narration.rate_hz)
        placed = [beds.before] if beds.before else []
        if beds.after:
            placed.append(at_end(beds.after, narration.duration_samples))
        if not placed:
            return None
        return lambda pieces, voice_lufs: mixed(pieces, placed, voice_lufs=voice_lufs, below_lu=beds.music.below_lu)


def load_beds(music: Music, rate_hz: int = USUAL_RATE_HZ) -> Beds:
    """Read the music that the settings name.

    Raises:
        ConfigError: A file cannot be used; names it.
    """
    before, after = (
        load_bed(path, rate_hz, longest_ms=music.longest_ms, fade_in_ms=music.fade_ms, fade_out_ms=music.fade_ms)
        if path
        else None
        for path in (music.before, music.after)
    )
    return Beds(music, rate_hz, before, after)
