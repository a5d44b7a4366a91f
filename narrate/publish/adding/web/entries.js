const entries = (() => {
  const base = new URL("./", location.href);
  const STATES = {
    waiting: "Waiting", again: "Waiting to be tried again", working: "Being made", failed: "Failed", done: "Ready",
    known: "Already here",
  };

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
  function show(element, shown) {
    if (element.hidden === shown) element.hidden = !shown;
  }
  const bare = (address) => (address || "").replace(/^https?:\/\//i, "");

  /** Whether it failed; one that waits with an error failed in passing, and is tried again by itself. */
  const hasFailed = (entry) => entry.state === "failed" || (entry.state === "waiting" && Boolean(entry.error));

  /** The address of an entry's episode, "" if it is none below the library's. */
  function episodeAt(entry) {
    const page = entry.episode?.page;
    const address = page ? inbox.urlOf(page, base) : "";
    return address.startsWith(base.href) ? address : "";
  }

  function timeLeft(seconds) {
    if (seconds < 50) return "less than a minute left";
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `about ${minutes} min left` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  }

  function fillProgress(part, entry) {
    const isWorking = entry.state === "working";
    const isKnown = isWorking && typeof entry.fraction === "number";
    const bar = part("progress");
    show(part(".making"), isWorking);
    if (isKnown) bar.value = entry.fraction; else bar.removeAttribute("value");
    bar.setAttribute("aria-label", `Progress of ${entry.title}`);
    const words = [isKnown ? `${Math.floor(entry.fraction * 100)} %` : ""];
    if (isWorking && typeof entry.remaining_s === "number") words.push(timeLeft(entry.remaining_s));
    put(part(".left"), words.filter(Boolean).join(", "));
  }

  function fillTitle(title, entry) {
    const address = episodeAt(entry);
    const text = entry.episode?.title || entry.title || entry.source;
    if (title.textContent === text && Boolean(title.firstElementChild) === Boolean(address)) return;
    if (!address) { title.textContent = text; return; }
    const hadFocus = title.contains(document.activeElement);
    title.replaceChildren(Object.assign(document.createElement("a"), { href: address, textContent: text }));
    if (hadFocus) title.focus();
  }

  /** Show an entry as it is now in its row; only what has changed is touched. */
  function fill(row, entry) {
    const part = (path) => row.item.querySelector(path);
    const failed = hasFailed(entry);
    row.entry = entry;
    row.item.dataset.state = entry.state;
    fillTitle(part(".title"), entry);
    put(part(".state"), STATES[failed && entry.state === "waiting" ? "again" : entry.state] || entry.state);
    put(part(".from"), bare(entry.source) === bare(entry.title) ? "" : bare(entry.source));
    fillProgress(part, entry);
    show(part(".why"), Boolean(entry.error));
    put(part(".why strong"), inbox.sentence(entry.error?.message || ""));
    put(part(".hint"), inbox.sentence(entry.error?.hint || ""));
    show(part(".again"), failed);
    show(part(".instead"), failed && entry.kind === "url");
    show(part(".replacing"), failed && row.isReplacing);
  }

  function replacing(row, isReplacing) {
    row.isReplacing = isReplacing;
    const button = row.item.querySelector(".instead");
    button.setAttribute("aria-expanded", String(isReplacing));
    show(row.item.querySelector(".replacing"), isReplacing);
    (isReplacing ? row.item.querySelector("textarea") : button).focus();
  }

  /** A row for an entry; `does` says what "again", "remove" and "replace" do with the row. */
  function made(entry, does) {
    const item = document.getElementById("work-entry").content.firstElementChild.cloneNode(true);
    const row = { item, entry, isReplacing: false, isBusy: false };
    const on = (path, event, act) => item.querySelector(path).addEventListener(event, act);
    item.querySelector(".title").id = `entry-${entry.id}`;
    for (const button of item.querySelectorAll("button")) button.setAttribute("aria-describedby", `entry-${entry.id}`);
    on(".again", "click", () => does.again(row));
    on(".remove", "click", () => does.remove(row));
    on(".instead", "click", () => replacing(row, !row.isReplacing));
    on(".cancel", "click", () => replacing(row, false));
    on(".replacing", "submit", (event) => { event.preventDefault(); does.replace(row); });
    return row;
  }

  return { put, show, fill, made, episodeAt };
})();
