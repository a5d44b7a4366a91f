"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  document.documentElement.classList.add("scripted");

  for (const day of document.querySelectorAll("time")) {
    try {
      const style = { dateStyle: "long", timeZone: "UTC" };
      const language = day.closest("[lang]").lang;
      day.textContent = new Date(day.dateTime).toLocaleDateString(language, style);
    } catch { /* the figures will do */ }
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const field = by("filter");
  if (field) {
    const rows = Array.from(by("episodes").children, (item) => ({ item, text: plain(item.textContent) }));
    const narrow = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const { item, text } of rows) {
        item.hidden = !wanted.every((part) => text.includes(part));
        found += item.hidden ? 0 : 1;
      }
      by("found").textContent = wanted.length ? `${found} of ${rows.length}` : "";
    };
    field.addEventListener("input", narrow);
    narrow();
  }

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
})();
