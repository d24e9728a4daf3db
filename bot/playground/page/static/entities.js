// A text with its entities (offsets in UTF-16 code units, as strings here have them) as elements.

import { button, el, icon, pressable } from "./dom.js";

const MARKS_OF_DIRECTION = /[\u200e\u200f\u2066-\u2069]/g; // for the eye, not for what is pasted elsewhere
const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

/** What a text does when it is pressed: `open(url)`, `send(text)`, `copy(text)`; `t` gives words. */
export function formatted(text, entities, deeds) {
  const ordered = [...(entities ?? [])].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return within(text, ordered, 0, text.length, deeds);
}

/** The elements of one stretch: what lies between the entities as text, each entity with what lies in it. */
function within(text, entities, start, end, deeds) {
  const pieces = [];
  let at = start;
  for (let place = 0; place < entities.length; place += 1) {
    const entity = entities[place];
    const first = Math.max(entity.offset, at);
    const last = Math.min(entity.offset + entity.length, end);
    if (last <= first) continue;
    const inner = entities.slice(place + 1).filter((other) => other.offset < last && other.offset + other.length > first);
    const children = within(text, inner, first, last, deeds);
    if (first > at) pieces.push(text.slice(at, first));
    pieces.push(drawn(entity, text.slice(first, last), children, deeds));
    at = last;
  }
  if (at < end) pieces.push(text.slice(at, end));
  return pieces;
}

function drawn(entity, text, children, deeds) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return el(SIMPLE[entity.type], {}, children);
    case "spoiler":
      return spoiler(children, deeds);
    case "code":
      return pressable(el("code", { title: deeds.t("copy.this"), dir: "auto" }, text), () => deeds.copy(plain(text)));
    case "pre":
      return preformatted(entity, text, deeds);
    case "blockquote":
      return el("blockquote", { dir: "auto" }, children);
    case "expandable_blockquote":
      return unfolding(children, deeds);
    case "text_link":
      return link(entity.url, children, deeds);
    case "url":
      return link(text, children, deeds);
    case "email":
      return el("bdi", {}, children);
    case "bot_command":
      return button({ class: "as-link", dir: "ltr" }, () => deeds.send(text), children);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("bdi", { class: "mention" }, children);
    default:
      return el("span", {}, children);
  }
}

function plain(text) {
  return text.replace(MARKS_OF_DIRECTION, "");
}

function link(url, children, deeds) {
  const anchor = el("a", { href: deeds.address(url), rel: "noopener noreferrer", target: "_blank", dir: "auto" }, children);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    deeds.open(url);
  });
  return anchor;
}

function spoiler(children, deeds) {
  const hidden = el("span", { class: "spoiler", "aria-label": deeds.t("spoiler") }, children);
  return pressable(hidden, () => {
    hidden.classList.add("shown");
    hidden.removeAttribute("aria-label");
    hidden.removeAttribute("role");
    hidden.removeAttribute("tabindex");
  });
}

function preformatted(entity, text, deeds) {
  const copy = button({ class: "round", "aria-label": deeds.t("copy.this"), title: deeds.t("copy.this") }, () => deeds.copy(plain(text)), icon("copy"));
  return el("div", { class: "pre" }, el("pre", { tabindex: "0", data: { language: entity.language } }, text), copy);
}

function unfolding(children, deeds) {
  const quote = el("blockquote", { class: "long", dir: "auto" }, el("div", { class: "quoted" }, children));
  const unfold = button({ class: "unfold", "aria-expanded": "false" }, () => {
    const open = quote.classList.toggle("open");
    unfold.setAttribute("aria-expanded", String(open));
    unfold.textContent = deeds.t(open ? "quote.less" : "quote.more");
  }, deeds.t("quote.more"));
  quote.append(unfold);
  return quote;
}
