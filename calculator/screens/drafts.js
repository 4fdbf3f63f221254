// Keeps a draft of each tab in this browser, and gives it back when the app has forgotten it.
const PREFIX = "exit-cap.";
const DAYS_30 = 30 * 24 * 3600 * 1000;

// A tab keeps its name when it is loaded again; a copy of the tab takes another, for the lock is held.
async function nameOfTab() {
  const name = sessionStorage.getItem(PREFIX + "tab") ?? fresh();
  const own = (await lock(name)) ? name : fresh();
  if (own !== name) await lock(own);
  sessionStorage.setItem(PREFIX + "tab", own);
  return own;
}

const fresh = () => Date.now().toString(36) + Math.random().toString(36).slice(2);

function lock(name) {
  if (!navigator.locks) return true;
  return new Promise((answer) => {
    navigator.locks.request(PREFIX + name, { ifAvailable: true }, (got) => {
      answer(got !== null);
      return got ? new Promise(() => {}) : undefined;
    });
  });
}

async function openTabs() {
  const held = navigator.locks ? (await navigator.locks.query()).held : [];
  return held.map((each) => each.name.slice(PREFIX.length));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

const draftKeys = (store) => Object.keys(localStorage).filter((each) => each.startsWith(store + "draft."));

function drafts(store) {
  const found = [];
  for (const key of draftKeys(store)) {
    const draft = read(key);
    if (draft && Date.now() - draft.at < DAYS_30) found.push({ ...draft, tab: key.slice(store.length + 6) });
    else localStorage.removeItem(key);
  }
  return found.sort((a, b) => b.at - a.at);
}

const clock = (at) =>
  new Date(at).toLocaleString("en-GB", {
    ...(new Date(at).toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "long" }),
    hour: "2-digit",
    minute: "2-digit",
  });

async function answer(tab, store, asked, setStateValue) {
  const open = await openTabs();
  const all = drafts(store).map((draft) => ({ ...draft, when: clock(draft.at) }));
  setStateValue("found", {
    asked,
    own: all.find((draft) => draft.tab === tab) ?? null,
    others: all.filter((draft) => draft.tab !== tab && !open.includes(draft.tab)).slice(0, 5),
    settings: read(store + "settings"),
    off: isOff(store, window.exitCapOff ?? localStorage.getItem(store + "off") === "yes"),
  });
}

function keep(tab, store, data, parent) {
  const key = store + "draft." + tab;
  for (const other of data.discard) localStorage.removeItem(store + "draft." + other);
  const off = isOff(store, data.off);
  if (off || !data.settings) localStorage.removeItem(store + "settings");
  else localStorage.setItem(store + "settings", JSON.stringify(data.settings));
  const before = read(key);
  if (off) for (const each of draftKeys(store)) localStorage.removeItem(each);
  else if (!data.draft) localStorage.removeItem(key);
  else if (before?.content !== data.draft) localStorage.setItem(key, JSON.stringify({ at: Date.now(), content: data.draft, words: data.words }));
  show(parent, key, off);
}

// Switched off in one tab, drafts are off in every tab: only a change here changes it.
function isOff(store, off) {
  if (window.exitCapOff !== undefined && window.exitCapOff !== off) localStorage.setItem(store + "off", off ? "yes" : "no");
  window.exitCapOff = off;
  return localStorage.getItem(store + "off") === "yes";
}

function show(parent, key, off) {
  const draft = read(key);
  const line = parent.querySelector(".draft-kept") ?? parent.appendChild(document.createElement("p"));
  line.className = "draft-kept";
  line.textContent = off
    ? "No draft is kept: switched off in Settings."
    : draft ? `Draft kept on this computer, ${clock(draft.at)}. ` : "";
  if (!draft) return;
  const remove = line.appendChild(document.createElement("button"));
  remove.textContent = "Remove the draft";
  remove.onclick = () => {
    localStorage.removeItem(key);
    line.textContent = "Draft removed. The next change is kept again.";
  };
}

// Streamlit's own words for a lost connection speak to programmers.
function watchConnection(kept) {
  const app = document.querySelector("[data-test-connection-state]");
  if (!app || document.getElementById("connection-lost")) return;
  const said = document.body.appendChild(document.createElement("p"));
  said.id = "connection-lost";
  said.setAttribute("role", "alert");
  new MutationObserver(() => {
    const lost = app.dataset.testConnectionState !== "CONNECTED";
    const safe = kept() ? "What you typed is safe on this computer. " : "";
    said.textContent = lost ? `The connection is lost. ${safe}Trying again…` : "";
    document.body.classList.toggle("connection-is-lost", lost);
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}

export default async function ({ data, parentElement, setStateValue }) {
  window.exitCapTab ??= nameOfTab();
  const tab = await window.exitCapTab;
  const store = `${PREFIX}${data.owner}.`;
  window.exitCapKept = Boolean(data.draft) && !data.off;
  watchConnection(() => window.exitCapKept);
  window.onbeforeunload = data.leave ? (event) => { event.preventDefault(); return ""; } : null;
  try {
    if (data.asks) await answer(tab, store, data.asks, setStateValue);
    else keep(tab, store, data, parentElement);
  } catch {
    if (data.asks) setStateValue("found", { asked: data.asks, own: null, others: [], settings: null, off: false });
    else parentElement.textContent = "This browser keeps no draft. Save the case to keep it.";
  }
}
