"""A plan's chunks spoken: clips as they come, put on one timeline, with word of how far the work is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from narrate.audio.live_gain import Listener, Sink, also_heard
from narrate.audio.music_plan import Beds
from narrate.audio.timeline import LEAD_IN_MS, TAIL_MS, join
from narrate.core.episode import Clip, Narration
from narrate.core.forecast import Forecast
from narrate.core.progress import Progress
from narrate.episode.accounting import require_all_heard
from narrate.pipeline.plan import Plan
from narrate.pipeline.shared import Request
from narrate.speech.clip_cache import ClipCache
from narrate.speech.marked_stretches import opening_pause_ms
from narrate.speech.pace import PaceNotes, Pacing
from narrate.speech.speech_bands import expected_lufs
from narrate.speech.synthesis import synthesise


class Speaking:
    """The work of speaking one plan; the forecast of its end goes with it from the first chunk to the last byte."""

    def __init__(self, plan: Plan, request: Request) -> None:
        """Begin with nothing yet.

        Args:
            plan: What is spoken, and by whom.
            request: Who watches, who listens, and where chunks are spoken.
        """
        self._plan, self._request = plan, request
        cache, engine, settings = plan.cache_folder, plan.engine, plan.settings
        self._clips = ClipCache(cache) if cache else None
        notes = PaceNotes(cache) if cache and not request.company.workers.is_elsewhere else None
        self._pacing = Pacing(notes, engine.name, engine.version, settings.speed, settings.jobs or engine.parallel)
        self._forecast = Forecast({})

    def clips(self, meanwhile: Callable[[], object] = lambda: None) -> Iterator[Clip]:
        """Yield a clip for each chunk, in order, and tell how far it is.

        Args:
            meanwhile: Called once, in this thread, while the first chunks are spoken; not where somebody listens,
                who would be kept waiting.

        Raises:
            EngineError: A chunk could not be spoken.
            OutputError: The cache cannot be written.
        """
        plan, workers, listener = self._plan, self._request.company.workers, self._request.listener
        self._forecast = self._pacing.forecast(plan.chunks, self._clips, plan.clip_key)
        clips = synthesise(
            plan.chunks,
            plan.engine,
            voice=plan.cast.voice.name,
            speed=plan.settings.speed,
            cache=self._clips,
            jobs=self._pacing.jobs,
            strict=plan.settings.strict,
            executor=workers.executor,
            heard=listener is not None,
            whole_chars=workers.whole_chars,
            meanwhile=_nothing if listener else meanwhile,
            forecast=self._forecast,
        )
        done_chars, total_chars = 0, sum(len(piece.text) for piece in plan.chunks)
        self._tell("speak", 0, total_chars)
        for clip in clips:
            yield clip
            done_chars += len(clip.chunk.text)
            self._tell("speak", done_chars, total_chars)

    def joined(self, clips: Iterable[Clip], sink: Sink, beds: Beds) -> Narration:
        """Put the clips on the timeline of an episode, with room for its music; the listener hears them as well.

        Raises:
            NarrateError: A word was not spoken.
            OSError: The listener is gone.
        """
        usual_ms = self._lead_in_ms()
        lead_in_ms = beds.lead_in_ms(usual_ms)
        heard = self._also_heard(sink, lead_in_ms - usual_ms)
        narration = join(clips, heard, lead_in_ms=lead_in_ms, tail_ms=beds.tail_ms(TAIL_MS))
        require_all_heard(self._plan.chunks, narration)
        return narration

    def told(self, clips: Iterable[Clip]) -> Narration:
        """Put the clips on a timeline that only the listener hears.

        Raises:
            NarrateError: A word was not spoken.
            OSError: The listener is gone.
        """
        narration = join(clips, self._also_heard(lambda samples, rate_hz: None, 0), lead_in_ms=self._lead_in_ms())
        require_all_heard(self._plan.chunks, narration)
        return narration

    def _lead_in_ms(self) -> int:
        """The silence before the first word; the author may ask for a longer one."""
        return max(LEAD_IN_MS, opening_pause_ms(self._plan.script))

    def tell_encoded(self, total_samples: int, done_samples: int) -> None:
        """Tell how much of the timeline is encoded."""
        self._forecast.encoded(done_samples / total_samples if total_samples else 1.0)
        self._tell("encode", done_samples, total_samples)

    def finish(self) -> None:
        """Keep the pace of this run for the next one's forecast."""
        self._pacing.finish(self._forecast)

    def _tell(self, stage: Literal["speak", "encode"], done: int, total: int) -> None:
        self._request.on_progress(Progress(stage, done, total, self._forecast))

    def _also_heard(self, sink: Sink, missed_ms: int) -> Sink:
        listener: Listener | None = self._request.listener
        if listener is None:
            return sink
        listener.expect(expected_lufs(self._plan.engine.name, self._plan.cast.voice.name))
        return also_heard(sink, listener, missed_ms)


def _nothing() -> None:
    """Do nothing meanwhile."""
