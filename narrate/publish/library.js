"use strict";
const library = (() => {
  const by = (id) => document.getElementById(id);
  document.documentElement.classList.add("scripted");

  /** Write the days in a part of the page as its language does. */
  function writeDays(part) {
    for (const day of part.querySelectorAll("time")) {
      try {
        const style = { dateStyle: "long", timeZone: "UTC" };
        const language = day.closest("[lang]").lang;
        day.textContent = new Date(day.dateTime).toLocaleDateString(language, style);
      } catch { /* the figures will do */ }
    }
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new WeakMap();  // of items, as they are compared
  const textOf = (item) => texts.get(item) ?? texts.set(item, plain(item.textContent)).get(item);

  /** Show those of the items that there are now which hold all words of the filter. */
  function narrow() {
    const wanted = plain(by("filter").value).split(/\s+/).filter(Boolean);
    const items = Array.from(by("episodes").children);
    for (const item of items) item.hidden = !wanted.every((part) => textOf(item).includes(part));
    by("found").textContent = wanted.length ? `${items.filter((item) => !item.hidden).length} of ${items.length}` : "";
  }

  /** Filter the items by what is in the filter, now and whenever that changes; to ask for it again does no harm. */
  function filter() {
    by("filter").addEventListener("input", narrow);
    narrow();
  }

  writeDays(document);
  if (by("filter")) filter();

  const feed = by("feed");
  if (feed) {
    feed.addEventListener("focus", () => feed.select());
    by("copy").addEventListener("click", async () => {
      let copied = true;
      try {
        await navigator.clipboard.writeText(feed.value);
      } catch {
        // There is no clipboard on a page that came over plain HTTP.
        feed.select();
        copied = document.execCommand("copy");
      }
      by("copied").textContent = copied ? "Copied" : "Press Ctrl+C to copy it";
    });
  }

  return { writeDays, filter };
})();
