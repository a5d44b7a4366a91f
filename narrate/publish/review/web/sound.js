const sound = { now: null, url: "" };
const player = byId("player");

const spansOf = (asked) => {
  const element = byId(`b-${asked.id}`);
  if (!element) return [];
  return [...element.querySelectorAll(".s")].filter((one) => !asked.end_char
    || (Number(one.dataset.start) < asked.end_char && asked.start_char < Number(one.dataset.end)));
};

const mark = (name) => {
  for (const one of document.querySelectorAll(".s.busy, .s.playing")) one.classList.remove("busy", "playing");
  if (name && sound.now) for (const one of spansOf(sound.now.asked)) one.classList.add(name);
};

const silence = () => {
  if (sound.now) sound.now.ends.abort();
  sound.now = null;
  player.pause();
  player.removeAttribute("src");
  if (sound.url) URL.revokeObjectURL(sound.url);
  sound.url = "";
  mark("");
};

/* The next one that is asked for ends the one before, made or played. */
const hear = async (asked) => {
  silence();
  const now = { asked, ends: new AbortController() };
  sound.now = now;
  mark("busy");
  byId("heard").textContent = "The sound is being made";
  try {
    await last;
    const answer = await send("hear", asked, now.ends.signal);
    const made = await answer.blob();
    if (sound.now !== now) return;
    sound.url = URL.createObjectURL(made);
    player.src = sound.url;
    mark("playing");
    byId("heard").textContent = "Playing";
    await player.play();
  } catch (error) {
    if (sound.now !== now || error.name === "AbortError") return;
    silence();
    byId("heard").textContent = "";
    failed(error);
  }
};

player.addEventListener("ended", () => { page.heard = (page.heard || 0) + 1; byId("heard").textContent = ""; silence(); });

const hearBlock = (block) => {
  if (sound.now && sound.now.asked.id === block.id && !sound.now.asked.end_char) silence();
  else hear({ id: block.id, start_char: 0, end_char: 0 });
};

const hearSentence = (span) => hear({
  id: blockOf(span).id, start_char: Number(span.dataset.start), end_char: Number(span.dataset.end),
});
