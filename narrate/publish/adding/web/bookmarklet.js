(() => {
  // Runs on another page, below its policy: it opens a window and speaks to that window alone, and loads nothing.
  const add = "ADD_PAGE", whole = location.href, address = whole.length < 6000 ? whole : whole.split(/[?#]/)[0];
  const asked = "?url=" + encodeURIComponent(address) + "&title=" + encodeURIComponent(document.title.slice(0, 300));
  const shown = open(add + asked, "_blank", "popup,width=520,height=640");
  if (!shown) { location.href = add + asked; return; }
  const origin = new URL(add).origin;
  addEventListener("message", function answer(event) {
    if (event.source !== shown || event.origin !== origin || event.data !== "narrate: what is there?") return;
    removeEventListener("message", answer);
    shown.postMessage({ narrate: "page", html: document.documentElement.outerHTML }, origin);
  });
})();
