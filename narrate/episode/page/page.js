"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const audio = by("audio");
  const root = document.documentElement;
  root.classList.add("scripted");

  const BACK_S = 10, FORWARD_S = 30;
  // A word stays marked through a shorter pause than this; in a longer one only its sentence does.
  const PAUSE_S = 0.3;
  // Nobody wants to be taken back to the first seconds, or to the last.
  const WORTH_KEEPING_S = 5;

  // ---- what is remembered; a browser may refuse to, on disk or in a private window

  const kept = {
    get(name) { try { return localStorage.getItem("narrate:" + name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem("narrate:" + name, value); } catch { /* then not */ } },
    remove(name) { try { localStorage.removeItem("narrate:" + name); } catch { /* then not */ } },
  };

  // ---- words and their times

  const elements = document.querySelectorAll(".s > span");
  const words = Array.from(elements, (element, index) => ({
    element, sentence: element.parentElement,
    start: data.times[2 * index] / 1000, end: (data.times[2 * index] + data.times[2 * index + 1]) / 1000,
  })).sort((one, other) => one.start - other.start);
  const wordOf = new Map(words.map((word, index) => [word.element, index]));
  // Where each sentence begins, in order of time.
  const sentences = words.filter((word, index) => !index || words[index - 1].sentence !== word.sentence);

  /** Index of the last of `items` that begins at or before `time`, -1 before the first. */
  function lastBefore(items, time) {
    let low = 0, high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (items[middle].start <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  let marked = [];
  let sentence = null;
  let word = -1;

  /** Mark what is said at `time`: all words of one span, as "forty three" is one for "43". */
  function mark(time) {
    const now = lastBefore(words, time);
    const next = words[now + 1];
    const silent = now >= 0 && time >= words[now].end && (!next || next.start - words[now].end >= PAUSE_S);
    const from = silent || now < 0 ? -1 : now;
    if (from !== word) {
      word = from;
      marked.forEach((element) => element.classList.remove("now"));
      marked = [];
      for (let at = from; at >= 0 && words[at].start === words[from].start; at--) marked.push(words[at].element);
      marked.forEach((element) => element.classList.add("now"));
    }
    const current = now < 0 ? null : words[now].sentence;
    if (current === sentence) return;
    if (sentence) sentence.removeAttribute("aria-current");
    sentence = current;
    if (!sentence) return;
    sentence.setAttribute("aria-current", "true");
    keepInView();
  }

  let frame = 0;
  function tick() {
    update();
    frame = audio.paused || audio.ended ? 0 : requestAnimationFrame(tick);
  }
  function start() {
    if (!frame) frame = requestAnimationFrame(tick);
  }
  function update() {
    mark(audio.currentTime);
    markChapter(audio.currentTime);
  }

  // ---- chapters

  const links = Array.from(document.querySelectorAll(".chapters a"));
  const chapters = data.chapters.map(([start, title], index) => ({ start, title, link: links[index] }));
  let chapter = -1;

  function markChapter(time) {
    const now = lastBefore(chapters, time);
    if (now === chapter) return;
    if (chapter >= 0) chapters[chapter].link.removeAttribute("aria-current");
    chapter = now;
    if (chapter >= 0) chapters[chapter].link.setAttribute("aria-current", "true");
    describe();
  }

  // ---- going somewhere

  function length() {
    return Number.isFinite(audio.duration) ? audio.duration : data.duration;
  }
  function go(time, play) {
    audio.currentTime = Math.min(Math.max(0, time), length());
    if (follow === "waiting") setFollow("on");
    update();
    keepInView();
    if (play && audio.paused) audio.play().catch(() => {});
  }
  function toggle() {
    if (audio.paused) audio.play().catch(() => {}); else audio.pause();
  }
  function bySentence(step) {
    const at = lastBefore(sentences, audio.currentTime);
    // Back goes to the beginning of this sentence first, as in every player, unless it has only just begun.
    const begun = step < 0 && at >= 0 && audio.currentTime - sentences[at].start > 1.5;
    const target = sentences[Math.max(0, begun ? at : at + step)];
    if (target) go(target.start);
  }
  function byChapter(step) {
    const begun = step < 0 && chapter >= 0 && audio.currentTime - chapters[chapter].start > 3;
    const target = chapters[Math.max(0, begun ? chapter : chapter + step)];
    if (target) go(target.start);
  }

  // ---- following the voice: "on", "waiting" after a scroll by hand until a jump, "off" until the button is pressed

  const followButton = by("follow");
  let follow = kept.get("follow") === "off" ? "off" : "on";
  let scrollsUntil = 0;
  let resizedAt = 0;

  function setFollow(state) {
    follow = state;
    followButton.setAttribute("aria-pressed", String(state === "on"));
  }
  function keepInView(always) {
    if (!sentence || follow !== "on" || !(always || !audio.paused || settled)) return;
    const bottom = by("player").getBoundingClientRect().top;
    let box = sentence.getBoundingClientRect();
    if (box.height > bottom * 0.6 && marked.length) box = marked[0].getBoundingClientRect();
    if (!always && box.top >= bottom * 0.08 && box.bottom <= bottom * 0.8) return;
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollsUntil = performance.now() + (smooth ? 1200 : 200);
    scrollBy({ top: box.top - bottom * 0.28, behavior: smooth ? "smooth" : "instant" });
  }
  function scrolledByHand() {
    if (follow === "on" && !audio.paused) setFollow("waiting");
  }
  for (const kind of ["wheel", "touchmove"]) {
    addEventListener(kind, (event) => {
      if (!by("player").contains(event.target) && !by("help").open) scrolledByHand();
    }, { passive: true });
  }
  addEventListener("resize", () => { resizedAt = performance.now(); });
  addEventListener("scrollend", () => { scrollsUntil = Math.min(scrollsUntil, performance.now() + 60); });
  addEventListener("scroll", () => {
    const now = performance.now();
    if (now > scrollsUntil && now > resizedAt + 500) scrolledByHand();
  }, { passive: true });
  followButton.addEventListener("click", () => {
    setFollow(follow === "on" ? "off" : "on");
    kept.set("follow", follow);
    keepInView(true);
  });
  setFollow(follow);

  // ---- speed

  const speed = by("speed");
  function setSpeed(value) {
    if (!Array.from(speed.options).some((option) => option.value === value)) return;
    speed.value = value;
    audio.preservesPitch = audio.webkitPreservesPitch = true;
    audio.defaultPlaybackRate = audio.playbackRate = Number(value);
    kept.set("speed", value);
  }
  function bySpeed(step) {
    const option = speed.options[speed.selectedIndex + step];
    if (option) { setSpeed(option.value); say(option.text); }
  }
  speed.addEventListener("change", () => setSpeed(speed.value));
  setSpeed(kept.get("speed") || "1");

  // ---- the line of news, and what went wrong

  let newsTimer = 0;
  function say(text) {
    by("status").textContent = text;
    clearTimeout(newsTimer);
    newsTimer = setTimeout(() => { by("status").textContent = ""; }, 5000);
  }
  function clock(time) {
    const whole = Math.floor(time), two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }
  function failed() {
    if (!audio.error) return;
    const unknown = data.type && !audio.canPlayType(data.type);
    const why = unknown ? `This browser does not play ${data.type}.`
      : audio.error.code === 2 ? "The connection broke off."
      : audio.error.code === 3 ? "The file is damaged."
      : "It should lie beside this page, under this name.";
    by("failure").textContent = `${data.name} could not be played. ${why} The text can be read all the same.`;
  }
  audio.addEventListener("error", failed);
  audio.addEventListener("loadeddata", () => { by("failure").textContent = ""; });
  failed();

  // ---- the listener's place, and links to a moment

  let settled = false;
  let keptAt = 0;
  function keepPlace() {
    const time = audio.currentTime;
    if (!settled || audio.ended) return;
    if (time > WORTH_KEEPING_S && time < length() - WORTH_KEEPING_S) kept.set("at:" + data.key, time.toFixed(2));
    else if (time <= WORTH_KEEPING_S) kept.remove("at:" + data.key);
  }
  /** Seconds in "#t=83.5", "#t=1:23" or "#t=1:02:03"; null for anything else. */
  function momentIn(hash) {
    const found = /^#t=((?:\d{1,3}:){0,2}\d{1,6}(?:\.\d{1,3})?)$/.exec(hash);
    return found ? found[1].split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : null;
  }
  function settle() {
    const linked = momentIn(location.hash);
    const place = Number(kept.get("at:" + data.key));
    if (linked !== null) audio.currentTime = Math.min(linked, length());
    else if (place > 0 && place < length()) {
      audio.currentTime = place;
      say(`Where you were: ${clock(place)}`);
    }
    settled = true;
    update();
    if (linked !== null || place > 0) keepInView(true);
  }

  audio.addEventListener("timeupdate", () => {
    update();
    if (Math.abs(audio.currentTime - keptAt) >= 3) { keptAt = audio.currentTime; keepPlace(); }
  });
  audio.addEventListener("pause", keepPlace);
  addEventListener("pagehide", keepPlace);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepPlace(); });
  audio.addEventListener("ended", () => kept.remove("at:" + data.key));
  addEventListener("hashchange", () => {
    const time = momentIn(location.hash);
    if (time !== null) go(time);
  });

  by("link").addEventListener("click", async () => {
    const time = audio.currentTime;
    history.replaceState(null, "", "#t=" + Math.floor(time));
    const copied = await copy(location.href);
    say(copied ? `Link to ${clock(time)} copied` : `The link to ${clock(time)} is in the address bar`);
  });
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // There is no clipboard on a page that came over plain HTTP.
      const field = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  // ---- pointer: a word goes there; a word that is being selected does not

  let clickTimer = 0;
  by("text").parentElement.addEventListener("click", (event) => {
    const moment = event.target.closest("a[href^='#t=']");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
    if (!plain) return;
    if (moment) {
      event.preventDefault();
      go(momentIn(moment.getAttribute("href")), true);
      return;
    }
    clearTimeout(clickTimer);
    const at = wordOf.get(event.target);
    if (at === undefined || event.detail > 1 || selecting()) return;
    // The second click of two selects the word; a finger selects by a long press, so there is nothing to wait for.
    const wait = event.pointerType === "mouse" ? 220 : 0;
    clickTimer = setTimeout(() => { if (!selecting()) go(words[at].start, true); }, wait);
  });
  function selecting() {
    const selection = getSelection();
    return Boolean(selection) && !selection.isCollapsed;
  }

  // ---- keys; single letters can be switched off (WCAG 2.1.4)

  const keys = {
    " ": toggle,
    k: toggle,
    ArrowLeft: () => go(audio.currentTime - BACK_S),
    ArrowRight: () => go(audio.currentTime + FORWARD_S),
    n: () => bySentence(1),
    p: () => bySentence(-1),
    "[": () => bySpeed(-1),
    "<": () => bySpeed(-1),
    "]": () => bySpeed(1),
    ">": () => bySpeed(1),
    f: () => followButton.click(),
    "?": () => help.showModal(),
  };
  const useKeys = by("use-keys");
  useKeys.checked = kept.get("keys") !== "off";
  useKeys.addEventListener("change", () => kept.set("keys", useKeys.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || !useKeys.checked || help.open || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, audio, [contenteditable]")) return;
    // A button is pressed with the space bar, a summary opens; arrows scroll code and tables, and follow a selection.
    if (event.key === " " && event.target.closest("button, summary, pre, .box")) return;
    if (event.key.startsWith("Arrow") && (event.target.closest("pre, .box") || event.shiftKey || selecting())) return;
    event.preventDefault();
    action();
  });

  const help = by("help");
  by("keys").addEventListener("click", () => help.showModal());
  by("close").addEventListener("click", () => help.close());
  by("back").addEventListener("click", () => go(audio.currentTime - BACK_S));
  by("forward").addEventListener("click", () => go(audio.currentTime + FORWARD_S));

  // ---- lock screens and headsets

  const session = navigator.mediaSession;
  function describe() {
    if (!session || !window.MediaMetadata) return;
    const title = chapter > 0 ? `${chapters[chapter].title} – ${data.title}` : data.title;
    const artwork = data.cover && location.protocol !== "file:"
      ? [{ src: new URL(data.cover, location.href).href, sizes: "480x480", type: "image/jpeg" }] : [];
    session.metadata = new MediaMetadata({ title, artist: data.artist, album: data.album, artwork });
  }
  function position() {
    if (!session || !session.setPositionState || !Number.isFinite(audio.duration)) return;
    const at = Math.min(audio.currentTime, audio.duration);
    try {
      session.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position: at });
    } catch { /* a rate or a place it does not like */ }
  }
  const handlers = {
    play: () => audio.play().catch(() => {}),
    pause: () => audio.pause(),
    seekbackward: (details) => go(audio.currentTime - (details.seekOffset || BACK_S)),
    seekforward: (details) => go(audio.currentTime + (details.seekOffset || FORWARD_S)),
    seekto: (details) => go(details.seekTime),
    ...(chapters.length ? { previoustrack: () => byChapter(-1), nexttrack: () => byChapter(1) } : {}),
  };
  if (session) {
    for (const [name, handler] of Object.entries(handlers)) {
      try { session.setActionHandler(name, handler); } catch { /* not known here */ }
    }
  }
  for (const kind of ["play", "pause", "seeked", "ratechange", "loadedmetadata"]) {
    audio.addEventListener(kind, position);
  }
  describe();

  // ---- the rest

  audio.addEventListener("play", start);
  audio.addEventListener("playing", start);
  audio.addEventListener("seeking", update);
  audio.addEventListener("seeked", update);
  if (audio.readyState >= 1) settle(); else audio.addEventListener("loadedmetadata", settle, { once: true });
  update();

  // On disk nobody knows whether the folder has a page of its own; a server shows it for the folder's address.
  by("home").hidden = !location.protocol.startsWith("http");
  const list = document.querySelector(".chapters details");
  if (list && links.length > 4 && !matchMedia("(min-width: 62rem)").matches) list.open = false;
  for (const day of document.querySelectorAll("time")) {
    try {
      const style = { dateStyle: "long", timeZone: "UTC" };
      day.textContent = new Date(day.dateTime).toLocaleDateString(root.lang || undefined, style);
    } catch { /* the figures will do */ }
  }
})();
