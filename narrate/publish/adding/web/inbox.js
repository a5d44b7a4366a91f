(() => {
  const by = (id) => document.getElementById(id);
  const base = new URL("./", location.href);
  const inboxAt = (path = "") => new URL(`inbox${path}`, base);

  const SOON_MS = 1000, LATER_MS = 10000, LATEST_MS = 30000;
  // What was done before is among the episodes; what was done just now is worth a line.
  const RECENT_MS = 10 * 60 * 1000;
  // An episode that the podcast does not list is not waited for.
  const LOOKS = 8;

  const STATES = { waiting: "Waiting", "waiting again": "Waiting to be tried again", working: "Being made", failed: "Failed", done: "Ready", known: "Already here" };

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
  function show(element, shown) {
    if (element.hidden === shown) element.hidden = !shown;
  }
  /** Say it to a screen reader, also what was said before. */
  function announce(text) {
    by("work-said").textContent = "";
    setTimeout(() => { by("work-said").textContent = text; }, 50);
  }

  // ---- one entry

  const rows = new Map();

  function timeLeft(seconds) {
    if (seconds < 50) return "less than a minute left";
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `about ${minutes} min left` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  }

  function fillProgress(part, entry) {
    const isWorking = entry.state === "working";
    const known = isWorking && typeof entry.fraction === "number";
    const bar = part("progress");
    show(part(".making"), isWorking);
    if (known) bar.value = entry.fraction; else bar.removeAttribute("value");
    bar.setAttribute("aria-label", `Progress of ${entry.title}`);
    const words = [known ? `${Math.floor(entry.fraction * 100)} %` : ""];
    if (isWorking && typeof entry.remaining_s === "number") words.push(timeLeft(entry.remaining_s));
    put(part(".left"), words.filter(Boolean).join(", "));
  }

  /** The address of an entry's episode, "" if it is none below the library's. */
  function episodeAt(entry) {
    const page = entry.episode?.page;
    return page && URL.canParse(page, base) && new URL(page, base).href.startsWith(base.href) ? new URL(page, base).href : "";
  }

  function fillTitle(title, entry) {
    const address = episodeAt(entry);
    const text = (address && entry.episode.title) || entry.title || entry.source;
    if (title.textContent === text && Boolean(title.firstElementChild) === Boolean(address)) return;
    if (!address) { title.textContent = text; return; }
    const link = Object.assign(document.createElement("a"), { href: address, textContent: text });
    title.replaceChildren(link);
  }

  function fill(row, entry) {
    const part = (path) => row.item.querySelector(path);
    row.entry = entry;
    row.item.dataset.state = entry.state;
    fillTitle(part(".title"), entry);
    put(part(".state"), STATES[entry.state === "waiting" && entry.error ? "waiting again" : entry.state] || entry.state);
    put(part(".from"), entry.source && entry.source !== entry.title ? entry.source.replace(/^https?:\/\//i, "") : "");
    fillProgress(part, entry);
    show(part(".error"), Boolean(entry.error));
    put(part(".error strong"), entry.error ? inbox.sentence(entry.error.message) : "");
    put(part(".hint"), entry.error?.hint ? inbox.sentence(entry.error.hint) : "");
    // One that waits with an error failed in passing; it is tried again by itself, and at once if asked.
    const hasFailed = entry.state === "failed" || (entry.state === "waiting" && Boolean(entry.error));
    show(part(".again"), hasFailed);
    show(part(".instead"), hasFailed && entry.kind === "url");
    show(part(".replacing"), hasFailed && row.isReplacing);
  }

  function made(entry) {
    const item = by("work-entry").content.firstElementChild.cloneNode(true);
    const row = { item, entry, isReplacing: false };
    const part = (path) => item.querySelector(path);
    part(".title").id = `entry-${entry.id}`;
    for (const button of item.querySelectorAll("button")) button.setAttribute("aria-describedby", `entry-${entry.id}`);
    part(".again").addEventListener("click", () => act(row, "again"));
    part(".remove").addEventListener("click", () => act(row, "remove"));
    part(".instead").addEventListener("click", () => replacing(row, !row.isReplacing));
    part(".cancel").addEventListener("click", () => replacing(row, false));
    part(".replacing").addEventListener("submit", (event) => { event.preventDefault(); replace(row); });
    return row;
  }

  function replacing(row, isReplacing) {
    row.isReplacing = isReplacing;
    const button = row.item.querySelector(".instead");
    button.setAttribute("aria-expanded", String(isReplacing));
    show(row.item.querySelector(".replacing"), isReplacing);
    (isReplacing ? row.item.querySelector("textarea") : button).focus();
  }

  // ---- the list of them

  const opened = Date.now();
  const seen = new Map();  // states by id, as they were last
  const hasPassed = (entry) => entry.state === "done" || entry.state === "known";
  // What a share sheet or a form without script has just sent: the server leads here with its name.
  const sentId = new URLSearchParams(location.search).get("added");
  const isOld = (entry) => hasPassed(entry) && !rows.has(entry.id) && entry.id !== sentId && opened - Date.parse(entry.added) > RECENT_MS;

  function render(entries) {
    const shown = entries.filter((entry) => !isOld(entry));
    const ids = new Set(shown.map((entry) => entry.id));
    const list = by("work-list");
    const place = Array.from(list.children).findIndex((item) => item.contains(document.activeElement));
    for (const [id, row] of rows) {
      if (!ids.has(id)) { row.item.remove(); rows.delete(id); }
    }
    shown.forEach((entry, index) => {
      if (!rows.has(entry.id)) rows.set(entry.id, made(entry));
      const row = rows.get(entry.id);
      fill(row, entry);
      if (list.children[index] !== row.item) list.insertBefore(row.item, list.children[index] || null);
    });
    show(by("work"), shown.length > 0 || by("work-reach").textContent !== "");
    if (place >= 0) keepFocus(list, place);
  }

  /** Where the keyboard was on something that is gone or hidden now, it is on the next entry's title, or the field. */
  function keepFocus(list, place) {
    const now = document.activeElement;
    if (now && now !== document.body && now.checkVisibility()) return;
    const next = list.children[Math.min(place, list.children.length - 1)];
    (next ? next.querySelector(".title") : by("add-text")).focus();
  }

  function news(entry) {
    const before = seen.get(entry.id);
    seen.set(entry.id, entry.state);
    if (before === entry.state) return "";
    const words = { working: "is being made", failed: "failed", done: "is ready", known: "is already here", waiting: "is waiting" };
    const error = entry.error ? `. ${inbox.sentence(entry.error.message)} ${inbox.sentence(entry.error.hint || "")}` : "";
    return `${entry.title} ${words[entry.state] || entry.state}${entry.state === "failed" ? error : ""}`;
  }

  let isFirst = true;
  function take(entries) {
    const told = entries.map((entry) => (isFirst && entry.id !== sentId ? news(entry) && "" : news(entry))).filter(Boolean);
    if (told.length) announce(told.slice(0, 5).join(". "));
    episodes.still(() => render(entries));
    if (isFirst) rows.get(sentId)?.item.querySelector(".title").focus();
    isFirst = false;
    awaitEpisodes(entries);
  }

  // ---- episodes that have come

  const looks = new Map();  // how often an entry's episode was looked for; -1 once its page was taken over
  const isAwaited = (entry) => entry.state === "done" && !isOld(entry) && episodeAt(entry) && (looks.get(entry.id) || 0) >= 0
    && (looks.get(entry.id) || 0) < LOOKS;

  async function awaitEpisodes(entries) {
    const awaited = entries.filter(isAwaited);
    if (!awaited.length) return;
    for (const { id } of awaited) looks.set(id, (looks.get(id) || 0) + 1);
    try { await episodes.renew(); } catch { return; }
    for (const entry of awaited) if (episodes.has(episodeAt(entry))) looks.set(entry.id, -1);
  }

  // ---- asking what is in work

  let timer = 0, asked = 0, pause_ms = SOON_MS;

  function askIn(wait_ms) {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, wait_ms);
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    const turn = ++asked;
    try {
      const { entries } = await inbox.ask(inboxAt());
      if (turn !== asked) return;  // something was sent meanwhile, which this answer knows nothing of
      reached(null);
      take(entries);
      const isBusy = entries.some((entry) => entry.state === "waiting" || entry.state === "working" || isAwaited(entry));
      pause_ms = isBusy ? SOON_MS : LATER_MS;
    } catch (refusal) {
      if (turn !== asked) return;
      reached(refusal);
      pause_ms = Math.min(Math.max(pause_ms, SOON_MS) * 2, LATEST_MS);
    }
    askIn(pause_ms);
  }

  function reached(refusal) {
    const text = refusal ? `${inbox.sentence(refusal.message || "The server does not answer")} It is asked again until it does.` : "";
    put(by("work-reach"), text);
    by("work").classList.toggle("lost", Boolean(refusal));
    if (refusal) show(by("work"), true);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  addEventListener("online", look);

  // ---- what is done with entries

  /** Post something about an entry, and show at the entry what is said against it; null if it was refused. */
  async function posted(row, path, fields) {
    asked++;
    try {
      return await inbox.post(inboxAt(path), fields);
    } catch (refusal) {
      const { message, hint } = refusal;
      fill(row, { ...row.entry, error: { message, hint: refusal.unreachable ? "Try again when it does" : hint } });
      announce([message, hint].filter(Boolean).map(inbox.sentence).join(" "));
      return null;
    } finally {
      askIn(SOON_MS / 4);
    }
  }

  async function act(row, what) {
    if (row.isBusy) return;
    row.isBusy = true;
    const { id, title } = row.entry;
    const done = await posted(row, `/${encodeURIComponent(id)}/${what}`, {});
    row.isBusy = false;
    if (!done) return;
    if (what === "again") {
      render(entriesWith({ ...row.entry, state: "waiting", error: null }));
      row.item.querySelector(".title").focus();
      return;
    }
    episodes.still(() => render(entriesWith(null, id)));
    announce(`${title} was removed`);
  }

  /** The entries that are shown, one of them changed or new, and one taken away. */
  function entriesWith(entry, goneId = "") {
    const shown = Array.from(by("work-list").children, (item) => [...rows.values()].find((row) => row.item === item).entry);
    const others = shown.filter((one) => one.id !== goneId);
    if (!entry) return others;
    return others.some(({ id }) => id === entry.id)
      ? others.map((one) => (one.id === entry.id ? entry : one)) : [entry, ...others];
  }

  async function replace(row) {
    const field = row.item.querySelector("textarea");
    const text = field.value.trim();
    if (!text) { field.focus(); return; }
    if (row.isBusy) return;
    row.isBusy = true;
    const { id, source, title } = row.entry;
    const fields = { text, instead: id, ...(inbox.addressIn(source) ? { url: source } : {}) };
    const entry = await posted(row, "", title && title !== source ? { ...fields, title } : fields);
    row.isBusy = false;
    if (!entry) return;
    added(entry, id);
    rows.get(entry.id)?.item.querySelector(".title").focus();
  }

  function added(entry, goneId = "") {
    if (!rows.has(entry.id)) rows.set(entry.id, made(entry));  // whatever its age
    const told = news(entry);
    if (told) announce(told);
    episodes.still(() => render(entriesWith(entry, goneId === entry.id ? "" : goneId)));
  }

  // ---- the form

  const form = by("add"), field = by("add-text"), error = by("add-error");
  by("add-file").multiple = true;

  function refuse(refusal) {
    inbox.say(error, refusal);
    field.setAttribute("aria-invalid", String(Boolean(refusal)));
  }

  let sending = 0;
  /** Send one thing; what is said against it stands at the form. */
  async function send(fields, name) {
    asked++;
    sending++;
    by("add-sending").textContent = fields.file ? `Sending ${name}…` : "Sending…";
    try {
      added(await inbox.post(inboxAt(), fields));
      return true;
    } catch (refusal) {
      const kept = refusal.unreachable ? new inbox.Refusal(refusal.message, "Nothing is lost; send it again when it does") : refusal;
      refuse(fields.file ? new inbox.Refusal(`${name}: ${kept.message}`, kept.hint) : kept);
      return false;
    } finally {
      sending--;
      if (!sending) by("add-sending").textContent = "";
      askIn(SOON_MS / 4);
    }
  }

  async function sendText() {
    const written = field.value, text = written.trim();
    refuse(null);
    if (!text) { refuse(new inbox.Refusal("Paste an address or a text first, or choose a file")); field.focus(); return; }
    const address = inbox.addressIn(text);
    const isTaken = await send(address ? { url: address } : { text }, "");
    if (!isTaken || field.value !== written) return;
    field.value = "";
    grow();
  }

  async function sendFiles(files) {
    refuse(null);
    for (const file of files) await send({ file }, file.name);
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); if (!sending) sendText(); });
  by("add-file").addEventListener("change", async ({ target }) => {
    const files = Array.from(target.files);
    target.value = "";  // so that the same file can be chosen again
    await sendFiles(files);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (!event.ctrlKey && !event.metaKey && !inbox.addressIn(field.value.trim())) return;
    event.preventDefault();
    form.requestSubmit();
  });

  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  field.addEventListener("input", () => { if (error.textContent) refuse(null); grow(); });

  // Files may be dropped anywhere on the page, and pasted into the field.
  const bringsFiles = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
  addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!bringsFiles(event)) return;
    event.preventDefault();
    sendFiles(Array.from(event.dataTransfer.files));
  });
  field.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files || []);
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    sendFiles(files);
  });

  // ---- the bookmark

  const bookmark = by("bookmarklet");
  const code = bookmark.dataset.code.replace('"ADD_PAGE"', () => JSON.stringify(inboxAt("/add").href));
  bookmark.href = `javascript:${encodeURIComponent(code)}`;
  const tell = (text) => { by("bookmarklet-said").textContent = text; };
  bookmark.addEventListener("click", (event) => {
    event.preventDefault();
    tell("Drag it to the bar of bookmarks, or copy it: it works on other pages, not here.");
  });
  by("bookmarklet-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(bookmark.href);
      tell("Copied");
    } catch {
      // There is no clipboard on a page that came over plain HTTP.
      const copy = document.createElement("textarea");
      copy.value = bookmark.href;
      by("anywhere").append(copy);
      copy.select();
      tell(document.execCommand("copy") ? "Copied" : "It could not be copied here; drag it instead.");
      copy.remove();
      by("bookmarklet-copy").focus();
    }
  });

  if (sentId !== null) history.replaceState(null, "", location.pathname);  // a reload tells nothing new
  grow();
  look();
})();
