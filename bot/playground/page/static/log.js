// The messages of one chat, oldest first: added one by one, changed in place, kept at their end unless one reads above.

import { animate, el } from "./dom.js";
import { markWaiting } from "./keyboard.js";
import { LogKeys } from "./log-keys.js";
import { messageElement } from "./message.js";

const NEAR_PX = 60;
const TRIES = 8;

export class Log {
  #deeds;
  #format;
  #store;
  #list = el("div", { class: "messages" });
  #days = [];
  #atEnd = true;
  #followed;
  #moved;
  #keys;

  /** `moved()` is called when the reader gets to the end or leaves it. */
  constructor(deeds, context, label, moved) {
    this.#deeds = deeds;
    this.#format = context.format;
    this.#store = context.store;
    this.#moved = moved;
    this.element = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0" }, this.#list);
    this.element.addEventListener("scroll", () => {
      this.#turn(this.#nearEnd());
    }, { passive: true });
    this.#keys = new LogKeys(this.element);
    this.#followed = new ResizeObserver(() => this.#atEnd && this.#scroll());
    this.#followed.observe(this.#list);
    this.#followed.observe(this.element);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** Where one reads: the first message that is seen and how far it is from the top; null at the end. */
  get place() {
    if (this.#atEnd) return null;
    const { top } = this.element.getBoundingClientRect();
    const seen = [...this.#list.querySelectorAll(".message")].find((message) => message.getBoundingClientRect().bottom > top);
    return seen ? { message: Number(seen.dataset.message), from: seen.getBoundingClientRect().top - top } : null;
  }

  /** Goes to a `place` of a log of the same messages; heights are known only once they have been drawn. */
  goTo(place) {
    if (!place) return;
    this.#turn(false);
    const go = (tries) => {
      const found = this.#find(place.message);
      const away = found ? found.getBoundingClientRect().top - this.element.getBoundingClientRect().top - place.from : 0;
      this.element.scrollTop += away;
      if (tries) requestAnimationFrame(() => go(tries - 1));
      else this.#turn(this.#nearEnd());
    };
    go(TRIES);
  }

  /** Shows all messages anew, from where one reads; nobody is told of them one by one. */
  fill(messages) {
    const place = this.#atEnd ? null : this.element.scrollTop;
    this.element.setAttribute("aria-busy", "true");
    this.#days = [];
    const pieces = [...messages].sort((one, other) => one.message_id - other.message_id).flatMap((message) => this.#pieces(message));
    this.#list.replaceChildren(...pieces);
    this.#keys.refresh();
    this.element.setAttribute("aria-busy", "false");
    if (place === null) {
      this.toEnd();
    } else {
      this.element.scrollTop = place;
      this.#turn(this.#nearEnd());
    }
  }

  add(message) {
    const pieces = this.#pieces(message);
    pieces.at(-1).classList.add("fresh");
    this.#list.append(...pieces);
    this.#keys.refresh({ newest: true });
    if (this.#atEnd || !message.from.is_bot) this.toEnd();
  }

  change(message) {
    const old = this.#find(message.message_id);
    if (!old) return;
    const focus = focusIn(old);
    const fresh = messageElement(message, this.#deeds, this.#format);
    old.replaceWith(fresh);
    restoreFocus(fresh, focus);
    this.#keys.refresh();
    animate(fresh, "flash");
  }

  remove(messageId) {
    const element = this.#find(messageId);
    if (!element) return;
    element.classList.add("gone");
    element.addEventListener("animationend", () => {
      element.remove();
      this.#keys.refresh();
    }, { once: true });
  }

  mark(messageId, data, waits) {
    const element = this.#find(messageId);
    if (element) markWaiting(element, data, waits);
  }

  toEnd() {
    this.#scroll();
    this.#turn(true);
    requestAnimationFrame(() => this.#atEnd && this.#scroll());
  }

  close() {
    this.#followed.disconnect();
  }

  #pieces(message) {
    const at = message.date * 1000;
    const day = this.#format.dayKey(at);
    const element = messageElement(message, this.#deeds, this.#format);
    if (day === this.#days.at(-1)?.day) return [element];
    const line = el("div", { class: "day" });
    this.#days.push({ day, at, line });
    this.#nameDays();
    return [line, element];
  }

  /** What was today is yesterday when another day has begun. */
  #nameDays() {
    const now = this.#store.now();
    for (const { at, line } of this.#days.slice(-3)) line.textContent = this.#format.day(at, now);
  }

  #find(messageId) {
    return this.#list.querySelector(`.message[data-message="${messageId}"]:not(.gone)`);
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #turn(atEnd) {
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#moved();
  }

  #scroll() {
    this.element.scrollTop = this.element.scrollHeight;
  }
}

/** Which of an element's buttons has the focus, by its place; an edit puts others there. */
function focusIn(element) {
  return element.contains(document.activeElement) ? [...element.querySelectorAll(".inline-button")].indexOf(document.activeElement) : null;
}

function restoreFocus(element, place) {
  if (place === null) return;
  const buttons = element.querySelectorAll(".inline-button");
  const target = buttons[Math.min(Math.max(place, 0), buttons.length - 1)];
  target?.focus({ preventScroll: true });
}
