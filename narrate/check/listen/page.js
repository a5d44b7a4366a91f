"use strict";
// A moment is a link to the episode; here it is heard on this page.
document.addEventListener("click", (event) => {
  const moment = event.target.closest("[data-t]");
  if (!moment || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const audio = document.getElementById("audio");
  audio.currentTime = Number(moment.dataset.t);
  audio.play().catch(() => {});
});
