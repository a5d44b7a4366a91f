const episodes = (() => {
  const by = (id) => document.getElementById(id);
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
      if (arrived) library.writeDays(list.children[index]);
    });
    if (focused && !list.contains(document.activeElement)) linkAt(focused)?.focus({ preventScroll: true });
  }

  function filterAgain(page) {
    const fresh = page.querySelector(".filter");
    if (!by("filter") && fresh) document.querySelector(".above").append(document.importNode(fresh, true));
    if (by("filter")) library.filter();
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
      if (!list) library.writeDays(by("episodes"));
      by("list-title").textContent = page.getElementById("list-title").textContent;
      filterAgain(page);
    });
  }

  const has = (address) => Boolean(linkAt(address));

  return { renew, has, still };
})();
