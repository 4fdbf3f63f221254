// Ties each field to its hint and to what is wrong with it, gives days a calendar, leads to a field, says a new
// answer aloud, prints.
const BOX = '[class*="st-key-field-"]';

function said() {
  const found = document.getElementById("answer-said");
  if (found) return found;
  const made = document.body.appendChild(document.createElement("p"));
  made.id = "answer-said";
  made.setAttribute("role", "status");
  return made;
}

const inputOf = (box) => box.querySelector("input, textarea");

function tie() {
  for (const box of document.querySelectorAll(BOX)) {
    const input = inputOf(box);
    const name = [...box.classList].find((each) => each.startsWith("st-key-field-")).slice(7);
    if (!input) continue;
    const texts = [...box.querySelectorAll('[data-testid="stCaptionContainer"], [data-testid="stAlertContainer"]')];
    texts.forEach((text, number) => { text.id = `${name}-${number}`; });
    set(input, "aria-describedby", texts.map((text) => text.id).join(" "));
    offerCalendar(name.slice(6), input);
    set(input, "aria-invalid", String(Boolean(box.querySelector('[data-testid="stAlertContainer"]'))));
  }
  for (const row of document.querySelectorAll('[class*="st-key-change-"]')) {
    const button = row.querySelector("button");
    const question = row.closest('[class*="st-key-fact-"]')?.querySelector("strong");
    if (button && question) set(button, "aria-label", `Change ${question.textContent}`);
  }
}

// The browser's own calendar, for the mouse and the finger: what it gives is typed into the field. It is out of the
// order of tabs, and nothing is read of it aloud, for a day can be typed.
function offerCalendar(name, input) {
  const root = input.closest('[data-testid="stTextInputRootElement"]');
  const last = window.exitCapCalendars?.[name];
  if (!root || last === undefined || root.querySelector(".day-calendar")) return;
  const calendar = root.appendChild(document.createElement("input"));
  Object.assign(calendar, { type: "date", className: "day-calendar", tabIndex: -1, min: "1900-01-01", max: last });
  calendar.setAttribute("aria-hidden", "true");
  calendar.title = "Choose from a calendar";
  calendar.onclick = () => calendar.showPicker?.();
  calendar.onchange = () => {
    if (!calendar.value) return;
    const field = inputOf(root);
    const [year, month, day] = calendar.value.split("-");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, `${day}/${month}/${year}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.blur();
    calendar.value = "";
  };
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// The part of the page that it leads to may not be drawn yet.
function lead(name, tries = 20) {
  const places = { "the heading": ".st-key-facts h2", "the part": ".st-key-part-choice", "the exit": ".st-key-exit" };
  const box = [...document.querySelectorAll(places[name] ?? `.st-key-field-${name}`)].at(-1);
  if (!box) {
    if (tries) setTimeout(() => lead(name, tries - 1), 100);
    return;
  }
  const target = inputOf(name === "the exit" ? document.querySelector(BOX) : box) ?? box;
  if (target === box) box.tabIndex = -1;
  target.focus({ preventScroll: true });
  box.scrollIntoView({ block: name === "the part" || name === "the exit" ? "start" : "center" });
}

// What is printed is drawn when it is asked for: by its button, or by the keys of the browser.
function printWhenDrawn(tries = 50) {
  if (document.querySelector(".st-key-printed table")) window.print();
  else if (tries) setTimeout(() => printWhenDrawn(tries - 1), 100);
}

function onKey(event) {
  const button = document.querySelector(".st-key-print button");
  if (!button || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "p") return;
  event.preventDefault();
  button.click();
}

export default function ({ data }) {
  const status = said();
  window.exitCapCalendars = data.calendars;
  if (status.textContent !== data.say) status.textContent = data.say;
  tie();
  if (!window.exitCapTies) {
    let waits = false;
    window.exitCapTies = new MutationObserver(() => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => { waits = false; tie(); });
    });
    window.exitCapTies.observe(document.body, { childList: true, subtree: true });
    window.addEventListener("keydown", onKey);
  }
  if (data.print && window.exitCapPrinted !== data.print) {
    window.exitCapPrinted = data.print;
    printWhenDrawn();
  }
  if (data.focus && window.exitCapLed !== data.number) {
    window.exitCapLed = data.number;
    lead(data.focus);
  }
}
