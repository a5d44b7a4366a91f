(() => {
  const by = (id) => document.getElementById(id);
  const bookmark = by("bookmarklet");
  const address = new URL("inbox/add", new URL("./", location.href)).href;
  const code = bookmark.dataset.code.replace('"ADD_PAGE"', () => JSON.stringify(address));
  bookmark.href = `javascript:${encodeURIComponent(code)}`;

  const tell = (text) => { by("bookmarklet-said").textContent = text; };

  bookmark.addEventListener("click", (event) => {
    event.preventDefault();
    tell("Drag it to the bar of bookmarks, or copy it: it works on other pages, not here.");
  });

  /** Copy without the clipboard, which is not there on a page that came over plain HTTP; false if that failed, too. */
  function copiedByHand(text) {
    const copy = Object.assign(document.createElement("textarea"), { value: text });
    by("anywhere").append(copy);
    copy.select();
    const isCopied = document.execCommand("copy");
    copy.remove();
    by("bookmarklet-copy").focus();
    return isCopied;
  }

  by("bookmarklet-copy").addEventListener("click", async () => {
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(bookmark.href);
    } catch {
      isCopied = copiedByHand(bookmark.href);
    }
    tell(isCopied ? "Copied" : "It could not be copied here; drag it instead.");
  });
})();
