const work = (() => {
  const by = (id) => document.getElementById(id);
  const base = new URL("./", location.href);
  const inboxAt = (path = "") => new URL(`inbox${path}`, base);
  const { show } = entries;

  const SOON_MS = 1000, AT_ONCE_MS = 250, LATER_MS = 5000, LATEST_MS = 10000;
  // What was done before is among the episodes; what was done just now is worth a line.
  const RECENT_MS = 10 * 60 * 1000;
  // An episode that the podcast does not list is not waited for.
  const LOOKS = 8;

  /** Say it to a screen reader, also what was said before. */
  function announce(text) {
    by("work-said").textContent = "";
    setTimeout(() => { by("work-said").textContent = text; }, 50);
  }

  // ---- the list

  const rows = new Map();  // by the entries' ids
  const states = new Map();  // as they were last, by ids
  const opened = Date.now();
  // What a share sheet or a form without script has just sent: the server leads here with its name.
  const sentId = new URLSearchParams(location.search).get("added");
  const hasPassed = (entry) => entry.state === "done" || entry.state === "known";
  const isOld = (entry) => hasPassed(entry) && !rows.has(entry.id) && entry.id !== sentId
    && opened - Date.parse(entry.added) > RECENT_MS;

  function rowOf(entry) {
    if (!rows.has(entry.id)) rows.set(entry.id, entries.made(entry, does));
    return rows.get(entry.id);
  }

  function render(all) {
    const shown = all.filter((entry) => !isOld(entry));
    const ids = new Set(shown.map((entry) => entry.id));
    const list = by("work-list");
    const place = Array.from(list.children).findIndex((item) => item.contains(document.activeElement));
    for (const [id, { item }] of rows) {
      if (!ids.has(id)) { item.remove(); rows.delete(id); }
    }
    shown.forEach((entry, index) => {
      const row = rowOf(entry);
      entries.fill(row, entry);
      if (list.children[index] !== row.item) list.insertBefore(row.item, list.children[index] || null);
    });
    show(by("work"), shown.length > 0 || by("work-reach").textContent !== "");
    if (place >= 0) keepFocus(list, place);
  }

  /** Where the keyboard was on something that is gone or hidden now, it is on the next entry's title, or the field. */
  function keepFocus(list, place) {
    const now = document.activeElement;
    if (now && now !== document.body && now.getClientRects().length) return;
    const next = list.children[Math.min(place, list.children.length - 1)];
    (next ? next.querySelector(".title") : by("add-text")).focus();
  }

  const NEWS = {
    waiting: "is waiting", working: "is being made", failed: "failed", done: "is ready", known: "is already here",
  };

  /** What has become of an entry since it was seen last, in words; "" for nothing. */
  function news(entry) {
    const before = states.get(entry.id);
    states.set(entry.id, entry.state);
    if (before === entry.state) return "";
    const { message, hint } = entry.error || {};
    const why = [message, hint].filter(Boolean).map(inbox.sentence).join(" ");
    return `${entry.title} ${NEWS[entry.state] || entry.state}${why ? `. ${why}` : ""}`;
  }

  /** The entries that are shown, one of them changed or new, and one taken away. */
  function entriesWith(entry, goneId = "") {
    const byItem = new Map(Array.from(rows.values(), (row) => [row.item, row.entry]));
    const others = Array.from(by("work-list").children, (item) => byItem.get(item)).filter(({ id }) => id !== goneId);
    if (!entry) return others;
    const isThere = others.some(({ id }) => id === entry.id);
    return isThere ? others.map((one) => (one.id === entry.id ? entry : one)) : [entry, ...others];
  }

  let isFirst = true;
  function take(all) {
    const told = all.map((entry) => [entry, news(entry)]).filter(([entry, text]) => text && (!isFirst || entry.id === sentId));
    if (told.length) announce(told.slice(0, 5).map(([, text]) => text).join(". "));
    episodes.still(() => render(all));
    if (isFirst) rows.get(sentId)?.item.querySelector(".title").focus();
    isFirst = false;
    awaitEpisodes(all);
  }

  // ---- episodes that have come

  const looks = new Map();  // how often the page was looked at for an entry's episode
  const isAwaited = (entry) => entry.state === "done" && !isOld(entry) && entries.episodeAt(entry)
    && (looks.get(entry.id) || 0) < LOOKS;

  async function awaitEpisodes(all) {
    const awaited = all.filter(isAwaited);
    if (!awaited.length) return;
    for (const { id } of awaited) looks.set(id, (looks.get(id) || 0) + 1);
    try { await episodes.renew(); } catch { return; }
    for (const entry of awaited) if (episodes.has(entries.episodeAt(entry))) looks.set(entry.id, LOOKS);
  }

  // ---- asking what is in work

  let timer = 0, asked = 0, pause_ms = SOON_MS;

  function lookIn(wait_ms) {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, wait_ms);
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    const turn = ++asked;
    try {
      const all = (await inbox.ask(inboxAt())).entries;
      if (turn !== asked) return;  // something was sent meanwhile, which this answer knows nothing of
      reached(null);
      take(all);
      const isBusy = all.some((entry) => entry.state === "waiting" || entry.state === "working" || isAwaited(entry));
      pause_ms = isBusy ? SOON_MS : LATER_MS;
    } catch (refusal) {
      if (turn !== asked) return;
      reached(refusal);
      pause_ms = Math.min(pause_ms * 2, LATEST_MS);
    }
    lookIn(pause_ms);
  }

  function reached(refusal) {
    const text = refusal ? `${inbox.sentence(refusal.message)} It is asked again in a moment.` : "";
    entries.put(by("work-reach"), text);
    if (refusal) show(by("work"), true);
  }

  // ---- what is done with entries

  /** Post something; what was asked before is not listened to, as it knows nothing of it. */
  async function post(path, fields) {
    asked++;
    try {
      return await inbox.post(inboxAt(path), fields);
    } finally {
      asked++;
      lookIn(AT_ONCE_MS);
    }
  }

  /** Post something about an entry, once at a time; null if it was refused, which is shown at the entry then. */
  async function posted(row, path, fields) {
    if (row.isBusy) return null;
    row.isBusy = true;
    try {
      return await post(path, fields);
    } catch (refusal) {
      const { message } = refusal, hint = refusal.unreachable ? "Try again when it does" : refusal.hint;
      const place = row.item.querySelector(".refused");
      inbox.say(place, { message, hint });
      return null;
    } finally {
      row.isBusy = false;
    }
  }

  const pathOf = ({ entry }, what) => `/${encodeURIComponent(entry.id)}/${what}`;
  const focusTitle = (id) => rows.get(id)?.item.querySelector(".title").focus();

  const does = {
    async again(row) {
      const entry = await posted(row, pathOf(row, "again"), {});
      if (!entry) return;
      added(entry);
      focusTitle(entry.id);
    },
    async remove(row) {
      const { id, title } = row.entry;
      if (!await posted(row, pathOf(row, "remove"), {})) return;
      episodes.still(() => render(entriesWith(null, id)));
      announce(`${title} was removed`);
    },
    async replace(row) {
      const field = row.item.querySelector("textarea");
      const text = field.value.trim();
      if (!text) { field.focus(); return; }
      const { id, source, title } = row.entry;
      const fields = { text, instead: id, ...(inbox.addressIn(source) ? { url: source } : {}) };
      const entry = await posted(row, "", title && title !== source ? { ...fields, title } : fields);
      if (!entry) return;
      added(entry, id);
      focusTitle(entry.id);
    },
  };

  /** Show an entry that the server has just answered with, in place of another if that is given.
   *
   * Returns what it is already, in words, where it was known; "" where it is new. */
  function added(entry, insteadId = "") {
    const isKnown = states.has(entry.id) || hasPassed(entry);
    const row = rowOf(entry);  // whatever its age
    row.isReplacing = false;
    inbox.say(row.item.querySelector(".refused"), null);
    const told = news(entry);
    if (told) announce(told);
    episodes.still(() => render(entriesWith(entry, insteadId === entry.id ? "" : insteadId)));
    return isKnown ? `${entry.title} ${NEWS[entry.state] || entry.state}.` : "";
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  addEventListener("online", look);
  if (sentId !== null) history.replaceState(null, "", location.pathname);  // a reload tells nothing new
  look();

  return { post, added };
})();
