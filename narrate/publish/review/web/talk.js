"use strict";
document.documentElement.classList.add("scripted");

const byId = (id) => document.getElementById(id);

const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, does] of Object.entries(value)) made.addEventListener(event, does);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};

const page = { revision: 0, blocks: [], places: new Map(), voices: [], doubtful: null, here: 0 };

/* What the server answers that is no success, in its own words. */
class Failed extends Error {
  constructor(status, message, hint) {
    super([message, hint].filter(Boolean).join("; "));
    this.status = status;
  }
}

const answered = async (sent) => {
  let answer;
  try {
    answer = await sent;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failed(0, "narrate review has ended", "start it again in the terminal");
  }
  if (answer.ok) return answer;
  let told = {};
  try { told = (await answer.json()).error || {}; } catch { /* no words of its own */ }
  throw new Failed(answer.status, told.message || `the server answered ${answer.status}`, told.hint);
};

const ask = async (name) => (await answered(fetch(name, { cache: "no-store" }))).json();

const send = (name, asked = {}, signal) => answered(fetch(name, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked), signal,
}));

const tell = async (name, asked) => (await send(name, asked)).json();

/* One after the other, so that each knows the newest revision. */
let last = Promise.resolve();
const inTurn = (does) => {
  const next = last.then(does);
  last = next.catch(() => {});
  return next;
};
