// Ties each field to its hint and to what is wrong with it, leads to a field, says a new answer aloud.
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
    set(input, "aria-invalid", String(Boolean(box.querySelector('[data-testid="stAlertContainer"]'))));
  }
  for (const row of document.querySelectorAll('[class*="st-key-change-"]')) {
    const button = row.querySelector("button");
    const question = row.closest('[class*="st-key-fact-"]')?.querySelector("strong");
    if (button && question) set(button, "aria-label", `Change ${question.textContent}`);
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// The part of the page that it leads to may not be drawn yet.
function lead(name, tries = 20) {
  const box = document.querySelector(name === "the heading" ? ".st-key-facts h2" : `.st-key-field-${name}`);
  if (!box) {
    if (tries) setTimeout(() => lead(name, tries - 1), 100);
    return;
  }
  const target = inputOf(box) ?? box;
  if (target === box) box.tabIndex = -1;
  target.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center" });
}

export default function ({ data }) {
  const status = said();
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
  }
  if (data.focus && window.exitCapLed !== data.number) {
    window.exitCapLed = data.number;
    lead(data.focus);
  }
}
