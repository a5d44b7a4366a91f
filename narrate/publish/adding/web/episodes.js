const episodes = (() => {
  const by = (id) => document.getElementById(id);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const linkOf = (item) => item.querySelector("h2 a")?.href;

  const linkAt = (address) =>
    Array.from(document.querySelectorAll("#episodes h2 a")).find((link) => link.href === address);

  const holdsStill = CSS.supports("overflow-anchor", "auto");

  /** Change what stands above the reader's eyes without moving what they look at; most browsers see to that. */
  function still(change) {
    if (holdsStill) { change(); return; }
    const seen = Array.from(document.querySelectorAll("#episodes > li:not([hidden])"))
      .find((item) => item.getBoundingClientRect().bottom > 0);
    const before = seen && by("list").getBoundingClientRect().top < 0 ? seen.getBoundingClientRect().top : null;
    change();
    const back = () => {
      if (before !== null && seen.isConnected) scrollBy(0, seen.getBoundingClientRect().top - before);
    };
    back();
    requestAnimationFrame(() => requestAnimationFrame(back));  // new rows have their real height only then
  }

  /** The filter as library.js has it, for the items that there are now. */
  function narrow() {
    const wanted = plain(by("filter").value).split(/\s+/).filter(Boolean);
    const items = Array.from(by("episodes").children);
    for (const item of items) {
      const text = plain(item.textContent);
      item.hidden = !wanted.every((part) => text.includes(part));
    }
    by("found").textContent = wanted.length ? `${items.filter((item) => !item.hidden).length} of ${items.length}` : "";
  }

  function writeDays(item) {
    for (const day of item.querySelectorAll("time")) {
      try {
        const language = day.closest("[lang]").lang;
        day.textContent = new Date(day.dateTime).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
      } catch { /* the figures will do */ }
    }
  }

  /** Put the items of a fresh list into the one that is shown; what is in both stays, with its focus. */
  function merge(list, fresh) {
    const focused = linkOf(document.activeElement.closest("#episodes > li") || document.createElement("li"));
    const wanted = Array.from(fresh.children);
    const old = new Map(Array.from(list.children, (item) => [linkOf(item), item]));
    const kept = wanted.map((item) => {
      const known = old.get(linkOf(item));
      return known && known.querySelector("h2").textContent === item.querySelector("h2").textContent ? known : item;
    });
    for (const item of old.values()) if (!kept.includes(item)) item.remove();
    kept.forEach((item, index) => {
      if (list.children[index] === item) return;
      const arrived = item.ownerDocument !== document;
      list.insertBefore(arrived ? document.importNode(item, true) : item, list.children[index] || null);
      if (arrived) writeDays(list.children[index]);
    });
    if (focused && !list.contains(document.activeElement)) linkAt(focused)?.focus({ preventScroll: true });
  }

  let isWatched = false;
  function filterAgain(page) {
    const above = document.querySelector(".above");
    const fresh = page.querySelector(".filter");
    if (!by("filter") && fresh) above.append(document.importNode(fresh, true));
    if (!by("filter")) return;
    if (!isWatched) by("filter").addEventListener("input", narrow);  // after library.js, which knows the old items
    isWatched = true;
    narrow();
  }

  /** Take the list over from the page as the server has it now. */
  async function renew() {
    const reply = await fetch("./", { cache: "no-store", credentials: "same-origin", headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.getElementById("episodes");
    if (!fresh) return;
    still(() => {
      const list = by("episodes");
      if (list) merge(list, fresh);
      else document.querySelector(".nothing").replaceWith(document.importNode(fresh, true));
      if (!list) writeDays(by("episodes"));
      by("list-title").textContent = page.getElementById("list-title").textContent;
      filterAgain(page);
    });
  }

  const has = (address) => Boolean(linkAt(address));

  return { renew, has, still };
})();
